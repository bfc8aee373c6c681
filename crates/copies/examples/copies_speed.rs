//! `copies_speed [RUNS] < ARTICLES.jsonl`: articles a second of processor time on one core, from texts in memory: to
//! candidate pairs, and to pairs verified, aligned and directed. The best of so many runs of each, five unless told.

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
    let runs = std::env::args().nth(1).and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let report = |what: &str, run: &dyn Fn() -> usize| {
        let mut best = Duration::MAX;
        let mut found = 0;
        for _ in 0..runs {
            let (start, began) = (processor_time(), Instant::now());
            found = run();
            let took = start.zip(processor_time()).map_or_else(|| began.elapsed(), |(start, end)| end - start);
            best = best.min(took);
        }
        println!("{what}: {found}, {:.0} articles/s", articles.len() as f64 / best.as_secs_f64());
    };
    report("documents prepared", &|| articles.iter().map(|article| Document::of(article).len().min(1)).sum());
    report("candidate pairs", &|| {
        let mut index = Index::default();
        for article in &articles {
            index.insert(Sketch::of_article(article));
        }
        articles.iter().map(|article| index.candidates(&article.id).len()).sum::<usize>() / 2
    });
    report("pairs verified, aligned, directed", &|| copies(&articles, false).len());
    Ok(())
}

/// The processor time of this process, where the system tells it in hundredths of seconds (Linux).
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Duration::from_millis(10 * (user + system)))
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
