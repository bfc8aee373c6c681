//! What a page says of itself: its address, JSON-LD, meta elements and time tags.

use serde_json::Value;
use trafilatura::dom::{Document, NodeId};
use wirecopy_model::{Basis, DateValue};

use crate::dates::judge::{Candidate, Role};
use crate::dates::parse::{Says, find_dates, parse_loose, says};
use crate::dates::{candidate, in_url};

/// What was read from the head of a page, and from marked elements of its body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub url: Option<String>,
    pub title: Option<String>,
    /// The text of the page's first `h1`, as readers see it.
    pub headline: Option<String>,
    pub byline: Option<String>,
    pub site: Option<String>,
    pub section: Option<String>,
    pub lang: Option<String>,
    /// In the order of trust of the date chain.
    pub dates: Vec<Candidate>,
}

/// Reads the head of a parsed page.
pub(crate) fn read(doc: &Document) -> Head {
    let mut found = Found::default();
    for id in doc.iter_descendants(doc.root(), &["html", "meta", "link", "script", "time", "span", "abbr", "h1"]) {
        found.take(doc, id);
    }
    found.into_head()
}

#[derive(Default)]
struct Found {
    head: Head,
    og_url: Option<String>,
    meta: Vec<Candidate>,
    json: Vec<Candidate>,
    marked: Vec<Candidate>,
    times: Vec<Candidate>,
    meta_author: Option<String>,
    meta_site: Option<String>,
}

