//! From arcs to trees: heads that the parser could not reach, the edges of subtrees, and the sentences that follow.
//!
//! Not for: choosing arcs.

use crate::labels::{LabelId, Labels};
use crate::parser::Arcs;

/// spaCy spreads edges at most this often; crossing arcs need a few rounds, four have been seen.
const ROUNDS: usize = 12;

/// What separates a label from that of the word which the dependent was lifted from.
const LIFTED: &str = "||";

/// Labels of lifted arcs: the label itself, and that of the true head (Nivre and Nilsson 2005, scheme "head").
#[derive(Debug, Default)]
pub(crate) struct Lifted(Vec<(LabelId, LabelId, Option<LabelId>)>);

impl Lifted {
    /// Finds the lifted labels among the moves' labels.
    pub(crate) fn new<'l>(names: impl Iterator<Item = &'l str>, labels: &mut Labels) -> Self {
        let mut lifted = Vec::new();
        for name in names {
            if let Some((own, head)) = name.split_once(LIFTED) {
                let entry = (labels.add(name), labels.add(own), Some(labels.add(head)));
                if !lifted.contains(&entry) {
                    lifted.push(entry);
                }
            }
        }
        Lifted(lifted)
    }

    fn get(&self, label: LabelId) -> Option<(LabelId, Option<LabelId>)> {
        self.0.iter().find(|(name, ..)| *name == label).map(|(_, own, head)| (*own, *head))
    }
}

/// Leftmost and rightmost word of each word's subtree.
pub(crate) struct Edges {
    pub(crate) left: Vec<u32>,
    pub(crate) right: Vec<u32>,
}

/// Gives lifted words back to their heads and finds where sentences begin: a mark for each word.
pub(crate) fn settle(arcs: &mut Arcs, lifted: &Lifted, blank: impl Fn(usize) -> bool) -> (Edges, Vec<bool>) {
    let mut edges = edges(&arcs.heads);
    let mut changed = false;
    for word in 0..arcs.heads.len() {
        let Some((own, head_label)) = lifted.get(arcs.labels[word]) else { continue };
        if let Some(head) = head_label.and_then(|label| find_head(arcs, &edges, word, label, &blank)) {
            arcs.heads[word] = head;
        }
        arcs.labels[word] = own;
        changed = true;
    }
    if changed {
        edges = self::edges(&arcs.heads);
    }
    let starts = sentence_starts(&arcs.heads, &edges);
    (edges, starts)
}

/// A mark at the left edge of each root's subtree.
fn sentence_starts(heads: &[u32], edges: &Edges) -> Vec<bool> {
    let mut starts = vec![false; heads.len()];
    for (word, head) in heads.iter().enumerate() {
        if *head as usize == word {
            starts[edges.left[word] as usize] = true;
        }
    }
    starts
}

/// The first word labelled `label` below the present head of `word`, level by level, from left to right.
fn find_head(arcs: &Arcs, edges: &Edges, word: usize, label: LabelId, blank: &impl Fn(usize) -> bool) -> Option<u32> {
    let mut level = vec![arcs.heads[word]];
    while !level.is_empty() {
        let mut below = Vec::new();
        for parent in level {
            // The edges are those from before the first word was given back, as in spaCy.
            for child in edges.left[parent as usize]..=edges.right[parent as usize] {
                let at = child as usize;
                if child == parent || arcs.heads[at] != parent || at == word || blank(at) {
                    continue;
                }
                if arcs.labels[at] == label {
                    return Some(child);
                }
                below.push(child);
            }
        }
        level = below;
    }
    None
}

/// The edges of all subtrees, spread from child to head until every head lies in the sentence of its child.
fn edges(heads: &[u32]) -> Edges {
    let mut edges = Edges { left: (0..heads.len() as u32).collect(), right: (0..heads.len() as u32).collect() };
    for _ in 0..ROUNDS {
        for (child, head) in heads.iter().enumerate() {
            edges.spread(child, *head as usize);
        }
        for (child, head) in heads.iter().enumerate().rev() {
            edges.spread(child, *head as usize);
        }
        if heads_in_sentences(heads, &edges) {
            break;
        }
    }
    edges
}

impl Edges {
    fn spread(&mut self, child: usize, head: usize) {
        self.left[head] = self.left[head].min(self.left[child]);
        self.right[head] = self.right[head].max(self.right[child]);
    }
}

/// Whether each word's head lies between the sentence starts around it. The last word is not asked, as in spaCy.
fn heads_in_sentences(heads: &[u32], edges: &Edges) -> bool {
    let starts = sentence_starts(heads, edges);
    let mut from = 0;
    for to in 0..heads.len() {
        if to > 0 && starts[to] || to + 1 == heads.len() {
            if heads[from..to].iter().any(|head| (*head as usize) < from || *head as usize > to) {
                return false;
            }
            from = to;
        }
    }
    true
}
