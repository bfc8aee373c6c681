//! Goes through the paragraphs of a text and collects its time expressions, with the sentence, the tense and the
//! quotation that each stands in. Linear in the length of the text.

use std::ops::Range;

use crate::calendar::{Period, day};
use crate::expression::{Expression, Hang, Meaning, Name, Pick, Tense};
use crate::grammar::{Cursor, Found, Reading};
use crate::lexicon::Word;
use crate::tense::{self, Tags};
use crate::token::{Token, tokenize};

/// Longest stretch of bytes that is cut into tokens at once: bounds the memory for a text without line breaks.
const STRETCH: usize = 1 << 16;

/// The time expressions in these byte ranges of the text, in text order.
pub(crate) fn find(text: &str, ranges: &[Range<usize>], tags: Option<&Tags>) -> Vec<Expression> {
    let mut finder = Finder { text, tags, tokens: Vec::new(), found: Vec::new(), sentence: 0, paragraph: 0 };
    for range in ranges {
        let mut start = range.start;
        while start < range.end {
            let end = text[start..range.end].find('\n').map_or(range.end, |at| start + at);
            let mut from = start;
            while from < end {
                let to = stretch_end(text, from, end);
                finder.paragraph(from, to);
                from = to;
            }
            start = end + 1;
        }
    }
    finder.found
}

/// Where to cut a paragraph that is too long: after a space, if there is one.
fn stretch_end(text: &str, from: usize, end: usize) -> usize {
    if end - from <= STRETCH {
        return end;
    }
    let limit = (from + 1..=from + STRETCH).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    text[from..limit].rfind(' ').map_or(limit, |space| from + space + 1)
}

struct Finder<'a> {
    text: &'a str,
    tags: Option<&'a Tags<'a>>,
    tokens: Vec<Token>,
    found: Vec<Expression>,
    sentence: usize,
    paragraph: usize,
}

