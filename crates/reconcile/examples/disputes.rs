//! Articles as JSON Lines on standard input, each naming its `story`; what they disagree on, one row a line, and, with
//! `--vetoed`, each difference that is none with its veto. Tells a rule's author what a rule lets through.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, stdin};

use wirecopy_lang::{Cache, Language};
use wirecopy_model::{Annotation, Article, DatedArticle, Dispute, Page};
use wirecopy_reconcile::disputes::{Told, disputes};

fn main() -> Result<(), Box<dyn Error>> {
    let with_vetoed = std::env::args().any(|argument| argument == "--vetoed");
    let language = Language::english();
    let cache = Cache::with_capacity(1_000_000);
    let mut stories: BTreeMap<String, Vec<(Article, Annotation, DatedArticle)>> = BTreeMap::new();
    for line in stdin().lock().lines() {
        let page = Page::from_json(&line?)?;
        let story = page.extra.get("story").and_then(|story| story.as_str()).unwrap_or("").to_owned();
        let mut article = wirecopy_extract::extract(&page);
        let annotation = wirecopy_lang::annotate(&article, &language, &cache);
        let dated = wirecopy_time::dates(&article);
        article.published = dated.document_date.clone();
        stories.entry(story).or_default().push((article, annotation, dated));
    }
    for (story, read) in &stories {
        let told: Vec<Told> = read
            .iter()
            .map(|(article, annotation, dated)| Told { article, annotation, timexes: &dated.timexes, accounts: &[] })
            .collect();
        let found = disputes(&told, |_, _| true);
        let row = |dispute: &Dispute, veto: Option<&str>| -> Result<(), Box<dyn Error>> {
            let mut row = serde_json::to_value(dispute)?;
            row["story"] = story.as_str().into();
            row["veto"] = veto.into();
            println!("{row}");
            Ok(())
        };
        found.raised.iter().try_for_each(|dispute| row(dispute, None))?;
        if with_vetoed {
            found.vetoed.iter().try_for_each(|(veto, dispute)| row(dispute, Some(veto.as_str())))?;
        }
    }
    Ok(())
}
