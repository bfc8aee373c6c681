//! Rows of one event to which accounts give different days.

use std::collections::BTreeSet;

use wirecopy_model::{Dispute, DisputeKind, Interval, Mention, OtherTime, Reading, Severity, Slot};

use super::join::{Group, is_within};
use super::params::SHARED_WORDS;
use super::{Recounted, Teller};
use crate::disputes::stem;

/// Joins the rows whose days are in dispute into the row of the day that most speaks for, and notes the others there.
pub(super) fn fork<'a>(groups: Vec<Group<'a>>, disputes: &[Dispute], articles: &[&Recounted]) -> Vec<Group<'a>> {
    let mut groups = groups;
    let dated = disputes.iter().filter(|dispute| {
        dispute.slot == Slot::Date && dispute.kind == DisputeKind::Accounts && dispute.severity < Severity::Low
    });
    for dispute in dated {
        let told: Vec<Vec<usize>> =
            dispute.readings.iter().map(|reading| telling(&groups, reading, articles)).collect();
        let main = (0..told.len()).filter(|&at| !told[at].is_empty()).max_by(|&one, &other| {
            let speaks = |at: usize| voice(&groups, &told[at], &dispute.readings[at], articles);
            // Of equals the first: it has the smaller place.
            speaks(one).cmp(&speaks(other)).then(other.cmp(&one))
        });
        let Some(main) = main else { continue };
        for (at, reading) in dispute.readings.iter().enumerate().filter(|&(at, _)| at != main) {
            join(&mut groups, &told[main], &told[at], reading, articles);
        }
    }
    groups.retain(|group| !group.tellers.is_empty());
    groups
}

fn is_told_at(teller: &Teller, mentions: &[Mention], articles: &[&Recounted]) -> bool {
    let id = &articles[teller.article].article.id;
    mentions.iter().any(|mention| &mention.article == id && teller.event.sentence.contains(mention.piece()))
}

/// The dated groups with a sentence in which a reading stands.
fn telling(groups: &[Group], reading: &Reading, articles: &[&Recounted]) -> Vec<usize> {
    let has = |group: &Group| {
        group.interval.is_some_and(|days| Interval::day(days.start) == Some(days))
            && group.tellers.iter().any(|teller| is_told_at(teller, &reading.mentions, articles))
    };
    (0..groups.len()).filter(|&at| has(&groups[at])).collect()
}

/// How much speaks for a reading: accounts, articles that tell coarser days which fit it, and that it was told soon.
fn voice(groups: &[Group], told: &[usize], reading: &Reading, articles: &[&Recounted]) -> (usize, usize, i64) {
    let days: Vec<Interval> = told.iter().filter_map(|&at| groups[at].interval).collect();
    let words: BTreeSet<&str> = told
        .iter()
        .flat_map(|&at| &groups[at].tellers)
        .flat_map(|teller| &teller.event.words)
        .map(String::as_str)
        .collect();
    let fits = |teller: &Teller| {
        let when = teller.event.when.as_ref().map(|when| when.interval);
        when.is_some_and(|when| days.iter().any(|&days| is_within(days, when) && days != when))
            && teller.event.words.iter().filter(|word| words.contains(word.as_str())).count() >= SHARED_WORDS
    };
    let coarse: BTreeSet<usize> =
        groups.iter().flat_map(Group::all).filter(|teller| fits(teller)).map(|teller| teller.article).collect();
    let late = told.iter().flat_map(|&at| &groups[at].tellers).filter_map(|teller| {
        let written = articles[teller.article].written?;
        Some(written.duration_until(days.first()?.start).as_hours().abs())
    });
    (reading.accounts, coarse.len(), -late.min().unwrap_or(i64::MAX))
}

/// Moves those who tell a reading to the rows of another, those with a like word for the event to each other first.
fn join(groups: &mut [Group], into: &[usize], from: &[usize], reading: &Reading, articles: &[&Recounted]) {
    let mut moved: Vec<(Teller, Option<Interval>)> = Vec::new();
    for &at in from.iter().filter(|at| !into.contains(at)) {
        let interval = groups[at].interval;
        let leaving = groups[at].tellers.extract_if(.., |teller| is_told_at(teller, &reading.mentions, articles));
        moved.extend(leaving.map(|teller| (teller, interval)));
        if groups[at].tellers.is_empty() {
            let others = std::mem::take(&mut groups[at].others);
            moved.extend(others.into_iter().map(|teller| (teller, interval)));
        }
    }
    let other = OtherTime {
        value: reading.value.clone(),
        interval: moved.first().and_then(|(_, interval)| *interval),
        accounts: reading.accounts,
        mentions: reading.mentions.clone(),
    };
    let mut free: Vec<usize> = into.to_vec();
    let mut given: Vec<(String, usize)> = Vec::new();
    for (teller, _) in moved {
        let own = stem(&teller.event.predicate);
        let alike = into.iter().copied().find(|&at| groups[at].has_predicate(teller.event));
        let before = given.iter().find(|(with, _)| *with == own).map(|&(_, at)| at);
        let target = alike.or(before).or_else(|| free.first().copied()).unwrap_or(into[0]);
        free.retain(|&at| at != target);
        given.push((own, target));
        groups[target].others.push(teller);
    }
    for &at in into {
        groups[at].disputed.push(other.clone());
    }
}
