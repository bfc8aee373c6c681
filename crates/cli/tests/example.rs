//! The bundled examples against their keys: what `build` says of them, and that what it says is true.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use common::{rows, run, sorted, strings, top};
use serde_json::Value;

struct Example {
    key: Value,
    store: PathBuf,
    _folder: tempfile::TempDir,
}

fn example(name: &str) -> Example {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let place = top().join("examples").join(name);
    run(&store, &["build", place.join("pages").to_str().unwrap()], 0);
    let key = serde_json::from_str(&fs::read_to_string(place.join("KEY.json")).unwrap()).unwrap();
    Example { key, store, _folder: folder }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("the key has a list {name}"))
}

/// The accounts as sets of articles.
fn accounts(rows: &[Value]) -> BTreeSet<Vec<String>> {
    rows.iter().map(|row| sorted(&row["articles"])).collect()
}

#[test]
fn accounts_are_those_of_the_key() {
    for name in ["tiny", "lake-orrin"] {
        let example = example(name);
        let found = accounts(&rows(&example.store, &["accounts"]));
        let pages = |accounts: BTreeSet<Vec<String>>| accounts.into_iter().filter(|ids| ids.len() > 1).collect();
        let found: BTreeSet<Vec<String>> = pages(found);
        let expected: BTreeSet<Vec<String>> = pages(accounts(list(&example.key, "accounts")));
        assert_eq!(found, expected, "{name}");
    }
}

/// Of the key's copies each is found; of what is stated or called probable nothing is the wrong way round.
#[test]
fn copies_are_those_of_the_key() {
    for name in ["tiny", "lake-orrin"] {
        let example = example(name);
        let families: Vec<BTreeSet<String>> =
            list(&example.key, "families").iter().map(|family| strings(family).into_iter().collect()).collect();
        let mut ways: BTreeSet<(String, String)> = BTreeSet::new();
        for copy in list(&example.key, "copies").iter() {
            let name = |side: &str| copy[side].as_str().expect("a copy has a source").to_owned();
            ways.insert((name("source"), name("copy")));
        }
        let mut found: BTreeSet<(String, String)> = BTreeSet::new();
        for row in rows(&example.store, &["copies"]) {
            let (a, b) = (row["a"].as_str().unwrap().to_owned(), row["b"].as_str().unwrap().to_owned());
            let related = families.iter().any(|family| family.contains(&a) && family.contains(&b));
            if row["relation"] == "shared-quote" {
                continue;
            }
            assert!(related, "{name}: {a} and {b} are taken for copies");
            found.insert((a.clone(), b.clone()));
            let way = match row["direction"].as_str().unwrap() {
                "a->b" => (a, b),
                "b->a" => (b, a),
                _ => continue,
            };
            let reverse = (way.1.clone(), way.0.clone());
            assert!(!ways.contains(&reverse), "{name}: {} is said to be made from {}", way.1, way.0);
        }
        for copy in list(&example.key, "copies") {
            let (source, copied) = (copy["source"].as_str().unwrap(), copy["copy"].as_str().unwrap());
            let pair = if source < copied { (source, copied) } else { (copied, source) };
            assert!(found.contains(&(pair.0.to_owned(), pair.1.to_owned())), "{name}: {pair:?} is not found");
        }
    }
}

#[test]
fn what_only_quotes_the_same_is_kin() {
    let example = example("lake-orrin");
    let kin: BTreeSet<(String, String)> = rows(&example.store, &["copies"])
        .iter()
        .filter(|row| row["relation"] == "shared-quote")
        .map(|row| (row["a"].as_str().unwrap().to_owned(), row["b"].as_str().unwrap().to_owned()))
        .collect();
    let found = list(&example.key, "shared_quotes").iter().filter(|pair| {
        let pair = sorted(&pair["pair"]);
        kin.contains(&(pair[0].clone(), pair[1].clone()))
    });
    let all = list(&example.key, "shared_quotes").len();
    let found = found.count();
    assert!(found * 10 >= all * 9, "{found} of {all}");
}

/// No page is put into a story that is not its own.
#[test]
fn stories_mix_nothing() {
    for name in ["tiny", "lake-orrin"] {
        let example = example(name);
        let mut story_of: BTreeMap<String, usize> = BTreeMap::new();
        for (number, story) in list(&example.key, "stories").iter().enumerate() {
            for id in strings(&story["articles"]) {
                story_of.insert(id, number);
            }
        }
        let mut largest = 0;
        for row in rows(&example.store, &["stories"]) {
            let ids = strings(&row["articles"]);
            let stories: BTreeSet<Option<&usize>> = ids.iter().map(|id| story_of.get(id)).collect();
            assert!(stories.len() == 1, "{name}: {ids:?}");
            assert!(ids.len() == 1 || !stories.contains(&None), "{name}: {ids:?} have no story");
            largest = largest.max(ids.len());
        }
        let expected = list(&example.key, "stories").iter().map(|story| strings(&story["articles"]).len()).max();
        assert!(largest * 7 >= expected.unwrap() * 6, "{name}: {largest} of {expected:?}");
    }
}

