//! How a document's date is judged against its text.

use expect_test::{Expect, expect};
use wirecopy_model::{Article, Basis, DateValue, DocumentDate, Line, LineKind, Piece, RejectedDate, Span};

fn article(text: &str, published: Option<DocumentDate>) -> Article {
    Article {
        id: "a".into(),
        title: None,
        byline: None,
        agency: None,
        url: None,
        source: None,
        lang: None,
        text: text.into(),
        kept: Span::whole(Piece::new(0, text.chars().count())),
        published,
        lines: Vec::new(),
        extra: Default::default(),
    }
}

fn claimed(day: &str, basis: Basis) -> Option<DocumentDate> {
    Some(DocumentDate::believed(DateValue::parse(day).unwrap(), basis, "the page says so"))
}

fn check(text: &str, published: Option<DocumentDate>, expected: Expect) {
    let date = wirecopy_time::dates(&article(text, published)).document_date;
    let shown = date.map_or("nothing\n".to_owned(), |date| {
        let value = date.value.map_or("open".to_owned(), |value| value.to_string());
        let days = date.interval.map_or(String::new(), |days| format!(" [{} {})", days.start, days.end));
        let mut shown = format!("{value}{days}: {}\n", date.why);
        for other in date.rejected {
            shown.push_str(&format!("not {} ({}): {}\n", other.value, other.basis, other.why));
        }
        shown
    });
    expected.assert_eq(&shown);
}

