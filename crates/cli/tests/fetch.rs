//! `fetch` and `watch` from end to end: pages come in once, bad ones are named, and a process that is killed, stopped or out
//! of room is completed by the next.

#[path = "../../fetch/tests/server/mod.rs"]
mod server;

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use common::{content, rows, run, strings, wirecopy};
use server::{Reply, Server};

/// How many pages the server has that are good, and how many kills a test makes; more where a measurement asks for it.
const PAGES: usize = 24;

fn kills() -> usize {
    std::env::var("WIRECOPY_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

fn text(number: usize) -> String {
    // Neighbours share sentences, so that there are copies to be found.
    let sentences = |from: usize| {
        (from..from + 4).map(|n| {
            format!(
                "The council of Orrin voted {n} times on pier {n}, and speaker {n} of the harbour office said that ferry {n} will \
                 not leave before the water of the lake has fallen by {n} feet. "
            )
        })
    };
    sentences(number / 3 * 7).collect()
}

fn server() -> Server {
    Server::start(|request, before| match request.path.as_str() {
        "/robots.txt" => Reply::missing(),
        "/missing" => Reply::missing(),
        "/busy" if before == 0 => Reply::new("429 Too Many Requests", &["Retry-After: 0"], b""),
        "/feed" => {
            let item = |n: usize| format!("<item><title>Page {n}</title><link>/{n}</link></item>");
            let items: String = (0..PAGES).map(item).collect();
            let xml = format!("<rss version=\"2.0\"><channel><title>The Heron</title>{items}</channel></rss>");
            Reply::new("200 OK", &["Content-Type: application/rss+xml"], xml.as_bytes())
        }
        path => {
            let number = path[1..].parse().unwrap_or(0);
            let html = format!("<!DOCTYPE html><title>Page {number}</title><article><p>{}</p></article>", text(number));
            Reply::new("200 OK", &["Content-Type: text/html; charset=utf-8"], html.as_bytes())
        }
    })
}

fn list(server: &Server, folder: &Path) -> PathBuf {
    let mut lines: Vec<String> = (0..PAGES).map(|n| server.url(&format!("/{n}"))).collect();
    lines.extend([server.url("/missing"), server.url("/busy"), server.url("/1"), "no address".into()]);
    let path = folder.join("urls.txt");
    fs::write(&path, lines.join("\n")).unwrap();
    path
}

const POLITE: [&str; 6] = ["--delay", "0", "--allow-host", "127.0.0.1", "--tries", "3"];

fn args<'a>(command: &[&'a str]) -> Vec<&'a str> {
    command.iter().copied().chain(POLITE).collect()
}

#[test]
fn pages_come_in_once_and_bad_ones_are_named() {
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    let store = folder.path().join("store.db");
    let list = list(&server, folder.path());
    let fetch = args(&["fetch", list.to_str().unwrap()]);
    let output = wirecopy(&store).args(&fetch).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("/missing: answered 404 Not Found") && told.contains("line 28: no address"), "{told}");
    assert_eq!(rows(&store, &["articles"]).len(), PAGES + 1);
    assert!(rows(&store, &["rejects"]).iter().any(|row| row["why"] == "answered 404 Not Found"));
    let (before, asked) = (content(&store), server.asked().len());
    let again = run(&store, &fetch, 3);
    assert!(again.contains(&format!("0 pages fetched, {} fetched before", PAGES + 1)), "{again}");
    assert_eq!((content(&store), server.asked().len()), (before, asked));
    let copies = rows(&store, &["copies"]);
    assert!(
        !copies.is_empty() && strings(&rows(&store, &["stories"])[0]["articles"])[0].starts_with("http://127.0.0.1")
    );
}

#[test]
fn feeds_are_followed() {
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    let store = folder.path().join("store.db");
    let opml = folder.path().join("feeds.opml");
    fs::write(&opml, format!("<opml><body><outline xmlUrl=\"{}\"/></body></opml>", server.url("/feed"))).unwrap();
    let watch = args(&["watch", opml.to_str().unwrap(), "--once"]);
    let told = run(&store, &watch, 0);
    assert!(told.contains(&format!("{PAGES} pages fetched")), "{told}");
    assert_eq!(rows(&store, &["articles"]).len(), PAGES);
    let before = content(&store);
    assert!(run(&store, &watch, 0).contains("0 pages fetched"));
    assert_eq!(content(&store), before);
}

