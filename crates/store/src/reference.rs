use rusqlite::params;
use wirecopy_model::ArticleId;

use crate::{Store, StoreError};

impl Store {
    /// Puts these articles into the reference set, each by its own id or one under which a version of it came.
    pub fn add_references<'a>(&mut self, ids: impl IntoIterator<Item = &'a ArticleId>) -> Result<(), StoreError> {
        self.transaction(|tx| {
            let mut add = tx.prepare_cached(
                "INSERT OR IGNORE INTO reference
                 SELECT coalesce((SELECT article FROM alias WHERE id = ?1), (SELECT n FROM article WHERE id = ?1))
                 WHERE EXISTS (SELECT 1 FROM alias WHERE id = ?1) OR EXISTS (SELECT 1 FROM article WHERE id = ?1)",
            )?;
            for id in ids {
                add.execute(params![id.as_str()])?;
            }
            Ok(())
        })
    }

    /// The reference set, in the order of ids.
    pub fn references(&self) -> Result<Vec<ArticleId>, StoreError> {
        self.references_after(None, usize::MAX)
    }

    /// The reference set in the order of ids, from behind this one on, at most so many.
    pub fn references_after(&self, id: Option<&str>, most: usize) -> Result<Vec<ArticleId>, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.listed(
            "SELECT id FROM reference JOIN article ON article.n = reference.article WHERE id > ?1 ORDER BY id LIMIT ?2",
            &[&id.unwrap_or_default(), &most],
            |row| Ok(ArticleId::from(row.get::<_, String>(0)?)),
        )
    }

    /// Whether an article is of the reference set.
    pub fn is_reference(&self, id: &str) -> Result<bool, StoreError> {
        let query =
            "SELECT EXISTS (SELECT 1 FROM reference JOIN article ON article.n = reference.article WHERE id = ?)";
        self.sql(self.connection.query_row(query, [id], |row| row.get(0)))
    }

    /// The latest pages outside the reference set that carry some of it: the reference text, and the page. Only what is
    /// told to be copied, not what merely quotes the same.
    pub fn carried_lately(&self, most: usize) -> Result<Vec<(ArticleId, ArticleId)>, StoreError> {
        self.listed(
            "SELECT text.id, page.id FROM reference
             JOIN pair ON pair.a = reference.article OR pair.b = reference.article
             JOIN article AS text ON text.n = reference.article
             JOIN article AS page ON page.n = CASE WHEN pair.a = text.n THEN pair.b ELSE pair.a END
             WHERE claimed AND relation <> 'shared-quote'
                   AND NOT EXISTS (SELECT 1 FROM reference AS other WHERE other.article = page.n)
             ORDER BY page.day DESC, page.id, text.id LIMIT ?",
            &[&(most as i64)],
            |row| Ok((row.get::<_, String>(0)?.into(), row.get::<_, String>(1)?.into())),
        )
    }
}
