//! Claims in a form that a reader can check at a glance.
// Each test file uses a part of this.
#![allow(dead_code)]

use wirecopy_claims::{Model, claims_in};
use wirecopy_lang::{Language, annotation};
use wirecopy_model::{Annotation, ArticleId, Claim, ClaimKind, Piece, Span};

/// What claims are read with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum With {
    Model,
    Rules,
    Words,
}

pub fn annotate(text: &str) -> Annotation {
    let id: ArticleId = serde_json::from_str("\"a\"").expect("an id");
    annotation(&id, &Language::english().analyse(text))
}

pub fn read(text: &str, with: With) -> Vec<Claim> {
    let whole = Span::whole(Piece::new(0, text.chars().count()));
    let annotation = (with != With::Words).then(|| annotate(text));
    let model = (with == With::Model).then(Model::built_in);
    claims_in(text, &whole, annotation.as_ref(), model.as_ref())
}

pub fn slice(text: &str, span: &Span) -> String {
    let chars: Vec<char> = text.chars().collect();
    let pieces = span.pieces().iter().map(|piece| chars[piece.start..piece.end].iter().collect::<String>());
    pieces.collect::<Vec<_>>().join(" … ")
}

/// One line a claim: `source <cue> =name | ...: content`, with `not` for what was not said and `*` for quoted words.
pub fn show(text: &str, claims: &[Claim]) -> String {
    let mut shown = String::new();
    for claim in claims {
        let links: Vec<String> = claim
            .chain
            .iter()
            .map(|link| {
                let name = link.speaker.as_deref().map(|name| format!(" ={name}")).unwrap_or_default();
                format!("{} <{}>{name}", slice(text, &link.source), slice(text, &link.cue))
            })
            .collect();
        let not = if claim.negated { "not " } else { "" };
        let own = match claim.kind {
            ClaimKind::Direct => "*",
            ClaimKind::Mixed => "~",
            ClaimKind::Indirect => "",
        };
        shown += &format!("{not}{own}{}: {}\n", links.join(" | "), slice(text, &claim.content));
    }
    shown
}
