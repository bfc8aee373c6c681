//! What the learned taggers take for claims.

use crate::doc::Doc;
use crate::features::{self, Codes, Facts, Features};
use crate::model::Model;
use crate::proposal::Proposal;
use crate::role_features::RoleFrame;
use crate::tagger::{MOST_LABELS, Weights, best_path, marginals};
use crate::view::View;
use crate::window::window;

/// Labels of cues in the first tagger: one that begins, one that goes on.
const CUE: [u8; 2] = [3, 4];

/// What is added to the score of a beginning cue: training favours precision; with this, precision and recall of
/// relations are nearer to each other and their F1 is highest (0: 69.8, 0.7: 70.6, 1.4: 70.8, 2.0: 70.4).
const CUE_BIAS: f32 = 0.7;

/// What the taggers make of an article.
pub(crate) struct Learned {
    /// The claims of the outermost level.
    pub claims: Vec<Proposal>,
    /// How probable it is, for each token, that it is a cue of that level.
    pub cue: Vec<f32>,
}

/// Reads an article with the taggers.
pub(crate) fn outermost(doc: &Doc, model: &Model) -> Learned {
    let codes = &features::codes(doc);
    let mut labels = Vec::with_capacity(doc.tokens.len());
    let mut cue = Vec::with_capacity(doc.tokens.len());
    for paragraph in &doc.paragraphs {
        let view = View::new(doc, paragraph.clone().collect());
        let mut scores = scores(&view, codes, &model.first);
        scores.iter_mut().for_each(|token| token[usize::from(CUE[0])] += CUE_BIAS);
        labels.extend(best_path(&scores, model.first.labels, &model.first.transitions));
        let marginals = marginals(&scores, model.first.labels, &model.first.transitions);
        cue.extend(marginals.tokens.iter().map(|token| token[usize::from(CUE[0])] + token[usize::from(CUE[1])]));
    }
    let mut claims = Vec::new();
    for paragraph in &doc.paragraphs {
        let tokens: Vec<usize> = paragraph.clone().collect();
        for cue in cues(&tokens, &labels[paragraph.clone()]) {
            let view = View::new(doc, window(doc, &cue).collect());
            let opinion: Vec<u8> = view.tokens.iter().map(|&token| labels[token]).collect();
            claims.extend(roles(&view, codes, model, cue, &opinion));
        }
    }
    Learned { claims, cue }
}

/// What the first tagger makes of each token, without the bias for cues: what the second tagger is trained on.
pub(crate) fn first_opinion(doc: &Doc, codes: &[Codes], weights: &Weights) -> Vec<u8> {
    let mut labels = Vec::with_capacity(doc.tokens.len());
    for paragraph in &doc.paragraphs {
        let view = View::new(doc, paragraph.clone().collect());
        labels.extend(best_path(&scores(&view, codes, weights), weights.labels, &weights.transitions));
    }
    labels
}

fn scores(view: &View, codes: &[Codes], weights: &Weights) -> Vec<[f32; MOST_LABELS]> {
    let facts = Facts { view, codes };
    let mut features = Features { list: Vec::new() };
    (0..view.len())
        .map(|position| {
            facts.of_token(position, &mut features);
            weights.scores(&features.list)
        })
        .collect()
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
