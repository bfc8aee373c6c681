//! From pairs of values to rows: values that are told of the same thing by more than two accounts stand in one row.

use std::collections::{BTreeMap, BTreeSet};

use wirecopy_model::{Dispute, DisputeKind, Mention, Piece, Reading, Severity, Slot};

use super::find::{Candidate, Side};
use super::lineage::Lineage;
use super::params::{COPIED_SENTENCE, PLAIN, PLAIN_SENTENCES, PLAIN_SPEAKER, PLAIN_WORDING};

/// A pair of values of the articles numbered `a` and `b`.
pub(super) struct Found {
    pub a: usize,
    pub b: usize,
    pub kind: DisputeKind,
    pub candidate: Candidate,
}

/// A piece of the article of that number, as a value of that kind.
type Place = (DisputeKind, Slot, usize, Piece);

/// Most readings of a dispute,
pub(super) const MOST_READINGS: usize = 4;

/// most values that are told of one thing: where accounts have more, they tell of several things,
const MOST_VALUES: usize = 3;

/// and most values of a tally that grows.
pub(super) const MOST_STEPS: usize = 12;

/// What rows are made with.
pub(super) struct Rows<'r, 'v, 'a> {
    pub readings: &'r [super::Reading<'v, 'a>],
    pub lineage: &'r Lineage<'a>,
}

fn order(row: &Dispute) -> (Slot, Option<&Mention>, Option<&Mention>) {
    let mention = |at: usize| row.readings.get(at).and_then(|reading| reading.mentions.first());
    (row.slot, mention(0), mention(1))
}

/// The pair of a row for which most speaks.
fn surest<'f>(group: &[&'f Found]) -> Option<&'f Found> {
    group.iter().copied().max_by(|one, other| {
        let key = |found: &Found| found.candidate.score();
        key(one).total_cmp(&key(other)).then_with(|| other.candidate.a.places.cmp(&one.candidate.a.places))
    })
}

/// The pairs that share a place.
fn groups(found: &[Found]) -> Vec<Vec<&Found>> {
    let mut groups: Vec<(BTreeSet<Place>, Vec<&Found>)> = Vec::new();
    for pair in found {
        let (kind, slot) = (pair.kind, pair.candidate.slot);
        let sides = [(pair.a, &pair.candidate.a), (pair.b, &pair.candidate.b)];
        let place = |(article, side): (usize, &Side)| {
            side.places.iter().map(|&place| (kind, slot, article, place)).collect::<Vec<_>>()
        };
        let mut places: BTreeSet<Place> = sides.into_iter().flat_map(place).collect();
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

impl Rows<'_, '_, '_> {
    /// The rows of these pairs, of at most so many readings each.
    pub fn of(&self, found: &[Found], most: usize) -> Vec<Dispute> {
        let groups = groups(found);
        let mut rows: Vec<(f32, Dispute)> = groups
            .iter()
            .filter_map(|group| Some((surest(group)?.candidate.margin(), self.row(group, most)?)))
            .collect();
        let plain = |(_, row): &(f32, Dispute)| (row.kind, row.severity);
        rows.sort_by(|one, other| {
            let margin = other.0.total_cmp(&one.0);
            plain(one).cmp(&plain(other)).then(margin).then_with(|| order(&one.1).cmp(&order(&other.1)))
        });
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// One pair as a row of its own.
    pub fn of_pair(&self, found: &Found) -> Option<Dispute> {
        self.row(&[found], MOST_READINGS)
    }

    fn row(&self, group: &[&Found], most: usize) -> Option<Dispute> {
        let mut values: BTreeMap<&str, BTreeSet<(usize, Piece)>> = BTreeMap::new();
        for pair in group {
            for (article, side) in [(pair.a, &pair.candidate.a), (pair.b, &pair.candidate.b)] {
                values.entry(&side.key).or_default().extend(side.places.iter().map(|&place| (article, place)));
            }
        }
        if values.len() > most.max(MOST_READINGS) || most == MOST_READINGS && values.len() > MOST_VALUES {
            return None;
        }
        let first = surest(group)?;
        let kind = first.kind;
        let mut readings: Vec<Reading> = values.values().map(|places| self.reading(places, kind)).collect();
        readings
            .sort_by(|one, other| other.accounts.cmp(&one.accounts).then_with(|| one.mentions.cmp(&other.mentions)));
        readings.truncate(most);
        let candidate = &first.candidate;
        let severity = group.iter().map(|found| severity(found)).min()?;
        (readings.len() >= 2).then(|| Dispute {
            kind,
            slot: candidate.slot,
            about: candidate.about.join(" "),
            severity,
            why: why(candidate, kind, severity),
            readings,
        })
    }

    fn reading(&self, places: &BTreeSet<(usize, Piece)>, kind: DisputeKind) -> Reading {
        let value = places.first().map_or("", |&(article, place)| self.readings[article].view.points.slice(place));
        let telling: BTreeSet<usize> = places.iter().map(|&(article, _)| article).collect();
        let accounts = self.lineage.accounts(&telling.into_iter().collect::<Vec<_>>());
        let mut all = places.clone();
        if kind == DisputeKind::Accounts {
            all.extend(places.iter().flat_map(|&(article, place)| self.copied(article, place)));
        }
        let mention =
            |(article, place): (usize, Piece)| Mention::new(self.readings[article].view.article.id.clone(), place);
        let mut mentions: Vec<Mention> = all.into_iter().map(mention).collect();
        mentions.sort_unstable();
        let mut articles: Vec<_> = mentions.iter().map(|mention| mention.article.clone()).collect();
        articles.dedup();
        Reading { value: value.split_whitespace().collect::<Vec<_>>().join(" "), accounts, articles, mentions }
    }

    /// Where the copies of an article tell what it tells at a place.
    fn copied(&self, article: usize, place: Piece) -> Vec<(usize, Piece)> {
        let source = &self.readings[article];
        let Some((sentence, site)) = source.values.at(source.view, place) else { return Vec::new() };
        let told = &source.view.sents[sentence];
        let words: Vec<String> =
            told.toks.iter().filter(|tok| place.contains(tok.piece)).map(|tok| tok.word.clone()).collect();
        let in_copy = |copy: usize| {
            let reading = &self.readings[copy];
            let likest = reading.view.sents.iter().map(|sent| told.likeness(sent)).enumerate();
            let (at, likeness) = likest.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))?;
            let spelt = if likeness < COPIED_SENTENCE { None } else { Some(at) }?;
            let found = match &site {
                Some(site) => reading.values.same(reading.view, spelt, site, &words),
                None => reading.values.spelt(reading.view, spelt, &words),
            };
            found.map(|piece| (copy, piece))
        };
        self.lineage.copies(article).filter_map(in_copy).collect()
    }
}

