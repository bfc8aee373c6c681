//! Phrases around a verb or noun of the dependency tree: its subject, its complement, the words that go with it.

use crate::doc::Doc;
use crate::lexicon::{self, Verb};

/// The noun phrase of a noun: its subtree without relative clauses and loose ends.
pub(crate) fn noun_phrase(doc: &Doc, noun: usize) -> Vec<usize> {
    if doc.tokens[noun].dep.is_empty() {
        return words_from(doc, noun);
    }
    let whole = doc.subtree(noun);
    let mut end = whole.end;
    for &child in doc.children(noun) {
        let loose = match doc.tokens[child].dep {
            "relcl" => true,
            // A participle behind a comma goes with the sentence; one without belongs to the noun.
            "acl" | "advcl" => doc.lower(doc.subtree(child).start.max(1) - 1) == ",",
            "conj" => doc.tokens[child].is_verb(),
            _ => false,
        };
        if loose && child > noun {
            end = end.min(doc.subtree(child).start);
        }
    }
    // Relative clauses of a modifier ("the head of the firm, which ...").
    let inner = (noun + 1..end).find(|&at| {
        doc.tokens[at].dep == "relcl"
            && doc.lower(doc.subtree(at).start.max(1) - 1) == ","
            && doc.subtree(at).start > noun
    });
    if let Some(inner) = inner {
        end = end.min(doc.subtree(inner).start);
    }
    trim(doc, (whole.start..end.max(noun + 1)).collect())
}

/// Without a tree: what follows up to a verb or mark.
fn words_from(doc: &Doc, noun: usize) -> Vec<usize> {
    const LONGEST: usize = 14;
    let sentence = doc.sentences[doc.tokens[noun].sentence].clone();
    let ends = |at: &usize| {
        let token = &doc.tokens[*at];
        token.is_verb() || token.is_punctuation() && token.text != "-" || token.tag == "WP" || token.lower == "that"
    };
    (noun..sentence.end.min(noun + LONGEST)).take_while(|at| !ends(at)).collect()
}

/// The tokens of a clause.
pub(crate) fn clause(doc: &Doc, head: usize) -> Vec<usize> {
    doc.subtree(head).collect()
}

/// Without punctuation at its ends, except marks and what closes within them; without a leading "that".
pub(crate) fn trim(doc: &Doc, mut tokens: Vec<usize>) -> Vec<usize> {
    let loose =
        |token: usize| matches!(doc.tokens[token].text, "," | ";" | ":" | "." | "-" | "–" | "—" | "--" | "?" | "!");
    while tokens.last().is_some_and(|&token| loose(token) && doc.tokens[token].depth == 0) {
        tokens.pop();
    }
    let start = tokens.iter().position(|&token| !loose(token)).unwrap_or(tokens.len());
    tokens.drain(..start);
    tokens
}

/// A verb with its auxiliaries, adverbs and particle, as far as they stand together.
pub(crate) fn verb_group(doc: &Doc, verb: usize) -> Vec<usize> {
    let bare = doc.tokens[verb].dep.is_empty();
    let goes_with = |at: usize| {
        if bare {
            let token = &doc.tokens[at];
            return token.pos == "AUX" || token.tag == "RB" && token.sentence == doc.tokens[verb].sentence;
        }
        doc.tokens[at].head == verb
            && matches!(doc.tokens[at].dep, "aux" | "auxpass" | "neg" | "advmod" | "prt" | "preconj")
    };
    let mut start = verb;
    while start > 0 && goes_with(start - 1) && doc.tokens[start - 1].sentence == doc.tokens[verb].sentence {
        start -= 1;
    }
    let mut group: Vec<usize> = (start..=verb).collect();
    group.extend(
        (verb + 1 < doc.tokens.len() && doc.tokens[verb + 1].dep == "prt" && goes_with(verb + 1)).then_some(verb + 1),
    );
    group
}

/// The phrase of a verb's subject: its own, or that of the verb it is coordinated with or depends on.
pub(crate) fn subject(doc: &Doc, verb: usize) -> Option<Vec<usize>> {
    subject_head(doc, verb, 0).map(|subject| noun_phrase(doc, subject))
}

const CLIMB: usize = 6;

pub(crate) fn subject_head(doc: &Doc, verb: usize, climbed: usize) -> Option<usize> {
    if let Some(subject) = doc.child(verb, &["nsubj"]) {
        return Some(subject);
    }
    if climbed > CLIMB {
        return None;
    }
    let head = doc.tokens[verb].head;
    if head == verb {
        return None;
    }
    match doc.tokens[verb].dep {
        "conj" if doc.tokens[head].is_verb() || doc.tokens[head].pos == "AUX" => inherited(doc, head, climbed),
        "xcomp" | "ccomp" if !matches!(doc.tokens[verb].tag, "VBD" | "VBZ" | "VBP") => {
            let object = doc.child(head, &["dobj"]).filter(|&object| object < verb);
            // "told her to say" is of her; "called them to say" is not of them.
            let lemma = doc.tokens[head].lemma.as_ref();
            let controls = lexicon::verb(lemma) == Some(Verb::Request)
                || matches!(
                    lemma,
                    "tell"
                        | "want"
                        | "expect"
                        | "hear"
                        | "see"
                        | "let"
                        | "make"
                        | "help"
                        | "force"
                        | "allow"
                        | "lead"
                        | "cause"
                );
            object.filter(|_| controls).or_else(|| inherited(doc, head, climbed))
        }
        "advcl" if matches!(doc.tokens[verb].tag, "VBG" | "VB") => inherited(doc, head, climbed),
        "pcomp" => {
            let outer = doc.tokens[head].head;
            let quoted_as = doc.lower(head) == "as";
            let object = doc.child(outer, &["dobj"]).filter(|&object| quoted_as && object < verb);
            object
                .or_else(|| doc.child(outer, &["nsubjpass"]).filter(|_| quoted_as))
                .or_else(|| doc.tokens[outer].is_verb().then(|| inherited(doc, outer, climbed)).flatten())
        }
        "acl" if doc.tokens[verb].tag == "VBG" => Some(head),
        _ => None,
    }
}

