use serde::Serialize;
use wirecopy_model::{Article, ArticleId};

use crate::diff::{Collated, collate};
use crate::{Error, Library};

/// What changed from one version of an article to the next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edit {
    /// The article.
    pub article: ArticleId,
    /// The number of the older version, from 1,
    pub from: usize,
    /// and of the newer one.
    pub to: usize,
    /// When each was fetched, where the input told.
    pub fetched: [Option<String>; 2],
    /// What changed around the text.
    pub head: Vec<HeadChange>,
    /// What changed in the text. The older version is `a`; both ids carry the number of the version (`id@1`).
    pub text: Collated,
}

/// A change of the headline, or of who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadChange {
    /// `title`, `byline`, `agency` or `published`.
    pub field: &'static str,
    /// What the older version has.
    pub from: Option<String>,
    /// What the newer one has.
    pub to: Option<String>,
}

impl Library<'_> {
    /// The article that is meant: an id, or an id with the number of a version behind it (`id@2`).
    pub fn article_or_version(&self, name: &str) -> Result<Article, Error> {
        match self.article(name) {
            Err(Error::NoArticle(_)) => {}
            other => return other,
        }
        let version = name.rsplit_once('@').and_then(|(id, number)| Some((id, number.parse().ok()?)));
        let found = version.map(|(id, number)| self.store().version(id, Some(number))).transpose()?.flatten();
        let mut article = found.ok_or_else(|| Error::NoArticle(name.to_owned()))?;
        article.id = name.into();
        Ok(article)
    }

    /// What changed from each version of an article to the next, the oldest first; nothing where there is one only.
    pub fn edits(&self, name: &str) -> Result<Vec<Edit>, Error> {
        let id = self.store().resolve(name)?;
        let head = id.as_ref().map(|id| self.store().head(id.as_str())).transpose()?.flatten();
        let head = head.ok_or_else(|| Error::NoArticle(name.to_owned()))?;
        let id = head.id.as_str();
        let mut versions = Vec::with_capacity(head.versions);
        for number in 1..=head.versions {
            versions.extend(self.store().version(id, Some(number))?.map(|article| (number, article)));
        }
        Ok(versions.windows(2).map(|pair| edit(&pair[0], &pair[1])).collect())
    }
}

fn edit((from, older): &(usize, Article), (to, newer): &(usize, Article)) -> Edit {
    let named = |article: &Article, number: usize| Article { id: versioned(&article.id, number), ..article.clone() };
    let fetched = |article: &Article| article.extra.get("fetched").and_then(|when| when.as_str()).map(str::to_owned);
    Edit {
        article: older.id.clone(),
        from: *from,
        to: *to,
        fetched: [fetched(older), fetched(newer)],
        head: head_changes(older, newer),
        text: collate(&named(older, *from), &named(newer, *to)),
    }
}

/// The name of a version of an article.
pub(crate) fn versioned(id: &ArticleId, number: usize) -> ArticleId {
    ArticleId::from(format!("{id}@{number}"))
}

fn head_changes(older: &Article, newer: &Article) -> Vec<HeadChange> {
    let date = |article: &Article| Some(article.published.as_ref()?.value.as_ref()?.to_string());
    let fields = [
        ("title", older.title.clone(), newer.title.clone()),
        ("byline", older.byline.clone(), newer.byline.clone()),
        ("agency", older.agency.clone(), newer.agency.clone()),
        ("published", date(older), date(newer)),
    ];
    let changed = fields.into_iter().filter(|(_, from, to)| from != to);
    changed.map(|(field, from, to)| HeadChange { field, from, to }).collect()
}
