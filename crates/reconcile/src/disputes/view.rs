//! An article as the comparison sees it: sentences of tokens with stems and weights.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use wirecopy_model::{Article, Piece, Sentence, Timex};
use wirecopy_text::{Points, fold, quotations, stretches};

use super::Told;
use super::lexicon::{is_saying, stem};
use super::params::{BESIDE, LONGEST_SENTENCE, NEARNESS};
use super::talk::{dateline, is_entry, is_heard, is_talk};

/// The numbers that stand for stems within one story.
#[derive(Default)]
pub(super) struct Stems(HashMap<String, u32>);

impl Stems {
    fn number(&mut self, lemma: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(stem(lemma)).or_insert(next)
    }
}

/// A token.
pub(super) struct Tok {
    pub piece: Piece,
    /// The word in lower case.
    pub word: String,
    pub lemma: String,
    /// Whether it is all in capitals.
    pub shouted: bool,
    /// Its stem, for words that carry content.
    pub stem: Option<u32>,
    /// How much its stem says.
    pub weight: f32,
    pub head: usize,
    pub tag: Arc<str>,
    pub pos: Arc<str>,
    pub dep: Arc<str>,
    pub ent: Arc<str>,
}

impl Tok {
    pub fn is_capital(&self) -> bool {
        self.tag.starts_with("NNP")
    }

    pub fn is_verb(&self) -> bool {
        self.tag.starts_with('V')
    }
}

/// A sentence.
pub(super) struct Sent {
    pub toks: Vec<Tok>,
    children: Vec<Vec<usize>>,
    /// The length of the vector of its stems.
    norm: f32,
    /// How many of its first tokens are of the page: place, day, agency.
    pub dateline: usize,
    /// Whether it reports nothing: it is talk.
    pub talk: bool,
    /// Its stems with their weights, sorted.
    pub bag: Vec<(u32, f32)>,
}

/// An article.
pub(super) struct View<'a> {
    pub article: &'a Article,
    pub points: Points<'a>,
    pub timexes: &'a [Timex],
    pub sents: Vec<Sent>,
    /// All its words, in lower case.
    pub words: HashSet<String>,
    /// The quotations, without their marks.
    pub quotations: Vec<Piece>,
}

