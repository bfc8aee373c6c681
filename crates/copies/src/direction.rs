//! Which of two texts was made from the other: what speaks for either, in words that a person can check.

use wirecopy_model::Evidence;

use crate::changes::{Part, PartKind, parts};
use crate::credit::{Credit, credit};
use crate::damage::Damage;
use crate::document::{Document, flag, turn};
use crate::params::{direction as params, merge};
use crate::readings::NONE;
use crate::relate::Pair;

/// One piece of evidence for a direction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signal {
    /// The logarithm of the odds that it gives for "b was made from a"; negative for the other way.
    pub weight: f64,
    /// Whether it shows that one text was altered: then the other was not made from it. Texts that were both altered
    /// were both made from a third.
    pub alters: bool,
    /// Whether it shows that the other text itself was the source: who altered which words says nothing of a third text
    /// with the words of the other, from which both may have been made.
    pub shows: bool,
    pub evidence: Evidence,
}

impl Signal {
    fn new(weight: f64, alters: bool, kind: &str, detail: String) -> Self {
        Signal { weight, alters, shows: false, evidence: Evidence::new(kind, detail) }
    }
}

impl Signal {
    /// That a text was made from one that is not at hand, which says nothing of the direction.
    pub fn lost(detail: String) -> Self {
        Signal::new(0.0, false, "lost-source", detail)
    }

    /// That `merger` joins `source` with a text that has nothing to do with it; `sign` is 1 where the merger is `b`.
    pub fn merge(merger: &Document, source: &Document, sign: f64) -> Self {
        let detail = format!(
            "{} joins a part of {} with a part of another text, and these two share no text with each other",
            merger.id, source.id
        );
        Signal::new(sign * merge::MERGE, false, "merge", detail)
    }
}

/// How probable each way is that two kindred texts came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ways {
    pub a_to_b: f64,
    pub b_to_a: f64,
    /// Both were made from a third.
    pub siblings: f64,
    /// The same where lost sources are as common as they may be.
    pub siblings_at_most: f64,
}

/// Weighs the evidence of a pair: `reporting` (0 to 1) is how much the two are reports.
pub(crate) fn weigh(signals: &[Signal], reporting: f64) -> Ways {
    let sum = |of: &dyn Fn(&Signal) -> f64| signals.iter().map(of).sum::<f64>().min(params::MOST);
    let b_altered = sum(&|signal| if signal.alters { signal.weight.max(0.0) } else { 0.0 });
    let a_altered = sum(&|signal| if signal.alters { (-signal.weight).max(0.0) } else { 0.0 });
    let other: f64 = signals.iter().filter(|signal| !signal.alters).map(|signal| signal.weight).sum();
    let other = other.clamp(-params::MOST, params::MOST);
    let prior = params::SIBLINGS * reporting + params::SIBLINGS_REFERENCE * (1.0 - reporting);
    // Where one side shows many alterations, a few on the other are noise: chance confirmations, slips of the original.
    let (a_altered, b_altered) =
        ((a_altered - params::NOISE * b_altered).max(0.0), (b_altered - params::NOISE * a_altered).max(0.0));
    // A sibling would be altered itself, the more likely the more the other is.
    let prior = prior / (1.0 + params::ALTERED_ALONE * (a_altered - b_altered).abs());
    let (a_to_b, b_to_a) = ((other / 2.0 - a_altered).exp(), (-other / 2.0 - b_altered).exp());
    let all = a_to_b + b_to_a + prior;
    let most = params::SIBLINGS_AT_MOST * prior;
    Ways {
        a_to_b: a_to_b / all,
        b_to_a: b_to_a / all,
        siblings: prior / all,
        siblings_at_most: most / (a_to_b + b_to_a + most),
    }
}

/// A pair of documents with what is broken in each, and others that are copies of neither.
pub(crate) struct Sides<'d> {
    pub a: &'d Document,
    pub b: &'d Document,
    pub broken_a: &'d [Damage],
    pub broken_b: &'d [Damage],
    pub witnesses: &'d [&'d Document],
    /// From 0 to 1, how much the two are reports rather than works of reference.
    pub reporting: f64,
}

/// A third text of the family, that has the same source as one of the pair.
pub(crate) struct Third<'d> {
    /// Whether it is beside `b`.
    pub of_b: bool,
    /// For each word of the text beside it its own word in the same place.
    pub shared: &'d [u32],
    pub broken: &'d [Damage],
}

