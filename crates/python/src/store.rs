//! Stores: building them, and their tables.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

use arrow_schema::SchemaRef;
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyFileNotFoundError, PyKeyError, PyKeyboardInterrupt};
use pyo3::prelude::*;
use serde::Serialize;
use wirecopy::model::{ArticleId, ContentId, DocumentDate};
use wirecopy::{BuildOptions, Error, Library, Mode, StoreError, build_until};

use crate::output::{Table, failed, object};
use crate::schema;

create_exception!(wirecopy, StoreFault, PyException, "A store that cannot be opened, read or written.");

/// A store, open for reading.
#[pyclass(frozen, module = "wirecopy")]
pub struct Store {
    store: Mutex<wirecopy::Store>,
    path: PathBuf,
}

#[pyfunction]
#[pyo3(signature = (store="wirecopy.db".into()))]
pub fn open(py: Python<'_>, store: PathBuf) -> PyResult<Store> {
    let opened = py.detach(|| wirecopy::Store::open(&store, Mode::Read));
    Ok(Store { store: Mutex::new(opened.map_err(|error| raised(error.into()))?), path: store })
}

#[pyfunction]
#[pyo3(signature = (*paths, store="wirecopy.db".into(), references=Vec::new(), rebuild=false, claims=true))]
pub fn build<'py>(
    py: Python<'py>,
    paths: Vec<PathBuf>,
    store: PathBuf,
    references: Vec<PathBuf>,
    rebuild: bool,
    claims: bool,
) -> PyResult<Bound<'py, PyAny>> {
    // Ctrl-C reaches Python while Rust works: it is asked for between pages, and what was read by then is kept.
    let stop = || Python::attach(|py| py.check_signals().is_err());
    let built = py.detach(|| -> Result<_, Error> {
        let mut opened = wirecopy::Store::open(&store, Mode::Write)?;
        let options = BuildOptions { rebuild, no_claims: !claims, references, ..BuildOptions::default() };
        build_until(&mut opened, &paths, options, &mut |_| {}, &stop)
    });
    let report = built.map_err(raised)?;
    if report.interrupted {
        return Err(PyKeyboardInterrupt::new_err("the pages read so far are in the store"));
    }
    object(
        py,
        &serde_json::json!({
            "articles": report.articles,
            "stories": report.stories,
            "accounts": report.accounts,
            "copies": report.copies,
            "references": report.references,
            "rejects": report.rejects,
            "notes": report.notes,
        }),
    )
}

fn raised(error: Error) -> PyErr {
    match &error {
        Error::Store(StoreError::Missing(_)) => PyFileNotFoundError::new_err(error.to_string()),
        Error::NoArticle(_) | Error::NoReference(_) | Error::NoStory(_) | Error::ManyStories(_) => {
            PyKeyError::new_err(error.to_string())
        }
        _ => StoreFault::new_err(error.to_string()),
    }
}

/// An article without its text.
#[derive(Serialize)]
struct Head<'a> {
    id: ArticleId,
    title: Option<String>,
    byline: Option<String>,
    agency: Option<String>,
    source: Option<String>,
    url: Option<String>,
    lang: Option<String>,
    published: Option<DocumentDate>,
    versions: usize,
    accounts: &'a [ContentId],
    own_share: Option<f64>,
    story: Option<ContentId>,
}

impl Store {
    fn lock(&self) -> MutexGuard<'_, wirecopy::Store> {
        // A reader that panicked left nothing half done.
        self.store.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn table<T: Serialize + Sync>(
        &self,
        py: Python<'_>,
        schema: SchemaRef,
        rows: impl FnOnce(&Library) -> Result<Vec<T>, Error> + Send,
    ) -> PyResult<Table> {
        self.sized(py, schema, rows, |_| 0)
    }

