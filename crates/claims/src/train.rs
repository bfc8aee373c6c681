//! Learning a [`Model`] from articles whose claims people have marked.
//!
//! Both taggers are trained as conditional random fields by stochastic gradient steps with AdaGrad (Duchi, Hazan and
//! Singer 2011). The second sees what the first makes of articles that it was not trained on, as it will in use.
//!
//! Not for: reading files; `examples/train.rs` does that.

use std::borrow::Cow;
use std::collections::HashMap;

use wirecopy_model::{Annotation, Span};

use crate::doc::Doc;
use crate::features::{Codes, Facts, Features, codes};
use crate::find;
use crate::model::{FIRST_LABELS, Model, ROLE_LABELS};
use crate::role_features::RoleFrame;
use crate::tagger::{FORBIDDEN, LONGEST_PROBE, MOST_LABELS, Weights, marginals, may_follow, place};
use crate::view::View;
use crate::window::window;

/// An article with the claims of its outermost level.
#[derive(Clone, Debug)]
pub struct Example<'a> {
    /// The text.
    pub text: &'a str,
    /// Its analysis.
    pub annotation: &'a Annotation,
    /// Its claims.
    pub claims: Vec<Marked>,
}

/// A claim as a person marked it.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// Who says it; may be empty.
    pub source: Span,
    /// The words that say that it is said.
    pub cue: Span,
    /// What is said.
    pub content: Span,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Rounds over the examples.
    pub epochs: usize,
    /// The size of the first steps.
    pub rate: f32,
    /// Features seen less often are left out.
    pub least_count: u32,
    /// Weights smaller than this are left out of the file.
    pub least_weight: f32,
}

impl Default for Options {
    fn default() -> Self {
        Options { epochs: 6, rate: 0.1, least_count: 4, least_weight: 0.1 }
    }
}

/// Learns a model.
pub fn train(examples: &[Example], options: &Options) -> Model {
    const FOLDS: usize = 3;
    let read: Vec<Reading> = examples.iter().map(Reading::of).collect();
    let fold_of = |index: usize| index % FOLDS;
    let firsts: Vec<Sequences> = (0..FOLDS)
        .map(|fold| {
            let mut sequences = Sequences::default();
            read.iter()
                .enumerate()
                .filter(|(index, _)| fold_of(*index) == fold)
                .for_each(|(_, reading)| reading.add_paragraphs(&mut sequences));
            sequences
        })
        .collect();
    let all: Vec<&Sequences> = firsts.iter().collect();
    let rotations: Vec<Vec<&Sequences>> = (0..FOLDS)
        .map(|out| (0..FOLDS).filter(|fold| *fold != out).map(|fold| &firsts[fold]).collect())
        .chain([all])
        .collect();
    let mut weights: Vec<Weights> = std::thread::scope(|scope| {
        let handles: Vec<_> = rotations.iter().map(|parts| scope.spawn(|| fit(parts, FIRST_LABELS, options))).collect();
        handles.into_iter().map(|handle| handle.join().expect("training does not panic")).collect()
    });
    drop(rotations);
    drop(firsts);
    let first = weights.pop().expect("one set of weights for each rotation");
    let mut roles = Sequences::default();
    for (index, reading) in read.iter().enumerate() {
        reading.add_roles(&weights[fold_of(index)], &mut roles);
    }
    let roles = fit(&[&roles], ROLE_LABELS, options);
    Model { first, roles }
}

/// An example as tokens.
struct Reading<'e> {
    doc: Doc<'e>,
    codes: Vec<Codes>,
    claims: Vec<[Vec<usize>; 3]>,
}

impl<'e> Reading<'e> {
    fn of(example: &'e Example) -> Self {
        let whole = Span::whole(wirecopy_model::Piece::new(0, example.text.chars().count()));
        let doc = Doc::new(example.text, &whole, example.annotation);
        let tokens = |span: &Span| -> Vec<usize> {
            let touched = |piece: &wirecopy_model::Piece| {
                let first = doc.tokens.partition_point(|token| token.piece.end <= piece.start);
                let last = doc.tokens.partition_point(|token| token.piece.start < piece.end);
                first..last.max(first)
            };
            span.pieces().iter().flat_map(touched).collect()
        };
        let claims = example
            .claims
            .iter()
            .map(|claim| [tokens(&claim.source), tokens(&claim.cue), tokens(&claim.content)])
            .filter(|[_, cue, content]| !cue.is_empty() && !content.is_empty())
            .collect();
        Reading { codes: codes(&doc), doc, claims }
    }

    /// The labels of the first tagger: roles 0, 1, 2 are source, cue, content.
    fn first_labels(&self) -> Vec<u8> {
        let mut labels = vec![0; self.doc.tokens.len()];
        for claim in &self.claims {
            for (role, tokens) in claim.iter().enumerate() {
                label_runs(tokens, role as u8, |token, label| labels[token] = label);
            }
        }
        repair(&mut labels);
        labels
    }

