//! What `build` promises: any split and order of the input ends in the same content, a killed build is completed by the
//! next, bad inputs are named and harm nothing.

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{content, rows, run, told_content, top, wirecopy};

fn example() -> PathBuf {
    top().join("examples/lake-orrin/pages")
}

/// The example's pages as one JSON line each, so that they can be dealt out under the same ids.
fn lines() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("all.db");
    run(&store, &["build", example().to_str().unwrap()], 0);
    rows(&store, &["articles", "--text"])
        .into_iter()
        .map(|row| {
            let published = row["published"]["value"].clone();
            serde_json::json!({"id": row["id"], "text": row["text"], "title": row["title"], "published": published})
                .to_string()
        })
        .collect()
}

fn built(folder: &Path, name: &str, parts: &[Vec<String>]) -> String {
    let store = folder.join(format!("{name}.db"));
    for (number, part) in parts.iter().enumerate() {
        let file = folder.join(format!("{name}-{number}.jsonl"));
        fs::write(&file, part.join("\n")).unwrap();
        run(&store, &["build", file.to_str().unwrap()], 0);
    }
    told_content(&store)
}

#[test]
fn order_and_split_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let lines = lines();
    let whole = built(folder.path(), "whole", std::slice::from_ref(&lines));
    let mut backwards = lines.clone();
    backwards.reverse();
    assert_eq!(built(folder.path(), "backwards", &[backwards.clone()]), whole);
    let singly: Vec<Vec<String>> = backwards.into_iter().map(|line| vec![line]).collect();
    assert_eq!(built(folder.path(), "singly", &singly), whole);
    let (odd, even): (Vec<_>, Vec<_>) = lines.into_iter().enumerate().partition(|(number, _)| number % 2 == 1);
    let part = |numbered: Vec<(usize, String)>| numbered.into_iter().map(|(_, line)| line).collect();
    assert_eq!(built(folder.path(), "halves", &[part(odd), part(even)]), whole);
}

#[test]
fn a_second_build_and_a_rebuild_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let pages = example();
    let pages = pages.to_str().unwrap();
    run(&store, &["build", pages], 0);
    let first = content(&store);
    let again = run(&store, &["build", pages], 0);
    assert!(again.contains("0 new articles") && again.contains("known already"), "{again}");
    assert_eq!(content(&store), first);
    run(&store, &["build", "--rebuild"], 0);
    assert_eq!(content(&store), first);
}

/// What is kept from one build to the next must not outlive what it followed from.
#[test]
fn what_came_and_went_changes_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let lines = lines();
    let whole = built(folder.path(), "whole", std::slice::from_ref(&lines));
    let store = folder.path().join("store.db");
    let build = |part: &[String], options: &[&str]| {
        let file = folder.path().join("part.jsonl");
        fs::write(&file, part.join("\n")).unwrap();
        run(&store, &[&["build", file.to_str().unwrap()], options].concat(), 0);
    };
    // Claims come later than the rest; the root of most copies is forgotten for a while; a pair is no copy until the user thinks
    // better of it.
    let half = lines.len() / 2;
    build(&lines[..half], &["--no-claims"]);
    let id =
        |line: &String| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    let copies = rows(&store, &["copies"]);
    let (a, b) = (copies[0]["a"].as_str().unwrap(), copies[0]["b"].as_str().unwrap());
    run(&store, &["decide", "reject-edge", a, b], 0);
    build(&lines[half..], &["--no-claims"]);
    let accounts = rows(&store, &["accounts"]);
    let most = accounts.iter().max_by_key(|account| account["articles"].as_array().unwrap().len()).unwrap();
    let root = most["root"].as_str().unwrap();
    run(&store, &["forget", root], 0);
    build(&[], &[]);
    assert_ne!(told_content(&store), whole);
    run(&store, &["decide", "undo", "1"], 0);
    let again: Vec<String> = lines.iter().filter(|line| id(line) == root).cloned().collect();
    assert_eq!(again.len(), 1);
    build(&again, &[]);
    assert_eq!(told_content(&store), whole);
}

