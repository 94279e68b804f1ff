//! What is left to settle, each version with who set it, where and when.

use crate::{Store, StoreError, rows};
use moisson_domain::{DELETED, EntityId, Field};
use moisson_journal::{Change, ChangeId};
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

/// A conflict as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictRow {
    /// The entity.
    pub entity: EntityId,
    /// Name of the field.
    pub field: String,
    /// Its versions, the one shown first.
    pub versions: Vec<VersionRow>,
    /// What all of them replaced, where they started from one value.
    pub base: Option<Value>,
}

/// One version of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRow {
    /// The change that set it.
    pub change: ChangeId,
    /// The value; for a dispute over a deletion, `true` where deleted and the new values where changed.
    pub value: Value,
    /// Pseudonym of its author.
    pub author: String,
    /// Laptop it was set on.
    pub replica: String,
    /// That laptop's wall clock, milliseconds since 1970.
    pub wall: i64,
    /// The settings of the field that it replaced.
    pub replaced: Vec<ChangeId>,
}

impl Store {
    /// All conflicts.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn conflicts(&self) -> Result<Vec<ConflictRow>, StoreError> {
        let run = || -> rusqlite::Result<Vec<ConflictRow>> {
            let keys: Vec<([u8; 16], String, String)> = self
                .conn
                .prepare_cached("SELECT entity, field, versions FROM conflict ORDER BY entity, field")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<_, _>>()?;
            let mut conflicts = Vec::with_capacity(keys.len());
            for (entity, field, ids) in keys {
                let ids: Vec<ChangeId> = serde_json::from_str(&ids).unwrap_or_default();
                let versions = ids.into_iter().filter_map(|id| self.version(id, &field).transpose());
                let versions = versions.collect::<Result<Vec<_>, _>>()?;
                let base = self.base(&versions, &field)?;
                conflicts.push(ConflictRow { entity: EntityId::from_bytes(entity), versions, base, field });
            }
            Ok(conflicts)
        };
        run().map_err(|source| self.failed(source))
    }

    /// Entities that have something to settle.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn disputed(&self) -> Result<std::collections::BTreeSet<EntityId>, StoreError> {
        self.rows("SELECT DISTINCT entity FROM conflict", [], |row| row.get(0).map(EntityId::from_bytes))
    }

    /// A change by its id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchChange`], or what SQLite reports.
    pub fn change(&self, id: ChangeId) -> Result<Change, StoreError> {
        self.read_change(id).map_err(|source| self.failed(source))?.ok_or(StoreError::NoSuchChange(id))
    }

    pub(crate) fn read_change(&self, id: ChangeId) -> rusqlite::Result<Option<Change>> {
        self.conn
            .prepare_cached(&format!("SELECT {} FROM change WHERE id = ?1", rows::COLUMNS))?
            .query_row([id.0], rows::change)
            .optional()
    }

    fn version(&self, id: ChangeId, field: &str) -> rusqlite::Result<Option<VersionRow>> {
        let Some(change) = self.read_change(id)? else { return Ok(None) };
        let Ok(Some(body)) = change.read_body() else { return Ok(None) };
        let value = match body.set.get(field) {
            Some(value) => value.clone(),
            None if field == DELETED => Value::Object(body.set.into_iter().collect()),
            None => Value::Null,
        };
        Ok(Some(VersionRow {
            change: id,
            value,
            replica: self.replica_of(change.header.writer.0)?,
            author: change.header.author,
            wall: change.header.wall,
            replaced: change
                .header
                .overwrites
                .into_iter()
                .filter(|one| one.field == field)
                .map(|one| one.change)
                .collect(),
        }))
    }

    /// The value that every version replaced.
    fn base(&self, versions: &[VersionRow], field: &str) -> rusqlite::Result<Option<Value>> {
        let Some((first, others)) = versions.split_first() else { return Ok(None) };
        let common = first.replaced.iter().find(|id| others.iter().all(|other| other.replaced.contains(id)));
        let Some(change) = common.map(|id| self.read_change(*id)).transpose()?.flatten() else { return Ok(None) };
        Ok(change.read_body().ok().flatten().and_then(|mut body| body.set.remove(field)))
    }

    /// Name of the laptop a writer writes on, empty when its opening is not known yet.
    pub(crate) fn replica_of(&self, writer: [u8; 16]) -> rusqlite::Result<String> {
        replica_of(&self.conn, writer)
    }
}

pub(crate) fn replica_of(conn: &Connection, writer: [u8; 16]) -> rusqlite::Result<String> {
    let sql = format!("SELECT state ->> '{}' FROM visible WHERE id = ?1", Field::Replica.name());
    let name: Option<Option<String>> = conn.prepare_cached(&sql)?.query_row([writer], |row| row.get(0)).optional()?;
    Ok(name.flatten().unwrap_or_default())
}
