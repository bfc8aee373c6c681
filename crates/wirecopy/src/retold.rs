use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use wirecopy_lang::{Cache, Language, annotate};
use wirecopy_model::{
    Account, Annotation, Article, ArticleId, ContentId, Dispute, DocumentDate, Event, Mention, Story, TimelineRow,
    Timex,
};
use wirecopy_reconcile::disputes::{Told, disputes};
use wirecopy_reconcile::{Development, Recounted, developments, timeline};
use wirecopy_store::Decision;

use crate::dates::timexes;
use crate::{Error, Library};

/// A disagreement of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DisputeRow {
    /// Its id: the same for the same values at the same places.
    pub id: ContentId,
    /// The disagreement.
    #[serde(flatten)]
    pub dispute: Dispute,
    /// The story.
    pub story: ContentId,
}

/// A difference that is no disagreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VetoedRow {
    /// The name of the reason.
    pub veto: String,
    /// The difference.
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

/// A development of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DevelopmentRow {
    /// The development.
    #[serde(flatten)]
    pub development: Development,
    /// The story.
    pub story: ContentId,
}

/// What the articles of one story tell when they are set side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Retold {
    /// What happened when.
    pub timeline: Vec<TimelineRow>,
    /// Where the accounts disagree, the plainest first, without what the user rejected.
    pub disputes: Vec<Dispute>,
    /// Those that the user rejected.
    pub rejected: Vec<Dispute>,
    /// Differences that are none, each with the name of its veto.
    pub vetoed: Vec<(&'static str, Dispute)>,
    /// How numbers grew and plans came along.
    pub developments: Vec<Development>,
}

/// The id of a disagreement, from the kind of value and the first places of its readings.
pub fn dispute_id(dispute: &Dispute) -> ContentId {
    let place = |mention: &Mention| format!("{} {} {}", mention.article, mention.start, mention.end);
    let mut places: Vec<String> =
        dispute.readings.iter().filter_map(|reading| reading.mentions.first()).map(place).collect();
    places.sort_unstable();
    let parts = [dispute.slot.as_str()].into_iter().chain(places.iter().map(String::as_str));
    ContentId::of("dispute", parts)
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

    /// Sets the articles of a story side by side.
    fn retell(&self, story: &Story, known: &Known) -> Result<Retold, Error> {
        let read = self.read(&story.articles.iter().collect::<Vec<_>>())?;
        let told: Vec<Told> = read
            .iter()
            .map(|read| Told {
                article: &read.article,
                annotation: &read.annotation,
                timexes: &read.timexes,
                accounts: known.carried(&read.article.id),
            })
            .collect();
        let found = disputes(&told, |a, b| known.independent(&read[a].article.id, &read[b].article.id));
        let (rejected, raised): (Vec<Dispute>, Vec<Dispute>) =
            found.raised.into_iter().partition(|dispute| known.rejected(dispute));
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
                accounts: known.carried(&read.article.id),
                events,
            })
            .collect();
        Ok(Retold {
            timeline: timeline(&recounted, &raised),
            developments: developments(&recounted, &found.updates),
            disputes: raised,
            rejected,
            vetoed: found.vetoed.into_iter().map(|(veto, dispute)| (veto.as_str(), dispute)).collect(),
        })
    }
}

/// What the store knows of accounts, and what the user rejected.
#[derive(Default)]
pub(crate) struct Known {
    accounts: HashMap<ArticleId, Account>,
    carried: HashMap<ArticleId, Vec<ContentId>>,
    rejected: HashSet<ContentId>,
}

impl Known {
    pub(crate) fn of(library: &Library) -> Result<Self, Error> {
        let mut carried: HashMap<ArticleId, Vec<ContentId>> = HashMap::new();
        let mut accounts = HashMap::new();
        for account in library.store().accounts()? {
            for id in &account.articles {
                carried.entry(id.clone()).or_default().push(account.account);
            }
            accounts.insert(account.root.clone(), account);
        }
        Ok(Known { accounts, carried, ..Known::of_decisions(library)? })
    }

    /// What the user rejected alone.
    pub(crate) fn of_decisions(library: &Library) -> Result<Self, Error> {
        let rejected = library.store().decisions()?.into_iter().filter_map(|kept| match kept.decision {
            Decision::RejectDispute { dispute } => Some(dispute),
            _ => None,
        });
        Ok(Known { rejected: rejected.collect(), ..Known::default() })
    }

