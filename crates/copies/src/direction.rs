//! Which of two texts was made from the other: what speaks for either, in words that a person can check.

use wirecopy_model::Evidence;

use crate::changes::{Part, PartKind, parts};
use crate::damage::{Damage, damage};
use crate::document::{Document, Word, flag};
use crate::hash::mix;
use crate::params::direction as params;
use crate::relate::Pair;

/// One piece of evidence for a direction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signal {
    /// The logarithm of the odds that it gives for "b was made from a"; negative for the other way.
    pub weight: f64,
    pub evidence: Evidence,
}

/// What speaks for either direction of a pair of documents, given others that are copies of neither.
pub(crate) fn signals(a: &Document, b: &Document, pair: &Pair, witnesses: &[&Document]) -> Vec<Signal> {
    let parts = parts(&a.words, &b.words, &pair.alignment);
    let mut found = Vec::new();
    found.extend(third_witness(a, b, &parts, witnesses));
    found.extend(damaged(a, b, pair));
    found.extend(claimed_dates(a, b));
    found.extend(credits(a, b));
    found.extend(growth(a, b, pair));
    found
}

/// A reading that a third text confirms is the older one.
fn third_witness(a: &Document, b: &Document, parts: &[Part], witnesses: &[&Document]) -> Vec<Signal> {
    let mut confirmed: [Vec<String>; 2] = Default::default();
    for part in parts.iter().filter(|part| part.kind == PartKind::Changed) {
        let (left, right) = (turns(&a.words, part.a), turns(&b.words, part.b));
        let mut by = [None, None];
        for witness in witnesses {
            let has = |turns: &[u32]| {
                turns.iter().any(|turn| witness.pairs.binary_search_by_key(turn, |pair| pair.0).is_ok())
            };
            match (has(&left), has(&right)) {
                (true, false) => by[0] = by[0].or(Some(*witness)),
                (false, true) => by[1] = by[1].or(Some(*witness)),
                _ => {}
            }
        }
        let (from, to) = (a.slice(part.a.0, part.a.1), b.slice(part.b.0, part.b.1));
        if let (Some(witness), None) = (by[0], by[1]) {
            confirmed[0].push(reading(a, from, b, to, witness));
        } else if let (None, Some(witness)) = (by[0], by[1]) {
            confirmed[1].push(reading(b, to, a, from, witness));
        }
    }
    let weight = |count: usize| params::WITNESS * (count as f64).sqrt();
    let mut found = Vec::new();
    for (side, readings) in confirmed.into_iter().enumerate() {
        let sign = if side == 0 { 1.0 } else { -1.0 };
        let total = weight(readings.len());
        let count = readings.len();
        for reading in readings.into_iter().take(params::SHOWN) {
            let share = total / count.min(params::SHOWN) as f64;
            found.push(Signal { weight: sign * share, evidence: Evidence::new("third-witness", reading) });
        }
    }
    found
}

fn reading(has: &Document, what: &str, other: &Document, instead: &str, witness: &Document) -> String {
    let what = shorten(what);
    match instead {
        "" => format!("{} has “{what}”, which {} confirms; {} leaves it out", has.id, witness.id, other.id),
        _ => format!("{} has “{what}”, which {} confirms; {} has “{}”", has.id, witness.id, other.id, shorten(instead)),
    }
}

/// At most twelve words of a text on one line.
pub(crate) fn shorten(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 12 { words.join(" ") } else { format!("{} …", words[..11].join(" ")) }
}

/// Hashes of the neighbours, within the part and at its edges, that hold a content word of the part.
fn turns(words: &[Word], (from, to): (usize, usize)) -> Vec<u32> {
    let mut found = Vec::new();
    for at in from.saturating_sub(1)..to.min(words.len().saturating_sub(1)) {
        let own = |k: usize| k >= from && k < to && words[k].is_content();
        if (own(at) || own(at + 1)) && !words[at + 1].is(flag::PARAGRAPH) {
            found.push(mix(u64::from(words[at].stem) << 32 | u64::from(words[at + 1].stem)) as u32);
        }
    }
    found
}

