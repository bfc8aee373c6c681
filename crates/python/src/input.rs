//! Articles as Python brings them: lists of dictionaries, or Arrow tables of any library.

use std::collections::HashSet;

use arrow_array::cast::AsArray;
use arrow_array::{Array, BinaryArray, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_json::LineDelimitedWriter;
use arrow_schema::{DataType, SchemaRef};
use pyo3::create_exception;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString};
use pyo3_arrow::input::AnyRecordBatch;
use serde_json::Value;
use wirecopy::model::{ArticleId, Html, Page, PageError};
use wirecopy::stage::story_of;

create_exception!(
    wirecopy,
    Rejected,
    PyValueError,
    "Articles that cannot be used. `rejects` is a list of them: `row` (counted from 0), `id` where there is one, `why`."
);

/// No page of an article is larger; the command reads no longer line.
const LARGEST: usize = 64 << 20;

/// So many rejects are told in the words of an exception; all are in its list.
const TOLD: usize = 3;

/// The pages that came in.
pub struct Input {
    pub pages: Vec<Page>,
    /// Whether they came in a table.
    pub table: bool,
}

/// A row that cannot be used.
pub struct Reject {
    pub row: usize,
    pub id: Option<String>,
    pub why: String,
}

impl Reject {
    fn told(&self) -> String {
        match &self.id {
            Some(id) => format!("row {}, article {id:?}: {}", self.row, self.why),
            None => format!("row {}: {}", self.row, self.why),
        }
    }
}

/// Reads what `articles` holds. What cannot be used is appended to `rejects`, or raised where there is none.
pub fn pages(articles: &Bound<'_, PyAny>, rejects: Option<&Bound<'_, PyList>>, with_story: bool) -> PyResult<Input> {
    let py = articles.py();
    let mut input = read(articles)?;
    let mut seen = HashSet::new();
    let mut pages = Vec::with_capacity(input.pages.len());
    let rows = std::mem::take(&mut input.rows);
    for (page, row) in std::mem::take(&mut input.pages).into_iter().zip(rows) {
        let why = match () {
            () if with_story && story_of(&page).is_none() => {
                "no `story`: the stage compares articles of one story".to_owned()
            }
            () if !seen.insert(page.id.clone()) => "a second article with this id".to_owned(),
            () => {
                pages.push(page);
                continue;
            }
        };
        input.rejects.push(Reject { row, id: Some(page.id.to_string()), why });
    }
    input.rejects.sort_by_key(|reject| reject.row);
    report(py, &input.rejects, rejects)?;
    Ok(Input { pages, table: input.table })
}

fn report(py: Python<'_>, found: &[Reject], rejects: Option<&Bound<'_, PyList>>) -> PyResult<()> {
    let list = rejects.cloned().unwrap_or_else(|| PyList::empty(py));
    for reject in found {
        let row = PyDict::new(py);
        row.set_item("row", reject.row)?;
        row.set_item("id", &reject.id)?;
        row.set_item("why", &reject.why)?;
        list.append(row)?;
    }
    if rejects.is_some() || found.is_empty() {
        return Ok(());
    }
    let mut told: Vec<String> = found.iter().take(TOLD).map(Reject::told).collect();
    if found.len() > TOLD {
        told.push(format!("and {} more", found.len() - TOLD));
    }
    let error = Rejected::new_err(told.join("; "));
    error.value(py).setattr("rejects", list)?;
    Err(error)
}

/// Pages with the rows that they stand in. An id may come twice.
#[derive(Default)]
pub struct Rows {
    pub pages: Vec<Page>,
    pub rows: Vec<usize>,
    pub rejects: Vec<Reject>,
    table: bool,
}

impl Rows {
    fn add(&mut self, row: usize, id: Option<String>, page: Result<Page, String>) {
        match page {
            Ok(page) if size(&page) > LARGEST => {
                let why = format!("{} MB of text, more than {} MB", size(&page) >> 20, LARGEST >> 20);
                self.rejects.push(Reject { row, id: Some(page.id.to_string()), why });
            }
            Ok(page) => {
                self.pages.push(page);
                self.rows.push(row);
            }
            Err(why) => self.rejects.push(Reject { row, id, why }),
        }
    }
}

fn size(page: &Page) -> usize {
    page.text.as_ref().map_or(0, String::len)
        + page.html.as_ref().map_or(0, |html| html.bytes.len())
        + page.article.as_ref().map_or(0, |article| article.text.len())
}

