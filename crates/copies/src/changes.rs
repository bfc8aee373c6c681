//! What was changed between two texts: each edit with its kind.

use wirecopy_model::{Change, ChangeKind, Piece, QuoteEditKind};

use crate::align::{Alignment, align_short};
use crate::document::{Document, Word, flag};
use crate::relate::Pair;
use crate::spelling;

/// Each change between the two documents of a pair, in the order of `a`; what `b` alone has stands where it was put in.
///
/// `a` and `b` are the documents that [`relate`](crate::relate) was given, in either order; offsets are code points of
/// their texts.
///
/// ```
/// use wirecopy_copies::{Document, changes, relate};
/// use wirecopy_model::ChangeKind;
/// let a = Document::of_text("a", "The dam at Orrin broke before dawn and 12 houses were lost, she said.");
/// let b = Document::of_text("b", "The dam at Orrin broke before dawn and 15 houses were lost, she said.");
/// let pair = relate(&a, &b).unwrap();
/// let found = changes(&a, &b, &pair);
/// assert_eq!(found.iter().map(|change| change.kind).collect::<Vec<_>>(), [ChangeKind::Number]);
/// ```
pub fn changes(a: &Document, b: &Document, pair: &Pair) -> Vec<Change> {
    if a.id > b.id {
        return changes(b, a, pair);
    }
    let mut found = Vec::new();
    for part in parts(&a.words, &b.words, &pair.alignment) {
        let (left, right) = (range_of(&a.words, part.a), range_of(&b.words, part.b));
        let in_quote = left.iter().chain(right).any(|word| word.is(flag::QUOTED));
        let kind = match part.kind {
            PartKind::Moved => Some(ChangeKind::Moved),
            PartKind::Same => None,
            PartKind::Changed => Some(kind_of_change(a, b, part)),
        };
        if let Some(kind) = kind {
            found.push(Change { kind, a: place(left), b: place(right), in_quote });
        }
        if part.kind == PartKind::Same {
            typography(a, b, part, &mut found);
        }
    }
    found
}

/// One step of an alignment of words, from the first text to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordEdit {
    /// What was changed; `None` where the words are the same.
    pub kind: Option<QuoteEditKind>,
    /// Where it stands in the first text, in code points; empty, at the place of the insertion, where words were put
    /// in.
    pub a: Piece,
    /// Where it stands in the second text; empty where words were left out.
    pub b: Piece,
}

/// Aligns two short texts, such as two wordings of a quotation, word by word.
///
/// The steps cover all words of both texts in the order of the first. Case, the shape of marks and what stands between
/// words are typography, apart from changed words.
///
/// ```
/// use wirecopy_copies::align_words;
/// use wirecopy_model::QuoteEditKind;
/// let steps = align_words("our unwavering support for Orrin", "our steadfast support for Orrin");
/// let kinds: Vec<_> = steps.iter().map(|step| step.kind).collect();
/// assert_eq!(kinds, [None, Some(QuoteEditKind::Substituted), None]);
/// ```
pub fn align_words(a: &str, b: &str) -> Vec<WordEdit> {
    let (a, b) = (Document::of_text("a", a), Document::of_text("b", b));
    let alignment = align_short(&a.words, &b.words);
    let mut steps = Vec::new();
    for part in parts(&a.words, &b.words, &alignment) {
        let kind = match part.kind {
            PartKind::Moved => Some(QuoteEditKind::Moved),
            PartKind::Same => None,
            PartKind::Changed => Some(kind_of_edit(&a, &b, part)),
        };
        if part.kind == PartKind::Same {
            same_words(&a, &b, part, &mut steps);
        } else {
            steps.push(WordEdit { kind, a: place_or_gap(&a, part.a), b: place_or_gap(&b, part.b) });
        }
    }
    steps
}

/// A part of an alignment, as ranges of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub a: (usize, usize),
    pub b: (usize, usize),
    pub kind: PartKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    /// The same forms in the same order.
    Same,
    /// The same stems elsewhere.
    Moved,
    /// Words in the place of others, or of none.
    Changed,
}

/// The alignment as parts in the order of `a`. Words of one stem but of another form are changed ones.
pub(crate) fn parts(a: &[Word], b: &[Word], alignment: &Alignment) -> Vec<Part> {
    let mut found = Vec::new();
    for tile in &alignment.tiles {
        let end = (tile.a + tile.len, tile.b + tile.len);
        if tile.moved {
            found.push(Part { a: (tile.a, end.0), b: (tile.b, end.1), kind: PartKind::Moved });
            continue;
        }
        let same = |k: usize| a[tile.a + k].form == b[tile.b + k].form;
        let mut from = 0;
        for at in 1..=tile.len {
            if at == tile.len || same(at) != same(from) {
                let kind = if same(from) { PartKind::Same } else { PartKind::Changed };
                // Each word that changed its form is a change of its own.
                let step = if same(from) { at - from } else { 1 };
                for k in (from..at).step_by(step) {
                    found.push(Part { a: (tile.a + k, tile.a + k + step), b: (tile.b + k, tile.b + k + step), kind });
                }
                from = at;
            }
        }
    }
    found.extend(alignment.gaps.iter().map(|gap| Part { a: gap.a, b: gap.b, kind: PartKind::Changed }));
    found.sort_unstable_by_key(|part| (part.a, part.b));
    found
}

fn range_of(words: &[Word], range: (usize, usize)) -> &[Word] {
    &words[range.0..range.1]
}

fn place(words: &[Word]) -> Option<Piece> {
    Some(Piece::new(words.first()?.point as usize, words.last()?.point_end as usize))
}

