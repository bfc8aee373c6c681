use std::io::{self, IsTerminal, Write};
use std::time::Instant;

use serde::Serialize;
use wirecopy::{BuildOptions, BuildReport, Library, Mode, Progress, Store};

use crate::Outcome;
use crate::args::BuildArgs;
use crate::config::Config;
use crate::output::{FAINT, Failure, HEAD, Output, counted, plain};

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
}

pub fn build(config: &Config, args: &BuildArgs, json: bool, out: &mut Output) -> Result<Outcome, Failure> {
    let mut store = Store::open(&config.store.value, Mode::Write)?;
    let mut watch = Watch::new();
    let options = BuildOptions { rebuild: args.rebuild };
    let report = wirecopy::build(&mut store, &args.paths, options, &mut |progress| watch.show(progress));
    watch.clear();
    let report = report?;
    for reject in &report.rejects {
        anstream::eprintln!("rejected: {}", plain(&reject.to_string()));
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
        })?;
    } else {
        summary(&store, &report, out)?;
    }
    Ok(if report.rejects.is_empty() { Outcome::Done } else { Outcome::Rejected })
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

/// A line on the terminal that says what a build is doing, if a person watches.
struct Watch {
    on: bool,
    shown: Option<Instant>,
}

impl Watch {
    fn new() -> Self {
        Watch { on: io::stderr().is_terminal(), shown: None }
    }

    fn show(&mut self, progress: Progress) {
        // Often enough for an eye, and not for what is done at once.
        let now = Instant::now();
        let last = *self.shown.get_or_insert(now);
        if !self.on || now.duration_since(last).as_millis() < 150 {
            return;
        }
        self.shown = Some(now);
        let line = match progress {
            Progress::Reading { pages, rejected, inputs_left } => {
                let rejected = if rejected > 0 { format!(", {rejected} rejected") } else { String::new() };
                let left = if inputs_left > 0 { format!(", {inputs_left} files to go") } else { String::new() };
                format!("reading: {pages} pages{rejected}{left}")
            }
            Progress::Comparing { done, of } => format!("comparing: {done} of {of} articles"),
            Progress::Listening { done, of } => format!("who said what: {done} of {of} articles"),
            Progress::Deriving { done, of } => format!("families, accounts, stories: {done} of {of} articles"),
        };
        eprint!("\r\x1b[K{line}");
        let _ = io::stderr().flush();
    }

    fn clear(&mut self) {
        if self.on {
            eprint!("\r\x1b[K");
        }
    }
}
