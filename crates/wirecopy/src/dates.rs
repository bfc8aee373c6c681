use serde::Serialize;
use wirecopy_model::{Article, ContentId, DatedArticle, DocumentDate, Page, Timex};

use crate::{ArticleHead, Error, Library};

/// What an article of a store says about when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DatesRow {
    /// Its date as it was settled with its copies in sight, and its time expressions counted from that.
    #[serde(flatten)]
    pub dates: DatedArticle,
    /// Its story.
    pub story: Option<ContentId>,
}

impl Library<'_> {
    /// The time expressions of an article, counted from its settled date.
    ///
    /// A store keeps texts and settled dates, not time expressions: they follow from the two at a few million words a
    /// second, and would have to be replaced whenever a copy settles a date anew.
    pub fn dates(&self, id: &str) -> Result<(Article, DatedArticle), Error> {
        let article = self.article(id)?;
        let settled = self.store().head(article.id.as_str())?.and_then(|head| head.published);
        let dates = dates_of_article(&article, settled);
        Ok((article, dates))
    }

    /// The time expressions of all articles, in the order of ids.
    pub fn all_dates(&self) -> Result<Vec<DatesRow>, Error> {
        let heads = self.store().heads()?.into_iter();
        let row = |head: ArticleHead| {
            let article = self.article(head.id.as_str())?;
            let story = self.story_of(&head.id)?.map(|story| story.story);
            Ok(DatesRow { dates: dates_of_article(&article, head.published), story })
        };
        heads.map(row).collect()
    }
}

/// The time expressions of a page that is in no store; its date is judged by the page alone.
pub fn dates_of_page(page: &Page) -> (Article, DatedArticle) {
    let article = crate::stage::read(page);
    let dates = wirecopy_time::dates(&article);
    (article, dates)
}

/// The time expressions of an article that is of this date.
pub fn dates_of_article(article: &Article, document_date: Option<DocumentDate>) -> DatedArticle {
    let timexes = timexes(article, document_date.as_ref());
    DatedArticle { id: article.id.clone(), document_date, timexes }
}

pub(crate) fn timexes(article: &Article, settled: Option<&DocumentDate>) -> Vec<Timex> {
    wirecopy_time::timexes(article, settled.and_then(|date| date.interval))
}
