//! Sentences that report nothing: what hosts say to their guests, who is heard in a transcript, what readers write below.

use wirecopy_model::Piece;

use super::lexicon::is_zone;
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
    let stamped = (0..toks.len()).any(|at| {
        matches!(word(at), "update" | "updated" | "posted" | "aired")
            && (at + 1..at + STAMP).any(|at| word(at).starts_with(|c: char| c.is_ascii_digit()))
    });
    let retold = toks
        .windows(3)
        .any(|three| matches!([three[0].word.as_str(), &three[1].word, &three[2].word], ["as", "it", "happened"]));
    stamped || retold || is_entry(toks) || is_heard(toks) || is_credit(toks) || is_signature(toks)
}

/// Whether a sentence says who made the report: "(Reporting by ...; editing by ...)".
fn is_credit(toks: &[Tok]) -> bool {
    let made = |word: &str| {
        matches!(word, "reporting" | "reported" | "editing" | "edited" | "writing" | "written" | "compiled")
    };
    toks.windows(3).enumerate().any(|(at, three)| {
        let opens = at == 0 || matches!(toks[at - 1].word.as_str(), "(" | ";" | "," | "." | "additional" | "and");
        opens && made(&three[0].word) && three[1].word == "by" && three[2].is_capital()
    })
}

/// Whether a sentence has names and no verb: who signs off and where, a caption, a line of a site's own.
fn is_signature(toks: &[Tok]) -> bool {
    let is_verb = |tok: &Tok| tok.is_verb() || &*tok.tag == "MD" || matches!(&*tok.pos, "VERB" | "AUX");
    !toks.iter().any(is_verb)
}

/// How many tokens at the head of a sentence are its dateline: place, day, hour and agency, which are of the page and
/// not of what it tells. "OREN | Mon Mar 6, 2023 3:40 pm EDT OREN (Lake Agency) - ".
pub(super) fn dateline(toks: &[Tok]) -> usize {
    let word = |at: usize| toks.get(at).map_or("", |tok| tok.word.as_str());
    let near = toks.len().min(DATELINE);
    let dash = |at: usize| matches!(word(at), "-" | "--" | "–" | "—");
    let agency = (2..near).find(|&at| {
        let opened = (at.saturating_sub(AGENCY)..at).rev().find(|&from| word(from) == "(");
        let named = |open: usize| toks[open + 1..at].iter().any(Tok::is_capital);
        word(at) == ")" && dash(at + 1) && opened.is_some_and(named)
    });
    let clock = (2..near).find(|&at| {
        let hour = matches!(word(at - 1), "am" | "pm" | "a.m." | "p.m.") || word(at - 1).contains(':');
        let year = (at.saturating_sub(STAMP + 1)..at).any(|at| word(at).len() == 4 && word(at).starts_with("20"));
        is_zone(word(at)) && word(at) != "local" && hour && year
    });
    agency.map(|at| at + 2).max(clock.map(|at| at + 1)).unwrap_or(0)
}

/// A dateline ends within so many words,
const DATELINE: usize = 30;

/// and the name of an agency has at most so many.
const AGENCY: usize = 5;

/// Whether a sentence is the head of a reader's comment: "5:22 pm | Reply", "At 5:22 pm on 13 March 2023, somebody wrote:".
pub(super) fn is_entry(toks: &[Tok]) -> bool {
    let pairs = toks.windows(2).map(|pair| (pair[0].word.as_str(), pair[1].word.as_str()));
    let clock = toks.iter().any(|tok| matches!(tok.word.as_str(), "am" | "pm" | "a.m." | "p.m."));
    let wrote = |pair: (&str, &str)| clock && pair == ("wrote", ":");
    pairs
        .into_iter()
        .any(|pair| wrote(pair) || matches!(pair, ("report", "abuse") | ("am" | "pm" | "a.m." | "p.m.", "|")))
}

/// A day or an hour stands within so many words of "updated".
const STAMP: usize = 5;

/// Whether a sentence begins with who is heard: "MARIA KOVEL, LAKE RADIO REPORTER: ...". Names in capitals, what they are, a colon.
pub(super) fn is_heard(toks: &[Tok]) -> bool {
    let colon = toks.iter().take(HEARD).position(|tok| tok.word == ":");
    colon.is_some_and(|colon| {
        colon > 0 && toks[..colon].iter().filter(|tok| &*tok.pos != "PUNCT").all(|tok| tok.shouted)
    })
}

/// So many words may name who is heard.
const HEARD: usize = 12;
