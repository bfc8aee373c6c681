use serde::{Deserialize, Serialize};

use crate::{ArticleId, ContentId, DateValue};

/// An event with its announcement, preparation, consequences and reactions, as a paper would run it under one head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Its id.
    pub story: ContentId,
    /// The headline that stands for it.
    pub title: String,
    /// Its articles, in order of their dates where they have one, then by id.
    pub articles: Vec<ArticleId>,
    /// How many accounts its articles are.
    pub accounts: usize,
    /// The speakers and documents that its accounts rest on.
    pub origins: Vec<String>,
    /// The day of its first dated article.
    pub first: Option<DateValue>,
    /// The day of its last dated article.
    pub last: Option<DateValue>,
}
