//! The words of an article as this crate looks at them: tokens with their grammar where it is known, paragraphs and
//! quotations.
//!
//! Not for: finding anything in them.

use std::borrow::Cow;
use std::ops::Range;

use wirecopy_model::{Annotation, Piece, Span};
use wirecopy_text::{Points, Quotation, fold, quotations};

/// One token. Without an analysis the fields of grammar are empty and each token is its own head.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    pub piece: Piece,
    pub text: &'a str,
    /// Lower case, with straight apostrophes.
    pub lower: Cow<'a, str>,
    pub lemma: Cow<'a, str>,
    pub tag: &'a str,
    pub pos: &'a str,
    pub dep: &'a str,
    /// Its head, numbered over the article; its own number for a root.
    pub head: usize,
    pub sentence: usize,
    pub paragraph: usize,
    /// The type of the entity that it is in; empty for none.
    pub entity: &'a str,
    /// How many quotations it stands in, its own marks included.
    pub depth: usize,
    /// The innermost quotation that it stands in.
    pub quotation: Option<usize>,
}

impl Token<'_> {
    /// Whether it holds no letter or digit.
    pub fn is_punctuation(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }

    pub fn is_mark(&self) -> bool {
        matches!(self.lower.as_ref(), "\"" | "“" | "”" | "''" | "``" | "«" | "»" | "„" | "‘" | "'" | "’")
            && self.text.chars().count() <= 2
    }

    pub fn is_verb(&self) -> bool {
        self.tag.starts_with('V') || self.tag == "MD"
    }

    pub fn is_nominal(&self) -> bool {
        matches!(self.pos, "NOUN" | "PROPN" | "PRON")
    }
}

/// The tokens of an article.
pub(crate) struct Doc<'a> {
    pub points: Points<'a>,
    pub tokens: Vec<Token<'a>>,
    /// The tokens of each paragraph.
    pub paragraphs: Vec<Range<usize>>,
    pub sentences: Vec<Range<usize>>,
    pub quotations: Vec<Quotation>,
    /// The tokens of each quotation, its marks included.
    pub quoted: Vec<Range<usize>>,
    /// The quotation that each quotation stands in.
    around: Vec<Option<usize>>,
    /// The children of each token, in order: `child_list[child_from[i]..child_from[i + 1]]`.
    child_from: Vec<usize>,
    child_list: Vec<usize>,
    /// The first and the last token of each token's subtree.
    edges: Vec<(usize, usize)>,
}

impl<'a> Doc<'a> {
    /// The tokens of `annotation` that lie in `within`.
    pub fn new(text: &'a str, within: &Span, annotation: &'a Annotation) -> Self {
        let points = Points::new(text);
        let mut tokens: Vec<Token<'a>> = Vec::new();
        let mut paragraph = 0;
        let mut sentence = 0;
        let end = points.len();
        for read in &annotation.sentences {
            let first = tokens.len();
            // The number of each token of the sentence here; white space has none.
            let mut numbers: Vec<Option<usize>> = Vec::with_capacity(read.tokens.len());
            for token in &read.tokens {
                let piece = Piece::new(token.start.min(end), token.end.min(end));
                let word = points.slice(piece);
                if word.contains('\n') {
                    paragraph += 1;
                }
                if word.trim().is_empty() || !within.covers(piece) {
                    numbers.push(None);
                    continue;
                }
                let pieces = parts(&points, piece);
                let main = pieces.iter().position(|&part| has_word(points.slice(part))).unwrap_or(0);
                let own = tokens.len() + main;
                numbers.push(Some(own));
                for (at, &part) in pieces.iter().enumerate() {
                    let text = points.slice(part);
                    let whole = at == main;
                    tokens.push(Token {
                        piece: part,
                        text,
                        lower: fold(text),
                        lemma: Cow::Borrowed(if pieces.len() == 1 { token.lemma.as_ref() } else { text }),
                        tag: if whole { token.tag.as_ref() } else { "''" },
                        pos: if whole { token.pos.as_ref() } else { "PUNCT" },
                        dep: if whole { token.dep.as_ref() } else { "punct" },
                        // Numbers of the sentence here, of the article below; marks hang on their word.
                        head: if whole { token.head } else { own },
                        sentence,
                        paragraph,
                        entity: token.ent.get(2..).unwrap_or(""),
                        depth: 0,
                        quotation: None,
                    });
                }
            }
            for (own, number) in numbers.iter().enumerate().filter_map(|(own, number)| Some((own, (*number)?))) {
                // White space may stand between a token and its head.
                let mut head = tokens[number].head;
                let mut steps = 0;
                while numbers.get(head).is_some_and(Option::is_none) && steps < read.tokens.len() {
                    let next = read.tokens[head].head;
                    head = if next == head { own } else { next };
                    steps += 1;
                }
                tokens[number].head = numbers.get(head).copied().flatten().unwrap_or(number);
            }
            sentence += usize::from(tokens.len() > first);
        }
        Doc::finish(points, tokens, within)
    }

