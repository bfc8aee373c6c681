//! The network that scores the moves of a transition system: parser and entity recogniser have one each.
//!
//! A state is a handful of tokens, one a slot. What a token adds in a slot is linear in its vector, so it is computed once
//! for each token and summed for each state (Chen and Manning 2014). Not for: what the moves do.

use std::ops::Range;

use crate::file::{File, ModelError, TransitionsData};
use crate::simd::Dense;

/// The layers between token vectors and scores.
pub(crate) struct Scorer {
    hidden: Dense,
    lower: Dense,
    /// What an empty slot adds, slot by slot.
    pad: Vec<f32>,
    bias: Vec<f32>,
    upper: Dense,
    /// Numbers that a token adds in a slot: the units of the lower layer times its pieces.
    slot: usize,
    units: usize,
}

impl Scorer {
    /// Reads the network for states of `slots` tokens with vectors of `width`.
    pub(crate) fn new(file: &File, data: &TransitionsData, slots: usize, width: usize) -> Result<Self, ModelError> {
        let &[units, pieces] = &data.lower.b.shape[..] else {
            return Err(ModelError::Shape("the lower layer's bias".into()));
        };
        if units == 0 || pieces == 0 {
            return Err(ModelError::Shape("a lower layer without units".into()));
        }
        let lower = file.array_of(&data.lower.w, &[slots, units, pieces, units])?;
        let bias = file.array_of(&data.lower.b, &[units, pieces])?;
        let pad = file.array_of(&data.lower.pad, &[1, slots, units, pieces])?;
        // The maximum over the pieces runs along whole vectors: [unit][piece] becomes [piece][unit].
        let piecewise = |row: usize| {
            let (slot, piece, unit) = (row / (units * pieces), row / units % pieces, row % units);
            (slot * units + unit) * pieces + piece
        };
        let rows = slots * units * pieces;
        let lower: Vec<f32> = (0..rows).flat_map(|row| &lower[piecewise(row) * units..][..units]).copied().collect();
        let hidden = file.array_of(&data.hidden.w, &[units, width])?;
        let hidden_bias = file.array_of(&data.hidden.b, &[units])?;
        let upper = file.array_of(&data.upper.w, &[data.moves.len(), units])?;
        let upper_bias = file.array_of(&data.upper.b, &[data.moves.len()])?;
        Ok(Scorer {
            hidden: Dense::linear(&hidden, &hidden_bias),
            lower: Dense::linear(&lower, &vec![0.0; rows]),
            pad: (0..rows).map(|row| pad[piecewise(row)]).collect(),
            bias: (0..units * pieces).map(|row| bias[piecewise(row)]).collect(),
            upper: Dense::linear(&upper, &upper_bias),
            slot: units * pieces,
            units,
        })
    }

    /// Numbers of a token between the vectors and the slots.
    pub(crate) fn hidden_width(&self) -> usize {
        self.units
    }

    /// Numbers of a token in all slots together.
    pub(crate) fn slots_width(&self) -> usize {
        self.lower.outputs()
    }

    /// Appends the hidden rows of these token vectors.
    pub(crate) fn hide(&self, vectors: &[f32], out: &mut Vec<f32>) {
        extend(&self.hidden, vectors, out);
    }

    /// Appends what tokens with these hidden rows add in every slot.
    pub(crate) fn fill_slots(&self, hidden: &[f32], out: &mut Vec<f32>) {
        extend(&self.lower, hidden, out);
    }

    /// The part of slot `slot` in what a token adds.
    pub(crate) fn part(&self, slot: usize) -> Range<usize> {
        slot * self.slot..(slot + 1) * self.slot
    }

    /// What an empty slot adds.
    pub(crate) fn empty(&self, slot: usize) -> &[f32] {
        &self.pad[self.part(slot)]
    }

    /// The sum of no slots yet.
    pub(crate) fn begin(&self, sum: &mut Vec<f32>) {
        sum.clear();
        sum.extend_from_slice(&self.bias);
    }

    /// The scores of a state from the sum of its slots, which is spent.
    pub(crate) fn scores(&self, sum: &mut [f32], scores: &mut Vec<f32>) {
        let (best, pieces) = sum.split_at_mut(self.units);
        for piece in pieces.chunks_exact(self.units) {
            for (best, value) in best.iter_mut().zip(piece) {
                *best = best.max(*value);
            }
        }
        scores.resize(self.upper.outputs(), 0.0);
        self.upper.apply(best, self.units, 1, scores);
    }
}

fn extend(layer: &Dense, input: &[f32], out: &mut Vec<f32>) {
    let rows = input.len() / layer.inputs();
    let start = out.len();
    out.resize(start + rows * layer.outputs(), 0.0);
    layer.apply(input, layer.inputs(), rows, &mut out[start..]);
}

/// Adds a slot's numbers to the sum.
pub(crate) fn add(sum: &mut [f32], values: &[f32]) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += value;
    }
}

/// The first of the greatest scores in `range`, if it is greater than `best`.
pub(crate) fn better(scores: &[f32], range: Range<usize>, best: Option<(usize, f32)>) -> Option<(usize, f32)> {
    let candidates = &scores[range.clone()];
    let greatest = candidates.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if best.is_some_and(|(_, score)| score >= greatest) {
        return best;
    }
    let at = candidates.iter().position(|score| *score == greatest)?;
    Some((range.start + at, greatest))
}
