use serde::{Deserialize, Serialize};

use crate::{ArticleId, Interval, Mention, Piece, TimexBasis};

/// One happening, planned happening or statement, as one sentence of one article tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The sentence that tells it.
    pub sentence: Piece,
    /// The word that stands for it.
    pub trigger: Piece,
    /// The dictionary form of that word.
    pub predicate: String,
    /// Who or what takes part, by the longest name that the sentence has, in text order.
    pub actors: Vec<String>,
    /// Where it happens.
    pub place: Option<String>,
    /// When it happens; `None` where the text does not say.
    pub when: Option<When>,
    /// Whether it is told as a fact.
    pub modality: Modality,
    /// Who tells it, outermost first; empty where the article itself does.
    pub according_to: Vec<String>,
    /// The words that are compared to find the same event elsewhere, sorted.
    pub words: Vec<String>,
    /// Where the sentence stands in the article: 0 for the first, 1 for the last.
    pub depth: f32,
    /// Of an event that is told to be so long before or after another one whose day the article does not tell: that
    /// other one. Then `when` is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hangs_on: Option<HangsOn>,
}

/// "Two days later": a time that is counted from an event which the article does not date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HangsOn {
    /// The words of the time.
    pub words: Piece,
    /// How far from the other event, as an ISO 8601 duration; negative for earlier.
    pub offset: String,
    /// The sentence that tells the other event.
    pub sentence: Piece,
}

/// When something happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The days.
    pub interval: Interval,
    /// How fine the words are that tell it.
    pub grain: Grain,
    /// What it rests on.
    pub basis: TimexBasis,
}

/// How fine a time is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// One day.
    Day,
    /// A week or part of one.
    Week,
    /// A month or part of one.
    Month,
    /// A year or part of one that is longer than a month.
    Year,
    /// Several years.
    Longer,
}

impl Grain {
    /// The grain of a stretch of days.
    pub fn of(interval: &Interval) -> Self {
        match interval.start.until(interval.end).map_or(i32::MAX, |span| span.get_days()) {
            ..=1 => Grain::Day,
            2..=9 => Grain::Week,
            10..=31 => Grain::Month,
            32..=366 => Grain::Year,
            _ => Grain::Longer,
        }
    }
}

/// Whether something is told as a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It happened or happens.
    Asserted,
    /// It is to happen.
    Planned,
    /// Somebody says so, and the text does not vouch for it.
    Alleged,
    /// It did not happen.
    Denied,
}

impl Modality {
    /// The word of the format.
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Planned => "planned",
            Modality::Alleged => "alleged",
            Modality::Denied => "denied",
        }
    }
}

/// An event of a story with everything that its articles tell of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineRow {
    /// When it happened; `None` where no article says. As JSON it is an object all the same, its `interval` null.
    #[serde(with = "known")]
    pub when: Option<When>,
    /// The sentence that tells it best, as an article has it.
    pub summary: String,
    /// The dictionary form of the word that stands for it.
    pub predicate: String,
    /// Who or what takes part.
    pub actors: Vec<String>,
    /// Where it happens.
    pub place: Option<String>,
    /// Whether it is told as a fact.
    pub modality: Modality,
    /// The chains of those who tell it, outermost first.
    pub according_to: Vec<Vec<String>>,
    /// How many accounts tell it.
    pub accounts: usize,
    /// The articles that tell it, sorted.
    pub articles: Vec<ArticleId>,
    /// How much it matters in the story; only the order of weights has a meaning.
    pub weight: f64,
    /// The sentences that tell it, that of the summary first.
    pub mentions: Vec<Mention>,
    /// Which of its articles was the first to tell it, as far as they are dated.
    #[serde(default)]
    pub first: Option<ArticleId>,
    /// What its time was counted from, where another article dates it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// The other times that accounts tell of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputed: Vec<OtherTime>,
}

/// An event that another one's time is counted from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Anchor {
    /// The words that count: "two days later".
    pub words: Mention,
    /// How far from the event, as an ISO 8601 duration.
    pub offset: String,
    /// The sentence that dates the event.
    pub event: Mention,
    /// The days of the event.
    pub interval: Interval,
}

/// A time that accounts tell of an event otherwise than most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OtherTime {
    /// As the first of its mentions writes it.
    pub value: String,
    /// The days, where they are known.
    pub interval: Option<Interval>,
    /// How many accounts tell it.
    pub accounts: usize,
    /// Where they tell it.
    pub mentions: Vec<Mention>,
}

/// A time that may not be known, as an object that always has the same fields.
mod known {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Grain, Interval, TimexBasis, When};

    #[derive(Serialize, Deserialize)]
    struct Known {
        interval: Option<Interval>,
        grain: Option<Grain>,
        basis: Option<TimexBasis>,
    }

    pub(super) fn serialize<S: Serializer>(when: &Option<When>, serializer: S) -> Result<S::Ok, S::Error> {
        let known = match when {
            Some(when) => Known { interval: Some(when.interval), grain: Some(when.grain), basis: Some(when.basis) },
            None => Known { interval: None, grain: None, basis: None },
        };
        known.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<When>, D::Error> {
        let known = Option::<Known>::deserialize(deserializer)?;
        Ok(known.and_then(|known| Some(When { interval: known.interval?, grain: known.grain?, basis: known.basis? })))
    }
}
