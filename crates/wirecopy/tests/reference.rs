//! The reference set: who carried a statement, how much of it, how altered.

use std::fs;
use std::path::{Path, PathBuf};

use wirecopy::model::{Direction, Relation};
use wirecopy::{BuildOptions, Library, Mode, Store, build};

const STATEMENT: &str = "Statement of the Harbour Office of Vesk

The Harbour Office of Vesk will close the eastern basin to all ships over forty metres from the first of June. The basin was \
dredged last in 1987 and has lost a third of its depth since then. “We have waited far too long, and we ask the shipowners of \
the lake for their patience until autumn,” said the harbour master, Imre Tolvaj. Ships that are bound for the grain silos may \
unload at the northern quay, where two cranes were repaired during the winter. The office expects the work to cost nine million \
crowns, of which the canton pays one half.
";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Pages and statements, all invented.
fn pile(folder: &Path) -> (PathBuf, PathBuf) {
    let (pages, statements) = (folder.join("pages"), folder.join("statements"));
    write(&statements, "1.txt", STATEMENT);
    write(
        &statements,
        "2.txt",
        "The Harbour Office of Vesk wishes all who live by the lake a quiet new year, and thanks the pilots for \
         their service in the long fog of December, when no ship was lost and none was late by more than a day.\n",
    );
    write(&pages, "whole.txt", &format!("{STATEMENT}\nPhoto: archive\n"));
    write(
        &pages,
        "part.txt",
        "Basin shut to large ships

The Harbour Office of Vesk will close the eastern basin to all ships over forty metres from the first of June. The basin was \
dredged last in 1987 and has lost a third of its depth since then. “We have waited far too long, and we order the shipowners of \
the lake to show patience until autumn,” said the harbour master, Imre Tolvaj. At the Anchor, where the sailors of the lake have \
their beer, nobody had heard of the plan on Tuesday evening, and several laughed when they were told what it will cost. A \
captain who has called at Vesk since he was a boy said that he would go to Orlen instead, and that others would do so as well.
",
    );
    // A page of the same name as a statement is no version of it.
    write(
        &pages,
        "1.txt",
        "The cantonal library has bought the letters of the painter Sunniva Hallgard, who lived in Vesk as a girl and never \
         came back to it. They will be shown in spring, beside the three pictures of the lake that she painted from memory.\n",
    );
    (pages, statements)
}

fn built(store: &mut Store, pages: &[&Path], references: &[&Path]) -> wirecopy::BuildReport {
    let references = references.iter().map(|path| path.to_path_buf()).collect();
    let options = BuildOptions { references, no_claims: true, ..BuildOptions::default() };
    build(store, pages, options, &mut |_| {}).unwrap()
}

#[test]
fn who_carried_a_statement_is_told_with_what_was_altered() {
    let folder = tempfile::tempdir().unwrap();
    let (pages, statements) = pile(folder.path());
    let mut store = Store::open(folder.path().join("pile.db"), Mode::Write).unwrap();
    let report = built(&mut store, &[&pages], &[&statements]);
    assert_eq!((report.rejects.as_slice(), report.articles, report.references), ([].as_slice(), 5, 2));
    let library = Library::open(&store).unwrap();
    let rows = library.references(None).unwrap();
    let ids: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
    assert_eq!(ids, ["statements/1.txt", "statements/2.txt"]);
    assert_eq!(rows[1].carriers, []);
    let carriers = &rows[0].carriers;
    assert_eq!(carriers.iter().map(|carrier| carrier.article.as_str()).collect::<Vec<_>>(), ["whole.txt", "part.txt"]);
    assert!(carriers[0].is_whole() && carriers[0].altered.is_empty() && carriers[0].edits.deleted == 0);
    let part = &carriers[1];
    assert!(part.relation == Relation::Rewrite && !part.is_whole() && part.carried > 0.4 && part.share < 0.8);
    let words: Vec<(&str, &str)> = part.altered[0].edits.iter().map(|edit| (&*edit.from, &*edit.to)).collect();
    assert!(words.iter().any(|(from, to)| from.contains("ask") && to.contains("order")), "{words:?}");
    assert_ne!(part.direction, Direction::BToA);
    let counts = rows[0].counts;
    assert_eq!((counts.whole, counts.part, counts.quoted, counts.altering), (1, 1, 0, 1));
    assert_eq!(library.references(Some("statements/1.txt")).unwrap(), rows[..1]);
    for none in ["whole.txt", "nowhere"] {
        assert!(library.references(Some(none)).is_err(), "{none}");
    }
}

#[test]
fn a_reference_set_may_come_at_any_time_and_be_of_the_pages() {
    let folder = tempfile::tempdir().unwrap();
    let (pages, statements) = pile(folder.path());
    let open = |name: &str| Store::open(folder.path().join(name), Mode::Write).unwrap();
    let rows = |store: &Store| Library::open(store).unwrap().references(None).unwrap();
    let (mut first, mut last) = (open("first.db"), open("last.db"));
    built(&mut first, &[], &[&statements]);
    built(&mut first, &[&pages], &[]);
    built(&mut last, &[&pages], &[]);
    built(&mut last, &[], &[&statements]);
    assert_eq!(rows(&first), rows(&last));
    // The folder above holds both: what lies in `statements` is the same article, now of the set.
    let mut all = open("all.db");
    assert_eq!(built(&mut all, &[folder.path()], &[]).references, 0);
    let report = built(&mut all, &[], &[&statements]);
    assert_eq!((report.references, report.added.new, report.added.unchanged), (2, 0, 2));
    assert!(all.forget(&"statements/2.txt".into()).unwrap());
    assert_eq!(all.references().unwrap(), ["statements/1.txt".into()]);
}
