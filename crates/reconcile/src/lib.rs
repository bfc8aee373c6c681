//! One story read across its articles: each quotation with the wordings in which the articles give it, what happened
//! when, how things developed, and where the accounts disagree.
//!
//! Articles that copy each other are joined along the words that both have, others by wording and frame. Not for: who is
//! quoted, or who is right. What the copies altered and what the accounts tell differently is shown; nothing is judged.

pub mod disputes;

mod developments;
mod group;
mod quotes;
mod timeline;
mod wording;

pub use developments::{Course, Development, Step, developments};
pub use quotes::{Telling, quotes};
pub use timeline::{Recounted, timeline};
