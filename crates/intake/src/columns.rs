//! Which field of somebody else's row is what: a guess by its name, told to the user.

use serde_json::{Map, Value};
use wirecopy_model::{Html, Page, PageError};

/// What a page has, and the names under which other tools' rows carry it, the likeliest first: passim (`series`, `date`),
/// news-please (`maintext`, `date_publish`, `source_domain`), Media Cloud (`stories_id`, `publish_date`, `media_name`),
/// GDELT (`seendate`, `domain`). Names are compared without case and without signs.
const NAMES: [(&str, &[&str]); 9] = [
    ("id", &["id", "articleid", "docid", "storiesid", "uid", "uuid", "guid"]),
    ("text", &["text", "maintext", "articletext", "fulltext", "storytext", "articlebody", "content", "body"]),
    ("html", &["html", "rawhtml", "pagehtml", "sourcehtml"]),
    ("title", &["title", "headline", "storytitle"]),
    ("url", &["url", "link", "uri", "permalink", "documentidentifier", "address"]),
    (
        "source",
        &[
            "source",
            "series",
            "medianame",
            "sourcename",
            "outlet",
            "publisher",
            "publication",
            "sourcedomain",
            "domain",
        ],
    ),
    (
        "published",
        &["published", "datepublish", "publishdate", "publishedat", "pubdate", "publicationdate", "date", "seendate"],
    ),
    ("fetched", &["fetched", "datedownload", "downloaddate", "fetchedat"]),
    ("lang", &["lang", "language"]),
];

/// What each column of a table is taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// For each field in the order of `NAMES`, the names of the columns that may fill it, the likeliest first.
    filled_by: Vec<(&'static str, Vec<String>)>,
}

/// Which columns a user says are what, before any guess: a field and a column's name.
///
/// ```
/// use wirecopy_intake::{ColumnNames, Columns};
/// let names: ColumnNames = ["text=Hit Sentence".parse()?].into_iter().collect();
/// let columns = Columns::with(&names, ["id", "Hit Sentence", "text"]);
/// assert_eq!(columns.filled_by("text"), Some("Hit Sentence"));
/// assert!("author=x".parse::<wirecopy_intake::ColumnName>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnNames(std::sync::Arc<[ColumnName]>);

impl FromIterator<ColumnName> for ColumnNames {
    fn from_iter<I: IntoIterator<Item = ColumnName>>(names: I) -> Self {
        ColumnNames(names.into_iter().collect())
    }
}

/// A column's name and the field that it fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName {
    field: &'static str,
    column: String,
}

impl std::str::FromStr for ColumnName {
    type Err = String;

    /// Reads `FIELD=COLUMN`.
    fn from_str(named: &str) -> Result<Self, String> {
        let fields = || NAMES.map(|(field, _)| field).join(", ");
        let (field, column) =
            named.split_once('=').ok_or_else(|| format!("FIELD=COLUMN is needed; fields: {}", fields()))?;
        let known = NAMES.iter().find(|(known, _)| *known == field.trim());
        let (field, _) = known.ok_or_else(|| format!("there is no field `{}`; fields: {}", field.trim(), fields()))?;
        Ok(ColumnName { field, column: column.trim().to_owned() })
    }
}

