//! Fetching from a server that is slow, endless, lies, errs and sends in circles: every good page is in once, every bad one
//! is named.

mod server;

use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use server::{Reply, Server};
use wirecopy_fetch::{Clock, Names, Options, Report, Wanted, address, fetch};
use wirecopy_intake::{Found, InputKind, read_bytes};

/// A clock on which waiting takes no time.
#[derive(Default)]
struct Jumping(AtomicU64);

impl Clock for Jumping {
    fn now(&self) -> Duration {
        Duration::from_millis(self.0.load(SeqCst))
    }

    fn sleep(&self, time: Duration) {
        self.0.fetch_add(time.as_millis() as u64, SeqCst);
        std::thread::yield_now();
    }
}

fn options() -> Options {
    Options {
        allowed_hosts: vec!["127.0.0.1".into()],
        largest: 1 << 20,
        longest: Duration::from_millis(1_500),
        tries: 2,
        ..Options::default()
    }
}

fn names(server: &Server, paths: &[&str]) -> Names {
    let pages = paths.iter().map(|path| Wanted::page(address(&server.url(path)).unwrap())).collect();
    Names { pages, ..Names::default() }
}

fn run(names: Names, path: &Path) -> Report {
    fetch(names, path, &options(), &Jumping::default(), &|_| {}, &|| false).unwrap()
}

/// What the archive gives: ids of pages, and rejects.
fn read(path: &Path) -> Vec<String> {
    let mut told = Vec::new();
    let _ = read_bytes(InputKind::Warc, "ARCHIVE", &std::fs::read(path).unwrap(), &mut |found| {
        match found {
            Found::Page(page) => told.push(page.id.to_string()),
            Found::Reject(reject) => told.push(reject.to_string()),
            Found::Other | Found::Note(_) => {}
        }
        std::ops::ControlFlow::Continue(())
    });
    told.sort();
    told
}

fn check(server: &Server, paths: &[&str], expected: expect_test::Expect) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pages.warc.gz");
    let report = run(names(server, paths), &path);
    let mut told = format!("{} fetched, {} known\n", report.fetched, report.known);
    report.rejects.iter().for_each(|reject| told += &format!("- {reject}\n"));
    read(&path).iter().for_each(|page| told += &format!("{page}\n"));
    expected.assert_eq(&told.replace(&format!("http://{}", server.address), ""));
}

