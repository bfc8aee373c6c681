//! The commands that set the accounts of a story side by side: `timeline`, `disputes`, `developments`.

use std::io::Write;

use clap::Args;
use wirecopy::Library;
use wirecopy::model::{Dispute, DisputeKind, Interval, Modality};

use crate::Outcome;
use crate::args::StoryArgs;
use crate::config::Config;
use crate::list::open;
use crate::output::{FAINT, Failure, HEAD, MARK, Output, counted, plain};

pub fn timeline(config: &Config, args: &StoryArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let rows = library.timeline(args.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    for entry in &rows {
        let row = &entry.row;
        let when = row.when.as_ref().map_or("open".to_owned(), |when| days(&when.interval));
        let told = match row.modality {
            Modality::Asserted => "",
            Modality::Planned => " (planned)",
            Modality::Alleged => " (alleged)",
            Modality::Denied => " (denied)",
        };
        let accounts = counted(row.accounts, "account", "accounts");
        writeln!(out, "{HEAD}{when}{HEAD:#}{MARK}{told}{MARK:#}  {}  {FAINT}{accounts}{FAINT:#}", plain(&row.summary))?;
        for other in &row.disputed {
            let accounts = counted(other.accounts, "account", "accounts");
            let day = other.interval.map_or(String::new(), |interval| format!(" ({})", days(&interval)));
            writeln!(out, "  {MARK}or {}{day}{MARK:#}  {FAINT}{accounts}{FAINT:#}", plain(&other.value))?;
        }
        if let Some(anchor) = &row.anchor {
            let from = plain(&library.passage(&anchor.event)?.text);
            writeln!(out, "  {FAINT}counted from {}: {from}{FAINT:#}", days(&anchor.interval))?;
        }
    }
    Ok(Outcome::Done)
}

/// Days as they are read: one, or the first and the last.
fn days(interval: &Interval) -> String {
    match interval.end.yesterday() {
        Ok(last) if last > interval.start => format!("{} to {last}", interval.start),
        _ => interval.start.to_string(),
    }
}

#[derive(Debug, Args)]
pub struct DisputesArgs {
    #[command(flatten)]
    pub of: StoryArgs,
    /// What differs and is no dispute, each with the reason
    #[arg(long)]
    pub vetoed: bool,
}

pub fn developments(config: &Config, args: &StoryArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.developments(args.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    for row in &rows {
        writeln!(out, "{HEAD}{}{HEAD:#}", plain(&row.development.about))?;
        for step in &row.development.steps {
            let day = step.day.map_or("undated".to_owned(), |day| day.to_string());
            let accounts = counted(step.accounts, "account", "accounts");
            let summary = plain(&step.summary);
            writeln!(out, "  {day}  {MARK}{}{MARK:#}  {summary}  {FAINT}{accounts}{FAINT:#}", plain(&step.value))?;
        }
    }
    Ok(Outcome::Done)
}

pub fn disputes(config: &Config, args: &DisputesArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    if args.vetoed {
        return vetoed(&library, args.of.story.as_deref(), out);
    }
    let rows = library.disputes(args.of.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    for row in &rows {
        card(&library, &row.dispute, row.dispute.severity.as_str(), out)?;
    }
    writeln!(out, "{}", counted(rows.len(), "dispute", "disputes"))?;
    Ok(Outcome::Done)
}

fn vetoed(library: &Library, story: Option<&str>, out: &mut Output) -> Result<Outcome, Failure> {
    let rows = library.vetoed(story)?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    for row in &rows {
        card(library, &row.dispute, &format!("no dispute: {}", row.veto), out)?;
    }
    Ok(Outcome::Done)
}

/// One disagreement with its readings and their passages.
fn card(library: &Library, dispute: &Dispute, verdict: &str, out: &mut Output) -> Result<(), Failure> {
    let slot = dispute.slot.as_str();
    let between = match dispute.kind {
        DisputeKind::Accounts => "",
        DisputeKind::SelfContradiction => " within one article",
        DisputeKind::Alteration => " altered in a copy",
    };
    writeln!(out, "{HEAD}{slot}{between}{HEAD:#} {MARK}{verdict}{MARK:#}  {}", plain(&dispute.about))?;
    for reading in &dispute.readings {
        let accounts = counted(reading.accounts, "account", "accounts");
        writeln!(out, "  {HEAD}{}{HEAD:#}  {FAINT}{accounts}{FAINT:#}", plain(&reading.value))?;
        for mention in &reading.mentions {
            writeln!(out, "    {}: {}", mention.article, plain(&library.passage(mention)?.text))?;
        }
    }
    Ok(writeln!(out, "  {FAINT}{}{FAINT:#}", plain(&dispute.why))?)
}
