use std::collections::HashMap;

use rayon::prelude::*;
use wirecopy_model::{Account, Article, ArticleId, ContentId, CopyEdge, Quote, Run, Story};
use wirecopy_reconcile::{Telling, quotes};
use wirecopy_store::{Store, StoredPair};

use super::{Counted, batches, read};
use crate::Error;

/// A story, to be read for quotations.
struct Group<'a> {
    story: ContentId,
    /// Its articles, sources before their copies.
    ids: Vec<&'a ArticleId>,
    /// The numbers of the pairs within it.
    pairs: Vec<usize>,
}

/// The quotations of each story.
pub(super) fn collect(
    store: &Store,
    counted: &Counted,
    stories: &[Story],
    pairs: &[StoredPair],
) -> Result<Vec<(Quote, Option<ContentId>)>, Error> {
    let carried = counted.carried();
    let mut all = Vec::new();
    for batch in batches(groups(counted, stories, pairs), |group| group.ids.len()) {
        let articles = read(store, batch.iter().flat_map(|group| group.ids.iter().copied()))?;
        let of_group = |group: &Group| {
            let telling = |article| {
                let article: &Article = article;
                let accounts = carried[&article.id].as_slice();
                Telling { article, accounts, is_root: accounts.contains(&Account::id_of(&article.id)) }
            };
            let tellings: Vec<Telling> = group.ids.iter().filter_map(|id| articles.get(*id)).map(telling).collect();
            let pairs: Vec<(&CopyEdge, &[Run])> =
                group.pairs.iter().map(|&index| (&pairs[index].edge, pairs[index].runs.as_slice())).collect();
            quotes(&tellings, &pairs).into_iter().map(|quote| (quote, Some(group.story))).collect::<Vec<_>>()
        };
        all.par_extend(batch.par_iter().flat_map_iter(of_group));
    }
    Ok(all)
}

fn groups<'a>(counted: &Counted, stories: &'a [Story], pairs: &[StoredPair]) -> Vec<Group<'a>> {
    let place: HashMap<&ArticleId, usize> =
        counted.components.iter().flatten().enumerate().map(|(place, id)| (id, place)).collect();
    let story_of: HashMap<&ArticleId, usize> =
        stories.iter().enumerate().flat_map(|(at, story)| story.articles.iter().map(move |id| (id, at))).collect();
    let group = |story: &'a Story| {
        let mut ids: Vec<&ArticleId> = story.articles.iter().collect();
        ids.sort_by_key(|id| place[id]);
        Group { story: story.story, ids, pairs: Vec::new() }
    };
    let mut groups: Vec<Group> = stories.iter().map(group).collect();
    for (index, pair) in pairs.iter().enumerate() {
        let (one, other) = (story_of[&pair.edge.a], story_of[&pair.edge.b]);
        if one == other {
            groups[one].pairs.push(index);
        }
    }
    groups
}
