use rusqlite::{OptionalExtension, params};

use wirecopy_model::ContentId;

use crate::pack::{pack, unpack};
use crate::{Store, StoreError};

/// What a story's articles tell together, as it is kept. The store does not look into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retold {
    /// The id of the story.
    pub story: String,
    /// Of what it was worked out from.
    pub signature: u128,
    /// The timeline as JSON,
    pub timeline: String,
    /// and the disputes.
    pub disputes: String,
    /// How many disputes there are.
    pub disputed: usize,
    /// The ids of all that were found, those that the user rejected with them, and whether each is counted.
    pub ids: Vec<(ContentId, bool)>,
}

impl Store {
    /// What is kept of a story, whatever it was worked out from.
    pub fn retold(&self, story: &str) -> Result<Option<Retold>, StoreError> {
        type Row = (Vec<u8>, Vec<u8>, Vec<u8>, i64);
        let read = || {
            let mut statement = self
                .connection
                .prepare_cached("SELECT signature, timeline, disputes, disputed FROM retold WHERE story = ?")?;
            let row = |row: &rusqlite::Row| -> rusqlite::Result<Row> {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            };
            statement.query_row([story], row).optional()
        };
        let Some((signature, timeline, disputes, disputed)) = self.sql(read())? else { return Ok(None) };
        let damaged = |why: String| self.damage(&format!("what is told of the story {story}: {why}"));
        let signature = signature.try_into().map_err(|_| damaged("its signature has another length".into()))?;
        Ok(Some(Retold {
            story: story.to_owned(),
            signature: u128::from_be_bytes(signature),
            timeline: unpack(&timeline).map_err(damaged)?,
            disputes: unpack(&disputes).map_err(damaged)?,
            disputed: disputed as usize,
            ids: Vec::new(),
        }))
    }

    /// The stories of which something is kept, each with what that was worked out from.
    pub fn retold_signatures(&self) -> Result<Vec<(String, u128)>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare("SELECT story, signature FROM retold")?;
            let rows = statement.query_map([], |row| {
                // A signature of another length is that of nothing.
                let signature = row.get::<_, Vec<u8>>(1)?.try_into().map_or(0, u128::from_be_bytes);
                Ok((row.get(0)?, signature))
            })?;
            rows.collect()
        };
        self.sql(read())
    }

    /// Keeps what these stories' articles tell, in one transaction.
    pub fn put_retold(&mut self, stories: &[Retold]) -> Result<(), StoreError> {
        self.transaction(|tx| {
            let mut put = tx.prepare_cached("INSERT OR REPLACE INTO retold VALUES (?, ?, ?, ?, ?)")?;
            let mut drop = tx.prepare_cached("DELETE FROM dispute WHERE story = ?")?;
            let mut name = tx.prepare_cached("INSERT OR REPLACE INTO dispute VALUES (?, ?, ?)")?;
            let mut count = tx.prepare_cached("UPDATE story SET disputes = ?2 WHERE id = ?1")?;
            for told in stories {
                put.execute(params![
                    told.story,
                    told.signature.to_be_bytes(),
                    pack(&told.timeline),
                    pack(&told.disputes),
                    told.disputed as i64
                ])?;
                count.execute(params![told.story, told.disputed as i64])?;
                drop.execute([&told.story])?;
                for (id, counted) in &told.ids {
                    name.execute(params![id.to_string(), told.story, counted])?;
                }
            }
            Ok(())
        })
    }

    /// Drops what is kept of stories that are no more.
    pub fn tidy_retold(&mut self) -> Result<(), StoreError> {
        self.transaction(|tx| {
            tx.execute("DELETE FROM dispute WHERE story NOT IN (SELECT id FROM story)", [])?;
            tx.execute("DELETE FROM retold WHERE story NOT IN (SELECT id FROM story)", []).map(|_| ())
        })
    }

    /// The story of a disagreement, also of one that the user rejected.
    pub fn story_of_dispute(&self, dispute: ContentId) -> Result<Option<ContentId>, StoreError> {
        let query = "SELECT story FROM dispute WHERE id = ?";
        let found = self.connection.query_row(query, [dispute.to_string()], |row| row.get::<_, String>(0));
        Ok(self.sql(found.optional())?.and_then(|story| story.parse().ok()))
    }

    /// The disagreements that were found in a story, those that the user rejected with them, in the order of ids.
    pub fn disputes_of(&self, story: &str) -> Result<Vec<ContentId>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare_cached("SELECT id FROM dispute WHERE story = ? ORDER BY id")?;
            statement.query_map([story], |row| row.get(0))?.collect()
        };
        Ok(self.sql(read())?.iter().filter_map(|id| id.parse().ok()).collect())
    }
}
