//! Analyses JSON Lines from standard input (`{"id", "text"}`) and writes everything that is found, one text a line, in the
//! form of the golden files: what `scripts/lang/parity.py` compares with spaCy.
//!
//! `dump [--cache] [MODEL]`

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};

use serde_json::{Value, json};
use wirecopy_lang::{Analysis, Cache, Language};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let cached = arguments.first().is_some_and(|argument| argument == "--cache");
    arguments.drain(..usize::from(cached));
    let language = match arguments.first() {
        Some(path) => Language::from_bytes(&std::fs::read(path)?)?,
        None => Language::english(),
    };
    let cache = Cache::with_capacity(1_000_000);
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let page: Value = serde_json::from_str(&line?)?;
        let text = page["text"].as_str().ok_or("no text")?;
        let analysis = if cached { language.analyse_with(text, &cache) } else { language.analyse(text) };
        writeln!(out, "{}", row(&page["id"], &analysis))?;
    }
    if cached {
        eprintln!("tokens from the cache: {}", cache.reused());
    }
    Ok(())
}

fn row(id: &Value, analysis: &Analysis) -> Value {
    let tokens: Vec<Value> = analysis
        .tokens()
        .map(|token| {
            let piece = token.piece();
            json!([
                piece.start,
                piece.end,
                token.lemma(),
                token.tag(),
                token.pos(),
                token.morph(),
                token.head().index(),
                token.dep(),
                token.entity_tag()
            ])
        })
        .collect();
    let sentences: Vec<usize> = analysis.sentences().map(|sentence| sentence.start).collect();
    let phrases: Vec<[usize; 2]> = analysis.noun_phrases().into_iter().map(|range| [range.start, range.end]).collect();
    json!({"id": id, "tokens": tokens, "sentences": sentences, "noun_phrases": phrases})
}
