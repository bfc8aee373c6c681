//! The candidates are a function of the set of articles; hostile texts end.

use std::collections::BTreeSet;

use wirecopy_copies::{Document, Index, Sketch, align_words, changes, collate, explain, orphan, relate};
use wirecopy_model::ArticleId;

/// Forty articles of invented words: families of copies, each word of which differs with a chance of a twelfth.
fn pile() -> Vec<Sketch> {
    let mut state = 7u64;
    let mut random = move |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let mut sketches = Vec::new();
    for family in 0..4 {
        let base: Vec<u64> = (0..120).map(|_| random(5_000)).collect();
        for copy in 0..12 {
            let words: Vec<String> = base
                .iter()
                .map(|&word| if random(12) == 0 { random(5_000) } else { word })
                .map(|word| format!("word{word}x"))
                .collect();
            sketches.push(Sketch::of(&Document::of_text(&format!("{family}-{copy:02}"), &words.join(" "))));
        }
    }
    sketches
}

fn candidate_pairs(index: &Index, ids: &[ArticleId]) -> BTreeSet<(ArticleId, ArticleId)> {
    ids.iter().flat_map(|id| index.candidates(id).into_iter().map(move |other| (id.clone(), other))).collect()
}

#[test]
fn candidates_depend_on_the_set_alone() {
    let sketches = pile();
    let ids: Vec<ArticleId> = sketches.iter().map(|sketch| sketch.id().clone()).collect();
    let mut index = Index::default();
    sketches.iter().cloned().for_each(|sketch| index.insert(sketch));
    let expected = candidate_pairs(&index, &ids);
    assert!(!expected.is_empty());
    assert!(expected.iter().all(|(a, b)| expected.contains(&(b.clone(), a.clone()))), "both sides name each other");
    // Another order, with articles that come and go.
    let mut other = Index::default();
    for sketch in sketches.iter().rev() {
        other.insert(sketch.clone());
        if sketch.id().as_str().ends_with('5') {
            assert!(other.remove(sketch.id()));
        }
    }
    for sketch in sketches.iter().filter(|sketch| sketch.id().as_str().ends_with('5')) {
        other.insert(sketch.clone());
    }
    assert_eq!(candidate_pairs(&other, &ids), expected);
}

#[test]
fn dirty_articles_are_enough_to_keep_up() {
    let sketches = pile();
    let ids: Vec<ArticleId> = sketches.iter().map(|sketch| sketch.id().clone()).collect();
    let mut index = Index::default();
    let mut known: BTreeSet<(ArticleId, ArticleId)> = BTreeSet::new();
    for (nth, sketch) in sketches.into_iter().enumerate() {
        let id = sketch.id().clone();
        index.insert(sketch);
        if nth % 7 == 3 {
            index.remove(&id);
            known.retain(|(a, b)| *a != id && *b != id);
        }
        for dirty in index.take_dirty() {
            known.retain(|(a, b)| *a != dirty && *b != dirty);
            for other in index.candidates(&dirty) {
                known.insert((dirty.clone(), other.clone()));
                known.insert((other, dirty.clone()));
            }
        }
    }
    assert_eq!(known, candidate_pairs(&index, &ids));
}

#[test]
fn a_family_hangs_together_through_its_representatives() {
    let text: Vec<String> = (0..90).map(|word| format!("word{word}x")).collect();
    let mut index = Index::default();
    for copy in 0..300 {
        index.insert(Sketch::of(&Document::of_text(&format!("{copy:03}"), &format!("{} {copy}", text.join(" ")))));
    }
    let ids: Vec<ArticleId> = (0..300).map(|copy| format!("{copy:03}").as_str().into()).collect();
    let mut reached = BTreeSet::from([ids[0].clone()]);
    let mut todo = vec![ids[0].clone()];
    let mut pairs = 0;
    while let Some(id) = todo.pop() {
        for other in index.candidates(&id) {
            pairs += 1;
            if reached.insert(other.clone()) {
                todo.push(other);
            }
        }
    }
    assert_eq!(reached.len(), 300);
    assert!(pairs < 300 * 40, "{pairs} are not every pair with every other");
}

#[test]
fn hostile_texts_end() {
    let texts = [
        String::new(),
        "\0".to_owned(),
        "a ".repeat(60_000),
        "the dam broke ".repeat(15_000),
        "“".repeat(20_000),
        "é\u{301}".repeat(20_000),
        (0..20_000).map(|word| format!("w{} ", word % 700)).collect(),
        "漢字".repeat(10_000),
        "\n.\n".repeat(10_000),
    ];
    let documents: Vec<Document> =
        texts.iter().enumerate().map(|(at, text)| Document::of_text(&at.to_string(), text)).collect();
    for a in &documents {
        orphan(a);
        for b in &documents {
            explain(a, b);
            if let Some(pair) = relate(a, b).filter(|_| a.id() != b.id()) {
                changes(a, b, &pair);
            }
        }
    }
    for text in &texts {
        align_words(text, &texts[3]);
    }
    collate(&documents[..4].iter().collect::<Vec<_>>());
}

#[test]
fn collations_do_not_depend_on_order() {
    let texts =
        ["the dam at Orrin broke before dawn", "the old dam broke at dawn", "at dawn the dam of Orrin broke", "rain"];
    let documents: Vec<Document> =
        texts.iter().enumerate().map(|(at, text)| Document::of_text(&at.to_string(), text)).collect();
    let mut witnesses: Vec<&Document> = documents.iter().collect();
    let expected = collate(&witnesses);
    for (at, document) in documents.iter().enumerate() {
        let mut places: Vec<usize> =
            expected.columns.iter().filter_map(|column| column.words[at]).map(|piece| piece.start).collect();
        let all = places.len();
        places.sort_unstable();
        places.dedup();
        assert_eq!((places.len(), all), (document.len(), document.len()), "every word stands once");
    }
    for _ in 0..4 {
        witnesses.rotate_left(1);
        assert_eq!(collate(&witnesses), expected);
    }
    assert!(collate(&[]).columns.is_empty());
}
