//! The same statement in several articles, and what articles rest on.

mod common;

use common::{With, read};
use wirecopy_claims::{Aligned, Statement, Told, join, names_publisher, origins, relayed};
use wirecopy_model::{Article, ArticleId, ClaimedArticle, Piece, Run, Span};

fn article(id: &str, text: &str) -> (Article, ClaimedArticle) {
    let id: ArticleId = serde_json::from_value(id.into()).expect("an id");
    let article = Article {
        id: id.clone(),
        title: None,
        byline: None,
        agency: None,
        url: None,
        source: Some("Orlen Gazette".into()),
        lang: None,
        text: text.into(),
        kept: Span::whole(Piece::new(0, text.chars().count())),
        published: None,
        lines: Vec::new(),
        extra: Default::default(),
    };
    (article, ClaimedArticle { id, claims: read(text, With::Rules) })
}

/// Each statement as `speaker: number of places`.
fn shown(statements: &[Statement]) -> Vec<String> {
    statements.iter().map(|of| format!("{}: {}", of.speaker().unwrap_or("?"), of.variants.len())).collect()
}

#[test]
fn the_clearest_wording_decides_the_speaker() {
    let a = article("a", "Mayor Ina Orr said the old bridge over the Tarn will be closed for repairs in May.");
    let b = article("b", "She said the old bridge over the Tarn will be closed for repairs in May.");
    let told = [Told { article: &a.0, claims: &a.1 }, Told { article: &b.0, claims: &b.1 }];
    assert_eq!(shown(&join(&told, &[])), ["Ina Orr: 2"], "by wording");

    // What the copy turned round is joined along the words that both have.
    let c = article("c", "The ancient crossing over the Tarn shuts for repairs in May, Orr said.");
    let told = [Told { article: &a.0, claims: &a.1 }, Told { article: &c.0, claims: &c.1 }];
    assert_eq!(shown(&join(&told, &[])), ["Ina Orr: 1", "Ina Orr: 1"], "the name is completed in the story");
    let place = |text: &str, words: &str| {
        let start = text[..text.find(words).expect("the words")].chars().count();
        Piece::new(start, start + words.chars().count())
    };
    let long = [Run {
        a: place(&a.0.text, "the old bridge over the Tarn will be closed for repairs in May"),
        b: place(&c.0.text, "The ancient crossing over the Tarn shuts for repairs in May"),
    }];
    assert_eq!(shown(&join(&told, &[Aligned { a: 0, b: 1, runs: &long, copy: None }])), ["Ina Orr: 2"]);
}

#[test]
fn an_altered_attribution_is_shown() {
    let a = article("a", "Mayor Ina Orr said the old bridge over the Tarn will be closed for repairs in May.");
    let b = article("b", "Governor Jon Vale said the old bridge over the Tarn will be closed for repairs in May.");
    let told = [Told { article: &a.0, claims: &a.1 }, Told { article: &b.0, claims: &b.1 }];
    assert_eq!(join(&told, &[]).len(), 2, "two speakers, by wording alone: two statements");
    let start = a.0.text.find("the old").expect("the words");
    let other = b.0.text.find("the old").expect("the words");
    let length = a.0.text.len() - start;
    let runs = [Run { a: Piece::new(start, start + length), b: Piece::new(other, other + length) }];
    let joined = join(&told, &[Aligned { a: 0, b: 1, runs: &runs, copy: None }]);
    assert_eq!(joined.len(), 1);
    assert_eq!(joined[0].others.len(), 1);
}

/// The stretches of at least two words that two texts share, in order; enough for tests.
fn runs(a: &str, b: &str) -> Vec<Run> {
    let words = |text: &str| -> Vec<(usize, usize, String)> {
        wirecopy_text::words(text).iter().map(|w| (w.start, w.end, w.of(text).to_lowercase())).collect()
    };
    let (left, right) = (words(a), words(b));
    let mut runs = Vec::new();
    let (mut i, mut from) = (0, 0);
    while i < left.len() {
        let length = |j: usize| left[i..].iter().zip(&right[j..]).take_while(|(one, other)| one.2 == other.2).count();
        match (from..right.len()).max_by_key(|&j| (length(j), usize::MAX - j)).map(|j| (j, length(j))) {
            Some((j, n)) if n >= 2 => {
                let piece = |of: &[(usize, usize, String)], at: usize| Piece::new(of[at].0, of[at + n - 1].1);
                runs.push(Run { a: piece(&left, i), b: piece(&right, j) });
                (i, from) = (i + n, j + n);
            }
            _ => i += 1,
        }
    }
    runs
}

/// What a copyist's wording makes of a passage is no statement of its own; what the copyist adds is.
#[test]
fn a_garbled_copy_makes_no_new_claim() {
    let source = article(
        "a",
        "The Harbour Authority said on Monday that the ferry had struck the old pier in fog. At the same time, the \
         captain warned the owners that the steering would fail again in winter.",
    );
    let copy = article(
        "b",
        "On Monday the Harbour Authority said that the ferry had struck the old pier in fog. The coast guard believes \
         the pier is doomed. At the same time, owners claimed that the steering would fail again in winterThe Harbour \
         Authority said.",
    );
    let told = [Told { article: &source.0, claims: &source.1 }, Told { article: &copy.0, claims: &copy.1 }];
    let common = runs(&source.0.text, &copy.0.text);
    let shown = |copy: Option<usize>| -> Vec<String> {
        let joined = join(&told, &[Aligned { a: 0, b: 1, runs: &common, copy }]);
        let line = |of: &Statement| {
            let garbled = if of.garbled { " (garbled)" } else { "" };
            format!("{}: {}{garbled}", of.speaker().unwrap_or("?"), of.variants.len())
        };
        joined.iter().map(line).collect()
    };
    assert_eq!(shown(Some(1)), ["Harbour Authority: 2", "?: 2", "?: 1", "?: 1 (garbled)"], "the guard's belief stays");
    assert_eq!(shown(None), ["Harbour Authority: 2", "?: 2", "?: 1", "?: 1"], "who copied is not known");
}

#[test]
fn roots_of_chains() {
    let (article, claimed) = article(
        "a",
        "The Harbour Authority said the ship had sunk, Orlen Gazette reported. Two officials told Radio Tarn that \
         nobody was hurt. The mayor declined to comment.",
    );
    let names: Vec<String> = origins(&article.text, &claimed.claims).into_iter().map(|origin| origin.name).collect();
    assert_eq!(names, ["Harbour Authority", "two officials"]);
    let media = relayed(&claimed.claims);
    assert_eq!(media[0].0, "Orlen Gazette");
    assert!(names_publisher("the Orlen Gazette", &article) && !names_publisher("Radio Tarn", &article));
}