/// What speaks for either direction of a pair of documents.
pub(crate) fn signals(sides: &Sides, pair: &Pair) -> Vec<Signal> {
    let (a, b) = (sides.a, sides.b);
    let mut found = Vec::new();
    if !sides.witnesses.is_empty() {
        found.extend(third_witness(sides, &parts(&a.words, &b.words, &pair.alignment)));
    }
    found.extend(damaged(sides, pair));
    found.extend(claimed_dates(a, b));
    found.extend(credits(a, b));
    found.extend(growth(sides, pair));
    found.extend(cut(sides, pair));
    found
}

/// The same for one of a pair and a lost source that the other shares with a third: what the other has alone says nothing
/// of the source.
pub(crate) fn signals_of_lost(sides: &Sides, pair: &Pair, third: &Third) -> Vec<Signal> {
    let mut found = Vec::new();
    if !sides.witnesses.is_empty() {
        let mut parts = parts(&sides.a.words, &sides.b.words, &pair.alignment);
        let of_source = |part: &Part| {
            let (from, to) = if third.of_b { part.b } else { part.a };
            third.shared[from..to].iter().all(|&word| word != NONE)
        };
        parts.retain(of_source);
        found.extend(third_witness(sides, &parts));
    }
    let common = |broken: &[Damage]| -> Vec<Damage> {
        broken.iter().filter(|damage| third.broken.iter().any(|other| other.words == damage.words)).cloned().collect()
    };
    let (mut of_a, mut of_b) = (sides.broken_a.to_vec(), sides.broken_b.to_vec());
    if third.of_b {
        of_b = common(&of_b)
    } else {
        of_a = common(&of_a)
    }
    found.extend(damaged(&Sides { broken_a: &of_a, broken_b: &of_b, ..*sides }, pair));
    found
}

