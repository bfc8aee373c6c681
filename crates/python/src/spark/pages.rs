//! From pages to articles and their sketches.

use arrow_array::Array;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rayon::prelude::*;
use wirecopy::model::Article;
use wirecopy::stage::{self, SiteView, article, repeated_lines};
use wirecopy_copies::{Document, Sketch, SketchSize};
use wirecopy_extract::{RepeatedLines, SiteLines};
use wirecopy_stories::Features;

use super::columns::{Columns, bytes, cell, numbers, table, texts};
use crate::input;
use crate::output::{Table, failed};

/// The articles of pages: `row`, `id`, `article` (JSON), `day`, `lines`, `features`; of a page that cannot be used `why`.
/// Rows are counted within the table.
#[pyfunction]
pub fn read(pages: &Bound<'_, PyAny>) -> PyResult<Table> {
    let py = pages.py();
    let input = input::read(pages)?;
    let read = py.detach(|| -> serde_json::Result<Vec<(String, SiteView)>> {
        let one = |page| {
            let article = article(page);
            Ok((serde_json::to_string(&article)?, SiteView::of(&article)))
        };
        input.pages.par_iter().map(one).collect()
    });
    let read = read.map_err(failed)?;
    let none = || input.rejects.iter();
    table([
        ("row", numbers(input.rows.iter().copied().chain(none().map(|reject| reject.row)).map(|row| row as i64))),
        ("id", texts(read.iter().map(|(_, view)| Some(view.id.as_str())).chain(none().map(|r| r.id.as_deref())))),
        ("article", texts(read.iter().map(|(json, _)| Some(json.as_str())).chain(none().map(|_| None)))),
        ("day", {
            let days = read.iter().map(|(_, view)| view.day.map(i64::from)).chain(none().map(|_| None));
            std::sync::Arc::new(arrow_array::Int64Array::from_iter(days))
        }),
        ("lines", {
            let lines = read.iter().map(|(_, view)| (!view.lines.is_empty()).then(|| view.lines.to_bytes()));
            bytes(lines.chain(none().map(|_| None)))
        }),
        ("features", {
            let features = read.iter().map(|(_, view)| (!view.lines.is_empty()).then(|| view.features.to_bytes()));
            bytes(features.chain(none().map(|_| None)))
        }),
        ("why", texts(read.iter().map(|_| None).chain(none().map(|reject| Some(reject.why.as_str()))))),
    ])
}

/// The lines that sites repeat over the articles of these rows (`id`, `day`, `lines`, `features`), as bytes.
#[pyfunction]
pub fn repeated<'py>(py: Python<'py>, articles: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    let columns = Columns::of(articles)?;
    let (ids, days) = (columns.text("id")?, columns.numbers("day")?);
    let (lines, features) = (columns.bytes("lines")?, columns.bytes("features")?);
    let found = py.detach(|| -> Option<Vec<u8>> {
        let view = |at: usize| {
            Some(SiteView {
                id: ids.value(at).into(),
                day: days.is_valid(at).then(|| days.value(at) as i32),
                lines: SiteLines::from_bytes(lines.value(at))?,
                features: Features::from_bytes(features.value(at))?,
            })
        };
        let views: Vec<SiteView> = (0..columns.len()).map(view).collect::<Option<_>>()?;
        Some(repeated_lines(&views).to_bytes())
    });
    let found = found.ok_or_else(|| PyValueError::new_err("lines or features that cannot be read"))?;
    Ok(PyBytes::new(py, &found))
}

/// The articles of these rows (`id`, `article`) without the lines that sites repeat, with what candidates are found by: `id`,
/// `article`, `position`, `sketch`, `size`.
#[pyfunction]
pub fn mask(articles: &Bound<'_, PyAny>, repeated: &[u8]) -> PyResult<Table> {
    let columns = Columns::of(articles)?;
    let repeated = RepeatedLines::from_bytes(repeated)
        .ok_or_else(|| PyValueError::new_err("the lines that sites repeat cannot be read"))?;
    let json = columns.text("article")?;
    let made = articles.py().detach(|| {
        let one = |at: usize| -> serde_json::Result<(Option<String>, Sketch)> {
            let mut article: Article = serde_json::from_str(cell(&json, at).unwrap_or_default())?;
            let masked =
                if stage::mask(&mut article, &repeated) { Some(serde_json::to_string(&article)?) } else { None };
            Ok((masked, Sketch::of(&Document::of(&article))))
        };
        (0..columns.len()).into_par_iter().map(one).collect::<serde_json::Result<Vec<_>>>()
    });
    let made = made.map_err(failed)?;
    // Spark has signed numbers only: the order is kept by moving its middle to zero.
    let position = |sketch: &Sketch| (sketch.order() ^ 1 << 63) as i64;
    table([
        ("id", texts(made.iter().map(|(_, sketch)| Some(sketch.id().as_str())))),
        ("article", texts(made.iter().enumerate().map(|(at, (masked, _))| masked.as_deref().or(cell(&json, at))))),
        ("position", numbers(made.iter().map(|(_, sketch)| position(sketch)))),
        ("sketch", bytes(made.iter().map(|(_, sketch)| Some(sketch.to_bytes())))),
        ("size", bytes(made.iter().map(|(_, sketch)| Some(SketchSize::of(sketch).to_bytes())))),
    ])
}
