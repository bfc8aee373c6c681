use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::output::Color;
use wirecopy::intake::ColumnName;

const AFTER_HELP: &str = "\
Start with a folder of pages:
  wirecopy build pages/       read them, find the copies (or `fetch` them from a list, `watch` feeds)
  wirecopy stories            what they are about, how many accounts they really hold
  wirecopy copies             who copied whom
  wirecopy quotes             which quotations were altered on the way
  wirecopy explain A B        why two pages are, or are not, copies
  wirecopy report --out DIR   all of it as pages to look at

Everything is kept in one SQLite file (wirecopy.db, or --store). Nothing is sent anywhere; only `fetch` and
`watch` use the network, and only for what you name.
Exit codes: 0 done, 1 a question that found nothing, 2 wrong use or failure, 3 done but some inputs
were rejected, 130 interrupted.";

const DATES_HELP: &str = "\
PAGE is a file (.txt .md .html), which need not be in a store, or - for text on standard input,
or the id of an article in the store, whose times are then counted from its settled date.

  wirecopy dates page.html                  counted from the date that the page gives
  echo 'It rained on Tuesday.' | wirecopy dates - --published 2021-04-16

Values are TIMEX3: 2021-04-13 a day, 2021-W15 a week, 2021-Q1 a quarter, P2D two days, PXW some
weeks, PAST_REF once; an X is what nobody can tell. What hangs on an event that the page does not
date stays open. A pile of pages as JSON Lines: wirecopy run dates.";

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
    #[command(after_help = "Reads files, folders with all below them, and - for JSON Lines on standard input:
  .txt .md .html           a page each; its id is its path below the folder
  .jsonl .json .csv .tsv   a page a line, item or row; columns of other tools (passim, news-please, Media Cloud,
                           GDELT) are recognized by their names, and it says what it took for what
  .warc .wacz              web archives, Common Crawl's and others'; the id of a page is its address
  .parquet                 a page a row, where it is built in (cargo build --features parquet)
  .zip .tar                archives of any of these
Anything may be compressed with gzip or zstd. What cannot be used is named, with the reason, and the rest goes on.
Run it again with more, or with the same: it does only what is new. Ctrl-C stops after the article in hand.")]
    Build(BuildArgs),
    /// Fetch the pages that a list, a table or a sitemap names, and bring them into the store
    #[command(
        after_help = "LIST is an address, or a file (- is standard input): an address a line; a CSV file with a column of \
        addresses, such as Media Cloud exports; JSON Lines; GDELT's list of articles. Titles, sources and dates that it \
        tells go with the pages.

Examples:
  wirecopy fetch urls.txt                             an address a line
  wirecopy fetch media-cloud.csv --contact me@x.org   a table; say who asks
  wirecopy fetch --sitemap https://heron.example/sitemap.xml
  grep orrin urls.txt | wirecopy fetch -

Only what is named is fetched: links in pages are not followed. robots.txt is obeyed, a host is asked for one page at \
        a time, and one that answers 429 or 500 is left in peace for a while. The bytes are kept as they came, with \
        time, status and SHA-256, in a WARC file that any archive tool reads. Run it again to go on where it stopped: \
        what the file holds is not asked for again; name another with --out to fetch all anew."
    )]
    Fetch(FetchArgs),
    /// Follow feeds, and bring new entries into the store, until stopped
    #[command(
        after_help = "FEEDS is the address of a feed (RSS, Atom, JSON Feed), or a file: an OPML file, as every feed reader \
        exports one, or an address a line.

Examples:
  wirecopy watch feeds.opml                  every 15 minutes, until Ctrl-C
  wirecopy watch feeds.opml --once           one look, for cron
  wirecopy watch https://heron.example/feed --every 60

