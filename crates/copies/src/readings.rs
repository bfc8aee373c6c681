//! Readings that two texts of a family share against a third: they place the third on a branch of its own.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::document::{Document, flag};
use crate::params::lost as params;
use crate::relate::Pair;

/// The alignments of a family's members, asked for by any two of them.
pub(crate) struct Readings<'d> {
    members: &'d [&'d Document],
    /// The member that each node of a tree is; lost sources are none.
    nodes: &'d [usize],
    pairs: HashMap<(usize, usize), &'d Pair>,
    counterparts: RefCell<Counterparts>,
}

/// For two members, by their numbers, where each word of the first stands in the second.
type Counterparts = HashMap<(usize, usize), Rc<[u32]>>;

/// No word of the other text.
pub(crate) const NONE: u32 = u32::MAX;

impl<'d> Readings<'d> {
    /// `pairs` are those among the members, which are sorted by id.
    pub fn new(
        members: &'d [&'d Document],
        nodes: &'d [usize],
        pairs: impl Iterator<Item = ((usize, usize), &'d Pair)>,
    ) -> Self {
        Readings { members, nodes, pairs: pairs.collect(), counterparts: RefCell::default() }
    }

    /// The pair of two members.
    pub fn pair(&self, x: usize, y: usize) -> Option<&'d Pair> {
        self.pairs.get(&(x.min(y), x.max(y))).copied()
    }

    /// Whether the members at two nodes have the same words.
    pub fn are_one_text(&self, x: usize, y: usize) -> bool {
        let content = |node: usize| self.nodes.get(node).map(|&member| self.members[member].content);
        content(x).is_some() && content(x) == content(y)
    }

    /// Whether the text at a node is not the one between two others, but hangs on a branch of its own.
    pub fn is_apart(&self, text: usize, x: usize, y: usize) -> bool {
        let Some(own) = self.odd(text, x, y).filter(|&own| own >= params::LEAST) else { return false };
        let (Some(of_x), Some(of_y)) = (self.odd(x, text, y), self.odd(y, text, x)) else { return false };
        let words = self.members[self.nodes[text]].words.len().max(1) as f64;
        let chance = of_x as f64 * of_y as f64 / words;
        of_x.min(of_y) >= params::BRANCH && own as f64 >= params::LEAST as f64 + params::CHANCE * chance
    }

    /// Of these nodes the two nearest to one, by how many words they share.
    pub fn nearest_two(&self, text: usize, among: &BTreeSet<usize>) -> Option<[usize; 2]> {
        let shares = |&other: &usize| {
            let pair = self.pair(self.nodes[text], self.nodes[other])?;
            Some((std::cmp::Reverse(pair.edge.edits.kept), other))
        };
        let mut near: Vec<_> = among.iter().filter(|&&other| other != text).filter_map(shares).collect();
        near.sort_unstable();
        match near.as_slice() {
            [(_, one), (_, other), ..] => Some([*one, *other]),
            _ => None,
        }
    }

    /// For each word of `x` the word of `y` that has its form in its place.
    pub fn counterparts(&self, x: usize, y: usize) -> Option<Rc<[u32]>> {
        if let Some(known) = self.counterparts.borrow().get(&(x, y)) {
            return Some(known.clone());
        }
        let pair = self.pair(x, y)?;
        let (from, to) = (self.members[x], self.members[y]);
        let mut places = vec![NONE; from.words.len()];
        for tile in &pair.alignment.tiles {
            for k in 0..tile.len {
                let (at, other) = if x < y { (tile.a + k, tile.b + k) } else { (tile.b + k, tile.a + k) };
                if from.words[at].form == to.words[other].form {
                    places[at] = other as u32;
                }
            }
        }
        let places: Rc<[u32]> = places.into();
        self.counterparts.borrow_mut().insert((x, y), places.clone());
        Some(places)
    }

    /// Forgets the alignments that were looked at, which is all that takes memory.
    pub fn forget(&self) {
        self.counterparts.borrow_mut().clear();
    }

    /// [`odd_of`](Self::odd_of) the members at three nodes of a tree.
    pub fn odd(&self, x: usize, y: usize, z: usize) -> Option<usize> {
        let member = |node: usize| self.nodes.get(node).copied();
        self.odd_of(member(x)?, member(y)?, member(z)?)
    }

    /// In how many places `y` and `z` agree against `x`. Passages that `x` lacks or has in addition are no readings:
    /// anybody cuts. `None` where two of the three were not compared.
    pub fn odd_of(&self, x: usize, y: usize, z: usize) -> Option<usize> {
        let (x_y, x_z) = (self.counterparts(x, y)?, self.counterparts(x, z)?);
        let (y_x, y_z) = (self.counterparts(y, x)?, self.counterparts(y, z)?);
        let z_x = self.counterparts(z, x)?;
        // Words that both others have and this one has not.
        let y_words = &self.members[y].words;
        let shared = |at: usize| y_z[at] != NONE && y_x[at] == NONE && z_x[y_z[at] as usize] == NONE;
        let everywhere = |at: usize| y_z[at] != NONE && y_x[at] != NONE && !y_words[at].is(flag::LINE);
        let lacks = runs(y_words.len(), shared, everywhere).filter(|&(from, to)| {
            let others = (from..to).all(|at| y_z[at] as usize == y_z[from] as usize + at - from);
            others && to - from <= params::READING
        });
        // Words that it alone has, where the others go on without a word between.
        let x_words = &self.members[x].words;
        let alone = |at: usize| x_y[at] == NONE && x_z[at] == NONE;
        let in_all = |at: usize| x_y[at] != NONE && x_z[at] != NONE && !x_words[at].is(flag::LINE);
        let adds = runs(x_words.len(), alone, in_all).filter(|&(from, to)| {
            let inside = from > 0 && to < x_words.len() && in_all(from - 1) && in_all(to);
            inside && to - from <= params::READING && x_y[from - 1] + 1 == x_y[to] && x_z[from - 1] + 1 == x_z[to]
        });
        Some(lacks.count() + adds.count())
    }
}

/// The longest stretches of places that are `of` a kind, with a place `beside` at least at one end.
fn runs(
    len: usize,
    of: impl Fn(usize) -> bool + Copy,
    beside: impl Fn(usize) -> bool + Copy,
) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < len {
            if !of(at) {
                at += 1;
                continue;
            }
            let from = at;
            while at < len && of(at) {
                at += 1;
            }
            if from > 0 && beside(from - 1) || at < len && beside(at) {
                return Some((from, at));
            }
        }
        None
    })
}
