//! What the second tagger looks at: each token as seen from one cue.

use crate::features::{Facts, Features, bucket, hash_of};

/// A cue in a view, with what all of its role features need.
pub(crate) struct RoleFrame<'f, 'v, 'd, 'a> {
    facts: &'f Facts<'v, 'd, 'a>,
    /// The positions of the cue.
    cue: &'f [usize],
    /// The word of the cue that governs the others.
    head: usize,
    /// Its place in the tree: the positions from the head up to the root.
    chain: Vec<usize>,
    /// The labels along the chain, hashed from the head up to each of its members.
    chain_code: Vec<u64>,
    /// What the first tagger made of each token.
    first: &'f [u8],
    /// Counts of commas, marks, verbs and other cues before each position.
    before: Vec<[u16; 4]>,
    /// Where each token branches off the chain.
    branches: Vec<Option<Branch>>,
    bits: u64,
}

/// How a token hangs on a cue's chain.
#[derive(Clone, Copy)]
struct Branch {
    /// The token just below the chain on the way up.
    node: usize,
    /// The member of the chain.
    joint: usize,
    steps: usize,
    /// The labels on the way, hashed.
    path: u64,
}

/// How many labels of a path are told apart.
const PATH: usize = 4;
/// How far up the tree is looked.
const CLIMB: usize = 24;

/// The position of a cue's governing word: the one whose head lies outside of it, a verb before others.
pub(crate) fn cue_head(facts: &Facts, cue: &[usize]) -> usize {
    let view = facts.view;
    let tops = cue.iter().copied().filter(|&at| view.head(at).is_none_or(|head| !cue.contains(&head)));
    tops.max_by_key(|&at| (view.token(at).is_verb(), !view.token(at).is_punctuation(), std::cmp::Reverse(at)))
        .unwrap_or(cue[0])
}

impl<'f, 'v, 'd, 'a> RoleFrame<'f, 'v, 'd, 'a> {
    pub fn new(facts: &'f Facts<'v, 'd, 'a>, cue: &'f [usize], first: &'f [u8]) -> Self {
        let view = facts.view;
        let head = cue_head(facts, cue);
        let mut chain = vec![head];
        while let Some(up) = view.head(chain[chain.len() - 1]).filter(|_| chain.len() < CLIMB) {
            chain.push(up);
        }
        let mut chain_code = vec![0u64];
        for &at in &chain[..chain.len() - 1] {
            let last = chain_code[chain_code.len() - 1];
            chain_code.push(hash_of(&[last, facts.at(at, 0).dep]));
        }
        let mut frame =
            RoleFrame { facts, cue, head, chain, chain_code, first, before: Vec::new(), branches: Vec::new(), bits: 0 };
        frame.count();
        frame.branches = frame.find_branches();
        frame.bits = frame.hanging();
        frame
    }

    /// A bit for each kind of child that the cue's head has.
    fn hanging(&self) -> u64 {
        let view = self.facts.view;
        let children = view.doc.children(view.tokens[self.head]).iter().filter_map(|&child| view.position(child));
        let bit = |at: usize| match view.token(at).dep {
            "ccomp" if at > self.head => 1,
            "ccomp" => 2,
            "xcomp" => 4,
            "nsubj" | "nsubjpass" if at < self.head => 8,
            "nsubj" | "nsubjpass" => 16,
            "dobj" => 32,
            "prep" | "agent" => 64,
            _ => 0,
        };
        children.fold(0, |bits, at| bits | bit(at))
    }

    fn count(&mut self) {
        let view = self.facts.view;
        let mut counts = [0u16; 4];
        for position in 0..=view.len() {
            self.before.push(counts);
            if position == view.len() {
                break;
            }
            let token = view.token(position);
            let starts_other_cue = self.first[position] == 3 && !self.cue.contains(&position);
            let flags = [token.lower == ",", token.is_mark(), token.tag.starts_with('V'), starts_other_cue];
            for (count, flag) in counts.iter_mut().zip(flags) {
                *count = count.saturating_add(u16::from(flag));
            }
        }
    }

    fn find_branches(&self) -> Vec<Option<Branch>> {
        let view = self.facts.view;
        (0..view.len())
            .map(|position| {
                let mut at = position;
                let mut node = position;
                let mut path = 0;
                for steps in 0..CLIMB {
                    if let Some(joint) = self.chain.iter().position(|&member| member == at) {
                        return Some(Branch { node, joint, steps, path });
                    }
                    node = at;
                    if steps < PATH {
                        path = hash_of(&[path, self.facts.at(at, 0).dep]);
                    }
                    at = view.head(at)?;
                }
                None
            })
            .collect()
    }

