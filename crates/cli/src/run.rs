//! Stages alone, exports, and what describes the command itself.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Write, stdin};
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;
use serde::Serialize;
use wirecopy::export::{Format, json_lines};
use wirecopy::intake::{JsonLines, Unpacked};
use wirecopy::lang::{Cache, Language};
use wirecopy::model::Page;
use wirecopy::stage::ClaimReader;
use wirecopy::{Library, stage};

use crate::Outcome;
use crate::args::{ExportArgs, ExportFormat, Options, RunArgs, Stage};
use crate::config::Config;
use crate::list::open;
use crate::output::{Failure, Output};

pub fn run(args: &RunArgs, out: &mut Output) -> Result<Outcome, Failure> {
    if args.changes && args.stage != Stage::Copies {
        return Err(Failure::Usage("--changes goes with the stage `copies`".into()));
    }
    if args.batch && args.stage != Stage::Stories {
        return Err(Failure::Usage("--batch goes with the stage `stories`".into()));
    }
    if args.model.is_some() && args.stage != Stage::Annotate {
        return Err(Failure::Usage("--model goes with the stage `annotate`".into()));
    }
    if (args.rules_only || args.text_only) && args.stage != Stage::Claims {
        return Err(Failure::Usage("--rules-only and --text-only go with the stage `claims`".into()));
    }
    let (pages, outcome) = read(&args.file, args.stage == Stage::Disputes)?;
    match args.stage {
        // All at once: what a site repeats is seen in all its pages.
        Stage::Extract => json_lines(out, &stage::extract(&pages))?,
        Stage::Annotate => {
            let language = language(args.model.as_deref())?;
            let cache = Cache::with_capacity(CACHED_TOKENS);
            for batch in pages.chunks(256) {
                json_lines(out, &stage::annotate(batch, &language, &cache))?;
            }
        }
        Stage::Dates => {
            for batch in pages.chunks(256) {
                json_lines(out, &stage::dates(batch))?;
            }
        }
        Stage::Claims => {
            let reader = match (args.text_only, args.rules_only) {
                (true, _) => ClaimReader::text_only(),
                (false, true) => ClaimReader::rules_only(),
                (false, false) => ClaimReader::new(),
            };
            for batch in pages.chunks(256) {
                json_lines(out, &stage::claims(batch, &reader))?;
            }
        }
        Stage::Disputes => {
            let language = Language::english();
            let cache = Cache::with_capacity(CACHED_TOKENS);
            rows(out, &stage::disputes(&pages, &language, &cache))?;
        }
        Stage::Copies => rows(out, &stage::copies(&pages, args.changes))?,
        Stage::Lineage => rows(out, &stage::lineage(&pages))?,
        Stage::Stories => rows(out, &stage::stories(&pages, args.batch))?,
    }
    out.flush()?;
    Ok(outcome)
}

/// How many tokens of text that repeats are remembered: some fifty bytes each.
const CACHED_TOKENS: usize = 1_000_000;

fn language(model: Option<&Path>) -> Result<Language, Failure> {
    let Some(path) = model else { return Ok(Language::english()) };
    let named = |error: &dyn std::fmt::Display| Failure::Usage(format!("{}: {error}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| named(&error))?;
    Language::from_bytes(&bytes).map_err(|error| named(&error))
}

fn rows<T: Serialize>(out: &mut Output, rows: &[T]) -> Result<(), Failure> {
    Ok(json_lines(out, rows)?)
}

/// If so many lines are no articles, and none before is one, the file is something else.
const HOPELESS: usize = 20;

/// The pages of JSON Lines, plain or packed with gzip or zstd; what cannot be used is named on standard error. Some stages
/// need a field `story`.
fn read(path: &Path, with_story: bool) -> Result<(Vec<Page>, Outcome), Failure> {
    let named = |error: std::io::Error| Failure::Usage(format!("{}: {error}", path.display()));
    let reader: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(BufReader::new(stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).map_err(named)?))
    };
    let reader = Unpacked::new(reader).map_err(named)?;
    let mut seen = HashSet::new();
    let mut pages = Vec::new();
    let mut outcome = Outcome::Done;
    for line in JsonLines::new(reader) {
        let (number, line) = line.map_err(named)?;
        if pages.is_empty() && number > HOPELESS && outcome == Outcome::Rejected {
            let why =
                format!("none of the first {HOPELESS} lines is an article; it takes JSON Lines, an object a line");
            return Err(Failure::Usage(format!("{}: {why}", path.display())));
        }
        let page = line.and_then(|line| Page::from_json(&line).map_err(|error| error.to_string()));
        match page {
            Ok(page) if with_story && stage::story_of(&page).is_none() => {
                reject(path, number, "no `story`: the stage compares articles of one story", &mut outcome)
            }
            Ok(page) if seen.insert(page.id.clone()) => pages.push(page),
            Ok(page) => reject(path, number, &format!("a second line with the id {:?}", page.id), &mut outcome),
            Err(why) => reject(path, number, &why, &mut outcome),
        }
    }
    Ok((pages, outcome))
}

fn reject(path: &Path, number: usize, why: &str, outcome: &mut Outcome) {
    anstream::eprintln!("rejected: {}, line {number}: {why}", path.display());
    *outcome = Outcome::Rejected;
}

pub fn export(config: &Config, args: &ExportArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let tables = |format| wirecopy::export::export(&library, &args.folder, format);
    let written = match args.format {
        ExportFormat::Jsonl => tables(Format::JsonLines)?,
        ExportFormat::Csv => tables(Format::Csv)?,
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet => tables(Format::Parquet)?,
        #[cfg(not(feature = "parquet"))]
        ExportFormat::Parquet => {
            let how = "cargo build --release -p wirecopy-cli --features parquet";
            return Err(Failure::Usage(format!("this wirecopy is built without Parquet: `{how}`")));
        }
        other => crate::serve::export(&library, &args.folder, other)?,
    };
    if out.json {
        out.json(&written)?;
    } else {
        for path in written {
            writeln!(out, "{}", path.display())?;
        }
    }
    Ok(Outcome::Done)
}

pub fn completions(shell: Shell, out: &mut Output) -> Result<Outcome, Failure> {
    // Into memory first: the generator takes a broken pipe for a fault of the program.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Options::command(), "wirecopy", &mut script);
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}

pub fn man(folder: Option<&Path>, out: &mut Output) -> Result<Outcome, Failure> {
    match folder {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Options::command()).render(&mut page)?;
            out.write_all(&page)?;
            out.flush()?;
        }
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            clap_mangen::generate_to(Options::command(), folder)?;
        }
    }
    Ok(Outcome::Done)
}