/// Reads what `articles` holds, each row for itself.
pub fn read(articles: &Bound<'_, PyAny>) -> PyResult<Rows> {
    let mut rows = Rows::default();
    if is_table(articles)? {
        rows.table = true;
        let mut row = 0;
        for batch in batches(articles)?.1 {
            let read = articles.py().detach(|| read_batch(&batch, &mut row, &mut rows));
            read.map_err(PyTypeError::new_err)?;
        }
        return Ok(rows);
    }
    if articles.cast::<PyDict>().is_ok() || articles.cast::<PyString>().is_ok() {
        return Err(PyTypeError::new_err("a list of articles is needed, or an Arrow table"));
    }
    for (row, article) in articles.try_iter()?.enumerate() {
        let article = article?;
        let (id, page) = match article.cast::<PyDict>() {
            Ok(fields) if READ.iter().all(|name| fields.contains(name).unwrap_or(false)) => of_json(&json_of(fields)?),
            Ok(fields) => of_dict(fields)?,
            Err(_) => (None, Err(format!("no dictionary but {}", article.get_type().name()?))),
        };
        rows.add(row, id, page);
    }
    Ok(rows)
}

fn is_table(articles: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(articles.hasattr("__arrow_c_stream__")? || articles.hasattr("__arrow_c_array__")?)
}

/// The record batches of an Arrow table, and its schema.
pub fn batches(table: &Bound<'_, PyAny>) -> PyResult<(SchemaRef, Vec<RecordBatch>)> {
    streamed(table).or_else(|error| {
        // Polars hands over columns of nothing but nulls with a buffer that none should have (pola-rs/polars#22934);
        // pyarrow, where there is one, does not mind.
        let of_nulls = error.to_string().contains("\"Null\" doesn't expect buffer");
        match table.py().import("pyarrow") {
            Ok(pyarrow) if of_nulls => streamed(&pyarrow.call_method1("table", (table,))?),
            _ => Err(error),
        }
    })
}

fn streamed(table: &Bound<'_, PyAny>) -> PyResult<(SchemaRef, Vec<RecordBatch>)> {
    let reader = table.extract::<AnyRecordBatch>()?.into_reader()?;
    let schema = reader.schema();
    // Reading calls back into whatever made the table, which may need Python's lock itself.
    let batches = reader.collect::<Result<_, _>>().map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok((schema, batches))
}

fn empty() -> Page {
    Page::of_text("", "")
}

/// Articles that were already read, as `extract` gives them, have all of these.
const READ: [&str; 3] = ["text", "kept", "lines"];

fn json_of(fields: &Bound<'_, PyDict>) -> PyResult<String> {
    fields.py().import("json")?.call_method1("dumps", (fields,))?.extract()
}

fn of_json(row: &str) -> (Option<String>, Result<Page, String>) {
    let page = Page::from_json(row).map_err(|error| error.to_string());
    let id = || serde_json::from_str::<Value>(row).ok()?.get("id")?.as_str().map(str::to_owned);
    (if page.is_ok() { None } else { id() }, page)
}

fn of_dict(fields: &Bound<'_, PyDict>) -> PyResult<(Option<String>, Result<Page, String>)> {
    let mut page = Page { text: None, ..empty() };
    let mut series = None;
    let mut why = None;
    let mut id = None;
    for (name, value) in fields.iter() {
        let Ok(name) = name.extract::<String>() else { continue };
        if value.is_none() {
            continue;
        }
        let place = match name.as_str() {
            "id" => &mut id,
            "text" => &mut page.text,
            "title" => &mut page.title,
            "url" => &mut page.url,
            "source" => &mut page.source,
            "series" => &mut series,
            "published" => &mut page.published,
            "fetched" => &mut page.fetched,
            "lang" => &mut page.lang,
            "html" => {
                if let Ok(bytes) = value.cast::<PyBytes>() {
                    page.html = Some(Html { bytes: bytes.as_bytes().to_vec(), charset: None });
                } else if let Ok(text) = value.extract::<String>() {
                    page.html = Some(Html { bytes: text.into_bytes(), charset: Some("utf-8".into()) });
                } else {
                    why.get_or_insert(PageError::NotAString("html").to_string());
                }
                continue;
            }
            "story" => {
                if let Ok(story) = value.extract::<String>() {
                    page.extra.insert(name, Value::String(story));
                }
                continue;
            }
            _ => continue,
        };
        match string(&value, matches!(name.as_str(), "published" | "fetched")) {
            Some(text) => *place = Some(text),
            None => {
                why.get_or_insert(format!("`{name}` is not a string but {}", value.get_type().name()?));
            }
        }
    }
    page.source = page.source.or(series);
    Ok((id.clone(), checked(page, id, why)))
}

/// A string; where `date`, also what Python calls a date.
fn string(value: &Bound<'_, PyAny>, date: bool) -> Option<String> {
    match value.extract::<String>() {
        Ok(text) => Some(text),
        Err(_) if date => value.call_method0("isoformat").ok()?.extract().ok(),
        Err(_) => None,
    }
}

