//! Everything that a template shows goes through here: text from outside is text, and nothing hides in it.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// Escapes for HTML and SVG, in text and in quoted attributes, and makes visible what a reader could not see:
/// control characters, and those that turn the direction of writing around (UAX #9) beyond their own element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visible;

impl Escaper for Visible {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut written = 0;
        for (at, c) in text.char_indices() {
            let entity = match c {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ if !is_hidden(c) => continue,
                _ => "",
            };
            dest.write_str(&text[written..at])?;
            written = at + c.len_utf8();
            if entity.is_empty() {
                write!(dest, "⟨U+{:04X}⟩", u32::from(c))?;
            } else {
                dest.write_str(entity)?;
            }
        }
        dest.write_str(&text[written..])
    }
}

fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' | '\r' => false,
        // Embeddings, overrides and isolates; the plain marks (U+200E, U+200F) turn nothing around.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Tags, with which a text could be written that nobody sees, and non-characters.
        '\u{e0000}'..='\u{e007f}' | '\u{fdd0}'..='\u{fdef}' => true,
        _ => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let mut shown = String::new();
        Visible.write_escaped_str(&mut shown, text).unwrap();
        expected.assert_eq(&shown);
    }

    #[test]
    fn text_from_outside_is_text() {
        check("<script>alert('x')</script>", expect!["&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"]);
        check("\" onload=\"x & y", expect!["&quot; onload=&quot;x &amp; y"]);
        check("safe\u{202e}txt.exe\u{2066}", expect!["safe⟨U+202E⟩txt.exe⟨U+2066⟩"]);
        check("a\0b\u{1b}[31m\u{feff}\u{fffe}", expect!["a⟨U+0000⟩b⟨U+001B⟩[31m\u{feff}⟨U+FFFE⟩"]);
        check("two\nlines\tand שלום\u{200f} 漢字 👩‍🚒", expect!["two\nlines\tand שלום\u{200f} 漢字 👩‍🚒"]);
    }
}