/// Kills a build at one moment after the other, spread over the time that one takes, and looks at the store each time.
#[test]
fn a_killed_build_is_completed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let undisturbed = folder.path().join("undisturbed.db");
    let pages = example();
    let begun = std::time::Instant::now();
    run(&undisturbed, &["build", pages.to_str().unwrap()], 0);
    let whole = begun.elapsed();
    let expected = content(&undisturbed);
    let mut killed = 0;
    for moment in 0..20u32 {
        let store = folder.path().join(format!("killed-{moment}.db"));
        let mut build = wirecopy(&store);
        build.args(["build", pages.to_str().unwrap()]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = build.spawn().unwrap();
        // The one place where a test waits: for the moment at which it pulls the plug.
        std::thread::sleep(Duration::from_nanos((whole.as_nanos() as u64 / 20) * u64::from(moment)));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        run(&store, &["build", pages.to_str().unwrap()], 0);
        assert_eq!(content(&store), expected, "killed at moment {moment}");
        let check = sqlite_check(&store);
        assert_eq!(check, "ok");
    }
    assert!(killed >= 5, "only {killed} of 20 builds were still running when they were killed");
}

fn sqlite_check(store: &Path) -> String {
    let connection = rusqlite::Connection::open(store).unwrap();
    connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
}

/// What was read before the interrupt is kept, and the next build goes on.
#[cfg(unix)]
#[test]
fn an_interrupted_build_keeps_what_it_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let line = |at: usize| {
        let words: Vec<String> = (0..200).map(|word| format!("w{}", (at * 31 + word * 7) % 997)).collect();
        format!("{{\"id\": \"{at}\", \"text\": \"{}\"}}\n", words.join(" "))
    };
    // More than a pipe holds: once it is written the build reads, and hears the interrupt.
    let first: String = (0..200).map(line).collect();
    let mut build = wirecopy(&store);
    let mut child = build.args(["build", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(first.as_bytes()).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    // The line in hand is taken, the rest is not read: the pipe breaks.
    while input.write_all(line(200).as_bytes()).is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    let kept = rows(&store, &["articles"]).len();
    assert!((1..=201).contains(&kept), "{kept}");
    let pile = folder.path().join("pile.jsonl");
    fs::write(&pile, first).unwrap();
    run(&store, &["build", pile.to_str().unwrap()], 0);
    assert!(rows(&store, &["articles"]).len() >= 200);
}

#[test]
fn columns_may_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let (store, table) = (folder.path().join("store.db"), folder.path().join("hits.csv"));
    fs::write(&table, "Key,Hit Sentence\n7,The lake rose again in the night.\n").unwrap();
    let told =
        run(&store, &["build", table.to_str().unwrap(), "--column", "id=Key", "--column", "text=Hit Sentence"], 0);
    assert!(told.contains("1 new article"), "{told}");
    assert_eq!(rows(&store, &["articles"])[0]["id"], "7");
    run(&store, &["build", table.to_str().unwrap()], 3);
}

#[test]
fn bad_inputs_are_named_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    fs::write(pages.join("good.txt"), "The lake rose again in the night, the harbour master of Orrin said.").unwrap();
    fs::write(pages.join("empty.txt"), "").unwrap();
    fs::write(pages.join("some.jsonl"), "{\"id\": \"x\", \"text\": \"Rain fell.\"}\nnot json\n").unwrap();
    let output = wirecopy(&store).args(["build", pages.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("empty.txt: the file is empty"), "{told}");
    assert!(told.contains("some.jsonl, line 2: not a JSON object"), "{told}");
    assert_eq!(rows(&store, &["articles"]).len(), 2);
    let rejects = rows(&store, &["rejects"]);
    assert_eq!(rejects.len(), 2);
    // Mended, it is no reject any more.
    fs::write(pages.join("empty.txt"), "It rained in Orrin.").unwrap();
    fs::write(pages.join("some.jsonl"), "{\"id\": \"x\", \"text\": \"Rain fell.\"}\n").unwrap();
    run(&store, &["build", pages.to_str().unwrap()], 0);
    assert!(rows(&store, &["rejects"]).is_empty());
}

