//! The words of a quotation, as two articles give them.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use wirecopy_model::{Piece, Severity, Slot};
use wirecopy_text::{fold, words};

use super::find::{Candidate, Side};
use super::names::similar;
use super::params::{
    LONGEST_GAP, QUOTED_IN_ALIKE, QUOTED_SHARE, QUOTED_WORDS, SHORT_QUOTED_IN_ALIKE, SHORT_QUOTED_SHARE, UNMARKED_SHARE,
};
use super::veto::Veto;
use super::view::View;

/// A quotation, or a sentence that may be one without its marks.
pub(super) struct Passage {
    words: Vec<(String, Piece)>,
    /// Whether each of them has a capital.
    capital: Vec<bool>,
    marked: bool,
    /// The sentence that it begins in.
    sent: Option<usize>,
    /// The hashes of its words that say something, sorted.
    telling: Vec<u64>,
}

/// Words that stand in one passage between two words that both share, and what the other has there.
struct Gap {
    a: std::ops::Range<usize>,
    b: std::ops::Range<usize>,
    /// Whether words that both share stand on both sides.
    inner: bool,
}

/// The quotations of two articles that differ in a word that matters.
pub(super) fn differing(one: &View, passages: &[Passage], other: &View, against: &[Passage]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for a in passages {
        let best = against
            .iter()
            .filter(|b| (a.marked || b.marked) && share_a_word(&a.telling, &b.telling))
            .filter_map(|b| Some((common(a, b, sentences_alike((one, a), (other, b)))?, b)))
            .max_by(|(pairs, b), (with, than)| (pairs.len(), b.marked).cmp(&(with.len(), than.marked)));
        if let Some((pairs, b)) = best {
            found.extend(difference((one, a), (other, b), &pairs));
        }
    }
    found
}

/// How alike the sentences are that two quotations begin in.
fn sentences_alike((one, a): (&View, &Passage), (other, b): (&View, &Passage)) -> f32 {
    match (a.sent, b.sent) {
        (Some(at), Some(with)) => one.sents[at].likeness(&other.sents[with]),
        _ => 0.0,
    }
}

/// Whether two sorted lists have a member in common.
fn share_a_word(one: &[u64], other: &[u64]) -> bool {
    let mut others = other.iter().peekable();
    one.iter().any(|word| {
        while others.next_if(|&with| with < word).is_some() {}
        others.peek() == Some(&word)
    })
}

/// The quotations and sentences of an article.
pub(super) fn passages(view: &View) -> Vec<Passage> {
    let sentences = view.sents.iter().map(|sent| (sent.piece(&(0..sent.toks.len())), false));
    let quotations = view.quotations.iter().map(|&piece| (piece, true));
    let passage = |(piece, marked): (Piece, bool)| {
        let text = view.points.slice(piece);
        let place =
            |word: &wirecopy_text::Word| Piece::new(piece.start + word.piece.start, piece.start + word.piece.end);
        let words: Vec<(String, Piece)> =
            words(text).iter().take(LONGEST).map(|word| (fold(word.of(text)).into_owned(), place(word))).collect();
        let capital =
            words.iter().map(|&(_, piece)| view.points.slice(piece).starts_with(char::is_uppercase)).collect();
        let telling = words.iter().filter(|(word, _)| is_telling(word));
        let mut telling: Vec<u64> =
            telling.map(|(word, _)| BuildHasherDefault::<DefaultHasher>::default().hash_one(word)).collect();
        telling.sort_unstable();
        let begins = |sent: &super::view::Sent| sent.piece(&(0..sent.toks.len())).end > piece.start;
        let sent = Some(view.sents.partition_point(|sent| !begins(sent))).filter(|&at| at < view.sents.len());
        Passage { words, sent, capital, marked, telling }
    };
    quotations.chain(sentences).map(passage).filter(|passage| passage.words.len() >= QUOTED_WORDS).collect()
}

/// A passage is read up to so many words.
const LONGEST: usize = 200;

