//! Texts that were made from two others which have nothing to do with each other. A tree has one root and cannot say so:
//! such a text stands in each of its sources' trees.

use std::collections::{BTreeMap, BTreeSet};

use wirecopy_model::{Piece, Span};

use crate::params::merge as params;
use crate::relate::Pair;

/// The nodes of a family's trees: one for each member, and further ones for a member that hangs in several trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nodes {
    /// The member that each node is.
    pub member: Vec<usize>,
    /// The nodes of each member.
    of: Vec<Vec<usize>>,
    /// For a member that merges others: each tree it hangs in, with its node there.
    merged: BTreeMap<usize, BTreeMap<usize, usize>>,
    /// The tree of each member that merges nothing.
    tree: Vec<usize>,
}

/// A pair as an edge between two members.
pub(crate) struct Tie<'p> {
    pub a: usize,
    pub b: usize,
    pub pair: &'p Pair,
}

impl Nodes {
    /// Each member is one node.
    pub fn plain(members: usize) -> Self {
        Nodes {
            member: (0..members).collect(),
            of: (0..members).map(|at| vec![at]).collect(),
            merged: BTreeMap::new(),
            tree: vec![0; members],
        }
    }

    /// Finds the members that merge others: those with two neighbours that share no text with each other, cover
    /// different parts of it, and are neither of them nearly whole in it (which a source's excerpts are).
    pub fn of(members: usize, ties: &[Tie]) -> Self {
        let mut merged: BTreeSet<usize> = (0..members).filter(|&at| merges(at, ties)).collect();
        loop {
            let tree = trees(members, ties, &merged);
            let hangs_in = |at: usize| -> BTreeSet<usize> {
                let others = ties.iter().filter(|tie| tie.a == at || tie.b == at);
                let others = others.map(|tie| if tie.a == at { tie.b } else { tie.a });
                others.filter(|other| !merged.contains(other)).map(|other| tree[other]).collect()
            };
            // Who hangs in one tree only merges nothing that this family could tell apart.
            match merged.iter().copied().find(|&at| hangs_in(at).len() < 2) {
                Some(at) => _ = merged.remove(&at),
                None => {
                    let hung = merged.iter().map(|&at| (at, hangs_in(at))).collect();
                    return Nodes::split(members, tree, hung);
                }
            }
        }
    }

    fn split(members: usize, tree: Vec<usize>, hung: BTreeMap<usize, BTreeSet<usize>>) -> Self {
        let mut nodes = Nodes { tree, ..Nodes::plain(members) };
        for (at, trees) in hung {
            let mut own = BTreeMap::new();
            for (nth, tree) in trees.into_iter().enumerate() {
                let node = if nth == 0 { at } else { nodes.member.len() };
                if nth > 0 {
                    nodes.member.push(at);
                    nodes.of[at].push(node);
                }
                own.insert(tree, node);
            }
            nodes.merged.insert(at, own);
        }
        nodes
    }

    /// The nodes of a member.
    pub fn of_member(&self, member: usize) -> &[usize] {
        &self.of[member]
    }

    /// The ends that an edge between two members has in each tree that both hang in.
    pub fn ends(&self, a: usize, b: usize) -> Vec<(usize, usize)> {
        match (self.merged.get(&a), self.merged.get(&b)) {
            (None, None) => vec![(a, b)],
            (Some(trees), None) => trees.get(&self.tree[b]).map(|&node| (node, b)).into_iter().collect(),
            (None, Some(trees)) => trees.get(&self.tree[a]).map(|&node| (a, node)).into_iter().collect(),
            (Some(one), Some(other)) => {
                one.iter().filter_map(|(tree, &node)| Some((node, *other.get(tree)?))).collect()
            }
        }
    }

    /// Whether this member merges others and that one does not.
    pub fn merges_other(&self, member: usize, other: usize) -> bool {
        self.merged.contains_key(&member) && !self.merged.contains_key(&other)
    }
}

fn merges(at: usize, ties: &[Tie]) -> bool {
    let near: Vec<(usize, Span, f64)> = ties
        .iter()
        .filter(|tie| tie.a == at || tie.b == at)
        .map(|tie| {
            let own = |piece: (Piece, Piece)| if tie.a == at { piece.0 } else { piece.1 };
            let covered = Span::from_pieces(tie.pair.runs.iter().map(|run| own((run.a, run.b))));
            let coverage = tie.pair.edge.coverage;
            if tie.a == at { (tie.b, covered, coverage.b) } else { (tie.a, covered, coverage.a) }
        })
        .filter(|(_, covered, share)| covered.len() >= params::PART && *share <= params::EXCERPT)
        .collect();
    let kin = |x: usize, y: usize| ties.iter().any(|tie| (tie.a, tie.b) == (x, y) || (tie.b, tie.a) == (x, y));
    near.iter().enumerate().any(|(nth, (x, one, _))| {
        near[nth + 1..].iter().any(|(y, other, _)| {
            let least = one.len().min(other.len()) as f64;
            !kin(*x, *y) && common(one, other) as f64 <= params::IN_COMMON * least
        })
    })
}

/// How many code points two spans have in common.
fn common(one: &Span, other: &Span) -> usize {
    let both = Span::from_pieces(one.pieces().iter().chain(other.pieces()).copied());
    one.len() + other.len() - both.len()
}

/// The tree of each member: what hangs together without those that merge.
fn trees(members: usize, ties: &[Tie], merged: &BTreeSet<usize>) -> Vec<usize> {
    let mut tree: Vec<usize> = (0..members).collect();
    fn top(tree: &mut [usize], mut at: usize) -> usize {
        while tree[at] != at {
            tree[at] = tree[tree[at]];
            at = tree[at];
        }
        at
    }
    for tie in ties.iter().filter(|tie| !merged.contains(&tie.a) && !merged.contains(&tie.b)) {
        let (a, b) = (top(&mut tree, tie.a), top(&mut tree, tie.b));
        tree[a.max(b)] = a.min(b);
    }
    (0..members).map(|at| top(&mut tree, at)).collect()
}
