//! How far a name that is no person's of the article can be taken for a body that speaks.
//!
//! Read one by one, these were where names went wrong: groups of which only some speak ("some Radicals"), kinds of
//! people ("an Orlen Radical who ..."), words that stand in capitals because a headline does, forms of address.
//! Not for: which words the name is made of (`names`).

use std::collections::HashMap;

use crate::doc::Doc;
use crate::speakers::first_names;
use crate::speakers::names::{self, Named};

/// How often such a name is right.
mod certainty {
    /// It ends like an organisation's, is marked as one, or stands elsewhere in the article too.
    pub const BODY: f64 = 0.97;
    /// Nothing but its capital tells; or a people or party, of which not all speak.
    pub const PLAIN: f64 = 0.9;
}

/// A sentence with fewer long words is not judged by their capitals.
const TITLE_WORDS: usize = 4;
/// Letters of a long word: "of" and "with" stay small in headlines.
const LONG_WORD: usize = 5;

/// Which words an article writes with a capital outside of headlines, and how often.
pub(crate) struct Bodies<'a> {
    seen: HashMap<&'a str, u32>,
    is_title: Vec<bool>,
}

impl<'a> Bodies<'a> {
    pub fn of(doc: &Doc<'a>) -> Self {
        let is_title: Vec<bool> = doc.sentences.iter().map(|sentence| is_title_case(doc, sentence.clone())).collect();
        let mut seen = HashMap::new();
        for (at, token) in doc.tokens.iter().enumerate().filter(|(_, token)| !is_title[token.sentence]) {
            if names::is_proper(doc, at) {
                *seen.entry(token.text).or_default() += 1;
            }
        }
        Bodies { seen, is_title }
    }

    /// How certain it is that a body of this name speaks; `None` where the name is none.
    pub fn certainty(&self, doc: &Doc, named: &Named, source: &[usize]) -> Option<f64> {
        let last = &doc.tokens[named.tokens.end - 1];
        let address = matches!(
            last.lower.as_ref(),
            "honor" | "honour" | "majesty" | "excellency" | "highness" | "lordship" | "ladyship"
        );
        let role = named.tokens.len() == 1 && first_names::is_listed_role(last.lower.trim_end_matches('s'));
        let number = matches!(last.entity, "DATE" | "TIME" | "CARDINAL" | "ORDINAL" | "MONEY" | "PERCENT" | "QUANTITY");
        // "Q:" and "A:" of interviews.
        let letter = named.tokens.len() == 1 && last.text.chars().count() == 1;
        if address || role || number || letter || self.is_part(doc, named, source) {
            return None;
        }
        let seen = self.seen.get(last.text).copied().unwrap_or(0);
        if self.is_title[last.sentence] && seen == 0 {
            return None;
        }
        let group = last.entity == "NORP" || last.tag == "NNPS" && named.tokens.len() == 1;
        let told = matches!(last.entity, "ORG" | "GPE") || names::is_organisation_word(&last.lower) || seen > 1;
        Some(if told && !group { certainty::BODY } else { certainty::PLAIN })
    }

    /// The whole name: "State Department" and "Orrel County Coroner's Office", where titles and marks part it.
    pub fn whole(doc: &Doc, named: &Named, source: &[usize]) -> std::ops::Range<usize> {
        let capital = |at: usize| doc.tokens[at].text.starts_with(char::is_uppercase);
        let article =
            |at: usize| matches!(doc.lower(at), "the" | "a" | "an" | "mr" | "mr." | "mrs" | "mrs." | "ms" | "ms.");
        let inside = |at: usize| source.binary_search(&at).is_ok();
        let mut start = named.tokens.start;
        while let Some(before) = start.checked_sub(1).filter(|&at| inside(at)) {
            if capital(before) && !article(before) {
                start = before;
            } else if matches!(doc.lower(before), "'s" | "&")
                && before.checked_sub(1).is_some_and(|at| inside(at) && capital(at))
            {
                start = before - 1;
            } else {
                break;
            }
        }
        start..named.tokens.end
    }

    /// Whether the phrase is about some of those named, or about a thing that is called after them.
    fn is_part(&self, doc: &Doc, named: &Named, source: &[usize]) -> bool {
        let before = source.iter().copied().take_while(|&at| at < named.tokens.start);
        let mut before = before.filter(|&at| !doc.tokens[at].is_punctuation()).peekable();
        let plural = doc.tokens[named.tokens.end - 1].tag == "NNPS";
        let some = match before.peek().map(|&at| doc.lower(at)) {
            Some(
                "a" | "an" | "another" | "one" | "any" | "some" | "other" | "fellow" | "many" | "most" | "neither",
            ) => true,
            Some("the") => plural && before.nth(1).is_some(),
            Some(_) => plural,
            None => false,
        };
        let day = |at: usize| matches!(doc.lower(at), "today" | "yesterday" | "tonight" | "tomorrow");
        let next = named.tokens.end;
        let thing = source.binary_search(&next).is_ok() && doc.tokens[next].pos == "NOUN" && !day(next);
        some || thing
    }
}

/// Whether a sentence is a headline with its long words in capitals.
fn is_title_case(doc: &Doc, sentence: std::ops::Range<usize>) -> bool {
    let long = |text: &&str| text.chars().filter(|letter| letter.is_alphabetic()).count() >= LONG_WORD;
    let words = doc.tokens[sentence].iter().map(|token| token.text).filter(long);
    let (mut all, mut capital) = (0, 0);
    for word in words {
        all += 1;
        capital += usize::from(word.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase));
    }
    all >= TITLE_WORDS && capital * 10 >= all * 9
}
