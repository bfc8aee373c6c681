//! Times without a day: "now", "recently", "the past", "the coming months", "the past few weeks", "the next two years".

use super::{Cursor, Reading};
use crate::calendar::Unit;
use crate::expression::{Amount, Meaning, Reference, Stretch};
use crate::lexicon::Word;

impl Cursor<'_> {
    /// "recent weeks", "the coming months", "the latest period", "future quarters".
    pub(super) fn vague_period(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let word = self.word(first);
        let end = first + 2;
        match self.word(first + 1) {
            Word::Units(unit) if unit >= Unit::Day => {
                let meaning = match word {
                    Word::Recent | Word::Past => recent(unit),
                    Word::Coming | Word::Future => coming(unit),
                    Word::Following | Word::Previous => Meaning::Duration(Amount::vague(unit)),
                    Word::This if unit == Unit::Day && self.text_of(first).eq_ignore_ascii_case("these") => {
                        Meaning::Reference(Reference::Present)
                    }
                    _ => return None,
                };
                let end = match (self.word(end), self.word(end + 1)) {
                    (Word::And | Word::Or, Word::Units(_)) => end + 2,
                    _ => end,
                };
                Some(Reading::new(at, end, meaning))
            }
            Word::Unit(Unit::Quarter) if word == Word::Latest => {
                Some(Reading::new(at, end, Meaning::Focus(Stretch::Quarter, None)))
            }
            Word::Span if word == Word::Latest => Some(Reading::new(at, end, Meaning::Focus(Stretch::Any, None))),
            Word::Past if word == Word::Recent => Some(Reading::new(at, end, Meaning::Reference(Reference::Past))),
            Word::Future if word == Word::Near => Some(Reading::new(at, end, Meaning::Reference(Reference::Future))),
            _ => None,
        }
    }

    /// "the past two months", "the next few days", "the latest nine months".
    pub(super) fn relative_amount(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let directed = matches!(
            self.word(first),
            Word::Last
                | Word::Past
                | Word::Next
                | Word::Coming
                | Word::Latest
                | Word::Previous
                | Word::Following
                | Word::Recent
        );
        if !directed || self.count(first + 1).is_none() {
            return None;
        }
        let (amount, next) = self.amount(first + 1)?;
        let next = self.phrase(next, "or so").unwrap_or(next);
        Some(Reading::new(at, next, Meaning::Duration(amount)))
    }

    /// A word or a phrase for a vague time.
    pub(super) fn reference(&self, at: usize) -> Option<Reading> {
        let meant = |reference, end| Some(Reading::new(at, end, Meaning::Reference(reference)));
        match self.word(at) {
            Word::Now => (!self.is_discourse_now(at)).then(|| meant(Reference::Present, at + 1)).flatten(),
            Word::Current => (!self.is_capital(at)).then(|| meant(Reference::Present, at + 1)).flatten(),
            Word::Reference(reference) => meant(reference, at + 1),
            Word::Recent => {
                // "a recent visit"; "recent" over a list of links is a heading.
                (!self.is_capital(at)).then(|| meant(Reference::Past, at + 1)).flatten()
            }
            Word::Soon => {
                let told = matches!(self.word(at + 1), Word::PastVerb | Word::Said)
                    || self.text_of(at + 1).ends_with("ed")
                    || self.before(at) == Word::PastVerb;
                let compared = told
                    || matches!(self.word(at + 1), Word::Clause | Word::After | Word::Before)
                    || matches!(self.text_of(at.wrapping_sub(1)), "as" | "too" | "so" | "how" | "As" | "How");
                (!compared).then(|| meant(Reference::Future, at + 1)).flatten()
            }
            Word::At => {
                let end = if self.word(at + 1) == Word::Present { at + 2 } else { return None };
                meant(Reference::Present, end)
            }
            Word::The => match (self.word(at + 1), self.word(at + 2)) {
                (Word::Future, next) if next != Word::Of && !self.is_noun(at + 2) => meant(Reference::Future, at + 2),
                (Word::Past, next) if next != Word::Of && !self.is_noun(at + 2) => meant(Reference::Past, at + 2),
                (Word::Near | Word::Short, Word::Future | Word::Term) if self.skip_hyphen(at + 2) == at + 2 => {
                    meant(Reference::Future, at + 3)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// "right now", "more recently".
    pub(super) fn emphatic(&self, at: usize) -> Option<Reading> {
        match (self.word(at), self.word(at + 1)) {
            (Word::Right, Word::Now) | (Word::More, Word::Reference(_)) => {
                self.reference(at + 1).map(|reading| Reading { start: at, ..reading })
            }
            _ => None,
        }
    }

    /// "Now, he says ...": an opening of talk.
    fn is_discourse_now(&self, at: usize) -> bool {
        self.is_capital(at) && matches!(self.word(at + 1), Word::Mark(','))
            || self.before(at) == Word::Mark('-') && self.glued(at)
    }

    /// Whether the next word goes on with the same phrase: "the past president".
    fn is_noun(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            !token.glued
                && matches!(token.word, Word::Other | Word::Unit(_) | Word::Units(_) | Word::Number(..) | Word::Name)
                && self.text_of(at).len() > 3
                && !self.text_of(at).ends_with("ly")
        })
    }
}

/// "recent weeks" is a length of some weeks; "recent years" no length that anybody would count.
fn recent(unit: Unit) -> Meaning {
    if unit >= Unit::Year { Meaning::Reference(Reference::Past) } else { Meaning::Duration(Amount::vague(unit)) }
}

/// "the coming months" says no more than some time ahead, "the coming weeks" a length of some weeks.
fn coming(unit: Unit) -> Meaning {
    match unit {
        Unit::Month | Unit::Quarter => Meaning::Reference(Reference::Future),
        _ => Meaning::Duration(Amount::vague(unit)),
    }
}
