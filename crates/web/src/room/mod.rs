//! The pages of the reading room: the same as a report's where there is such a page, and those that need a question.
//!
//! Each function takes what the library has answered and gives a page as HTML. An address that a page leads to is
//! `/NAME?QUERY`; whoever serves the pages knows those names.

mod lists;
mod network;
mod people;
mod texts;

use std::collections::BTreeSet;

use askama::Template;
use wirecopy::model::{Article, ArticleId, CopyEdge, Family};
use wirecopy::{ArticleHead, Dossier, Error, Library, SourceView};

use crate::desk::Desk;
use crate::links::Site;
use crate::names::Names;
use crate::pages::{ArticlePage, FamilyPage, PairPage, SourcePage, StoryPage};
use crate::style::{Frame, Head};

pub use lists::{Cell, Table, stories, table};
pub use network::{Network, network};
pub use people::{explain, quote, search, speaker};
pub use texts::{about, error, xray};

/// The address of a page of the room.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    crate::links::address(path, query)
}

/// The page of a story: made of [`Library::dossier`].
pub fn story(library: &Library, dossier: &Dossier, frame: Frame) -> Result<String, Error> {
    let names = Names::of(library, mentioned(dossier))?;
    let mut page = StoryPage::new(&Desk::new(dossier, &names));
    page.head.room = Some(frame);
    render(&page)
}

/// The page of an article: made of [`Library::dossier_of_article`]. `at` is a code point whose sentence is looked for.
pub fn article(library: &Library, dossier: &Dossier, at: Option<usize>, frame: Frame) -> Result<String, Error> {
    let names = Names::of(library, mentioned(dossier))?;
    let mut page = ArticlePage::new(&Desk::new(dossier, &names), &dossier.members[0], at);
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
