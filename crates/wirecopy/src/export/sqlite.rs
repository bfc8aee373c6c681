//! A store as a plain SQLite file: texts as text, a table for each kind of row, foreign keys between them, and full text
//! search in the form that Datasette finds by itself.

use std::path::Path;

use rusqlite::{Connection, params};
use serde_json::json;

use crate::{Error, Library};

const TABLES: &str = "
CREATE TABLE stories (story TEXT PRIMARY KEY, title TEXT, first TEXT, last TEXT, pages INTEGER, accounts INTEGER, origins TEXT);
CREATE TABLE articles (id TEXT PRIMARY KEY, title TEXT, byline TEXT, agency TEXT, source TEXT, url TEXT, lang TEXT,
    published TEXT, own_share REAL, versions INTEGER, story TEXT REFERENCES stories(story), text TEXT);
CREATE TABLE accounts (account TEXT PRIMARY KEY, root TEXT REFERENCES articles(id), orphan INTEGER, origins TEXT,
    story TEXT REFERENCES stories(story));
CREATE TABLE account_articles (account TEXT REFERENCES accounts(account), article TEXT REFERENCES articles(id),
    PRIMARY KEY (account, article));
CREATE TABLE copies (a TEXT REFERENCES articles(id), b TEXT REFERENCES articles(id), relation TEXT, direction TEXT,
    certainty REAL, coverage_of_a REAL, coverage_of_b REAL, PRIMARY KEY (a, b));
CREATE TABLE quotes (id TEXT PRIMARY KEY, quote TEXT, story TEXT REFERENCES stories(story));
CREATE TABLE quote_variants (quote TEXT REFERENCES quotes(id), article TEXT REFERENCES articles(id), text TEXT, part INTEGER,
    altered INTEGER);
CREATE TABLE claims (article TEXT REFERENCES articles(id), kind TEXT, speaker TEXT, chain TEXT, text TEXT, start INTEGER, end INTEGER);
CREATE TABLE rejects (input TEXT, place TEXT, why TEXT);
";

const SEARCH: &str = "
CREATE INDEX articles_source ON articles(source);
CREATE INDEX articles_story ON articles(story);
CREATE INDEX claims_article ON claims(article);
CREATE INDEX claims_speaker ON claims(speaker);
CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, content='articles');
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
";

/// Writes the file, in place of one that is there.
///
/// # Errors
/// Where the store cannot be read or the file cannot be written.
pub fn write(library: &Library, path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let fill = || -> Result<rusqlite::Result<()>, Error> {
        let rows = Rows::read(library)?;
        Ok(put(path, &rows))
    };
    Ok(fill()?.map_err(std::io::Error::other)?)
}

/// Everything that is written.
struct Rows {
    stories: Vec<wirecopy_model::Story>,
    articles: Vec<crate::ArticleRow>,
    accounts: Vec<crate::AccountRow>,
    copies: Vec<crate::CopyRow>,
    quotes: Vec<crate::QuoteRow>,
    claims: Vec<crate::Cited>,
    rejects: Vec<wirecopy_model::Reject>,
}

impl Rows {
    fn read(library: &Library) -> Result<Self, Error> {
        let articles = library.articles(None, true)?;
        let mut claims = Vec::new();
        for row in &articles {
            let of = library.store().claims_of(row.id.as_str())?;
            if !of.is_empty() {
                let article = library.article(row.id.as_str())?;
                claims.extend(of.iter().map(|claim| crate::Cited::new(&article, None, claim)));
            }
        }
        Ok(Rows {
            stories: library.stories(None)?,
            accounts: library.accounts(None)?,
            copies: library.copies(None)?,
            quotes: library.quotes(None)?,
            rejects: library.rejects()?,
            articles,
            claims,
        })
    }
}

fn put(path: &Path, rows: &Rows) -> rusqlite::Result<()> {
    let mut file = Connection::open(path)?;
    let tx = file.transaction()?;
    tx.execute_batch(TABLES)?;
    let id = |id: &Option<wirecopy_model::ContentId>| id.map(|id| id.to_string());
    let day = |date: &Option<wirecopy_model::DateValue>| date.as_ref().map(ToString::to_string);
    for story in &rows.stories {
        let (pages, accounts) = (story.articles.len() as i64, story.accounts as i64);
        let origins = json!(story.origins).to_string();
        tx.prepare_cached("INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            story.story.to_string(),
            story.title,
            day(&story.first),
            day(&story.last),
            pages,
            accounts,
            origins
        ])?;
    }
    for row in &rows.articles {
        let published = row.published.as_ref().and_then(|date| date.value.as_ref()).map(ToString::to_string);
        tx.prepare_cached("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            row.id.as_str(),
            row.title,
            row.byline,
            row.agency,
            row.source,
            row.url,
            row.lang,
            published,
            row.own_share,
            row.versions as i64,
            id(&row.story),
            row.text
        ])?;
    }
    for row in &rows.accounts {
        let account = &row.account;
        let (key, origins) = (account.account.to_string(), json!(account.origins).to_string());
        tx.prepare_cached("INSERT INTO accounts VALUES (?, ?, ?, ?, ?)")?.execute(params![
            key,
            account.root.as_str(),
            account.orphan,
            origins,
            id(&row.story)
        ])?;
        for article in &account.articles {
            tx.prepare_cached("INSERT INTO account_articles VALUES (?, ?)")?.execute(params![key, article.as_str()])?;
        }
    }
    for row in &rows.copies {
        let edge = &row.edge;
        tx.prepare_cached("INSERT INTO copies VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            edge.a.as_str(),
            edge.b.as_str(),
            edge.relation.as_str(),
            edge.direction.as_str(),
            edge.certainty,
            edge.coverage.a,
            edge.coverage.b
        ])?;
    }
    for row in &rows.quotes {
        let key = row.quote.id.to_string();
        tx.prepare_cached("INSERT INTO quotes VALUES (?, ?, ?)")?.execute(params![
            key,
            row.quote.quote,
            id(&row.story)
        ])?;
        for variant in &row.quote.variants {
            for article in &variant.articles {
                tx.prepare_cached("INSERT INTO quote_variants VALUES (?, ?, ?, ?, ?)")?.execute(params![
                    key,
                    article.as_str(),
                    variant.text,
                    variant.part,
                    variant.is_altered()
                ])?;
            }
        }
    }
    for claim in &rows.claims {
        let kind = json!(claim.kind);
        tx.prepare_cached("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            claim.article.as_str(),
            kind.as_str(),
            claim.chain.last(),
            json!(claim.chain).to_string(),
            claim.text,
            claim.start as i64,
            claim.end as i64
        ])?;
    }
    for reject in &rows.rejects {
        tx.prepare_cached("INSERT INTO rejects VALUES (?, ?, ?)")?.execute([
            &reject.input,
            &reject.place,
            &reject.why,
        ])?;
    }
    tx.execute_batch(SEARCH)?;
    tx.commit()
}