impl Found {
    fn take(&mut self, doc: &Document, id: NodeId) {
        let attribute = |name: &str| doc.get_attribute(id, name).filter(|value| !value.trim().is_empty());
        match doc.tag_name(id) {
            "html" => self.head.lang = attribute("lang").or_else(|| attribute("xml:lang")).map(|l| l.trim().to_owned()),
            "link" if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                let href = attribute("href").map(|href| href.trim().to_owned());
                self.head.url = self.head.url.take().or(href);
            }
            "meta" => {
                let name = attribute("property").or_else(|| attribute("name")).or_else(|| attribute("itemprop"));
                if let (Some(name), Some(content)) = (name, attribute("content")) {
                    self.take_meta(&name.trim().to_ascii_lowercase(), content.trim());
                }
            }
            "script" if attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) => {
                self.take_json(&doc.text_content(id));
            }
            "h1" if self.head.headline.is_none() => {
                self.head.headline = Some(plain(&doc.text_content(id))).filter(|headline| headline.len() > 10);
            }
            "time" => self.take_time(doc, id),
            "span" | "abbr" if attribute("itemprop").is_some() || doc.tag_name(id) == "abbr" => self.take_time(doc, id),
            _ => {}
        }
    }

    fn take_meta(&mut self, name: &str, content: &str) {
        let set = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| content.to_owned());
        };
        match name {
            "og:url" => set(&mut self.og_url),
            "og:site_name" => set(&mut self.meta_site),
            "article:section" | "section" | "parsely-section" => set(&mut self.head.section),
            "author" | "article:author" | "parsely-author" | "dc.creator" | "byl" | "sailthru.author"
                if !content.contains("://") =>
            {
                set(&mut self.meta_author);
            }
            _ => {}
        }
        let role = if PUBLISHED.contains(&name) {
            Role::Published
        } else if UPDATED.contains(&name) {
            Role::Updated
        } else {
            return;
        };
        if let Some(value) = parse_loose(content) {
            self.meta.push(candidate(value, Basis::Meta, role, &format!("the page's `{name}`")));
        }
    }

    fn take_json(&mut self, text: &str) {
        let clean = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches(';');
        // Line breaks inside strings are common and no JSON; a space is as good.
        let clean: String = clean.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        match serde_json::from_str::<Value>(&clean) {
            Ok(value) => self.take_value(&value, 0),
            Err(_) => self.take_broken(&clean),
        }
    }

    /// Objects at the top, in a list, in `@graph` or as the main entity; deeper ones are other things.
    fn take_value(&mut self, value: &Value, depth: usize) {
        if depth > 4 {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.take_value(item, depth + 1)),
            Value::Object(object) => {
                let of_article = is_article(&object.get("@type").cloned().unwrap_or(Value::Null));
                if of_article {
                    self.take_article(object);
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(inner) = object.get(key) {
                        self.take_value(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn take_article(&mut self, object: &serde_json::Map<String, Value>) {
        for (key, role) in
            [("datePublished", Role::Published), ("dateCreated", Role::Published), ("dateModified", Role::Updated)]
        {
            if let Some(value) = object.get(key).and_then(Value::as_str).and_then(parse_loose) {
                self.json.push(candidate(value, Basis::JsonLd, role, &format!("the page's JSON-LD `{key}`")));
            }
        }
        let names = object.get("author").map(names_of).unwrap_or_default();
        if self.head.byline.is_none() && !names.is_empty() {
            self.head.byline = Some(names.join(", "));
        }
        if self.head.site.is_none() {
            self.head.site = object.get("publisher").map(names_of).unwrap_or_default().into_iter().next();
        }
        if self.head.title.is_none() {
            self.head.title =
                object.get("headline").and_then(Value::as_str).map(plain).filter(|title| !title.is_empty());
        }
        if self.head.section.is_none() {
            self.head.section = object.get("articleSection").map(names_of).unwrap_or_default().into_iter().next();
        }
    }

    /// JSON that does not parse may still hold its date in plain sight.
    fn take_broken(&mut self, text: &str) {
        let key = "\"datePublished\"";
        let value = text.find(key).and_then(|at| {
            let rest = text[at + key.len()..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
            parse_loose(&rest[..rest.find('"')?])
        });
        if let Some(value) = value {
            self.json.push(candidate(value, Basis::JsonLd, Role::Published, "the page's JSON-LD `datePublished`"));
        }
    }

    fn take_time(&mut self, doc: &Document, id: NodeId) {
        let stated = doc
            .get_attribute(id, "datetime")
            .or_else(|| doc.get_attribute(id, "content"))
            .or_else(|| doc.get_attribute(id, "title").filter(|_| doc.tag_name(id) == "abbr"))
            .filter(|value| !value.trim().is_empty())
            .or_else(|| (doc.tag_name(id) == "time").then(|| doc.text_content(id)));
        let Some(mut value) = stated.as_deref().and_then(parse_loose) else { return };
        if let Some(shown) = shown_date(&doc.text_content(id)) {
            // Readers are shown another day than programs: the attribute is that of a change.
            if shown.day() != value.day() {
                value = shown;
            }
        }
        let itemprop = doc.get_attribute(id, "itemprop").unwrap_or_default().to_ascii_lowercase();
        let class = doc.class_name(id).to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| itemprop.contains(word) || class.contains(word));
        if says(&["modif", "updat"]) {
            self.marked.push(candidate(value, Basis::TimeTag, Role::Updated, "a time tag for changes"));
        } else if itemprop.contains("datepublished")
            || doc.get_attribute(id, "pubdate").is_some()
            || says(&["published", "pubdate", "entry-date", "post-date"]) && !is_aside(doc, id)
        {
            self.marked.push(candidate(value, Basis::TimeTag, Role::Published, "a time tag for the publication"));
        } else if doc.tag_name(id) == "time" && self.times.is_empty() && !is_aside(doc, id) {
            self.times.push(candidate(value, Basis::TimeTag, Role::Plain, "the page's first time tag"));
        }
    }

    fn into_head(self) -> Head {
        let Found { mut head, og_url, meta, json, mut marked, times, meta_author, meta_site } = self;
        head.url = head.url.filter(|url| url.starts_with("http")).or(og_url.filter(|url| url.starts_with("http")));
        if let Some(day) = head.url.as_deref().and_then(in_url) {
            head.dates.push(candidate(day.into(), Basis::Url, Role::Published, "the page's canonical address"));
        }
        // A page of many time tags for publications lists other articles; its own is the first, or a plain one before them.
        marked.sort_by_key(|c| c.role == Role::Updated);
        if let Some(first) = marked.first().cloned() {
            let of_others = marked.iter().any(|c| c.role == Role::Published && c.value.day() != first.value.day());
            marked.retain(|c| c.role == Role::Updated || *c == first && (!of_others || times.is_empty()));
        }
        head.dates.extend(meta);
        head.dates.extend(json);
        head.dates.extend(marked);
        head.dates.extend(times);
        head.byline = head.byline.or(meta_author);
        head.site = meta_site.or(head.site);
        head
    }
}

/// The day that a time tag's text says the publication to be.
fn shown_date(text: &str) -> Option<DateValue> {
    let found = find_dates(text).into_iter().next()?;
    (says(&text[..found.range.start]) == Says::Published).then_some(found.value)
}

/// Names of meta elements for the day of publication, as content systems and libraries write them.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "article:post_date",
    "article.published",
    "article_date_original",
    "bt:pubdate",
    "citation_date",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "date",
    "date_published",
    "datecreated",
    "datepublished",
    "dc.date",
    "dc.date.created",
    "dc.date.issued",
    "dc.date.publication",
    "dc:date",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "displaydate",
    "mediator_published_time",
    "og:article:published_time",
    "og:published_time",
    "originalpublicationdate",
    "parsely-pub-date",
    "pdate",
    "ptime",
    "pub_date",
    "pubdate",
    "publication_date",
    "publish-date",
    "publish_date",
    "publish_time",
    "publishdate",
    "published-date",
    "published_time",
    "publisheddate",
    "rbpubdate",
    "rnews:datepublished",
    "sailthru.date",
    "timestamp",
    "video:release_date",
    "vr:published_time",
];

/// The same for the day of the last change.
const UPDATED: &[&str] = &[
    "article:modified_time",
    "article:modified",
    "article:updated_time",
    "datemodified",
    "date_modified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "modified_time",
    "modificationdate",
    "og:updated_time",
    "revision_date",
    "updated_time",
    "utime",
];

fn is_article(kind: &Value) -> bool {
    let is = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        kind.ends_with("Article")
            || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report" | "Posting" | "WebPage" | "NewsItem")
    };
    match kind {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// Names in a JSON-LD value: a string, an object with `name`, or a list of them.
fn names_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) if !name.contains("://") && !name.trim().is_empty() => vec![plain(name)],
        Value::Object(object) => object.get("name").map(names_of).unwrap_or_default(),
        Value::Array(items) => items.iter().take(20).flat_map(names_of).collect(),
        _ => Vec::new(),
    }
}

/// One line, without the commonest entities, which many systems leave in their JSON.
fn plain(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&#039;", "'").replace("&#8217;", "’").replace("&quot;", "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an element stands in what is beside the article: comments, teasers, navigation.
fn is_aside(doc: &Document, id: NodeId) -> bool {
    let mut at = Some(id);
    for _ in 0..40 {
        let Some(node) = at else { return false };
        let tag = doc.tag_name(node);
        if matches!(tag, "aside" | "nav" | "footer") {
            return true;
        }
        let names = format!("{} {}", doc.class_name(node), doc.id_attr(node)).to_ascii_lowercase();
        let beside = ["comment", "related", "sidebar", "widget", "recent", "popular", "teaser", "trending"];
        if tag != "body" && tag != "html" && beside.iter().any(|word| names.contains(word)) {
            return true;
        }
        at = doc.parent(node);
    }
    false
}
