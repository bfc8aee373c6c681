//! Whom a text names as its source, and names of sources that a program has translated or put other words into.

use crate::document::{Document, Word, flag};

/// How a text names the place where another appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Credit {
    /// It has the name.
    Named,
    /// It has the name where sources are named: "Source: X", "X reported", "according to X", "told X".
    Credited,
}

/// Words of a sentence to either side of a name among which a verb of speech makes it a source.
const NEAR: usize = 3;
/// A shorter name of an outlet may be any word.
const SHORTEST: usize = 4;
/// No name of an outlet that an address gives has more words.
const NAME_WORDS: usize = 4;

/// What stands before a source.
const BEFORE: [&str; 24] = [
    "source",
    "sources",
    "via",
    "by",
    "according to",
    "published in",
    "published by",
    "published on",
    "appeared in",
    "appeared on",
    "courtesy of",
    "reprinted from",
    "selon",
    "d'après",
    "paru dans",
    "publié par",
    "quelle",
    "laut",
    "nach angaben von",
    "erschien in",
    "fuente",
    "según",
    "источник",
    "по данным",
];

/// How `text` names `source`, which is the name of an outlet or its host; the plainest of the places where it does.
pub(crate) fn credit(text: &Document, source: &str) -> Option<Credit> {
    if source.chars().count() < SHORTEST {
        return None;
    }
    let at = |place: (usize, usize)| if is_credited(text, place) { Credit::Credited } else { Credit::Named };
    match label(source) {
        Some(label) => of_host(text, &label).into_iter().map(at).max(),
        None => {
            let of = |(start, name): (usize, &str)| (start, start + name.len());
            text.text.match_indices(source).map(of).filter(|&place| stands_alone(&text.text, place)).map(at).max()
        }
    }
}

/// Of a host ("www.orlen-gazette.example") what names the outlet, letters and digits alone; `None` of a name.
fn label(source: &str) -> Option<String> {
    if source.contains(char::is_whitespace) || !source.contains('.') {
        return None;
    }
    let label = source.rsplit('.').skip(1).max_by_key(|part| part.len())?;
    let label: String = label.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (label.chars().count() >= SHORTEST).then_some(label)
}

/// Where words in a row, the first with a capital, are together the label of a host.
fn of_host(text: &Document, label: &str) -> Vec<(usize, usize)> {
    let words = &text.words;
    let mut found = Vec::new();
    for from in (0..words.len()).filter(|&at| words[at].is(flag::CAPITAL)) {
        let mut rest = label;
        for at in from..words.len().min(from + NAME_WORDS) {
            let word: String =
                text.word(at).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let Some(after) = rest.strip_prefix(word.as_str()).filter(|_| !word.is_empty()) else { break };
            rest = after;
            if rest.is_empty() {
                found.push((words[from].start as usize, words[at].end as usize));
                break;
            }
        }
    }
    found
}

/// Whether no letter or digit touches a place.
fn stands_alone(text: &str, (start, end): (usize, usize)) -> bool {
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !touches(text[..start].chars().next_back()) && !touches(text[end..].chars().next())
}

