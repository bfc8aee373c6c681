//! What follows from the articles and their pairs: families with their lineages, accounts, dates, stories, and what is
//! said in them.
//!
//! Everything that one article's copies say of it stays within its *component*: the articles that hang together by
//! copying. So each component is worked out by itself, many side by side, with the texts of no more than a batch of
//! them in memory. Stories and quotations come after, over all.

mod component;
mod decided;
mod said;
mod story;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use wirecopy_accounts::Tie;
use wirecopy_copies::{claimed, families};
use wirecopy_model::{Account, Article, ArticleId, ContentId, DateValue, Family};
use wirecopy_store::{Derived, SettledArticle, Store, StoredPair};

pub(crate) use decided::Decided;

use super::Progress;
use crate::Error;

/// Works out everything that follows from the articles and their pairs.
pub(super) fn derive(store: &Store, progress: &mut dyn FnMut(Progress)) -> Result<Derived, Error> {
    let decided = Decided::read(store)?;
    let mut heads = store.heads()?;
    decided.heads(&mut heads);
    let mut pairs = store.verified_pairs()?;
    decided.pairs(&mut pairs);
    let mut pairs = told(pairs);
    let mut counted = component::count(store, &heads, &mut pairs, progress)?;
    progress(Progress::Deriving { done: heads.len(), of: heads.len() });
    let mut stories = story::cluster(store, &heads, &counted, &decided)?;
    let said = said::listen(store, &counted, &stories, &pairs, &decided)?;
    let mut accounts = std::mem::take(&mut counted.accounts);
    rest(&mut accounts, said.rests);
    story::name_origins(&mut stories, &accounts);
    Ok(Derived {
        edges: pairs.into_iter().map(|pair| pair.edge).collect(),
        families: counted.families,
        articles: counted.articles,
        accounts,
        stories,
        quotes: said.quotes,
        statements: said.statements,
        said_by: said.by,
    })
}

/// Writes into the accounts what they rest on. An account of which the medium's page is a copy is not told to rest on it:
/// it is the same account.
fn rest(accounts: &mut [Account], rests: Vec<said::Rest>) {
    let known: HashSet<ContentId> = accounts.iter().map(|account| account.account).collect();
    let mut of: HashMap<ContentId, said::Rest> = rests.into_iter().map(|rest| (rest.account, rest)).collect();
    for account in accounts {
        let Some(rest) = of.remove(&account.account) else { continue };
        account.origins = rest.origins;
        account.evidence.extend(rest.evidence);
        account.rests_on = rest.on.into_iter().filter(|on| known.contains(on) && *on != account.account).collect();
    }
}

/// The pairs that are told: those that are certain enough by themselves or by their family.
fn told(mut pairs: Vec<StoredPair>) -> Vec<StoredPair> {
    let mut claimed = claimed(pairs.iter().map(|pair| &pair.edge)).into_iter();
    pairs.retain(|_| claimed.next().unwrap_or(false));
    pairs
}

/// What was counted.
#[derive(Debug, Default)]
struct Counted {
    /// In the order of their members.
    families: Vec<Family>,
    /// In the order of their roots.
    accounts: Vec<Account>,
    /// In the order of ids.
    articles: Vec<SettledArticle>,
    /// The days of the articles that have one.
    days: HashMap<ArticleId, DateValue>,
    /// Articles that hang together by copying, sources first; an article that copies nothing and is not copied alone.
    components: Vec<Vec<ArticleId>>,
}

impl Counted {
    fn day(&self, id: &ArticleId) -> Option<DateValue> {
        self.days.get(id).cloned()
    }

    /// The accounts that each article carries.
    fn carried(&self) -> HashMap<&ArticleId, Vec<ContentId>> {
        let mut carried: HashMap<&ArticleId, Vec<ContentId>> = HashMap::new();
        for account in &self.accounts {
            for id in &account.articles {
                carried.entry(id).or_default().push(account.account);
            }
        }
        carried
    }
}

/// The groups of families that hang together through a common member: a page of many sources is in several.
pub(crate) fn components<'a>(families: impl IntoIterator<Item = &'a [ArticleId]>) -> Vec<Vec<usize>> {
    let mut component: Vec<usize> = Vec::new();
    let mut first: HashMap<&ArticleId, usize> = HashMap::new();
    fn root(component: &mut [usize], mut at: usize) -> usize {
        while component[at] != at {
            component[at] = component[component[at]];
            at = component[at];
        }
        at
    }
    for (number, members) in families.into_iter().enumerate() {
        component.push(number);
        for id in members {
            let other = *first.entry(id).or_insert(number);
            let (one, other) = (root(&mut component, number), root(&mut component, other));
            component[one.max(other)] = one.min(other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in 0..component.len() {
        groups.entry(root(&mut component, number)).or_default().push(number);
    }
    groups.into_values().collect()
}

/// A kept pair as the accounts take it.
pub(crate) fn tie(pair: &StoredPair) -> Tie<'_> {
    Tie { edge: &pair.edge, runs: &pair.runs }
}

/// The pairs, by their numbers, that touch each article.
fn touching(pairs: &[StoredPair]) -> HashMap<&ArticleId, Vec<usize>> {
    let mut of: HashMap<&ArticleId, Vec<usize>> = HashMap::new();
    for (index, pair) in pairs.iter().enumerate() {
        of.entry(&pair.edge.a).or_default().push(index);
        of.entry(&pair.edge.b).or_default().push(index);
    }
    of
}

/// So many articles, or one group that has more, are in memory at a time.
const BATCH_ARTICLES: usize = 1_024;

/// Cuts groups, each with its number of articles, into batches.
fn batches<T>(groups: Vec<T>, articles: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut batches: Vec<Vec<T>> = Vec::new();
    let mut held = BATCH_ARTICLES;
    for group in groups {
        let size = articles(&group);
        if held + size > BATCH_ARTICLES {
            batches.push(Vec::new());
            held = 0;
        }
        held += size;
        batches.last_mut().expect("there is one").push(group);
    }
    batches
}

/// Reads these articles.
fn read<'a>(
    store: &Store,
    ids: impl IntoIterator<Item = &'a ArticleId>,
) -> Result<HashMap<&'a ArticleId, Article>, Error> {
    let ids: BTreeSet<&ArticleId> = ids.into_iter().collect();
    let mut articles = HashMap::with_capacity(ids.len());
    for id in ids {
        if let Some(article) = store.article(id.as_str())? {
            articles.insert(id, article);
        }
    }
    Ok(articles)
}
