//! A report as a reader gets it: a folder of files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use wirecopy::{BuildOptions, Library, Store, build};
use wirecopy_web::report;

/// The files of a report, by their paths in its folder.
type Site = BTreeMap<String, String>;

/// Builds a store from these pages and writes its report into the folder.
fn write(pages: &Path, folder: &Path) -> wirecopy_web::Report {
    let mut store = Store::in_memory().unwrap();
    build(&mut store, &[pages], BuildOptions::default(), &mut |_| {}).unwrap();
    report(&Library::open(&store).unwrap(), folder).unwrap()
}

fn read(folder: &Path) -> Site {
    let mut site = Site::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(folder.join(&below)).unwrap() {
            let path = below.join(entry.unwrap().file_name());
            if folder.join(&path).is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                let text = fs::read_to_string(folder.join(&path)).unwrap();
                site.insert(path.to_str().unwrap().to_owned(), text);
            }
        }
    }
    site
}

fn site_of(pages: &Path) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let written = write(pages, folder.path());
    let site = read(folder.path());
    assert_eq!(site.len(), written.pages);
    site
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name).join("pages")
}

/// The values of an attribute in a page, with the element that has it.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<(&'p str, &'p str)> {
    let pattern = format!(" {name}=\"");
    let mut found = Vec::new();
    for (at, _) in page.match_indices(&pattern) {
        let element = page[..at].rsplit('<').next().unwrap().split([' ', '>']).next().unwrap();
        let value = page[at + pattern.len()..].split('"').next().unwrap();
        found.push((element, value));
    }
    found
}

fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Every link leads to a place that is there; nothing is loaded, nothing runs.
fn check(site: &Site) {
    let ids: BTreeMap<&str, BTreeSet<&str>> = site
        .iter()
        .map(|(path, page)| (path.as_str(), attributes(page, "id").into_iter().map(|(_, id)| id).collect()))
        .collect();
    for (path, page) in site {
        assert!(page.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"), "{path}");
        assert!(!page.to_lowercase().contains("<script"), "{path} has a script");
        assert!(attributes(page, "style").is_empty(), "{path}: the policy forbids style attributes");
        for loads in ["src", "srcset", "data", "action", "poster", "background"] {
            assert!(attributes(page, loads).is_empty(), "{path} loads something by {loads}");
        }
        for (element, link) in attributes(page, "href") {
            if element == "link" {
                assert!(link.starts_with("data:image/svg+xml,"), "{path} loads {link}");
                continue;
            }
            assert_eq!(element, "a", "{path}: {link}");
            if link.starts_with("https://") || link.starts_with("http://") {
                continue;
            }
            let (file, place) = link.split_once('#').map_or((link, None), |(file, place)| (file, Some(place)));
            let file = if file.is_empty() { path.clone() } else { resolve(path, file) };
            let there = ids.get(file.as_str()).unwrap_or_else(|| panic!("{path} links to {link}, which is not there"));
            assert!(place.is_none_or(|place| there.contains(place)), "{path} links to {link}: there is no such place");
        }
        let mut seen = BTreeSet::new();
        for (_, id) in attributes(page, "id") {
            assert!(seen.insert(id), "{path} has two places called {id}");
        }
    }
}

#[test]
fn every_link_of_the_examples_leads_somewhere_and_nothing_is_loaded() {
    for name in ["tiny", "lake-orrin"] {
        let site = site_of(&example(name));
        check(&site);
        let index = &site["index.html"];
        for path in site.keys() {
            assert!(path.matches('/').count() <= 1, "{path}");
        }
        assert!(index.contains("pages, "), "{name}");
    }
}

#[test]
fn a_report_of_nothing_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let site = site_of(folder.path());
    check(&site);
    assert!(site["index.html"].contains("holds no page yet"));
}

#[test]
fn hostile_texts_come_out_as_text() {
    let pages = tempfile::tempdir().unwrap();
    let word = "x".repeat(100_000);
    let body = "The reservoir at Quenby was drained on Monday, officials said, after a crack was found in its northern wall. \
        “<img src=x onerror=alert(1)> we will not wait,” said the warden, Ilse Morrow, who has kept the gates for thirty years. \
        Nobody was hurt when the water left, and the fish were carried to the lower pond in barrels by forty volunteers.";
    let texts = [
        ("<script>alert(1)</script>", "<script>alert(document.cookie)</script>".to_owned()),
        ("\"><svg onload=alert(2)>", format!("\u{202e}desrever si siht\u{2066} {body}")),
        ("../../../etc/passwd", format!("{body}\n\n<style>*{{display:none}}</style>\n{word}")),
        ("a\u{0}b\u{1b}[31m", format!("{body} </p></main></body><iframe src='https://evil.example'>")),
        ("javascript:alert(3)", word.clone()),
        ("empty", String::new()),
    ];
    let mut lines = String::new();
    for (id, text) in &texts {
        let line = serde_json::json!({"id": id, "text": text, "title": format!("{id} <b>title</b>"),
            "source": "<i>S\u{202e}ource</i>", "url": "javascript:alert(4)", "lang": "en\" onclick=\"alert(5)",
            "published": "2023-05-02"});
        lines += &format!("{line}\n");
    }
    fs::write(pages.path().join("pages.jsonl"), lines).unwrap();
    let site = site_of(pages.path());
    check(&site);
    for (path, page) in &site {
        for hostile in ["<img", "<iframe", "<style>*", "onload=alert(2)>", "<b>", "<i>", "\u{202e}", "\0"] {
            // What looks like markup is there, escaped.
            let bare = page.contains(hostile) && hostile.starts_with(['<', '\u{202e}', '\0']);
            assert!(!bare, "{path} shows {hostile:?}");
        }
        for (element, value) in attributes(page, "href") {
            assert!(!value.contains("javascript:"), "{path}: <{element} href={value}>");
        }
        assert!(attributes(page, "onclick").is_empty() && attributes(page, "onload").is_empty(), "{path}");
    }
    assert!(site.values().any(|page| page.contains("⟨U+202E⟩")));
}

#[test]
fn a_later_report_takes_away_what_an_earlier_one_left_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    write(&example("tiny"), folder.path());
    let before = read(folder.path());
    fs::write(folder.path().join("story/notes-of-my-own.html"), "mine").unwrap();
    fs::write(folder.path().join("CNAME"), "news.example").unwrap();
    let pages = tempfile::tempdir().unwrap();
    fs::write(pages.path().join("one.txt"), "Quenby opens a bridge\n\nThe bridge at Quenby opened on Friday.\n")
        .unwrap();
    let written = write(pages.path(), folder.path());
    let after = read(folder.path());
    assert_eq!(after.len(), written.pages + 1);
    assert!(before.keys().filter(|path| path.starts_with("article/")).all(|path| !after.contains_key(path)));
    assert_eq!(after["story/notes-of-my-own.html"], "mine");
    assert!(folder.path().join("CNAME").exists());
}

#[test]
fn the_same_store_gives_the_same_report() {
    assert_eq!(site_of(&example("tiny")), site_of(&example("tiny")));
}
