//! Lengths of time and what is counted with them: "five years", "two weeks ago", "three days later", "every four
//! years", "a day after the vote".

use super::{Cursor, Reading};
use crate::calendar::Unit;
use crate::expression::{Amount, Meaning, Name, Origin, Reference, Stretch, TimeOfDay};
use crate::lexicon::Word;
use crate::tuning::EVENT_TOKENS;

impl Cursor<'_> {
    /// An amount with what follows it.
    pub(super) fn duration(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let (amount, next) = self.amount(first)?;
        if self.is_some_day(at, next) {
            return Some(Reading::new(at, next, Meaning::Reference(Reference::Future)));
        }
        self.counted(at, amount, next)
    }

    /// "will one day be", "hopes that it may one day return": some day to come.
    fn is_some_day(&self, at: usize, next: usize) -> bool {
        self.text_of(at).eq_ignore_ascii_case("one")
            && self.word(at + 1) == Word::Unit(Unit::Day)
            && next == at + 2
            && (matches!(self.before(at), Word::Will | Word::Modal) || self.before(at) == Word::Month(5))
    }

    /// What an amount that ends before `next` is: a shift, or a mere length.
    fn counted(&self, at: usize, amount: Amount, next: usize) -> Option<Reading> {
        let next = self.phrase(next, "or so").unwrap_or(next);
        let shift = |end, sign, origin| Some(Reading::new(at, end, Meaning::Shift(amount, sign, origin)));
        let years_off = |end| {
            let whole_year = amount.unit == Unit::Year && !amount.half && amount.upto.is_none();
            let years = i64::from(amount.count?);
            (whole_year && years == 1).then(|| Reading::new(at, end, Meaning::YearOff(-1, Stretch::Any)))
        };
        let hyphen = self.skip_hyphen(next);
        match self.word(hyphen) {
            Word::Ago => years_off(hyphen + 1).or_else(|| shift(hyphen + 1, -1, Origin::Document)),
            Word::Earlier => years_off(hyphen + 1).or_else(|| shift(hyphen + 1, -1, Origin::Text)),
            Word::Later => shift(hyphen + 1, 1, Origin::Text),
            Word::From if matches!(self.word(next + 1), Word::Now | Word::DayStep(0)) => {
                shift(next + 2, 1, Origin::Document)
            }
            Word::After | Word::Before => self.around_event(at, amount, next, hyphen),
            // "a year-long drought": the article is the drought's.
            _ if hyphen > next && self.text_of(hyphen) == "long" => {
                let start = at + usize::from(matches!(self.word(at), Word::A | Word::The));
                Some(Reading::new(start, hyphen + 1, Meaning::Duration(amount)))
            }
            _ if self.text_of(next) == "hence" => shift(next + 1, 1, Origin::Document),
            _ => self.plain_duration(at, amount, next),
        }
    }

    /// "two days after the vote", "the week before", "a year before that".
    fn around_event(&self, at: usize, amount: Amount, next: usize, relation: usize) -> Option<Reading> {
        let sign = if self.word(relation) == Word::After { 1 } else { -1 };
        match self.event_after(relation + 1) {
            Some(event) => {
                let length = self.plain_duration(at, amount, next)?;
                Some(Reading { hangs_on: Some((sign, event)), ..length })
            }
            None => Some(Reading::new(at, relation + 1, Meaning::Shift(amount, sign, Origin::Text))),
        }
    }

    /// The tokens of the event or time that a relation leads to; `None` where the clause ends at once.
    pub(super) fn event_after(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let end = (at..self.tokens.len().min(at + EVENT_TOKENS))
            .find(|here| matches!(self.word(*here), Word::Mark(mark) if !matches!(mark, '\'' | '-')))
            .unwrap_or_else(|| self.tokens.len().min(at + EVENT_TOKENS));
        (end > at).then_some(at..end)
    }

    fn plain_duration(&self, at: usize, amount: Amount, next: usize) -> Option<Reading> {
        // "three-quarters of its food": a share.
        if amount.unit == Unit::Quarter && self.word(next) == Word::Of {
            return None;
        }
        let bare_article = matches!(self.word(at), Word::A) && amount == Amount::exactly(1, amount.unit);
        if bare_article && (amount.unit == Unit::Second || amount.unit == Unit::Weekend) {
            return None;
        }
        let rate = bare_article && next == at + 2 && self.is_rate(at);
        if rate {
            return None;
        }
        // "a three-year period": the whole is a length.
        if self.word(next) == Word::Span && matches!(self.word(next - 1), Word::Unit(_)) && amount.count.is_some() {
            return Some(Reading::new(at, next + 1, Meaning::Duration(amount)));
        }
        // "a two-hour meeting": the article is the meeting's.
        let adjective = matches!(self.word(at), Word::A | Word::The)
            && matches!(self.word(next - 1), Word::Unit(_))
            && self.cardinal(at + 1).is_some_and(|(_, unit)| self.unit(self.skip_hyphen(unit)).is_some())
            || matches!(self.word(at), Word::A | Word::The) && self.word(at + 1) == Word::Several;
        let nights = matches!(self.word(next - 1), Word::DayParts(_));
        (!nights).then(|| Reading::new(at + usize::from(adjective), next, Meaning::Duration(amount)))
    }

    /// "the first nine months", "the first two days".
    pub(super) fn first_amount(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        if !matches!(self.word(first), Word::First) {
            return None;
        }
        let (amount, next) = match self.unit(first + 1) {
            Some((unit, true, _)) => (Amount::vague(unit), first + 2),
            _ => self.amount(first + 1).filter(|_| self.count(first + 1).is_some())?,
        };
        (first > at || amount.count.is_some()).then(|| Reading::new(at, next, Meaning::Duration(amount)))
    }

    /// "years" and its like without a number, where they are a length: "for years", "weeks of talks", "months ago".
    pub(super) fn bare_units(&self, at: usize) -> Option<Reading> {
        let Word::Units(unit) = self.word(at) else { return None };
        let next = match (self.word(at + 1), self.word(at + 2)) {
            (Word::Or | Word::And, Word::Units(_)) => at + 3,
            _ => at + 1,
        };
        let amount = Amount::vague(unit);
        if self.word(next) == Word::Ago {
            return Some(Reading::new(at, next + 1, Meaning::Shift(amount, -1, Origin::Document)));
        }
        if let Word::Later | Word::Earlier = self.word(next) {
            let sign = if self.word(next) == Word::Later { 1 } else { -1 };
            return Some(Reading::new(at, next + 1, Meaning::Shift(amount, sign, Origin::Text)));
        }
        if let Word::After | Word::Before = self.word(next) {
            return self.around_event(at, amount, next, next);
        }
        let hyphen = self.skip_hyphen(next);
        if hyphen > next && self.text_of(hyphen) == "long" {
            return Some(Reading::new(at, hyphen + 1, Meaning::Duration(amount)));
        }
        let before = self.before(at);
        let length = matches!(before, Word::During | Word::Since | Word::In)
            || self.text_of(at.wrapping_sub(1)).eq_ignore_ascii_case("for") && self.word(next) != Word::To
            || matches!(self.word(next), Word::Of) && unit >= Unit::Day && !matches!(before, Word::Of | Word::Other);
        length.then(|| Reading::new(at, next, Meaning::Duration(amount)))
    }

    /// "every year", "each Thursday", "every four years", "every other week".
    pub(super) fn every(&self, at: usize) -> Option<Reading> {
        let next = at + 1;
        let every = |amount: Amount, end: usize| Some(Reading::new(at, end, Meaning::Every(amount)));
        let named = |name: Name, end: usize| Some(Reading::new(at, end, Meaning::EveryNamed(Some(name))));
        match self.word(next) {
            Word::Unit(unit) => every(Amount::exactly(1, unit), next + 1),
            Word::Weekday(weekday) => {
                let mut reading = named(Name::Weekday(weekday), next + 1)?;
                if let Word::DayPart(part) = self.word(reading.end) {
                    reading.time = Some(TimeOfDay::Part(part));
                    reading.end += 1;
                }
                Some(reading)
            }
            Word::Month(month) if self.is_capital(next) => named(Name::Month(month), next + 1),
            Word::Season(season) => named(Name::Season(season), next + 1),
            Word::DayPart(part) => {
                let reading = Reading::new(at, next + 1, Meaning::EveryNamed(None));
                Some(Reading { time: Some(TimeOfDay::Part(part)), ..reading })
            }
            Word::Other if self.text_of(next) == "other" => {
                let Word::Unit(unit) = self.word(next + 1) else { return None };
                every(Amount::exactly(2, unit), next + 2)
            }
            _ => {
                let (amount, end) = self.amount(next).filter(|_| self.word(next) != Word::A)?;
                every(amount, end)
            }
        }
    }

    /// "once a week", "twice each month": how often is told before the stretch in which it recurs.
    pub(super) fn so_often(&self, at: usize) -> Option<Reading> {
        let next = match self.word(at) {
            Word::Once => at + 1,
            _ => self.cardinal(at).map(|(_, next)| next).filter(|next| self.word(*next) == Word::Times)? + 1,
        };
        let rate = matches!(self.word(next), Word::A | Word::Per | Word::Every);
        match self.word(next + 1) {
            Word::Unit(unit) if rate => Some(Reading::new(at, next + 2, Meaning::Every(Amount::exactly(1, unit)))),
            _ => None,
        }
    }

    /// "daily", "weekly", "annually"; the nouns and names that they also are are left.
    pub(super) fn periodic(&self, at: usize) -> Option<Reading> {
        let Word::Periodic(unit) = self.word(at) else { return None };
        // "quarterly dividend" says of what kind it is, not when.
        let name = self.is_capital(at)
            || self.is_capital(at + 1) && self.word(at + 1) == Word::Other
            || unit == Unit::Quarter
            || self.text_of(at.wrapping_sub(1)) == "average";
        (!name).then(|| Reading::new(at, at + 1, Meaning::Every(Amount::exactly(1, unit))))
    }
}
