//! Which of a page's dates is believed. A wrong day is worse than none: what nothing supports is rejected, with the reason.
//!
//! Not for: weighing the text's own time expressions (weekdays against dated sentences) or the dates of copies; later
//! stages do that with the candidates kept here.

use jiff::ToSpan;
use jiff::civil::Date;
use wirecopy_model::{Basis, DateValue, DocumentDate, RejectedDate};

/// A date that something on the page, or around it, claims.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub value: DateValue,
    pub basis: Basis,
    pub role: Role,
    /// Where it was found, in words: `article:published_time`, "a line under the headline".
    pub place: String,
}

/// What a candidate is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The day of publication, by name or by its place.
    Published,
    /// A date beside the article, not said to be anything.
    Plain,
    /// The day of a later change.
    Updated,
    /// A line at the head of the page, as themes print the day of the visit.
    Clock,
    /// A date that stands in or below the text.
    Elsewhere,
    /// A line whose weekday is not that of its date.
    WrongWeekday,
}

/// What candidates are held against.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// The day on which the page was fetched.
    pub fetched: Option<Date>,
    /// Full dates in the text.
    pub text_dates: Vec<Date>,
    /// Days without a year in the first paragraphs, as datelines have them: month and day.
    pub datelines: Vec<(i8, i8)>,
}

/// How far a day that the text tells may lie before the day of publication and still support it.
const SUPPORT_DAYS: i32 = 10;

/// A text that tells of a day this much later than a candidate was not written on it; plans reach less far.
const CONTRADICTION_DAYS: i32 = 400;

/// The believed date with the rejected ones; `None` where there is no candidate at all. Candidates come in order of
/// trust: given, address, meta, JSON-LD, time tags, the page's lines (days right where they fire, on 1,000 pages: .968
/// address, .927 meta, .923 JSON-LD, .898 time tags).
pub(crate) fn judge(candidates: &[Candidate], context: &Context) -> Option<DocumentDate> {
    if candidates.is_empty() {
        return None;
    }
    let faults: Vec<Option<String>> = candidates.iter().map(|c| fault(c, candidates, context)).collect();
    let winner = faults.iter().position(Option::is_none).map(|first| in_local_time(first, candidates, &faults));
    let mut rejected = Vec::new();
    for (candidate, fault) in candidates.iter().zip(&faults) {
        let why = match (fault, winner.map(|w| &candidates[w])) {
            (_, Some(winner)) if winner.value.day() == candidate.value.day() => continue,
            (Some(fault), _) => fault.clone(),
            (None, Some(winner)) => {
                format!("{}, but {} says {}", candidate.place, winner.place, winner.value.day())
            }
            (None, None) => continue,
        };
        rejected.push(RejectedDate { value: candidate.value.clone(), basis: candidate.basis, why });
    }
    rejected.dedup();
    Some(match winner {
        Some(winner) => DocumentDate { rejected, ..believe(&candidates[winner], candidates, &faults) },
        None => DocumentDate {
            value: None,
            interval: None,
            basis: None,
            why: "no date on the page can be believed".to_owned(),
            rejected,
        },
    })
}

/// The same instant told in the page's own time zone rather than in UTC, where a candidate does: its day is the paper's.
fn in_local_time(first: usize, candidates: &[Candidate], faults: &[Option<String>]) -> usize {
    let instant = candidates[first].value.instant();
    let is_utc = |value: &DateValue| value.as_str().ends_with(['Z', 'z']) || value.as_str().contains("+00");
    if instant.is_none() || !is_utc(&candidates[first].value) || candidates[first].basis == Basis::Given {
        return first;
    }
    let same = |&other: &usize| {
        let value = &candidates[other].value;
        faults[other].is_none() && value.instant() == instant && !is_utc(value)
    };
    (0..candidates.len()).find(same).unwrap_or(first)
}

/// The winner's day; its time of day from the next best candidate of the same day, where the winner has none.
fn believe(winner: &Candidate, candidates: &[Candidate], faults: &[Option<String>]) -> DocumentDate {
    let day = winner.value.day();
    let agreeing: Vec<&Candidate> = candidates
        .iter()
        .zip(faults)
        .filter(|(c, fault)| fault.is_none() && c.value.day() == day && c.place != winner.place)
        .map(|(c, _)| c)
        .collect();
    let has_time = |value: &DateValue| value.as_str().len() > 10;
    let timed =
        agreeing.iter().find(|c| has_time(&c.value) && winner.basis != Basis::Given && !has_time(&winner.value));
    let mut why = winner.place.clone();
    if let Some(timed) = timed {
        why.push_str(&format!("; the time of day from {}", timed.place));
    } else if let Some(other) = agreeing.first() {
        why.push_str(&format!("; {} agrees", other.place));
    }
    let (value, basis) = timed.map_or((&winner.value, winner.basis), |c| (&c.value, c.basis));
    DocumentDate::believed(value.clone(), basis, why)
}

