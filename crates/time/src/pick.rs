//! Chooses among what recurs: which Friday, which June, which third quarter. A pure function of the day that it is
//! counted from, the tense, and the word ("last", "next") that picks.

use jiff::civil::{Date, Weekday};

use crate::calendar::{Period, Season, Unit, add_days, day, monday_of, weekday_from, weekday_until};
use crate::expression::{Name, PartOfMonth, Pick, Tense};
use crate::tuning::{FAR, MONTHS_AHEAD, NEAR, PAST_WEIGHT, QUARTER_REPORT_DAYS};

impl Name {
    /// The one of its name in this year; `None` for weekdays and for days that the year does not have.
    pub(crate) fn in_year(self, year: i16) -> Option<Period> {
        Some(match self {
            Name::Weekday(_) => return None,
            Name::Month(month) => Period::Month(year, month),
            Name::MonthDay(month, of_month, _) => Period::Day(day(year, month, of_month)?),
            Name::WeekOf(month, of_month) => Period::containing(Unit::Week, day(year, month, of_month)?)?,
            Name::NthOf(nth, part, month) => nth_of(nth, part, year, month)?,
            Name::HolidayWeek(holiday) => Period::containing(Unit::Week, holiday.in_year(year)?)?,
            Name::WeekendOf(holiday) => beside(holiday.in_year(year)?)?,
            Name::Season(season) => Period::Season(year, season),
            Name::Quarter(quarter) => Period::Quarter(year, quarter),
            Name::Half(half) => Period::Half(year, half),
            Name::Holiday(holiday) => Period::Day(holiday.in_year(year)?),
            Name::YearEnd => Period::Day(day(year, 12, 31)?),
        })
    }
}

fn in_year(name: Name, year: i64) -> Option<Period> {
    name.in_year(crate::calendar::is_year(year).then_some(year as i16)?)
}

/// The nth (from 1; -1 for the last) day, week or weekday of a month.
fn nth_of(nth: i8, part: PartOfMonth, year: i16, month: i8) -> Option<Period> {
    let first = day(year, month, 1)?;
    let days = first.days_in_month();
    match part {
        PartOfMonth::Day => Some(Period::Day(day(year, month, if nth < 0 { days } else { nth })?)),
        PartOfMonth::Week => {
            let middle = if nth < 0 { days - 3 } else { 7 * nth - 3 };
            Period::containing(Unit::Week, day(year, month, middle)?)
        }
        PartOfMonth::Weekend => {
            Period::containing(Unit::Weekend, first.nth_weekday_of_month(nth, Weekday::Saturday).ok()?)
        }
        PartOfMonth::Weekday(weekday) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            first.nth_weekday_of_month(nth, weekday).ok().map(Period::Day)
        }
    }
}

/// The weekend nearest to a day: before a Monday or Tuesday, after the other days of the week.
fn beside(holiday: Date) -> Option<Period> {
    let weekend = Period::containing(Unit::Weekend, holiday)?;
    if holiday.weekday().to_monday_one_offset() <= 2 { weekend.step(-1) } else { Some(weekend) }
}

/// The one that is meant, counted from the day `from`, which is the document's, or for [`Pick::That`],
/// [`Pick::Previous`] and [`Pick::Following`] that of a time in the text.
pub(crate) fn pick(name: Name, pick: Pick, from: Date, tense: Tense) -> Option<Period> {
    match name {
        Name::Weekday(weekday) => pick_weekday(weekday, pick, from, tense).map(Period::Day),
        Name::MonthDay(month, of_month, Some(weekday)) if pick == Pick::Bare => {
            with_weekday(month, of_month, weekday, from).or_else(|| yearly(name, pick, from, tense))
        }
        _ => yearly(name, pick, from, tense),
    }
}

fn pick_weekday(weekday: i8, pick: Pick, from: Date, tense: Tense) -> Option<Date> {
    let (until, after) = (weekday_until(add_days(from, -1)?, weekday)?, weekday_from(add_days(from, 1)?, weekday)?);
    Some(match pick {
        Pick::Bare | Pick::This if from.weekday().to_monday_one_offset() == weekday => from,
        Pick::Bare if tense == Tense::Future => after,
        Pick::This if tense != Tense::Past => after,
        Pick::Bare | Pick::This | Pick::Last | Pick::Previous => until,
        Pick::Next | Pick::Following => after,
        Pick::That => weekday_from(monday_of(from)?, weekday)?,
        Pick::InYear(weeks) => weekday_from(add_days(monday_of(from)?, 7 * weeks)?, weekday)?,
    })
}

/// The year near `from` in which the day of the month falls on that weekday.
fn with_weekday(month: i8, of_month: i8, weekday: i8, from: Date) -> Option<Period> {
    let years = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6];
    years.into_iter().find_map(|offset| {
        let date = day(from.year().checked_add(offset)?, month, of_month)?;
        (date.weekday().to_monday_one_offset() == weekday).then_some(Period::Day(date))
    })
}

