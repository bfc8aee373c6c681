use askama::Template;

use crate::bar::{Bar, bar};
use crate::desk::Desk;
use crate::links;
use crate::style::Head;
use crate::words::{clip, counted, span};

/// All stories and all sources.
#[derive(Template)]
#[template(path = "index.html")]
pub(crate) struct IndexPage {
    pub head: Head,
    pub pages: String,
    pub accounts: String,
    pub stories: Vec<StoryRow>,
    /// Stories of one page.
    pub singles: Vec<StoryRow>,
    /// The address, the name, how many pages, the own share.
    pub sources: Vec<(String, String, usize, String)>,
    pub rejects: usize,
    /// The page of the reference set, and how many texts it has.
    pub references: Option<(&'static str, String)>,
}

/// A story in the list.
pub(crate) struct StoryRow {
    href: String,
    title: String,
    span: String,
    pub pages: usize,
    counts: String,
    bar: Bar,
    altered: usize,
}

impl StoryRow {
    pub fn new(desk: &Desk) -> Self {
        let story = &desk.dossier.story;
        let quotes = desk.dossier.quotes.iter();
        StoryRow {
            href: links::story(story.story, &story.title),
            title: clip(&story.title, crate::words::HEADLINE),
            span: span(story),
            pages: story.articles.len(),
            counts: format!(
                "{}, {}",
                counted(story.articles.len(), "page", "pages"),
                counted(story.accounts, "account", "accounts")
            ),
            bar: bar(desk.dossier),
            altered: quotes.filter(|quote| quote.is_altered()).count(),
        }
    }
}
