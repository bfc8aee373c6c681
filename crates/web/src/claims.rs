//! The claims of an article as its page lists them.

use wirecopy::Member;
use wirecopy::model::{Claim, ClaimLink, Medium, PROBABLE, STATED, Span};
use wirecopy::text::Points;

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

/// The claims of an article, in text order.
pub(crate) fn list(member: &Member, text: &Points) -> Vec<ClaimView> {
    let sentences = &member.xray.sentences;
    let view = |claim: &Claim| {
        let start = claim.content.pieces().first().map(|piece| piece.start);
        let sentence = start.and_then(|start| {
            let after = sentences.partition_point(|sentence| sentence.start <= start);
            sentences.get(after.checked_sub(1)?).map(|sentence| sentence.start)
        });
        ClaimView {
            chain: claim.chain.iter().map(|link| speaker(link, text)).collect(),
            words: clip(&words(&claim.content, text), WORDS),
            verb: match (claim.negated, claim.medium) {
                (true, _) => "does not say",
                (false, Medium::Speech) => "says",
                (false, Medium::Writing) => "writes",
                (false, Medium::Attitude) => "holds",
            },
            sentence,
        }
    };
    member.claims.iter().take(MOST).map(view).collect()
}

fn speaker(link: &ClaimLink, text: &Points) -> SpeakerView {
    let (words, certainty) = match &link.speaker {
        Some(name) if link.certainty >= STATED => (name.clone(), "stated"),
        Some(name) if link.certainty >= PROBABLE => (name.clone(), "probable"),
        _ if link.source.pieces().is_empty() => ("nobody named".to_owned(), "unknown"),
        _ => (words(&link.source, text), "unknown"),
    };
    SpeakerView { words: clip(&words, SPEAKER), certainty }
}

fn words(span: &Span, text: &Points) -> String {
    let pieces: Vec<String> =
        span.pieces().iter().map(|piece| text.slice(*piece).split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    pieces.join(" … ")
}
