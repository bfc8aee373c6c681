//! What `export` writes, opened by readers of each format.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{run, top};
use rusqlite::Connection;

fn exported(format: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("wirecopy.db");
    run(&store, &["build", top().join("examples/lake-orrin/pages").to_str().unwrap()], 0);
    run(&store, &["export", folder.path().join("out").to_str().unwrap(), "--format", format], 0);
    folder
}

#[test]
fn a_plain_sqlite_file_has_whole_tables_and_full_text() {
    let folder = exported("sqlite");
    let file = Connection::open(folder.path().join("out/wirecopy.sqlite")).unwrap();
    let count = |query: &str| file.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM articles WHERE text <> ''"), 19);
    assert_eq!(count("SELECT count(*) FROM stories"), 8);
    assert!(count("SELECT count(*) FROM copies") > 5);
    assert!(count("SELECT count(*) FROM quote_variants WHERE altered") > 3);
    assert!(count("SELECT count(*) FROM claims WHERE speaker <> ''") > 20);
    // Datasette finds full text by the content table that it names.
    assert!(count("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'summit'") > 5);
    let sql: String =
        file.query_row("SELECT sql FROM sqlite_master WHERE name = 'articles_fts'", [], |row| row.get(0)).unwrap();
    assert!(sql.contains("content='articles'"));
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(count("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

#[test]
fn json_lines_and_csv_have_the_same_rows() {
    let (lines, cells) = (exported("jsonl"), exported("csv"));
    for table in ["articles", "stories", "accounts", "copies", "lineage", "quotes", "dates"] {
        let text = fs::read_to_string(lines.path().join(format!("out/{table}.jsonl"))).unwrap();
        let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(rows.iter().all(serde_json::Value::is_object) && !rows.is_empty(), "{table}");
        let code = format!(
            "import csv, sys; rows = list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8'))); \
             assert len(rows) == {}, len(rows); assert all(None not in row for row in rows)",
            rows.len()
        );
        read_by_python("csv", &code, &cells.path().join(format!("out/{table}.csv")));
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_opens_in_other_readers_and_in_our_own() {
    let folder = exported("parquet");
    let articles = folder.path().join("out/articles.parquet");
    for module in ["pyarrow.parquet", "polars", "duckdb"] {
        let read = match module {
            "polars" => "polars.read_parquet(sys.argv[1]).to_dicts()",
            "duckdb" => "duckdb.read_parquet(sys.argv[1]).fetchall()",
            _ => "pyarrow.parquet.read_table(sys.argv[1]).to_pylist()",
        };
        let code = format!("import sys, {module}; rows = {read}; assert len(rows) == 19, len(rows)");
        read_by_python(module, &code, &articles);
    }
    let store = folder.path().join("again.db");
    run(&store, &["build", articles.to_str().unwrap()], 0);
    assert_eq!(common::rows(&store, &["articles"]).len(), 19);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_parquet_it_is_said_how_to_have_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("wirecopy.db");
    run(&store, &["build", top().join("examples/lake-orrin/pages").to_str().unwrap()], 0);
    run(&store, &["export", folder.path().join("out").to_str().unwrap(), "--format", "parquet"], 2);
}

#[test]
fn graphs_open_in_networkx() {
    let folder = exported("gexf");
    let out = folder.path().join("out");
    for name in ["lineage", "network"] {
        let path = out.join(format!("{name}.gexf"));
        assert!(fs::read_to_string(&path).unwrap().contains("<edge "), "{name}");
        let code = "import sys, networkx; g = networkx.read_gexf(sys.argv[1]); print(len(g.nodes), len(g.edges))";
        read_by_python("networkx", code, &path);
    }
    let folder = exported("dot");
    let text = fs::read_to_string(folder.path().join("out/lineage.dot")).unwrap();
    assert!(text.starts_with("digraph") && text.contains(" -> "));
    match Command::new("dot").arg("-Tsvg").arg(folder.path().join("out/lineage.dot")).output() {
        Ok(drawn) => assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr)),
        Err(_) => println!("SKIPPED: there is no Graphviz here to draw the DOT file"),
    }
}

#[test]
fn one_html_file_names_what_it_rests_on() {
    let folder = exported("html");
    let page = fs::read_to_string(folder.path().join("out/report.html")).unwrap();
    assert!(!page.contains("<script") && !page.contains(" src="));
    for href in page.split("<a ").skip(1).filter_map(|rest| rest.split("href=\"").nth(1)?.split('"').next()) {
        let inside = href.strip_prefix('#').is_some_and(|id| page.contains(&format!("id=\"{id}\"")));
        assert!(inside || href.starts_with("http"), "{href} leads nowhere");
    }
    let rests = page.split("id=\"rests\"").nth(1).unwrap();
    let hashes = rests.split("<td class=\"id\">").skip(1).filter(|rest| {
        let hash = rest.split('<').next().unwrap();
        hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    assert_eq!(hashes.count(), 19);
}

/// Reads a file in Python, where there is one with this module.
fn read_by_python(module: &str, code: &str, path: &Path) {
    let has = Command::new("python3").args(["-c", &format!("import {module}")]).output();
    if !has.is_ok_and(|has| has.status.success()) {
        println!("SKIPPED: there is no Python with {module} here to read {}", path.display());
        return;
    }
    let read = Command::new("python3").args(["-c", code]).arg(path).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
}
