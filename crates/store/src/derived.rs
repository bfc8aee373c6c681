use std::collections::HashMap;

use rusqlite::{Transaction, params};
use serde::Serialize;
use wirecopy_model::{Account, ArticleId, ContentId, CopyEdge, DocumentDate, Family, Quote, Statement, Story};

use crate::decision::{note_moves, standing};
use crate::{ArticleKey, Store, StoreError};

/// Everything that is derived from the articles and their pairs. It is replaced as a whole, so that nothing of an
/// older state is left.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// The pairs that are told, with the direction, certainty and evidence that their families give them. Others stay in
    /// the store untold: more articles may bear them out.
    pub edges: Vec<CopyEdge>,
    /// The families.
    pub families: Vec<Family>,
    /// What became of each article.
    pub articles: Vec<SettledArticle>,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// The stories.
    pub stories: Vec<Story>,
    /// The quotations, each with its story.
    pub quotes: Vec<(Quote, Option<ContentId>)>,
    /// The statements of more than one article, each with its story.
    pub statements: Vec<(Statement, ContentId)>,
    /// Who is cited on which article, and how often.
    pub said_by: Vec<(String, ArticleId, usize)>,
}

/// What the accounts settle of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledArticle {
    /// The article.
    pub id: ArticleId,
    /// Its date with its copies in sight.
    pub published: Option<DocumentDate>,
    /// The share of its words that no earlier article has.
    pub own_share: f64,
    /// Its place among the articles that hang together with it by copying, sources first.
    pub place: usize,
}

/// The numbers of articles by id, of families and the like by content id.
type Keys<'a> = HashMap<&'a str, ArticleKey>;

/// What lists and overviews need, summed up from what was just put. A pair counts for its sources where its direction is
/// stated or probable, as a page would say it ([`wirecopy_model::PROBABLE`]).
const SUMMARIES: &str = r#"
UPDATE story SET
    copies = pages - (SELECT count(*) FROM story_article JOIN account ON account.root = story_article.article
                      WHERE story_article.story = story.n),
    altered = (SELECT count(*) FROM quote WHERE quote.story = story.n AND altered),
    confirmed = (SELECT count(*) FROM statement
                 WHERE statement.story = story.n AND json_extract(statement.row, '$.accounts') > 1),
    disputes = coalesce((SELECT disputed FROM retold WHERE retold.story = story.id), 0);
UPDATE said_by SET day = (SELECT day FROM article WHERE article.n = said_by.article);
DELETE FROM speaker;
INSERT INTO speaker SELECT speaker, count(*), sum(claims) FROM said_by GROUP BY speaker;
DELETE FROM source;
INSERT INTO source
    SELECT publisher, count(*), sum(EXISTS (SELECT 1 FROM account WHERE root = article.n)), avg(own_share)
    FROM article WHERE publisher IS NOT NULL GROUP BY publisher;
DELETE FROM source_copy;
INSERT INTO source_copy
    SELECT older.publisher, newer.publisher, count(*), avg(julianday(newer.day) - julianday(older.day))
    FROM (SELECT a AS made_from, b AS made FROM pair
          WHERE claimed AND direction = 'a->b' AND certainty >= 0.75 AND relation <> 'shared-quote'
          UNION ALL
          SELECT b, a FROM pair
          WHERE claimed AND direction = 'b->a' AND certainty >= 0.75 AND relation <> 'shared-quote')
    JOIN article AS older ON older.n = made_from JOIN article AS newer ON newer.n = made
    WHERE older.publisher IS NOT NULL AND newer.publisher IS NOT NULL GROUP BY 1, 2;
INSERT OR REPLACE INTO meta
    SELECT 'counts', json_array((SELECT count(*) FROM article), (SELECT count(*) FROM story), (SELECT count(*) FROM account));
"#;

impl Store {
    /// Whether what is derived belongs to the articles that are there now: made under this `state` and nothing added
    /// or forgotten since.
    pub fn is_derived(&self, state: &str) -> Result<bool, StoreError> {
        Ok(self.meta("derived")?.as_deref() == Some(state))
    }

    /// Replaces everything derived, in one transaction, and notes under which `state` it was made.
    pub fn replace_derived(&mut self, derived: &Derived, state: &str) -> Result<(), StoreError> {
        let ids = self.keys()?;
        let keys: Keys = ids.iter().map(|(id, key)| (id.as_str(), *key)).collect();
        self.transaction(|tx| {
            let before = standing(tx)?;
            // Children go with their parents.
            for table in ["statement", "quote", "story_article", "story", "account", "family", "said_by"] {
                tx.execute(&format!("DELETE FROM {table}"), [])?;
            }
            put_edges(tx, &derived.edges, &keys)?;
            put_articles(tx, &derived.articles, &keys)?;
            put_families(tx, &derived.families, &keys)?;
            put_accounts(tx, &derived.accounts, &keys)?;
            let stories = put_stories(tx, &derived.stories, &keys)?;
            note_moves(tx, &before, &derived.stories)?;
            put_quotes(tx, &derived.quotes, &stories, &keys)?;
            put_statements(tx, &derived.statements, &stories)?;
            put_said_by(tx, &derived.said_by, &keys)?;
            tx.execute_batch(SUMMARIES)?;
            tx.execute("INSERT OR REPLACE INTO meta VALUES ('derived', ?)", [state])?;
            Ok(())
        })
    }

    fn keys(&self) -> Result<Vec<(String, ArticleKey)>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare("SELECT id, n FROM article")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        self.sql(read())
    }
}

