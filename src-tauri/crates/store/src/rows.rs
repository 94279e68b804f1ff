//! A change as a row.

use moisson_domain::EntityId;
use moisson_journal::{Change, ChangeId, Clock, Header, Overwrite, WriterId, body_hash};
use rusqlite::{Connection, Row};

/// The columns that [`change`] reads, in order.
pub(crate) const COLUMNS: &str =
    "id, prev, writer, seq, act, clock, wall, kind, entity, author, overwrites, body, body_hash";

/// Which changes are those of the entity `?1`: its origin, and those that came later.
pub(crate) const OF_ENTITY: &str = "n IN (SELECT origin FROM entity WHERE id = ?1
     UNION ALL SELECT n FROM change WHERE entity = ?1 AND later = 1)";

/// The places of all changes, in the order of some columns: only those go through the sorting, not the bodies.
pub(crate) fn order_by(conn: &Connection, columns: &str) -> rusqlite::Result<Vec<i64>> {
    conn.prepare(&format!("SELECT n FROM change ORDER BY {columns}"))?.query_map([], |row| row.get(0))?.collect()
}

/// The change at a place.
pub(crate) fn at(conn: &Connection, n: i64) -> rusqlite::Result<Change> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM change WHERE n = ?1"))?.query_row([n], change)
}

/// Reads a change from [`COLUMNS`].
pub(crate) fn change(row: &Row<'_>) -> rusqlite::Result<Change> {
    let overwrites: Option<String> = row.get(10)?;
    let overwrites: Vec<(String, ChangeId)> = match overwrites {
        Some(text) => serde_json::from_str(&text).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(10, rusqlite::types::Type::Text, Box::new(error))
        })?,
        None => Vec::new(),
    };
    let body: Option<String> = row.get(11)?;
    let kept: Option<[u8; 16]> = row.get(12)?;
    let header = Header {
        prev: row.get::<_, Option<[u8; 16]>>(1)?.map(ChangeId),
        writer: WriterId(row.get(2)?),
        seq: unsigned(row, 3)?,
        act: unsigned(row, 4)?,
        clock: Clock(unsigned(row, 5)?),
        wall: row.get(6)?,
        kind: row.get(7)?,
        entity: EntityId::from_bytes(row.get(8)?),
        author: row.get(9)?,
        // A body that no longer reads proves nothing: the change does not verify.
        body_hash: kept.or_else(|| body_hash(body.as_deref()?).ok()).unwrap_or_default(),
        overwrites: overwrites.into_iter().map(|(field, change)| Overwrite { field, change }).collect(),
    };
    Ok(Change { id: ChangeId(row.get(0)?), header, body })
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

/// All changes of an entity, its origin first.
///
/// Asked in two steps: for [`OF_ENTITY`], SQLite gathers the places in a table of its own, which costs an act more than the rest
/// of its reading, and most entities are new or have one change.
pub(crate) fn of_entity(conn: &Connection, entity: EntityId) -> rusqlite::Result<Vec<Change>> {
    let key = entity.as_bytes();
    let mut changes: Vec<Change> = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM change WHERE n = (SELECT origin FROM entity WHERE id = ?1)"))?
        .query_map([key], change)?
        .collect::<Result<_, _>>()?;
    if !changes.is_empty() {
        let mut later =
            conn.prepare_cached(&format!("SELECT {COLUMNS} FROM change WHERE entity = ?1 AND later = 1 ORDER BY n"))?;
        for one in later.query_map([key], change)? {
            changes.push(one?);
        }
    }
    Ok(changes)
}
