//! Tokens of a text without an analysis: words, marks, and what a word may be by its form alone.
//!
//! Not for: grammar. A tag here is a guess from a short list of words.

use std::borrow::Cow;
use std::sync::LazyLock;

use wirecopy_model::{Piece, Span};
use wirecopy_text::{Points, fold, words};

use crate::doc::{Doc, Token};
use crate::lexicon::{self, Words};

static DETERMINERS: Words = LazyLock::new(|| {
    lexicon::words(
        "the a an this that these those every each some any no another its his her their our my your all both",
    )
});
static PREPOSITIONS: Words = LazyLock::new(|| {
    lexicon::words(
        "of in on at by for from with to about against between among during without within after before since until \
         over under through into as near amid despite via per than because if while although though",
    )
});
static PRONOUNS: Words = LazyLock::new(|| {
    lexicon::words("i you he she it we they them him me us there everyone everybody someone somebody nobody one")
});
static MODALS: Words = LazyLock::new(|| lexicon::words("will would can could may might must shall should"));
static AUXILIARIES: Words = LazyLock::new(|| {
    lexicon::words("is are was were be been being am has have had having do does did isn't wasn't weren't aren't")
});

/// The tokens of the parts of a text that `within` names.
pub(crate) fn read<'a>(text: &'a str, within: &Span) -> Doc<'a> {
    let points = Points::new(text);
    let mut tokens: Vec<Token<'a>> = Vec::new();
    let mut paragraph = 0;
    for &piece in within.pieces() {
        let slice = points.slice(piece);
        let mut at = piece.start;
        let mut byte = 0;
        for word in words(slice) {
            between(&slice[byte..word.start], at, &mut paragraph, &mut tokens);
            let place = Piece::new(piece.start + word.piece.start, piece.start + word.piece.end);
            push(&slice[word.start..word.end], place, paragraph, &mut tokens);
            byte = word.end;
            at = place.end;
        }
        between(&slice[byte..], at, &mut paragraph, &mut tokens);
        paragraph += 1;
    }
    tag(&mut tokens);
    Doc::finish(points, tokens, within)
}

/// The marks between two words.
fn between<'a>(gap: &'a str, start: usize, paragraph: &mut usize, tokens: &mut Vec<Token<'a>>) {
    let mut chars = gap.char_indices().enumerate().peekable();
    while let Some((at, (byte, c))) = chars.next() {
        if c == '\n' {
            *paragraph += 1;
        }
        if c.is_whitespace() {
            continue;
        }
        let twice = matches!(c, '\'' | '`' | '’' | '-') && chars.peek().is_some_and(|(_, (_, next))| *next == c);
        if twice {
            chars.next();
        }
        let length = c.len_utf8() * if twice { 2 } else { 1 };
        let piece = Piece::new(start + at, start + at + if twice { 2 } else { 1 });
        push(&gap[byte..byte + length], piece, *paragraph, tokens);
    }
}

fn push<'a>(text: &'a str, piece: Piece, paragraph: usize, tokens: &mut Vec<Token<'a>>) {
    let head = tokens.len();
    let lower = fold(text);
    let sentence = match tokens.last() {
        Some(last) if last.paragraph == paragraph && !ends_sentence(tokens, text) => last.sentence,
        Some(last) => last.sentence + 1,
        None => 0,
    };
    tokens.push(Token {
        piece,
        text,
        lemma: lower.clone(),
        lower,
        tag: "",
        pos: "",
        dep: "",
        head,
        sentence,
        paragraph,
        entity: "",
        depth: 0,
        quotation: None,
    });
}

