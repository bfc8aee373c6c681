//! What the taggers look at: each token of a view as a list of numbers, one for each fact about it.
//!
//! A fact is a template with values, hashed to 64 bits. The taggers know weights by these numbers only, so a model
//! holds no word of what it was trained on. Changing a template means training anew.

use xxhash_rust::xxh3::xxh3_64;

use crate::doc::Doc;
use crate::lexicon;
use crate::view::View;

/// The hashed parts of one token, from which features are put together.
#[derive(Clone, Copy)]
pub(crate) struct Codes {
    pub word: u64,
    pub lemma: u64,
    pub tag: u64,
    pub dep: u64,
    pub shape: u64,
    pub suffix: u64,
    pub entity: u64,
}

pub(crate) fn codes(doc: &Doc) -> Vec<Codes> {
    let code = |text: &str| xxh3_64(text.as_bytes());
    doc.tokens
        .iter()
        .map(|token| Codes {
            word: code(&token.lower),
            lemma: code(&token.lemma),
            tag: code(token.tag),
            dep: code(token.dep),
            shape: code(&shape(token.text)),
            suffix: code(suffix(&token.lower)),
            entity: code(token.entity),
        })
        .collect()
}

/// `Fenwick's` is `Xx'x`: runs of one class of characters are one.
fn shape(text: &str) -> String {
    let mut shape = String::with_capacity(8);
    for c in text.chars().take(24) {
        let class = match c {
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => 'd',
            _ => c,
        };
        if !shape.ends_with(class) {
            shape.push(class);
        }
    }
    shape
}

fn suffix(lower: &str) -> &str {
    lower.char_indices().rev().nth(2).map_or(lower, |(at, _)| &lower[at..])
}

/// A list of features being written.
pub(crate) struct Features {
    pub list: Vec<u64>,
}

impl Features {
    pub fn push(&mut self, template: u64, values: &[u64]) {
        let hash = values.iter().fold(template.wrapping_mul(0x9E37_79B9_7F4A_7C15), |hash, &value| mix(hash, value));
        self.list.push(finish(hash));
    }
}

/// One number for several.
pub(crate) fn hash_of(values: &[u64]) -> u64 {
    finish(values.iter().fold(0x9E37_79B9_7F4A_7C15, |hash, &value| mix(hash, value)))
}

fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 29)
}

/// What stands outside of a view.
const NOTHING: u64 = 0;
/// How far up the tree is looked.
const CLIMB: usize = 10;

pub(crate) fn bucket(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

/// Views with the codes of their article: what features are made from.
pub(crate) struct Facts<'v, 'd, 'a> {
    pub view: &'v View<'d, 'a>,
    pub codes: &'v [Codes],
}