    fn add_paragraphs(&self, sequences: &mut Sequences) {
        let labels = self.first_labels();
        let mut features = Features { list: Vec::new() };
        for paragraph in &self.doc.paragraphs {
            let view = View::new(&self.doc, paragraph.clone().collect());
            let facts = Facts { view: &view, codes: &self.codes };
            for position in 0..view.len() {
                facts.of_token(position, &mut features);
                sequences.token(&features.list, labels[view.tokens[position]]);
            }
            sequences.end();
        }
    }

    fn add_roles(&self, first: &Weights, sequences: &mut Sequences) {
        let opinion = find::first_opinion(&self.doc, &self.codes, first);
        let mut features = Features { list: Vec::new() };
        for [source, cue, content] in &self.claims {
            let view = View::new(&self.doc, window(&self.doc, cue).collect());
            let cue_positions: Vec<usize> = cue.iter().filter_map(|&token| view.position(token)).collect();
            if cue_positions.is_empty() {
                continue;
            }
            let mut labels = vec![0; view.len()];
            for (role, tokens) in [(0, source), (1, content)] {
                let inside: Vec<usize> = tokens.iter().filter_map(|&token| view.position(token)).collect();
                label_runs(&inside, role, |position, label| labels[position] = label);
            }
            repair(&mut labels);
            let seen: Vec<u8> = view.tokens.iter().map(|&token| opinion[token]).collect();
            let facts = Facts { view: &view, codes: &self.codes };
            let frame = RoleFrame::new(&facts, &cue_positions, &seen);
            for (position, &label) in labels.iter().enumerate() {
                frame.of_token(position, &mut features);
                sequences.token(&features.list, label);
            }
            sequences.end();
        }
    }
}

fn label_runs(tokens: &[usize], role: u8, mut set: impl FnMut(usize, u8)) {
    for run in tokens.chunk_by(|a, b| a + 1 == *b) {
        for (at, &token) in run.iter().enumerate() {
            set(token, 2 * role + 1 + u8::from(at > 0));
        }
    }
}

/// Where one role was written over another, what goes on without a beginning begins.
fn repair(labels: &mut [u8]) {
    let mut before = None;
    for label in labels {
        if !may_follow(before, usize::from(*label)) {
            *label -= 1;
        }
        before = Some(usize::from(*label));
    }
}

/// Labelled sequences of tokens with their features.
#[derive(Default)]
struct Sequences {
    features: Vec<u64>,
    /// Where the features of each token end.
    token_ends: Vec<usize>,
    labels: Vec<u8>,
    /// Where the tokens of each sequence end.
    ends: Vec<usize>,
}

impl Sequences {
    fn token(&mut self, features: &[u64], label: u8) {
        self.features.extend_from_slice(features);
        self.token_ends.push(self.features.len());
        self.labels.push(label);
    }

    fn end(&mut self) {
        self.ends.push(self.labels.len());
    }
}

/// Fits the weights of one tagger.
fn fit(parts: &[&Sequences], labels: usize, options: &Options) -> Weights {
    let known = number_features(parts, options.least_count);
    let mut fitting = Fitting::new(labels, known.len());
    let numbered: Vec<(Vec<u32>, Vec<usize>)> = parts.iter().map(|part| renumber(part, &known)).collect();
    let mut order: Vec<(usize, usize)> =
        parts.iter().enumerate().flat_map(|(part, of)| (0..of.ends.len()).map(move |at| (part, at))).collect();
    let mut random = Shuffle(0x5EED);
    for _ in 0..options.epochs {
        random.shuffle(&mut order);
        for &(part, at) in &order {
            let (features, ends) = &numbered[part];
            let from = if at == 0 { 0 } else { parts[part].ends[at - 1] };
            fitting.step(features, ends, &parts[part].labels, from..parts[part].ends[at], options);
        }
    }
    fitting.finish(&known, options)
}

/// A number for each feature that is seen often enough.
fn number_features(parts: &[&Sequences], least_count: u32) -> HashMap<u64, u32> {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for feature in parts.iter().flat_map(|part| &part.features) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut kept: Vec<u64> =
        counts.into_iter().filter(|(_, count)| *count >= least_count).map(|(feature, _)| feature).collect();
    kept.sort_unstable();
    kept.into_iter().enumerate().map(|(number, feature)| (feature, number as u32)).collect()
}

fn renumber(part: &Sequences, known: &HashMap<u64, u32>) -> (Vec<u32>, Vec<usize>) {
    let mut features = Vec::with_capacity(part.features.len());
    let mut ends = Vec::with_capacity(part.token_ends.len() + 1);
    ends.push(0);
    let mut start = 0;
    for &end in &part.token_ends {
        features.extend(part.features[start..end].iter().filter_map(|feature| known.get(feature)));
        ends.push(features.len());
        start = end;
    }
    (features, ends)
}

