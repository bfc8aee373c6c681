use std::sync::LazyLock;

use expect_test::{Expect, expect};
use wirecopy_lang::{Cache, Language};
use wirecopy_model::Page;

use super::events;

static ENGLISH: LazyLock<Language> = LazyLock::new(Language::english);

/// The events of an article of 16 March 2023, a Thursday.
fn check(text: &str, expected: Expect) {
    let line = serde_json::json!({ "id": "page", "text": text, "published": "2023-03-16" });
    let mut article = wirecopy_extract::extract(&Page::from_json(&line.to_string()).unwrap());
    let annotation = wirecopy_lang::annotate(&article, &ENGLISH, &Cache::with_capacity(0));
    let dated = wirecopy_time::dates(&article);
    article.published = dated.document_date;
    let points = wirecopy_text::Points::new(&article.text);
    let mut told = String::new();
    for event in events(&article, &annotation, &dated.timexes) {
        assert!(event.sentence.contains(event.trigger) && event.sentence.end <= points.len());
        let day = event.when.as_ref().map_or("open".to_owned(), |when| when.interval.start.to_string());
        let actors = event.actors.join(", ");
        let place = event.place.as_deref().unwrap_or("-");
        let chain = event.according_to.join(" < ");
        told += &format!("{day} {} {} [{actors}] {place} [{chain}]\n", event.modality.as_str(), event.predicate);
    }
    expected.assert_eq(&told);
}

#[test]
fn what_happened() {
    check(
        "President Maria Kovel opened the harbour in Lisbon on Tuesday. Two boats left. The first ferry sailed on Wednesday.",
        expect![[r#"
            2023-03-14 asserted open [Maria Kovel] Lisbon []
            2023-03-15 asserted sail [] - []
        "#]],
    );
    check(
        "The ferry sank. Two boats left.",
        expect![[r#"
        open asserted sink [] - []
    "#]],
    );
}

#[test]
fn a_stamp_is_no_event() {
    check(
        "The otter of the lake museum is back. — Lake Museum (@lakemuseum) March 13, 2023",
        expect![[r#"
            open asserted be [lake museum] - []
        "#]],
    );
    check(
        "Page last updated at 14 March 2023",
        expect![[r#"
            open asserted update [] - []
        "#]],
    );
}

#[test]
fn plans_claims_and_denials() {
    check(
        "The council of Lisbon will meet on Friday.",
        expect![[r#"
        2023-03-17 planned meet [council of Lisbon] - []
    "#]],
    );
    check(
        "The council did not meet on Tuesday.",
        expect![[r#"
        2023-03-14 denied meet [] - []
    "#]],
    );
    check(
        "Police said that two men stole the boat on Tuesday.",
        expect![[r#"
        2023-03-14 alleged steal [] - [Police]
    "#]],
    );
    check(
        "According to Maria Kovel, two men stole the boat on Tuesday.",
        expect![[r#"
        2023-03-14 alleged steal [] - [Maria Kovel]
    "#]],
    );
}

#[test]
fn nouns_that_name_a_happening() {
    check(
        "It was the first talk since a 2018 meeting with Maria Kovel in Orlen.",
        expect![[r#"
        2018-01-01 asserted meeting [Maria Kovel] Orlen []
    "#]],
    );
    check(
        "According to an account of a call on Tuesday, Maria Kovel suggested a truce.",
        expect![[r#"
        2023-03-14 alleged call [Maria Kovel] - [account]
        2023-03-14 alleged suggest [Maria Kovel] - [account]
    "#]],
    );
    check(
        "Maria Kovel spoke by telephone on Tuesday and Pieter Vale proposed a truce.",
        expect![[r#"
        2023-03-14 asserted speak [Maria Kovel, Pieter Vale] - []
        2023-03-14 planned propose [Maria Kovel, Pieter Vale] - []
    "#]],
    );
}

#[test]
fn what_an_event_is_measured_against_is_no_day_of_it() {
    check(
        "Maria Kovel called it the worst flood in the valley since 1968.",
        expect![[r#"
        open asserted call [Maria Kovel] - []
    "#]],
    );
    check(
        "The board has closed the lock since March 2021.",
        expect![[r#"
        2021-03-01 asserted close [] - []
    "#]],
    );
    check("ORLEN | Mon, 13 March 2023", expect![""]);
}

#[test]
fn statements_and_what_hangs_on_other_events() {
    check(
        "The dam broke. Nobody slept. The board said in a statement that the pumps had failed.",
        expect![[r#"
        open asserted break [] - []
        open asserted say [] - []
    "#]],
    );
    check(
        "The dam broke. Two days later the council closed the road.",
        expect![[r#"
        open asserted break [] - []
        open asserted close [] - []
    "#]],
    );
}

#[test]
fn a_headline_is_no_part_of_the_sentence_below() {
    check(
        "Dam of Vesk breaks\n\nThe council met on Tuesday.",
        expect![[r#"
        2023-03-14 asserted meet [] - []
    "#]],
    );
}

#[test]
fn any_text() {
    check("", expect![[""]]);
    check("“ ” Tuesday", expect![[""]]);
    let run_on = "on Tuesday and on Wednesday and ".repeat(2_000);
    let line = serde_json::json!({ "id": "page", "text": run_on, "published": "2023-03-16" });
    let article = wirecopy_extract::extract(&Page::from_json(&line.to_string()).unwrap());
    let annotation = wirecopy_lang::annotate(&article, &ENGLISH, &Cache::with_capacity(0));
    let dated = wirecopy_time::dates(&article);
    assert!(events(&article, &annotation, &dated.timexes).len() < 10_000);
}
