//! What a tagger's analysis adds to the cue words.

use wirecopy_model::{Interval, Piece};
use wirecopy_time::Tag;

/// Words with their tags and heads, `word/TAG/head`, the head counted from 0.
fn values(tagged: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rows = Vec::new();
    for token in tagged.split(' ') {
        let mut parts = token.split('/');
        let word = parts.next().unwrap();
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.chars().count();
        text.push_str(word);
        rows.push((start, text.chars().count(), parts.next().unwrap(), parts.next().unwrap()));
    }
    let tags: Vec<Tag> = rows
        .iter()
        .map(|(start, end, tag, head)| Tag { piece: Piece::new(*start, *end), tag, head: head.parse().unwrap() })
        .collect();
    let found = wirecopy_time::find(&text, &[Piece::new(0, text.chars().count())], &tags);
    let written = Interval::day("2021-04-16".parse().unwrap());
    wirecopy_time::resolve(&text, &found, written).into_iter().map(|timex| timex.value).collect()
}

#[test]
fn the_tense_is_that_of_the_head_and_not_of_the_nearest_verb() {
    let will = "Brandt/NNP/5 ,/,/0 who/WP/3 resigned/VBD/0 ,/,/0 will/MD/6 speak/VB/6 on/IN/6 Tuesday/NNP/7";
    assert_eq!(values(will), ["2021-04-20"]);
    let spoke = "Brandt/NNP/6 ,/,/0 who/WP/4 will/MD/4 resign/VB/0 ,/,/0 spoke/VBD/6 on/IN/6 Tuesday/NNP/7";
    assert_eq!(values(spoke), ["2021-04-13"]);
}

#[test]
fn a_verb_is_no_month() {
    assert_eq!(values("In/IN/0 March/NNP/0 it/PRP/0 rained/VBD/0"), ["2021-03"]);
    assert!(values("until/IN/0 May/MD/0 decides/VBZ/0").is_empty());
}

#[test]
fn tags_of_another_text_do_no_harm() {
    let tags = [Tag { piece: Piece::new(900, 950), tag: "VBD", head: 77 }];
    let found = wirecopy_time::find("On Tuesday it fell.", &[Piece::new(0, 19)], &tags);
    assert_eq!(found.len(), 1);
}
