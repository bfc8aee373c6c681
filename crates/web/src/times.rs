//! The time expressions of an article: the note on the words themselves, and the list of all with their reasons.

use wirecopy::Member;
use wirecopy::model::{Piece, Timex, TimexKind};
use wirecopy::text::Points;

use crate::words;

/// A row of the list.
pub(crate) struct Time {
    pub words: String,
    pub says: String,
    pub why: String,
    /// Where the sentence that it stands in begins.
    pub sentence: Option<usize>,
}

/// The longest expression that is shown whole.
const WORDS: usize = 120;
/// The same for a reason.
const WHY: usize = 300;
/// The most that are listed, and marked in the text.
pub(crate) const MOST: usize = 400;

/// All time expressions of an article, in text order.
pub(crate) fn list(member: &Member, text: &Points) -> Vec<Time> {
    let sentences = &member.xray.sentences;
    let row = |timex: &Timex| Time {
        words: words::clip(text.slice(timex.piece()), WORDS),
        says: says(timex),
        why: words::clip(&why(timex, text), WHY),
        sentence: sentences
            .get(sentences.partition_point(|sentence| sentence.end <= timex.start))
            .filter(|sentence| sentence.start <= timex.start)
            .map(|sentence| sentence.start),
    };
    member.timexes.iter().take(MOST).map(row).collect()
}

/// The places of time expressions within a sentence, counted from its beginning, each with its note.
pub(crate) fn notes(member: &Member, sentence: Piece) -> Vec<(Piece, String)> {
    let timexes = &member.timexes[..member.timexes.len().min(MOST)];
    let first = timexes.partition_point(|timex| timex.end <= sentence.start);
    let inside = timexes[first..].iter().take_while(|timex| timex.start < sentence.end);
    let place = |timex: &Timex| {
        let start = timex.start.max(sentence.start) - sentence.start;
        Piece::new(start, timex.end.min(sentence.end) - sentence.start)
    };
    inside.map(|timex| (place(timex), says(timex))).collect()
}

/// What it comes to, in words.
fn says(timex: &Timex) -> String {
    let value = &timex.value;
    match (timex.kind, timex.interval) {
        (TimexKind::Set, _) => format!("recurs: {value}"),
        (TimexKind::Duration, _) => format!("a length of time: {value}"),
        (TimexKind::Time, Some(days)) => match value.split_once('T') {
            Some((_, clock)) if clock.contains(':') => format!("{}, {clock}", words::days(days)),
            _ => words::days(days),
        },
        (TimexKind::Date, Some(days)) => words::days(days),
        _ => match value.as_str() {
            "PAST_REF" => "some time before".into(),
            "PRESENT_REF" => "the time of writing".into(),
            "FUTURE_REF" => "some time to come".into(),
            open if open.contains('X') => "open".into(),
            value => value.into(),
        },
    }
}

fn why(timex: &Timex, text: &Points) -> String {
    let mut why = timex.why.clone();
    if let Some(anchor) = timex.anchor.as_ref().filter(|anchor| anchor.open) {
        let event = anchor.hangs_on.map(|event| format!(" from \u{201c}{}\u{201d}", text.slice(event)));
        why += &format!("; open: {}{}", anchor.offset, event.unwrap_or_default());
    }
    for other in &timex.alternatives {
        why += &format!("; or {}: {}", other.interval.map_or(other.value.clone(), words::days), other.why);
    }
    why
}
