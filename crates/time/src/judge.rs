//! The date of a document, judged against its own text. What the page claims comes from `extract`, which has already
//! thrown out what cannot be a date of publication by its place on the page; here the text gets its say. A wrong day is
//! worse than none: where the text speaks against a claim it falls, with the reason kept, and where nothing is left the
//! answer is a range that the text allows, or open.
//!
//! Not for: dates of copies, which only `accounts` sees.

use std::ops::Range;

use jiff::civil::Date;
use wirecopy_model::{Basis, DateValue, DocumentDate, Interval, RejectedDate};

use crate::calendar::{Period, Unit, add_days};
use crate::expression::{Expression, Meaning, Name, Tense};
use crate::pick::{self, days_between};
use crate::tuning::{
    CUE_BYTES, LATE_TO_REST, LONE_DAYS, NEWS_DAYS, PLAN_DAYS, SLACK_DAYS, STALE_DAYS, SUPPORT_DAYS, WIDEST_RANGE,
};

/// The date of the document: the claimed one where the text bears it, else another claimed one that the text supports,
/// else a range that the text allows, else open. `None` only where nothing is claimed and nothing can be inferred.
/// `expressions` are those that [`crate::find`] gave for the text.
pub fn judge(claimed: Option<&DocumentDate>, text: &str, expressions: &[Expression]) -> Option<DocumentDate> {
    let evidence = Evidence::of(text, expressions);
    let mut rejected = claimed.map(|date| date.rejected.clone()).unwrap_or_default();
    if let Some((value, date)) = claimed.and_then(|date| Some((date.value.as_ref()?, date))) {
        let line = || (date.basis == Some(Basis::Body)).then(|| evidence.long_past(value.day())).flatten();
        match evidence.against(value.day()).or_else(line) {
            None => return Some(evidence.confirm(date)),
            Some(why) => {
                let basis = date.basis.unwrap_or(Basis::Given);
                rejected.insert(0, RejectedDate { value: value.clone(), basis, why });
            }
        }
    } else if let Some(date) = claimed.filter(|date| date.interval.is_some()) {
        return Some(date.clone());
    }
    let left = second_choice(&rejected, &evidence).or_else(|| evidence.infer(&rejected));
    match left {
        Some(mut date) => {
            rejected.retain(|other| date.value.as_ref() != Some(&other.value));
            date.rejected = rejected;
            Some(date)
        }
        None if claimed.is_none() => None,
        None => Some(DocumentDate {
            value: None,
            interval: None,
            basis: None,
            why: "nothing that can be believed says when it was written".into(),
            rejected,
        }),
    }
}

/// A claim that lost to another one and that the text supports by a day shortly before it.
fn second_choice(rejected: &[RejectedDate], evidence: &Evidence) -> Option<DocumentDate> {
    let from_page = |basis: Basis| !matches!(basis, Basis::Body | Basis::Copies | Basis::Inferred);
    rejected.iter().filter(|other| from_page(other.basis)).find_map(|other| {
        let day = other.value.day();
        let told = evidence.support(day).filter(|_| evidence.against(day).is_none())?;
        let why = format!("the page says so, and the text tells of \u{201c}{}\u{201d}", told.words);
        Some(DocumentDate::believed(other.value.clone(), other.basis, why))
    })
}

/// A stretch of the calendar that the text names in full, or a weekday with day and month.
struct Told<'a> {
    period: Period,
    tense: Tense,
    words: &'a str,
    /// Whether "will" tells of it: "would" and "was to" may be of any time before.
    ahead: bool,
    /// Whether a past verb stands right before it.
    near_past: bool,
    /// The same of a day or a month: "was closed on 3 May 2021".
    behind: bool,
    /// Whether it also carries its weekday: the news itself.
    news: bool,
    /// Whether it stands in the first sentence, before its verb, as in a dateline.
    dateline: bool,
}

/// What the text tells of days, quotations left out: they have days of their own.
struct Evidence<'a> {
    told: Vec<Told<'a>>,
    /// Days with their weekday but without a year.
    weekday_dates: Vec<(Name, &'a str)>,
}

