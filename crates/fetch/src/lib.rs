//! Fetching what a user names, and nothing else: pages from lists, sitemaps and feeds, into a WARC file that keeps the bytes
//! as they came, with time, status and SHA-256.
//!
//! Polite: robots.txt is obeyed, a host is asked for one page at a time with a pause between, one that answers 429 or 500
//! is left in peace for as long as it says. Safe: no address that is not public is spoken to unless the user allowed its
//! host, which is checked after the name was resolved and again for every redirect; sizes and times are capped.
//! The archive is the only memory of what was done, so that a process killed at any moment is completed by the next.
//!
//! Not for: reading pages out of archives, or deciding which to fetch: links in pages are never followed.

mod answers;
mod archive;
mod client;
mod feed;
mod guard;
mod lists;
mod options;
mod session;
mod watch;
mod xml;

use std::path::{Path, PathBuf};

use url::Url;
use wirecopy_model::Reject;

pub use feed::feed_entries;
pub use guard::is_public;
pub use lists::{UrlList, address, read_list};
pub use options::{Clock, Options, SystemClock};
pub use watch::{Round, Watch};
pub use xml::{Sitemap, opml, sitemap};

/// A page to be fetched, with what the list or feed that names it tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its address.
    pub url: Url,
    /// Its title.
    pub title: Option<String>,
    /// Who publishes it.
    pub source: Option<String>,
    /// What is said to be its date of publication.
    pub published: Option<String>,
}

impl Wanted {
    /// A page of which nothing else is known.
    pub fn page(url: Url) -> Self {
        Wanted { url, title: None, source: None, published: None }
    }

    pub(crate) fn told(url: Url, (title, source, published): (Option<String>, Option<String>, Option<String>)) -> Self {
        Wanted { url, title, source, published }
    }
}

/// What the user names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Pages.
    pub pages: Vec<Wanted>,
    /// Sitemaps, whose pages are fetched.
    pub sitemaps: Vec<Url>,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many pages were fetched.
    pub fetched: usize,
    /// How many were in the archive already.
    pub known: usize,
    /// What could not be fetched, and why, in the order of addresses.
    pub rejects: Vec<Reject>,
    /// Whether it was stopped before all was done.
    pub interrupted: bool,
}

/// How far it is, for a person who watches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Pages fetched.
    pub fetched: usize,
    /// Pages that could not be.
    pub rejected: usize,
    /// Pages that are still to be fetched, as far as is known.
    pub left: usize,
    /// The hosts that are being asked.
    pub hosts: usize,
}

/// Why nothing can be fetched at all.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The archive cannot be read or written.
    #[error("{path}: {error}")]
    Archive {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// There is no room for more.
    #[error("the disk is full; nothing of {0} is lost: make room and run the same command again")]
    Full(PathBuf),
    /// Another process is writing to it.
    #[error("{0} is in use by another wirecopy; wait for it to end")]
    Busy(PathBuf),
    /// It is a file of another kind, or damaged.
    #[error("{0} is no WARC file that can be added to; name another with --out")]
    Foreign(PathBuf),
    /// A list of addresses cannot be read.
    #[error("{name}: {why}")]
    List {
        /// The list.
        name: String,
        /// What the system says.
        why: String,
    },
}

/// Fetches what is named into the archive at `path`, which is made where there is none, until all is done or `stop` says
/// so. What the archive holds already is not asked for again.
///
/// # Errors
/// Where the archive cannot be written. A page that cannot be fetched is no error: it is among the rejects.
///
/// ```no_run
/// use wirecopy_fetch::{Names, Options, SystemClock, Wanted, address, fetch};
/// let page = Wanted::page(address("https://heron.example/1").unwrap());
/// let names = Names { pages: vec![page], ..Names::default() };
/// let report = fetch(names, "pages.warc.gz".as_ref(), &Options::default(), &SystemClock::new(), &|_| {}, &|| false)?;
/// println!("{} fetched", report.fetched);
/// # Ok::<(), wirecopy_fetch::FetchError>(())
/// ```
pub fn fetch(
    names: Names,
    path: &Path,
    options: &Options,
    clock: &dyn Clock,
    progress: &(dyn Fn(&Progress) + Sync),
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Report, FetchError> {
    let mut memory = session::Memory::default();
    let archive = archive::Archive::open(path, &mut memory.held)?;
    let out = session::Out { path: path.to_owned(), archive: Some(archive) };
    let mut session = session::Session::new(memory, out, options, clock, progress, stop);
    names.pages.into_iter().for_each(|page| session.want_page(page, true));
    names.sitemaps.into_iter().for_each(|url| session.want(url, session::Kind::Sitemap(0)));
    session.run().map(|(report, _, _)| report)
}
