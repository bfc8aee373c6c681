//! Counts and amounts: "three", "twenty-four", "a few", "2 1/2", "two to three weeks", "half an hour".

use super::Cursor;
use crate::calendar::Unit;
use crate::expression::Amount;
use crate::lexicon::Word;

/// A count and the tokens it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub value: Option<u32>,
    pub half: bool,
    pub upto: Option<u32>,
    pub next: usize,
}

/// The largest count that is believed of a text; larger ones are codes or jokes.
const MOST: u32 = 1_000_000;

impl Cursor<'_> {
    /// A number in digits or words, with the token after it.
    pub(super) fn cardinal(&self, at: usize) -> Option<(u32, usize)> {
        match self.word(at) {
            Word::Number(value, digits) if digits <= 7 => Some((value, at + 1)),
            Word::Decimal(value, false) if value <= MOST => Some((value, at + 1)),
            Word::Cardinal(_) | Word::Tens(_) | Word::Hundred | Word::Thousand => self.spelled(at),
            _ => None,
        }
    }

    fn below_hundred(&self, at: usize) -> Option<(u32, usize)> {
        match self.word(at) {
            Word::Cardinal(value) => Some((value, at + 1)),
            Word::Tens(tens) => {
                let ones = self.skip_hyphen(at + 1);
                match self.word(ones) {
                    Word::Cardinal(value @ 1..=9) => Some((tens + value, ones + 1)),
                    _ => Some((tens, at + 1)),
                }
            }
            _ => None,
        }
    }

    /// "two hundred and ten", "two thousand". Ends where no larger or smaller part can follow.
    fn spelled(&self, at: usize) -> Option<(u32, usize)> {
        let (mut total, mut next) = match self.word(at) {
            Word::Hundred | Word::Thousand => (1, at),
            _ => self.below_hundred(at)?,
        };
        for (word, size) in [(Word::Hundred, 100), (Word::Thousand, 1000)] {
            if self.word(next) == word {
                total *= size;
                next += 1;
                let rest = if self.word(next) == Word::And { next + 1 } else { next };
                if let Some((more, after)) = self.below_hundred(rest) {
                    total += more;
                    next = after;
                }
            }
        }
        Some((total, next))
    }

    /// A year in words: "nineteen ninety-six", "two thousand one", "twenty twenty-one".
    pub(super) fn spelled_year(&self, at: usize) -> Option<(i16, usize)> {
        if let Word::Cardinal(2) = self.word(at)
            && self.word(at + 1) == Word::Thousand
        {
            let (value, next) = self.spelled(at)?;
            return (2000..2100).contains(&value).then_some((value as i16, next));
        }
        let century = match self.word(at) {
            Word::Cardinal(century @ 17..=19) => century,
            Word::Tens(20) => 20,
            _ => return None,
        };
        match self.word(at + 1) {
            Word::Cardinal(10..=19) | Word::Tens(_) => {
                let (rest, next) = self.below_hundred(at + 1)?;
                Some(((century * 100 + rest) as i16, next))
            }
            _ => None,
        }
    }

    fn simple_count(&self, at: usize) -> Option<Count> {
        let exact = |value: u32, next: usize| Count { value: Some(value), half: false, upto: None, next };
        let vague = |next: usize| Count { value: None, half: false, upto: None, next };
        match self.word(at) {
            Word::A => match self.word(at + 1) {
                Word::Few => Some(vague(at + 2)),
                Word::Couple => Some(exact(2, self.skip(at + 2, Word::Of))),
                Word::Dozen => Some(exact(12, at + 2)),
                Word::Hundred => Some(exact(100, at + 2)),
                Word::Thousand => Some(exact(1000, at + 2)),
                _ => None,
            },
            Word::Couple => Some(exact(2, self.skip(at + 1, Word::Of))),
            Word::Few | Word::Several => Some(vague(at + 1)),
            Word::Dozen => Some(exact(12, at + 1)),
            Word::Decimal(value, half) if value <= MOST => {
                Some(Count { value: Some(value), half, upto: None, next: at + 1 })
            }
            _ => {
                let (value, next) = self.cardinal(at)?;
                match self.fraction(next) {
                    Some(after) => Some(Count { value: Some(value), half: true, upto: None, next: after }),
                    None => Some(exact(value, next)),
                }
            }
        }
    }

    /// "1/2", "-1/2", "and a half", "½".
    fn fraction(&self, at: usize) -> Option<usize> {
        if self.word(at) == Word::Mark('½') {
            return Some(at + 1);
        }
        if self.word(at) == Word::And && self.word(at + 1) == Word::A && self.word(at + 2) == Word::Half {
            return Some(at + 3);
        }
        let one = self.skip_hyphen(at);
        let half = matches!(self.word(one), Word::Number(1, 1))
            && self.word(one + 1) == Word::Mark('/')
            && matches!(self.word(one + 2), Word::Number(2, 1));
        half.then_some(one + 3)
    }

    /// A count, possibly a range of two: "12 to 18", "three or four", "2-3".
    pub(super) fn count(&self, at: usize) -> Option<Count> {
        let first = self.simple_count(at)?;
        let second = match self.word(first.next) {
            Word::To | Word::Or => first.next + 1,
            Word::Mark('-') if self.glued(first.next) => first.next + 1,
            _ => return Some(first),
        };
        match (first.value, self.simple_count(second)) {
            (Some(low), Some(high)) if high.value.is_some_and(|high| high > low) => {
                Some(Count { upto: high.value, next: high.next, ..first })
            }
            _ => Some(first),
        }
    }

    /// The unit at this token, whether it is in the plural, and how many of it the word says.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, bool, u32)> {
        match self.word(at) {
            Word::Unit(unit) => Some((unit, false, 1)),
            Word::Units(unit) => Some((unit, true, 1)),
            Word::Fortnight => Some((Unit::Week, false, 2)),
            Word::Ordinal(2) if self.text_of(at).eq_ignore_ascii_case("second") => Some((Unit::Second, false, 1)),
            Word::DayParts(crate::lexicon::DayPart::Night) => Some((Unit::Day, true, 1)),
            _ => None,
        }
    }

    /// An amount of time and the token after it: "five years", "a week", "two-year", "half an hour", "an hour and a
    /// half", "two more weeks".
    pub(super) fn amount(&self, at: usize) -> Option<(Amount, usize)> {
        if let Some(found) = self.half_amount(at) {
            return Some(found);
        }
        let (count, before_unit) = match self.count(at) {
            Some(count) => (count, self.skip_hyphen(count.next)),
            None => {
                if !matches!(self.word(at), Word::A | Word::Another) {
                    return None;
                }
                match self.count(at + 1) {
                    // "another five years", "a three-year"
                    Some(count) => (count, self.skip_hyphen(count.next)),
                    None => (Count { value: Some(1), half: false, upto: None, next: at + 1 }, at + 1),
                }
            }
        };
        let unit_at = match self.word(before_unit) {
            Word::Filler | Word::More => before_unit + 1,
            Word::Of => before_unit + 1,
            _ => before_unit,
        };
        let (unit, plural, times) = self.unit(unit_at)?;
        if unit == Unit::Second && !plural && !matches!(self.word(at), Word::Number(..) | Word::Cardinal(_)) {
            return None;
        }
        // "a decades-long feud": the article is the feud's, how many they are is not told.
        let article = matches!(self.word(at), Word::A) && before_unit == at + 1;
        let count = Count { value: count.value.filter(|_| !(article && plural)), ..count };
        let scaled = |value: u32| value.checked_mul(times).filter(|value| *value <= MOST);
        let value = match count.value {
            Some(value) => Some(scaled(value)?),
            None => None,
        };
        let mut amount = Amount { count: value, half: count.half, upto: count.upto, unit };
        let mut next = unit_at + 1;
        if !plural
            && self.word(next) == Word::And
            && self.word(next + 1) == Word::A
            && self.word(next + 2) == Word::Half
        {
            amount.half = true;
            next += 3;
        } else if self.word(next) == Word::Or && matches!(self.word(next + 1), Word::Cardinal(2)) {
            amount.upto = Some(2);
            next += 2;
        }
        Some((amount, next))
    }

    /// "half an hour", "a half-hour", "half a century".
    fn half_amount(&self, at: usize) -> Option<(Amount, usize)> {
        let at = self.skip(at, Word::A);
        if self.word(at) != Word::Half {
            return None;
        }
        let unit_at = self.skip(self.skip_hyphen(at + 1), Word::A);
        match self.word(unit_at) {
            Word::Unit(unit) => Some((Amount { count: Some(0), half: true, upto: None, unit }, unit_at + 1)),
            _ => None,
        }
    }
}
