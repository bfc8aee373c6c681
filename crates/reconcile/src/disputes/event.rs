//! The event that a value is told of: the verb above it, and whether that is told as come or as to come.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lexicon::{is_foreseeing, is_happening, is_saying, stem};
use super::moment::{Bound, Moment, TimeKinship};
use super::view::Sent;

/// Most steps up the tree to a verb.
const STEPS: usize = 8;

/// The verb that a stretch of words belongs to: the nearest above it in the tree.
pub(super) fn verb(sent: &Sent, range: &Range<usize>) -> Option<usize> {
    let mut at = sent.head_of(range);
    for _ in 0..STEPS {
        let head = sent.toks[at].head;
        if head == at {
            return None;
        }
        if sent.toks[head].is_verb() {
            return Some(head);
        }
        at = head;
    }
    None
}

/// Whether a stretch of words belongs to a verb of saying: it tells of the statement.
pub(super) fn is_of_saying(sent: &Sent, range: &Range<usize>) -> bool {
    verb(sent, range).is_some_and(|verb| is_saying(&sent.toks[verb].lemma))
}

/// How much of what is said at two times is the same: the words of the two sentences without the speakers, the verbs of
/// saying and the times.
pub(super) fn shared_statement(one: (&Sent, &Range<usize>), other: (&Sent, &Range<usize>)) -> f32 {
    let (own, with) = (said(one.0, one.1), said(other.0, other.1));
    let shared = own.intersection(&with).count();
    shared as f32 / own.len().min(with.len()).max(1) as f32
}

fn said(sent: &Sent, range: &Range<usize>) -> BTreeSet<u32> {
    let verb = verb(sent, range).filter(|&verb| is_saying(&sent.toks[verb].lemma));
    let mut speaker = vec![false; sent.toks.len()];
    let mut queue: Vec<usize> = verb.map_or_else(Vec::new, |verb| {
        let subjects = sent.children(verb).iter().copied();
        subjects.filter(|&child| sent.toks[child].dep.starts_with("nsubj")).collect()
    });
    while let Some(at) = queue.pop() {
        if !std::mem::replace(&mut speaker[at], true) {
            queue.extend(sent.children(at));
        }
    }
    let content =
        sent.toks.iter().enumerate().filter(|&(at, _)| !speaker[at] && Some(at) != verb && !range.contains(&at));
    content.filter_map(|(_, tok)| tok.stem).collect()
}

/// Whether the values belong to verbs that tell of different things: "launch" and "say" do, "be" tells of nothing.
pub(super) fn are_other_verbs(one: (&Sent, &Range<usize>), other: (&Sent, &Range<usize>)) -> bool {
    let of = |(sent, range): (&Sent, &Range<usize>)| event(sent, range);
    let both_say = is_of_saying(one.0, one.1) && is_of_saying(other.0, other.1);
    !both_say && matches!((of(one), of(other)), (Some(one), Some(other)) if one != other)
}

/// What a stretch of words is told of: the nearest verb above it, or a noun for something that happens.
fn event(sent: &Sent, range: &Range<usize>) -> Option<String> {
    const EMPTY: &[&str] = &["be", "have", "do", "make", "take", "get", "come", "go", "happen", "occur"];
    let mut at = sent.head_of(range);
    for _ in 0..STEPS {
        let head = sent.toks[at].head;
        if head == at {
            return None;
        }
        let tok = &sent.toks[head];
        if tok.is_verb() || is_happening(&tok.lemma) {
            return (!EMPTY.contains(&tok.lemma.as_str())).then(|| stem(&tok.lemma));
        }
        at = head;
    }
    None
}

/// Whether both values are told of something that happens, and of the same.
pub(super) fn is_of_one_verb(one: (&Sent, &Range<usize>), other: (&Sent, &Range<usize>)) -> bool {
    let of = |(sent, range): (&Sent, &Range<usize>)| event(sent, range);
    of(one).is_some() && of(one) == of(other)
}

