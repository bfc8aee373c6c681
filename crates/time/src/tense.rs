//! Which way the clause around a time expression looks: back or forward. By cue words, or by a tagger's analysis where
//! one is at hand.
//!
//! A modal anywhere near says little (of 22 weekdays with one within 80 characters before them 5 were future ones, on
//! a set of 256 articles), so the cue list looks for the verb that governs the time: the nearest one to its left, past
//! inserted attributions, and only where there is none the first one to its right.

use wirecopy_model::Piece;

use crate::expression::Tense;
use crate::grammar::Cursor;
use crate::lexicon::{Word, look_up};
use crate::tuning::{PROSPECT_REACH, VERB_REACH};

/// One word of the text as a tagger and parser saw it. All that [`crate::dates_with`] needs of an analysis.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    /// Where the word stands, in code points of the text.
    pub piece: Piece,
    /// Its Penn Treebank tag.
    pub tag: &'a str,
    /// The place of its head in the same slice; its own for the root of a sentence.
    pub head: usize,
}

/// The tense around the tokens `start..end` of a sentence `from..to`, and the token that tells it.
pub(crate) fn tense(cursor: &Cursor, (from, to): (usize, usize), start: usize, end: usize) -> (Tense, Option<usize>) {
    if let Some((tense, cue)) = left(cursor, from, start) {
        return (tense, Some(cue));
    }
    match right(cursor, to, end) {
        Some((tense, cue)) => (tense, Some(cue)),
        None => (Tense::Open, None),
    }
}

fn left(cursor: &Cursor, from: usize, start: usize) -> Option<(Tense, usize)> {
    let from = from.max(start.saturating_sub(VERB_REACH));
    let mut at = start;
    while at > from {
        at -= 1;
        match cursor.word(at) {
            Word::Mark(';' | ':') => return None,
            // ", the ministry said, on Thursday": an attribution put in between.
            Word::Said if cursor.word(at + 1) == Word::Mark(',') && start > at + 1 => {
                at = (from..at).rev().find(|here| cursor.word(*here) == Word::Mark(','))?;
            }
            _ => {
                if let Some(tense) = verb(cursor, at, from) {
                    return Some((tense, at));
                }
            }
        }
    }
    None
}

fn right(cursor: &Cursor, to: usize, end: usize) -> Option<(Tense, usize)> {
    let to = to.min(end + VERB_REACH);
    (end..to).find_map(|at| Some((verb(cursor, at, end)?, at)))
}

/// The tense that the word at this token tells, if it is a finite verb or governs one that is to come.
fn verb(cursor: &Cursor, at: usize, from: usize) -> Option<Tense> {
    let next = cursor.word(at + 1);
    match cursor.word(at) {
        Word::Will | Word::Scheduled => Some(Tense::Future),
        // "could not be found" is as often of the past.
        Word::Modal if cursor.text_of(at) == "could" => None,
        Word::Have if next == Word::Prospect => Some(Tense::Future),
        Word::Modal | Word::Month(5) if !cursor.is_capital(at) => {
            Some(if next == Word::Have { Tense::Past } else { Tense::Future })
        }
        Word::To if next == Word::Other && !cursor.is_capital(at + 1) && cursor.text_of(at + 1) != "be" => {
            let governed = (from..at).rev().take(PROSPECT_REACH);
            let prospect = |here: &usize| matches!(cursor.word(*here), Word::Prospect | Word::Pledge | Word::Be);
            let cue = governed.into_iter().find(prospect)?;
            // "had been due to expire on Friday": a plan of the past.
            let over = cue > 0 && cursor.text_of(cue - 1) == "been";
            Some(if over { Tense::Past } else { Tense::Future })
        }
        // "had been due", "was scheduled": a plan of the past may have failed or come true.
        Word::Prospect if cursor.text_of(at.wrapping_sub(1)) == "been" => Some(Tense::Past),
        Word::Be => match next {
            Word::Prospect => Some(Tense::Future),
            Word::Other if cursor.text_of(at + 1).ends_with("ing") => Some(Tense::Future),
            // "the case is heard in May"
            Word::PastVerb => Some(Tense::Future),
            Word::Other if is_past_form(cursor, at + 1) => Some(Tense::Future),
            _ => None,
        },
        Word::Prospect if cursor.text_of(at) == "set" && !matches!(cursor.text_of(at + 1), "to" | "for") => {
            Some(Tense::Past)
        }
        Word::Prospect => {
            let cue = match cursor.text_of(at) {
                "scheduled" | "planned" | "expected" | "slated" => cursor.text_of(at.wrapping_sub(1)) != "previously",
                "due" | "payable" | "effective" | "pending" | "likely" => {
                    matches!(
                        next,
                        Word::On | Word::In | Word::By | Word::Weekday(_) | Word::Month(_) | Word::ShortMonth(_)
                    ) || matches!(next, Word::Next | Word::Later | Word::Part(_) | Word::DayStep(1))
                }
                "set" => cursor.text_of(at + 1) == "for",
                _ => false,
            };
            cue.then_some(Tense::Future)
        }
        // "to be held", "will be paid": the tense is in the words before "be".
        Word::To if cursor.text_of(at + 1) == "be" => Some(Tense::Future),
        Word::Said | Word::PastVerb | Word::Pledge | Word::Other if is_passive(cursor, at) => None,
        Word::Said | Word::PastVerb | Word::Have | Word::Pledge => Some(Tense::Past),
        Word::Other => is_past_form(cursor, at).then_some(Tense::Past),
        _ => None,
    }
}

