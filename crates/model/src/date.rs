use std::fmt;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// Days `[start, end)`: the first day, and the day after the last. As JSON `["2021-04-13", "2021-04-14"]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
}

impl Interval {
    /// The interval that is one day; the last day of the year 9999 has no next one and gives `None`.
    pub fn day(day: Date) -> Option<Self> {
        Some(Interval { start: day, end: day.checked_add(1.day()).ok()? })
    }

    /// Whether the day lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day < self.end
    }
}

impl Serialize for Interval {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start.to_string(), self.end.to_string()].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [start, end] = <[String; 2]>::deserialize(deserializer)?;
        let day = |text: String| text.parse::<Date>().map_err(serde::de::Error::custom);
        let interval = Interval { start: day(start)?, end: day(end)? };
        if interval.start < interval.end { Ok(interval) } else { Err(serde::de::Error::custom("an empty interval")) }
    }
}

/// A day, or a day with its time and, where it was told, its zone: ISO 8601, kept as it was written.
///
/// ```
/// use wirecopy_model::DateValue;
/// let late = DateValue::parse("2021-04-13T23:30:00-05:00").unwrap();
/// assert_eq!(late.day().to_string(), "2021-04-13");
/// assert!(late.instant().is_some());
/// assert!(DateValue::parse("2021-04-13").unwrap().instant().is_none());
/// assert!(DateValue::parse("13 April").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateValue {
    text: String,
    day: Date,
}

impl DateValue {
    /// Reads `2021-04-13`, `2021-04-13T18:00`, `2021-04-13T18:00:00Z`, `2021-04-13 18:00:00+02:00`; `None` for anything
    /// else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day = text.get(..10)?.parse::<Date>().ok()?;
        let rest = &text[10..];
        let reads = rest.is_empty()
            || rest.starts_with(['T', 't', ' '])
                && (text.parse::<Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok());
        reads.then(|| DateValue { text: text.to_owned(), day })
    }

    /// The calendar day as it was written, in its own zone.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The instant, where a time of day and a zone are told.
    pub fn instant(&self) -> Option<Timestamp> {
        self.text.parse().ok()
    }

    /// The value as ISO 8601.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<Date> for DateValue {
    fn from(day: Date) -> Self {
        DateValue { text: day.to_string(), day }
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for DateValue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for DateValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateValue::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not a date: {text:?}")))
    }
}

/// What a date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The input's `published` field.
    Given,
    /// `datePublished` of the page's JSON-LD.
    JsonLd,
    /// A `<meta>` element of the page.
    Meta,
    /// A `<time>` element of the page.
    TimeTag,
    /// The page's address.
    Url,
    /// The feed that announced the page.
    Feed,
    /// A line of the page.
    Body,
    /// The dates of the article's copies or of what it was copied from.
    Copies,
    /// Something worked out from the text.
    Inferred,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Basis::Given => "given",
            Basis::JsonLd => "json-ld",
            Basis::Meta => "meta",
            Basis::TimeTag => "time-tag",
            Basis::Url => "url",
            Basis::Feed => "feed",
            Basis::Body => "body",
            Basis::Copies => "copies",
            Basis::Inferred => "inferred",
        })
    }
}

/// The date of a document: what is believed, why, and what was not believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDate {
    /// The day or date-time that is believed, if any.
    pub value: Option<DateValue>,
    /// The days it may be, where no single day is known, or the day itself.
    pub interval: Option<Interval>,
    /// What `value` or `interval` rests on; absent when nothing is believed.
    pub basis: Option<Basis>,
    /// The reason in words.
    pub why: String,
    /// Candidates that lost, each with the reason.
    pub rejected: Vec<RejectedDate>,
}

impl DocumentDate {
    /// A date believed on this basis.
    pub fn believed(value: DateValue, basis: Basis, why: impl Into<String>) -> Self {
        DocumentDate {
            interval: Interval::day(value.day()),
            value: Some(value),
            basis: Some(basis),
            why: why.into(),
            rejected: Vec::new(),
        }
    }

    /// The day that is believed, if one is.
    pub fn day(&self) -> Option<Date> {
        self.value.as_ref().map(DateValue::day)
    }
}

/// A date that was found and not believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedDate {
    /// The date.
    pub value: DateValue,
    /// What it rests on.
    pub basis: Basis,
    /// Why it lost.
    pub why: String,
}