fn inherited(doc: &Doc, head: usize, climbed: usize) -> Option<usize> {
    doc.child(head, &["nsubjpass"]).or_else(|| subject_head(doc, head, climbed + 1))
}

/// Who does it, in the passive: "was told by".
pub(crate) fn agent(doc: &Doc, verb: usize) -> Option<Vec<usize>> {
    let by = doc.child(verb, &["agent"])?;
    doc.child(by, &["pobj"]).map(|object| noun_phrase(doc, object))
}

/// The clause that a verb takes, with the quotation it is a part of.
pub(crate) fn complement(doc: &Doc, verb: usize, source: &[usize]) -> Option<Vec<usize>> {
    let clauses = || doc.children(verb).iter().copied().filter(|&child| doc.tokens[child].dep == "ccomp");
    let child = clauses().find(|&child| child > verb).or_else(|| clauses().next())?;
    // "explained his views on a region where ...": a clause of place is of the noun.
    let of_place = matches!(doc.lower(doc.subtree(child).start), "where" | "when");
    if of_place && doc.child(verb, &["dobj"]).is_some() {
        return None;
    }
    let mut tokens = clause(doc, child);
    let own = [verb];
    // The subtree of a clause before its verb may reach over the verb's own words.
    if child < verb {
        let first = source.first().copied().unwrap_or(verb).min(verb);
        tokens.retain(|&at| at < first || at > verb);
    }
    tokens.retain(|at| !own.contains(at) && !source.contains(at));
    if child > verb {
        // Coordinated clauses hang on the first: they are in its subtree already. What stands before the verb is not.
        tokens.retain(|&at| at > verb);
    }
    Some(with_quotations(doc, verb, tokens))
}

/// A content that runs into a quotation takes in the whole of it, unless the verb stands in it too.
pub(crate) fn with_quotations(doc: &Doc, verb: usize, mut tokens: Vec<usize>) -> Vec<usize> {
    let mut quotations: Vec<usize> = tokens.iter().filter_map(|&at| doc.tokens[at].quotation).collect();
    quotations.dedup();
    for quotation in quotations {
        let whole = doc.quoted[quotation].clone();
        if doc.quotations[quotation].closed && !whole.contains(&verb) {
            tokens.extend(whole);
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// The quotation that ends right before a verb's clause or begins right after the verb.
pub(crate) fn adjacent_quotation(doc: &Doc, verb: usize, source: &[usize]) -> Option<Vec<usize>> {
    let depth = doc.tokens[verb].depth;
    let paragraph = doc.tokens[verb].paragraph;
    let deeper = |at: usize| doc.tokens[at].depth > depth && doc.tokens[at].paragraph == paragraph;
    let skips = |at: usize| matches!(doc.tokens[at].text, "," | ":" | "–" | "—" | "-");
    // After the verb: a few words to whom, then the quotation.
    let reach = 8;
    let after = (verb + 1..(verb + 1 + reach).min(doc.tokens.len()))
        .take_while(|&at| !matches!(doc.tokens[at].text, "." | ";" | "?" | "!") || deeper(at))
        .take_while(|&at| doc.tokens[at].paragraph == paragraph)
        .take_while(|&at| deeper(at) || !matches!(doc.tokens[at].tag, "VBD" | "VBZ" | "VBP" | "MD"))
        .find(|&at| deeper(at));
    let first = source.first().copied().filter(|&at| at < verb).unwrap_or(verb);
    let before = first.checked_sub(1).map(|at| if skips(at) { at.saturating_sub(1) } else { at });
    let before = before.filter(|&at| deeper(at));
    // "The mayor wrote:", and the quotation is the next paragraph.
    let below = || {
        let end = doc.paragraphs[paragraph].end;
        let near = end - verb <= reach && doc.tokens[end - 1].text == ":";
        (near && end < doc.tokens.len() && doc.tokens[end].depth > depth).then_some(end)
    };
    let chosen = before.or(after).or_else(below)?;
    let whole = doc.quoted[doc.quotation_at(chosen, depth)?].clone();
    (!whole.contains(&verb)).then(|| whole.collect())
}

/// What stands around a verb's clause that is put into it or behind it: "The dam, she said, held."
pub(crate) fn host_clause(doc: &Doc, verb: usize) -> Option<Vec<usize>> {
    let token = &doc.tokens[verb];
    let head = token.head;
    if head == verb {
        return None;
    }
    let as_clause = doc.child(verb, &["mark", "advmod"]).is_some_and(|mark| matches!(doc.lower(mark), "as"));
    let host = match token.dep {
        "parataxis" => head,
        "advcl" if as_clause => head,
        _ => return None,
    };
    let own = doc.subtree(verb);
    let tokens: Vec<usize> = doc.subtree(host).filter(|at| !own.contains(at)).collect();
    Some(with_quotations(doc, verb, tokens))
}
