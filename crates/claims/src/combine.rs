//! One list of proposals from those of the rules and those of the taggers.

use crate::doc::Doc;
use crate::lexicon;
use crate::polarity;
use crate::proposal::Proposal;
use crate::quoted;

/// What the layout, the taggers and the rules found, without what contradicts. The taggers say what is claimed on the
/// outermost level, the rules what is claimed within that, and who speaks the quotations that are left.
pub(crate) fn combine(
    doc: &Doc,
    layout: Vec<Proposal>,
    learned: Option<Vec<Proposal>>,
    rules: Vec<Proposal>,
) -> Vec<Proposal> {
    let mut formed = vec![false; doc.tokens.len()];
    for claim in &layout {
        claim.content.iter().chain(&claim.source).chain(&claim.cue).for_each(|&token| formed[token] = true);
    }
    let free = |claim: &Proposal| !claim.cue.iter().any(|&token| formed[token]);
    let has_model = learned.is_some();
    let mut kept = layout;
    kept.extend(learned.into_iter().flatten().filter(|claim| free(claim)));
    let mut taken = vec![false; doc.tokens.len()];
    let mut claimed = vec![false; doc.tokens.len()];
    for claim in &kept {
        claim.cue.iter().for_each(|&token| taken[token] = true);
        claim.content.iter().for_each(|&token| claimed[token] = true);
    }
    for rule in rules {
        let cue = polarity::head(doc, &rule.cue);
        if rule.cue.iter().any(|&token| taken[token]) {
            continue;
        }
        let unclaimed = rule.content.iter().filter(|&&token| doc.tokens[token].depth > 0 && !claimed[token]).count();
        let speaks = lexicon::is_plain_speech(&doc.tokens[cue].lemma) && 2 * unclaimed > rule.content.len();
        if !has_model || claimed[cue] || speaks || rule.cites {
            kept.push(rule);
        }
    }
    quoted::complete(doc, &mut kept);
    kept
}