impl Columns {
    /// What the user has named, and guesses for the rest.
    pub fn with<'a>(named: &ColumnNames, names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        let mut columns = Columns::guess(names.iter().copied());
        for ColumnName { field, column } in named.0.iter().filter(|named| names.contains(&named.column.as_str())) {
            for (other, filled_by) in &mut columns.filled_by {
                filled_by.retain(|name| name != column);
                if other == field {
                    filled_by.insert(0, column.clone());
                }
            }
        }
        columns
    }

    /// Guesses by the names of the columns.
    ///
    /// ```
    /// use wirecopy_intake::Columns;
    /// let columns = Columns::guess(["stories_id", "publish_date", "Title", "url", "media_name"]);
    /// assert_eq!(columns.to_string(), "`stories_id` is read as id, `Title` as title, `url` as url, `media_name` as source, `publish_date` as published");
    /// assert!(!columns.has_text());
    /// ```
    pub fn guess<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        let filled_by = NAMES.iter().map(|(field, aliases)| {
            let known = aliases.iter().filter_map(|alias| names.iter().find(|name| plain(name) == *alias));
            (*field, known.map(|name| (*name).to_owned()).collect())
        });
        Columns { filled_by: filled_by.collect() }
    }

    /// Whether some column holds the pages themselves.
    pub fn has_text(&self) -> bool {
        self.filled_by("text").or(self.filled_by("html")).is_some()
    }

    /// The column that fills a field first.
    pub fn filled_by(&self, field: &str) -> Option<&str> {
        let (_, columns) = self.filled_by.iter().find(|(name, _)| *name == field)?;
        columns.first().map(String::as_str)
    }

    /// The page of a row. Where no id is told, the address is the id; numbers are ids too.
    ///
    /// # Errors
    /// Where there is neither id nor address, or neither text nor HTML.
    pub fn page(&self, mut row: Map<String, Value>) -> Result<Page, PageError> {
        if Page::is_article(&row) {
            return Page::of_article(row);
        }
        let mut take = |field: &'static str| {
            let (_, columns) = self.filled_by.iter().find(|(name, _)| *name == field)?;
            columns.iter().find_map(|column| {
                let value = match row.get(column)? {
                    Value::String(text) if !text.trim().is_empty() => text.clone(),
                    Value::Number(number) => number.to_string(),
                    _ => return None,
                };
                // A field that is no date may still be called `date`: it is evidence and nobody is hurt.
                row.remove(column);
                Some(value)
            })
        };
        let (id, url) = (take("id"), take("url"));
        let (text, html) = (take("text"), take("html"));
        let (title, source, published, fetched, lang) =
            (take("title"), take("source"), take("published"), take("fetched"), take("lang"));
        let id = id.or_else(|| url.clone()).ok_or(PageError::NoId)?;
        if text.is_none() && html.is_none() {
            return Err(PageError::NoText);
        }
        let mut page = Page::of_text(id, "");
        page.html = html.map(|html| Html { bytes: html.into_bytes(), charset: Some("utf-8".into()) });
        page.lang = lang.as_deref().and_then(language);
        (page.text, page.url, page.title, page.source) = (text, url, title, source);
        (page.published, page.fetched, page.extra) = (published.map(compact_date), fetched, row);
        Ok(page)
    }
}

impl std::fmt::Display for Columns {
    /// In words, for a user to check.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut first = true;
        for (field, columns) in self.filled_by.iter().filter(|(_, columns)| !columns.is_empty()) {
            let columns = columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", else ");
            write!(f, "{}{columns} {}as {field}", if first { "" } else { ", " }, if first { "is read " } else { "" })?;
            first = false;
        }
        if first { f.write_str("no column is known by its name") } else { Ok(()) }
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A language by its tag or its English name.
fn language(name: &str) -> Option<String> {
    const NAMES: [(&str, &str); 20] = [
        ("arabic", "ar"),
        ("bengali", "bn"),
        ("chinese", "zh"),
        ("czech", "cs"),
        ("dutch", "nl"),
        ("english", "en"),
        ("french", "fr"),
        ("german", "de"),
        ("greek", "el"),
        ("hebrew", "he"),
        ("hindi", "hi"),
        ("italian", "it"),
        ("japanese", "ja"),
        ("korean", "ko"),
        ("polish", "pl"),
        ("portuguese", "pt"),
        ("russian", "ru"),
        ("spanish", "es"),
        ("turkish", "tr"),
        ("ukrainian", "uk"),
    ];
    let name = name.trim().to_ascii_lowercase();
    let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, tag)| (*tag).to_owned());
    // A tag is two or three letters with parts behind them.
    let is_tag = || name.split(['-', '_']).next().is_some_and(|first| matches!(first.len(), 2 | 3));
    named.or_else(|| (is_tag() && name.is_ascii()).then(|| name.replace('_', "-")))
}

