//! Tables as Parquet files, a file each. What is not a plain value is JSON within its cell, as in CSV.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use serde_json::Value;

/// So many rows stand in a row group: a reader holds one at a time.
const ROWS: usize = 20_000;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Boolean,
    Integer,
    Number,
    Text,
}

/// Writes rows as a Parquet file with zstd; the columns are those of the first row, in its order, and all may be null.
/// Without rows there are no columns, and no file is written. Gives whether there is one.
///
/// # Errors
/// Where the file cannot be written.
pub fn write(path: &Path, rows: &[Value]) -> Result<bool, std::io::Error> {
    let Some(Value::Object(first)) = rows.first() else { return Ok(false) };
    let names: Vec<&String> = first.keys().collect();
    put(path, &names, rows).map_err(std::io::Error::other)?;
    Ok(true)
}

fn put(path: &Path, names: &[&String], rows: &[Value]) -> Result<(), ParquetError> {
    let kinds: Vec<Kind> =
        names.iter().map(|name| kind(rows.iter().filter_map(|row| row.get(name.as_str())))).collect();
    let fields = names.iter().zip(&kinds).map(|(name, kind)| field(name, *kind).map(Arc::new));
    let schema = Type::group_type_builder("row").with_fields(fields.collect::<Result<_, _>>()?).build()?;
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let mut file = SerializedFileWriter::new(File::create(path)?, Arc::new(schema), Arc::new(properties))?;
    for rows in rows.chunks(ROWS) {
        let mut group = file.next_row_group()?;
        let mut columns = names.iter();
        while let (Some(mut column), Some(name)) = (group.next_column()?, columns.next()) {
            let cells: Vec<&Value> = rows.iter().map(|row| row.get(name.as_str()).unwrap_or(&Value::Null)).collect();
            fill(column.untyped(), &cells)?;
            column.close()?;
        }
        group.close()?;
    }
    file.close()?;
    Ok(())
}

/// The narrowest kind that all cells of a column fit in.
fn kind<'v>(cells: impl Iterator<Item = &'v Value>) -> Kind {
    let mut kind = None;
    for cell in cells {
        let own = match cell {
            Value::Null => continue,
            Value::Bool(_) => Kind::Boolean,
            Value::Number(number) if number.is_i64() => Kind::Integer,
            Value::Number(_) => Kind::Number,
            _ => Kind::Text,
        };
        kind = Some(match kind {
            None => own,
            Some(known) if known == own => own,
            Some(Kind::Integer | Kind::Number) if matches!(own, Kind::Integer | Kind::Number) => Kind::Number,
            Some(_) => Kind::Text,
        });
    }
    kind.unwrap_or(Kind::Text)
}

fn field(name: &str, kind: Kind) -> Result<Type, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let builder = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    builder.with_logical_type(logical).build()
}

fn fill(column: &mut ColumnWriter, cells: &[&Value]) -> Result<(), ParquetError> {
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_null())).collect();
    let there = || cells.iter().filter(|cell| !cell.is_null());
    match column {
        ColumnWriter::BoolColumnWriter(writer) => {
            let values: Vec<bool> = there().filter_map(|cell| cell.as_bool()).collect();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let values: Vec<i64> = there().filter_map(|cell| cell.as_i64()).collect();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let values: Vec<f64> = there().filter_map(|cell| cell.as_f64()).collect();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let text = |cell: &&Value| match cell {
                Value::String(text) => ByteArray::from(text.as_str()),
                other => ByteArray::from(other.to_string().into_bytes()),
            };
            let values: Vec<ByteArray> = there().map(text).collect();
            writer.write_batch(&values, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General("a column of another kind".into())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Row, RowAccessor};
    use serde_json::json;

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.parquet");
        let rows = [
            json!({"id": "漢/1", "share": 1, "pages": 3, "orphan": true, "span": [1, 2], "none": null}),
            json!({"id": "b\"\n", "share": 0.5, "pages": null, "orphan": false, "span": {"a": "x"}, "none": null}),
        ];
        assert!(write(&path, &rows).unwrap());
        let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
        let read: Vec<Row> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(
            (read[0].get_string(0).unwrap().as_str(), read[1].get_string(0).unwrap().as_str()),
            ("漢/1", "b\"\n")
        );
        assert_eq!((read[0].get_double(1).unwrap(), read[0].get_long(2).unwrap()), (1.0, 3));
        assert!(read[0].get_bool(3).unwrap() && read[1].is_null(2).unwrap() && read[1].is_null(5).unwrap());
        assert_eq!(
            (read[0].get_string(4).unwrap().as_str(), read[1].get_string(4).unwrap().as_str()),
            ("[1,2]", "{\"a\":\"x\"}")
        );
        assert!(!write(&path, &[]).unwrap());
    }
}
