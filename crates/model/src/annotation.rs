use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{ArticleId, Piece};

/// The grammar of an article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// The article.
    pub id: ArticleId,
    /// Its sentences, in text order.
    pub sentences: Vec<Sentence>,
}

/// One sentence of an annotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The first code point of its first token.
    pub start: usize,
    /// The code point after its last token.
    pub end: usize,
    /// Its tokens, in text order; white space other than single spaces between words is a token too.
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// Where it stands.
    pub fn piece(&self) -> Piece {
        Piece { start: self.start, end: self.end }
    }
}

/// One token of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its first code point.
    pub start: usize,
    /// The code point after its last one.
    pub end: usize,
    /// Its dictionary form.
    pub lemma: Arc<str>,
    /// Its Penn Treebank tag.
    pub tag: Arc<str>,
    /// Its universal part of speech.
    pub pos: Arc<str>,
    /// The place of its head in the sentence, its own for the root.
    pub head: usize,
    /// What it is to its head.
    pub dep: Arc<str>,
    /// Its entity as an IOB tag.
    pub ent: Arc<str>,
}

impl Token {
    /// Where it stands.
    pub fn piece(&self) -> Piece {
        Piece { start: self.start, end: self.end }
    }
}
