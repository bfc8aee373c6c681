use std::collections::HashSet;
use std::io::BufRead;
use std::ops::ControlFlow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde_json::{Map, Value};
use wirecopy_model::ArticleId;

use crate::found::{Flow, Sink};
use crate::limits::LONGEST_LINE;
use crate::{Columns, Unpacked, decode_text};

/// The rows of a table of comma-, semicolon- or tab-separated values, in bounded memory. The first row names the
/// columns, and tells by its signs what separates them.
///
/// ```
/// use wirecopy_intake::Rows;
/// let mut rows = Rows::new(&b"url;title\nhttps://heron.example/1;\"Rain; and sun\"\n"[..])?;
/// assert_eq!(rows.columns(), ["url", "title"]);
/// let row = rows.next().unwrap()?.unwrap();
/// assert_eq!((row.number, row.cells[1].as_str()), (2, "Rain; and sun"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Rows<R: BufRead> {
    input: Unpacked<R>,
    reader: Reader,
    columns: Vec<String>,
    number: usize,
    longest: usize,
    done: bool,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1; the names of the columns are the first.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// The cells of a row, one after the other, and where each ends.
struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// Bytes of the first row that are looked at for what separates the columns.
const HEAD: usize = 16 << 10;
/// No table has more columns.
const MOST_COLUMNS: usize = 4_096;