#[test]
fn every_good_page_is_in_once_and_every_bad_one_is_named() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    let server = Server::start(|request, before| match request.path.as_str() {
        "/robots.txt" => Reply::new("200 OK", &["Content-Type: text/plain"], b"User-agent: *\nDisallow: /private\n"),
        "/circle/a" => Reply::new("302 Found", &["Location: /circle/b"], b""),
        "/circle/b" => Reply::new("302 Found", &["Location: /circle/a"], b""),
        "/itself" => Reply::new("301 Moved", &["Location: /itself"], b""),
        "/nowhere" => Reply::new("301 Moved", &[], b""),
        "/to-file" => Reply::new("301 Moved", &["Location: file:///etc/passwd"], b""),
        "/old" => Reply::new("301 Moved", &["Location: /good/1"], b""),
        "/older" => Reply::new("308 Moved", &["Location: /new"], b""),
        "/long" => Reply::new("302 Found", &["Location: /long/x"], b""),
        path if path.starts_with("/long/") => Reply::new("302 Found", &[&format!("Location: {path}x")], b""),
        "/busy" if before < 1 => Reply::new("429 Too Many Requests", &["Retry-After: 7"], b""),
        "/broken" if before < 1 => Reply::new("500 Oops", &[], b""),
        "/always-broken" => Reply::new("503 Oops", &[], b""),
        "/tomorrow" => Reply::new("429 Too Many Requests", &["Retry-After: 86400"], b""),
        "/missing" => Reply::missing(),
        "/endless" => Reply::Endless(format!("{HEAD}\r\n<p>").into_bytes()),
        "/slow" => Reply::Hang(format!("{HEAD}\r\n<p>").into_bytes()),
        "/too-long" => Reply::Bytes(format!("{HEAD}Content-Length: 5000\r\n\r\n<p>short").into_bytes()),
        "/picture" => Reply::new("200 OK", &["Content-Type: image/png"], b"\x89PNG\r\n\x1a\n"),
        "/false-type" => Reply::new("200 OK", &["Content-Type: text/html"], b"\x89PNG\r\n\x1a\n\0\0"),
        "/empty" => Reply::new("200 OK", &["Content-Type: text/html"], b""),
        "/no-http" => Reply::Bytes(b"rain rain rain\r\n\r\n".to_vec()),
        "/nothing" => Reply::Bytes(Vec::new()),
        path => Reply::page(path),
    });
    let bad = [
        "/circle/a",
        "/itself",
        "/nowhere",
        "/to-file",
        "/long",
        "/always-broken",
        "/tomorrow",
        "/missing",
        "/endless",
        "/slow",
        "/too-long",
        "/picture",
        "/false-type",
        "/empty",
        "/no-http",
        "/nothing",
        "/private/1",
    ];
    let good = ["/good/1", "/good/1", "/good/2#part", "/old", "/older", "/busy", "/broken"];
    check(
        &server,
        &[&bad[..], &good].concat(),
        expect_test::expect![[r#"
        7 fetched, 1 known
        - /always-broken: answered 503 Service Unavailable
        - /circle/a: redirects in a circle (redirected to /circle/b)
        - /endless: larger than 1 MB, which no page is
        - /itself: redirects in a circle
        - /long: redirects more than 10 times (redirected to /long/xxxxxxxxxx)
        - /missing: answered 404 Not Found
        - /no-http: no HTTP that can be read: http parse fail: invalid HTTP version
        - /nothing: the answer breaks off (Peer disconnected)
        - /nowhere: redirects, and does not say where to
        - /picture: it is image/png, no page
        - /private/1: robots.txt of the site does not allow it
        - /slow: it took longer than 1.5 s
        - /to-file: redirects to an address of file:, which is not fetched
        - /tomorrow: answered 429 Too Many Requests, and asks to be left in peace for 86400 s: run it again then
        - /too-long: the answer breaks off (Peer disconnected)
        ARCHIVE, record 20 (/false-type): it says that it is text, and is a picture (PNG)
        ARCHIVE, record 21 (/empty): an empty page
        /broken
        /busy
        /good/1
        /good/2
        /new
    "#]],
    );
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|path| *path == "/good/1").count(), 1);
    assert!(!asked.contains(&"/private/1".to_owned()));
}

