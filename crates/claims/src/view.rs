//! A part of an article looked at as if it were all there is: a paragraph, or the content of a claim, in which claims
//! are sought in their turn.

use crate::doc::{Doc, Token};
use crate::lexicon::{self, Verb};

/// Tokens of an article, in text order.
pub(crate) struct View<'d, 'a> {
    pub doc: &'d Doc<'a>,
    pub tokens: Vec<usize>,
    /// How many quotations all of it stands in; marks of these are no marks here.
    pub depth: usize,
    /// For each position, the nearest reporting verb at or before it, and at or after it.
    pub reporting_before: Vec<Option<usize>>,
    pub reporting_after: Vec<Option<usize>>,
    pub verb_before: Vec<Option<usize>>,
    pub verb_after: Vec<Option<usize>>,
    pub reporting: usize,
}

impl<'d, 'a> View<'d, 'a> {
    pub fn new(doc: &'d Doc<'a>, tokens: Vec<usize>) -> Self {
        let depth = tokens.iter().map(|&at| doc.tokens[at].depth).min().unwrap_or(0);
        let is_reporting = |at: usize| {
            let token = &doc.tokens[at];
            token.tag.starts_with('V') && lexicon::verb(&token.lemma).is_some_and(|verb| verb != Verb::Attitude)
        };
        let reporting_at: Vec<bool> = tokens.iter().map(|&at| is_reporting(at)).collect();
        let verb_at: Vec<bool> = tokens.iter().map(|&at| doc.tokens[at].tag.starts_with('V')).collect();
        let reporting = reporting_at.iter().filter(|&&is| is).count();
        View {
            doc,
            reporting_before: nearest(&reporting_at, false),
            reporting_after: nearest(&reporting_at, true),
            verb_before: nearest(&verb_at, false),
            verb_after: nearest(&verb_at, true),
            reporting,
            tokens,
            depth,
        }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at a position of the view.
    pub fn token(&self, position: usize) -> &'d Token<'a> {
        &self.doc.tokens[self.tokens[position]]
    }

    /// The position of a token of the article, if it is in the view.
    pub fn position(&self, token: usize) -> Option<usize> {
        self.tokens.binary_search(&token).ok()
    }

    /// The head of the token at a position, if it is in the view and another token.
    pub fn head(&self, position: usize) -> Option<usize> {
        let own = self.tokens[position];
        let head = self.doc.tokens[own].head;
        if head == own { None } else { self.position(head) }
    }

    /// How many quotations of the view the token at a position stands in.
    pub fn quoted(&self, position: usize) -> usize {
        self.token(position).depth.saturating_sub(self.depth)
    }
}

/// For each place, the nearest marked place at or before it (or at or after it, where `ahead`).
fn nearest(marked: &[bool], ahead: bool) -> Vec<Option<usize>> {
    let mut found = vec![None; marked.len()];
    let mut last = None;
    for step in 0..marked.len() {
        let at = if ahead { marked.len() - 1 - step } else { step };
        if marked[at] {
            last = Some(at);
        }
        found[at] = last;
    }
    found
}
