//! A memory of stretches that have been analysed: copied paragraphs are analysed once.
//!
//! Between two clean points of the parser, tags and arcs depend on the tokens between them, four before and six after
//! (two are looked at, each sees four further), and on nothing else. So an entry holds all of these tokens, and what
//! it gives is exactly what an analysis of the whole text would give. Entities depend on less, and on where sentences
//! begin. Not for: keeping results between runs of the program.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::hash::FastMap;
use crate::labels::LabelId;

/// Tokens before and after a stretch that it depends on.
pub(crate) const BEFORE: usize = 4;
pub(crate) const AFTER: usize = 6;

/// Tokens of the key by which entries are found: those before, and the first of the stretch.
const FINGERPRINT: usize = BEFORE + 4;

/// Longer stretches are no sentences, and are not kept.
const LONGEST: usize = 400;

/// Entries that begin alike are compared one by one; more than this are no copies but a formula.
const ALIKE: usize = 8;

/// A memory of analysed stretches, to be shared by the analyses of many texts and by many threads.
///
/// It changes no result, only the time. It holds a bounded number of tokens and forgets the oldest half.
///
/// ```
/// use wirecopy_lang::{Cache, Language};
/// let language = Language::english();
/// let cache = Cache::with_capacity(100_000);
/// let text = "The harbour at Orlen was closed on Monday. Two ferries turned back.";
/// let first = language.analyse_with(text, &cache);
/// let again = language.analyse_with(text, &cache);
/// assert_eq!(first, again);
/// assert!(cache.reused() > 0);
/// ```
#[derive(Debug)]
pub struct Cache {
    capacity: usize,
    entries: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: FastMap<u64, Vec<Arc<Entry>>>,
    old: FastMap<u64, Vec<Arc<Entry>>>,
    young_tokens: usize,
    reused: usize,
}

/// One analysed stretch.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The tokens before, of, and after the stretch.
    signatures: Box<[u64]>,
    pub(crate) tags: Box<[u16]>,
    /// Heads, counted from the start of the stretch.
    pub(crate) heads: Box<[u32]>,
    pub(crate) labels: Box<[LabelId]>,
    /// Where sentences begin: for each token of the stretch and the one after it.
    pub(crate) starts: Box<[bool]>,
    /// Entities, counted from the start of the stretch.
    pub(crate) entities: Box<[(Range<u32>, LabelId)]>,
}

impl Entry {
    pub(crate) fn len(&self) -> usize {
        self.tags.len()
    }
}

impl Cache {
    /// A memory of at most about this many tokens: some 50 bytes each.
    pub fn with_capacity(tokens: usize) -> Self {
        Cache { capacity: tokens, entries: Mutex::default() }
    }

    /// How many tokens did not have to be analysed so far.
    pub fn reused(&self) -> usize {
        self.lock().reused
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The entry for the stretch that begins at `at`.
    pub(crate) fn find(&self, signatures: &[u64], at: usize) -> Option<Arc<Entry>> {
        let key = fingerprint(signatures, at);
        let mut entries = self.lock();
        let fits = |entry: &&Arc<Entry>| agrees(signatures, at, &entry.signatures);
        let found = entries.young.get(&key).into_iter().flatten().find(fits).cloned();
        if let Some(found) = found {
            entries.reused += found.len();
            return Some(found);
        }
        let found = entries.old.get(&key).into_iter().flatten().find(fits).cloned()?;
        entries.reused += found.len();
        entries.insert(key, found.clone(), self.capacity);
        Some(found)
    }

    /// Keeps the results of the stretch `range`; `entry` makes them.
    pub(crate) fn keep(&self, signatures: &[u64], range: Range<usize>, entry: impl FnOnce(Box<[u64]>) -> Entry) {
        if range.is_empty() || range.len() > LONGEST {
            return;
        }
        let around = (0..BEFORE + range.len() + AFTER).map(|i| signature(signatures, range.start + i)).collect();
        let entry = Arc::new(entry(around));
        self.lock().insert(fingerprint(signatures, range.start), entry, self.capacity);
    }
}

impl Entry {
    pub(crate) fn new(
        signatures: Box<[u64]>,
        tags: &[u16],
        heads: Box<[u32]>,
        labels: &[LabelId],
        starts: Box<[bool]>,
        entities: Box<[(Range<u32>, LabelId)]>,
    ) -> Self {
        Entry { signatures, tags: tags.into(), heads, labels: labels.into(), starts, entities }
    }
}

impl Generations {
    fn insert(&mut self, key: u64, entry: Arc<Entry>, capacity: usize) {
        let alike = self.young.entry(key).or_default();
        if alike.len() >= ALIKE || alike.iter().any(|old| old.signatures == entry.signatures) {
            return;
        }
        self.young_tokens += entry.signatures.len();
        alike.push(entry);
        if self.young_tokens > capacity / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_tokens = 0;
        }
    }
}

/// The signature of token `at - BEFORE`; beyond the ends of the text stands the largest number.
fn signature(signatures: &[u64], at: usize) -> u64 {
    at.checked_sub(BEFORE).and_then(|at| signatures.get(at)).copied().unwrap_or(u64::MAX)
}

fn agrees(signatures: &[u64], at: usize, wanted: &[u64]) -> bool {
    wanted.iter().enumerate().all(|(i, wanted)| *wanted == signature(signatures, at + i))
}

fn fingerprint(signatures: &[u64], at: usize) -> u64 {
    (0..FINGERPRINT).fold(0, |hash: u64, i| {
        (hash.rotate_left(23) ^ signature(signatures, at + i)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}
