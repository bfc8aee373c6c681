use std::collections::HashMap;

use rayon::prelude::*;
use serde::Serialize;
use wirecopy_lang::{Cache, Language, annotate};
use wirecopy_model::{
    Account, Annotation, Article, ArticleId, ContentId, Dispute, DocumentDate, Event, Story, TimelineRow, Timex,
};
use wirecopy_reconcile::disputes::{Disputes, Told, disputes};
use wirecopy_reconcile::{Recounted, timeline};

use crate::dates::timexes;
use crate::{Error, Library};

/// A disagreement of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DisputeRow {
    /// The disagreement.
    #[serde(flatten)]
    pub dispute: Dispute,
    /// The story.
    pub story: ContentId,
}

/// A row of a story's timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineEntry {
    /// What happened, and when.
    #[serde(flatten)]
    pub row: TimelineRow,
    /// The story.
    pub story: ContentId,
}

/// The analyses of so many tokens are remembered: copies repeat paragraphs.
const CACHED_TOKENS: usize = 500_000;

/// An article read for what it tells.
struct Read {
    article: Article,
    published: Option<DocumentDate>,
    annotation: Annotation,
    timexes: Vec<Timex>,
}

/// Reads articles of one library for what they tell. Grammar is dear, so it is asked for one story at a time.
pub(crate) struct Reader<'l> {
    library: &'l Library<'l>,
    language: Language,
    cache: Cache,
}

impl<'l> Reader<'l> {
    fn of(library: &'l Library<'l>) -> Self {
        Reader { library, language: Language::english(), cache: Cache::with_capacity(CACHED_TOKENS) }
    }

    fn read(&self, ids: &[&ArticleId]) -> Result<Vec<Read>, Error> {
        let mut articles = Vec::with_capacity(ids.len());
        for id in ids {
            let published = self.library.store().head(id.as_str())?.and_then(|head| head.published);
            articles.push((self.library.article(id.as_str())?, published));
        }
        let (language, cache) = (&self.language, &self.cache);
        let read = |(article, published): (Article, Option<DocumentDate>)| {
            let annotation = annotate(&article, language, cache);
            let timexes = timexes(&article, published.as_ref());
            Read { article, published, annotation, timexes }
        };
        Ok(articles.into_par_iter().map(read).collect())
    }

    /// Where the accounts of a story disagree, of which neither rests on the other.
    fn disputes(&self, accounts: &[&Account]) -> Result<Disputes, Error> {
        let read = self.read(&accounts.iter().map(|account| &account.root).collect::<Vec<_>>())?;
        let told: Vec<Told> = read
            .iter()
            .map(|read| Told { article: &read.article, annotation: &read.annotation, timexes: &read.timexes })
            .collect();
        let rests = |one: &Account, other: &Account| {
            one.rests_on.contains(&other.account) || other.articles.contains(&one.root)
        };
        Ok(disputes(&told, |a, b| !rests(accounts[a], accounts[b]) && !rests(accounts[b], accounts[a])))
    }

    fn timeline(
        &self,
        story: &Story,
        carried: &HashMap<&ArticleId, Vec<ContentId>>,
    ) -> Result<Vec<TimelineRow>, Error> {
        let read = self.read(&story.articles.iter().collect::<Vec<_>>())?;
        let events: Vec<Vec<Event>> = read
            .par_iter()
            .map(|read| wirecopy_events::events(&read.article, &read.annotation, &read.timexes))
            .collect();
        let recounted: Vec<Recounted> = read
            .iter()
            .zip(&events)
            .map(|(read, events)| Recounted {
                article: &read.article,
                written: read.published.as_ref().and_then(DocumentDate::day),
                accounts: carried.get(&read.article.id).map_or(&[], Vec::as_slice),
                events,
            })
            .collect();
        Ok(timeline(&recounted))
    }
}

impl Reader<'_> {
    /// The timeline of a story, and the disputes of these, its accounts.
    pub(crate) fn told(&self, story: &Story, accounts: &[Account]) -> Result<(Vec<TimelineRow>, Vec<Dispute>), Error> {
        let mut carried: HashMap<&ArticleId, Vec<ContentId>> = HashMap::new();
        for account in accounts {
            for id in &account.articles {
                carried.entry(id).or_default().push(account.account);
            }
        }
        let timeline = self.timeline(story, &carried)?;
        let of: Vec<&Account> = accounts.iter().collect();
        let disputes = if of.len() > 1 { self.disputes(&of)?.raised } else { Vec::new() };
        Ok((timeline, disputes))
    }
}

impl Library<'_> {
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader::of(self)
    }

    /// Where the accounts of a story disagree, or of each story, the plainest first.
    pub fn disputes(&self, story: Option<&str>) -> Result<Vec<DisputeRow>, Error> {
        let reader = Reader::of(self);
        let accounts = self.store().accounts()?;
        let of: HashMap<&ArticleId, &Account> = accounts.iter().map(|account| (&account.root, account)).collect();
        let mut rows = Vec::new();
        for story in self.stories(story)? {
            let accounts: Vec<&Account> = story.articles.iter().filter_map(|id| of.get(id).copied()).collect();
            if accounts.len() > 1 {
                let raised = reader.disputes(&accounts)?.raised;
                rows.extend(raised.into_iter().map(|dispute| DisputeRow { dispute, story: story.story }));
            }
        }
        Ok(rows)
    }

    /// What happened in a story when, or in each story.
    pub fn timeline(&self, story: Option<&str>) -> Result<Vec<TimelineEntry>, Error> {
        let reader = Reader::of(self);
        let accounts = self.store().accounts()?;
        let mut carried: HashMap<&ArticleId, Vec<ContentId>> = HashMap::new();
        for account in &accounts {
            for id in &account.articles {
                carried.entry(id).or_default().push(account.account);
            }
        }
        let mut rows = Vec::new();
        for story in self.stories(story)? {
            let told = reader.timeline(&story, &carried)?;
            rows.extend(told.into_iter().map(|row| TimelineEntry { row, story: story.story }));
        }
        rows.sort_by_key(|entry| entry.row.when.as_ref().map(|when| (when.interval.start, when.interval.end)));
        Ok(rows)
    }
}
