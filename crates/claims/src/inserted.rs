//! Reporting clauses put into a sentence or behind it: "The dam, she said, held.", "The dam held, said the mayor."
//!
//! Told by commas and the order of words, since parsers often get them wrong. Not for: clauses that govern what is
//! said ("She said that the dam held").

use std::ops::Range;

use crate::doc::Doc;
use crate::lexicon;
use crate::phrase;
use crate::proposal::Proposal;

/// Longer names of speakers are clauses.
const LONGEST_SOURCE: usize = 14;
/// Words about when and to whom, between verb and comma.
const LONGEST_REST: usize = 8;
/// Sentences of more tokens are no sentences.
const LONGEST_SENTENCE: usize = 500;

/// The inserted clauses of an article, in order.
pub(crate) fn find(doc: &Doc) -> Vec<Proposal> {
    let sentences = doc.sentences.iter().filter(|sentence| sentence.len() <= LONGEST_SENTENCE);
    let mut found = Vec::new();
    for sentence in sentences {
        for verb in sentence.clone() {
            if let Some(claim) = clause(doc, sentence, verb) {
                found.extend(told_around(doc, &claim));
                found.push(claim);
            }
        }
    }
    found.sort_by(|a, b| a.cue.cmp(&b.cue));
    found
}

/// "He had warned her, she said, that it would end": the clause behind the insertion is what the verb before it says.
fn told_around(doc: &Doc, around: &Proposal) -> Option<Proposal> {
    let cue = around.cue[0];
    let split = around.content.iter().position(|&at| at > cue)?;
    let (left, right) = around.content.split_at(split);
    let first = right.iter().copied().find(|&at| !doc.tokens[at].is_punctuation())?;
    if !matches!(doc.lower(first), "that" | "whether" | "how" | "why") {
        return None;
    }
    let reports = |at: &usize| doc.tokens[*at].tag.starts_with('V') && lexicon::verb(&doc.tokens[*at].lemma).is_some();
    let verb = left.iter().copied().rev().find(reports)?;
    let source = phrase::subject(doc, verb).unwrap_or_default();
    Some(Proposal::new(phrase::verb_group(doc, verb), source, phrase::trim(doc, right.to_vec())))
}

fn clause(doc: &Doc, sentence: &Range<usize>, verb: usize) -> Option<Proposal> {
    let token = &doc.tokens[verb];
    // "Hundreds died, the agency estimates.": a last word may be a verb that is taken for a noun.
    let last_word = verb + 1 == sentence.end || doc.tokens[verb + 1].text == ".";
    let as_noun = token.tag == "NNS" && last_word && lexicon::lemma_of_form(&token.lower).is_some();
    let lemma = if as_noun { lexicon::lemma_of_form(&token.lower).unwrap_or_default() } else { &token.lemma };
    let is_verb = as_noun || matches!(token.tag, "VBD" | "VBZ" | "VBP" | "VBN");
    if !is_verb || !lexicon::is_plain_speech(lemma) || lexicon::gives_names(lemma) {
        return None;
    }
    let group = phrase::verb_group(doc, verb);
    let (source, own) = match subject_before(doc, sentence, group[0]) {
        Some(source) => {
            let end = rest(doc, sentence, verb + 1)?;
            (source.clone(), source.start..end)
        }
        None => {
            let source = subject_after(doc, sentence, verb)?;
            (source.clone(), group[0]..source.end)
        }
    };
    let left = segment_start(doc, sentence, own.start)..own.start;
    let said = doc.tokens[left.clone()].iter().filter(|token| !token.is_punctuation()).count();
    // What is said is there before, and makes a sentence or a part of one.
    if said == 0 || !is_break(doc, own.start.checked_sub(1)?) {
        return None;
    }
    let mut content: Vec<usize> = left.collect();
    if goes_on(doc, sentence, &content, own.end) {
        let end = (own.end..sentence.end).find(|&at| doc.tokens[at].text == ";").unwrap_or(sentence.end);
        content.extend(own.end..end);
    }
    let mut content = phrase::with_quotations(doc, verb, content);
    content.retain(|at| !own.contains(at));
    Some(Proposal::new(group, phrase::trim(doc, source.collect()), phrase::trim(doc, content)))
}

fn is_break(doc: &Doc, at: usize) -> bool {
    matches!(doc.tokens[at].text, "," | "–" | "—" | "--" | "―") || doc.tokens[at].is_mark()
}

/// Where what is said begins: the sentence, or the part of it behind a semicolon.
fn segment_start(doc: &Doc, sentence: &Range<usize>, before: usize) -> usize {
    (sentence.start..before).rev().find(|&at| doc.tokens[at].text == ";").map_or(sentence.start, |at| at + 1)
}

