use jiff::civil::Date;
use wirecopy_model::{Article, ArticleId, Piece, Span};
use wirecopy_text::{Points, fold, quotations, words};

use crate::hash::{hash64, mix};
use crate::language::{LISTED, Language, Roles, roles};
use crate::stem::stem_into;

/// An article prepared for comparison: the words of its kept body with their places, forms, stems and surroundings.
///
/// ```
/// use wirecopy_copies::Document;
/// let document = Document::of_text("a", "“The lake is dry,” Orla Venn said.");
/// assert_eq!(document.len(), 7);
/// assert_eq!(document.quoted(), 4);
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) id: ArticleId,
    pub(crate) text: Box<str>,
    pub(crate) words: Vec<Word>,
    /// Hashes of two neighbouring stems with the place of the first, sorted: what alignments are anchored on.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// What is counted to tell whether two texts are kin.
    pub(crate) vocabulary: Vocabulary,
    /// The passages between quotation marks, outermost first, as half-open ranges of words.
    pub(crate) quotes: Vec<(u32, u32)>,
    pub(crate) language: Language,
    /// The day that the page claims for itself.
    pub(crate) day: Option<Date>,
    pub(crate) source: Option<Box<str>>,
    /// A hash of all its forms in order: two documents of the same words have the same.
    pub(crate) content: u64,
}

/// The different things that the body of a text has, as sorted hashes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    pub stems: Vec<u32>,
    /// Stems that are no function words.
    pub content: Vec<u32>,
    /// Two content words in a row, whatever function words stand between.
    pub turns: Vec<u32>,
    pub numbers: Vec<u32>,
}

impl Vocabulary {
    fn of(words: &[Word]) -> Self {
        let body = || words.iter().filter(|word| !word.is(flag::LINE));
        let content: Vec<u32> = body().filter(|word| word.is_content()).map(|word| word.stem).collect();
        let turns = turns(&content).collect();
        Vocabulary {
            stems: distinct(body().map(|word| word.stem).collect()),
            turns: distinct(turns),
            numbers: distinct(body().filter(|word| word.is(flag::NUMBER)).map(|word| word.stem).collect()),
            content: distinct(content),
        }
    }
}

/// Two content words in a row, hashed.
pub(crate) fn turns(content: &[u32]) -> impl Iterator<Item = u32> {
    content.windows(2).map(|pair| mix(u64::from(pair[0]) << 32 | u64::from(pair[1])) as u32)
}

fn distinct(mut hashes: Vec<u32>) -> Vec<u32> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// One word of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Bytes in the text.
    pub start: u32,
    pub end: u32,
    /// Code points in the text.
    pub point: u32,
    pub point_end: u32,
    /// The hash of the folded form.
    pub form: u32,
    /// The hash of the stem.
    pub stem: u32,
    pub flags: u16,
}

/// What is known of a word besides its form.
pub(crate) mod flag {
    /// It stands between quotation marks.
    pub const QUOTED: u16 = 1;
    /// Its sentence has a word that announces speech.
    pub const REPORTED: u16 = 1 << 1;
    /// It is a function word of the document's language.
    pub const FUNCTION: u16 = 1 << 2;
    /// It begins with a capital.
    pub const CAPITAL: u16 = 1 << 3;
    /// It is a number in digits or words.
    pub const NUMBER: u16 = 1 << 4;
    /// It negates.
    pub const NEGATES: u16 = 1 << 5;
    /// It names a weekday, a month or a day near today.
    pub const DATES: u16 = 1 << 6;
    /// A sentence begins here.
    pub const SENTENCE: u16 = 1 << 7;
    /// A paragraph begins here.
    pub const PARAGRAPH: u16 = 1 << 8;
    /// It announces speech.
    pub const REPORTS: u16 = 1 << 9;
    /// It stands in a short line that ends without a stop: a headline, or what a site puts on every page.
    pub const LINE: u16 = 1 << 10;
}

impl Word {
    pub fn is(self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    /// Whether it says something by itself: no function word.
    pub fn is_content(self) -> bool {
        !self.is(flag::FUNCTION)
    }

    pub fn piece(self) -> Piece {
        Piece::new(self.point as usize, self.point_end as usize)
    }
}

impl Document {
    /// Prepares the kept body of an article.
    pub fn of(article: &Article) -> Document {
        Document::build(article, &article.kept)
    }

    /// Prepares a text that is all body, with nothing else known of it.
    pub fn of_text(id: &str, text: &str) -> Document {
        let kept = Span::whole(Points::new(text).whole());
        let article = Article {
            id: id.into(),
            title: None,
            byline: None,
            agency: None,
            url: None,
            source: None,
            lang: None,
            text: text.to_owned(),
            kept,
            published: None,
            lines: Vec::new(),
            extra: Default::default(),
        };
        Document::of(&article)
    }

