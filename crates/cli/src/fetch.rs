//! `fetch` and `watch`: pages from elsewhere come in, and the store is brought up to date with them.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde::Serialize;
use url::Url;
use wirecopy::model::Reject;
use wirecopy::{BuildOptions, BuildReport, Mode, Store};
use wirecopy_fetch::{Names, Options, Progress, Report, SystemClock, Wanted, Watch, address, fetch, opml, read_list};

use crate::Outcome;
use crate::args::{FetchArgs, PoliteArgs, WatchArgs};
use crate::config::Config;
use crate::output::{FAINT, Failure, Output, counted, plain};
use crate::progress::{ProgressLine, rate};
use crate::{build, interrupt};

/// What `fetch --json`, and each round of `watch --json`, says.
#[derive(Serialize)]
struct Row<'a> {
    archive: Option<String>,
    fetched: usize,
    known: usize,
    rejected: &'a [Reject],
    new: usize,
    changed: usize,
    articles: usize,
    stories: usize,
    accounts: usize,
}

pub fn fetch_pages(config: &Config, args: &FetchArgs, json: bool, out: &mut Output) -> Result<Outcome, Failure> {
    let (names, mut rejects) = names(args)?;
    let archive = args.out.clone().unwrap_or_else(|| config.store.value.with_extension("warc.gz"));
    let options = options(&args.polite);
    let finishing = interrupt::finishing();
    let asked: Vec<String> = names.pages.iter().map(|page| page.url.to_string()).collect();
    let mut report =
        with_progress(|progress| fetch(names, &archive, &options, &SystemClock::new(), progress, &interrupt::asked))?;
    drop(finishing);
    tell_rejects(&report.rejects);
    rejects.append(&mut report.rejects);
    report.rejects = rejects;
    if report.interrupted {
        anstream::eprintln!("interrupted: {} kept; run it again to go on", counted(report.fetched, "page", "pages"));
        return Ok(Outcome::Interrupted);
    }
    let built =
        if args.no_build { None } else { Some(bring_in(config, &asked, &report, std::slice::from_ref(&archive))?) };
    if built.as_ref().is_some_and(|built| built.interrupted) {
        return Ok(Outcome::Interrupted);
    }
    say(json, Some(&archive), &report, built.as_ref(), out)?;
    let bad = !report.rejects.is_empty() || built.is_some_and(|built| !built.rejects.is_empty());
    Ok(if bad { Outcome::Rejected } else { Outcome::Done })
}

/// What the arguments name, and what of it cannot be asked for.
fn names(args: &FetchArgs) -> Result<(Names, Vec<Reject>), Failure> {
    let (mut names, mut rejects) = (Names::default(), Vec::new());
    for from in &args.from {
        if is_address(from) {
            names.pages.push(Wanted::page(address(from).map_err(|why| Failure::Usage(format!("{from}: {why}")))?));
            continue;
        }
        let list = open_list(from, |name, input| read_list(name, input))??;
        if let Some(note) = list.note {
            anstream::eprintln!("{from}: {}", plain(&note));
        }
        tell_rejects(&list.rejects);
        names.pages.extend(list.pages);
        rejects.extend(list.rejects);
    }
    for sitemap in &args.sitemap {
        names.sitemaps.push(address(sitemap).map_err(|why| Failure::Usage(format!("{sitemap}: {why}")))?);
    }
    Ok((names, rejects))
}

fn is_address(from: &str) -> bool {
    from.starts_with("http://") || from.starts_with("https://")
}

/// Opens a list by its path, `-` being standard input.
fn open_list<T>(from: &str, read: impl FnOnce(&str, &mut dyn io::Read) -> T) -> Result<T, Failure> {
    if from == "-" {
        return Ok(read(from, &mut io::stdin().lock()));
    }
    let mut file = File::open(from).map_err(|error| Failure::Usage(format!("{from}: {error}")))?;
    Ok(read(from, &mut file))
}

fn options(args: &PoliteArgs) -> Options {
    Options {
        allowed_hosts: args.allow_host.clone(),
        contact: args.contact.clone(),
        delay: Duration::from_secs_f64(args.delay),
        backoff: Options::default().backoff.min(Duration::from_secs_f64(args.delay * 5.0)),
        tries: args.tries,
        longest: Duration::from_secs_f64(args.timeout),
        ..Options::default()
    }
}

/// Runs with a line of progress.
fn with_progress<T>(run: impl FnOnce(&(dyn Fn(&Progress) + Sync)) -> T) -> T {
    let (line, begun) = (Mutex::new(ProgressLine::new()), Instant::now());
    let result = run(&|progress| {
        let Ok(mut line) = line.lock() else { return };
        line.show(|| {
            let mut parts = vec![format!("fetching: {} pages", progress.fetched)];
            parts.extend(rate(progress.fetched, begun.elapsed()));
            parts.extend((progress.rejected > 0).then(|| format!("{} rejected", progress.rejected)));
            parts.push(format!("{} to go", progress.left));
            parts.join(", ")
        });
    });
    if let Ok(mut line) = line.lock() {
        line.clear();
    }
    result
}

