//! spaCy's tokeniser: words with their places, from which the text can be put together again.
//!
//! White space decides first; each piece between is an exception, or loses its prefixes and suffixes and is cut at
//! infixes; at last some exceptions are sought again over the finished tokens.
//!
//! Not for: sentences, which only the parser finds.

use crate::affix::Affixes;
use crate::chars::Classes;
use crate::file::{ExceptionData, ModelError, TokenizerData};
use crate::forms::{Form, FormId, Forms};
use crate::hash::FastMap;
use crate::lexicon::Lexicon;
use crate::url::is_url;

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawToken {
    pub(crate) form: FormId,
    /// Its first byte.
    pub(crate) start: usize,
    /// Whether one space follows that belongs to no token.
    pub(crate) space: bool,
}

/// The tokens of a text with their forms.
#[derive(Clone, Copy)]
pub(crate) struct Tokens<'a> {
    pub(crate) list: &'a [RawToken],
    pub(crate) forms: &'a Forms,
}

impl<'a> Tokens<'a> {
    pub(crate) fn len(self) -> usize {
        self.list.len()
    }

    /// The form of token `at`.
    pub(crate) fn form(self, at: usize) -> &'a Form {
        self.forms.get(self.list[at].form)
    }
}

/// A part of a chunk: its length in bytes, and its norm if an exception sets one.
#[derive(Clone, Copy)]
struct Part<'m> {
    bytes: usize,
    norm: Option<&'m str>,
}

type Parts = Vec<(String, Option<String>)>;

/// The patterns and exceptions of a language.
pub(crate) struct Tokenizer {
    prefixes: Affixes,
    suffixes: Affixes,
    infixes: Affixes,
    url_tld: u8,
    exceptions: FastMap<String, Parts>,
    /// Bytes of the longest exception: what is longer need not be looked up.
    longest: usize,
    /// Exceptions as sequences of tokens, by their first token.
    sought: FastMap<String, Vec<Vec<String>>>,
}

impl Tokenizer {
    pub(crate) fn new(data: TokenizerData, classes: &Classes) -> Result<Self, ModelError> {
        let spelt =
            |exception: &ExceptionData| exception.parts.iter().map(|(part, _)| part.as_str()).collect::<String>();
        if let Some(exception) = data.exceptions.iter().find(|exception| spelt(exception) != exception.text) {
            return Err(ModelError::Shape(format!("the parts of {:?} do not spell it", exception.text)));
        }
        let (sought, exceptions): (Vec<_>, Vec<_>) =
            data.exceptions.into_iter().map(|ExceptionData { text, parts, seek }| (seek, (text, parts))).unzip();
        let mut tokenizer = Tokenizer {
            prefixes: Affixes::new(data.prefixes, classes),
            suffixes: Affixes::new(data.suffixes, classes),
            infixes: Affixes::new(data.infixes, classes),
            url_tld: data.url_tld as u8,
            longest: exceptions.iter().map(|(text, _)| text.len()).max().unwrap_or(0),
            exceptions: FastMap::default(),
            sought: FastMap::default(),
        };
        for (text, _) in exceptions.iter().zip(sought).filter(|(_, sought)| *sought).map(|(exception, _)| exception) {
            let tokens = tokenizer.plain(text, classes);
            if let Some(first) = tokens.first() {
                tokenizer.sought.entry(first.clone()).or_default().push(tokens);
            }
        }
        tokenizer.exceptions = exceptions.into_iter().collect();
        Ok(tokenizer)
    }

    /// The tokens of an exception when no exception is known yet.
    fn plain(&self, text: &str, classes: &Classes) -> Vec<String> {
        let mut tokens = Vec::new();
        let mut parts = Vec::new();
        for (start, chunk) in chunks(text, classes) {
            parts.clear();
            self.split(chunk, classes, &mut parts);
            let mut at = start;
            for part in &parts {
                tokens.push(text[at..at + part.bytes].to_owned());
                at += part.bytes;
            }
        }
        tokens
    }

    /// Whether an exception is to be sought where a token of this form stands.
    pub(crate) fn begins_sought(&self, form: &str) -> bool {
        self.sought.contains_key(form)
    }

    /// The tokens of `text`, in order.
    pub(crate) fn tokenize(&self, text: &str, lexicon: &Lexicon, forms: &mut Forms, tokens: &mut Vec<RawToken>) {
        tokens.clear();
        let mut parts = Vec::new();
        for (start, chunk) in chunks(text, &lexicon.classes) {
            if forms.chunk(chunk).is_none() {
                parts.clear();
                self.split(chunk, &lexicon.classes, &mut parts);
                let mut at = 0;
                let found = parts.iter().map(|part| {
                    at += part.bytes;
                    (&chunk[at - part.bytes..at], part.norm)
                });
                forms.learn_chunk(chunk, found, lexicon, self);
            }
            let mut at = start;
            for form in forms.chunk(chunk).into_iter().flatten() {
                tokens.push(RawToken { form: *form, start: at, space: false });
                at += forms.text(*form).len();
            }
            if let Some(last) = tokens.last_mut() {
                let end = start + chunk.len();
                last.space = text[end..].starts_with(' ') && !self.is_blank(chunk, &lexicon.classes);
            }
        }
        if tokens.iter().any(|token| forms.get(token.form).begins_sought) {
            self.seek(text, lexicon, forms, tokens);
        }
    }