    /// The facts about the token at a position, as seen from the cue.
    pub fn of_token(&self, p: usize, out: &mut Features) {
        out.list.clear();
        self.words(p, out);
        self.distance(p, out);
        self.path(p, out);
        self.first_opinion(p, out);
    }

    fn side(&self, p: usize) -> u64 {
        if self.cue.contains(&p) {
            0
        } else if p < self.head {
            1
        } else {
            2
        }
    }

    fn words(&self, p: usize, out: &mut Features) {
        let facts = self.facts;
        let own = facts.at(p, 0);
        let side = self.side(p);
        let cue = facts.at(self.head, 0);
        let state = facts.state(p);
        let (before, after) = (facts.at(p, -1), facts.at(p, 1));
        out.push(100, &[own.word, side]);
        out.push(101, &[own.lemma]);
        out.push(102, &[own.tag, side]);
        out.push(103, &[own.dep, side]);
        out.push(104, &[own.shape, side]);
        out.push(105, &[own.suffix]);
        out.push(106, &[own.entity, side]);
        out.push(107, &[own.tag, state, side]);
        out.push(108, &[before.word, side]);
        out.push(109, &[after.word, side]);
        out.push(110, &[before.tag, own.tag, side]);
        out.push(111, &[own.tag, after.tag, side]);
        out.push(112, &[before.tag, own.tag, after.tag]);
        out.push(113, &[facts.at(p, -2).tag, before.tag, side]);
        out.push(114, &[facts.at(p, 2).tag, after.tag, side]);
        out.push(115, &[own.lemma, cue.lemma, side]);
        out.push(116, &[own.tag, cue.lemma, side]);
        out.push(117, &[before.word, own.word]);
        out.push(118, &[own.word, after.word]);
        out.push(119, &[before.word, own.tag, side]);
        out.push(139, &[before.lemma, own.dep, side]);
    }

    fn distance(&self, p: usize, out: &mut Features) {
        let facts = self.facts;
        let view = facts.view;
        let side = self.side(p);
        let own = facts.at(p, 0);
        let cue = facts.at(self.head, 0);
        let (first, last) = (self.cue[0], self.cue[self.cue.len() - 1]);
        let (from, to) = if p < first { (p, first) } else { (last.min(p), p) };
        let away = to - from;
        let passed = |kind: usize| self.before[to][kind].abs_diff(self.before[from][kind]).min(4) as u64;
        let (commas, marks, verbs, cues) = (passed(0), passed(1).min(3), passed(2), passed(3).min(2));
        let state = facts.state(p);
        let sentences = view.token(p).sentence as i64 - view.token(self.head).sentence as i64;
        let sentences = sentences.clamp(-2, 3) as u64;
        let same_quotation = u64::from(view.token(p).quotation == view.token(self.head).quotation);
        let cue_state = facts.state(self.head);
        let paragraphs = view.token(p).paragraph.abs_diff(view.token(self.head).paragraph).min(2) as u64;
        out.push(120, &[side, bucket(away)]);
        out.push(121, &[side, bucket(away), own.tag]);
        out.push(122, &[side, commas, marks, sentences]);
        out.push(123, &[side, verbs, cues, sentences]);
        out.push(124, &[side, state, sentences, marks]);
        out.push(125, &[side, state, cue_state, same_quotation, sentences]);
        out.push(126, &[side, sentences, cue.lemma, state]);
        out.push(127, &[side, commas, own.tag, sentences]);
        out.push(128, &[side, marks, own.tag, state, sentences]);
        out.push(129, &[side, cues, state, sentences, paragraphs]);
        out.push(130, &[side, cue.lemma, bucket(away)]);
        out.push(131, &[side, bucket(away), own.dep, commas]);
        out.push(132, &[side, self.bits, state, sentences]);
        out.push(133, &[side, self.bits, own.dep, verbs]);
        let sentence = &view.doc.sentences[view.token(p).sentence];
        let number = view.tokens[p];
        out.push(134, &[side, (number - sentence.start).min(3) as u64, sentences]);
        out.push(135, &[side, (sentence.end - 1 - number).min(3) as u64, sentences, own.tag]);
        out.push(136, &[facts.at(first, -1).word, side, state, sentences.min(1)]);
        out.push(137, &[facts.at(last, 1).word, side, state, sentences.min(1)]);
        out.push(138, &[side, state, self.state_after_cue(), sentences, marks]);
    }

