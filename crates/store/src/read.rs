use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row};
use serde::de::DeserializeOwned;
use wirecopy_model::{
    Account, Article, ArticleId, Claim, ContentId, CopyEdge, DocumentDate, Family, Quote, Reject, Run, Statement, Story,
};

use crate::mask::SiteMask;
use crate::pack::{unpack, unpack_runs};
use crate::{ArticleKey, Store, StoreError};

/// What can be told of an article without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleHead {
    /// The store's number for it.
    pub key: ArticleKey,
    /// Its id.
    pub id: ArticleId,
    /// How many versions of it are kept.
    pub versions: usize,
    /// Its headline.
    pub title: Option<String>,
    /// Who signed it.
    pub byline: Option<String>,
    /// The agency it names.
    pub agency: Option<String>,
    /// Who publishes it.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// The date settled with its copies in sight, else its own.
    pub published: Option<DocumentDate>,
    /// The date as its page alone tells it.
    pub claimed: Option<DocumentDate>,
    /// The share of its words that no earlier article has; `None` before it was derived.
    pub own_share: Option<f64>,
    /// Its place among the articles that hang together with it by copying, sources first; `None` before it was derived.
    pub place: Option<usize>,
}

/// What the copy index keeps of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSketch {
    /// The store's number for the article.
    pub key: ArticleKey,
    /// Its id.
    pub id: ArticleId,
    /// The sketch.
    pub data: Vec<u8>,
}

/// The lines of an article that may be its site's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLines {
    /// The store's number for the article.
    pub key: ArticleKey,
    /// Its id.
    pub id: ArticleId,
    /// The lines.
    pub data: Vec<u8>,
    /// What its mask was made from; 0 where it has none.
    pub signature: u64,
}

/// A related pair as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPair {
    /// The pair.
    pub edge: CopyEdge,
    /// The runs of words that both have.
    pub runs: Vec<Run>,
}

impl Store {
    /// How many articles there are.
    pub fn count(&self) -> Result<usize, StoreError> {
        self.sql(self.connection.query_row("SELECT count(*) FROM article", [], |row| row.get::<_, i64>(0)))
            .map(|count| count as usize)
    }

    /// The article with this id, in its current version.
    pub fn article(&self, id: &str) -> Result<Option<Article>, StoreError> {
        self.version(id, None)
    }

    /// The article with this id as its page alone tells it: without the mask of what its site repeats.
    pub fn unmasked(&self, id: &str) -> Result<Option<Article>, StoreError> {
        self.one(id, None).map(|found| found.map(|(article, _)| article))
    }

    /// A version of an article, counted from 1; the current one where none is named.
    pub fn version(&self, id: &str, version: Option<usize>) -> Result<Option<Article>, StoreError> {
        let Some((mut article, mask)) = self.one(id, version)? else { return Ok(None) };
        self.lay(mask, &mut article)?;
        Ok(Some(article))
    }

