//! One SQLite file that holds everything: articles with all their versions, the pairs found between them, and what
//! was derived from both.
//!
//! Crash-safe: a call that writes returns after its transaction is committed, and a process killed at any moment
//! leaves a file that opens. Readable by any SQLite tool: the views `articles`, `accounts`, `copies`, `families`,
//! `stories`, `quotes` have plain names and columns. Texts are stored compressed and never change; everything else is
//! derived and may be rebuilt.
//!
//! Not for: deciding anything. What is derived is computed elsewhere and handed in whole.

mod decision;
mod derived;
mod error;
mod mask;
mod open;
mod pack;
mod read;
mod reading;
mod reference;
mod retold;
mod schema;
mod write;

pub use decision::{Decision, KeptDecision, StoryMove};
pub use derived::{Derived, SettledArticle, Stamp};
pub use error::StoreError;
pub use mask::SiteMask;
pub use open::{Mode, Store};
pub use read::{ArticleHead, StoredLines, StoredPair, StoredSketch};
pub use reading::{Found, Onward, SourceCopy, SourceRow, SpeakerRow, StoryCard, StoryFilter, StoryOrder};
pub use retold::Retold;
pub use write::{Added, Entries, Masking, NewArticle, NewPair};

/// The number under which a store keeps an article: it depends on the order of arrival, so it never leaves the store's
/// callers; what users see is the article's id.
pub type ArticleKey = i64;
