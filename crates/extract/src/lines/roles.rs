//! Lines that are something by name: the headline, a date, who wrote it, an agency.

use super::lexicon::{Clutter, Stand, card_words, cues_in, is_speech_verb};
use super::surface::{ends_sentence, key_of, without_markup, word_count};

/// Who signed, from a line such as "By Ada Example and Ben Sample", "(Reporting by ...; editing by ...)", "Von ...".
pub(crate) fn byline(line: &str) -> Option<String> {
    let line = without_markup(line);
    if line.len() > 500 {
        return None;
    }
    let inner =
        line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '-' | '—' | '–' | '|' | ' ' | '\u{a0}'));
    for (lead, certain) in BYLINE_LEADS {
        let Some(rest) =
            inner.get(..lead.len()).filter(|head| head.to_lowercase() == *lead).map(|_| &inner[lead.len()..])
        else {
            continue;
        };
        let rest = rest.trim_start_matches([':', ' ', '\u{a0}']);
        if rest.is_empty() || word_count(rest) > if *certain { 50 } else { 14 } {
            return None;
        }
        if *certain || names_only(rest) && !ends_in_prose(rest) {
            return Some(rest.trim_end_matches(['.', ' ', '|', ',']).to_owned());
        }
    }
    contributor(inner)
}

/// "NAME contributed to this report."
fn contributor(line: &str) -> Option<String> {
    let at = line.find(" contributed to this ")?;
    (word_count(&line[at..]) <= 6 && names_only(&line[..at])).then(|| line[..at].to_owned())
}

/// Whether the whole line stands in brackets and begins as a byline does: agencies sign so at the end, at any length.
pub(crate) fn is_bracketed_byline(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('(') && line.ends_with(')') && byline(line).is_some()
}

/// How a byline begins; `true` where nothing else begins so.
const BYLINE_LEADS: &[(&str, bool)] = &[
    ("reporting by ", true),
    ("additional reporting by ", true),
    ("additional reporting:", true),
    ("contributing:", true),
    ("writing by ", true),
    ("editing by ", true),
    ("compiled by ", true),
    ("written by", true),
    ("posted by", true),
    ("published by", true),
    ("reported by", true),
    ("author:", true),
    ("authors:", true),
    ("words by", true),
    ("text by", true),
    ("автор:", true),
    ("autor:", true),
    ("auteur:", true),
    ("auteur :", true),
    ("by:", true),
    ("by ", false),
    ("von ", false),
    ("par ", false),
    ("por ", false),
];

fn ends_in_prose(rest: &str) -> bool {
    ends_sentence(rest) && !rest.trim_end().ends_with("Jr.") && word_count(rest) > 4
}

/// Every word has a capital or joins names; at least one has a capital.
fn names_only(rest: &str) -> bool {
    let mut capitals = 0;
    for word in rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | ';' | '&')) {
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { continue };
        if first.is_uppercase() {
            capitals += 1;
        } else if !is_name_joint(word) {
            return false;
        }
    }
    capitals > 0
}

fn is_name_joint(word: &str) -> bool {
    matches!(
        word.trim_matches(|c: char| !c.is_alphanumeric()),
        "and"
            | "und"
            | "et"
            | "y"
            | "e"
            | "и"
            | "in"
            | "of"
            | "for"
            | "the"
            | "with"
            | "de"
            | "da"
            | "del"
            | "della"
            | "di"
            | "du"
            | "la"
            | "le"
            | "van"
            | "von"
            | "der"
            | "den"
            | "zu"
            | "bin"
            | "al"
            | "el"
            | "ter"
            | "dos"
            | "dpa"
            | "for:"
    )
}

/// A line that could be a person's name and nothing else: two to four words with capitals, no digits, no marks but those
/// of names.
pub(crate) fn is_name(line: &str) -> bool {
    let line = without_markup(line);
    if line.len() > 60
        || !line.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '\u{a0}'))
    {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let capitals = words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
    let key = key_of(line);
    (2..=5).contains(&words.len())
        && capitals >= 2
        && words.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase) || is_name_joint(word))
        && !cues_in(&key, None).iter().any(|cue| matches!(cue.stand, Stand::Whole | Stand::Start))
}

/// A line that tells of an author in a few words, as cards do: fragments ("Coffee lover. Proud reader."), or "is a
/// reporter who covers ...".
pub(crate) fn is_author_card(line: &str) -> bool {
    let words = word_count(line);
    if !(3..=90).contains(&words) {
        return false;
    }
    let key = key_of(line);
    if key.split(' ').any(is_speech_verb) {
        return false;
    }
    let sentences = line.split(['.', '!', '?']).filter(|part| part.chars().any(char::is_alphabetic)).count();
    let about = card_words(&key);
    let fragments = sentences >= 2 && words <= sentences * 5;
    fragments && about >= 1
        || about >= 3 && words <= sentences * 8
        || cues_in(&key, None).iter().any(|cue| cue.clutter == Clutter::Author)
}

/// Whether `line` repeats `title`: the same words, or the same but for a site's name behind it.
pub(crate) fn repeats_title(line_key: &str, title_key: &str) -> bool {
    if line_key.is_empty() || title_key.is_empty() {
        return false;
    }
    if line_key == title_key {
        return true;
    }
    let (short, long) = if line_key.len() < title_key.len() { (line_key, title_key) } else { (title_key, line_key) };
    let words = |key: &str| key.split(' ').count();
    let with_site_behind =
        long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' ') && words(rest.trim()) <= 4);
    let with_site_before = short == line_key && long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
    with_site_behind && words(short) >= 4 || with_site_before && words(short) >= 6
}

/// Whether `line` is a path of sections that ends in the title ("Home World The Title").
pub(crate) fn is_path_to(line_key: &str, title_key: &str) -> bool {
    line_key
        .strip_suffix(title_key)
        .is_some_and(|path| path.ends_with(' ') && (1..=7).contains(&path.split_whitespace().count()))
        && title_key.split(' ').count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for (line, expected) in [
            ("By Ada Example", Some("Ada Example")),
            ("By Ada Example and Ben Sample, Lakeport Herald", Some("Ada Example and Ben Sample, Lakeport Herald")),
            ("BY ADA EXAMPLE", Some("ADA EXAMPLE")),
            ("Von Ada Beispiel", Some("Ada Beispiel")),
            ("(Reporting by Ada Example; Editing by Ben Sample)", Some("Ada Example; Editing by Ben Sample")),
            ("Written by: Ada Example", Some("Ada Example")),
            ("By land and by sea the refugees came.", None),
            ("By Monday, The Herald had sold every copy of its paper.", None),
            ("By", None),
        ] {
            assert_eq!(byline(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn names_and_cards() {
        assert!(
            is_name("Ada Example")
                && is_name("J. van der Example")
                && !is_name("Breaking News")
                && !is_name("The lake")
        );
        assert!(is_author_card("Lifelong coffee lover. Proud reader. Music geek."));
        assert!(is_author_card("Ada Example is a reporter who covers the lake and its ports."));
        assert!(!is_author_card(
            "The mayor met the union on Monday. Talks go on. No date was set for a vote by the council."
        ));
    }

    #[test]
    fn titles() {
        let title = key_of("Lake Talks End Without a Deal");
        assert!(repeats_title(&key_of("Lake talks end without a deal | The Herald"), &title));
        assert!(is_path_to(&key_of("Home World Lake talks end without a deal"), &title));
        assert!(!repeats_title(&key_of("Lake talks"), &title));
    }
}
