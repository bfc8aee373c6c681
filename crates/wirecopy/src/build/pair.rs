use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use wirecopy_copies::{Document, Index, Sketch, relate};
use wirecopy_model::ArticleId;
use wirecopy_store::{ArticleKey, NewPair, Store};

use super::Progress;
use crate::Error;

/// So many articles are compared with their candidates at a time; their texts are in memory together.
const BATCH: usize = 512;

/// Finds the pairs of all articles that have none yet, and of those whose candidates the new ones changed.
///
/// What was paired before goes into the index first and in silence; so the index names, for the rest, what the last
/// build that ended had not seen, whether or not one was killed in between.
pub(super) fn pair(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
    let stored = store.sketches()?;
    if stored.iter().all(|sketch| sketch.paired) {
        return Ok(());
    }
    let keys: HashMap<ArticleId, ArticleKey> = stored.iter().map(|sketch| (sketch.id.clone(), sketch.key)).collect();
    let mut index = Index::default();
    let (old, new): (Vec<_>, Vec<_>) = stored.into_iter().partition(|sketch| sketch.paired);
    for sketch in old.iter().chain(&new) {
        let read = Sketch::from_bytes(sketch.id.as_str(), &sketch.data);
        index.insert(read.ok_or_else(|| store.damage(&format!("the sketch of {} cannot be read", sketch.id)))?);
        if sketch.key == old.last().map_or(-1, |last| last.key) {
            index.take_dirty();
        }
    }
    let dirty = index.take_dirty();
    let mut done: BTreeSet<(ArticleId, ArticleId)> = BTreeSet::new();
    let mut found: Vec<NewPair> = Vec::new();
    for (batch, ids) in dirty.chunks(BATCH).enumerate() {
        progress(Progress::Comparing { done: batch * BATCH, of: dirty.len() });
        let pairs = candidates(&index, ids, &mut done);
        found.extend(compare(store, &pairs)?);
    }
    let paired: Vec<ArticleKey> = dirty.iter().map(|id| keys[id]).collect();
    // All at once: an article that is marked as paired must have all its pairs, also those that came with the last.
    store.put_pairs(&found, &paired)?;
    Ok(())
}

/// The pairs of these articles with their candidates that were not compared yet.
fn candidates(
    index: &Index,
    ids: &[ArticleId],
    done: &mut BTreeSet<(ArticleId, ArticleId)>,
) -> Vec<(ArticleId, ArticleId)> {
    let found: Vec<(ArticleId, Vec<ArticleId>)> = ids.par_iter().map(|id| (id.clone(), index.candidates(id))).collect();
    let mut pairs = Vec::new();
    for (id, others) in found {
        for other in others {
            let pair = if id < other { (id.clone(), other) } else { (other, id.clone()) };
            if done.insert(pair.clone()) {
                pairs.push(pair);
            }
        }
    }
    pairs
}

fn compare(store: &Store, pairs: &[(ArticleId, ArticleId)]) -> Result<Vec<NewPair>, Error> {
    let wanted: BTreeSet<&ArticleId> = pairs.iter().flat_map(|(a, b)| [a, b]).collect();
    let documents = documents(store, wanted)?;
    let related = pairs.par_iter().filter_map(|(a, b)| relate(documents.get(a)?, documents.get(b)?));
    Ok(related.map(|pair| NewPair { edge: pair.edge, runs: pair.runs }).collect())
}

/// The documents of these articles.
pub(super) fn documents<'a>(
    store: &Store,
    ids: impl IntoIterator<Item = &'a ArticleId>,
) -> Result<BTreeMap<ArticleId, Document>, Error> {
    let mut articles = Vec::new();
    for id in ids {
        articles.extend(store.article(id.as_str())?);
    }
    Ok(articles.par_iter().map(|article| (article.id.clone(), Document::of(article))).collect())
}
