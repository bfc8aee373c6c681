use serde::{Deserialize, Serialize};

use crate::{ArticleId, ContentId, Piece};

/// Two articles that share text, and how. `a` sorts before `b`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CopyEdge {
    /// The article whose id sorts first.
    pub a: ArticleId,
    /// The other one.
    pub b: ArticleId,
    /// What kind of kin they are.
    pub relation: Relation,
    /// Which was made from which.
    pub direction: Direction,
    /// How certain the direction is: a calibrated probability.
    pub certainty: f64,
    /// The share of each side's words that stands in the other.
    pub coverage: Coverage,
    /// The same, counting only words outside quotations.
    pub coverage_unquoted: Coverage,
    /// How many words were kept, substituted, deleted (only in `a`) and inserted (only in `b`).
    pub edits: EditCounts,
    /// What the direction and the relation rest on.
    pub evidence: Vec<Evidence>,
    /// How certain the relation is.
    pub score: f64,
    /// Each change, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
}

/// How two articles are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same words.
    Exact,
    /// Nearly the same words.
    Near,
    /// Rewritten, cut, or in part.
    Rewrite,
    /// What they share is what both quote or report: kin, not a copy.
    SharedQuote,
}

impl Relation {
    /// Whether one was made from the other or both from a third text; a shared quotation is not a copy.
    pub fn is_copy(self) -> bool {
        self != Relation::SharedQuote
    }

    /// The relation as the format spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Exact => "exact",
            Relation::Near => "near",
            Relation::Rewrite => "rewrite",
            Relation::SharedQuote => "shared-quote",
        }
    }
}

/// Which of a pair was made from which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// `b` was made from `a`.
    #[serde(rename = "a->b")]
    AToB,
    /// `a` was made from `b`.
    #[serde(rename = "b->a")]
    BToA,
    /// It cannot be told.
    #[serde(rename = "undecided")]
    Undecided,
}

impl Direction {
    /// The direction as the format spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::AToB => "a->b",
            Direction::BToA => "b->a",
            Direction::Undecided => "undecided",
        }
    }
}

/// Shares between 0 and 1, of `a` and of `b`. As JSON `[0.61, 0.58]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "(f64, f64)", into = "(f64, f64)")]
pub struct Coverage {
    /// Of `a`.
    pub a: f64,
    /// Of `b`.
    pub b: f64,
}

impl From<(f64, f64)> for Coverage {
    fn from((a, b): (f64, f64)) -> Self {
        Coverage { a, b }
    }
}

impl From<Coverage> for (f64, f64) {
    fn from(coverage: Coverage) -> Self {
        (coverage.a, coverage.b)
    }
}

/// How many words of an alignment fell to each kind of edit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditCounts {
    /// Words that stand in both.
    pub kept: usize,
    /// Words of `a` that have another word in their place in `b`.
    pub substituted: usize,
    /// Words of `a` that have nothing in their place in `b`.
    pub deleted: usize,
    /// Words of `b` that have nothing in their place in `a`.
    pub inserted: usize,
}

/// A reason, in a word for programs and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// What kind of reason it is: `third-witness`, `damage`, `claimed-date`, ...
    pub kind: String,
    /// The reason in words, with what it was seen in.
    pub detail: String,
}

impl Evidence {
    /// A reason of this kind.
    pub fn new(kind: impl Into<String>, detail: impl Into<String>) -> Self {
        Evidence { kind: kind.into(), detail: detail.into() }
    }
}

/// One change between two articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// What stands in `a`, if anything does.
    pub a: Option<Piece>,
    /// What stands in `b`, if anything does.
    pub b: Option<Piece>,
    /// Whether it touches words inside quotation marks.
    pub in_quote: bool,
}

/// The kinds of change, substance last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Punctuation, case, spacing, the shape of marks.
    Typography,
    /// The same word spelt otherwise.
    Spelling,
    /// Another word of like meaning or form.
    Synonym,
    /// The same words in another order.
    Order,
    /// A passage that stands elsewhere.
    Moved,
    /// Words that only `a` has.
    Cut,
    /// Words that only `b` has.
    Added,
    /// A change of wording that none of the others describes.
    Other,
    /// A name.
    Name,
    /// A date.
    Date,
    /// A number.
    Number,
    /// A negation that came or went.
    Negation,
}

impl ChangeKind {
    /// The kind as the format spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Typography => "typography",
            ChangeKind::Spelling => "spelling",
            ChangeKind::Synonym => "synonym",
            ChangeKind::Order => "order",
            ChangeKind::Moved => "moved",
            ChangeKind::Cut => "cut",
            ChangeKind::Added => "added",
            ChangeKind::Other => "other",
            ChangeKind::Name => "name",
            ChangeKind::Date => "date",
            ChangeKind::Number => "number",
            ChangeKind::Negation => "negation",
        }
    }
}

/// A stretch of words that stands in both articles, word for word but for typography.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Run {
    /// Where it stands in `a`.
    pub a: Piece,
    /// Where it stands in `b`.
    pub b: Piece,
}

/// Articles tied by verified copying, and the tree of who copied whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Family {
    /// Its members, sorted.
    #[serde(rename = "family")]
    pub members: Vec<ArticleId>,
    /// Its edges: each copy to what it was made from, or to a neighbour where that cannot be told.
    pub edges: Vec<LineageEdge>,
    /// Names of lost sources that appear in `edges`.
    pub latent: Vec<String>,
}

impl Family {
    /// The id of the family: it follows from its members.
    pub fn id(&self) -> ContentId {
        ContentId::of("family", self.members.iter().map(ArticleId::as_str))
    }
}

/// One edge of a family's tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineageEdge {
    /// The source: an article, or a lost one named in `latent`.
    pub from: ArticleId,
    /// The copy.
    pub to: ArticleId,
    /// How certain the direction is.
    pub certainty: f64,
    /// Whether `from` is the source, or the two are only neighbours.
    pub direction: LineageDirection,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// Whether an edge of a tree has a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineageDirection {
    /// `to` was made from `from`.
    #[serde(rename = "from->to")]
    FromTo,
    /// The two are neighbours; which came first cannot be told.
    #[serde(rename = "undecided")]
    Undecided,
}
