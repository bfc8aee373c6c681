//! Every table of a store as JSON Lines, CSV or Parquet.

pub mod graph;
#[cfg(feature = "parquet")]
mod parquet;
pub mod sqlite;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use crate::{Error, Library};

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values with a head row; what is not a plain value is JSON within its cell.
    Csv,
    /// Parquet, with types; what is not a plain value is JSON within its cell. A table without rows has no file.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// The ending of a file of this format.
    pub fn ending(self) -> &'static str {
        match self {
            Format::JsonLines => "jsonl",
            Format::Csv => "csv",
            #[cfg(feature = "parquet")]
            Format::Parquet => "parquet",
        }
    }
}

/// Writes every table of the store into `folder`, which is made if it is not there, a file each. Gives what it wrote.
///
/// # Errors
/// Where the store cannot be read or a file cannot be written.
pub fn export(library: &Library, folder: &Path, format: Format) -> Result<Vec<PathBuf>, Error> {
    fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    let mut table = |name: &str, rows: Vec<Value>| -> Result<(), Error> {
        let path = folder.join(format!("{name}.{}", format.ending()));
        let write: fn(&mut dyn Write, &[Value]) -> std::io::Result<()> = match format {
            Format::JsonLines => json_lines,
            Format::Csv => csv,
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                if parquet::write(&path, &rows)? {
                    written.push(path);
                }
                return Ok(());
            }
        };
        let mut file = BufWriter::new(File::create(&path)?);
        write(&mut file, &rows)?;
        file.flush()?;
        written.push(path);
        Ok(())
    };
    table("articles", values(&library.articles(None, true)?))?;
    table("stories", values(&library.stories(None)?))?;
    table("accounts", values(&library.accounts(None)?))?;
    table("copies", values(&library.copies(None)?))?;
    table("lineage", values(&library.lineage(None)?))?;
    table("quotes", values(&library.quotes(None)?))?;
    table("references", values(&library.references(None)?))?;
    table("dates", values(&library.all_dates()?))?;
    table("rejects", values(&library.rejects()?))?;
    Ok(written)
}

fn values<T: Serialize>(rows: &[T]) -> Vec<Value> {
    // Rows hold strings, numbers and lists of them: nothing that JSON cannot say.
    rows.iter().map(|row| serde_json::to_value(row).expect("a row is plain data")).collect()
}

/// Writes rows as JSON Lines.
pub fn json_lines<T: Serialize>(out: &mut dyn Write, rows: &[T]) -> std::io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes rows as CSV (RFC 4180): the columns are those of the first row, in its order.
pub fn csv(out: &mut dyn Write, rows: &[Value]) -> std::io::Result<()> {
    let Some(Value::Object(first)) = rows.first() else { return Ok(()) };
    let columns: Vec<&String> = first.keys().collect();
    let cells = |cells: Vec<String>| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    write!(out, "{}\r\n", cells(columns.iter().map(|column| column.to_string()).collect()))?;
    for row in rows {
        let cell = |column: &&String| match row.get(column.as_str()) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        write!(out, "{}\r\n", cells(columns.iter().map(cell).collect()))?;
    }
    Ok(())
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut out = Vec::new();
        csv(&mut out, &[json!({"a": "plain", "b": "x, \"y\"", "c": null, "d": [1, 2]}), json!({"a": 1, "b": true})])
            .unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,b,c,d\r\nplain,\"x, \"\"y\"\"\",,\"[1,2]\"\r\n1,true,,\r\n");
    }
}
