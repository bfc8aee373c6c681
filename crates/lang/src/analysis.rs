//! What is found in a text, and ways to walk over it: tokens, sentences, entities, noun phrases, subtrees.
//!
//! Not for: finding it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use wirecopy_model::Piece;

use crate::labels::{LabelId, Labels};
use crate::ner::RawEntity;
use crate::tree::Edges;

/// Dependencies that make a noun the head of a noun phrase (the ClearNLP scheme of spaCy's English models).
const PHRASE_HEADS: [&str; 10] =
    ["oprd", "nsubj", "dobj", "nsubjpass", "pcomp", "pobj", "dative", "appos", "attr", "ROOT"];

/// An analysed text.
///
/// Tokens are numbered from 0 over the whole text; ranges of tokens are half-open.
///
/// ```
/// use wirecopy_lang::Language;
/// let language = Language::english();
/// let analysis = language.analyse("Mayor Ida Holm opened the new bridge in Orlen on Tuesday.");
/// let verb = analysis.token(3);
/// assert_eq!((verb.text(), verb.lemma(), verb.tag(), verb.dep()), ("opened", "open", "VBD", "ROOT"));
/// let subject = verb.children().find(|child| child.dep() == "nsubj").unwrap();
/// assert_eq!(analysis.text_of(subject.subtree_range()), "Mayor Ida Holm");
/// let types: Vec<_> = analysis.entities().map(|entity| (entity.text(), entity.label())).collect();
/// assert!(types.contains(&("Tuesday", "DATE")));
/// ```
#[derive(Clone)]
pub struct Analysis {
    text: Arc<str>,
    labels: Arc<Labels>,
    rows: Vec<Row>,
    edges: Vec<(u32, u32)>,
    /// The first token of each sentence.
    sentences: Vec<usize>,
    entities: Vec<RawEntity>,
}

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) chars: Range<usize>,
    pub(crate) bytes: Range<usize>,
    pub(crate) space: bool,
    pub(crate) tag: LabelId,
    pub(crate) pos: LabelId,
    pub(crate) morph: LabelId,
    pub(crate) dep: LabelId,
    pub(crate) head: u32,
    pub(crate) sentence: u32,
    pub(crate) lemma: Arc<str>,
}

impl Analysis {
    pub(crate) fn new(
        text: &str,
        labels: Arc<Labels>,
        rows: Vec<Row>,
        edges: Edges,
        starts: &[bool],
        entities: Vec<RawEntity>,
    ) -> Self {
        let edges = edges.left.into_iter().zip(edges.right).collect();
        let sentences = (0..rows.len()).filter(|at| *at == 0 || starts[*at]).collect();
        Analysis { text: text.into(), labels, rows, edges, sentences, entities }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many tokens it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none, which only the empty text has not.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Token `index`.
    ///
    /// # Panics
    /// If the text has no such token.
    pub fn token(&self, index: usize) -> Token<'_> {
        assert!(index < self.rows.len(), "token {index} of {}", self.rows.len());
        Token { analysis: self, index }
    }

