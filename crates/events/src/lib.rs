//! What one article tells: its events, each with the word that stands for it, who takes part, where, when, and whether
//! it is told as a fact, a plan, a claim or a denial.
//!
//! An event is read off a sentence that names a time, or stands at the head of the article: the word that governs the
//! time in the tree of the sentence stands for it. Not for: events that are told without a time further down, which
//! hardly anybody needs dated, or the same event in other articles (`reconcile` joins them).
//!
//! Everything is a pure function of the article, its annotation and its time expressions.

mod lexicon;
mod reading;

#[cfg(test)]
mod tests;

use wirecopy_model::{Annotation, Article, Event, Timex};

/// The events of an article, in text order; none of a text in another language than English.
///
/// `annotation` and `timexes` are of the same text. Linear in its length.
pub fn events(article: &Article, annotation: &Annotation, timexes: &[Timex]) -> Vec<Event> {
    let english =
        article.lang.as_deref().is_none_or(|lang| lang.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en")));
    if english { reading::read(article, annotation, timexes) } else { Vec::new() }
}
