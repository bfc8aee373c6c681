//! The word forms seen so far: each analysed once, however often it occurs.
//!
//! A store of this kind belongs to one worker and is only a memory of what the model says anyway: dropping it changes no
//! result. Not for: anything that depends on the neighbours of a word.

use crate::hash::FastMap;
use crate::lexicon::{Keys, Lexicon};
use crate::tokenizer::Tokenizer;

/// The number of a form in its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FormId(u32);

/// The number of a word that rules speak of; the default stands for all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordId(pub(crate) u16);

/// Bytes of forms and chunks kept from one text to the next: the vocabulary of a year of news is some 100,000 forms.
const KEPT: usize = 16 << 20;

/// What a form costs besides the letters of it.
const FORM: usize = 160;

/// One word form.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) text: Box<str>,
    /// Its lower case, if rules speak of it.
    pub(crate) word: WordId,
    pub(crate) keys: Keys,
    /// All white space.
    pub(crate) blank: bool,
    /// Whether a tokeniser exception may have to be sought from here.
    pub(crate) begins_sought: bool,
}

/// A store of forms, and of the chunks of text that have been cut into them.
#[derive(Default)]
pub(crate) struct Forms {
    forms: Vec<Form>,
    plain: FastMap<Box<str>, FormId>,
    with_norm: FastMap<(Box<str>, Box<str>), FormId>,
    chunks: FastMap<Box<str>, Box<[FormId]>>,
    bytes: usize,
}

impl Forms {
    /// Whether so much has been seen that it is time to forget.
    pub(crate) fn is_full(&self) -> bool {
        self.bytes > KEPT
    }

    pub(crate) fn get(&self, id: FormId) -> &Form {
        &self.forms[id.0 as usize]
    }

    pub(crate) fn text(&self, id: FormId) -> &str {
        &self.get(id).text
    }

    /// The forms of a chunk that has been cut before.
    pub(crate) fn chunk(&self, chunk: &str) -> Option<&[FormId]> {
        self.chunks.get(chunk).map(|forms| &**forms)
    }

    /// Remembers how a chunk is cut: the parts in order, each with its norm if an exception sets one.
    pub(crate) fn learn_chunk<'p>(
        &mut self,
        chunk: &str,
        parts: impl Iterator<Item = (&'p str, Option<&'p str>)>,
        lexicon: &Lexicon,
        tokenizer: &Tokenizer,
    ) {
        let forms = parts.map(|(part, norm)| self.learn(part, norm, lexicon, tokenizer)).collect();
        self.bytes += chunk.len() + FORM;
        self.chunks.insert(chunk.into(), forms);
    }

    /// The number of a form, which is analysed if it is new.
    pub(crate) fn learn(&mut self, text: &str, norm: Option<&str>, lexicon: &Lexicon, tokenizer: &Tokenizer) -> FormId {
        let known = match norm {
            None => self.plain.get(text),
            Some(norm) => self.with_norm.get(&(text.into(), norm.into())),
        };
        if let Some(known) = known {
            return *known;
        }
        let id = FormId(self.forms.len() as u32);
        self.bytes += 3 * text.len() + FORM;
        self.forms.push(Form {
            text: text.into(),
            word: lexicon.word(text),
            keys: lexicon.keys(text, norm),
            blank: text.chars().all(|c| lexicon.classes.is_space(c)),
            begins_sought: tokenizer.begins_sought(text),
        });
        match norm {
            None => self.plain.insert(text.into(), id),
            Some(norm) => self.with_norm.insert((text.into(), norm.into()), id),
        };
        id
    }

    /// The index of a form, below the number of forms.
    pub(crate) fn index(id: FormId) -> usize {
        id.0 as usize
    }
}
