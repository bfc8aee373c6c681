use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use wirecopy_accounts::{Body, Tally, Tie, accounts, order, settle};
use wirecopy_copies::{Document, Lineage, Pair, lineage, orphan, relate};
use wirecopy_model::{Article, ArticleId, CopyEdge, DocumentDate, Family};
use wirecopy_store::{ArticleHead, SettledArticle, Store, StoredPair};

use super::{Counted, Kept, Signature, batches, components, families, read, tie, touching};
use crate::Error;
use crate::build::{DERIVATION, Progress};

/// Articles that hang together by copying, to be worked on.
struct Component {
    /// The members of each of its families, sorted; none for an article that no other is copied from or to.
    families: Vec<Vec<ArticleId>>,
    /// Its articles, sorted.
    members: Vec<ArticleId>,
    /// Articles that are no copies but share quotations or wording with one: they can say which wording is the older.
    witnesses: Vec<ArticleId>,
    /// The numbers of the pairs that have an article of it, in order.
    pairs: Vec<usize>,
}

/// What came out of a component.
struct Outcome {
    families: Vec<Family>,
    /// Its pairs as its families see them, by their numbers.
    pairs: Vec<(usize, CopyEdge)>,
    dates: BTreeMap<ArticleId, DocumentDate>,
    ordered: Vec<ArticleId>,
    tally: Tally,
}

/// Works out families, lineages, dates and accounts of all articles that do not hang together as they did. The directions
/// that a family's evidence gives go into its pairs.
pub(super) fn count(
    store: &Store,
    heads: &[ArticleHead],
    pairs: &mut [StoredPair],
    kept: &Kept,
    progress: &mut dyn FnMut(Progress),
) -> Result<Counted, Error> {
    let mut counted = Counted::default();
    let claimed: HashMap<&ArticleId, &DocumentDate> =
        heads.iter().filter_map(|head| Some((&head.id, head.claimed.as_ref()?))).collect();
    let mut dates: BTreeMap<ArticleId, DocumentDate> = BTreeMap::new();
    let mut shares: BTreeMap<ArticleId, (f64, usize)> = BTreeMap::new();
    let mut due: Vec<Component> = Vec::new();
    for component in split(heads, pairs) {
        let signature = component.signature(kept, &claimed, pairs);
        if component.members.iter().all(|id| kept.articles[id].component == Some(signature)) {
            counted.keep(component.members, kept);
        } else {
            counted.changed.extend(component.members.iter().map(|id| (id.clone(), signature)));
            due.push(component);
        }
    }
    let mut done = heads.len() - counted.changed.len();
    for batch in batches(due, |component| component.members.len() + component.witnesses.len()) {
        progress(Progress::Deriving { done, of: heads.len() });
        done += batch.iter().map(|component| component.members.len()).sum::<usize>();
        let articles =
            read(store, batch.iter().flat_map(|component| component.members.iter().chain(&component.witnesses)))?;
        let documents: HashMap<&ArticleId, Document> =
            articles.par_iter().map(|(id, article)| (*id, Document::of(article))).collect();
        let material = Material { articles: &articles, documents: &documents, claimed: &claimed, pairs };
        let outcomes: Vec<Outcome> = batch.par_iter().map(|component| material.work_out(component)).collect();
        for outcome in outcomes {
            for (number, edge) in outcome.pairs {
                pairs[number].edge = edge;
            }
            counted.families.extend(outcome.families);
            counted.accounts.extend(outcome.tally.accounts);
            let place: HashMap<&ArticleId, usize> = outcome.ordered.iter().zip(0..).collect();
            for share in outcome.tally.shares {
                let place = place.get(&share.id).copied().unwrap_or_default();
                shares.insert(share.id.clone(), (share.own_share(), place));
            }
            for (id, date) in outcome.dates {
                dates.insert(id, date);
            }
            counted.components.push(outcome.ordered);
        }
    }
    // What is read in their order must not depend on which of them were kept.
    counted.components.sort_by_cached_key(|ids| ids.iter().min().cloned());
    counted.families.sort_by(|one, other| one.members.cmp(&other.members));
    counted.accounts.sort_by(|one, other| one.root.cmp(&other.root));
    for account in &counted.accounts {
        for id in &account.articles {
            counted.carried.entry(id.clone()).or_default().push(account.account);
        }
    }
    counted.days.extend(dates.iter().filter_map(|(id, date)| Some((id.clone(), date.value.clone()?))));
    let settled = |(id, (own_share, place))| SettledArticle { published: dates.remove(&id), id, own_share, place };
    counted.articles = shares.into_iter().map(settled).collect();
    Ok(counted)
}

