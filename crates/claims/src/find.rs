//! What the learned taggers take for claims.

use crate::doc::Doc;
use crate::features::{Codes, Facts, Features};
use crate::model::Model;
use crate::proposal::Proposal;
use crate::role_features::RoleFrame;
use crate::tagger::{MOST_LABELS, best_path};
use crate::view::View;
use crate::window::window;

/// Labels of cues in the first tagger: one that begins, one that goes on.
const CUE: [u8; 2] = [3, 4];

/// The claims of the outermost level.
pub(crate) fn outermost(doc: &Doc, codes: &[Codes], model: &Model) -> Vec<Proposal> {
    let labels = first_labels(doc, codes, model);
    let mut found = Vec::new();
    for paragraph in &doc.paragraphs {
        let tokens: Vec<usize> = paragraph.clone().collect();
        for cue in cues(&tokens, &labels[paragraph.clone()]) {
            let view = View::new(doc, window(doc, &cue).collect());
            let opinion: Vec<u8> = view.tokens.iter().map(|&token| labels[token]).collect();
            found.extend(roles(&view, codes, model, cue, &opinion));
        }
    }
    found
}

/// The claims inside of a content, which is read as if it stood alone.
pub(crate) fn within(doc: &Doc, codes: &[Codes], model: &Model, content: &[usize]) -> Vec<Proposal> {
    let view = View::new(doc, content.to_vec());
    let labels = label(&view, codes, model);
    let cues = cues(&view.tokens, &labels);
    cues.into_iter().filter_map(|cue| roles(&view, codes, model, cue, &labels)).collect()
}

fn first_labels(doc: &Doc, codes: &[Codes], model: &Model) -> Vec<u8> {
    let mut labels = Vec::with_capacity(doc.tokens.len());
    for paragraph in &doc.paragraphs {
        labels.extend(label(&View::new(doc, paragraph.clone().collect()), codes, model));
    }
    labels
}

fn label(view: &View, codes: &[Codes], model: &Model) -> Vec<u8> {
    let facts = Facts { view, codes };
    let mut features = Features { list: Vec::new() };
    let scores: Vec<[f32; MOST_LABELS]> = (0..view.len())
        .map(|position| {
            facts.of_token(position, &mut features);
            let mut scores = model.first.scores(&features.list);
            scores[3] += BIAS.with(|b| *b);
            scores
        })
        .collect();
    best_path(&scores, model.first.labels, &model.first.transitions)
}

/// The runs of tokens that are labelled as cues.
fn cues(tokens: &[usize], labels: &[u8]) -> Vec<Vec<usize>> {
    let mut cues: Vec<Vec<usize>> = Vec::new();
    for (&token, label) in tokens.iter().zip(labels) {
        if *label == CUE[0] {
            cues.push(vec![token]);
        } else if *label == CUE[1]
            && let Some(cue) = cues.last_mut()
        {
            cue.push(token);
        }
    }
    cues
}

/// Source and content of one cue; nothing where it has no content.
fn roles(view: &View, codes: &[Codes], model: &Model, cue: Vec<usize>, opinion: &[u8]) -> Option<Proposal> {
    let positions: Vec<usize> = cue.iter().filter_map(|&token| view.position(token)).collect();
    let facts = Facts { view, codes };
    let frame = RoleFrame::new(&facts, &positions, opinion);
    let mut features = Features { list: Vec::new() };
    let scores: Vec<[f32; MOST_LABELS]> = (0..view.len())
        .map(|position| {
            frame.of_token(position, &mut features);
            model.roles.scores(&features.list)
        })
        .collect();
    let labels = best_path(&scores, model.roles.labels, &model.roles.transitions);
    let of = |begins: u8| -> Vec<usize> {
        let tokens = view.tokens.iter().zip(&labels);
        tokens.filter(|(_, label)| **label == begins || **label == begins + 1).map(|(&token, _)| token).collect()
    };
    let (source, content) = (of(1), of(3));
    let says_something = content.iter().any(|&token| !view.doc.tokens[token].is_punctuation());
    says_something.then(|| Proposal::new(cue, source, content))
}

thread_local! { static BIAS: f32 = std::env::var("BIAS").ok().and_then(|v| v.parse().ok()).unwrap_or(0.0); }