    /// All tokens in text order, white space included.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.rows.len()).map(|index| Token { analysis: self, index })
    }

    /// The tokens of each sentence, in text order; together they are all tokens.
    pub fn sentences(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + ExactSizeIterator {
        (0..self.sentences.len()).map(|sentence| self.sentence(sentence))
    }

    /// The tokens of sentence `index`.
    ///
    /// # Panics
    /// If the text has no such sentence.
    pub fn sentence(&self, index: usize) -> Range<usize> {
        self.sentences[index]..self.sentences.get(index + 1).copied().unwrap_or(self.rows.len())
    }

    /// The named entities, in text order; they do not overlap.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = Entity<'_>> + ExactSizeIterator {
        self.entities.iter().map(|raw| Entity { analysis: self, raw })
    }

    /// The base noun phrases, in text order: a noun with what belongs to it on its left. They do not overlap, and
    /// are those of spaCy's `noun_chunks`.
    pub fn noun_phrases(&self) -> Vec<Range<usize>> {
        let mut phrases: Vec<Range<usize>> = Vec::new();
        for token in self.tokens().filter(|token| matches!(token.pos(), "NOUN" | "PROPN" | "PRON")) {
            let start = self.edges[token.index].0 as usize;
            if phrases.last().is_none_or(|last| start >= last.end) && token.heads_phrase() {
                phrases.push(start..token.index + 1);
            }
        }
        phrases
    }

    /// Where these tokens stand, in code points.
    pub fn piece(&self, tokens: Range<usize>) -> Piece {
        let Range { start, end } = self.span(tokens, |row| row.chars.clone());
        Piece { start, end }
    }

    /// Where these tokens stand, in bytes.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        self.span(tokens, |row| row.bytes.clone())
    }

    /// The text of these tokens.
    pub fn text_of(&self, tokens: Range<usize>) -> &str {
        &self.text[self.bytes(tokens)]
    }

    /// The token that holds code point `point`, or the first one after it.
    pub fn token_at(&self, point: usize) -> Option<Token<'_>> {
        let index = self.rows.partition_point(|row| row.chars.end <= point);
        (index < self.rows.len()).then_some(Token { analysis: self, index })
    }

    fn span(&self, tokens: Range<usize>, place: impl Fn(&Row) -> Range<usize>) -> Range<usize> {
        match &self.rows[tokens] {
            [] => 0..0,
            rows @ [first, ..] => place(first).start..place(&rows[rows.len() - 1]).end,
        }
    }

    pub(crate) fn label(&self, id: LabelId) -> &Arc<str> {
        self.labels.name(id)
    }

    pub(crate) fn row(&self, index: usize) -> &Row {
        &self.rows[index]
    }
}

impl PartialEq for Analysis {
    /// Whether both found the same in the same text, with the same model.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
            && self.rows == other.rows
            && self.sentences == other.sentences
            && self.entities == other.entities
    }
}

impl fmt::Debug for Analysis {
    /// One line a token: number, text, lemma, tag, part of speech, features, head, dependency, entity.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for token in self.tokens() {
            writeln!(
                f,
                "{}\t{:?}\t{:?}\t{}\t{}\t{}\t{}\t{}\t{}",
                token.index,
                token.text(),
                token.lemma(),
                token.tag(),
                token.pos(),
                token.morph(),
                token.head().index,
                token.dep(),
                token.entity_tag(),
            )?;
        }
        Ok(())
    }
}

/// A token of an analysed text.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    analysis: &'a Analysis,
    index: usize,
}

