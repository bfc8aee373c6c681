//! Where each page of a report lies, and how the others point to it.

use wirecopy::model::{ArticleId, ContentId};

/// The kinds of page that have a folder of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Story,
    Article,
    Pair,
    Family,
    Collation,
    Source,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Story, Kind::Article, Kind::Pair, Kind::Family, Kind::Collation, Kind::Source];

    pub fn folder(self) -> &'static str {
        match self {
            Kind::Story => "story",
            Kind::Article => "article",
            Kind::Pair => "pair",
            Kind::Family => "family",
            Kind::Collation => "collation",
            Kind::Source => "source",
        }
    }

    fn path(self, slug: &str) -> String {
        format!("{}/{slug}.html", self.folder())
    }
}

/// The way from a page in a folder to the report's own.
pub(crate) const UP: &str = "../";

pub(crate) const REFERENCES: &str = "references.html";

pub(crate) fn story(id: ContentId, title: &str) -> String {
    Kind::Story.path(&slug(title, id))
}

pub(crate) fn article(id: &ArticleId) -> String {
    Kind::Article.path(&slug(id.as_str(), ContentId::of("page", [id.as_str()])))
}

/// The page of a pair, whichever of the two is named first.
pub(crate) fn pair(one: &ArticleId, other: &ArticleId) -> String {
    let (a, b) = if one <= other { (one, other) } else { (other, one) };
    Kind::Pair.path(&hash(ContentId::of("pair", [a.as_str(), b.as_str()])))
}

pub(crate) fn family(id: ContentId) -> String {
    Kind::Family.path(&hash(id))
}

/// The collation of a family's members.
pub(crate) fn collation(id: ContentId) -> String {
    Kind::Collation.path(&hash(id))
}

pub(crate) fn source(name: &str) -> String {
    Kind::Source.path(&slug(name, ContentId::of("source", [name])))
}

/// Half of a content id: 64 bits tell the pages of one report apart.
fn hash(id: ContentId) -> String {
    format!("{:016x}", (id.as_u128() >> 64) as u64)
}

/// Where the links of a page lead: to files of a report, as seen from one of its folders, or into the reading room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// Files.
    Report,
    /// Addresses of a server; what is shown stands in the query.
    Room,
}

impl Site {
    pub fn story(self, id: ContentId, title: &str) -> String {
        match self {
            Site::Report => format!("{UP}{}", story(id, title)),
            Site::Room => address("/story", &[("id", &id.to_string())]),
        }
    }

    pub fn article(self, id: &ArticleId) -> String {
        match self {
            Site::Report => format!("{UP}{}", article(id)),
            Site::Room => address("/article", &[("id", id.as_str())]),
        }
    }

    /// The pair with what was made from the other on the right, which a report's page finds out for itself.
    pub fn pair(self, one: &ArticleId, other: &ArticleId) -> String {
        match self {
            Site::Report => format!("{UP}{}", pair(one, other)),
            Site::Room => address("/collation", &[("a", one.as_str()), ("b", other.as_str())]),
        }
    }

    pub fn family(self, id: ContentId) -> String {
        match self {
            Site::Report => format!("{UP}{}", family(id)),
            Site::Room => address("/family", &[("id", &id.to_string())]),
        }
    }

    /// The collation of a family's members.
    pub fn collation(self, family: ContentId) -> String {
        match self {
            Site::Report => format!("{UP}{}", collation(family)),
            Site::Room => address("/apparatus", &[("family", &family.to_string())]),
        }
    }

    pub fn source(self, name: &str) -> String {
        match self {
            Site::Report => format!("{UP}{}", source(name)),
            Site::Room => address("/source", &[("name", name)]),
        }
    }

    /// The page of somebody who is cited; a report has none.
    pub fn speaker(self, name: &str) -> Option<String> {
        (self == Site::Room).then(|| address("/speaker", &[("name", name)]))
    }
}