fn tell_rejects(rejects: &[Reject]) {
    for reject in rejects {
        anstream::eprintln!("rejected: {}", plain(&reject.to_string()));
    }
}

/// Brings the store up to date with these archives, and keeps what could not be fetched among its rejects.
fn bring_in(config: &Config, asked: &[String], report: &Report, archives: &[PathBuf]) -> Result<BuildReport, Failure> {
    let mut store = Store::open(&config.store.value, Mode::Write)?;
    let mut asked: Vec<String> = asked.to_vec();
    asked.extend(report.rejects.iter().map(|reject| reject.input.clone()));
    store.put_rejects(&asked, &report.rejects)?;
    build::run(&mut store, archives, BuildOptions::default())
}

fn say(
    json: bool,
    archive: Option<&Path>,
    report: &Report,
    built: Option<&BuildReport>,
    out: &mut Output,
) -> Result<(), Failure> {
    let count = |of: fn(&BuildReport) -> usize| built.map_or(0, of);
    if json {
        return out.json(&Row {
            archive: archive.map(|path| path.display().to_string()),
            fetched: report.fetched,
            known: report.known,
            rejected: &report.rejects,
            new: count(|built| built.added.new),
            changed: count(|built| built.added.changed),
            articles: count(|built| built.articles),
            stories: count(|built| built.stories),
            accounts: count(|built| built.accounts),
        });
    }
    let mut parts = vec![format!("{} fetched", counted(report.fetched, "page", "pages"))];
    parts.extend((report.known > 0).then(|| format!("{} fetched before", report.known)));
    parts.extend((!report.rejects.is_empty()).then(|| format!("{} rejected", report.rejects.len())));
    let kept = archive.map(|path| format!(", kept in {}", path.display())).unwrap_or_default();
    writeln!(out, "{FAINT}{}{kept}{FAINT:#}", parts.join(", "))?;
    if let Some(built) = built {
        build::totals(built, out)?;
    }
    Ok(())
}

pub fn watch(config: &Config, args: &WatchArgs, json: bool, out: &mut Output) -> Result<Outcome, Failure> {
    let feeds = feeds(args)?;
    let folder = args.out.clone().unwrap_or_else(|| config.store.value.with_extension("watched"));
    let options = options(&args.polite);
    let clock = SystemClock::new();
    let mut watch = Watch::open(&folder)?;
    // What an earlier run fetched and did not bring in any more.
    let mut to_bring_in = vec![folder.clone()];
    loop {
        let finishing = interrupt::finishing();
        let round = with_progress(|progress| watch.round(&feeds, &options, &clock, progress, &interrupt::asked))?;
        drop(finishing);
        tell_rejects(&round.report.rejects);
        to_bring_in.extend(round.archive.clone());
        if round.report.interrupted || interrupt::asked() {
            return Ok(Outcome::Interrupted);
        }
        if !to_bring_in.is_empty() {
            let built = bring_in(config, &[], &round.report, &to_bring_in)?;
            if built.interrupted {
                return Ok(Outcome::Interrupted);
            }
            if round.report.fetched > 0 || built.added.new > 0 || args.once {
                say(json, round.archive.as_deref(), &round.report, Some(&built), out)?;
                out.flush()?;
            }
            to_bring_in.clear();
        }
        if args.once {
            return Ok(if round.report.rejects.is_empty() { Outcome::Done } else { Outcome::Rejected });
        }
        interrupt::at_once();
        std::thread::sleep(Duration::from_secs_f64(args.every * 60.0));
    }
}

/// The feeds that the arguments name: addresses, OPML files, lists of addresses.
fn feeds(args: &WatchArgs) -> Result<Vec<Url>, Failure> {
    let mut feeds = Vec::new();
    for from in &args.from {
        if is_address(from) {
            feeds.push(address(from).map_err(|why| Failure::Usage(format!("{from}: {why}")))?);
            continue;
        }
        let bytes = open_list(from, |_, input| {
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes).map(|_| bytes)
        })?
        .map_err(|error| Failure::Usage(format!("{from}: {error}")))?;
        let found = match bytes.trim_ascii_start().first() {
            Some(b'<') => opml(&bytes),
            _ => {
                let list = read_list(from, bytes.as_slice())?;
                tell_rejects(&list.rejects);
                list.pages.into_iter().map(|page| page.url).collect()
            }
        };
        if found.is_empty() {
            return Err(Failure::Usage(format!("{from}: it names no feed")));
        }
        feeds.extend(found);
    }
    let mut seen = std::collections::HashSet::new();
    feeds.retain(|feed| seen.insert(feed.clone()));
    Ok(feeds)
}
