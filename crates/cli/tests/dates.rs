//! `wirecopy dates` on pages outside a store and on articles in one.

mod common;

use std::fs;
use std::path::Path;

use common::{rows, run};

const NOWHERE: &str = "/nonexistent/wirecopy.db";

const PAGE: &str = "The sluice of Orrel broke on Tuesday, the mayor said.\n\n\
    Two days after the flood the council met. It has asked for a vote on 03/04/2021.\n";

fn page(folder: &Path) -> String {
    let path = folder.join("sluice.txt");
    fs::write(&path, PAGE).unwrap();
    path.display().to_string()
}

#[test]
fn a_person_reads_each_time_under_its_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let told = run(Path::new(NOWHERE), &["dates", &page(folder.path()), "--published", "2021-04-16"], 0);
    let expected = "\
written 2021-04-16  the input's date

The sluice of Orrel broke on Tuesday, the mayor said.
  Tuesday  2021-04-13
      the latest one: “broke” looks back, counted from 2021-04-16, the date of the document
      or 2021-04-20: the one after

Two days after the flood the council met.
  Two days  P2D
      a length of time
      open: P2D from “the flood the council met”

It has asked for a vote on 03/04/2021.
  03/04/2021  2021-03-04
      month and day could change places
      or 2021-04-03: the day before the month
";
    assert_eq!(told, expected);
}

#[test]
fn without_a_date_nothing_is_claimed() {
    let folder = tempfile::tempdir().unwrap();
    let row = &rows(Path::new(NOWHERE), &["dates", &page(folder.path())])[0];
    let tuesday = &row["timexes"][0];
    assert_eq!((&tuesday["value"], tuesday["interval"].is_null()), (&"XXXX-WXX-2".into(), true));
}

#[test]
fn an_article_of_the_store_is_counted_from_its_settled_date() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("wirecopy.db");
    let line = serde_json::json!({"id": "sluice", "text": PAGE, "published": "2021-04-16"}).to_string();
    let pages = folder.path().join("pages.jsonl");
    fs::write(&pages, line).unwrap();
    run(&store, &["build", &pages.display().to_string()], 0);
    let value = |args: &[&str]| rows(&store, args)[0]["timexes"][0]["value"].clone();
    assert_eq!(value(&["dates", "sluice"]), "2021-04-13");
    assert_eq!(value(&["dates", "sluice", "--published", "2021-05-07"]), "2021-05-04");
    let tables = folder.path().join("tables");
    run(&store, &["export", &tables.display().to_string()], 0);
    let table = fs::read_to_string(tables.join("dates.jsonl")).unwrap();
    assert!(table.contains("\"2021-04-13\"") && table.contains("\"story\":"), "{table}");
}

#[test]
fn wrong_calls_say_what_is_wrong() {
    for args in [&["dates", "no-such-page"][..], &["dates", "-", "--published", "tomorrow"], &["dates", "pages.jsonl"]]
    {
        run(Path::new(NOWHERE), args, 2);
    }
}
