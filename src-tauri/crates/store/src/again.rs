//! What is asked of proposals while a room speaks: how often each was said again, what ties them, what changed.

use crate::{Store, StoreError, read::COLUMNS};
use moisson_domain::{Entity, EntityId, Kind};

/// A support counts for one unless it says otherwise; what another program wrote there is read as a number or as nothing.
const TIMES: &str = "CAST(total(min(max(CAST(coalesce(s.state ->> 'count', 1) AS INTEGER), 0), 100000)) AS INTEGER)";

impl Store {
    /// How often the proposals of an atelier, or of all, were said again; those that never were are left out.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn supports(&self, workshop: Option<EntityId>) -> Result<Vec<(EntityId, u32)>, StoreError> {
        let sql = format!(
            "SELECT p.id, {TIMES} FROM entity p JOIN visible s ON s.kind = 'support' AND s.parent = p.id
             WHERE p.kind = 'proposal' AND (?1 IS NULL OR p.parent = ?1) GROUP BY p.id"
        );
        self.rows(&sql, [workshop.as_ref().map(EntityId::as_bytes)], |row| {
            Ok((EntityId::from_bytes(row.get(0)?), row.get(1)?))
        })
    }

    /// The entities of a kind whose other end is this one.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn ending_at(&self, kind: Kind, target: EntityId) -> Result<Vec<Entity>, StoreError> {
        let sql = &format!("SELECT {COLUMNS} FROM entity WHERE target = ?1 AND kind = ?2 ORDER BY id");
        self.rows(sql, (target.as_bytes(), kind.name()), crate::read::entity)
    }

    /// The entities of a kind that changes after this one touched, and the latest change: what to give next time. Changes
    /// whose content comes later (a fuller dossier) or goes (a redaction) are not among them.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn changed_since(&self, kind: Kind, mark: i64) -> Result<(Vec<EntityId>, i64), StoreError> {
        let latest = self.latest_change()?;
        let sql = "SELECT DISTINCT entity FROM change WHERE n > ?1 AND n <= ?2 AND kind = ?3";
        let changed = self.rows(sql, (mark, latest, kind.name()), |row| Ok(EntityId::from_bytes(row.get(0)?)))?;
        Ok((changed, latest))
    }

    /// The latest change, as [`Store::changed_since`] counts them.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn latest_change(&self) -> Result<i64, StoreError> {
        self.conn
            .prepare_cached("SELECT coalesce(max(n), 0) FROM change")
            .and_then(|mut query| query.query_row([], |row| row.get(0)))
            .map_err(|source| self.failed(source))
    }
}
