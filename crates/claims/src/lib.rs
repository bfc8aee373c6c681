//! Who said what, according to whom.
mod doc;
mod features;
mod find;
mod forms;
mod lexicon;
mod model;
mod proposal;
mod quoted;
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
    let mut found = forms::find(&doc);
    let formed: Vec<usize> = found.iter().flat_map(|f| f.content.iter().chain(&f.source).copied()).collect();
    found.extend(find::outermost(&doc, &codes, model).into_iter().filter(|p| {
        !p.content.iter().chain(&p.cue).any(|t| formed.binary_search(t).is_ok() )
    }));
    quoted::complete(&doc, &mut found);
    tree::build(&doc, found)
}
