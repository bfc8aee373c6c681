//! `copies_speed < ARTICLES.jsonl`: articles a second on one core, from texts in memory: to candidate pairs, and to pairs
//! verified, aligned and directed. The best of five runs of each.

use std::io::stdin;
use std::time::{Duration, Instant};

use wirecopy_copies::{Document, Index, Sketch, copies};
use wirecopy_model::{Article, Page, Span};
use wirecopy_text::Points;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut articles = Vec::new();
    for line in stdin().lines() {
        articles.push(article(Page::from_json(&line?)?));
    }
    let report = |what: &str, run: &dyn Fn() -> usize| {
        let mut best = Duration::MAX;
        let mut pairs = 0;
        for _ in 0..5 {
            let start = Instant::now();
            pairs = run();
            best = best.min(start.elapsed());
        }
        println!("{what}: {pairs}, {:.0} articles/s", articles.len() as f64 / best.as_secs_f64());
    };
    report("documents prepared", &|| articles.iter().map(|article| Document::of(article).len().min(1)).sum());
    report("candidate pairs", &|| {
        let mut index = Index::default();
        for article in &articles {
            index.insert(Sketch::of(&Document::of(article)));
        }
        articles.iter().map(|article| index.candidates(&article.id).len()).sum::<usize>() / 2
    });
    report("pairs verified, aligned and directed", &|| copies(&articles, false).len());
    Ok(())
}

fn article(page: Page) -> Article {
    let text = page.text.unwrap_or_default();
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
        published: None,
        lines: Vec::new(),
        extra: page.extra,
    }
}
