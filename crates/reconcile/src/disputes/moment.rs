//! Times: the days that a time expression names, and how it is tied to what happens then.

use std::ops::Range;

use wirecopy_model::{Interval, Timex, TimexBasis, TimexKind};

use super::view::{Sent, View};

/// A time expression in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Moment<'a> {
    pub range: Range<usize>,
    pub timex: &'a Timex,
    /// Whether it bounds a stretch of time, and on which side.
    pub bound: Bound,
    /// Whether it is counted back in rounded units: "42 years ago" may be a year more or less.
    pub counted: bool,
    /// Its words in lower case, where they alone do not tell the day: "Friday", "next month".
    pub relative: Option<String>,
}

/// How a preposition ties a time to what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    At,
    Since,
    Until,
    After,
}

/// How two times are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeKinship {
    /// They may be the same.
    Same,
    /// Nothing tells whether they are.
    Unknown,
    /// Hours that are the same on the clocks of two zones.
    Zones,
    /// They are next to each other: a zone or a night may lie between.
    Beside,
    /// They cannot be the same.
    Apart,
}

/// The times of a sentence.
pub(super) fn moments<'a>(view: &View<'a>, sent: &Sent) -> Vec<Moment<'a>> {
    let (Some(first), Some(last)) = (sent.toks.first(), sent.toks.last()) else { return Vec::new() };
    let from = view.timexes.partition_point(|timex| timex.end <= first.piece.start);
    let here = view.timexes[from..].iter().take_while(|timex| timex.start < last.piece.end);
    here.filter(|timex| matches!(timex.kind, TimexKind::Date | TimexKind::Time) && !timex.value.ends_with("_REF"))
        .filter_map(|timex| {
            let start = sent.toks.iter().position(|tok| tok.piece.end > timex.start)?;
            let end = sent.toks.iter().rposition(|tok| tok.piece.start < timex.end)? + 1;
            // "... 3 March: the mayor ...": the day of what follows in a chronicle, not of what stands before.
            let heads = start > 0 && sent.toks.get(end).is_some_and(|tok| tok.word == ":");
            (start < end && !heads && !is_of_page(sent, start..end)).then(|| Moment {
                range: start..end,
                timex,
                bound: bound(sent, start),
                relative: (timex.basis != TimexBasis::Explicit).then(|| relative(sent, start..end)),
                counted: sent.toks[start..end].iter().any(|tok| tok.word == "ago"),
            })
        })
        .collect()
}

