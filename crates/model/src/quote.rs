use serde::{Deserialize, Serialize};

use crate::{ArticleId, ContentId, Mention};

/// One quotation with the wordings in which articles give it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// The wording of its first variant.
    pub quote: String,
    /// Its id: it follows from where its first variant stands.
    pub id: ContentId,
    /// Its wordings. The first is the one nearest the root of the evidence.
    pub variants: Vec<QuoteVariant>,
}

impl Quote {
    /// Whether some wording says it in other words than the first, not only in other marks.
    pub fn is_altered(&self) -> bool {
        self.variants.iter().skip(1).any(QuoteVariant::is_altered)
    }
}

impl QuoteVariant {
    /// Whether it differs from the first wording in more than marks, case and spacing.
    pub fn is_altered(&self) -> bool {
        self.edits.iter().any(|edit| edit.kind != QuoteEditKind::Typography)
    }
}

/// One wording of a quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteVariant {
    /// The wording, as the first of its articles prints it, without the marks.
    pub text: String,
    /// The articles that give it so.
    pub articles: Vec<ArticleId>,
    /// How many accounts these articles are.
    pub accounts: usize,
    /// Whether it is only a part of the first variant.
    pub part: bool,
    /// What differs from the first variant.
    pub edits: Vec<QuoteEdit>,
    /// Where it stands.
    pub mentions: Vec<Mention>,
}

/// One difference between two wordings of a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuoteEdit {
    /// What the first variant has; empty where something was put in.
    pub from: String,
    /// What this one has; empty where something was left out.
    pub to: String,
    /// What kind of difference it is.
    pub kind: QuoteEditKind,
}

/// Kinds of difference between two wordings of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteEditKind {
    /// Punctuation, case or spacing.
    Typography,
    /// The same word spelt otherwise.
    Spelling,
    /// Other words.
    Substituted,
    /// Words left out.
    Deleted,
    /// Words put in.
    Inserted,
    /// The same words in another place.
    Moved,
}
