use std::io::{BufRead, BufReader, Cursor, Read};

use serde_json::Value;
use url::Url;
use wirecopy_intake::{Columns, JsonLines, Rows, Unpacked};
use wirecopy_model::Reject;

use crate::{FetchError, Wanted};

/// The pages that a list names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlList {
    /// Them, in the order of the list, each once.
    pub pages: Vec<Wanted>,
    /// Lines and rows without an address that can be fetched.
    pub rejects: Vec<Reject>,
    /// What was guessed about the columns.
    pub note: Option<String>,
}

/// An address as it is asked for: HTTP or HTTPS, without the part that names a place in the page.
///
/// # Errors
/// In words, why it cannot be fetched.
pub fn address(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text.trim()).map_err(|_| "no address (http://... or https://...)".to_owned())?;
    match url.scheme() {
        "http" | "https" if url.host().is_some() => {
            url.set_fragment(None);
            Ok(url)
        }
        other => Err(format!("an address of {other}:, which is not fetched")),
    }
}

/// Reads a list of addresses: lines of text; a table or JSON Lines with an address in each row, as Media Cloud and others
/// export them; GDELT's list of articles. Which it is tells its content. `name` is said in rejects.
///
/// ```
/// let list = b"url,media_name\nhttps://heron.example/1#top,The Heron\nftp://heron.example/2,The Heron\n";
/// let list = wirecopy_fetch::read_list("list.csv", &list[..])?;
/// assert_eq!(list.pages[0].url.as_str(), "https://heron.example/1");
/// assert_eq!(list.pages[0].source.as_deref(), Some("The Heron"));
/// assert_eq!(list.rejects[0].to_string(), "list.csv, row 3: an address of ftp:, which is not fetched");
/// # Ok::<(), wirecopy_fetch::FetchError>(())
/// ```
///
/// # Errors
/// Where the list cannot be read at all.
pub fn read_list(name: &str, input: impl Read) -> Result<UrlList, FetchError> {
    let failed = |error: std::io::Error| FetchError::List { name: name.to_owned(), why: error.to_string() };
    let mut input = BufReader::new(Unpacked::new(BufReader::new(input)).map_err(failed)?);
    let mut head = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut head).map_err(failed)?;
    let first = String::from_utf8_lossy(&head);
    let first = first.trim_start_matches('\u{feff}').lines().map(str::trim).find(|line| !line.is_empty());
    let first = first.unwrap_or_default().to_owned();
    let input = Cursor::new(head).chain(input);
    let mut collect = Collect { name, list: UrlList::default(), seen: Default::default() };
    let lower = first.to_ascii_lowercase();
    if first.starts_with(['{', '[']) {
        collect.json(input).map_err(failed)?;
    } else if lower.starts_with("http") || lower.starts_with('#') || !first.contains([',', ';', '\t']) && lower != "url"
    {
        collect.lines(input).map_err(failed)?;
    } else {
        collect.table(input).map_err(failed)?;
    }
    Ok(collect.list)
}

/// Bytes that are looked at to tell what a list is.
const HEAD: u64 = 64 << 10;
/// No list of one JSON value is larger.
const LARGEST_JSON: u64 = 64 << 20;

struct Collect<'a> {
    name: &'a str,
    list: UrlList,
    seen: std::collections::HashSet<Url>,
}

