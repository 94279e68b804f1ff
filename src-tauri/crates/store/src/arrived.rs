//! What became known here since one last looked, and what was written between two moments.

use crate::{Store, StoreError, TrailRow, rows};
use moisson_domain::{EntityId, Kind};

impl Store {
    /// The entities of a kind that were noted or taken in after this change, whatever became of them since.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn known_since(&self, kind: Kind, mark: i64) -> Result<Vec<EntityId>, StoreError> {
        let sql = "SELECT entity FROM change WHERE n > ?1 AND kind = ?2 AND later IS NULL";
        self.rows(sql, (mark, kind.name()), |row| Ok(EntityId::from_bytes(row.get(0)?)))
    }

    /// Calls `each` with the changes to entities of these kinds that were written after one moment and up to another by the
    /// clocks of their laptops (milliseconds since 1970), oldest first.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn trail_between(
        &self,
        kinds: &[Kind],
        after: i64,
        until: i64,
        mut each: impl FnMut(TrailRow),
    ) -> Result<(), StoreError> {
        let names = kinds.iter().map(|kind| format!("'{}'", kind.name())).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT {} FROM change WHERE wall > ?1 AND wall <= ?2 AND kind IN ({names}) ORDER BY clock, id",
            rows::COLUMNS
        );
        let mut run = || -> rusqlite::Result<()> {
            let mut query = self.conn.prepare(&sql)?;
            let mut found = query.query((after, until))?;
            while let Some(row) = found.next()? {
                each(self.told(rows::change(row)?)?);
            }
            Ok(())
        };
        run().map_err(|source| self.failed(source))
    }
}
