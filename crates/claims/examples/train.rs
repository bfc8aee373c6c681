//! Trains the model of claims from articles whose claims people have marked.
//!
//!     train DOCS.jsonl GOLD.jsonl OUT.bin [--hold-out N] [--epochs N] [--rate R] [--least N] [--decay D]
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
    let mut files = Vec::new();
    let mut options = Options::default();
    let mut hold_out = 0usize;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or("an option without a value");
        match argument.as_str() {
            "--hold-out" => hold_out = value()?.parse()?,
            "--epochs" => options.epochs = value()?.parse()?,
            "--rate" => options.rate = value()?.parse()?,
            "--least" => options.least_count = value()?.parse()?,
            "--decay" => options.decay = value()?.parse()?,
            "--small" => options.least_weight = value()?.parse()?,
            _ => files.push(argument),
        }
    }
    let [docs, gold, out] = files.as_slice() else { return Err("train DOCS.jsonl GOLD.jsonl OUT.bin".into()) };
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
    let bytes = train(&examples, &options).to_bytes();
    println!("{} bytes", bytes.len());
    std::fs::write(out, bytes)?;
    Ok(())
}

fn lines<T: for<'de> Deserialize<'de>>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}