/// What is broken in one text where the other is whole.
fn damaged(a: &Document, b: &Document, pair: &Pair) -> Vec<Signal> {
    let mut found = Vec::new();
    let outside = |damages: Vec<Damage>, other: &[Damage]| -> Vec<Damage> {
        damages.into_iter().filter(|damage| !other.iter().any(|same| same.words == damage.words)).collect()
    };
    let (in_a, in_b) = (damage(a), damage(b));
    let only_a = outside(in_a.clone(), &in_b);
    let only_b = outside(in_b, &in_a);
    let aligned = |from: usize, to: usize, side: usize| {
        pair.alignment.tiles.iter().any(|tile| {
            let at = if side == 0 { tile.a } else { tile.b };
            at < to + params::NEAR_WORDS && from < at + tile.len + params::NEAR_WORDS
        })
    };
    for (side, document, other, damages) in [(0, a, b, only_a), (1, b, a, only_b)] {
        let sign = if side == 0 { -1.0 } else { 1.0 };
        for (nth, damage) in damages.iter().filter(|damage| aligned(damage.at.0, damage.at.1, side)).enumerate() {
            if nth >= params::SHOWN {
                break;
            }
            found.push(Signal {
                weight: sign * params::DAMAGE / (1.0 + nth as f64),
                evidence: Evidence::new(
                    "damage",
                    format!(
                        "{} has {} at “{}”, {} does not",
                        document.id,
                        damage.what,
                        shorten(&damage.words),
                        other.id
                    ),
                ),
            });
        }
    }
    found
}

fn claimed_dates(a: &Document, b: &Document) -> Option<Signal> {
    let (first, second) = (a.day?, b.day?);
    if first == second {
        return None;
    }
    let weight = if first < second { params::CLAIMED_DATE } else { -params::CLAIMED_DATE };
    let detail = format!("{} claims to be of {first}, {} of {second}", a.id, b.id);
    Some(Signal { weight, evidence: Evidence::new("claimed-date", detail) })
}

/// A text that names the other's outlet or links to it, or carries its agency's mark.
fn credits(a: &Document, b: &Document) -> Vec<Signal> {
    let names = |text: &Document, other: &Document| -> Option<String> {
        let own = text.source.as_deref().unwrap_or("");
        let source = other.source.as_deref().filter(|name| name.chars().count() >= 4 && *name != own)?;
        text.text.contains(source).then(|| format!("{} names {source}, where {} appeared", text.id, other.id))
    };
    match (names(a, b), names(b, a)) {
        (None, Some(detail)) => vec![Signal { weight: params::CREDIT, evidence: Evidence::new("credit", detail) }],
        (Some(detail), None) => vec![Signal { weight: -params::CREDIT, evidence: Evidence::new("credit", detail) }],
        _ => Vec::new(),
    }
}

/// Works of reference grow: what one text has more was put in. A report is cut as often as it is filled, so there this
/// says nothing. Counted are places, not words: one long passage is one decision.
fn growth(a: &Document, b: &Document, pair: &Pair) -> Option<Signal> {
    let scale = 1.0 - reporting(a, b);
    let mut added = Growth::default();
    let mut cut = Growth::default();
    for gap in &pair.alignment.gaps {
        let (left, right) = (gap.a.1 - gap.a.0, gap.b.1 - gap.b.0);
        match (left, right) {
            (0, words) => added.count(words),
            (words, 0) => cut.count(words),
            _ => {}
        }
    }
    let ratio = |added: usize, cut: usize| ((added as f64 + 0.5) / (cut as f64 + 0.5)).ln();
    let weight = params::PHRASES_ADDED * ratio(added.phrases, cut.phrases)
        + params::PASSAGES_ADDED * ratio(added.passages, cut.passages)
        + params::WORDS_ADDED * ((added.words as f64 + 2.0) / (cut.words as f64 + 2.0)).ln();
    let weight = scale * weight.clamp(-params::MOST_GROWTH, params::MOST_GROWTH);
    if weight.abs() < params::LEAST {
        return None;
    }
    let detail = format!(
        "{} has {} passages and {} phrases that {} has not, the other way there are {} and {}; works of reference grow",
        b.id, added.passages, added.phrases, a.id, cut.passages, cut.phrases
    );
    Some(Signal { weight, evidence: Evidence::new("growth", detail) })
}

/// What stands in one text only.
#[derive(Default)]
struct Growth {
    phrases: usize,
    passages: usize,
    words: usize,
}

impl Growth {
    fn count(&mut self, words: usize) {
        self.words += words;
        if words <= params::PHRASE { self.phrases += 1 } else { self.passages += 1 }
    }
}

/// From 0 to 1, how much the two are reports of what happened and what people said, rather than works of reference.
/// Pages that claim a day are of the press.
pub(crate) fn reporting(a: &Document, b: &Document) -> f64 {
    if a.day.is_some() && b.day.is_some() {
        return 1.0;
    }
    let density = (a.speech() + b.speech()) / 2.0;
    ((density - params::REFERENCE_SPEECH) / (params::REPORT_SPEECH - params::REFERENCE_SPEECH)).clamp(0.0, 1.0)
}

impl Document {
    /// How many quotations and verbs of speech it has for a word.
    fn speech(&self) -> f64 {
        let told = self.words.iter().filter(|word| word.is(flag::REPORTS) && !word.is(flag::QUOTED)).count();
        (told + self.quotes.len()) as f64 / self.words.len().max(1) as f64
    }
}
