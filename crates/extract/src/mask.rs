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
    let mut bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).enumerate();
    let mut byte_of = |point: usize| bytes.find(|&(index, _)| index == point).map_or(text.len(), |(_, at)| at);
    let mut pieces = Vec::with_capacity(span.pieces().len());
    let mut before: Option<(usize, usize)> = None;
    for piece in span.pieces() {
        let start = match before {
            Some((point, at)) if point == piece.start => at,
            _ => byte_of(piece.start),
        };
        let end = byte_of(piece.end);
        before = Some((piece.end, end));
        pieces.push(&text[start..end]);
    }
    pieces
}