fn yearly(name: Name, pick: Pick, from: Date, tense: Tense) -> Option<Period> {
    let year = i64::from(from.year());
    // The last day of February is not in every year: look on for one that has it.
    let seek = |mut years: std::ops::RangeInclusive<i64>, wanted: &dyn Fn(Period) -> bool| {
        years.find_map(|offset| in_year(name, year + offset).filter(|period| wanted(*period)))
    };
    let seek_back = |wanted: &dyn Fn(Period) -> bool| {
        (-8..=1).rev().find_map(|offset| in_year(name, year + offset).filter(|period| wanted(*period)))
    };
    let starts_by = |period: Period| period.start().is_some_and(|start| start <= from);
    let is_over = |period: Period| period.interval().is_some_and(|days| days.end <= from);
    let latest = || seek_back(&starts_by);
    let coming = || seek(-1..=8, &|period| !starts_by(period));
    let current = || latest().filter(|period| period.interval().is_some_and(|days| days.contains(from)));
    match pick {
        Pick::InYear(offset) => in_year(name, year + offset),
        Pick::This if matches!(name, Name::Season(Season::Winter)) && from.month() <= 2 => in_year(name, year - 1),
        Pick::This => in_year(name, year),
        Pick::Last | Pick::Previous => match name {
            Name::Season(Season::Winter) => seek_back(&|period| starts_by(period) && from.month() < 12),
            _ => seek_back(&is_over),
        },
        Pick::Next | Pick::Following => coming(),
        Pick::That => in_year(name, year),
        Pick::Bare => match name {
            Name::MonthDay(..)
            | Name::WeekOf(..)
            | Name::NthOf(..)
            | Name::Holiday(_)
            | Name::HolidayWeek(_)
            | Name::WeekendOf(_) => nearest(latest(), coming(), from, tense),
            Name::YearEnd if tense == Tense::Past => latest(),
            Name::YearEnd => in_year(name, year),
            Name::Quarter(_) | Name::Half(_) if tense == Tense::Future => {
                let reported = |period: &Period| {
                    let end = period.interval().map(|days| days.end);
                    end.is_some_and(|end| days_between(end, from) <= QUARTER_REPORT_DAYS)
                };
                current().or_else(|| latest().filter(reported)).or_else(coming)
            }
            _ if tense == Tense::Future => current().or_else(coming),
            Name::Month(_) => {
                let soon =
                    |period: &Period| period.start().is_some_and(|start| days_between(from, start) <= MONTHS_AHEAD);
                current().or_else(|| coming().filter(soon)).or_else(latest)
            }
            _ => latest(),
        },
    }
}

fn nearest(latest: Option<Period>, coming: Option<Period>, from: Date, tense: Tense) -> Option<Period> {
    let distance = |period: Option<Period>| {
        period.and_then(Period::start).map_or(i64::MAX / 4, |start| days_between(from, start).abs())
    };
    let (back, ahead) = (distance(latest), distance(coming));
    let past = match tense {
        _ if back == 0 => true,
        Tense::Past => !(ahead <= NEAR && back >= FAR),
        Tense::Future => back <= NEAR && ahead >= FAR,
        Tense::Open => back <= PAST_WEIGHT * ahead,
    };
    if past { latest.or(coming) } else { coming.or(latest) }
}

/// From `a` to `b`, negative if `b` is earlier.
pub(crate) fn days_between(a: Date, b: Date) -> i64 {
    a.until((jiff::Unit::Day, b)).map_or(0, |span| span.get_days().into())
}

/// Which weekend "the weekend" is: until Wednesday the one that has been, then the coming one; the tense overrules.
pub(crate) fn weekend(from: Date, tense: Tense) -> Option<Period> {
    let weekday = from.weekday().to_monday_one_offset();
    let this = Period::containing(Unit::Weekend, from)?;
    match (weekday, tense) {
        (6 | 7, _) => Some(this),
        (_, Tense::Past) | (1..=3, Tense::Open) => this.step(-1),
        _ => Some(this),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Every weekday picked on every day of some years lies on the side and in the week that its words say.
    #[test]
    fn weekdays_lie_where_their_words_say() {
        let mut from = date("2019-12-20");
        while from < date("2022-01-10") {
            for weekday in 1..=7 {
                let off = |how, tense| {
                    let picked = pick(Name::Weekday(weekday), how, from, tense).unwrap();
                    let day = picked.start().unwrap();
                    assert_eq!(day.weekday().to_monday_one_offset(), weekday);
                    days_between(from, day)
                };
                let today = from.weekday().to_monday_one_offset() == weekday;
                let (past, future) = (off(Pick::Bare, Tense::Past), off(Pick::Bare, Tense::Future));
                assert!(if today { past == 0 && future == 0 } else { (-6..0).contains(&past) && future == past + 7 });
                assert!((-7..0).contains(&off(Pick::Last, Tense::Open)));
                assert!((1..=7).contains(&off(Pick::Next, Tense::Open)));
                assert_eq!(off(Pick::That, Tense::Open).div_euclid(7), off(Pick::That, Tense::Past).div_euclid(7));
            }
            from = from.tomorrow().unwrap();
        }
    }

    #[test]
    fn days_of_leap_years_are_looked_for() {
        let leap = Name::MonthDay(2, 29, None);
        let picked = |tense| pick(leap, Pick::Bare, date("2021-04-16"), tense).map(Period::value);
        assert_eq!(picked(Tense::Past).as_deref(), Some("2020-02-29"));
        assert_eq!(picked(Tense::Future).as_deref(), Some("2024-02-29"));
    }
}
