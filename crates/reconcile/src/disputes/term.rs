//! A noun in quotation marks, with a word or two: what somebody called a thing.

use std::ops::Range;
use std::sync::Arc;

use super::lexicon::stem;
use super::view::{Sent, View};

/// A quotation of so many words at most is a term; a longer one is compared word by word.
const LONGEST: usize = 3;

/// A short quotation in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Its tokens.
    pub range: Range<usize>,
    /// The stems of its words that say something.
    pub words: Vec<String>,
    /// What it is to its head.
    pub role: Arc<str>,
}

/// The terms of a sentence.
pub(super) fn terms(view: &View, sent: &Sent) -> Vec<Term> {
    let (Some(first), Some(last)) = (sent.toks.first(), sent.toks.last()) else { return Vec::new() };
    let from = view.quotations.partition_point(|piece| piece.end <= first.piece.start);
    let here = view.quotations[from..].iter().take_while(|piece| piece.start < last.piece.end);
    here.filter_map(|piece| {
        let inside = |at: &usize| piece.contains(sent.toks[*at].piece);
        let start = (0..sent.toks.len()).find(inside)?;
        let end = (start..sent.toks.len()).take_while(inside).last()? + 1;
        let telling: Vec<usize> = (start..end).filter(|&at| sent.toks[at].stem.is_some()).collect();
        let words = (start..end).filter(|&at| sent.toks[at].word.chars().any(char::is_alphanumeric)).count();
        let head = sent.head_of(&(start..end));
        // A name is a name, in marks or not.
        let named = telling.iter().any(|&at| sent.toks[at].is_capital() || &*sent.toks[at].pos == "NUM");
        let noun = sent.toks[head].tag.starts_with("NN") || sent.toks[head].tag.starts_with("JJ");
        (!telling.is_empty() && words <= LONGEST && noun && !named).then(|| Term {
            range: *telling.first().expect("not empty")..telling.last().expect("not empty") + 1,
            words: telling.iter().map(|&at| stem(&sent.toks[at].lemma)).collect(),
            role: sent.toks[head].dep.clone(),
        })
    })
    .collect()
}
