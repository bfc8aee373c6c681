//! What happened when, over all articles of a story.
//!
//! Events that articles tell of the same days are joined where their sentences share words, plans apart from what
//! happened. A row's weight says how much it matters: how many accounts tell it, how long after it is still told, and
//! that a day beside a heavier one is mostly its echo. A time that hangs on an event ("two days later") is counted where
//! another article dates that event. Not for: generated text (a summary is a sentence of an article),
//! or which of two dates is right.

mod anchor;
mod fork;
mod join;
mod params;
mod weigh;

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use wirecopy_model::{
    Anchor, Article, ArticleId, ContentId, Dispute, Event, Interval, Mention, Modality, Piece, TimelineRow,
};
use wirecopy_text::Points;

use anchor::Closed;
use join::{Group, join, refine};
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

/// The rows of a story's timeline, by when they begin, the weightier first; then those that nobody dates: statements, and
/// what several accounts tell or another time hangs on.
///
/// `disputes` are those of the story: where they are of a day, the rows of the days become one, which names them all. The
/// order of the articles does not matter to the result.
pub fn timeline(recounted: &[Recounted], disputes: &[Dispute]) -> Vec<TimelineRow> {
    let mut articles: Vec<&Recounted> = recounted.iter().collect();
    articles.sort_by_key(|recounted| &recounted.article.id);
    let points: Vec<Points> = articles.iter().map(|recounted| Points::new(&recounted.article.text)).collect();
    let tellers: Vec<Teller> = articles
        .iter()
        .enumerate()
        .flat_map(|(article, recounted)| recounted.events.iter().map(move |event| Teller { article, event }))
        .collect();
    let dated = groups(tellers.iter().copied().filter(|teller| teller.event.when.is_some()));
    let closed = anchor::close(&articles, &dated, &points);
    let counted: HashSet<(usize, Piece, Option<Piece>)> = closed
        .iter()
        .map(|closed| (closed.article, closed.event.trigger, closed.event.hangs_on.as_ref().map(|hangs| hangs.words)))
        .collect();
    let is_closed = |teller: &Teller| {
        let words = teller.event.hangs_on.as_ref().map(|hangs| hangs.words);
        counted.contains(&(teller.article, teller.event.trigger, words))
    };
    let open = tellers.iter().copied().filter(|teller| !is_closed(teller));
    let now = closed.iter().map(|closed| Teller { article: closed.article, event: &closed.event });
    let groups = fork::fork(refine(groups(open.chain(now))), disputes, &articles);
    let groups: Vec<Group> = groups.into_iter().filter(|group| is_told(group, &articles)).collect();
    let weights = weigh(&groups, &articles);
    let row = |(group, weight): (&Group, f64)| row(group, weight, &closed, &articles, &points);
    let mut rows: Vec<TimelineRow> = groups.iter().zip(weights).map(row).collect();
    rows.sort_by(|one, other| {
        let when = |row: &TimelineRow| row.when.as_ref().map(|when| when.interval);
        let open = |row: &TimelineRow| row.when.is_none();
        open(one)
            .cmp(&open(other))
            .then(when(one).cmp(&when(other)))
            .then(other.weight.total_cmp(&one.weight))
            .then(one.mentions.cmp(&other.mentions))
    });
    rows
}

/// Joins what is told of the same days.
fn groups<'a>(tellers: impl Iterator<Item = Teller<'a>>) -> Vec<Group<'a>> {
    let mut days: BTreeMap<(Option<Interval>, bool), Vec<Teller>> = BTreeMap::new();
    for teller in tellers {
        let planned = teller.event.modality == Modality::Planned;
        let interval = teller.event.when.as_ref().map(|when| when.interval);
        days.entry((interval, planned)).or_default().push(teller);
    }
    days.into_iter().flat_map(|((interval, planned), tellers)| join(interval, planned, &tellers)).collect()
}

/// Whether a row is shown: an event without a time only where it matters to others.
fn is_told(group: &Group, articles: &[&Recounted]) -> bool {
    let anchored = |teller: &Teller| teller.event.hangs_on.is_some();
    let stated = |teller: &Teller| teller.event.depth > 0.0;
    group.interval.is_some()
        || group.tellers.iter().any(|teller| anchored(teller) || stated(teller))
        || weigh::accounts(group, articles).len() > 1
}

fn row(group: &Group, weight: f64, closed: &[Closed], articles: &[&Recounted], points: &[Points]) -> TimelineRow {
    let best = best(group, points);
    let id = |teller: &Teller| articles[teller.article].article.id.clone();
    let mut mentions: Vec<Mention> = Vec::with_capacity(group.tellers.len() + group.others.len());
    mentions.push(Mention::new(id(best), best.event.sentence));
    let mut others: Vec<Mention> = group.all().map(|teller| Mention::new(id(teller), teller.event.sentence)).collect();
    others.sort_unstable();
    others.dedup();
    mentions.extend(others.into_iter().filter(|mention| *mention != mentions[0]).collect::<Vec<_>>());
    let mut telling: Vec<ArticleId> = mentions.iter().map(|mention| mention.article.clone()).collect();
    telling.sort_unstable();
    telling.dedup();
    let told = |modality: Modality| group.all().any(|teller| teller.event.modality == modality);
    let modality = match () {
        _ if group.planned => Modality::Planned,
        _ if told(Modality::Asserted) => Modality::Asserted,
        _ if told(Modality::Alleged) => Modality::Alleged,
        _ => Modality::Denied,
    };
    let mut chains: Vec<Vec<String>> = group.all().map(|teller| teller.event.according_to.clone()).collect();
    chains.retain(|chain| !chain.is_empty());
    chains.sort_unstable();
    chains.dedup();
    TimelineRow {
        when: best.event.when.clone(),
        summary: points[best.article].slice(best.event.sentence).split_whitespace().collect::<Vec<_>>().join(" "),
        predicate: best.event.predicate.clone(),
        actors: most_told(
            group.all().flat_map(|teller| teller.event.actors.iter().map(|name| (teller.article, name))),
            MOST_ACTORS,
        ),
        place: most_told(group.all().filter_map(|teller| Some((teller.article, teller.event.place.as_ref()?))), 1)
            .pop(),
        modality,
        according_to: chains,
        accounts: weigh::accounts(group, articles).len(),
        first: first(group, articles),
        articles: telling,
        weight,
        mentions,
        anchor: anchor(group, closed),
        disputed: group.disputed.clone(),
    }
}

/// The article that told it first, of those that are dated.
fn first(group: &Group, articles: &[&Recounted]) -> Option<ArticleId> {
    let dated = group.all().filter_map(|teller| Some((articles[teller.article].written?, teller.article)));
    dated.min().map(|(_, article)| articles[article].article.id.clone())
}

/// What its time was counted from, where nobody tells it otherwise.
fn anchor(group: &Group, closed: &[Closed]) -> Option<Anchor> {
    let of = |teller: &Teller| {
        closed.iter().find(|closed| closed.article == teller.article && std::ptr::eq(&closed.event, teller.event))
    };
    let all: Option<Vec<&Closed>> = group.tellers.iter().map(of).collect();
    all?.first().map(|closed| closed.anchor.clone())
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
pub(crate) mod tests;
