//! The story behind a pile of news pages: what they are, who copied whom, what was altered on the way.
//!
//! This is the library that the command calls. [`build()`] brings a [`Store`] up to date with the pages it is given;
//! a [`Library`] answers from a store: articles, stories, accounts, copies, quotations, and the reasons for each; the
//! [`stage`] functions run one stage alone, from articles to rows.
//!
//! Not for: the inside of any stage, each of which is a crate of its own, or for showing anything.

pub mod build;
pub mod export;
pub mod stage;

mod apparatus;
mod dates;
mod decide;
mod decisions;
mod diff;
mod dossier;
mod error;
mod explain;
mod library;
mod reading;
mod reference;
mod retell;
mod retold;
mod rows;
mod sides;
mod sites;
mod trace;
mod versions;
mod voices;
mod words;
mod xray;

pub use apparatus::{Apparatus, Lacking, MOST_WITNESSES, Passage as LostPassage, Reading, Variant, Witness, apparatus};
pub use build::{BuildOptions, BuildReport, Progress, build, build_until};
pub use dates::{DatesRow, dates_of_article, dates_of_page};
pub use decide::{Decided, decide};
pub use decisions::{About, DecisionRow, Decisions, decide_command, in_words};
pub use diff::{Collated, Difference, diff};
pub use dossier::{Dossier, Dossiers, Member};
pub use error::Error;
pub use explain::{explain_article, explain_pair};
pub use library::Library;
pub use reading::{Cited, Query, Results, Saying, SourceView, SpeakerView};
pub use reference::{AlteredWording, Carrier, CarrierCounts, ReferenceRow};
pub use retell::{Passage, Told};
pub use retold::{DevelopmentRow, DisputeRow, Retold, TimelineEntry, VetoedRow, dispute_id};
pub use rows::{AccountRow, ArticleRow, ClaimRow, CopyRow, LineageRow, QuoteRow, SearchRow};
pub use sides::{Said, Sides, Topic, sides};
pub use trace::{Telling, Trace, trace};
pub use versions::{Edit, HeadChange};
pub use voices::{Voice, Voiced, Voices};
pub use wirecopy_copies::{WordEdit, align_words};
pub use wirecopy_intake as intake;
pub use wirecopy_lang as lang;
pub use wirecopy_model as model;
pub use wirecopy_reconcile::{Course, Development, Step};
pub use wirecopy_store::{
    ArticleHead, Decision, Found, KeptDecision, Mode, Onward, SourceCopy, SourceRow, SpeakerRow, Store, StoreError,
    StoryCard, StoryFilter, StoryMove, StoryOrder,
};
pub use wirecopy_text as text;
pub use words::span_words;
pub use xray::{AlteredQuote, SentenceRow, Xray, xray, xray_page};
