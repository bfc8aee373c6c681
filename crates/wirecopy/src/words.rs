use wirecopy_model::{Mention, Span};
use wirecopy_text::{Points, sentences};

use crate::{Error, Library, Passage};

/// The words of a span on one line, an ellipsis between its pieces.
///
/// ```
/// use wirecopy::model::{Piece, Span};
/// use wirecopy::text::Points;
/// let text = Points::new("The mayor,\nAda Holm, said so.");
/// let span = Span::from_pieces([Piece::new(0, 9), Piece::new(11, 19)]);
/// assert_eq!(wirecopy::span_words(&text, &span), "The mayor … Ada Holm");
/// ```
pub fn span_words(text: &Points, span: &Span) -> String {
    let pieces: Vec<String> = span.pieces().iter().map(|piece| one_line(text.slice(*piece))).collect();
    pieces.join(" … ")
}

/// The words on one line, a space between them.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Library<'_> {
    /// The sentence in which a mention stands.
    pub fn passage(&self, mention: &Mention) -> Result<Passage, Error> {
        let article = self.article(mention.article.as_str())?;
        let text = Points::new(&article.text);
        let all = sentences(&text, &article.kept, article.lang.as_deref());
        let sentence =
            all.into_iter().find(|sentence| sentence.end > mention.start).filter(|found| found.start <= mention.start);
        let piece = sentence.unwrap_or_else(|| mention.piece());
        let text = one_line(text.slice(piece));
        Ok(Passage { article: mention.article.clone(), start: piece.start, end: piece.end, text })
    }
}
