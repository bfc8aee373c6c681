//! What copying breaks: words glued together, sentences broken in two, marks out of place.

use crate::document::{Document, flag};
use crate::language::Language;

/// Something broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// What it is, in words.
    pub what: &'static str,
    /// The words around it, as the text has them.
    pub words: String,
    /// Which words.
    pub at: (usize, usize),
}

/// All that is broken in a text, in order.
pub(crate) fn damage(document: &Document) -> Vec<Damage> {
    let mut found = Vec::new();
    for at in 0..document.words.len() {
        let mut add = |what: &'static str, from: usize, to: usize| {
            let words = document.slice(from, to).to_owned();
            found.push(Damage { what, words, at: (from, to) });
        };
        if is_glued(document.word(at)) {
            add("two words glued together", at, at + 1);
        }
        if at == 0 {
            continue;
        }
        let (before, word) = (document.words[at - 1], document.words[at]);
        if word.is(flag::PARAGRAPH) {
            continue;
        }
        let between = document.between(before, word);
        if before.form == word.form && between == " " && before.is(flag::FUNCTION) && !document.may_double(at) {
            add("a word twice", at - 1, at + 1);
        } else if document.is_article_alone(at, between) {
            add("an article without its noun", at - 1, at + 1);
        } else if has_stray_stop(between) {
            add("a stray stop", at - 1, at + 1);
        } else if has_displaced_mark(between) {
            add("a quotation mark out of place", at - 1, at + 1);
        }
    }
    found
}

impl Document {
    /// "the of", "a the", "revived by the. Then": an article, and after it what no article stands before.
    fn is_article_alone(&self, at: usize, between: &str) -> bool {
        let (before, word) = (self.word(at - 1), self.word(at));
        match between {
            " " => self.language.article_cannot_stand_before(before, word),
            _ => before == "the" && self.language == Language::English && [". ", ", "].contains(&between),
        }
    }

    /// Words that rightly stand twice in a row ("that that", "had had", "die die").
    fn may_double(&self, at: usize) -> bool {
        matches!(
            self.word(at).to_lowercase().as_str(),
            "that" | "had" | "die" | "der" | "das" | "nous" | "vous" | "sie"
        )
    }
}

/// "attacksThe": small letters, then a capital and small letters again.
fn is_glued(word: &str) -> bool {
    let mut small = 0;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_lowercase() {
            small += 1;
        } else if c.is_uppercase() && small >= 4 && chars.peek().is_some_and(|next| next.is_lowercase()) {
            return true;
        }
    }
    false
}

/// "change. , Reuters", "talks , the".
fn has_stray_stop(between: &str) -> bool {
    let marks = between.trim();
    [". ,", ", .", ",,", ", ,"].iter().any(|stray| marks.contains(stray)) || between.starts_with(" ,")
}

/// A closing mark with white space before it and a letter right after it.
fn has_displaced_mark(between: &str) -> bool {
    let mut chars = between.chars().rev();
    chars.next() == Some('”') && chars.next().is_some_and(|c| c == ' ' || c == '\u{a0}')
}
