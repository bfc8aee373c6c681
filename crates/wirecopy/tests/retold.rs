//! What a story tells when its articles are set side by side, and what the user decides of it, over whole builds.

use std::fs;

use wirecopy::model::{ArticleId, DisputeKind, Slot};
use wirecopy::{BuildOptions, Decision, DisputeRow, Library, Store, build, decide};

/// Invented pages on a strike, two of them copies, and one on something else.
const PAGES: &[(&str, &str, &str)] = &[
    (
        "alder",
        "2023-03-15",
        "Dockers at the port of Orlen walked out on Friday over the pay offer of the Vesk harbour board, and the ferry Anna \
         Lind stayed at the quay. The union leader Marta Kovel told the harbour board that the dockers would stay out until \
         the board raised its offer. The harbour board of Vesk said 250 dockers had joined the walkout at the port. Nobody at \
         the harbour board would say when talks on the pay of the dockers would begin again, and the mayor of Orlen asked \
         both sides to meet. Two days later the board closed the eastern gate of the port to all lorries.",
    ),
    (
        "birch",
        "2023-03-15",
        "Dockers at the port of Orlen walked out on Friday over the pay offer of the Vesk harbour board, and the ferry Anna \
         Lind stayed at the quay. The union leader Marta Kovel told the harbour board that the dockers would stay out until \
         the board raised its offer. The harbour board of Vesk said 250 dockers had joined the walkout at the port. Nobody at \
         the harbour board would say when talks on the pay of the dockers would begin again.",
    ),
    (
        "cedar",
        "2023-03-15",
        "Dockers in Orlen walked out on Tuesday at the port, angry over a pay offer. Lorries queued for miles \
         along the coast road while the ferry company moved its passengers to Mirow. Shops in the old town \
         sold out of bread, a baker said, and children fished from the empty quays all afternoon as if it \
         were a holiday in the valley of the Tarn. At the port 310 dockers had joined the walkout, the Vesk \
         harbour board said.",
    ),
    (
        "dogwood",
        "2022-08-01",
        "The observatory on Mount Sill opened its new telescope to visitors. Astronomers hope to see the rings of a distant \
         planet with it when the sky is clear in autumn, and a school class was the first to look at the moon.",
    ),
];

fn store(order: &[usize]) -> Store {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::in_memory().unwrap();
    for &page in order {
        let (id, day, text) = PAGES[page];
        let line = serde_json::json!({ "id": id, "published": day, "text": text, "source": format!("{id}.example") });
        let path = folder.path().join(format!("{id}.jsonl"));
        fs::write(&path, format!("{line}\n")).unwrap();
        build(&mut store, &[&path], BuildOptions::default(), &mut |_| {}).unwrap();
    }
    store
}

fn rebuild(store: &mut Store) {
    let options = BuildOptions { rebuild: true, ..BuildOptions::default() };
    build::<&str>(store, &[], options, &mut |_| {}).unwrap();
}

fn disputes(store: &Store) -> Vec<DisputeRow> {
    Library::open(store).unwrap().disputes(None).unwrap()
}

/// The articles of each story, sorted.
fn stories(store: &Store) -> Vec<Vec<String>> {
    let stories = Library::open(store).unwrap().stories(None).unwrap();
    let ids = |ids: &[ArticleId]| {
        let mut ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        ids.sort();
        ids
    };
    let mut all: Vec<Vec<String>> = stories.iter().map(|story| ids(&story.articles)).collect();
    all.sort();
    all
}

#[test]
fn any_order_of_arrival_ends_in_the_same_accounts_timeline_and_disputes() {
    let told = |order: &[usize]| {
        let mut store = store(order);
        rebuild(&mut store);
        let library = Library::open(&store).unwrap();
        let accounts = library.accounts(None).unwrap();
        (
            accounts,
            library.timeline(None).unwrap(),
            library.disputes(None).unwrap(),
            library.developments(None).unwrap(),
        )
    };
    let first = told(&[0, 1, 2, 3]);
    assert!(!first.1.is_empty() && !first.2.is_empty());
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1], [0, 2, 1, 3], [1, 0, 2, 3]] {
        assert_eq!(told(&order), first, "{order:?}");
    }
}

#[test]
fn a_copy_stands_behind_the_reading_of_its_source() {
    let rows = disputes(&store(&[0, 1, 2, 3]));
    let number = rows.iter().find(|row| row.dispute.slot == Slot::Number).expect("250 dockers against 310");
    assert_eq!(number.dispute.kind, DisputeKind::Accounts);
    let copied = number.dispute.readings.iter().find(|reading| reading.value.starts_with("250")).unwrap();
    let ids: Vec<&str> = copied.articles.iter().map(ArticleId::as_str).collect();
    assert_eq!((copied.accounts, ids), (1, vec!["alder", "birch"]));
}

#[test]
fn days_in_dispute_are_one_row_and_later_days_are_counted_from_it() {
    let store = store(&[0, 1, 2, 3]);
    let rows = Library::open(&store).unwrap().timeline(None).unwrap();
    let forked: Vec<_> = rows.iter().filter(|entry| !entry.row.disputed.is_empty()).collect();
    assert_eq!(forked.len(), 1, "{rows:#?}");
    assert_eq!(forked[0].row.articles.len(), 3);
}

#[test]
fn decisions_hold_after_every_rebuild_and_can_be_taken_back() {
    let mut store = store(&[0, 1, 2, 3]);
    let before = stories(&store);
    assert_eq!(before, [vec!["alder", "birch", "cedar"], vec!["dogwood"]]);
    let old = Library::open(&store).unwrap().story_of(&"dogwood".into()).unwrap().unwrap().story.to_string();

    decide(&mut store, Decision::Merge { one: "alder".into(), other: "dogwood".into() }).unwrap();
    rebuild(&mut store);
    assert_eq!(stories(&store), [vec!["alder", "birch", "cedar", "dogwood"]]);
    assert!(Library::open(&store).unwrap().story(&old).unwrap().articles.len() == 4, "the old id leads on");
    assert!(store.story_moves().unwrap().iter().any(|step| step.kind == "merged"));

    decide(&mut store, Decision::Split { articles: vec!["birch".into()] }).unwrap();
    rebuild(&mut store);
    assert_eq!(stories(&store), [vec!["alder", "birch"], vec!["cedar", "dogwood"]], "a page goes with its copies");

    for kept in store.decisions().unwrap() {
        assert!(store.undo(kept.number).unwrap());
    }
    rebuild(&mut store);
    assert_eq!(stories(&store), before);
}

#[test]
fn what_was_rejected_is_told_no_more() {
    let mut store = store(&[0, 1, 2, 3]);
    let dispute = disputes(&store)[0].id;
    decide(&mut store, Decision::RejectDispute { dispute }).unwrap();
    assert!(disputes(&store).iter().all(|row| row.id != dispute));

    decide(&mut store, Decision::RejectEdge { a: "birch".into(), b: "alder".into() }).unwrap();
    let library = Library::open(&store).unwrap();
    assert!(library.copies(None).unwrap().is_empty());
    assert_eq!(library.accounts(None).unwrap().len(), 4);

    decide(&mut store, Decision::RejectDate { article: "cedar".into() }).unwrap();
    let dates = Library::open(&store).unwrap().articles(None, false).unwrap();
    let cedar = dates.iter().find(|row| row.id.as_str() == "cedar").unwrap();
    assert_eq!(cedar.published.as_ref().and_then(|date| date.day()), None);
    assert_eq!(store.decisions().unwrap().len(), 3);
    assert!(decide(&mut store, Decision::RejectDate { article: "elm".into() }).is_err());
}
