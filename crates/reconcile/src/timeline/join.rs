//! The same event in several sentences.

use std::collections::{BTreeSet, HashMap};

use wirecopy_model::{Event, Interval, OtherTime};

use super::Teller;
use super::params::{MOST_ROWS, SHARED, SHARED_WORDS};
use crate::disputes::stem;

/// An event with all who tell it.
pub(super) struct Group<'a> {
    /// Its days; `None` where nobody tells them.
    pub interval: Option<Interval>,
    pub planned: bool,
    /// Who tells it with these days, or in an open group at all.
    pub tellers: Vec<Teller<'a>>,
    /// Who tells it with coarser days, with others, or with none.
    pub others: Vec<Teller<'a>>,
    /// The days of those who tell others.
    pub disputed: Vec<OtherTime>,
    words: BTreeSet<&'a str>,
    /// The stems of the words for the event.
    predicates: BTreeSet<String>,
}

impl<'a> Group<'a> {
    fn of(interval: Option<Interval>, planned: bool, teller: Teller<'a>) -> Self {
        let words = teller.event.words.iter().map(String::as_str).collect();
        let predicates = [stem(&teller.event.predicate)].into();
        Group { interval, planned, tellers: vec![teller], others: Vec::new(), disputed: Vec::new(), words, predicates }
    }

    /// All who tell it.
    pub fn all(&self) -> impl Iterator<Item = &Teller<'a>> {
        self.tellers.iter().chain(&self.others)
    }

    /// How much of its words an event shares with the first sentence of the group; nothing where the places differ.
    pub fn likeness(&self, event: &Event) -> f64 {
        let first = self.tellers[0].event;
        let elsewhere = match (&first.place, &event.place) {
            (Some(place), Some(with)) => !place.contains(with.as_str()) && !with.contains(place.as_str()),
            _ => false,
        };
        let shared = event.words.iter().filter(|word| self.words.contains(word.as_str())).count();
        let same = self.has_predicate(event) && first.actors.iter().any(|actor| event.actors.contains(actor));
        // Like events happen twice in a month, to different people.
        let is_long =
            self.interval.is_some_and(|days| days.start.until(days.end).is_ok_and(|span| span.get_days() > WEEK));
        let strangers = is_long
            && !first.actors.is_empty()
            && !event.actors.is_empty()
            && !first.actors.iter().any(|actor| event.actors.iter().any(|other| share_a_word(actor, other)));
        if elsewhere || strangers || shared + usize::from(same) < SHARED_WORDS {
            return 0.0;
        }
        let shorter = self.words.len().min(event.words.len()).max(1);
        shared as f64 / shorter as f64 + if same { 0.1 } else { 0.0 }
    }

    /// Whether the same sentence tells this event and that of the group as two: "they spoke, and she proposed".
    fn tells_beside(&self, teller: &Teller) -> bool {
        let beside = |own: &&Teller| own.article == teller.article && own.event.sentence == teller.event.sentence;
        self.tellers.iter().rev().take(BESIDE).any(|own| beside(&own))
    }

    /// Whether one of its tellers has a word for the event that means the same.
    pub fn has_predicate(&self, event: &Event) -> bool {
        self.predicates.contains(&stem(&event.predicate))
    }
}

/// Days of which so many are taken together are known to no more than a month or a year.
const WEEK: i32 = 7;

/// Whether two names have a word in common that is more than an initial.
fn share_a_word(one: &str, other: &str) -> bool {
    let long = |word: &&str| word.chars().count() > 2;
    one.split_whitespace().filter(long).any(|word| other.split_whitespace().any(|with| word == with))
}

/// Tellers come article by article: the last ones of a group are those of the sentence in hand, if any are.
const BESIDE: usize = 4;

/// Joins what is told of the same days, or of none.
pub(super) fn join<'a>(interval: Option<Interval>, planned: bool, tellers: &[Teller<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for &teller in tellers {
        let likest = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| !group.tells_beside(&teller))
            .map(|(at, group)| (group.likeness(teller.event), at))
            .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        match likest.filter(|&(likeness, _)| likeness >= SHARED || groups.len() >= MOST_ROWS) {
            Some((_, at)) => {
                groups[at].tellers.push(teller);
                groups[at].predicates.insert(stem(&teller.event.predicate));
            }
            None => groups.push(Group::of(interval, planned, teller)),
        }
    }
    groups
}

/// Takes up the groups of coarser days, and those without any, that tell what one of finer days tells: "in April" is
/// then known to the day. Gives the groups that are left.
pub(super) fn refine<'a>(groups: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let length = |group: &Group| {
        group.interval.map_or(i32::MAX, |days| days.start.until(days.end).map_or(i32::MAX - 1, |span| span.get_days()))
    };
    let lengths: Vec<i32> = groups.iter().map(length).collect();
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(lengths[at]));
    let mut of: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        group.predicates.iter().for_each(|stem| of.entry(stem.clone()).or_default().push(at));
    }
    let mut kept: Vec<Option<Group<'a>>> = groups.into_iter().map(Some).collect();
    for coarse in order {
        let Some(group) = &kept[coarse] else { continue };
        let event = group.tellers[0].event;
        let finer = of.get(&stem(&event.predicate)).into_iter().flatten().copied();
        let finer = finer.filter(|&at| lengths[at] < lengths[coarse]).filter_map(|at| Some((at, kept[at].as_ref()?)));
        let likest = finer
            .filter(|(_, finer)| finer.planned == group.planned && is_refined(group.interval, finer.interval))
            .map(|(at, finer)| (finer.likeness(event), at))
            .filter(|&(likeness, _)| likeness >= SHARED)
            .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        if let Some((_, at)) = likest
            && let Some(group) = kept[coarse].take()
            && let Some(finer) = &mut kept[at]
        {
            finer.others.extend(group.tellers.into_iter().chain(group.others));
        }
    }
    kept.into_iter().flatten().collect()
}

/// Whether days are known more finely by others.
fn is_refined(days: Option<Interval>, by: Option<Interval>) -> bool {
    by.is_some_and(|by| days.is_none_or(|days| is_within(by, days)))
}

pub(super) fn is_within(days: Interval, whole: Interval) -> bool {
    whole.start <= days.start && days.end <= whole.end
}
