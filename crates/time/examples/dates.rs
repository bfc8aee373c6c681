//! Reads articles as JSON Lines and writes the rows of the `dates` stage: `cargo run --release -p wirecopy-time
//! --example dates < articles.jsonl`. With `--speed` it writes the words a second of one core instead.
//!
//! A line that is a page and not yet an article is taken as all body, its `published` as believed.

use std::io::{Read, Write};
use std::time::Instant;

use wirecopy_model::{Article, Basis, DateValue, DocumentDate, Page, Piece, Span};

fn article(line: &str) -> Result<Article, String> {
    if let Ok(article) = serde_json::from_str(line) {
        return Ok(article);
    }
    let page = Page::from_json(line).map_err(|error| error.to_string())?;
    let text = page.text.ok_or("no text")?;
    let claimed = page.published.as_deref().and_then(DateValue::parse);
    Ok(Article {
        id: page.id,
        title: page.title,
        byline: None,
        agency: None,
        url: page.url,
        source: page.source,
        lang: page.lang,
        kept: Span::whole(Piece::new(0, text.chars().count())),
        text,
        published: claimed.map(|date| DocumentDate::believed(date, Basis::Given, "the input says so")),
        lines: Vec::new(),
        extra: page.extra,
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let articles: Vec<Article> =
        input.lines().filter(|line| !line.trim().is_empty()).map(article).collect::<Result<_, _>>()?;
    if std::env::args().any(|argument| argument == "--speed") {
        let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
        let best = (0..20).map(|_| {
            let start = Instant::now();
            let timexes: usize = articles.iter().map(|article| wirecopy_time::dates(article).timexes.len()).sum();
            std::hint::black_box(timexes);
            start.elapsed()
        });
        let best = best.min().unwrap_or_default();
        println!("{words} words, best of 20 runs {best:?}, {:.0} words/s", words as f64 / best.as_secs_f64());
        return Ok(());
    }
    let mut out = std::io::stdout().lock();
    for article in &articles {
        writeln!(out, "{}", serde_json::to_string(&wirecopy_time::dates(article))?)?;
    }
    Ok(())
}
