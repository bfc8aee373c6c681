//! Claims that the layout makes: transcripts ("ORR: We waited."), and quotations signed with a name
//! ("“We waited.” – Ina Orr").
//!
//! Not for: anything that a sentence says.

use crate::doc::Doc;
use crate::proposal::Proposal;
use crate::window::goes_on;

/// Names of more words are no names.
const LONGEST_NAME: usize = 6;

pub(crate) fn find(doc: &Doc) -> Vec<Proposal> {
    let mut found = Vec::new();
    let mut speaking = false;
    for paragraph in 0..doc.paragraphs.len() {
        if let Some(turn) = turn(doc, paragraph) {
            found.push(turn);
            speaking = true;
        } else if speaking && goes_on(doc, paragraph) && !doc.lower(first_word(doc, paragraph)).starts_with('(') {
            let last = found.len() - 1;
            found[last].content.extend(doc.paragraphs[paragraph].clone());
        } else {
            speaking = false;
            found.extend(signed(doc, paragraph).or_else(|| headline(doc, paragraph)));
        }
    }
    found
}

fn first_word(doc: &Doc, paragraph: usize) -> usize {
    let tokens = doc.paragraphs[paragraph].clone();
    let start = tokens.start;
    tokens.take_while(|&at| doc.tokens[at].is_mark()).last().map_or(start, |mark| mark + 1).min(doc.tokens.len() - 1)
}

/// A paragraph of a transcript: a name in capitals, a colon, and what is said.
fn turn(doc: &Doc, paragraph: usize) -> Option<Proposal> {
    let tokens = doc.paragraphs[paragraph].clone();
    let first = first_word(doc, paragraph);
    let colon = (first..tokens.end.min(first + LONGEST_NAME + 1)).find(|&at| doc.tokens[at].text == ":")?;
    let mut letters = 0;
    for token in &doc.tokens[first..colon] {
        let is_title = matches!(token.text, "Mr." | "Ms." | "Mrs." | "Dr." | "." | "-");
        if !is_title && token.text.chars().any(|c| c.is_lowercase()) {
            return None;
        }
        letters += token.text.chars().filter(|c| c.is_alphabetic()).count();
    }
    let content: Vec<usize> = (colon + 1..tokens.end).collect();
    let words = content.iter().filter(|&&at| !doc.tokens[at].is_punctuation()).count();
    // "UPDATE: ..." and the like are one-word labels of headlines; a speaker speaks in the body.
    let is_label =
        paragraph == 0 || matches!(doc.lower(first), "update" | "updated" | "watch" | "read" | "photo" | "note");
    (letters >= 2 && words > 0 && !is_label).then(|| Proposal::new(vec![colon], (first..colon).collect(), content))
}

/// A headline that opens with a quotation and a colon: "‘We waited’: survivors on the night of the flood".
fn headline(doc: &Doc, paragraph: usize) -> Option<Proposal> {
    let tokens = doc.paragraphs[paragraph].clone();
    let quotation = doc.tokens[tokens.start].quotation?;
    let whole = doc.quoted[quotation].clone();
    let colon = whole.end;
    let is_headline = whole.start == tokens.start
        && colon + 1 < tokens.end
        && matches!(doc.tokens[colon].text, ":" | "–" | "—" | "-")
        && tokens.len() < LONGEST_HEADLINE
        && !matches!(doc.tokens[tokens.end - 1].text, "." | "!" | "?");
    let rest = colon + 1..tokens.end;
    let noun = rest.clone().find(|&at| doc.tokens[at].is_nominal() && doc.tokens[at].dep != "compound")?;
    let before = doc.tokens[rest.start..noun].iter();
    // "‘We waited’: how the flood came" has nobody that speaks.
    if !is_headline || before.clone().any(|token| token.is_verb() || token.tag.starts_with('W') || token.tag == "IN") {
        return None;
    }
    let ends =
        |at: &usize| !(doc.tokens[*at].tag == "IN" || doc.tokens[*at].is_verb() || doc.tokens[*at].is_punctuation());
    let source: Vec<usize> = rest.take_while(ends).collect();
    (doc.quoted[quotation].len() > 4).then(|| Proposal::new(vec![colon], source, whole.collect()))
}

/// Longer paragraphs are no headlines.
const LONGEST_HEADLINE: usize = 40;

/// A quotation with a dash and a name behind it, in one paragraph or in two.
fn signed(doc: &Doc, paragraph: usize) -> Option<Proposal> {
    let tokens = doc.paragraphs[paragraph].clone();
    let is_dash = |at: usize| matches!(doc.tokens[at].text, "―" | "—" | "–" | "-" | "--" | "‐");
    let dash = tokens.clone().rev().take(LONGEST_NAME + 3).find(|&at| is_dash(at))?;
    let mut name: Vec<usize> = (dash + 1..tokens.end).collect();
    while name.last().is_some_and(|&at| doc.tokens[at].is_punctuation()) {
        name.pop();
    }
    let capital =
        |at: usize| doc.tokens[at].text.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
    let link = |at: usize| matches!(doc.lower(at), "of" | "the" | "and" | "de" | "von" | "van" | "," | "a" | "an");
    let is_name = (1..=LONGEST_NAME).contains(&name.len())
        && capital(name[0])
        && name.iter().all(|&at| capital(at) || link(at))
        && name.iter().any(|&at| doc.tokens[at].text.chars().any(char::is_alphabetic));
    let before = dash.checked_sub(1)?;
    let quotation = doc.tokens[before].quotation?;
    let quoted = &doc.quotations[quotation];
    let whole = doc.quoted[quotation].clone();
    // All that stands before the dash is the quotation, here or in the paragraph before.
    let alone = if dash == tokens.start {
        doc.tokens[before].paragraph + 1 == paragraph && whole.start == doc.paragraphs[paragraph - 1].start
    } else {
        whole.start == tokens.start
    };
    (is_name && alone && quoted.closed && quoted.depth == 0 && whole.end == dash && whole.len() > 4)
        .then(|| Proposal::new(vec![dash], name, whole.collect()))
}
