//! One story read across its articles: each quotation with the wordings in which the articles give it.
//!
//! Articles that copy each other are joined along the words that both have, others by wording alone. Not for: who is
//! quoted, or which wording is right. What the copies altered is shown; nothing is judged.

pub mod disputes;

mod group;
mod quotes;
mod wording;

pub use quotes::{Telling, quotes};