/// A reading that a third text confirms is the older one. What one side merely lacks may have been cut by either.
fn third_witness(sides: &Sides, parts: &[Part]) -> Vec<Signal> {
    let (a, b) = (sides.a, sides.b);
    let mut confirmed: [Vec<String>; 2] = Default::default();
    for part in parts.iter().filter(|part| part.kind == PartKind::Changed) {
        let (left, right) = (turns(a, part.a, b), turns(b, part.b, a));
        if left.len() < params::WITNESS_TURNS || right.len() < params::WITNESS_TURNS {
            continue;
        }
        let mut by = [None, None];
        for witness in sides.witnesses {
            let has = |turns: &[u32]| {
                turns.iter().filter(|&turn| witness.pairs.binary_search_by_key(turn, |pair| pair.0).is_ok()).count()
            };
            match (has(&left), has(&right)) {
                (hits, 0) if hits >= params::WITNESS_TURNS => by[0] = by[0].or(Some(*witness)),
                (0, hits) if hits >= params::WITNESS_TURNS => by[1] = by[1].or(Some(*witness)),
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
    let mut found = Vec::new();
    for (side, readings) in confirmed.into_iter().enumerate() {
        let sign = if side == 0 { 1.0 } else { -1.0 };
        // Several confirmed readings may stem from one hand, so they count as their root.
        let total = params::WITNESS * (readings.len() as f64).sqrt();
        let shown = readings.len().min(params::SHOWN);
        for reading in readings.into_iter().take(shown) {
            found.push(Signal::new(sign * total / shown as f64, true, "third-witness", reading));
        }
    }
    found
}

fn reading(has: &Document, what: &str, other: &Document, instead: &str, witness: &Document) -> String {
    let (what, instead) = (shorten(what), shorten(instead));
    format!("{} has “{what}”, which {} confirms; {} has “{instead}”", has.id, witness.id, other.id)
}

/// At most twelve words of a text on one line.
pub(crate) fn shorten(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 12 { words.join(" ") } else { format!("{} …", words[..11].join(" ")) }
}

/// Hashes of the neighbours, within the part and at its edges, that hold a content word of the part and stand nowhere
/// in the other text.
fn turns(document: &Document, (from, to): (usize, usize), other: &Document) -> Vec<u32> {
    let words = &document.words;
    let mut found = Vec::new();
    for at in from.saturating_sub(1)..to.min(words.len().saturating_sub(1)) {
        let own = |k: usize| k >= from && k < to && words[k].is_content();
        if (own(at) || own(at + 1)) && !words[at + 1].is(flag::PARAGRAPH) {
            let turn = turn(words[at], words[at + 1]);
            if other.pairs.binary_search_by_key(&turn, |pair| pair.0).is_err() {
                found.push(turn);
            }
        }
    }
    found
}

/// What is broken in one text where the other is whole. Works of reference are repaired, so there it says nothing.
fn damaged(sides: &Sides, pair: &Pair) -> Vec<Signal> {
    let scale = sides.reporting;
    let mut found = Vec::new();
    if scale == 0.0 || sides.broken_a.is_empty() && sides.broken_b.is_empty() {
        return found;
    }
    let near = |at: (usize, usize), side: usize| {
        pair.alignment.tiles.iter().any(|tile| {
            let from = if side == 0 { tile.a } else { tile.b };
            from < at.1 + params::NEAR_WORDS && at.0 < from + tile.len + params::NEAR_WORDS
        })
    };
    let all =
        [(0, sides.a, sides.b, sides.broken_a, sides.broken_b), (1, sides.b, sides.a, sides.broken_b, sides.broken_a)];
    for (side, document, other, broken, others) in all {
        let sign = if side == 0 { -1.0 } else { 1.0 };
        let own: Vec<&Damage> = broken
            .iter()
            .filter(|damage| others.iter().all(|same| same.words != damage.words) && near(damage.at, side))
            .collect();
        let total = scale * params::DAMAGE * (own.len() as f64).sqrt();
        let shown = own.len().min(params::SHOWN);
        for damage in own.into_iter().take(shown) {
            let words = shorten(&damage.words);
            let detail = format!("{} has {} at “{words}”, {} does not", document.id, damage.what, other.id);
            found.push(Signal::new(sign * total / shown as f64, true, "damage", detail));
        }
    }
    found
}

fn claimed_dates(a: &Document, b: &Document) -> Option<Signal> {
    let (first, second) = (a.day?, b.day?);
    if first == second {
        return None;
    }
    let days = first.duration_until(second).as_hours().abs() / 24;
    let weight = match days {
        days if days <= params::DATES_AGREE => params::CLAIMED_NEAR,
        days if days <= params::DATES_APART => params::CLAIMED_DATE,
        _ => params::CLAIMED_FAR,
    };
    let weight = if first < second { weight } else { -weight };
    let detail = format!("{} claims to be of {first}, {} of {second}", a.id, b.id);
    Some(Signal::new(weight, false, "claimed-date", detail))
}

/// A text that names the other's outlet. Only one that credits it shows how the one came from the other.
fn credits(a: &Document, b: &Document) -> Vec<Signal> {
    let names = |text: &Document, other: &Document| -> Option<(Credit, String)> {
        let own = text.source.as_deref().unwrap_or("");
        let source = other.source.as_deref().filter(|name| *name != own)?;
        let credit = credit(text, source)?;
        let how = if credit == Credit::Credited { "gives its source as" } else { "names" };
        Some((credit, format!("{} {how} {source}, where {} appeared", text.id, other.id)))
    };
    let signal = |(credit, detail), sign: f64| Signal {
        shows: credit == Credit::Credited,
        ..Signal::new(sign * params::CREDIT, false, "credit", detail)
    };
    match (names(a, b), names(b, a)) {
        (None, Some(named)) => vec![signal(named, 1.0)],
        (Some(named), None) => vec![signal(named, -1.0)],
        _ => Vec::new(),
    }
}

/// Works of reference grow: what one text has more was put in. A report is cut as often as it is filled, so there this
/// says nothing. Counted are places, not words: one long passage is one decision.
fn growth(sides: &Sides, pair: &Pair) -> Option<Signal> {
    let (a, b, scale) = (sides.a, sides.b, 1.0 - sides.reporting);
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
    Some(Signal::new(weight, false, "growth", detail))
}

/// Who copies a report cuts it: passages that one side alone has, where the other has none of its own.
fn cut(sides: &Sides, pair: &Pair) -> Option<Signal> {
    let (a, b) = (sides.a, sides.b);
    let passages = |document: &Document, range: (usize, usize), other: (usize, usize)| {
        let words = (range.0..range.1).filter(|&at| !document.words[at].is(flag::LINE)).count();
        if other.1 - other.0 <= params::NEAR_WORDS && words >= params::PASSAGE { words } else { 0 }
    };
    let gaps = &pair.alignment.gaps;
    let of_a: usize = gaps.iter().map(|gap| passages(a, gap.a, gap.b)).sum();
    let of_b: usize = gaps.iter().map(|gap| passages(b, gap.b, gap.a)).sum();
    let (most, least) = (of_a.max(of_b), of_a.min(of_b));
    if most < params::CUT_WORDS || least as f64 > params::CUT_BOTH * most as f64 {
        return None;
    }
    let weight = (2.0 * sides.reporting - 1.0) * params::CUT;
    let (longer, shorter, sign) = if of_a > of_b { (a, b, 1.0) } else { (b, a, -1.0) };
    let detail = format!(
        "{} lacks passages of {most} words that {} has, the other way it is {least}; reports are cut when they are copied",
        shorter.id, longer.id
    );
    (weight > params::LEAST).then(|| Signal::new(sign * weight, false, "cut", detail))
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
