//! Which quotations of several articles are one.

use std::collections::HashMap;

use wirecopy_model::{Piece, Run};

use crate::wording::{longest_common, share_in_order};

/// Quotations joined along a copy's words must have at least this share of the shorter one's words in common runs.
const RUN_SHARE: f64 = 0.4;

/// Quotations of articles that are no copies of each other are one where the shorter one's words stand in the longer
/// one in this share, in order,
const WORDING_SHARE: f64 = 0.75;

/// and there are at least this many of them in common.
const WORDING_WORDS: usize = 5;

/// A quotation in hand.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// The place of its article in the story's order.
    pub article: usize,
    /// The passage between the marks.
    pub piece: Piece,
    /// Its words, folded.
    pub words: Vec<String>,
    /// Where each stands.
    pub places: Vec<Piece>,
}

/// What two articles share: their places in the order, and the runs, the first one's side in `a`.
pub(crate) struct Shared<'a> {
    pub articles: (usize, usize),
    pub runs: Vec<&'a Run>,
}

/// The groups of quotations that are one, each in the order of the input, the groups by their first member.
pub(crate) fn groups(said: &[Said], shared: &[Shared]) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(said.len());
    same_words(said, &mut sets);
    along_copies(said, shared, &mut sets);
    by_wording(said, &mut sets);
    sets.into_groups()
}

fn same_words(said: &[Said], sets: &mut Sets) {
    let mut first: HashMap<&[String], usize> = HashMap::new();
    for (index, quote) in said.iter().enumerate() {
        let one = *first.entry(&quote.words).or_insert(index);
        sets.join(one, index);
    }
}

/// Joins quotations whose words lie in the same runs of a copied text.
fn along_copies(said: &[Said], shared: &[Shared], sets: &mut Sets) {
    let mut of: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, quote) in said.iter().enumerate() {
        of.entry(quote.article).or_default().push(index);
    }
    for pair in shared {
        let (Some(here), Some(there)) = (of.get(&pair.articles.0), of.get(&pair.articles.1)) else { continue };
        for &one in here {
            for &other in there {
                let kept = words_in_common(&said[one], &said[other], &pair.runs);
                let least = said[one].words.len().min(said[other].words.len());
                if kept >= 2 && kept as f64 >= RUN_SHARE * least as f64 {
                    sets.join(one, other);
                }
            }
        }
    }
}

/// How many words of `one` stand, by these runs, in `other`. A run may be as long as the articles and hold several
/// quotations: only the part of it that stands in `one` counts, and where that stands on the other side, as near as
/// lengths tell.
fn words_in_common(one: &Said, other: &Said, runs: &[&Run]) -> usize {
    let from = runs.partition_point(|run| run.a.end <= one.piece.start);
    let mut kept = 0;
    for run in runs[from..].iter().take_while(|run| run.a.start < one.piece.end) {
        let before = one.piece.start.saturating_sub(run.a.start).min(run.b.len());
        let behind = run.a.end.saturating_sub(one.piece.end).min(run.b.len() - before);
        let there = Piece::new(run.b.start + before, run.b.end - behind);
        if !there.overlaps(other.piece) {
            continue;
        }
        let count = |quote: &Said, part: Piece| quote.places.iter().filter(|place| part.contains(**place)).count();
        kept += count(one, run.a).min(count(other, there));
    }
    kept
}

/// Joins what reads alike, wherever it stands.
fn by_wording(said: &[Said], sets: &mut Sets) {
    let mut holders: HashMap<(&str, &str, &str), Vec<usize>> = HashMap::new();
    for (index, quote) in said.iter().enumerate() {
        let mut near: HashMap<usize, usize> = HashMap::new();
        for three in quote.words.windows(3) {
            let held = holders.entry((&three[0], &three[1], &three[2])).or_default();
            // A phrase that very many quotations share says nothing.
            for &other in held.iter().rev().take(64) {
                *near.entry(other).or_default() += 1;
            }
            if held.last() != Some(&index) {
                held.push(index);
            }
        }
        let mut near: Vec<usize> = near.into_keys().collect();
        near.sort_unstable();
        for other in near {
            if !sets.joined(index, other) && alike(&quote.words, &said[other].words) {
                sets.join(other, index);
            }
        }
    }
}

fn alike(one: &[String], other: &[String]) -> bool {
    let common = longest_common(one, other);
    common >= WORDING_WORDS && share_in_order(common, one, other) >= WORDING_SHARE
}

/// Sets of numbers that are joined two by two.
struct Sets(Vec<usize>);

impl Sets {
    fn new(length: usize) -> Self {
        Sets((0..length).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn joined(&mut self, one: usize, other: usize) -> bool {
        self.root(one) == self.root(other)
    }

    fn into_groups(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.0.len()];
        for index in 0..self.0.len() {
            let root = self.root(index);
            groups[root].push(index);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_text::words;

    /// The quotations of an article whose text is this, given as the texts between the marks.
    fn said(article: usize, text: &str, quotations: &[&str]) -> Vec<Said> {
        let found = quotations.iter().map(|quotation| {
            let start = text.find(quotation).unwrap();
            let found = words(quotation);
            let places = found.iter().map(|word| (start + word.piece.start, start + word.piece.end).into());
            let words = quotation.split(' ').map(str::to_lowercase).collect();
            let piece = Piece::new(start, start + quotation.len());
            Said { article, piece, words, places: places.collect() }
        });
        found.collect()
    }

    #[test]
    fn a_run_as_long_as_the_article_does_not_join_all_its_quotations() {
        let text = "'The dam will hold' she said, and the mayor added 'nobody sleeps tonight' at dusk";
        let quotations = ["The dam will hold", "nobody sleeps tonight"];
        let all: Vec<Said> = [said(0, text, &quotations), said(1, text, &quotations)].concat();
        let run = Run { a: Piece::new(0, text.len()), b: Piece::new(0, text.len()) };
        let shared = [Shared { articles: (0, 1), runs: vec![&run] }];
        assert_eq!(groups(&all, &shared), [vec![0, 2], vec![1, 3]]);
    }
}
