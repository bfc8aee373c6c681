//! Articles as JSON Lines on standard input, taken for one story; its timeline as JSON on standard output.

use std::error::Error;
use std::io::{BufRead, stdin};

use wirecopy_lang::{Cache, Language};
use wirecopy_model::{Article, Event, Page};
use wirecopy_reconcile::{Recounted, timeline};

fn main() -> Result<(), Box<dyn Error>> {
    let language = Language::english();
    let cache = Cache::with_capacity(1_000_000);
    let mut read: Vec<(Article, Vec<Event>)> = Vec::new();
    for line in stdin().lock().lines() {
        let mut article = wirecopy_extract::extract(&Page::from_json(&line?)?);
        let annotation = wirecopy_lang::annotate(&article, &language, &cache);
        let dated = wirecopy_time::dates(&article);
        article.published = dated.document_date;
        let events = wirecopy_events::events(&article, &annotation, &dated.timexes);
        read.push((article, events));
    }
    let recounted: Vec<Recounted> = read
        .iter()
        .map(|(article, events)| Recounted {
            article,
            written: article.published.as_ref().and_then(|date| date.day()),
            accounts: &[],
            events,
        })
        .collect();
    println!("{}", serde_json::to_string(&timeline(&recounted, &[]))?);
    Ok(())
}
