use std::collections::HashMap;

use rusqlite::{Transaction, params};
use serde::Serialize;
use wirecopy_model::{Account, ArticleId, ContentId, CopyEdge, DocumentDate, Family, Quote, Statement, Story};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::decision::{note_moves, standing};
use crate::{ArticleKey, Store, StoreError};

/// What is derived from the articles and their pairs, as far as it follows from something else than it did. The rest of what
/// the store has stands.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// The articles whose component was worked out anew, each with the signature of what that followed from. Whatever the store
    /// has of families and accounts with one of them, and what its pairs were told to be, goes.
    pub changed: Vec<(ArticleId, u128)>,
    /// The pairs with a changed article that are told, with the direction, certainty and evidence that their families give
    /// them. Others stay in the store untold: more articles may bear them out.
    pub edges: Vec<CopyEdge>,
    /// The families of changed articles.
    pub families: Vec<Family>,
    /// What became of each changed article.
    pub articles: Vec<SettledArticle>,
    /// The accounts of the stories that were heard anew; all accounts of changed articles are among them.
    pub accounts: Vec<Account>,
    /// All stories.
    pub stories: Vec<Story>,
    /// The stories that were heard anew, with the signatures of what they said; every changed article is in one of them.
    /// Whatever the store has of their quotations and statements goes.
    pub heard: HashMap<ContentId, u128>,
    /// Their quotations, each with its story.
    pub quotes: Vec<(Quote, ContentId)>,
    /// Their statements of more than one article, each with its story.
    pub statements: Vec<(Statement, ContentId)>,
    /// Who is cited on which of their articles, and how often.
    pub said_by: Vec<(String, ArticleId, usize)>,
}

/// What an article is made of now, and what its component was worked out from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The store's number for the article.
    pub key: ArticleKey,
    /// Its id.
    pub id: ArticleId,
    /// Of its page and its mask.
    pub content: u128,
    /// Of its claims; 0 where it has none yet.
    pub claims: u128,
    /// The signature that was kept with what was derived; `None` where nothing was.
    pub component: Option<u128>,
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
    disputes = coalesce((SELECT disputed FROM retold WHERE retold.story = story.id), 0)
WHERE n IN (SELECT story FROM temp.heard);
UPDATE said_by SET day = (SELECT day FROM article WHERE article.n = said_by.article)
WHERE article IN (SELECT article FROM story_article WHERE story IN (SELECT story FROM temp.heard));
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