impl Finder<'_> {
    fn paragraph(&mut self, start: usize, end: usize) {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokenize(self.text, start, end, &mut tokens);
        let cursor = Cursor { text: self.text, tokens: &tokens };
        let mut quoted = false;
        let mut from = 0;
        while from < tokens.len() {
            let to = sentence_end(&cursor, from);
            self.sentence(&cursor, (from, to), &mut quoted);
            self.sentence += 1;
            from = to;
        }
        self.paragraph += 1;
        self.tokens = tokens;
    }

    fn sentence(&mut self, cursor: &Cursor, (from, to): (usize, usize), quoted: &mut bool) {
        let mut at = from;
        while at < to {
            match cursor.word(at) {
                Word::Other => {
                    at += 1;
                    continue;
                }
                Word::Mark('"') => *quoted = !*quoted,
                // TeX's marks, two by two.
                Word::Mark('\'') if cursor.word(at + 1) == Word::Mark('\'') => {
                    *quoted = !*quoted;
                    at += 2;
                    continue;
                }
                _ => {}
            }
            match cursor.read(at) {
                Found::Time(reading) if !self.is_verb(cursor, &reading) => {
                    let end = reading.end.max(at + 1);
                    self.push(cursor, (from, to), reading, *quoted);
                    at = self.continuation(cursor, (from, to), end, *quoted);
                }
                Found::Guarded(next) => at = next.max(at + 1),
                _ => at += 1,
            }
        }
    }

    /// Whether a tagger says that the only word of the reading is a verb.
    fn is_verb(&self, cursor: &Cursor, reading: &Reading) -> bool {
        let one = reading.end == reading.start + 1;
        one && self.tags.is_some_and(|tags| tags.is_verb(cursor.tokens[reading.start].start))
    }

    /// The second end of "April 24 and 25", "June 14-16": a day of the same month.
    fn continuation(&mut self, cursor: &Cursor, sentence: (usize, usize), end: usize, quoted: bool) -> usize {
        let month = match self.found.last().map(|last| &last.meaning) {
            Some(Meaning::Named(Name::MonthDay(month, first, _), Pick::Bare)) => Some((*month, *first)),
            _ => None,
        };
        let joined = matches!(cursor.word(end), Word::And | Word::To | Word::Mark('-'));
        if let Some(next) = self.second_weekday(cursor, sentence, end, quoted) {
            return next;
        }
        let (Some((month, first)), true) = (month, joined) else { return end };
        let Word::Number(of_month @ 1..=31, 1 | 2) = cursor.word(end + 1) else { return end };
        let noun = cursor.text_of(end + 2);
        let counted = cursor.word(end + 2) == Word::Other && noun.len() > 3 && noun.ends_with('s');
        let measured = counted
            || matches!(cursor.word(end + 2), Word::Measure | Word::Million | Word::Mark('%' | ':'))
            || matches!(cursor.word(end + 2), Word::Month(_) | Word::ShortMonth(_) | Word::AmPm(_) | Word::Units(_));
        if measured || of_month as i8 <= first {
            return end;
        }
        let (meaning, next) = match cursor.year_of(end + 2) {
            Some((year, next)) => {
                let of_year = |of_month| day(year, month, of_month).map(|date| Meaning::Fixed(Period::Day(date)));
                let (Some(opening), Some(closing)) = (of_year(first), of_year(of_month as i8)) else { return end };
                self.found.last_mut().expect("the first end was just found").meaning = opening;
                (closing, next)
            }
            None => (Meaning::Named(Name::MonthDay(month, of_month as i8, None), Pick::That), end + 2),
        };
        let reading = Reading { start: end + 1, end: next, meaning, time: None, modifier: None, hangs_on: None };
        self.push(cursor, sentence, reading, quoted);
        next
    }

    /// The second day of "next Tuesday and Wednesday", "from Monday to Friday": the one after the first.
    fn second_weekday(&mut self, cursor: &Cursor, sentence: (usize, usize), end: usize, quoted: bool) -> Option<usize> {
        // "Friday and Thursday" that have been go each by the verb.
        let first = self.found.last()?;
        let named = match first.meaning {
            Meaning::Named(Name::Weekday(_), Pick::Bare) => {
                first.tense == Tense::Future || cursor.word(end) != Word::And
            }
            Meaning::Named(Name::Weekday(_), _) => true,
            _ => false,
        };
        let joined = matches!(cursor.word(end), Word::And | Word::Or | Word::To | Word::Until | Word::Mark('-'));
        let Word::Weekday(weekday) = cursor.word(end + 1) else { return None };
        let Found::Time(reading) = cursor.read(end + 1) else { return None };
        if !named || !joined || !matches!(reading.meaning, Meaning::Named(Name::Weekday(_), Pick::Bare)) {
            return None;
        }
        let next = reading.end;
        let meaning = Meaning::Named(Name::Weekday(weekday), Pick::Following);
        self.push(cursor, sentence, Reading { meaning, ..reading }, quoted);
        Some(next)
    }

    fn push(&mut self, cursor: &Cursor, sentence: (usize, usize), reading: Reading, quoted: bool) {
        let (from, _) = sentence;
        let bytes = |tokens: &Range<usize>| cursor.tokens[tokens.start].start..cursor.tokens[tokens.end - 1].end;
        let place = bytes(&(reading.start..reading.end));
        let by_tags = self.tags.and_then(|tags| tags.tense(self.text, cursor.tokens[reading.end - 1].start));
        let (tense, cue) = match by_tags {
            Some((tense, (start, end))) => (tense, Some(start..end)),
            None => {
                let (tense, cue) = tense::tense(cursor, sentence, reading.start, reading.end);
                (tense, cue.map(|at| bytes(&(at..at + 1))))
            }
        };
        // "until" looks forward and "since" back, whatever the verb; "by" where no verb tells. In "a June agreement",
        // "Wednesday's ruling" the verb is not that of what the time tells of.
        let tense = match (tense, cursor.before(reading.start)) {
            (Tense::Open, Word::By) => Tense::Future,
            // "rose through August"; "until Thursday they had not met".
            (Tense::Past, Word::Until) if cursor.text_of(reading.start - 1).eq_ignore_ascii_case("through") => tense,
            (Tense::Past, Word::Until) if reading.start == from + 1 => tense,
            (_, Word::Until) => Tense::Future,
            (_, Word::Since) => Tense::Past,
            // "called a meeting for Sunday"
            (Tense::Past, Word::Other)
                if matches!(reading.meaning, Meaning::Named(Name::Weekday(_), Pick::Bare))
                    && cursor.text_of(reading.start.wrapping_sub(1)) == "for"
                    && !cursor.modifies(reading.start, reading.end) =>
            {
                Tense::Future
            }
            _ if cursor.modifies(reading.start, reading.end) => Tense::Open,
            (tense, _) => tense,
        };
        self.found.push(Expression {
            bytes: place,
            meaning: reading.meaning,
            time: reading.time,
            modifier: reading.modifier,
            tense,
            cue,
            sentence: self.sentence,
            paragraph: self.paragraph,
            quoted,
            hangs_on: reading.hangs_on.as_ref().map(|(sign, tokens)| Hang { sign: *sign, bytes: bytes(tokens) }),
        });
    }
}

/// The token after the sentence that begins at `from`.
fn sentence_end(cursor: &Cursor, from: usize) -> usize {
    let last = cursor.tokens.len();
    for at in from..last {
        match cursor.word(at) {
            Word::Mark('!' | '?') => {}
            Word::Mark('.') if !is_abbreviation(cursor, at) => {}
            _ => continue,
        }
        // Closing marks belong to the sentence.
        let mut next = at + 1;
        while next < last
            && matches!(cursor.word(next), Word::Mark('"' | '\'' | ')' | '.' | '!' | '?'))
            && cursor.tokens[next].glued
        {
            next += 1;
        }
        if next >= last || !cursor.tokens[next].glued && !cursor.text_of(next).starts_with(char::is_lowercase) {
            return next;
        }
    }
    last
}

/// Whether the full stop at this token belongs to the word before it.
fn is_abbreviation(cursor: &Cursor, at: usize) -> bool {
    let word = cursor.text_of(at.wrapping_sub(1));
    let initial = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
    initial
        || matches!(cursor.before(at), Word::ShortMonth(_) | Word::ShortWeekday(_))
        || matches!(
            word,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "Sen"
                | "Rep"
                | "Gov"
                | "Gen"
                | "Lt"
                | "Col"
                | "Sgt"
                | "Capt"
                | "Prof"
                | "St"
                | "Jr"
                | "Corp"
                | "Inc"
                | "Co"
                | "Ltd"
                | "No"
                | "vs"
                | "Rev"
                | "Adm"
                | "Maj"
                | "Hon"
        )
}
