use wirecopy_model::Piece;

/// A text whose places can be asked for in code points, the coordinates of every result, and in bytes, those of
/// Rust's strings. Four bytes a code point, nothing for plain ASCII.
///
/// ```
/// use wirecopy_text::Points;
/// use wirecopy_model::Piece;
/// let text = Points::new("“Schön”, she said");
/// assert_eq!(text.slice(Piece::new(1, 6)), "Schön");
/// assert_eq!(text.point(3), 1);
/// assert_eq!(text.byte(1), 3);
/// ```
#[derive(Clone, Debug)]
pub struct Points<'t> {
    text: &'t str,
    /// The byte at which each code point begins, and the length; empty where the text is ASCII.
    starts: Vec<u32>,
}

impl<'t> Points<'t> {
    /// Counts the code points of `text`.
    ///
    /// # Panics
    /// Where the text has 4 GiB or more; no stage takes pages of that size.
    pub fn new(text: &'t str) -> Self {
        let length = u32::try_from(text.len()).expect("a text of less than 4 GiB");
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at as u32).chain([length]).collect()
        };
        Points { text, starts }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many code points it has.
    pub fn len(&self) -> usize {
        if self.starts.is_empty() { self.text.len() } else { self.starts.len() - 1 }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// All of it.
    pub fn whole(&self) -> Piece {
        Piece::new(0, self.len())
    }

    /// The byte at which this code point begins; the text's length for a code point past its end.
    pub fn byte(&self, point: usize) -> usize {
        if self.starts.is_empty() {
            point.min(self.text.len())
        } else {
            self.starts.get(point).map_or(self.text.len(), |&at| at as usize)
        }
    }

    /// The number of the code point that begins at this byte, or that holds it.
    pub fn point(&self, byte: usize) -> usize {
        if self.starts.is_empty() {
            byte.min(self.text.len())
        } else {
            match self.starts.binary_search(&(byte as u32)) {
                Ok(point) => point,
                Err(after) => after - 1,
            }
            .min(self.len())
        }
    }

    /// The piece between two bytes.
    pub fn piece(&self, bytes: std::ops::Range<usize>) -> Piece {
        Piece::new(self.point(bytes.start), self.point(bytes.end))
    }

    /// What stands in this piece; a piece that reaches past the end is cut off there.
    pub fn slice(&self, piece: Piece) -> &'t str {
        &self.text[self.byte(piece.start)..self.byte(piece.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_points_are_inverse() {
        for text in ["", "plain", "é", "a é 漢 🙂 z", "“quoted”"] {
            let points = Points::new(text);
            assert_eq!(points.len(), text.chars().count(), "{text}");
            for (point, (byte, c)) in text.char_indices().enumerate() {
                assert_eq!(points.byte(point), byte, "{text}");
                assert_eq!(points.point(byte), point, "{text}");
                assert_eq!(points.slice(Piece::new(point, point + 1)), c.to_string(), "{text}");
            }
            assert_eq!(points.byte(points.len()), text.len());
            assert_eq!(points.point(text.len()), points.len());
            assert_eq!(points.byte(10_000), text.len());
        }
    }
}
