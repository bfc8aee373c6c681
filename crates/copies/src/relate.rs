use wirecopy_model::{CopyEdge, Coverage, Direction, EditCounts, Evidence, Relation, Run};

use crate::align::{Alignment, Tile, filled, tiled};
use crate::direction::reporting;
use crate::document::{Document, Vocabulary, flag};
use crate::params::relation::{self as params, Weights};

/// Two articles that share text: what they share and how they are aligned.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The pair as it is shown. Its direction is `undecided` until [`lineage`](crate::lineage) has judged the family.
    pub edge: CopyEdge,
    /// The stretches of equal words, in the order of `a`.
    pub runs: Vec<Run>,
    pub(crate) alignment: Alignment,
}

/// What an alignment amounts to, in words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Overlap {
    /// Words of `a` in tiles that say something: the same number of `b`.
    pub shared: usize,
    /// Of the shared ones, words that both sides quote or report from somebody.
    pub quoted: usize,
    /// Shared content words that they do not both quote or report.
    pub own_content: usize,
    /// The longest run, in words, and the longest that both quote or report.
    pub longest: usize,
    pub longest_quoted: usize,
    /// Words in tiles of any kind.
    pub kept: usize,
}

/// Verifies that two documents share text, and how. `None` where what they share is what any two texts may share.
///
/// A pure function of the two: no third text is looked at. The pair's `a` is the document whose id sorts first. A copy
/// that scores below [`PROBABLE`](wirecopy_model::PROBABLE) counts only where [`claimed`](crate::claimed) says so: where
/// stronger pairs tie the two anyway.
///
/// ```
/// use wirecopy_copies::{Document, relate};
/// use wirecopy_model::Relation;
/// let a = Document::of_text("a", "The dam at Orrin broke before dawn on Friday and the lower town was flooded.");
/// let b = Document::of_text("b", "The dam at Orrin broke before dawn on Friday, and the lower town is flooded.");
/// assert_eq!(relate(&a, &b).unwrap().edge.relation, Relation::Near);
/// ```
pub fn relate(a: &Document, b: &Document) -> Option<Pair> {
    if a.id > b.id {
        return relate(b, a);
    }
    let tiled = tiled(a, b);
    let overlap = overlap(a, b, &tiled);
    let (relation, score) = judge(a, b, &overlap)?;
    let alignment = filled(a, b, tiled);
    let edge = CopyEdge {
        a: a.id.clone(),
        b: b.id.clone(),
        relation,
        direction: Direction::Undecided,
        certainty: 0.5,
        coverage: coverage(a, b, &alignment, false),
        coverage_unquoted: coverage(a, b, &alignment, true),
        edits: edits(&alignment),
        evidence: vec![Evidence::new("overlap", describe(a, b, &overlap))],
        score,
        changes: None,
    };
    let runs = runs(a, b, &alignment);
    Some(Pair { edge, runs, alignment })
}

/// Whether this tile is more than words that any two texts have in common.
fn counts(a: &Document, from: usize, len: usize) -> bool {
    len >= params::RUN_WORDS
        && a.words[from..from + len].iter().filter(|word| word.is_content()).count() >= params::RUN_CONTENT
}

/// Measures an alignment.
pub(crate) fn overlap(a: &Document, b: &Document, tiles: &[Tile]) -> Overlap {
    let mut sum = Overlap::default();
    for tile in tiles {
        sum.kept += tile.len;
        if !counts(a, tile.a, tile.len) {
            continue;
        }
        sum.longest = sum.longest.max(tile.len);
        let mut quoted_run = 0;
        for k in 0..tile.len {
            let (x, y) = (a.words[tile.a + k], b.words[tile.b + k]);
            sum.shared += 1;
            if both_quote(x.flags, y.flags) {
                sum.quoted += 1;
                quoted_run += 1;
                sum.longest_quoted = sum.longest_quoted.max(quoted_run);
            } else {
                quoted_run = 0;
                sum.own_content += usize::from(x.is_content());
            }
        }
    }
    sum
}

/// Whether a word that two texts share is one that both quote, or one quotes and the other reports.
pub(crate) fn both_quote(a: u16, b: u16) -> bool {
    const TOLD: u16 = flag::QUOTED | flag::REPORTED;
    a & TOLD != 0 && b & TOLD != 0 && (a | b) & flag::QUOTED != 0
}

/// What kind of kin two documents are, and how certain that is.
fn judge(a: &Document, b: &Document, overlap: &Overlap) -> Option<(Relation, f64)> {
    if a.content == b.content && a.len() == b.len() && !a.is_empty() {
        return Some((Relation::Exact, 1.0));
    }
    let score = kinship(a, b, overlap);
    let own = overlap.shared - overlap.quoted;
    if score >= params::WEAK && own >= params::OWN_WORDS {
        let smaller = a.len().min(b.len()).max(1);
        let near = overlap.kept as f64 >= params::NEAR_SHARE * smaller as f64;
        return Some((if near { Relation::Near } else { Relation::Rewrite }, score));
    }
    let quoted = overlap.longest_quoted >= params::QUOTED_PASSAGE
        || overlap.quoted >= params::QUOTED_WORDS && overlap.longest_quoted >= params::QUOTED_RUN;
    quoted.then_some((Relation::SharedQuote, params::QUOTED_SCORE))
}

