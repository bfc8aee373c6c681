//! How texts are cut into tokens and sentences, and what the walks over a tree give.

use expect_test::{Expect, expect};
use wirecopy_lang::Language;

fn check(text: &str, expected: Expect) {
    let analysis = Language::english().analyse(text);
    let tokens: Vec<&str> = analysis.tokens().map(|token| token.text()).collect();
    expected.assert_eq(&format!("{tokens:?}"));
}

#[test]
fn punctuation_is_cut_off() {
    check(
        r#"(He said: "No," didn't he?)"#,
        expect![[r#"["(", "He", "said", ":", "\"", "No", ",", "\"", "did", "n't", "he", "?", ")"]"#]],
    );
}

#[test]
fn abbreviations_keep_their_stops() {
    check(
        "Dr. Holm left the U.K. at 8pm. NATO.",
        expect![[r#"["Dr.", "Holm", "left", "the", "U.K.", "at", "8", "pm", ".", "NATO", "."]"#]],
    );
}

#[test]
fn units_and_currencies_stand_alone_after_digits() {
    check(
        "$1.5bn US$20 12kg 3.5% -12°C. 2020-2021 10km/h",
        expect![[
            r#"["$", "1.5bn", "US$", "20", "12", "kg", "3.5", "%", "-12", "°", "C", ".", "2020", "-", "2021", "10", "km/h"]"#
        ]],
    );
}

#[test]
fn urls_are_one_token_and_so_is_what_looks_like_one() {
    check(
        "https://a.example/x?y=(z) ida@orlen.example 203.0.113.7/x end.the end.The 10.0.0.1:x",
        expect![[
            r#"["https://a.example/x?y=(z", ")", "ida@orlen.example", "203.0.113.7/x", "end.the", "end", ".", "The", "10.0.0.1", ":x"]"#
        ]],
    );
}

#[test]
fn white_space_beyond_one_space_is_a_token() {
    check(" a  b\n\nc\u{a0}d ", expect![[r#"[" ", "a", " ", "b", "\n\n", "c", "\u{a0}", "d"]"#]]);
    check("   ", expect![[r#"["   "]"#]]);
    check("", expect!["[]"]);
}

#[test]
fn tokens_and_spaces_make_up_the_text() {
    let text = "  Zoë's café\tcost €9.99…\n\n“Très bien!”  said\u{a0}Ida :-)  ";
    let analysis = Language::english().analyse(text);
    let again: String = analysis
        .tokens()
        .map(|token| format!("{}{}", token.text(), if token.space_follows() { " " } else { "" }))
        .collect();
    assert_eq!(again, text);
}

#[test]
fn places_count_code_points_and_bytes() {
    let analysis = Language::english().analyse("Zoë left. 😀 Ida stayed.");
    let ida = analysis.tokens().find(|token| token.text() == "Ida").expect("Ida");
    assert_eq!((ida.piece().start, ida.piece().end), (12, 15));
    assert_eq!(ida.bytes(), 16..19);
    assert_eq!(analysis.token_at(12), Some(ida));
    assert_eq!(analysis.token_at(11), Some(ida), "the next one after a space");
    assert_eq!(analysis.token_at(99), None);
}

#[test]
fn phrases_and_subtrees_follow_the_tree() {
    let analysis = Language::english().analyse("The old captain of the ferry told reporters that nobody was hurt.");
    let phrases: Vec<&str> = analysis.noun_phrases().into_iter().map(|range| analysis.text_of(range)).collect();
    expect![[r#"["The old captain", "the ferry", "reporters", "nobody"]"#]].assert_eq(&format!("{phrases:?}"));
    let told = analysis.tokens().find(|token| token.is_root()).expect("a root");
    let parts: Vec<String> =
        told.children().map(|child| format!("{} {}", child.dep(), analysis.text_of(child.subtree_range()))).collect();
    expect![[r#"["nsubj The old captain of the ferry", "dobj reporters", "ccomp that nobody was hurt", "punct ."]"#]]
        .assert_eq(&format!("{parts:?}"));
    let hurt = analysis.tokens().find(|token| token.text() == "hurt").expect("hurt");
    assert!(hurt.ancestors().any(|token| token == told));
    assert_eq!(told.subtree().count(), analysis.len());
}