/// The articles and stories of which something is put anew.
const MARKS: &str = r#"
CREATE TEMP TABLE IF NOT EXISTS changed (article INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS heard (story INTEGER PRIMARY KEY);
DELETE FROM temp.changed;
DELETE FROM temp.heard;
"#;

/// Takes away what is derived of changed articles, and what is left of articles that are no more.
const CLEAR: &str = r#"
DELETE FROM family WHERE n IN (SELECT family FROM family_member WHERE article IN (SELECT article FROM temp.changed))
    OR NOT EXISTS (SELECT 1 FROM family_member WHERE family = n);
DELETE FROM account WHERE root IN (SELECT article FROM temp.changed)
    OR n IN (SELECT account FROM account_article WHERE article IN (SELECT article FROM temp.changed));
UPDATE pair SET claimed = 0 WHERE a IN (SELECT article FROM temp.changed) AND claimed;
UPDATE pair SET claimed = 0 WHERE b IN (SELECT article FROM temp.changed) AND claimed;
"#;

impl Store {
    /// Whether what is derived belongs to the articles that are there now: made under this `state` and nothing added
    /// or forgotten since.
    pub fn is_derived(&self, state: &str) -> Result<bool, StoreError> {
        Ok(self.meta("derived")?.as_deref() == Some(state))
    }

    /// What each article is made of, in the order of ids.
    pub fn stamps(&self) -> Result<Vec<Stamp>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare(
                "SELECT n, id, content, mask.mask, claim_set.data, component FROM article
                 JOIN version ON version.article = n AND version.version = article.version
                 LEFT JOIN mask ON mask.article = n LEFT JOIN claim_set ON claim_set.article = n ORDER BY id",
            )?;
            let rows = statement.query_map([], |row| {
                let mask: Option<&str> = row.get_ref(3)?.as_str_or_null()?;
                let mut hash = Xxh3::new();
                hash.update(row.get_ref(2)?.as_blob()?);
                hash.update(mask.unwrap_or_default().as_bytes());
                let claims = row.get_ref(4)?.as_blob_or_null()?.map_or(0, xxh3_128);
                let component = row.get_ref(5)?.as_blob_or_null()?.and_then(|bytes| bytes.try_into().ok());
                Ok(Stamp {
                    key: row.get(0)?,
                    id: ArticleId::from(row.get::<_, String>(1)?),
                    content: hash.digest128(),
                    claims,
                    component: component.map(u128::from_be_bytes),
                })
            })?;
            rows.collect()
        };
        self.sql(read())
    }

    /// The signatures that were kept of what the stories said.
    pub fn heard(&self) -> Result<HashMap<String, u128>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare("SELECT id, heard FROM story WHERE heard IS NOT NULL")?;
            let rows = statement.query_map([], |row| {
                // A signature of another length is that of nothing.
                let signature = row.get_ref(1)?.as_blob()?.try_into().map_or(0, u128::from_be_bytes);
                Ok((row.get(0)?, signature))
            })?;
            rows.collect()
        };
        self.sql(read())
    }

    /// Takes in what was derived, in one transaction, and notes under which `state` it was made.
    pub fn put_derived(&mut self, derived: &Derived, state: &str) -> Result<(), StoreError> {
        let ids = self.keys()?;
        let keys: Keys = ids.iter().map(|(id, key)| (id.as_str(), *key)).collect();
        self.transaction(|tx| {
            let before = standing(tx)?;
            tx.execute_batch(MARKS)?;
            {
                let mut mark = tx.prepare("INSERT INTO temp.changed VALUES (?)")?;
                for (id, _) in &derived.changed {
                    mark.execute([keys.get(id.as_str())])?;
                }
            }
            // Children go with their parents.
            tx.execute_batch(CLEAR)?;
            put_edges(tx, &derived.edges, &keys)?;
            put_articles(tx, derived, &keys)?;
            put_families(tx, &derived.families, &keys)?;
            put_accounts(tx, &derived.accounts, &keys)?;
            let stories = put_stories(tx, derived, &keys)?;
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

fn put_articles(tx: &Transaction, derived: &Derived, keys: &Keys) -> rusqlite::Result<()> {
    let mut put = tx.prepare("UPDATE article SET settled = ?2, own_share = ?3, place = ?4 WHERE n = ?1")?;
    for article in &derived.articles {
        let settled = article.published.as_ref().map(json).transpose()?;
        let place = article.place as i64;
        put.execute(params![keys.get(article.id.as_str()), settled, article.own_share, place])?;
    }
    let mut sign = tx.prepare("UPDATE article SET component = ?2 WHERE n = ?1")?;
    for (id, signature) in &derived.changed {
        sign.execute(params![keys.get(id.as_str()), signature.to_be_bytes()])?;
    }
    Ok(())
}

fn put_families(tx: &Transaction, families: &[Family], keys: &Keys) -> rusqlite::Result<()> {
    let mut put = tx.prepare("INSERT INTO family (id, row) VALUES (?, ?)")?;
    let mut member = tx.prepare("INSERT INTO family_member VALUES (?, ?)")?;
    for family in families {
        let n = put.insert(params![family.id().to_string(), json(family)?])?;
        for id in &family.members {
            member.execute(params![n, keys.get(id.as_str())])?;
        }
    }
    Ok(())
}

fn put_accounts(tx: &Transaction, accounts: &[Account], keys: &Keys) -> rusqlite::Result<()> {
    let mut known = tx.prepare("UPDATE account SET row = ?2 WHERE id = ?1 AND row <> ?2")?;
    let mut is_known = tx.prepare("SELECT 1 FROM account WHERE id = ?")?;
    let mut put = tx.prepare("INSERT INTO account (id, root, orphan, row) VALUES (?, ?, ?, ?)")?;
    let mut member = tx.prepare("INSERT INTO account_article VALUES (?, ?, ?)")?;
    for account in accounts {
        let (id, row) = (account.account.to_string(), json(account)?);
        // One that no changed article carries: what it rests on is all that can be new.
        if is_known.exists([&id])? {
            known.execute([&id, &row])?;
            continue;
        }
        let n = put.insert(params![id, keys.get(account.root.as_str()), account.orphan, row])?;
        for (position, id) in (0i64..).zip(&account.articles) {
            member.execute(params![n, keys.get(id.as_str()), position])?;
        }
    }
    Ok(())
}

fn put_stories(tx: &Transaction, derived: &Derived, keys: &Keys) -> rusqlite::Result<HashMap<ContentId, i64>> {
    let mut standing: HashMap<String, (i64, String)> = HashMap::new();
    {
        let mut read = tx.prepare("SELECT id, n, row FROM story")?;
        for row in read.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))? {
            let (id, row) = row?;
            standing.insert(id, row);
        }
    }
    // First all that goes: an article is in one story at a time.
    let mut due: Vec<(&Story, String, Option<i64>)> = Vec::new();
    let mut clear: Vec<_> = ["quote", "statement", "story_article"]
        .map(|table| tx.prepare(&format!("DELETE FROM {table} WHERE story = ?")))
        .into_iter()
        .collect::<Result<_, _>>()?;
    for story in &derived.stories {
        let row = json(story)?;
        let known = standing.remove(&story.story.to_string());
        let heard = derived.heard.contains_key(&story.story);
        if !heard && known.as_ref().is_some_and(|(_, before)| *before == row) {
            continue;
        }
        if let Some((n, _)) = &known {
            // What a story says that was not heard anew stays.
            for statement in &mut clear[if heard { 0 } else { 2 }..] {
                statement.execute([n])?;
            }
        }
        due.push((story, row, known.map(|(n, _)| n)));
    }
    let mut drop = tx.prepare("DELETE FROM story WHERE n = ?")?;
    for (n, _) in standing.values() {
        drop.execute([n])?;
    }
    let mut put = tx.prepare(
        "INSERT INTO story (n, id, title, first, last, since, until, row, pages, heard)
         VALUES (?1, ?2, ?3, ?4, ?5, coalesce(substr(?4, 1, 10), ''), coalesce(?5, ''), ?6, ?7, ?8)
         ON CONFLICT (n) DO UPDATE SET title = excluded.title, first = excluded.first, last = excluded.last,
             since = excluded.since, until = excluded.until, row = excluded.row, pages = excluded.pages,
             heard = coalesce(excluded.heard, heard)",
    )?;
    let mut member = tx.prepare("INSERT INTO story_article VALUES (?, ?, ?)")?;
    let mut mark = tx.prepare("INSERT INTO temp.heard VALUES (?)")?;
    let mut numbers = HashMap::new();
    for (story, row, known) in due {
        let day = |date: &Option<wirecopy_model::DateValue>| date.as_ref().map(ToString::to_string);
        let heard = derived.heard.get(&story.story).map(|signature| signature.to_be_bytes());
        let put = put.insert(params![
            known,
            story.story.to_string(),
            story.title,
            day(&story.first),
            day(&story.last),
            row,
            story.articles.len() as i64,
            heard,
        ])?;
        let n = known.unwrap_or(put);
        for (position, id) in (0i64..).zip(&story.articles) {
            member.execute(params![keys.get(id.as_str()), n, position])?;
        }
        if heard.is_some() {
            mark.execute([n])?;
        }
        numbers.insert(story.story, n);
    }
    Ok(numbers)
}

fn put_quotes(
    tx: &Transaction,
    quotes: &[(Quote, ContentId)],
    stories: &HashMap<ContentId, i64>,
    keys: &Keys,
) -> rusqlite::Result<()> {
    let mut put = tx.prepare("INSERT INTO quote (id, story, row, altered) VALUES (?, ?, ?, ?)")?;
    let mut member = tx.prepare("INSERT OR IGNORE INTO quote_article VALUES (?, ?)")?;
    for (quote, story) in quotes {
        let n = put.insert(params![quote.id.to_string(), stories.get(story), json(quote)?, quote.is_altered()])?;
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
    tx.execute(
        "DELETE FROM said_by WHERE article IN (SELECT article FROM story_article
                                               WHERE story IN (SELECT story FROM temp.heard))",
        [],
    )?;
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
