//! Where the accounts of one story disagree.
//!
//! Sentences of two accounts that have content words in common are compared value by value: numbers, times, names, and
//! what is said to be so or not. Two values are of the same thing where what stands around them in the trees of their
//! sentences is the same; values that agree are paired first, and what is left and differs is a candidate. Quotations
//! are aligned word by word. Each known reason for which two different values may both be right is a [`Veto`] with a
//! name, and a vetoed candidate is kept, so that a user can be told.
//!
//! Not for: who is right, how a copy altered a quotation (`quotes` has that), or finding the accounts.

mod attribute;
mod compare;
mod event;
mod find;
mod lexicon;
mod lineage;
mod moment;
mod names;
mod params;
mod polarity;
mod quantity;
mod quoted;
mod rows;
mod talk;
mod term;
mod veto;
mod view;

#[cfg(test)]
mod tests;

use wirecopy_model::{Annotation, Article, ContentId, Dispute, DisputeKind, Slot, Timex};

pub(crate) use lexicon::stem;
pub use veto::Veto;

use find::{Candidate, Values, alike};
use lineage::Lineage;
use params::{
    ALTERED, ALTERED_SENTENCE, SURE_DENIAL, TERM_FRAME, TWICE_TOLD, TWICE_TOLD_SENTENCE, by_chance, same_event,
    same_frame, threshold,
};
use quoted::{Passage, passages};
use rows::{Found, MOST_READINGS, MOST_STEPS, Rows};
use view::{Stems, View};

/// An article of a story, with its grammar and its time expressions.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its annotation.
    pub annotation: &'a Annotation,
    /// Its time expressions.
    pub timexes: &'a [Timex],
    /// The accounts that it carries; where there are none it is an account of its own.
    pub accounts: &'a [ContentId],
}

/// The disagreements of a story, and what was not raised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Disputes {
    /// Between accounts first, then within an article, then alterations; each by severity, the
    /// surest first, then by slot, then by where they stand.
    pub raised: Vec<Dispute>,
    /// Differences with the reason for which they are none, in the same order.
    pub vetoed: Vec<(Veto, Dispute)>,
    /// What is no dispute because it grew as news came in, the values of one tally in one row.
    pub updates: Vec<Dispute>,
}

/// The disagreements of one story.
///
/// `told` holds its articles, copies included. Articles that root an account are compared with each other where
/// `independent` says of the two, by their places in `told`, that neither rests on the other; each is compared with itself,
/// and with what was copied from it. A copy that tells a reading as its source does is listed with it and adds no account.
/// The order of the articles does not matter to the result. Time grows with the number of pairs of sentences that share
/// a word which is not in every tenth of them.
///
/// The texts of articles in other languages than English are compared only in what their quotations say.
pub fn disputes(told: &[Told], independent: impl Fn(usize, usize) -> bool) -> Disputes {
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|&at| &told[at].article.id);
    let mut stems = Stems::default();
    let views: Vec<View> = order.iter().map(|&at| View::new(&told[at], &mut stems)).collect();
    let readings: Vec<Reading> =
        views.iter().map(|view| Reading { view, values: Values::of(view), passages: passages(view) }).collect();
    let lineage = Lineage::of(order.iter().map(|&at| &told[at]));
    let kind = |a: usize, b: usize| match lineage.kind(a, b)? {
        DisputeKind::Accounts => independent(order[a], order[b]).then_some(DisputeKind::Accounts),
        kind => Some(kind),
    };
    let pairs = (0..views.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    let chance = by_chance(pairs.filter(|&(a, b)| kind(a, b) == Some(DisputeKind::Accounts)).count());
    let mut alike = alike(&views, |a, b| kind(a, b).is_some());
    let mut raised: Vec<Found> = Vec::new();
    let mut vetoed: Vec<Found> = Vec::new();
    for b in 0..views.len() {
        for a in 0..=b {
            let Some(kind) = kind(a, b) else { continue };
            let alike = alike.remove(&(a, b)).unwrap_or_default();
            for candidate in compared(&readings[a], &readings[b], &alike, kind, chance) {
                let list = if candidate.veto.is_none() { &mut raised } else { &mut vetoed };
                list.push(Found { a, b, kind, candidate });
            }
        }
    }
    // Where anybody tells both, both are so: two reporters, two towns, two figures.
    let (both, raised): (Vec<Found>, Vec<Found>) =
        raised.into_iter().partition(|found| readings.iter().any(|reading| is_told_by_one(found, &readings, reading)));
    vetoed.extend(both.into_iter().map(|mut found| {
        found.candidate.veto = Some(Veto::ToldByBoth);
        found
    }));
    let rows = Rows { readings: &readings, lineage: &lineage };
    vetoed.retain(|found| found.kind == DisputeKind::Accounts);
    let told = vetoed.iter().filter_map(|found| Some((found.candidate.veto?, rows.of_pair(found)?))).collect();
    vetoed.retain(|found| {
        found.candidate.veto == Some(Veto::Update) && found.candidate.score() >= threshold(found.candidate.slot)
    });
    Disputes { vetoed: told, raised: rows.of(&raised, MOST_READINGS), updates: rows.of(&vetoed, MOST_STEPS) }
}