Feeds are asked for what has changed only; each entry is fetched once, as `fetch` does it. Each round that brings \
        something writes a WARC file into a folder beside the store; the folder is what is remembered."
    )]
    Watch(WatchArgs),
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
    /// Who said what, according to whom: each statement with its chain
    #[command(
        after_help = "A chain runs from the page outwards in: page ← its source ← whom that one cites. A name with a \
        question mark is probable, a speaker in brackets is one that the page does not name."
    )]
    Claims(ClaimsArgs),
    /// What happened when, as the articles of a story tell it
    Timeline(StoryArgs),
    /// Where accounts of a story disagree, of which neither rests on the other
    #[command(
        after_help = "Both sides are shown with their words; nothing says who is right. What is growing precision, an \
        update or a rounding is no dispute."
    )]
    Disputes(crate::retold::DisputesArgs),
    /// How numbers grew from report to report, and how far what was proposed has come
    Developments(StoryArgs),
    /// Decide what the program cannot: reject an edge, a dispute, a speaker, a date; merge or split stories
    #[command(after_help = crate::decide::HELP)]
    Decide(crate::decide::DecideArgs),
    /// Who carried the texts of the reference set, how much of them, how altered
    #[command(
        after_help = "The reference set is what `wirecopy build --reference DIR` read: statements, press releases, what one \
        outlet prints.

Examples:
  wirecopy build pages/ --reference statements/
  wirecopy carried                              each text, and how many pages carry it
  wirecopy carried statements/2023-09-12.txt    the pages, and what each of them altered"
    )]
    Carried {
        /// One text's id: the pages that carry it, and what they altered
        text: Option<String>,
    },
    /// A statement's way: who told it first, through whom it went, who altered it
    #[command(
        after_help = "TEXT need not stand anywhere word by word: a sentence that has most of its words, in order, \
        tells it."
    )]
    Trace {
        /// The statement
        #[arg(required = true)]
        text: Vec<String>,
    },
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
    #[command(
        after_help = "A page that came again with other content is kept in all its versions: `wirecopy diff PAGE` \
        shows what was edited from each to the next, PAGE@1 is the first of them. Of three or more pages the one \
        that has most in common with the others is the base text; ! marks what differs in substance, and the order in which they are \
        named does not matter."
    )]
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
    /// What a page says about when: its own date, and each time it names, in days, with the reason
    #[command(after_help = DATES_HELP)]
    Dates(DatesArgs),
    /// Inputs that could not be used, and why
    Rejects,
    /// Remove articles from the store
    Forget {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Write every table as JSON Lines or CSV, a plain SQLite file, graphs, or one HTML file
    Export(ExportArgs),
    /// Write the whole store as a static site: stories, lineage pictures, pages taken apart
    #[command(after_help = "Open index.html in the folder: no server and no script is needed, and nothing is loaded \
        from elsewhere. Pages of an earlier report in the same folder are replaced; other files are left alone.")]
    Report(ReportArgs),
    /// Open the reading room: the store in a browser, and an API for programs
    #[command(after_help = crate::serve::AFTER_HELP)]
    Serve(crate::serve::ServeArgs),
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
    /// Files, folders, archives, or - for JSON Lines on standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, required_unless_present_any = ["rebuild", "references"])]
    pub paths: Vec<PathBuf>,
    /// Texts of which it is to be told who carried them: statements, press releases, what one outlet prints. They are read
    /// as pages as well; `wirecopy carried` answers
    #[arg(long = "reference", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub references: Vec<PathBuf>,
    /// Derive everything anew from the texts in the store
    #[arg(long)]
    pub rebuild: bool,
    /// Leave out who said what, by far the slowest step; a later build makes up for it
    #[arg(long)]
    pub no_claims: bool,
    /// What a column of a table, or a field of another tool's rows, holds, where its name does not tell: text=Body
    #[arg(long = "column", value_name = "FIELD=NAME")]
    pub columns: Vec<ColumnName>,
}

