//! spaCy's small English pipeline in plain Rust: tokens, sentences, tags, heads, lemmas and entities of any text, the
//! same as spaCy 3.8 finds them, several times faster.
//!
//! [`Language::english`] holds the model; [`Language::analyse`] gives an [`Analysis`]. A [`Cache`] makes sure that what
//! several texts share is analysed once, with the same results.
//!
//! Not for: deciding what a text says. The model was trained on American news and web text of before 2013; its figures
//! are in `models/en/README.md`, and how this crate compares with spaCy in `docs/compare/lang.md`.

mod affix;
mod analysis;
mod annotate;
mod cache;
mod chars;
mod encoder;
mod feed;
mod file;
mod forms;
mod hash;
mod labels;
mod language;
mod lemmas;
mod lexicon;
mod model;
mod ner;
mod parser;
mod ruler;
mod simd;
mod tokenizer;
mod transitions;
mod tree;
mod url;

pub use analysis::{Analysis, Entity, Token};
pub use annotate::{annotate, annotation};
pub use cache::Cache;
pub use file::ModelError;
pub use language::Language;
