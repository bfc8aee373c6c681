use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::output::Color;

const AFTER_HELP: &str = "\
Start with a folder of pages:
  wirecopy build pages/       read them, find the copies
  wirecopy stories            what they are about, how many accounts they really hold
  wirecopy copies             who copied whom
  wirecopy quotes             which quotations were altered on the way
  wirecopy explain A B        why two pages are, or are not, copies
  wirecopy report --out DIR   all of it as pages to look at

Everything is kept in one SQLite file (wirecopy.db, or --store). Nothing is sent anywhere.
Exit codes: 0 done, 1 a question that found nothing, 2 wrong use or failure, 3 done but some inputs
were rejected, 130 interrupted.";

/// The story behind a pile of news pages: what they are, who copied whom, what was altered on the way.
#[derive(Debug, Parser)]
#[command(name = "wirecopy", version, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Options {
    /// The store: one SQLite file [default: wirecopy.db, or what the configuration says]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub store: Option<PathBuf>,

    /// Answer in JSON, for programs
    #[arg(long, global = true)]
    pub json: bool,

    /// When to use colours; NO_COLOR switches them off as well
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    pub color: Option<Color>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read pages and bring the store up to date
    #[command(
        after_help = "Reads .txt, .md, .html and .jsonl files, folders with all below them, and - for JSON Lines on \
        standard input. Run it again with more, or with the same: it does only what is new."
    )]
    Build(BuildArgs),
    /// The stories: what the pages are about, how many accounts they hold
    Stories(StoryArgs),
    /// The articles with their dates and their own share of text
    Articles(ArticlesArgs),
    /// The accounts: what was told once, with the pages that carry it
    Accounts(StoryArgs),
    /// Related pairs: copies with their direction, and kin that quotes the same statement
    Copies(StoryArgs),
    /// The families of copies as trees
    Lineage(StoryArgs),
    /// The quotations with their wordings, and what the copies altered
    Quotes(QuotesArgs),
    /// Articles in which all these words occur
    Search(SearchArgs),
    /// Why two articles are or are not copies; why one roots an account or does not
    Explain {
        /// An article's id
        article: String,
        /// Another one
        other: Option<String>,
    },
    /// What differs between two articles, or between the versions of one, substance first
    #[command(after_help = "A page that came again with other content is kept in all its versions: `wirecopy diff PAGE` \
        shows what was edited from each to the next, PAGE@1 is the first of them.")]
    Diff(DiffArgs),
    /// A page taken apart: where each of its sentences stood first
    #[command(
        after_help = "PAGE is an article's id, or a file (.txt .md .html) that need not be in the store, or - for \
        text on standard input."
    )]
    Xray {
        /// An article's id, a file, or -
        page: String,
    },
    /// Inputs that could not be used, and why
    Rejects,
    /// Remove articles from the store
    Forget {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Write every table as JSON Lines or CSV
    Export(ExportArgs),
    /// Write the whole store as a static site: stories, lineage pictures, pages taken apart
    #[command(after_help = "Open index.html in the folder: no server and no script is needed, and nothing is loaded \
        from elsewhere. Pages of an earlier report in the same folder are replaced; other files are left alone.")]
    Report(ReportArgs),
    /// Run one stage alone: JSON Lines in, JSON Lines out, no store
    Run(RunArgs),
    /// The configuration that holds here, and where each value comes from
    Config,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write one for each command into a folder
    Man {
        /// The folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Files, folders, or - for JSON Lines on standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, required_unless_present = "rebuild")]
    pub paths: Vec<PathBuf>,
    /// Derive everything anew from the texts in the store
    #[arg(long)]
    pub rebuild: bool,
}

#[derive(Debug, Args)]
pub struct StoryArgs {
    /// Only this story: its id, or the beginning of it
    pub story: Option<String>,
}

#[derive(Debug, Args)]
pub struct ArticlesArgs {
    #[command(flatten)]
    pub of: StoryArgs,
    /// With their texts
    #[arg(long)]
    pub text: bool,
}

#[derive(Debug, Args)]
pub struct QuotesArgs {
    #[command(flatten)]
    pub of: StoryArgs,
    /// Also those with a single wording
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The words; one that ends with * stands for its beginnings
    #[arg(required = true)]
    pub words: Vec<String>,
    /// At most so many articles
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub most: usize,
}

#[derive(Debug, Args)]
pub struct DiffArgs {
    /// An article's id, with @N for one of its versions
    pub a: String,
    /// Another one; without it, the versions of the first are compared
    pub b: Option<String>,
    /// Also typography and spelling, each with its place
    #[arg(long)]
    pub noise: bool,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The folder, made if it is not there
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// The format
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ExportFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ExportFormat {
    /// JSON Lines
    Jsonl,
    /// Comma-separated values
    Csv,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The folder, made if it is not there
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct RunArgs {
    /// The stage
    #[arg(value_enum)]
    pub stage: Stage,
    /// Articles as JSON Lines; - or nothing is standard input
    #[arg(default_value = "-", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// copies: each change of each pair
    #[arg(long)]
    pub changes: bool,
    /// annotate: another model file than the English one that is built in
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub model: Option<PathBuf>,
    /// stories: look at all articles before the first is placed
    #[arg(long)]
    pub batch: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The article on each page, with its lines and its date
    Extract,
    /// Sentences with tokens, tags, heads, lemmas and entities
    Annotate,
    /// Time expressions with their values, and each article's date
    Dates,
    /// Where accounts of one story, which the field `story` names, disagree
    Disputes,
    /// Related pairs
    Copies,
    /// Families of copies as trees
    Lineage,
    /// The story of each article
    Stories,
}
