//! Watching feeds: what is new comes in once, what has not changed is not sent again.

mod server;

use std::sync::Mutex;
use std::time::Duration;

use server::{Reply, Server};
use wirecopy_fetch::{Options, Round, SystemClock, Watch, address};

fn options() -> Options {
    let zero = Duration::ZERO;
    Options { allowed_hosts: vec!["127.0.0.1".into()], delay: zero, backoff: zero, tries: 2, ..Options::default() }
}

static ENTRIES: Mutex<Vec<u32>> = Mutex::new(Vec::new());

fn server() -> Server {
    Server::start(|request, _| {
        let entries = ENTRIES.lock().unwrap().clone();
        let etag = format!("\"{}\"", entries.len());
        match request.path.as_str() {
            "/robots.txt" => Reply::missing(),
            "/feed" if request.field("If-None-Match") == Some(&etag) => Reply::new("304 Not Modified", &[], b""),
            "/feed" => {
                let item = |n: &u32| {
                    format!(
                        "<item><title>Rain {n}</title><link>/{n}</link><pubDate>Fri, 19 Jul 2024 08:30:00 GMT</pubDate></item>"
                    )
                };
                let items: String = entries.iter().map(item).collect();
                let xml = format!("<rss version=\"2.0\"><channel><title>The Heron</title>{items}</channel></rss>");
                Reply::new("200 OK", &["Content-Type: application/rss+xml", &format!("ETag: {etag}")], xml.as_bytes())
            }
            "/no-feed" => Reply::page("no feed"),
            path => Reply::page(path),
        }
    })
}

fn round(watch: &mut Watch, server: &Server, paths: &[&str]) -> Round {
    let feeds: Vec<_> = paths.iter().map(|path| address(&server.url(path)).unwrap()).collect();
    watch.round(&feeds, &options(), &SystemClock::new(), &|_| {}, &|| false).unwrap()
}

#[test]
fn what_is_new_comes_in_once() {
    let server = server();
    let folder = tempfile::tempdir().unwrap();
    let mut watch = Watch::open(folder.path()).unwrap();
    *ENTRIES.lock().unwrap() = vec![1, 2];
    let first = round(&mut watch, &server, &["/feed", "/no-feed"]);
    assert_eq!(first.report.fetched, 2);
    assert!(first.report.rejects[0].why.starts_with("no feed that can be read"), "{:?}", first.report.rejects);
    let second = round(&mut watch, &server, &["/feed"]);
    assert_eq!((second.report.fetched, second.archive), (0, None));
    ENTRIES.lock().unwrap().push(3);
    let third = round(&mut watch, &server, &["/feed"]);
    assert_eq!(third.report.fetched, 1);
    assert!(Watch::open(folder.path()).is_err(), "two cannot watch into one folder");
    // Another process goes on from what the folder holds.
    drop(watch);
    let mut watch = Watch::open(folder.path()).unwrap();
    assert_eq!(round(&mut watch, &server, &["/feed"]).report.fetched, 0);
    let asked = server.asked();
    for page in ["/1", "/2", "/3"] {
        assert_eq!(asked.iter().filter(|path| *path == page).count(), 1, "{page}");
    }
    // Entries that were not fetched when the feed came are fetched though the feed is as it was.
    drop(watch);
    let last = third.archive.unwrap();
    std::fs::remove_file(last).unwrap();
    let mut watch = Watch::open(folder.path()).unwrap();
    assert_eq!(round(&mut watch, &server, &["/feed"]).report.fetched, 1);
    let page = wirecopy_intake::walk(&[folder.path()]);
    assert_eq!(page.inputs.len(), 2);
}
