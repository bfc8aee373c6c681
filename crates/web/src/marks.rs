//! Texts with their changes marked.

use wirecopy::align_words;
use wirecopy::model::{Piece, QuoteEditKind};
use wirecopy::text::Points;

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// They stand in both texts.
    Same,
    /// They stand in the other text in other words.
    Other,
    /// They were left out.
    Gone,
    /// They were put in.
    Come,
}

impl Fate {
    /// The element that marks it, and its hidden words: a screen reader says nothing of lines and colours.
    pub fn tag(self) -> &'static str {
        match self {
            Fate::Same => "span",
            Fate::Other => "mark",
            Fate::Gone => "del",
            Fate::Come => "ins",
        }
    }

    pub fn spoken(self) -> &'static str {
        match self {
            Fate::Same => "",
            Fate::Other => "changed: ",
            Fate::Gone => "left out: ",
            Fate::Come => "put in: ",
        }
    }
}

/// Some words and what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub fate: Fate,
    pub text: String,
    /// What they come to, where they name a time.
    pub time: Option<String>,
}

/// Texts with more words than this are shown as they are: alignment would cost more than it shows.
const MOST: usize = 1_500;

/// Two texts, each with what differs from the other.
pub(crate) fn side_by_side(a: &str, b: &str) -> (Vec<Words>, Vec<Words>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for edit in edits(a, b) {
        match (edit.a.is_empty(), edit.b.is_empty()) {
            (false, true) => left.push((edit.a, Fate::Gone)),
            (true, false) => right.push((edit.b, Fate::Come)),
            _ => {
                left.push((edit.a, Fate::Other));
                right.push((edit.b, Fate::Other));
            }
        }
    }
    (marked(a, left), marked(b, right))
}

/// One text that shows how `a` became `b`: `b` with what was put in, and what was left out of `a` in its place.
pub(crate) fn collated(a: &str, b: &str) -> Vec<Words> {
    let (from, to) = (Points::new(a), Points::new(b));
    let mut edits = edits(a, b);
    edits.sort_by_key(|edit| (edit.b.start, edit.b.end));
    let mut words = Vec::new();
    let mut at = 0;
    for edit in edits {
        if edit.b.start < at {
            continue;
        }
        push(&mut words, Fate::Same, to.slice(Piece::new(at, edit.b.start)));
        let gone = from.slice(edit.a);
        push(&mut words, Fate::Gone, gone);
        // Words that were left out stand apart from those that follow.
        if !gone.is_empty() && edit.b.is_empty() && !gone.ends_with(char::is_whitespace) {
            push(&mut words, Fate::Same, " ");
        }
        push(&mut words, Fate::Come, to.slice(edit.b));
        at = edit.b.end;
    }
    push(&mut words, Fate::Same, to.slice(Piece::new(at, to.len())));
    words
}

/// The words of `b` that `a` has not, marked.
pub(crate) fn against(a: &str, b: &str) -> Vec<Words> {
    side_by_side(a, b).1
}

/// A text in which these pieces are marked.
pub(crate) fn marked(text: &str, mut pieces: Vec<(Piece, Fate)>) -> Vec<Words> {
    let points = Points::new(text);
    pieces.sort_unstable_by_key(|(piece, _)| *piece);
    let mut words: Vec<Words> = Vec::new();
    let mut at = 0;
    for (piece, fate) in pieces {
        let piece = Piece::new(piece.start.max(at).min(points.len()), piece.end.max(at).min(points.len()));
        if piece.is_empty() {
            continue;
        }
        let between = points.slice(Piece::new(at, piece.start));
        // Neighbours of one fate are one mark, with the space between them.
        match words.last_mut() {
            Some(last) if last.fate == fate && between.chars().all(char::is_whitespace) => {
                last.text.push_str(between);
                last.text.push_str(points.slice(piece));
            }
            _ => {
                push(&mut words, Fate::Same, between);
                push(&mut words, fate, points.slice(piece));
            }
        }
        at = piece.end;
    }
    push(&mut words, Fate::Same, points.slice(Piece::new(at, points.len())));
    words
}