impl<'a> Evidence<'a> {
    fn of(text: &'a str, expressions: &[Expression]) -> Self {
        let mut evidence = Evidence { told: Vec::new(), weekday_dates: Vec::new() };
        for expression in expressions.iter().filter(|expression| !expression.quoted) {
            let words = &text[expression.bytes.clone()];
            match expression.meaning {
                Meaning::Fixed(period) if !matches!(period, Period::Decade(_) | Period::Century(_)) => {
                    evidence.told.push(tell(text, expression, period, words));
                }
                Meaning::Named(name @ Name::MonthDay(_, _, Some(_)), _) => evidence.weekday_dates.push((name, words)),
                _ => {}
            }
        }
        evidence
    }

    /// What the text says against this day, if it does.
    fn against(&self, day: Date) -> Option<String> {
        self.told_later(day)
            .or_else(|| self.mostly_later(day))
            .or_else(|| self.still_to_come(day))
            .or_else(|| self.wrong_year(day))
    }

    /// Days told as past that lie after it: two of them, or one with its weekday, for one day may be a slip; and more
    /// than there are near the claimed date.
    fn told_later(&self, day: Date) -> Option<String> {
        let past = || self.told.iter().filter(|told| told.behind);
        let late: Vec<&Told> = past().filter(|told| told.starts_after(day, SLACK_DAYS)).collect();
        let near = past().filter(|told| told.is_shortly_before(day)).count();
        let enough = late.len() > near && (late.len() >= 2 || late.iter().any(|told| told.news));
        let first = late.first().filter(|_| enough)?;
        Some(format!("the text tells of \u{201c}{}\u{201d} as past, which is later", first.words))
    }

    /// Whether most of what the text names by its year is told as past and lies more than a year after the day: plans and
    /// forecasts, which a cue list may take for past, stand beside times that have been.
    fn mostly_later(&self, day: Date) -> Option<String> {
        let (late, rest): (Vec<&Told>, Vec<&Told>) =
            self.told.iter().partition(|told| told.tense == Tense::Past && told.starts_after(day, PLAN_DAYS));
        let one_plain = late.len() == 1 && late[0].near_past && late[0].starts_after(day, LONE_DAYS);
        let enough = (late.len() >= 2 || one_plain) && late.len() >= LATE_TO_REST * rest.len();
        let first = late.first().filter(|_| enough)?;
        Some(format!("most times that the text names are years later: \u{201c}{}\u{201d}", first.words))
    }

    /// Days told as still to come that lie well before it.
    fn still_to_come(&self, day: Date) -> Option<String> {
        let bound = add_days(day, -STALE_DAYS)?;
        let ended = |told: &&Told| told.period.interval().is_some_and(|days| days.end <= bound);
        let stale: Vec<&Told> = self.told.iter().filter(|told| told.ahead).filter(ended).collect();
        let supported = self.support(day).is_some();
        let first = stale.first().filter(|_| !supported)?;
        Some(format!("the text tells of \u{201c}{}\u{201d} as still to come, which is long before", first.words))
    }

    /// Whether all that the text names by its year is long past on the day. That is no fault of a date that the page
    /// declares, but a mere line of it may be the site's clock.
    fn long_past(&self, day: Date) -> Option<String> {
        let newest = self.told.iter().filter_map(|told| Some((told.period.interval()?.end, told.words))).max()?;
        let stale = self.told.len() >= 2 && days_between(newest.0, day) > LONE_DAYS;
        stale.then(|| format!("the newest time that the text names is \u{201c}{}\u{201d}, years before", newest.1))
    }

    /// "Tuesday, April 13" fits only some years.
    fn wrong_year(&self, day: Date) -> Option<String> {
        let misses = |name: Name| {
            let nearest = pick::pick(name, crate::expression::Pick::Bare, day, Tense::Open).and_then(Period::start);
            nearest.is_none_or(|nearest| days_between(nearest, day).abs() > 366)
        };
        // A lone one may be a slip of the pen.
        let wrong: Vec<_> = self.weekday_dates.iter().filter(|(name, _)| misses(*name)).collect();
        let (_, words) = wrong.first().filter(|_| wrong.len() >= 2 && wrong.len() == self.weekday_dates.len())?;
        Some(format!("\u{201c}{words}\u{201d} is in no year near it"))
    }

