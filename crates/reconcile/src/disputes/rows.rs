//! From pairs of values to rows: values that are told of the same thing by more than two accounts stand in one row.

use std::collections::{BTreeMap, BTreeSet};

use wirecopy_model::{Dispute, Mention, Piece, Reading, Severity, Slot};

use super::find::Candidate;
use super::view::View;

/// A pair of values of the articles numbered `a` and `b`.
pub(super) struct Found {
    pub a: usize,
    pub b: usize,
    pub candidate: Candidate,
}

/// A piece of the article of that number, as a value of that kind.
type Place = (Slot, usize, Piece);

/// Most readings of a row.
const MOST_READINGS: usize = 4;

/// The rows of these pairs.
pub(super) fn rows(found: &[Found], views: &[View]) -> Vec<Dispute> {
    let mut rows: Vec<Dispute> = groups(found).iter().filter_map(|group| row(group, views)).collect();
    rows.sort_by(|one, other| order(one).cmp(&order(other)));
    rows
}

fn order(row: &Dispute) -> (Severity, Slot, Option<&Mention>, Option<&Mention>) {
    let mention = |at: usize| row.readings.get(at).and_then(|reading| reading.mentions.first());
    (row.severity, row.slot, mention(0), mention(1))
}

/// One pair as a row of its own.
pub(super) fn row_of(found: &Found, views: &[View]) -> Option<Dispute> {
    row(&[found], views)
}

/// The pairs that share a place.
fn groups(found: &[Found]) -> Vec<Vec<&Found>> {
    let mut groups: Vec<(BTreeSet<Place>, Vec<&Found>)> = Vec::new();
    for pair in found {
        let slot = pair.candidate.slot;
        let sides = [(pair.a, &pair.candidate.a), (pair.b, &pair.candidate.b)];
        let mut places: BTreeSet<Place> =
            sides.iter().flat_map(|(article, side)| side.places.iter().map(|&place| (slot, *article, place))).collect();
        let mut members = vec![pair];
        let joined: Vec<_> = groups.extract_if(.., |(held, _)| !held.is_disjoint(&places)).collect();
        for (held, pairs) in joined {
            places.extend(held);
            members.extend(pairs);
        }
        groups.push((places, members));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

fn row(group: &[&Found], views: &[View]) -> Option<Dispute> {
    let mut values: BTreeMap<&str, BTreeSet<(usize, Piece)>> = BTreeMap::new();
    for pair in group {
        for (article, side) in [(pair.a, &pair.candidate.a), (pair.b, &pair.candidate.b)] {
            values.entry(&side.key).or_default().extend(side.places.iter().map(|&place| (article, place)));
        }
    }
    let mut readings: Vec<Reading> = values.values().map(|places| reading(places, views)).collect();
    readings.sort_by(|one, other| other.accounts.cmp(&one.accounts).then_with(|| one.mentions.cmp(&other.mentions)));
    readings.truncate(MOST_READINGS);
    let first = group.iter().max_by(|one, other| {
        let key = |found: &Found| found.candidate.score();
        key(one).total_cmp(&key(other)).then_with(|| other.candidate.a.places.cmp(&one.candidate.a.places))
    })?;
    let candidate = &first.candidate;
    let severity = group.iter().map(|found| found.candidate.severity).min()?;
    (readings.len() >= 2).then(|| Dispute {
        slot: candidate.slot,
        about: candidate.about.join(" "),
        severity,
        why: why(candidate, severity),
        readings,
    })
}

fn reading(places: &BTreeSet<(usize, Piece)>, views: &[View]) -> Reading {
    let mut mentions: Vec<Mention> =
        places.iter().map(|&(article, place)| Mention::new(views[article].article.id.clone(), place)).collect();
    mentions.sort_unstable();
    let mut articles: Vec<_> = mentions.iter().map(|mention| mention.article.clone()).collect();
    articles.dedup();
    // Views stand in the order of ids.
    let value = places.first().map_or("", |&(article, place)| views[article].points.slice(place));
    Reading {
        value: value.split_whitespace().collect::<Vec<_>>().join(" "),
        accounts: articles.len(),
        articles,
        mentions,
    }
}

fn why(candidate: &Candidate, severity: Severity) -> String {
    let alike = match candidate.slot {
        Slot::Wording => format!("{:.0} % of the words of the quotation are the same", 100.0 * candidate.local),
        _ => format!("{:.0} % of what stands around the values is the same", 100.0 * candidate.local.min(1.0)),
    };
    let kind = match severity {
        Severity::High => "exact values that cannot both be true",
        Severity::Medium => "the values or the frames are not exact",
        Severity::Low => "time or carelessness may explain it",
    };
    format!("{alike}; {kind}")
}
