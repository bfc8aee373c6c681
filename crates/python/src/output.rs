//! Rows as Arrow tables and as Python's own lists and dictionaries.

use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_json::ReaderBuilder;
use arrow_json::writer::{JsonArray, WriterBuilder};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

/// A table of rows that any Arrow library takes: `polars.DataFrame(table)`, `pyarrow.table(table)`.
#[pyclass(frozen, module = "wirecopy")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

/// So many rows are a batch: pages of 3 KB then come to some MB.
const BATCH_ROWS: usize = 2_048;

/// A text column of a batch holds at most 2 GiB; long before that a batch is ended.
const BATCH_BYTES: usize = 256 << 20;

impl Table {
    /// The rows under this schema. A field that the schema does not have is left out.
    pub fn of<T: Serialize + Sync>(rows: &[T], schema: SchemaRef) -> Result<Self, ArrowError> {
        Self::sized(rows, schema, |_| 0)
    }

    /// The same for rows that may be large: `size` tells about how many bytes one has.
    pub fn sized<T: Serialize + Sync>(
        rows: &[T],
        schema: SchemaRef,
        size: impl Fn(&T) -> usize,
    ) -> Result<Self, ArrowError> {
        let batch = |rows: &[T]| {
            let mut decoder = ReaderBuilder::new(schema.clone()).with_batch_size(BATCH_ROWS).build_decoder()?;
            decoder.serialize(rows)?;
            decoder.flush()
        };
        let batches = in_batches(rows, size).into_par_iter().map(batch).collect::<Result<Vec<_>, _>>()?;
        Ok(Table { batches: batches.into_iter().flatten().collect(), schema })
    }

    /// A table of one batch.
    pub fn of_batch(batch: RecordBatch) -> Self {
        Table { schema: batch.schema(), batches: vec![batch] }
    }
}

/// The rows in as many pieces as there are to be batches.
fn in_batches<T>(mut rows: &[T], size: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let mut batches = Vec::with_capacity(rows.len() / BATCH_ROWS + 1);
    while !rows.is_empty() {
        let mut bytes = 0;
        let fits = rows.iter().take(BATCH_ROWS).take_while(|row| {
            bytes += size(row);
            bytes <= BATCH_BYTES
        });
        let (now, later) = rows.split_at(fits.count().max(1));
        batches.push(now);
        rows = later;
    }
    batches
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The rows as dictionaries.
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = py.detach(|| -> Result<Vec<u8>, ArrowError> {
            let mut writer = WriterBuilder::new().with_explicit_nulls(true).build::<_, JsonArray>(Vec::new());
            writer.write_batches(&self.batches.iter().collect::<Vec<_>>())?;
            writer.finish()?;
            let text = writer.into_inner();
            Ok(if text.is_empty() { b"[]".to_vec() } else { text })
        });
        // Python's own reader gives back every bit of a number.
        py.import("json")?.call_method1("loads", (pyo3::types::PyBytes::new(py, &text.map_err(failed)?),))
    }

    fn __repr__(&self) -> String {
        format!("<wirecopy.Table of {} rows: {}>", self.__len__(), self.column_names().join(", "))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let reader = RecordBatchIterator::new(self.batches.clone().into_iter().map(Ok), self.schema.clone());
        let reader: Box<dyn arrow_array::RecordBatchReader + Send> = Box::new(reader);
        let field = arrow_schema::Field::new_struct("", self.schema.fields().clone(), false);
        let arrays = reader.map(|batch| {
            let array: arrow_array::ArrayRef = std::sync::Arc::new(arrow_array::StructArray::from(batch?));
            Ok(array)
        });
        let field = field.with_metadata(self.schema.metadata().clone());
        Ok(to_stream_pycapsule(py, Box::new(ArrayIterator::new(arrays, field.into())), requested_schema)?)
    }
}

/// What rows are given as: tables to whoever brought a table, lists to whoever brought a list.
pub fn rows<'py, T: Serialize + Sync>(
    py: Python<'py>,
    rows: &[T],
    schema: SchemaRef,
    as_table: bool,
    size: impl Fn(&T) -> usize + Send + Sync,
) -> PyResult<Bound<'py, PyAny>> {
    if as_table {
        let table = py.detach(|| Table::sized(rows, schema, size)).map_err(failed)?;
        return Ok(Bound::new(py, table)?.into_any());
    }
    // Rows are plain data: nothing that JSON cannot say.
    let values = py.detach(|| rows.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>());
    Ok(list(py, &values.map_err(failed)?)?.into_any())
}

/// A fault of this module, not of what it was given.
pub fn failed(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

fn list<'py>(py: Python<'py>, values: &[Value]) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for value in values {
        list.append(object(py, value)?)?;
    }
    Ok(list)
}

/// A value as Python has it.
pub fn object<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(truth) => truth.into_pyobject(py)?.to_owned().into_any(),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), _, _) => number.into_pyobject(py)?.into_any(),
            (_, Some(number), _) => number.into_pyobject(py)?.into_any(),
            (_, _, number) => number.unwrap_or(f64::NAN).into_pyobject(py)?.into_any(),
        },
        Value::String(text) => text.into_pyobject(py)?.into_any(),
        Value::Array(values) => list(py, values)?.into_any(),
        Value::Object(fields) => {
            let dict = PyDict::new(py);
            for (name, value) in fields {
                dict.set_item(name, object(py, value)?)?;
            }
            dict.into_any()
        }
    })
}
