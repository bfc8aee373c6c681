//! The pages of the reading room: the same as a report's where there is such a page, and those that need a question.
//!
//! Each function takes what the library has answered and gives a page as HTML. An address that a page leads to is
//! `/NAME?QUERY`; whoever serves the pages knows those names.

mod decisions;
mod lists;
mod network;
mod people;
mod texts;

use std::collections::BTreeSet;

use askama::Template;
use wirecopy::model::{Article, ArticleId, CopyEdge, Family};
use wirecopy::{Apparatus, ArticleHead, Dossier, Error, Library, SourceView};

use crate::desk::Desk;
use crate::links::Site;
use crate::names::Names;
use crate::pages::{ApparatusPage, ArticlePage, FamilyPage, PairPage, SourcePage, StoryPage, View};
use crate::style::{Frame, Head};

pub use crate::pages::{Cell, Table};
pub use decisions::decisions;
pub use lists::{references, stories, table};
pub use network::{Network, network};
pub use people::{explain, quote, search, speaker};
pub use texts::{about, error, xray};

/// The address of a page of the room.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    crate::links::address(path, query)
}

/// The page of a story: made of [`Library::dossier`], with what is said in it, or what one speaker says.
pub fn story(library: &Library, dossier: &Dossier, speaker: Option<&str>, frame: Frame) -> Result<String, Error> {
    let names = Names::of(library, mentioned(dossier))?;
    let mut page = StoryPage::new(&Desk::new(dossier, &names), speaker);
    page.head.room = Some(frame);
    render(&page)
}

/// The page of an article: made of [`Library::dossier_of_article`]. `at` is a code point whose sentence is looked for,
/// `speaker` somebody whose claims alone are listed.
pub fn article(
    library: &Library,
    dossier: &Dossier,
    at: Option<usize>,
    speaker: Option<&str>,
    frame: Frame,
) -> Result<String, Error> {
    let names = Names::of(library, mentioned(dossier))?;
    let mut page = ArticlePage::new(&Desk::new(dossier, &names), &dossier.members[0], at, speaker);
    page.head.room = Some(frame);
    render(&page)
}

/// The page of a family of this story.
pub fn family(library: &Library, dossier: &Dossier, family: &Family, frame: Frame) -> Result<String, Error> {
    let names = Names::of(library, mentioned(dossier).into_iter().chain(&family.members))?;
    let mut page = FamilyPage::new(&Desk::new(dossier, &names), family);
    page.head.room = Some(frame);
    render(&page)
}

/// The page of two articles collated. The dossier is that of a story with both, or of one with the first.
pub fn collation(
    library: &Library,
    dossier: &Dossier,
    edge: &CopyEdge,
    (a, b): (&Article, &Article),
    everything: bool,
    frame: Frame,
) -> Result<String, Error> {
    let names = Names::of(library, mentioned(dossier).into_iter().chain([&a.id, &b.id]))?;
    let mut page = PairPage::new(&Desk::new(dossier, &names), edge, a, b, everything);
    page.head.room = Some(frame);
    render(&page)
}

/// How the page of many witnesses is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// A table in place of a base text with its apparatus.
    pub table: bool,
    /// Also what differs in typography and spelling alone.
    pub everything: bool,
}

/// The page of many witnesses: made of [`Library::collate`]. `address` gives the address of the same in another layout.
pub fn apparatus(
    library: &Library,
    (articles, found): (&[Article], &Apparatus),
    layout: Layout,
    address: impl Fn(Layout) -> String,
    frame: Frame,
) -> Result<String, Error> {
    let names = Names::of(library, articles.iter().map(|article| &article.id))?;
    let view = if layout.table { View::Table } else { View::Apparatus };
    let articles: Vec<&Article> = articles.iter().collect();
    let mut page = ApparatusPage::new(&names, &articles, found, (view, layout.everything), |_, point| Some(point));
    page.head.room = Some(frame);
    let other = |table, everything, label| {
        let other = Layout { table, everything };
        (address(other), label, other == layout)
    };
    page.views = vec![
        other(false, false, "apparatus"),
        other(false, true, "apparatus, with typography"),
        other(true, false, "table"),
        other(true, true, "table, with typography"),
    ];
    if let [one, two] = articles.as_slice() {
        page.views.insert(0, (Site::Room.pair(&one.id, &two.id), "two columns", false));
    }
    if let Some(story) = found.witnesses.first().map(|base| library.story_of(&base.article)).transpose()?.flatten() {
        page = page.in_story(story_link(&story), &story.title);
    }
    render(&page)
}

/// The page of a source.
pub fn source(view: &SourceView, frame: Frame) -> Result<String, Error> {
    let names = Names::from_heads(&view.articles);
    render(&SourcePage::of(view, &names, Head::room(&view.source.name, frame)))
}

/// The headline of an article, else its id.
pub fn headline(head: &ArticleHead) -> String {
    crate::words::headline(head.title.as_deref(), &head.id)
}

/// The articles that a story's pages name.
fn mentioned(dossier: &Dossier) -> BTreeSet<&ArticleId> {
    let mut ids: BTreeSet<&ArticleId> = dossier.story.articles.iter().collect();
    ids.extend(dossier.pairs.iter().chain(&dossier.outside).flat_map(|edge| [&edge.a, &edge.b]));
    ids.extend(dossier.accounts.iter().flat_map(|account| &account.articles));
    ids.extend(dossier.families.iter().flat_map(|family| &family.members));
    ids.extend(dossier.quotes.iter().flat_map(|quote| &quote.variants).flat_map(|variant| &variant.articles));
    ids.extend(dossier.members.iter().map(|member| &member.article.id));
    let sentences = dossier.members.iter().flat_map(|member| &member.xray.sentences);
    ids.extend(sentences.filter_map(|sentence| Some(&sentence.first.as_ref()?.article)));
    ids
}

/// Where a story's page is.
fn story_link(story: &wirecopy::model::Story) -> String {
    Site::Room.story(story.story, &story.title)
}

fn render(page: &impl Template) -> Result<String, Error> {
    // A template fails only where what it is written into does, and memory does not.
    Ok(page.render().map_err(std::io::Error::other)?)
}
