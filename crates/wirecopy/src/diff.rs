use serde::Serialize;
use wirecopy_copies::{Document, changes, relate};
use wirecopy_model::{Article, ArticleId, ChangeKind, CopyEdge, Piece};
use wirecopy_text::Points;

/// Two articles compared word by word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Collated {
    /// How they are related; `None` where they share no more than any two texts may. `a` is the one whose id sorts
    /// first.
    pub pair: Option<CopyEdge>,
    /// What differs, in the order of `a`.
    pub differences: Vec<Difference>,
}

/// One difference between two articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// Where it stands in `a`.
    pub a: Option<Piece>,
    /// Where it stands in `b`.
    pub b: Option<Piece>,
    /// The words of `a`.
    pub from: String,
    /// The words of `b`.
    pub to: String,
    /// Some words before it, of the article in which it stands.
    pub before: String,
    /// Some words after it.
    pub after: String,
    /// Whether it touches words inside quotation marks.
    pub in_quote: bool,
}

impl Difference {
    /// How much it matters: 0 is substance (numbers, dates, names, negations, anything inside a quotation), 1 other
    /// words, 2 noise (typography, spelling).
    pub fn rank(&self) -> u8 {
        match self.kind {
            ChangeKind::Typography | ChangeKind::Spelling => 2,
            ChangeKind::Number | ChangeKind::Date | ChangeKind::Name | ChangeKind::Negation => 0,
            _ if self.in_quote => 0,
            _ => 1,
        }
    }
}

/// Compares two articles. The one whose id sorts first is `a`, whichever is named first.
pub fn diff(one: &Article, other: &Article) -> Collated {
    if one.id <= other.id { collate(one, other) } else { collate(other, one) }
}

/// Compares two texts, the one named first as `a`.
pub(crate) fn collate(a: &Article, b: &Article) -> Collated {
    // Alignment goes by the order of ids: the two are named by their places until it is done.
    let document = |article: &Article, place: &str| Document::of(&Article { id: place.into(), ..article.clone() });
    let (left, right) = (document(a, "1"), document(b, "2"));
    let Some(mut pair) = relate(&left, &right) else { return Collated { pair: None, differences: Vec::new() } };
    let (text_a, text_b) = (Points::new(&a.text), Points::new(&b.text));
    let differences = changes(&left, &right, &pair)
        .into_iter()
        .map(|change| {
            let words =
                |text: &Points, piece: Option<Piece>| piece.map_or(String::new(), |piece| plain(text.slice(piece)));
            // Context comes from where the change stands; from `b` for what only `b` has.
            let (text, piece) = match (change.a, change.b) {
                (Some(piece), _) => (&text_a, piece),
                (None, Some(piece)) => (&text_b, piece),
                (None, None) => (&text_a, Piece::new(0, 0)),
            };
            Difference {
                kind: change.kind,
                a: change.a,
                b: change.b,
                from: words(&text_a, change.a),
                to: words(&text_b, change.b),
                before: before(text, piece.start),
                after: after(text, piece.end),
                in_quote: change.in_quote,
            }
        })
        .collect();
    (pair.edge.a, pair.edge.b) = (a.id.clone(), b.id.clone());
    Collated { pair: Some(pair.edge), differences }
}

/// The ids of the two in the order of [`Collated`].
pub(crate) fn ordered<'a>(one: &'a ArticleId, other: &'a ArticleId) -> (&'a ArticleId, &'a ArticleId) {
    if one <= other { (one, other) } else { (other, one) }
}

/// How many characters of context a difference has on each side.
const CONTEXT: usize = 40;

fn before(text: &Points, at: usize) -> String {
    let from = at.saturating_sub(CONTEXT);
    let part = text.slice(Piece::new(from, at));
    // Not from the middle of a word.
    let part = if from == 0 { part } else { part.split_once(char::is_whitespace).map_or("", |(_, rest)| rest) };
    plain(part.rsplit('\n').next().unwrap_or(part))
}

fn after(text: &Points, at: usize) -> String {
    let to = (at + CONTEXT).min(text.len());
    let part = text.slice(Piece::new(at.min(to), to));
    let part = if to == text.len() { part } else { part.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest) };
    plain(part.split('\n').next().unwrap_or(part))
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
