use rusqlite::{OptionalExtension, Transaction, params};
use wirecopy_model::{Article, ArticleId, Claim, CopyEdge, Reject, Run};

use crate::derived::json;
use crate::mask::SiteMask;
use crate::pack::{pack, pack_runs};
use crate::{ArticleKey, Store, StoreError};

/// An article to be kept, with what the indexes keep of it.
#[derive(Clone, Debug)]
pub struct NewArticle {
    /// The article.
    pub article: Article,
    /// A hash of the page as it came in: the same page is not kept twice.
    pub content: u128,
    /// The page that its address names, where the input told its address.
    pub page: Option<String>,
    /// The id under which it came, if it is a version of an article with another.
    pub came_as: Option<ArticleId>,
    /// What the indexes keep of it.
    pub entries: Entries,
}

/// What the indexes keep of an article. Made from the article alone, so that it can be made again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// What the copy index keeps.
    pub sketch: Vec<u8>,
    /// What the story index keeps.
    pub features: Vec<u8>,
    /// The lines that may be its site's.
    pub site_lines: Vec<u8>,
}

/// An article with the lines that its site repeats, to be kept; or without, if it has none any more.
#[derive(Clone, Debug)]
pub struct Masking {
    /// The article.
    pub article: ArticleKey,
    /// What is known of its site and led to this; 0 where nothing is.
    pub signature: u64,
    /// The lines masked, and what is kept with them; `None` takes the mask off.
    pub mask: Option<SiteMask>,
    /// What is kept of it with the mask, or without.
    pub kept: String,
    /// What the copy index keeps of that, and the story index.
    pub entries: Entries,
}

/// How many articles were new, came in a new version, or were there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Ids seen for the first time.
    pub new: usize,
    /// Known ids with other content.
    pub changed: usize,
    /// Known ids with the same content.
    pub unchanged: usize,
}

/// A related pair to be kept, with the runs of words that both have.
#[derive(Clone, Debug)]
pub struct NewPair {
    /// The pair.
    pub edge: CopyEdge,
    /// The runs, in the order of `a`.
    pub runs: Vec<Run>,
}

