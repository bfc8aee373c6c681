use serde::{Deserialize, Serialize};

use crate::{ArticleId, DocumentDate, Interval, Piece};

/// What the words of an article say about when: the date of the article and its time expressions, in text order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedArticle {
    /// The article.
    pub id: ArticleId,
    /// When it was written, judged against its own text.
    pub document_date: Option<DocumentDate>,
    /// Its time expressions, by their place in the text.
    pub timexes: Vec<Timex>,
}

/// A time expression: its place, its TIMEX3 type and value, and the days that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timex {
    /// Its first code point in the article's text.
    pub start: usize,
    /// The code point after its last one.
    pub end: usize,
    /// What kind of time it is.
    #[serde(rename = "type")]
    pub kind: TimexKind,
    /// Its TIMEX3 value: `2021-04-13`, `P2D`, `XXXX-WXX-2`, `PAST_REF`, ...
    pub value: String,
    /// The days it names; absent for durations, sets and everything that is not known to the day it begins and ends.
    pub interval: Option<Interval>,
    /// What the value rests on.
    pub basis: TimexBasis,
    /// How the words narrow or blur the value, as TIMEX3's `mod`.
    #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<TimexMod>,
    /// Whether it stands inside quotation marks: then it may be counted from the day of the speech.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quoted: bool,
    /// What a time that is counted from another one hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<TimexAnchor>,
    /// Other readings of the same words, the likelier first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<TimexReading>,
    /// How the value came about, for a person.
    #[serde(default)]
    pub why: String,
}

impl Timex {
    /// Where in the text it stands.
    pub fn piece(&self) -> Piece {
        Piece { start: self.start, end: self.end }
    }
}

/// The types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A day or something longer on the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Times that recur.
    Set,
}

/// What a time expression's value rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimexBasis {
    /// The words alone: `14 June 2021`, `five years`.
    Explicit,
    /// Another time or an event in the same text: `two days later`. See [`Timex::anchor`].
    Relative,
    /// The date of the document: `on Tuesday`, `last week`. Where that is open, so is the value.
    Document,
    /// An event that another article dates.
    CrossDocument,
}

/// The modifiers of TIMEX3 that news uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TimexMod {
    /// The beginning: `early 2018`.
    Start,
    /// The middle: `mid-March`.
    Mid,
    /// The end: `late last week`.
    End,
    /// About so much or then: `about two years`.
    Approx,
    /// `more than a week`.
    MoreThan,
    /// `less than a week`.
    LessThan,
    /// `at least a week`.
    EqualOrMore,
    /// `at most a week`.
    EqualOrLess,
}

/// What a relative time expression is counted from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimexAnchor {
    /// How far from the anchor, as an ISO 8601 duration; negative for earlier: `P2D`, `-P1W`.
    pub offset: String,
    /// The words it is counted from, an event or another time; absent where the text only implies them.
    pub hangs_on: Option<Piece>,
    /// Whether it waits for the anchor to be dated. A closed anchor is one whose date went into the value.
    pub open: bool,
}

/// One way to read a time expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimexReading {
    /// Its TIMEX3 value in this reading.
    pub value: String,
    /// The days it names in this reading.
    pub interval: Option<Interval>,
    /// What speaks for it.
    pub why: String,
}