/// Whether a sentence ends before the next token: a stop, perhaps with marks behind it, and a capital or a mark.
fn ends_sentence(tokens: &[Token], next: &str) -> bool {
    let mut back = tokens.iter().rev();
    let mut last = back.next();
    let closes = |token: &Token| matches!(token.text, "”" | "\"" | "''" | "’" | ")" | "»");
    while last.is_some_and(closes) {
        last = back.next();
    }
    let Some(stop) = last.filter(|token| matches!(token.text, "." | "?" | "!" | "…")) else { return false };
    let starts = next.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || "“\"‘'«`".contains(c));
    let before = back.next();
    let abbreviated = stop.text == "."
        && before.is_some_and(|word| {
            let short = word.text.chars().count() == 1 && word.text.chars().all(char::is_uppercase);
            short
                || matches!(
                    word.lower.as_ref(),
                    "mr" | "mrs" | "ms" | "dr" | "sen" | "rep" | "gov" | "gen" | "st" | "prof" | "lt" | "col"
                )
        });
    starts && !abbreviated
}

fn tag(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let opens = at == 0 || tokens[at - 1].sentence != tokens[at].sentence || tokens[at - 1].is_mark();
        let before = at.checked_sub(1).map_or("", |before| tokens[before].tag);
        let token = &mut tokens[at];
        let lower = token.lower.as_ref();
        let capital = token.text.chars().next().is_some_and(char::is_uppercase);
        let (tag, pos) = if token.is_punctuation() {
            (",", "PUNCT")
        } else if DETERMINERS.contains(lower) {
            ("DT", "DET")
        } else if PREPOSITIONS.contains(lower) {
            ("IN", "ADP")
        } else if PRONOUNS.contains(lower) {
            ("PRP", "PRON")
        } else if matches!(lower, "who" | "which" | "what" | "whom") {
            ("WP", "PRON")
        } else if matches!(lower, "how" | "why" | "when" | "where" | "whether") {
            ("WRB", "ADV")
        } else if matches!(lower, "and" | "or" | "but" | "nor") {
            ("CC", "CCONJ")
        } else if MODALS.contains(lower) {
            ("MD", "AUX")
        } else if AUXILIARIES.contains(lower) {
            ("VBD", "AUX")
        } else if lower.ends_with("ly")
            || matches!(lower, "not" | "n't" | "never" | "also" | "later" | "once" | "earlier")
        {
            ("RB", "ADV")
        } else if let Some(verb) = verb_tag(lower, before).filter(|_| opens || !capital) {
            token.lemma = Cow::Borrowed(lexicon::lemma_of_form(lower).unwrap_or_default());
            (verb, "VERB")
        } else if capital && !opens || capital && token.text.chars().nth(1).is_some_and(char::is_uppercase) {
            ("NNP", "PROPN")
        } else if lower.ends_with('s') && !lower.ends_with("ss") && lower.len() > 3 {
            ("NNS", "NOUN")
        } else {
            ("NN", "NOUN")
        };
        token.tag = tag;
        token.pos = pos;
    }
    // A capital at the start of a sentence is a name where the next word is one, or a verb follows.
    for at in 0..tokens.len().saturating_sub(1) {
        let capital = tokens[at].text.chars().next().is_some_and(char::is_uppercase);
        let next = tokens[at + 1].tag;
        if tokens[at].tag == "NN" && capital && (next == "NNP" || matches!(next, "VBD" | "VBZ")) {
            (tokens[at].tag, tokens[at].pos) = ("NNP", "PROPN");
        }
    }
}

/// The tag of a form of a reporting verb, unless what stands before makes it a noun.
fn verb_tag(lower: &str, before: &str) -> Option<&'static str> {
    let lemma = lexicon::lemma_of_form(lower)?;
    let tag = if lower == lemma {
        if before == "MD" || before == "IN" { "VB" } else { "VBP" }
    } else if lower.ends_with("ing") {
        "VBG"
    } else if lower.ends_with('s') {
        "VBZ"
    } else {
        "VBD"
    };
    let noun_like = matches!(tag, "VBP" | "VBZ") && matches!(before, "DT" | "IN" | "CC" | "");
    (!noun_like).then_some(tag)
}
