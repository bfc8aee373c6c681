use rusqlite::{OptionalExtension, params};

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
            }
            Ok(())
        })
    }

    /// Drops what is kept of stories that are no more.
    pub fn tidy_retold(&mut self) -> Result<(), StoreError> {
        self.transaction(|tx| {
            tx.execute("DELETE FROM retold WHERE story NOT IN (SELECT id FROM story)", []).map(|_| ())
        })
    }
}