impl Counted {
    /// Takes over what is kept of a component.
    fn keep(&mut self, mut members: Vec<ArticleId>, kept: &Kept) {
        members.sort_by_key(|id| kept.articles[id].place);
        for id in &members {
            let article = &kept.articles[id];
            self.days.extend(article.day.clone().map(|day| (id.clone(), day)));
            self.carried.insert(id.clone(), article.carried.clone());
        }
        self.components.push(members);
    }
}

impl Component {
    /// Of everything that its outcome follows from. What two articles share follows from their texts.
    fn signature(&self, kept: &Kept, claimed: &HashMap<&ArticleId, &DocumentDate>, pairs: &[StoredPair]) -> u128 {
        let mut signature = Signature::default();
        signature.add(DERIVATION.as_bytes());
        let mut add = |ids: &[ArticleId]| {
            signature.add(&ids.len().to_le_bytes());
            for id in ids {
                signature.add(id.as_str().as_bytes());
                signature.add(&kept.articles[id].content.to_le_bytes());
                // The user may have rejected the date that the page claims.
                let day = claimed.get(id).and_then(|date| date.value.as_ref());
                signature.add(day.map(ToString::to_string).unwrap_or_default().as_bytes());
            }
        };
        add(&self.members);
        add(&self.witnesses);
        self.families.iter().for_each(|members| add(members));
        for edge in self.pairs.iter().map(|&number| &pairs[number].edge) {
            signature.add(edge.a.as_str().as_bytes());
            signature.add(edge.b.as_str().as_bytes());
        }
        signature.end()
    }
}

/// The components of all articles.
fn split(heads: &[ArticleHead], pairs: &[StoredPair]) -> Vec<Component> {
    let of = touching(pairs);
    let all = families(pairs.iter().map(|pair| &pair.edge));
    let groups = components(all.iter().map(Vec::as_slice));
    let mut all: Vec<Option<Vec<ArticleId>>> = all.into_iter().map(Some).collect();
    let mut found: Vec<Component> = Vec::with_capacity(groups.len());
    let mut grouped: BTreeSet<ArticleId> = BTreeSet::new();
    for numbers in groups {
        let families: Vec<Vec<ArticleId>> = numbers.iter().filter_map(|&number| all[number].take()).collect();
        let members: BTreeSet<&ArticleId> = families.iter().flatten().collect();
        let touching: BTreeSet<usize> = members.iter().flat_map(|id| &of[*id]).copied().collect();
        let ends = touching.iter().flat_map(|&index| [&pairs[index].edge.a, &pairs[index].edge.b]);
        let witnesses: BTreeSet<&ArticleId> = ends.filter(|id| !members.contains(id)).collect();
        grouped.extend(members.iter().map(|id| (*id).clone()));
        found.push(Component {
            members: members.into_iter().cloned().collect(),
            witnesses: witnesses.into_iter().cloned().collect(),
            pairs: touching.into_iter().collect(),
            families,
        });
    }
    found.extend(heads.iter().filter(|head| !grouped.contains(&head.id)).map(|head| Component {
        families: Vec::new(),
        members: vec![head.id.clone()],
        witnesses: Vec::new(),
        pairs: Vec::new(),
    }));
    found
}

