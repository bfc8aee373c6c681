//! Trains the model of claims from articles whose claims people have marked.
//!
//!     train DOCS.jsonl GOLD.jsonl OUT.bin [--hold-out N]
//!
//! DOCS holds articles, GOLD their claims, both in the stable format. `--hold-out N` leaves every Nth article out.

use std::collections::HashMap;
use std::error::Error;

use rayon::prelude::*;
use serde::Deserialize;
use wirecopy_claims::train::{Example, Marked, Options, train};
use wirecopy_lang::{Cache, Language, annotation};
use wirecopy_model::{Annotation, ArticleId, Span};

#[derive(Deserialize)]
struct Doc {
    id: ArticleId,
    text: String,
}

#[derive(Deserialize)]
struct Gold {
    id: ArticleId,
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    content: Span,
    chain: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    source: Span,
    cue: Span,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let held_out = match files.iter().position(|file| file == "--hold-out") {
        Some(at) if at + 1 < files.len() => {
            files.drain(at..at + 2).next_back().map(|number| number.parse()).transpose()?
        }
        _ => None,
    };
    let hold_out: usize = held_out.unwrap_or(0);
    let [docs, gold, out] = files.as_slice() else {
        return Err("train DOCS.jsonl GOLD.jsonl OUT.bin [--hold-out N]".into());
    };
    let docs: Vec<Doc> = lines(docs)?;
    let mut gold: HashMap<ArticleId, Vec<Claim>> =
        lines::<Gold>(gold)?.into_iter().map(|line| (line.id, line.claims)).collect();
    let docs: Vec<Doc> = docs
        .into_iter()
        .enumerate()
        .filter(|(at, _)| hold_out == 0 || at % hold_out != hold_out - 1)
        .map(|(_, doc)| doc)
        .collect();
    let language = Language::english();
    let cache = Cache::with_capacity(1_000_000);
    let annotations: Vec<Annotation> =
        docs.par_iter().map(|doc| annotation(&doc.id, &language.analyse_with(&doc.text, &cache))).collect();
    let examples: Vec<Example> = docs
        .iter()
        .zip(&annotations)
        .map(|(doc, annotation)| {
            let claims = gold.remove(&doc.id).unwrap_or_default();
            let marked = claims.into_iter().filter_map(|claim| {
                let link = claim.chain.into_iter().next_back()?;
                Some(Marked { source: link.source, cue: link.cue, content: claim.content })
            });
            Example { text: &doc.text, annotation, claims: marked.collect() }
        })
        .collect();
    println!("{} articles", examples.len());
    let bytes = train(&examples, &Options::default()).to_bytes();
    println!("{} bytes", bytes.len());
    std::fs::write(out, bytes)?;
    Ok(())
}

fn lines<T: for<'de> Deserialize<'de>>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}
