//! What other tools write is read. The content is invented; the files in `others/` were made by the tools themselves.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use wirecopy_intake::{Found, read, walk};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/others").join(name)
}

fn check(path: &Path, expected: expect_test::Expect) {
    let walked = walk(&[path]);
    let mut told = String::new();
    for input in &walked.inputs {
        let _ = read(input, &Cell::new(0), &mut |found| {
            told += &match found {
                Found::Page(page) => {
                    let html = page.html.as_ref().map(|html| String::from_utf8_lossy(&html.bytes).into_owned());
                    let text = page.text.clone().or(html).unwrap_or_default();
                    let words: Vec<&str> = text.split_whitespace().collect();
                    let published = page.published.map(|date| format!(", published {date}")).unwrap_or_default();
                    let fetched = page.fetched.map(|date| format!(", fetched {date}")).unwrap_or_default();
                    format!(
                        "{}: {} words to {:?}{published}{fetched}\n",
                        page.id,
                        words.len(),
                        words.last().unwrap_or(&"")
                    )
                }
                Found::Reject(reject) => format!("rejected: {}: {}\n", reject.place, reject.why),
                Found::Note(note) => format!("{}\n", note.rsplit_once(": ").map_or(note.as_str(), |(_, note)| note)),
                Found::Other => "other\n".into(),
            };
            ControlFlow::Continue(())
        });
    }
    expected.assert_eq(&told);
}

#[test]
fn a_warc_file_of_warcio() {
    check(
        &path("warcio.warc.gz"),
        expect_test::expect![[r#"
        https://heron.example/ferry: 37 words to "pier.</p></article></body></html>", fetched 2024-07-19T08:30:00Z
        other
        other
        https://heron.example/pier: 6 words to "Friday.", fetched 2024-07-19T08:30:00Z
    "#]],
    );
}

#[test]
fn a_collection_of_py_wacz() {
    check(
        &path("ferry.wacz"),
        expect_test::expect![[r#"
        https://heron.example/ferry: 37 words to "pier.</p></article></body></html>", fetched 2024-07-19T08:30:00Z
        other
        other
        https://heron.example/pier: 6 words to "Friday.", fetched 2024-07-19T08:30:00Z
    "#]],
    );
}

/// A table that `pyarrow` wrote, with two row groups: columns of text, bytes, times, lists and numbers, and gaps in all.
#[cfg(feature = "parquet")]
#[test]
fn a_parquet_file_of_pyarrow() {
    check(
        &path("ferry.parquet"),
        expect_test::expect![[r#"
        `maintext` is read as text, `raw_html` as html, `url` as url, `date_publish` as published
        https://heron.example/ferry: 13 words to "said.", published 2024-07-19T08:30:00.000000Z
        https://heron.example/pier: 8 words to "Monday.", published 2024-07-20T00:00:00.000000Z
        rejected: row 3: a second row with the id "https://heron.example/ferry"
        rejected: row 4: no `id` (a string is needed)
        https://heron.example/none: 7 words to "open.</p>"
    "#]],
    );
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_parquet_file_is_named_with_what_to_do() {
    check(
        &path("ferry.parquet"),
        expect_test::expect![[r#"
        rejected: : this wirecopy is built without Parquet: `cargo build --release -p wirecopy-cli --features parquet`
    "#]],
    );
}

fn check_text(name: &str, content: &str, expected: expect_test::Expect) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    check(&path, expected);
}

#[test]
fn lines_of_passim_and_news_please() {
    check_text(
        "passim.jsonl",
        "{\"id\": \"bulletin/1871-03-04/p2\", \"series\": \"orrin-bulletin\", \"date\": \"1871-03-04\", \"text\": \"The ferry is late.\", \"book\": 7}\n",
        expect_test::expect![[r#"
            `date` is read as published
            bulletin/1871-03-04/p2: 4 words to "late.", published 1871-03-04
        "#]],
    );
    check_text(
        "news-please.jsonl",
        "{\"authors\": [\"Ada Fenn\"], \"date_download\": \"2024-07-20 09:00:00\", \"date_modify\": null, \"date_publish\": \"2024-07-19 08:30:00\", \
         \"description\": null, \"filename\": \"x.html\", \"image_url\": null, \"language\": \"en\", \"localpath\": null, \"maintext\": \"The ferry runs again.\", \
         \"source_domain\": \"heron.example\", \"title\": \"Ferry\", \"title_page\": null, \"title_rss\": null, \"url\": \"https://heron.example/ferry\"}\n",
        expect_test::expect![[r#"
            `maintext` is read as text, `title` as title, `url` as url, `source_domain` as source, `date_publish` as published, `date_download` as fetched, `language` as lang
            https://heron.example/ferry: 4 words to "again.", published 2024-07-19 08:30:00, fetched 2024-07-20 09:00:00
        "#]],
    );
}

#[test]
fn an_export_of_media_cloud_names_pages_to_fetch() {
    check_text(
        "mc.csv",
        "id,indexed_date,language,media_name,media_url,publish_date,title,url\n\
         3f2a,2024-07-20 01:02:03,en,heron.example,heron.example,2024-07-19,Ferry to Orrin,https://heron.example/ferry\n",
        expect_test::expect![[r#"
            rejected: : no column holds text or HTML (columns: id, indexed_date, language, media_name, media_url, publish_date, title, url); it names pages in `url`: `wirecopy fetch` fetches them
        "#]],
    );
}
