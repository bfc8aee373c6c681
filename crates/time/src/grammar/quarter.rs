//! Quarters, halves and business years, and the talk of company reports: "the third quarter", "fiscal 1989", "the
//! year-earlier period", "the latest quarter".

use super::{Cursor, Reading};
use crate::calendar::{Period, Unit};
use crate::expression::{Meaning, Name, Pick, Stretch};
use crate::lexicon::Word;

impl Cursor<'_> {
    /// Whether "quarter", "half", "century" or a unit stands here: then an ordinal before it is no day of a month.
    pub(super) fn is_quarter_head(&self, at: usize) -> bool {
        let at = self.skip_hyphen(at);
        matches!(self.word(at), Word::Unit(_) | Word::Half | Word::Span)
    }

    /// An ordinal with "quarter" or "half": what it names and the token after it.
    fn nth(&self, at: usize) -> Option<(Name, usize)> {
        if let Word::QuarterName(quarter) = self.word(at) {
            return Some((Name::Quarter(quarter as i8), at + 1));
        }
        let number = match self.word(at) {
            Word::First => 1,
            Word::Ordinal(number @ 1..=4) => number as i8,
            Word::Last => 0,
            _ => return None,
        };
        let head = self.skip_hyphen(self.skip(self.skip_hyphen(at + 1), Word::Fiscal));
        match self.word(head) {
            Word::Unit(Unit::Quarter) if number == 0 && self.word(head + 1) == Word::Of => {
                Some((Name::Quarter(4), head + 1))
            }
            Word::Unit(Unit::Quarter) if number > 0 => Some((Name::Quarter(number), head + 1)),
            Word::Half if number == 0 => Some((Name::Half(2), head + 1)),
            Word::Half if number <= 2 => Some((Name::Half(number), head + 1)),
            _ => None,
        }
    }

    /// "the fiscal third quarter of 1990", "third-quarter", "Q3 2020", "first half of this year".
    pub(super) fn quarter(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let first = match self.word(first) {
            Word::Fiscal => self.skip_hyphen(first + 1),
            _ => first,
        };
        let (name, next) = self.nth(first)?;
        // "the third-quarter loss": the article is the loss's.
        let adjective = self.skip_hyphen(first + 1) > first + 1;
        let start = if adjective { self.skip(at, Word::The) } else { at };
        let of = self.skip(next, Word::Of);
        let of = self.skip(of, Word::The);
        let of = self.skip(of, Word::Fiscal);
        if let Word::Number(year @ 1900..=2099, 4) = self.word(of) {
            return Some(Reading::new(start, of + 1, Meaning::Fixed(in_year(name, year as i16))));
        }
        let offset = match self.word(of) {
            Word::This | Word::Current => Some(0),
            Word::Last => Some(-1),
            Word::Next => Some(1),
            _ => None,
        };
        if let Some(offset) = offset
            && self.word(of + 1) == Word::Unit(Unit::Year)
        {
            return Some(Reading::new(start, of + 2, Meaning::Named(name, Pick::InYear(offset))));
        }
        if let Name::Half(_) = name
            && self.word(next) == Word::Of
        {
            // "the second half of the game"; with the year it names a half year.
            let year = matches!(self.word(of), Word::Unit(Unit::Year));
            return year.then(|| Reading::new(start, of + 1, Meaning::Named(name, Pick::Bare)));
        }
        let half_year = !matches!(name, Name::Half(_)) || self.skip_hyphen(first + 1) > first + 1;
        half_year.then(|| Reading::new(start, next, Meaning::Named(name, Pick::Bare)))
    }

    /// "fiscal 1989", "the fiscal year", "fiscal year 2021".
    pub(super) fn fiscal_year(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        if self.word(first) != Word::Fiscal {
            return None;
        }
        let unit = self.word(first + 1) == Word::Unit(Unit::Year);
        let year_at = first + 1 + usize::from(unit);
        match self.word(year_at) {
            Word::Number(year @ 1900..=2099, 4) => {
                Some(Reading::new(at, year_at + 1, Meaning::Fixed(Period::FiscalYear(year as i16))))
            }
            _ if unit && first > at => Some(self.year_or_length(at, year_at)),
            _ => None,
        }
    }

    /// "the year", which is a length of time when the text says where it ended: "the year to March".
    pub(super) fn year_or_length(&self, at: usize, next: usize) -> Reading {
        let meaning = match self.word(next) {
            Word::To if self.month(next + 1).is_none() => {
                Meaning::Step(Unit::Year, 0, crate::expression::Origin::Document)
            }
            Word::Ended | Word::To => Meaning::Duration(crate::expression::Amount::exactly(1, Unit::Year)),
            _ => Meaning::Step(Unit::Year, 0, crate::expression::Origin::Document),
        };
        Reading::new(at, next, meaning)
    }

    /// "the 1988 quarter", "the 1988 third quarter", "1988's fourth quarter", "the 1988 period".
    pub(super) fn year_quarter(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let Word::Number(year @ 1900..=2099, 4) = self.word(first) else { return None };
        let year = year as i16;
        let next = self.skip_possessive(first + 1);
        if let Some((name, end)) = self.nth(next) {
            return Some(Reading::new(at, end, Meaning::Fixed(in_year(name, year))));
        }
        let stretch = match self.word(next) {
            Word::Unit(Unit::Quarter) => Stretch::Quarter,
            Word::Span if first > at => Stretch::Any,
            _ => return None,
        };
        Some(Reading::new(at, next + 1, Meaning::Focus(stretch, Some(year))))
    }

    /// "the same period last year", "the corresponding quarter a year ago", "the quarter a year earlier".
    pub(super) fn period_of_last_year(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let compared = matches!(self.text_of(first), "same" | "corresponding" | "comparable" | "similar" | "like");
        let head = first + usize::from(compared);
        let (stretch, next) = match (self.nth(head), self.word(head)) {
            (Some((Name::Quarter(quarter), next)), _) => (Stretch::Nth(quarter), next),
            (_, Word::Unit(Unit::Quarter)) => (Stretch::Quarter, head + 1),
            (_, Word::Span) if compared => (Stretch::Any, head + 1),
            _ => return None,
        };
        let of = self.skip(self.skip(next, Word::Of), Word::In);
        let end = ["last year", "a year ago", "a year earlier", "a year before", "one year earlier", "the year before"]
            .into_iter()
            .find_map(|words| self.phrase(of, words))?;
        let next_to_event = self.text_of(end - 1) == "before" && self.event_after(end).is_some();
        (!next_to_event).then(|| Reading::new(at, end, Meaning::YearOff(-1, stretch)))
    }

    /// "year-earlier", "the year-ago third quarter", "the comparable year-earlier period".
    pub(super) fn year_off(&self, at: usize) -> Option<Reading> {
        let first = if matches!(self.word(at), Word::The | Word::A) { at + 1 } else { at };
        let first = match self.text_of(first) {
            "comparable" | "corresponding" | "same" if first > at => first + 1,
            _ => first,
        };
        if self.word(first) != Word::Unit(Unit::Year) {
            return None;
        }
        let relation = self.skip_hyphen(first + 1);
        if relation == first + 1 || !matches!(self.word(relation), Word::Ago | Word::Earlier) {
            return None;
        }
        let head = relation + 1;
        let (stretch, next) = match self.nth(head) {
            Some((Name::Quarter(quarter), next)) => (Stretch::Nth(quarter), next),
            _ => match self.word(head) {
                Word::Unit(Unit::Quarter) => (Stretch::Quarter, head + 1),
                Word::Span => (Stretch::Any, head + 1),
                _ => match self.amount(head) {
                    Some((amount, next)) if amount.unit == Unit::Month => (Stretch::Months(amount.count?), next),
                    _ => (Stretch::Any, head),
                },
            },
        };
        let start = if next > head && self.word(at) != Word::A { at } else { first };
        Some(Reading::new(start, next, Meaning::YearOff(-1, stretch)))
    }
}

/// The quarter or half of that year.
pub(super) fn in_year(name: Name, year: i16) -> Period {
    match name {
        Name::Half(half) => Period::Half(year, half),
        Name::Quarter(quarter) => Period::Quarter(year, quarter),
        _ => Period::Year(year),
    }
}
