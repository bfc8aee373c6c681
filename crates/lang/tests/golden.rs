//! The invented texts of `tests/golden`, analysed once by Python spaCy (`scripts/lang/golden.py`): the crate must find the
//! same, to the last token, with a cache and without.

use std::fmt::Write;

use serde_json::{Value, json};
use wirecopy_lang::{Analysis, Cache, Language};

const TEXTS: &str = include_str!("golden/texts.txt");
const ANALYSES: &str = include_str!("golden/analyses.jsonl");

/// Name and text of each document.
fn documents() -> Vec<(&'static str, String)> {
    let mut documents: Vec<(&str, String)> = Vec::new();
    for line in TEXTS.split_inclusive('\n') {
        match (line.strip_prefix("=== "), documents.last_mut()) {
            (Some(name), _) => documents.push((name.trim_end(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => panic!("texts.txt begins with a name"),
        }
    }
    documents
}

fn row(name: &str, analysis: &Analysis) -> Value {
    let tokens: Vec<Value> = analysis
        .tokens()
        .map(|token| {
            let (piece, head) = (token.piece(), token.head().index());
            let (lemma, entity) = (token.lemma(), token.entity_tag());
            json!([piece.start, piece.end, lemma, token.tag(), token.pos(), token.morph(), head, token.dep(), entity])
        })
        .collect();
    let sentences: Vec<usize> = analysis.sentences().map(|sentence| sentence.start).collect();
    let phrases: Vec<[usize; 2]> = analysis.noun_phrases().into_iter().map(|range| [range.start, range.end]).collect();
    json!({"id": name, "tokens": tokens, "sentences": sentences, "noun_phrases": phrases})
}

/// What differs, token by token.
fn differences(text: &str, ours: &Value, theirs: &Value) -> String {
    let mut report = String::new();
    let empty = Vec::new();
    let (own, their) = (ours["tokens"].as_array().unwrap_or(&empty), theirs["tokens"].as_array().unwrap_or(&empty));
    for (own, their) in own.iter().zip(their).filter(|(own, their)| own != their) {
        let place = |at: usize| their[at].as_u64().unwrap_or_default() as usize;
        let word: String = text.chars().skip(place(0)).take(place(1) - place(0)).collect();
        writeln!(report, "{word:?}: here {own}, spaCy {their}").expect("a string can be written to");
    }
    for part in ["sentences", "noun_phrases"] {
        if ours[part] != theirs[part] {
            writeln!(report, "{part}: here {}, spaCy {}", ours[part], theirs[part])
                .expect("a string can be written to");
        }
    }
    report
}

#[test]
fn texts_of_many_kinds_are_analysed_as_by_spacy() {
    let language = Language::english();
    let cache = Cache::with_capacity(100_000);
    let mut sentences = 0;
    for ((name, text), line) in documents().into_iter().zip(ANALYSES.lines()) {
        let expected: Value = serde_json::from_str(line).expect("a row of the golden file");
        assert_eq!(expected["id"], name, "texts.txt and analyses.jsonl go together");
        let analysis = language.analyse(&text);
        let found = row(name, &analysis);
        assert!(found == expected, "{name}:\n{}", differences(&text, &found, &expected));
        assert_eq!(language.analyse_with(&text, &cache), analysis, "{name}, with a cache");
        assert_eq!(language.analyse_with(&text, &cache), analysis, "{name}, from the cache");
        sentences += analysis.sentences().len();
    }
    assert_eq!(documents().len(), ANALYSES.lines().count());
    assert!(sentences >= 500, "{sentences} sentences");
    assert!(cache.reused() > 0);
}