/// The words of a time without the part of the day: "early Friday" is "Friday".
fn relative(sent: &Sent, range: Range<usize>) -> String {
    const PARTS: &[&str] = &["early", "late", "morning", "afternoon", "evening", "night", "on", "this", "the"];
    let words = sent.toks[range].iter().map(|tok| tok.word.as_str()).filter(|word| !PARTS.contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a time is when the page was changed: "last updated at 06:28".
fn is_of_page(sent: &Sent, range: Range<usize>) -> bool {
    let near = range.start.saturating_sub(PAGE_REACH)..(range.end + PAGE_REACH).min(sent.toks.len());
    let words: Vec<&str> = sent.toks[near].iter().map(|tok| tok.word.as_str()).collect();
    // "— Lake Museum (@lakemuseum) May 4, 2021".
    let before = &sent.toks[range.start.saturating_sub(HANDLE)..range.start];
    let signed = before.last().is_some_and(|tok| tok.word == ")") && before.iter().any(|tok| tok.word.starts_with('@'));
    signed
        || words
            .windows(2)
            .any(|pair| matches!(pair, ["last", "updated" | "modified"] | ["updated" | "published" | "posted", "at"]))
}

/// The name of an account and its bracket are so many tokens at most.
const HANDLE: usize = 4;

/// So many tokens on either side tell that.
const PAGE_REACH: usize = 5;

fn bound(sent: &Sent, start: usize) -> Bound {
    let mut before = sent.toks[..start].iter().rev().take(2).map(|tok| tok.word.as_str());
    let word = before.find(|word| !matches!(*word, "early" | "late" | "the" | "mid" | "-")).unwrap_or("");
    match word {
        "since" => Bound::Since,
        "until" | "till" | "by" | "before" => Bound::Until,
        "after" | "from" => Bound::After,
        _ => Bound::At,
    }
}

impl Moment<'_> {
    /// The days that it may be. What is counted back in years, months or weeks is right to one of them.
    fn days(&self) -> Option<Interval> {
        let days = self.timex.interval?;
        let long = days.start.until(days.end).map_or(0, |span| span.get_days());
        if !self.counted || long < 7 {
            return Some(days);
        }
        let unit = jiff::Span::new().days(long);
        let (start, end) = (days.start.checked_sub(unit).ok()?, days.end.checked_add(unit).ok()?);
        Some(Interval { start, end })
    }

    /// Whether it is "last Tuesday" and the other time is the Tuesday before the one that is taken for it: of a Wednesday some mean
    /// yesterday, some the week before.
    fn may_be_week_before(&self, other: &Moment) -> bool {
        let (Some(days), Some(with)) = (self.timex.interval, other.timex.interval) else { return false };
        let before = days.start.checked_sub(jiff::Span::new().days(7)).ok();
        let is_day = days.start.tomorrow().is_ok_and(|next| next == days.end);
        let last = self.relative.as_ref().is_some_and(|words| words.starts_with("last "));
        last && is_day && before.is_some_and(|before| with.start <= before && before < with.end)
    }

    /// How the two are related, as far as the words of both tell.
    pub fn kinship(&self, other: &Moment) -> TimeKinship {
        // One "Friday" counted from two days: each tells of its own, or repeats the other's words, but they do not contradict
        // each other.
        if self.relative.is_some() && self.relative == other.relative && self.timex.value != other.timex.value {
            return TimeKinship::Unknown;
        }
        self.kinship_of_days(other)
    }

    /// How the days are related that each article counts from its own date.
    pub fn kinship_of_days(&self, other: &Moment) -> TimeKinship {
        let (one, two) = (self.timex, other.timex);
        if self.bound != other.bound {
            return TimeKinship::Unknown;
        }
        if is_day_of_another_year(one, two) {
            return TimeKinship::Same;
        }
        if let (Some(clock), Some(with)) = (clock(&one.value), clock(&two.value)) {
            return clocks(clock, with);
        }
        if self.may_be_week_before(other) || other.may_be_week_before(self) {
            return TimeKinship::Same;
        }
        match (self.days(), other.days()) {
            (Some(days), Some(with)) => {
                let apart = if days.end <= with.start {
                    days.end.until(with.start)
                } else if with.end <= days.start {
                    with.end.until(days.start)
                } else {
                    return TimeKinship::Same;
                };
                let gap = apart.map_or(i32::MAX, |span| span.get_days());
                if gap == 0 { TimeKinship::Beside } else { TimeKinship::Apart }
            }
            _ => open(one, two),
        }
    }
}

/// Whether two days or months have one name and different years: a year that is not written is guessed.
fn is_day_of_another_year(one: &Timex, two: &Timex) -> bool {
    let parts = |timex: &Timex| -> Option<(String, String)> {
        let (year, rest) = timex.value.split_once('-')?;
        let names_a_day = rest.len() == 5 || rest.len() == 2;
        (names_a_day && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
            .then(|| (year.to_owned(), rest.to_owned()))
    };
    match (parts(one), parts(two)) {
        (Some((year, rest)), Some((with, other))) => {
            let guessed = |timex: &Timex| timex.basis != TimexBasis::Explicit;
            rest == other && year != with && (guessed(one) || guessed(two))
        }
        _ => false,
    }
}

/// Hours and minutes of a TIMEX3 value.
fn clock(value: &str) -> Option<(u32, u32)> {
    let (_, time) = value.split_once('T')?;
    let (hours, minutes) = time.split_once(':')?;
    Some((hours.parse().ok()?, minutes.get(..2)?.parse().ok()?))
}

fn clocks((hours, minutes): (u32, u32), (with_hours, with_minutes): (u32, u32)) -> TimeKinship {
    let apart = (hours * 60 + minutes).abs_diff(with_hours * 60 + with_minutes);
    let apart = apart.min(1440 - apart.min(1440));
    match apart {
        ..=30 => TimeKinship::Same,
        // Written in two ways with the same minutes they are most likely the same in two zones, but for noon and
        // midnight, which are mixed up.
        720 => TimeKinship::Apart,
        _ if minutes % 30 == with_minutes % 30 => TimeKinship::Zones,
        _ => TimeKinship::Apart,
    }
}

/// What is known of a day whose year or week is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    month: Option<i8>,
    day: Option<i8>,
    /// From Monday, which is 1.
    weekday: Option<i8>,
}

impl Parts {
    fn of(timex: &Timex) -> Self {
        let value = timex.value.split_once('T').map_or(timex.value.as_str(), |(day, _)| day);
        if let Some(days) = timex.interval.filter(|days| days.start.tomorrow().is_ok_and(|next| next == days.end)) {
            let day = days.start;
            let weekday = Some(day.weekday().to_monday_one_offset());
            return Parts { month: Some(day.month()), day: Some(day.day()), weekday };
        }
        let parts: Vec<&str> = value.split('-').collect();
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<i8>().ok());
        match parts.len() {
            2 => Parts { month: number(1), ..Parts::default() },
            3 if parts[1] == "WXX" => Parts { weekday: number(2), ..Parts::default() },
            3 if timex.interval.is_none() => Parts { month: number(1), day: number(2), weekday: None },
            _ => Parts::default(),
        }
    }
}

/// Days of which one has no year or no week: what both tell decides, the month, the day of it, the weekday.
fn open(one: &Timex, other: &Timex) -> TimeKinship {
    let (own, with) = (Parts::of(one), Parts::of(other));
    let beside = |one: i8, other: i8, all: i8| match (one - other).abs() {
        0 => TimeKinship::Same,
        apart if apart == 1 || apart == all - 1 => TimeKinship::Beside,
        _ => TimeKinship::Apart,
    };
    match (own, with) {
        (Parts { month: Some(month), day, .. }, Parts { month: Some(facing), day: against, .. }) => {
            match (day, against) {
                _ if month != facing => TimeKinship::Apart,
                (Some(day), Some(against)) => beside(day, against, i8::MAX),
                _ => TimeKinship::Same,
            }
        }
        (Parts { weekday: Some(day), .. }, Parts { weekday: Some(against), .. }) => beside(day, against, 7),
        _ => TimeKinship::Unknown,
    }
}
