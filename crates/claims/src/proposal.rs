//! A claim before it is known what it stands in.

/// Tokens of an article that may make a claim. All lists are in text order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// Never empty: where no word is the cue, it is the mark that stands for one.
    pub cue: Vec<usize>,
    pub source: Vec<usize>,
    pub content: Vec<usize>,
    /// Whether the source is cited for what another source says with the same words.
    pub cites: bool,
    /// Whether rules are surer of it than the taggers: then its source and content hold, and it needs no support.
    pub firm: bool,
    /// Words that belong to no other claim's content: "as the mayor put it", "citing the mayor". Mostly none.
    pub aside: std::ops::Range<usize>,
}

impl Proposal {
    pub fn new(cue: Vec<usize>, source: Vec<usize>, content: Vec<usize>) -> Self {
        Proposal { cue, source, content, cites: false, firm: false, aside: 0..0 }
    }

    /// The same, held against the taggers.
    pub fn firmly(self) -> Self {
        Proposal { firm: true, ..self }
    }
}
