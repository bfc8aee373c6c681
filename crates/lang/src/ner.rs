//! The entity recogniser: one move a token says whether an entity begins, goes on, ends, is one token, or is none
//! (Lample et al. 2016, with greedy moves).
//!
//! It reads the sentence starts: no entity crosses one. Not for: who or what an entity is.

use std::ops::Range;

use crate::encoder::{Encoder, EncoderMemory};
use crate::file::{File, ModelError, TransitionsData};
use crate::labels::{LabelId, Labels};
use crate::parser::Buffers;
use crate::tokenizer::Tokens;
use crate::transitions::{Scorer, add, better};

/// The token, the first of the open entity, the one before.
const SLOTS: usize = 3;

/// Rows at once; see the blocks of the parser.
const BLOCK: usize = 250;

/// An entity: its tokens and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawEntity {
    pub(crate) tokens: Range<usize>,
    pub(crate) label: LabelId,
}

/// The moves and the network that chooses among them.
pub(crate) struct Recogniser {
    encoder: Encoder,
    scorer: Scorer,
    /// The type that each class begins or ends.
    labels: Vec<LabelId>,
    begin: Range<usize>,
    inside: Range<usize>,
    last: Range<usize>,
    unit: Range<usize>,
    out: Range<usize>,
}

/// What one worker reuses.
#[derive(Default)]
pub(crate) struct RecogniserMemory {
    encoder: EncoderMemory,
    hidden: Vec<f32>,
    slots: Vec<f32>,
    opened: Vec<f32>,
    before: Vec<f32>,
    buffers: Buffers,
}

impl Recogniser {
    pub(crate) fn new(
        file: &File,
        data: &TransitionsData,
        encoder: Encoder,
        labels: &mut Labels,
    ) -> Result<Self, ModelError> {
        let kinds: Vec<char> = data.moves.iter().map(|(kind, _)| *kind).collect();
        let class = |kind: char| match (kinds.iter().position(|k| *k == kind), kinds.iter().rposition(|k| *k == kind)) {
            (Some(from), Some(to)) if kinds[from..=to].iter().all(|k| *k == kind) => Ok(from..to + 1),
            _ => Err(ModelError::Shape(format!("entity moves without {kind} or out of order"))),
        };
        let (begin, inside, last, mut unit, out) = (class('B')?, class('I')?, class('L')?, class('U')?, class('O')?);
        // The unit without a label only blocks entities that were there before.
        if data.moves[unit.end - 1].1.is_empty() {
            unit.end -= 1;
        }
        if [&inside, &last, &unit].iter().any(|range| range.len() != begin.len()) {
            return Err(ModelError::Shape("entity moves of different numbers".into()));
        }
        let scorer = Scorer::new(file, data, SLOTS, encoder.width())?;
        let labels = data.moves.iter().map(|(_, label)| labels.add(label)).collect();
        Ok(Recogniser { encoder, scorer, labels, begin, inside, last, unit, out })
    }

    /// Appends the entities of `range`, which begins and ends at sentence starts (or the ends of the text).
    pub(crate) fn find(
        &self,
        tokens: Tokens,
        range: Range<usize>,
        starts: &[bool],
        memory: &mut RecogniserMemory,
        entities: &mut Vec<RawEntity>,
    ) {
        // The open entity: its first token, and its type as a place among the types.
        let mut open: Option<(usize, usize)> = None;
        let width = self.scorer.slots_width();
        let mut block = range.start;
        while block < range.end {
            let end = (block + BLOCK).min(range.end);
            let vectors = self.encoder.encode(tokens, block..end, &mut memory.encoder);
            memory.hidden.clear();
            memory.slots.clear();
            self.scorer.hide(vectors, &mut memory.hidden);
            self.scorer.fill_slots(&memory.hidden, &mut memory.slots);
            for (at, slots) in (block..end).zip(memory.slots.chunks_exact(width)) {
                let Buffers { sum, scores } = &mut memory.buffers;
                self.scorer.begin(sum);
                add(sum, &slots[self.scorer.part(0)]);
                let known = [&memory.opened, &memory.before];
                for (slot, kept) in (1..SLOTS).zip(known) {
                    add(sum, if open.is_some() { kept } else { self.scorer.empty(slot) });
                }
                self.scorer.scores(sum, scores);
                let ends = starts.get(at + 1).is_none_or(|start| *start);
                let blank = tokens.form(at).blank;
                let class = self.choose(scores, open.map(|(_, kind)| kind), ends, blank);
                if self.unit.contains(&class) {
                    entities.push(RawEntity { tokens: at..at + 1, label: self.labels[class] });
                } else if self.begin.contains(&class) {
                    open = Some((at, class - self.begin.start));
                    memory.opened.clear();
                    memory.opened.extend_from_slice(&slots[self.scorer.part(1)]);
                } else if let Some((first, _)) = open.filter(|_| self.last.contains(&class)) {
                    entities.push(RawEntity { tokens: first..at + 1, label: self.labels[class] });
                    open = None;
                }
                memory.before.clear();
                memory.before.extend_from_slice(&slots[self.scorer.part(2)]);
            }
            block = end;
        }
    }

    /// The best move. Inside an entity it goes on or ends; an entity neither begins nor goes on before a sentence ends,
    /// and none begins with white space.
    fn choose(&self, scores: &[f32], open: Option<usize>, ends: bool, blank: bool) -> usize {
        let one = |range: &Range<usize>, kind: usize| range.start + kind..range.start + kind + 1;
        let best = match open {
            Some(kind) if ends => Some((self.last.start + kind, 0.0)),
            Some(kind) => better(scores, one(&self.last, kind), better(scores, one(&self.inside, kind), None)),
            None => {
                let begun = if ends || blank { None } else { better(scores, self.begin.clone(), None) };
                let unit = if blank { begun } else { better(scores, self.unit.clone(), begun) };
                better(scores, self.out.clone(), unit)
            }
        };
        best.map_or(self.out.start, |(class, _)| class)
    }
}
