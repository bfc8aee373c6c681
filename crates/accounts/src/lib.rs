//! How many texts a pile really holds: accounts, orphans, and the dates that copies settle for each other.
//!
//! Takes families with their verified pairs and gives, for each article, what it tells first and what it has from
//! whom, sentence by sentence; from that the accounts. Not for: finding copies or their direction, which come in
//! decided or undecided and are not argued with here, nor for claiming that an account is independent: only dependence
//! can be observed.
//!
//! The flow: [`Body::of`] reads an article's sentences; [`order`] puts a family in an order in which sources stand
//! before their copies; [`witness`] finds the earliest article that has a sentence; [`accounts`] counts; [`settle`]
//! dates what has no date by its copies.

mod body;
mod count;
mod order;
mod settle;
mod witness;

#[cfg(test)]
mod tests;

pub use body::{Body, Sentence};
pub use count::{ACCOUNT_SHARE, ACCOUNT_WORDS, ArticleShare, Tally, accounts};
pub use order::order;
pub use settle::settle;
pub use witness::{Earlier, Witness, witness};

use wirecopy_model::{CopyEdge, Run};

/// A verified pair with the runs of words that both articles have.
#[derive(Clone, Copy, Debug)]
pub struct Tie<'a> {
    /// The pair.
    pub edge: &'a CopyEdge,
    /// The runs, each in `a` and in `b`.
    pub runs: &'a [Run],
}
