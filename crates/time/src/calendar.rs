//! Stretches of the calendar: what a resolved time expression names. Knows nothing of text.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};
use wirecopy_model::{Interval, TimexMod};

/// A unit of time, the smaller first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A Saturday with its Sunday.
    Weekend,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// A season as the northern half of the world counts them, from the first of March.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Fall,
    /// December to February; belongs to two years, so that its days stay open.
    Winter,
}

impl Season {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Fall => "FA",
            Season::Winter => "WI",
        }
    }

    pub(crate) fn first_month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Fall => 9,
            Season::Winter => 12,
        }
    }
}

/// A stretch of days on the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// One day.
    Day(Date),
    /// The week that begins on this Monday.
    Week(Date),
    /// The weekend that begins on this Saturday.
    Weekend(Date),
    /// A month of a year.
    Month(i16, i8),
    /// A quarter of a year, from 1.
    Quarter(i16, i8),
    /// A half of a year, from 1.
    Half(i16, i8),
    /// A season of a year.
    Season(i16, Season),
    /// A year.
    Year(i16),
    /// A business year: which days it holds is not told.
    FiscalYear(i16),
    /// The ten years that begin with this number times ten.
    Decade(i16),
    /// The hundred years that begin with this number times a hundred.
    Century(i16),
}

/// The years that a text can speak of: what ISO 8601 writes with four digits.
pub(crate) fn is_year(year: i64) -> bool {
    (1..=9999).contains(&year)
}

fn year(year: i64) -> Option<i16> {
    is_year(year).then_some(year as i16)
}

pub(crate) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|date| is_year(date.year().into()))
}

/// The day `days` later.
pub(crate) fn add_days(day: Date, days: i64) -> Option<Date> {
    let span = Span::new().try_days(days).ok()?;
    day.checked_add(span).ok().filter(|date| is_year(date.year().into()))
}

