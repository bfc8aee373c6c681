//! A claim before it is known what it stands in.

/// Tokens of an article that may make a claim. All lists are in text order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// May be empty only where the cue is no word.
    pub cue: Vec<usize>,
    pub source: Vec<usize>,
    pub content: Vec<usize>,
}