fn put_edges(tx: &Transaction, edges: &[CopyEdge], keys: &Keys) -> rusqlite::Result<()> {
    tx.execute("UPDATE pair SET claimed = 0 WHERE claimed", [])?;
    let mut put =
        tx.prepare("UPDATE pair SET direction = ?3, certainty = ?4, edge = ?5, claimed = 1 WHERE a = ?1 AND b = ?2")?;
    for edge in edges {
        if let (Some(a), Some(b)) = (keys.get(edge.a.as_str()), keys.get(edge.b.as_str())) {
            // A pair is kept under the order of its ids.
            put.execute(params![a, b, edge.direction.as_str(), edge.certainty, json(edge)?])?;
        }
    }
    Ok(())
}

fn put_articles(tx: &Transaction, articles: &[SettledArticle], keys: &Keys) -> rusqlite::Result<()> {
    let mut put = tx.prepare("UPDATE article SET settled = ?2, own_share = ?3, place = ?4 WHERE n = ?1")?;
    for article in articles {
        let settled = article.published.as_ref().map(json).transpose()?;
        let place = article.place as i64;
        put.execute(params![keys.get(article.id.as_str()), settled, article.own_share, place])?;
    }
    Ok(())
}

fn put_families(tx: &Transaction, families: &[Family], keys: &Keys) -> rusqlite::Result<()> {
    let mut put = tx.prepare("INSERT INTO family (n, id, row) VALUES (?, ?, ?)")?;
    let mut member = tx.prepare("INSERT INTO family_member VALUES (?, ?)")?;
    for (n, family) in (1i64..).zip(families) {
        put.execute(params![n, family.id().to_string(), json(family)?])?;
        for id in &family.members {
            member.execute(params![n, keys.get(id.as_str())])?;
        }
    }
    Ok(())
}

fn put_accounts(tx: &Transaction, accounts: &[Account], keys: &Keys) -> rusqlite::Result<()> {
    let mut put = tx.prepare("INSERT INTO account (n, id, root, orphan, row) VALUES (?, ?, ?, ?, ?)")?;
    let mut member = tx.prepare("INSERT INTO account_article VALUES (?, ?, ?)")?;
    for (n, account) in (1i64..).zip(accounts) {
        let root = keys.get(account.root.as_str());
        put.execute(params![n, account.account.to_string(), root, account.orphan, json(account)?])?;
        for (position, id) in (0i64..).zip(&account.articles) {
            member.execute(params![n, keys.get(id.as_str()), position])?;
        }
    }
    Ok(())
}

fn put_stories(tx: &Transaction, stories: &[Story], keys: &Keys) -> rusqlite::Result<HashMap<ContentId, i64>> {
    let mut put = tx.prepare(
        "INSERT INTO story (n, id, title, first, last, since, until, row, pages)
         VALUES (?1, ?2, ?3, ?4, ?5, coalesce(substr(?4, 1, 10), ''), coalesce(?5, ''), ?6, ?7)",
    )?;
    let mut member = tx.prepare("INSERT INTO story_article VALUES (?, ?, ?)")?;
    let mut numbers = HashMap::new();
    for (n, story) in (1i64..).zip(stories) {
        let day = |date: &Option<wirecopy_model::DateValue>| date.as_ref().map(ToString::to_string);
        put.execute(params![
            n,
            story.story.to_string(),
            story.title,
            day(&story.first),
            day(&story.last),
            json(story)?,
            story.articles.len() as i64
        ])?;
        for (position, id) in (0i64..).zip(&story.articles) {
            member.execute(params![keys.get(id.as_str()), n, position])?;
        }
        numbers.insert(story.story, n);
    }
    Ok(numbers)
}

fn put_quotes(
    tx: &Transaction,
    quotes: &[(Quote, Option<ContentId>)],
    stories: &HashMap<ContentId, i64>,
    keys: &Keys,
) -> rusqlite::Result<()> {
    let mut put = tx.prepare("INSERT INTO quote (n, id, story, row, altered) VALUES (?, ?, ?, ?, ?)")?;
    let mut member = tx.prepare("INSERT OR IGNORE INTO quote_article VALUES (?, ?)")?;
    for (n, (quote, story)) in (1i64..).zip(quotes) {
        let story = story.and_then(|story| stories.get(&story));
        put.execute(params![n, quote.id.to_string(), story, json(quote)?, quote.is_altered()])?;
        for id in quote.variants.iter().flat_map(|variant| &variant.articles) {
            member.execute(params![n, keys.get(id.as_str())])?;
        }
    }
    Ok(())
}

fn put_statements(
    tx: &Transaction,
    statements: &[(Statement, ContentId)],
    stories: &HashMap<ContentId, i64>,
) -> rusqlite::Result<()> {
    let mut put = tx.prepare("INSERT INTO statement (id, story, row) VALUES (?, ?, ?)")?;
    for (statement, story) in statements {
        put.execute(params![statement.statement.to_string(), stories.get(story), json(statement)?])?;
    }
    Ok(())
}

fn put_said_by(tx: &Transaction, said_by: &[(String, ArticleId, usize)], keys: &Keys) -> rusqlite::Result<()> {
    let mut put = tx.prepare("INSERT OR REPLACE INTO said_by (speaker, article, claims) VALUES (?, ?, ?)")?;
    for (speaker, id, claims) in said_by {
        put.execute(params![speaker, keys.get(id.as_str()), *claims as i64])?;
    }
    Ok(())
}

/// The value as it lies in a text column.
pub(crate) fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}
