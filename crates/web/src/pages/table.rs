use askama::Template;

use crate::style::Head;
use crate::words::{HEADLINE, clip};

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it shows.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
}

impl Cell {
    /// A cell that leads nowhere.
    pub fn plain(text: impl Into<String>) -> Self {
        Cell { text: clip(&text.into(), 2 * HEADLINE), href: None }
    }

    /// One that leads there.
    pub fn link(text: impl Into<String>, href: String) -> Self {
        Cell { href: Some(href), ..Cell::plain(text) }
    }
}

/// A table with its words.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The headline.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// What is said where there is no row.
    pub nothing: String,
    /// The columns, and whether they hold numbers.
    pub columns: Vec<(&'static str, bool)>,
    /// The rows; the first cell of each is what it is about.
    pub rows: Vec<Vec<Cell>>,
    /// Where it goes on.
    pub next: Option<String>,
}

/// A page that is a table.
#[derive(Template)]
#[template(path = "table.html")]
pub(crate) struct TablePage {
    head: Head,
    title: String,
    lead: String,
    nothing: String,
    columns: Vec<(&'static str, bool)>,
    rows: Vec<Vec<Cell>>,
    next: Option<String>,
}

impl TablePage {
    pub fn new(table: Table, head: Head) -> Self {
        let Table { title, lead, nothing, columns, rows, next } = table;
        TablePage { head, title, lead, nothing, columns, rows, next }
    }
}
