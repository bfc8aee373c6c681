use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use wirecopy_copies::{Document, Grams, Index, Repeated, Sketch, relate};
use wirecopy_model::ArticleId;
use wirecopy_store::{ArticleKey, NewPair, Store, StoredSketch};

use super::Progress;
use crate::Error;

/// So many articles are compared with their candidates at a time; their texts are in memory together.
const BATCH: usize = 512;

/// Finds the pairs of all articles that have none yet, and of those whose candidates the new ones changed.
///
/// What was paired before goes into the index first and in silence; so the index names, for the rest, what the last
/// build that ended had not seen. What is compared is marked as paired last: a build that was killed in between left nothing
/// marked that lacks some. The pairs that it had stay until then.
pub(super) fn pair(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
    if store.is_paired()? {
        return Ok(());
    }
    let Indexed { index, keys, dirty } = indexed(store)?;
    let compared: Vec<ArticleKey> = dirty.iter().map(|id| keys[id]).collect();
    drop(keys);
    store.begin_pairs(&compared)?;
    let mut done: BTreeSet<(ArticleId, ArticleId)> = BTreeSet::new();
    for (batch, ids) in dirty.chunks(BATCH).enumerate() {
        progress(Progress::Comparing { done: batch * BATCH, of: dirty.len() });
        let pairs = candidates(&index, ids, &mut done);
        store.put_pairs(&compare(store, &pairs)?)?;
    }
    Ok(store.put_paired(&compared)?)
}

/// An index that knows the candidates of the articles that are to be compared.
struct Indexed {
    index: Index,
    /// The store's numbers of the articles in it.
    keys: HashMap<ArticleId, ArticleKey>,
    /// The articles to be compared, sorted.
    dirty: Vec<ArticleId>,
}

/// Articles are few if there are so many times as many in the store.
const FEW: usize = 8;

/// Finds out what is to be compared. Where few articles came only the grams matter that these have, and those whose candidates
/// they change: all other sketches are read over and left. The outcome is the same.
fn indexed(store: &Store) -> Result<Indexed, Error> {
    let articles = store.count()?;
    let mut new: Vec<Sketch> = Vec::new();
    store.each_sketch(Some(false), |sketch| -> Result<(), Error> {
        if new.len() * FEW <= articles {
            new.push(read(store, &sketch)?);
        }
        Ok(())
    })?;
    if new.len() * FEW > articles {
        drop(new);
        // Read twice, first for which grams come again: they are too many to be held.
        let mut repeated = Repeated::of(articles);
        store.each_sketch(None, |sketch| -> Result<(), Error> {
            repeated.note(&read(store, &sketch)?);
            Ok(())
        })?;
        return filled(store, repeated.into());
    }
    let found = filled(store, Grams::of(&new))?;
    if found.dirty.len() == new.len() {
        return Ok(found);
    }
    drop(new);
    let grams = Grams::of(found.dirty.iter().filter_map(|id| found.index.sketch_of(id)));
    drop(found);
    filled(store, grams)
}

/// The index that keeps these grams. What was paired goes into it first and in silence.
fn filled(store: &Store, grams: Grams) -> Result<Indexed, Error> {
    let mut index = Index::keeping(grams.clone());
    let mut keys: HashMap<ArticleId, ArticleKey> = HashMap::new();
    for paired in [true, false] {
        store.each_sketch(Some(paired), |sketch| -> Result<(), Error> {
            if !paired || grams.meets(&sketch.data) {
                let read = read(store, &sketch)?;
                keys.insert(sketch.id, sketch.key);
                index.insert(read);
            }
            Ok(())
        })?;
        if paired {
            index.take_dirty();
        }
    }
    let dirty = index.take_dirty();
    Ok(Indexed { index, keys, dirty })
}

fn read(store: &Store, sketch: &StoredSketch) -> Result<Sketch, Error> {
    let read = Sketch::from_bytes(sketch.id.as_str(), &sketch.data);
    Ok(read.ok_or_else(|| store.damage(&format!("the sketch of {} cannot be read", sketch.id)))?)
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
