//! The dependency parser: arc-eager transitions, where a word without a head goes back to the buffer and a move of its
//! own starts a new sentence (Nivre 2008; Honnibal and Johnson 2014 for the non-monotonic moves).
//!
//! Not for: the tree that follows from the arcs (`tree`).

use crate::feed::Feed;
use crate::file::{File, ModelError, TransitionsData};
use crate::labels::{LabelId, Labels};
use crate::transitions::{Scorer, better};

/// Tokens of a state that are looked at: the first two of the buffer, three of the stack, and the last children of the
/// first of each.
const SLOTS: usize = 8;

/// No token.
const NONE: u32 = u32::MAX;

/// The moves and the network that chooses among them.
pub(crate) struct Parser {
    pub(crate) scorer: Scorer,
    /// What each class of the network does.
    moves: Vec<Move>,
    /// The classes of each kind of move, in the order of [`Kind`].
    classes: [std::ops::Range<usize>; 5],
    root: LabelId,
}

#[derive(Clone, Copy, Debug)]
struct Move {
    kind: Kind,
    label: LabelId,
}

/// Kinds of moves, in the order of their classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The next word goes on the stack.
    Shift,
    /// The word on the stack is done; one without a head goes back to the buffer.
    Reduce,
    /// The next word is the head of the word on the stack.
    Left,
    /// The word on the stack is the head of the next word.
    Right,
    /// A sentence begins at the word after the next.
    Break,
}

const KINDS: [(char, Kind); 5] =
    [('S', Kind::Shift), ('D', Kind::Reduce), ('L', Kind::Left), ('R', Kind::Right), ('B', Kind::Break)];

impl Parser {
    pub(crate) fn new(
        file: &File,
        data: &TransitionsData,
        width: usize,
        labels: &mut Labels,
    ) -> Result<Self, ModelError> {
        let mut moves = Vec::new();
        for (name, label) in &data.moves {
            let kind = KINDS.iter().find(|(letter, _)| letter == name);
            let (_, kind) = kind.ok_or_else(|| ModelError::Shape(format!("a parser move {name}")))?;
            moves.push(Move { kind: *kind, label: labels.add(label) });
        }
        if !moves.is_sorted_by_key(|step| step.kind as u8) {
            return Err(ModelError::Shape("parser moves out of order".into()));
        }
        let class = |kind: Kind| {
            moves.partition_point(|step| (step.kind as u8) < kind as u8)
                ..moves.partition_point(|step| step.kind as u8 <= kind as u8)
        };
        let classes = KINDS.map(|(_, kind)| class(kind));
        Ok(Parser { scorer: Scorer::new(file, data, SLOTS, width)?, moves, classes, root: labels.add("ROOT") })
    }

    /// Parses from the state's first word to the next clean point: the place from which on nothing depends on what
    /// was parsed before. That is nearly every sentence start, and the end of the text.
    pub(crate) fn parse_stretch(&self, state: &mut State, feed: &mut Feed, buffers: &mut Buffers) {
        loop {
            let Some(best) = self.choose(state, feed, buffers) else {
                // No move is valid: never seen; spaCy gives up the rest of the text.
                state.give_up();
                return;
            };
            state.apply(self.moves[best]);
            if state.is_clean() {
                return;
            }
        }
    }

    fn choose(&self, state: &State, feed: &mut Feed, buffers: &mut Buffers) -> Option<usize> {
        let Buffers { sum, scores } = buffers;
        let slots = state.slots();
        if let Some(last) = slots[0].max(slots[1]) {
            feed.reach_to(last as usize);
        }
        self.scorer.begin(sum);
        for (slot, token) in slots.into_iter().enumerate() {
            feed.add_slot(slot, token.map(|token| token as usize), sum);
        }
        self.scorer.scores(sum, scores);
        let mut best = None;
        for (kind, classes) in KINDS.iter().zip(&self.classes) {
            if state.may(kind.1) {
                best = better(scores, classes.clone(), best);
            }
        }
        best.map(|(class, _)| class)
    }

    /// The label of words without a head.
    pub(crate) fn root(&self) -> LabelId {
        self.root
    }
}

/// Memory that one worker reuses.
#[derive(Default)]
pub(crate) struct Buffers {
    pub(crate) sum: Vec<f32>,
    pub(crate) scores: Vec<f32>,
}

/// A state of the transition system, over all of a text.
pub(crate) struct State {
    length: usize,
    stack: Vec<u32>,
    /// Words put back, the first of the buffer last.
    back: Vec<u32>,
    next: usize,
    pub(crate) arcs: Arcs,
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    /// The right child of the same head that was attached before.
    elder: Vec<u32>,
    put_back: Vec<bool>,
    starts: Vec<bool>,
}

/// Heads and labels so far; a word without a head is its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arcs {
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<LabelId>,
}

