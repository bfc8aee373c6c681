use std::sync::LazyLock;

use expect_test::{Expect, expect};
use wirecopy_lang::{Cache, Language};
use wirecopy_model::{Article, ContentId, Event, Page};

use super::{Recounted, timeline};

static ENGLISH: LazyLock<Language> = LazyLock::new(Language::english);

/// An article of this day with this text, and its events.
pub(crate) fn read(number: usize, day: &str, text: &str) -> (Article, Vec<Event>) {
    let line = serde_json::json!({ "id": format!("page-{number}"), "text": text, "published": day });
    let mut article = wirecopy_extract::extract(&Page::from_json(&line.to_string()).unwrap());
    let annotation = wirecopy_lang::annotate(&article, &ENGLISH, &Cache::with_capacity(0));
    let dated = wirecopy_time::dates(&article);
    article.published = dated.document_date;
    let events = wirecopy_events::events(&article, &annotation, &dated.timexes);
    (article, events)
}

pub(crate) fn recount<'a>(read: &'a [(Article, Vec<Event>)], accounts: &'a [ContentId]) -> Vec<Recounted<'a>> {
    let recounted = read.iter().map(|(article, events)| Recounted {
        article,
        written: article.published.as_ref().and_then(|date| date.day()),
        accounts,
        events,
    });
    recounted.collect()
}

fn check(texts: &[(&str, &str)], expected: Expect) {
    let read: Vec<(Article, Vec<Event>)> =
        texts.iter().enumerate().map(|(number, (day, text))| read(number, day, text)).collect();
    let mut recounted = recount(&read, &[]);
    let rows = timeline(&recounted, &[]);
    let mut told = String::new();
    for row in &rows {
        let when = row.when.as_ref().map_or("open".to_owned(), |when| when.interval.start.to_string());
        let modality = row.modality.as_str();
        let anchor = row.anchor.as_ref().map_or(String::new(), |anchor| format!(" {} after", anchor.offset));
        told += &format!("{when} {modality} {} by {} ({:.1}){anchor}\n", row.predicate, row.accounts, row.weight);
    }
    expected.assert_eq(&told);
    recounted.reverse();
    assert_eq!(timeline(&recounted, &[]), rows, "the order of the articles changes nothing");
}

#[test]
fn events_of_several_articles_are_one_row() {
    check(
        &[
            (
                "2023-03-14",
                "The dam at Vesk broke on Monday and flooded the valley of the Tarn. The council will meet on Friday.",
            ),
            (
                "2023-03-15",
                "On Monday the dam at Vesk broke. The valley of the Tarn was flooded. Schools closed on Tuesday.",
            ),
            ("2023-06-01", "The dam at Vesk broke on March 13 and flooded the valley of the Tarn, an inquiry found."),
        ],
        expect![[r#"
            2023-03-13 asserted break by 3 (6.0)
            2023-03-14 asserted close by 1 (0.4)
            2023-03-17 planned meet by 1 (0.5)
        "#]],
    );
}

#[test]
fn like_events_of_one_month_to_different_people() {
    check(
        &[
            ("2023-04-14", "In March the singer Maria Kovel separated from her husband in the harbour town."),
            ("2023-04-15", "In March the singer Anna Lindgren separated from her husband in the harbour town."),
        ],
        expect![[r#"
            2023-03-01 asserted separate by 1 (2.9)
            2023-03-01 asserted separate by 1 (2.9)
        "#]],
    );
}

#[test]
fn a_time_is_counted_from_an_event_that_another_article_dates() {
    check(
        &[
            (
                "2023-06-20",
                "Workers at the dam of Vesk were sent home when its wall broke in March. Two days later the council of \
                 Orlen closed the road.",
            ),
            ("2023-03-14", "The wall of the dam of Vesk broke on Monday and its workers were sent home."),
        ],
        expect![[r#"
            2023-03-13 asserted send by 1 (0.7)
            2023-03-13 asserted break by 2 (0.7)
            2023-03-15 asserted close by 1 (3.1) P2D after
        "#]],
    );
}

#[test]
fn what_nobody_dates_is_open() {
    check(
        &[
            ("2023-03-14", "The dam broke on Monday. The harbour board said in a statement that the pumps had failed."),
            (
                "2023-03-14",
                "The harbour board said in its account of the night that the pumps of the harbour had failed.",
            ),
        ],
        expect![[r#"
            2023-03-13 asserted break by 1 (1.3)
            2023-03-14 asserted say by 2 (0.9)
        "#]],
    );
}

#[test]
fn copies_are_one_account() {
    let texts = [
        ("2023-03-14", "The dam at Vesk broke on Monday."),
        ("2023-03-14", "The dam at Vesk broke on Monday, it says."),
    ];
    let read: Vec<(Article, Vec<Event>)> =
        texts.iter().enumerate().map(|(number, (day, text))| read(number, day, text)).collect();
    let account = [ContentId::of("account", ["page-0"])];
    let rows = timeline(&recount(&read, &account), &[]);
    assert_eq!((rows.len(), rows[0].accounts, rows[0].articles.len()), (1, 1, 2));
    assert!(rows[0].weight < timeline(&recount(&read, &[]), &[])[0].weight);
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(timeline(&[], &[]), []);
    check(
        &[("2023-03-14", ""), ("2023-03-14", "“"), ("9999-12-31", "Today. Tomorrow. On Monday, 31 December 9999.")],
        expect![[""]],
    );
}
