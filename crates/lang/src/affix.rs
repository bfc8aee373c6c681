//! The tokeniser's prefix, suffix and infix patterns.
//!
//! spaCy writes them as regular expressions with look-around; here they are data: alternatives of a few character tests,
//! matched in one pass. Not for: patterns in general (the converter refuses what does not fit).

use std::ops::Range;

use crate::chars::Classes;
use crate::file::{AffixData, Element};

/// A list of alternatives, first one preferred.
pub(crate) struct Affixes {
    rules: Vec<AffixData>,
    /// Whether a rule may begin with an ASCII character, and whether one may end with it.
    begins: [bool; 128],
    ends: [bool; 128],
}

impl Affixes {
    pub(crate) fn new(rules: Vec<AffixData>, classes: &Classes) -> Self {
        let rules: Vec<AffixData> = rules.into_iter().filter(|rule| !rule.body.is_empty()).collect();
        let table = |element: fn(&AffixData) -> Element| {
            std::array::from_fn(|point| rules.iter().any(|rule| classes.fits(element(rule), char::from(point as u8))))
        };
        let begins = table(|rule| rule.body[0]);
        let ends = table(|rule| rule.body[rule.body.len() - 1]);
        Affixes { rules, begins, ends }
    }

    /// The length in bytes of the prefix that the first alternative takes.
    pub(crate) fn prefix(&self, text: &str, classes: &Classes) -> usize {
        self.at(text, 0, classes).unwrap_or(0)
    }

    /// The length in bytes of the longest suffix.
    pub(crate) fn suffix(&self, text: &str, classes: &Classes) -> usize {
        match text.chars().next_back() {
            None => 0,
            Some(last) if !may(&self.ends, last) => 0,
            Some(_) => self.rules.iter().filter_map(|rule| rule.before_end(text, classes)).max().unwrap_or(0),
        }
    }

    /// The places of the infixes, from left to right.
    pub(crate) fn infixes<'a>(
        &'a self,
        text: &'a str,
        classes: &'a Classes,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let next = text[at..].chars().next()?;
                if let Some(length) = self.at(text, at, classes) {
                    let found = at..at + length;
                    at = found.end;
                    return Some(found);
                }
                at += next.len_utf8();
            }
        })
    }

    /// The length of the first alternative that matches at byte `at`.
    fn at(&self, text: &str, at: usize, classes: &Classes) -> Option<usize> {
        let first = text[at..].chars().next()?;
        if !may(&self.begins, first) {
            return None;
        }
        self.rules.iter().find_map(|rule| rule.after(text, at, classes))
    }
}

fn may(table: &[bool; 128], c: char) -> bool {
    table.get(c as usize).copied().unwrap_or(true)
}

impl AffixData {
    /// The length of the match that begins at byte `at`.
    fn after(&self, text: &str, at: usize, classes: &Classes) -> Option<usize> {
        let mut chars = text[at..].chars();
        for element in &self.body {
            chars.next().filter(|c| classes.fits(*element, *c))?;
        }
        if self.repeat {
            let last = self.body[self.body.len() - 1];
            let rest = chars.as_str();
            chars = rest.trim_start_matches(|c| classes.fits(last, c)).chars();
        }
        let next = chars.clone().next();
        let ahead = self.ahead.is_none_or(|element| next.is_some_and(|c| classes.fits(element, c)));
        let free = self.not_ahead.is_none_or(|element| !next.is_some_and(|c| classes.fits(element, c)));
        let length = text.len() - at - chars.as_str().len();
        (ahead && free && self.stands_after(&text[..at], classes)).then_some(length)
    }

    /// The length of the longest match that ends with the text.
    fn before_end(&self, text: &str, classes: &Classes) -> Option<usize> {
        if self.ahead.is_some() {
            return None;
        }
        let (last, first) = self.body.split_last()?;
        text.chars().next_back().filter(|c| classes.fits(*last, *c))?;
        let shortest = text.len() - text.chars().next_back()?.len_utf8();
        let longest = if self.repeat { text.trim_end_matches(|c| classes.fits(*last, c)).len() } else { shortest };
        // A repeated element takes as much as leaves something for the elements before it.
        text[longest..].char_indices().find_map(|(offset, _)| {
            let mut chars = text[..longest + offset].chars();
            for element in first.iter().rev() {
                chars.next_back().filter(|c| classes.fits(*element, *c))?;
            }
            self.stands_after(chars.as_str(), classes).then(|| text.len() - chars.as_str().len())
        })
    }

    fn stands_after(&self, before: &str, classes: &Classes) -> bool {
        let mut chars = before.chars();
        self.behind.iter().rev().all(|element| chars.next_back().is_some_and(|c| classes.fits(*element, c)))
    }
}
