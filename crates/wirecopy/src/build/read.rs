use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;
use wirecopy_copies::{Document, relate};
use wirecopy_intake::{Pages, pages, walk};
use wirecopy_model::{Article, ArticleId, Page, Reject};
use wirecopy_store::{NewArticle, Store};
use xxhash_rust::xxh3::Xxh3;

use super::{BuildReport, Progress};
use crate::Error;

/// Pages are read, and committed, in batches of at most this many
const BATCH_PAGES: usize = 1_024;

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
        let mut articles: Vec<NewArticle> =
            batch.into_par_iter().map(|(page, content)| prepare(&page, content)).collect();
        self.join_versions(&mut articles)?;
        let added = self.store.add(&articles)?;
        report.added.new += added.new;
        report.added.changed += added.changed;
        report.added.unchanged += added.unchanged;
        Ok(())
    }

    /// Makes an article that came under an id of its own a version of the one that has its address, if there is one: the
    /// same page, fetched again. Whose text is another one is another page: some sites print everything at one address.
    fn join_versions(&self, articles: &mut [NewArticle]) -> Result<(), Error> {
        let mut here: HashMap<String, usize> = HashMap::new();
        for at in 0..articles.len() {
            let Some(page) = articles[at].page.clone() else { continue };
            let id = articles[at].article.id.clone();
            if let Some(known) = self.store.resolve(id.as_str())? {
                articles[at].came_as = (known != id).then_some(id);
                articles[at].article.id = known;
                continue;
            }
            let first = match here.get(&page) {
                Some(&first) => Some(articles[first].article.clone()),
                None => match self.store.article_of_page(&page)? {
                    Some(first) => self.store.article(first.as_str())?,
                    None => None,
                },
            };
            match first {
                Some(first) if first.id != id && is_edited(&first, &articles[at].article) => {
                    articles[at].article.id = first.id;
                    articles[at].came_as = Some(id);
                }
                _ => {
                    here.entry(page).or_insert(at);
                }
            }
        }
        Ok(())
    }
}

/// Whether one text may be an edition of the other.
fn is_edited(one: &Article, other: &Article) -> bool {
    let of = |article: &Article, place: &str| Document::of(&Article { id: place.into(), ..article.clone() });
    relate(&of(one, "1"), &of(other, "2")).is_some_and(|pair| pair.edge.relation.is_copy())
}

fn prepare(page: &Page, content: u128) -> NewArticle {
    let article = crate::stage::article(page);
    let entries = super::index::entries(&article);
    let address = page.url.as_deref().and_then(wirecopy_extract::page_of);
    NewArticle { article, content, page: address, came_as: None, entries }
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