impl<R: BufRead> Rows<R> {
    /// Reads the names of the columns.
    pub fn new(input: R) -> std::io::Result<Self> {
        let mut input = Unpacked::new(input)?;
        if input.peek(3)?.starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        let head = input.peek(HEAD)?;
        let first = &head[..memchr::memchr(b'\n', head).unwrap_or(head.len()).min(HEAD)];
        let count = |sign: u8| first.iter().filter(|&&byte| byte == sign).count();
        let mut separator = b',';
        for sign in [b'\t', b';'] {
            if count(sign) > count(separator) {
                separator = sign;
            }
        }
        let reader = ReaderBuilder::new().delimiter(separator).build();
        let mut rows = Rows { input, reader, columns: Vec::new(), number: 0, longest: LONGEST_LINE, done: false };
        if let Some(first) = rows.next().transpose()? {
            rows.columns = first.map(|row| row.cells).unwrap_or_default();
        }
        Ok(rows)
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Reads one record: its bytes and where its cells end, or its length where it is too long.
    fn record(&mut self) -> std::io::Result<Option<Result<Cells, usize>>> {
        let (mut cells, mut ends) = (vec![0; 4 << 10], vec![0; 64]);
        let (mut filled, mut ended, mut lost) = (0, 0, 0);
        loop {
            let waiting = self.input.fill_buf()?;
            let (result, read, written, found) =
                self.reader.read_record(waiting, &mut cells[filled..], &mut ends[ended..]);
            self.input.consume(read);
            (filled, ended) = (filled + written, ended + found);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if cells.len() < self.longest => cells.resize(cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if ends.len() < MOST_COLUMNS => ends.resize(ends.len() * 2, 0),
                // Too long: the rest is read and dropped.
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    (lost, filled, ended) = (lost + filled.max(1), 0, 0);
                }
                ReadRecordResult::Record if lost > 0 => return Ok(Some(Err(lost + filled))),
                ReadRecordResult::Record => {
                    cells.truncate(filled);
                    ends.truncate(ended);
                    return Ok(Some(Ok(Cells { bytes: cells, ends })));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = std::io::Result<Result<Row, (usize, String)>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.number += 1;
        let number = self.number;
        Some(match self.record() {
            Ok(None) => {
                self.done = true;
                return None;
            }
            Err(error) => {
                self.done = true;
                Err(error)
            }
            Ok(Some(Err(length))) => {
                let why = format!("a row of more than {length} bytes: is a quotation mark left open?");
                Ok(Err((number, why)))
            }
            Ok(Some(Ok(Cells { bytes, ends }))) => {
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let cells = starts.zip(&ends).map(|(start, &end)| decode_text(&bytes[start..end])).collect();
                Ok(Ok(Row { number, cells }))
            }
        })
    }
}

/// Reads the pages of a table. One without texts is named, with what to do with it.
pub(crate) fn read_table(input: impl BufRead, sink: &mut Sink) -> Flow {
    let rows = match Rows::new(input) {
        Ok(rows) => rows,
        Err(error) => return sink.reject("", error.to_string()),
    };
    if rows.columns().is_empty() {
        return sink.reject("", "the file is empty");
    }
    let names = rows.columns().to_vec();
    let Some(mut pages) = TableRows::of(&names, sink)? else { return Flow::Continue(()) };
    for row in rows {
        match row {
            Ok(Ok(row)) => pages.take(row.number, fields(&names, row.cells), sink)?,
            Ok(Err((number, why))) => sink.reject(&format!("row {number}"), why)?,
            Err(error) => sink.reject("", error.to_string())?,
        }
    }
    Flow::Continue(())
}

/// The rows of one table as pages.
pub(crate) struct TableRows {
    columns: Columns,
    seen: HashSet<ArticleId>,
}

impl TableRows {
    /// What the columns of these names are taken for is told. `None` where they hold no text: then that is said, with what
    /// to do.
    pub(crate) fn of(names: &[String], sink: &mut Sink) -> ControlFlow<(), Option<Self>> {
        let columns = sink.columns(names.iter().map(String::as_str));
        if !columns.has_text() {
            let hint = match columns.filled_by("url") {
                Some(column) => format!("; it names pages in `{column}`: `wirecopy fetch` fetches them"),
                None => "; --column text=NAME says which".to_owned(),
            };
            sink.reject("", format!("no column holds text or HTML (columns: {}){hint}", list(names)))?;
            return ControlFlow::Continue(None);
        }
        sink.note(&columns.to_string())?;
        ControlFlow::Continue(Some(TableRows { columns, seen: HashSet::new() }))
    }

    pub(crate) fn take(&mut self, number: usize, fields: Map<String, Value>, sink: &mut Sink) -> Flow {
        let place = format!("row {number}");
        match self.columns.page(fields) {
            Ok(page) if self.seen.insert(page.id.clone()) => sink.page(page),
            Ok(page) => sink.reject(&place, format!("a second row with the id {:?}", page.id)),
            Err(error) => sink.reject(&place, error.to_string()),
        }
    }
}

fn list(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    format!("{}{}", shown.join(", "), if names.len() > SHOWN { ", ..." } else { "" })
}

/// The cells of a row by the names of their columns; empty ones are left out.
pub(crate) fn fields(names: &[String], cells: Vec<String>) -> Map<String, Value> {
    names
        .iter()
        .cloned()
        .zip(cells)
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(name, cell)| (name, cell.into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::InputKind;
    use crate::testing::told_bytes as told;

    fn check(table: &str, expected: expect_test::Expect) {
        expected.assert_eq(&told(InputKind::Table, table.as_bytes()));
    }

    #[test]
    fn tables_give_pages_and_reasons() {
        check(
            "id,text,note\n1,\"Rain, and\nsun.\",x\n2,,y\n1,again\n,\"no id\"\n3,short\n",
            expect_test::expect![[r#"
                note: FILE: `id` is read as id, `text` as text
                1: "Rain, and\nsun."
                FILE, row 3: neither `text` nor `html`
                FILE, row 4: a second row with the id "1"
                FILE, row 5: no `id` (a string is needed)
                3: "short"
            "#]],
        );
        check(
            "url\tbody\nhttps://heron.example/1\tRain.\n",
            expect_test::expect![[r#"
                note: FILE: `body` is read as text, `url` as url
                https://heron.example/1: "Rain."
            "#]],
        );
        check(
            "",
            expect_test::expect![[r#"
            FILE: the file is empty
        "#]],
        );
    }

    #[test]
    fn a_list_of_addresses_is_no_pile_of_pages() {
        check(
            "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url\n\
             7,2024-07-19 08:30:00,Rain on Orrin,https://heron.example/1,en,False,,3,The Daily Heron,https://heron.example\n",
            expect_test::expect![[r#"
                FILE: no column holds text or HTML (columns: stories_id, publish_date, title, url, language, ap_syndicated, themes, media_id, media_name, media_url); it names pages in `url`: `wirecopy fetch` fetches them
            "#]],
        );
    }

    #[test]
    fn an_open_quotation_mark_costs_no_memory() {
        let table = format!("id,text\n1,\"{}", "rain ".repeat(100_000));
        let mut rows = Rows::new(table.as_bytes()).unwrap();
        rows.longest = 10_000;
        let (number, why) = rows.next().unwrap().unwrap().unwrap_err();
        assert_eq!(number, 2);
        assert!(why.ends_with("is a quotation mark left open?"), "{why}");
        assert!(rows.next().is_none());
    }
}