    fn is_blank(&self, chunk: &str, classes: &Classes) -> bool {
        chunk.chars().next().is_some_and(|c| classes.is_space(c))
    }

    fn exception(&self, text: &str) -> Option<&Parts> {
        if text.len() > self.longest { None } else { self.exceptions.get(text) }
    }

    /// Cuts a chunk (all white space, or none) into parts.
    fn split<'m>(&'m self, chunk: &str, classes: &Classes, parts: &mut Vec<Part<'m>>) {
        let mut rest = chunk;
        let mut suffixes = Vec::new();
        let bare = |text: &str| Part { bytes: text.len(), norm: None };
        while !rest.is_empty() && self.exception(rest).is_none() {
            let prefix = self.prefixes.prefix(rest, classes);
            let inner = &rest[prefix..];
            if prefix > 0 && self.exception(inner).is_some() {
                parts.push(bare(&rest[..prefix]));
                rest = inner;
                break;
            }
            let suffix = self.suffixes.suffix(inner, classes);
            let outer = &rest[..rest.len() - suffix];
            if suffix > 0 && self.exception(outer).is_some() {
                suffixes.push(bare(&rest[outer.len()..]));
                rest = outer;
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                parts.push(bare(&rest[..prefix]));
            }
            if suffix > 0 {
                suffixes.push(bare(&rest[outer.len()..]));
            }
            rest = &rest[prefix..outer.len()];
        }
        self.split_rest(rest, classes, parts);
        parts.extend(suffixes.into_iter().rev());
    }

    /// What has no affixes left: an exception, a URL, or words between infixes.
    fn split_rest<'m>(&'m self, rest: &str, classes: &Classes, parts: &mut Vec<Part<'m>>) {
        let mut push = |bytes: usize| parts.extend((bytes > 0).then_some(Part { bytes, norm: None }));
        if let Some(exception) = self.exception(rest) {
            parts.extend(exception.iter().map(|(text, norm)| Part { bytes: text.len(), norm: norm.as_deref() }));
        } else if is_url(rest, self.url_tld, classes) {
            push(rest.len());
        } else {
            let mut start = 0;
            // spaCy leaves an infix at the very start on the word that follows it.
            for infix in self.infixes.infixes(rest, classes).filter(|infix| infix.start > 0) {
                push(infix.start - start);
                push(infix.len());
                start = infix.end;
            }
            push(rest.len() - start);
        }
    }

    /// Puts exceptions in the place of the tokens that spell them: the longest first, then the leftmost.
    fn seek(&self, text: &str, lexicon: &Lexicon, forms: &mut Forms, tokens: &mut Vec<RawToken>) {
        let mut matches = Vec::new();
        for at in 0..tokens.len() {
            let found = self.sought.get(forms.text(tokens[at].form)).into_iter().flatten();
            let fitting = found.filter(|words| {
                tokens.get(at..at + words.len()).is_some_and(|here| {
                    here.iter().zip(words.iter()).all(|(token, word)| forms.text(token.form) == word)
                })
            });
            matches.extend(fitting.map(|words| (at, words.len())));
        }
        matches.sort_unstable_by_key(|(start, length)| (usize::MAX - length, *start));
        let mut seen = vec![false; tokens.len()];
        let mut chosen = Vec::new();
        for (start, length) in matches {
            if !seen[start] && !seen[start + length - 1] {
                chosen.push((start, length));
            }
            // What is dropped blocks its tokens too, as in spaCy.
            seen[start..start + length].fill(true);
        }
        chosen.sort_unstable();
        let mut old = tokens.clone().into_iter().enumerate().peekable();
        let mut chosen = chosen.into_iter().peekable();
        tokens.clear();
        while let Some((at, token)) = old.next() {
            let Some((_, length)) = chosen.next_if(|(start, _)| *start == at) else {
                tokens.push(token);
                continue;
            };
            let mut covered = vec![token];
            covered.extend((1..length).filter_map(|_| old.next()).map(|(_, token)| token));
            let last = covered[length - 1];
            let end = last.start + forms.text(last.form).len();
            let Some(exception) = self.exceptions.get(&text[token.start..end]) else {
                tokens.extend(covered);
                continue;
            };
            let mut start = token.start;
            for (part, norm) in exception {
                let form = forms.learn(part, norm.as_deref(), lexicon, self);
                tokens.push(RawToken { form, start, space: false });
                start += part.len();
            }
            tokens.last_mut().into_iter().for_each(|token| token.space = last.space);
        }
    }
}

/// Runs of white space and runs of anything else, with their places; a single space after a run of anything else is
/// left out.
fn chunks<'t>(text: &'t str, classes: &'t Classes) -> impl Iterator<Item = (usize, &'t str)> {
    let mut at = 0;
    let mut after_word = false;
    std::iter::from_fn(move || {
        loop {
            let first = text[at..].chars().next()?;
            let blank = classes.is_space(first);
            let start = if blank && after_word && first == ' ' { at + 1 } else { at };
            let rest = &text[at..];
            let end = at + rest.find(|c| classes.is_space(c) != blank).unwrap_or(rest.len());
            at = end;
            after_word = !blank;
            if start < end {
                return Some((start, &text[start..end]));
            }
        }
    })
}