    /// Whether quotations stand right before and right after the cue's clause.
    fn state_after_cue(&self) -> u64 {
        let view = self.facts.view;
        let own = view.quoted(self.head);
        let reach = 12;
        let left = (self.cue[0].saturating_sub(reach)..self.cue[0]).rev().find(|&at| view.quoted(at) > own);
        let end = self.cue[self.cue.len() - 1] + 1;
        let right = (end..(end + reach).min(view.len())).find(|&at| view.quoted(at) > own);
        u64::from(left.is_some()) + 2 * u64::from(right.is_some())
    }

    fn path(&self, p: usize, out: &mut Features) {
        let facts = self.facts;
        let own = facts.at(p, 0);
        let side = self.side(p);
        let cue = facts.at(self.head, 0);
        let Some(branch) = self.branches[p] else {
            out.push(140, &[side]);
            return;
        };
        let node = facts.at(branch.node, 0);
        let joint = branch.joint.min(4) as u64;
        let chain = self.chain_code[branch.joint];
        let node_side = u64::from(branch.node > self.head);
        // A cue's own words and the chain itself are not below the chain.
        let label = if branch.steps == 0 { 1 } else { node.dep };
        let is_node = u64::from(branch.node == p);
        out.push(141, &[label, chain]);
        out.push(142, &[label, chain, own.tag]);
        out.push(143, &[branch.path, chain, branch.steps.min(6) as u64]);
        out.push(144, &[label, joint, cue.lemma]);
        out.push(145, &[label, joint, node_side, is_node, bucket(branch.steps)]);
        out.push(146, &[label, joint, node.lemma]);
        out.push(147, &[label, joint, self.bits]);
        out.push(148, &[label, chain, cue.tag, node_side, facts.state(p)]);
        out.push(149, &[label, joint, node.tag, own.tag]);
        out.push(150, &[label, node_side, joint, own.word]);
        let edge = |other: Option<usize>| {
            other
                .and_then(|other| self.branches.get(other).copied().flatten())
                .map_or(2, |other| if other.node == branch.node && other.joint == branch.joint { 0 } else { 1 })
        };
        let opens = edge(p.checked_sub(1));
        let closes = edge(Some(p + 1));
        out.push(151, &[label, joint, opens, closes, side]);
        out.push(152, &[label, joint, opens, own.tag, node_side]);
        let before = p.checked_sub(1).and_then(|p| self.branches[p]).map_or(0, |b| facts.at(b.node, 0).dep);
        out.push(153, &[label, before, joint, opens]);
        let member = self.chain[branch.joint];
        out.push(154, &[label, joint, facts.at(member, 0).lemma]);
        out.push(155, &[label, joint, facts.at(member, 0).tag, cue.tag, side]);
        // The next step below the branch: relative clauses and the like inside of a long content.
        let up = facts.code(facts.view.head(p));
        out.push(156, &[label, joint, own.dep, up.dep]);
    }

    /// What the first tagger saw here, and how many of its spans lie between.
    fn first_opinion(&self, p: usize, out: &mut Features) {
        let side = self.side(p);
        let own = u64::from(self.first[p]);
        let near = |offset: isize| {
            p.checked_add_signed(offset).and_then(|at| self.first.get(at)).map_or(9, |&label| u64::from(label))
        };
        let cues = {
            let (first, last) = (self.cue[0], self.cue[self.cue.len() - 1]);
            let (from, to) = if p < first { (p, first) } else { (last.min(p), p) };
            (self.before[to][3] - self.before[from][3]).min(2) as u64
        };
        let label = self.branches[p].map_or(0, |branch| self.facts.at(branch.node, 0).dep);
        let joint = self.branches[p].map_or(9, |branch| branch.joint.min(4) as u64);
        out.push(160, &[own, side, cues]);
        out.push(161, &[own, near(-1), near(1), side]);
        out.push(162, &[own, label, joint, side]);
        out.push(163, &[own, near(1), label, side]);
        out.push(164, &[own, self.facts.state(p), side, cues]);
        out.push(165, &[near(-1), own, near(1), near(2), side]);
        out.push(166, &[own, side, self.bits]);
    }
}