impl<'a> Token<'a> {
    fn row(self) -> &'a Row {
        &self.analysis.rows[self.index]
    }

    /// Its number in the text.
    pub fn index(self) -> usize {
        self.index
    }

    /// Its letters, as the text has them.
    pub fn text(self) -> &'a str {
        &self.analysis.text[self.row().bytes.clone()]
    }

    /// Where it stands, in code points.
    pub fn piece(self) -> Piece {
        Piece { start: self.row().chars.start, end: self.row().chars.end }
    }

    /// Where it stands, in bytes.
    pub fn bytes(self) -> Range<usize> {
        self.row().bytes.clone()
    }

    /// Whether a space follows that belongs to no token.
    pub fn space_follows(self) -> bool {
        self.row().space
    }

    /// Whether it is white space: what is more than a single space between two words is a token.
    pub fn is_space(self) -> bool {
        self.pos() == "SPACE"
    }

    /// Its dictionary form.
    pub fn lemma(self) -> &'a str {
        &self.row().lemma
    }

    /// Its Penn Treebank tag, `_SP` for white space.
    pub fn tag(self) -> &'a str {
        self.analysis.label(self.row().tag)
    }

    /// Its universal part of speech, `SPACE` for white space.
    pub fn pos(self) -> &'a str {
        self.analysis.label(self.row().pos)
    }

    /// Its features in the way of Universal Dependencies: `Number=Sing|Person=3`.
    pub fn morph(self) -> &'a str {
        self.analysis.label(self.row().morph)
    }

    /// What it is to its head (ClearNLP scheme), `ROOT` for the root of a sentence.
    pub fn dep(self) -> &'a str {
        self.analysis.label(self.row().dep)
    }

    /// Its head; a root is its own.
    pub fn head(self) -> Token<'a> {
        Token { index: self.row().head as usize, ..self }
    }

    /// Whether it is the root of its sentence.
    pub fn is_root(self) -> bool {
        self.row().head as usize == self.index
    }

    /// The number of its sentence.
    pub fn sentence(self) -> usize {
        self.row().sentence as usize
    }

    /// Its dependents, in text order.
    pub fn children(self) -> impl Iterator<Item = Token<'a>> {
        let of = move |token: &Token| token.row().head as usize == self.index && token.index != self.index;
        self.subtree_range().map(move |index| Token { index, ..self }).filter(of)
    }

    /// Its head, the head of that, and so on to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'a>> {
        std::iter::successors(Some(self), |token| (!token.is_root()).then(|| token.head())).skip(1)
    }

    /// It and all that depend on it, directly or not, in text order.
    pub fn subtree(self) -> impl Iterator<Item = Token<'a>> {
        let below = move |token: &Token| token.index == self.index || token.ancestors().any(|t| t.index == self.index);
        self.subtree_range().map(move |index| Token { index, ..self }).filter(below)
    }

    /// From the first to the last token of its subtree; where arcs cross, tokens of others may lie between.
    pub fn subtree_range(self) -> Range<usize> {
        let (left, right) = self.analysis.edges[self.index];
        left as usize..right as usize + 1
    }

    /// The entity that it is part of.
    pub fn entity(self) -> Option<Entity<'a>> {
        let entities = &self.analysis.entities;
        let raw = entities.get(entities.partition_point(|raw| raw.tokens.end <= self.index))?;
        raw.tokens.contains(&self.index).then_some(Entity { analysis: self.analysis, raw })
    }

    /// Its entity as an IOB tag: `B-PERSON`, `I-PERSON`, `O`.
    pub fn entity_tag(self) -> String {
        match self.entity() {
            None => "O".to_owned(),
            Some(entity) if entity.raw.tokens.start == self.index => format!("B-{}", entity.label()),
            Some(entity) => format!("I-{}", entity.label()),
        }
    }

    /// Whether its dependency, or that of the first of the words it is coordinated with, is that of a noun phrase.
    fn heads_phrase(self) -> bool {
        if PHRASE_HEADS.contains(&self.dep()) {
            return true;
        }
        if self.dep() != "conj" {
            return false;
        }
        let mut head = self.head();
        while head.dep() == "conj" && head.head().index < head.index {
            head = head.head();
        }
        PHRASE_HEADS.contains(&head.dep())
    }
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.index, self.text())
    }
}

impl PartialEq for Token<'_> {
    /// Whether they are the same token of the same analysis.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.analysis, other.analysis) && self.index == other.index
    }
}

/// A named entity of an analysed text.
#[derive(Clone, Copy)]
pub struct Entity<'a> {
    analysis: &'a Analysis,
    raw: &'a RawEntity,
}

impl<'a> Entity<'a> {
    /// Its tokens.
    pub fn tokens(self) -> Range<usize> {
        self.raw.tokens.clone()
    }

    /// Its type: `PERSON`, `ORG`, `GPE`, `DATE`, ...
    pub fn label(self) -> &'a str {
        self.analysis.label(self.raw.label)
    }

    /// Its text.
    pub fn text(self) -> &'a str {
        self.analysis.text_of(self.tokens())
    }

    /// Where it stands, in code points.
    pub fn piece(self) -> Piece {
        self.analysis.piece(self.tokens())
    }
}

impl fmt::Debug for Entity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.label(), self.text())
    }
}