struct Fitting {
    labels: usize,
    weights: Vec<f32>,
    squares: Vec<f32>,
    transitions: Vec<f32>,
    transition_squares: Vec<f32>,
}

impl Fitting {
    fn new(labels: usize, features: usize) -> Self {
        let mut transitions = vec![0.0; (labels + 1) * labels];
        for before in 0..=labels {
            for label in 0..labels {
                if !may_follow((before < labels).then_some(before), label) {
                    transitions[before * labels + label] = FORBIDDEN;
                }
            }
        }
        Fitting {
            labels,
            weights: vec![0.0; features * labels],
            squares: vec![1e-6; features * labels],
            transition_squares: vec![1e-6; transitions.len()],
            transitions,
        }
    }

    /// One step along the gradient of one sequence's likelihood.
    fn step(
        &mut self,
        features: &[u32],
        ends: &[usize],
        gold: &[u8],
        tokens: std::ops::Range<usize>,
        options: &Options,
    ) {
        let labels = self.labels;
        let scores: Vec<[f32; MOST_LABELS]> = tokens
            .clone()
            .map(|token| {
                let mut scores = [0.0; MOST_LABELS];
                for &feature in &features[ends[token]..ends[token + 1]] {
                    let own = &self.weights[feature as usize * labels..][..labels];
                    scores.iter_mut().zip(own).for_each(|(score, weight)| *score += weight);
                }
                scores
            })
            .collect();
        let expected = marginals(&scores, labels, &self.transitions);
        for (token, mut gradient) in tokens.clone().zip(expected.tokens) {
            gradient[usize::from(gold[token])] -= 1.0;
            if gradient[..labels].iter().all(|value| value.abs() < 1e-3) {
                continue;
            }
            for &feature in &features[ends[token]..ends[token + 1]] {
                let from = feature as usize * labels;
                for label in 0..labels {
                    let at = from + label;
                    let slope = gradient[label];
                    self.squares[at] += slope * slope;
                    self.weights[at] -= options.rate * slope / self.squares[at].sqrt();
                }
            }
        }
        let mut steps = expected.steps;
        let mut before = labels;
        for token in tokens {
            let label = usize::from(gold[token]);
            steps[before * labels + label] -= 1.0;
            before = label;
        }
        for (at, slope) in steps.into_iter().enumerate() {
            if self.transitions[at] > FORBIDDEN {
                self.transition_squares[at] += slope * slope;
                self.transitions[at] -= options.rate * slope / self.transition_squares[at].sqrt();
            }
        }
    }

    /// The weights as a table of bytes.
    fn finish(self, known: &HashMap<u64, u32>, options: &Options) -> Weights {
        /// Larger weights are cut to this: they are rare, and the scale must serve the others.
        const MOST: f32 = 2.5;
        let scale = MOST / 127.0;
        let labels = self.labels;
        let mut rows: Vec<(u64, Vec<i8>)> = Vec::new();
        for (&feature, &number) in known {
            let own = &self.weights[number as usize * labels..][..labels];
            if own.iter().any(|weight| weight.abs() >= options.least_weight) {
                let small = own.iter().map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8).collect();
                rows.push((feature, small));
            }
        }
        rows.sort_unstable();
        Weights { labels, scale, transitions: self.transitions, table: Cow::Owned(table(&rows, labels)) }
    }
}

/// Lays rows into the smallest table that they fit.
fn table(rows: &[(u64, Vec<i8>)], labels: usize) -> Vec<u8> {
    let width = Weights::slot_bytes(labels);
    let mut slots = rows.len() * 5 / 4 + 1;
    'larger: loop {
        let mut table = vec![0u8; slots * width];
        for (feature, weights) in rows {
            let (mut at, mark) = place(*feature, slots);
            let mut probes = 0;
            loop {
                let slot = &mut table[at * width..(at + 1) * width];
                if slot[..2] == [0, 0] {
                    slot[..2].copy_from_slice(&mark.to_le_bytes());
                    slot[2..].iter_mut().zip(weights).for_each(|(byte, weight)| *byte = *weight as u8);
                    break;
                }
                probes += 1;
                if probes + 1 >= LONGEST_PROBE {
                    slots = slots * 9 / 8 + 1;
                    continue 'larger;
                }
                at = if at + 1 == slots { 0 } else { at + 1 };
            }
        }
        return table;
    }
}

/// A small generator for the order of examples, the same in every run (xorshift, Marsaglia 2003).
struct Shuffle(u64);

impl Shuffle {
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            list.swap(at, (self.0 % (at as u64 + 1)) as usize);
        }
    }
}
