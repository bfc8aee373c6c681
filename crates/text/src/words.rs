use std::borrow::Cow;

use wirecopy_model::Piece;

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
    /// Its place in code points.
    pub piece: Piece,
}

impl Word {
    /// The word itself, of the text that it was found in.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// The words of a text, in order.
///
/// A word is a run of letters, digits and marks; an apostrophe between letters belongs to it, so does a comma or stop
/// between digits and a stop between single letters ("U.S"). A hyphen parts words, so that "build-up" and "build
/// up" are the same two. Of scripts that do not part words by spaces each character is a word.
///
/// ```
/// let text = "The U.S. won’t pay $1,250.50 for the build-up.";
/// let words: Vec<&str> = wirecopy_text::words(text).iter().map(|word| word.of(text)).collect();
/// assert_eq!(words, ["The", "U.S", "won’t", "pay", "1,250.50", "for", "the", "build", "up"]);
/// ```
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut chars = text.char_indices().enumerate().peekable();
    while let Some((point, (start, first))) = chars.next() {
        if !is_word_char(first) {
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut end_point = point + 1;
        let mut last = first;
        // How many letters stand since the last stop: a stop belongs to an initialism only after a single letter.
        let mut letters = 1;
        if !is_ideograph(first) {
            while let Some(&(at_point, (at, c))) = chars.peek() {
                if is_word_char(c) && !is_ideograph(c) {
                    letters += 1;
                } else if joins(last, c, letters, &text[at + c.len_utf8()..]) {
                    letters = 0;
                } else {
                    break;
                }
                chars.next();
                end = at + c.len_utf8();
                end_point = at_point + 1;
                last = c;
            }
        }
        words.push(Word { start, end, piece: Piece::new(point, end_point) });
    }
    words
}

/// Whether the mark `c` after `last` belongs to the word, given what follows it.
fn joins(last: char, c: char, letters: usize, rest: &str) -> bool {
    let next = rest.chars().next();
    match c {
        '\'' | '’' | 'ʼ' => last.is_alphabetic() && next.is_some_and(char::is_alphabetic),
        ',' => last.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit()),
        '.' if last.is_ascii_digit() => next.is_some_and(|next| next.is_ascii_digit()),
        '.' if letters == 1 && last.is_uppercase() => {
            // "U.S." is one word, "Plan B. Then" is not: a further initial must follow.
            let mut after = rest.chars();
            after.next().is_some_and(char::is_uppercase) && !after.next().is_some_and(is_word_char)
        }
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{200d}' => next.is_some_and(is_word_char),
        _ => false,
    }
}

fn is_word_char(c: char) -> bool {
    // Combining marks (U+0300..U+036F) stand on the letter before them.
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// The form under which a word is compared: lower case, straight apostrophes, no invisible characters.
///
/// ```
/// assert_eq!(wirecopy_text::fold("Russia’s"), "russia's");
/// assert_eq!(wirecopy_text::fold("U.S"), "u.s");
/// assert_eq!(wirecopy_text::fold("plain"), "plain");
/// ```
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    let kept = word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{200d}'));
    let straight = kept.map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c });
    Cow::Owned(straight.flat_map(char::to_lowercase).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = words(text);
        assert_eq!(found.iter().map(|word| word.of(text)).collect::<Vec<_>>(), expected);
        for word in found {
            let chars: String = text.chars().skip(word.piece.start).take(word.piece.len()).collect();
            assert_eq!(chars, word.of(text), "points and bytes name the same word");
        }
    }

    #[test]
    fn words_of_texts() {
        check("", &[]);
        check(" … — !", &[]);
        check("rock ’n’ roll’s end", &["rock", "n", "roll’s", "end"]);
        check("the leaders’ talks", &["the", "leaders", "talks"]);
        check("climate change. , Reuters", &["climate", "change", "Reuters"]);
        check("1,000 of 12.5% and 3, 4.", &["1,000", "of", "12.5", "and", "3", "4"]);
        check("attacksThe White", &["attacksThe", "White"]);
        check("Плотина — это «риск»", &["Плотина", "это", "риск"]);
        check("l’eau d'hier", &["l’eau", "d'hier"]);
        check("湖の水", &["湖", "の", "水"]);
        check("cafe\u{301} soft\u{ad}ware", &["cafe\u{301}", "soft\u{ad}ware"]);
        check("J. R. Vale of Plan B. Then", &["J", "R", "Vale", "of", "Plan", "B", "Then"]);
    }

    #[test]
    fn initialisms_are_one_word() {
        check("the U.S. and the U.K.-led", &["the", "U.S", "and", "the", "U.K", "led"]);
    }
}