    fn sized<T: Serialize + Sync>(
        &self,
        py: Python<'_>,
        schema: SchemaRef,
        rows: impl FnOnce(&Library) -> Result<Vec<T>, Error> + Send,
        size: impl Fn(&T) -> usize + Send,
    ) -> PyResult<Table> {
        let made = py.detach(|| -> Result<_, Error> {
            let store = self.lock();
            Ok(Table::sized(&rows(&Library::open(&store)?)?, schema, size))
        });
        made.map_err(raised)?.map_err(failed)
    }
}

/// The articles without their texts, which would have to be unpacked.
fn heads(py: Python<'_>, store: &Store, story: Option<&str>) -> PyResult<Table> {
    let made = py.detach(|| -> Result<_, Error> {
        let store = store.lock();
        let library = Library::open(&store)?;
        let wanted = story.map(|story| library.story(story).map(|story| story.story)).transpose()?;
        let (stories, accounts) = store.told_by()?;
        let heads = store.heads()?.into_iter().map(|head| Head {
            title: head.title,
            byline: head.byline,
            agency: head.agency,
            source: head.source,
            url: head.url,
            lang: head.lang,
            published: head.published,
            versions: head.versions,
            accounts: accounts.get(&head.key).map_or(&[], Vec::as_slice),
            own_share: head.own_share,
            story: stories.get(&head.key).copied(),
            id: head.id,
        });
        let heads: Vec<Head> = heads.filter(|head| wanted.is_none() || head.story == wanted).collect();
        Ok(Table::of(&heads, schema::heads()))
    });
    made.map_err(raised)?.map_err(failed)
}

#[pymethods]
impl Store {
    fn __repr__(&self) -> String {
        format!("<wirecopy.Store {}>", self.path.display())
    }

    #[pyo3(signature = (story=None, *, text=false))]
    fn articles(&self, py: Python<'_>, story: Option<&str>, text: bool) -> PyResult<Table> {
        if !text {
            return heads(py, self, story);
        }
        let size = |row: &wirecopy::ArticleRow| row.text.as_ref().map_or(0, String::len);
        self.sized(py, schema::articles_of_store(), |library| library.articles(story, true), size)
    }

    #[pyo3(signature = (story=None))]
    fn stories(&self, py: Python<'_>, story: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::stories_of_store(), |library| library.stories(story))
    }

    #[pyo3(signature = (story=None))]
    fn accounts(&self, py: Python<'_>, story: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::accounts(), |library| library.accounts(story))
    }

    #[pyo3(signature = (story=None))]
    fn copies(&self, py: Python<'_>, story: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::copies_of_store(), |library| library.copies(story))
    }

    #[pyo3(signature = (story=None))]
    fn lineage(&self, py: Python<'_>, story: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::lineage_of_store(), |library| library.lineage(story))
    }

    #[pyo3(signature = (story=None, *, speaker=None))]
    fn claims(&self, py: Python<'_>, story: Option<&str>, speaker: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::claims_of_store(), |library| library.claims(story, speaker))
    }

    #[pyo3(signature = (story=None))]
    fn quotes(&self, py: Python<'_>, story: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::quotes(), |library| library.quotes(story))
    }

    #[pyo3(signature = (text=None))]
    fn carried(&self, py: Python<'_>, text: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::references_of_store(), |library| library.references(text))
    }

    #[pyo3(signature = ())]
    fn dates(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, schema::dates_of_store(), |library| library.all_dates())
    }

    #[pyo3(signature = (story=None))]
    fn timeline(&self, py: Python<'_>, story: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::timeline(), |library| library.timeline(story))
    }

    #[pyo3(signature = (story=None))]
    fn disputes(&self, py: Python<'_>, story: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::disputes_of_store(), |library| library.disputes(story))
    }

    #[pyo3(signature = (story=None))]
    fn developments(&self, py: Python<'_>, story: Option<&str>) -> PyResult<Table> {
        self.table(py, schema::developments(), |library| library.developments(story))
    }

    #[pyo3(signature = ())]
    fn rejects(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, schema::rejects(), |library| library.rejects())
    }
}
