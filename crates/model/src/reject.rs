use std::fmt;

use serde::{Deserialize, Serialize};

/// An input, or a part of one, that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reject {
    /// The input as it was named: a path, or `-` for standard input.
    pub input: String,
    /// Where in it: `line 12`, or empty for all of it.
    pub place: String,
    /// Why it could not be used.
    pub why: String,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            write!(f, "{}: {}", self.input, self.why)
        } else {
            write!(f, "{}, {}: {}", self.input, self.place, self.why)
        }
    }
}
