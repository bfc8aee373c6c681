//! Parquet files: a page a row, by the names of the columns, as tables of text are read. Behind the feature `parquet`, for
//! the reader is as large as all others together.

#[cfg(feature = "parquet")]
pub(crate) use reader::read_parquet;

#[cfg(feature = "parquet")]
mod reader {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use parquet::errors::ParquetError;
    use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
    use parquet::record::{Field, Row};
    use serde_json::{Map, Value};

    use crate::decode_text;
    use crate::found::{Flow, Sink};
    use crate::table::TableRows;

    /// Reads the pages of a Parquet file, row after row; memory is bounded by a row group's pages.
    pub(crate) fn read_parquet<R: ChunkReader + 'static>(input: R, sink: &mut Sink) -> Flow {
        let opened = guarded(|| SerializedFileReader::new(input));
        let file = match opened {
            Ok(file) => file,
            Err(why) => return sink.reject("", format!("no Parquet file that can be read: {why}")),
        };
        let columns = file.metadata().file_metadata().schema().get_fields();
        let names: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
        let mut rows = match TableRows::of(&names, sink)? {
            Some(rows) => rows,
            None => return Flow::Continue(()),
        };
        let mut records = match guarded(|| file.get_row_iter(None)) {
            Ok(records) => records,
            Err(why) => return sink.reject("", why),
        };
        for number in 1.. {
            // What is damaged makes the reader fail or panic; where the next row begins nobody knows then.
            match guarded(|| records.next().transpose()) {
                Ok(Some(row)) => rows.take(number, fields(&row), sink)?,
                Ok(None) => break,
                Err(why) => {
                    return sink.reject(&format!("row {number}"), format!("{why}; the rest of the file is lost"));
                }
            }
        }
        Flow::Continue(())
    }

    fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
        match catch_unwind(AssertUnwindSafe(read)) {
            Ok(read) => read.map_err(|error| error.to_string()),
            Err(_) => Err("it is damaged".to_owned()),
        }
    }

    fn fields(row: &Row) -> Map<String, Value> {
        let fields = row.get_column_iter().map(|(name, field)| (name.clone(), value_of(field)));
        fields.filter(|(_, value)| !value.is_null()).collect()
    }

    fn value_of(field: &Field) -> Value {
        match field {
            Field::Null => Value::Null,
            Field::Bool(value) => (*value).into(),
            Field::Byte(value) => (*value).into(),
            Field::Short(value) => (*value).into(),
            Field::Int(value) => (*value).into(),
            Field::Long(value) => (*value).into(),
            Field::UByte(value) => (*value).into(),
            Field::UShort(value) => (*value).into(),
            Field::UInt(value) => (*value).into(),
            Field::ULong(value) => (*value).into(),
            Field::Float(value) => (*value).into(),
            Field::Double(value) => (*value).into(),
            Field::Str(text) => text.as_str().into(),
            Field::Bytes(bytes) => decode_text(bytes.data()).into(),
            // "2024-07-19 08:30:00.000 +00:00"
            Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
                field.to_string().replacen(' ', "T", 1).replace(" +00:00", "Z").into()
            }
            Field::Group(row) => Value::Object(fields(row)),
            Field::ListInternal(list) => list.elements().iter().map(value_of).collect(),
            Field::Date(_)
            | Field::Float16(_)
            | Field::Decimal(_)
            | Field::TimeMillis(_)
            | Field::TimeMicros(_)
            | Field::MapInternal(_) => field.to_string().into(),
        }
    }
}

/// Says what to do about a Parquet file in a build that reads none.
#[cfg(not(feature = "parquet"))]
pub(crate) fn read_parquet<R>(_input: R, sink: &mut crate::found::Sink) -> crate::found::Flow {
    sink.reject(
        "",
        "this wirecopy is built without Parquet: `cargo build --release -p wirecopy-cli --features parquet`",
    )
}
