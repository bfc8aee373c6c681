//! What the words of an article say about when, and when the article was written.
//!
//! Three steps, each a pure function: [`find`] reads the text and gives time expressions as *meanings* ("two weeks
//! before the document", "the Friday that the tense picks"); [`judge`] weighs what the page claims to be its date
//! against these; [`resolve`] counts the meanings from the judged date, the times before them in the text, and the
//! tense, into TIMEX3 values and days. [`dates`] does all three.
//!
//! Not for: other languages than English, reading dates out of HTML (the candidates come from `extract`), dates that
//! only other articles tell (`accounts` and `reconcile` close what is left open here).
//!
//! ```
//! use wirecopy_model::{Interval, Piece};
//! let text = "The lake rose on Tuesday. Two days later the council met.";
//! let found = wirecopy_time::find(text, &[Piece::new(0, text.len())], &[]);
//! let written = Interval::day("2021-04-16".parse().unwrap());
//! let timexes = wirecopy_time::resolve(text, &found, written);
//! assert_eq!(timexes[0].value, "2021-04-13");
//! assert_eq!(timexes[1].value, "2021-04-15");
//! ```

mod calendar;
mod expression;
mod find;
mod grammar;
mod judge;
mod lexicon;
mod pick;
mod resolve;
mod tense;
mod timex3;
mod token;
mod tuning;

use std::ops::Range;

use wirecopy_model::{Article, DatedArticle, Interval, LineKind, Piece, Span, Timex, TimexAnchor, TimexReading};

pub use calendar::{Holiday, Period, Season, Unit};
pub use expression::{
    Amount, DayPart, Expression, Hang, Meaning, Name, Origin, PartOfMonth, Pick, Reference, Stretch, Tense, TimeOfDay,
};
pub use judge::judge;
pub use tense::Tag;

/// The dates of an article: its own, judged against its text, and its time expressions with their values.
///
/// Read are the title and the kept text; what was cut as litter gives no time expression, nor does an article that says
/// it is in another language than English. Linear in the length of the text.
pub fn dates(article: &Article) -> DatedArticle {
    dates_with(article, &[])
}

/// [`dates`] with the help of a tagger's analysis: `tags` covers the text or a part of it, in text order.
pub fn dates_with(article: &Article, tags: &[Tag]) -> DatedArticle {
    let found = find(&article.text, read_pieces(article).pieces(), tags);
    let document_date = judge(article.published.as_ref(), &article.text, &found);
    let days = document_date.as_ref().and_then(|date| date.interval);
    DatedArticle { id: article.id.clone(), document_date, timexes: resolve(&article.text, &found, days) }
}

/// The time expressions of an article whose date was settled elsewhere, with its copies in sight: counted from these
/// days, whatever the article itself claims. Open without them.
///
/// ```
/// # use wirecopy_model::*;
/// # let text = "The lake rose on Tuesday.".to_owned();
/// # let article = Article { id: "a".into(), title: None, byline: None, agency: None, url: None, source: None,
/// #     lang: None, kept: Span::whole(Piece::new(0, text.len())), text, published: None, lines: vec![],
/// #     extra: Default::default() };
/// let settled = Interval::day("2021-04-16".parse().unwrap());
/// assert_eq!(wirecopy_time::timexes(&article, settled)[0].value, "2021-04-13");
/// assert_eq!(wirecopy_time::timexes(&article, None)[0].interval, None);
/// ```
pub fn timexes(article: &Article, settled: Option<Interval>) -> Vec<Timex> {
    let found = find(&article.text, read_pieces(article).pieces(), &[]);
    resolve(&article.text, &found, settled)
}

/// The kept text and the lines that are the title; nothing of an article in another language, whose words may happen
/// to be English ones.
fn read_pieces(article: &Article) -> Span {
    let english =
        article.lang.as_deref().is_none_or(|lang| lang.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en")));
    if !english {
        return Span::default();
    }
    let titles = article.lines.iter().filter(|line| line.kind == LineKind::Title).map(|line| line.span);
    Span::from_pieces(article.kept.pieces().iter().copied().chain(titles))
}

/// The time expressions in these pieces of the text, in text order.
pub fn find(text: &str, pieces: &[Piece], tags: &[Tag]) -> Vec<Expression> {
    let ranges = byte_ranges(text, pieces);
    let tags = (!tags.is_empty()).then(|| tense::Tags::new(text, tags));
    find::find(text, &ranges, tags.as_ref())
}

/// The values and days of the expressions that [`find`] gave for this text, counted from the days that the document may
/// be of. What comes out differently for the first and the last of them stays open.
pub fn resolve(text: &str, expressions: &[Expression], document: Option<Interval>) -> Vec<Timex> {
    let ends = document.and_then(|days| Some((days.start, days.end.yesterday().ok()?)));
    let resolved = resolve::resolve(text, expressions, ends);
    let mut points = CodePoints::new(text);
    let timex = |(expression, resolved): (&Expression, resolve::Resolved)| Timex {
        start: points.of(expression.bytes.start),
        end: points.of(expression.bytes.end),
        kind: resolved.kind,
        value: resolved.value,
        interval: resolved.interval,
        basis: resolved.basis,
        modifier: expression.modifier,
        quoted: expression.quoted,
        anchor: resolved.anchor.map(|anchor| TimexAnchor {
            offset: anchor.offset,
            hangs_on: anchor.bytes.map(|bytes| Piece::new(points.of(bytes.start), points.of(bytes.end))),
            open: anchor.open,
        }),
        alternatives: resolved
            .alternatives
            .into_iter()
            .map(|other| TimexReading { value: other.value, interval: other.interval, why: other.why })
            .collect(),
        why: resolved.why,
    };
    expressions.iter().zip(resolved).map(timex).collect()
}

/// The bytes of pieces that are in text order; what lies outside the text is cut off.
fn byte_ranges(text: &str, pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut places = text.char_indices().map(|(at, _)| at).enumerate();
    let mut here = (0, 0);
    let mut byte_of = |point: usize| {
        while here.0 < point {
            match places.next() {
                Some((at, byte)) => here = (at, byte),
                None => return text.len(),
            }
        }
        here.1
    };
    pieces.iter().map(|piece| byte_of(piece.start)..byte_of(piece.end)).collect()
}

/// Turns byte offsets into code points, fast where they come roughly in order: it remembers its last place.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        CodePoints { text, byte: 0, point: 0 }
    }

    fn of(&mut self, byte: usize) -> usize {
        if byte >= self.byte {
            self.point += self.text[self.byte..byte].chars().count();
        } else {
            self.point -= self.text[byte..self.byte].chars().count();
        }
        self.byte = byte;
        self.point
    }
}