/// Whether a name at a place is told as a source.
fn is_credited(document: &Document, (start, end): (usize, usize)) -> bool {
    let text = &document.text;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let (before, after) = (&text[line_start..start], &text[end..line_end]);
    if before.trim() == "(" && after.trim() == ")" {
        return true;
    }
    let lower = before.to_lowercase();
    let plain = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    let plain = ["the", "le", "la", "die", "der", "das", "el"]
        .iter()
        .find_map(|article| plain.strip_suffix(article).filter(|rest| rest.ends_with(' ')))
        .unwrap_or(plain)
        .trim_end();
    let follows = |word: &&&str| {
        let rest = plain.strip_suffix(**word);
        rest.is_some_and(|rest| rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
    };
    if BEFORE.iter().find(follows).is_some_and(|word| *word != "by" || plain.len() == word.len()) {
        return true;
    }
    let words = &document.words;
    let first = words.partition_point(|word| (word.start as usize) < start);
    let next = words.partition_point(|word| (word.start as usize) < end);
    let begins = |word: &Word| word.is(flag::SENTENCE) || word.is(flag::PARAGRAPH);
    let reports = |word: &Word| word.is(flag::REPORTS) && !word.is(flag::QUOTED);
    let ahead = words[next.min(words.len())..].iter().take_while(|word| !begins(word)).take(NEAR).any(reports);
    let mut behind = false;
    for at in (0..first).rev().take(NEAR) {
        if words.get(at + 1).is_none_or(begins) {
            break;
        }
        behind |= reports(&words[at]);
    }
    ahead || behind
}

/// Names of sources as programs leave them that translate word by word or put synonyms in: what the sources never call
/// themselves. Each with the name that it was.
const MANGLED: [(&str, &str); 19] = [
    ("Related Press", "Associated Press"),
    ("Affiliated Press", "Associated Press"),
    ("Linked Press", "Associated Press"),
    ("France Media", "Agence France-Presse"),
    ("France Media Agency", "Agence France-Presse"),
    ("New York Instances", "New York Times"),
    ("New York Occasions", "New York Times"),
    ("New York Moments", "New York Times"),
    ("Washington Submit", "Washington Post"),
    ("Washington Publish", "Washington Post"),
    ("Washington Put up", "Washington Post"),
    ("Wall Avenue Journal", "Wall Street Journal"),
    ("Wall Road Journal", "Wall Street Journal"),
    ("Wall Surface Street Journal", "Wall Street Journal"),
    ("Monetary Instances", "Financial Times"),
    ("Los Angeles Instances", "Los Angeles Times"),
    ("Sunday Instances", "Sunday Times"),
    ("Every day Mail", "Daily Mail"),
    ("Each day Mail", "Daily Mail"),
];

/// Names of sources in a text that a program has mangled, each with what it was. Two words that may be meant as they are
/// ("France Media") count only on a line of their own, in brackets, or where a source is named.
pub(crate) fn mangled(document: &Document) -> Vec<(&'static str, &'static str)> {
    let text = &document.text;
    let told = |(start, name): (usize, &str)| {
        let place = (start, start + name.len());
        stands_alone(text, place) && !goes_on(text, place.1) && (is_credited(document, place) || is_line(text, place))
    };
    MANGLED.iter().filter(|(name, _)| text.match_indices(name).any(told)).copied().collect()
}

/// Whether a name has another word: "France Media Group".
fn goes_on(text: &str, end: usize) -> bool {
    let mut after = text[end..].chars();
    after.next() == Some(' ') && after.next().is_some_and(char::is_uppercase)
}

/// Whether a place is a whole line, whatever marks stand around it.
fn is_line(text: &str, (start, end): (usize, usize)) -> bool {
    let before = text[..start].rsplit('\n').next().unwrap_or("");
    let after = text[end..].split('\n').next().unwrap_or("");
    !before.chars().chain(after.chars()).any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_named_or_credited() {
        use Credit::{Credited, Named};
        let cases = [
            ("The bridge fell, the Orlen Gazette reported.", "Orlen Gazette", Some(Credited)),
            ("The bridge fell.\nSource: Orlen Gazette", "Orlen Gazette", Some(Credited)),
            ("The bridge fell.\n(Orlen Gazette)", "Orlen Gazette", Some(Credited)),
            ("“It fell,” the mayor told the Orlen Gazette on Monday.", "Orlen Gazette", Some(Credited)),
            ("According to the Orlen Gazette the bridge fell.", "Orlen Gazette", Some(Credited)),
            ("Selon Orlen Gazette, le pont est tombé.", "Orlen Gazette", Some(Credited)),
            ("According to the Orlen Gazette the bridge fell.", "www.orlengazette.example", Some(Credited)),
            ("Read the Orlen-Gazette here", "orlen-gazette.example", Some(Named)),
            ("The Orlen Gazette building fell. Nobody said why.", "Orlen Gazette", Some(Named)),
            ("The bridge was built by Orlen Gazette readers.", "Orlen Gazette", Some(Named)),
            ("The Starting price fell, she said.", "The Star", None),
            ("The sun shone.", "Sun", None),
            ("The bridge fell.", "orlengazette.example", None),
        ];
        for (text, source, expected) in cases {
            assert_eq!(credit(&Document::of_text("a", text), source), expected, "{text} {source}");
        }
    }

    #[test]
    fn mangled_names_are_known_where_sources_stand() {
        let cases = [
            ("The bridge fell, the Related Press reported.", 1),
            ("The bridge fell.\nFrance Media\nNobody was hurt.", 1),
            ("According to the Wall Road Journal and two others nobody was hurt.", 1),
            ("The France Media Group said that it grows. France Media sells cars.", 0),
            ("The bridge fell, the Associated Press reported.", 0),
        ];
        for (text, expected) in cases {
            assert_eq!(mangled(&Document::of_text("a", text)).len(), expected, "{text}");
        }
    }
}