    fn build(article: &Article, kept: &Span) -> Document {
        let text = article.text.as_str();
        let points = Points::new(text);
        let (mut words, language) = lines_of(article, &points, kept);
        let quotes = add_quotes(&points, &mut words, kept);
        add_reported(&mut words);
        let pairs = neighbours(&words);
        let vocabulary = Vocabulary::of(&words);
        Document {
            id: article.id.clone(),
            text: text.into(),
            content: content(&words),
            words,
            pairs,
            vocabulary,
            quotes,
            language,
            day: article.published.as_ref().and_then(|date| date.day()),
            source: article.source.as_deref().map(Box::from),
        }
    }

    /// The article's id.
    pub fn id(&self) -> &ArticleId {
        &self.id
    }

    /// How many words its body has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether its body has no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How many of its words stand between quotation marks.
    pub fn quoted(&self) -> usize {
        self.words.iter().filter(|word| word.is(flag::QUOTED)).count()
    }

    /// The language that its lists are taken from.
    pub fn language(&self) -> Language {
        self.language
    }

    /// What stands from word `from` up to word `to`, as the text has it.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &str {
        match (self.words.get(from), self.words[..to.min(self.words.len())].last()) {
            (Some(first), Some(last)) if from < to => &self.text[first.start as usize..last.end as usize],
            _ => "",
        }
    }

    /// The word as the text has it.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.slice(at, at + 1)
    }

    /// What stands between two words.
    pub(crate) fn between(&self, before: Word, after: Word) -> &str {
        &self.text[before.end as usize..after.start as usize]
    }

    /// The code points from word `from` up to word `to`.
    pub(crate) fn piece(&self, from: usize, to: usize) -> Piece {
        Piece::new(self.words[from].point as usize, self.words[to - 1].point_end as usize)
    }
}

/// The words of an article's body without its quotations: what a sketch is made of.
pub(crate) fn words_of(article: &Article) -> Vec<Word> {
    lines_of(article, &Points::new(&article.text), &article.kept).0
}

fn lines_of(article: &Article, points: &Points, kept: &Span) -> (Vec<Word>, Language) {
    let text = article.text.as_str();
    let (mut words, roles) = read_words(text, points, kept);
    let language = article.lang.as_deref().map_or(Language::Other, Language::of_tag);
    let language = if language == Language::Other { guess(&roles) } else { language };
    add_roles(&mut words, &roles, language);
    add_surroundings(text, &mut words, kept);
    add_lines(text, &mut words);
    (words, language)
}

/// The hash of all forms in order.
pub(crate) fn content(words: &[Word]) -> u64 {
    words.iter().fold(words.len() as u64, |hash, word| mix(hash ^ u64::from(word.form)))
}

/// The words of the kept parts with their forms and stems, and what the lists say of each.
fn read_words(text: &str, points: &Points, kept: &Span) -> (Vec<Word>, Vec<Roles>) {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut all_roles = Vec::with_capacity(text.len() / 6);
    let mut stem = String::new();
    for &piece in kept.pieces() {
        let (start, part) = (points.byte(piece.start), points.slice(piece));
        for word in words(part) {
            let surface = word.of(part);
            let folded = fold(surface);
            let form = hash64(&folded);
            stem_into(&folded, &mut stem);
            let first = surface.chars().next();
            let mut flags = 0;
            if first.is_some_and(char::is_uppercase) {
                flags |= flag::CAPITAL;
            }
            if first.is_some_and(char::is_numeric) {
                flags |= flag::NUMBER;
            }
            found.push(Word {
                start: (start + word.start) as u32,
                end: (start + word.end) as u32,
                point: (piece.start + word.piece.start) as u32,
                point_end: (piece.start + word.piece.end) as u32,
                form: form as u32,
                stem: hash64(&stem) as u32,
                flags,
            });
            all_roles.push(roles(form));
        }
    }
    (found, all_roles)
}

/// The listed language that most of the words are function words of, where they are a tenth of all.
fn guess(roles: &[Roles]) -> Language {
    let mut hits = [0usize; LISTED.len()];
    for role in roles.iter().take(2_000).filter(|role| role.languages != 0) {
        for (bit, hit) in hits.iter_mut().enumerate() {
            *hit += usize::from(role.languages >> bit & 1);
        }
    }
    let best = (0..hits.len()).rev().max_by_key(|&bit| hits[bit]).unwrap_or(0);
    if hits[best] * 10 >= roles.len().min(2_000) && hits[best] > 0 { LISTED[best] } else { Language::Other }
}

