//! From the tokens of a paragraph to time expressions: a small hand-written grammar, tried at every token that can
//! begin one; the longest reading wins. It knows words, not days: what a phrase comes to is the resolver's business.

mod calendar_date;
mod clock;
mod duration;
mod guard;
mod number;
mod quarter;
mod relative;
mod vague;

use std::ops::Range;

use wirecopy_model::TimexMod;

use crate::expression::{Meaning, Name, TimeOfDay};
use crate::lexicon::Word;
use crate::token::Token;

/// The tokens of a paragraph with their text.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
}

/// A reading of the tokens `start..end`.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub start: usize,
    pub end: usize,
    pub meaning: Meaning,
    pub time: Option<TimeOfDay>,
    pub modifier: Option<TimexMod>,
    /// The tokens of what it is counted from; -1 for before it, 1 for after it.
    pub hangs_on: Option<(i8, Range<usize>)>,
}

impl Reading {
    fn new(start: usize, end: usize, meaning: Meaning) -> Self {
        Reading { start, end, meaning, time: None, modifier: None, hangs_on: None }
    }
}

/// What stands at a token.
pub(crate) enum Found {
    /// A time expression.
    Time(Reading),
    /// Something that looks like one and is none, up to this token: an age, a speed.
    Guarded(usize),
    /// Nothing.
    Nothing,
}