    /// Counts paragraphs and sentences anew from 0, and finds quotations and trees.
    pub fn finish(points: Points<'a>, mut tokens: Vec<Token<'a>>, within: &Span) -> Self {
        let mut quotations = quotations(&points, within);
        quotations.retain(|quotation| !is_nickname(&points, quotation));
        let quoted = place_quotations(&mut tokens, &quotations);
        let paragraphs = runs(&tokens, |token| token.paragraph);
        // No sentence goes over the end of a paragraph, whatever the parser says.
        let sentences = runs(&tokens, |token| (token.paragraph, token.sentence));
        for at in 0..tokens.len() {
            if tokens[tokens[at].head].paragraph != tokens[at].paragraph {
                tokens[at].head = at;
            }
        }
        for (number, range) in paragraphs.iter().enumerate() {
            tokens[range.clone()].iter_mut().for_each(|token| token.paragraph = number);
        }
        for (number, range) in sentences.iter().enumerate() {
            tokens[range.clone()].iter_mut().for_each(|token| token.sentence = number);
        }
        let (child_from, child_list) = children(&tokens);
        let edges = edges(&tokens, &sentences);
        let around = around(&quotations);
        Doc { points, tokens, paragraphs, sentences, quotations, quoted, around, child_from, child_list, edges }
    }

    /// The quotation around a token that itself stands in so many others.
    pub fn quotation_at(&self, token: usize, depth: usize) -> Option<usize> {
        let mut index = self.tokens[token].quotation?;
        while self.quotations[index].depth > depth {
            index = self.around[index]?;
        }
        (self.quotations[index].depth == depth).then_some(index)
    }

    pub fn children(&self, token: usize) -> &[usize] {
        &self.child_list[self.child_from[token]..self.child_from[token + 1]]
    }

    /// The child of `token` with one of these labels.
    pub fn child(&self, token: usize, labels: &[&str]) -> Option<usize> {
        self.children(token).iter().copied().find(|&child| labels.contains(&self.tokens[child].dep))
    }

    /// The tokens from the first to the last of the subtree of `token`.
    pub fn subtree(&self, token: usize) -> Range<usize> {
        self.edges[token].0..self.edges[token].1 + 1
    }

    /// Whether `ancestor` is `token` or stands above it.
    pub fn is_under(&self, mut token: usize, ancestor: usize) -> bool {
        // Heads form trees, so this ends; the bound keeps a broken analysis harmless.
        for _ in 0..self.tokens.len() {
            if token == ancestor {
                return true;
            }
            let head = self.tokens[token].head;
            if head == token {
                return false;
            }
            token = head;
        }
        false
    }

    /// The piece from the first to the last of these tokens.
    pub fn piece(&self, tokens: Range<usize>) -> Piece {
        Piece::new(self.tokens[tokens.start].piece.start, self.tokens[tokens.end - 1].piece.end)
    }

    /// The span of these tokens, in order: tokens side by side are one piece.
    pub fn span(&self, tokens: &[usize]) -> Span {
        let runs = tokens.chunk_by(|a, b| a + 1 == *b);
        Span::from_pieces(runs.map(|run| self.piece(run[0]..run[run.len() - 1] + 1)))
    }

    pub fn lower(&self, token: usize) -> &str {
        &self.tokens[token].lower
    }
}

/// The ranges of tokens that share a number.
fn runs<N: PartialEq>(tokens: &[Token], number: impl Fn(&Token) -> N) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for run in tokens.chunk_by(|a, b| number(a) == number(b)) {
        runs.push(start..start + run.len());
        start += run.len();
    }
    runs
}