/// How plain a pair is: a step less where little around the values is the same, and where one article is behind both.
fn severity(found: &Found) -> Severity {
    let candidate = &found.candidate;
    let plain = match candidate.slot {
        // A denial may be of something else in the same words.
        Slot::Polarity => false,
        Slot::Wording if candidate.global == 0.0 => candidate.local >= PLAIN_WORDING,
        // What one called the other, in marks in both.
        Slot::Wording if candidate.likeness > 0.0 => true,
        // Two witnesses say like things of one matter.
        Slot::Speaker => candidate.local >= PLAIN_SPEAKER && candidate.global >= PLAIN_SENTENCES,
        // A day is told of one event where the words around it are the same, whatever else the sentences tell.
        Slot::Date => candidate.local >= PLAIN && !candidate.other_verbs,
        _ => !candidate.other_verbs && candidate.local >= PLAIN && candidate.global >= PLAIN_SENTENCES,
    };
    let severity = match candidate.severity {
        severity if plain => severity,
        Severity::High => Severity::Medium,
        _ => Severity::Low,
    };
    match found.kind {
        DisputeKind::Accounts => severity,
        DisputeKind::SelfContradiction => severity.max(Severity::Medium),
        DisputeKind::Alteration => Severity::Low,
    }
}

fn why(candidate: &Candidate, kind: DisputeKind, severity: Severity) -> String {
    let alike = match candidate.slot {
        Slot::Wording => format!("{:.0} % of the words of the quotation are the same", 100.0 * candidate.local),
        _ => format!(
            "{:.0} % of what stands around the values is the same, and {:.0} % of the sentences",
            100.0 * candidate.local.min(1.0),
            100.0 * candidate.global.min(1.0)
        ),
    };
    let plain = match severity {
        Severity::High => "exact values that cannot both be true",
        Severity::Medium => "the values are not exact, or not all around them is the same",
        Severity::Low => "the values are not exact, nor is all around them the same",
    };
    match kind {
        DisputeKind::Accounts => format!("{alike}; {plain}"),
        DisputeKind::SelfContradiction => format!("{alike}; one article tells both"),
        DisputeKind::Alteration => format!("{alike}; changed in copying"),
    }
}
