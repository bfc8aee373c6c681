//! Where the accounts of one story disagree.
//!
//! Sentences of two accounts that have content words in common are compared value by value: numbers, times, names, and
//! what is said to be so or not. Two values are of the same thing where what stands around them in the trees of their
//! sentences is the same; values that agree are paired first, and what is left and differs is a candidate. Quotations
//! are aligned word by word. Each known reason for which two different values may both be right is a [`Veto`] with a
//! name, and a vetoed candidate is kept, so that a user can be told.
//!
//! Not for: who is right, differences between an article and its copy, or finding the accounts.

mod compare;
mod find;
mod lexicon;
mod moment;
mod names;
mod params;
mod polarity;
mod quantity;
mod quoted;
mod rows;
mod veto;
mod view;

#[cfg(test)]
mod tests;

use wirecopy_model::{Annotation, Article, Dispute, Slot, Timex};

pub use veto::Veto;

use find::{Candidate, Values, alike};
use params::threshold;
use rows::Found;
use view::{Stems, View};

/// What one account tells, with its grammar and its time expressions.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The article that roots the account.
    pub article: &'a Article,
    /// Its annotation.
    pub annotation: &'a Annotation,
    /// Its time expressions.
    pub timexes: &'a [Timex],
}

/// The disagreements of a story, and what was not raised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Disputes {
    /// By severity, then by slot, then by where they stand.
    pub raised: Vec<Dispute>,
    /// Differences with the reason for which they are none, in the same order.
    pub vetoed: Vec<(Veto, Dispute)>,
}

/// The disagreements between the accounts of one story.
///
/// `independent` says of two accounts, by their places in `told`, whether neither rests on the other; only such pairs
/// are compared. The order of the accounts does not matter to the result. Time grows with the square of the number of
/// accounts and, within a pair, with the number of pairs of sentences that share a content word.
///
/// The texts of articles in other languages than English are compared only in what their quotations say.
pub fn disputes(told: &[Told], independent: impl Fn(usize, usize) -> bool) -> Disputes {
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|&at| &told[at].article.id);
    let mut stems = Stems::default();
    let views: Vec<View> = order.iter().map(|&at| View::new(&told[at], &mut stems)).collect();
    let values: Vec<Values> = views.iter().map(Values::of).collect();
    let mut raised: Vec<Found> = Vec::new();
    let mut vetoed: Vec<Found> = Vec::new();
    for b in 1..views.len() {
        for a in (0..b).filter(|&a| independent(order[a], order[b])) {
            for candidate in compared((&views[a], &values[a]), (&views[b], &values[b])) {
                let list = if candidate.veto.is_none() { &mut raised } else { &mut vetoed };
                list.push(Found { a, b, candidate });
            }
        }
    }
    let vetoed = vetoed.iter().filter_map(|found| Some((found.candidate.veto?, rows::row_of(found, &views)?)));
    Disputes { vetoed: vetoed.collect(), raised: rows::rows(&raised, &views) }
}

/// Everything in which two articles differ.
fn compared((one, of_one): (&View, &Values), (other, of_other): (&View, &Values)) -> Vec<Candidate> {
    let wordings = quoted::differing(one, other);
    let mut found = Vec::new();
    if one.is_english() && other.is_english() {
        let alike = alike(one, other);
        found = polarity::differing(one, other, &alike);
        found.extend(find::differing((one, of_one), (other, of_other), &alike));
        for candidate in &mut found {
            if candidate.score() < threshold(candidate.slot) {
                candidate.veto.get_or_insert(Veto::OtherFrame);
            }
        }
    }
    // What differs in a quotation is its wording, be it a name or a number.
    let told: Vec<&Candidate> = wordings.iter().filter(|wording| wording.veto.is_none()).collect();
    found.retain(|candidate| candidate.veto.is_some() || !told.iter().any(|wording| wording.touches(candidate)));
    // Of two kinds of difference in the same words the first is told.
    let mut kept: Vec<Candidate> = wordings;
    for candidate in found {
        let twice = candidate.slot == Slot::Polarity
            && kept.iter().any(|held| {
                held.slot == Slot::Polarity
                    && held.veto.is_none()
                    && candidate.veto.is_none()
                    && held.touches(&candidate)
            });
        if !twice {
            kept.push(candidate);
        }
    }
    kept
}