impl Store {
    /// Whether the current version of this article is made of this content; of an article that came under several ids,
    /// whether any of its versions is.
    pub fn has_content(&self, id: &ArticleId, content: u128) -> Result<bool, StoreError> {
        let query = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT EXISTS (
                     SELECT 1 FROM version JOIN article ON article.n = version.article
                     WHERE article.n = coalesce((SELECT article FROM alias WHERE id = ?1),
                                                (SELECT n FROM article WHERE id = ?1))
                     AND content = ?2 AND (article.version = version.version
                                           OR EXISTS (SELECT 1 FROM alias WHERE alias.article = article.n)))",
            )?;
            statement.query_row(params![id.as_str(), content.to_be_bytes()], |row| row.get(0))
        };
        self.sql(query())
    }

    /// The id of the article that is known under this one: its own, or that of which it is a version.
    pub fn resolve(&self, id: &str) -> Result<Option<ArticleId>, StoreError> {
        self.id_where("id = ?1 OR n = (SELECT article FROM alias WHERE alias.id = ?1)", id)
    }

    /// The article of this page, as [`NewArticle::page`] names it: the first that came.
    pub fn article_of_page(&self, page: &str) -> Result<Option<ArticleId>, StoreError> {
        self.id_where("page = ?1", page)
    }

    fn id_where(&self, condition: &str, value: &str) -> Result<Option<ArticleId>, StoreError> {
        let query = || {
            let query = format!("SELECT id FROM article WHERE {condition} ORDER BY n LIMIT 1");
            let mut statement = self.connection.prepare_cached(&query)?;
            statement.query_row([value], |row| row.get::<_, String>(0)).optional()
        };
        Ok(self.sql(query())?.map(ArticleId::from))
    }

    /// Keeps these articles, in one transaction. One with a known id and other content becomes its new version: the
    /// old version stays, what was derived from it goes.
    pub fn add(&mut self, articles: &[NewArticle]) -> Result<Added, StoreError> {
        self.transaction(|tx| {
            let mut added = Added::default();
            for article in articles {
                add_one(tx, article, &mut added)?;
            }
            Ok(added)
        })
    }

    /// Keeps the claims of these articles.
    pub fn put_claims(&mut self, articles: &[(ArticleKey, Vec<Claim>)]) -> Result<(), StoreError> {
        self.transaction(|tx| {
            let mut put = tx.prepare_cached("INSERT OR REPLACE INTO claim_set VALUES (?, ?)")?;
            for (key, claims) in articles {
                put.execute(params![key, pack(&json(claims)?)])?;
            }
            tx.execute("DELETE FROM meta WHERE key = 'derived'", [])?;
            Ok(())
        })
    }

    /// Marks these articles as not paired: until [`Store::put_paired`] says otherwise the next build compares them anew. Their
    /// pairs stay for those who read meanwhile.
    pub fn begin_pairs(&mut self, articles: &[ArticleKey]) -> Result<(), StoreError> {
        self.transaction(|tx| {
            tx.execute_batch(
                "CREATE TEMP TABLE IF NOT EXISTS verified (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
                 DELETE FROM temp.verified;",
            )?;
            for key in articles {
                // What was derived from the pairs is derived again.
                tx.prepare_cached("UPDATE article SET paired = 0, component = NULL WHERE n = ?")?.execute([key])?;
            }
            Ok(())
        })
    }

    /// Marks these articles as paired: all their pairs were put since [`Store::begin_pairs`]. Others that they had go.
    pub fn put_paired(&mut self, articles: &[ArticleKey]) -> Result<(), StoreError> {
        self.transaction(|tx| {
            for key in articles {
                for end in ["a", "b"] {
                    tx.prepare_cached(&format!(
                        "DELETE FROM pair WHERE {end} = ?1 AND NOT EXISTS (
                             SELECT 1 FROM temp.verified WHERE verified.a = pair.a AND verified.b = pair.b)"
                    ))?
                    .execute([key])?;
                }
                tx.prepare_cached("UPDATE article SET paired = 1 WHERE n = ?")?.execute([key])?;
            }
            tx.execute("DELETE FROM temp.verified", [])?;
            Ok(())
        })
    }

    /// Keeps these pairs, between [`Store::begin_pairs`] and [`Store::put_paired`]. One that is there stays as it is: what two
    /// texts share follows from them.
    pub fn put_pairs(&mut self, pairs: &[NewPair]) -> Result<(), StoreError> {
        self.transaction(|tx| {
            for pair in pairs {
                let edge = &pair.edge;
                let row = json(edge)?;
                tx.prepare_cached(
                    "INSERT OR IGNORE INTO pair
                     SELECT one.n, other.n, ?3, ?4, ?5, ?6, ?7, ?8, 0 FROM article AS one, article AS other
                     WHERE one.id = ?1 AND other.id = ?2",
                )?
                .execute(params![
                    edge.a.as_str(),
                    edge.b.as_str(),
                    edge.relation.as_str(),
                    edge.direction.as_str(),
                    edge.certainty,
                    edge.score,
                    row,
                    pack_runs(&pair.runs),
                ])?;
                tx.prepare_cached(
                    "INSERT OR IGNORE INTO temp.verified SELECT one.n, other.n FROM article AS one, article AS other
                     WHERE one.id = ?1 AND other.id = ?2",
                )?
                .execute([edge.a.as_str(), edge.b.as_str()])?;
            }
            Ok(())
        })
    }

    /// Replaces what the indexes keep of these articles, takes their masks off and marks them as not paired: the next
    /// build compares them anew.
    pub fn reindex(&mut self, articles: &[(ArticleKey, Entries)]) -> Result<(), StoreError> {
        self.transaction(|tx| {
            for (key, entries) in articles {
                put_entries(tx, *key, entries)?;
                for table in ["mask", "claim_set"] {
                    tx.prepare_cached(&format!("DELETE FROM {table} WHERE article = ?"))?.execute([key])?;
                }
                tx.prepare_cached("DELETE FROM pair WHERE a = ?1 OR b = ?1")?.execute([key])?;
                tx.prepare_cached("UPDATE article SET paired = 0 WHERE n = ?")?.execute([key])?;
            }
            tx.execute("DELETE FROM meta WHERE key = 'derived'", [])?;
            Ok(())
        })
    }

    /// Puts masks on these articles, or takes them off. One whose kept text changes has to be paired again.
    pub fn put_masks(&mut self, maskings: &[Masking]) -> Result<(), StoreError> {
        self.transaction(|tx| {
            for masking in maskings {
                put_mask(tx, masking)?;
            }
            if !maskings.is_empty() {
                tx.execute("DELETE FROM meta WHERE key = 'derived'", [])?;
            }
            Ok(())
        })
    }

    /// Forgets an article with all its versions and everything derived from it. Gives whether it was there. What hangs on
    /// its copies is brought up to date by the next build.
    pub fn forget(&mut self, id: &ArticleId) -> Result<bool, StoreError> {
        self.transaction(|tx| {
            let key: Option<ArticleKey> =
                tx.query_row("SELECT n FROM article WHERE id = ?", [id.as_str()], |row| row.get(0)).optional()?;
            let Some(key) = key else { return Ok(false) };
            tx.execute("DELETE FROM search WHERE rowid = ?", [key])?;
            tx.execute("DELETE FROM article WHERE n = ?", [key])?;
            tx.execute("DELETE FROM meta WHERE key = 'derived'", [])?;
            Ok(true)
        })
    }

    /// Replaces what is kept of the rejects of these inputs.
    pub fn put_rejects(&mut self, inputs: &[String], rejects: &[Reject]) -> Result<(), StoreError> {
        self.transaction(|tx| {
            for input in inputs {
                tx.prepare_cached("DELETE FROM reject WHERE input = ?")?.execute([input])?;
            }
            for reject in rejects {
                tx.prepare_cached("INSERT OR REPLACE INTO reject VALUES (?, ?, ?)")?.execute([
                    &reject.input,
                    &reject.place,
                    &reject.why,
                ])?;
            }
            Ok(())
        })
    }
}

