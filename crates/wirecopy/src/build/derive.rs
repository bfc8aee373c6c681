use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use wirecopy_accounts::{Body, Tally, Tie, accounts, order, settle};
use wirecopy_copies::{Document, Pair, PairDirection, claimed, families, lineage, orphan, relate};
use wirecopy_model::{
    Account, Article, ArticleId, ContentId, CopyEdge, DateValue, DocumentDate, Family, Quote, Run, Story,
};
use wirecopy_reconcile::{Telling, quotes};
use wirecopy_store::{Derived, SettledArticle, Store, StoredPair};
use wirecopy_stories::{Clusters, Features};

use super::pair::documents;
use crate::Error;

/// Works out everything that follows from the articles and their pairs.
pub(super) fn derive(store: &Store) -> Result<Derived, Error> {
    let heads = store.heads()?;
    let mut pairs = told(store.verified_pairs()?);
    let own_dates: BTreeMap<ArticleId, DocumentDate> =
        heads.iter().filter_map(|head| Some((head.id.clone(), head.claimed.clone()?))).collect();
    let families = trace(store, &mut pairs)?;
    let counted =
        count(store, &heads.iter().map(|head| head.id.clone()).collect::<Vec<_>>(), &families, &pairs, own_dates)?;
    let stories = cluster(store, &counted)?;
    let quotes = collect_quotes(store, &counted, &stories, &pairs)?;
    Ok(Derived {
        edges: pairs.into_iter().map(|pair| pair.edge).collect(),
        families,
        articles: counted.articles(),
        accounts: counted.accounts,
        stories,
        quotes,
    })
}

/// The pairs that are told: those that are certain enough by themselves or by their family.
fn told(pairs: Vec<StoredPair>) -> Vec<StoredPair> {
    let edges: Vec<CopyEdge> = pairs.iter().map(|pair| pair.edge.clone()).collect();
    pairs.into_iter().zip(claimed(&edges)).filter(|(_, claimed)| *claimed).map(|(pair, _)| pair).collect()
}

/// The families with their lineages. The directions that a family's evidence gives go into its pairs.
fn trace(store: &Store, pairs: &mut [StoredPair]) -> Result<Vec<Family>, Error> {
    let edges: Vec<CopyEdge> = pairs.iter().map(|pair| pair.edge.clone()).collect();
    let mut of: HashMap<&ArticleId, Vec<usize>> = HashMap::new();
    for (index, edge) in edges.iter().enumerate() {
        of.entry(&edge.a).or_default().push(index);
        of.entry(&edge.b).or_default().push(index);
    }
    let mut traced = Vec::new();
    for members in families(&edges) {
        let within: BTreeSet<&ArticleId> = members.iter().collect();
        let touching: BTreeSet<usize> = members.iter().flat_map(|id| &of[id]).copied().collect();
        // Who only shares quotations with the family can say which wording is the older.
        let witnesses: BTreeSet<&ArticleId> = touching
            .iter()
            .flat_map(|&index| [&edges[index].a, &edges[index].b])
            .filter(|id| !within.contains(id))
            .collect();
        let documents = documents(store, within.iter().chain(&witnesses).copied())?;
        let inner: Vec<&CopyEdge> = touching
            .iter()
            .map(|&index| &edges[index])
            .filter(|edge| within.contains(&edge.a) && within.contains(&edge.b))
            .collect();
        // The alignment of a pair is many times its size in the store, so it is made again where it is needed.
        let inner: Vec<Pair> =
            inner.par_iter().filter_map(|edge| relate(documents.get(&edge.a)?, documents.get(&edge.b)?)).collect();
        let documents_of =
            |ids: &BTreeSet<&ArticleId>| ids.iter().filter_map(|id| documents.get(*id)).collect::<Vec<_>>();
        traced.push(lineage(&documents_of(&within), &inner, &documents_of(&witnesses)));
    }
    let mut directions: BTreeMap<(ArticleId, ArticleId), PairDirection> = BTreeMap::new();
    let mut found = Vec::new();
    for lineage in traced {
        directions.extend(lineage.directions.into_iter().map(|found| ((found.a.clone(), found.b.clone()), found)));
        found.push(lineage.family);
    }
    for pair in pairs {
        if let Some(judged) = directions.remove(&(pair.edge.a.clone(), pair.edge.b.clone())) {
            pair.edge.direction = judged.direction;
            pair.edge.certainty = judged.certainty;
            let overlap = pair.edge.evidence.iter().filter(|evidence| evidence.kind == OVERLAP).cloned();
            pair.edge.evidence = overlap.chain(judged.evidence).collect();
        }
    }
    found.sort_by(|one, other| one.members.cmp(&other.members));
    Ok(found)
}

