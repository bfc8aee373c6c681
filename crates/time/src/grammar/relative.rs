//! What is counted from the document's date or from a time in the text: "today", "last week", "next June", "that year",
//! "the following day", "the week of March 6".

use super::{Cursor, Reading};
use crate::calendar::{Period, Unit};
use crate::expression::{Meaning, Name, Origin, Pick, Stretch, TimeOfDay};
use crate::lexicon::{DayPart, Word};

/// A word such as "last" with the way it picks.
#[derive(Clone, Copy)]
struct Direction {
    pick: Pick,
    step: i64,
    origin: Origin,
    next: usize,
}

impl Cursor<'_> {
    /// "today", "yesterday", "tonight", "overnight".
    pub(super) fn day_word(&self, at: usize) -> Option<Reading> {
        let step = |days, time| {
            Some(Reading { time, ..Reading::new(at, at + 1, Meaning::Step(Unit::Day, days, Origin::Document)) })
        };
        // "USA Today", "Tomorrow's World": names.
        let name = self.is_capital(at) && matches!(self.before(at), Word::Other) && self.glued_name(at);
        match self.word(at) {
            _ if name => None,
            Word::DayStep(days) => step(days.into(), None),
            Word::Tonight => step(0, Some(TimeOfDay::Part(DayPart::Night))),
            Word::Overnight if !self.is_capital(at) => {
                // The night that the day is at the end of; as an adjective it dates nothing.
                Some(Reading {
                    time: Some(TimeOfDay::Part(DayPart::Night)),
                    ..Reading::new(at, at + 1, Meaning::TimeOnly)
                })
            }
            _ => None,
        }
    }

    /// Whether the capital word right before belongs to the same name as this one.
    fn glued_name(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is_capital(before))
    }

    fn direction(&self, at: usize) -> Option<Direction> {
        let the = self.word(at) == Word::The;
        let first = if the { at + 1 } else { at };
        let direction = |pick, step, origin, next| Some(Direction { pick, step, origin, next });
        let after = |words: usize| first + words;
        match (self.word(first), self.word(first + 1)) {
            (Word::This, Word::Coming) if !the => direction(Pick::Next, 1, Origin::Document, after(2)),
            (Word::This, Word::Past | Word::Last) if !the => direction(Pick::Last, -1, Origin::Document, after(2)),
            (Word::This, _) if !the => direction(Pick::This, 0, Origin::Document, after(1)),
            (Word::That, Word::Same) if !the => direction(Pick::That, 0, Origin::Text, after(2)),
            (Word::That, _) if !the => direction(Pick::That, 0, Origin::Text, after(1)),
            (Word::Same, _) => direction(Pick::That, 0, Origin::Text, after(1)),
            (Word::Current, _) => direction(Pick::This, 0, Origin::Document, after(1)),
            (Word::Last, _) => direction(Pick::Last, -1, Origin::Document, after(1)),
            (Word::Past, _) if the => direction(Pick::Last, -1, Origin::Document, after(1)),
            (Word::Next, _) => {
                let text = the || matches!(self.word(first + 1), Word::Unit(Unit::Day) | Word::DayPart(_));
                let day = matches!(self.word(first + 1), Word::Unit(Unit::Day) | Word::DayPart(_) | Word::Weekday(_));
                let origin = if text && day { Origin::Text } else { Origin::Document };
                direction(Pick::Next, 1, origin, after(1))
            }
            (Word::Coming, _) => direction(Pick::Next, 1, Origin::Document, after(1)),
            (Word::Previous, _) => direction(Pick::Previous, -1, Origin::Text, after(1)),
            (Word::Following, _) if the => direction(Pick::Following, 1, Origin::Text, after(1)),
            _ => None,
        }
    }

    /// "last week", "this summer", "next Friday", "that night", "this year's third quarter".
    pub(super) fn relative(&self, at: usize) -> Option<Reading> {
        let Direction { pick, step, origin, next } = self.direction(at)?;
        let target = self.skip(next, Word::Fiscal);
        let named = |name, end| Some(Reading::new(at, end, Meaning::Named(name, pick)));
        match self.word(target) {
            Word::Unit(unit) => self.relative_unit(at, target, unit, pick, step, origin),
            Word::Weekday(weekday) if self.is_demonstrative_noun(at, target) => match self.weekday_first(target)? {
                Reading { meaning: Meaning::Named(Name::Weekday(_), _), .. } => {
                    named(Name::Weekday(weekday), target + 1)
                }
                dated => Some(Reading { start: at, ..dated }),
            },
            Word::Weekday(_) => None,
            Word::Month(_) | Word::ShortMonth(_) if self.is_capital(target) => match self.month_first(target)? {
                Reading { meaning: Meaning::Named(name, Pick::Bare), end, .. } => named(name, end),
                _ => None,
            },
            Word::Season(season) => named(Name::Season(season), target + 1),
            Word::DayPart(part) => self.relative_part(at, target, part, pick, step, origin),
            // "said that third-quarter profit": a conjunction.
            Word::Ordinal(_) | Word::First | Word::QuarterName(_) if self.word(at) != Word::That => {
                let inner = self.quarter(target)?;
                match inner.meaning {
                    Meaning::Named(name, Pick::Bare) => named(name, inner.end),
                    _ => None,
                }
            }
            Word::HolidayName => {
                let (holiday, end) = self.holiday_name(target)?;
                named(Name::Holiday(holiday), end)
            }
            _ => None,
        }
    }

    /// Whether "this"/"that" before a weekday is its determiner and not a conjunction ("said that Tuesday was ...").
    fn is_demonstrative_noun(&self, at: usize, target: usize) -> bool {
        self.word(at) != Word::That || target > at + 1 || !matches!(self.before(at), Word::Said | Word::Other)
    }

    fn relative_unit(
        &self,
        at: usize,
        target: usize,
        unit: Unit,
        pick: Pick,
        step: i64,
        origin: Origin,
    ) -> Option<Reading> {
        let next = target + 1;
        // "This Week" in quotation marks is a title.
        if self.is_capital(target) && matches!(self.before(at), Word::Mark('"' | '\'')) {
            return None;
        }
        // "the last week of March", "the next day of talks": counted within something else.
        if self.word(at) == Word::The && self.word(next) == Word::Of {
            return None;
        }
        if unit < Unit::Day || unit == Unit::Day && matches!(pick, Pick::This | Pick::Last) {
            return None;
        }
        // "the past decade", "this past century": a length.
        if unit >= Unit::Decade && step == -1 && self.word(target - 1) == Word::Past {
            let amount = crate::expression::Amount::exactly(1, unit);
            return Some(Reading::new(at, next, Meaning::Duration(amount)));
        }
        if unit == Unit::Year
            && let Some(end) = self.possessive_quarter(at, next, step, origin)
        {
            return Some(end);
        }
        if unit == Unit::Quarter && origin == Origin::Text && step == 0 {
            return Some(Reading::new(at, next, Meaning::Focus(Stretch::Quarter, None)));
        }
        let end = self.phrase(next, "or so").unwrap_or(next);
        Some(Reading::new(at, end, Meaning::Step(unit, step, origin)))
    }

    /// "year's third quarter" after "this", "last", "next".
    fn possessive_quarter(&self, at: usize, next: usize, step: i64, origin: Origin) -> Option<Reading> {
        let head = self.skip_possessive(next);
        if head == next || origin != Origin::Document {
            return None;
        }
        if self.word(head) == Word::Unit(Unit::Quarter) && step == -1 {
            return Some(Reading::new(at, head + 1, Meaning::YearOff(step, Stretch::Quarter)));
        }
        let inner = self.quarter(head)?;
        match inner.meaning {
            Meaning::Named(name, Pick::Bare) => {
                Some(Reading::new(at, inner.end, Meaning::Named(name, Pick::InYear(step))))
            }
            _ => None,
        }
    }

    fn relative_part(
        &self,
        at: usize,
        target: usize,
        part: DayPart,
        pick: Pick,
        step: i64,
        origin: Origin,
    ) -> Option<Reading> {
        // "this night", "last morning" are no English for a date; "last night" and "this morning" are.
        if pick == Pick::Last && part == DayPart::Morning {
            return None;
        }
        let reading = Reading::new(at, target + 1, Meaning::Step(Unit::Day, step, origin));
        Some(Reading { time: Some(TimeOfDay::Part(part)), ..reading })
    }

    /// "the year", "the week of March 6", "the year 2000", "the day before", "the morning".
    pub(super) fn the_unit(&self, at: usize) -> Option<Reading> {
        let next = at + 2;
        let unit = match self.word(at + 1) {
            Word::Unit(unit) if unit >= Unit::Day => unit,
            Word::Filler if self.word(next) == Word::Unit(Unit::Year) && self.text_of(at + 1) == "full" => {
                return Some(self.year_or_length(at, next + 1));
            }
            Word::DayPart(part) => return self.the_part(at, part),
            Word::Units(unit) if unit >= Unit::Day => {
                // "over the years", "in the years that followed"
                let long = matches!(self.before(at), Word::In | Word::During | Word::Until)
                    || self.text_of(at.wrapping_sub(1)).eq_ignore_ascii_case("over");
                let clause = matches!(self.word(next), Word::Mark(_) | Word::Clause | Word::That | Word::Since);
                let long =
                    long && (unit >= Unit::Week && clause || unit == Unit::Year && self.word(next) == Word::Other);
                let ahead = long || self.text_of(next) == "ahead" || self.phrase(next, "to come").is_some();
                let end = if long { next } else { self.phrase(next, "to come").unwrap_or(next + 1) };
                let meaning = Meaning::Duration(crate::expression::Amount::vague(unit));
                let sign = match self.word(next) {
                    _ if ahead => return Some(Reading::new(at, end, meaning)),
                    Word::After => 1,
                    Word::Before => -1,
                    _ => return None,
                };
                let event = self.event_after(next + 1)?;
                return Some(Reading { hangs_on: Some((sign, event)), ..Reading::new(at, next, meaning) });
            }
            _ => return None,
        };
        if let Some(reading) = self.unit_around(at, unit) {
            return Some(reading);
        }
        match unit {
            Unit::Day => {
                // Only "later in the day": by itself it is a figure of speech.
                let part = self.before(at) == Word::In && at >= 2;
                let part = part && matches!(self.word(at - 2), Word::Later | Word::Earlier | Word::Part(_));
                part.then(|| Reading::new(at, next, Meaning::Step(Unit::Day, 0, Origin::Text)))
            }
            Unit::Week if self.word(next) == Word::Of => {
                let day = self.month_first(next + 1).or_else(|| self.day_month(next + 1))?;
                match day.meaning {
                    Meaning::Fixed(Period::Day(date)) => {
                        let week = Period::containing(Unit::Week, date)?;
                        Some(Reading::new(at, day.end, Meaning::Fixed(week)))
                    }
                    Meaning::Named(Name::MonthDay(month, of_month, _), pick) => {
                        Some(Reading::new(at, day.end, Meaning::Named(Name::WeekOf(month, of_month), pick)))
                    }
                    _ => None,
                }
            }
            Unit::Year => self.the_year(at),
            Unit::Quarter => {
                let ended = self.word(next) == Word::Ended;
                let hangs_on = ended.then(|| self.event_after(next + 1)).flatten().map(|date| (0, date));
                Some(Reading { hangs_on, ..Reading::new(at, next, Meaning::Focus(Stretch::Quarter, None)) })
            }
            Unit::Weekend => Some(Reading::new(at, next, Meaning::Step(unit, 0, Origin::Document))),
            Unit::Week | Unit::Month => (!self.of_honour(at) && self.word(next) != Word::Of)
                .then(|| Reading::new(at, next, Meaning::Step(unit, 0, Origin::Document))),
            _ => None,
        }
    }

    /// "the year 2000", "the year ended ...", "the year".
    fn the_year(&self, at: usize) -> Option<Reading> {
        let next = at + 2;
        match self.word(next) {
            Word::Number(year @ 1..=9999, 1..=4) => {
                return Some(Reading::new(at, next + 1, Meaning::Fixed(Period::Year(year as i16))));
            }
            Word::Of | Word::Number(..) => return None,
            _ => {}
        }
        if let Some((year, end)) = self.spelled_year(next) {
            return Some(Reading::new(at, end, Meaning::Fixed(Period::Year(year))));
        }
        (!self.of_honour(at)).then(|| self.year_or_length(at, next))
    }

    /// "player of the year", "time of the month": no date.
    fn of_honour(&self, at: usize) -> bool {
        self.before(at) == Word::Of
            && !at.checked_sub(2).is_some_and(|two| {
                matches!(self.word(two), Word::Units(_) | Word::Part(_) | Word::Half | Word::Unit(_))
                    || matches!(self.text_of(two), "rest" | "remainder" | "much" | "most" | "part" | "all")
            })
    }

    /// "the day before", "the week after the vote": counted from a time or an event of the text.
    fn unit_around(&self, at: usize, unit: Unit) -> Option<Reading> {
        let relation = at + 2;
        let step = match self.word(relation) {
            Word::After => 1,
            Word::Before => -1,
            _ => return None,
        };
        // "the day after tomorrow", "the day before yesterday"
        if let (Unit::Day, Word::DayStep(days @ (-1 | 1))) = (unit, self.word(relation + 1))
            && step == i64::from(days)
        {
            return Some(Reading::new(at, relation + 2, Meaning::Step(unit, 2 * step, Origin::Document)));
        }
        let meaning = Meaning::Step(unit, step, Origin::Text);
        match self.event_after(relation + 1) {
            Some(event) => Some(Reading { hangs_on: Some((step as i8, event)), ..Reading::new(at, relation, meaning) }),
            None => Some(Reading::new(at, relation + 1, meaning)),
        }
    }

    /// "the morning", "the evening".
    fn the_part(&self, at: usize, part: DayPart) -> Option<Reading> {
        let when = matches!(self.before(at), Word::In | Word::During | Word::Part(_)) || self.time_place(at);
        // "the night of the fire" is dated by the fire.
        when.then(|| Reading { time: Some(TimeOfDay::Part(part)), ..Reading::new(at, at + 2, Meaning::TimeOnly) })
    }
}
