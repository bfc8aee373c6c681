//! Times of day: "10:35 a.m.", "5 p.m. EST", "noon", "4 in the morning", "1500 GMT", with the day that follows; and the
//! part of the day that follows a day ("Tuesday night").

use super::{Cursor, Reading};
use crate::calendar::{Period, Unit};
use crate::expression::{Meaning, Origin, TimeOfDay};
use crate::lexicon::Word;

impl Cursor<'_> {
    /// A time by the clock, and the day that stands right after it: "5 p.m. EST, Nov. 6".
    pub(super) fn clock(&self, at: usize) -> Option<Reading> {
        let (time, next) = self.clock_time(at)?;
        let next = self.skip_zone(next);
        let day_at = self.skip_comma(self.other_zone(next));
        let day_at = if matches!(self.word(day_at), Word::On) { day_at + 1 } else { day_at };
        let on = day_at > self.skip_comma(next) || self.word(next) == Word::Mark(')');
        let day = match self.word(day_at) {
            Word::Weekday(_) => self.weekday_first(day_at),
            Word::Month(_) | Word::ShortMonth(_) => self.month_first(day_at),
            Word::Number(..) => self.day_month(day_at),
            Word::DayStep(_) | Word::Tonight => self.day_word(day_at),
            Word::Last | Word::This => self.relative(day_at),
            _ => None,
        };
        let day = day.filter(|day| is_day(&day.meaning));
        let (end, meaning, hangs_on) = match day {
            // "at 5 p.m. on Tuesday" is two expressions, the first on the day of the second.
            Some(day) if on => (next, Meaning::TimeOnly, Some((0, day.start..day.end))),
            Some(day) => (day.end, day.meaning, None),
            None => (next, Meaning::TimeOnly, None),
        };
        Some(Reading { time: Some(time), hangs_on, ..Reading::new(at, end, meaning) })
    }

    /// Past the same time by another clock: "10:35 a.m. (0735 GMT) Friday", and past the bracket behind it.
    fn other_zone(&self, at: usize) -> usize {
        let other = match self.word(at) {
            Word::Mark(')') => return at + 1,
            Word::Mark('(') => at + 1,
            _ => return at,
        };
        let zone = match self.clock_time(other) {
            Some((_, next)) => self.skip_zone(next),
            None => return at,
        };
        if self.word(zone) == Word::Mark(')') { zone + 1 } else { at }
    }

    fn skip_zone(&self, at: usize) -> usize {
        if self.word(at) == Word::Zone { at + 1 } else { self.phrase(at, "local time").unwrap_or(at) }
    }

    fn clock_time(&self, at: usize) -> Option<(TimeOfDay, usize)> {
        match self.word(at) {
            Word::Noon => {
                // "High Noon" is a film.
                let named = self.is_capital(at) && self.before(at) == Word::Other;
                (!named).then_some((TimeOfDay::Clock(12, Some(0)), at + 1))
            }
            Word::Midnight => Some((TimeOfDay::Clock(24, None), at + 1)),
            Word::Clock(hour, minute) => {
                let (hour, next) = self.half_of_day(hour, at + 1);
                let told = next > at + 1
                    || self.word(next) == Word::Zone
                    || matches!(
                        self.before(at),
                        Word::At | Word::By | Word::From | Word::Until | Word::Since | Word::To
                    )
                    || matches!(self.before(at), Word::After | Word::Before | Word::Approx(_));
                told.then_some((TimeOfDay::Clock(hour, Some(minute)), next))
            }
            // "7.15 p.m." in British papers.
            Word::Fraction(hour @ 1..=12) => {
                let minute = self.text_of(at).split_once('.')?.1;
                let minute: u8 = (minute.len() == 2).then(|| minute.parse().ok()).flatten()?;
                let (hour, next) = self.half_of_day(hour as u8, at + 1);
                (next > at + 1 && minute < 60).then_some((TimeOfDay::Clock(hour, Some(minute)), next))
            }
            Word::Number(time @ 0..=2400, 4) if self.word(at + 1) == Word::Zone && time % 100 < 60 => {
                Some((TimeOfDay::Clock((time / 100) as u8, Some((time % 100) as u8)), at + 1))
            }
            Word::Number(hour @ 1..=12, 1 | 2) | Word::Cardinal(hour @ 1..=12) => self.hour(hour as u8, at + 1),
            _ => None,
        }
    }

    /// "p.m.", "o'clock", "in the morning" after a bare hour.
    fn hour(&self, hour: u8, at: usize) -> Option<(TimeOfDay, usize)> {
        let (told, next) = self.half_of_day(hour, at);
        if next > at {
            return Some((TimeOfDay::Clock(told, Some(0)), next));
        }
        if let Some(next) = self.phrase(at, "o ' clock") {
            let (hour, next) = self.half_of_day(hour, next);
            return Some((TimeOfDay::Clock(hour, Some(0)), next));
        }
        None
    }

    /// Turns an hour of twelve into one of twenty-four by "a.m.", "p.m.", "in the afternoon", "at night".
    fn half_of_day(&self, hour: u8, at: usize) -> (u8, usize) {
        let afternoon = |hour: u8| if hour < 12 { hour + 12 } else { hour };
        let morning = |hour: u8| if hour == 12 { 0 } else { hour };
        match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            (Word::AmPm(true), ..) => (afternoon(hour), at + 1),
            (Word::AmPm(false), ..) if self.is_am(at) => (morning(hour), at + 1),
            (Word::In, Word::The, Word::DayPart(part)) => match part {
                crate::lexicon::DayPart::Morning => (morning(hour), at + 3),
                _ => (afternoon(hour), at + 3),
            },
            _ => (hour, at),
        }
    }

    /// "am" without full stops is mostly a verb; after a number it must be glued on or be followed by no adjective.
    fn is_am(&self, at: usize) -> bool {
        self.text_of(at).contains('.') || matches!(self.before(at), Word::Clock(..)) || self.glued(at) || {
            let upper = self.text_of(at) == "AM";
            upper || !matches!(self.before(at - 1), Word::Other)
        }
    }

    /// "afternoon" after "mid-", "late" or "early", by which alone a bare part of the day is a time.
    pub(super) fn part_of_day(&self, at: usize) -> Option<Reading> {
        let Word::DayPart(part) = self.word(at) else { return None };
        let parted = matches!(self.before(at), Word::Part(_))
            || self.before(at) == Word::Mark('-') && at >= 2 && matches!(self.word(at - 2), Word::Part(_));
        if !parted {
            return None;
        }
        // "mid-afternoon yesterday"
        let day = match self.word(at + 1) {
            Word::DayStep(_) => self.day_word(at + 1),
            Word::Weekday(_) => self.weekday_first(at + 1).filter(|day| is_day(&day.meaning)),
            _ => None,
        };
        let time = Some(TimeOfDay::Part(part));
        Some(match day {
            Some(day) => Reading { start: at, time, ..day },
            None => Reading { time, ..Reading::new(at, at + 1, Meaning::TimeOnly) },
        })
    }

    /// Adds the part of the day, or the clock time, that follows a day: "Tuesday night", "tomorrow morning".
    pub(super) fn add_time(&self, reading: &mut Reading) {
        if reading.time.is_some() || !is_day(&reading.meaning) {
            return;
        }
        match self.word(reading.end) {
            Word::DayPart(part) => {
                reading.time = Some(TimeOfDay::Part(part));
                reading.end += 1;
            }
            Word::Noon => {
                reading.time = Some(TimeOfDay::Clock(12, Some(0)));
                reading.end += 1;
            }
            _ => {}
        }
    }
}

/// Whether the meaning is one day.
fn is_day(meaning: &Meaning) -> bool {
    use crate::expression::Name;
    matches!(
        meaning,
        Meaning::Fixed(Period::Day(_))
            | Meaning::Either(..)
            | Meaning::Step(Unit::Day, ..)
            | Meaning::Named(Name::Weekday(_) | Name::MonthDay(..) | Name::Holiday(_), _)
    ) || matches!(meaning, Meaning::Shift(amount, _, Origin::Document | Origin::Text) if amount.unit == Unit::Day)
}
