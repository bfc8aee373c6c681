//! The rows in which a store answers, as `docs/formats.md` has them.

use serde::Serialize;
use wirecopy_model::{Account, ArticleId, Claim, ContentId, CopyEdge, DocumentDate, Family, Quote, Span};

/// An article, as `wirecopy articles --json` gives it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleRow {
    /// Its id.
    pub id: ArticleId,
    /// Its headline.
    pub title: Option<String>,
    /// Who signed it.
    pub byline: Option<String>,
    /// The agency it names.
    pub agency: Option<String>,
    /// Who publishes it.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// Its body within its text.
    pub kept: Span,
    /// Its date, settled with its copies in sight.
    pub published: Option<DocumentDate>,
    /// How many versions of it are kept.
    pub versions: usize,
    /// The accounts it carries.
    pub accounts: Vec<ContentId>,
    /// The share of its words outside quotations that no earlier article has.
    pub own_share: Option<f64>,
    /// Its story.
    pub story: Option<ContentId>,
    /// Its text, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A claim of an article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRow {
    /// The article.
    pub article: ArticleId,
    /// The claim, its offsets into the article's text.
    #[serde(flatten)]
    pub claim: Claim,
    /// The statement that it is a wording of, where other articles make it as well.
    pub statement: Option<ContentId>,
    /// How many accounts make it.
    pub accounts: usize,
    /// What the article was copied from, stated or probable: its chains begin there.
    pub copied_from: Option<ArticleId>,
    /// The article's story.
    pub story: Option<ContentId>,
}

/// An account with its story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountRow {
    /// The account.
    #[serde(flatten)]
    pub account: Account,
    /// The story of its root.
    pub story: Option<ContentId>,
}

/// A related pair with its story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CopyRow {
    /// The pair.
    #[serde(flatten)]
    pub edge: CopyEdge,
    /// The story that both belong to; `None` where they are in two.
    pub story: Option<ContentId>,
}

/// A family with its story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineageRow {
    /// The family.
    #[serde(flatten)]
    pub family: Family,
    /// The story of its members; `None` where they are in several.
    pub story: Option<ContentId>,
}

/// A quotation with its story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuoteRow {
    /// The quotation.
    #[serde(flatten)]
    pub quote: Quote,
    /// Its story.
    pub story: Option<ContentId>,
}

/// An article that a search found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchRow {
    /// The article.
    pub id: ArticleId,
    /// Its headline.
    pub title: Option<String>,
    /// Its date.
    pub published: Option<DocumentDate>,
    /// Its story.
    pub story: Option<ContentId>,
    /// The sentence in which most of the words stand.
    pub sentence: String,
    /// Where that sentence begins,
    pub start: usize,
    /// and the code point after its end.
    pub end: usize,
}
