//! Who said what, according to whom.
mod doc;
mod features;
mod find;
mod lexicon;
mod model;
mod proposal;
mod role_features;
mod tagger;
pub mod train;
mod tree;
mod view;
mod window;

pub use model::{Model, ModelError};
use wirecopy_model::{Annotation, Claim, Span};

pub fn claims_of(text: &str, within: &Span, annotation: Option<&Annotation>, model: Option<&Model>) -> Vec<Claim> {
    let Some(annotation) = annotation else { return vec![] };
    let doc = doc::Doc::new(text, within, annotation);
    let Some(model) = model else { return vec![] };
    let codes = features::codes(&doc);
    let found = find::outermost(&doc, &codes, model);
    tree::build(&doc, found)
}
