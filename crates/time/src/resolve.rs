//! From meanings to days: counts each time expression from the document's date, from the times before it in the text,
//! or leaves it open with what it hangs on. Never falls back on the last date mentioned where an event is meant.

use jiff::civil::Date;
use wirecopy_model::{Interval, TimexBasis, TimexKind};

use crate::calendar::{Period, Unit, add_days};
use crate::expression::{Amount, Expression, Meaning, Name, Origin, Pick, Reference, Stretch, Tense};
use crate::pick::{days_between, pick, weekend};
use crate::timex3;
use crate::tuning::{CUE_BYTES, LONG_AGO_DAYS, REACH_SAME, REACH_SHIFT, STORY};

/// A resolved time expression, its places still in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub kind: TimexKind,
    pub value: String,
    pub interval: Option<Interval>,
    pub basis: TimexBasis,
    pub anchor: Option<Anchor>,
    pub alternatives: Vec<Alternative>,
    pub why: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    pub offset: String,
    pub bytes: Option<std::ops::Range<usize>>,
    pub open: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Alternative {
    pub value: String,
    pub interval: Option<Interval>,
    pub why: String,
}

/// A time that was resolved and that others may be counted from.
#[derive(Clone, Debug)]
struct Point {
    period: Period,
    sentence: usize,
    bytes: std::ops::Range<usize>,
}

/// The stretch that a report is about.
#[derive(Clone, Copy, Debug)]
enum Focus {
    Quarter(Period),
    /// Some months, as in "the nine months": no quarter.
    Months,
}

/// Resolves the time expressions of a text in order. `document` holds the first and the last day that the document may
/// be of; what would differ between them stays open.
pub(crate) fn resolve(text: &str, expressions: &[Expression], document: Option<(Date, Date)>) -> Vec<Resolved> {
    let mut resolver = Resolver { text, document, point: None, focus: None, story: 0 };
    let mut resolved = Vec::with_capacity(expressions.len());
    for (index, expression) in expressions.iter().enumerate() {
        let hung_on = expression.hangs_on.as_ref().and_then(|hang| {
            // "the day after Christmas": the event is itself a time.
            // In "10:35 a.m. (0735 GMT) Friday" another time stands between.
            let next = expressions[index + 1..].iter().take(2).find(|next| next.bytes.start >= hang.bytes.start)?;
            let lead = text.get(hang.bytes.start..next.bytes.start)?.trim();
            let direct = hang.bytes.contains(&next.bytes.start) && matches!(lead, "" | "the" | "on");
            direct.then(|| resolver.period_of(next)).flatten().map(|period| (period, next.bytes.clone()))
        });
        resolved.push(resolver.resolve(expression, hung_on));
    }
    resolved
}

struct Resolver<'a> {
    text: &'a str,
    document: Option<(Date, Date)>,
    point: Option<Point>,
    focus: Option<Focus>,
    /// How many times of long ago were named one after the other.
    story: usize,
}

/// A period with what it rests on.
struct Placed {
    period: Option<Period>,
    basis: TimexBasis,
    open: String,
    anchor: Option<Anchor>,
    why: String,
}