fn add_one(tx: &Transaction, new: &NewArticle, added: &mut Added) -> rusqlite::Result<()> {
    let article = &new.article;
    let known: Option<(ArticleKey, i64, Vec<u8>)> = tx
        .prepare_cached(
            "SELECT article.n, article.version, content FROM article JOIN version
             ON version.article = article.n AND version.version = article.version WHERE id = ?",
        )?
        .query_row([article.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let content = new.content.to_be_bytes();
    let (key, version) = match known {
        Some((_, _, same)) if same == content => {
            added.unchanged += 1;
            return Ok(());
        }
        Some((key, version, _)) => {
            added.changed += 1;
            clear_derived(tx, key)?;
            (key, version + 1)
        }
        None => {
            added.new += 1;
            tx.prepare_cached("INSERT INTO article (id, version) VALUES (?, 0)")?.execute([article.id.as_str()])?;
            (tx.last_insert_rowid(), 1)
        }
    };
    let published = article.published.as_ref().map(json).transpose()?;
    tx.prepare_cached(
        "UPDATE article SET version = ?2, title = ?3, byline = ?4, agency = ?5, url = ?6, source = ?7, lang = ?8,
         published = ?9, page = coalesce(page, ?10), settled = NULL, own_share = NULL, place = NULL, paired = 0 WHERE n = ?1",
    )?
    .execute(params![
        key,
        version,
        article.title,
        article.byline,
        article.agency,
        article.url,
        article.source,
        article.lang,
        published,
        new.page,
    ])?;
    if let Some(other) = &new.came_as {
        tx.prepare_cached("INSERT OR IGNORE INTO alias VALUES (?, ?)")?.execute(params![other.as_str(), key])?;
    }
    let details = Article { text: String::new(), ..article.clone() };
    tx.prepare_cached("INSERT INTO version VALUES (?, ?, ?, ?, ?)")?.execute(params![
        key,
        version,
        content,
        pack(&article.text),
        pack(&json(&details)?)
    ])?;
    put_entries(tx, key, &new.entries)?;
    put_search(tx, key, article.title.as_deref(), &article.kept_text())?;
    tx.prepare_cached("DELETE FROM meta WHERE key = 'derived'")?.execute([])?;
    Ok(())
}

fn put_entries(tx: &Transaction, key: ArticleKey, entries: &Entries) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR REPLACE INTO sketch VALUES (?, ?)")?.execute(params![key, entries.sketch])?;
    tx.prepare_cached("INSERT OR REPLACE INTO feature VALUES (?, ?)")?.execute(params![key, entries.features])?;
    tx.prepare_cached("INSERT OR REPLACE INTO site_line VALUES (?, ?)")?.execute(params![key, entries.site_lines])?;
    Ok(())
}

fn put_search(tx: &Transaction, key: ArticleKey, title: Option<&str>, body: &str) -> rusqlite::Result<()> {
    let mut put = tx.prepare_cached("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)")?;
    put.execute(params![key, title.unwrap_or(""), body])?;
    Ok(())
}

fn put_mask(tx: &Transaction, masking: &Masking) -> rusqlite::Result<()> {
    let key = masking.article;
    let old: Option<String> =
        tx.prepare_cached("SELECT mask FROM mask WHERE article = ?")?.query_row([key], |row| row.get(0)).optional()?;
    let old: Option<SiteMask> = old.and_then(|mask| serde_json::from_str(&mask).ok());
    match &masking.mask {
        Some(mask) => {
            tx.prepare_cached("INSERT OR REPLACE INTO mask VALUES (?, ?, ?, ?)")?.execute(params![
                key,
                masking.signature as i64,
                json(mask)?,
                masking.entries.features
            ])?;
        }
        None => {
            tx.prepare_cached("DELETE FROM mask WHERE article = ?")?.execute([key])?;
        }
    }
    if old.map(|mask| mask.kept) == masking.mask.as_ref().map(|mask| mask.kept.clone()) {
        return Ok(());
    }
    tx.prepare_cached("UPDATE sketch SET data = ?2 WHERE article = ?1")?
        .execute(params![key, masking.entries.sketch])?;
    tx.prepare_cached("UPDATE article SET paired = 0 WHERE n = ?")?.execute([key])?;
    tx.prepare_cached("DELETE FROM pair WHERE a = ?1 OR b = ?1")?.execute([key])?;
    tx.prepare_cached("DELETE FROM claim_set WHERE article = ?")?.execute([key])?;
    let title: Option<String> =
        tx.prepare_cached("SELECT title FROM article WHERE n = ?")?.query_row([key], |row| row.get(0))?;
    tx.prepare_cached("DELETE FROM search WHERE rowid = ?")?.execute([key])?;
    put_search(tx, key, title.as_deref(), &masking.kept)
}

/// Removes what hangs on the current version of an article.
fn clear_derived(tx: &Transaction, key: ArticleKey) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM search WHERE rowid = ?")?.execute([key])?;
    tx.prepare_cached("DELETE FROM pair WHERE a = ?1 OR b = ?1")?.execute([key])?;
    tx.prepare_cached("DELETE FROM mask WHERE article = ?")?.execute([key])?;
    tx.prepare_cached("DELETE FROM claim_set WHERE article = ?")?.execute([key])?;
    Ok(())
}
