use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;
use wirecopy::{BuildOptions, BuildReport, Library, Mode, Progress, Store};

use crate::Outcome;
use crate::args::BuildArgs;
use crate::config::Config;
use crate::interrupt;
use crate::output::{FAINT, Failure, HEAD, Output, counted, plain};
use crate::progress::ProgressLine;

/// What `build --json` says.
#[derive(Serialize)]
struct Row {
    store: String,
    new: usize,
    changed: usize,
    unchanged: usize,
    rejected: usize,
    other_files: usize,
    articles: usize,
    stories: usize,
    accounts: usize,
    copies: usize,
    references: usize,
}

pub fn build(config: &Config, args: &BuildArgs, json: bool, out: &mut Output) -> Result<Outcome, Failure> {
    let mut store = Store::open(&config.store.value, Mode::Write)?;
    let options = BuildOptions {
        rebuild: args.rebuild,
        no_claims: args.no_claims,
        columns: args.columns.iter().cloned().collect(),
        references: args.references.clone(),
    };
    let report = run(&mut store, &args.paths, options)?;
    if report.interrupted {
        let read = report.added.new + report.added.changed;
        anstream::eprintln!("interrupted: {} kept; run it again to go on", counted(read, "article", "articles"));
        return Ok(Outcome::Interrupted);
    }
    if json {
        let added = report.added;
        out.json(&Row {
            store: config.store.value.display().to_string(),
            new: added.new,
            changed: added.changed,
            unchanged: added.unchanged,
            rejected: report.rejects.len(),
            other_files: report.other_files,
            articles: report.articles,
            stories: report.stories,
            accounts: report.accounts,
            copies: report.copies,
            references: report.references,
        })?;
    } else {
        summary(&store, &report, out)?;
    }
    Ok(if report.rejects.is_empty() { Outcome::Done } else { Outcome::Rejected })
}

/// Builds with a line of progress, and tells what was guessed and what was rejected. What is read when the user
/// interrupts is kept; what is worked out after it is not missed, for the next build does it anew.
pub fn run(store: &mut Store, paths: &[PathBuf], options: BuildOptions) -> Result<BuildReport, Failure> {
    let mut line = ProgressLine::new();
    let finishing = interrupt::finishing();
    let mut show = |progress| {
        if !matches!(progress, Progress::Reading { .. }) {
            interrupt::at_once();
        }
        line.build(progress);
    };
    let report = wirecopy::build_until(store, paths, options, &mut show, &interrupt::asked);
    line.clear();
    drop(finishing);
    let report = report?;
    for note in &report.notes {
        anstream::eprintln!("{}", plain(note));
    }
    for reject in &report.rejects {
        anstream::eprintln!("rejected: {}", plain(&reject.to_string()));
    }
    Ok(report)
}

/// How many stories the summary names.
const NAMED: usize = 8;

fn summary(store: &Store, report: &BuildReport, out: &mut Output) -> Result<(), Failure> {
    let added = report.added;
    let mut came = vec![counted(added.new, "new article", "new articles")];
    if added.changed > 0 {
        came.push(counted(added.changed, "new version", "new versions"));
    }
    if added.unchanged > 0 {
        came.push(format!("{} known already", added.unchanged));
    }
    if !report.rejects.is_empty() {
        came.push(format!("{} rejected (see `wirecopy rejects`)", report.rejects.len()));
    }
    if report.other_files > 0 {
        came.push(format!(
            "{} passed over",
            counted(report.other_files, "file of another kind", "files of other kinds")
        ));
    }
    writeln!(out, "{FAINT}{}{FAINT:#}", came.join(", "))?;
    totals(report, out)?;
    if report.references > 0 {
        let texts = counted(report.references, "text", "texts");
        writeln!(out, "{FAINT}{texts} in the reference set: `wirecopy carried` says who carried them{FAINT:#}")?;
    }
    let library = Library::open(store)?;
    let stories = library.stories(None)?;
    let mut largest: Vec<_> = stories.iter().collect();
    largest.sort_by_key(|story| std::cmp::Reverse(story.articles.len()));
    for story in largest.iter().take(NAMED) {
        writeln!(
            out,
            "  {FAINT}{}{FAINT:#}  {}: {}, {}",
            &story.story.to_string()[..8],
            plain(&story.title),
            counted(story.articles.len(), "page", "pages"),
            counted(story.accounts, "account", "accounts"),
        )?;
    }
    if stories.len() > NAMED {
        writeln!(out, "  {FAINT}and {} more: `wirecopy stories`{FAINT:#}", stories.len() - NAMED)?;
    }
    Ok(())
}

/// What the store holds now.
pub fn totals(report: &BuildReport, out: &mut Output) -> Result<(), Failure> {
    writeln!(
        out,
        "{HEAD}{}, {}, {}{HEAD:#} ({})",
        counted(report.stories, "story", "stories"),
        counted(report.articles, "article", "articles"),
        counted(report.accounts, "account", "accounts"),
        match report.copies {
            0 => "no copies found".into(),
            copies => format!("{} from others", counted(copies, "page made", "pages made")),
        }
    )?;
    Ok(())
}

pub fn forget(config: &Config, ids: &[String], out: &mut Output) -> Result<Outcome, Failure> {
    if !config.store.value.exists() {
        return Err(wirecopy::StoreError::Missing(config.store.value.clone()).into());
    }
    let mut store = Store::open(&config.store.value, Mode::Write)?;
    let mut outcome = Outcome::Done;
    let mut forgotten = Vec::new();
    for id in ids {
        // An id under which a version came stands for its article.
        let known = store.resolve(id)?;
        if store.forget(&known.unwrap_or_else(|| id.into()))? {
            forgotten.push(id);
        } else {
            anstream::eprintln!("wirecopy: {}", wirecopy::Error::NoArticle(id.clone()));
            outcome = Outcome::Nothing;
        }
    }
    if !forgotten.is_empty() {
        // What hung on it is worked out anew at once: no answer may speak of what is not there.
        wirecopy::build::<&str>(&mut store, &[], BuildOptions::default(), &mut |_| {})?;
    }
    if out.json {
        out.json(&forgotten)?;
    } else {
        for id in forgotten {
            writeln!(out, "forgot {id}")?;
        }
    }
    Ok(outcome)
}