pub(crate) fn monday_of(day: Date) -> Option<Date> {
    add_days(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

impl Period {
    /// The period of this unit that holds the day; `None` for units below a day.
    pub fn containing(unit: Unit, day: Date) -> Option<Self> {
        let (year, month) = (day.year(), day.month());
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => Period::Day(day),
            Unit::Week => Period::Week(monday_of(day)?),
            Unit::Weekend => Period::Weekend(add_days(monday_of(day)?, 5)?),
            Unit::Month => Period::Month(year, month),
            Unit::Quarter => Period::Quarter(year, (month - 1) / 3 + 1),
            Unit::Half => Period::Half(year, (month - 1) / 6 + 1),
            Unit::Year => Period::Year(year),
            Unit::Decade => Period::Decade(year.div_euclid(10)),
            Unit::Century => Period::Century(year.div_euclid(100)),
        })
    }

    /// Its unit; a season counts as a quarter, a business year as a year.
    pub fn unit(self) -> Unit {
        match self {
            Period::Day(_) => Unit::Day,
            Period::Week(_) => Unit::Week,
            Period::Weekend(_) => Unit::Weekend,
            Period::Month(..) => Unit::Month,
            Period::Quarter(..) | Period::Season(..) => Unit::Quarter,
            Period::Half(..) => Unit::Half,
            Period::Year(_) | Period::FiscalYear(_) => Unit::Year,
            Period::Decade(_) => Unit::Decade,
            Period::Century(_) => Unit::Century,
        }
    }

    /// The period of the same kind that lies `n` of its own units later (seasons: years later).
    pub fn step(self, n: i64) -> Option<Self> {
        let parts = |y: i16, part: i8, per_year: i64| {
            let index = i64::from(y) * per_year + i64::from(part) - 1 + n;
            Some((year(index.div_euclid(per_year))?, (index.rem_euclid(per_year) + 1) as i8))
        };
        let offset = |base: i16| i64::from(base).checked_add(n);
        Some(match self {
            Period::Day(date) => Period::Day(add_days(date, n)?),
            Period::Week(monday) => Period::Week(add_days(monday, n.checked_mul(7)?)?),
            Period::Weekend(saturday) => Period::Weekend(add_days(saturday, n.checked_mul(7)?)?),
            Period::Month(y, m) => parts(y, m, 12).map(|(y, m)| Period::Month(y, m))?,
            Period::Quarter(y, q) => parts(y, q, 4).map(|(y, q)| Period::Quarter(y, q))?,
            Period::Half(y, h) => parts(y, h, 2).map(|(y, h)| Period::Half(y, h))?,
            Period::Season(y, season) => Period::Season(year(offset(y)?)?, season),
            Period::Year(y) => Period::Year(year(offset(y)?)?),
            Period::FiscalYear(y) => Period::FiscalYear(year(offset(y)?)?),
            Period::Decade(d) => Period::Decade(offset(d).filter(|d| (1..=999).contains(d))? as i16),
            Period::Century(c) => Period::Century(offset(c).filter(|c| (0..=99).contains(c))? as i16),
        })
    }

    /// The same period `n` years later: the same month, quarter or season, the same day of the month, the ISO week
    /// that holds the same day.
    pub fn step_years(self, n: i64) -> Option<Self> {
        let moved = |date: Date| {
            let span = Span::new().try_years(n).ok()?;
            date.checked_add(span).ok().filter(|date| is_year(date.year().into()))
        };
        match self {
            Period::Day(date) => Some(Period::Day(moved(date)?)),
            Period::Week(monday) => Period::containing(Unit::Week, moved(monday)?),
            Period::Weekend(saturday) => Period::containing(Unit::Weekend, moved(saturday)?),
            Period::Month(..) => self.step(n.checked_mul(12)?),
            Period::Quarter(..) => self.step(n.checked_mul(4)?),
            Period::Half(..) => self.step(n.checked_mul(2)?),
            Period::Season(..) | Period::Year(_) | Period::FiscalYear(_) => self.step(n),
            Period::Decade(_) => self.step(n / 10),
            Period::Century(_) => self.step(n / 100),
        }
    }

    /// Its days. `None` for winters and business years, whose ends are not told, and at the end of time.
    pub fn interval(self) -> Option<Interval> {
        let months = |y: i16, first: i8, count: i64| {
            let start = day(y, first, 1)?;
            let last = Period::Month(y, first).step(count - 1)?;
            let Period::Month(y, m) = last else { return None };
            Some(Interval { start, end: day(y, m, 1)?.last_of_month().checked_add(1.day()).ok()? })
        };
        let years = |first: i64, count: i64| {
            let (first, last) = (year(first.max(1))?, year(first + count - 1)?);
            Some(Interval { start: day(first, 1, 1)?, end: day(last, 12, 31)?.checked_add(1.day()).ok()? })
        };
        match self {
            Period::Day(date) => Interval::day(date),
            Period::Week(monday) => Some(Interval { start: monday, end: add_days(monday, 7)? }),
            Period::Weekend(saturday) => Some(Interval { start: saturday, end: add_days(saturday, 2)? }),
            Period::Month(y, m) => months(y, m, 1),
            Period::Quarter(y, q) => months(y, q * 3 - 2, 3),
            Period::Half(y, h) => months(y, h * 6 - 5, 6),
            Period::Season(_, Season::Winter) | Period::FiscalYear(_) => None,
            Period::Season(y, season) => months(y, season.first_month(), 3),
            Period::Year(y) => years(y.into(), 1),
            Period::Decade(d) => years(i64::from(d) * 10, 10),
            Period::Century(c) => years(i64::from(c) * 100, 100),
        }
    }

    /// Its first day, for comparing periods; a winter begins in December.
    pub fn start(self) -> Option<Date> {
        match self {
            Period::Season(y, Season::Winter) => day(y, 12, 1),
            Period::FiscalYear(y) => day(y, 1, 1),
            other => other.interval().map(|interval| interval.start),
        }
    }

    /// The first, middle or last third of it: of a month the tenths of days that people mean by early, mid and late;
    /// of longer periods whole months or years. Other modifiers leave the interval whole.
    pub fn part(self, modifier: Option<TimexMod>) -> Option<Interval> {
        let third = match modifier {
            Some(TimexMod::Start) => 0,
            Some(TimexMod::Mid) => 1,
            Some(TimexMod::End) => 2,
            _ => return self.interval(),
        };
        let whole = self.interval()?;
        let at = |n: i64| match self {
            Period::Month(y, m) => day(y, m, 1 + 10 * n as i8),
            Period::Year(y) => day(y, 1 + 4 * n as i8, 1),
            Period::Half(y, h) => day(y, h * 6 - 5 + 2 * n as i8, 1),
            Period::Quarter(y, q) => day(y, q * 3 - 2 + n as i8, 1),
            Period::Season(y, season) => day(y, season.first_month() + n as i8, 1),
            Period::Decade(d) => day(d.checked_mul(10)?.checked_add([0, 4, 7][n as usize])?.max(1), 1, 1),
            Period::Century(c) => day(c.checked_mul(100)?.checked_add([0, 34, 67][n as usize])?.max(1), 1, 1),
            Period::Week(monday) => add_days(monday, 2 * n),
            Period::Day(_) | Period::Weekend(_) | Period::FiscalYear(_) => None,
        };
        if matches!(self, Period::Day(_) | Period::Weekend(_)) {
            return Some(whole);
        }
        let end = if third == 2 { whole.end } else { at(third + 1)? };
        Some(Interval { start: at(third)?, end })
    }

    /// Its TIMEX3 value.
    pub fn value(self) -> String {
        let week = |date: Date| {
            let week = ISOWeekDate::from(date);
            format!("{:04}-W{:02}", week.year(), week.week())
        };
        match self {
            Period::Day(date) => format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
            Period::Week(monday) => week(monday),
            Period::Weekend(saturday) => week(saturday) + "-WE",
            Period::Month(y, m) => format!("{y:04}-{m:02}"),
            Period::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Period::Half(y, h) => format!("{y:04}-H{h}"),
            Period::Season(y, season) => format!("{y:04}-{}", season.code()),
            Period::Year(y) | Period::FiscalYear(y) => format!("{y:04}"),
            Period::Decade(d) => format!("{d:03}"),
            Period::Century(c) => format!("{c:02}"),
        }
    }
}

