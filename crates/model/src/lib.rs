//! The plain types that cross the doors between the stages, and nothing else.
//!
//! Not for: computing anything about a text, reading or writing anything. A type is here because two rooms of the
//! house speak of it; what only one room needs lives in that room. What these types look like as JSON is the stable
//! format of `docs/formats.md`.

mod account;
mod annotation;
mod article;
mod claim;
mod copy;
mod date;
mod dispute;
mod event;
mod id;
mod page;
mod quote;
mod reject;
mod span;
mod story;
mod timex;

pub use account::Account;
pub use annotation::{Annotation, Sentence, Token};
pub use article::{Article, Line, LineKind};
pub use claim::{Claim, ClaimKind, ClaimLink, ClaimPlace, ClaimedArticle, Medium, Quoted, Statement};
pub use copy::{
    Change, ChangeKind, CopyEdge, Coverage, Direction, EditCounts, Evidence, Family, LineageDirection, LineageEdge,
    Relation, Run,
};
pub use date::{Basis, DateValue, DocumentDate, Interval, RejectedDate};
pub use dispute::{Dispute, DisputeKind, Reading, Severity, Slot};
pub use event::{Anchor, Event, Grain, HangsOn, Modality, OtherTime, TimelineRow, When};
pub use id::{ArticleId, ContentId};
pub use page::{Html, Page, PageError};
pub use quote::{Quote, QuoteEdit, QuoteEditKind, QuoteVariant};
pub use reject::Reject;
pub use span::{Mention, Piece, Span};
pub use story::Story;
pub use timex::{DatedArticle, Timex, TimexAnchor, TimexBasis, TimexKind, TimexMod, TimexReading};

/// From this certainty on a thing is *stated*: it is right at least 97 times in a hundred.
pub const STATED: f64 = 0.97;

/// From this certainty on a thing is *probable*; below it, it is not claimed.
pub const PROBABLE: f64 = 0.75;
