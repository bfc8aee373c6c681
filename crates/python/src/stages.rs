//! The stages as functions of articles, with Python's lock released while they work.

use std::sync::LazyLock;

use pyo3::prelude::*;
use pyo3::types::PyList;
use wirecopy::lang::{Cache, Language};
use wirecopy::model::{Article, Page};
use wirecopy::stage::{self, ClaimReader};

use crate::{input, output, schema};

/// The analyses of so many tokens of text that repeats are remembered.
const CACHED_TOKENS: usize = 1_000_000;

static LANGUAGE: LazyLock<(Language, Cache)> =
    LazyLock::new(|| (Language::english(), Cache::with_capacity(CACHED_TOKENS)));
static READER: LazyLock<ClaimReader> = LazyLock::new(ClaimReader::new);
static RULES: LazyLock<ClaimReader> = LazyLock::new(ClaimReader::rules_only);
static TEXT: LazyLock<ClaimReader> = LazyLock::new(ClaimReader::text_only);

type Articles<'a, 'py> = &'a Bound<'py, PyAny>;
type Rejects<'a, 'py> = Option<&'a Bound<'py, PyList>>;

/// Runs a stage over the pages and gives its rows in the form in which the articles came.
fn run<'py, T: serde::Serialize + Send + Sync>(
    articles: Articles<'_, 'py>,
    rejects: Rejects<'_, 'py>,
    with_story: bool,
    schema: arrow_schema::SchemaRef,
    size: impl Fn(&T) -> usize + Send + Sync,
    stage: impl FnOnce(&[Page]) -> Vec<T> + Send,
) -> PyResult<Bound<'py, PyAny>> {
    let py = articles.py();
    let input = input::pages(articles, rejects, with_story)?;
    let rows = py.detach(|| stage(&input.pages));
    output::rows(py, &rows, schema, input.table, size)
}

fn small<T>(_: &T) -> usize {
    0
}

#[pyfunction]
#[pyo3(signature = (articles, *, rejects=None))]
pub fn extract<'py>(articles: Articles<'_, 'py>, rejects: Rejects<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    run(articles, rejects, false, schema::articles(), article_size, stage::extract)
}

/// About how many bytes an article's row has.
pub fn article_size(article: &Article) -> usize {
    article.text.len() + article.lines.len() * 64
}

#[pyfunction]
#[pyo3(signature = (articles, *, rejects=None))]
pub fn annotate<'py>(articles: Articles<'_, 'py>, rejects: Rejects<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let size =
        |row: &wirecopy::model::Annotation| row.sentences.iter().map(|sentence| sentence.tokens.len() * 60).sum();
    run(articles, rejects, false, schema::annotations(), size, |pages| {
        let (language, cache) = &*LANGUAGE;
        stage::annotate(pages, language, cache)
    })
}

#[pyfunction]
#[pyo3(signature = (articles, *, rejects=None))]
pub fn dates<'py>(articles: Articles<'_, 'py>, rejects: Rejects<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    run(articles, rejects, false, schema::dates(), small, stage::dates)
}

#[pyfunction]
#[pyo3(signature = (articles, *, rules_only=false, text_only=false, rejects=None))]
pub fn claims<'py>(
    articles: Articles<'_, 'py>,
    rules_only: bool,
    text_only: bool,
    rejects: Rejects<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    run(articles, rejects, false, schema::claims(), small, |pages| {
        let reader = match (text_only, rules_only) {
            (true, _) => &*TEXT,
            (false, true) => &*RULES,
            (false, false) => &*READER,
        };
        stage::claims(pages, reader)
    })
}

#[pyfunction]
#[pyo3(signature = (articles, *, changes=false, rejects=None))]
pub fn copies<'py>(
    articles: Articles<'_, 'py>,
    changes: bool,
    rejects: Rejects<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    run(articles, rejects, false, schema::copies(), small, |pages| stage::copies(pages, changes))
}

#[pyfunction]
#[pyo3(signature = (articles, *, rejects=None))]
pub fn lineage<'py>(articles: Articles<'_, 'py>, rejects: Rejects<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    run(articles, rejects, false, schema::lineage(), small, stage::lineage)
}

#[pyfunction]
#[pyo3(signature = (articles, *, batch=false, rejects=None))]
pub fn stories<'py>(
    articles: Articles<'_, 'py>,
    batch: bool,
    rejects: Rejects<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    run(articles, rejects, false, schema::stories(), small, |pages| stage::stories(pages, batch))
}

#[pyfunction]
#[pyo3(signature = (articles, *, rejects=None))]
pub fn disputes<'py>(articles: Articles<'_, 'py>, rejects: Rejects<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    run(articles, rejects, true, schema::disputes(), small, |pages| {
        let (language, cache) = &*LANGUAGE;
        stage::disputes(pages, language, cache)
    })
}
