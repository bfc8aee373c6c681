use std::sync::LazyLock;

use expect_test::{Expect, expect};
use wirecopy_lang::{Cache, Language};
use wirecopy_model::{Annotation, Article, Page, Timex};

use super::{Disputes, Told, disputes};

static ENGLISH: LazyLock<Language> = LazyLock::new(Language::english);

type Read = (Article, Annotation, Vec<Timex>);

/// An article with this text; a day before a bar is when it was published.
fn read(number: usize, text: &str) -> Read {
    let (day, text) = text.split_once('|').unwrap_or(("2023-03-16", text));
    let line = serde_json::json!({ "id": format!("page-{number}"), "text": text, "published": day });
    let mut article = wirecopy_extract::extract(&Page::from_json(&line.to_string()).unwrap());
    let annotation = wirecopy_lang::annotate(&article, &ENGLISH, &Cache::with_capacity(0));
    let dated = wirecopy_time::dates(&article);
    article.published = dated.document_date;
    (article, annotation, dated.timexes)
}

fn compare(read: &[&Read]) -> Disputes {
    let told: Vec<Told> = read
        .iter()
        .map(|(article, annotation, timexes)| Told { article, annotation, timexes, accounts: &[] })
        .collect();
    disputes(&told, |_, _| true)
}

/// What is raised, and, after a line, what is not and why, between the articles with these texts.
fn check(texts: &[&str], expected: Expect) {
    let read: Vec<Read> = texts.iter().enumerate().map(|(number, text)| read(number, text)).collect();
    let found = compare(&read.iter().collect::<Vec<_>>());
    let values = |row: &wirecopy_model::Dispute| {
        let values: Vec<&str> = row.readings.iter().map(|reading| reading.value.as_str()).collect();
        format!("{}: {}", row.slot.as_str(), values.join(" | "))
    };
    let mut told = String::new();
    for row in &found.raised {
        told += &format!("{} {}\n", row.severity.as_str(), values(row));
    }
    for (veto, row) in &found.vetoed {
        told += &format!("({}) {}\n", veto.as_str(), values(row));
    }
    expected.assert_eq(&told);
    let mut turned: Vec<&Read> = read.iter().collect();
    turned.reverse();
    assert_eq!(compare(&turned), found, "the order of the articles changes nothing");
    let text_of = |id: &str| read.iter().find(|(article, ..)| article.id.as_str() == id).unwrap().0.text.chars();
    for reading in found.raised.iter().flat_map(|row| &row.readings) {
        assert!((1..=reading.mentions.len()).contains(&reading.articles.len()));
        for mention in &reading.mentions {
            let text: String =
                text_of(mention.article.as_str()).skip(mention.start).take(mention.end - mention.start).collect();
            assert!(!text.trim().is_empty() && reading.articles.contains(&mention.article), "{reading:?}");
        }
    }
}