impl Collect<'_> {
    fn take(&mut self, place: String, text: Option<&str>, wanted: impl FnOnce(Url) -> Wanted) {
        match text.ok_or_else(|| "no address".to_owned()).and_then(address) {
            Ok(url) => {
                if self.seen.insert(url.clone()) {
                    self.list.pages.push(wanted(url));
                }
            }
            Err(why) => self.reject(place, why),
        }
    }

    fn reject(&mut self, place: String, why: String) {
        self.list.rejects.push(Reject { input: self.name.to_owned(), place, why });
    }

    fn lines(&mut self, input: impl BufRead) -> std::io::Result<()> {
        for line in JsonLines::new(input) {
            match line? {
                (number, Ok(line)) => {
                    let text = line.trim();
                    if !text.is_empty() && !text.starts_with('#') {
                        self.take(format!("line {number}"), text.split_whitespace().next(), Wanted::page);
                    }
                }
                (number, Err(why)) => self.reject(format!("line {number}"), why),
            }
        }
        Ok(())
    }

    fn table(&mut self, input: impl BufRead) -> std::io::Result<()> {
        let rows = Rows::new(input)?;
        let names = rows.columns().to_vec();
        let columns = Columns::guess(names.iter().map(String::as_str));
        if columns.filled_by("url").is_none() {
            self.reject(String::new(), format!("no column holds addresses (columns: {})", names.join(", ")));
            return Ok(());
        }
        self.list.note = Some(columns.to_string());
        for row in rows {
            match row? {
                Ok(row) => {
                    let cell = |field: &str| {
                        let at = names.iter().position(|name| Some(name.as_str()) == columns.filled_by(field))?;
                        row.cells.get(at).map(String::as_str).filter(|cell| !cell.trim().is_empty())
                    };
                    let owned = |field: &str| cell(field).map(str::to_owned);
                    let told = (owned("title"), owned("source"), owned("published"));
                    self.take(format!("row {}", row.number), cell("url"), |url| Wanted::told(url, told));
                }
                Err((number, why)) => self.reject(format!("row {number}"), why),
            }
        }
        Ok(())
    }

    fn json(&mut self, mut input: impl BufRead) -> std::io::Result<()> {
        let mut bytes = Vec::new();
        input.by_ref().take(LARGEST_JSON).read_to_end(&mut bytes)?;
        let rows = match serde_json::from_slice(&bytes) {
            Ok(Value::Array(rows)) => rows,
            Ok(Value::Object(mut fields)) => match fields.remove("articles") {
                Some(Value::Array(rows)) => rows,
                _ => vec![Value::Object(fields)],
            },
            // Not one value: a value a line.
            _ => {
                for line in JsonLines::new(Cursor::new(bytes).chain(input)) {
                    let (number, line) = line?;
                    match line.and_then(|line| serde_json::from_str(&line).map_err(|error| error.to_string())) {
                        Ok(row) => self.row(format!("line {number}"), &row),
                        Err(why) => self.reject(format!("line {number}"), why),
                    }
                }
                return Ok(());
            }
        };
        for (index, row) in rows.iter().enumerate() {
            self.row(format!("item {}", index + 1), row);
        }
        Ok(())
    }

    fn row(&mut self, place: String, row: &Value) {
        let Some(fields) = row.as_object() else { return self.reject(place, "not a JSON object".into()) };
        let columns = Columns::guess(fields.keys().map(String::as_str));
        if self.list.note.is_none() {
            self.list.note = Some(columns.to_string());
        }
        let value = |field: &str| columns.filled_by(field).and_then(|name| fields[name].as_str());
        let owned = |field: &str| value(field).map(str::to_owned);
        let told = (owned("title"), owned("source"), owned("published"));
        self.take(place, value("url"), |url| Wanted::told(url, told));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, expected: expect_test::Expect) {
        let list = read_list("LIST", list.as_bytes()).unwrap();
        let mut told = list.note.map(|note| format!("{note}\n")).unwrap_or_default();
        for page in &list.pages {
            told += &format!("{} {:?} {:?} {:?}\n", page.url, page.title, page.source, page.published);
        }
        list.rejects.iter().for_each(|reject| told += &format!("{reject}\n"));
        expected.assert_eq(&told);
    }

    #[test]
    fn lists_of_all_kinds_are_read() {
        check(
            "\u{feff}# mine\nhttps://heron.example/1#part\n\nhttps://heron.example/1\nHTTP://Heron.Example/2 (good)\nheron.example/3\nfile:///etc/passwd\n",
            expect_test::expect![[r#"
                https://heron.example/1 None None None
                http://heron.example/2 None None None
                LIST, line 6: no address (http://... or https://...)
                LIST, line 7: an address of file:, which is not fetched
            "#]],
        );
        check(
            "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url\n\
             7,2024-07-19 08:30:00,\"Rain, again\",https://heron.example/1,en,False,,3,The Daily Heron,https://heron.example\n\
             8,,,,,,,,,\n",
            expect_test::expect![[r#"
                `stories_id` is read as id, `title` as title, `url` as url, `media_name` as source, `publish_date` as published, `language` as lang
                https://heron.example/1 Some("Rain, again") Some("The Daily Heron") Some("2024-07-19 08:30:00")
                LIST, row 3: no address
            "#]],
        );
        check(
            r#"{"articles": [{"url": "https://heron.example/1", "title": "Rain", "seendate": "20240719T083000Z", "domain": "heron.example"}, 7]}"#,
            expect_test::expect![[r#"
                `title` is read as title, `url` as url, `domain` as source, `seendate` as published
                https://heron.example/1 Some("Rain") Some("heron.example") Some("20240719T083000Z")
                LIST, item 2: not a JSON object
            "#]],
        );
        check(
            "{\"url\": \"https://heron.example/1\"}\n{\"url\": \"https://heron.example/2\"}\n{\n",
            expect_test::expect![[r#"
                `url` is read as url
                https://heron.example/1 None None None
                https://heron.example/2 None None None
                LIST, line 3: EOF while parsing an object at line 1 column 1
            "#]],
        );
        check(
            "name,place\na,b\n",
            expect_test::expect![[r#"
                LIST: no column holds addresses (columns: name, place)
            "#]],
        );
        check("", expect_test::expect![""]);
    }
}
