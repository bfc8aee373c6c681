//! Without the model and without an analysis; and texts that nobody meant to be read.

mod common;

use common::{With, read, show};
use expect_test::{Expect, expect};

fn check(text: &str, with: With, expected: Expect) {
    expected.assert_eq(&show(text, &read(text, with)));
}

const TEXT: &str = "“It is over,” said the mayor, Ina Orr. The firm said on Monday that no one was hurt. According to \
                    the Orlen Gazette, a guard had warned that the gate was open.";

#[test]
fn rules_over_the_grammar() {
    check(
        TEXT,
        With::Rules,
        expect![[r#"
        *the mayor, Ina Orr <said> =Ina Orr: “It is over,”
        The firm <said>: that no one was hurt
        the Orlen Gazette <According to> =Orlen Gazette: a guard had warned that the gate was open
        the Orlen Gazette <According to> =Orlen Gazette | a guard <had warned>: that the gate was open
    "#]],
    );
}

#[test]
fn rules_over_the_order_of_words() {
    check(
        TEXT,
        With::Words,
        expect![[r#"
        *the mayor <said>: “It is over,”
        The firm <said>: that no one was hurt
        the Orlen Gazette <According to> =Orlen Gazette: a guard had warned that the gate was open
        the Orlen Gazette <According to> =Orlen Gazette | a guard <had warned>: that the gate was open
    "#]],
    );
    check(
        "The ministry declined to say when the road would open.",
        With::Words,
        expect![[r#"
        not The ministry <declined>: to say when the road would open
    "#]],
    );
    check("The claims of the report were false.", With::Words, expect![[""]]);
}

#[test]
fn hostile_texts_end() {
    let texts = [
        String::new(),
        "\0".into(),
        "said ".repeat(5_000),
        "“".repeat(5_000),
        "Ina Orr said ".repeat(2_000),
        "“a,” he said. ".repeat(2_000),
        "ORR: yes.\n".repeat(1_000),
        "he said she said ".repeat(2_000),
        "é\u{301}漢🙂 said “” : — ".repeat(500),
        "A B said, citing C, as D put it, that E, who told F that ".repeat(300),
    ];
    for text in texts {
        for with in [With::Model, With::Rules, With::Words] {
            let length = text.chars().count();
            for claim in read(&text, with) {
                let last = |span: &wirecopy_model::Span| span.pieces().last().map_or(0, |piece| piece.end);
                assert!(!claim.chain.is_empty() && !claim.content.is_empty());
                assert!(last(&claim.content) <= length);
                for link in &claim.chain {
                    assert!(last(&link.source) <= length && last(&link.cue) <= length);
                    assert!((0.0..=1.0).contains(&link.certainty));
                    assert_eq!(link.speaker.is_some(), link.certainty > 0.0);
                }
            }
        }
    }
}

#[test]
fn what_is_cut_makes_no_claim() {
    use wirecopy_model::{Piece, Span};
    let text = "The mayor said it rained. The mayor said it snowed.";
    let within = Span::whole(Piece::new(0, 25));
    let annotation = common::annotate(text);
    for annotation in [Some(&annotation), None] {
        let found = wirecopy_claims::claims_in(text, &within, annotation, None);
        assert_eq!(show(text, &found), "The mayor <said>: it rained\n");
    }
}
