//! The measure of one thing: the age of the boy, the depth of the well. Where an article gives one such value for a noun,
//! it is taken to be that of the one thing of the kind that the story is about.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use super::lexicon::stem;
use super::quantity::{Quantity, Unit};
use super::view::Sent;

/// What a value is the measure of: the kind of measure, and the stem of the noun.
pub(super) type Attribute = (Discriminant<Unit>, String);

/// The noun that a measure describes, if it describes one: "a 3-year-old boy", "the well was 40 metres deep".
pub(super) fn attribute(sent: &Sent, quantity: &Quantity) -> Option<Attribute> {
    if !matches!(quantity.unit, Unit::Age | Unit::Metre | Unit::Kilogram | Unit::Litre | Unit::SquareMetre) {
        return None;
    }
    let mut at = sent.head_of(&quantity.range);
    for _ in 0..4 {
        let tok = &sent.toks[at];
        if !quantity.range.contains(&at) && &*tok.pos == "NOUN" {
            return Some((discriminant(&quantity.unit), stem(&tok.lemma)));
        }
        let described = sent.children(at).iter().copied().find(|&child| {
            &*sent.toks[child].dep == "nsubj" && &*sent.toks[child].pos == "NOUN" && &*tok.pos != "VERB"
        });
        if let Some(noun) = described.filter(|noun| !quantity.range.contains(noun)) {
            return Some((discriminant(&quantity.unit), stem(&sent.toks[noun].lemma)));
        }
        if tok.head == at || tok.is_verb() {
            break;
        }
        at = tok.head;
    }
    None
}

/// The attributes of which an article gives a single value.
#[derive(Default)]
pub(super) struct Attributes(HashMap<Attribute, Option<(f64, f64)>>);

impl Attributes {
    /// Notes a value.
    pub fn note(&mut self, attribute: Attribute, quantity: &Quantity) {
        let bounds = (quantity.low, quantity.high);
        let held = self.0.entry(attribute).or_insert(Some(bounds));
        if *held != Some(bounds) {
            *held = None;
        }
    }

    /// Whether it has one value here.
    pub fn is_single(&self, attribute: &Attribute) -> bool {
        self.0.get(attribute).is_some_and(Option::is_some)
    }
}