#[test]
fn altered_quotations_are_found_with_the_original_first() {
    let example = example("lake-orrin");
    let rows = rows(&example.store, &["quotes"]);
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    for altered in list(&example.key, "altered_quotations") {
        let (original, other) = (altered["original"].as_str().unwrap(), altered["altered"].as_str().unwrap());
        let row = rows
            .iter()
            .find(|row| {
                list(row, "variants").iter().any(|variant| plain(variant["text"].as_str().unwrap()) == plain(other))
            })
            .unwrap_or_else(|| panic!("{other:?} is among the quotations"));
        assert_eq!(plain(row["quote"].as_str().unwrap()), plain(original));
    }
}

#[test]
fn false_dates_are_not_believed() {
    for name in ["tiny", "lake-orrin"] {
        let example = example(name);
        let dates: BTreeMap<String, Value> = rows(&example.store, &["articles"])
            .into_iter()
            .map(|row| (row["id"].as_str().unwrap().to_owned(), row["published"]["value"].clone()))
            .collect();
        for page in list(&example.key, "pages") {
            let (Some(id), Some(found)) = (page["id"].as_str(), page["id"].as_str().and_then(|id| dates.get(id)))
            else {
                continue;
            };
            let Some(found) = found.as_str() else { continue };
            let day = &found[..10];
            assert_eq!(page["published"].as_str().map(|day| &day[..10]), Some(day), "{name}: {id}");
        }
    }
}

#[test]
fn lines_are_those_of_the_key() {
    let (mut right, mut all, mut lost) = (0, 0, Vec::new());
    for name in ["tiny", "lake-orrin"] {
        let example = example(name);
        let jsonl: Vec<String> = rows(&example.store, &["articles", "--text"])
            .iter()
            .map(|row| serde_json::json!({"id": row["id"], "text": row["text"]}).to_string())
            .collect();
        let file = example.store.with_extension("jsonl");
        fs::write(&file, jsonl.join("\n")).unwrap();
        let mut kinds: BTreeMap<(String, u64), String> = BTreeMap::new();
        for line in run(&example.store, &["run", "extract", file.to_str().unwrap()], 0).lines() {
            let article: Value = serde_json::from_str(line).unwrap();
            for line in list(&article, "lines") {
                let at = (article["id"].as_str().unwrap().to_owned(), line["line"].as_u64().unwrap());
                kinds.insert(at, line["kind"].as_str().unwrap().to_owned());
            }
        }
        for page in list(&example.key, "pages") {
            for line in page["lines"].as_array().into_iter().flatten() {
                let at = (page["id"].as_str().unwrap().to_owned(), line["line"].as_u64().unwrap());
                let Some(kind) = kinds.get(&at) else { continue };
                all += 1;
                right += usize::from(line["kind"] == kind.as_str());
                if line["kind"] == "body" && kind == "boilerplate" {
                    lost.push(at);
                }
            }
        }
    }
    assert!(all > 100, "{all}");
    assert!(right * 100 >= all * 95, "{right} of {all}");
    assert!(lost.is_empty(), "{lost:?}");
}

/// What both offices tell of the call stands side by side; what is within a statement is not told twice.
#[test]
fn two_sides_stand_side_by_side() {
    let example = example("lake-orrin");
    let stories = rows(&example.store, &["stories"]);
    let story = stories.iter().max_by_key(|row| row["articles"].as_array().map(Vec::len)).expect("a story");
    let id = story["story"].as_str().expect("an id");
    let told = run(&example.store, &["claims", id, "--between", "Presidential Office", "Cabinet Office", "--json"], 0);
    let sides: Value = serde_json::from_str(&told).unwrap();
    let topics = list(&sides, "topics");
    let words = |topic: &Value, side: usize| {
        topic["said"][side]
            .as_array()
            .unwrap()
            .iter()
            .map(|said| said["words"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let both = topics.iter().filter(|topic| !words(topic, 0).is_empty() && !words(topic, 1).is_empty());
    assert!(
        both.clone().any(|topic| words(topic, 0).iter().chain(&words(topic, 1)).all(|words| words.contains("sluices"))),
        "{told}"
    );
    // First what both speak of, then the one's, then the other's.
    let order: Vec<u8> = topics
        .iter()
        .map(|topic| match (words(topic, 0).is_empty(), words(topic, 1).is_empty()) {
            (false, false) => 0,
            (false, true) => 1,
            _ => 2,
        })
        .collect();
    assert!(order.is_sorted() && order.contains(&2), "{order:?}");
    run(&example.store, &["claims", id, "--between", "Quillfeather", "Brandybuck"], 1);
}

#[test]
fn many_pages_are_collated_in_any_order() {
    let example = example("lake-orrin");
    let families = rows(&example.store, &["lineage"]);
    let members = families.iter().map(|family| strings(&family["family"])).max_by_key(Vec::len).unwrap();
    let ids: Vec<&str> = members.iter().map(String::as_str).collect();
    assert!(ids.len() > 3);
    let told = |ids: &[&str], more: &[&str]| run(&example.store, &[&["diff"], ids, more].concat(), 0);
    let backward: Vec<&str> = ids.iter().rev().copied().collect();
    assert_eq!(told(&ids, &[]), told(&backward, &[]));
    assert_eq!(told(&ids, &["--json", "--noise"]), told(&backward, &["--json", "--noise"]));
    let text = told(&ids, &[]);
    assert!(text.contains("the base text") && text.lines().any(|line| line.starts_with('!')), "{text}");
    assert!(ids.iter().all(|id| text.contains(id)), "{text}");
}
