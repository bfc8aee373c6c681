//! The name in a noun phrase, if it has one.
//!
//! Not for: what a name without a name stands for ("he", "the mayor").

use std::ops::Range;
use std::sync::LazyLock;

use crate::doc::Doc;
use crate::lexicon::{Words, words};
use crate::phrase;
use crate::speakers::first_names;

/// A name that a phrase gives itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The tokens of the name, without titles and descriptions.
    pub tokens: Range<usize>,
    pub person: bool,
}

static TITLES: Words = LazyLock::new(|| words(TITLE_WORDS));
static ORGANISATIONS: Words = LazyLock::new(|| words(ORGANISATION_WORDS));
static BODIES: Words = LazyLock::new(|| words(BODY_WORDS));

/// Words before a name that are no part of it.
const TITLE_WORDS: &str = "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir lord lady dame president vice prime \
    minister premier chancellor king queen prince princess senator sen. sen congressman congresswoman representative rep. \
    rep governor gov. gov mayor deputy secretary general judge justice captain capt. capt colonel col. col lieutenant lt. \
    lt sergeant sgt. sgt major maj. maj admiral officer detective inspector commissioner chief chairman chairwoman \
    chairperson chair ceo director spokesman spokeswoman spokesperson coach manager ambassador attorney father reverend \
    rev. rev pope bishop archbishop cardinal rabbi imam sheikh state del. councilman councilwoman councillor councilor \
    democrat republican former speaker leader founder editor analyst economist press foreign interior finance defence \
    defense health first lady undersecretary counsel adviser advisor treasurer sheriff mp msp deputy-mayor engineer \
    pastor brigadier commander superintendent constable warden doctor nurse provost dean principal";

/// The last words of names that are of organisations.
const ORGANISATION_WORDS: &str = "authority press ministry house inc inc. ltd ltd. plc corp corp. corporation company co. co \
    group party university college school bank court council committee commission agency association union institute \
    department office service services news times post journal herald guardian tribune mirror radio television tv \
    foundation fund trust society league federation organisation organization congress parliament senate assembly \
    police army navy force forces board bureau center centre club hospital church team museum airlines airways \
    energy motors systems technologies media network channel gazette telegraph standard observer mail sun star \
    independent reuters afp ap tass interfax xinhua kremlin pentagon nato un eu who fbi cia opec downing brussels \
    washington moscow beijing agence presse broadcasting wire telegram";

/// Names of people have no more words.
const LONGEST_PERSON: usize = 4;

pub(crate) fn is_title(lower: &str) -> bool {
    TITLES.contains(lower)
}

pub(crate) fn is_organisation_word(lower: &str) -> bool {
    ORGANISATIONS.contains(lower)
}

/// Small words inside of names.
fn is_particle(text: &str) -> bool {
    matches!(
        text,
        "de" | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "al"
            | "la"
            | "el"
            | "da"
            | "dos"
            | "di"
            | "du"
            | "ibn"
            | "ter"
            | "-"
    )
}

pub(crate) fn is_proper(doc: &Doc, at: usize) -> bool {
    let token = &doc.tokens[at];
    let capital = token.text.chars().next().is_some_and(char::is_uppercase);
    capital && (token.tag.starts_with("NNP") || matches!(token.entity, "PERSON" | "ORG" | "GPE") && !token.is_verb())
}