/// The kind of evidence that says what two articles share; all other kinds speak of the direction.
const OVERLAP: &str = "overlap";

/// What was counted: accounts, shares, dates, and for each component of families its order.
struct Counted {
    accounts: Vec<Account>,
    shares: BTreeMap<ArticleId, f64>,
    dates: BTreeMap<ArticleId, DocumentDate>,
    /// Articles that hang together by copying, sources first; an article that copies nothing and is not copied alone.
    components: Vec<Vec<ArticleId>>,
}

impl Counted {
    fn articles(&self) -> Vec<SettledArticle> {
        let settled = |(id, share): (&ArticleId, &f64)| SettledArticle {
            id: id.clone(),
            published: self.dates.get(id).cloned(),
            own_share: *share,
        };
        self.shares.iter().map(settled).collect()
    }

    fn day(&self, id: &ArticleId) -> Option<DateValue> {
        self.dates.get(id).and_then(|date| date.value.clone())
    }
}

/// The families that hang together through a common member, as their numbers: a page of many sources is in several.
pub(crate) fn components(families: &[Family]) -> Vec<Vec<usize>> {
    let mut component: Vec<usize> = (0..families.len()).collect();
    let mut first: HashMap<&ArticleId, usize> = HashMap::new();
    fn root(component: &mut [usize], mut at: usize) -> usize {
        while component[at] != at {
            component[at] = component[component[at]];
            at = component[at];
        }
        at
    }
    for (number, family) in families.iter().enumerate() {
        for id in &family.members {
            let other = *first.entry(id).or_insert(number);
            let (one, other) = (root(&mut component, number), root(&mut component, other));
            component[one.max(other)] = one.min(other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in 0..families.len() {
        groups.entry(root(&mut component, number)).or_default().push(number);
    }
    groups.into_values().collect()
}

/// A kept pair as the accounts take it.
pub(crate) fn tie(pair: &StoredPair) -> Tie<'_> {
    Tie { edge: &pair.edge, runs: &pair.runs }
}

fn count(
    store: &Store,
    ids: &[ArticleId],
    families: &[Family],
    pairs: &[StoredPair],
    mut dates: BTreeMap<ArticleId, DocumentDate>,
) -> Result<Counted, Error> {
    let mut of: HashMap<&ArticleId, Vec<usize>> = HashMap::new();
    for (index, pair) in pairs.iter().enumerate() {
        of.entry(&pair.edge.a).or_default().push(index);
        of.entry(&pair.edge.b).or_default().push(index);
    }
    let mut groups: Vec<(Vec<ArticleId>, BTreeSet<usize>)> = Vec::new();
    let mut grouped: BTreeSet<&ArticleId> = BTreeSet::new();
    for numbers in components(families) {
        let families: Vec<&Family> = numbers.iter().map(|&number| &families[number]).collect();
        grouped.extend(families.iter().flat_map(|family| &family.members));
        let touching: BTreeSet<usize> =
            families.iter().flat_map(|family| &family.members).flat_map(|id| &of[id]).copied().collect();
        let edges: Vec<&CopyEdge> = touching.iter().map(|&index| &pairs[index].edge).collect();
        let ordered = order(&families, &edges, |id| dates.get(id).cloned());
        settle(&ordered, &edges, &mut dates);
        groups.push((ordered, touching));
    }
    groups.extend(ids.iter().filter(|id| !grouped.contains(id)).map(|id| (vec![id.clone()], BTreeSet::new())));
    let tallies: Vec<Result<Tally, Error>> = chunks(store, &groups, |articles, (ordered, touching)| {
        let bodies: Vec<Body> = ordered.iter().filter_map(|id| articles.get(id)).map(Body::of).collect();
        let ties: Vec<Tie> = touching.iter().map(|&index| tie(&pairs[index])).collect();
        accounts(&bodies.iter().collect::<Vec<_>>(), &ties, |id| orphan(&Document::of(articles.get(id)?)))
    })?;
    let mut counted =
        Counted { accounts: Vec::new(), shares: BTreeMap::new(), dates, components: Vec::with_capacity(groups.len()) };
    for tally in tallies {
        let tally = tally?;
        counted.accounts.extend(tally.accounts);
        counted.shares.extend(tally.shares.into_iter().map(|share| (share.id.clone(), share.own_share())));
    }
    counted.accounts.sort_by(|one, other| one.root.cmp(&other.root));
    counted.components = groups.into_iter().map(|(ordered, _)| ordered).collect();
    Ok(counted)
}

/// So many groups are worked on at a time, their articles in memory together.
const GROUPS: usize = 512;

type Group = (Vec<ArticleId>, BTreeSet<usize>);

/// Works on each group with its articles at hand: a batch is read, then worked on side by side.
fn chunks<T: Send>(
    store: &Store,
    groups: &[Group],
    work: impl Fn(&BTreeMap<ArticleId, Article>, &Group) -> T + Sync,
) -> Result<Vec<Result<T, Error>>, Error> {
    let mut done = Vec::with_capacity(groups.len());
    for batch in groups.chunks(GROUPS) {
        let mut articles = BTreeMap::new();
        for id in batch.iter().flat_map(|(ids, _)| ids) {
            articles.extend(store.article(id.as_str())?.map(|article| (id.clone(), article)));
        }
        done.par_extend(batch.par_iter().map(|group| Ok(work(&articles, group))));
    }
    Ok(done)
}

/// The stories: each group of copies is placed once, by the article that stands first in it, in the order of dates.
fn cluster(store: &Store, counted: &Counted) -> Result<Vec<Story>, Error> {
    let mut components: Vec<&Vec<ArticleId>> = counted.components.iter().collect();
    let day = |id: &ArticleId| counted.day(id).map(|value| value.day());
    components.sort_by_key(|ids| {
        let first = ids.iter().filter_map(day).min();
        (first.is_none(), first, ids[0].clone())
    });
    // A hundred copies are one voice, for what words are frequent as well.
    let first: BTreeSet<&ArticleId> = components.iter().map(|ids| &ids[0]).collect();
    let mut features: HashMap<ArticleId, Features> = HashMap::new();
    for stored in store.features()?.into_iter().filter(|stored| first.contains(&stored.id)) {
        let read = Features::from_bytes(&stored.data);
        let read = read.ok_or_else(|| store.damage(&format!("the features of {} cannot be read", stored.id)))?;
        features.insert(stored.id, read);
    }
    let mut clusters = Clusters::knowing(features.values());
    let mut stories: BTreeMap<usize, Vec<&ArticleId>> = BTreeMap::new();
    let epoch = jiff::civil::date(1970, 1, 1);
    for ids in components {
        let number = ids.iter().filter_map(day).min().map(|day| day.since(epoch).map_or(0, |span| span.get_days()));
        stories.entry(clusters.place(&features[&ids[0]], number)).or_default().extend(ids);
    }
    let heads: HashMap<ArticleId, Option<String>> =
        store.heads()?.into_iter().map(|head| (head.id, head.title)).collect();
    let carried = carried(&counted.accounts);
    Ok(stories.into_values().map(|ids| story(ids, counted, &heads, &carried)).collect())
}

/// The accounts that each article carries.
fn carried(accounts: &[Account]) -> HashMap<&ArticleId, Vec<ContentId>> {
    let mut carried: HashMap<&ArticleId, Vec<ContentId>> = HashMap::new();
    for account in accounts {
        for id in &account.articles {
            carried.entry(id).or_default().push(account.account);
        }
    }
    carried
}

fn story(
    ids: Vec<&ArticleId>,
    counted: &Counted,
    titles: &HashMap<ArticleId, Option<String>>,
    carried: &HashMap<&ArticleId, Vec<ContentId>>,
) -> Story {
    // The article that was placed first gives the story its id; the headline is that of the account most carried.
    let first = ids[0];
    let mut votes: BTreeMap<ContentId, usize> = BTreeMap::new();
    for account in ids.iter().flat_map(|id| &carried[*id]) {
        *votes.entry(*account).or_default() += 1;
    }
    let title_of = |id: &ArticleId| titles.get(id).cloned().flatten();
    let chief = ids.iter().filter(|id| title_of(id).is_some()).max_by_key(|id| {
        let pages = carried[**id].iter().map(|account| votes[account]).max().unwrap_or(0);
        let is_root = carried[**id].contains(&Account::id_of(id));
        (is_root, pages, std::cmp::Reverse((counted.day(id), (**id).clone())))
    });
    let title = chief.and_then(|id| title_of(id)).unwrap_or_else(|| first.to_string());
    let mut articles: Vec<ArticleId> = ids.into_iter().cloned().collect();
    articles.sort_by_key(|id| (counted.day(id).is_none(), counted.day(id), id.clone()));
    let days = || articles.iter().filter_map(|id| counted.day(id));
    Story {
        story: ContentId::of("story", [first.as_str()]),
        title,
        accounts: votes.len(),
        origins: Vec::new(),
        first: days().min_by_key(|value| value.day()),
        last: days().max_by_key(|value| value.day()),
        articles,
    }
}

/// The quotations of each story.
fn collect_quotes(
    store: &Store,
    counted: &Counted,
    stories: &[Story],
    pairs: &[StoredPair],
) -> Result<Vec<(Quote, Option<ContentId>)>, Error> {
    let carried = carried(&counted.accounts);
    let place: HashMap<&ArticleId, usize> =
        counted.components.iter().flatten().enumerate().map(|(place, id)| (id, place)).collect();
    let story_of: HashMap<&ArticleId, ContentId> =
        stories.iter().flat_map(|story| story.articles.iter().map(|id| (id, story.story))).collect();
    let mut within: HashMap<ContentId, BTreeSet<usize>> = HashMap::new();
    for (index, pair) in pairs.iter().enumerate() {
        if story_of[&pair.edge.a] == story_of[&pair.edge.b] {
            within.entry(story_of[&pair.edge.a]).or_default().insert(index);
        }
    }
    let groups: Vec<Group> = stories
        .iter()
        .map(|story| {
            let mut ids = story.articles.clone();
            ids.sort_by_key(|id| place[id]);
            (ids, within.remove(&story.story).unwrap_or_default())
        })
        .collect();
    let found = chunks(store, &groups, |articles, (ids, touching)| {
        let tellings: Vec<Telling> = ids
            .iter()
            .filter_map(|id| articles.get(id))
            .map(|article| {
                let accounts = carried[&article.id].as_slice();
                Telling { article, accounts, is_root: accounts.contains(&Account::id_of(&article.id)) }
            })
            .collect();
        let pairs: Vec<(&CopyEdge, &[Run])> =
            touching.iter().map(|&index| (&pairs[index].edge, pairs[index].runs.as_slice())).collect();
        quotes(&tellings, &pairs)
    })?;
    let mut all = Vec::new();
    for (quotes, story) in found.into_iter().zip(stories) {
        all.extend(quotes?.into_iter().map(|quote| (quote, Some(story.story))));
    }
    Ok(all)
}