impl<'a> View<'a> {
    /// Whether the article is in English, as far as it says.
    pub fn is_english(&self) -> bool {
        self.article.lang.as_deref().is_none_or(|lang| lang.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en")))
    }

    pub fn new(told: &Told<'a>, stems: &mut Stems) -> Self {
        let points = Points::new(&told.article.text);
        let found = quotations(&points, &told.article.kept);
        let quotations: Vec<Piece> = found.iter().filter(|quote| quote.depth == 0).map(|quote| quote.inner).collect();
        let sents: Vec<Sent> = told
            .annotation
            .sentences
            .iter()
            .flat_map(|sentence| {
                stretches(sentence, &points, &told.article.kept, LONGEST_SENTENCE)
                    .into_iter()
                    .map(move |range| (sentence, range))
            })
            .map(|(sentence, range)| Sent::new(sentence, range, &points, stems))
            .map(|sent| Sent { talk: is_talk(&sent.toks, &quotations), ..sent })
            .collect();
        let mut sents = sents;
        silence(&mut sents);
        pass_hours(&mut sents);
        let words = sents.iter().flat_map(|sent| sent.toks.iter().map(|tok| tok.word.clone())).collect();
        View { article: told.article, points, timexes: told.timexes, sents, words, quotations }
    }
}

/// Marks as talk all of a transcript, and all that stands behind the first of several heads of comments.
fn silence(sents: &mut [Sent]) {
    let heard = sents.iter().filter(|sent| is_heard(&sent.toks)).count();
    let entries: Vec<usize> = (0..sents.len()).filter(|&at| is_entry(&sents[at].toks)).collect();
    let from = match entries.first() {
        _ if heard >= TRANSCRIPT => 0,
        Some(&first) if entries.len() >= COMMENTS => first,
        _ => return,
    };
    sents[from..].iter_mut().for_each(|sent| sent.talk = true);
}

/// Passes over the hours at the heads of the entries of a running report: "1217 Three boats have left ...".
fn pass_hours(sents: &mut [Sent]) {
    let hour = |sent: &Sent| -> Option<usize> {
        let at = sent.toks.iter().position(|tok| tok.word.chars().any(char::is_alphanumeric))?;
        let word = sent.toks[at].word.replace(':', "");
        let clock = word.len() == 4 && word.parse::<u32>().is_ok_and(|clock| clock < 2400 && clock % 100 < 60);
        (clock && sent.toks.len() > at + 2).then_some(at + 1)
    };
    let heads: Vec<(usize, usize)> =
        sents.iter().enumerate().filter_map(|(number, sent)| Some((number, hour(sent)?))).collect();
    if heads.len() >= ENTRIES {
        heads.into_iter().for_each(|(number, end)| sents[number].dateline = sents[number].dateline.max(end));
    }
}

/// So many sentences that begin with an hour are entries of a running report.
const ENTRIES: usize = 3;

/// Where so many sentences begin with who is heard, all are said by somebody.
const TRANSCRIPT: usize = 4;

/// So many heads of comments are a page of comments.
const COMMENTS: usize = 4;

impl Sent {
    fn new(sentence: &Sentence, range: Range<usize>, points: &Points, stems: &mut Stems) -> Self {
        let mut toks: Vec<Tok> = Vec::with_capacity(range.len());
        for (at, token) in sentence.tokens[range.clone()].iter().enumerate() {
            let piece = token.piece();
            let word = fold(points.slice(piece)).into_owned();
            let lemma = token.lemma.to_lowercase();
            let weight = weight(&token.pos, &lemma, &word);
            let text = points.slice(piece);
            toks.push(Tok {
                piece,
                shouted: text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase),
                stem: (weight > 0.0).then(|| stems.number(&lemma)),
                weight,
                head: if range.contains(&token.head) { token.head - range.start } else { at },
                tag: token.tag.clone(),
                pos: token.pos.clone(),
                dep: token.dep.clone(),
                ent: token.ent.clone(),
                word,
                lemma,
            });
        }
        let dateline = dateline(&toks);
        toks[..dateline].iter_mut().for_each(|tok| {
            tok.stem = None;
            tok.weight = 0.0;
        });
        let mut children = vec![Vec::new(); toks.len()];
        for (at, tok) in toks.iter().enumerate() {
            if tok.head != at {
                children[tok.head].push(at);
            }
        }
        let mut bag: HashMap<u32, f32> = HashMap::new();
        for tok in &toks {
            if let Some(stem) = tok.stem {
                let held = bag.entry(stem).or_default();
                *held = held.max(tok.weight);
            }
        }
        let mut bag: Vec<(u32, f32)> = bag.into_iter().collect();
        bag.sort_unstable_by_key(|&(stem, _)| stem);
        let norm = bag.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        Sent { toks, children, norm, dateline, talk: false, bag }
    }

    pub fn children(&self, of: usize) -> &[usize] {
        &self.children[of]
    }

    /// The cosine of the stems of two sentences.
    pub fn likeness(&self, other: &Sent) -> f32 {
        let mut at = 0;
        let mut product = 0.0;
        for &(stem, weight) in &self.bag {
            while other.bag.get(at).is_some_and(|&(with, _)| with < stem) {
                at += 1;
            }
            if let Some(&(_, with)) = other.bag.get(at).filter(|&&(with, _)| with == stem) {
                product += weight * with;
            }
        }
        if product == 0.0 { 0.0 } else { product / (self.norm * other.norm) }
    }

    /// The head of a stretch of tokens: the one whose own head lies outside.
    pub fn head_of(&self, range: &Range<usize>) -> usize {
        let outside = range.clone().rev().find(|&at| {
            let head = self.toks[at].head;
            head == at || !range.contains(&head)
        });
        outside.unwrap_or(range.end - 1)
    }