/// What the lists of its language say of each word. A number word has the stem of its digits.
fn add_roles(words: &mut [Word], roles: &[Roles], language: Language) {
    let bit = LISTED.iter().position(|&listed| listed == language).map_or(0, |bit| 1u8 << bit);
    for (word, role) in words.iter_mut().zip(roles).filter(|(_, role)| **role != Roles::default()) {
        if let Some((_, value)) = role.number.filter(|(languages, _)| languages & bit != 0) {
            word.flags |= flag::NUMBER;
            word.stem = hash64(&value.to_string()) as u32;
        }
        if role.languages & bit != 0 {
            word.flags |= flag::FUNCTION;
        }
        for (holds, flag) in [(role.reports, flag::REPORTS), (role.negates, flag::NEGATES), (role.dates, flag::DATES)] {
            if holds {
                word.flags |= flag;
            }
        }
    }
}

/// Marks where sentences and paragraphs begin, by what stands between the words.
fn add_surroundings(text: &str, words: &mut [Word], kept: &Span) {
    let mut pieces = kept.pieces().iter().map(|piece| piece.start).peekable();
    for at in 0..words.len() {
        let starts_piece = pieces.next_if(|&start| start <= words[at].point as usize).is_some();
        let gap = if at == 0 { "\n" } else { &text[words[at - 1].end as usize..words[at].start as usize] };
        if gap.len() == 1 && gap != "\n" && !starts_piece {
            continue;
        }
        if starts_piece || gap.contains('\n') {
            words[at].flags |= flag::PARAGRAPH | flag::SENTENCE;
        } else if gap.contains(['.', '!', '?', '…']) && gap.contains(char::is_whitespace) {
            // "Mr. Tarn", "Gen. Vale": a short word with a capital and one stop is an abbreviation.
            let before = words[at - 1];
            let short = before.end - before.start <= 4 && before.is(flag::CAPITAL) && gap == ". ";
            if !short {
                words[at].flags |= flag::SENTENCE;
            }
        }
    }
}

/// Marks the short lines without a stop at either end of a text, unless they are a large part of it: then it is a
/// list, or broken at a fixed width.
fn add_lines(text: &str, words: &mut [Word]) {
    let starts: Vec<usize> =
        (0..words.len()).filter(|&at| words[at].is(flag::PARAGRAPH)).chain([words.len()]).collect();
    let is_line = |range: &&[usize]| {
        let (from, to) = (range[0], range[1]);
        let end = words.get(to).map_or(text.len(), |next| next.start as usize);
        let after = text[words[to - 1].end as usize..end].split('\n').next().unwrap_or("");
        to - from <= LONGEST_LINE && !after.contains(['.', '!', '?', '…', ':', ';', '"', '”', '»', '“'])
    };
    let paragraphs: Vec<&[usize]> = starts.windows(2).collect();
    let head = paragraphs.iter().take_while(|range| is_line(range)).last().map_or(0, |range| range[1]);
    let tail = paragraphs.iter().rev().take_while(|range| is_line(range)).last().map_or(words.len(), |range| range[0]);
    if head < tail && (head + words.len() - tail) * LARGEST_PART < words.len() {
        words[..head].iter_mut().for_each(|word| word.flags |= flag::LINE);
        words[tail..].iter_mut().for_each(|word| word.flags |= flag::LINE);
    }
}

/// Lines at the ends of a text that make one in so many of its words are part of it.
const LARGEST_PART: usize = 3;

/// A longer line is a paragraph even without a stop at its end.
const LONGEST_LINE: usize = 20;

fn add_quotes(points: &Points, words: &mut [Word], kept: &Span) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for quotation in quotations(points, kept).iter().filter(|quotation| quotation.depth == 0) {
        let from = words.partition_point(|word| (word.point as usize) < quotation.inner.start);
        let to = words.partition_point(|word| (word.point as usize) < quotation.inner.end);
        for word in &mut words[from..to] {
            word.flags |= flag::QUOTED;
        }
        if from < to {
            found.push((from as u32, to as u32));
        }
    }
    found
}

/// Marks the sentences that report what somebody said.
fn add_reported(words: &mut [Word]) {
    for sentence in words.chunk_by_mut(|_, next| !next.is(flag::SENTENCE)) {
        if sentence.iter().any(|word| word.is(flag::REPORTS) && !word.is(flag::QUOTED)) {
            sentence.iter_mut().for_each(|word| word.flags |= flag::REPORTED);
        }
    }
}

/// The hash of two neighbours.
pub(crate) fn turn(first: Word, second: Word) -> u32 {
    mix(u64::from(first.stem) << 32 | u64::from(second.stem)) as u32
}

/// The neighbours of which at least one is a content word, hashed and sorted.
pub(crate) fn neighbours(words: &[Word]) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(u32, u32)> = words
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0].is_content() || pair[1].is_content())
        .filter(|(_, pair)| !pair[0].is(flag::LINE) && !pair[1].is(flag::LINE))
        .map(|(at, pair)| (turn(pair[0], pair[1]), at as u32))
        .collect();
    pairs.sort_unstable();
    pairs
}
