use askama::Template;
use wirecopy::model::Account;
use wirecopy::{Error, ReferenceRow, SourceRow, SpeakerRow, StoryCard, StoryFilter, StoryOrder};

use super::{render, story_link};
use crate::bar::{self, Bar};
use crate::links::Site;
use crate::pages::{Table, TablePage, reference};
use crate::style::{Frame, Head};
use crate::words::{HEADLINE, clip, counted, span};

#[derive(Template)]
#[template(path = "room/stories.html")]
struct StoriesPage {
    head: Head,
    counts: String,
    source: String,
    speaker: String,
    after: String,
    before: String,
    /// The key, what it is called, whether it is chosen.
    sorts: [(&'static str, &'static str, bool); 3],
    sources: Vec<String>,
    speakers: Vec<String>,
    found: String,
    problem: Option<String>,
    stories: Vec<CardView>,
    next: Option<String>,
}

struct CardView {
    href: String,
    title: String,
    counts: String,
    span: String,
    altered: Option<String>,
    disputes: Option<(String, String)>,
    bar: Option<Bar>,
}

/// The list of stories: `counts` are articles, stories and accounts of the store, `found` how many stories there are of
/// those that are asked for, and whether there may be more; each card comes with its accounts. `next` is where the list goes on.
#[allow(clippy::too_many_arguments)]
pub fn stories(
    counts: [usize; 3],
    (filter, problem): (&StoryFilter, Option<String>),
    (found, or_more): (usize, bool),
    cards: &[(StoryCard, Vec<Account>)],
    (sources, speakers): (&[SourceRow], &[SpeakerRow]),
    next: Option<String>,
    frame: Frame,
) -> Result<String, Error> {
    let [articles, _, accounts] = counts;
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    let sort = |order| filter.order == order;
    render(&StoriesPage {
        head: Head::room("Stories", frame),
        counts: format!("{}, {}.", counted(articles, "page", "pages"), counted(accounts, "account", "accounts")),
        source: said(&filter.source),
        speaker: said(&filter.speaker),
        after: said(&filter.after),
        before: said(&filter.before),
        sorts: [
            ("newest", "the newest", sort(StoryOrder::Newest)),
            ("copied", "the most copied", sort(StoryOrder::Copied)),
            ("disputed", "the most disputed", sort(StoryOrder::Disputed)),
        ],
        sources: sources.iter().map(|source| clip(&source.name, HEADLINE)).collect(),
        speakers: speakers.iter().map(|speaker| clip(&speaker.name, HEADLINE)).collect(),
        found: match or_more {
            true => format!("{found} stories or more."),
            false => format!("{}.", counted(found, "story", "stories")),
        },
        problem,
        stories: cards.iter().map(|(card, accounts)| view(card, accounts)).collect(),
        next,
    })
}

fn view(card: &StoryCard, accounts: &[Account]) -> CardView {
    let story = &card.story;
    let href = story_link(story);
    let (pages, count) = (story.articles.len(), story.accounts);
    let mut counts = format!("{}, {}", counted(pages, "page", "pages"), counted(count, "account", "accounts"));
    if !story.origins.is_empty() {
        counts += &format!(", {}", counted(story.origins.len(), "origin", "origins"));
    }
    CardView {
        title: clip(&story.title, HEADLINE),
        counts,
        span: span(story),
        altered: (card.altered > 0).then(|| counted(card.altered, "altered quotation", "altered quotations")),
        disputes: (card.disputes > 0)
            .then(|| (format!("{href}#disputes"), counted(card.disputes, "disagreement", "disagreements"))),
        bar: (pages > 1).then(|| bar::of_accounts(accounts, &story.articles)),
        href,
    }
}

/// The page of a table.
pub fn table(table: Table, frame: Frame) -> Result<String, Error> {
    let head = Head::room(&table.title, frame);
    render(&TablePage::new(table, head))
}

/// The page of the reference set; `next` is where the list goes on.
pub fn references(rows: &[ReferenceRow], next: Option<String>, frame: Frame) -> Result<String, Error> {
    table(Table { next, ..reference::table(|row| Site::Room.article(&row.reference), rows) }, frame)
}