    fn carried(&self, id: &ArticleId) -> &[ContentId] {
        self.carried.get(id).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn rejected(&self, dispute: &Dispute) -> bool {
        self.rejected.contains(&dispute_id(dispute))
    }

    /// Those of these disagreements that the user rejected.
    pub(crate) fn rejected_of(&self, disputes: Vec<ContentId>) -> Vec<ContentId> {
        disputes.into_iter().filter(|dispute| self.rejected.contains(dispute)).collect()
    }

    /// Whether neither account rests on the other.
    fn independent(&self, one: &ArticleId, other: &ArticleId) -> bool {
        let (Some(one), Some(other)) = (self.accounts.get(one), self.accounts.get(other)) else { return false };
        let rests = |one: &Account, other: &Account| {
            one.rests_on.contains(&other.account) || other.articles.contains(&one.root)
        };
        !rests(one, other) && !rests(other, one)
    }
}

/// Sets the articles of stories side by side, one story after the other.
pub(crate) struct Retelling<'l> {
    reader: Reader<'l>,
    known: Arc<Known>,
}

impl<'l> Retelling<'l> {
    pub(crate) fn of(library: &'l Library<'l>) -> Result<Self, Error> {
        Ok(Retelling::with(library, Arc::new(Known::of(library)?)))
    }

    /// The same, where what the store knows of accounts was read before.
    pub(crate) fn with(library: &'l Library<'l>, known: Arc<Known>) -> Self {
        Retelling { reader: Reader::of(library), known }
    }

    pub(crate) fn retell(&self, story: &Story) -> Result<Retold, Error> {
        self.reader.retell(story, &self.known)
    }
}

impl Library<'_> {
    /// What the articles of a story tell side by side.
    pub fn retold(&self, story: &str) -> Result<Retold, Error> {
        Retelling::of(self)?.retell(&self.story(story)?)
    }

    fn retell_each(&self, story: Option<&str>, mut take: impl FnMut(ContentId, Retold)) -> Result<(), Error> {
        let retelling = Retelling::of(self)?;
        for story in self.stories(story)? {
            take(story.story, retelling.retell(&story)?);
        }
        Ok(())
    }

    /// Where a story disagrees with itself, or each story: accounts with each other first, the plainest first.
    pub fn disputes(&self, story: Option<&str>) -> Result<Vec<DisputeRow>, Error> {
        let mut rows = Vec::new();
        self.retell_each(story, |story, retold| {
            let row = |dispute: Dispute| DisputeRow { id: dispute_id(&dispute), dispute, story };
            rows.extend(retold.disputes.into_iter().map(row));
        })?;
        Ok(rows)
    }

    /// The differences between accounts that are no disagreements, each with the reason.
    pub fn vetoed(&self, story: Option<&str>) -> Result<Vec<VetoedRow>, Error> {
        let mut rows = Vec::new();
        self.retell_each(story, |story, retold| {
            let row = |(veto, dispute): (&str, Dispute)| VetoedRow { veto: veto.to_owned(), dispute, story };
            rows.extend(retold.vetoed.into_iter().map(row));
        })?;
        Ok(rows)
    }

    /// How numbers grew and plans came along in a story, or in each.
    pub fn developments(&self, story: Option<&str>) -> Result<Vec<DevelopmentRow>, Error> {
        let mut rows = Vec::new();
        self.retell_each(story, |story, retold| {
            rows.extend(retold.developments.into_iter().map(|development| DevelopmentRow { development, story }));
        })?;
        Ok(rows)
    }

    /// What happened in a story when, or in each story.
    pub fn timeline(&self, story: Option<&str>) -> Result<Vec<TimelineEntry>, Error> {
        let mut rows = Vec::new();
        self.retell_each(story, |story, retold| {
            rows.extend(retold.timeline.into_iter().map(|row| TimelineEntry { row, story }));
        })?;
        rows.sort_by_key(|entry| {
            let when = entry.row.when.as_ref().map(|when| (when.interval.start, when.interval.end));
            (when.is_none(), when)
        });
        Ok(rows)
    }
}
