//! A model is learned, written and read again.

mod common;

use wirecopy_claims::train::{Example, Marked, Options, train};
use wirecopy_claims::{Model, ModelError, claims_in};
use wirecopy_model::{Annotation, Piece, Span};

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words");
    Span::whole(Piece::new(start, start + words.len()))
}

#[test]
fn a_model_learns_what_it_is_shown() {
    // "yodelled" is no verb of reporting, until somebody marks it as one.
    let people = ["The mayor", "A guard", "Ina Orr", "The firm", "The crew", "My aunt"];
    let texts: Vec<String> = people.iter().map(|who| format!("{who} yodelled that the gate was open.")).collect();
    let annotations: Vec<Annotation> = texts.iter().map(|text| common::annotate(text)).collect();
    let examples: Vec<Example> = texts
        .iter()
        .zip(&annotations)
        .zip(people)
        .map(|((text, annotation), who)| {
            let claim = Marked {
                source: span(text, who),
                cue: span(text, "yodelled"),
                content: span(text, "the gate was open"),
            };
            Example { text, annotation, claims: vec![claim] }
        })
        .collect();
    let model = train(&examples, &Options { epochs: 20, rate: 0.3, least_count: 1, least_weight: 0.0 });
    let bytes = model.to_bytes();
    let model = Model::from_bytes(bytes.clone()).expect("its own bytes");
    let text = "The pilot yodelled that the gate was open.";
    let whole = Span::whole(Piece::new(0, text.len()));
    let annotation = common::annotate(text);
    assert_eq!(claims_in(text, &whole, Some(&annotation), None), []);
    let found = claims_in(text, &whole, Some(&annotation), Some(&model));
    assert_eq!(common::show(text, &found), "The pilot <yodelled>: the gate was open\n");

    for cut in [0, 4, 20, bytes.len() / 2, bytes.len() - 1] {
        assert!(Model::from_bytes(bytes[..cut].to_vec()).is_err(), "cut at {cut}");
    }
    assert_eq!(Model::from_bytes(b"something else".to_vec()).unwrap_err(), ModelError::NoModel);
}
