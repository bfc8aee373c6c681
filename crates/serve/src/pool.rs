//! Read-only stores, opened when they are needed and used again.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wirecopy::{Mode, Store, StoreError};

use crate::problem::Problem;

/// A question to the store that takes longer is given up.
const DEADLINE: Duration = Duration::from_secs(10);

/// So many questions are answered at a time, the others wait: more only compete for the same processors.
fn width() -> usize {
    std::thread::available_parallelism().map_or(4, |cores| 2 * cores.get()).clamp(2, 16)
}

pub struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Store>>,
    places: Arc<Semaphore>,
    /// One store that is only asked whether something was written.
    watcher: Mutex<Store>,
}

impl Pool {
    pub fn open(path: PathBuf) -> Result<Self, StoreError> {
        let watcher = Mutex::new(Store::open(&path, Mode::Read)?);
        Ok(Pool { path, idle: Mutex::default(), places: Arc::new(Semaphore::new(width())), watcher })
    }

    /// A number that is another one after anybody has written; `None` where that cannot be told.
    pub fn state(&self) -> Option<i64> {
        self.watcher.lock().unwrap_or_else(PoisonError::into_inner).state().ok()
    }

    /// A place among those who may ask, as soon as one is free.
    pub async fn place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.places.clone().acquire_owned().await.map_err(|_| Problem::busy())
    }

    /// Asks on one state of the store. Blocks.
    pub fn ask<T>(&self, question: impl FnOnce(&Store) -> Result<T, Problem>) -> Result<T, Problem> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut store = match idle {
            Some(store) => store,
            None => Store::open(&self.path, Mode::Read)?,
        };
        store.set_deadline(Some(Instant::now() + DEADLINE))?;
        let answer = store.snapshot(|| question(&store))?;
        store.set_deadline(None)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        answer
    }
}
