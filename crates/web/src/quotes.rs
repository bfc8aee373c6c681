//! Altered quotations: the wordings side by side, who prints which, and who confirms one without being a copy.

use std::collections::BTreeSet;

use wirecopy::model::{ArticleId, Quote, QuoteVariant};

use crate::desk::Desk;
use crate::marks::{self, Words};
use crate::view::Ref;

/// A quotation of which some article gives other words.
#[derive(Clone, Debug)]
pub(crate) struct Altered {
    pub anchor: String,
    /// The wording nearest the root.
    pub first: Wording,
    /// The others, each beside it.
    pub others: Vec<Beside>,
    /// Who prints only a part of it, in the same words,
    pub parts: Vec<Ref>,
    /// and who of them is no copy of one that prints it whole: they confirm that part.
    pub confirmed_in_part: Vec<Ref>,
}

/// A wording with those who print it.
#[derive(Clone, Debug)]
pub(crate) struct Wording {
    /// Links to the sentences.
    pub carriers: Vec<Ref>,
    /// Carriers of which none is a copy of another, if there are two at least: they confirm the wording.
    pub confirmed: Vec<Ref>,
}

/// Another wording, and the first as it compares.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    pub first: Vec<Words>,
    pub other: Vec<Words>,
    pub wording: Wording,
    pub part: bool,
}

/// The place of a quotation on its story's page.
pub(crate) fn anchor(quote: &Quote) -> String {
    format!("q{}", &quote.id.to_string()[..12])
}

/// The quotation with its wordings, if any alters it.
pub(crate) fn altered(desk: &Desk, quote: &Quote) -> Option<Altered> {
    let (first, rest) = quote.variants.split_first()?;
    let others: Vec<Beside> = rest
        .iter()
        .filter(|variant| variant.is_altered())
        .map(|variant| {
            let (left, right) = marks::side_by_side(&first.text, &variant.text);
            Beside { first: left, other: right, wording: wording(desk, variant), part: variant.part }
        })
        .collect();
    if others.is_empty() {
        return None;
    }
    let parts: Vec<&QuoteVariant> = rest.iter().filter(|variant| variant.part && !variant.is_altered()).collect();
    let ids: BTreeSet<&ArticleId> = parts.iter().flat_map(|part| &part.articles).collect();
    let mut apart: Vec<&ArticleId> = Vec::new();
    for &id in &ids {
        if first.articles.iter().chain(apart.iter().copied()).all(|other| are_apart(desk, id, other)) {
            apart.push(id);
        }
    }
    let carrier = |id: &ArticleId| {
        let at = parts.iter().flat_map(|part| &part.mentions).find(|mention| &mention.article == id);
        Ref::to(desk.names, id).at(at.and_then(|mention| desk.sentence(id, mention.start)))
    };
    Some(Altered {
        anchor: anchor(quote),
        first: wording(desk, first),
        others,
        parts: ids.into_iter().map(carrier).collect(),
        confirmed_in_part: apart.into_iter().map(carrier).collect(),
    })
}

pub(crate) fn wording(desk: &Desk, variant: &QuoteVariant) -> Wording {
    let carrier = |id: &ArticleId| {
        let at = variant.mentions.iter().find(|mention| &mention.article == id);
        Ref::to(desk.names, id).at(at.and_then(|mention| desk.sentence(id, mention.start)))
    };
    let mut apart: Vec<&ArticleId> = Vec::new();
    for id in &variant.articles {
        if apart.iter().all(|other| are_apart(desk, id, other)) {
            apart.push(id);
        }
    }
    let confirmed = if apart.len() > 1 { apart.into_iter().map(carrier).collect() } else { Vec::new() };
    Wording { carriers: variant.articles.iter().map(carrier).collect(), confirmed }
}

/// Whether nothing shows that one has the wording from the other: they are no copies, and carry no account in common.
fn are_apart(desk: &Desk, one: &ArticleId, other: &ArticleId) -> bool {
    !desk.are_copies(one, other) && !desk.roots(one).iter().any(|root| desk.roots(other).contains(root))
}