#[test]
fn the_same_id_with_other_content_is_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let page = folder.path().join("page.txt");
    fs::write(&page, "The lake rose by two feet in the night.").unwrap();
    run(&store, &["build", page.to_str().unwrap()], 0);
    fs::write(&page, "The lake rose by three feet in the night.").unwrap();
    run(&store, &["build", page.to_str().unwrap()], 0);
    let row = &rows(&store, &["articles", "--text"])[0];
    assert_eq!(row["versions"], 2);
    assert!(row["text"].as_str().unwrap().contains("three"));
    let edits = rows(&store, &["diff", "page.txt"]);
    assert_eq!(edits.len(), 1);
    let edit = &edits[0];
    assert_eq!((&edit["from"], &edit["to"]), (&1.into(), &2.into()));
    let difference = &edit["text"]["differences"][0];
    assert_eq!((difference["from"].as_str(), difference["to"].as_str()), (Some("two"), Some("three")));
    assert_eq!(difference["kind"], "number");
    assert_eq!(edit["text"]["pair"]["a"], "page.txt@1");
    let told = run(&store, &["diff", "page.txt"], 0);
    assert!(told.contains("[-two-]{+three+}"), "{told}");
    assert_eq!(run(&store, &["diff", "page.txt@1", "page.txt@2"], 0), told);
    assert!(run(&store, &["articles"], 0).contains("page.txt (version 2)"));
    run(&store, &["diff", "page.txt@3", "page.txt"], 2);
}

#[test]
fn what_is_forgotten_is_gone_from_every_answer() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one.db"), folder.path().join("two.db"));
    let all = lines();
    let id = serde_json::from_str::<serde_json::Value>(&all[3]).unwrap()["id"].as_str().unwrap().to_owned();
    let file = folder.path().join("all.jsonl");
    fs::write(&file, all.join("\n")).unwrap();
    run(&one, &["build", file.to_str().unwrap()], 0);
    run(&one, &["forget", &id], 0);
    let without: Vec<&String> = all.iter().enumerate().filter(|(at, _)| *at != 3).map(|(_, line)| line).collect();
    fs::write(&file, without.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n")).unwrap();
    run(&two, &["build", file.to_str().unwrap()], 0);
    assert_eq!(content(&one), content(&two));
    run(&one, &["forget", "no such id"], 1);
}

#[test]
fn files_that_are_no_store_are_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.db");
    fs::write(&file, "these are notes, not a database, and they must stay as they are").unwrap();
    for args in [&["stories"][..], &["build", "nothing.txt"], &["forget", "x"]] {
        let output = wirecopy(&file).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("is not a wirecopy store"));
    }
    assert!(fs::read_to_string(&file).unwrap().starts_with("these are notes"));
    let missing = folder.path().join("missing.db");
    let output = wirecopy(&missing).arg("stories").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("`wirecopy build` makes one"));
    assert!(!missing.exists());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    run(&store, &["build", example().to_str().unwrap()], 0);
    let script = format!("{} articles --text --json; echo \"code $?\" >&2", env!("CARGO_BIN_EXE_wirecopy"));
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("({script}) | head -c 10 >/dev/null")]).env("WIRECOPY_STORE", &store);
    let output = shell.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("code 0"), "{told}");
}

#[test]
fn the_same_address_under_another_id_is_a_version_and_an_address_of_many_texts_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let page = |id: &str, url: &str, text: &str| serde_json::json!({"id": id, "url": url, "text": text}).to_string();
    let dam = "The dam at Orrin held in the night, the water board said, and 12 families went home in the morning.";
    let lines = [
        page("monday", "https://lantern.example/dam?utm_source=feed", dam),
        page("tuesday", "http://www.lantern.example/dam/#top", &dam.replace("12", "15")),
        page("ticker", "https://lantern.example/live", dam.replace("dam", "pier").as_str()),
        page("ticker later", "https://lantern.example/live", "Hay is dear in Tarn, and no rain is in sight there."),
    ];
    let file = folder.path().join("pages.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    run(&store, &["build", file.to_str().unwrap()], 0);
    let before = content(&store);
    run(&store, &["build", file.to_str().unwrap()], 0);
    assert_eq!(content(&store), before);
    let found: Vec<(String, u64)> = rows(&store, &["articles"])
        .iter()
        .map(|row| (row["id"].as_str().unwrap().to_owned(), row["versions"].as_u64().unwrap()))
        .collect();
    let expected = [("monday", 2), ("ticker", 1), ("ticker later", 1)];
    assert_eq!(found, expected.map(|(id, versions)| (id.to_owned(), versions)));
    for name in ["monday", "tuesday"] {
        assert!(run(&store, &["diff", name], 0).contains("[-12-]{+15+}"));
    }
    run(&store, &["xray", "tuesday"], 0);
}