#[test]
fn bodies_are_kept_as_they_came() {
    use std::io::Write;
    let server = Server::start(|request, _| {
        if request.path == "/robots.txt" || request.field("Accept-Encoding") != Some("gzip") {
            return Reply::missing();
        }
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"<!DOCTYPE html><p>Rain fell.").unwrap();
        let body = gzip.finish().unwrap();
        let chunked = [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
        Reply::Bytes([head.as_bytes(), &chunked].concat())
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pages.warc.gz");
    let report = run(names(&server, &["/1"]), &path);
    assert_eq!((report.fetched, report.rejects.as_slice()), (1, &[][..]));
    let mut pages = Vec::new();
    let _ = read_bytes(InputKind::Warc, "ARCHIVE", &std::fs::read(&path).unwrap(), &mut |found| {
        if let Found::Page(page) = found {
            pages.push(page);
        }
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(pages[0].html.as_ref().unwrap().bytes, b"<!DOCTYPE html><p>Rain fell.");
    let capture = &pages[0].extra["capture"];
    assert_eq!(capture["status"], 200);
    assert!(capture["digest"].as_str().unwrap().starts_with("sha256:"), "{capture}");
    assert_eq!(capture["fetched"].as_str(), pages[0].fetched.as_deref());
}

#[test]
fn what_is_known_is_not_asked_for_again() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/robots.txt" | "/missing" => Reply::missing(),
        "/old" => Reply::new("301 Moved", &["Location: /new"], b""),
        path => Reply::page(path),
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pages.warc.gz");
    run(names(&server, &["/1", "/old", "/missing"]), &path);
    let asked = server.asked().len();
    let again = run(names(&server, &["/1", "/old", "/missing", "/new"]), &path);
    assert_eq!((again.fetched, again.known), (0, 3));
    assert_eq!(again.rejects[0].why, "answered 404 Not Found");
    assert_eq!(server.asked().len(), asked);
    assert_eq!(run(names(&server, &["/1", "/2"]), &path).fetched, 1);
}

#[test]
fn local_addresses_are_asked_only_where_they_are_allowed() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/robots.txt" => Reply::missing(),
        "/trap" => Reply::new("302 Found", &["Location: http://localhost:1/admin"], b""),
        path => Reply::page(path),
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pages.warc.gz");
    let none = Options { allowed_hosts: Vec::new(), ..options() };
    let report = fetch(names(&server, &["/1"]), &path, &none, &Jumping::default(), &|_| {}, &|| false).unwrap();
    assert_eq!(report.rejects[0].why, "its address, 127.0.0.1, is not public; `--allow-host 127.0.0.1` allows it");
    assert!(server.requests().is_empty());
    // Allowed by one name is not allowed by another, nor by way of a redirect.
    let report = run(names(&server, &["/trap"]), &path);
    let why = &report.rejects[0].why;
    assert!(
        why.contains("is not public; `--allow-host localhost` allows it (redirected to http://localhost:1/admin)"),
        "{why}"
    );
}

#[test]
fn a_site_that_does_not_tell_its_rules_is_left_alone() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/robots.txt" => Reply::new("500 Oops", &[], b""),
        path => Reply::page(path),
    });
    check(
        &server,
        &["/1"],
        expect_test::expect![[r#"
        0 fetched, 0 known
        - /1: robots.txt of the site cannot be read: answered 500 Internal Server Error
    "#]],
    );
    assert!(server.asked().is_empty());
}

#[test]
fn a_host_is_asked_for_one_page_at_a_time() {
    static NOW: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    let server = Server::start(|request, _| {
        MOST.fetch_max(NOW.fetch_add(1, SeqCst) + 1, SeqCst);
        let reply = if request.path == "/robots.txt" { Reply::missing() } else { Reply::page(&request.path) };
        NOW.fetch_sub(1, SeqCst);
        reply
    });
    let paths: Vec<String> = (0..40).map(|n| format!("/{n}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let folder = tempfile::tempdir().unwrap();
    let clock = Jumping::default();
    let names = names(&server, &paths);
    let report = fetch(names, &folder.path().join("p.warc.gz"), &options(), &clock, &|_| {}, &|| false).unwrap();
    assert_eq!((report.fetched, MOST.load(SeqCst)), (40, 1));
    // Forty pages and the rules, a second apart.
    assert!(clock.now() >= Duration::from_secs(40), "{:?}", clock.now());
    let agent = server.requests()[0].field("User-Agent").unwrap().to_owned();
    assert!(agent.starts_with("wirecopy/") && agent.contains("https://"), "{agent}");
}

#[test]
fn sitemaps_name_pages_and_other_sitemaps() {
    let server = Server::start(|request, _| {
        let own = format!("http://{}", request.field("Host").unwrap());
        let xml = |body: String| Reply::new("200 OK", &["Content-Type: application/xml"], body.as_bytes());
        match request.path.as_str() {
            "/robots.txt" => Reply::missing(),
            "/index.xml" => xml(format!(
                "<sitemapindex><sitemap><loc>{own}/map.xml</loc></sitemap><sitemap><loc>{own}/map.xml</loc></sitemap></sitemapindex>"
            )),
            "/map.xml" => xml(format!(
                "<urlset><url><loc>{own}/1</loc></url><url><loc>http://other.example/2</loc></url></urlset>"
            )),
            "/no.xml" => xml("<html>".into()),
            path => Reply::page(path),
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let sitemaps = ["/index.xml", "/no.xml"].map(|path| address(&server.url(path)).unwrap()).to_vec();
    let report = run(Names { sitemaps, ..Names::default() }, &folder.path().join("p.warc.gz"));
    assert_eq!(report.fetched, 1);
    assert_eq!(report.rejects[0].why, "no sitemap: it names no page of its own site");
}

#[test]
fn stopped_it_goes_on_where_it_was() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/robots.txt" => Reply::missing(),
        path => Reply::page(path),
    });
    let paths: Vec<String> = (0..10).map(|n| format!("/{n}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.warc.gz");
    let done = AtomicUsize::new(0);
    let watch = |progress: &wirecopy_fetch::Progress| done.store(progress.fetched, SeqCst);
    let stop = || done.load(SeqCst) >= 3;
    let report = fetch(names(&server, &paths), &path, &options(), &Jumping::default(), &watch, &stop).unwrap();
    assert!(report.interrupted && report.fetched == 3);
    let report = run(names(&server, &paths), &path);
    assert_eq!((report.fetched, report.known, report.interrupted), (7, 3, false));
    assert_eq!(read(&path).len(), 10);
}
