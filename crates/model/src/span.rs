use serde::{Deserialize, Serialize};

use crate::ArticleId;

/// A half-open stretch `[start, end)` of an article's text, counted in Unicode scalar values (code points).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Piece {
    /// The first code point of the piece.
    pub start: usize,
    /// The code point after the last one.
    pub end: usize,
}

impl Piece {
    /// The piece `[start, end)`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Piece { start, end }
    }

    /// How many code points it holds.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether all of `other` lies in it.
    pub fn contains(self, other: Piece) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a code point.
    pub fn overlaps(self, other: Piece) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl From<(usize, usize)> for Piece {
    fn from((start, end): (usize, usize)) -> Self {
        Piece { start, end: end.max(start) }
    }
}

impl From<Piece> for (usize, usize) {
    fn from(piece: Piece) -> Self {
        (piece.start, piece.end)
    }
}

/// Pieces in text order that do not overlap: `[[start, end], ...]`.
///
/// ```
/// use wirecopy_model::{Piece, Span};
/// let span = Span::from_pieces([Piece::new(8, 12), Piece::new(0, 3), Piece::new(3, 5)]);
/// assert_eq!(span.pieces(), [Piece::new(0, 5), Piece::new(8, 12)]);
/// assert!(span.contains(4) && !span.contains(6));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Span(Vec<Piece>);

impl Span {
    /// A span of one piece.
    pub fn whole(piece: Piece) -> Self {
        Span::from_pieces([piece])
    }

    /// The span of these pieces, in whatever order they come: sorted, those that touch or overlap joined, empty ones
    /// left out.
    pub fn from_pieces(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let mut sorted: Vec<Piece> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        sorted.sort_unstable();
        let mut joined: Vec<Piece> = Vec::with_capacity(sorted.len());
        for piece in sorted {
            match joined.last_mut() {
                Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
                _ => joined.push(piece),
            }
        }
        Span(joined)
    }

    /// Its pieces, in text order.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Whether it has no piece.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many code points it holds.
    pub fn len(&self) -> usize {
        self.0.iter().map(|piece| piece.len()).sum()
    }

    /// Whether this code point lies in it.
    pub fn contains(&self, point: usize) -> bool {
        let after = self.0.partition_point(|piece| piece.end <= point);
        self.0.get(after).is_some_and(|piece| piece.start <= point)
    }

    /// Whether all of `piece` lies in one piece of it.
    pub fn covers(&self, piece: Piece) -> bool {
        let after = self.0.partition_point(|own| own.end <= piece.start);
        self.0.get(after).is_some_and(|own| own.contains(piece))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Span::from_pieces(Vec::<Piece>::deserialize(deserializer)?))
    }
}

/// A place in an article: what every shown thing can be clicked back to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// The article.
    pub article: ArticleId,
    /// The first code point.
    pub start: usize,
    /// The code point after the last one.
    pub end: usize,
}

impl Mention {
    /// The mention of `piece` in `article`.
    pub fn new(article: ArticleId, piece: Piece) -> Self {
        Mention { article, start: piece.start, end: piece.end }
    }

    /// Where in the article it is.
    pub fn piece(&self) -> Piece {
        Piece { start: self.start, end: self.end }
    }
}
