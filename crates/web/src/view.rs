//! What several kinds of page show: an article's name, a wording with its changes, a reason with its links.

use wirecopy::model::{ArticleId, Evidence};

use crate::links::Site;
use crate::names::{Name, Names};

/// An article as a link.
#[derive(Clone, Debug)]
pub(crate) struct Ref {
    pub href: String,
    pub label: String,
    pub headline: String,
    pub date: String,
    site: Site,
}

impl Ref {
    /// To an article's page.
    pub fn to(names: &Names, id: &ArticleId) -> Self {
        Ref::of(names.get(id), names.site)
    }

    fn of(name: Name, site: Site) -> Self {
        Ref { site, href: name.href, label: name.label, headline: name.headline, date: name.date }
    }

    /// To the sentence of this code point: in a report the one that begins there, in the reading room the one that it
    /// stands in.
    pub fn at(mut self, point: Option<usize>) -> Self {
        if let Some(point) = point {
            self.href += &match self.site {
                Site::Report => format!("#s{point}"),
                Site::Room => format!("&at={point}#at"),
            };
        }
        self
    }
}

/// A stretch of a reason: words, or the name of an article as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub text: String,
    pub href: Option<String>,
}

/// A reason in which each article that it names is called by its label and linked.
pub(crate) fn reason(names: &Names, ids: &[&ArticleId], detail: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut words = String::new();
    let mut rest = detail;
    while !rest.is_empty() {
        // The longest id that stands here, as a whole word.
        let begins = words.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let named = ids.iter().filter(|id| begins && !id.as_str().is_empty() && rest.starts_with(id.as_str()));
        let named = named.filter(|id| rest[id.as_str().len()..].chars().next().is_none_or(|c| !c.is_alphanumeric()));
        if let Some(id) = named.max_by_key(|id| id.as_str().len()) {
            if !words.is_empty() {
                parts.push(Part { text: std::mem::take(&mut words), href: None });
            }
            let link = Ref::to(names, id);
            parts.push(Part { text: link.label, href: Some(link.href) });
            rest = &rest[id.as_str().len()..];
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            words.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    if !words.is_empty() {
        parts.push(Part { text: words, href: None });
    }
    parts
}

/// The reasons of some evidence.
pub(crate) fn reasons(names: &Names, ids: &[&ArticleId], evidence: &[Evidence]) -> Vec<Vec<Part>> {
    evidence.iter().map(|evidence| reason(names, ids, &evidence.detail)).collect()
}
