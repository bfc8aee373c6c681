//! What happened when, over all articles of a story.
//!
//! Events that articles tell of the same days are joined where their sentences share words, plans apart from what
//! happened. A row's weight says how much it matters: how many accounts tell it, how long after it is still told, and
//! that a day beside a heavier one is mostly its echo. Not for: generated text (a summary is a sentence of an article),
//! or which of two dates is right.

mod join;
mod params;
mod weigh;

use std::collections::BTreeMap;

use jiff::civil::Date;
use wirecopy_model::{Article, ArticleId, ContentId, Event, Interval, Mention, Modality, TimelineRow};
use wirecopy_text::Points;

use join::{Group, join};
use params::{MOST_ACTORS, SUMMARY};
use weigh::weigh;

/// An article of a story with the events that it tells.
#[derive(Clone, Copy, Debug)]
pub struct Recounted<'a> {
    /// The article.
    pub article: &'a Article,
    /// The day it was written, as it was settled.
    pub written: Option<Date>,
    /// The accounts that it carries.
    pub accounts: &'a [ContentId],
    /// Its events.
    pub events: &'a [Event],
}

/// An event with the article that tells it, by its place among the sorted articles.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'a> {
    article: usize,
    event: &'a Event,
}

/// The rows of a story's timeline, by when they begin, the weightier first. Events without a time are left out.
///
/// The order of the articles does not matter to the result.
pub fn timeline(recounted: &[Recounted]) -> Vec<TimelineRow> {
    let mut articles: Vec<&Recounted> = recounted.iter().collect();
    articles.sort_by_key(|recounted| &recounted.article.id);
    let mut days: BTreeMap<(Interval, bool), Vec<Teller>> = BTreeMap::new();
    for (article, recounted) in articles.iter().enumerate() {
        for event in recounted.events {
            if let Some(when) = &event.when {
                let planned = event.modality == Modality::Planned;
                days.entry((when.interval, planned)).or_default().push(Teller { article, event });
            }
        }
    }
    let groups: Vec<Group> =
        days.into_iter().flat_map(|((interval, planned), tellers)| join(interval, planned, &tellers)).collect();
    let weights = weigh(&groups, &articles);
    let points: Vec<Points> = articles.iter().map(|recounted| Points::new(&recounted.article.text)).collect();
    let mut rows: Vec<TimelineRow> =
        groups.iter().zip(weights).map(|(group, weight)| row(group, weight, &articles, &points)).collect();
    rows.sort_by(|one, other| {
        let when = |row: &TimelineRow| row.when.as_ref().map(|when| when.interval);
        when(one).cmp(&when(other)).then(other.weight.total_cmp(&one.weight)).then(one.mentions.cmp(&other.mentions))
    });
    rows
}

fn row(group: &Group, weight: f64, articles: &[&Recounted], points: &[Points]) -> TimelineRow {
    let best = best(group, points);
    let id = |teller: &Teller| articles[teller.article].article.id.clone();
    let mut mentions: Vec<Mention> = Vec::with_capacity(group.tellers.len());
    mentions.push(Mention::new(id(best), best.event.sentence));
    let mut others: Vec<Mention> =
        group.tellers.iter().map(|teller| Mention::new(id(teller), teller.event.sentence)).collect();
    others.sort_unstable();
    others.dedup();
    mentions.extend(others.into_iter().filter(|mention| *mention != mentions[0]).collect::<Vec<_>>());
    let mut telling: Vec<ArticleId> = mentions.iter().map(|mention| mention.article.clone()).collect();
    telling.sort_unstable();
    telling.dedup();
    let told = |modality: Modality| group.tellers.iter().any(|teller| teller.event.modality == modality);
    let modality = match () {
        _ if group.planned => Modality::Planned,
        _ if told(Modality::Asserted) => Modality::Asserted,
        _ if told(Modality::Alleged) => Modality::Alleged,
        _ => Modality::Denied,
    };
    let mut chains: Vec<Vec<String>> = group.tellers.iter().map(|teller| teller.event.according_to.clone()).collect();
    chains.retain(|chain| !chain.is_empty());
    chains.sort_unstable();
    chains.dedup();
    TimelineRow {
        when: best.event.when.clone(),
        summary: points[best.article].slice(best.event.sentence).split_whitespace().collect::<Vec<_>>().join(" "),
        predicate: best.event.predicate.clone(),
        actors: most_told(
            group.tellers.iter().flat_map(|teller| teller.event.actors.iter().map(|name| (teller.article, name))),
            MOST_ACTORS,
        ),
        place: most_told(
            group.tellers.iter().filter_map(|teller| Some((teller.article, teller.event.place.as_ref()?))),
            1,
        )
        .pop(),
        modality,
        according_to: chains,
        accounts: weigh::accounts(group, articles).len(),
        articles: telling,
        weight,
        mentions,
    }
}

/// The sentence that tells the event best: as a fact, not too long, early in its article, with most of the words that
/// the others have.
fn best<'a, 'g>(group: &'g Group<'a>, points: &[Points]) -> &'g Teller<'a> {
    let mut common: BTreeMap<&str, usize> = BTreeMap::new();
    for word in group.tellers.iter().flat_map(|teller| &teller.event.words) {
        *common.entry(word).or_default() += 1;
    }
    let rank = |teller: &Teller| {
        let event = teller.event;
        let shared: usize = event.words.iter().map(|word| common[word.as_str()] - 1).sum();
        let length = points[teller.article].slice(event.sentence).chars().count();
        let fact = event.modality == Modality::Asserted || group.planned;
        (fact, length <= SUMMARY, shared as f64 / event.words.len().max(1) as f64 - f64::from(event.depth))
    };
    let better = |one: &&Teller, other: &&Teller| {
        let (one, other) = (rank(one), rank(other));
        (one.0, one.1).cmp(&(other.0, other.1)).then(one.2.total_cmp(&other.2))
    };
    // Of equals the last, so that the first comes out when the order is turned.
    group.tellers.iter().rev().max_by(better).expect("a group has a teller")
}

/// The names that most articles have, most first.
fn most_told<'a>(names: impl Iterator<Item = (usize, &'a String)>, most: usize) -> Vec<String> {
    let mut telling: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (article, name) in names {
        let articles = telling.entry(name).or_default();
        if !articles.contains(&article) {
            articles.push(article);
        }
    }
    let mut names: Vec<(&String, usize)> = telling.into_iter().map(|(name, articles)| (name, articles.len())).collect();
    names.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    names.into_iter().take(most).map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests;
