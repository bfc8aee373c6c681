//! The lines of a page: what each of them is, and why.
//!
//! Two steps. Lines that are something by name (the headline and its repetitions, dates, bylines, agencies) are named
//! first, by `roles`. Every other line is body or boilerplate by a small additive model (`weights`) over what can be
//! seen of it (`features`), the words of clutter (`lexicon`), its place in the page and its neighbours. Not for: cutting
//! anything; the caller makes a mask of the kinds.

mod features;
mod lexicon;
mod page;
mod roles;
pub(crate) mod surface;
pub(crate) mod weights;

pub(crate) use page::{Origin, Place, PlacedDate, read};
pub(crate) use roles::repeats_title;

/// Whether a line is never to be cut: it holds a quotation and a verb of speech.
pub(crate) fn is_protected(line: &str) -> bool {
    features::View::of(line).is_protected()
}
