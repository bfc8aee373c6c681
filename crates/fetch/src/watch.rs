use std::fs::File;
use std::path::{Path, PathBuf};

use url::Url;

use crate::archive::{Archive, now};
use crate::session::{Kind, Memory, Out, Session};
use crate::{Clock, FetchError, Options, Progress, Report};

/// Looks at feeds again and again, and fetches the entries that are new. Each round that brings anything writes a WARC file
/// of its own into a folder; the folder is all that is remembered.
pub struct Watch {
    folder: PathBuf,
    memory: Memory,
    /// Held, so that two do not watch into one folder.
    _lock: File,
}

/// What a round brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// What was done.
    pub report: Report,
    /// The file that was written, if anything was.
    pub archive: Option<PathBuf>,
}

impl Watch {
    /// Opens the folder, or makes it, and looks at what it holds.
    ///
    /// # Errors
    /// Where it cannot be read or written, or another process watches into it.
    pub fn open(folder: &Path) -> Result<Self, FetchError> {
        let named = |error| FetchError::Archive { path: folder.to_owned(), error };
        std::fs::create_dir_all(folder).map_err(named)?;
        let lock = File::create(folder.join(".lock")).map_err(named)?;
        if let Err(std::fs::TryLockError::WouldBlock) = lock.try_lock() {
            return Err(FetchError::Busy(folder.to_owned()));
        }
        let mut memory = Memory::default();
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(named)? {
            let path = entry.map_err(named)?.path();
            if path.to_string_lossy().ends_with(ENDING) {
                files.push(path);
            }
        }
        // Their names tell their order; a later answer of a feed counts.
        files.sort();
        for path in files {
            Archive::open(&path, &mut memory.held)?;
        }
        Ok(Watch { folder: folder.to_owned(), memory, _lock: lock })
    }

    /// Looks at each feed once, asking for what has changed only, and fetches what is new.
    ///
    /// # Errors
    /// As [`crate::fetch`].
    pub fn round(
        &mut self,
        feeds: &[Url],
        options: &Options,
        clock: &dyn Clock,
        progress: &(dyn Fn(&Progress) + Sync),
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<Round, FetchError> {
        let out = Out { path: self.file(), archive: None };
        let mut session = Session::new(std::mem::take(&mut self.memory), out, options, clock, progress, stop);
        feeds.iter().for_each(|feed| session.want(feed.clone(), Kind::Feed));
        let (report, memory, out) = session.run()?;
        self.memory = memory;
        Ok(Round { report, archive: out.archive.map(|_| out.path) })
    }

    /// A name for the file of a round that no file has; names sort by time.
    fn file(&self) -> PathBuf {
        let time = now().replace(':', "-");
        let names = (0..).map(|n: u32| format!("{time}-{n:04}{ENDING}"));
        let mut paths = names.map(|name| self.folder.join(name));
        paths.find(|path| !path.exists()).expect("one of many names is free")
    }
}

const ENDING: &str = ".warc.gz";
