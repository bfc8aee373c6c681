use std::ops::ControlFlow;

use wirecopy_model::{Page, Reject};

use crate::{ColumnNames, Columns};

/// What reading an input comes upon.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A page.
    Page(Box<Page>),
    /// A part of the input that cannot be used, and why.
    Reject(Reject),
    /// A part of the input that is no page and does not claim to be one: a picture in an archive, a redirect.
    Other,
    /// What was guessed in reading it: which column is taken for what.
    Note(String),
}

/// Whether to go on reading.
pub type Flow = ControlFlow<()>;

/// Where what is found goes, with the input's name and, in an archive, the entry's.
pub(crate) struct Sink<'a> {
    input: &'a str,
    entry: String,
    columns: ColumnNames,
    each: &'a mut dyn FnMut(Found) -> Flow,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(input: &'a str, each: &'a mut dyn FnMut(Found) -> Flow) -> Self {
        Sink { input, entry: String::new(), columns: ColumnNames::default(), each }
    }

    /// The same for an entry of an archive.
    pub(crate) fn entry(&mut self, name: &str) -> Sink<'_> {
        Sink { input: self.input, entry: name.to_owned(), columns: self.columns.clone(), each: self.each }
    }

    /// The same, where the user has said which columns are what.
    pub(crate) fn with_columns(self, columns: ColumnNames) -> Self {
        Sink { columns, ..self }
    }

    /// What each of the columns is taken for.
    pub(crate) fn columns<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Columns {
        Columns::with(&self.columns, names)
    }

    /// Whether the user has said which columns are what.
    pub(crate) fn has_named_columns(&self) -> bool {
        self.columns != ColumnNames::default()
    }

    pub(crate) fn page(&mut self, page: Page) -> Flow {
        (self.each)(Found::Page(Box::new(page)))
    }

    pub(crate) fn other(&mut self) -> Flow {
        (self.each)(Found::Other)
    }

    pub(crate) fn note(&mut self, note: &str) -> Flow {
        let note = format!("{}: {note}", self.name());
        (self.each)(Found::Note(note))
    }

    pub(crate) fn reject(&mut self, place: &str, why: impl Into<String>) -> Flow {
        let place = match (self.entry.is_empty(), place.is_empty()) {
            (true, _) => place.to_owned(),
            (false, true) => self.entry.clone(),
            (false, false) => format!("{}, {place}", self.entry),
        };
        (self.each)(Found::Reject(Reject { input: self.input.to_owned(), place, why: why.into() }))
    }

    /// The input, and the entry of it, in words.
    pub(crate) fn name(&self) -> String {
        if self.entry.is_empty() { self.input.to_owned() } else { format!("{}, {}", self.input, self.entry) }
    }

    /// The input's name.
    pub(crate) fn input(&self) -> &str {
        self.input
    }
}
