use std::ops::Range;

use wirecopy_model::{Sentence, Span};

use crate::Points;

/// The stretches of a sentence that are read together: of the body, within one paragraph, of at most `longest` tokens. A
/// parser that finds no end of a headline or a caption runs on into the next paragraph, or into what is masked.
///
/// The ranges are of the sentence's tokens, in text order; tokens of white space and outside of `kept` are in none,
/// but for those that stand within a line.
pub fn stretches(sentence: &Sentence, points: &Points, kept: &Span, longest: usize) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let mut line_ended = true;
    for (at, token) in sentence.tokens.iter().enumerate() {
        let text = points.slice(token.piece());
        if text.trim().is_empty() || !kept.contains(token.start) {
            line_ended |= text.contains('\n') || !text.trim().is_empty();
            continue;
        }
        let opens = line_ended && !text.starts_with(char::is_lowercase);
        match stretches.last_mut().filter(|last| !opens && last.len() < longest) {
            Some(last) => last.end = at + 1,
            None => stretches.push(at..at + 1),
        }
        line_ended = false;
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_model::{Piece, Token};

    /// The stretches of a text that was parsed as one sentence, of which `masked` is cut out.
    fn check(text: &str, masked: Option<&str>, expected: &[&str]) {
        let points = Points::new(text);
        let mut tokens = Vec::new();
        let mut at = 0;
        for word in text.split_inclusive([' ', '\n']) {
            let bare = word.trim_end().chars().count();
            let white = word.chars().count() - bare;
            let mut add = |start: usize, length: usize| {
                let none: std::sync::Arc<str> = "".into();
                let (lemma, tag, pos, dep, ent) = (none.clone(), none.clone(), none.clone(), none.clone(), none);
                tokens.push(Token { start, end: start + length, lemma, tag, pos, head: 0, dep, ent });
            };
            if bare > 0 {
                add(at, bare);
            }
            if word.ends_with('\n') {
                add(at + bare, white);
            }
            at += bare + white;
        }
        let sentence = Sentence { start: 0, end: at, tokens };
        let cut = masked.map(|masked| text.find(masked).unwrap());
        let kept = match cut {
            Some(start) => Span::from_pieces(vec![Piece::new(0, start), Piece::new(start + masked.unwrap().len(), at)]),
            None => Span::whole(Piece::new(0, at)),
        };
        let found: Vec<&str> = stretches(&sentence, &points, &kept, 6)
            .into_iter()
            .map(|range| {
                points.slice(Piece::new(sentence.tokens[range.start].start, sentence.tokens[range.end - 1].end))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sentence_ends_with_its_paragraph() {
        check("Dam breaks\nThe dam at Vesk", None, &["Dam breaks", "The dam at Vesk"]);
        check("The dam\nat Vesk broke", None, &["The dam\nat Vesk broke"]);
        check("Dam breaks Advertisement The wall", Some("Advertisement "), &["Dam breaks", "The wall"]);
        check("one two three four five six seven", None, &["one two three four five six", "seven"]);
        check("", None, &[]);
    }
}
