//! Who said what, according to whom.
mod combine;
mod doc;
mod features;
mod find;
mod forms;
mod grammar;
mod inserted;
mod lexicon;
mod model;
mod phrase;
mod polarity;
mod proposal;
mod quoted;
mod role_features;
mod speakers;
mod tagger;
pub mod train;
mod tree;
mod view;
mod window;

pub use model::{Model, ModelError};
use wirecopy_model::{Annotation, Claim, ClaimLink, Span};

pub fn claims_of(text: &str, within: &Span, annotation: Option<&Annotation>, model: Option<&Model>) -> Vec<Claim> {
    let Some(annotation) = annotation else { return vec![] };
    let doc = doc::Doc::new(text, within, annotation);
    let codes = features::codes(&doc);
    let learned = model.map(|model| find::outermost(&doc, &codes, model));
    let all = combine::combine(
        &doc,
        combine::Found {
            layout: forms::find(&doc),
            inserted: inserted::find(&doc),
            rules: grammar::find(&doc),
            learned,
        },
    );
    let forest = tree::Forest::grow(&doc, all);
    let speakers = speakers::Speakers::resolve(&doc, &forest);
    forest.claims(&doc, |at| {
        let (speaker, certainty) = match speakers.name(at) {
            Some((n, c)) => (Some(n), (c * 1000.0).round() / 1000.0),
            None => (None, 0.0),
        };
        let p = &forest.proposals[at];
        let word = p.cue.iter().any(|&t| !doc.tokens[t].is_punctuation());
        ClaimLink {
            source: doc.span(&p.source),
            cue: if word { doc.span(&p.cue) } else { Span::default() },
            speaker,
            certainty,
        }
    })
}
