use rayon::prelude::*;
use wirecopy_extract::SiteLines;
use wirecopy_model::Article;
use wirecopy_store::{Masking, SiteMask, Store};
use wirecopy_stories::Features;

use super::index::entries;
use crate::Error;
use crate::sites::{Sited, day_number, repeated};

/// So many articles are masked at a time.
const BATCH: usize = 512;

/// Masks in every article what its site repeats, and takes off the masks of what it no longer does.
///
/// What is known of all sites is found anew from what the store keeps of each article's lines; only articles of which
/// that says something else than it did are read and written.
pub(super) fn mask(store: &mut Store) -> Result<(), Error> {
    let stored = store.site_lines()?;
    let heads = store.heads()?;
    let mut signatures = Vec::with_capacity(stored.len());
    let mut sited = Vec::with_capacity(stored.len());
    // Both come in the order of ids, and every article has lines, if only none.
    for (lines, head) in stored.iter().zip(&heads) {
        let read = SiteLines::from_bytes(&lines.data);
        let damaged = || store.damage(&format!("the lines of {} cannot be read", lines.id));
        signatures.push(lines.signature);
        sited.push(Sited {
            key: lines.key,
            id: &head.id,
            day: day_number(head.claimed.as_ref()),
            lines: read.ok_or_else(damaged)?,
        });
    }
    let repeated = repeated(&sited, |&key| -> Result<Features, Error> {
        let data = store.unmasked_features_of(key)?;
        let read = data.as_deref().and_then(Features::from_bytes);
        Ok(read.ok_or_else(|| store.damage("the features of an article cannot be read"))?)
    })?;
    let now = sited.iter().map(|article| repeated.signature(&article.lines));
    let changed: Vec<_> = sited.iter().zip(signatures).zip(now).filter(|((_, before), now)| before != now).collect();
    for batch in changed.chunks(BATCH) {
        let mut articles: Vec<(&Sited<_>, u64, Article)> = Vec::with_capacity(batch.len());
        for ((sited, _), signature) in batch {
            articles.extend(store.unmasked(sited.id.as_str())?.map(|article| (*sited, *signature, article)));
        }
        let masking = |(sited, signature, article): &(&Sited<_>, u64, Article)| {
            let mut masked = article.clone();
            repeated.mark(&mut masked);
            Masking {
                article: sited.key,
                signature: *signature,
                mask: SiteMask::between(article, &masked),
                kept: masked.kept_text(),
                entries: entries(&masked),
            }
        };
        let maskings: Vec<Masking> = articles.par_iter().map(masking).collect();
        store.put_masks(&maskings)?;
    }
    Ok(())
}
