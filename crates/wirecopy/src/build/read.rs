use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use rayon::prelude::*;
use wirecopy_copies::{Document, relate};
use wirecopy_intake::{self as intake, CAPTURE, Flow, Found, Walked, walk};
use wirecopy_model::{Article, ArticleId, Page, Reject};
use wirecopy_store::{NewArticle, Store};
use xxhash_rust::xxh3::Xxh3;

use super::{BuildOptions, BuildReport, Progress};
use crate::Error;

/// Pages are read, and committed, in batches of at most this many
const BATCH_PAGES: usize = 1_024;

/// and about this many bytes.
const BATCH_BYTES: usize = 16 << 20;

/// Reads what is under the paths into the store, until `stop` says so.
pub(super) fn read<P: AsRef<Path>>(
    store: &mut Store,
    paths: &[P],
    options: &BuildOptions,
    report: &mut BuildReport,
    progress: &mut dyn FnMut(Progress),
    stop: &dyn Fn() -> bool,
) -> Result<(), Error> {
    let mut walked = walk(paths);
    let pages = walked.inputs.len();
    for path in &options.references {
        let set = walk_reference(path);
        walked.inputs.extend(set.inputs);
        walked.rejects.extend(set.rejects);
        walked.other_files += set.other_files;
    }
    walked.inputs.iter_mut().for_each(|input| input.columns = options.columns.clone());
    report.other_files = walked.other_files;
    report.rejects.extend(walked.rejects);
    let mut reader = Reader { store, batch: Vec::new(), bytes: 0, from_file: HashMap::new() };
    let mut references = Vec::new();
    let mut pages_read = 0usize;
    let mut bytes_left: u64 = walked.inputs.iter().map(|input| input.bytes).sum();
    let mut read_to_end = Vec::new();
    for (done, input) in walked.inputs.iter().enumerate() {
        let (taken, name) = (Cell::new(0), Rc::<str>::from(input.path.display().to_string()));
        let mut failed = None;
        let flow = intake::read(input, &taken, &mut |found| {
            match found {
                Found::Page(page) => {
                    pages_read += 1;
                    if done >= pages {
                        references.push(page.id.clone());
                    }
                    if let Err(error) = reader.take(*page, &name, report) {
                        failed = Some(error);
                        return Flow::Break(());
                    }
                }
                Found::Reject(reject) => report.rejects.push(reject),
                Found::Other => report.other_files += 1,
                Found::Note(note) => report.notes.push(note),
            }
            if pages_read.is_multiple_of(64) {
                let (rejected, inputs_left) = (report.rejects.len(), walked.inputs.len() - done - 1);
                let bytes_left = bytes_left.saturating_sub(taken.get());
                progress(Progress::Reading { pages: pages_read, rejected, inputs_left, bytes_left });
            }
            if stop() { Flow::Break(()) } else { Flow::Continue(()) }
        });
        failed.map_or(Ok(()), Err)?;
        bytes_left = bytes_left.saturating_sub(input.bytes);
        if flow.is_break() {
            report.interrupted = true;
            break;
        }
        read_to_end.push(name.to_string());
    }
    reader.flush(report)?;
    store.add_references(&references)?;
    // Of an input that was not read to its end the rejects that are known stay known.
    read_to_end.extend(report.rejects.iter().map(|reject| reject.input.clone()));
    read_to_end.sort_unstable();
    read_to_end.dedup();
    store.put_rejects(&read_to_end, &report.rejects)?;
    Ok(())
}

/// The texts of a reference set. In a folder their ids begin with its name, so that two sets may have a `1.txt` each, and
/// what lies in a folder right below the pages has the id that it has among them.
fn walk_reference(path: &Path) -> Walked {
    let mut walked = walk(&[path]);
    let folder = path.canonicalize().ok().filter(|path| path.is_dir());
    if let Some(name) = folder.as_deref().and_then(Path::file_name) {
        for input in &mut walked.inputs {
            input.id = format!("{}/{}", name.to_string_lossy(), input.id);
        }
    }
    walked
}

struct Reader<'s> {
    store: &'s mut Store,
    batch: Vec<(Page, u128)>,
    bytes: usize,
    /// Ids of pages read in this build.
    from_file: HashMap<ArticleId, Seen>,
}

/// What was read under an id: two files of one name in two folders are no two versions of one page, but a page that was
/// fetched twice is.
struct Seen {
    content: u128,
    input: Rc<str>,
    fetched: Option<String>,
}

impl Reader<'_> {
    fn take(&mut self, page: Page, input: &Rc<str>, report: &mut BuildReport) -> Result<(), Error> {
        let content = content(&page);
        let fetched = page.fetched.clone();
        let captured = page.extra.contains_key(CAPTURE);
        if let Some(before) = self.from_file.get(&page.id) {
            let older = captured && fetched <= before.fetched;
            if before.content == content || older {
                report.added.unchanged += 1;
                return Ok(());
            }
            if before.input != *input && !captured {
                let why = format!("{} came under the same id, {:?}, with other content", before.input, page.id);
                report.rejects.push(Reject { input: input.to_string(), place: String::new(), why });
                return Ok(());
            }
        }
        let seen = Seen { content, input: input.clone(), fetched };
        let again = self.from_file.insert(page.id.clone(), seen).is_some();
        if self.store.has_content(&page.id, content)? || captured && !again && self.holds_a_later(&page)? {
            report.added.unchanged += 1;
            return Ok(());
        }
        self.bytes += page.text.as_ref().map_or(0, String::len)
            + page.html.as_ref().map_or(0, |html| html.bytes.len())
            + page.article.as_ref().map_or(0, |article| article.text.len());
        self.batch.push((page, content));
        if self.batch.len() >= BATCH_PAGES || self.bytes >= BATCH_BYTES {
            self.flush(report)?;
        }
        Ok(())
    }

    /// Whether the store holds the page as it was fetched later: archives are read in any order, and again.
    fn holds_a_later(&self, page: &Page) -> Result<bool, Error> {
        let Some(held) = self.store.article(page.id.as_str())? else { return Ok(false) };
        let fetched = held.extra.get(CAPTURE).and_then(|capture| capture["fetched"].as_str());
        Ok(fetched.is_some_and(|held| page.fetched.as_deref().is_none_or(|fetched| fetched <= held)))
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
    let url = page.article.as_ref().map_or(&page.url, |article| &article.url);
    let address = url.as_deref().and_then(wirecopy_extract::page_of);
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
    // Only where there is one: what a store knows of other pages stays as it is.
    if let Some(article) = &page.article {
        add(serde_json::to_vec(article).ok().as_deref());
    }
    // When and how it was fetched is left out: the same page fetched again is the same page.
    let mut extra = Cow::Borrowed(&page.extra);
    if extra.contains_key(CAPTURE) {
        extra.to_mut().remove(CAPTURE);
    }
    add(serde_json::to_vec(&*extra).ok().as_deref());
    hash.digest128()
}