impl Facts<'_, '_, '_> {
    pub fn code(&self, position: Option<usize>) -> Codes {
        match position {
            Some(position) if position < self.view.len() => self.codes[self.view.tokens[position]],
            _ => Codes {
                word: NOTHING,
                lemma: NOTHING,
                tag: NOTHING,
                dep: NOTHING,
                shape: NOTHING,
                suffix: NOTHING,
                entity: NOTHING,
            },
        }
    }

    pub fn at(&self, position: usize, offset: isize) -> Codes {
        self.code(position.checked_add_signed(offset))
    }

    /// Outside of marks, inside, a mark that opens, one that closes, or deeper.
    pub fn state(&self, position: usize) -> u64 {
        let view = self.view;
        let depth = view.quoted(position);
        if depth == 0 {
            return 0;
        }
        let token = view.token(position);
        let edge = token.quotation.map(|index| view.doc.quotations[index].outer);
        let deep = if depth > 1 { 4 } else { 0 };
        match edge {
            Some(outer) if outer.start == token.piece.start => deep + 1,
            Some(outer) if outer.end == token.piece.end => deep + 2,
            _ => deep + 3,
        }
    }

    /// The facts by which every token of the view is told to be cue, source, content or none of these.
    pub fn of_token(&self, position: usize, out: &mut Features) {
        out.list.clear();
        self.words(position, out);
        self.surroundings(position, out);
        if !self.view.token(position).dep.is_empty() {
            self.tree(position, out);
        }
    }

    fn words(&self, p: usize, out: &mut Features) {
        let own = self.at(p, 0);
        let state = self.state(p);
        out.push(1, &[own.word]);
        out.push(2, &[own.lemma]);
        out.push(3, &[own.tag]);
        out.push(4, &[own.shape]);
        out.push(5, &[own.suffix]);
        out.push(6, &[state]);
        out.push(7, &[own.tag, state]);
        out.push(8, &[own.entity]);
        for offset in [-3, -2, -1, 1, 2, 3] {
            let near = self.at(p, offset);
            let side = offset as u64;
            if offset.abs() < 3 {
                out.push(9, &[side, near.word]);
                out.push(10, &[side, near.lemma, own.tag]);
            }
            out.push(11, &[side, near.tag]);
        }
        let (before, after) = (self.at(p, -1), self.at(p, 1));
        out.push(12, &[before.word, own.word]);
        out.push(13, &[own.word, after.word]);
        out.push(14, &[before.tag, own.tag]);
        out.push(15, &[own.tag, after.tag]);
        out.push(16, &[before.tag, own.tag, after.tag]);
        out.push(17, &[own.tag, after.tag, self.at(p, 2).tag]);
        out.push(18, &[self.at(p, -2).tag, before.tag, own.tag]);
    }

    fn surroundings(&self, p: usize, out: &mut Features) {
        let view = self.view;
        let token = view.token(p);
        let own = self.at(p, 0);
        let state = self.state(p);
        let sentence = &view.doc.sentences[token.sentence];
        let number = view.tokens[p];
        out.push(20, &[bucket((number - sentence.start).min(6)), state]);
        out.push(21, &[bucket((sentence.end - 1 - number).min(6)), state]);
        out.push(22, &[view.reporting.min(3) as u64]);
        out.push(23, &[bucket(p)]);
        for (side, found) in [(0, view.reporting_before[p]), (1, view.reporting_after[p])] {
            let Some(at) = found else {
                out.push(24, &[side, state]);
                continue;
            };
            let distance = bucket(at.abs_diff(p));
            let same = u64::from(view.token(at).sentence == token.sentence);
            let lemma = self.at(at, 0).lemma;
            out.push(25, &[side, distance, same]);
            out.push(26, &[side, lemma, same, state]);
            out.push(27, &[side, lemma, distance]);
            out.push(28, &[side, same, state, self.state(at), own.tag]);
        }
        for (side, found) in [(0, view.verb_before[p]), (1, view.verb_after[p])] {
            if let Some(at) = found.filter(|at| at.abs_diff(p) <= 12) {
                out.push(29, &[side, self.at(at, 0).lemma]);
                out.push(30, &[side, self.at(at, 0).lemma, own.tag]);
            }
        }
        if let Some(quotation) = token.quotation.filter(|_| view.quoted(p) > 0) {
            let (first, last) = (view.doc.quoted[quotation].start, view.doc.quoted[quotation].end);
            let length = bucket(last - first);
            let before = self.code(first.checked_sub(1).and_then(|at| view.position(at)));
            let after = self.code(view.position(last));
            let next = self.code(view.position(last + 1));
            let closing = self.code(last.checked_sub(2).and_then(|at| view.position(at)));
            out.push(31, &[length]);
            out.push(32, &[before.word, length]);
            out.push(33, &[after.tag, next.tag]);
            out.push(34, &[after.word, next.word]);
            out.push(35, &[closing.word, after.tag]);
            out.push(36, &[before.tag, length, own.tag]);
        }
    }

    fn tree(&self, p: usize, out: &mut Features) {
        let view = self.view;
        let own = self.at(p, 0);
        let state = self.state(p);
        let head = view.head(p);
        let up = self.code(head);
        out.push(40, &[own.dep]);
        out.push(41, &[own.dep, state]);
        out.push(42, &[own.dep, up.lemma]);
        out.push(43, &[own.dep, up.tag]);
        out.push(44, &[up.lemma, up.tag]);
        out.push(45, &[own.dep, own.lemma]);
        out.push(46, &[own.dep, own.tag, up.dep]);
        let grand = head.and_then(|head| view.head(head));
        let top = self.code(grand);
        out.push(47, &[own.dep, up.dep, top.lemma]);
        out.push(48, &[own.dep, up.dep, top.dep, top.tag]);
        self.climb(p, out);
        // What hangs on the token itself: a verb with a clause and a subject reports.
        let mut hanging = 0;
        for &child in view.doc.children(view.tokens[p]) {
            let Some(at) = view.position(child) else { continue };
            let below = self.at(at, 0);
            let bit = match view.token(at).dep {
                "ccomp" => 1,
                "xcomp" => 2,
                "nsubj" | "nsubjpass" => 4,
                "dobj" => 8,
                "prep" => 16,
                "advcl" => 32,
                "mark" => 64,
                "acl" | "relcl" => 128,
                "aux" | "auxpass" => 256,
                "neg" => 512,
                _ => 0,
            };
            hanging |= bit;
            if bit & (4 | 8) != 0 {
                out.push(50, &[bit, own.lemma, below.lemma]);
                out.push(51, &[bit, below.lemma]);
                out.push(52, &[bit, below.entity, below.tag]);
            } else if bit & (1 | 2) != 0 {
                let marked = view.doc.child(child, &["mark", "aux"]).and_then(|mark| view.position(mark));
                out.push(53, &[bit, own.lemma, self.code(marked).word]);
                out.push(54, &[bit, u64::from(at > p), below.tag]);
            } else if bit & 16 != 0 {
                out.push(55, &[own.lemma, below.lemma]);
            }
        }
        out.push(56, &[hanging & 0x7f]);
        out.push(57, &[own.lemma, hanging & 0xf]);
        out.push(58, &[own.tag, hanging & 0x3ff]);
    }

    /// What stands above the token: the verbs that govern the clauses it is in, and whose subject it is in.
    fn climb(&self, p: usize, out: &mut Features) {
        let view = self.view;
        let mut at = p;
        let mut nearest = None;
        let mut topmost = None;
        let mut subject_of = None;
        let mut depth = 0;
        let mut reporting_above = None;
        while let Some(head) = view.head(at) {
            let dep = view.token(at).dep;
            if matches!(dep, "ccomp" | "xcomp") {
                nearest = nearest.or(Some(head));
                topmost = Some(head);
                if reporting_above.is_none() && lexicon::verb(&view.token(head).lemma).is_some() {
                    reporting_above = Some((head, dep));
                }
            }
            if subject_of.is_none() && matches!(dep, "nsubj" | "nsubjpass") {
                subject_of = Some(head);
            }
            at = head;
            depth += 1;
            if depth >= CLIMB {
                break;
            }
        }
        let own = self.at(p, 0);
        let root = self.at(at, 0);
        out.push(60, &[bucket(depth)]);
        out.push(61, &[self.code(nearest).lemma]);
        out.push(62, &[self.code(topmost).lemma]);
        out.push(63, &[self.code(topmost).lemma, own.tag]);
        out.push(64, &[self.code(subject_of).lemma]);
        let is_before = |other: Option<usize>| other.map_or(2, |other| u64::from(other > p));
        out.push(65, &[is_before(subject_of), self.code(subject_of).lemma, own.tag]);
        out.push(66, &[root.lemma, u64::from(at == p)]);
        out.push(67, &[root.lemma, own.dep]);
        out.push(68, &[is_before(topmost), self.state(p), self.code(topmost).tag]);
        if let Some((verb, dep)) = reporting_above {
            out.push(69, &[self.at(verb, 0).lemma, xxh3_64(dep.as_bytes()), bucket(verb.abs_diff(p))]);
        }
    }
}
