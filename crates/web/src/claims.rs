//! The claims of an article as its page lists them.

use std::collections::BTreeSet;

use wirecopy::model::{Claim, ClaimLink, Medium, PROBABLE, STATED};
use wirecopy::text::Points;
use wirecopy::{Member, span_words};

use crate::words::clip;

/// A claim of the list.
pub(crate) struct ClaimView {
    /// The speakers, outermost first.
    pub chain: Vec<SpeakerView>,
    /// What is said.
    pub words: String,
    /// `says`, `does not say`, `writes`, `holds`.
    pub verb: &'static str,
    /// Where the sentence begins in which it stands.
    pub sentence: Option<usize>,
}

/// A link of a chain.
pub(crate) struct SpeakerView {
    /// The name, or the words of the text where it names nobody that is known.
    pub words: String,
    /// `stated`, `probable` or `unknown`.
    pub certainty: &'static str,
}

/// The longest content that is shown whole.
const WORDS: usize = 400;
/// The same for a speaker.
const SPEAKER: usize = 120;
/// The most that are listed.
pub(crate) const MOST: usize = 300;

/// Who is cited by name in an article, in the order of the names.
pub(crate) fn speakers(member: &Member) -> Vec<String> {
    let links = member.claims.iter().flat_map(|claim| &claim.chain).filter(|link| link.certainty >= PROBABLE);
    let names: BTreeSet<&str> = links.filter_map(|link| link.speaker.as_deref()).collect();
    names.into_iter().map(|name| clip(name, SPEAKER)).collect()
}

/// The claims of an article, in text order; those of one speaker where one is named.
pub(crate) fn list(member: &Member, text: &Points, speaker: Option<&str>) -> Vec<ClaimView> {
    let sentences = &member.xray.sentences;
    let view = |claim: &Claim| {
        let start = claim.content.pieces().first().map(|piece| piece.start);
        let sentence = start.and_then(|start| {
            let after = sentences.partition_point(|sentence| sentence.start <= start);
            sentences.get(after.checked_sub(1)?).map(|sentence| sentence.start)
        });
        ClaimView {
            chain: claim.chain.iter().map(|link| named(link, text)).collect(),
            words: clip(&span_words(text, &claim.content), WORDS),
            verb: match (claim.negated, claim.medium) {
                (true, _) => "does not say",
                (false, Medium::Speech) => "says",
                (false, Medium::Writing) => "writes",
                (false, Medium::Attitude) => "holds",
            },
            sentence,
        }
    };
    let by = |claim: &&Claim| {
        speaker.is_none_or(|name| claim.chain.iter().any(|link| link.speaker.as_deref() == Some(name)))
    };
    member.claims.iter().filter(by).take(MOST).map(view).collect()
}

fn named(link: &ClaimLink, text: &Points) -> SpeakerView {
    let (words, certainty) = match &link.speaker {
        Some(name) if link.certainty >= STATED => (name.clone(), "stated"),
        Some(name) if link.certainty >= PROBABLE => (name.clone(), "probable"),
        _ if link.source.pieces().is_empty() => ("nobody named".to_owned(), "unknown"),
        _ => (span_words(text, &link.source), "unknown"),
    };
    SpeakerView { words: clip(&words, SPEAKER), certainty }
}
