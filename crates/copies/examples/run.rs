//! `run candidates|copies|changes|lineage < ARTICLES.jsonl`: the stages of this crate on JSON Lines whose texts are all body.

use std::io::{BufWriter, Write, stdin, stdout};

use wirecopy_copies::{Index, Sketch, copies, lineages};
use wirecopy_model::{Article, Basis, DateValue, DocumentDate, Page, Span};
use wirecopy_text::Points;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut articles = Vec::new();
    for line in stdin().lines() {
        articles.push(article(Page::from_json(&line?)?));
    }
    let mut out = BufWriter::new(stdout().lock());
    match std::env::args().nth(1).as_deref() {
        Some("lineage") => {
            for family in lineages(&articles) {
                serde_json::to_writer(&mut out, &family)?;
                writeln!(out)?;
            }
        }
        Some("candidates") => {
            let mut index = Index::default();
            articles.iter().for_each(|article| index.insert(Sketch::of_article(article)));
            for article in &articles {
                for other in index.candidates(&article.id).into_iter().filter(|other| article.id < *other) {
                    writeln!(out, "{}", serde_json::json!({ "a": article.id, "b": other }))?;
                }
            }
        }
        stage => {
            for edge in copies(&articles, stage == Some("changes")) {
                serde_json::to_writer(&mut out, &edge)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

fn article(page: Page) -> Article {
    let text = page.text.unwrap_or_default();
    let published = page.published.as_deref().and_then(DateValue::parse);
    Article {
        id: page.id,
        title: page.title,
        byline: None,
        agency: None,
        url: page.url,
        source: page.source,
        lang: page.lang,
        kept: Span::whole(Points::new(&text).whole()),
        text,
        published: published.map(|value| DocumentDate::believed(value, Basis::Given, "given")),
        lines: Vec::new(),
        extra: page.extra,
    }
}