/// What a batch of components is worked out from.
struct Material<'a> {
    articles: &'a HashMap<&'a ArticleId, Article>,
    documents: &'a HashMap<&'a ArticleId, Document>,
    /// The dates as the pages alone tell them.
    claimed: &'a HashMap<&'a ArticleId, &'a DocumentDate>,
    pairs: &'a [StoredPair],
}

impl Material<'_> {
    fn work_out(&self, component: &Component) -> Outcome {
        let mut edges: BTreeMap<usize, CopyEdge> =
            component.pairs.iter().map(|&number| (number, self.pairs[number].edge.clone())).collect();
        let mut families = Vec::with_capacity(component.families.len());
        for members in &component.families {
            families.push(self.trace(members, &mut edges));
        }
        let claimed = |id: &ArticleId| self.claimed.get(id).map(|date| (*date).clone());
        let mut dates: BTreeMap<ArticleId, DocumentDate> =
            component.members.iter().filter_map(|id| Some((id.clone(), claimed(id)?))).collect();
        let seen: Vec<&CopyEdge> = edges.values().collect();
        let ordered = if families.is_empty() {
            component.members.clone()
        } else {
            order(&families.iter().collect::<Vec<_>>(), &seen, claimed)
        };
        settle(&ordered, &seen, &mut dates);
        let bodies: Vec<Body> = ordered.iter().filter_map(|id| self.articles.get(id)).map(Body::of).collect();
        let ties: Vec<Tie> =
            edges.iter().map(|(&number, edge)| Tie { edge, runs: tie(&self.pairs[number]).runs }).collect();
        let tally = accounts(&bodies.iter().collect::<Vec<_>>(), &ties, |id| orphan(self.documents.get(id)?));
        Outcome { families, pairs: edges.into_iter().collect(), dates, ordered, tally }
    }

    /// A family with its lineage. What it says of its pairs goes into `edges`.
    fn trace(&self, members: &[ArticleId], edges: &mut BTreeMap<usize, CopyEdge>) -> Family {
        let within: BTreeSet<&ArticleId> = members.iter().collect();
        let inside = |edge: &CopyEdge| [within.contains(&edge.a), within.contains(&edge.b)];
        // The alignment of a pair is many times its size in the store, so it is made again where it is needed.
        let inner: Vec<(usize, Pair)> = edges
            .iter()
            .filter(|(_, edge)| inside(edge) == [true, true])
            .filter_map(|(&number, edge)| {
                let pair = relate(self.documents.get(&edge.a)?, self.documents.get(&edge.b)?)?;
                Some((number, pair))
            })
            .collect();
        let outside = edges.values().filter_map(|edge| match inside(edge) {
            [true, false] => Some(&edge.b),
            [false, true] => Some(&edge.a),
            _ => None,
        });
        // Who only shares quotations with the family can say which wording is the older.
        let witnesses: BTreeSet<&ArticleId> = outside.collect();
        let documents = |ids: &BTreeSet<&ArticleId>| -> Vec<&Document> {
            ids.iter().filter_map(|id| self.documents.get(*id)).collect()
        };
        let (numbers, inner): (Vec<usize>, Vec<Pair>) = inner.into_iter().unzip();
        let Lineage { family, directions } = lineage(&documents(&within), &inner, &documents(&witnesses));
        for (number, judged) in numbers.into_iter().zip(directions) {
            if let Some(edge) = edges.get_mut(&number) {
                edge.direction = judged.direction;
                edge.certainty = judged.certainty;
                edge.evidence.retain(|evidence| evidence.kind == OVERLAP);
                edge.evidence.extend(judged.evidence);
            }
        }
        family
    }
}

/// The kind of evidence that says what two articles share; all other kinds speak of the direction.
const OVERLAP: &str = "overlap";
