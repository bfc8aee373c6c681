use wirecopy_model::{CopyEdge, Coverage, Direction, EditCounts, Evidence, Relation, Run};

use crate::align::{Alignment, align};
use crate::document::{Document, flag};
use crate::params::relation as params;

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
    /// Of these, content words.
    pub content: usize,
    /// Of the shared ones, words that both sides quote or report from somebody.
    pub quoted: usize,
    /// Shared content words that they do not both quote or report.
    pub own_content: usize,
    /// The longest run, in words, and the longest that is not quoted or reported.
    pub longest: usize,
    pub longest_own: usize,
    /// Words in tiles of any kind.
    pub kept: usize,
    /// Numbers and names in tiles.
    pub anchors: usize,
    /// Weight of the shared unquoted.
    pub runs: usize,
}

/// Verifies that two documents share text, and how. `None` where what they share is what any two texts may share.
///
/// A pure function of the two: no third text is looked at. The pair's `a` is the document whose id sorts first.
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
    let alignment = align(a, b);
    let overlap = overlap(a, b, &alignment);
    let (relation, score) = judge(a, b, &overlap, &alignment)?;
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
pub(crate) fn overlap(a: &Document, b: &Document, alignment: &Alignment) -> Overlap {
    let mut sum = Overlap::default();
    for tile in &alignment.tiles {
        sum.kept += tile.len;
        let strong = counts(a, tile.a, tile.len);
        if strong {
            sum.longest = sum.longest.max(tile.len);
            sum.runs += 1;
        }
        let mut own_run = 0;
        for k in 0..tile.len {
            let (x, y) = (a.words[tile.a + k], b.words[tile.b + k]);
            if (x.is(flag::NUMBER | flag::CAPITAL)) && (y.is(flag::NUMBER | flag::CAPITAL)) && x.is_content() {
                sum.anchors += 1;
            }
            if !strong {
                continue;
            }
            sum.shared += 1;
            sum.content += usize::from(x.is_content());
            if both_quote(x.flags, y.flags) {
                sum.quoted += 1;
                own_run = 0;
            } else {
                own_run += 1;
                sum.own_content += usize::from(x.is_content());
                sum.longest_own = sum.longest_own.max(own_run);
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

fn judge(a: &Document, b: &Document, overlap: &Overlap, alignment: &Alignment) -> Option<(Relation, f64)> {
    if a.content == b.content && a.len() == b.len() && !a.is_empty() {
        return Some((Relation::Exact, 1.0));
    }
    let smaller = a.len().min(b.len()).max(1);
    let own = overlap.shared - overlap.quoted;
    let share = own as f64 / smaller as f64;
    let is_copy = own >= params::OWN_WORDS && share >= params::OWN_SHARE;
    if is_copy {
        let kept: usize = alignment.tiles.iter().map(|tile| tile.len).sum();
        let near = kept as f64 >= params::NEAR_SHARE * smaller as f64;
        let score = (0.5 + share).min(0.99);
        return Some((if near { Relation::Near } else { Relation::Rewrite }, score));
    }
    (overlap.quoted >= params::QUOTED_WORDS).then_some((Relation::SharedQuote, 0.9))
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
    format!(
        "{} of {} and {} words stand in both, the longest run has {}, {} of them are quoted or reported in both",
        overlap.shared,
        a.len(),
        b.len(),
        overlap.longest,
        overlap.quoted
    )
}