/// Whether two values belong to one verb whose subjects have nothing in common: two things began.
///
/// Names are subjects too where they are `named`: of a price each has its own, of a day they may be one under two names.
pub(super) fn are_of_other_subjects(one: (&Sent, &Range<usize>), other: (&Sent, &Range<usize>), named: bool) -> bool {
    // The subject of the one is no counterpart of what is done to something in the other.
    ["nsubj", "nsubjpass"].into_iter().any(|part| {
        let subject = |(sent, range): (&Sent, &Range<usize>)| -> BTreeSet<u32> {
            let Some(verb) = verb(sent, range) else { return BTreeSet::new() };
            let is_thing = |at: usize| &*sent.toks[at].pos == "NOUN" || named && &*sent.toks[at].pos == "PROPN";
            let mut queue: Vec<usize> = sent.children(verb).to_vec();
            queue.retain(|&child| &*sent.toks[child].dep == part && is_thing(child));
            let mut stems = BTreeSet::new();
            while let Some(at) = queue.pop() {
                stems.extend(sent.toks[at].stem);
                queue.extend(sent.children(at));
            }
            stems
        };
        let (own, with) = (subject(one), subject(other));
        event(one.0, one.1).is_some_and(|own| event(other.0, other.1) == Some(own))
            && !own.is_empty()
            && !with.is_empty()
            && own.is_disjoint(&with)
    })
}

/// How an event is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    ToCome,
    Come,
    Open,
}

fn aspect(sent: &Sent, range: &Range<usize>) -> Aspect {
    let Some(verb) = verb(sent, range) else { return Aspect::Open };
    let tok = &sent.toks[verb];
    let helped = |test: &dyn Fn(&str) -> bool| {
        sent.children(verb)
            .iter()
            .any(|&child| sent.toks[child].dep.starts_with("aux") && test(&sent.toks[child].lemma))
    };
    let governed =
        tok.head != verb && matches!(&*tok.dep, "xcomp" | "ccomp") && is_foreseeing(&sent.toks[tok.head].lemma);
    match () {
        _ if helped(&|lemma| matches!(lemma, "will" | "shall" | "would")) || governed => Aspect::ToCome,
        _ if is_foreseeing(&tok.lemma) => Aspect::ToCome,
        _ if &*tok.tag == "VBD" => Aspect::Come,
        _ if &*tok.tag == "VBN" && helped(&|lemma| matches!(lemma, "be" | "have")) => Aspect::Come,
        _ => Aspect::Open,
    }
}

/// Whether one is told as foreseen and the other as come.
pub(super) fn is_foreseen(one: (&Sent, &Range<usize>), other: (&Sent, &Range<usize>)) -> bool {
    let aspects = (aspect(one.0, one.1), aspect(other.0, other.1));
    matches!(aspects, (Aspect::ToCome, Aspect::Come) | (Aspect::Come, Aspect::ToCome))
}

/// Whether the verbs above the values are told of times that cannot be the same.
pub(super) fn at_other_times(
    (sent, range, moments): (&Sent, &Range<usize>, &[Moment]),
    (facing, with, others): (&Sent, &Range<usize>, &[Moment]),
) -> bool {
    let mut compared = false;
    for one in of_event(sent, range, moments) {
        for other in of_event(facing, with, others) {
            compared = true;
            if one.kinship_of_days(other) != TimeKinship::Apart {
                return false;
            }
        }
    }
    compared
}

fn of_event<'m, 't>(
    sent: &'m Sent,
    range: &'m Range<usize>,
    moments: &'m [Moment<'t>],
) -> impl Iterator<Item = &'m Moment<'t>> {
    let event = verb(sent, range);
    moments
        .iter()
        .filter(move |moment| event.is_some() && moment.bound == Bound::At && verb(sent, &moment.range) == event)
}
