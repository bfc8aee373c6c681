//! Claims by the order of words alone, for texts without an analysis: a speaker, a verb of saying, what is said.
//!
//! Covers what newspapers write most; misses what only grammar tells.

use std::ops::Range;

use crate::doc::Doc;
use crate::lexicon::{self, Verb};
use crate::phrase;
use crate::proposal::Proposal;

/// Longer subjects are clauses.
const LONGEST_SOURCE: usize = 14;
/// Words about when, where and to whom between a verb and "that".
const LONGEST_REST: usize = 9;
/// Sentences of more tokens are no sentences.
const LONGEST_SENTENCE: usize = 500;

/// The claims of a text, in the order of their cues.
pub(crate) fn find(doc: &Doc) -> Vec<Proposal> {
    let sentences = doc.sentences.iter().filter(|sentence| sentence.len() <= LONGEST_SENTENCE);
    sentences.flat_map(|sentence| sentence.clone().filter_map(|at| claim(doc, sentence, at))).collect()
}

fn claim(doc: &Doc, sentence: &Range<usize>, at: usize) -> Option<Proposal> {
    let token = &doc.tokens[at];
    if token.lower == "according" && doc.tokens.get(at + 1).is_some_and(|next| next.lower == "to") {
        return according(doc, sentence, at);
    }
    let refusal = lexicon::is_refusal(&token.lemma) && !token.lemma.is_empty();
    if !matches!(token.tag, "VBD" | "VBZ" | "VBP" | "VBG") && !refusal {
        return None;
    }
    let kind = if refusal { Verb::Speech } else { lexicon::verb(&token.lemma)? };
    let cue = phrase::verb_group(doc, at);
    let source = subject(doc, sentence, cue[0]);
    let content = match clause(doc, sentence, at, kind) {
        Some(clause) => clause.collect(),
        None if kind == Verb::Attitude || source.is_empty() => return None,
        None => phrase::adjacent_quotation(doc, at, &source)?,
    };
    Some(Proposal::new(cue, source, phrase::trim(doc, content)))
}

/// "according to X": X up to a comma or the end.
fn according(doc: &Doc, sentence: &Range<usize>, at: usize) -> Option<Proposal> {
    let start = at + 2;
    let end = (start..sentence.end).find(|&at| matches!(doc.tokens[at].text, "," | "." | ";" | ":"))?;
    let content: Vec<usize> = sentence.clone().filter(|token| !(at..end).contains(token)).collect();
    (end > start).then(|| Proposal::new(vec![at, at + 1], (start..end).collect(), phrase::trim(doc, content)))
}

/// The words before a verb that may be its subject: up to the start of the clause.
fn subject(doc: &Doc, sentence: &Range<usize>, verb: usize) -> Vec<usize> {
    let floor = sentence.start.max(verb.saturating_sub(LONGEST_SOURCE));
    let depth = doc.tokens[verb].depth;
    let mut start = verb;
    while start > floor {
        let token = &doc.tokens[start - 1];
        let stops = matches!(token.tag, "VBD" | "VBZ" | "VBP" | "MD" | "CC" | "WRB")
            || matches!(token.text, ";" | ":" | "–" | "—" | "-" | "(" | ")" | "?" | "!")
            || token.depth != depth
            || token.lower == "that";
        if stops {
            break;
        }
        start -= 1;
        if token.tag == "WP" {
            break;
        }
    }
    // "On Tuesday, the mayor said": what a comma parts from the rest is no subject, unless it closes an apposition.
    let tokens: Vec<usize> = (start..verb).collect();
    let commas: Vec<usize> = tokens.iter().copied().filter(|&at| doc.tokens[at].text == ",").collect();
    let tokens = match commas[..] {
        [only] if only + 1 < verb => (only + 1..verb).collect(),
        _ => tokens,
    };
    let opens_with_preposition = tokens.first().is_some_and(|&at| doc.tokens[at].tag == "IN");
    let has_noun = tokens.iter().any(|&at| doc.tokens[at].is_nominal());
    if has_noun && !opens_with_preposition { phrase::trim(doc, tokens) } else { Vec::new() }
}

/// What follows a verb and may be a clause: from "that", a question word, "to", or a new subject on.
fn clause(doc: &Doc, sentence: &Range<usize>, verb: usize, kind: Verb) -> Option<Range<usize>> {
    let token = &doc.tokens[verb];
    let end = (verb + 1..sentence.end)
        .find(|&at| doc.tokens[at].text == ";" || doc.tokens[at].depth < token.depth)
        .unwrap_or(sentence.end);
    let stop = end.min(verb + 1 + LONGEST_REST);
    let parted =
        |at: &usize| !matches!(doc.tokens[*at].text, "," | ":" | "." | "?" | "!") && !doc.tokens[*at].is_mark();
    let near = || (verb + 1..stop).take_while(parted);
    if let Some(that) = near().find(|&at| doc.lower(at) == "that" && at + 1 < end) {
        return Some(that..end);
    }
    let next = verb + 1;
    if next >= end {
        return None;
    }
    let first = &doc.tokens[next];
    let asks = matches!(first.tag, "WRB" | "WP") || first.lower == "whether" || first.lower == "if";
    let to = first.lower == "to" && (kind == Verb::Attitude || INFINITIVE.contains(&token.lemma.as_ref()));
    let starts = matches!(first.tag, "PRP" | "DT" | "NNP" | "NNS") && CLAUSE.contains(&token.lemma.as_ref());
    let has_verb = may_have_verb(doc, next..end);
    if asks || to || starts && has_verb {
        return Some(next..end);
    }
    // "told reporters the dam held"
    if matches!(token.lemma.as_ref(), "tell" | "inform" | "remind" | "assure" | "warn") {
        let subject = near().skip(1).find(|&at| matches!(doc.tokens[at].tag, "PRP" | "DT"))?;
        let has_verb = may_have_verb(doc, subject..end);
        return has_verb.then_some(subject..end);
    }
    None
}

/// Whether one of the words is a verb, or looks like one in the past.
fn may_have_verb(doc: &Doc, range: Range<usize>) -> bool {
    doc.tokens[range].iter().any(|token| {
        matches!(token.tag, "VBD" | "VBZ" | "VBP" | "MD") || token.tag == "NN" && token.lower.ends_with("ed")
    })
}

/// Verbs whose clause needs no "that".
const CLAUSE: [&str; 22] = [
    "say",
    "think",
    "believe",
    "hope",
    "insist",
    "claim",
    "suggest",
    "fear",
    "warn",
    "argue",
    "note",
    "admit",
    "add",
    "confirm",
    "deny",
    "report",
    "write",
    "announce",
    "predict",
    "estimate",
    "acknowledge",
    "reckon",
];

/// Verbs of saying that take an infinitive.
const INFINITIVE: [&str; 9] = ["promise", "vow", "threaten", "pledge", "agree", "decline", "refuse", "offer", "swear"];
