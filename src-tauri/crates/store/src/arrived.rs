//! What became known here since one last looked.

use crate::{Store, StoreError};
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
}
