//! The surface of a text: its words, sentences and quotations, each with its place.
//!
//! For every stage that must look at a text before, or without, a language model: cheap, the same for every language
//! that separates words, and never refusing a text. Not for grammar: tags, heads, entities and the exact sentences of
//! a parser are another room's.

mod points;
mod quotations;
mod sentences;
mod stretches;
mod words;

pub use points::Points;
pub use quotations::{Quotation, quotations};
pub use sentences::sentences;
pub use stretches::stretches;
pub use words::{Word, fold, words};