    /// A version of an article, and the mask over it.
    fn one(&self, id: &str, version: Option<usize>) -> Result<Option<(Article, Option<String>)>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT text, details, mask FROM article JOIN version ON version.article = article.n
                 LEFT JOIN mask ON mask.article = article.n AND version.version = article.version
                 WHERE article.id = ?1 AND version.version = coalesce(?2, article.version)",
            )?;
            let version = version.map(|version| version as i64);
            let row = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            statement.query_row(rusqlite::params![id, version], row).optional()
        };
        let frames: Option<(Vec<u8>, Vec<u8>, Option<String>)> = self.sql(read())?;
        frames.map(|(text, details, mask)| Ok((self.thaw(id, &text, &details)?, mask))).transpose()
    }

    fn lay(&self, mask: Option<String>, article: &mut Article) -> Result<(), StoreError> {
        if let Some(mask) = mask {
            self.parse::<SiteMask>(&mask)?.lay(article);
        }
        Ok(())
    }

    /// Hands every article to `each`, in the order of ids.
    pub fn each_article(&self, mut each: impl FnMut(ArticleKey, Article)) -> Result<(), StoreError> {
        let mut statement = self.sql(self.connection.prepare(
            "SELECT article.n, id, text, details, mask FROM article JOIN version
             ON version.article = article.n AND version.version = article.version
             LEFT JOIN mask ON mask.article = article.n ORDER BY id",
        ))?;
        let mut rows = self.sql(statement.query([]))?;
        while let Some(row) = self.sql(rows.next())? {
            let five = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
            let (key, id, text, details, mask): (_, String, Vec<u8>, Vec<u8>, _) = self.sql(five(row))?;
            let mut article = self.thaw(&id, &text, &details)?;
            self.lay(mask, &mut article)?;
            each(key, article);
        }
        Ok(())
    }

    fn thaw(&self, id: &str, text: &[u8], details: &[u8]) -> Result<Article, StoreError> {
        let damaged = |why: String| self.damage(&format!("article {id}: {why}"));
        let details = unpack(details).map_err(damaged)?;
        let mut article: Article = serde_json::from_str(&details).map_err(|error| damaged(error.to_string()))?;
        article.text = unpack(text).map_err(damaged)?;
        Ok(article)
    }

    /// The heads of all articles, in the order of ids.
    pub fn heads(&self) -> Result<Vec<ArticleHead>, StoreError> {
        self.heads_where("ORDER BY id", &[])
    }

    /// The head of one article.
    pub fn head(&self, id: &str) -> Result<Option<ArticleHead>, StoreError> {
        Ok(self.heads_where("WHERE id = ?", &[&id])?.pop())
    }

    pub(crate) fn heads_where(
        &self,
        filter: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<ArticleHead>, StoreError> {
        let mut statement = self.sql(self.connection.prepare_cached(&format!(
            "SELECT n, id, version, title, source, coalesce(settled, published), own_share, published,
             byline, agency, url, lang, place FROM article {filter}"
        )))?;
        let mut rows = self.sql(statement.query(values))?;
        let mut heads = Vec::new();
        while let Some(row) = self.sql(rows.next())? {
            let text = |column| self.sql(row.get::<_, Option<String>>(column));
            let (settled, claimed) = (text(5)?, text(7)?);
            let date = |text: &Option<String>| text.as_deref().map(|date| self.parse(date)).transpose();
            let published = date(&settled)?;
            heads.push(ArticleHead {
                key: self.sql(row.get(0))?,
                id: ArticleId::from(self.sql(row.get::<_, String>(1))?),
                versions: self.sql(row.get::<_, i64>(2))? as usize,
                title: self.sql(row.get(3))?,
                source: self.sql(row.get(4))?,
                // Most dates are settled as their page alone tells them: what is the same is not read twice.
                claimed: if claimed == settled { published.clone() } else { date(&claimed)? },
                published,
                byline: self.sql(row.get(8))?,
                agency: self.sql(row.get(9))?,
                url: self.sql(row.get(10))?,
                lang: self.sql(row.get(11))?,
                own_share: self.sql(row.get(6))?,
                place: self.sql(row.get::<_, Option<i64>>(12))?.map(|place| place as usize),
            });
        }
        Ok(heads)
    }

    /// The story of each article, and the accounts that it carries, in the order of their roots: by the store's numbers for
    /// articles, without reading what stories and accounts are. For tables of all articles.
    #[allow(clippy::type_complexity)]
    pub fn told_by(&self) -> Result<(HashMap<ArticleKey, ContentId>, HashMap<ArticleKey, Vec<ContentId>>), StoreError> {
        let row = |row: &rusqlite::Row| Ok((row.get::<_, ArticleKey>(0)?, row.get::<_, String>(1)?));
        let id = |id: String| id.parse::<ContentId>().map_err(|_| self.damage("an id is none"));
        let mut stories = HashMap::new();
        let query =
            "SELECT story_article.article, story.id FROM story_article JOIN story ON story.n = story_article.story";
        for (article, story) in self.listed(query, &[], row)? {
            stories.insert(article, id(story)?);
        }
        let mut accounts: HashMap<ArticleKey, Vec<ContentId>> = HashMap::new();
        let query = "SELECT account_article.article, account.id FROM account
                     JOIN article ON article.n = account.root JOIN account_article ON account_article.account = account.n
                     ORDER BY article.id";
        for (article, account) in self.listed(query, &[], row)? {
            accounts.entry(article).or_default().push(id(account)?);
        }
        Ok((stories, accounts))
    }

    /// The ids of the articles of whose sketch in the copy index `wanted` says so, in the order of ids. The sketches are
    /// looked at where they lie, without being kept: a question to a large store.
    pub fn articles_by_sketch(&self, mut wanted: impl FnMut(&[u8]) -> bool) -> Result<Vec<ArticleId>, StoreError> {
        let mut read = || {
            let mut statement = self.connection.prepare_cached("SELECT article, data FROM sketch")?;
            let mut rows = statement.query([])?;
            let mut keys: Vec<ArticleKey> = Vec::new();
            while let Some(row) = rows.next()? {
                if row.get_ref(1)?.as_blob().is_ok_and(&mut wanted) {
                    keys.push(row.get(0)?);
                }
            }
            let mut name = self.connection.prepare_cached("SELECT id FROM article WHERE n = ?")?;
            let ids = keys.iter().map(|key| Ok(ArticleId::from(name.query_row([key], |row| row.get::<_, String>(0))?)));
            let mut ids = ids.collect::<rusqlite::Result<Vec<_>>>()?;
            ids.sort_unstable();
            Ok(ids)
        };
        self.sql(read())
    }

    /// What the story index keeps of an article.
    pub fn features_of(&self, article: ArticleKey) -> Result<Option<Vec<u8>>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT coalesce(mask.feature, data) FROM feature LEFT JOIN mask USING (article) WHERE article = ?",
            )?;
            statement.query_row([article], |row| row.get(0)).optional()
        };
        self.sql(read())
    }

    /// What the story index keeps of an article as its page alone tells it.
    pub fn unmasked_features_of(&self, article: ArticleKey) -> Result<Option<Vec<u8>>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached("SELECT data FROM feature WHERE article = ?")?;
            statement.query_row([article], |row| row.get(0)).optional()
        };
        self.sql(read())
    }

    /// The lines of each article that may be its site's, in the order of ids.
    pub fn site_lines(&self) -> Result<Vec<StoredLines>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare(
                "SELECT n, id, data, coalesce(signature, 0) FROM article JOIN site_line ON site_line.article = n
                 LEFT JOIN mask ON mask.article = n ORDER BY id",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(StoredLines {
                    key: row.get(0)?,
                    id: ArticleId::from(row.get::<_, String>(1)?),
                    data: row.get(2)?,
                    signature: row.get::<_, i64>(3)? as u64,
                })
            })?;
            rows.collect()
        };
        self.sql(read())
    }

    /// The articles whose claims were not read yet, in the order of ids.
    pub fn unclaimed(&self) -> Result<Vec<(ArticleKey, ArticleId)>, StoreError> {
        let read = || {
            let mut statement = self
                .connection
                .prepare("SELECT n, id FROM article WHERE n NOT IN (SELECT article FROM claim_set) ORDER BY id")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, ArticleId::from(row.get::<_, String>(1)?))))?;
            rows.collect()
        };
        self.sql(read())
    }

    /// The claims of an article; none where they were not read.
    pub fn claims_of(&self, id: &str) -> Result<Vec<Claim>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT data FROM claim_set JOIN article ON article.n = claim_set.article WHERE article.id = ?",
            )?;
            statement.query_row([id], |row| row.get::<_, Vec<u8>>(0)).optional()
        };
        let Some(frame) = self.sql(read())? else { return Ok(Vec::new()) };
        self.parse(&unpack(&frame).map_err(|why| self.damage(&format!("the claims of {id}: {why}")))?)
    }

    /// Whether the pairs of all articles are in the store.
    pub fn is_paired(&self) -> Result<bool, StoreError> {
        let query = "SELECT NOT EXISTS (SELECT 1 FROM article WHERE paired = 0)";
        self.sql(self.connection.query_row(query, [], |row| row.get(0)))
    }

    /// What the copy index keeps of all articles, or of those whose pairs are in the store, or are not. One after the other:
    /// they are too many to be held.
    pub fn each_sketch<E: From<StoreError>>(
        &self,
        paired: Option<bool>,
        mut take: impl FnMut(StoredSketch) -> Result<(), E>,
    ) -> Result<(), E> {
        let which = match paired {
            None => "",
            Some(true) => "WHERE paired <> 0",
            Some(false) => "WHERE paired = 0",
        };
        let query =
            format!("SELECT n, id, data FROM article JOIN sketch ON sketch.article = article.n {which} ORDER BY n");
        let mut statement = self.sql(self.connection.prepare(&query))?;
        let mut rows = self.sql(statement.query([]))?;
        while let Some(row) = self.sql(rows.next())? {
            let read = || -> rusqlite::Result<StoredSketch> {
                let id = ArticleId::from(row.get::<_, String>(1)?);
                Ok(StoredSketch { key: row.get(0)?, id, data: row.get(2)? })
            };
            take(self.sql(read())?)?;
        }
        Ok(())
    }

    /// All related pairs that are told, in the order of their ids.
    pub fn pairs(&self) -> Result<Vec<StoredPair>, StoreError> {
        self.pairs_where("WHERE claimed", &[])
    }

    /// The related pairs of one article that are told.
    pub fn pairs_of(&self, id: &str) -> Result<Vec<StoredPair>, StoreError> {
        // By the pair's own numbers, so that both of its indexes are used.
        let key = "(SELECT n FROM article WHERE id = ?1)";
        self.pairs_where(&format!("WHERE claimed AND (a = {key} OR b = {key})"), &[&id])
    }

    /// All pairs that were verified, told or not: what is derived is derived from these.
    pub fn verified_pairs(&self) -> Result<Vec<StoredPair>, StoreError> {
        self.pairs_where("", &[])
    }

    pub(crate) fn pairs_where(
        &self,
        filter: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<StoredPair>, StoreError> {
        let mut statement = self.sql(self.connection.prepare_cached(&format!(
            "SELECT edge, runs FROM pair JOIN article AS one ON one.n = a JOIN article AS other ON other.n = b
             {filter} ORDER BY one.id, other.id"
        )))?;
        let mut rows = self.sql(statement.query(values))?;
        let mut pairs = Vec::new();
        while let Some(row) = self.sql(rows.next())? {
            let (edge, runs): (String, Vec<u8>) = self.sql(row.get(0).and_then(|edge| Ok((edge, row.get(1)?))))?;
            let runs = unpack_runs(&runs).ok_or_else(|| self.damage("the runs of a pair cannot be read"))?;
            pairs.push(StoredPair { edge: self.parse(&edge)?, runs });
        }
        Ok(pairs)
    }

    /// All families, in the order of ids.
    pub fn families(&self) -> Result<Vec<Family>, StoreError> {
        self.rows("SELECT row FROM family ORDER BY id", &[])
    }

    /// The families of an article, and those that hang together with them through a common member, in the order of ids.
    pub fn families_around(&self, id: &str) -> Result<Vec<Family>, StoreError> {
        self.rows(
            "WITH RECURSIVE near(family) AS (
                 SELECT family FROM family_member JOIN article ON article.n = article WHERE article.id = ?1
                 UNION
                 SELECT other.family FROM near JOIN family_member AS own ON own.family = near.family
                 JOIN family_member AS other ON other.article = own.article
             )
             SELECT row FROM near CROSS JOIN family ON family.n = near.family ORDER BY id",
            &[&id],
        )
    }

    /// All accounts, in the order of their roots.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.rows("SELECT row FROM account JOIN article ON article.n = root ORDER BY article.id", &[])
    }

    /// The account that an article roots, if it does.
    pub fn account_rooted_in(&self, id: &str) -> Result<Option<Account>, StoreError> {
        let query = "SELECT row FROM account JOIN article ON article.n = root WHERE article.id = ?";
        Ok(self.rows(query, &[&id])?.pop())
    }

    /// The accounts that an article carries, in the order of their roots.
    pub fn accounts_of(&self, id: &str) -> Result<Vec<Account>, StoreError> {
        self.rows(
            "SELECT row FROM article AS own JOIN account_article ON account_article.article = own.n
             JOIN account ON account.n = account_article.account JOIN article AS root ON root.n = account.root
             WHERE own.id = ? ORDER BY root.id",
            &[&id],
        )
    }

    /// All stories, the latest first, the undated last.
    pub fn stories(&self) -> Result<Vec<Story>, StoreError> {
        self.rows("SELECT row FROM story ORDER BY last IS NULL, last DESC, id", &[])
    }

    /// All quotations of a story, or of all, the latest story's first.
    pub fn quotes(&self, story: Option<&str>) -> Result<Vec<Quote>, StoreError> {
        self.of_stories("quote", story)
    }

    /// The statements of a story that more than one of its articles makes, or of all stories, those of the latest first.
    pub fn statements(&self, story: Option<&str>) -> Result<Vec<Statement>, StoreError> {
        self.of_stories("statement", story)
    }

    fn of_stories<T: DeserializeOwned>(&self, table: &str, story: Option<&str>) -> Result<Vec<T>, StoreError> {
        let all = format!("SELECT {table}.row FROM {table} JOIN story ON story.n = {table}.story");
        match story {
            None => self.rows(&format!("{all} ORDER BY last IS NULL, last DESC, story.id, {table}.n"), &[]),
            Some(story) => self.rows(&format!("{all} WHERE story.id = ? ORDER BY {table}.n"), &[&story]),
        }
    }

    /// What could not be used.
    pub fn rejects(&self) -> Result<Vec<Reject>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare("SELECT input, place, why FROM reject ORDER BY 1, 2")?;
            let rows = statement
                .query_map([], |row| Ok(Reject { input: row.get(0)?, place: row.get(1)?, why: row.get(2)? }))?;
            rows.collect()
        };
        self.sql(read())
    }

    /// Ids of articles in which all these words occur, the best match first. A word that ends with `*` stands for its
    /// beginnings. No character of a word has a meaning to the search engine.
    pub fn search(&self, words: &[&str], most: usize) -> Result<Vec<ArticleId>, StoreError> {
        self.search_joined(words, " ", most)
    }

    /// The same for any of these words: the more of them, and the rarer, the better the match.
    pub fn search_any(&self, words: &[&str], most: usize) -> Result<Vec<ArticleId>, StoreError> {
        self.search_joined(words, " OR ", most)
    }

    fn search_joined(&self, words: &[&str], join: &str, most: usize) -> Result<Vec<ArticleId>, StoreError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT id FROM search JOIN article ON article.n = search.rowid
                 WHERE search MATCH ?1 ORDER BY bm25(search, 4.0, 1.0), id LIMIT ?2",
            )?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let rows =
                statement.query_map(rusqlite::params![quoted.join(join), most], |row| row.get::<_, String>(0))?;
            rows.map(|id| id.map(ArticleId::from)).collect()
        };
        self.sql(read())
    }

    pub(crate) fn rows<T: DeserializeOwned>(
        &self,
        query: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.sql(self.connection.prepare_cached(query))?;
        let mut rows = self.sql(statement.query(values))?;
        let mut found = Vec::new();
        while let Some(row) = self.sql(rows.next())? {
            found.push(self.parse(&self.sql(row.get::<_, String>(0))?)?);
        }
        Ok(found)
    }

    pub(crate) fn parse<T: DeserializeOwned>(&self, json: &str) -> Result<T, StoreError> {
        serde_json::from_str(json).map_err(|error| self.damage(&error.to_string()))
    }
}

/// A word as the search engine takes it: no character of it has a meaning but a `*` at its end, which stands for its
/// beginnings.
pub(crate) fn quoted(word: &str) -> String {
    match word.strip_suffix('*') {
        Some(stem) if !stem.is_empty() => format!("\"{}\" *", stem.replace('"', "\"\"")),
        _ => format!("\"{}\"", word.replace('"', "\"\"")),
    }
}
