use rayon::prelude::*;
use wirecopy_copies::{Document, Sketch};
use wirecopy_model::Article;
use wirecopy_store::{ArticleKey, Entries, Store};
use wirecopy_stories::Features;

use crate::Error;

/// So many articles are read at a time.
const BATCH: usize = 1_024;

/// What the indexes keep of an article.
pub(super) fn entries(article: &Article) -> Entries {
    Entries {
        sketch: Sketch::of(&Document::of(article)).to_bytes(),
        features: Features::of(article).to_bytes(),
        site_lines: crate::sites::lines_of(article).to_bytes(),
    }
}

/// Makes everything anew that the indexes keep, from the texts: what comes after begins as if the articles were new.
pub(super) fn reindex(store: &mut Store) -> Result<(), Error> {
    let heads = store.heads()?;
    for batch in heads.chunks(BATCH) {
        let mut articles: Vec<(ArticleKey, Article)> = Vec::with_capacity(batch.len());
        for head in batch {
            articles.extend(store.unmasked(head.id.as_str())?.map(|article| (head.key, article)));
        }
        let made: Vec<(ArticleKey, Entries)> =
            articles.par_iter().map(|(key, article)| (*key, entries(article))).collect();
        store.reindex(&made)?;
    }
    Ok(())
}
