use rayon::prelude::*;
use wirecopy_model::{Article, Claim};
use wirecopy_store::{ArticleKey, Store};

use super::Progress;
use crate::Error;
use crate::stage::ClaimReader;

/// So many articles are analysed at a time; what they say is committed together.
const BATCH: usize = 256;

/// Reads the claims of all articles that have none yet. English alone has a grammar here: an article in another language
/// has no claims.
pub(super) fn claims(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
    let missing = store.unclaimed()?;
    if missing.is_empty() {
        return Ok(());
    }
    let reader = ClaimReader::new();
    for (batch, ids) in missing.chunks(BATCH).enumerate() {
        progress(Progress::Listening { done: batch * BATCH, of: missing.len() });
        let mut articles: Vec<(ArticleKey, Article)> = Vec::with_capacity(ids.len());
        for (key, id) in ids {
            articles.extend(store.article(id.as_str())?.map(|article| (*key, article)));
        }
        let found: Vec<(ArticleKey, Vec<Claim>)> =
            articles.par_iter().map(|(key, article)| (*key, reader.claims(article).claims)).collect();
        store.put_claims(&found)?;
    }
    Ok(())
}
