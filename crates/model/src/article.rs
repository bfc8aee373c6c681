use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ArticleId, DocumentDate, Piece, Span};

/// The article of a page. `text` never changes; what is cut as boilerplate is a mask over it (`kept`), so that
/// offsets hold for ever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The id of the page.
    pub id: ArticleId,
    /// Its headline.
    pub title: Option<String>,
    /// Who signed it.
    pub byline: Option<String>,
    /// The news agency it names as its source.
    pub agency: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Who publishes it.
    pub source: Option<String>,
    /// Its language as a BCP 47 tag.
    pub lang: Option<String>,
    /// What came in; for HTML, what was read from the page.
    pub text: String,
    /// The article's body within `text`.
    pub kept: Span,
    /// When it was written, as far as this page alone tells.
    pub published: Option<DocumentDate>,
    /// Every line of `text` that is not empty, with its kind and the reason.
    pub lines: Vec<Line>,
    /// Fields of the input that have no meaning here, kept.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

/// The field of `extra` that says where an article's mask is from, if not from this pile.
const MASK: &str = "mask";

impl Article {
    /// Says that its mask was made where the article was read, with the pile it came from in sight.
    pub fn give_mask(&mut self) {
        self.extra.insert(MASK.into(), "given".into());
    }

    /// Whether its mask came with it. Then it holds, and what its site repeats here changes nothing of it.
    pub fn has_given_mask(&self) -> bool {
        self.extra.get(MASK).is_some_and(|mask| mask == "given")
    }

    /// Whether all places in it lie in its text and its lines follow one another; if not, what is wrong.
    pub fn check_places(&self) -> Result<(), String> {
        let points = self.text.chars().count();
        if self.kept.pieces().last().is_some_and(|piece| piece.end > points) {
            return Err("`kept` does not lie in the text".into());
        }
        let mut end = 0;
        for line in &self.lines {
            if line.span.start < end || line.span.end > points {
                return Err(format!("line {} does not lie in the text", line.line));
            }
            end = line.span.end;
        }
        Ok(())
    }

    /// The kept pieces of the text, one after the other with a line break between them.
    pub fn kept_text(&self) -> String {
        let mut kept = String::with_capacity(self.text.len());
        let mut pieces = self.kept.pieces().iter();
        let mut piece = pieces.next();
        for (point, c) in self.text.chars().enumerate() {
            while piece.is_some_and(|piece| piece.end <= point) {
                piece = pieces.next();
                kept.push('\n');
            }
            match piece {
                Some(piece) if piece.start <= point => kept.push(c),
                Some(_) => {}
                None => break,
            }
        }
        kept
    }
}

/// One line of an article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number, from 1, counting empty lines.
    pub line: usize,
    /// Where it stands, without the line break.
    pub span: Piece,
    /// What it is.
    pub kind: LineKind,
    /// Why it is taken for that.
    pub why: String,
}

/// What a line of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// The headline or a repetition of it.
    Title,
    /// Text of the article, captions and sub-headings included.
    Body,
    /// Who wrote it.
    Byline,
    /// When it was written, or a page's clock.
    Date,
    /// The agency it came from.
    Agency,
    /// Everything else: navigation, forms, teasers, credits.
    Boilerplate,
}

impl LineKind {
    /// The kind as the format spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            LineKind::Title => "title",
            LineKind::Body => "body",
            LineKind::Byline => "byline",
            LineKind::Date => "date",
            LineKind::Agency => "agency",
            LineKind::Boilerplate => "boilerplate",
        }
    }
}
