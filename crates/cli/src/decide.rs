//! `decide`: what the user decides, kept apart from what is derived and replayed after every build.

use std::io::Write;

use clap::{Args, Subcommand};
use wirecopy::model::ContentId;
use wirecopy::{BuildOptions, Decision, Library, Mode, Store, in_words};

use crate::Outcome;
use crate::config::Config;
use crate::output::{FAINT, Failure, HEAD, Output, plain};

pub const HELP: &str = "\
Decisions are kept in the store beside everything else, name articles by their ids, and hold after every build:
  wirecopy decide list                          what was decided, what it does now, which stories were merged or split
  wirecopy decide reject-edge A B               these two are no copies
  wirecopy decide reject-dispute ID             this is no dispute (`wirecopy disputes --json` has the ids)
  wirecopy decide reject-speaker PAGE NAME      no source of this page stands for this name
  wirecopy decide reject-date PAGE              the date that this page claims is wrong
  wirecopy decide merge PAGE PAGE               their stories are one
  wirecopy decide split PAGE...                 these pages, with their copies, are a story of their own
  wirecopy decide note ID TEXT                  something to remember of a page, story, dispute, family, quotation
  wirecopy decide note 'A B' TEXT               something to remember of two pages
  wirecopy decide undo NUMBER                   take one back";

#[derive(Debug, Args)]
pub struct DecideArgs {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// The decisions, and what became of stories between builds
    List,
    /// Two pages are no copies of each other
    RejectEdge {
        /// An article's id
        a: String,
        /// Another one's
        b: String,
    },
    /// A dispute is none
    RejectDispute {
        /// The dispute's id
        id: String,
    },
    /// No source of a page stands for a name
    RejectSpeaker {
        /// An article's id
        article: String,
        /// The name
        speaker: String,
    },
    /// The date that a page claims is wrong
    RejectDate {
        /// An article's id
        article: String,
    },
    /// The stories of two pages are one
    Merge {
        /// An article of one story
        one: String,
        /// An article of the other
        other: String,
    },
    /// Pages are a story of their own
    Split {
        /// Their ids
        #[arg(required = true)]
        articles: Vec<String>,
    },
    /// Something to be remembered of a page, a story, a dispute
    Note {
        /// The id of what it is about
        about: String,
        /// The note
        #[arg(required = true)]
        text: Vec<String>,
    },
    /// Take a decision back
    Undo {
        /// Its number
        number: i64,
    },
}

pub fn decide(config: &Config, args: &DecideArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let decision = match &args.what {
        What::List => return list(config, out),
        What::Undo { number } => return undo(config, *number, out),
        What::RejectEdge { a, b } => Decision::RejectEdge { a: a.as_str().into(), b: b.as_str().into() },
        What::RejectDispute { id } => {
            let no_id = |_| Failure::Usage(format!("{id:?} is no dispute's id: 32 hexadecimal digits"));
            Decision::RejectDispute { dispute: id.parse::<ContentId>().map_err(no_id)? }
        }
        What::RejectSpeaker { article, speaker } => {
            Decision::RejectSpeaker { article: article.as_str().into(), speaker: speaker.clone() }
        }
        What::RejectDate { article } => Decision::RejectDate { article: article.as_str().into() },
        What::Merge { one, other } => Decision::Merge { one: one.as_str().into(), other: other.as_str().into() },
        What::Split { articles } => {
            Decision::Split { articles: articles.iter().map(|id| id.as_str().into()).collect() }
        }
        What::Note { about, text } => Decision::Note { about: about.clone(), text: text.join(" ") },
    };
    let decided = match wirecopy::decide(&mut writable(config)?, decision) {
        Err(error @ (wirecopy::Error::NoArticle(_) | wirecopy::Error::NoDispute(_))) => {
            anstream::eprintln!("wirecopy: {error}");
            return Ok(Outcome::Nothing);
        }
        other => other?,
    };
    if out.json {
        out.json(&decided)?;
    } else {
        writeln!(out, "{}{}", plain(&in_words(&decided.decision)), if decided.new { "" } else { ", as before" })?;
    }
    Ok(Outcome::Done)
}

/// The store, which must be there.
fn writable(config: &Config) -> Result<Store, Failure> {
    if !config.store.value.exists() {
        return Err(wirecopy::StoreError::Missing(config.store.value.clone()).into());
    }
    Ok(Store::open(&config.store.value, Mode::Write)?)
}

fn undo(config: &Config, number: i64, out: &mut Output) -> Result<Outcome, Failure> {
    let mut store = writable(config)?;
    if !store.undo(number)? {
        anstream::eprintln!("wirecopy: there is no decision {number}; `wirecopy decide list` lists them");
        return Ok(Outcome::Nothing);
    }
    wirecopy::build::<&str>(&mut store, &[], BuildOptions::default(), &mut |_| {})?;
    if out.json {
        out.json(&serde_json::json!({ "undone": number }))?;
    } else {
        writeln!(out, "took back decision {number}")?;
    }
    Ok(Outcome::Done)
}

fn list(config: &Config, out: &mut Output) -> Result<Outcome, Failure> {
    let store = crate::list::open(config)?;
    let library = Library::open(&store)?;
    let decisions = library.decisions()?;
    let moves = library.store().story_moves()?;
    if out.json {
        out.json(&serde_json::json!({ "decisions": decisions, "moves": moves }))?;
        return Ok(Outcome::Done);
    }
    for row in &decisions {
        writeln!(out, "{HEAD}{}{HEAD:#}  {}", row.kept.number, plain(&row.says))?;
        writeln!(out, "   {FAINT}{}{FAINT:#}", plain(&row.does))?;
    }
    for step in &moves {
        let ids = |ids: &[ContentId]| ids.iter().map(|id| id.to_string()[..8].to_owned()).collect::<Vec<_>>().join(" ");
        writeln!(out, "{FAINT}stories {}: {} → {}{FAINT:#}", step.kind, ids(&step.from), ids(&step.into))?;
    }
    Ok(Outcome::Done)
}
