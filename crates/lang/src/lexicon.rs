//! What a word form is to the model, apart from its neighbours: norm, first and last characters, shape, and the numbers
//! that stand for them.
//!
//! Not for: meaning or frequency; the small pipeline has no word vectors.

use crate::chars::Classes;
use crate::file::{Header, ModelError};
use crate::forms::WordId;
use crate::hash::{FastMap, murmur64a};
use crate::ruler;

/// From this many characters on, a word has the shape "LONG".
const LONG: usize = 100;

/// A run of one kind of character counts up to this in a shape.
const SHAPE_RUN: usize = 4;

/// Characters of the suffix feature.
const SUFFIX: usize = 3;

/// The tables of norms and symbols.
pub(crate) struct Lexicon {
    pub(crate) classes: Classes,
    symbols: FastMap<String, u64>,
    norms_by_key: FastMap<u64, String>,
    norms_by_form: FastMap<String, String>,
    /// The words that attribute rules speak of, in lower case.
    words: FastMap<String, WordId>,
}

/// The keys of a form's features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Keys {
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
}

impl Lexicon {
    pub(crate) fn new(header: &mut Header) -> Result<Self, ModelError> {
        let words = ruler::words(&header.ruler).into_iter().zip(1..).map(|(word, id)| (word, WordId(id)));
        Ok(Lexicon {
            classes: Classes::new(&header.classes)?,
            symbols: header.symbols.drain().collect(),
            norms_by_key: header.norms.by_key.drain(..).collect(),
            norms_by_form: header.norms.by_form.drain().collect(),
            words: words.collect(),
        })
    }

    /// The number of a form's lower case among the words that attribute rules speak of.
    pub(crate) fn word(&self, form: &str) -> WordId {
        self.words.get(&form.to_lowercase()).copied().unwrap_or_default()
    }

    /// The number of a string: nothing for none, a small one for a symbol, else its hash.
    fn key(&self, text: &str) -> u64 {
        match self.symbols.get(text) {
            Some(symbol) => *symbol,
            None if text.is_empty() => 0,
            None => murmur64a(text.as_bytes()),
        }
    }

    /// The keys of `form`, with the norm of a tokeniser exception where there is one.
    pub(crate) fn keys(&self, form: &str, norm: Option<&str>) -> Keys {
        let prefix = form.chars().next().map_or(0, char::len_utf8);
        let suffix = form.char_indices().rev().nth(SUFFIX - 1).map_or(0, |(at, _)| at);
        Keys {
            norm: self.norm_key(form, norm),
            prefix: self.key(&form[..prefix]),
            suffix: self.key(&form[suffix..]),
            shape: self.key(&self.shape(form)),
        }
    }

    fn norm_key(&self, form: &str, norm: Option<&str>) -> u64 {
        let tables = || self.norms_by_key.get(&self.key(form)).or_else(|| self.norms_by_form.get(form));
        match norm.or_else(|| tables().map(String::as_str)) {
            Some(norm) => self.key(norm),
            None => self.key(&form.to_lowercase()),
        }
    }

    /// The shape: letters as X or x, digits as d, the rest as it is, runs cut to four.
    fn shape(&self, form: &str) -> String {
        if form.chars().nth(LONG - 1).is_some() {
            return "LONG".to_owned();
        }
        let mut shape = String::with_capacity(form.len());
        let mut run = (None, 0);
        for c in form.chars() {
            let kind = match c {
                c if self.classes.is_alpha(c) && c.is_uppercase() => 'X',
                c if self.classes.is_alpha(c) => 'x',
                c if self.classes.is_digit(c) => 'd',
                c => c,
            };
            run = if run.0 == Some(kind) { (run.0, run.1 + 1) } else { (Some(kind), 1) };
            if run.1 <= SHAPE_RUN {
                shape.push(kind);
            }
        }
        shape
    }
}
