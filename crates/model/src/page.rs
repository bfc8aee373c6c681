use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Article, ArticleId};

/// A page as it came in: what `intake` gives and `extract` takes. One of `text`, `html` and `article` is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The id under which it came.
    pub id: ArticleId,
    /// Text that somebody has already extracted, possibly with litter in it.
    pub text: Option<String>,
    /// The page itself.
    pub html: Option<Html>,
    /// The article, where somebody has already read it off the page: a row of `wirecopy run extract` or of the Spark job.
    /// What it tells of title, address, source and language stands in it alone.
    pub article: Option<Box<Article>>,
    /// The title, where the input tells one.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// Who publishes it: an outlet, a site.
    pub source: Option<String>,
    /// What somebody claims to be its date of publication. Evidence, not truth; not necessarily a date at all.
    pub published: Option<String>,
    /// When it was fetched.
    pub fetched: Option<String>,
    /// The language as a BCP 47 tag.
    pub lang: Option<String>,
    /// Fields of the input that have no meaning here, kept.
    pub extra: Map<String, Value>,
}

/// A page's bytes, not yet decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html {
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// The charset that the transport declared, e.g. the HTTP header's.
    pub charset: Option<String>,
}

/// Why a line of JSON is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    /// The line is no JSON object; the words are the parser's.
    NotJson(String),
    /// There is no `id`, or it is no string.
    NoId,
    /// There is neither `text` nor `html`.
    NoText,
    /// This field is there and is no string.
    NotAString(&'static str),
    /// The row has `kept` and `lines` as an article has that was read, and is none; the words say why.
    NotAnArticle(String),
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageError::NotJson(why) => write!(f, "not a JSON object: {why}"),
            PageError::NoId => f.write_str("no `id` (a string is needed)"),
            PageError::NoText => f.write_str("neither `text` nor `html`"),
            PageError::NotAString(field) => write!(f, "`{field}` is not a string"),
            PageError::NotAnArticle(why) => write!(f, "`kept` and `lines` of no article: {why}"),
        }
    }
}

impl std::error::Error for PageError {}

impl Page {
    /// A page of plain text with nothing else known of it.
    pub fn of_text(id: impl Into<ArticleId>, text: impl Into<String>) -> Self {
        Page { text: Some(text.into()), ..Page::empty(id.into()) }
    }

    /// A page of HTML bytes with nothing else known of it.
    pub fn of_html(id: impl Into<ArticleId>, bytes: impl Into<Vec<u8>>) -> Self {
        Page { html: Some(Html { bytes: bytes.into(), charset: None }), ..Page::empty(id.into()) }
    }

    fn empty(id: ArticleId) -> Self {
        Page {
            id,
            text: None,
            html: None,
            article: None,
            title: None,
            url: None,
            source: None,
            published: None,
            fetched: None,
            lang: None,
            extra: Map::new(),
        }
    }

    /// Reads one line of JSON Lines in the input format.
    ///
    /// ```
    /// use wirecopy_model::{Page, PageError};
    /// let page = Page::from_json(r#"{"id": "a", "text": "Rain.", "series": "Daily Example", "story": 7}"#).unwrap();
    /// assert_eq!(page.source.as_deref(), Some("Daily Example"));
    /// assert_eq!(page.extra["story"], 7);
    /// assert_eq!(Page::from_json(r#"{"text": "Rain."}"#), Err(PageError::NoId));
    /// ```
    pub fn from_json(line: &str) -> Result<Self, PageError> {
        let fields: Map<String, Value> =
            serde_json::from_str(line).map_err(|error| PageError::NotJson(error.to_string()))?;
        if Page::is_article(&fields) { Page::of_article(fields) } else { Page::of_fields(fields) }
    }

    /// Whether these are the fields of an article that was already read off its page.
    pub fn is_article(fields: &Map<String, Value>) -> bool {
        fields.get("text").is_some_and(Value::is_string)
            && ["kept", "lines"].iter().all(|name| fields.get(*name).is_some_and(Value::is_array))
    }

    /// The page of an article that was already read, of which these are the fields as `wirecopy run extract` writes them.
    ///
    /// ```
    /// use wirecopy_model::{Page, Piece};
    /// let row = r#"{"id": "a", "text": "Rain.\nLogin", "kept": [[0, 5]], "lines": [{"line": 1, "span": [0, 5], "kind": "body",
    ///     "why": "a sentence"}, {"line": 2, "span": [6, 11], "kind": "boilerplate", "why": "a menu"}], "published": null}"#;
    /// let article = Page::from_json(row).unwrap().article.unwrap();
    /// assert_eq!(article.kept_text().trim_end(), "Rain.");
    /// assert!(article.has_given_mask());
    /// let beyond = Page::from_json(&row.replace("11]", "12]")).unwrap_err();
    /// assert_eq!(beyond.to_string(), "`kept` and `lines` of no article: line 2 does not lie in the text");
    /// ```
    ///
    /// # Errors
    /// Where a field is wanting or of another type, or a place does not lie in the text.
    pub fn of_article(fields: Map<String, Value>) -> Result<Self, PageError> {
        if fields.get("id").and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(PageError::NoId);
        }
        let wrong = |error: serde_json::Error| PageError::NotAnArticle(error.to_string());
        let mut article: Article = serde_json::from_value(Value::Object(fields)).map_err(wrong)?;
        article.check_places().map_err(PageError::NotAnArticle)?;
        article.give_mask();
        let id = article.id.clone();
        Ok(Page { article: Some(Box::new(article)), ..Page::empty(id) })
    }

    fn of_fields(mut fields: Map<String, Value>) -> Result<Self, PageError> {
        let id = match fields.remove("id") {
            Some(Value::String(id)) if !id.is_empty() => ArticleId::from(id),
            _ => return Err(PageError::NoId),
        };
        let mut take = |name: &'static str| match fields.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(PageError::NotAString(name)),
        };
        let page = Page {
            id,
            text: take("text")?,
            html: take("html")?.map(|html| Html { bytes: html.into_bytes(), charset: Some("utf-8".into()) }),
            article: None,
            title: take("title")?,
            url: take("url")?,
            source: take("source")?.or(take("series")?),
            published: take("published")?,
            fetched: take("fetched")?,
            lang: take("lang")?,
            extra: fields,
        };
        if page.text.is_none() && page.html.is_none() { Err(PageError::NoText) } else { Ok(page) }
    }
}

impl Serialize for Html {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        String::from_utf8_lossy(&self.bytes).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Html {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let html = String::deserialize(deserializer)?;
        Ok(Html { bytes: html.into_bytes(), charset: Some("utf-8".into()) })
    }
}
