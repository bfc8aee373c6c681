use wirecopy_model::{Piece, Span};

use crate::Points;

/// A line longer than this many bytes is taken in stretches, so that no text makes the segmenter slow.
const LONGEST_STRETCH: usize = 16 * 1024;

/// The sentences of the parts of a text that `within` names, in order, without the white space around them.
///
/// A line break ends a sentence unless the text is wrapped at a fixed width. `language` is a BCP 47 tag; English where
/// none is given. The rules for abbreviations and marks are those of the `sentencex` library.
///
/// ```
/// use wirecopy_model::Span;
/// use wirecopy_text::{Points, sentences};
/// let text = Points::new("Ms. Orla Venn left at 5 p.m. on Jan. 5. “It is over,” she said.\nNobody asked why.");
/// let found = sentences(&text, &Span::whole(text.whole()), None);
/// let texts: Vec<&str> = found.iter().map(|&piece| text.slice(piece)).collect();
/// assert_eq!(texts, [
///     "Ms. Orla Venn left at 5 p.m. on Jan. 5.",
///     "“It is over,” she said.",
///     "Nobody asked why.",
/// ]);
/// ```
pub fn sentences(text: &Points, within: &Span, language: Option<&str>) -> Vec<Piece> {
    let language = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("en");
    let wrapped = is_wrapped(text.text());
    let mut found = Vec::new();
    for &piece in within.pieces() {
        let start = text.byte(piece.start);
        for paragraph in paragraphs(text.slice(piece), wrapped) {
            for stretch in stretches(paragraph.1) {
                let offset = start + paragraph.0 + stretch.0;
                for boundary in sentencex::get_sentence_boundaries(language, stretch.1) {
                    let sentence = &stretch.1[boundary.start_byte..boundary.end_byte];
                    let lead = sentence.len() - sentence.trim_start().len();
                    let trimmed = sentence.trim();
                    if !trimmed.is_empty() {
                        let from = offset + boundary.start_byte + lead;
                        found.push(text.piece(from..from + trimmed.len()));
                    }
                }
            }
        }
    }
    found
}

/// The paragraphs of a text with their offsets: its lines, or what stands between empty lines if it is wrapped.
fn paragraphs(text: &str, wrapped: bool) -> Vec<(usize, &str)> {
    let separator = if wrapped { "\n\n" } else { "\n" };
    let mut at = 0;
    let mut found = Vec::new();
    for paragraph in text.split(separator) {
        found.push((at, paragraph));
        at += paragraph.len() + separator.len();
    }
    found
}

/// Cuts what is too long for the segmenter at white space, or in mid-word where there is none.
fn stretches(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while text.len() - at > LONGEST_STRETCH {
        let mut cut = at + LONGEST_STRETCH;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        if let Some(space) = text[at..cut].rfind([' ', '\n']) {
            cut = at + space + 1;
        }
        found.push((at, &text[at..cut]));
        at = cut;
    }
    found.push((at, &text[at..]));
    found
}

/// Whether the lines of a text were broken at a fixed width, as mails and old archives do: most lines are of nearly
/// the same middling length and few end a sentence.
fn is_wrapped(text: &str) -> bool {
    let mut lines = 0;
    let mut open = 0;
    let mut longest = 0;
    for line in text.lines().take(2_000).filter(|line| !line.trim().is_empty()) {
        let length = line.chars().take(200).count();
        longest = longest.max(length);
        lines += 1;
        let ends = line.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '…', '»']);
        open += usize::from(length >= 50 && !ends);
    }
    lines >= 6 && longest <= 100 && open * 2 > lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let points = Points::new(text);
        let found = sentences(&points, &Span::whole(points.whole()), None);
        assert_eq!(found.iter().map(|&piece| points.slice(piece)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn sentences_of_texts() {
        check("", &[]);
        check("  \n \n", &[]);
        check("One. Two? Three!", &["One.", "Two?", "Three!"]);
        check("The U.S. envoy met Mr. Tarn.", &["The U.S. envoy met Mr. Tarn."]);
        check("A title without a stop\nThe text begins.", &["A title without a stop", "The text begins."]);
    }

    #[test]
    fn wrapped_text_is_joined() {
        let line = "the water of the lake rose again in the night and the people of Orrin left";
        let text = format!("{line}\n{line}\n{line}\n{line}\n{line}\n{line} home. They\nslept in the hall.");
        let points = Points::new(&text);
        let found = sentences(&points, &Span::whole(points.whole()), None);
        assert_eq!(found.len(), 2);
        assert_eq!(points.slice(found[1]), "They\nslept in the hall.");
    }

    #[test]
    fn only_what_is_within() {
        let points = Points::new("Cut this. Keep this. Cut that.");
        let found = sentences(&points, &Span::whole(Piece::new(10, 20)), None);
        assert_eq!(found, [Piece::new(10, 20)]);
    }

    #[test]
    fn hostile_texts_end() {
        for text in ["\0", &"a".repeat(200_000), &"“".repeat(50_000), &". ".repeat(50_000), &"é\u{301}".repeat(40_000)]
        {
            let points = Points::new(text);
            for piece in sentences(&points, &Span::whole(points.whole()), Some("xx-YY")) {
                assert!(piece.end <= points.len());
            }
        }
    }
}