/// Starts the command, and pulls the plug once the server was asked so often, or the time has come.
fn killed(store: &Path, args: &[&str], server: &Server, after_requests: usize, moment: u32) -> bool {
    let before = server.requests().len();
    let mut command = wirecopy(store);
    let mut child: Child = command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while child.try_wait().unwrap().is_none() && server.requests().len() - before < after_requests {
        std::thread::yield_now();
    }
    // The moments between two requests, and those after the last.
    std::thread::sleep(Duration::from_millis(u64::from(moment)));
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// Kills a command again and again on its way, then lets it end: the content is that of an undisturbed run.
fn kill_and_compare(name: &str, command: impl Fn(&Server, &Path) -> Vec<String>) {
    static RANDOM: AtomicUsize = AtomicUsize::new(1);
    let random = move |most: usize| {
        let next = RANDOM.load(SeqCst).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        RANDOM.store(next, SeqCst);
        (next >> 33) % most
    };
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    let command = command(&server, folder.path());
    let command: Vec<&str> = args(&command.iter().map(String::as_str).collect::<Vec<_>>());
    let undisturbed = folder.path().join("undisturbed.db");
    let status = wirecopy(&undisturbed).args(&command).output().unwrap().status;
    assert!(matches!(status.code(), Some(0 | 3)), "{name}: {status}");
    let expected = content(&undisturbed);
    let (mut kills, mut left) = (0, kills());
    for attempt in 0.. {
        let store = folder.path().join(format!("killed-{attempt}.db"));
        // Each store is killed a few times before it may end.
        for _ in 0..left.min(4) {
            let (after, moment) = (random(PAGES + 4), random(60) as u32);
            kills += usize::from(killed(&store, &command, &server, after, moment));
            left -= 1;
        }
        let status = wirecopy(&store).args(&command).output().unwrap().status;
        assert!(matches!(status.code(), Some(0 | 3)), "{name}: {status}");
        assert_eq!(content(&store), expected, "{name}: after {kills} kills");
        if left == 0 {
            break;
        }
    }
    println!("{name}: {kills} kills");
    assert!(kills > 0, "{name}: nothing was killed on its way");
}

#[test]
fn a_killed_fetch_is_completed_by_the_next() {
    kill_and_compare("fetch", |server, folder| vec!["fetch".into(), list(server, folder).display().to_string()]);
}

#[test]
fn a_killed_watch_is_completed_by_the_next() {
    kill_and_compare("watch", |server, _| vec!["watch".into(), server.url("/feed"), "--once".into()]);
}

#[cfg(unix)]
#[test]
fn an_interrupt_finishes_the_page_in_hand() {
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    let store = folder.path().join("store.db");
    let list = list(&server, folder.path());
    let fetch = ["fetch", list.to_str().unwrap(), "--delay", "3000", "--allow-host", "127.0.0.1"];
    let mut command = wirecopy(&store);
    let mut child = command.args(fetch).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    // Once its rules are known the host is left in peace for long: the interrupt comes in a pause.
    while server.requests().is_empty() {
        std::thread::yield_now();
    }
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let all = args(&["fetch", list.to_str().unwrap()]);
    run(&store, &all, 3);
    assert_eq!(rows(&store, &["articles"]).len(), PAGES + 1);
}

/// A file system of 8 MB, where this may be made.
#[cfg(target_os = "linux")]
struct Small(PathBuf);

#[cfg(target_os = "linux")]
impl Small {
    fn mount(path: PathBuf) -> Option<Small> {
        fs::create_dir(&path).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(&path).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Small(path))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    let Some(small) = Small::mount(folder.path().join("small")) else {
        println!("SKIPPED: no file system may be mounted here");
        return;
    };
    let list = list(&server, folder.path());
    let fetch = args(&["fetch", list.to_str().unwrap()]);
    let undisturbed = folder.path().join("undisturbed.db");
    run(&undisturbed, &fetch, 3);
    let expected = content(&undisturbed);
    let (store, ballast) = (small.0.join("store.db"), small.0.join("ballast"));
    // So much room is left, from nothing to enough.
    for room in [0, 4, 16, 64, 200, 400, 800, 1_600, 8_000] {
        let used: u64 = fs::read_dir(&small.0).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
        let fill = (8_000u64 * 1_024).saturating_sub(used + room * 1_024);
        // Where there is less room than that, the ballast takes all of it.
        let _ = fs::write(&ballast, vec![1; usize::try_from(fill).unwrap()]);
        let output = wirecopy(&store).args(&fetch).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(3) => {}
            Some(2) => assert!(told.contains("full") || told.contains("disk"), "room for {room} kB: {told}"),
            other => panic!("room for {room} kB: {other:?}: {told}"),
        }
        let _ = fs::remove_file(&ballast);
    }
    run(&store, &fetch, 3);
    assert_eq!(content(&store), expected);
}
