//! Who changed what: the journal told in the order of its clocks, with what was there before.

use crate::{Store, StoreError, rows};
use moisson_domain::EntityId;
use moisson_journal::{Change, ChangeId};
use serde_json::Value;
use std::collections::BTreeMap;

/// A change as an auditor reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct TrailRow {
    /// The change.
    pub change: ChangeId,
    /// The entity it is about.
    pub entity: EntityId,
    /// Name of its kind.
    pub kind: String,
    /// What was done, a stable code; empty where the content is not here.
    pub label: String,
    /// Wall clock of who wrote it, milliseconds since 1970.
    pub wall: i64,
    /// Pseudonym of who wrote it.
    pub author: String,
    /// Laptop it was written on.
    pub replica: String,
    /// Field by field: every value it overwrote, and the value it set.
    pub fields: BTreeMap<String, (Vec<Value>, Value)>,
    /// Whether its content is here: that of another atelier may have stayed at home.
    pub withheld: bool,
    /// Fields that it set and whose words were redacted since.
    pub erased: Vec<String>,
}

impl Store {
    /// Calls `each` with the changes of an entity, or of all, oldest first.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn trail(&self, entity: Option<EntityId>, mut each: impl FnMut(TrailRow)) -> Result<(), StoreError> {
        let mut run = || -> rusqlite::Result<()> {
            let of = if entity.is_some() { rows::OF_ENTITY } else { "?1 IS NULL" };
            let sql = format!("SELECT {} FROM change WHERE {of} ORDER BY clock, id", rows::COLUMNS);
            let mut query = self.conn.prepare(&sql)?;
            let mut found = query.query([entity.map(|id| *id.as_bytes())])?;
            while let Some(row) = found.next()? {
                each(self.told(rows::change(row)?)?);
            }
            Ok(())
        };
        run().map_err(|source| self.failed(source))
    }

    /// The latest changes to arrive, of an entity or of all, newest first, without the first `skip`.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn latest_changes(&self, entity: Option<EntityId>, skip: u32, most: u32) -> Result<Vec<TrailRow>, StoreError> {
        let run = || -> rusqlite::Result<Vec<TrailRow>> {
            let of = if entity.is_some() { rows::OF_ENTITY } else { "?1 IS NULL" };
            let columns = rows::COLUMNS;
            let sql = format!("SELECT {columns} FROM change WHERE {of} ORDER BY n DESC LIMIT ?2 OFFSET ?3");
            let mut query = self.conn.prepare_cached(&sql)?;
            let changes = query.query_map((entity.map(|id| *id.as_bytes()), most, skip), rows::change)?;
            changes.map(|change| self.told(change?)).collect()
        };
        run().map_err(|source| self.failed(source))
    }

    pub(crate) fn told(&self, change: Change) -> rusqlite::Result<TrailRow> {
        let body = change.read_body().ok().flatten();
        let withheld = change.body.is_none();
        let header = change.header;
        let mut fields: BTreeMap<String, (Vec<Value>, Value)> = BTreeMap::new();
        let label = body.as_ref().map(|body| body.label.clone()).unwrap_or_default();
        let (set, erased) = body.map(|body| (body.set, body.erased)).unwrap_or_default();
        for (field, value) in set {
            let mut before = Vec::new();
            for overwritten in header.overwrites.iter().filter(|one| one.field == field) {
                let earlier =
                    self.read_change(overwritten.change)?.and_then(|earlier| earlier.read_body().ok().flatten());
                before.extend(earlier.and_then(|earlier| earlier.set.get(&field).cloned()));
            }
            fields.insert(field, (before, value));
        }
        Ok(TrailRow {
            change: change.id,
            entity: header.entity,
            kind: header.kind,
            label,
            wall: header.wall,
            author: header.author,
            replica: self.replica_of(header.writer.0)?,
            fields,
            withheld,
            erased: erased.into_keys().collect(),
        })
    }
}
