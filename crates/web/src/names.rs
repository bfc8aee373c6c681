//! How the pages of a report call each article, and where its own page is.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use wirecopy::model::ArticleId;
use wirecopy::{ArticleHead, Error, Library};

use crate::links::Site;
use crate::words;

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
    /// Its place among the articles that hang together with it by copying, sources first.
    pub place: Option<usize>,
    /// Its page.
    pub href: String,
    /// The share of its words that no earlier page has.
    pub own: f64,
}

/// The names of all articles of a store.
pub(crate) struct Names {
    /// Where links lead.
    pub site: Site,
    of: HashMap<ArticleId, Name>,
}

impl Names {
    /// The names of all, for a report.
    pub fn read(library: &Library) -> Result<Self, Error> {
        let heads = library.store().heads()?.into_iter();
        Ok(Names { site: Site::Report, of: heads.map(|head| (head.id.clone(), name(&head, Site::Report))).collect() })
    }

    /// The names of these, for a page of the reading room.
    pub fn of<'a>(library: &Library, ids: impl IntoIterator<Item = &'a ArticleId>) -> Result<Self, Error> {
        let ids: BTreeSet<&ArticleId> = ids.into_iter().collect();
        Ok(Names::from_heads(&library.store().heads_of(ids)?))
    }

    /// The same where the heads are at hand.
    pub fn from_heads(heads: &[ArticleHead]) -> Self {
        Names { site: Site::Room, of: heads.iter().map(|head| (head.id.clone(), name(head, Site::Room))).collect() }
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
            place: None,
            own: 1.0,
            href: self.site.article(id),
        })
    }

    pub fn len(&self) -> usize {
        self.of.len()
    }
}

/// The longest label.
const LABEL: usize = 60;

fn name(head: &ArticleHead, site: Site) -> Name {
    let source = words::source(head.source.as_deref(), &head.id);
    let published = head.published.as_ref();
    Name {
        label: words::clip(source.as_deref().unwrap_or(head.id.as_str()), LABEL),
        source,
        headline: words::headline(head.title.as_deref(), &head.id),
        date: words::date(published),
        short: words::short_date(published),
        day: published.and_then(|date| date.day().or(date.interval.map(|days| days.start))),
        own: head.own_share.unwrap_or(1.0),
        place: head.place,
        href: site.article(&head.id),
    }
}
