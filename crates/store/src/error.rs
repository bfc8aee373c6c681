use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a store could not be opened, read or written. Every message names the file and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no store at {0}; `wirecopy build` makes one")]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{0} is not a wirecopy store; name another file with --store")]
    NotAStore(PathBuf),
    /// The file was written by a later version of the program.
    #[error("{path} was made by a newer wirecopy (schema {found}, this one knows {known}); use that one")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The latest one that is known here.
        known: i64,
    },
    /// The file was written by an earlier version of the program.
    #[error("{0} was made by an older wirecopy; run `wirecopy build --store {0}` once to bring it up to date")]
    Older(PathBuf),
    /// The file or its folder cannot be written.
    #[error("{0} cannot be written: it, or its folder, is read-only")]
    ReadOnly(PathBuf),
    /// There is no room.
    #[error("the disk is full; nothing of {0} is lost: make room and run the same command again")]
    Full(PathBuf),
    /// The file is damaged.
    #[error("{path} is damaged ({detail}); restore a copy of it, or remove it and build anew")]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What was seen.
        detail: String,
    },
    /// Another process is writing.
    #[error("{0} is in use by another wirecopy; wait for it to end")]
    Busy(PathBuf),
    /// A question took longer than its reader was given.
    #[error("{0}: the question took too long")]
    TooLong(PathBuf),
    /// Anything else that SQLite reports.
    #[error("{path}: {source}")]
    Sql {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// The error of this file that SQLite's error stands for.
    pub(crate) fn of(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::NotAStore(path),
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(path),
            Some(ErrorCode::DiskFull) => StoreError::Full(path),
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt { path, detail: error.to_string() },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
            Some(ErrorCode::OperationInterrupted) => StoreError::TooLong(path),
            Some(ErrorCode::CannotOpen) if !path.is_dir() => StoreError::ReadOnly(path),
            _ => StoreError::Sql { path, source: error },
        }
    }
}
