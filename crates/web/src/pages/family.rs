use askama::Template;
use wirecopy::model::{ArticleId, Direction, Family};

use crate::desk::Desk;
use crate::picture::Picture;
use crate::remarks::{Remark, remarks};
use crate::style::Head;
use crate::view::Ref;
use crate::words::{self, Claim, counted, percent};

/// A family of copies: its tree, its pairs.
#[derive(Template)]
#[template(path = "family.html")]
pub(crate) struct FamilyPage {
    pub head: Head,
    story: (String, String),
    title: String,
    picture: Picture,
    rows: Vec<Row>,
    more: usize,
    /// All of its pages collated.
    collation: Option<String>,
    remarks: Vec<Remark>,
}

struct Row {
    left: Ref,
    claim: &'static str,
    class: &'static str,
    right: Ref,
    relation: &'static str,
    of_left: String,
    of_right: String,
    pair: Option<String>,
}

/// The most pairs that are listed.
const MOST: usize = 500;

/// Whether its pages are collated together: of two the page of the pair says more.
pub(crate) fn is_collated(family: &Family) -> bool {
    family.members.len() > 2
}

impl FamilyPage {
    pub fn new(desk: &Desk, family: &Family) -> Self {
        let within: std::collections::BTreeSet<&ArticleId> = family.members.iter().collect();
        let mut pairs: Vec<_> = desk
            .dossier
            .pairs
            .iter()
            .filter(|edge| within.contains(&edge.a) && within.contains(&edge.b))
            .map(|edge| (Claim::of_pair(edge), edge))
            .collect();
        let rank = |claim: Claim| claim as usize;
        pairs.sort_by(|(one, a), (other, b)| {
            let shared = |edge: &wirecopy::model::CopyEdge| edge.coverage.a.max(edge.coverage.b);
            rank(*one).cmp(&rank(*other)).then(shared(b).total_cmp(&shared(a)))
        });
        let row = |(claim, edge): &(Claim, &wirecopy::model::CopyEdge)| {
            // The copy stands on the left: it is the subject of the sentence.
            let copy_is_b = edge.direction == Direction::AToB && *claim != Claim::Undecided;
            let (left, right) = if copy_is_b { (&edge.b, &edge.a) } else { (&edge.a, &edge.b) };
            let shares =
                if copy_is_b { (edge.coverage.b, edge.coverage.a) } else { (edge.coverage.a, edge.coverage.b) };
            Row {
                left: Ref::to(desk.names, left),
                claim: claim.made_from(),
                class: claim.class(),
                right: Ref::to(desk.names, right),
                relation: words::relation(edge.relation),
                of_left: percent(shares.0),
                of_right: percent(shares.1),
                pair: desk.pair(&edge.a, &edge.b),
            }
        };
        let story = &desk.dossier.story;
        let title = format!("A family of {}", counted(family.members.len(), "page", "pages"));
        FamilyPage {
            head: Head::of(desk.names.site, &title),
            story: (desk.names.site.story(story.story, &story.title), words::clip(&story.title, words::HEADLINE)),
            title,
            picture: desk.picture(std::slice::from_ref(family), &[]),
            more: pairs.len().saturating_sub(MOST),
            collation: is_collated(family).then(|| desk.names.site.collation(family.id())),
            remarks: remarks(desk.names.site, &desk.dossier.decisions.on(family.id())),
            rows: pairs.iter().take(MOST).map(row).collect(),
        }
    }
}
