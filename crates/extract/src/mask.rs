//! The mask over a text that says what of it is body.

use wirecopy_model::{Line, LineKind, Piece, Span};

/// The body of a page: its body lines, with the line breaks between those that follow each other.
pub(crate) fn kept_of(lines: &[Line]) -> Span {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut follows = false;
    for line in lines {
        let body = line.kind == LineKind::Body;
        match pieces.last_mut() {
            Some(last) if body && follows => last.end = line.span.end,
            _ if body => pieces.push(line.span),
            _ => {}
        }
        follows = body;
    }
    Span::from_pieces(pieces)
}

/// The pieces of `text` that a span names.
pub(crate) fn pieces_of<'a>(text: &'a str, span: &Span) -> Vec<&'a str> {
    cut_out(text, span.pieces().iter().copied())
}

/// The text of each of these lines.
pub(crate) fn texts_of<'a>(text: &'a str, lines: &[Line]) -> Vec<&'a str> {
    cut_out(text, lines.iter().map(|line| line.span))
}

/// The texts of pieces that stand in order.
fn cut_out(text: &str, pieces: impl Iterator<Item = Piece>) -> Vec<&str> {
    let (mut point, mut rest) = (0, text);
    let mut texts = Vec::with_capacity(pieces.size_hint().0);
    for piece in pieces {
        rest = skip(rest, piece.start.saturating_sub(point));
        let after = skip(rest, piece.len());
        texts.push(&rest[..rest.len() - after.len()]);
        (point, rest) = (piece.end, after);
    }
    texts
}

/// `text` without its first code points.
fn skip(text: &str, points: usize) -> &str {
    text.char_indices().nth(points).map_or("", |(at, _)| &text[at..])
}
