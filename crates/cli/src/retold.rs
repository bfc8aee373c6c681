//! The commands that set the accounts of a story side by side: `timeline`, `disputes`.

use std::io::Write;

use wirecopy::Library;
use wirecopy::model::{Mention, Modality, Piece};
use wirecopy::text::Points;

use crate::Outcome;
use crate::args::StoryArgs;
use crate::config::Config;
use crate::list::open;
use crate::output::{FAINT, Failure, HEAD, MARK, Output, counted, plain};

pub fn timeline(config: &Config, args: &StoryArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.timeline(args.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    for entry in &rows {
        let row = &entry.row;
        let when = match &row.when {
            Some(when) if when.interval.end == when.interval.start.tomorrow().unwrap_or(when.interval.end) => {
                when.interval.start.to_string()
            }
            Some(when) => format!("{} to {}", when.interval.start, when.interval.end.yesterday().unwrap_or_default()),
            None => "open".to_owned(),
        };
        let told = match row.modality {
            Modality::Asserted => "",
            Modality::Planned => " (planned)",
            Modality::Alleged => " (alleged)",
            Modality::Denied => " (denied)",
        };
        let accounts = counted(row.accounts, "account", "accounts");
        writeln!(out, "{HEAD}{when}{HEAD:#}{MARK}{told}{MARK:#}  {}  {FAINT}{accounts}{FAINT:#}", plain(&row.summary))?;
    }
    Ok(Outcome::Done)
}

pub fn disputes(config: &Config, args: &StoryArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let rows = library.disputes(args.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    for row in &rows {
        let dispute = &row.dispute;
        let (slot, severity) = (dispute.slot.as_str(), dispute.severity.as_str());
        writeln!(out, "{HEAD}{slot}{HEAD:#} {MARK}{severity}{MARK:#}  {}", plain(&dispute.about))?;
        for reading in &dispute.readings {
            let accounts = counted(reading.accounts, "account", "accounts");
            writeln!(out, "  {HEAD}{}{HEAD:#}  {FAINT}{accounts}{FAINT:#}", plain(&reading.value))?;
            for mention in &reading.mentions {
                writeln!(out, "    {}: {}", mention.article, passage(&library, mention)?)?;
            }
        }
        writeln!(out, "  {FAINT}{}{FAINT:#}", plain(&dispute.why))?;
    }
    writeln!(out, "{}", counted(rows.len(), "dispute", "disputes"))?;
    Ok(Outcome::Done)
}

/// So many characters are shown on each side of a value.
const CONTEXT: usize = 60;

/// A mention with some words around it.
fn passage(library: &Library, mention: &Mention) -> Result<String, Failure> {
    let article = library.article(mention.article.as_str())?;
    let text = Points::new(&article.text);
    let from = mention.start.saturating_sub(CONTEXT);
    let to = (mention.end + CONTEXT).min(text.len());
    Ok(plain(text.slice(Piece::new(from, to)).trim()))
}
