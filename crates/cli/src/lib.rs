//! The `wirecopy` command: a small layer over the library. It reads arguments and configuration, calls, and shows;
//! nothing is worked out here. As a library it has one function, [`run`], for the programs that carry the command.

mod args;
mod build;
mod carried;
mod claims;
mod config;
mod dates;
mod decide;
mod explain;
mod fetch;
mod interrupt;
mod list;
mod output;
mod progress;
mod report;
mod retold;
mod run;
mod serve;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};

use crate::args::{Command, Options};
use crate::output::{Failure, Output};

/// What a command comes to, beside failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It is done.
    Done,
    /// A question that found nothing.
    Nothing,
    /// It is done, but some inputs could not be used.
    Rejected,
    /// The user stopped it.
    Interrupted,
}

/// Runs the command with these arguments, the first of which is its own name, and gives its exit code. It writes to the
/// standard output and error of the process and listens to interrupts: it is meant to be all that a process does.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    interrupt::listen();
    let matches = match Options::command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version are no errors; everything else is wrong use.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return code;
        }
    };
    let options = match Options::from_arg_matches(&matches) {
        Ok(options) => options,
        Err(error) => error.exit(),
    };
    match dispatch(&options) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Nothing) => 1,
        Ok(Outcome::Rejected) => 3,
        Ok(Outcome::Interrupted) => interrupt::CODE,
        // Whoever reads has seen enough.
        Err(Failure::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
        Err(failure) => {
            anstream::eprintln!("{}wirecopy: {failure}{:#}", output::ERROR, output::ERROR);
            2
        }
    }
}

fn dispatch(options: &Options) -> Result<Outcome, Failure> {
    let config = config::load(options)?;
    let mut out = Output::new(config.color.value, options.json);
    match &options.command {
        Command::Build(args) => build::build(&config, args, options.json, &mut out),
        Command::Fetch(args) => fetch::fetch_pages(&config, args, options.json, &mut out),
        Command::Watch(args) => fetch::watch(&config, args, options.json, &mut out),
        Command::Forget { ids } => build::forget(&config, ids, &mut out),
        Command::Articles(args) => list::articles(&config, args, &mut out),
        Command::Stories(args) => list::stories(&config, args, &mut out),
        Command::Accounts(args) => list::accounts(&config, args, &mut out),
        Command::Copies(args) => list::copies(&config, args, &mut out),
        Command::Lineage(args) => list::lineage(&config, args, &mut out),
        Command::Quotes(args) => list::quotes(&config, args, &mut out),
        Command::Dates(args) => dates::dates(&config, args, &mut out),
        Command::Rejects => list::rejects(&config, &mut out),
        Command::Claims(args) => claims::claims(&config, args, &mut out),
        Command::Carried { text } => carried::carried(&config, text.as_deref(), &mut out),
        Command::Trace { text } => claims::trace(&config, &text.join(" "), &mut out),
        Command::Timeline(args) => retold::timeline(&config, args, &mut out),
        Command::Disputes(args) => retold::disputes(&config, args, &mut out),
        Command::Developments(args) => retold::developments(&config, args, &mut out),
        Command::Decide(args) => decide::decide(&config, args, &mut out),
        Command::Search(args) => list::search(&config, args, &mut out),
        Command::Explain { article, other } => explain::explain(&config, article, other.as_deref(), &mut out),
        Command::Diff(args) => explain::diff(&config, args, &mut out),
        Command::Xray { page } => explain::xray(&config, page, &mut out),
        Command::Export(args) => run::export(&config, args, &mut out),
        Command::Report(args) => report::report(&config, args, &mut out),
        Command::Serve(args) => serve::serve(&config, args),
        Command::Run(args) => run::run(args, &mut out),
        Command::Config => config::show(&config, &mut out),
        Command::Completions { shell } => run::completions(*shell, &mut out),
        Command::Man { out: folder } => run::man(folder.as_deref(), &mut out),
    }
}
