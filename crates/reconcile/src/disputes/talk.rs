//! Sentences that report nothing: what hosts say to their guests, who is heard in a transcript, what readers write below.

use wirecopy_model::Piece;

use super::view::Tok;

/// Whether a sentence is talk, and no report: it speaks of "I" or to "you" outside quotation marks, names who is heard, or
/// is the head of an entry or of a reader's comment. What two of them say differently is no disagreement.
pub(super) fn is_talk(toks: &[Tok], quotations: &[Piece]) -> bool {
    let word = |at: usize| toks.get(at).map_or("", |tok| tok.word.as_str());
    let quoted =
        |tok: &Tok| quotations.iter().any(|quote| quote.start <= tok.piece.start && tok.piece.end <= quote.end);
    let speaks =
        |tok: &Tok| matches!(tok.word.as_str(), "i" | "you" | "me" | "my" | "your" | "myself") && &*tok.pos != "PROPN";
    if toks.iter().any(|tok| speaks(tok) && !quoted(tok)) {
        return true;
    }
    let entry = (0..toks.len()).any(|at| {
        let stamped = matches!(word(at), "update" | "updated" | "posted" | "aired")
            && (at + 1..at + STAMP).any(|at| word(at).starts_with(|c: char| c.is_ascii_digit()));
        // "5:22 pm | Reply": the head of a comment.
        let comment = matches!((word(at), word(at + 1)), ("report", "abuse") | ("am" | "pm" | "a.m." | "p.m.", "|"));
        stamped || comment
    });
    entry || is_heard(toks)
}

/// A day or an hour stands within so many words of "updated".
const STAMP: usize = 5;

/// Whether a sentence begins with who is heard: "MARIA KOVEL, LAKE RADIO REPORTER: ...". Names in capitals, what they are, a colon.
fn is_heard(toks: &[Tok]) -> bool {
    let colon = toks.iter().take(HEARD).position(|tok| tok.word == ":");
    colon.is_some_and(|colon| {
        colon > 0 && toks[..colon].iter().filter(|tok| &*tok.pos != "PUNCT").all(|tok| tok.shouted)
    })
}

/// So many words may name who is heard.
const HEARD: usize = 12;
