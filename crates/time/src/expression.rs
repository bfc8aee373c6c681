//! What the words of a time expression mean before anything is known of the calendar around them. The grammar makes
//! these values, the resolver turns them into days.

use std::ops::Range;

use wirecopy_model::TimexMod;

use crate::calendar::{Holiday, Period, Season, Unit};
pub use crate::lexicon::{DayPart, Reference};

/// A time expression that was found, with what its place in the text tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// What it means.
    pub meaning: Meaning,
    /// The time of day that it names, if it does.
    pub time: Option<TimeOfDay>,
    /// How it narrows or blurs its value.
    pub modifier: Option<TimexMod>,
    /// Which way the clause around it looks.
    pub tense: Tense,
    /// The word that tells the tense, as bytes of the text.
    pub cue: Option<Range<usize>>,
    /// The number of its sentence in the text.
    pub sentence: usize,
    /// The number of its paragraph in the text.
    pub paragraph: usize,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// What it is counted from, where the words say so: the event of "two days after the vote".
    pub hangs_on: Option<Hang>,
}

/// The event or time that an expression is counted from, where the words name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hang {
    /// -1 for "before", 1 for "after".
    pub sign: i8,
    /// Its words, as bytes of the text.
    pub bytes: Range<usize>,
}

/// Which way a clause looks in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// Nothing tells.
    Open,
    /// Back: "said", "was held".
    Past,
    /// Forward: "will meet", "is due to meet".
    Future,
}

/// The meaning of a time expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A stretch of the calendar that the words name in full.
    Fixed(Period),
    /// A day whose numbers can be read in two orders: the likelier first.
    Either(Period, Period),
    /// A stretch that recurs (a weekday, a month) and the way one of them is chosen.
    Named(Name, Pick),
    /// The unit that lies so many units from the one that holds the origin: "last week", "today", "that year".
    Step(Unit, i64, Origin),
    /// So much before (negative) or after the origin: "two weeks ago", "three days later".
    Shift(Amount, i8, Origin),
    /// The same stretch so many years earlier as the one the text is about: "the year-earlier quarter", "a year
    /// earlier".
    YearOff(i64, Stretch),
    /// The stretch that the text is about: "the quarter", "the latest period", "the 1988 period".
    Focus(Stretch, Option<i16>),
    /// Only a time of day; its day is the one that the text is at.
    TimeOnly,
    /// A length of time.
    Duration(Amount),
    /// Every so much.
    Every(Amount),
    /// Every one of these.
    EveryNamed(Option<Name>),
    /// A vague time.
    Reference(Reference),
}

/// What "the latest period", "the year-earlier quarter" ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stretch {
    /// Whatever stretch the text is about.
    Any,
    /// A quarter.
    Quarter,
    /// This quarter of a year.
    Nth(i8),
    /// So many months.
    Months(u32),
}

/// What a relative expression is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The date of the document.
    Document,
    /// The time that the text is at, or the event that it tells of.
    Text,
}

/// A stretch of the calendar that recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// A weekday, from Monday 1.
    Weekday(i8),
    /// A month, from 1.
    Month(i8),
    /// A month, a day of it and a weekday, where told.
    MonthDay(i8, i8, Option<i8>),
    /// The week that holds this day of a month.
    WeekOf(i8, i8),
    /// The weekend beside a holiday: the one that holds it, or the nearest one.
    WeekendOf(Holiday),
    /// The week that holds a holiday.
    HolidayWeek(Holiday),
    /// The first, second, ... last (-1) part of a month, from 1.
    NthOf(i8, PartOfMonth, i8),
    /// A season.
    Season(Season),
    /// A quarter of the year, from 1.
    Quarter(i8),
    /// A half of the year, from 1.
    Half(i8),
    /// A holiday.
    Holiday(Holiday),
    /// The end of the year.
    YearEnd,
}

/// What a month is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartOfMonth {
    /// Its days.
    Day,
    /// Its sevens of days: the first week is that which holds the 4th.
    Week,
    /// Its weekends, each by its Saturday.
    Weekend,
    /// The days of it with this weekday, from Monday 1.
    Weekday(i8),
}

/// Which of those that recur is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pick {
    /// The words leave it to the tense.
    Bare,
    /// "last".
    Last,
    /// "this".
    This,
    /// "next".
    Next,
    /// The one before the time that the text is at: "the previous".
    Previous,
    /// The one after it: "the following".
    Following,
    /// The one that the text is at: "that", "the same".
    That,
    /// The one in the year so many years from the document's.
    InYear(i64),
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// How many units; `None` where the words do not say.
    pub count: Option<u32>,
    /// Half a unit more.
    pub half: bool,
    /// The upper end of "two to three".
    pub upto: Option<u32>,
    /// The unit.
    pub unit: Unit,
}

impl Amount {
    /// So many units.
    pub fn exactly(count: u32, unit: Unit) -> Self {
        Amount { count: Some(count), half: false, upto: None, unit }
    }

    /// Some units.
    pub fn vague(unit: Unit) -> Self {
        Amount { count: None, half: false, upto: None, unit }
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeOfDay {
    /// Hours and minutes by the clock.
    Clock(u8, Option<u8>),
    /// A part of the day.
    Part(DayPart),
}
