//! The door of the crate: a language's pipeline, and texts through it.

use std::fmt;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::analysis::Analysis;
use crate::cache::Cache;
use crate::file::ModelError;
use crate::model::{Model, Worker};

/// spaCy's `en_core_web_sm` 3.8.0, converted by `models/en/convert.py`; see the model card there.
static ENGLISH: &[u8] = include_bytes!("../../../models/en/en_core_web_sm.bin");

/// A pipeline: what turns a text into an [`Analysis`].
///
/// Loading takes some milliseconds; make one and share it. Analyses from several threads do not wait for each other.
///
/// ```
/// use wirecopy_lang::Language;
/// let language = Language::english();
/// let analysis = language.analyse("Orlen's harbour reopened. Two ferries left at noon.");
/// assert_eq!(analysis.sentences().len(), 2);
/// assert_eq!(analysis.token(1).tag(), "POS");
/// ```
pub struct Language {
    model: Model,
    /// Memories of word forms, one for each analysis that runs at the same time; they change no result.
    workers: Mutex<Vec<Worker>>,
}

impl Language {
    /// English, with the model that is part of the program.
    pub fn english() -> Self {
        Language::from_bytes(ENGLISH).expect("the model that was built in can be read")
    }

    /// A pipeline from a model file of `models/en/convert.py`.
    ///
    /// # Errors
    /// If the bytes are no such file, are cut short, or describe layers that this crate does not compute.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Ok(Language { model: Model::read(bytes)?, workers: Mutex::default() })
    }

    /// Name and version of the model.
    pub fn name(&self) -> &str {
        &self.model.name
    }

    /// Analyses a text: any text, of any length, in time linear in it.
    pub fn analyse(&self, text: &str) -> Analysis {
        self.run(text, None)
    }

    /// As [`analyse`](Self::analyse), with the same result, but what `cache` knows already is not computed again.
    pub fn analyse_with(&self, text: &str, cache: &Cache) -> Analysis {
        self.run(text, Some(cache))
    }

    /// Analyses many texts on `threads` threads, in order, each stretch that several of them share once.
    ///
    /// ```
    /// use std::num::NonZero;
    /// use wirecopy_lang::{Cache, Language};
    /// let language = Language::english();
    /// let texts = ["The strike ended.", "Nobody was hurt."];
    /// let analyses = language.analyse_all(&texts, NonZero::<usize>::MIN, &Cache::with_capacity(10_000));
    /// assert_eq!(analyses[1], language.analyse("Nobody was hurt."));
    /// ```
    pub fn analyse_all(&self, texts: &[&str], threads: NonZero<usize>, cache: &Cache) -> Vec<Analysis> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            while let Some((at, text)) = texts.get(next.load(Ordering::Relaxed)).and_then(|_| {
                let at = next.fetch_add(1, Ordering::Relaxed);
                texts.get(at).map(|text| (at, text))
            }) {
                done.push((at, self.analyse_with(text, cache)));
            }
            done
        };
        let mut done = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.get().min(texts.len())).map(|_| scope.spawn(work)).collect();
            let mut done = work();
            for other in others {
                match other.join() {
                    Ok(more) => done.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            done
        });
        done.sort_unstable_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, analysis)| analysis).collect()
    }

    fn run(&self, text: &str, cache: Option<&Cache>) -> Analysis {
        let free = self.workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = free.unwrap_or_default();
        let analysis = self.model.analyse(text, cache, &mut worker);
        self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        analysis
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.name()).finish()
    }
}
