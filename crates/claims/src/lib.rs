//! Who said what, according to whom: the claims of an article, each with the chain of those who pass it on.
//!
//! [`claims`] reads an article with the analysis of `wirecopy-lang`, if there is one, and a trained [`Model`], if one is
//! wanted. Without a model rules do the work; without an analysis, rules over the order of words. In each case:
//! quotation marks say what belongs together, cues ("said", "according to", a colon) what is claimed, the tree of the
//! sentence or the taggers who says it and how far it goes, containment which claim stands in which, and names, roles and
//! pronouns whose name a source stands for.
//!
//! Not for: whether a claim is true, or joining the claims of several articles one by one as they come ([`join`] takes
//! them all at once). English only. The figures are in `docs/compare/claims.md`.

mod bare;
mod carried;
mod combine;
mod doc;
mod features;
mod find;
mod forms;
mod grammar;
mod inserted;
mod join;
mod lexicon;
mod model;
mod origin_names;
mod origins;
mod phrase;
mod polarity;
mod proposal;
mod quoted;
mod role_features;
mod speakers;
mod surface;
mod tagger;
pub mod train;
mod tree;
mod view;
mod window;

use wirecopy_model::{Annotation, Article, Claim, ClaimLink, ClaimedArticle, LineKind, Piece, Span};
use wirecopy_text::Points;

use crate::combine::Found;
use crate::doc::Doc;
use crate::speakers::Speakers;
use crate::tree::Forest;

pub use join::{Aligned, ClaimRef, Statement, Told, join};
pub use model::{Model, ModelError};
pub use origin_names::merge_origins;
pub use origins::{Origin, is_news_medium, names_publisher, origins, relayed};

/// The claims of an article: of its title and its kept text.
///
/// An article that says it is in another language than English gives none. With `annotation` grammar is used, with
/// `model` what was learned as well (without an annotation it is of no use). Linear in the length of the text.
///
/// ```
/// use wirecopy_claims::claims;
/// use wirecopy_model::{Article, Page};
/// # use wirecopy_model::{ArticleId, Piece, Span};
/// # let text = "Mayor Ina Orr said on Monday that the dam will hold.".to_owned();
/// # let article = Article {
/// #     id: serde_json::from_str::<ArticleId>("\"a\"").unwrap(), title: None, byline: None, agency: None, url: None,
/// #     source: None, lang: None, kept: Span::whole(Piece::new(0, text.chars().count())), text, published: None,
/// #     lines: Vec::new(), extra: Default::default(),
/// # };
/// // article.text: "Mayor Ina Orr said on Monday that the dam will hold."
/// let found = claims(&article, None, None);
/// assert_eq!(found.claims[0].last().speaker.as_deref(), Some("Ina Orr"));
/// ```
pub fn claims(article: &Article, annotation: Option<&Annotation>, model: Option<&Model>) -> ClaimedArticle {
    let english =
        article.lang.as_deref().is_none_or(|lang| lang.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en")));
    let claims = if english { claims_in(&article.text, &read_pieces(article), annotation, model) } else { Vec::new() };
    ClaimedArticle { id: article.id.clone(), claims }
}

/// The claims in the parts of a text that `within` names.
pub fn claims_in(text: &str, within: &Span, annotation: Option<&Annotation>, model: Option<&Model>) -> Vec<Claim> {
    let doc = match annotation {
        Some(annotation) => Doc::new(text, within, annotation),
        None => bare::read(text, within),
    };
    let learned = model.filter(|_| annotation.is_some()).map(|model| find::outermost(&doc, model));
    let rules = if annotation.is_some() { grammar::find(&doc) } else { surface::find(&doc) };
    let found = Found { layout: forms::find(&doc), inserted: inserted::find(&doc), rules, learned };
    let forest = Forest::grow(&doc, combine::combine(&doc, found));
    let speakers = Speakers::resolve(&doc, &forest);
    forest.claims(&doc, |at| link(&doc, &forest, &speakers, at))
}

fn link(doc: &Doc, forest: &Forest, speakers: &Speakers, at: usize) -> ClaimLink {
    let claim = &forest.proposals[at];
    // A colon or dash is no cue.
    let has_word = claim.cue.iter().any(|&token| !doc.tokens[token].is_punctuation());
    let named = speakers.name(at);
    ClaimLink {
        source: doc.span(&claim.source),
        cue: if has_word { doc.span(&claim.cue) } else { Span::default() },
        certainty: named.as_ref().map_or(0.0, |(_, certainty)| (certainty * 1000.0).round() / 1000.0),
        speaker: named.map(|(name, _)| name),
    }
}

/// The title and the body of an article; what was cut as litter makes no claim, nor does the name of the site or section
/// that stands behind a bar in the title.
fn read_pieces(article: &Article) -> Span {
    let text = Points::new(&article.text);
    let titles = article.lines.iter().filter(|line| line.kind == LineKind::Title).map(|line| {
        let words = text.slice(line.span);
        let own = words.find(" | ").map_or(words, |bar| &words[..bar]);
        Piece::new(line.span.start, line.span.start + own.chars().count())
    });
    Span::from_pieces(article.kept.pieces().iter().copied().chain(titles))
}
