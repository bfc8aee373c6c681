//! Whether a claim is said to be made, or said not to be; and how its source holds it.

use wirecopy_model::Medium;

use crate::doc::Doc;
use crate::lexicon::{self, Verb};
use crate::proposal::Proposal;

/// The word of a cue that governs the others: a verb before others, the last of several.
pub(crate) fn head(doc: &Doc, cue: &[usize]) -> usize {
    let reports = |at: usize| lexicon::verb(&doc.tokens[at].lemma).is_some();
    let verbs = cue.iter().copied().filter(|&at| doc.tokens[at].tag.starts_with('V'));
    verbs.max_by_key(|&at| (reports(at), at)).unwrap_or(cue[cue.len() - 1])
}

/// Whether the text says that the source did not say this: "declined to say", "would not confirm".
pub(crate) fn negated(doc: &Doc, claim: &Proposal) -> bool {
    let is_no = |at: usize| matches!(doc.lower(at), "not" | "n't" | "never" | "neither" | "nor" | "no" | "without");
    let verb = head(doc, &claim.cue);
    let refuses = |at: usize| lexicon::is_refusal(&doc.tokens[at].lemma) && doc.tokens[at].is_verb();
    let denied_verb = doc
        .children(verb)
        .iter()
        .any(|&at| is_no(at) && matches!(doc.tokens[at].dep, "neg" | "preconj" | "advmod" | "cc") && at < verb);
    // "would neither confirm nor deny"
    let first = doc.tokens[verb].head;
    let joined = doc.tokens[verb].dep == "conj" && doc.tokens[first].is_verb();
    let neither = joined
        && doc.children(first).iter().any(|&at| {
            matches!(doc.lower(at), "neither" | "nor")
                || is_no(at) && doc.child(verb, &["nsubj", "aux"]).is_none() && at < first
        });
    let nobody = claim.source.first().is_some_and(|&at| matches!(doc.lower(at), "nobody" | "none" | "neither" | "no"));
    let governor = doc.tokens[verb].head;
    let governed = doc.tokens[verb].dep == "xcomp"
        && (refuses(governor) || doc.children(governor).iter().any(|&at| doc.tokens[at].dep == "neg"));
    claim.cue.iter().any(|&at| is_no(at) || refuses(at)) || denied_verb || neither || nobody || governed
}

/// How the source holds the content.
pub(crate) fn medium(doc: &Doc, claim: &Proposal) -> Medium {
    let verb = head(doc, &claim.cue);
    let lemma = doc.tokens[verb].lemma.as_ref();
    let document = claim.source.iter().any(|&at| {
        lexicon::is_document(&doc.tokens[at].lemma)
            && doc.tokens[at].pos == "NOUN"
            && !claim.source.contains(&doc.tokens[at].head)
    });
    if matches!(lemma, "write" | "tweet" | "post" | "publish" | "read" | "blog" | "retweet" | "email") || document {
        Medium::Writing
    } else if lexicon::verb(lemma) == Some(Verb::Attitude) {
        Medium::Attitude
    } else {
        Medium::Speech
    }
}
