//! From proposals to claims with chains: what stands in the content of a claim is a claim of its chain.
//!
//! Not for: names; links come out of here without speakers.

use wirecopy_model::{Claim, ClaimKind, ClaimLink, Quoted};

use crate::doc::Doc;
use crate::polarity;
use crate::proposal::Proposal;

/// Proposals with their places in each other.
pub(crate) struct Forest {
    pub proposals: Vec<Proposal>,
    /// The claim that each one stands in.
    pub parents: Vec<Option<usize>>,
}

impl Forest {
    /// Finds what stands in what. Contents of inner claims are cut to those of the outer ones.
    pub fn grow(doc: &Doc, mut proposals: Vec<Proposal>) -> Self {
        proposals.sort_by(|a, b| a.cue.cmp(&b.cue).then(b.content.len().cmp(&a.content.len())));
        proposals.dedup_by(|later, first| later.cue == first.cue);
        let mut parents = vec![None; proposals.len()];
        let mut order: Vec<usize> = (0..proposals.len()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(proposals[at].content.len()), proposals[at].cites, at));
        // The smallest content so far that holds each token.
        let mut owner: Vec<Option<usize>> = vec![None; doc.tokens.len()];
        for &at in &order {
            let cue = polarity::head(doc, &proposals[at].cue);
            let parent = if proposals[at].cites {
                cited_by(&proposals, &owner, at)
            } else {
                owner[cue].filter(|&outer| starts_within(&proposals[at].content, &proposals[outer].content))
            };
            if let Some(outer) = parent.filter(|_| !proposals[at].cites) {
                let content = std::mem::take(&mut proposals[outer].content);
                proposals[at].content.retain(|token| content.binary_search(token).is_ok());
                proposals[outer].content = content;
            }
            parents[at] = parent;
            for &token in &proposals[at].content {
                owner[token] = Some(at);
            }
        }
        Forest { proposals, parents }
    }

    /// How many claims a claim stands in.
    pub fn depth(&self, at: usize) -> usize {
        self.chain(at).len() - 1
    }

    /// The claims from the outermost to `at`.
    pub fn chain(&self, at: usize) -> Vec<usize> {
        let mut chain = vec![at];
        // A parent has a larger content or is not cited, so this ends; the bound is for safety.
        while let Some(outer) = self.parents[chain[chain.len() - 1]].filter(|_| chain.len() <= DEEPEST) {
            chain.push(outer);
        }
        chain.reverse();
        chain
    }

    /// The claims with their links.
    pub fn claims(&self, doc: &Doc, link: impl Fn(usize) -> ClaimLink) -> Vec<Claim> {
        let kinds = self.kinds(doc);
        (0..self.proposals.len())
            .filter(|&at| !self.proposals[at].content.is_empty())
            .map(|at| {
                let proposal = &self.proposals[at];
                Claim {
                    kind: kinds[at],
                    quoted: quoted(doc, &proposal.content),
                    content: doc.span(&proposal.content),
                    chain: self.chain(at).into_iter().map(&link).collect(),
                    negated: polarity::negated(doc, proposal),
                    medium: polarity::medium(doc, proposal),
                }
            })
            .collect()
    }

    /// Whose own words stand between marks: those of the innermost claim whose content holds the whole quotation.
    fn kinds(&self, doc: &Doc) -> Vec<ClaimKind> {
        // For each quotation of the article, its words that some claim has as its own.
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); self.proposals.len()];
        for (at, parent) in self.parents.iter().enumerate() {
            if let Some(outer) = parent {
                children[*outer].push(at);
            }
        }
        (0..self.proposals.len())
            .map(|at| {
                let proposal = &self.proposals[at];
                let verb = polarity::head(doc, &proposal.cue);
                let mut words = 0;
                let mut own = 0;
                for &token in proposal.content.iter().filter(|&&token| !doc.tokens[token].is_punctuation()) {
                    words += 1;
                    // The quotation that opens behind the verb, not one within it.
                    let quotation = doc.quotation_at(token, doc.tokens[verb].depth);
                    let around = |verb: usize| quotation.is_some_and(|index| doc.quoted[index].contains(&verb));
                    if quotation.is_none() || around(verb) {
                        continue;
                    }
                    let inner = children[at].iter().any(|&child| {
                        self.proposals[child].content.binary_search(&token).is_ok()
                            && !around(polarity::head(doc, &self.proposals[child].cue))
                    });
                    own += usize::from(!inner);
                }
                match own {
                    0 => ClaimKind::Indirect,
                    _ if own == words => ClaimKind::Direct,
                    _ => ClaimKind::Mixed,
                }
            })
            .collect()
    }
}

/// Chains are followed this deep.
const DEEPEST: usize = 16;

/// The claim whose content a citing claim shares.
fn cited_by(proposals: &[Proposal], owner: &[Option<usize>], at: usize) -> Option<usize> {
    let first = *proposals[at].content.first()?;
    owner[first].filter(|&outer| outer != at && mostly_within(&proposals[at].content, &proposals[outer].content))
}

/// Whether a content begins in another one, or has half of its words there.
fn starts_within(inner: &[usize], outer: &[usize]) -> bool {
    inner.first().is_some_and(|first| outer.binary_search(first).is_ok()) || mostly_within(inner, outer)
}

fn mostly_within(inner: &[usize], outer: &[usize]) -> bool {
    let shared = inner.iter().filter(|token| outer.binary_search(token).is_ok()).count();
    2 * shared > inner.len()
}

fn quoted(doc: &Doc, content: &[usize]) -> Quoted {
    let words = content.iter().filter(|&&token| !doc.tokens[token].is_punctuation());
    let (mut inside, mut all) = (0, 0);
    for &token in words {
        all += 1;
        inside += usize::from(doc.tokens[token].depth > 0);
    }
    match inside {
        0 => Quoted::None,
        _ if inside == all => Quoted::Full,
        _ => Quoted::Part,
    }
}
