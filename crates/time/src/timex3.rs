//! The spelling of TIMEX3 values.

use crate::calendar::{Holiday, Unit};
use crate::expression::{Amount, Name, Reference, TimeOfDay};

/// An ISO 8601 duration with TIMEX3's X for what is not told: `P2D`, `PT1M30S`, `P2Y6M`, `PXW`, `P40Y` for four decades.
pub(crate) fn duration(amount: Amount) -> String {
    let (letter, time, per_unit) = match amount.unit {
        Unit::Second => ("S", true, 1),
        Unit::Minute => ("M", true, 1),
        Unit::Hour => ("H", true, 1),
        Unit::Day => ("D", false, 1),
        Unit::Weekend => ("WE", false, 1),
        Unit::Week => ("W", false, 1),
        Unit::Month => ("M", false, 1),
        Unit::Quarter => ("Q", false, 1),
        Unit::Half => ("M", false, 6),
        Unit::Year => ("Y", false, 1),
        Unit::Decade => ("Y", false, 10),
        Unit::Century => ("Y", false, 100),
    };
    let start = if time { "PT" } else { "P" };
    let Some(count) = amount.count else {
        let letter = match amount.unit {
            Unit::Decade => "DE",
            Unit::Century => "CE",
            _ => letter,
        };
        return format!("{start}X{letter}");
    };
    let count = count.saturating_mul(per_unit);
    let whole = if count > 0 || !amount.half { format!("{count}{letter}") } else { String::new() };
    match (amount.half, amount.unit) {
        (false, _) => format!("{start}{whole}"),
        (true, Unit::Minute) => format!("PT{whole}30S"),
        (true, Unit::Hour) => format!("PT{whole}30M"),
        (true, Unit::Day) => format!("P{whole}T12H"),
        (true, Unit::Year) => format!("P{whole}6M"),
        (true, Unit::Decade) => format!("P{}Y", count + 5),
        (true, Unit::Century) => format!("P{}Y", count + 50),
        (true, _) => format!("{start}{}.5{letter}", count / per_unit),
    }
}

/// The value of a unit on the calendar of which nothing else is known.
pub(crate) fn open_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX:XX",
        Unit::Day => "XXXX-XX-XX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Week => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

/// The value of what recurs, in no year in particular.
pub(crate) fn open_name(name: Name) -> String {
    match name {
        Name::Weekday(weekday) => format!("XXXX-WXX-{weekday}"),
        Name::Month(month) => format!("XXXX-{month:02}"),
        Name::MonthDay(month, day, _) => format!("XXXX-{month:02}-{day:02}"),
        Name::Season(season) => format!("XXXX-{}", season.code()),
        Name::Quarter(quarter) => format!("XXXX-Q{quarter}"),
        Name::Half(half) => format!("XXXX-H{half}"),
        Name::Holiday(Holiday::Fixed(month, day)) => format!("XXXX-{month:02}-{day:02}"),
        Name::NthOf(_, _, month) => format!("XXXX-{month:02}"),
        Name::WeekOf(..) | Name::HolidayWeek(_) => "XXXX-WXX".into(),
        Name::WeekendOf(_) => "XXXX-WXX-WE".into(),
        Name::Holiday(_) => "XXXX-XX-XX".into(),
        Name::YearEnd => "XXXX-12-31".into(),
    }
}

/// `T17:00`, `TMO`.
pub(crate) fn time_of_day(time: TimeOfDay) -> String {
    match time {
        TimeOfDay::Clock(hour, minute) => format!("T{hour:02}:{:02}", minute.unwrap_or(0)),
        TimeOfDay::Part(part) => format!("T{}", part.code()),
    }
}

pub(crate) fn reference(reference: Reference) -> &'static str {
    match reference {
        Reference::Past => "PAST_REF",
        Reference::Present => "PRESENT_REF",
        Reference::Future => "FUTURE_REF",
    }
}