/// Why a candidate cannot be believed, if so.
fn fault(candidate: &Candidate, all: &[Candidate], context: &Context) -> Option<String> {
    let day = candidate.value.day();
    let place = &candidate.place;
    if is_epoch(day) {
        return Some(format!("{place}: the first day of the computer's count, as a missing date comes out"));
    }
    let next = context.fetched.and_then(|fetched| fetched.checked_add(1.day()).ok());
    if next.is_some_and(|next| day > next) {
        return Some(format!("{place}: lies after the day on which the page was fetched"));
    }
    let agrees = || all.iter().any(|c| c.place != *place && c.value.day() == day && c.role == Role::Published);
    // What the input gives is judged with the whole text in sight, later: a list of bonds tells of nothing but late days.
    let given = candidate.basis == Basis::Given;
    if let Some(later) = contradiction(day, context).filter(|_| !given) {
        return Some(format!("{place}: the text tells of {later}, long after it"));
    }
    match candidate.role {
        Role::Published if candidate.basis == Basis::Given => given_fault(day, all, context),
        Role::Published | Role::Plain if is_filled_in(candidate) && !agrees() => {
            Some(format!("{place}: the first of January without a time, as a missing day is filled in"))
        }
        Role::Published | Role::Plain => None,
        Role::Updated => Some(format!("{place}: says when the page was changed, not when it was written")),
        Role::WrongWeekday => Some(format!("{place}: its weekday is not that of its date")),
        Role::Elsewhere => Some(format!("{place}: stands in or below the text, where other things are dated")),
        Role::Clock if agrees() || is_supported(day, context) => None,
        Role::Clock if context.fetched == Some(day) => {
            Some(format!("{place}: the day on which the page was fetched, so the site's clock"))
        }
        Role::Clock => Some(format!(
            "{place}: printed at the head of the page like the site's clock, and nothing in the text supports it"
        )),
    }
}

/// Whether a day is the first of the computer's count, as which a missing date comes out.
pub(crate) fn is_epoch(day: Date) -> bool {
    day == Date::constant(1970, 1, 1) || day == Date::constant(1, 1, 1)
}

/// A claimed day that is the day of the crawl, where the page itself claims another.
fn given_fault(day: Date, all: &[Candidate], context: &Context) -> Option<String> {
    let own = |c: &&Candidate| matches!(c.basis, Basis::Url | Basis::Meta | Basis::JsonLd) && c.role == Role::Published;
    let other = all.iter().filter(own).find(|c| c.value.day() < day)?;
    (context.fetched == Some(day)).then(|| {
        format!(
            "the input's date is the day on which the page was fetched, and {} says {}",
            other.place,
            other.value.day()
        )
    })
}

fn is_filled_in(candidate: &Candidate) -> bool {
    let day = candidate.value.day();
    let text = candidate.value.as_str();
    let timeless =
        text.len() == 10 || text[10..].contains("00:00:00") || text[10..].len() <= 6 && text.ends_with("00:00");
    matches!(candidate.basis, Basis::Meta | Basis::JsonLd | Basis::TimeTag)
        && day.month() == 1
        && day.day() == 1
        && timeless
}

fn contradiction(day: Date, context: &Context) -> Option<Date> {
    let bound = day.checked_add(CONTRADICTION_DAYS.days()).ok()?;
    let late: Vec<Date> = context.text_dates.iter().copied().filter(|&told| told > bound).collect();
    // One late day may be a plan or a slip; a text that tells of nothing but late days was not written before them.
    (late.len() >= 2 && late.len() == context.text_dates.len()).then(|| late[0])
}

/// Whether the text tells of this day or one shortly before it.
fn is_supported(day: Date, context: &Context) -> bool {
    let near = |told: Date| (day - told).get_days() <= SUPPORT_DAYS && (day - told).get_days() >= 0;
    context.text_dates.iter().any(|&told| near(told))
        || context.datelines.iter().any(|&(month, on)| Date::new(day.year(), month, on).is_ok_and(near))
}
