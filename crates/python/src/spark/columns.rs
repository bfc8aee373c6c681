//! Columns of batches by name.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::DataType;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::input::batches;
use crate::output::{Table, failed};

/// The rows of a table in memory, as one batch.
pub struct Columns {
    batch: RecordBatch,
}

impl Columns {
    /// All rows of the table.
    pub fn of(table: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (schema, all) = batches(table)?;
        let batch = match all.as_slice() {
            [one] => one.clone(),
            _ => arrow_select::concat::concat_batches(&schema, &all).map_err(failed)?,
        };
        Ok(Columns { batch })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.batch.num_rows()
    }

    fn column(&self, name: &str, kind: &DataType) -> PyResult<ArrayRef> {
        let column = self.batch.column_by_name(name);
        let column = column.ok_or_else(|| PyValueError::new_err(format!("there is no column `{name}`")))?;
        cast(column, kind).map_err(failed)
    }

    /// A column of text.
    pub fn text(&self, name: &str) -> PyResult<StringArray> {
        Ok(self.column(name, &DataType::Utf8)?.as_string::<i32>().clone())
    }

    /// A column of bytes.
    pub fn bytes(&self, name: &str) -> PyResult<BinaryArray> {
        Ok(self.column(name, &DataType::Binary)?.as_binary::<i32>().clone())
    }

    /// A column of whole numbers.
    pub fn numbers(&self, name: &str) -> PyResult<Int64Array> {
        Ok(self.column(name, &DataType::Int64)?.as_primitive::<Int64Type>().clone())
    }
}

/// The cell of a column, if anything stands there.
pub fn cell(column: &StringArray, at: usize) -> Option<&str> {
    column.is_valid(at).then(|| column.value(at))
}

/// A table of these columns. Any of them may hold nulls, whether or not one does here: all batches have one schema.
pub fn table<const N: usize>(columns: [(&str, ArrayRef); N]) -> PyResult<Table> {
    let columns = columns.into_iter().map(|(name, column)| (name, column, true));
    RecordBatch::try_from_iter_with_nullable(columns).map(Table::of_batch).map_err(failed)
}

/// Numbers as a column.
pub fn numbers(of: impl IntoIterator<Item = i64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(of))
}

/// Text as a column.
pub fn texts<T: AsRef<str>>(of: impl IntoIterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(StringArray::from_iter(of))
}

/// Bytes as a column.
pub fn bytes<T: AsRef<[u8]>>(of: impl IntoIterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(BinaryArray::from_iter(of))
}
