use rayon::prelude::*;
use wirecopy_lang::{Cache, Language, annotate};
use wirecopy_model::{Article, Claim};
use wirecopy_store::{ArticleKey, Store};

use super::Progress;
use crate::Error;

/// So many articles are analysed at a time; what they say is committed together.
const BATCH: usize = 256;

/// The analyses of so many tokens are remembered: copies repeat paragraphs.
const CACHED_TOKENS: usize = 500_000;

/// Reads the claims of all articles that have none yet. English alone has a grammar here: an article in another language
/// has no claims.
pub(super) fn claims(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
    let missing = store.unclaimed()?;
    if missing.is_empty() {
        return Ok(());
    }
    let language = Language::english();
    let cache = Cache::with_capacity(CACHED_TOKENS);
    for (batch, ids) in missing.chunks(BATCH).enumerate() {
        progress(Progress::Listening { done: batch * BATCH, of: missing.len() });
        let mut articles: Vec<(ArticleKey, Article)> = Vec::with_capacity(ids.len());
        for (key, id) in ids {
            articles.extend(store.article(id.as_str())?.map(|article| (*key, article)));
        }
        let found: Vec<(ArticleKey, Vec<Claim>)> =
            articles.par_iter().map(|(key, article)| (*key, of_article(article, &language, &cache))).collect();
        store.put_claims(&found)?;
    }
    Ok(())
}

fn of_article(article: &Article, language: &Language, cache: &Cache) -> Vec<Claim> {
    let english = article.lang.as_deref().is_none_or(|tag| tag.to_ascii_lowercase().starts_with("en"));
    if !english {
        return Vec::new();
    }
    let annotation = annotate(article, language, cache);
    wirecopy_claims::claims_of(&article.text, &article.kept, Some(&annotation), None)
}