/// The words that stand in both in order, if they are enough for the two to be the same passage.
fn common(one: &Passage, other: &Passage, sentences: f32) -> Option<Vec<(usize, usize)>> {
    let pairs = longest_common(&one.words, &other.words);
    let shorter = one.words.len().min(other.words.len());
    let share = |of: usize| pairs.len() as f32 / of.max(1) as f32;
    let telling = pairs.iter().filter(|&&(a, _)| is_telling(&one.words[a].0)).count();
    // "Her heart 'just about stood still' when she saw it": what stands around the marks is the same too.
    let within_alike = sentences >= QUOTED_IN_ALIKE && share(shorter) >= SHORT_QUOTED_IN_ALIKE && telling >= 1;
    let enough = match (one.marked, other.marked) {
        (true, true) if telling < QUOTED_WORDS => {
            share(shorter) >= SHORT_QUOTED_SHARE && pairs.len() >= 2 * QUOTED_WORDS || within_alike
        }
        (true, true) => share(shorter) >= QUOTED_SHARE,
        (true, false) | (false, true) => share(shorter) >= UNMARKED_SHARE && pairs.len() >= 2 * QUOTED_WORDS,
        (false, false) => false,
    };
    let dense = |at: fn(&(usize, usize)) -> usize| {
        let (first, last) = (at(&pairs[0]), at(&pairs[pairs.len() - 1]));
        pairs.len() * 2 > last - first
    };
    let named = |&&(a, b): &&(usize, usize)| one.capital[a] && other.capital[b];
    let plain = pairs.iter().filter(|pair| is_telling(&one.words[pair.0].0) && !named(pair)).count();
    let named_alone = plain == 0 || plain < 2 && share(shorter) < SHORT_QUOTED_IN_ALIKE;
    // Names alone are shared by all that is said of one matter.
    (!named_alone
        && pairs.len() >= QUOTED_WORDS
        && (telling >= 2
            || telling >= 1 && share(shorter) >= UNMARKED_SHARE
            || within_alike && one.marked && other.marked)
        && enough
        && dense(|pair| pair.0)
        && dense(|pair| pair.1))
    .then_some(pairs)
}