fn checked(mut page: Page, id: Option<String>, why: Option<String>) -> Result<Page, String> {
    if let Some(why) = why {
        return Err(why);
    }
    match id {
        Some(id) if !id.is_empty() => page.id = ArticleId::from(id),
        _ => return Err(PageError::NoId.to_string()),
    }
    if page.text.is_none() && page.html.is_none() { Err(PageError::NoText.to_string()) } else { Ok(page) }
}

/// The columns of a batch that mean something.
struct Columns {
    id: Option<StringArray>,
    text: Option<StringArray>,
    html: Option<BinaryArray>,
    /// Whether `html` is text already.
    decoded: bool,
    title: Option<StringArray>,
    url: Option<StringArray>,
    source: Option<StringArray>,
    series: Option<StringArray>,
    published: Option<StringArray>,
    fetched: Option<StringArray>,
    lang: Option<StringArray>,
    story: Option<StringArray>,
}

/// A column of text. Dates and times are text too, and so are columns of nothing but nulls.
pub fn text_column(batch: &RecordBatch, name: &str) -> Result<Option<StringArray>, String> {
    let Some(column) = batch.column_by_name(name) else { return Ok(None) };
    let kind = column.data_type();
    let date = kind.is_temporal() && matches!(name, "published" | "fetched");
    if !(date || is_text(kind) || *kind == DataType::Null) {
        return Err(format!("the column `{name}` holds {kind}, not text"));
    }
    let read = cast(column, &DataType::Utf8).map_err(|error| format!("the column `{name}`: {error}"))?;
    Ok(Some(read.as_string::<i32>().clone()))
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

fn read_batch(batch: &RecordBatch, row: &mut usize, rows: &mut Rows) -> Result<(), String> {
    if let (None, Some(lines)) = (batch.column_by_name("id"), text_column(batch, "line")?) {
        for line in lines.iter() {
            let (id, page) = of_json(line.unwrap_or_default());
            rows.add(*row, id, page);
            *row += 1;
        }
        return Ok(());
    }
    if READ.iter().all(|name| batch.column_by_name(name).is_some()) {
        let mut lines = LineDelimitedWriter::new(Vec::new());
        lines.write(batch).map_err(|error| error.to_string())?;
        for line in String::from_utf8_lossy(&lines.into_inner()).lines() {
            let (id, page) = of_json(line);
            rows.add(*row, id, page);
            *row += 1;
        }
        return Ok(());
    }
    let text = |name| text_column(batch, name);
    let html = batch.column_by_name("html").filter(|column| *column.data_type() != DataType::Null);
    let decoded = html.is_some_and(|column| is_text(column.data_type()));
    let html = html
        .map(|column| {
            let binary = matches!(column.data_type(), DataType::Binary | DataType::LargeBinary | DataType::BinaryView);
            if !binary && !decoded {
                return Err(format!("the column `html` holds {}, neither text nor bytes", column.data_type()));
            }
            let read = cast(column, &DataType::Binary).map_err(|error| format!("the column `html`: {error}"))?;
            Ok(read.as_binary::<i32>().clone())
        })
        .transpose()?;
    let columns = Columns {
        id: text("id")?,
        text: text("text")?,
        html,
        decoded,
        title: text("title")?,
        url: text("url")?,
        source: text("source")?,
        series: text("series")?,
        published: text("published")?,
        fetched: text("fetched")?,
        lang: text("lang")?,
        story: text("story").unwrap_or(None),
    };
    if columns.id.is_none() {
        return Err("there is no column `id`".to_owned());
    }
    for at in 0..batch.num_rows() {
        let (id, page) = columns.page(at);
        rows.add(*row, id, page);
        *row += 1;
    }
    Ok(())
}

impl Columns {
    fn page(&self, at: usize) -> (Option<String>, Result<Page, String>) {
        let cell = |column: &Option<StringArray>| {
            let column = column.as_ref().filter(|column| column.is_valid(at))?;
            Some(column.value(at).to_owned())
        };
        let html = self
            .html
            .as_ref()
            .filter(|column| column.is_valid(at))
            .map(|column| Html { bytes: column.value(at).to_vec(), charset: self.decoded.then(|| "utf-8".to_owned()) });
        let mut page = Page {
            text: cell(&self.text),
            html,
            title: cell(&self.title),
            url: cell(&self.url),
            source: cell(&self.source).or_else(|| cell(&self.series)),
            published: cell(&self.published),
            fetched: cell(&self.fetched),
            lang: cell(&self.lang),
            ..empty()
        };
        if let Some(story) = cell(&self.story) {
            page.extra.insert("story".to_owned(), Value::String(story));
        }
        let id = cell(&self.id);
        (id.clone(), checked(page, id, None))
    }
}
