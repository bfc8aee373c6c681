use serde::{Deserialize, Serialize};

use crate::{ArticleId, Mention};

/// A disagreement: one thing of which different values are told. Nothing says who is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// Between whom.
    #[serde(default)]
    pub kind: DisputeKind,
    /// What kind of value differs.
    pub slot: Slot,
    /// What the value is of: the words that its readings have in common.
    pub about: String,
    /// How plain the disagreement is.
    pub severity: Severity,
    /// Why it is taken for one, and for one of that severity.
    pub why: String,
    /// Two to four values, the one with the most accounts first.
    pub readings: Vec<Reading>,
}

/// Between whom a disagreement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisputeKind {
    /// Accounts of which neither rests on the other.
    #[default]
    Accounts,
    /// Two places of one article.
    SelfContradiction,
    /// An article and what was copied from it: an alteration, behind which there is one account.
    Alteration,
}

impl DisputeKind {
    /// The word of the format.
    pub fn as_str(self) -> &'static str {
        match self {
            DisputeKind::Accounts => "accounts",
            DisputeKind::SelfContradiction => "self-contradiction",
            DisputeKind::Alteration => "alteration",
        }
    }
}

/// One of the values of a dispute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The value as the first of its mentions writes it.
    pub value: String,
    /// How many accounts tell it; none where only a copy has it so.
    pub accounts: usize,
    /// The articles that tell it, copies included, sorted.
    pub articles: Vec<ArticleId>,
    /// Where they tell it: the shortest pieces of text that carry the value, sorted.
    pub mentions: Vec<Mention>,
}

/// The kinds of values that accounts can disagree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Slot {
    /// When it happened.
    Date,
    /// How many or how much.
    Number,
    /// Where.
    Place,
    /// Who or what, by name.
    Name,
    /// The words of a quotation.
    Wording,
    /// Whether it is so.
    Polarity,
    /// Who said it.
    Speaker,
}

impl Slot {
    /// The kind as the format spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Slot::Date => "date",
            Slot::Number => "number",
            Slot::Place => "place",
            Slot::Name => "name",
            Slot::Wording => "wording",
            Slot::Polarity => "polarity",
            Slot::Speaker => "speaker",
        }
    }
}

/// How plain a disagreement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Exact values of the same thing that cannot both be true.
    High,
    /// Values that differ, of what is most likely the same thing.
    Medium,
    /// A difference that time, grain or carelessness may explain.
    Low,
}

impl Severity {
    /// The word of the format.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::High => "high",
            Severity::Medium => "medium",
            Severity::Low => "low",
        }
    }
}