/// Pages of one site: each with a report of its own, and under it the same two lines.
fn site(number: usize) -> String {
    let report = [
        "The ferry to Velmer ran aground in fog on Monday. Its forty passengers waded ashore, wet and unharmed.",
        "A bakery in Tarn has sold the same loaf since the war. Now its oven is cracked and no mason will mend it.",
        "Teachers voted to strike over class sizes. The school board called a meeting for the coming week.",
        "Archaeologists found a Roman drain below the car park. Digging stops until a museum has looked at the tiles.",
        "The orchestra's new conductor comes from Hollin. She wants fewer symphonies, more songs and cheaper seats.",
        "A vote on the wind farm failed by three hands. Fishermen cheered; the mayor left the hall without a word.",
        "Bees swarmed over the railway bridge at noon. Trains waited an hour until a keeper had caught the queen.",
        "Rents in the old harbour have doubled in ten years. Tenants are suing a landlord whom nobody has ever seen.",
    ][number % 8]
        .replace(". ", ".\n\n");
    // Names enough that a report is mostly about itself, as reports are.
    let syllables = ["bar", "den", "fol", "gri", "hul", "kes", "lom", "mir", "nov", "pra"];
    let name = |at: usize| format!("{}{}", syllables[number % 8], syllables[at % 10]) + syllables[at / 10];
    let names: Vec<String> = (0..60).map(name).collect();
    let text = format!(
        "{report}\n\nThere spoke: {}.\n\nThe Lantern is set by hand and carried out by its readers.\n\n\
         Every Thursday the Lantern prints the letters of those who live along the water.",
        names.join(", ")
    );
    serde_json::json!({"id": format!("lantern/{number}"), "source": "The Lantern", "text": text}).to_string()
}

#[test]
fn what_a_site_prints_under_every_story_is_masked_however_the_pages_came() {
    let folder = tempfile::tempdir().unwrap();
    let pages: Vec<String> = (0..8).map(site).collect();
    let at_once = folder.path().join("once.db");
    let split = folder.path().join("split.db");
    let write = |name: &str, lines: &[String]| {
        let file = folder.path().join(name);
        fs::write(&file, lines.join("\n")).unwrap();
        file.to_str().unwrap().to_owned()
    };
    run(&at_once, &["build", &write("all.jsonl", &pages)], 0);
    for (name, part) in [("one.jsonl", &pages[5..]), ("two.jsonl", &pages[..2]), ("three.jsonl", &pages[2..5])] {
        run(&split, &["build", &write(name, part)], 0);
    }
    assert_eq!(content(&at_once), content(&split));
    for row in rows(&at_once, &["articles", "--text"]) {
        let text: Vec<char> = row["text"].as_str().unwrap().chars().collect();
        let kept = row["kept"].as_array().unwrap().iter().map(|piece| {
            let at = |end: usize| piece[end].as_u64().unwrap() as usize;
            text[at(0)..at(1)].iter().collect::<String>()
        });
        let kept: String = kept.collect();
        assert!(kept.len() > 80 && !kept.contains("Lantern"), "{kept}");
    }
    // What all of them print is no copying,
    assert!(rows(&at_once, &["copies"]).is_empty());
    // and is not what the site is searched for; the reason is told.
    assert!(rows_or_nothing(&at_once, &["search", "Thursday"]).is_empty());
    let told = run(&at_once, &["xray", "lantern/3"], 0);
    assert!(told.contains("stands under 5 or more different stories of The Lantern"), "{told}");
    // With the other pages gone nothing is known of the site any more.
    for number in 2..8 {
        run(&at_once, &["forget", &format!("lantern/{number}")], 0);
    }
    run(&at_once, &["build", "--rebuild"], 0);
    assert!(!run(&at_once, &["xray", "lantern/1"], 0).contains("different stories"));
}

/// The rows of a question that may find nothing.
fn rows_or_nothing(store: &Path, args: &[&str]) -> Vec<serde_json::Value> {
    let output = wirecopy(store).args(args).arg("--json").output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)));
    serde_json::from_slice(&output.stdout).unwrap()
}
