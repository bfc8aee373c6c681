//! How the pages of a report call each article, and where its own page is.

use std::collections::HashMap;

use jiff::civil::Date;
use wirecopy::model::ArticleId;
use wirecopy::{ArticleHead, Error, Library};

use crate::{links, words};

/// An article as other pages name it.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// Who publishes it, else its id.
    pub label: String,
    pub source: Option<String>,
    pub headline: String,
    pub date: String,
    /// The date without its year.
    pub short: String,
    pub day: Option<Date>,
    /// Its page, from the report's folder.
    pub href: String,
}

/// The names of all articles of a store.
pub(crate) struct Names {
    of: HashMap<ArticleId, Name>,
}

impl Names {
    pub fn read(library: &Library) -> Result<Self, Error> {
        let heads = library.store().heads()?.into_iter();
        Ok(Names { of: heads.map(|head| (head.id.clone(), name(&head))).collect() })
    }

    /// The name of an article of the store. Its tables are consistent, so that an id without an article is not met;
    /// it would be called by itself.
    pub fn get(&self, id: &ArticleId) -> Name {
        self.of.get(id).cloned().unwrap_or_else(|| Name {
            label: words::clip(id.as_str(), LABEL),
            source: None,
            headline: words::headline(None, id),
            date: words::date(None),
            short: words::date(None),
            day: None,
            href: links::article(id),
        })
    }

    pub fn len(&self) -> usize {
        self.of.len()
    }
}

/// The longest label.
const LABEL: usize = 60;

fn name(head: &ArticleHead) -> Name {
    let source = words::source(head.source.as_deref(), &head.id);
    let published = head.published.as_ref();
    Name {
        label: words::clip(source.as_deref().unwrap_or(head.id.as_str()), LABEL),
        source,
        headline: words::headline(head.title.as_deref(), &head.id),
        date: words::date(published),
        short: words::short_date(published),
        day: published.and_then(|date| date.day().or(date.interval.map(|days| days.start))),
        href: links::article(&head.id),
    }
}
