//! Token vectors for the parser, made while it moves along: a block of rows at a time, and the tags with them.
//!
//! What lies behind a clean point is dropped, so that a long text needs no more memory than its longest stretch. Not
//! for: deciding anything but tags.

use crate::encoder::{Encoder, EncoderMemory};
use crate::simd::Dense;
use crate::tokenizer::Tokens;
use crate::transitions::{Scorer, add};

/// Rows of a block. With the neighbours that its windows need, 250 rows fill 32 groups of eight, and the buffers stay in
/// the second-level cache; after a gap, where perhaps one sentence is missing, a small block wastes less.
const BLOCK: usize = 250;
const SMALL_BLOCK: usize = 58;

/// Tokens whose slots are kept: four kilobytes each. Older ones, seen only where a text has no clean point for so long,
/// are computed again when they are asked for.
const KEPT_SLOTS: usize = 2048;

/// The vectors of one text, from left to right.
pub(crate) struct Feed<'a> {
    encoder: &'a Encoder,
    tagger: &'a Dense,
    scorer: &'a Scorer,
    tokens: Tokens<'a>,
    memory: &'a mut EncoderMemory,
    rows: &'a mut FeedMemory,
    tags: &'a mut [u16],
    /// Everything before is encoded.
    end: usize,
    /// Nothing before will be asked for again.
    floor: usize,
    block: usize,
}

/// Memory that one worker reuses.
#[derive(Default)]
pub(crate) struct FeedMemory {
    hidden: Vec<f32>,
    hidden_start: usize,
    slots: Vec<f32>,
    slots_start: usize,
    scores: Vec<f32>,
}

impl<'a> Feed<'a> {
    pub(crate) fn new(
        encoder: &'a Encoder,
        tagger: &'a Dense,
        scorer: &'a Scorer,
        tokens: Tokens<'a>,
        memory: &'a mut EncoderMemory,
        rows: &'a mut FeedMemory,
        tags: &'a mut [u16],
    ) -> Self {
        let mut feed = Feed { encoder, tagger, scorer, tokens, memory, rows, tags, end: 0, floor: 0, block: BLOCK };
        feed.begin_at(0, BLOCK);
        feed
    }

    fn begin_at(&mut self, token: usize, block: usize) {
        self.rows.hidden.clear();
        self.rows.slots.clear();
        (self.rows.hidden_start, self.rows.slots_start) = (token, token);
        (self.end, self.floor, self.block) = (token, token, block);
    }

    /// Tells that nothing before `token` will be asked for; what lies between the rows made so far and `token` is never
    /// made. `known` says whether what lies before `token` was known already.
    pub(crate) fn release(&mut self, token: usize, known: bool) {
        self.floor = token;
        if token >= self.end {
            self.begin_at(token, if known { SMALL_BLOCK } else { BLOCK });
        }
    }

    /// The tags so far.
    pub(crate) fn tags(&mut self) -> &mut [u16] {
        self.tags
    }

    /// Makes the vectors up to and with this token.
    pub(crate) fn reach_to(&mut self, token: usize) {
        while self.end <= token.min(self.tokens.len() - 1) {
            self.drop_rows();
            let range = self.end..(self.end + self.block).min(self.tokens.len());
            self.end = range.end;
            self.block = BLOCK;
            let vectors = self.encoder.encode(self.tokens, range.clone(), self.memory);
            let FeedMemory { hidden, slots, scores, .. } = &mut *self.rows;
            scores.resize(range.len() * self.tagger.outputs(), 0.0);
            self.tagger.apply(vectors, self.encoder.width(), range.len(), scores);
            for (tag, scores) in self.tags[range].iter_mut().zip(scores.chunks_exact(self.tagger.outputs())) {
                *tag = first_greatest(scores) as u16;
            }
            let from = hidden.len();
            self.scorer.hide(vectors, hidden);
            self.scorer.fill_slots(&hidden[from..], slots);
        }
    }

    fn drop_rows(&mut self) {
        let rows = &mut *self.rows;
        let (hidden, slots) = (self.scorer.hidden_width(), self.scorer.slots_width());
        let old = self.floor.saturating_sub(rows.hidden_start) * hidden;
        rows.hidden.drain(..old.min(rows.hidden.len()));
        rows.hidden_start = rows.hidden_start.max(self.floor);
        let keep_from = self.floor.max(self.end.saturating_sub(KEPT_SLOTS));
        let old = keep_from.saturating_sub(rows.slots_start) * slots;
        rows.slots.drain(..old.min(rows.slots.len()));
        rows.slots_start = rows.slots_start.max(keep_from);
    }

    /// Adds what a token adds in a slot.
    pub(crate) fn add_slot(&self, slot: usize, token: Option<usize>, sum: &mut [f32]) {
        let Some(token) = token else {
            add(sum, self.scorer.empty(slot));
            return;
        };
        let part = self.scorer.part(slot);
        if let Some(row) = token.checked_sub(self.rows.slots_start) {
            let start = row * self.scorer.slots_width();
            add(sum, &self.rows.slots[start + part.start..start + part.end]);
        } else if let Some(row) = token.checked_sub(self.rows.hidden_start) {
            let mut all = Vec::new();
            let width = self.scorer.hidden_width();
            self.scorer.fill_slots(&self.rows.hidden[row * width..][..width], &mut all);
            add(sum, &all[part]);
        }
    }
}

/// The place of the first of the greatest scores.
pub(crate) fn first_greatest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = at;
        }
    }
    best
}
