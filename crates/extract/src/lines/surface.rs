//! What a line looks like before anybody asks what it says: its place, its key, its shape.

use wirecopy_model::Piece;

/// A non-empty line of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawLine<'a> {
    /// From 1, counting empty lines.
    pub number: usize,
    /// Code points, without the line break.
    pub span: Piece,
    /// The line itself.
    pub text: &'a str,
}

/// The lines of `text` that hold more than white space, at most `limit` of them; the second value is the place where
/// reading stopped, if it did.
pub(crate) fn lines_of(text: &str, limit: usize) -> (Vec<RawLine<'_>>, Option<Stopped>) {
    let mut lines = Vec::new();
    let mut start = 0;
    for (index, raw) in text.split('\n').enumerate() {
        let points = raw.chars().count();
        let line = raw.strip_suffix('\r').unwrap_or(raw);
        if !is_blank(line) {
            if lines.len() == limit {
                return (lines, Some(Stopped { number: index + 1, start }));
            }
            let end = start + points - (raw.len() - line.len());
            lines.push(RawLine { number: index + 1, span: Piece::new(start, end), text: line });
        }
        start += points + 1;
    }
    (lines, None)
}

/// Where the reading of lines stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopped {
    pub number: usize,
    pub start: usize,
}

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// Marks that take no room: zero-width spaces and joiners, the byte order mark, soft hyphens.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The letters of a line, lower-cased, words parted by one space: what cues and repetitions are looked up by. Digits
/// and marks are left out ("12 Comments" and "Comments (3):" have the key "comments"), apostrophes and hyphens join.
pub(crate) fn key_of(line: &str) -> String {
    let mut key = String::with_capacity(line.len());
    let mut gap = false;
    for c in line.chars() {
        if c.is_alphabetic() {
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.extend(c.to_lowercase().map(|c| if c == 'ё' { 'е' } else { c }));
        } else if !(is_apostrophe(c) || c == '-' || is_invisible(c) || is_combining(c)) {
            gap = true;
        }
    }
    key
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The line without the marks that Markdown puts around it: `## `, `* `, `> `, `1. `, emphasis around the whole.
pub(crate) fn without_markup(line: &str) -> &str {
    let mut rest = line.trim();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(['#', '>']).trim_start();
        for bullet in ["* ", "- ", "+ ", "• ", "· ", "– "] {
            rest = rest.strip_prefix(bullet).unwrap_or(rest).trim_start();
        }
        for mark in ["**", "__", "*", "_"] {
            if let Some(inner) = rest.strip_prefix(mark).and_then(|r| r.strip_suffix(mark)) {
                rest = inner.trim();
            }
        }
        if rest == before {
            return rest;
        }
    }
}

/// How many words a line counts for: words parted by space, and every two signs of a script that parts none.
pub(crate) fn word_count(line: &str) -> usize {
    let mut words = 0;
    let mut unspaced = 0;
    let mut inside = false;
    for c in line.chars() {
        if is_unspaced(c) {
            unspaced += 1;
            inside = false;
        } else if c.is_alphanumeric() {
            words += usize::from(!inside);
            inside = true;
        } else if c.is_whitespace() || !is_apostrophe(c) && c != '-' && c != '.' && c != ',' {
            inside = false;
        }
    }
    words + usize::div_ceil(unspaced, 2)
}

/// Scripts that are written without spaces: Han, kana, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c as u32, 0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether the line ends as a sentence does: with `.`, `?`, `!` or their kin, closing marks and notes apart. An
/// ellipsis does not count: it ends teasers.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let rest = line.trim_end_matches(|c: char| c.is_whitespace() || is_closing(c) || is_invisible(c));
    let Some(last) = rest.chars().next_back() else { return false };
    match last {
        '.' => !rest.ends_with(".."),
        '?' | '!' | '。' | '！' | '？' | '।' | '؟' | '۔' | '\u{203d}' => true,
        _ => false,
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{201d}' | '\u{2019}' | '\u{201c}' | '»' | '«' | ')' | ']' | '*' | '_' | '」' | '』')
}

/// Whether the first letter of the line is a small one.
pub(crate) fn starts_small(line: &str) -> bool {
    line.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}