    /// A day of the text on it or shortly before it.
    fn support(&self, day: Date) -> Option<&Told<'a>> {
        self.told.iter().find(|told| told.is_shortly_before(day))
    }

    /// The claim with what in the text speaks for it.
    fn confirm(&self, date: &DocumentDate) -> DocumentDate {
        let mut confirmed = date.clone();
        if let Some(told) = date.day().and_then(|day| self.support(day)) {
            confirmed.why.push_str(&format!("; the text tells of \u{201c}{}\u{201d}", told.words));
        }
        confirmed
    }

    /// What can be worked out where no claim is left.
    fn infer(&self, rejected: &[RejectedDate]) -> Option<DocumentDate> {
        let days = |told: &&Told| matches!(told.period, Period::Day(_));
        if let Some(told) = self.told.iter().filter(days).find(|told| told.dateline) {
            let value = DateValue::from(told.period.start()?);
            return Some(DocumentDate::believed(value, Basis::Body, "the dateline of the text says so"));
        }
        let past = self.told.iter().filter(|told| told.behind);
        let latest = past.filter_map(|told| Some((told.period.start()?, told))).max_by_key(|(start, _)| *start);
        let Some((start, last)) = latest else { return self.placeholder_year(rejected) };
        let ahead = self.told.iter().filter(|told| told.ahead).filter_map(|told| told.period.interval());
        let bound = ahead.map(|days| days.end).filter(|end| *end > start).min();
        let (end, why) = match bound {
            _ if last.news && matches!(last.period, Period::Day(_)) => {
                let end = add_days(start, NEWS_DAYS)?;
                (bound.map_or(end, |bound| bound.min(end)), format!("the news is of \u{201c}{}\u{201d}", last.words))
            }
            Some(bound) => (bound, format!("after \u{201c}{}\u{201d} and before what is still to come", last.words)),
            None => return self.placeholder_year(rejected),
        };
        let narrow = days_between(start, end) <= WIDEST_RANGE;
        narrow.then(|| range(Interval { start, end }, Basis::Inferred, why))
    }

    /// A first of January that stands for a missing day still tells the year.
    fn placeholder_year(&self, rejected: &[RejectedDate]) -> Option<DocumentDate> {
        rejected.iter().find_map(|other| {
            let day = other.value.day();
            let filled_in = day.month() == 1 && day.day() == 1 && day.year() > 1970;
            let machine = matches!(other.basis, Basis::Meta | Basis::JsonLd | Basis::TimeTag);
            let year = Period::containing(Unit::Year, day)?.interval()?;
            let sound = filled_in && machine && !self.told.iter().any(|told| told.starts_after(year.end, 0));
            sound.then(|| {
                range(year, other.basis, "only the year is told; its first day stands for a missing one".into())
            })
        })
    }
}

fn range(interval: Interval, basis: Basis, why: String) -> DocumentDate {
    DocumentDate { value: None, interval: Some(interval), basis: Some(basis), why, rejected: Vec::new() }
}

impl Told<'_> {
    fn starts_after(&self, day: Date, slack: i64) -> bool {
        self.period.start().is_some_and(|start| days_between(day, start) > slack)
    }

    fn is_shortly_before(&self, day: Date) -> bool {
        let days = self.period.interval().filter(|_| self.period.unit() <= Unit::Week);
        days.is_some_and(|days| (-SLACK_DAYS..=SUPPORT_DAYS).contains(&days_between(days.start, day)))
    }
}

fn tell<'a>(text: &str, expression: &Expression, period: Period, words: &'a str) -> Told<'a> {
    let cue = expression.cue.clone().and_then(|cue: Range<usize>| text.get(cue)).unwrap_or("");
    let weekday = words.split(|c: char| !c.is_alphabetic()).next().is_some_and(|word| word.ends_with("day"));
    let after = text[expression.bytes.end..].trim_start();
    let agency = after.starts_with('(') || after.starts_with(['\u{2014}', '\u{2013}']) || after.starts_with("--");
    let upper = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let line_start = text[..expression.bytes.start].rfind('\n').map_or(0, |at| at + 1);
    let place = text[line_start..expression.bytes.start].split(|c: char| !c.is_alphanumeric()).any(upper);
    let between = expression.cue.as_ref().and_then(|cue| expression.bytes.start.checked_sub(cue.end));
    let near = between.is_some_and(|bytes| bytes <= CUE_BYTES);
    let fine = period.unit() <= Unit::Month;
    let near_past = expression.tense == Tense::Past && near;
    let behind = near_past && fine;
    Told {
        period,
        tense: expression.tense,
        words,
        ahead: matches!(cue, "will" | "shall") && near && fine,
        near_past,
        behind,
        news: weekday && behind,
        dateline: expression.paragraph <= 2 && agency && place,
    }
}