fn place_or_gap(document: &Document, range: (usize, usize)) -> Piece {
    place(range_of(&document.words, range)).unwrap_or_else(|| {
        let at = document.words.get(range.0).map_or_else(
            || document.words.last().map_or(0, |word| word.point_end as usize),
            |word| word.point as usize,
        );
        Piece::new(at, at)
    })
}

/// What kind of change it is when words stand in the place of others. Substance first.
fn kind_of_change(a: &Document, b: &Document, part: Part) -> ChangeKind {
    let (left, right) = (range_of(&a.words, part.a), range_of(&b.words, part.b));
    let negations = |words: &[Word]| words.iter().filter(|word| word.is(flag::NEGATES)).count();
    let short = left.len().max(right.len()) <= LONGEST_PHRASE;
    if short && negations(left) != negations(right) {
        return ChangeKind::Negation;
    }
    if left.is_empty() {
        return ChangeKind::Added;
    }
    if right.is_empty() {
        return ChangeKind::Cut;
    }
    if !short {
        return ChangeKind::Other;
    }
    let (from, to) = (a.slice(part.a.0, part.a.1), b.slice(part.b.0, part.b.1));
    if spelling::same_letters(from, to) {
        return ChangeKind::Typography;
    }
    let stems = |words: &[Word], flags: u16| {
        let mut stems: Vec<u32> = words
            .iter()
            .filter(|word| flags == 0 || word.is(flags) && word.is_content())
            .map(|word| word.stem)
            .collect();
        stems.sort_unstable();
        stems
    };
    if stems(left, 0) == stems(right, 0) && left.len() > 1 {
        return ChangeKind::Order;
    }
    let differ = |flags: u16| stems(left, flags) != stems(right, flags);
    if differ(flag::DATES) || differ(flag::NUMBER) && (is_year(left) || is_year(right)) {
        return ChangeKind::Date;
    }
    if differ(flag::NUMBER) {
        return ChangeKind::Number;
    }
    if spelling::is_variant(from, to) {
        return ChangeKind::Spelling;
    }
    let inner = |words: &[Word]| {
        words.iter().any(|word| word.is(flag::CAPITAL) && !word.is(flag::SENTENCE) && word.is_content())
    };
    if (inner(left) || inner(right)) && differ(flag::CAPITAL) {
        return ChangeKind::Name;
    }
    if left.len().max(right.len()) <= LONGEST_SYNONYM { ChangeKind::Synonym } else { ChangeKind::Other }
}

/// Longer replacements are passages, not phrases.
const LONGEST_PHRASE: usize = 12;

/// The longest phrase that can be called a synonym.
const LONGEST_SYNONYM: usize = 3;

fn is_year(words: &[Word]) -> bool {
    // A year is a number of four digits without anything in it.
    words.iter().any(|word| word.is(flag::NUMBER) && word.end - word.start == 4)
}

fn kind_of_edit(a: &Document, b: &Document, part: Part) -> QuoteEditKind {
    let (from, to) = (a.slice(part.a.0, part.a.1), b.slice(part.b.0, part.b.1));
    if from.is_empty() {
        QuoteEditKind::Inserted
    } else if to.is_empty() {
        QuoteEditKind::Deleted
    } else if spelling::same_letters(from, to) {
        QuoteEditKind::Typography
    } else if spelling::is_variant(from, to) {
        QuoteEditKind::Spelling
    } else {
        QuoteEditKind::Substituted
    }
}

/// Differences of case in the words of a part that is the same, and of what stands between them.
fn typography(a: &Document, b: &Document, part: Part, found: &mut Vec<Change>) {
    for k in 0..part.a.1 - part.a.0 {
        let (x, y) = (a.words[part.a.0 + k], b.words[part.b.0 + k]);
        let in_quote = x.is(flag::QUOTED) || y.is(flag::QUOTED);
        if a.word(part.a.0 + k) != b.word(part.b.0 + k) {
            found.push(Change { kind: ChangeKind::Typography, a: Some(x.piece()), b: Some(y.piece()), in_quote });
        }
        if k == 0 {
            continue;
        }
        let (before_a, before_b) = (a.words[part.a.0 + k - 1], b.words[part.b.0 + k - 1]);
        if !same_between(a.between(before_a, x), b.between(before_b, y)) {
            found.push(Change {
                kind: ChangeKind::Typography,
                a: Some(Piece::new(before_a.point_end as usize, x.point as usize)),
                b: Some(Piece::new(before_b.point_end as usize, y.point as usize)),
                in_quote,
            });
        }
    }
}

fn same_between(a: &str, b: &str) -> bool {
    a == b
        || a.split_whitespace().eq(b.split_whitespace())
            && a.contains(char::is_whitespace) == b.contains(char::is_whitespace)
}

/// The steps of a part that is the same: typographic differences apart.
fn same_words(a: &Document, b: &Document, part: Part, steps: &mut Vec<WordEdit>) {
    let differs = |k: usize| {
        let (x, y) = (part.a.0 + k, part.b.0 + k);
        a.word(x) != b.word(y)
            || k > 0 && !same_between(a.between(a.words[x - 1], a.words[x]), b.between(b.words[y - 1], b.words[y]))
    };
    let len = part.a.1 - part.a.0;
    let mut from = 0;
    for at in 1..=len {
        if at == len || differs(at) != differs(from) {
            let kind = differs(from).then_some(QuoteEditKind::Typography);
            steps.push(WordEdit {
                kind,
                a: a.piece(part.a.0 + from, part.a.0 + at),
                b: b.piece(part.b.0 + from, part.b.0 + at),
            });
            from = at;
        }
    }
}