impl<'a> Cursor<'a> {
    /// The word at this token; past the end, or before the beginning by wrapping around, [`Word::Other`].
    pub(crate) fn word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(Word::Other, |token| token.word)
    }

    /// The word before this token.
    pub(crate) fn before(&self, at: usize) -> Word {
        at.checked_sub(1).map_or(Word::Mark('\n'), |before| self.word(before))
    }

    pub(crate) fn text_of(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// Whether no white space stands before this token.
    fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    fn skip(&self, at: usize, word: Word) -> usize {
        if self.word(at) == word { at + 1 } else { at }
    }

    /// Past a hyphen that joins two words.
    fn skip_hyphen(&self, at: usize) -> usize {
        if self.word(at) == Word::Mark('-') && self.glued(at) && self.glued(at + 1) { at + 1 } else { at }
    }

    fn skip_comma(&self, at: usize) -> usize {
        self.skip(at, Word::Mark(','))
    }

    /// Past "'s".
    fn skip_possessive(&self, at: usize) -> usize {
        let possessive = self.word(at) == Word::Mark('\'') && self.glued(at + 1) && self.text_of(at + 1) == "s";
        if possessive { at + 2 } else { at }
    }

    /// Whether the time at these tokens is an attribute of a noun: "Wednesday's ruling", "a June agreement".
    pub(crate) fn modifies(&self, start: usize, end: usize) -> bool {
        self.skip_possessive(end) > end
            || self.before(start) == Word::A && self.word(end) == Word::Other && !self.is_capital(end)
    }

    /// What stands at this token.
    pub(crate) fn read(&self, at: usize) -> Found {
        if let Some(next) = self.guarded(at) {
            return Found::Guarded(next);
        }
        let mut best: Option<Reading> = None;
        let mut offer = |reading: Option<Reading>| {
            if let Some(reading) = reading
                && best.as_ref().is_none_or(|best| best.end < reading.end)
            {
                best = Some(reading);
            }
        };
        offer(self.qualified(at));
        offer(self.core(at));
        best.map_or(Found::Nothing, Found::Time)
    }

    /// A time with words before it that narrow or blur it: "early 2018", "more than two years", "later this month".
    fn qualified(&self, at: usize) -> Option<Reading> {
        if let Some((modifier, next)) = self.approximation(at) {
            let inner = self.core(next)?;
            let fits = match inner.meaning {
                Meaning::Duration(amount) => {
                    let directed = matches!(self.word(next), Word::The | Word::Last | Word::Next | Word::Past);
                    amount.count.is_some() && !directed
                }
                Meaning::Named(Name::Weekday(_), _) if inner.time.is_none() => false,
                Meaning::Shift(..) | Meaning::YearOff(..) => true,
                Meaning::Named(..) | Meaning::TimeOnly | Meaning::Fixed(_) => modifier == TimexMod::Approx,
                _ => false,
            };
            let plain = modifier != TimexMod::Approx || self.text_of(at) != "some" || self.count(next).is_some();
            return (fits && plain).then_some(Reading { start: at, modifier: Some(modifier), ..inner });
        }
        if let Some((modifier, next)) = self.part(at) {
            let inner = self.core(next)?;
            let point = !matches!(
                inner.meaning,
                Meaning::Duration(_) | Meaning::Every(_) | Meaning::EveryNamed(_) | Meaning::Reference(_)
            );
            return point.then_some(Reading { start: at, modifier: inner.modifier.or(Some(modifier)), ..inner });
        }
        let next = self.comparative(at)?;
        let inner = self.core(next)?;
        let point = matches!(inner.meaning, Meaning::Step(..) | Meaning::Named(..)) || inner.time.is_some();
        point.then_some(Reading { start: at, ..inner })
    }

    /// "about", "more than", "at least", "no more than", "up to", "just over", ... and the token after it.
    fn approximation(&self, at: usize) -> Option<(TimexMod, usize)> {
        let (first, second, third) = (self.word(at), self.word(at + 1), self.word(at + 2));
        match (first, second, third) {
            (Word::Approx(modifier), ..) => Some((modifier, at + 1)),
            (Word::No, Word::More, Word::Than) => Some((TimexMod::EqualOrLess, at + 3)),
            (Word::No, Word::Less, Word::Than) => Some((TimexMod::EqualOrMore, at + 3)),
            (Word::More, Word::Than, _) => Some((TimexMod::MoreThan, at + 2)),
            (Word::Less, Word::Than, _) => Some((TimexMod::LessThan, at + 2)),
            (Word::At, Word::Least, _) => Some((TimexMod::EqualOrMore, at + 2)),
            (Word::At, Word::Most, _) | (Word::Up, Word::To, _) => Some((TimexMod::EqualOrLess, at + 2)),
            // "little over a week"
            (Word::Other, Word::Approx(TimexMod::MoreThan), _) if self.text_of(at).eq_ignore_ascii_case("little") => {
                Some((TimexMod::MoreThan, at + 2))
            }
            _ => None,
        }
    }

    /// "early", "mid-", "late", "the end of", "the middle of", and the token after it.
    fn part(&self, at: usize) -> Option<(TimexMod, usize)> {
        let word_at = self.skip(at, Word::The);
        let Word::Part(modifier) = self.word(word_at) else { return None };
        match self.text_of(word_at).to_ascii_lowercase().as_str() {
            "early" | "late" | "mid" => {
                let next = self.skip_hyphen(word_at + 1);
                let next = if matches!(self.word(next), Word::On | Word::In) { next + 1 } else { next };
                Some((modifier, next))
            }
            _ => (self.word(word_at + 1) == Word::Of).then_some((modifier, word_at + 2)),
        }
    }

    /// "earlier", "later" before the time that they narrow: "later this month", "earlier on Tuesday".
    fn comparative(&self, at: usize) -> Option<usize> {
        if !matches!(self.word(at), Word::Earlier | Word::Later) || self.text_of(at).len() > "earlier".len() {
            return None;
        }
        let next = at + 1;
        let next = if matches!(self.word(next), Word::In | Word::On) { next + 1 } else { next };
        Some(next)
    }

    /// A time without qualifying words.
    fn core(&self, at: usize) -> Option<Reading> {
        let mut reading = self.by_rules(at)?;
        self.add_time(&mut reading);
        Some(reading)
    }

    /// The longest reading that one of these rules gives.
    fn longest(&self, at: usize, rules: &[fn(&Self, usize) -> Option<Reading>]) -> Option<Reading> {
        let mut best: Option<Reading> = None;
        for reading in rules.iter().filter_map(|rule| rule(self, at)) {
            if best.as_ref().is_none_or(|best| best.end < reading.end) {
                best = Some(reading);
            }
        }
        best
    }

    /// What the rules that can begin with the word at this token make of it.
    fn by_rules(&self, at: usize) -> Option<Reading> {
        let rules: &[fn(&Self, usize) -> Option<Reading>] = match self.word(at) {
            Word::HolidayName => &[Self::holiday],
            Word::Mark('\'') => &[Self::short_decade],
            Word::Number(..) | Word::Decimal(..) => {
                &[Self::clock, Self::day_month, Self::year, Self::year_quarter, Self::so_often, Self::duration]
            }
            Word::Clock(..) | Word::Fraction(_) | Word::Noon | Word::Midnight => &[Self::clock],
            Word::NumericDate(..) => &[Self::numeric_date],
            Word::DecadeNumber(_) | Word::DecadeName(_) => &[Self::decade],
            Word::Cardinal(_) | Word::Tens(_) => &[Self::clock, Self::spelled_date, Self::so_often, Self::duration],
            Word::Once => &[Self::so_often],
            Word::Month(_) | Word::ShortMonth(_) => &[Self::month_first, Self::holiday],
            Word::Weekday(_) | Word::ShortWeekday(_) | Word::Weekdays(_) => &[Self::weekday_first],
            Word::Ordinal(_) | Word::First => &[
                Self::day_month,
                Self::nth_of_month,
                Self::quarter,
                Self::period_of_last_year,
                Self::century,
                Self::first_amount,
                Self::holiday,
            ],
            Word::QuarterName(_) | Word::Fiscal => &[Self::quarter, Self::fiscal_year],
            Word::Season(_) => &[Self::season],
            Word::DayStep(_) | Word::Tonight | Word::Overnight => &[Self::day_word],
            Word::This
            | Word::That
            | Word::Last
            | Word::Next
            | Word::Coming
            | Word::Previous
            | Word::Following
            | Word::Same
            | Word::Current
            | Word::Latest => {
                &[Self::nth_of_month, Self::relative, Self::vague_period, Self::relative_amount, Self::reference]
            }
            Word::Past | Word::Recent | Word::Future => {
                &[Self::relative, Self::vague_period, Self::relative_amount, Self::reference]
            }
            Word::The => &[
                Self::nth_of_month,
                Self::the_unit,
                Self::relative,
                Self::vague_period,
                Self::relative_amount,
                Self::first_amount,
                Self::quarter,
                Self::fiscal_year,
                Self::year_quarter,
                Self::year_off,
                Self::period_of_last_year,
                Self::decade,
                Self::short_decade,
                Self::century,
                Self::season,
                Self::day_month,
                Self::duration,
                Self::reference,
                Self::holiday,
            ],
            Word::A | Word::Another => &[Self::duration, Self::year_off],
            Word::Few | Word::Several | Word::Couple | Word::Dozen | Word::Half => &[Self::duration],
            Word::Hundred | Word::Thousand => &[Self::duration],
            Word::Unit(_) => &[Self::year_off, Self::year_end],
            Word::Units(_) => &[Self::bare_units],
            Word::Every => &[Self::every],
            Word::Periodic(_) => &[Self::periodic],
            Word::Right | Word::More => &[Self::emphatic],
            Word::DayPart(_) => &[Self::part_of_day],
            Word::Now | Word::Soon | Word::Reference(_) | Word::At | Word::In => &[Self::reference],
            _ => return None,
        };
        self.longest(at, rules)
    }
}
