//! Answers that were given on the state of the store that still holds.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use crate::answer::Answer;

/// The bytes that are kept.
const MOST: usize = 24 << 20;
/// An answer that is larger is made anew each time.
const LARGEST: usize = 1 << 20;

#[derive(Default)]
pub struct Cache {
    inner: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    state: i64,
    bytes: usize,
    answers: HashMap<String, Arc<Answer>>,
    /// The oldest first.
    order: VecDeque<String>,
}

impl Cache {
    pub fn get(&self, state: i64, key: &str) -> Option<Arc<Answer>> {
        let kept = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.state == state { kept.answers.get(key).cloned() } else { None }
    }

    pub fn put(&self, state: i64, key: String, answer: Arc<Answer>) {
        let size = answer.size() + 2 * key.len();
        let mut kept = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.state != state {
            *kept = Kept { state, ..Kept::default() };
        }
        if size > LARGEST || kept.answers.contains_key(&key) {
            return;
        }
        while kept.bytes + size > MOST {
            let Some(oldest) = kept.order.pop_front() else { break };
            if let Some(gone) = kept.answers.remove(&oldest) {
                kept.bytes -= gone.size() + 2 * oldest.len();
            }
        }
        kept.bytes += size;
        kept.order.push_back(key.clone());
        kept.answers.insert(key, answer);
    }
}