#[derive(Debug, Args)]
pub struct FetchArgs {
    /// Addresses, or files that list them; - is standard input
    #[arg(value_name = "LIST", value_hint = ValueHint::FilePath, required_unless_present = "sitemap")]
    pub from: Vec<String>,
    /// Fetch the pages that this sitemap names, or the sitemaps below it
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub sitemap: Vec<String>,
    /// The WARC file that keeps what comes [default: the store's name with .warc.gz]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Only fetch; `wirecopy build FILE` brings it into the store
    #[arg(long)]
    pub no_build: bool,
    #[command(flatten)]
    pub polite: PoliteArgs,
}

#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Feeds, or files that list them; - is standard input
    #[arg(value_name = "FEEDS", value_hint = ValueHint::FilePath, required = true)]
    pub from: Vec<String>,
    /// Minutes from one look to the next
    #[arg(long, value_name = "MINUTES", default_value_t = 15.0, value_parser = minutes)]
    pub every: f64,
    /// Look once, and stop
    #[arg(long)]
    pub once: bool,
    /// The folder for the WARC files [default: the store's name with .watched]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub polite: PoliteArgs,
}

/// How hosts are asked.
#[derive(Debug, Args)]
pub struct PoliteArgs {
    /// Seconds between two requests to a host; its robots.txt may ask for more
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub delay: f64,
    /// Seconds that an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    pub timeout: f64,
    /// How often a page is asked for before it is given up
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub tries: u32,
    /// How those who are asked can reach you; part of the user agent
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,
    /// A host that may be asked though its address is not public, such as localhost
    #[arg(long, value_name = "HOST", value_hint = ValueHint::Hostname)]
    pub allow_host: Vec<String>,
}

fn seconds(text: &str) -> Result<f64, String> {
    number(text, 3_600.0)
}

fn minutes(text: &str) -> Result<f64, String> {
    number(text, 60.0 * 24.0 * 30.0)
}

fn number(text: &str, most: f64) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=most).contains(&value) { Ok(value) } else { Err(format!("from 0 to {most}")) }
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
pub struct DatesArgs {
    /// A file, -, or an article's id
    #[arg(value_name = "PAGE", value_hint = ValueHint::FilePath)]
    pub page: String,
    /// When the page was written, as far as you know: a day (2021-04-13) or a date-time. It stands above what the
    /// page claims; where the text contradicts it, that is said
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
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
pub struct ClaimsArgs {
    #[command(flatten)]
    pub of: StoryArgs,
    /// Only what somebody of this name, or part of a name, is said to have said
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Side by side what the two sides say of whom most is told
    #[arg(long, requires = "story", conflicts_with = "speaker")]
    pub sides: bool,
    /// Side by side what these two say; a side may have several names: "Cabinet Office, Keldrane"
    #[arg(long, num_args = 2, value_names = ["SIDE", "SIDE"], requires = "story", conflicts_with = "speaker")]
    pub between: Option<Vec<String>>,
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
    /// More of them: all are collated against the one that has most words in common with the others
    pub more: Vec<String>,
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
    /// Parquet, where this program was built with it
    Parquet,
    /// One plain SQLite file, as Datasette shows it well
    Sqlite,
    /// The lineages and the network of sources as graphs, for Gephi
    Gexf,
    /// The same for Graphviz
    Dot,
    /// The stories as one HTML file, with the list of what it rests on
    Html,
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
    /// claims: by rules over the grammar, without the trained model
    #[arg(long)]
    pub rules_only: bool,
    /// claims: by the order of words, without grammar; many times faster, finds less
    #[arg(long)]
    pub text_only: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The article on each page, with its lines and its date
    Extract,
    /// Sentences with tokens, tags, heads, lemmas and entities
    Annotate,
    /// Time expressions with their values, and each article's date
    Dates,
    /// Who said what, according to whom
    Claims,
    /// Where accounts of one story, which the field `story` names, disagree
    Disputes,
    /// Related pairs
    Copies,
    /// Families of copies as trees
    Lineage,
    /// The story of each article
    Stories,
}
