//! Any string is analysed; a cache changes nothing; tokens and spaces make up the text.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wirecopy_lang::{Cache, Language};

static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::english);
static CACHE: LazyLock<Cache> = LazyLock::new(|| Cache::with_capacity(50_000));

fuzz_target!(|text: &str| {
    let analysis = LANGUAGE.analyse(text);
    assert_eq!(analysis, LANGUAGE.analyse_with(text, &CACHE));
    let letters: usize = analysis.tokens().map(|token| token.text().len() + usize::from(token.space_follows())).sum();
    assert_eq!(letters, text.len());
    assert!(analysis.tokens().all(|token| token.head().index() < analysis.len()));
    analysis.noun_phrases();
});
