//! Timelines and disputes of the stories, kept in the store: working one out takes a grammatical analysis of all its
//! articles, which a reader of a page cannot wait for.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wirecopy_model::{Account, ArticleId, ContentId, Dispute, DisputeKind, Story, TimelineRow};
use wirecopy_reconcile::Development;
use wirecopy_store::{Retold, Store};
use xxhash_rust::xxh3::Xxh3;

use crate::build::{DERIVATION, Progress};
use crate::retold::{self, Known, Retelling, dispute_id};
use crate::{Error, Library};

/// What a story's articles tell together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// What happened when, in order of time.
    pub timeline: Vec<TimelineRow>,
    /// Where accounts disagree, the plainest first.
    pub disputes: Vec<Dispute>,
    /// For each dispute and each of its readings the sentence in which its first mention stands.
    pub passages: Vec<Vec<Passage>>,
    /// How numbers grew and plans came along.
    pub developments: Vec<Development>,
}

/// A sentence of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The article.
    pub article: ArticleId,
    /// Where the sentence begins
    pub start: usize,
    /// and ends.
    pub end: usize,
    /// Its words.
    pub text: String,
}

/// Disputes as they are kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    disputes: Vec<Dispute>,
    passages: Vec<Vec<Passage>>,
    developments: Vec<Development>,
}

/// Stories of more articles have no timeline kept: the analysis of one would hold all of their texts at once.
const MOST_ARTICLES: usize = 400;

/// What so many stories tell is committed together.
const BATCH: usize = 16;

/// Works out what the stories tell that are new or have changed. What is kept of the others is left.
pub(crate) fn retell(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
    let (due, known) = {
        let library = Library::open(store)?;
        let known = Arc::new(Known::of(&library)?);
        let kept: HashMap<String, u128> = store.retold_signatures()?.into_iter().collect();
        let mut accounts: HashMap<ArticleId, Account> =
            store.accounts()?.into_iter().map(|account| (account.root.clone(), account)).collect();
        let mut due = Vec::new();
        for story in library.stories(None)? {
            let accounts: Vec<Account> = story.articles.iter().filter_map(|id| accounts.remove(id)).collect();
            let signature = signature(&library, &story, &accounts, &known)?;
            if story.articles.len() <= MOST_ARTICLES && kept.get(&story.story.to_string()) != Some(&signature) {
                due.push((story, signature));
            }
        }
        (due, known)
    };
    let of = due.len();
    for (batch, stories) in due.chunks(BATCH).enumerate() {
        progress(Progress::Retelling { done: batch * BATCH, of });
        let mut retold = Vec::with_capacity(stories.len());
        {
            let library = Library::open(store)?;
            let retelling = Retelling::with(&library, known.clone());
            for (story, signature) in stories {
                retold.push(kept(&library, story, retelling.retell(story)?, *signature)?);
            }
        }
        store.put_retold(&retold)?;
    }
    Ok(store.tidy_retold()?)
}

fn kept(library: &Library, story: &Story, told: retold::Retold, signature: u128) -> Result<Retold, Error> {
    let retold::Retold { timeline, disputes, rejected, developments, .. } = told;
    let mut ids: Vec<(ContentId, bool)> =
        disputes.iter().map(|dispute| (dispute_id(dispute), dispute.kind == DisputeKind::Accounts)).collect();
    ids.extend(rejected.iter().map(|dispute| (dispute_id(dispute), false)));
    let passages = disputes.iter().map(|dispute| {
        let first = dispute.readings.iter().filter_map(|reading| reading.mentions.first());
        first.map(|mention| library.passage(mention)).collect()
    });
    let kept = Kept { passages: passages.collect::<Result<_, Error>>()?, disputes, developments };
    // Plain data: nothing that JSON cannot say.
    let json = |value: serde_json::Result<String>| value.map_err(|error| Error::Io(error.into()));
    Ok(Retold {
        story: story.story.to_string(),
        signature,
        timeline: json(serde_json::to_string(&timeline))?,
        disputed: kept.disputes.iter().filter(|dispute| dispute.kind == DisputeKind::Accounts).count(),
        disputes: json(serde_json::to_string(&kept))?,
        ids,
    })
}

/// Of everything that a story's timeline and disputes follow from: its articles with their versions and settled dates,
/// its accounts and what they rest on, which of its disagreements the user rejected.
fn signature(library: &Library, story: &Story, accounts: &[Account], known: &Known) -> Result<u128, Error> {
    let mut hash = Xxh3::new();
    let mut add = |part: &str| {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    };
    add(DERIVATION);
    for head in library.store().heads_of(&story.articles)? {
        add(head.id.as_str());
        add(&head.versions.to_string());
        let date = head.published;
        add(&date.and_then(|date| date.value.map(|value| value.to_string())).unwrap_or_default());
    }
    for account in accounts {
        add(&account.account.to_string());
        let mut articles: Vec<&ArticleId> = account.articles.iter().collect();
        articles.sort_unstable();
        articles.iter().for_each(|id| add(id.as_str()));
        let on: Vec<ContentId> = account.rests_on.clone();
        on.iter().for_each(|id| add(&id.to_string()));
    }
    for dispute in known.rejected_of(library.store().disputes_of(&story.story.to_string())?) {
        add(&dispute.to_string());
    }
    Ok(hash.digest128())
}

impl Library<'_> {
    /// What is kept of what a story's articles tell; `None` where it was not worked out, or from other articles.
    pub fn told(&self, story: &Story, accounts: &[Account]) -> Result<Option<Told>, Error> {
        let Some(retold) = self.store().retold(&story.story.to_string())? else { return Ok(None) };
        let place: HashMap<&ArticleId, usize> = story.articles.iter().zip(0..).collect();
        let mut ordered = accounts.to_vec();
        ordered.sort_by_key(|account| place.get(&account.root).copied());
        let known = Known::of_decisions(self)?;
        if retold.signature != signature(self, story, &ordered, &known)? {
            return Ok(None);
        }
        let damaged = |error: serde_json::Error| Error::Store(self.store().damage(&error.to_string()));
        let timeline: Vec<TimelineRow> = serde_json::from_str(&retold.timeline).map_err(damaged)?;
        let Kept { disputes, passages, developments } = serde_json::from_str(&retold.disputes).map_err(damaged)?;
        Ok(Some(Told { timeline, disputes, passages, developments }))
    }
}