#[test]
fn numbers() {
    check(
        &[
            "A ferry struck the pier at Orlen harbour and 25 passengers were injured, police said.",
            "The ferry hit the pier in Orlen harbour. Police said 27 passengers were injured.",
        ],
        expect![[r#"
            high number: 25 passengers | 27 passengers
        "#]],
    );
    check(
        &[
            "The council of Vesk approved a loan of $40 million for the new dam on the Tarn river.",
            "A loan of $65 million for the dam on the Tarn river was approved by the Vesk council.",
        ],
        expect![[r#"
            high number: $40 million | $65 million
        "#]],
    );
}

#[test]
fn numbers_that_may_both_be_right() {
    check(
        &[
            "The wall of the Tarn dam is 49 metres high and was built by the Vesk water board.",
            "Built by the Vesk water board, the wall of the Tarn dam is about 50 metres high.",
        ],
        expect![[r#"
            (hedge) number: 49 metres | 50 metres
        "#]],
    );
    check(
        &[
            "2023-03-14|At least five people died when the Orlen ferry sank, the coast guard said.",
            "2023-03-16|At least nine people died when the Orlen ferry sank, the coast guard said.",
        ],
        expect![[r#"
            (update) number: five people | nine people
        "#]],
    );
    check(
        &[
            "Five of the 40 crew members were treated in Orlen after the fire on the ferry.",
            "The 40 crew members were treated in Orlen after the fire on the ferry.",
        ],
        expect![[""]],
    );
}

#[test]
fn times() {
    check(
        &[
            "The mayor of Vesk resigned on Monday after the report on the dam was published.",
            "The mayor of Vesk resigned on Wednesday after the report on the dam had been published.",
        ],
        expect![[r#"
            high date: Monday | Wednesday
        "#]],
    );
    check(
        &[
            "The mayor of Vesk resigned in March after the report on the dam was published.",
            "The mayor of Vesk resigned on March 13 after the report on the dam was published.",
        ],
        expect![[""]],
    );
}

#[test]
fn names_places_and_speakers() {
    check(
        &[
            "The ferry Anna Lind left the port of Orlen at dawn with 40 passengers, said harbour master Pieter Vale.",
            "The ferry Anna Lind left the port of Mirow at dawn with 40 passengers, said harbour master Tomas Brandt.",
        ],
        expect![[r#"
            high speaker: Pieter Vale | Tomas Brandt
            high name: Orlen | Mirow
        "#]],
    );
    check(
        &[
            "Engineer Maria Kovel warned the board in January that the dam would not hold.",
            "Engineer Marta Kovell warned the board in January that the dam would not hold.",
        ],
        expect![[r#"
            (spelling) name: Maria Kovel | Marta Kovell
        "#]],
    );
}

#[test]
fn wordings() {
    check(
        &[
            "\"We will keep the lake clean for every child in this valley,\" the mayor said.",
            "The mayor told reporters: \"We will keep the lake full for every child in this valley.\"",
        ],
        expect![[r#"
            high wording: clean | full
        "#]],
    );
    check(
        &[
            "\"We will honour the promise that we made to the valley,\" the mayor said.",
            "The mayor said the board would \"honor the promise that we made\".",
        ],
        expect![[""]],
    );
}

#[test]
fn polarity() {
    check(
        &[
            "The water board of Vesk has apologised to the farmers of the valley for the flood.",
            "The water board of Vesk has not apologised to the farmers of the valley for the flood.",
        ],
        expect![[r#"
            medium polarity: apologised | not apologised
        "#]],
    );
}

#[test]
fn three_accounts_in_one_row() {
    check(
        &[
            "The council of Vesk approved 30 new buses for the valley on Monday.",
            "On Monday the council of Vesk approved 45 new buses for the valley.",
            "The Vesk council on Monday approved 30 new buses for the valley.",
        ],
        expect![[r#"
            high number: 30 | 45
        "#]],
    );
}

#[test]
fn the_day_of_an_event_that_one_tells_with_a_verb_and_one_with_a_noun() {
    check(
        &[
            "Governor Maria Kovel and Mayor Pieter Vale spoke by telephone on Friday, and Kovel proposed a truce on the dam.",
            "According to an account of a call between Governor Kovel and Mayor Vale on Tuesday, Kovel suggested a truce \
             on the dam.",
        ],
        expect![[r#"
            high date: Friday | Tuesday
        "#]],
    );
}

#[test]
fn what_was_foreseen_and_what_came() {
    check(
        &[
            "The water board of Vesk will close 43 wells in the valley of the Tarn.",
            "The water board of Vesk closed 38 wells in the valley of the Tarn.",
        ],
        expect![[r#"
            (forecast) number: 43 wells | 38 wells
        "#]],
    );
}

#[test]
fn what_changed_from_week_to_week() {
    // Put off, and counted on; the same two days apart are two accounts of one state.
    check(
        &[
            "2023-03-06|The ferry Anna Lind will sail to Orlen for the first time on March 20, the harbour master of Vesk said.",
            "2023-03-14|The ferry Anna Lind will sail to Orlen for the first time on April 3, the harbour master of Vesk said.",
        ],
        expect![[r#"
            (update) date: March 20 | April 3
        "#]],
    );
    check(
        &[
            "2023-03-06|The fault in the meters reached 40,000 households in the valley of the Tarn, the water board said.",
            "2023-03-26|The fault in the meters reached 70,000 households in the valley of the Tarn, the water board said.",
        ],
        expect![[r#"
            (update) number: 40,000 households | 70,000 households
        "#]],
    );
}

#[test]
fn one_weekday_counted_from_two_days_is_no_dispute() {
    check(
        &[
            "2023-03-16|Governor Maria Kovel met the farmers of the valley in Orlen on Friday, her office said.",
            "2023-03-20|Governor Maria Kovel met the farmers of the valley in Orlen on Friday, her office said.",
        ],
        expect![[""]],
    );
}

#[test]
fn talk_is_no_report() {
    for (one, other) in [
        ("I will see you in Orlen on Monday, Maria Kovel.", "I will see you in Vesk on Tuesday, Pieter Vale."),
        (
            "MARIA KOVEL, LAKE RADIO REPORTER: The dam at Orlen holds 40 ships.",
            "PIETER VALE, LAKE RADIO REPORTER: The dam at Orlen holds 40 ships.",
        ),
        (
            "Updated at 11:40 Three boats of the harbour guard left Orlen for the island.",
            "Updated at 12:55 Four boats of the harbour guard left Orlen for the island.",
        ),
    ] {
        check(&[one, other], expect![[""]]);
    }
}

#[test]
fn what_is_of_the_page_is_no_report() {
    for (one, other) in [
        (
            "2023-03-06|OREN | Mon Mar 6, 2023 3:40 pm EDT OREN (Lake Agency) - The farmers of the valley marched to the dam.",
            "2023-03-07|MIROW | Tue Mar 7, 2023 8:10 pm EDT MIROW (Lake Agency) - The farmers of the valley marched to the dam.",
        ),
        (
            "OREN (Lake Agency) — The farmers of the valley marched to the dam.",
            "MIROW (Lake Agency) — The farmers of the valley marched to the dam.",
        ),
        ("(Reporting by Maria Kovel; editing by Tomas Brandt)", "(Reporting by Pieter Vale; editing by Tomas Brandt)"),
        ("Maria Kovel, Lake Radio, at the dam of Vesk.", "Pieter Vale, Lake Radio, at the dam of Vesk."),
        (
            "The otter of the lake museum is back. — Lake Museum (@lakemuseum) March 13, 2023",
            "The otter of the lake museum is back. — Lake Museum (@lakemuseum) March 15, 2023",
        ),
    ] {
        check(&[one, other], expect![[""]]);
    }
}

#[test]
fn denials_that_deny_the_same() {
    for (one, other) in [
        (
            "The harbour master maintained that he did not sell nor hide the ferry of the Tarn company.",
            "The harbour master maintained that he neither sold nor hid the ferry of the Tarn company.",
        ),
        (
            "Maria Kovel is not expected to testify in the trial on the dam of Vesk.",
            "Maria Kovel said that she will not testify in the trial on the dam of Vesk.",
        ),
        (
            "The coroner of Vesk gave no cause of the death of the harbour master.",
            "The coroner of Vesk deferred giving a cause of the death of the harbour master.",
        ),
    ] {
        let read: Vec<Read> = [one, other].iter().enumerate().map(|(number, text)| read(number, text)).collect();
        let raised = compare(&read.iter().collect::<Vec<_>>()).raised;
        assert!(raised.iter().all(|row| row.slot != wirecopy_model::Slot::Polarity), "{raised:?}");
    }
}

#[test]
fn measures_of_other_days_and_of_other_things() {
    check(
        &[
            "2023-03-06|Guards killed 21 protesters on Friday, the council of Vesk said.",
            "2023-03-13|Guards killed 80 protesters on Friday, the council of Vesk said.",
        ],
        expect![[r#"
            (other event) number: 21 protesters | 80 protesters
        "#]],
    );
    check(
        &[
            "2023-03-06|In the survey 31 percent of the farmers of the valley thought that prices would get worse.",
            "2023-03-26|In the survey 35 percent of the farmers of the valley thought that prices would get worse.",
        ],
        expect![[r#"
            (update) number: 31 percent | 35 percent
        "#]],
    );
    check(
        &[
            "Guards took the village of Mirow, 12 km (seven miles) south of Vesk on the river Tarn, farmers said.",
            "Some 40 trucks stood 9 km from Vesk on the river Tarn, farmers said.",
        ],
        expect![[r#"
            (other frame) number: 12 km | 9 km
        "#]],
    );
    check(
        &[
            "The dam at Orlen cost 40 million euros (34 million pounds) and the board of Vesk paid for it.",
            "The dam at Orlen cost 40 million euros (36 million pounds) and the board of Vesk paid for it.",
        ],
        expect![[""]],
    );
}

#[test]
fn one_name_in_other_letters_and_one_country() {
    check(
        &[
            "The guards arrested Nabir al-Tarabi in the harbour of Orlen on Monday, the council of Vesk said.",
            "The guards arrested Nabir Eltaraby in the harbour of Orlen on Monday, the council of Vesk said.",
        ],
        expect![[""]],
    );
    check(
        &[
            "Maria Kovel told Britain's Lake Times that the dam at Orlen would hold.",
            "Maria Kovel told the UK's Lake Times that the dam at Orlen would hold.",
        ],
        expect![[""]],
    );
}

#[test]
fn transcripts_and_running_reports() {
    let transcript = |name: &str| {
        format!(
            "{name}: The dam at Orlen holds 40 ships.\n{name}: It is full.\n{name}: The council met.\n{name}: The ferry left."
        )
    };
    check(&[&transcript("KOVEL"), &transcript("VALE").replace("40", "60")], expect![[""]]);
    check(
        &[
            "1217 The council of Vesk asks for boats.\n1302 The guard is out.\n1310 The ferry Anna Lind is in port.",
            "0921 The council of Vesk asks for boats.\n0931 The guard is out.\n0944 The ferry Anna Lind is in port.",
        ],
        expect![[""]],
    );
}

#[test]
fn the_days_of_a_siege_and_a_name_with_another_in_it() {
    check(
        &[
            "2023-03-14|The guards kept the farmers from the dam of Vesk for a third day, the council said.",
            "2023-03-15|The guards kept the farmers from the dam of Vesk for a fourth day, the council said.",
        ],
        expect![[r#"
            (update) number: third | fourth
        "#]],
    );
    check(
        &[
            "The board sent engineer Tomas Albert Brandtner to the dam of Vesk on Monday.",
            "The board sent engineer Thomas Brandtner to the dam of Vesk on Monday.",
        ],
        expect![[r#"
            (spelling) name: Tomas Albert Brandtner | Thomas Brandtner
        "#]],
    );
}

#[test]
fn what_is_new_each_day_and_two_schools() {
    check(
        &[
            "2023-03-14|The new cases of the fever include 13 children from the lake school in Vesk, the clinic said.",
            "2023-03-15|The new cases of the fever include 10 children from the lake school in Vesk, the clinic said.",
        ],
        expect![[r#"
            (other event) number: 13 children | 10 children
        "#]],
    );
    check(
        &[
            "A school in Orlen is to close for a week after a pupil caught the lake fever, the clinic said.",
            "A school in Mirow is to close for a week after a pupil caught the lake fever, the clinic said.",
        ],
        expect![[r#"
            (other frame) place: Orlen | Mirow
        "#]],
    );
}

#[test]
fn last_tuesday_may_be_the_one_before() {
    for (day, expected) in [
        ("7 March", expect![""]),
        (
            "9 March",
            expect![[r#"
            high date: last Tuesday | 9 March
        "#]],
        ),
    ] {
        check(
            &[
                "2023-03-15|The storm killed 200 people in Orlen last Tuesday, the harbour board said.",
                &format!("2023-03-20|The storm killed 200 people in Orlen on {day}, the harbour board said."),
            ],
            expected,
        );
    }
}

#[test]
fn days_without_a_year() {
    check(
        &[
            "The ferry Anna Lind took 300 tons of coal to a ship off Orlen on October 27, 2022.",
            "The ferry Anna Lind took 300 tons of coal to a ship off Orlen on a 12 October.",
        ],
        expect![[r#"
            medium date: October 27, 2022 | 12 October
        "#]],
    );
}

#[test]
fn what_one_person_called_another() {
    check(
        &[
            "The walk-out followed a row between Vale and Maria Kovel, who accused the harbour master of being \"a smuggler\" \
             on the radio.",
            "Ferries stood still in March after Kovel told a radio host that she agreed that Vale was a \"poacher\".",
        ],
        expect![[r#"
            high wording: smuggler | poacher
        "#]],
    );
    check(
        &[
            "Maria Kovel said that her heart \"just about stood still\" when she saw the bill for the dam.",
            "\"My heart just about jumped still when I saw the bill for the dam,\" Maria Kovel said.",
        ],
        expect![[r#"
            high wording: stood | jumped
        "#]],
    );
}

#[test]
fn measures_in_two_units_and_names_with_initials() {
    check(
        &[
            "The satellite of the institute circles the earth in 94 minutes and 24 seconds, the institute said.",
            "The satellite of the institute circles the earth in 1 hour, 34 minutes, the institute said.",
        ],
        expect![[r#"
            (rounding) number: 94 minutes and 24 seconds | 1 hour, 34 minutes
        "#]],
    );
    check(
        &[
            "Jim Harrold, the founder of the lake museum in Vesk, resigned on Monday.",
            "James P. Harrold, the founder of the lake museum in Vesk, resigned on Monday.",
        ],
        expect![[r#"
            (spelling) name: Jim Harrold | James P. Harrold
        "#]],
    );
}

#[test]
fn clocks_and_nights() {
    check(
        &[
            "The ferry Anna Lind struck the pier at Orlen late on Monday evening, police said.",
            "The ferry Anna Lind struck the pier at Orlen early on Tuesday, police said.",
        ],
        expect![[r#"
            (time zone) date: late on Monday evening | early on Tuesday
        "#]],
    );
    check(
        &[
            "The rocket of the Orlen works lifted off from Mirow at 14:30 GMT on Monday.",
            "The rocket of the Orlen works lifted off from Mirow at 9:30 a.m. on Monday.",
        ],
        expect![[r#"
            (time zone) date: 14:30 GMT | 9:30 a.m.
        "#]],
    );
}

#[test]
fn two_statements_of_one_speaker() {
    check(
        &[
            "The Vesk water board said on Monday that engineers were looking at the wall.",
            "On Tuesday the Vesk water board said that farmers would get their money back by summer.",
        ],
        expect![[r#"
            (other statement) date: Monday | Tuesday
        "#]],
    );
}

#[test]
fn what_somebody_was_called() {
    check(
        &[
            "In a radio interview Maria Kovel accused the harbour master of being \"a smuggler\".",
            "Harbour staff walked out after Maria Kovel said in a radio interview that the harbour master was a \"pirate\".",
        ],
        expect![[r#"
            high wording: smuggler | pirate
        "#]],
    );
}

#[test]
fn an_office_is_no_name_and_an_example_is_not_all() {
    check(
        &[
            "The prize of Vesk went to five engineers, including Maria Kovel, at a feast in the harbour of Orlen.",
            "The prize of Vesk went to five engineers, including Pieter Vale, at a feast in the harbour of Orlen.",
        ],
        expect![[r#"
            (part of) name: Maria Kovel | Pieter Vale
        "#]],
    );
}

#[test]
fn one_measure_of_one_thing() {
    check(
        &[
            "The search for the 3-year-old boy who fell into a well in Mirow went on all night.",
            "A 4-year-old boy was pulled out alive on Sunday from the well in Mirow, and the village sang.",
        ],
        expect![[r#"
            low number: 3-year-old | 4-year-old
        "#]],
    );
}

#[test]
fn one_article_that_tells_both() {
    check(
        &[
            "The ferry Anna Lind sank off Orlen with 25 passengers on board, police said. Nobody knew why. The ferry Anna \
             Lind sank off Orlen with 27 passengers on board, police said.",
        ],
        expect![[r#"
            medium number: 25 passengers | 27 passengers
        "#]],
    );
}

#[test]
fn what_a_copy_altered_is_no_account() {
    let source = "The council of Vesk approved 30 new buses for the valley of the Tarn on Monday.";
    let copy = "The council of Vesk approved 45 new buses for the valley of the Tarn on Monday.";
    let other = "On Monday the Vesk council approved 20 new buses for the valley of the Tarn.";
    let read: Vec<Read> = [source, copy, other].iter().enumerate().map(|(number, text)| read(number, text)).collect();
    let root = [wirecopy_model::Account::id_of(&read[0].0.id)];
    let told: Vec<Told> = read
        .iter()
        .enumerate()
        .map(|(number, (article, annotation, timexes))| {
            let accounts = if number == 1 { &root[..] } else { &[] };
            Told { article, annotation, timexes, accounts }
        })
        .collect();
    let rows = disputes(&told, |_, _| true).raised;
    // Value, accounts, pages.
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let readings = row
                .readings
                .iter()
                .map(|reading| format!(" {} {} {}", reading.value, reading.accounts, reading.articles.len()));
            format!("{}:{}", row.kind.as_str(), readings.collect::<String>())
        })
        .collect();
    assert_eq!(told, ["accounts: 30 1 1 20 1 1", "alteration: 30 1 1 45 0 1"]);
}

#[test]
fn any_text() {
    let long = "Three boats of the five left. ".repeat(400);
    let run_on = "and 3 boats or 4 ships ".repeat(800);
    let texts = [
        "",
        "\u{0}\u{feff}",
        "“",
        "12 34 56 - - - 7,8.9.10 $ $5 5bn 99999999999999999999999",
        "Le maire a dit : « Nous garderons le lac propre. » Il y avait 25 blessés lundi.",
        "Der Bürgermeister sagte: „Wir halten den See sauber.“ Am Montag gab es 27 Verletzte.",
        "🙂🙂 25 🙂 people 🙂 injured",
        &long,
        &run_on,
    ];
    let read: Vec<Read> = texts.iter().enumerate().map(|(number, text)| read(number, text)).collect();
    compare(&read.iter().collect::<Vec<_>>());
}

#[test]
fn only_independent_accounts_are_compared() {
    let texts = [
        "The council of Vesk approved 30 new buses on Monday.",
        "The council of Vesk approved 45 new buses on Monday.",
    ];
    let read: Vec<Read> = texts.iter().enumerate().map(|(number, text)| read(number, text)).collect();
    let told: Vec<Told> = read
        .iter()
        .map(|(article, annotation, timexes)| Told { article, annotation, timexes, accounts: &[] })
        .collect();
    assert_eq!(disputes(&told, |_, _| false), Disputes::default());
    assert_eq!(disputes(&told, |_, _| true).raised.len(), 1);
}