impl State {
    pub(crate) fn new(length: usize, root: LabelId) -> Self {
        State {
            length,
            stack: Vec::new(),
            back: Vec::new(),
            next: 0,
            arcs: Arcs { heads: (0..length as u32).collect(), labels: vec![root; length] },
            last_left: vec![NONE; length],
            last_right: vec![NONE; length],
            elder: vec![NONE; length],
            put_back: vec![false; length],
            starts: vec![false; length],
        }
    }

    /// The first word of the buffer, at a clean point.
    pub(crate) fn position(&self) -> usize {
        self.next
    }

    /// Goes on at a later clean point.
    pub(crate) fn skip_to(&mut self, position: usize) {
        self.next = position;
    }

    /// Whether nothing that comes depends on the moves so far: no word waits on the stack or was put back, the next has
    /// no children, and no break stands right after it.
    pub(crate) fn is_clean(&self) -> bool {
        let free = |list: &[u32]| list.get(self.next).is_none_or(|child| *child == NONE);
        let unmarked = self.starts.get(self.next + 1).is_none_or(|start| !start);
        self.stack.is_empty() && self.back.is_empty() && free(&self.last_left) && unmarked
    }

    fn give_up(&mut self) {
        self.stack.clear();
        self.back.clear();
        self.next = self.length;
    }

    fn stack(&self, depth: usize) -> Option<u32> {
        self.stack.len().checked_sub(depth + 1).map(|at| self.stack[at])
    }

    fn buffer(&self, depth: usize) -> Option<u32> {
        match self.back.len().checked_sub(depth + 1) {
            Some(at) => Some(self.back[at]),
            None => {
                let at = self.next + depth - self.back.len();
                (at < self.length).then_some(at as u32)
            }
        }
    }

    fn buffer_length(&self) -> usize {
        self.length - self.next + self.back.len()
    }

    fn slots(&self) -> [Option<u32>; SLOTS] {
        let child =
            |list: &[u32], head: Option<u32>| head.map(|head| list[head as usize]).filter(|child| *child != NONE);
        let (b0, s0) = (self.buffer(0), self.stack(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stack(1),
            self.stack(2),
            child(&self.last_left, b0),
            child(&self.last_left, s0),
            child(&self.last_right, s0),
        ]
    }

    fn is_start(&self, token: Option<u32>) -> bool {
        token.is_some_and(|token| self.starts[token as usize])
    }

    fn may(&self, kind: Kind) -> bool {
        let next = self.buffer(0);
        match kind {
            Kind::Shift if self.stack.is_empty() => true,
            Kind::Shift => {
                let was_back = next.is_some_and(|next| self.put_back[next as usize]);
                self.buffer_length() >= 2 && !self.is_start(next) && !was_back
            }
            Kind::Reduce => !self.stack.is_empty(),
            Kind::Left | Kind::Right => !self.stack.is_empty() && next.is_some() && !self.is_start(next),
            Kind::Break => {
                let second = self.buffer(1);
                second.is_some() && second == next.map(|next| next + 1) && !self.is_start(second)
            }
        }
    }

    fn apply(&mut self, step: Move) {
        let (s0, b0) = (self.stack(0), self.buffer(0));
        match (step.kind, s0, b0) {
            (Kind::Left, Some(s0), Some(b0)) => {
                self.attach(b0, s0, step.label);
                self.put_back[b0 as usize] = false;
                self.stack.pop();
            }
            (Kind::Right, Some(s0), Some(b0)) => {
                self.attach(s0, b0, step.label);
                self.push();
            }
            (Kind::Reduce, Some(s0), _) => {
                self.stack.pop();
                if self.arcs.heads[s0 as usize] == s0 && !self.stack.is_empty() {
                    self.put_back[s0 as usize] = true;
                    self.back.push(s0);
                }
            }
            (Kind::Break, ..) => {
                if let Some(second) = self.buffer(1) {
                    self.starts[second as usize] = true;
                }
            }
            _ => self.push(),
        }
    }

    fn push(&mut self) {
        if let Some(word) = self.back.pop() {
            self.stack.push(word);
        } else if self.next < self.length {
            self.stack.push(self.next as u32);
            self.next += 1;
        }
    }

    /// Adds an arc. A word that had a head loses it; it was that head's last right child, since what is attached to the
    /// left leaves the stack at once and nothing is attached to a word while its child lies above it.
    fn attach(&mut self, head: u32, child: u32, label: LabelId) {
        let old = self.arcs.heads[child as usize];
        if old != child && self.last_right[old as usize] == child {
            self.last_right[old as usize] = self.elder[child as usize];
        }
        self.arcs.heads[child as usize] = head;
        self.arcs.labels[child as usize] = label;
        if child < head {
            self.last_left[head as usize] = child;
        } else {
            self.elder[child as usize] = self.last_right[head as usize];
            self.last_right[head as usize] = child;
        }
    }
}
