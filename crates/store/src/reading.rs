//! The questions of somebody who reads page by page: each touches what one page shows, whatever the size of the store.

use std::time::Instant;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};
use serde::de::DeserializeOwned;
use wirecopy_model::{Account, ArticleId, Family, Quote, Statement, Story};

use crate::{ArticleHead, Store, StoreError, StoredPair};

/// What stands first in a list of stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoryOrder {
    /// The latest.
    #[default]
    Newest,
    /// Those with most pages that root no account.
    Copied,
    /// Those with most disputes.
    Disputed,
}

/// Which stories are asked for; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryFilter {
    /// A source publishes one of its pages.
    pub source: Option<String>,
    /// Somebody is cited on one of its pages.
    pub speaker: Option<String>,
    /// It goes on to this day or later.
    pub after: Option<String>,
    /// It begins on this day or earlier.
    pub before: Option<String>,
    /// What stands first.
    pub order: StoryOrder,
}

/// The place in a list after which it goes on: the key by which the last row was sorted, and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Onward {
    /// The key.
    pub key: String,
    /// The id.
    pub id: String,
}

/// A story as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryCard {
    /// The story.
    pub story: Story,
    /// Pages that root no account.
    pub copies: usize,
    /// Quotations that some page alters.
    pub altered: usize,
    /// Disputes.
    pub disputes: usize,
    /// The place after it.
    pub onward: Onward,
}

/// What one source publishes.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow {
    /// The source.
    pub name: String,
    /// Its articles,
    pub articles: usize,
    /// and how many of them root an account.
    pub roots: usize,
    /// The mean of their own shares; `None` before they were derived.
    pub own: Option<f64>,
}

/// How often one source copies another: pairs whose direction is stated or probable.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceCopy {
    /// Who is copied,
    pub source: String,
    /// by whom,
    pub copy: String,
    /// in how many pairs of pages.
    pub pages: usize,
    /// The mean of the days from the one to the other, where both are dated.
    pub lag: Option<f64>,
}

/// Somebody who is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerRow {
    /// The name.
    pub name: String,
    /// On how many articles,
    pub articles: usize,
    /// how often.
    pub claims: usize,
}

/// What a search asks of articles beside their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Published by this source.
    pub source: Option<String>,
    /// Somebody of this name is cited on it.
    pub speaker: Option<String>,
    /// Of this day or later.
    pub after: Option<String>,
    /// Of this day or earlier.
    pub before: Option<String>,
}

/// Of the articles that have the words so many, those that came last, are ranked: ranking all that have a common word
/// takes a second at a million articles.
const MOST_RANKED: i64 = 2_000;

/// The stories of a source's or a speaker's articles are looked up one by one if there are no more.
const MOST_LOOKED_UP: usize = 4_000;

/// SQLite looks at its deadline after so many steps, some tens of microseconds.
const STEPS: i32 = 1_000;

impl Store {
    /// From now on a question that is not answered by then ends in [`StoreError::TooLong`]; `None` lets it take its time.
    pub fn set_deadline(&mut self, deadline: Option<Instant>) -> Result<(), StoreError> {
        let set = match deadline {
            Some(deadline) => self.connection.progress_handler(STEPS, Some(move || Instant::now() > deadline)),
            None => self.connection.progress_handler(0, None::<fn() -> bool>),
        };
        self.sql(set)
    }

    /// Runs `read` on one state of the store, whatever is written meanwhile.
    pub fn snapshot<T>(&self, read: impl FnOnce() -> T) -> Result<T, StoreError> {
        self.sql(self.connection.execute_batch("BEGIN"))?;
        let value = read();
        // A question that was cut short has ended the transaction already.
        if !self.connection.is_autocommit() {
            self.sql(self.connection.execute_batch("ROLLBACK"))?;
        }
        Ok(value)
    }

    /// A number that changes whenever somebody else has written; it has a meaning for this open store only.
    pub fn state(&self) -> Result<i64, StoreError> {
        self.sql(self.connection.query_row("PRAGMA data_version", [], |row| row.get(0)))
    }

    /// The stories whose ids begin so, at most so many.
    pub fn stories_beginning(&self, id: &str, most: usize) -> Result<Vec<Story>, StoreError> {
        self.rows(
            "SELECT row FROM story WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT ?2",
            &[&id, &(most as i64)],
        )
    }

