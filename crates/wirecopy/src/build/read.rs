use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;
use wirecopy_intake::{Pages, pages, walk};
use wirecopy_model::{ArticleId, Page, Reject};
use wirecopy_store::{NewArticle, Store};
use xxhash_rust::xxh3::Xxh3;

use super::{BuildReport, Progress};
use crate::Error;

/// Pages are read, and committed, in batches of at most this many
const BATCH_PAGES: usize = 256;

/// and about this many bytes.
const BATCH_BYTES: usize = 16 << 20;

/// Reads what is under the paths into the store.
pub(super) fn read<P: AsRef<Path>>(
    store: &mut Store,
    paths: &[P],
    report: &mut BuildReport,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Error> {
    let walked = walk(paths);
    report.other_files = walked.other_files;
    report.rejects.extend(walked.rejects);
    let mut reader = Reader { store, batch: Vec::new(), bytes: 0, from_file: HashMap::new() };
    let mut pages_read = 0usize;
    for (done, input) in walked.inputs.iter().enumerate() {
        let found: Pages = pages(input);
        for page in found {
            match page {
                Ok(page) => {
                    pages_read += 1;
                    let input = input.path.display().to_string();
                    reader.take(page, input, report)?;
                }
                Err(reject) => report.rejects.push(reject),
            }
            if pages_read.is_multiple_of(64) {
                let (rejected, inputs_left) = (report.rejects.len(), walked.inputs.len() - done - 1);
                progress(Progress::Reading { pages: pages_read, rejected, inputs_left });
            }
        }
    }
    reader.flush(report)?;
    let mut inputs: Vec<String> = walked.inputs.iter().map(|input| input.path.display().to_string()).collect();
    inputs.extend(report.rejects.iter().map(|reject| reject.input.clone()));
    inputs.sort_unstable();
    inputs.dedup();
    store.put_rejects(&inputs, &report.rejects)?;
    Ok(())
}

struct Reader<'s> {
    store: &'s mut Store,
    batch: Vec<(Page, u128)>,
    bytes: usize,
    /// Ids of single files read in this build, with what they held: two files of one name in two folders are no two
    /// versions of one page.
    from_file: HashMap<ArticleId, (u128, String)>,
}

impl Reader<'_> {
    fn take(&mut self, page: Page, input: String, report: &mut BuildReport) -> Result<(), Error> {
        let content = content(&page);
        if let Some((other, before)) = self.from_file.get(&page.id)
            && *before != input
        {
            if *other != content {
                let why = format!("{before} came under the same id, {:?}, with other content", page.id);
                report.rejects.push(Reject { input, place: String::new(), why });
            } else {
                report.added.unchanged += 1;
            }
            return Ok(());
        }
        self.from_file.insert(page.id.clone(), (content, input));
        if self.store.has_content(&page.id, content)? {
            report.added.unchanged += 1;
            return Ok(());
        }
        self.bytes += page.text.as_ref().map_or(0, String::len) + page.html.as_ref().map_or(0, |html| html.bytes.len());
        self.batch.push((page, content));
        if self.batch.len() >= BATCH_PAGES || self.bytes >= BATCH_BYTES {
            self.flush(report)?;
        }
        Ok(())
    }

    fn flush(&mut self, report: &mut BuildReport) -> Result<(), Error> {
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        let articles: Vec<NewArticle> = batch.into_par_iter().map(|(page, content)| prepare(&page, content)).collect();
        let added = self.store.add(&articles)?;
        report.added.new += added.new;
        report.added.changed += added.changed;
        report.added.unchanged += added.unchanged;
        Ok(())
    }
}

fn prepare(page: &Page, content: u128) -> NewArticle {
    let article = crate::stage::article(page);
    let entries = super::index::entries(&article);
    NewArticle { article, content, entries }
}

/// A hash of everything that a page says.
fn content(page: &Page) -> u128 {
    let mut hash = Xxh3::new();
    let mut add = |part: Option<&[u8]>| {
        hash.update(&part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        hash.update(part.unwrap_or_default());
    };
    add(page.html.as_ref().map(|html| html.bytes.as_slice()));
    let fields = [&page.text, &page.title, &page.url, &page.source, &page.published, &page.lang];
    fields.into_iter().for_each(|field| add(field.as_ref().map(String::as_bytes)));
    // `fetched` is left out: the same page fetched again is the same page.
    add(serde_json::to_vec(&page.extra).ok().as_deref());
    hash.digest128()
}