#[test]
fn a_claim_that_the_text_bears_stands() {
    let text = "The dam of Orrel was closed on 12 April 2021, the ministry said. It will reopen on 3 May 2021.";
    check(
        text,
        claimed("2021-04-13", Basis::Meta),
        expect![[r#"
        2021-04-13 [2021-04-13 2021-04-14): the page says so; the text tells of “12 April 2021”
    "#]],
    );
    check(
        "The mayor said nothing on Tuesday.",
        claimed("2021-04-13", Basis::Given),
        expect![[r#"
        2021-04-13 [2021-04-13 2021-04-14): the page says so
    "#]],
    );
}

#[test]
fn a_claim_that_lies_before_what_has_been_falls() {
    let text = "The dam of Orrel was closed on Monday, 12 April 2021. It had been built in March 2019.";
    check(
        text,
        claimed("2019-04-13", Basis::Meta),
        expect![[r#"
        open [2021-04-12 2021-04-19): the news is of “Monday, 12 April 2021”
        not 2019-04-13 (meta): the text tells of “Monday, 12 April 2021” as past, which is later
    "#]],
    );
    check(
        "The mill was founded in 2016 and sold in 2018.",
        claimed("2011-01-05", Basis::Given),
        expect![[r#"
        open: nothing that can be believed says when it was written
        not 2011-01-05 (given): most times that the text names are years later: “2016”
    "#]],
    );
}

#[test]
fn a_claim_long_after_what_is_to_come_falls() {
    check(
        "The pact will be signed on 3 May 2021 in Vessen.",
        claimed("2024-07-19", Basis::Meta),
        expect![[r#"
        open: nothing that can be believed says when it was written
        not 2024-07-19 (meta): the text tells of “3 May 2021” as still to come, which is long before
    "#]],
    );
    check(
        "The pact would be signed on 3 May 2021 in Vessen, it was said.",
        claimed("2024-07-19", Basis::Meta),
        expect![[r#"
        2024-07-19 [2024-07-19 2024-07-20): the page says so
    "#]],
    );
}

#[test]
fn a_plan_or_one_slip_speaks_against_nothing() {
    check(
        "The bond is due on 15 October 2029 and was sold on 12 April 2021.",
        claimed("2021-04-13", Basis::Meta),
        expect![[r#"
        2021-04-13 [2021-04-13 2021-04-14): the page says so; the text tells of “12 April 2021”
    "#]],
    );
    check(
        "The mill was shut on 12 April 2031 and reopened on 13 April 2021.",
        claimed("2021-04-13", Basis::Meta),
        expect![[r#"
            2021-04-13 [2021-04-13 2021-04-14): the page says so; the text tells of “13 April 2021”
        "#]],
    );
}

#[test]
fn a_line_of_the_page_falls_where_all_times_are_years_before() {
    let text = "The mill was founded in 2016 and burned in 2018.";
    check(
        text,
        claimed("2024-07-19", Basis::Body),
        expect![[r#"
        open: nothing that can be believed says when it was written
        not 2024-07-19 (body): the newest time that the text names is “2018”, years before
    "#]],
    );
    check(
        text,
        claimed("2024-07-19", Basis::JsonLd),
        expect![[r#"
        2024-07-19 [2024-07-19 2024-07-20): the page says so
    "#]],
    );
}

#[test]
fn quotations_have_days_of_their_own() {
    let text = "\u{201c}It was closed on Monday, 12 April 2021, and opened on 14 April 2021,\u{201d} he read.";
    check(
        text,
        claimed("2019-04-13", Basis::Meta),
        expect![[r#"
        2019-04-13 [2019-04-13 2019-04-14): the page says so
    "#]],
    );
}

#[test]
fn a_rejected_claim_comes_back_where_the_text_supports_it() {
    let mut date = claimed("2011-06-01", Basis::Meta).unwrap();
    let lost =
        |day: &str, basis, why: &str| RejectedDate { value: DateValue::parse(day).unwrap(), basis, why: why.into() };
    date.rejected.push(lost("2021-04-13", Basis::Url, "meta says 2011-06-01"));
    let text = "The dam was closed on Monday, 12 April 2021, the ministry said. It was built in 2019.";
    check(
        text,
        Some(date),
        expect![[r#"
        2021-04-13 [2021-04-13 2021-04-14): the page says so, and the text tells of “Monday, 12 April 2021”
        not 2011-06-01 (meta): the text tells of “Monday, 12 April 2021” as past, which is later
    "#]],
    );
}

#[test]
fn where_nothing_is_claimed_the_text_may_tell() {
    check(
        "ORREL, April 13, 2021 (Lake News) \u{2014} The dam was closed.",
        None,
        expect![[r#"
        2021-04-13 [2021-04-13 2021-04-14): the dateline of the text says so
    "#]],
    );
    check(
        "The dam was closed on Monday, 12 April 2021, the ministry said.",
        None,
        expect![[r#"
        open [2021-04-12 2021-04-19): the news is of “Monday, 12 April 2021”
    "#]],
    );
    check(
        "The dam was closed on 12 April 2021. It will reopen in June 2021.",
        None,
        expect![[r#"
        open [2021-04-12 2021-07-01): after “12 April 2021” and before what is still to come
    "#]],
    );
    check(
        "The dam was closed on Monday. It was built in 1998.",
        None,
        expect![[r#"
        nothing
    "#]],
    );
    check(
        "",
        None,
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn a_filled_in_first_of_january_tells_the_year() {
    let date = DocumentDate {
        value: None,
        interval: None,
        basis: None,
        why: "nothing".into(),
        rejected: vec![RejectedDate {
            value: DateValue::parse("2021-01-01").unwrap(),
            basis: Basis::Meta,
            why: "the first of January without a time".into(),
        }],
    };
    check(
        "The dam was closed on Monday.",
        Some(date),
        expect![[r#"
            open [2021-01-01 2022-01-01): only the year is told; its first day stands for a missing one
            not 2021-01-01 (meta): the first of January without a time
        "#]],
    );
}

#[test]
fn a_year_is_enough_for_this_year() {
    let mut date = claimed("2021-01-01", Basis::Meta).unwrap();
    date.value = None;
    date.interval = Some(serde_json::from_str(r#"["2021-01-01", "2022-01-01"]"#).unwrap());
    let dated = wirecopy_time::dates(&article("It fell this year and on Friday.", Some(date)));
    let values: Vec<&str> = dated.timexes.iter().map(|timex| timex.value.as_str()).collect();
    assert_eq!(values, ["2021", "XXXX-WXX-5"]);
}

#[test]
fn litter_gives_no_time_expression_and_the_title_does() {
    let text = "Dam shut on Monday\nUpdated 2 May 2021\nThe dam broke on Tuesday.";
    let mut page = article(text, claimed("2021-04-16", Basis::Given));
    page.kept = Span::whole(Piece::new(38, text.len()));
    let line = |line, span, kind| Line { line, span, kind, why: String::new() };
    page.lines = vec![
        line(1, Piece::new(0, 18), LineKind::Title),
        line(2, Piece::new(19, 37), LineKind::Date),
        line(3, Piece::new(38, text.len()), LineKind::Body),
    ];
    let values: Vec<String> = wirecopy_time::dates(&page).timexes.into_iter().map(|timex| timex.value).collect();
    assert_eq!(values, ["2021-04-12", "2021-04-13"]);
}

#[test]
fn an_article_in_another_language_is_left_alone() {
    let mut page = article("Il pleut en mars et on Friday.", claimed("2021-04-16", Basis::Given));
    page.lang = Some("fr-CA".into());
    let dated = wirecopy_time::dates(&page);
    assert!(dated.timexes.is_empty());
    assert_eq!(dated.document_date, page.published);
}

#[test]
fn weekdays_that_fit_no_year_near_speak_against_a_claim() {
    let text = "The dam broke on Friday, April 9, the mayor said. Repairs began on Monday, April 12.";
    check(
        text,
        claimed("2024-07-19", Basis::Meta),
        expect![[r#"
        open: nothing that can be believed says when it was written
        not 2024-07-19 (meta): “Friday, April 9” is in no year near it
    "#]],
    );
    check(
        text,
        claimed("2021-04-13", Basis::Meta),
        expect![[r#"
        2021-04-13 [2021-04-13 2021-04-14): the page says so
    "#]],
    );
    // A lone one may be a slip of the pen.
    check(
        "The dam broke on Friday, April 9.",
        claimed("2024-07-19", Basis::Meta),
        expect![[r#"
        2024-07-19 [2024-07-19 2024-07-20): the page says so
    "#]],
    );
}

#[test]
fn a_page_clock_of_years_later_falls_and_one_of_the_week_stands() {
    let text = "The call was on 9 April 2021. Both had met in Orrel on 3 March 2020.";
    check(
        text,
        claimed("2024-07-19", Basis::Body),
        expect![[r#"
        open: nothing that can be believed says when it was written
        not 2024-07-19 (body): the newest time that the text names is “9 April 2021”, years before
    "#]],
    );
    check(
        text,
        claimed("2021-04-13", Basis::Body),
        expect![[r#"
        2021-04-13 [2021-04-13 2021-04-14): the page says so; the text tells of “9 April 2021”
    "#]],
    );
}
