//! From proposals to claims with chains.

use wirecopy_model::{Claim, ClaimKind, ClaimLink, Medium, Quoted};

use crate::doc::Doc;
use crate::proposal::Proposal;

pub(crate) fn build(doc: &Doc, mut proposals: Vec<Proposal>) -> Vec<Claim> {
    proposals.sort_by(|a, b| a.cue.cmp(&b.cue));
    let inside = |inner: &[usize], outer: &[usize]| {
        let shared = inner.iter().filter(|token| outer.binary_search(token).is_ok()).count();
        2 * shared > inner.len()
    };
    let mut claims = Vec::new();
    for (at, p) in proposals.iter().enumerate() {
        let mut chain = vec![at];
        let mut cur = at;
        loop {
            let outer = (0..proposals.len())
                .filter(|&o| o != cur && !chain.contains(&o) && inside(&proposals[cur].cue, &proposals[o].content))
                .min_by_key(|&o| proposals[o].content.len());
            match outer {
                Some(o) => {
                    chain.push(o);
                    cur = o
                }
                None => break,
            }
        }
        chain.reverse();
        claims.push(Claim {
            kind: ClaimKind::Indirect,
            quoted: Quoted::None,
            content: doc.span(&p.content),
            chain: chain
                .iter()
                .map(|&l| ClaimLink {
                    source: doc.span(&proposals[l].source),
                    cue: doc.span(&proposals[l].cue),
                    speaker: None,
                    certainty: 0.0,
                })
                .collect(),
            negated: false,
            medium: Medium::Speech,
        });
    }
    for c in &mut claims {
        let q = |t: &crate::doc::Token| t.depth > 0;
        let toks: Vec<_> = doc.tokens.iter().filter(|t| c.content.covers(t.piece) && !t.is_punctuation()).collect();
        let n = toks.iter().filter(|t| q(t)).count();
        (c.kind, c.quoted) = if n == 0 {
            (ClaimKind::Indirect, Quoted::None)
        } else if n == toks.len() {
            (ClaimKind::Direct, Quoted::Full)
        } else {
            (ClaimKind::Mixed, Quoted::Part)
        };
    }
    claims
}
