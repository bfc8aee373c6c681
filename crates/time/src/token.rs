//! Cuts a paragraph into words, numbers and marks, each looked up once. Numbers that carry a date or a clock time in
//! their own shape (`2021-04-13`, `10:35`, `1990s`) come out as one token.

use crate::calendar::day;
use crate::lexicon::{Word, look_up};

/// A word, a number or a mark, by its bytes in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub word: Word,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether no white space stands before it.
    pub glued: bool,
}

/// Puts the tokens of `text[start..end]` into `tokens`, which is emptied first. Linear in the length.
pub(crate) fn tokenize(text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: start, end };
    let mut glued = false;
    while scanner.at < end {
        let first = scanner.bytes[scanner.at];
        let from = scanner.at;
        let word = if first.is_ascii_alphabetic() || !first.is_ascii() {
            match scanner.word() {
                Some(word) => word,
                None => {
                    glued = false;
                    continue;
                }
            }
        } else if first.is_ascii_digit() {
            scanner.number()
        } else if first.is_ascii_whitespace() {
            scanner.at += 1;
            glued = false;
            continue;
        } else {
            scanner.at += 1;
            Word::Mark(if first == b'`' { '\'' } else { first as char })
        };
        tokens.push(Token { start: from, end: scanner.at, word, capital: first.is_ascii_uppercase(), glued });
        glued = true;
    }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        let at = self.at + ahead;
        if at < self.end { self.bytes[at] } else { 0 }
    }

    /// A word of letters, or a mark or a space beyond ASCII (then `None` for the space).
    fn word(&mut self) -> Option<Word> {
        let from = self.at;
        while self.at < self.end && self.bytes[self.at].is_ascii_alphabetic() {
            self.at += 1;
        }
        if self.at < self.end && !self.bytes[self.at].is_ascii() {
            let plain = self.at > from;
            let rest = &self.text[self.at..self.end];
            let letters = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            if letters > 0 {
                self.at += letters;
                return Some(Word::Other);
            }
            if !plain {
                let mark = rest.chars().next()?;
                self.at += mark.len_utf8();
                return mark_beyond_ascii(mark);
            }
        }
        let letters = &self.bytes[from..self.at];
        match letters {
            [a @ (b'a' | b'p' | b'A' | b'P')] if self.peek(0) == b'.' && self.peek(1).eq_ignore_ascii_case(&b'm') => {
                if self.peek(2).is_ascii_alphanumeric() {
                    return Some(Word::Other);
                }
                self.at += if self.peek(2) == b'.' { 3 } else { 2 };
                Some(Word::AmPm(a.eq_ignore_ascii_case(&b'p')))
            }
            [b'Q' | b'q'] if matches!(self.peek(0), b'1'..=b'4') && !self.peek(1).is_ascii_alphanumeric() => {
                self.at += 1;
                Some(Word::QuarterName(self.bytes[self.at - 1] - b'0'))
            }
            _ => Some(look_up(letters)),
        }
    }

    fn digits(&mut self) -> (u32, usize) {
        let from = self.at;
        let mut value = 0u32;
        while self.at < self.end && self.bytes[self.at].is_ascii_digit() {
            value = value.saturating_mul(10).saturating_add((self.bytes[self.at] - b'0').into());
            self.at += 1;
        }
        (value, self.at - from)
    }

    fn number(&mut self) -> Word {
        let from = self.at;
        let (value, length) = self.digits();
        if let Some(word) = self.numeric_date(from, value, length).or_else(|| self.clock(value, length)) {
            return word;
        }
        let grouped = self.peek(0) == b',' && length <= 3 && (1..=3).all(|i| self.peek(i).is_ascii_digit());
        if grouped && !self.peek(4).is_ascii_digit() {
            return self.grouped(value);
        }
        if self.peek(0) == b'.' && self.peek(1).is_ascii_digit() {
            self.at += 1;
            let (fraction, places) = self.digits();
            return match (fraction, places) {
                (5, 1) => Word::Decimal(value, true),
                (0, 1) => Word::Decimal(value, false),
                _ => Word::Fraction(value),
            };
        }
        let suffix_from = self.at;
        let mut suffix = 0;
        while self.peek(suffix).is_ascii_alphabetic() {
            suffix += 1;
        }
        match &self.bytes[suffix_from..suffix_from + suffix] {
            b"" => Word::Number(value, length.min(10) as u8),
            b"s" if matches!(length, 2 | 4) && value % 10 == 0 && value < 2200 => {
                self.at += 1;
                Word::DecadeNumber(value as u16)
            }
            b"st" | b"nd" | b"rd" | b"th" | b"ST" | b"ND" | b"RD" | b"TH" if value < 100 => {
                self.at += 2;
                Word::Ordinal(value as u8)
            }
            letters if matches!(look_up(letters), Word::AmPm(_)) => Word::Number(value, length.min(10) as u8),
            b"a" | b"p" if self.peek(1) == b'.' && self.peek(2) == b'm' => Word::Number(value, length as u8),
            _ => {
                // Digits with letters grown on are a code, a unit or a name.
                self.at += suffix;
                while self.peek(0).is_ascii_alphanumeric() {
                    self.at += 1;
                }
                Word::Other
            }
        }
    }

    /// The rest of `1,700` or `1,234,567.8`.
    fn grouped(&mut self, first: u32) -> Word {
        let mut value = first;
        while self.peek(0) == b',' && (1..=3).all(|i| self.peek(i).is_ascii_digit()) && !self.peek(4).is_ascii_digit() {
            self.at += 1;
            let (group, _) = self.digits();
            value = value.saturating_mul(1000).saturating_add(group);
        }
        if self.peek(0) == b'.' && self.peek(1).is_ascii_digit() {
            self.at += 1;
            self.digits();
        }
        Word::Decimal(value, false)
    }

    /// `10:35`, `10:35:20`. A score (`3:2`) has no two digits after the colon.
    fn clock(&mut self, hour: u32, length: usize) -> Option<Word> {
        let two = |scanner: &Self, at: usize| {
            let (tens, ones) = (scanner.peek(at), scanner.peek(at + 1));
            let value = tens.is_ascii_digit() && ones.is_ascii_digit() && !scanner.peek(at + 2).is_ascii_digit();
            value.then(|| (tens - b'0') * 10 + ones - b'0')
        };
        if length > 2 || hour > 24 || self.peek(0) != b':' {
            return None;
        }
        let minute = two(self, 1).filter(|minute| *minute < 60)?;
        self.at += 3;
        if self.peek(0) == b':' && two(self, 1).is_some_and(|second| second <= 60) {
            self.at += 3;
        }
        Some(Word::Clock(hour as u8, minute))
    }

    /// `2021-04-13`, `2021/04/13`, `13.04.2021`, `4/13/2021`, `04/13/21`. Of the two orders with the year last the
    /// dotted one is European; with slashes the month comes first where both could be, and the flag says so.
    fn numeric_date(&mut self, from: usize, first: u32, length: usize) -> Option<Word> {
        let separator = self.peek(0);
        if !matches!(separator, b'-' | b'/' | b'.') || !matches!(length, 1 | 2 | 4) {
            return None;
        }
        self.at += 1;
        let (second, second_length) = self.digits();
        let more = (1..=2).contains(&second_length) && self.peek(0) == separator;
        let third = more.then(|| {
            self.at += 1;
            self.digits()
        });
        let read = third.and_then(|(third, third_length)| {
            let full = |year: u32, month: u32, of_month: u32, open: bool| {
                let (year, month, of_month) = (i16::try_from(year).ok()?, month as i8, of_month as i8);
                day(year, month, of_month).map(|_| Word::NumericDate(year, month, of_month, open))
            };
            let century = |year: u32| if third_length == 2 { year + if year < 50 { 2000 } else { 1900 } } else { year };
            match (length, third_length) {
                (4, 1 | 2) if separator != b'.' => full(first, second, third, false),
                (1 | 2, 4) | (1 | 2, 2) if separator == b'.' && third_length == 4 => full(third, second, first, false),
                (1 | 2, 2 | 4) if separator == b'/' => {
                    let year = century(third);
                    let swapped = full(year, second, first, false);
                    match full(year, first, second, swapped.is_some() && first != second) {
                        None => swapped,
                        read => read,
                    }
                }
                _ => None,
            }
        });
        // A stamp's time of day goes with it.
        let stamp_ends = !self.peek(0).is_ascii_alphanumeric() || self.peek(0) == b'T';
        let read = read.filter(|_| stamp_ends);
        if read.is_none() {
            self.at = from + length;
        } else if self.peek(0) == b'T' && self.peek(1).is_ascii_digit() {
            while self.peek(0).is_ascii_alphanumeric() || matches!(self.peek(0), b':' | b'+') {
                self.at += 1;
            }
        }
        read
    }
}

fn mark_beyond_ascii(mark: char) -> Option<Word> {
    Some(Word::Mark(match mark {
        '\u{2019}' | '\u{2018}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        space if space.is_whitespace() => return None,
        other => other,
    }))
}