/// The nearest day with this weekday at or after `day`.
pub(crate) fn weekday_from(day: Date, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    add_days(day, i64::from(day.weekday().until(weekday)))
}

/// The nearest day with this weekday at or before `day`.
pub(crate) fn weekday_until(day: Date, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    add_days(day, -i64::from(day.weekday().since(weekday)))
}

/// The days of the feasts that papers date things by, in the calendar of the United States where countries differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// The same day every year: month and day.
    Fixed(i8, i8),
    /// The nth weekday (from Monday 1) of a month; negative counts from its end.
    Nth(i8, i8, i8),
    /// So many days after Easter Sunday of the western churches.
    Easter(i64),
    /// The Tuesday after the first Monday of November.
    ElectionDay,
}

impl Holiday {
    /// The holiday in that year.
    pub fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Holiday::Fixed(month, of_month) => day(year, month, of_month),
            Holiday::Nth(month, n, weekday) => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                day(year, month, 1)?.nth_weekday_of_month(n, weekday).ok()
            }
            Holiday::Easter(days) => add_days(easter(year)?, days),
            Holiday::ElectionDay => add_days(Holiday::Nth(11, 1, 1).in_year(year)?, 1),
        }
    }
}

/// Easter Sunday by the anonymous Gregorian algorithm (Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, (n / 31) as i8, (n % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn values_and_days() {
        let shown = |period: Period| {
            let interval = period.interval();
            format!("{} {}", period.value(), interval.map_or("-".into(), |i| format!("{} {}", i.start, i.end)))
        };
        assert_eq!(shown(Period::Week(date("2020-12-28"))), "2020-W53 2020-12-28 2021-01-04");
        assert_eq!(shown(Period::Weekend(date("2021-04-17"))), "2021-W15-WE 2021-04-17 2021-04-19");
        assert_eq!(shown(Period::Month(2024, 2)), "2024-02 2024-02-01 2024-03-01");
        assert_eq!(shown(Period::Quarter(2021, 4)), "2021-Q4 2021-10-01 2022-01-01");
        assert_eq!(shown(Period::Season(2021, Season::Winter)), "2021-WI -");
        assert_eq!(shown(Period::Decade(199)), "199 1990-01-01 2000-01-01");
        assert_eq!(shown(Period::Century(19)), "19 1900-01-01 2000-01-01");
        assert_eq!(shown(Period::Year(9999)), "9999 -");
    }

    #[test]
    fn steps_stay_on_the_calendar() {
        assert_eq!(Period::Month(2021, 1).step(-1), Some(Period::Month(2020, 12)));
        assert_eq!(Period::Day(date("2024-02-29")).step_years(-1), Some(Period::Day(date("2023-02-28"))));
        assert_eq!(Period::Year(9999).step(1), None);
        assert_eq!(Period::Day(date("9999-12-31")).step(i64::MAX), None);
        assert_eq!(Period::Year(1).step(-1), None);
    }

    #[test]
    fn holidays() {
        assert_eq!(Holiday::Easter(0).in_year(2021), Some(date("2021-04-04")));
        assert_eq!(Holiday::Nth(11, 4, 4).in_year(2021), Some(date("2021-11-25")));
        assert_eq!(Holiday::Nth(5, -1, 1).in_year(2021), Some(date("2021-05-31")));
        assert_eq!(Holiday::ElectionDay.in_year(2020), Some(date("2020-11-03")));
    }
}
