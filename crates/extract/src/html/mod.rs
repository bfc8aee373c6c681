//! HTML pages: bytes to characters, a guard, one parse, then the head and the article's text.
//!
//! Finding the article in the markup is the crate `trafilatura`'s work; it is called in one place here, so that another
//! can take its place.

mod blocks;
mod decode;
mod guard;
mod head;
mod visible;

use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::dom::Document;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};
use wirecopy_model::{Basis, DateValue, Html};

use crate::dates::candidate;
use crate::dates::judge::{Candidate, Role, is_epoch};
pub(crate) use head::Head;

/// What was read from an HTML page.
#[derive(Clone, Debug, Default)]
pub(crate) struct HtmlPage {
    pub text: String,
    pub head: Head,
    pub warnings: Vec<String>,
}

/// Reads a page.
pub(crate) fn read(html: &Html) -> HtmlPage {
    let (decoded, misfit) = decode::decode(&html.bytes, html.charset.as_deref());
    let (guarded, too_large) = guard::guard(&decoded);
    let mut warnings: Vec<String> = misfit.into_iter().chain(too_large).collect();
    // A parser's panic on a page nobody has seen must not end a run over thousands of others.
    let page = catch_unwind(AssertUnwindSafe(|| extracted(&guarded)));
    let (text, head) = page.unwrap_or_else(|_| {
        warnings.push("the extractor failed on the page; all of its text is given".to_owned());
        (None, Head::default())
    });
    let text = text.unwrap_or_else(|| {
        if !guarded.trim().is_empty() && warnings.is_empty() {
            warnings.push("the extractor found no article; all text of the page is given".to_owned());
        }
        blocks::text_of(body_of(&guarded))
    });
    HtmlPage { text, head, warnings }
}

/// The one call of the extractor: the article's text, if it finds one, and what the page says of itself.
///
/// Precision focus, with fallback, without comments; text from its HTML, since its plain text is one line (F1 .966 on 102
/// pages; balanced .954). Its date search, which is slow and answers always, runs only where the page's head has none.
fn extracted(html: &str) -> (Option<String>, Head) {
    let doc = Document::parse(html);
    let mut head = head::read(&doc);
    let told = |date: &Candidate| matches!(date.role, Role::Published | Role::Plain) && !is_epoch(date.value.day());
    let dated = |head: &Head| head.dates.iter().any(told);
    if !dated(&head) {
        head.dates.extend(visible::dates(&doc, head.headline.as_deref().or(head.title.as_deref())));
    }
    let has_date = dated(&head);
    let mode = if has_date { HtmlDateMode::Disabled } else { HtmlDateMode::Extensive };
    let options = Options::default()
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(mode);
    let Ok(result) = trafilatura::extract_document(doc, &options) else { return (None, head) };
    let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let meta = result.metadata;
    // A bare year, such as a copyright line's, comes out of the crate as its first day.
    let is_year = |date: &DateValue| date.day().month() == 1 && date.day().day() == 1;
    let found = meta.date.and_then(|date| DateValue::parse(&date.to_string()));
    if let Some(value) = found.filter(|date| !is_year(date)) {
        head.dates.push(candidate(value, Basis::Body, Role::Plain, "a date in the page's text or markup"));
    }
    head.title = some(meta.title).or(head.title);
    head.byline = head.byline.or(some(meta.author));
    head.site = head.site.or(some(meta.sitename));
    head.url = head.url.or(some(meta.url));
    head.lang = head.lang.or(some(meta.language));
    (some(blocks::text_of(&result.content_html)), head)
}

fn body_of(html: &str) -> &str {
    let start = html.find("<body").unwrap_or(0);
    &html[start..]
}
