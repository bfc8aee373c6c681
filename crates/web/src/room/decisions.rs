use askama::Template;
use wirecopy::{About, DecisionRow, Error, StoryMove};

use super::render;
use crate::links::{Site, address};
use crate::style::{Frame, Head};
use crate::words::clip;

/// The kind of a move, the ids that were, and the stories that are: an address and an id each.
type Move = (String, Vec<String>, Vec<(String, String)>);

#[derive(Template)]
#[template(path = "room/decisions.html")]
struct DecisionsPage {
    head: Head,
    rows: Vec<Row>,
    moves: Vec<Move>,
    more_moves: usize,
    commands: [(&'static str, &'static str); 9],
}

struct Row {
    number: i64,
    says: String,
    does: String,
    href: Option<String>,
    undo: String,
}

/// The longest note that is shown whole, and the most moves.
const LONGEST: usize = 2_000;
const MOST_MOVES: usize = 100;

const COMMANDS: [(&str, &str); 9] = [
    ("wirecopy decide reject-edge A B", "These two pages are no copies of each other."),
    ("wirecopy decide reject-dispute ID", "This is no disagreement."),
    ("wirecopy decide reject-speaker PAGE NAME", "No source of this page stands for this name."),
    ("wirecopy decide reject-date PAGE", "The date that this page claims is wrong."),
    ("wirecopy decide merge PAGE PAGE", "Their stories are one."),
    ("wirecopy decide split PAGE…", "These pages, with their copies, are a story of their own."),
    (
        "wirecopy decide note ID TEXT",
        "Something to remember of a page, a story, a disagreement, a family, a quotation.",
    ),
    ("wirecopy decide note 'A B' TEXT", "Something to remember of two pages."),
    ("wirecopy decide undo NUMBER", "Take one back."),
];

/// The page of the user's decisions: those, the latest first, and what became of stories between builds.
pub fn decisions(rows: &[DecisionRow], moves: &[StoryMove], frame: Frame) -> Result<String, Error> {
    let row = |row: &DecisionRow| Row {
        number: row.kept.number,
        says: clip(&row.says, LONGEST),
        does: row.does.clone(),
        href: row.about.as_ref().map(place),
        undo: row.undo.clone(),
    };
    let short = |id: &wirecopy::model::ContentId| id.to_string()[..8].to_owned();
    let step = |step: &StoryMove| {
        let into = step.into.iter().map(|id| (Site::Room.story(*id, ""), short(id)));
        (step.kind.clone(), step.from.iter().map(short).collect(), into.collect())
    };
    render(&DecisionsPage {
        head: Head::room("Your decisions and notes", frame),
        rows: rows.iter().rev().map(row).collect(),
        moves: moves.iter().rev().take(MOST_MOVES).map(step).collect(),
        more_moves: moves.len().saturating_sub(MOST_MOVES),
        commands: COMMANDS,
    })
}

/// The page on which something stands.
fn place(about: &About) -> String {
    match about {
        About::Article(id) => Site::Room.article(id),
        About::Pair(a, b) => Site::Room.pair(a, b),
        About::Story(id) => Site::Room.story(*id, ""),
        About::Dispute(_, story) => format!("{}#disputes", Site::Room.story(*story, "")),
        About::Family(id) => Site::Room.family(*id),
        About::Quote(id) => address("/quote", &[("id", &id.to_string())]),
    }
}
