//! Reasons for which two different values are no disagreement. Each has a name, so that a user can be told.

/// Why a difference is not raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Veto {
    /// What is told around the values differs: another quantity.
    OtherFrame,
    /// Each article tells of an event of its own.
    OtherEvent,
    /// Several values of the other article could be meant.
    Ambiguous,
    /// Both articles tell both values, or one tells the other's value elsewhere.
    ToldByBoth,
    /// One is told as a part of something: "five of the 25", "including".
    PartOf,
    /// A blurred number that allows for the other: "more than 30" and 31.5.
    Hedge,
    /// The same number told more and less exactly.
    Rounding,
    /// A toll or count that a later article tells higher.
    Update,
    /// One value is the sum of several of the other article.
    Sum,
    /// What was foreseen against what came.
    Forecast,
    /// Times that are one in two time zones, or days that a night joins.
    TimeZone,
    /// Each tells when something was said, and what was said differs.
    OtherStatement,
    /// A time or place within the other.
    Granularity,
    /// One name in two spellings.
    Spelling,
    /// A quotation that was cut, or words that only lead into it.
    QuotePart,
    /// Words of a quotation that change nothing of what was said.
    SameMeaning,
    /// One asserts it, another person denies it: both articles may be right.
    OtherSpeaker,
}

impl Veto {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Veto::OtherFrame => "other frame",
            Veto::OtherEvent => "other event",
            Veto::Ambiguous => "ambiguous",
            Veto::ToldByBoth => "told by both",
            Veto::PartOf => "part of",
            Veto::Hedge => "hedge",
            Veto::Rounding => "rounding",
            Veto::Update => "update",
            Veto::Sum => "sum",
            Veto::Forecast => "forecast",
            Veto::TimeZone => "time zone",
            Veto::OtherStatement => "other statement",
            Veto::Granularity => "granularity",
            Veto::Spelling => "spelling",
            Veto::QuotePart => "quotation cut short",
            Veto::SameMeaning => "same meaning",
            Veto::OtherSpeaker => "other speaker",
        }
    }
}
