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
use wirecopy_store::{ArticleHead, Derived, SettledArticle, Store, StoredPair};
use xxhash_rust::xxh3::Xxh3;

pub(crate) use decided::Decided;

use super::Progress;
use crate::Error;

/// Works out everything that follows from the articles and their pairs, as far as they have changed: what hangs together by
/// copying is worked out again only if something else hangs together, and a story is heard again only if other articles, or
/// such, are in it. Where everything is to be `fresh` nothing of the last time is asked.
pub(super) fn derive(store: &Store, fresh: bool, progress: &mut dyn FnMut(Progress)) -> Result<Derived, Error> {
    let decided = Decided::read(store)?;
    let mut heads = store.heads()?;
    let kept = Kept::read(store, &heads, fresh)?;
    decided.heads(&mut heads);
    let mut pairs = store.verified_pairs()?;
    decided.pairs(&mut pairs);
    let mut pairs = told(pairs);
    let mut counted = component::count(store, &heads, &mut pairs, &kept, progress)?;
    progress(Progress::Deriving { done: heads.len(), of: heads.len() });
    let mut stories = story::cluster(store, &heads, &counted, &decided)?;
    let heard = said::due(&counted, &stories, &kept, &decided);
    let said = said::listen(
        store,
        &counted,
        stories.iter().filter(|story| heard.contains_key(&story.story)),
        &pairs,
        &decided,
    )?;
    let mut accounts = std::mem::take(&mut counted.accounts);
    for story in stories.iter().filter(|story| heard.contains_key(&story.story)) {
        for id in story.articles.iter().filter(|id| !counted.changed.contains_key(*id)) {
            accounts.extend(store.account_rooted_in(id.as_str())?.map(bare));
        }
    }
    rest(&mut accounts, said.rests, &counted.carried);
    story::name_origins(&mut stories, &accounts, &heard, &kept);
    pairs.retain(|pair| [&pair.edge.a, &pair.edge.b].iter().any(|id| counted.changed.contains_key(*id)));
    Ok(Derived {
        changed: counted.changed.into_iter().collect(),
        edges: pairs.into_iter().map(|pair| pair.edge).collect(),
        families: counted.families,
        articles: counted.articles,
        accounts,
        stories,
        heard,
        quotes: said.quotes,
        statements: said.statements,
        said_by: said.by,
    })
}

/// What the last build left, and what each article is made of now.
#[derive(Debug, Default)]
struct Kept {
    articles: HashMap<ArticleId, KeptArticle>,
    /// The signatures of what stories said, by their ids.
    heard: HashMap<String, u128>,
    /// The origins that were named for stories, by their ids.
    origins: HashMap<ContentId, Vec<String>>,
}

/// What is known of an article before anything is derived.
#[derive(Debug)]
struct KeptArticle {
    /// Of its page and its mask.
    content: u128,
    claims: u128,
    /// Of what its component was worked out from.
    component: Option<u128>,
    /// What came out then.
    place: usize,
    day: Option<DateValue>,
    carried: Vec<ContentId>,
}

impl Kept {
    fn read(store: &Store, heads: &[ArticleHead], fresh: bool) -> Result<Self, Error> {
        let mut kept = Kept::default();
        let mut carried = store.told_by()?.1;
        // Both come in the order of ids.
        for (stamp, head) in store.stamps()?.into_iter().zip(heads) {
            let article = KeptArticle {
                content: stamp.content,
                claims: stamp.claims,
                component: stamp.component.filter(|_| !fresh),
                place: head.place.unwrap_or_default(),
                day: head.published.as_ref().and_then(|date| date.value.clone()),
                carried: carried.remove(&stamp.key).unwrap_or_default(),
            };
            kept.articles.insert(stamp.id, article);
        }
        if !fresh {
            kept.heard = store.heard()?;
            kept.origins = store.stories()?.into_iter().map(|story| (story.story, story.origins)).collect();
        }
        Ok(kept)
    }
}

/// A hash over parts, each with its length.
#[derive(Default)]
struct Signature(Xxh3);

impl Signature {
    fn add(&mut self, part: &[u8]) {
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    fn end(&self) -> u128 {
        self.0.digest128()
    }
}

/// An account as it came out of its component: without what it rests on, which its story tells.
fn bare(mut account: Account) -> Account {
    account.origins.clear();
    account.rests_on.clear();
    account.evidence.retain(|evidence| evidence.kind != said::RELAYS);
    account
}

/// Writes into the accounts what they rest on. An account of which the medium's page is a copy is not told to rest on it:
/// it is the same account.
fn rest(accounts: &mut [Account], rests: Vec<said::Rest>, carried: &HashMap<ArticleId, Vec<ContentId>>) {
    let known: HashSet<&ContentId> = carried.values().flatten().collect();
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
    /// The articles whose components were worked out anew, with the signatures of those.
    changed: HashMap<ArticleId, u128>,
    /// Their families, in the order of their members.
    families: Vec<Family>,
    /// Their accounts, in the order of their roots.
    accounts: Vec<Account>,
    /// What became of them, in the order of ids.
    articles: Vec<SettledArticle>,
    /// The days of all articles that have one.
    days: HashMap<ArticleId, DateValue>,
    /// Articles that hang together by copying, sources first; an article that copies nothing and is not copied alone. All of
    /// them.
    components: Vec<Vec<ArticleId>>,
    /// The accounts that each article carries, in the order of their roots.
    carried: HashMap<ArticleId, Vec<ContentId>>,
}

impl Counted {
    fn day(&self, id: &ArticleId) -> Option<DateValue> {
        self.days.get(id).cloned()
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
