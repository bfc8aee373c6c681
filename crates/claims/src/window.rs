//! How far from a cue its source and content are sought.

use std::ops::Range;

use crate::doc::Doc;

/// Tokens to either side of a cue that are looked at, at most: contents of more words are one in a thousand.
const REACH: usize = 400;
/// Paragraphs of one speech, at most.
const PARAGRAPHS: usize = 8;

/// The tokens around a cue: its paragraph; the one before where its speech goes on in this one; those after where the
/// paragraph ends in a colon or its speech goes on.
pub(crate) fn window(doc: &Doc, cue: &[usize]) -> Range<usize> {
    let (first, last) = (cue[0], cue[cue.len() - 1]);
    let own = doc.tokens[first].paragraph;
    let mut from = own;
    while from > 0 && goes_on(doc, from) && own - from < PARAGRAPHS {
        from -= 1;
    }
    let mut to = doc.tokens[last].paragraph;
    let to_limit = to + PARAGRAPHS;
    if ends_with_colon(doc, to) && to + 1 < doc.paragraphs.len() {
        to += 1;
    }
    while to + 1 < doc.paragraphs.len() && goes_on(doc, to + 1) && to < to_limit {
        to += 1;
    }
    let start = doc.paragraphs[from].start.max(first.saturating_sub(REACH));
    start..doc.paragraphs[to].end.min(last + REACH)
}

/// Whether a paragraph opens with a quotation that goes on from the one before.
pub(crate) fn goes_on(doc: &Doc, paragraph: usize) -> bool {
    let first = doc.paragraphs[paragraph].start;
    doc.tokens[first].quotation.is_some_and(|index| doc.quotations[index].continues)
}

fn ends_with_colon(doc: &Doc, paragraph: usize) -> bool {
    doc.tokens[doc.paragraphs[paragraph].end - 1].text.ends_with(':')
}
