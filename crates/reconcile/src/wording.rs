//! Two wordings of one quotation: whether they are the same, one a part of the other, and what differs.

use wirecopy_copies::align_words;
use wirecopy_model::{QuoteEdit, QuoteEditKind};
use wirecopy_text::{Points, fold, words};

/// A part is a stretch of the whole with at least this share of its own words in it, in order,
const PART_SHARE: f64 = 0.8;

/// and it has at most this share of the whole's words.
const PART_LENGTH: f64 = 0.75;

/// The form under which two wordings are the same: marks and spaces in their plain shape, and without what the
/// sentence around the quotation puts at its end.
pub(crate) fn key(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‑' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    let plain: String = plain.collect();
    let folded = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.trim_end_matches([',', '.', ' ', ';']).to_owned()
}

/// The length of the longest sequence of words that stand in both, in order.
pub(crate) fn longest_common(one: &[String], other: &[String]) -> usize {
    let mut best = vec![0usize; other.len() + 1];
    for word in one {
        let mut diagonal = 0;
        for (at, with) in other.iter().enumerate() {
            let above = best[at + 1];
            best[at + 1] = if word == with { diagonal + 1 } else { above.max(best[at]) };
            diagonal = above;
        }
    }
    best[other.len()]
}

/// `common` words as a share of the shorter of the two.
pub(crate) fn share_in_order(common: usize, one: &[String], other: &[String]) -> f64 {
    common as f64 / one.len().min(other.len()).max(1) as f64
}

/// Whether `text` is a part of `whole`.
pub(crate) fn is_part(whole: &str, text: &str) -> bool {
    let (whole, text) = (folded(whole), folded(text));
    text.len() as f64 <= PART_LENGTH * whole.len() as f64
        && longest_common(&whole, &text) as f64 >= PART_SHARE * text.len() as f64
}

fn folded(text: &str) -> Vec<String> {
    words(text).iter().map(|word| fold(word.of(text)).into_owned()).collect()
}

/// What `text` has otherwise than `base`. Of a part, what it leaves out at its ends is no difference.
pub(crate) fn edits(base: &str, text: &str, part: bool) -> Vec<QuoteEdit> {
    let (from, to) = (Points::new(base), Points::new(text));
    let steps = align_words(base, text);
    let same = |step: &wirecopy_copies::WordEdit| !step.b.is_empty();
    let first = steps.iter().position(same).unwrap_or(0);
    let last = steps.iter().rposition(same).unwrap_or(0);
    let mut edits: Vec<QuoteEdit> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let Some(kind) = step.kind else { continue };
        if part && step.b.is_empty() && (place < first || place > last) {
            continue;
        }
        edits.push(QuoteEdit { from: from.slice(step.a).into(), to: to.slice(step.b).into(), kind });
    }
    let ends = (end_of(base), end_of(text));
    if ends.0.1 != ends.1.1 && !part {
        edits.push(QuoteEdit { from: ends.0.0.into(), to: ends.1.0.into(), kind: QuoteEditKind::Typography });
    }
    edits
}

/// What stands behind the last word, and whether there is a space in it: the mark itself goes with the sentence
/// around the quotation, a stray space does not.
fn end_of(text: &str) -> (&str, bool) {
    let end = words(text).last().map_or(0, |word| word.end);
    (&text[end..], text[end..].contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(base: &str, text: &str, expected: Expect) {
        let part = is_part(base, text);
        let mut told = if part { "part\n".to_owned() } else { String::new() };
        for edit in edits(base, text, part) {
            told += &format!("{:?} {:?} -> {:?}\n", edit.kind, edit.from, edit.to);
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn what_differs() {
        check("We will keep the lake clean,", "We will keep the lake clean.", expect![[""]]);
        check(
            "our firm support for the lake",
            "our steady support of the lake",
            expect![[r#"
            Substituted "firm" -> "steady"
            Substituted "for" -> "of"
        "#]],
        );
        check(
            "our firm support for the lake,",
            "our firm support for the lake, ",
            expect![[r#"
            Typography "," -> ", "
        "#]],
        );
        check(
            "We will keep the lake clean, and we will not rest until its fish are back in the rivers of the north",
            "we will not rest until its fish are back",
            expect![[r#"
                part
            "#]],
        );
    }

    #[test]
    fn the_same_but_for_the_sentence_around_it() {
        assert_eq!(key("The dam’s wall held,"), key("The dam's wall  held."));
        assert_ne!(key("The dam held"), key("The dams held"));
    }
}