/// GDELT writes `20240719T083000Z`, others `20240719`: with signs, as ISO 8601 has them for people.
fn compact_date(date: String) -> String {
    let digits = date.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, date.as_bytes().get(8)) {
        (8, None | Some(b'T')) => {
            let time = date.get(9..15).filter(|time| time.bytes().all(|byte| byte.is_ascii_digit()));
            let time = time.map(|time| format!("T{}:{}:{}Z", &time[..2], &time[2..4], &time[4..])).unwrap_or_default();
            format!("{}-{}-{}{time}", &date[..4], &date[4..6], &date[6..8])
        }
        _ => date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: Value, expected: expect_test::Expect) {
        let Value::Object(row) = row else { panic!("a row is an object") };
        let columns = Columns::guess(row.keys().map(String::as_str));
        let told = match columns.page(row.clone()) {
            Ok(page) => format!(
                "{columns}\n{} {:?} {:?} {:?} {:?} {:?} {:?}\n",
                page.id, page.text, page.title, page.url, page.source, page.published, page.lang
            ),
            Err(error) => format!("{columns}\n{error}\n"),
        };
        expected.assert_eq(&told);
    }

    #[test]
    fn rows_of_other_tools_are_understood() {
        check(
            serde_json::json!({"id": "p1", "series": "lake-orrin-bulletin", "date": "1871-03-04", "text": "Rain."}),
            expect_test::expect![[r#"
                `id` is read as id, `text` as text, `series` as source, `date` as published
                p1 Some("Rain.") None None Some("lake-orrin-bulletin") Some("1871-03-04") None
            "#]],
        );
        check(
            serde_json::json!({"maintext": "Rain.", "title": "Rain on Orrin", "url": "https://heron.example/1", "language": "en",
                "date_publish": "2024-07-19 08:30:00", "source_domain": "heron.example", "text": null, "authors": ["Ada Fenn"]}),
            expect_test::expect![[r#"
                `text`, else `maintext` is read as text, `title` as title, `url` as url, `source_domain` as source, `date_publish` as published, `language` as lang
                https://heron.example/1 Some("Rain.") Some("Rain on Orrin") Some("https://heron.example/1") Some("heron.example") Some("2024-07-19 08:30:00") Some("en")
            "#]],
        );
        check(
            serde_json::json!({"url": "https://heron.example/1", "title": "Rain", "seendate": "20240719T083000Z", "language": "English",
                "domain": "heron.example", "content": "Rain."}),
            expect_test::expect![[r#"
                `content` is read as text, `title` as title, `url` as url, `domain` as source, `seendate` as published, `language` as lang
                https://heron.example/1 Some("Rain.") Some("Rain") Some("https://heron.example/1") Some("heron.example") Some("2024-07-19T08:30:00Z") Some("en")
            "#]],
        );
        check(
            serde_json::json!({"a": 1}),
            expect_test::expect![[r#"
                no column is known by its name
                no `id` (a string is needed)
            "#]],
        );
    }

    #[test]
    fn what_the_user_names_goes_before_any_guess() {
        let named: ColumnNames =
            ["text=Hit Sentence", "source=no such column"].iter().map(|name| name.parse().unwrap()).collect();
        expect_test::expect!["`Hit Sentence`, else `text` is read as text, `url` as url, `domain` as source"]
            .assert_eq(&Columns::with(&named, ["url", "text", "Hit Sentence", "domain"]).to_string());
        for (wrong, why) in [("text", "FIELD=COLUMN is needed"), ("author=By", "there is no field `author`")] {
            let error = wrong.parse::<ColumnName>().unwrap_err();
            assert!(error.starts_with(why) && error.ends_with("published, fetched, lang"), "{error}");
        }
    }
}
