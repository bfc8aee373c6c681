use std::collections::HashSet;
use std::io::{BufRead, Read};

use serde_json::{Map, Value};
use wirecopy_model::{Page, PageError};

use crate::found::{Flow, Sink};
use crate::limits::LONGEST_LINE;
use crate::{JsonLines, Unpacked};

/// Reads the pages of JSON Lines, ours or another tool's.
pub(crate) fn read_lines(input: impl BufRead, sink: &mut Sink) -> Flow {
    let lines = match Unpacked::new(input) {
        Ok(input) => JsonLines::new(input),
        Err(error) => return sink.reject("", error.to_string()),
    };
    let mut rows = Rows::default();
    for line in lines {
        match line {
            Ok((number, Ok(line))) => rows.take(
                Page::from_json(&line),
                || serde_json::from_str(&line),
                &format!("line {number}"),
                "line",
                sink,
            )?,
            Ok((number, Err(why))) => sink.reject(&format!("line {number}"), why)?,
            Err(error) => return sink.reject("", error.to_string()),
        }
    }
    Flow::Continue(())
}

/// Reads the pages of a JSON file: one, a list of them, or a list under the name `articles`. A file that holds none is no
/// page, and passed over.
pub(crate) fn read_json(input: impl BufRead, sink: &mut Sink) -> Flow {
    let mut bytes = Vec::new();
    let read = Unpacked::new(input).and_then(|input| input.take(LONGEST_LINE as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return sink.reject("", error.to_string());
    }
    if bytes.len() > LONGEST_LINE {
        return sink.other();
    }
    let list = match serde_json::from_slice(&bytes) {
        Ok(Value::Array(list)) => list,
        Ok(Value::Object(mut fields)) => match fields.remove("articles") {
            Some(Value::Array(list)) => list,
            _ => vec![Value::Object(fields)],
        },
        _ => return sink.other(),
    };
    let has_text =
        |row: &Value| row.as_object().is_some_and(|row| sink.columns(row.keys().map(String::as_str)).has_text());
    if !list.iter().any(has_text) {
        return sink.other();
    }
    let mut rows = Rows::default();
    for (index, row) in list.into_iter().enumerate() {
        let page = Page::from_json(&row.to_string());
        rows.take(page, || serde_json::from_value(row), &format!("item {}", index + 1), "item", sink)?;
    }
    Flow::Continue(())
}

/// The rows of one input.
#[derive(Default)]
struct Rows {
    seen: HashSet<String>,
    /// What was guessed last, so that it is told once.
    guessed: String,
}

impl Rows {
    /// Takes one row: ours as it is, else by the names of its fields.
    fn take(
        &mut self,
        page: Result<Page, PageError>,
        row: impl FnOnce() -> serde_json::Result<Map<String, Value>>,
        place: &str,
        what: &str,
        sink: &mut Sink,
    ) -> Flow {
        let page = match page {
            // Where columns are named the row is another tool's, whatever else it holds.
            Ok(_) if sink.has_named_columns() => match row() {
                Ok(row) => self.foreign(row, PageError::NoText, sink)?,
                Err(_) => Err(PageError::NoText),
            },
            Ok(mut page) => {
                if date_of_passim(&mut page) {
                    self.guess("`date` is read as published".into(), sink)?;
                }
                Ok(page)
            }
            Err(error @ (PageError::NoId | PageError::NoText)) => match row() {
                Ok(row) if !row.contains_key("id") || row["id"].is_string() => self.foreign(row, error, sink)?,
                _ => Err(error),
            },
            Err(error) => Err(error),
        };
        match page {
            Ok(page) if self.seen.insert(page.id.to_string()) => sink.page(page),
            Ok(page) => sink.reject(place, format!("a second {what} with the id {:?}", page.id)),
            Err(error) => sink.reject(place, error.to_string()),
        }
    }

    /// The page of another tool's row.
    fn foreign(
        &mut self,
        row: Map<String, Value>,
        error: PageError,
        sink: &mut Sink,
    ) -> std::ops::ControlFlow<(), Result<Page, PageError>> {
        let columns = sink.columns(row.keys().map(String::as_str));
        let page = columns.page(row).map_err(|_| error);
        if page.is_ok() {
            self.guess(columns.to_string(), sink)?;
        }
        std::ops::ControlFlow::Continue(page)
    }

    fn guess(&mut self, guess: String, sink: &mut Sink) -> Flow {
        if self.guessed.is_empty() {
            sink.note(&guess)?;
            self.guessed = guess;
        }
        Flow::Continue(())
    }
}

/// The lines of passim have our `id` and `text`, and the day in `date`.
fn date_of_passim(page: &mut Page) -> bool {
    let Some(Value::String(date)) = page.extra.get("date") else { return false };
    let is_day = date.len() >= 10
        && date.bytes().take(10).enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if page.published.is_some() || !is_day {
        return false;
    }
    page.published = Some(date.clone());
    page.extra.remove("date");
    true
}

#[cfg(test)]
mod tests {
    use crate::InputKind;
    use crate::testing::told_bytes as told;

    #[test]
    fn rows_of_other_tools_are_read_by_their_names() {
        let lines = r#"{"id": "p1", "series": "bulletin", "date": "1871-03-04", "text": "Rain."}
{"url": "https://heron.example/1", "maintext": "Sun.", "date_publish": "2024-07-19"}
{"url": "https://heron.example/1", "maintext": "Sun."}
{"url": "https://heron.example/2"}
{"id": 3, "maintext": "Hail."}
"#;
        expect_test::expect![[r#"
            note: FILE: `date` is read as published
            p1: "Rain."
            https://heron.example/1: "Sun."
            FILE, line 3: a second line with the id "https://heron.example/1"
            FILE, line 4: no `id` (a string is needed)
            FILE, line 5: no `id` (a string is needed)
        "#]]
        .assert_eq(&told(InputKind::JsonLines, lines.as_bytes()));
    }

    #[test]
    fn json_files_may_hold_one_page_or_many_or_none() {
        let check = |json: &str, expected: &str| assert_eq!(told(InputKind::Json, json.as_bytes()), expected, "{json}");
        check(r#"{"id": "a", "text": "Rain."}"#, "a: \"Rain.\"\n");
        check(
            r#"[{"id": "a", "text": "Rain."}, 7]"#,
            "a: \"Rain.\"\nFILE, item 2: not a JSON object: invalid type: integer `7`, expected a map at line 1 column 1\n",
        );
        check(
            r#"{"articles": [{"url": "http://heron.example/", "content": "Rain."}]}"#,
            "note: FILE: `content` is read as text, `url` as url\nhttp://heron.example/: \"Rain.\"\n",
        );
        check(r#"{"name": "left-pad", "version": "1.0.0"}"#, "other\n");
        check("not json", "other\n");
    }
}