/// The speaker between a comma and the verb.
fn subject_before(doc: &Doc, sentence: &Range<usize>, verb: usize) -> Option<Range<usize>> {
    // An apposition puts a comma into the name: "the engineer, Ina Orr, told".
    let subject = doc.child(verb, &["nsubj"]).or_else(|| {
        (verb + 1 < doc.tokens.len() && doc.tokens[verb].tag != "VBD")
            .then(|| doc.child(verb + 1, &["nsubj"]))
            .flatten()
    });
    let phrase_start = subject.filter(|&at| at < verb).map(|at| doc.subtree(at).start);
    // Only a name that a comma closes before the verb has commas in it: "the engineer, Ina Orr, told".
    let closed = verb > sentence.start && doc.tokens[verb - 1].text == ",";
    let longest = if closed { verb - phrase_start.unwrap_or(verb) } else { 0 };
    let floor = sentence.start.max(verb.saturating_sub(longest.clamp(LONGEST_SOURCE, 2 * LONGEST_SOURCE)));
    let mut start = verb;
    while start > floor {
        let at = start - 1;
        let inside = closed && phrase_start.is_some_and(|phrase| at >= phrase);
        let stops = is_break(doc, at) && !inside;
        if stops || matches!(doc.tokens[at].text, ";" | ":") || doc.tokens[at].depth != doc.tokens[verb].depth {
            break;
        }
        if matches!(doc.tokens[at].tag, "VBD" | "VBZ" | "VBP" | "MD" | "WP" | "WDT" | "CC" | "WRB") {
            return None;
        }
        start -= 1;
    }
    let first = doc.tokens.get(start)?;
    let has_noun = doc.tokens[start..verb].iter().any(|token| token.is_nominal());
    (start > sentence.start && start < verb && has_noun && first.tag != "IN" && is_break(doc, start - 1))
        .then_some(start..verb)
}

/// The end of what stands between the verb and the comma or stop: no clause, only when and to whom.
fn rest(doc: &Doc, sentence: &Range<usize>, from: usize) -> Option<usize> {
    for at in from..sentence.end.min(from + LONGEST_REST) {
        if is_break(doc, at) || matches!(doc.tokens[at].text, "." | ";" | "?" | "!") {
            return Some(at);
        }
        if doc.tokens[at].is_verb() || matches!(doc.tokens[at].lower.as_ref(), "that" | "whether" | "how" | ":") {
            return None;
        }
    }
    (sentence.end - from <= LONGEST_REST).then_some(sentence.end)
}

/// The speaker behind the verb, up to a comma or stop.
fn subject_after(doc: &Doc, sentence: &Range<usize>, verb: usize) -> Option<Range<usize>> {
    let before = verb.checked_sub(1).filter(|&at| at >= sentence.start)?;
    if !is_break(doc, before) {
        return None;
    }
    let start = verb + 1;
    if doc
        .tokens
        .get(start)
        .is_none_or(|next| matches!(next.lower.as_ref(), "that" | "whether" | "how" | "why" | "if" | "to"))
    {
        return None;
    }
    let noun = (start..sentence.end.min(start + LONGEST_SOURCE))
        .find(|&at| doc.tokens[at].is_nominal() && doc.tokens[at].dep != "compound" && doc.tokens[at].dep != "poss")?;
    if doc.tokens[start..noun].iter().any(|token| token.is_verb() || is_stop(token.text)) {
        return None;
    }
    let phrase = phrase::noun_phrase(doc, noun);
    let end = phrase.last().map_or(noun, |&last| last) + 1;
    let ends = end >= sentence.end
        || is_break(doc, end)
        || is_stop(doc.tokens[end].text)
        || matches!(doc.tokens[end].tag, "IN" | "WRB" | "TO");
    (ends && end > start && doc.subtree(noun).start >= start).then_some(start..end)
}

fn is_stop(text: &str) -> bool {
    matches!(text, "." | ";" | "," | ":" | "?" | "!" | "(")
}

/// Whether what is said goes on behind the clause: not where a quotation is complete, nor into the reporter's words.
fn goes_on(doc: &Doc, sentence: &Range<usize>, content: &[usize], at: usize) -> bool {
    if at >= sentence.end || !is_break(doc, at) && doc.tokens[at].text != "," {
        return false;
    }
    let Some(next) = (at + 1..sentence.end).find(|&next| !doc.tokens[next].is_punctuation()) else { return false };
    let quoted = |at: usize| doc.tokens[at].depth > 0;
    if content.iter().any(|&at| quoted(at)) && !quoted(next) {
        return false;
    }
    let word = &doc.tokens[next];
    !matches!(word.tag, "VBG" | "WP" | "WDT" | "WRB")
        && !matches!(
            word.lower.as_ref(),
            "as" | "while" | "after" | "before" | "who" | "which" | "but" | "with" | "when"
        )
}