/// How probable it is that one of two texts was made from the other or both from a third: a logistic model.
fn kinship(a: &Document, b: &Document, overlap: &Overlap) -> f64 {
    let share = |of: fn(&Vocabulary) -> &Vec<u32>| {
        let (left, right) = (of(&a.vocabulary), of(&b.vocabulary));
        let common = in_common(left, right);
        (common, left.len().min(right.len()))
    };
    let ratio = |(common, smaller): (usize, usize)| common as f64 / smaller.max(1) as f64;
    let numbers = share(|vocabulary| &vocabulary.numbers);
    let content_words = |document: &Document| document.words.iter().filter(|word| word.is_content()).count();
    let smaller_content = content_words(a).min(content_words(b)).max(1) as f64;
    let smaller = a.len().min(b.len()).max(1) as f64;
    let report = reporting(a, b);
    let weight = |of: fn(&Weights) -> f64| report * of(&params::REPORT) + (1.0 - report) * of(&params::REFERENCE);
    let log_odds = weight(|weights| weights.bias)
        + weight(|weights| weights.stems) * ratio(share(|vocabulary| &vocabulary.stems))
        + weight(|weights| weights.content) * ratio(share(|vocabulary| &vocabulary.content))
        + weight(|weights| weights.turns) * ratio(share(|vocabulary| &vocabulary.turns))
        + weight(|weights| weights.own_runs) * overlap.own_content as f64 / smaller_content
        + weight(|weights| weights.quoted_runs) * overlap.quoted as f64 / smaller
        + weight(|weights| weights.numbers) * (numbers.0 as f64 + 0.5) / (numbers.1 as f64 + 1.0)
        + weight(|weights| weights.other_numbers) * ((numbers.1 - numbers.0) as f64).ln_1p();
    1.0 / (1.0 + (-log_odds).exp())
}

/// How many hashes two sorted lists have in common.
pub(crate) fn in_common(left: &[u32], right: &[u32]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        common += usize::from(left[i] == right[j]);
        let (x, y) = (left[i], right[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    common
}

fn coverage(a: &Document, b: &Document, alignment: &Alignment, unquoted: bool) -> Coverage {
    let mut shared = (0usize, 0usize);
    for tile in &alignment.tiles {
        for k in 0..tile.len {
            shared.0 += usize::from(!unquoted || !a.words[tile.a + k].is(flag::QUOTED));
            shared.1 += usize::from(!unquoted || !b.words[tile.b + k].is(flag::QUOTED));
        }
    }
    let share = |shared: usize, document: &Document| {
        let all = if unquoted { document.len() - document.quoted() } else { document.len() };
        if all == 0 { 0.0 } else { shared as f64 / all as f64 }
    };
    Coverage { a: share(shared.0, a), b: share(shared.1, b) }
}

fn edits(alignment: &Alignment) -> EditCounts {
    let mut counts = EditCounts { kept: alignment.tiles.iter().map(|tile| tile.len).sum(), ..EditCounts::default() };
    for gap in &alignment.gaps {
        let (left, right) = (gap.a.1 - gap.a.0, gap.b.1 - gap.b.0);
        let both = left.min(right);
        counts.substituted += both;
        counts.deleted += left - both;
        counts.inserted += right - both;
    }
    counts
}

/// The stretches of equal forms within the tiles.
fn runs(a: &Document, b: &Document, alignment: &Alignment) -> Vec<Run> {
    let mut found = Vec::new();
    for tile in &alignment.tiles {
        let equal = |k: usize| a.words[tile.a + k].form == b.words[tile.b + k].form;
        let mut from = 0;
        for at in 0..=tile.len {
            if at == tile.len || !equal(at) {
                if at > from {
                    found.push(Run { a: a.piece(tile.a + from, tile.a + at), b: b.piece(tile.b + from, tile.b + at) });
                }
                from = at + 1;
            }
        }
    }
    found
}

fn describe(a: &Document, b: &Document, overlap: &Overlap) -> String {
    let (smaller, larger) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let quoted = match overlap.quoted {
        0 => "none of the shared words is quoted or reported from somebody in both".to_owned(),
        count => format!("{count} of the shared words are quoted or reported from somebody in both"),
    };
    format!(
        "of the {} words of {} {} stand in {} in runs of three and more; the longest unbroken run has {} words; {quoted}",
        smaller.len(),
        smaller.id,
        overlap.shared,
        larger.id,
        overlap.longest
    )
}
