use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use wirecopy_model::{ArticleId, ContentId, Story};

use crate::derived::json;
use crate::{Store, StoreError};

/// What the user decided. It names articles, whose ids last, never what is derived from them; so it can be replayed
/// after every rebuild.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
pub enum Decision {
    /// The two are no copies of each other.
    RejectEdge {
        /// One article, the smaller id,
        a: ArticleId,
        /// and the other.
        b: ArticleId,
    },
    /// This is no dispute.
    RejectDispute {
        /// Its id.
        dispute: ContentId,
    },
    /// An article's source does not stand for this name.
    RejectSpeaker {
        /// The article.
        article: ArticleId,
        /// The name.
        speaker: String,
    },
    /// The date that an article's page claims is wrong.
    RejectDate {
        /// The article.
        article: ArticleId,
    },
    /// The stories of two articles are one.
    Merge {
        /// An article of one,
        one: ArticleId,
        /// and of the other.
        other: ArticleId,
    },
    /// These articles are a story of their own.
    Split {
        /// The articles, sorted.
        articles: Vec<ArticleId>,
    },
    /// Something to be remembered.
    Note {
        /// The id of what it is about.
        about: String,
        /// What is to be remembered.
        text: String,
    },
}

/// A decision with the number under which it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptDecision {
    /// The number.
    pub number: i64,
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
}

/// What became of stories between two builds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryMove {
    /// `merged`, `split` or `renamed`.
    pub kind: String,
    /// The stories as they were.
    pub from: Vec<ContentId>,
    /// The stories that hold their articles now.
    pub into: Vec<ContentId>,
}

impl Store {
    /// Keeps a decision; what is derived is worked out anew by the next build. Gives whether it is new.
    pub fn decide(&mut self, decision: &Decision) -> Result<bool, StoreError> {
        self.transaction(|tx| {
            let new = tx.execute("INSERT OR IGNORE INTO decision (row) VALUES (?)", [json(decision)?])? > 0;
            tx.execute("DELETE FROM meta WHERE key = 'derived'", [])?;
            Ok(new)
        })
    }

    /// Takes a decision back. Gives whether there was one with this number.
    pub fn undo(&mut self, number: i64) -> Result<bool, StoreError> {
        self.transaction(|tx| {
            let known = tx.execute("DELETE FROM decision WHERE n = ?", [number])? > 0;
            tx.execute("DELETE FROM meta WHERE key = 'derived'", [])?;
            Ok(known)
        })
    }

    /// The decisions, in the order in which they were made.
    pub fn decisions(&self) -> Result<Vec<KeptDecision>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(i64, String)>> {
            let mut statement = self.connection.prepare("SELECT n, row FROM decision ORDER BY n")?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let parse = |(number, row): (i64, String)| match serde_json::from_str(&row) {
            Ok(decision) => Ok(KeptDecision { number, decision }),
            Err(error) => Err(self.damage(&format!("decision {number} cannot be read: {error}"))),
        };
        self.sql(read())?.into_iter().map(parse).collect()
    }

    /// The merges and splits of stories between builds, in the order in which they came.
    pub fn story_moves(&self) -> Result<Vec<StoryMove>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("SELECT row FROM story_move ORDER BY n")?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        let parse = |row: String| {
            serde_json::from_str(&row).map_err(|error| self.damage(&format!("a story's move cannot be read: {error}")))
        };
        self.sql(read())?.into_iter().map(parse).collect()
    }

    /// The story that took the place of one that is no more.
    pub fn redirect(&self, old: &str) -> Result<Option<String>, StoreError> {
        let found = self.connection.query_row("SELECT new FROM redirect WHERE old = ?", [old], |row| row.get(0));
        self.sql(found.optional())
    }
}

/// The stories that stand in the store, with their articles.
pub(crate) fn standing(tx: &Transaction) -> rusqlite::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut statement = tx.prepare(
        "SELECT story.id, article.id FROM story_article JOIN story ON story.n = story_article.story
         JOIN article ON article.n = story_article.article",
    )?;
    let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (story, article): (String, String) = row?;
        stories.entry(story).or_default().insert(article);
    }
    Ok(stories)
}

/// Notes what became of the stories that stood before: where each went that is no more, and which were merged or split.
pub(crate) fn note_moves(
    tx: &Transaction,
    before: &BTreeMap<String, BTreeSet<String>>,
    now: &[Story],
) -> rusqlite::Result<()> {
    let of: BTreeMap<&str, String> =
        now.iter().flat_map(|story| story.articles.iter().map(|id| (id.as_str(), story.story.to_string()))).collect();
    let kept: BTreeSet<String> = now.iter().map(|story| story.story.to_string()).collect();
    let mut gone_to: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (old, articles) in before {
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        for story in articles.iter().filter_map(|id| of.get(id.as_str())) {
            *votes.entry(story).or_default() += 1;
        }
        if votes.len() > 1 {
            note(tx, "split", &[old], &votes.keys().copied().collect::<Vec<_>>())?;
        }
        let most = votes.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)));
        if let Some((new, _)) = most.filter(|_| !kept.contains(old)) {
            tx.execute("UPDATE redirect SET new = ?2 WHERE new = ?1", params![old, new])?;
            tx.execute("INSERT OR REPLACE INTO redirect VALUES (?, ?)", params![old, new])?;
            gone_to.entry((*new).to_owned()).or_default().push(old);
        }
    }
    for (new, old) in gone_to {
        let mut from = old.clone();
        from.extend(before.keys().map(String::as_str).filter(|story| *story == new));
        let kind = if from.len() > 1 { "merged" } else { "renamed" };
        note(tx, kind, &from, &[&new])?;
    }
    // A story that came back needs no redirect.
    for story in &kept {
        tx.execute("DELETE FROM redirect WHERE old = ?", [story])?;
    }
    Ok(())
}

fn note(tx: &Transaction, kind: &str, from: &[&str], into: &[&str]) -> rusqlite::Result<()> {
    let row = serde_json::json!({ "kind": kind, "from": from, "into": into });
    tx.execute("INSERT INTO story_move (row) VALUES (?)", [json(&row)?]).map(|_| ())
}
