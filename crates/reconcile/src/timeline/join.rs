//! The same event in several sentences.

use std::collections::BTreeSet;

use wirecopy_model::{Event, Interval};

use super::Teller;
use super::params::{MOST_ROWS, SHARED, SHARED_WORDS};

/// An event with all who tell it.
pub(super) struct Group<'a> {
    pub interval: Interval,
    pub planned: bool,
    pub tellers: Vec<Teller<'a>>,
    words: BTreeSet<&'a str>,
}

/// Joins what is told of the same days.
pub(super) fn join<'a>(interval: Interval, planned: bool, tellers: &[Teller<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for &teller in tellers {
        let likest = groups
            .iter()
            .enumerate()
            .map(|(at, group)| (likeness(group, teller.event), at))
            .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        match likest.filter(|&(likeness, _)| likeness >= SHARED || groups.len() >= MOST_ROWS) {
            Some((_, at)) => groups[at].tellers.push(teller),
            None => groups.push(Group {
                interval,
                planned,
                tellers: vec![teller],
                words: teller.event.words.iter().map(String::as_str).collect(),
            }),
        }
    }
    groups
}

/// How much of its words an event shares with the first sentence of a group; nothing where the places differ.
fn likeness(group: &Group, event: &Event) -> f64 {
    let first = group.tellers[0].event;
    let elsewhere = match (&first.place, &event.place) {
        (Some(place), Some(with)) => !place.contains(with.as_str()) && !with.contains(place.as_str()),
        _ => false,
    };
    let shared = event.words.iter().filter(|word| group.words.contains(word.as_str())).count();
    let same = first.predicate == event.predicate && first.actors.iter().any(|actor| event.actors.contains(actor));
    if elsewhere || shared + usize::from(same) < SHARED_WORDS {
        return 0.0;
    }
    let shorter = group.words.len().min(event.words.len()).max(1);
    shared as f64 / shorter as f64 + if same { 0.1 } else { 0.0 }
}
