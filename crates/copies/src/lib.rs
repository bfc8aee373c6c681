//! Who copied whom, and what was changed on the way.
//!
//! - [`Document::of`] prepares an article: its words with their places, stems and surroundings.
//! - [`Sketch::of`] condenses a document for the [`Index`], which names the candidates: pairs worth comparing.
//!   Where no machine holds all sketches, [`meetings`] and [`tally`] name the same.
//! - [`relate`] verifies a pair by alignment and says how the two are kin; [`changes`] names each edit, [`explain`]
//!   says why in words, [`align_words`] compares two short wordings, [`collate`] lays many texts side by side.
//! - [`claimed`] and [`families`] tie verified copies together, [`lineage`] finds each family's tree with its evidence,
//!   [`orphan`] recognises a text that was visibly made from something else.
//! - [`copies`] and [`lineages`] are the stages over a whole pile.
//!
//! Everything is a pure function of its arguments; whatever depends on the pile is a function of the *set* of articles,
//! not of the order in which they came. Not for: dates, quotations and their speakers, how many accounts there are.
//! Languages need no list of words to work; what the crate knows of single ones is in one module.

mod align;
mod changes;
mod collate;
mod credit;
mod damage;
mod direction;
mod distributed;
mod document;
mod explain;
mod family;
mod grams;
mod hash;
mod index;
mod language;
mod lineage;
mod merge;
mod orphan;
mod params;
mod probe;
mod readings;
mod relate;
mod sketch;
mod spelling;
mod stage;
mod stem;
mod tree;

pub use changes::{WordEdit, align_words, changes};
pub use collate::{Collation, Column, collate};
pub use distributed::{Holder, Meeting, SketchSize, meetings, tally};
pub use document::Document;
pub use explain::explain;
pub use family::{claimed, families};
pub use grams::{Grams, Repeated};
pub use index::Index;
pub use language::Language;
pub use lineage::{Lineage, PairDirection, lineage};
pub use orphan::orphan;
pub use probe::Probe;
pub use relate::{Pair, relate};
pub use sketch::Sketch;
pub use stage::{copies, lineages};