/// The same words, those at these places of their text noted as times. The places are in order and apart.
pub(crate) fn timed(words: Vec<Words>, times: Vec<(Piece, String)>) -> Vec<Words> {
    if times.is_empty() {
        return words;
    }
    let mut noted: Vec<Words> = Vec::new();
    let mut times = times.into_iter().peekable();
    let mut start = 0;
    for part in words {
        let text = Points::new(&part.text);
        let mut put = |from: usize, to: usize, time: Option<String>| {
            if from < to {
                noted.push(Words { fate: part.fate, text: text.slice(Piece::new(from, to)).to_owned(), time });
            }
        };
        let mut at = 0;
        while let Some((place, note)) = times.peek().filter(|(place, _)| place.start < start + text.len()) {
            let (from, to) = (place.start.max(start) - start, (place.end - start).min(text.len()));
            put(at, from, None);
            put(from, to, Some(note.clone()));
            at = to;
            // One that goes on in the next part is noted there too.
            if place.end > start + text.len() {
                break;
            }
            times.next();
        }
        put(at, text.len(), None);
        start += text.len();
    }
    noted
}

struct Edit {
    a: Piece,
    b: Piece,
}

/// What differs, but for typography.
fn edits(a: &str, b: &str) -> Vec<Edit> {
    if a.split_whitespace().count().max(b.split_whitespace().count()) > MOST {
        return Vec::new();
    }
    let changed = |kind| !matches!(kind, None | Some(QuoteEditKind::Typography));
    align_words(a, b).into_iter().filter(|edit| changed(edit.kind)).map(|edit| Edit { a: edit.a, b: edit.b }).collect()
}

fn push(words: &mut Vec<Words>, fate: Fate, text: &str) {
    if !text.is_empty() {
        words.push(Words { fate, text: text.to_owned(), time: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn show(words: &[Words]) -> String {
        let show = |words: &Words| match words.fate {
            Fate::Same => words.text.clone(),
            Fate::Other => format!("[{}]", words.text),
            Fate::Gone => format!("[-{}-]", words.text),
            Fate::Come => format!("[+{}+]", words.text),
        };
        words.iter().map(show).collect()
    }

    fn check(a: &str, b: &str, expected: Expect) {
        let (left, right) = side_by_side(a, b);
        expected.assert_eq(&format!("{}\n{}\n{}\n", show(&left), show(&right), show(&collated(a, b))));
    }

    #[test]
    fn changed_words_are_marked_on_both_sides() {
        check(
            "our firm support for the lake",
            "our steady support for the lake",
            expect![[r#"
            our [firm] support for the lake
            our [steady] support for the lake
            our [-firm-][+steady+] support for the lake
        "#]],
        );
        check(
            "rain fell on the dam at dawn",
            "rain fell at dawn",
            expect![[r#"
            rain fell [-on the dam-] at dawn
            rain fell at dawn
            rain fell [-on the dam-] at dawn
        "#]],
        );
        check(
            "rain fell at dawn",
            "heavy rain fell at dawn, twice",
            expect![[r#"
            rain fell at dawn
            [+heavy+] rain fell at dawn, [+twice+]
            [+heavy+] rain fell at dawn, [+twice+]
        "#]],
        );
        check(
            "same words",
            "same words",
            expect![[r#"
            same words
            same words
            same words
        "#]],
        );
        check(
            "",
            "all is new",
            expect![[r#"

            [+all is new+]
            [+all is new+]
        "#]],
        );
    }

    #[test]
    fn times_are_noted_within_the_marks() {
        let words = against("rain fell on Monday at dawn", "rain fell on Tuesday at dawn, it said on Friday");
        let times = vec![(Piece::new(10, 20), "13 Apr 2021".into()), (Piece::new(41, 47), "16 Apr 2021".into())];
        let shown = |words: &Words| match &words.time {
            Some(note) => format!("{}({note})", show(std::slice::from_ref(words))),
            None => show(std::slice::from_ref(words)),
        };
        let noted: String = timed(words, times).iter().map(shown).collect();
        expect!["rain fell on (13 Apr 2021)[Tuesday](13 Apr 2021) at dawn, [+it said on +][+Friday+](16 Apr 2021)"]
            .assert_eq(&noted);
    }

    #[test]
    fn nothing_is_lost_between_the_marks() {
        let text = "one  two, three — four";
        let marks = marked(
            text,
            vec![(Piece::new(5, 8), Fate::Come), (Piece::new(10, 15), Fate::Come), (Piece::new(2, 6), Fate::Gone)],
        );
        assert_eq!(marks.iter().map(|words| words.text.as_str()).collect::<String>(), text);
    }
}
