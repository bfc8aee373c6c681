use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use wirecopy_claims::merge_origins;
use wirecopy_model::{Account, ArticleId, ContentId, Story};
use wirecopy_store::{ArticleHead, ArticleKey, Store};
use wirecopy_stories::{Clusters, Features};

use super::{Counted, Decided, Kept};
use crate::Error;

/// The stories: each group of copies is placed once, by the article that stands first in it, in the order of dates; then
/// what the user merged and split.
pub(super) fn cluster(
    store: &Store,
    heads: &[ArticleHead],
    counted: &Counted,
    decided: &Decided,
) -> Result<Vec<Story>, Error> {
    let keys: HashMap<&ArticleId, ArticleKey> = heads.iter().map(|head| (&head.id, head.key)).collect();
    let mut components: Vec<&Vec<ArticleId>> = counted.components.iter().collect();
    let day = |id: &ArticleId| counted.day(id).map(|value| value.day());
    components.sort_by_cached_key(|ids| {
        let first = ids.iter().filter_map(day).min();
        (first.is_none(), first, ids[0].clone())
    });
    // The features are read twice, for words are weighed by how many articles have them: they are too many to be held.
    // A hundred copies are one voice, for what words are frequent as well.
    let features = |ids: &[ArticleId]| -> Result<Features, Error> {
        let data = store.features_of(keys[&ids[0]])?;
        let read = data.as_deref().and_then(Features::from_bytes);
        Ok(read.ok_or_else(|| store.damage(&format!("the features of {} cannot be read", ids[0])))?)
    };
    let mut clusters = Clusters::new();
    for ids in &components {
        clusters.learn(&features(ids)?);
    }
    clusters.know_all();
    let mut stories: BTreeMap<usize, Vec<&ArticleId>> = BTreeMap::new();
    let epoch = jiff::civil::date(1970, 1, 1);
    for ids in components {
        let number = ids.iter().filter_map(day).min().map(|day| day.since(epoch).map_or(0, |span| span.get_days()));
        stories.entry(clusters.place(&features(ids)?, number)).or_default().extend(ids);
    }
    let stories = decided.stories(stories, &counted.components);
    let titles: HashMap<&ArticleId, &str> =
        heads.iter().filter_map(|head| Some((&head.id, head.title.as_deref()?))).collect();
    Ok(stories.into_values().map(|ids| story(ids, counted, &titles)).collect())
}

fn story(ids: Vec<&ArticleId>, counted: &Counted, titles: &HashMap<&ArticleId, &str>) -> Story {
    let carried = &counted.carried;
    // The article that was placed first gives the story its id; the headline is that of the account most carried.
    let first = ids[0];
    let mut votes: BTreeMap<ContentId, usize> = BTreeMap::new();
    for account in ids.iter().flat_map(|id| &carried[*id]) {
        *votes.entry(*account).or_default() += 1;
    }
    let chief = ids.iter().filter(|id| titles.contains_key(*id)).max_by_key(|id| {
        let pages = carried[**id].iter().map(|account| votes[account]).max().unwrap_or(0);
        let is_root = carried[**id].contains(&Account::id_of(id));
        (is_root, pages, Reverse((counted.day(id), (**id).clone())))
    });
    let title = chief.and_then(|id| titles.get(id)).map_or_else(|| first.to_string(), ToString::to_string);
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

/// Writes into each story the origins of its accounts, each once, those of most accounts first. Those of a story that was not
/// heard anew are known.
pub(super) fn name_origins(stories: &mut [Story], accounts: &[Account], heard: &HashMap<ContentId, u128>, kept: &Kept) {
    let of: HashMap<&ArticleId, &Account> = accounts.iter().map(|account| (&account.root, account)).collect();
    for story in stories {
        if !heard.contains_key(&story.story) {
            story.origins = kept.origins.get(&story.story).cloned().unwrap_or_default();
            continue;
        }
        let roots = story.articles.iter().filter_map(|id| of.get(id));
        let names: Vec<Vec<String>> = roots.map(|account| account.origins.clone()).collect();
        story.origins = merge_origins(&names);
    }
}