    /// The story of an article.
    pub fn story_of(&self, article: &str) -> Result<Option<Story>, StoreError> {
        let query = "SELECT row FROM article JOIN story_article ON story_article.article = article.n
                     JOIN story ON story.n = story_article.story WHERE article.id = ?";
        Ok(self.rows(query, &[&article])?.pop())
    }

    /// The accounts that a story's articles root, in the order of their roots.
    pub fn accounts_in(&self, story: &str) -> Result<Vec<Account>, StoreError> {
        self.rows(
            "SELECT account.row FROM story JOIN story_article ON story_article.story = story.n
             JOIN account ON account.root = story_article.article JOIN article ON article.n = account.root
             WHERE story.id = ? ORDER BY article.id",
            &[&story],
        )
    }

    /// The families of a story's articles, in the order of ids.
    pub fn families_in(&self, story: &str) -> Result<Vec<Family>, StoreError> {
        self.rows(
            "SELECT row FROM family WHERE n IN (
                 SELECT family FROM story JOIN story_article ON story_article.story = story.n
                 JOIN family_member ON family_member.article = story_article.article WHERE story.id = ?)
             ORDER BY id",
            &[&story],
        )
    }

    /// The family with this id.
    pub fn family(&self, id: &str) -> Result<Option<Family>, StoreError> {
        Ok(self.rows("SELECT row FROM family WHERE id = ?", &[&id])?.pop())
    }

    /// The quotation with this id.
    pub fn quote(&self, id: &str) -> Result<Option<Quote>, StoreError> {
        Ok(self.rows("SELECT row FROM quote WHERE id = ?", &[&id])?.pop())
    }

    /// The quotations that an article carries.
    pub fn quotes_on(&self, article: &str) -> Result<Vec<Quote>, StoreError> {
        self.rows(
            "SELECT quote.row FROM article JOIN quote_article ON quote_article.article = article.n
             JOIN quote ON quote.n = quote_article.quote WHERE article.id = ? ORDER BY quote.n",
            &[&article],
        )
    }

    /// The related pairs that are told of which one article at least is in a story, in the order of ids.
    pub fn pairs_in(&self, story: &str) -> Result<Vec<StoredPair>, StoreError> {
        self.pairs_where(
            "JOIN (SELECT a AS x, b AS y FROM story JOIN story_article ON story_article.story = story.n
                   JOIN pair ON pair.a = story_article.article WHERE story.id = ?1
                   UNION SELECT a, b FROM story JOIN story_article ON story_article.story = story.n
                   JOIN pair ON pair.b = story_article.article WHERE story.id = ?1) ON x = a AND y = b
             WHERE claimed",
            &[&story],
        )
    }

    /// The heads of these articles, in the order of ids.
    pub fn heads_of<'a>(&self, ids: impl IntoIterator<Item = &'a ArticleId>) -> Result<Vec<ArticleHead>, StoreError> {
        let ids: Vec<&str> = ids.into_iter().map(ArticleId::as_str).collect();
        let list = serde_json::to_string(&ids).unwrap_or_default();
        self.heads_where("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", &[&list])
    }

    /// The stories that are asked for, from `onward` on, at most so many.
    pub fn story_cards(
        &self,
        filter: &StoryFilter,
        onward: Option<&Onward>,
        most: usize,
    ) -> Result<Vec<StoryCard>, StoreError> {
        let key = match filter.order {
            StoryOrder::Newest => "until",
            StoryOrder::Copied => "copies",
            StoryOrder::Disputed => "disputes",
        };
        let (mut conditions, mut values) = self.conditions(filter)?;
        if let Some(Onward { key: after, id }) = onward {
            let numeric = filter.order != StoryOrder::Newest;
            let after = if numeric { Value::Integer(after.parse().unwrap_or(0)) } else { Value::Text(after.clone()) };
            conditions.push(format!("({key} < ? OR {key} = ? AND id > ?)"));
            values.extend([after.clone(), after, Value::Text(id.clone())]);
        }
        let filter = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        values.push(Value::Integer(most as i64));
        let query = format!(
            "SELECT row, copies, altered, disputes, {key}, id FROM story WHERE {filter} ORDER BY {key} DESC, id LIMIT ?"
        );
        let read = || {
            let mut statement = self.connection.prepare_cached(&query)?;
            let rows = statement.query_map(params_from_iter(&values), |row| {
                let key = match row.get::<_, Value>(4)? {
                    Value::Integer(number) => number.to_string(),
                    Value::Text(text) => text,
                    _ => String::new(),
                };
                let counts = (row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?);
                Ok((row.get::<_, String>(0)?, counts, Onward { key, id: row.get(5)? }))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let card = |(row, (copies, altered, disputes), onward): (String, (i64, i64, i64), Onward)| {
            let (copies, altered, disputes) = (copies as usize, altered as usize, disputes as usize);
            Ok(StoryCard { story: self.parse(&row)?, copies, altered, disputes, onward })
        };
        self.sql(read())?.into_iter().map(card).collect()
    }

    /// How many stories are asked for, counted up to `most`.
    pub fn count_stories(&self, filter: &StoryFilter, most: usize) -> Result<usize, StoreError> {
        let (conditions, mut values) = self.conditions(filter)?;
        let filter = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        values.push(Value::Integer(most as i64));
        let query = format!("SELECT count(*) FROM (SELECT 1 FROM story WHERE {filter} LIMIT ?)");
        let read = || self.connection.prepare_cached(&query)?.query_row(params_from_iter(&values), |row| row.get(0));
        self.sql(read()).map(|count: i64| count as usize)
    }

    /// What a filter asks of the table `story`, and the values for it.
    fn conditions(&self, filter: &StoryFilter) -> Result<(Vec<String>, Vec<Value>), StoreError> {
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        let mut add = |condition: &str, value: &Option<String>| {
            if let Some(value) = value {
                conditions.push(condition.to_owned());
                values.push(Value::Text(value.clone()));
            }
        };
        // Of few articles the stories are looked up; of many, some are met soon where the stories are gone through.
        let many = |size: Option<usize>| size.is_some_and(|size| size > MOST_LOOKED_UP);
        let publishes = match &filter.source {
            Some(name) if many(self.source(name)?.map(|source| source.articles)) => {
                "EXISTS (SELECT 1 FROM story_article JOIN article ON article.n = story_article.article
                         WHERE story_article.story = story.n AND publisher = ?)"
            }
            _ => {
                "n IN (SELECT story FROM article JOIN story_article ON story_article.article = article.n
                       WHERE publisher = ?)"
            }
        };
        add(publishes, &filter.source);
        let is_cited = match &filter.speaker {
            Some(name) if many(self.speaker(name)?.map(|speaker| speaker.articles)) => {
                "EXISTS (SELECT 1 FROM story_article JOIN said_by ON said_by.article = story_article.article
                         WHERE story_article.story = story.n AND speaker = ?)"
            }
            _ => {
                "n IN (SELECT story FROM said_by JOIN story_article ON story_article.article = said_by.article
                       WHERE speaker = ?)"
            }
        };
        add(is_cited, &filter.speaker);
        add("until >= ?", &filter.after);
        add("since <> '' AND since <= ?", &filter.before);
        Ok((conditions, values))
    }

    /// The sources, those with most articles first, from `onward` on.
    pub fn sources(&self, onward: Option<&Onward>, most: usize) -> Result<Vec<SourceRow>, StoreError> {
        let (key, id) = after(onward);
        self.listed(
            "SELECT name, articles, roots, own FROM source WHERE articles < ?1 OR articles = ?1 AND name > ?2
             ORDER BY articles DESC, name LIMIT ?3",
            &[&key, &id, &(most as i64)],
            source_row,
        )
    }

    /// One source.
    pub fn source(&self, name: &str) -> Result<Option<SourceRow>, StoreError> {
        let query = "SELECT name, articles, roots, own FROM source WHERE name = ?";
        Ok(self.listed(query, &[&name], source_row)?.pop())
    }

    /// Whom a source copies, and who copies it, most pages first.
    pub fn copies_of_source(&self, name: &str, most: usize) -> Result<[Vec<SourceCopy>; 2], StoreError> {
        let side = |column: &str| {
            let query = format!(
                "SELECT source, copy, pages, lag FROM source_copy WHERE {column} = ?1 ORDER BY pages DESC, source, copy LIMIT ?2"
            );
            self.listed(&query, &[&name, &(most as i64)], source_copy)
        };
        Ok([side("copy")?, side("source")?])
    }

    /// Who copies whom most, between different sources.
    pub fn network(&self, most: usize) -> Result<Vec<SourceCopy>, StoreError> {
        self.listed(
            "SELECT source, copy, pages, lag FROM source_copy WHERE source <> copy ORDER BY pages DESC, source, copy LIMIT ?",
            &[&(most as i64)],
            source_copy,
        )
    }

    /// Whether the words that two articles have in common were found and aligned, told or not.
    pub fn is_verified(&self, a: &str, b: &str) -> Result<bool, StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM pair WHERE a = (SELECT n FROM article WHERE id = ?1)
                                    AND b = (SELECT n FROM article WHERE id = ?2))";
        let read = |a, b| self.connection.query_row(query, [a, b], |row| row.get::<_, bool>(0));
        Ok(self.sql(read(a, b))? || self.sql(read(b, a))?)
    }

    /// Some pairs of which the first source was copied by the second: the ids of both articles.
    pub fn pairs_between(
        &self,
        source: &str,
        copy: &str,
        most: usize,
    ) -> Result<Vec<(ArticleId, ArticleId)>, StoreError> {
        // From the copier's articles on: each has few pairs.
        self.listed(
            "SELECT older.id, newer.id FROM article AS newer
             JOIN pair ON pair.a = newer.n AND direction = 'b->a' OR pair.b = newer.n AND direction = 'a->b'
             JOIN article AS older ON older.n = CASE WHEN pair.a = newer.n THEN pair.b ELSE pair.a END
             WHERE newer.publisher = ?2 AND older.publisher = ?1 AND claimed AND certainty >= 0.75
                   AND relation <> 'shared-quote' LIMIT ?3",
            &[&source, &copy, &(most as i64)],
            |row| Ok((ArticleId::from(row.get::<_, String>(0)?), ArticleId::from(row.get::<_, String>(1)?))),
        )
    }

    /// The articles of a source, the latest first, at most so many.
    pub fn articles_of_source(&self, name: &str, most: usize) -> Result<Vec<ArticleHead>, StoreError> {
        self.heads_where("WHERE publisher = ?1 ORDER BY day DESC, id LIMIT ?2", &[&name, &(most as i64)])
    }

    /// Those who are cited, on most articles first, from `onward` on.
    pub fn speakers(&self, onward: Option<&Onward>, most: usize) -> Result<Vec<SpeakerRow>, StoreError> {
        let (key, id) = after(onward);
        self.listed(
            "SELECT name, articles, claims FROM speaker WHERE articles < ?1 OR articles = ?1 AND name > ?2
             ORDER BY articles DESC, name LIMIT ?3",
            &[&key, &id, &(most as i64)],
            speaker_row,
        )
    }

    /// Somebody who is cited.
    pub fn speaker(&self, name: &str) -> Result<Option<SpeakerRow>, StoreError> {
        let query = "SELECT name, articles, claims FROM speaker WHERE name = ?";
        Ok(self.listed(query, &[&name], speaker_row)?.pop())
    }

    /// The articles on which somebody is cited, the latest first, at most so many.
    pub fn articles_citing(&self, speaker: &str, most: usize) -> Result<Vec<ArticleHead>, StoreError> {
        self.heads_where(
            "WHERE n IN (SELECT article FROM said_by WHERE speaker = ?1 ORDER BY day DESC, article LIMIT ?2)
             ORDER BY day DESC, id",
            &[&speaker, &(most as i64)],
        )
    }

    /// The articles that came in more than one version, the latest first.
    pub fn edited(&self, most: usize) -> Result<Vec<ArticleHead>, StoreError> {
        self.heads_where("WHERE version > 1 ORDER BY day DESC, id LIMIT ?", &[&(most as i64)])
    }

    /// Ids of articles in which all these words occur and for which the rest holds, the best match first; and whether so
    /// many have the words that only those were ranked that came last. Without words, the latest.
    pub fn find(&self, words: &[&str], found: &Found, most: usize) -> Result<(Vec<ArticleId>, bool), StoreError> {
        let mut conditions = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let mut add = |condition: &str, value: &Option<String>| {
            if let Some(value) = value {
                conditions.push(condition.to_owned());
                values.push(Value::Text(value.clone()));
            }
        };
        add("article.publisher = ?", &found.source);
        add("article.n IN (SELECT article FROM said_by WHERE speaker = ?)", &found.speaker);
        add("article.day >= ?", &found.after);
        add("article.day <= ?", &found.before);
        let filter = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        if words.is_empty() {
            values.push(Value::Integer(most as i64));
            let query = format!("SELECT id FROM article WHERE {filter} ORDER BY day DESC, id LIMIT ?");
            return Ok((self.ids(&query, &values)?.into_iter().map(|(id, _)| id).collect(), false));
        }
        let quoted: Vec<String> = words.iter().map(|word| crate::read::quoted(word)).collect();
        values.insert(0, Value::Text(quoted.join(" ")));
        values.push(Value::Integer(MOST_RANKED));
        let query = format!(
            "SELECT article.id, bm25(search, 4.0, 1.0) FROM search JOIN article ON article.n = search.rowid
             WHERE search MATCH ? AND {filter} ORDER BY search.rowid DESC LIMIT ?"
        );
        let mut ranked = self.ids(&query, &values)?;
        let cut = ranked.len() as i64 == MOST_RANKED;
        ranked.sort_by(|(one, a), (other, b)| a.total_cmp(b).then_with(|| one.cmp(other)));
        ranked.truncate(most);
        Ok((ranked.into_iter().map(|(id, _)| id).collect(), cut))
    }

    fn ids(&self, query: &str, values: &[Value]) -> Result<Vec<(ArticleId, f64)>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(query)?;
            let ranked = statement.column_count() > 1;
            let rows = statement.query_map(params_from_iter(values), |row| {
                let rank = if ranked { row.get(1)? } else { 0.0 };
                Ok((ArticleId::from(row.get::<_, String>(0)?), rank))
            })?;
            rows.collect()
        };
        self.sql(read())
    }

    /// How many articles, stories and accounts there were when stories were last derived.
    pub fn counts(&self) -> Result<[usize; 3], StoreError> {
        match self.meta("counts")? {
            Some(counts) => self.parse(&counts),
            None => Ok([self.count()?, 0, 0]),
        }
    }

    /// Quotations that were altered, those of the latest stories first.
    pub fn altered_lately(&self, most: usize) -> Result<Vec<(Story, Quote)>, StoreError> {
        self.lately(
            "SELECT story.row, quote.row FROM story JOIN quote ON quote.story = story.n AND quote.altered
             WHERE story.altered > 0 ORDER BY until DESC, story.id LIMIT ?",
            most,
        )
    }

    /// Statements that more than one account makes, those of the latest stories first.
    pub fn confirmed_lately(&self, most: usize) -> Result<Vec<(Story, Statement)>, StoreError> {
        self.lately(
            "SELECT story.row, statement.row FROM story JOIN statement ON statement.story = story.n
             WHERE confirmed > 0 AND json_extract(statement.row, '$.accounts') > 1
             ORDER BY until DESC, story.id LIMIT ?",
            most,
        )
    }

    fn lately<T: DeserializeOwned>(&self, query: &str, most: usize) -> Result<Vec<(Story, T)>, StoreError> {
        let rows: Vec<(String, String)> =
            self.listed(query, &[&(most as i64)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.into_iter().map(|(story, of)| Ok((self.parse(&story)?, self.parse(&of)?))).collect()
    }

    pub(crate) fn listed<T>(
        &self,
        query: &str,
        values: &[&dyn rusqlite::ToSql],
        row: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let read = || self.connection.prepare_cached(query)?.query_map(values, row)?.collect();
        self.sql(read())
    }

    /// The story's id of an article.
    pub fn story_id_of(&self, article: &str) -> Result<Option<String>, StoreError> {
        let query = "SELECT story.id FROM article JOIN story_article ON story_article.article = article.n
                     JOIN story ON story.n = story_article.story WHERE article.id = ?";
        let read = || self.connection.prepare_cached(query)?.query_row([article], |row| row.get(0)).optional();
        self.sql(read())
    }
}

/// The values from which a list by number and name goes on.
fn after(onward: Option<&Onward>) -> (i64, String) {
    match onward {
        Some(Onward { key, id }) => (key.parse().unwrap_or(0), id.clone()),
        None => (i64::MAX, String::new()),
    }
}

fn source_row(row: &Row) -> rusqlite::Result<SourceRow> {
    let (articles, roots) = (row.get::<_, i64>(1)? as usize, row.get::<_, i64>(2)? as usize);
    Ok(SourceRow { name: row.get(0)?, articles, roots, own: row.get(3)? })
}

fn source_copy(row: &Row) -> rusqlite::Result<SourceCopy> {
    Ok(SourceCopy { source: row.get(0)?, copy: row.get(1)?, pages: row.get::<_, i64>(2)? as usize, lag: row.get(3)? })
}

fn speaker_row(row: &Row) -> rusqlite::Result<SpeakerRow> {
    let (articles, claims) = (row.get::<_, i64>(1)? as usize, row.get::<_, i64>(2)? as usize);
    Ok(SpeakerRow { name: row.get(0)?, articles, claims })
}