fn around(quotations: &[Quotation]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut around = Vec::with_capacity(quotations.len());
    for (index, quotation) in quotations.iter().enumerate() {
        open.truncate(quotation.depth);
        around.push(open.last().copied());
        open.push(index);
    }
    around
}

fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A token that runs into marks ("said:“We") in the pieces between them; mostly it is one piece.
fn parts(points: &Points, piece: Piece) -> Vec<Piece> {
    let text = points.slice(piece);
    let is_mark = |c: char| matches!(c, '“' | '”' | '"' | '―' | '—' | '«' | '»');
    if piece.len() == 1 || !text.contains(is_mark) {
        return vec![piece];
    }
    let mut parts = Vec::new();
    let mut start = piece.start;
    for (at, c) in text.chars().enumerate() {
        let here = piece.start + at;
        if is_mark(c) {
            if start < here {
                parts.push(Piece::new(start, here));
            }
            parts.push(Piece::new(here, here + 1));
            start = here + 1;
        }
    }
    if start < piece.end {
        parts.push(Piece::new(start, piece.end));
    }
    parts
}

/// Writes into each token what it stands in. Gives the tokens of each quotation.
fn is_little(lower: &str) -> bool {
    const WORDS: &str = " a an and at but by for from her his in its my of on or our that the their this to with your ";
    WORDS.contains(&format!(" {lower} "))
}

/// Whether marks stand around a name within a name: Orla “Gull” Fenwick.
fn is_nickname(points: &Points, quotation: &Quotation) -> bool {
    const LONGEST: usize = 24;
    let (inner, outer) = (points.slice(quotation.inner), quotation.outer);
    let is_name = |word: &str| word.chars().next().is_some_and(char::is_uppercase) && !word.ends_with([',', '!', '?']);
    if !quotation.closed || inner.len() > LONGEST || !inner.split(' ').all(is_name) {
        return false;
    }
    let before = points.slice(Piece::new(outer.start.saturating_sub(LONGEST), outer.start));
    let after = points.slice(Piece::new(outer.end, (outer.end + 2).min(points.len())));
    let first = before.strip_suffix(' ').and_then(|before| before.rsplit([' ', '\n', '(']).next());
    let is_given = first
        .is_some_and(|word| is_name(word) && !is_little(&fold(word)) && word.chars().skip(1).any(char::is_lowercase));
    is_given && after.strip_prefix(' ').is_some_and(is_name)
}

fn place_quotations(tokens: &mut [Token], quotations: &[Quotation]) -> Vec<Range<usize>> {
    let mut quoted = Vec::with_capacity(quotations.len());
    for (index, quotation) in quotations.iter().enumerate() {
        let first = tokens.partition_point(|token| token.piece.end <= quotation.outer.start);
        let last = tokens.partition_point(|token| token.piece.start < quotation.outer.end).max(first);
        for token in &mut tokens[first..last] {
            token.depth = quotation.depth + 1;
            token.quotation = Some(index);
        }
        quoted.push(first..last);
    }
    quoted
}

fn children(tokens: &[Token]) -> (Vec<usize>, Vec<usize>) {
    let mut from = vec![0; tokens.len() + 1];
    let arcs = || tokens.iter().enumerate().filter(|(number, token)| token.head != *number);
    for (_, token) in arcs() {
        from[token.head + 1] += 1;
    }
    for at in 0..tokens.len() {
        from[at + 1] += from[at];
    }
    let mut next = from.clone();
    let mut list = vec![0; from[tokens.len()]];
    for (number, token) in arcs() {
        list[next[token.head]] = number;
        next[token.head] += 1;
    }
    (from, list)
}

/// The first and last token of every subtree, found by passing each token's own up until nothing changes: two or
/// three passes over a sentence unless its tree is very crooked.
fn edges(tokens: &[Token], sentences: &[Range<usize>]) -> Vec<(usize, usize)> {
    const PASSES: usize = 64;
    let mut edges: Vec<(usize, usize)> = (0..tokens.len()).map(|at| (at, at)).collect();
    for sentence in sentences {
        for _ in 0..PASSES {
            let mut changed = false;
            for at in sentence.clone().chain(sentence.clone().rev()) {
                let head = tokens[at].head;
                let widened = (edges[head].0.min(edges[at].0), edges[head].1.max(edges[at].1));
                changed |= widened != edges[head];
                edges[head] = widened;
            }
            if !changed {
                break;
            }
        }
    }
    edges
}