impl Resolver<'_> {
    fn resolve(&mut self, expression: &Expression, hung_on: Option<(Period, std::ops::Range<usize>)>) -> Resolved {
        let plain = |kind, value: String, why: &str| Resolved {
            kind,
            value,
            interval: None,
            basis: TimexBasis::Explicit,
            anchor: None,
            alternatives: Vec::new(),
            why: why.to_owned(),
        };
        match &expression.meaning {
            Meaning::Duration(amount) => self.duration(expression, *amount, hung_on),
            Meaning::Every(amount) => plain(TimexKind::Set, timex3::duration(*amount), "it recurs"),
            Meaning::EveryNamed(name) => {
                let mut value = name.map_or("XXXX-XX-XX".into(), timex3::open_name);
                value.extend(expression.time.map(timex3::time_of_day));
                plain(TimexKind::Set, value, "it recurs")
            }
            Meaning::Reference(reference) => {
                plain(TimexKind::Date, timex3::reference(*reference).into(), "a vague time")
            }
            Meaning::Shift(amount, sign, Origin::Document) if amount.count.is_none() => {
                let reference = if *sign < 0 { Reference::Past } else { Reference::Future };
                plain(TimexKind::Date, timex3::reference(reference).into(), "the words do not say how long")
            }
            Meaning::YearOff(_, Stretch::Months(months)) => {
                plain(TimexKind::Duration, format!("P{months}M"), "the same months of the year before")
            }
            _ => self.point_in_time(expression, hung_on),
        }
    }

    fn duration(
        &mut self,
        expression: &Expression,
        amount: Amount,
        hung_on: Option<(Period, std::ops::Range<usize>)>,
    ) -> Resolved {
        if let (Some(count), Unit::Month) = (amount.count, amount.unit)
            && matches!(count, 3 | 6 | 9)
            && self.text[expression.bytes.clone()].contains("nine")
        {
            self.focus = Some(Focus::Months);
        }
        let anchor = expression.hangs_on.as_ref().map(|hang| Anchor {
            offset: signed(amount, hang.sign),
            bytes: Some(hung_on.as_ref().map_or(hang.bytes.clone(), |(_, bytes)| bytes.clone())),
            open: hung_on.is_none(),
        });
        let upper = amount.upto.map(|upto| Alternative {
            value: timex3::duration(Amount { count: Some(upto), upto: None, ..amount }),
            interval: None,
            why: "the upper end of what is said".into(),
        });
        Resolved {
            kind: TimexKind::Duration,
            value: timex3::duration(amount),
            interval: None,
            basis: if anchor.is_some() { TimexBasis::Relative } else { TimexBasis::Explicit },
            anchor,
            alternatives: upper.into_iter().collect(),
            why: "a length of time".into(),
        }
    }

    fn point_in_time(
        &mut self,
        expression: &Expression,
        hung_on: Option<(Period, std::ops::Range<usize>)>,
    ) -> Resolved {
        let placed = self.place(expression, hung_on);
        if let (Meaning::Shift(amount, _, Origin::Text), None) = (&expression.meaning, placed.period) {
            // What is known of "two days later" without its event is the length.
            return Resolved {
                kind: TimexKind::Duration,
                value: timex3::duration(*amount),
                interval: None,
                basis: placed.basis,
                anchor: placed.anchor,
                alternatives: Vec::new(),
                why: placed.why,
            };
        }
        let kind = if expression.time.is_some() { TimexKind::Time } else { TimexKind::Date };
        let mut value = placed.period.map_or(placed.open, Period::value);
        value.extend(expression.time.map(timex3::time_of_day));
        let alternatives = self.alternatives(expression, placed.period);
        if let Some(period) = placed.period {
            self.remember(expression, period);
        }
        Resolved {
            kind,
            value,
            interval: placed.period.and_then(|period| period.part(expression.modifier)),
            basis: placed.basis,
            anchor: placed.anchor,
            alternatives,
            why: placed.why,
        }
    }

    /// The period of an expression that another one hangs on.
    fn period_of(&self, expression: &Expression) -> Option<Period> {
        match expression.meaning {
            Meaning::Fixed(_) | Meaning::Named(..) | Meaning::Step(_, _, Origin::Document) => {
                self.place(expression, None).period
            }
            _ => None,
        }
    }

    fn remember(&mut self, expression: &Expression, period: Period) {
        let named = matches!(expression.meaning, Meaning::Fixed(_) | Meaning::Named(..) | Meaning::Focus(..));
        let over = period.interval().zip(self.document).is_some_and(|(days, (first, _))| days.end <= first);
        let told = over || expression.tense != Tense::Future;
        if named && told && matches!(period, Period::Quarter(..)) {
            // Reports are of the quarter that is just over: once named it stays what the text is about.
            let reported = |quarter| self.by_document(last_quarter) == Some(quarter);
            if !matches!(self.focus, Some(Focus::Quarter(quarter)) if reported(quarter)) {
                self.focus = Some(Focus::Quarter(period));
            }
        }
        let told = period.start().filter(|_| period.unit() <= Unit::Month);
        match told.is_some_and(|day| self.is_long_ago(day)) {
            true => self.story += 1,
            false => self.story = 0,
        }
        self.point = Some(Point { period, sentence: expression.sentence, bytes: expression.bytes.clone() });
    }

    /// The period that every day the document may be of gives alike.
    fn by_document(&self, period: impl Fn(Date) -> Option<Period>) -> Option<Period> {
        let (first, last) = self.document?;
        let found = period(first)?;
        (first == last || period(last)? == found).then_some(found)
    }

    /// The last time named, if it is at most so many sentences back.
    fn near_point(&self, expression: &Expression, reach: usize) -> Option<&Point> {
        self.point.as_ref().filter(|point| expression.sentence - point.sentence <= reach)
    }

    fn place(&self, expression: &Expression, hung_on: Option<(Period, std::ops::Range<usize>)>) -> Placed {
        match expression.meaning {
            Meaning::Fixed(period) => explicit(period, "the words name it in full"),
            Meaning::Either(period, _) => explicit(period, "month and day could change places"),
            Meaning::Named(name, how) => self.place_named(expression, name, how),
            Meaning::Step(unit, by, Origin::Document) => self.place_step(expression, unit, by),
            Meaning::Step(unit, by, Origin::Text) => self.place_from_text(expression, unit, by, hung_on),
            Meaning::Shift(amount, sign, Origin::Document) => self.place_ago(amount, sign),
            Meaning::Shift(amount, sign, Origin::Text) => self.place_later(expression, amount, sign),
            Meaning::YearOff(by, stretch) => {
                self.place_year_before(expression, by, stretch).unwrap_or_else(|| self.place_year_off(by, stretch))
            }
            Meaning::Focus(stretch, year) => match hung_on {
                Some((end, _)) => self.place_ended(end),
                None => self.place_focus(stretch, year),
            },
            Meaning::TimeOnly => match hung_on {
                Some((period, bytes)) => {
                    let point = Point { period, sentence: expression.sentence, bytes };
                    self.on_the_day_of(&point)
                }
                None => self.place_time(expression),
            },
            Meaning::Duration(_) | Meaning::Every(_) | Meaning::EveryNamed(_) | Meaning::Reference(_) => {
                unreachable!("lengths, sets and vague times have no place on the calendar")
            }
        }
    }

    fn by_document_or_open(
        &self,
        open: impl Into<String>,
        why: &str,
        period: impl Fn(Date) -> Option<Period>,
    ) -> Placed {
        let period = self.by_document(period);
        let why = match (period, self.document) {
            (Some(_), Some((day, _))) => format!("{why}, counted from {day}, the date of the document"),
            _ => "counted from the date of the document, which is open".into(),
        };
        Placed { period, basis: TimexBasis::Document, open: open.into(), anchor: None, why }
    }

    fn place_named(&self, expression: &Expression, name: Name, how: Pick) -> Placed {
        if matches!(how, Pick::That | Pick::Previous | Pick::Following)
            && let Some(point) = self.near_point(expression, REACH_SAME)
            && let Some(day) = point.period.start()
        {
            let mut placed = explicit(Period::Day(day), "counted from the time named before");
            placed.period = pick(name, how, day, expression.tense);
            placed.basis = TimexBasis::Relative;
            placed.open = timex3::open_name(name);
            placed.anchor = Some(closed(String::from("P0D"), point));
            return placed;
        }
        if matches!(how, Pick::That | Pick::Previous | Pick::Following) {
            return Placed {
                period: None,
                basis: TimexBasis::Relative,
                open: timex3::open_name(name),
                anchor: Some(Anchor { offset: "P0D".into(), bytes: None, open: true }),
                why: "counted from a time that the article does not name nearby".into(),
            };
        }
        if how == Pick::Bare
            && expression.tense != Tense::Future
            && let Some(placed) = self.place_in_story(expression, name)
        {
            return placed;
        }
        let cue = expression.cue.clone().and_then(|cue| self.text.get(cue)).unwrap_or("");
        let why = match (how, expression.tense) {
            (Pick::Bare, Tense::Past) => format!("the latest one: \u{201c}{cue}\u{201d} looks back"),
            (Pick::Bare, Tense::Future) => format!("the coming one: \u{201c}{cue}\u{201d} looks ahead"),
            (Pick::Bare, Tense::Open) => "the likeliest one, for no verb tells".into(),
            _ => "the one that the words pick".into(),
        };
        // "came in May" is over, however near the coming May is; "announced cuts in May" leaves it open.
        let between = expression.cue.as_ref().and_then(|cue| expression.bytes.start.checked_sub(cue.end));
        let certain = expression.tense == Tense::Past && between.is_some_and(|bytes| bytes <= CUE_BYTES);
        self.by_document_or_open(timex3::open_name(name), &why, |day| {
            let chosen = pick(name, how, day, expression.tense)?;
            let ahead = how == Pick::Bare && matches!(name, Name::Month(_)) && certain && chosen.start()? > day;
            if ahead { pick(name, Pick::Last, day, expression.tense) } else { Some(chosen) }
        })
    }

    fn is_long_ago(&self, day: Date) -> bool {
        self.document.is_some_and(|(first, _)| days_between(day, first) > LONG_AGO_DAYS)
    }

    /// In a story of long ago a month or a day without a year is of the year that the text is at: "on 7 December 1941
    /// ...; on 10 December ...".
    fn place_in_story(&self, expression: &Expression, name: Name) -> Option<Placed> {
        let yearless = matches!(name, Name::Month(_) | Name::MonthDay(_, _, None) | Name::Season(_));
        let point = self.near_point(expression, REACH_SAME).filter(|point| point.period.unit() <= Unit::Month)?;
        let day = point.period.start()?;
        if !yearless || !self.is_long_ago(day) || self.story < STORY {
            return None;
        }
        let mut placed = explicit(pick(name, Pick::That, day, expression.tense)?, "in the year that the text is at");
        placed.basis = TimexBasis::Relative;
        placed.anchor = Some(closed("P0D".into(), point));
        Some(placed)
    }

    fn place_step(&self, expression: &Expression, unit: Unit, by: i64) -> Placed {
        self.by_document_or_open(timex3::open_unit(unit), "so many units off", |day| match unit {
            Unit::Weekend if by == 0 => weekend(day, expression.tense),
            Unit::Weekend if by == -1 => weekend(day, Tense::Past),
            _ => Period::containing(unit, day)?.step(by),
        })
    }

    fn place_from_text(
        &self,
        expression: &Expression,
        unit: Unit,
        by: i64,
        hung_on: Option<(Period, std::ops::Range<usize>)>,
    ) -> Placed {
        let open = timex3::open_unit(unit).to_owned();
        let offset = signed(Amount::exactly(by.unsigned_abs() as u32, unit), if by < 0 { -1 } else { 1 });
        let mut placed = Placed {
            period: None,
            basis: TimexBasis::Relative,
            open,
            anchor: None,
            why: "counted from an event that the article does not date".into(),
        };
        if let Some(point) = self.apposed(expression, unit).filter(|_| hung_on.is_none()) {
            return self.on_the_day_of(&point);
        }
        let point = match (&hung_on, &expression.hangs_on) {
            (Some((period, bytes)), _) => {
                Some(Point { period: *period, sentence: expression.sentence, bytes: bytes.clone() })
            }
            (None, Some(_)) => None,
            (None, None) => {
                let reach = if by == 0 { REACH_SAME } else { REACH_SHIFT };
                self.near_point(expression, reach).cloned()
            }
        };
        let base = point.as_ref().filter(|point| point.period.unit() <= unit);
        let base = base.and_then(|point| Some((Period::containing(unit, point.period.start()?)?.step(by)?, point)));
        match base {
            Some((period, point)) => {
                placed.period = Some(period);
                placed.anchor = Some(closed(offset, point));
                placed.why = format!("counted from \u{201c}{}\u{201d}", &self.text[point.bytes.clone()]);
            }
            None => {
                let bytes = expression.hangs_on.as_ref().map(|hang| hang.bytes.clone());
                placed.anchor = Some(Anchor { offset, bytes, open: true });
            }
        }
        placed
    }

    /// The day that stands before its other name: "Oct. 12, the day before the plunge".
    fn apposed(&self, expression: &Expression, unit: Unit) -> Option<Point> {
        let point = self.point.as_ref().filter(|point| point.period.unit() == unit && unit == Unit::Day)?;
        let between = self.text.get(point.bytes.end..expression.bytes.start)?;
        (between == ", " && expression.hangs_on.is_some()).then(|| point.clone())
    }

    /// "two weeks ago": the unit that holds the day so far back.
    fn place_ago(&self, amount: Amount, sign: i8) -> Placed {
        let open = timex3::open_unit(shift_grain(amount));
        self.by_document_or_open(open, "so much off", |day| shift(Period::Day(day), amount, sign))
    }

    fn place_later(&self, expression: &Expression, amount: Amount, sign: i8) -> Placed {
        let offset = signed(amount, sign);
        let base = self.near_point(expression, REACH_SHIFT).filter(|point| point.period.unit() <= amount.unit);
        let moved = base.and_then(|point| Some((shift(point.period, amount, sign)?, point)));
        match moved {
            Some((period, point)) => Placed {
                period: Some(period),
                basis: TimexBasis::Relative,
                open: String::new(),
                anchor: Some(closed(offset, point)),
                why: format!("counted from \u{201c}{}\u{201d}", &self.text[point.bytes.clone()]),
            },
            None => Placed {
                period: None,
                basis: TimexBasis::Relative,
                open: timex3::open_unit(shift_grain(amount)).into(),
                anchor: Some(Anchor { offset, bytes: None, open: true }),
                why: "counted from an event that the article does not date".into(),
            },
        }
    }

    /// "He won in 2010. A year earlier he had lost": counted from a time of a year before the document's.
    fn place_year_before(&self, expression: &Expression, by: i64, stretch: Stretch) -> Option<Placed> {
        let words = &self.text[expression.bytes.clone()];
        let from_text = stretch == Stretch::Any && (words.ends_with("earlier") || words.ends_with("before"));
        let point = self.near_point(expression, REACH_SHIFT).filter(|_| from_text)?;
        let (year, (document, _)) = (point.period.start()?.year(), self.document?);
        let named = self.text[point.bytes.clone()].bytes().filter(u8::is_ascii_digit).count() >= 4;
        let apart = named && point.period.unit() <= Unit::Year && year < document.year();
        let day = point.period.start().filter(|_| apart)?;
        let mut placed = explicit(
            Period::containing(Unit::Year, day)?.step(by)?,
            &format!("counted from \u{201c}{}\u{201d}", &self.text[point.bytes.clone()]),
        );
        placed.basis = TimexBasis::Relative;
        placed.anchor = Some(closed(signed(Amount::exactly(by.unsigned_abs() as u32, Unit::Year), -1), point));
        Some(placed)
    }

    fn place_year_off(&self, by: i64, stretch: Stretch) -> Placed {
        let quarter = match (stretch, self.focus) {
            (Stretch::Any | Stretch::Quarter, Some(Focus::Quarter(quarter))) => Some(quarter),
            (Stretch::Nth(quarter), _) => {
                self.by_document(|day| pick(Name::Quarter(quarter), Pick::Bare, day, Tense::Past))
            }
            (Stretch::Quarter, _) => self.by_document(last_quarter),
            _ => None,
        };
        match quarter.and_then(|quarter| quarter.step_years(by)) {
            Some(period) => Placed {
                period: Some(period),
                basis: TimexBasis::Document,
                open: String::new(),
                anchor: None,
                why: "the same stretch of the year before as the one that is reported".into(),
            },
            None => self.by_document_or_open("XXXX", "a year off", |day| Period::containing(Unit::Year, day)?.step(by)),
        }
    }

    fn place_focus(&self, stretch: Stretch, year: Option<i16>) -> Placed {
        let quarter = match self.focus {
            Some(Focus::Quarter(quarter)) => Some(quarter),
            Some(Focus::Months) if stretch == Stretch::Any => None,
            _ => self.by_document(last_quarter),
        };
        let period = match (year, quarter) {
            (None, quarter) => quarter,
            (Some(year), Some(Period::Quarter(_, quarter))) if self.focus.is_some() || stretch == Stretch::Quarter => {
                Some(Period::Quarter(year, quarter))
            }
            (Some(year), _) => Some(Period::Year(year)),
        };
        Placed {
            period,
            basis: TimexBasis::Document,
            open: "XXXX-QX".into(),
            anchor: None,
            why: "the stretch that is reported".into(),
        }
    }

    /// "the quarter ended July 31": the one that holds the middle of the three months before that day.
    fn place_ended(&self, end: Period) -> Placed {
        let middle = end.start().and_then(|end| add_days(end, -45));
        Placed {
            period: middle.and_then(|middle| Period::containing(Unit::Quarter, middle)),
            basis: TimexBasis::Relative,
            open: "XXXX-QX".into(),
            anchor: None,
            why: "the three months that end on the day that is told".into(),
        }
    }

    fn on_the_day_of(&self, point: &Point) -> Placed {
        Placed {
            period: Some(point.period),
            basis: TimexBasis::Relative,
            open: String::new(),
            anchor: Some(closed("P0D".into(), point)),
            why: format!("on the day of \u{201c}{}\u{201d}", &self.text[point.bytes.clone()]),
        }
    }

    /// A mere time of day is of the day that the text is at.
    fn place_time(&self, expression: &Expression) -> Placed {
        let point = self.near_point(expression, REACH_SHIFT).filter(|point| matches!(point.period, Period::Day(_)));
        match point {
            Some(point) => self.on_the_day_of(point),
            None => self.by_document_or_open("XXXX-XX-XX", "the same day", |day| Some(Period::Day(day))),
        }
    }

    /// Other readings: the day or month on the other side of the document's date, or the other order of numbers.
    fn alternatives(&self, expression: &Expression, chosen: Option<Period>) -> Vec<Alternative> {
        let alternative = |period: Period, why: &str| Alternative {
            value: period.value(),
            interval: period.interval(),
            why: why.into(),
        };
        match (expression.meaning.clone(), chosen, self.document) {
            (Meaning::Either(_, second), ..) => vec![alternative(second, "the day before the month")],
            // "next Friday", said on a Thursday: to some people tomorrow, to others a week later.
            (Meaning::Named(name, Pick::Next), Some(chosen), Some((day, last))) if day == last => {
                let unit = if matches!(name, Name::Weekday(_)) { Unit::Week } else { Unit::Year };
                let near = Period::containing(unit, day).and_then(Period::interval);
                let near = near.is_some_and(|days| chosen.start().is_some_and(|start| days.contains(start)));
                let why = if unit == Unit::Week { "that of next week" } else { "that of next year" };
                let second = if near { pick(name, Pick::InYear(1), day, Tense::Open) } else { None };
                second.map(|period| alternative(period, why)).into_iter().collect()
            }
            (Meaning::Named(name, Pick::Bare), Some(chosen), Some((day, last))) if day == last => {
                let sides = [(Pick::Last, "the one before"), (Pick::Next, "the one after")];
                let others = sides.into_iter().filter_map(|(how, why)| Some((pick(name, how, day, Tense::Open)?, why)));
                others.filter(|(period, _)| *period != chosen).map(|(period, why)| alternative(period, why)).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn explicit(period: Period, why: &str) -> Placed {
    Placed { period: Some(period), basis: TimexBasis::Explicit, open: String::new(), anchor: None, why: why.into() }
}

fn closed(offset: String, point: &Point) -> Anchor {
    Anchor { offset, bytes: Some(point.bytes.clone()), open: false }
}

fn signed(amount: Amount, sign: i8) -> String {
    let length = timex3::duration(amount);
    if sign < 0 { format!("-{length}") } else { length }
}

/// The last quarter that was over on that day.
fn last_quarter(day: Date) -> Option<Period> {
    Period::containing(Unit::Quarter, day)?.step(-1)
}

/// How fine the time so much off is: decades and half years are counted in smaller units.
fn shift_grain(amount: Amount) -> Unit {
    match (amount.unit, amount.half) {
        (Unit::Year, true) => Unit::Month,
        (Unit::Decade | Unit::Century, _) => Unit::Year,
        (Unit::Weekend, _) => Unit::Week,
        (unit, _) => unit,
    }
}

/// The period of the amount's unit that lies the amount before or after.
fn shift(from: Period, amount: Amount, sign: i8) -> Option<Period> {
    let count = i64::from(amount.count?);
    let (unit, count) = match (amount.unit, amount.half) {
        (Unit::Year, true) => (Unit::Month, count * 12 + 6),
        (Unit::Decade, half) => (Unit::Year, count * 10 + if half { 5 } else { 0 }),
        (Unit::Century, half) => (Unit::Year, count * 100 + if half { 50 } else { 0 }),
        (Unit::Weekend, _) => (Unit::Week, count),
        (unit, _) => (unit, count),
    };
    let day = from.start()?;
    match unit {
        Unit::Second | Unit::Minute => None,
        Unit::Hour => None,
        _ => Period::containing(unit, day)?.step(i64::from(sign) * count),
    }
}