/// The run of capitalised names that holds a token.
pub(crate) fn run(doc: &Doc, at: usize, within: &Range<usize>) -> Range<usize> {
    let belongs = |at: usize| is_proper(doc, at);
    let mut start = at;
    while start > within.start {
        if belongs(start - 1) {
            start -= 1;
        } else if start >= within.start + 2 && is_particle(doc.tokens[start - 1].text) && belongs(start - 2) {
            start -= 2;
        } else {
            break;
        }
    }
    let mut end = at + 1;
    while end < within.end {
        if belongs(end) {
            end += 1;
        } else if end + 1 < within.end && is_particle(doc.tokens[end].text) && belongs(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    start..end
}

/// The name among the tokens of a run, and whether it is a person's.
pub(crate) fn of_run(doc: &Doc, run: Range<usize>) -> Option<Named> {
    let mut start = run.start;
    // "Prosecutor Ina Orr": a role is a title before two names; "Baker Orr" may be called so.
    let is_role = |at: usize| at + 2 < run.end && first_names::is_listed_role(doc.lower(at));
    while start + 1 < run.end && (is_title(doc.lower(start)) || is_role(start)) {
        start += 1;
    }
    let titled = start > run.start;
    while start + 1 < run.end && matches!(doc.lower(start), "the" | "a" | "an") {
        start += 1;
    }
    let persons: Vec<usize> = (start..run.end).filter(|&at| doc.tokens[at].entity == "PERSON").collect();
    let last = run.end.checked_sub(1)?;
    if is_title(doc.lower(last)) && run.len() == 1 {
        return None;
    }
    let organisation = is_organisation_word(doc.lower(last));
    // "Presidential Office Press Secretary Ilse Brandtner": the person at the end of the run.
    if let Some(&first) = persons.first()
        && persons[persons.len() - 1] == last
        && !organisation
    {
        let first = (first..=last)
            .rev()
            .take_while(|&at| doc.tokens[at].entity == "PERSON" || is_particle(doc.tokens[at].text));
        let first = first.last().unwrap_or(last);
        let after_title =
            |from: usize| (from..last).rev().find(|&at| is_title(doc.lower(at))).map_or(from, |at| at + 1);
        // What stands before is a first name unless a title parts it, or another kind of name.
        let other = (start..first).any(|at| matches!(doc.tokens[at].entity, "ORG" | "GPE" | "NORP" | "FAC"));
        let first = if !other && run.end - start <= LONGEST_PERSON { start } else { first };
        return Some(Named { tokens: after_title(first).max(start)..run.end, person: true });
    }
    let other = |label: &str| (start..run.end).any(|at| doc.tokens[at].entity == label);
    let person = !organisation && (titled || persons.len() * 2 > run.end - start) && !other("GPE");
    Some(Named { tokens: start..run.end, person })
}

/// The name that a source's phrase gives: its own, or that of its apposition; not that of somebody it only mentions
/// ("a friend of Ina Orr").
pub(crate) fn of_phrase(doc: &Doc, source: &[usize]) -> Option<Named> {
    let within = source[0]..source[source.len() - 1] + 1;
    let head = head(doc, source);
    if is_proper(doc, head) {
        let run = run(doc, head, &within);
        // The head of a name is its last word, but parsers differ.
        return of_run(doc, run);
    }
    let apposition = doc
        .children(head)
        .iter()
        .copied()
        .find(|&at| within.contains(&at) && doc.tokens[at].dep == "appos" && is_proper(doc, at));
    if let Some(at) = apposition {
        return of_run(doc, run(doc, at, &within)).filter(|named| named.person || named.tokens.len() > 1);
    }
    if let Some(run) = run_behind_comma(doc, source, head) {
        return of_run(doc, run);
    }
    // "bus driver Ina Orr" with another noun for the head; "the speaker of the parliament Ina Orr".
    let last = within.end - 1;
    if is_proper(doc, last) {
        let run = run(doc, last, &within);
        let before = run.start.checked_sub(1).filter(|&at| at >= within.start);
        let described = before.is_some_and(|at| doc.tokens[at].pos == "NOUN" && !doc.tokens[at].tag.ends_with('S'));
        let direct = before.is_some_and(|at| !(within.start..at).any(|at| doc.tokens[at].dep == "prep"));
        let definite = before.and_then(|at| at.checked_sub(1)).is_some_and(|at| doc.lower(at) == "the");
        if described && (direct || definite) && run.len() > 1 {
            return of_run(doc, run);
        }
    }
    None
}

/// "The mayor of Orlen, Ina Orr,": a description, a comma, and nothing but a name.
fn run_behind_comma(doc: &Doc, source: &[usize], head: usize) -> Option<Range<usize>> {
    let mut end = source[source.len() - 1] + 1;
    if doc.tokens[end - 1].text == "," {
        end -= 1;
    }
    let comma = (source[0]..end).rev().find(|&at| doc.tokens[at].text == ",")?;
    let name = comma + 1..end;
    let described = doc.tokens[head].pos == "NOUN" && !doc.tokens[head].tag.ends_with('S') && head < comma;
    let all_proper =
        name.clone().all(|at| is_proper(doc, at) || is_particle(doc.tokens[at].text) || is_title(doc.lower(at)));
    let joined = (source[0]..comma).any(|at| matches!(doc.lower(at), "and" | "or"));
    let persons = name.clone().any(|at| doc.tokens[at].entity == "PERSON");
    (described && all_proper && !joined && (persons || name.len() > 1) && !name.is_empty()).then_some(name)
}

/// The parts of a phrase that names several: "Ina Orr and her deputy, Jon Hale".
pub(crate) fn coordinates(doc: &Doc, source: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
    let head = head(doc, source);
    let joins = |at: usize| doc.tokens[at].lower == "and" && doc.tokens[at].dep == "cc";
    let and = source.iter().copied().find(|&at| {
        joins(at) && doc.is_under(at, head) && {
            let of = doc.tokens[at].head;
            // Of the names themselves, not of something within ("the head of police and fire services").
            of == head || doc.tokens[of].dep == "appos" && doc.tokens[of].head == head
        }
    })?;
    let split = source.partition_point(|&at| at < and);
    let (left, right) = (phrase::trim(doc, source[..split].to_vec()), phrase::trim(doc, source[split + 1..].to_vec()));
    let has_noun = |part: &[usize]| part.iter().any(|&at| doc.tokens[at].is_nominal());
    (has_noun(&left) && has_noun(&right)).then_some((left, right))
}

/// The word that a phrase is about.
pub(crate) fn head(doc: &Doc, source: &[usize]) -> usize {
    if doc.tokens[source[0]].dep.is_empty() {
        // Without a tree: the last noun before a comma or preposition.
        let ends = |at: &usize| matches!(doc.tokens[*at].tag, "IN" | "WP") || doc.tokens[*at].text == ",";
        let phrase = source.iter().copied().take_while(|at| !ends(at));
        return phrase.filter(|&at| doc.tokens[at].is_nominal()).last().unwrap_or(source[0]);
    }
    let tops = source.iter().copied().filter(|&at| {
        let head = doc.tokens[at].head;
        (head == at || source.binary_search(&head).is_err()) && !doc.tokens[at].is_punctuation()
    });
    let nominal: Vec<usize> = tops.clone().filter(|&at| doc.tokens[at].is_nominal()).collect();
    nominal.first().copied().or_else(|| tops.clone().next()).unwrap_or(source[0])
}

/// Nouns for bodies that speak: with a name before them they are named ("the Red Lantern relief group").
const BODY_WORDS: &str = "administration campaign government group agency outlet ministry department office company party \
    side team union council court police authority commission committee camp bank newspaper paper magazine website \
    station channel network embassy consulate parliament army military navy regime delegation organisation \
    organization charity firm foundation institute university hospital service association federation club board \
    readout report statement survey poll study filing lawsuit article editorial memo press mission bureau unit";

/// Whether a noun is of a body that speaks.
pub(crate) fn is_body(lemma: &str) -> bool {
    BODIES.contains(lemma)
}

/// A named body or document: "Red Lantern relief group" for "the Red Lantern relief group".
pub(crate) fn body(doc: &Doc, source: &[usize]) -> Option<Range<usize>> {
    let head = head(doc, source);
    let token = &doc.tokens[head];
    if token.pos != "NOUN" || !is_body(&token.lemma) {
        return None;
    }
    let first = doc.children(head).iter().copied().find(|&at| {
        at < head
            && source.contains(&at)
            && is_proper(doc, at)
            && matches!(doc.tokens[at].dep, "compound" | "nmod" | "amod")
    })?;
    let start = phrase::noun_phrase(doc, first).first().copied().unwrap_or(first).min(first);
    let start = (start..first).find(|&at| !matches!(doc.tokens[at].pos, "DET" | "PRON")).unwrap_or(first);
    Some(start..head + 1)
}

/// "Mr" and the like: they tell he or she, but are no role.
pub(crate) fn is_courtesy(lower: &str) -> bool {
    matches!(lower.trim_end_matches('.'), "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "sir" | "rev")
}
