use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::StoreError;
use crate::schema::{APPLICATION_ID, MIGRATIONS, VERSION};

/// Whether a store may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It must exist, and nothing is changed.
    Read,
    /// It is made where it does not exist.
    Write,
}

/// Whether there are commits beside the file that are not in it yet.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// The file as a URI that says that nobody changes it.
fn immutable(path: &Path) -> OsString {
    let mut uri = OsString::from("file:");
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for &byte in absolute.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                uri.push(char::from(byte).encode_utf8(&mut [0; 4]));
            }
            _ => uri.push(format!("%{byte:02X}")),
        }
    }
    uri.push("?immutable=1");
    uri
}

/// An open store.
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the store at `path`.
    ///
    /// # Errors
    /// Where there is none (reading), the file is something else or damaged, a newer program wrote it, or it cannot
    /// be written.
    pub fn open(path: impl AsRef<Path>, mode: Mode) -> Result<Self, StoreError> {
        let path = path.as_ref();
        if mode == Mode::Read && !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let access = match mode {
            Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let open = |name: &OsStr, access: OpenFlags| -> Result<Self, StoreError> {
            let connection = Connection::open_with_flags(name, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
                .map_err(|error| StoreError::of(path, error))?;
            let mut store = Store { connection, path: path.to_owned() };
            store.prepare(mode)?;
            Ok(store)
        };
        match open(path.as_os_str(), access) {
            // Beside a store that may be written to lies a file by which readers and writers see each other. In a
            // folder where none can be made nobody writes either.
            Err(StoreError::ReadOnly(_)) if mode == Mode::Read && !has_log(path) => {
                open(&immutable(path), access | OpenFlags::SQLITE_OPEN_URI)
            }
            other => other,
        }
    }

    /// A store in memory, for trying things out.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let connection = Connection::open_in_memory().map_err(|error| StoreError::of(&path, error))?;
        let mut store = Store { connection, path };
        store.prepare(Mode::Write)?;
        Ok(store)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn sql<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::of(&self.path, error))
    }

    /// The error that says that the file is damaged, and how.
    pub fn damage(&self, detail: &str) -> StoreError {
        StoreError::Corrupt { path: self.path.clone(), detail: detail.into() }
    }

    fn prepare(&mut self, mode: Mode) -> Result<(), StoreError> {
        self.sql(self.connection.busy_timeout(Duration::from_secs(10)))?;
        self.connection.set_prepared_statement_cache_capacity(64);
        let found = self.schema_version()?;
        if found > VERSION {
            return Err(StoreError::Newer { path: self.path.clone(), found, known: VERSION });
        }
        if mode == Mode::Write {
            // What a reader needs stays readable while a build writes; a commit is on the disk when it returns.
            self.sql(self.connection.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
                 PRAGMA wal_autocheckpoint = 8000;",
            ))?;
            if found < VERSION {
                self.migrate(found)?;
            }
        } else if found == 0 {
            return Err(StoreError::NotAStore(self.path.clone()));
        } else if found < VERSION {
            return Err(StoreError::Older(self.path.clone()));
        }
        Ok(())
    }

    /// The schema version of the file: 0 for an empty one.
    fn schema_version(&self) -> Result<i64, StoreError> {
        let pragma = |name: &str| self.sql(self.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)));
        let application: i64 = pragma("application_id")?;
        let tables: i64 =
            self.sql(self.connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)))?;
        match (application, tables) {
            (APPLICATION_ID, _) => pragma("user_version"),
            (0, 0) => Ok(0),
            _ => Err(StoreError::NotAStore(self.path.clone())),
        }
    }

    fn migrate(&mut self, _seen: i64) -> Result<(), StoreError> {
        let path = self.path.clone();
        let run = |connection: &mut Connection| -> rusqlite::Result<()> {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have migrated between the look and the lock.
            let found: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            for step in &MIGRATIONS[usize::try_from(found).unwrap_or(0).min(MIGRATIONS.len())..] {
                tx.execute_batch(step)?;
            }
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.pragma_update(None, "user_version", VERSION)?;
            tx.commit()
        };
        run(&mut self.connection).map_err(|error| StoreError::of(&path, error))
    }

    /// Runs `write` as one transaction: all of it is on the disk when this returns, or nothing.
    pub(crate) fn transaction<T>(
        &mut self,
        write: impl FnOnce(&rusqlite::Transaction) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let run = |connection: &mut Connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = write(&tx)?;
            tx.commit()?;
            Ok(value)
        };
        run(&mut self.connection).map_err(|error| StoreError::of(&self.path, error))
    }

    /// A value that holds for the whole store.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        use rusqlite::OptionalExtension;
        let query = self.connection.query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0));
        self.sql(query.optional())
    }

    /// Sets such a value.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.transaction(|tx| tx.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value]).map(|_| ()))
    }
}
