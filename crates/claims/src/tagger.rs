//! A linear-chain tagger: the best labels of a sequence, given a weight for each feature and label and one for each
//! pair of labels side by side (a conditional random field: Lafferty, McCallum and Pereira 2001).
//!
//! Labels come as `0` for nothing, then for each role a pair: an odd number begins it, the next one goes on with it.
//! Not for: what the features are, or where weights come from.

use std::borrow::Cow;

/// More labels than any tagger here has.
pub(crate) const MOST_LABELS: usize = 8;

/// Whether `label` may stand after `before`: what goes on must have begun.
pub(crate) fn may_follow(before: Option<usize>, label: usize) -> bool {
    label == 0 || label % 2 == 1 || before.is_some_and(|before| before == label || before + 1 == label)
}

/// The score of a forbidden step.
pub(crate) const FORBIDDEN: f32 = -1e9;

/// The weights of a tagger, as they lie in a model file.
///
/// A table with open addressing: each slot holds sixteen bits of the feature's hash (0: the slot is free) and an 8-bit
/// weight for each label, all on one scale.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    pub labels: usize,
    /// What a weight of 1 stands for.
    pub scale: f32,
    /// For each label before (the last row: the start) and each label, its weight.
    pub transitions: Vec<f32>,
    pub table: Cow<'static, [u8]>,
}

/// How far from its place a feature may lie.
pub(crate) const LONGEST_PROBE: usize = 64;

/// The place of a feature in a table of so many slots, and its mark.
pub(crate) fn place(feature: u64, slots: usize) -> (usize, u16) {
    let mark = (feature >> 48) as u16;
    let spread = feature & 0xFFFF_FFFF;
    (((spread * slots as u64) >> 32) as usize, mark.max(1))
}

impl Weights {
    pub fn slot_bytes(labels: usize) -> usize {
        2 + labels
    }

    /// The scores of a token with these features.
    pub fn scores(&self, features: &[u64]) -> [f32; MOST_LABELS] {
        let sums = match self.labels {
            // The numbers of labels in use, so that the compiler knows the width of a slot.
            5 => self.sums::<5>(features),
            7 => self.sums::<7>(features),
            _ => self.sums::<MOST_LABELS>(features),
        };
        sums.map(|sum| sum as f32 * self.scale)
    }

    /// The sums of the small weights; `LABELS` is the number of labels, or `MOST_LABELS`, which is read as "as many as
    /// there are".
    fn sums<const LABELS: usize>(&self, features: &[u64]) -> [i32; MOST_LABELS] {
        let labels = if LABELS == MOST_LABELS { self.labels } else { LABELS };
        let width = Self::slot_bytes(labels);
        let slots = self.table.len() / width;
        let table: &[u8] = &self.table;
        let mut sums = [0i32; MOST_LABELS];
        for &feature in features {
            let (mut at, mark) = place(feature, slots);
            for _ in 0..LONGEST_PROBE {
                let slot = &table[at * width..at * width + width];
                let own = u16::from_le_bytes([slot[0], slot[1]]);
                if own == mark {
                    for label in 0..labels {
                        sums[label] += i32::from(slot[2 + label] as i8);
                    }
                    break;
                }
                if own == 0 {
                    break;
                }
                at = if at + 1 == slots { 0 } else { at + 1 };
            }
        }
        sums
    }
}

/// The labels of the best path through the scores of a sequence.
pub(crate) fn best_path(scores: &[[f32; MOST_LABELS]], labels: usize, transitions: &[f32]) -> Vec<u8> {
    let Some(first) = scores.first() else { return Vec::new() };
    let start = &transitions[labels * labels..];
    let mut reached: Vec<f32> = (0..labels).map(|label| first[label] + start[label]).collect();
    let mut back: Vec<[u8; MOST_LABELS]> = Vec::with_capacity(scores.len());
    for token in &scores[1..] {
        let mut from = [0u8; MOST_LABELS];
        let mut next = [f32::NEG_INFINITY; MOST_LABELS];
        for label in 0..labels {
            for before in 0..labels {
                let score = reached[before] + transitions[before * labels + label];
                if score > next[label] {
                    next[label] = score;
                    from[label] = before as u8;
                }
            }
            next[label] += token[label];
        }
        reached.copy_from_slice(&next[..labels]);
        back.push(from);
    }
    let mut label = (0..labels).max_by(|&a, &b| reached[a].total_cmp(&reached[b]).then(b.cmp(&a))).unwrap_or(0);
    let mut path = vec![label as u8; scores.len()];
    for (at, from) in back.iter().enumerate().rev() {
        label = usize::from(from[label]);
        path[at] = label as u8;
    }
    path
}

/// For each token and label, the probability that the token has the label; with them the sums that training needs.
pub(crate) struct Marginals {
    pub tokens: Vec<[f32; MOST_LABELS]>,
    /// The expected number of each step, laid out as the transitions are.
    pub steps: Vec<f32>,
}

pub(crate) fn marginals(scores: &[[f32; MOST_LABELS]], labels: usize, transitions: &[f32]) -> Marginals {
    let mut steps = vec![0.0; transitions.len()];
    if scores.is_empty() {
        return Marginals { tokens: Vec::new(), steps };
    }
    // Scaled sums of products: each row is normalised, so nothing overflows.
    let weight: Vec<f32> = transitions.iter().map(|step| step.exp()).collect();
    let token_weight = |scores: &[f32; MOST_LABELS]| {
        let most = scores[..labels].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        scores.map(|score| (score - most).exp())
    };
    let own: Vec<[f32; MOST_LABELS]> = scores.iter().map(token_weight).collect();
    let normalise = |row: &mut [f32; MOST_LABELS]| {
        let sum: f32 = row[..labels].iter().sum();
        row[..labels].iter_mut().for_each(|value| *value /= sum.max(f32::MIN_POSITIVE));
    };
    let mut forward = vec![[0.0; MOST_LABELS]; scores.len()];
    for label in 0..labels {
        forward[0][label] = weight[labels * labels + label] * own[0][label];
    }
    normalise(&mut forward[0]);
    for at in 1..scores.len() {
        for label in 0..labels {
            let sum: f32 = (0..labels).map(|before| forward[at - 1][before] * weight[before * labels + label]).sum();
            forward[at][label] = sum * own[at][label];
        }
        normalise(&mut forward[at]);
    }
    let mut backward = [1.0; MOST_LABELS];
    let mut tokens = vec![[0.0; MOST_LABELS]; scores.len()];
    for at in (0..scores.len()).rev() {
        for label in 0..labels {
            tokens[at][label] = forward[at][label] * backward[label];
        }
        normalise(&mut tokens[at]);
        if at == 0 {
            (0..labels).for_each(|label| steps[labels * labels + label] += tokens[0][label]);
            break;
        }
        let mut joint = [[0.0; MOST_LABELS]; MOST_LABELS];
        let mut sum = 0.0;
        let mut before_row = [0.0; MOST_LABELS];
        for before in 0..labels {
            for label in 0..labels {
                let product = weight[before * labels + label] * own[at][label] * backward[label];
                before_row[before] += product;
                joint[before][label] = forward[at - 1][before] * product;
                sum += joint[before][label];
            }
        }
        for before in 0..labels {
            for label in 0..labels {
                steps[before * labels + label] += joint[before][label] / sum.max(f32::MIN_POSITIVE);
            }
        }
        normalise(&mut before_row);
        backward = before_row;
    }
    Marginals { tokens, steps }
}
