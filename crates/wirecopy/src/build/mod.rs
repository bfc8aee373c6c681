//! Brings a store up to date: read what is new, mask what sites repeat, find the pairs, derive what follows from all.
//!
//! Each step commits what it did before the next begins, and what is to do is read off the store, so that a process
//! killed at any moment loses nothing that was committed and the next build ends where an undisturbed one would have.

mod claim;
mod derive;
mod index;
mod pair;
mod read;
mod site;

use std::path::{Path, PathBuf};

use wirecopy_intake::ColumnNames;
use wirecopy_model::Reject;
use wirecopy_store::{Added, Store};

use crate::Error;

pub(crate) use derive::{Decided, components, tie};

/// Changes whenever a stage gives other results for the same articles: what was derived before is derived anew.
pub(crate) const DERIVATION: &str = "6";

/// How to build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildOptions {
    /// Derive everything anew from the texts, whatever the store says is done.
    pub rebuild: bool,
    /// Leave out who said what and what happened when, by far the slowest steps. A build without this makes up for it.
    pub no_claims: bool,
    /// Which columns of tables and fields of other tools' rows are what, before any guess.
    pub columns: ColumnNames,
    /// Files and folders whose texts are read as well and make the reference set: statements, press releases, what one
    /// outlet prints. It is told who carried them. The id of a page in such a folder begins with the folder's own name.
    pub references: Vec<PathBuf>,
}

/// What a build did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildReport {
    /// The articles that came in.
    pub added: Added,
    /// What could not be used, in the order in which it was met.
    pub rejects: Vec<Reject>,
    /// Files in the folders that were named, and parts of archives, which are of no kind that is read.
    pub other_files: usize,
    /// What was guessed in reading: which column of a table is taken for what.
    pub notes: Vec<String>,
    /// Whether it was stopped before all was read: the next build goes on.
    pub interrupted: bool,
    /// How many articles the store holds now,
    pub articles: usize,
    /// stories,
    pub stories: usize,
    /// accounts,
    pub accounts: usize,
    /// pages that are copies of others,
    pub copies: usize,
    /// and texts of the reference set.
    pub references: usize,
}

/// What a build is doing, for a person who watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Reading: how many pages so far, and how many inputs are left.
    Reading {
        /// Pages read.
        pages: usize,
        /// Pages that could not be used.
        rejected: usize,
        /// Files that are still to be read.
        inputs_left: usize,
        /// Bytes that are still to be read, of files whose size is known.
        bytes_left: u64,
    },
    /// Comparing new articles with the others.
    Comparing {
        /// Articles done.
        done: usize,
        /// Articles to do.
        of: usize,
    },
    /// Reading who said what.
    Listening {
        /// Articles done.
        done: usize,
        /// Articles to do.
        of: usize,
    },
    /// Working out families, accounts, stories and quotations.
    Deriving {
        /// Articles done.
        done: usize,
        /// Articles to do.
        of: usize,
    },
    /// Working out timelines and disputes.
    Retelling {
        /// Stories done.
        done: usize,
        /// Stories to do.
        of: usize,
    },
}

/// Brings `store` up to date with the pages under `paths` and tells `progress` on the way.
///
/// Ids, order of arrival, and how pages are split over several builds make no difference to the articles, pairs,
/// families and accounts in the end.
///
/// # Errors
/// Where the store cannot be read or written. A page that cannot be used is no error: it is among the report's rejects
/// and in the store's.
///
/// ```
/// use wirecopy::{BuildOptions, Library, Store, build};
/// # fn main() -> Result<(), wirecopy::Error> {
/// let mut store = Store::in_memory()?;
/// let report = build(&mut store, &["no-such-folder"], BuildOptions::default(), &mut |_| {})?;
/// assert_eq!(report.rejects[0].why, "there is no such file or folder");
/// assert!(Library::open(&store)?.stories(None)?.is_empty());
/// # Ok(())
/// # }
/// ```
pub fn build<P: AsRef<Path>>(
    store: &mut Store,
    paths: &[P],
    options: BuildOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<BuildReport, Error> {
    build_until(store, paths, options, progress, &|| false)
}

/// The same, until `stop` says so: the pages in hand are finished and kept, and nothing is derived. The next build goes on
/// where this one stopped.
///
/// # Errors
/// As [`build()`].
pub fn build_until<P: AsRef<Path>>(
    store: &mut Store,
    paths: &[P],
    options: BuildOptions,
    progress: &mut dyn FnMut(Progress),
    stop: &dyn Fn() -> bool,
) -> Result<BuildReport, Error> {
    let mut report = BuildReport::default();
    read::read(store, paths, &options, &mut report, progress, stop)?;
    if report.interrupted {
        return Ok(report);
    }
    if options.rebuild || store.meta("derivation")?.as_deref() != Some(DERIVATION) {
        index::reindex(store)?;
        store.set_meta("derivation", DERIVATION)?;
    }
    if !store.is_derived(DERIVATION)? {
        site::mask(store)?;
    }
    pair::pair(store, progress)?;
    if !options.no_claims {
        claim::claims(store, progress)?;
    }
    if options.rebuild || !store.is_derived(DERIVATION)? {
        let derived = derive::derive(store, options.rebuild, progress)?;
        store.put_derived(&derived, DERIVATION)?;
    }
    if !options.no_claims {
        crate::retell::retell(store, progress)?;
    }
    let accounts = store.accounts()?;
    report.articles = store.count()?;
    report.stories = store.stories()?.len();
    report.accounts = accounts.len();
    let roots: std::collections::HashSet<_> = accounts.iter().map(|account| &account.root).collect();
    report.copies = report.articles - roots.len();
    report.references = store.references()?.len();
    Ok(report)
}
