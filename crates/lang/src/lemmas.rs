//! spaCy's rule lemmatiser: endings, exceptions, and an index of known words, by part of speech.
//!
//! Not for: lemmas that an attribute rule has set; they stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::chars::Classes;
use crate::file::{File, LemmaData, ModelError};
use crate::hash::FastMap;

/// The tables of all parts of speech that have some.
pub(crate) struct Lemmas {
    tables: Vec<(String, Table)>,
}

struct Table {
    rules: Vec<(String, String)>,
    exceptions: FastMap<String, Vec<String>>,
    index: WordList,
}

/// A sorted list of words, one a line.
struct WordList {
    text: String,
    starts: Vec<u32>,
}

impl WordList {
    fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
        WordList { text: text.to_owned(), starts }
    }

    fn contains(&self, word: &str) -> bool {
        let at = |start: u32| self.text[start as usize..].split('\n').next().unwrap_or_default();
        self.starts.binary_search_by(|start| at(*start).cmp(word)).is_ok()
    }
}

impl Lemmas {
    pub(crate) fn new(file: &File, data: BTreeMap<String, LemmaData>) -> Result<Self, ModelError> {
        let mut tables = Vec::new();
        for (pos, data) in data {
            let index = WordList::new(file.text(&data.index)?);
            let exceptions = data.exceptions.into_iter().collect();
            tables.push((pos.to_uppercase(), Table { rules: data.rules, exceptions, index }));
        }
        Ok(Lemmas { tables })
    }

    /// The lemma of a form with this part of speech and these features (`Number=Sing|Person=3`).
    pub(crate) fn lemma(&self, form: &str, pos: &str, morph: &str, classes: &Classes) -> Arc<str> {
        let lower = || form.to_lowercase();
        if matches!(pos, "" | "EOL" | "SPACE") || is_base(pos, morph) {
            return lower().into();
        }
        match self.tables.iter().find(|(name, _)| name == pos) {
            Some((_, table)) => table.lemma(form, &lower(), classes),
            None if pos == "PROPN" => form.into(),
            None => lower().into(),
        }
    }
}

/// Whether the form is its own lemma.
fn is_base(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').filter_map(|pair| pair.split_once('=')).find(|(n, _)| *n == name);
    let has = |name: &str, value: &str| feature(name).is_some_and(|(_, v)| v == value);
    match pos {
        "NOUN" if has("Number", "Sing") => true,
        "VERB" if has("VerbForm", "Fin") && has("Tense", "Pres") && feature("Number").is_none() => true,
        _ => has("VerbForm", "Inf") || has("Degree", "Pos"),
    }
}

impl Table {
    fn lemma(&self, form: &str, lower: &str, classes: &Classes) -> Arc<str> {
        let mut found: Vec<String> = Vec::new();
        let mut reserve: Option<String> = None;
        for (old, new) in &self.rules {
            let Some(candidate) = lower.strip_suffix(old.as_str()).map(|stem| format!("{stem}{new}")) else { continue };
            if candidate.is_empty() {
                continue;
            }
            if self.index.contains(&candidate) {
                found.insert(0, candidate);
            } else if !candidate.chars().all(|c| classes.is_alpha(c)) {
                found.push(candidate);
            } else {
                reserve = reserve.or(Some(candidate));
            }
        }
        for exception in self.exceptions.get(lower).into_iter().flatten() {
            if !found.contains(exception) {
                found.insert(0, exception.clone());
            }
        }
        found.into_iter().next().or(reserve).map_or_else(|| form.into(), Into::into)
    }
}
