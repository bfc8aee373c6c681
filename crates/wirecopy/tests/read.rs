//! Articles that were read elsewhere, as `run extract` and the Spark job write them, make the store that their pages make.

use std::fs;
use std::path::Path;

use wirecopy::model::{Article, Page};
use wirecopy::{BuildOptions, Library, Mode, Store, build, stage};

/// Stories of one site, invented, each with a copy elsewhere; a line that the site repeats stands under all of its own.
fn pages() -> Vec<serde_json::Value> {
    let stories = [
        "The mayor of Lakeport resigned on Monday after the council voted against his plan for a second bridge over the Tavrel.",
        "A storm took the roofs of forty houses along the northern shore, and the school in Orrin stays closed until Thursday.",
        "The last ferry to Mirow will be sold to a museum, its owners announced, because no captain could be found for it.",
        "Dockers in Orlen went back to work after eleven days when the harbour board of Vesk promised to look at night pay.",
    ];
    let page = |number: usize, story: &str, site: &str, line: &str| {
        let day = format!("2031-05-{:02}", 10 + number);
        serde_json::json!({
            "id": format!("{site}/{number}"), "source": site, "published": day, "text": format!("{story}\n\n{line}"),
            "url": format!("https://{site}.example/{number}"),
        })
    };
    let own =
        |(number, story): (usize, &&str)| page(number, story, "herald", "The Herald is printed by hand on old paper.");
    let copy = |(number, story): (usize, &&str)| page(number, story, "courier", &format!("Photo number {number}."));
    stories.iter().enumerate().map(own).chain(stories.iter().enumerate().map(copy)).collect()
}

fn store_of(folder: &Path, lines: impl Iterator<Item = String>) -> Store {
    fs::write(folder.join("pile.jsonl"), lines.map(|line| line + "\n").collect::<String>()).unwrap();
    let mut store =
        Store::open(folder.join(format!("{}.db", fs::read_dir(folder).unwrap().count())), Mode::Write).unwrap();
    let options = BuildOptions { no_claims: true, ..BuildOptions::default() };
    let report = build(&mut store, &[folder.join("pile.jsonl")], options, &mut |_| {}).unwrap();
    assert_eq!(report.rejects, []);
    store
}

/// What a store shows of its articles, pairs and families.
fn shown(store: &Store) -> String {
    let library = Library::open(store).unwrap();
    let rows = (
        library.articles(None, true).unwrap(),
        library.copies(None).unwrap(),
        library.lineage(None).unwrap(),
        library.accounts(None).unwrap(),
    );
    serde_json::to_string_pretty(&rows).unwrap()
}

#[test]
fn a_store_of_articles_is_that_of_their_pages() {
    let folder = tempfile::tempdir().unwrap();
    let lines = || pages().into_iter().map(|page| page.to_string());
    let of_pages = store_of(folder.path(), lines());
    let read: Vec<Page> = lines().map(|line| Page::from_json(&line).unwrap()).collect();
    let articles = stage::extract(&read);
    let cut = |article: &Article| article.lines.iter().any(|line| line.why.contains("different stories"));
    // Of either site the line that stands on all its pages, but for a number.
    assert_eq!(articles.iter().filter(|article| cut(article)).count(), 8);
    let rows = || articles.iter().map(|article| serde_json::to_string(article).unwrap());
    let mut of_articles = store_of(folder.path(), rows());
    assert_eq!(shown(&of_articles), shown(&of_pages));
    // What was masked for the sake of the whole pile stays masked where only a part of it is.
    let part = store_of(folder.path(), rows().take(1));
    let article = Library::open(&part).unwrap().article("herald/0").unwrap();
    assert_eq!(article.kept_text(), articles[0].kept_text());
    // And after everything was derived anew.
    let options = BuildOptions { rebuild: true, no_claims: true, ..BuildOptions::default() };
    build::<&str>(&mut of_articles, &[], options, &mut |_| {}).unwrap();
    assert_eq!(shown(&of_articles), shown(&of_pages));
}

#[test]
fn stages_take_articles_that_were_read() {
    let read: Vec<Page> = pages().iter().map(|page| Page::from_json(&page.to_string()).unwrap()).collect();
    let articles = stage::extract(&read);
    let again: Vec<Page> =
        articles.iter().map(|article| Page::from_json(&serde_json::to_string(article).unwrap()).unwrap()).collect();
    assert_eq!(stage::copies(&again, false), stage::copies(&read, false));
    assert_eq!(stage::lineage(&again), stage::lineage(&read));
    let kept = |articles: &[Article]| articles.iter().map(Article::kept_text).collect::<Vec<_>>();
    assert_eq!(kept(&stage::extract(&again)), kept(&articles));
}