/// An address of the reading room with its query.
pub(crate) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (at, (key, value)) in query.iter().enumerate() {
        address.push(if at == 0 { '?' } else { '&' });
        address.push_str(key);
        address.push('=');
        encode(value, &mut address);
    }
    address
}

/// A sentence on the page that has this address, as a text fragment: by its first and last words.
pub(crate) fn fragment(address: &str, sentence: &str) -> String {
    const WORDS: usize = 5;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let page = address.split('#').next().unwrap_or(address);
    let mut link = format!("{page}#:~:text=");
    if words.len() <= 2 * WORDS {
        encode(&words.join(" "), &mut link);
    } else {
        encode(&words[..WORDS].join(" "), &mut link);
        link.push(',');
        encode(&words[words.len() - WORDS..].join(" "), &mut link);
    }
    link
}

/// Percent-encodes all but what no place of an address gives a meaning to.
pub(crate) fn encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'_' | b'~' => into.push(char::from(byte)),
            _ => {
                into.push('%');
                for digit in [byte >> 4, byte & 15] {
                    into.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        }
    }
}

/// How much of a name stands in the name of a file.
const READABLE: usize = 40;

/// A file name that every system can keep: some of the name for people, then the hash that makes it unique. Only
/// small ASCII letters, digits and hyphens.
fn slug(name: &str, id: ContentId) -> String {
    let mut readable = String::new();
    for c in name.chars() {
        if readable.len() >= READABLE {
            break;
        }
        if c.is_ascii_alphanumeric() {
            readable.push(c.to_ascii_lowercase());
        } else if !readable.is_empty() && !readable.ends_with('-') {
            readable.push('-');
        }
    }
    let readable = readable.trim_end_matches('-');
    if readable.is_empty() { hash(id) } else { format!("{readable}-{}", hash(id)) }
}

/// Whether a path is one that a report may have written: the only ones that a later report takes away.
pub(crate) fn is_own(path: &str) -> bool {
    if path == REFERENCES {
        return true;
    }
    let Some((folder, file)) = path.split_once('/') else { return false };
    let Some(slug) = file.strip_suffix(".html") else { return false };
    Kind::ALL.iter().any(|kind| kind.folder() == folder)
        && slug.len() >= 16
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(id: &str, expected: Expect) {
        let path = article(&id.into());
        assert!(is_own(&path), "{path}");
        expected.assert_eq(&path);
    }

    #[test]
    fn any_id_gives_a_file_name_that_every_system_keeps() {
        check("tarn-press/Dam breaks.html", expect!["article/tarn-press-dam-breaks-html-fbca554c59c2bb83.html"]);
        check("../../etc/passwd", expect!["article/etc-passwd-e750be27ff8150fb.html"]);
        check("CON", expect!["article/con-fec6600a65f1f753.html"]);
        check("漢字", expect!["article/38bb4be23d993228.html"]);
        check("", expect!["article/95cea50d0f5f1b02.html"]);
        check(
            &"long".repeat(90_000),
            expect!["article/longlonglonglonglonglonglonglonglonglong-9e48e852e51056d6.html"],
        );
    }

    #[test]
    fn ids_that_look_alike_have_pages_of_their_own() {
        let names = ["a/b", "a-b", "A/B", "a b", "a/b "];
        let paths: std::collections::BTreeSet<String> = names.iter().map(|id| article(&(*id).into())).collect();
        assert_eq!(paths.len(), names.len());
        assert_eq!(pair(&"a".into(), &"b".into()), pair(&"b".into(), &"a".into()));
    }

    #[test]
    fn only_a_reports_own_files_are_taken_away() {
        for path in [
            "../story/0123456789abcdef.html",
            "story/../../0123456789abcdef.html",
            "notes/0123456789abcdef.html",
            "story/x.html",
            "index.html",
        ] {
            assert!(!is_own(path), "{path}");
        }
    }
}
