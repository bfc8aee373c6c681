//! What a store keeps and what it refuses.

use std::fs;

use wirecopy_model::{Article, ArticleId, Piece, Reject, Span};
use wirecopy_store::{Added, Entries, Mode, NewArticle, Store, StoreError};

fn new(id: &str, text: &str) -> NewArticle {
    let article = Article {
        id: id.into(),
        title: Some(format!("About {id}")),
        byline: None,
        agency: None,
        url: None,
        source: None,
        lang: None,
        text: text.into(),
        kept: Span::whole(Piece::new(0, text.chars().count())),
        published: None,
        lines: Vec::new(),
        extra: Default::default(),
    };
    let content = text.bytes().fold(7u128, |hash, byte| hash * 31 + u128::from(byte));
    let entries = Entries { sketch: vec![1, 2], features: vec![3], site_lines: vec![4] };
    NewArticle { article, content, page: None, came_as: None, entries }
}

fn ids(found: Vec<ArticleId>) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn articles_come_back_with_all_their_versions() {
    let mut store = Store::in_memory().unwrap();
    let first = store.add(&[new("a", "Rain fell on the lake."), new("b", "Der See blieb trüb.")]).unwrap();
    assert_eq!(first, Added { new: 2, changed: 0, unchanged: 0 });
    let second = store.add(&[new("a", "Snow fell on the lake."), new("b", "Der See blieb trüb.")]).unwrap();
    assert_eq!(second, Added { new: 0, changed: 1, unchanged: 1 });
    assert_eq!(store.article("a").unwrap().unwrap().text, "Snow fell on the lake.");
    assert_eq!(store.version("a", Some(1)).unwrap().unwrap().text, "Rain fell on the lake.");
    assert_eq!(store.version("a", Some(3)).unwrap(), None);
    assert_eq!(store.article("c").unwrap(), None);
    assert_eq!(store.article("b").unwrap().unwrap(), new("b", "Der See blieb trüb.").article);
}

#[test]
fn search_finds_the_current_version_by_all_words_whatever_is_in_them() {
    let mut store = Store::in_memory().unwrap();
    store.add(&[new("a", "Rain fell on the lake."), new("b", "Snow fell on the hills.")]).unwrap();
    store.add(&[new("a", "Hail fell on the lake.")]).unwrap();
    let search = |words: &[&str]| ids(store.search(words, 10).unwrap());
    assert_eq!(search(&["fell", "lake"]), ["a"]);
    assert_eq!(search(&["FELL"]).len(), 2);
    assert_eq!(search(&["hil*"]), ["b"]);
    for hostile in ["rain", "\"", "a\"b", "*", "NEAR(", "title:a OR", "-", "^x", "(", ""] {
        assert_eq!(search(&[hostile]), Vec::<String>::new(), "{hostile:?}");
    }
}

#[test]
fn what_is_forgotten_leaves_nothing() {
    let mut store = Store::in_memory().unwrap();
    store.add(&[new("a", "Rain fell."), new("b", "Snow fell.")]).unwrap();
    assert!(store.forget(&"a".into()).unwrap());
    assert!(!store.forget(&"a".into()).unwrap());
    assert_eq!(ids(store.search(&["fell"], 10).unwrap()), ["b"]);
    let mut sketches = 0;
    let count = |_| -> Result<(), StoreError> {
        sketches += 1;
        Ok(())
    };
    store.each_sketch(None, count).unwrap();
    assert_eq!(sketches, 1);
    assert_eq!(store.count().unwrap(), 1);
}

#[test]
fn rejects_are_those_of_the_last_time_an_input_was_read() {
    let mut store = Store::in_memory().unwrap();
    let reject = |input: &str, place: &str| Reject { input: input.into(), place: place.into(), why: "empty".into() };
    store.put_rejects(&["x".into(), "y".into()], &[reject("x", ""), reject("y", "line 2")]).unwrap();
    store.put_rejects(&["x".into()], &[]).unwrap();
    assert_eq!(store.rejects().unwrap(), [reject("y", "line 2")]);
}

#[test]
fn files_that_are_no_store_of_ours_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str, mode| Store::open(folder.path().join(name), mode);
    assert!(matches!(open("none.db", Mode::Read), Err(StoreError::Missing(_))));

    fs::write(folder.path().join("text.db"), "no database, and long enough to be taken for the head of one".repeat(4))
        .unwrap();
    assert!(matches!(open("text.db", Mode::Write), Err(StoreError::NotAStore(_))));

    let other = rusqlite::Connection::open(folder.path().join("other.db")).unwrap();
    other.execute_batch("CREATE TABLE notes (note TEXT)").unwrap();
    assert!(matches!(open("other.db", Mode::Write), Err(StoreError::NotAStore(_))));

    drop(open("newer.db", Mode::Write).unwrap());
    let newer = rusqlite::Connection::open(folder.path().join("newer.db")).unwrap();
    newer.execute_batch("PRAGMA user_version = 999").unwrap();
    assert!(matches!(open("newer.db", Mode::Write), Err(StoreError::Newer { found: 999, .. })));

    fs::write(folder.path().join("empty.db"), "").unwrap();
    assert!(matches!(open("empty.db", Mode::Read), Err(StoreError::NotAStore(_))));
    assert!(open("empty.db", Mode::Write).is_ok());
}

#[test]
fn a_damaged_page_is_an_error_with_the_article_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut store = Store::open(&path, Mode::Write).unwrap();
    store.add(&[new("a", "Rain fell."), new("b", "Snow fell.")]).unwrap();
    drop(store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE version SET text = x'00' WHERE article = (SELECT n FROM article WHERE id = 'a')", []).unwrap();
    let store = Store::open(&path, Mode::Read).unwrap();
    let error = store.article("a").unwrap_err();
    assert!(matches!(&error, StoreError::Corrupt { detail, .. } if detail.contains("article a")), "{error}");
    assert_eq!(store.article("b").unwrap().unwrap().text, "Snow fell.");
}

#[test]
fn the_views_can_be_read_with_any_tool() {
    let mut store = Store::in_memory().unwrap();
    store.add(&[new("a", "Rain fell.")]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    drop(Store::open(&path, Mode::Write).unwrap());
    let plain = rusqlite::Connection::open(&path).unwrap();
    for view in ["articles", "accounts", "copies", "families", "stories", "quotes"] {
        let rows: i64 = plain.query_row(&format!("SELECT count(*) FROM {view}"), [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 0, "{view}");
    }
}