/// An article with what can be told differently in it.
struct Reading<'v, 'a> {
    view: &'v View<'a>,
    values: Values<'a>,
    passages: Vec<Passage>,
}

/// Whether an article tells both values of a difference between accounts.
fn is_told_by_one(found: &Found, readings: &[Reading], teller: &Reading) -> bool {
    let tells = |article: usize, side: &find::Side| {
        let of = &readings[article];
        side.places.first().is_some_and(|&place| of.values.is_told(of.view, place, teller.view, &teller.values))
    };
    found.kind == DisputeKind::Accounts
        && !matches!(found.candidate.slot, Slot::Date | Slot::Wording | Slot::Polarity)
        && tells(found.a, &found.candidate.a)
        && tells(found.b, &found.candidate.b)
}

/// Everything in which two articles, or two places of one, differ.
fn compared(
    one: &Reading,
    other: &Reading,
    alike: &[(usize, usize, f32)],
    kind: DisputeKind,
    chance: f32,
) -> Vec<Candidate> {
    let (here, there) = ((one.view, &one.values), (other.view, &other.values));
    let english = one.view.is_english() && other.view.is_english();
    let mut found = Vec::new();
    if english {
        found = polarity::differing(one.view, other.view, alike);
        found.extend(find::differing(here, there, alike));
    }
    for candidate in &mut found {
        // A denial meets an assertion of something else most easily.
        let chance = if candidate.slot == Slot::Polarity { 2.0 * chance } else { chance };
        // One word around both is the matter of the story.
        if candidate.slot == Slot::Polarity
            && chance > 0.0
            && (candidate.about.len() < 2 || candidate.local < SURE_DENIAL)
        {
            candidate.veto.get_or_insert(Veto::OtherFrame);
        }
        // A term in marks is found by what stands around it alone.
        if candidate.slot == Slot::Wording && candidate.local + candidate.likeness < TERM_FRAME + chance / 2.0 {
            candidate.veto.get_or_insert(Veto::OtherFrame);
            continue;
        }
        if candidate.score() < threshold(candidate.slot) + chance
            || candidate.global < same_event(candidate.slot)
            || candidate.local < same_frame(candidate.slot)
        {
            candidate.veto.get_or_insert(Veto::OtherFrame);
        }
    }
    match kind {
        DisputeKind::Accounts => {
            with_wordings(quoted::differing(one.view, &one.passages, other.view, &other.passages), found)
        }
        // The wordings of quotations are told with the quotations.
        _ => {
            found.retain(|candidate| candidate.veto.is_none() && is_plain(candidate, kind));
            found
        }
    }
}

/// Whether a difference within an article, or to its copy, is more than another thing told in like words.
fn is_plain(candidate: &Candidate, kind: DisputeKind) -> bool {
    match (kind, candidate.slot) {
        (_, Slot::Wording) | (DisputeKind::SelfContradiction, Slot::Name | Slot::Place | Slot::Speaker) => false,
        // The hours of a log, or of comments, are those of its entries.
        (DisputeKind::SelfContradiction, Slot::Date) if candidate.is_clock() => false,
        (DisputeKind::SelfContradiction, _) => candidate.local >= TWICE_TOLD && candidate.global >= TWICE_TOLD_SENTENCE,
        // "Saturday" is another day when the copy is undated, and the same word.
        (_, Slot::Date) if candidate.begin_alike() => false,
        _ => candidate.local >= ALTERED && candidate.global >= ALTERED_SENTENCE,
    }
}

/// The differences in quotations and in values, each once.
fn with_wordings(wordings: Vec<Candidate>, mut found: Vec<Candidate>) -> Vec<Candidate> {
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