    /// The words around a stretch of tokens: each stem with how much it says and how near it is, sorted by stem.
    pub fn around(&self, range: &Range<usize>) -> Vec<(u32, f32)> {
        let mut near = vec![0f32; self.toks.len()];
        let mut queue: VecDeque<(usize, usize)> = range.clone().map(|at| (at, 0)).collect();
        let mut seen = vec![false; self.toks.len()];
        range.clone().for_each(|at| seen[at] = true);
        while let Some((at, steps)) = queue.pop_front() {
            if steps > 0 {
                near[at] = NEARNESS[(steps - 1).min(NEARNESS.len() - 1)];
            }
            if steps == NEARNESS.len() {
                continue;
            }
            for next in self.children[at].iter().copied().chain([self.toks[at].head]) {
                if !seen[next] {
                    seen[next] = true;
                    queue.push_back((next, steps + 1));
                }
            }
        }
        let mut beside = |at: usize, steps: usize| near[at] = near[at].max(BESIDE[steps]);
        for steps in 0..BESIDE.len() {
            if let Some(at) = range.start.checked_sub(steps + 1) {
                beside(at, steps);
            }
            if range.end + steps < self.toks.len() {
                beside(range.end + steps, steps);
            }
        }
        let mut around: HashMap<u32, f32> = HashMap::new();
        for (at, tok) in self.toks.iter().enumerate() {
            if let Some(stem) = tok.stem.filter(|_| !range.contains(&at) && near[at] > 0.0) {
                let held = around.entry(stem).or_default();
                *held = held.max(tok.weight * near[at]);
            }
        }
        let mut around: Vec<(u32, f32)> = around.into_iter().collect();
        around.sort_unstable_by_key(|&(stem, _)| stem);
        around
    }

    /// Where a stretch of tokens stands.
    pub fn piece(&self, range: &Range<usize>) -> Piece {
        Piece::new(self.toks[range.start].piece.start, self.toks[range.end - 1].piece.end)
    }

    /// The preposition that governs a token, directly or over the noun that it belongs to.
    pub fn preposition(&self, at: usize) -> Option<&str> {
        let head = &self.toks[self.toks[at].head];
        (&*head.pos == "ADP" && self.toks[at].head != at).then_some(head.word.as_str())
    }
}

/// What two stretches have around them in common: 1 where all of it is the same.
pub(super) fn overlap(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let sum = |around: &[(u32, f32)]| around.iter().map(|(_, weight)| weight).sum::<f32>();
    let (mut at, mut shared) = (0, 0.0);
    for &(stem, weight) in one {
        while other.get(at).is_some_and(|&(with, _)| with < stem) {
            at += 1;
        }
        if let Some(&(_, with)) = other.get(at).filter(|&&(with, _)| with == stem) {
            shared += (weight * with).sqrt();
        }
    }
    let whole = (sum(one) * sum(other)).sqrt();
    if whole == 0.0 { 0.0 } else { (shared / whole).min(1.0) }
}

/// How much a word says of what a sentence is about.
fn weight(pos: &str, lemma: &str, word: &str) -> f32 {
    if !word.chars().any(char::is_alphanumeric) || LIGHT.contains(&lemma) {
        return 0.0;
    }
    match pos {
        "PROPN" => 1.2,
        "NOUN" => 1.0,
        "VERB" if is_saying(lemma) => 0.3,
        "VERB" => 1.0,
        "NUM" => 0.7,
        "ADJ" => 0.7,
        "ADV" => 0.4,
        _ => 0.0,
    }
}

/// Words that say nothing of what a sentence is about.
const LIGHT: &[&str] = &[
    "be", "have", "do", "get", "make", "take", "go", "come", "more", "less", "other", "so", "also", "then", "just",
    "now", "there", "very", "not", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "as", "well", "about", "only", "still",
    "even", "over", "'s", "new",
];