/// Whether "be" stands before the word, possibly with an adverb between.
fn is_passive(cursor: &Cursor, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| cursor.text_of(at));
    before(1) == "be" || before(2) == "be" && before(1).ends_with("ly")
}

/// Whether an unknown word ends like a past verb and stands where an adjective would not.
fn is_past_form(cursor: &Cursor, at: usize) -> bool {
    let word = cursor.text_of(at);
    let article = |word: Word| matches!(word, Word::The | Word::A);
    let adjective = article(cursor.before(at))
        || matches!(cursor.before(at), Word::Of | Word::Mark('-'))
        || at >= 2 && article(cursor.word(at - 2)) && cursor.word(at + 1) == Word::Other;
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && !cursor.is_capital(at) && !adjective
}

/// The tags of a text with their places in bytes.
pub(crate) struct Tags<'a> {
    tags: &'a [Tag<'a>],
    bytes: Vec<(usize, usize)>,
}

impl<'a> Tags<'a> {
    pub(crate) fn new(text: &str, tags: &'a [Tag<'a>]) -> Self {
        let mut bytes = Vec::with_capacity(tags.len());
        let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]).enumerate();
        let mut place =
            |point: usize| places.by_ref().find(|(here, _)| *here >= point).map_or(text.len(), |(_, at)| at);
        let mut last = 0;
        for tag in tags {
            // Words stand in text order and do not overlap; one that touches its neighbour begins where that ends.
            let start = match bytes.last() {
                Some(&(_, end)) if last == tag.piece.start => end,
                _ => place(tag.piece.start),
            };
            let end = if tag.piece.is_empty() { start } else { place(tag.piece.end) };
            last = tag.piece.end;
            bytes.push((start, end));
        }
        Tags { tags, bytes }
    }

    fn at(&self, byte: usize) -> Option<usize> {
        let index = self.bytes.partition_point(|(_, end)| *end <= byte);
        self.bytes.get(index).is_some_and(|(start, _)| *start <= byte).then_some(index)
    }

    /// Whether the word at this byte is a verb to the tagger.
    pub(crate) fn is_verb(&self, byte: usize) -> bool {
        self.at(byte).is_some_and(|index| self.tags[index].tag.starts_with("VB") || self.tags[index].tag == "MD")
    }

    fn word(&self, text: &str, index: usize) -> Word {
        let (start, end) = self.bytes[index];
        look_up(text.get(start..end).unwrap_or("").as_bytes())
    }

    /// The tense of the verb that governs the word at this byte, with that verb's bytes.
    pub(crate) fn tense(&self, text: &str, byte: usize) -> Option<(Tense, (usize, usize))> {
        let mut here = self.at(byte)?;
        for _ in 0..VERB_REACH {
            let tag = self.tags.get(here)?;
            if let Some(tense) = tag.tag.starts_with("VB").then(|| self.verb_tense(text, here)).flatten() {
                return Some((tense, self.bytes[here]));
            }
            // "effective on 1 June", "due on Friday".
            if tag.tag == "JJ" && self.word(text, here) == Word::Prospect {
                return Some((Tense::Future, self.bytes[here]));
            }
            if tag.head == here {
                return None;
            }
            here = tag.head;
        }
        None
    }

    fn bytes_are(&self, text: &str, index: usize, word: &str) -> bool {
        let (start, end) = self.bytes[index];
        text.get(start..end) == Some(word)
    }

    /// Whether this word helps the verb: "to be announced", "had been due".
    fn has_helper(&self, text: &str, verb: usize, word: &str) -> bool {
        let mut near = verb.saturating_sub(PROSPECT_REACH)..verb;
        near.any(|index| self.tags[index].head == verb && self.bytes_are(text, index, word))
    }

    fn verb_tense(&self, text: &str, verb: usize) -> Option<Tense> {
        let near = verb.saturating_sub(PROSPECT_REACH * 2)..verb;
        let helpers = near.filter(|index| self.tags[*index].head == verb);
        let mut perfect = false;
        let planned = self.tags[verb].tag == "VBN" && self.word(text, verb) == Word::Prospect;
        for helper in helpers {
            match (self.tags[helper].tag, self.word(text, helper)) {
                // "could not be found" is as often of the past.
                ("MD", _) if self.bytes_are(text, helper, "could") => return None,
                ("MD", _) => return Some(Tense::Future),
                // "was planned for March", and not "had been planned".
                ("VBD", Word::PastVerb) if planned && !self.has_helper(text, verb, "been") => {
                    return Some(Tense::Future);
                }
                ("VBD", _) => return Some(Tense::Past),
                ("VBZ" | "VBP", Word::Have) => perfect = true,
                ("VBZ" | "VBP", Word::Be) if self.tags[verb].tag == "VBG" => return Some(Tense::Future),
                _ => {}
            }
        }
        match self.tags[verb].tag {
            "VBD" => Some(Tense::Past),
            "VBN" if planned && !self.has_helper(text, verb, "been") => Some(Tense::Future),
            "VBN" if perfect => Some(Tense::Past),
            // "the decision, announced on Wednesday": what has been done.
            "VBN" if self.tags[verb].head != verb && !self.has_helper(text, verb, "be") => Some(Tense::Past),
            "VB" => match self.word(text, self.tags[verb].head) {
                Word::Prospect | Word::Pledge if self.has_helper(text, self.tags[verb].head, "been") => {
                    Some(Tense::Past)
                }
                Word::Prospect | Word::Pledge | Word::Be => Some(Tense::Future),
                _ => None,
            },
            _ => None,
        }
    }
}