fn longest_common(one: &[(String, Piece)], other: &[(String, Piece)]) -> Vec<(usize, usize)> {
    let width = other.len() + 1;
    let mut table = vec![0u16; (one.len() + 1) * width];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            table[a * width + b] = if alike(&one[a].0, &other[b].0) {
                table[(a + 1) * width + b + 1] + 1
            } else {
                table[(a + 1) * width + b].max(table[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < one.len() && b < other.len() {
        if alike(&one[a].0, &other[b].0) {
            pairs.push((a, b));
            a += 1;
            b += 1;
        } else if table[(a + 1) * width + b] >= table[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// The same word, but for spelling, number and person.
fn alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let shared = one.chars().zip(other.chars()).take_while(|(c, with)| c == with).count();
    let (length, with) = (one.chars().count(), other.chars().count());
    shared >= 4 && shared + 3 >= length.max(with) && !one.chars().any(|c| c.is_ascii_digit())
        || shared >= 3 && similar(one, other)
}

/// The gap of the alignment that says most, as a candidate.
fn difference(
    (one, a): (&View, &Passage),
    (other, b): (&View, &Passage),
    pairs: &[(usize, usize)],
) -> Option<Candidate> {
    let gaps = gaps(pairs, a, b);
    let telling = |gap: &Gap| {
        let count = |passage: &Passage, range: &std::ops::Range<usize>| {
            passage.words[range.clone()].iter().filter(|(word, _)| is_telling(word) || is_negation(word)).count()
        };
        (count(a, &gap.a), count(b, &gap.b))
    };
    let gap = gaps.iter().max_by_key(|gap| {
        let (x, y) = telling(gap);
        (!gap.a.is_empty() && !gap.b.is_empty(), x + y, std::cmp::Reverse(gap.a.start))
    })?;
    let (x, y) = telling(gap);
    let places = (place(a, &gap.a), place(b, &gap.b));
    let between = |view: &View, piece: Piece| {
        let around = Piece::new(piece.start.saturating_sub(2), piece.end + 2);
        let text = view.points.slice(around);
        text.contains(['[', ']', '…']) || text.contains("...") || text.contains(". . .")
    };
    let capital = |view: &View, piece: Piece| view.points.slice(piece).starts_with(char::is_uppercase);
    let replaced = !gap.a.is_empty() && !gap.b.is_empty();
    let veto = match () {
        _ if x + y == 0 => Some(Veto::SameMeaning),
        _ if gap_number(a, &gap.a).is_some_and(|value| gap_number(b, &gap.b) == Some(value)) => Some(Veto::SameMeaning),
        _ if between(one, places.0) || between(other, places.1) => Some(Veto::QuotePart),
        _ if gap.a.len().max(gap.b.len()) > LONGEST_GAP => Some(Veto::QuotePart),
        // A name in a sentence without marks is a name.
        _ if !(a.marked && b.marked) && capital(one, places.0) && capital(other, places.1) => Some(Veto::SameMeaning),
        _ if replaced && (x == 0 || y == 0) && x + y < 2 => Some(Veto::SameMeaning),
        _ if !(replaced || a.marked && b.marked) => Some(Veto::QuotePart),
        _ => None,
    };
    let text = |view: &View, piece: Piece| view.points.slice(piece).to_lowercase();
    Some(Candidate {
        slot: Slot::Wording,
        severity: if replaced && a.marked && b.marked { Severity::High } else { Severity::Medium },
        a: Side::told(text(one, places.0), places.0),
        b: Side::told(text(other, places.1), places.1),
        about: pairs
            .iter()
            .filter(|pair| is_telling(&a.words[pair.0].0))
            .take(4)
            .map(|pair| a.words[pair.0].0.clone())
            .collect(),
        local: pairs.len() as f32 / a.words.len().min(b.words.len()).max(1) as f32,
        global: 0.0,
        likeness: 0.0,
        other_verbs: false,
        veto,
    })
}

fn gaps(pairs: &[(usize, usize)], a: &Passage, b: &Passage) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut from = (0, 0);
    let ends = pairs.iter().copied().chain([(a.words.len(), b.words.len())]);
    for (at, to) in ends.enumerate() {
        let inner = at > 0 && at < pairs.len();
        let gap = Gap { a: from.0..to.0, b: from.1..to.1, inner };
        from = (to.0 + 1, to.1 + 1);
        // At an end of two quotations a word may be replaced; what only one has there was cut off.
        let kept = if inner {
            !gap.a.is_empty() || !gap.b.is_empty()
        } else {
            !gap.a.is_empty() && !gap.b.is_empty() && a.marked && b.marked && gap.a.len().max(gap.b.len()) <= 2
        };
        if kept {
            gaps.push(gap);
        }
    }
    gaps.retain(|gap| {
        (gap.inner || gap.a.len() == gap.b.len()) && !is_respelt(gap, a, b) && !is_at_edge(gap, pairs, a, b)
    });
    gaps
}

/// Whether the words of a gap are the same letters: "FirstGroup" and "First Group", "&" and "and".
fn is_respelt(gap: &Gap, a: &Passage, b: &Passage) -> bool {
    let letters = |passage: &Passage, range: &std::ops::Range<usize>| -> String {
        let words = passage.words[range.clone()].iter().filter(|(word, _)| word != "and");
        words.flat_map(|(word, _)| word.chars()).filter(|letter| letter.is_alphanumeric()).collect()
    };
    let (own, theirs) = (letters(a, &gap.a), letters(b, &gap.b));
    !own.is_empty() && own == theirs
}

/// Whether what only one passage has stands beside one or two words at its end that both have: the other begins or ends
/// there, and those words are the same by chance.
fn is_at_edge(gap: &Gap, pairs: &[(usize, usize)], a: &Passage, b: &Passage) -> bool {
    let before = pairs.iter().filter(|pair| pair.0 < gap.a.start || pair.1 < gap.b.start).count();
    let after = pairs.len() - before;
    let negates = |passage: &Passage, range: &std::ops::Range<usize>| {
        passage.words[range.clone()].iter().any(|(word, _)| is_negation(word))
    };
    let one_sided = gap.a.is_empty() || gap.b.is_empty();
    one_sided && !negates(a, &gap.a) && !negates(b, &gap.b) && before.min(after) <= EDGE
}

/// So few words at the end of a passage may be the same by chance.
const EDGE: usize = 2;

/// The number that the words of a gap are, in words or digits.
fn gap_number(passage: &Passage, range: &std::ops::Range<usize>) -> Option<u32> {
    let words = passage.words[range.clone()].iter().map(|(word, _)| word.as_str());
    let mut words = words.filter(|word| is_telling(word));
    let (word, None) = (words.next()?, words.next()) else { return None };
    const NAMED: [&[&str]; 12] = [
        &["one", "first"],
        &["two", "second"],
        &["three", "third"],
        &["four", "fourth"],
        &["five", "fifth"],
        &["six", "sixth"],
        &["seven", "seventh"],
        &["eight", "eighth"],
        &["nine", "ninth"],
        &["ten", "tenth"],
        &["eleven", "eleventh"],
        &["twelve", "twelfth"],
    ];
    let named = NAMED.iter().position(|names| names.contains(&word)).map(|at| at as u32 + 1);
    named.or_else(|| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok())
}

/// The words of a gap; of one with nothing in it the words on both sides.
fn place(passage: &Passage, range: &std::ops::Range<usize>) -> Piece {
    let range = if range.is_empty() {
        range.start.saturating_sub(1)..(range.end + 1).min(passage.words.len())
    } else {
        range.clone()
    };
    Piece::new(passage.words[range.start].1.start, passage.words[range.end - 1].1.end)
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "no" | "never" | "none" | "nobody" | "nothing") || word.ends_with("n't")
}

/// Whether a word says something: it is not one of those that hold a sentence together.
fn is_telling(word: &str) -> bool {
    const HOLDING: &[&str] = &[
        "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "is",
        "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "do", "does", "did", "it", "its",
        "he", "she", "they", "we", "i", "you", "him", "her", "them", "us", "me", "his", "their", "our", "my", "your",
        "this", "that", "these", "those", "who", "which", "what", "there", "so", "if", "then", "will", "would", "can",
        "could", "should", "may", "might", "shall", "up", "out", "into", "about", "also", "too", "s", "t", "re", "ve",
        "ll", "said", "says", "that's", "it's", "i'm", "we're", "you're", "they're", "i've", "we've", "very", "really",
        "well", "y'all", "all", "when",
    ];
    !HOLDING.contains(&word)
}
