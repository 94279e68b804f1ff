//! A change as a row.

use moisson_domain::EntityId;
use moisson_journal::{Change, ChangeId, Clock, Header, Overwrite, WriterId};
use rusqlite::{Connection, Row, params};

/// The columns that [`change`] reads, in order.
pub(crate) const COLUMNS: &str =
    "id, prev, writer, seq, act, clock, wall, kind, entity, author, overwrites, body, body_hash";

/// Reads a change from [`COLUMNS`].
pub(crate) fn change(row: &Row<'_>) -> rusqlite::Result<Change> {
    let overwrites: Option<String> = row.get(10)?;
    let overwrites: Vec<(String, ChangeId)> = match overwrites {
        Some(text) => serde_json::from_str(&text).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(10, rusqlite::types::Type::Text, Box::new(error))
        })?,
        None => Vec::new(),
    };
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
        body_hash: row.get(12)?,
        overwrites: overwrites.into_iter().map(|(field, change)| Overwrite { field, change }).collect(),
    };
    Ok(Change { id: ChangeId(row.get(0)?), header, body: row.get(11)? })
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

/// Inserts a change; `false` if it was there.
pub(crate) fn insert(conn: &Connection, change: &Change) -> rusqlite::Result<bool> {
    let header = &change.header;
    let overwrites: Vec<(&str, ChangeId)> = header.overwrites.iter().map(|by| (by.field.as_str(), by.change)).collect();
    let overwrites = (!overwrites.is_empty()).then(|| serde_json::to_string(&overwrites).unwrap_or_default());
    conn.prepare_cached(
        "INSERT INTO change (id, prev, writer, seq, act, clock, wall, kind, entity, author, overwrites, body, body_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![
        change.id.0,
        header.prev.map(|id| id.0),
        header.writer.0,
        header.seq.cast_signed(),
        header.act.cast_signed(),
        header.clock.0.cast_signed(),
        header.wall,
        header.kind,
        header.entity.as_bytes(),
        header.author,
        overwrites,
        change.body,
        header.body_hash,
    ])
    .map(|inserted| inserted == 1)
}

/// All changes of an entity.
pub(crate) fn of_entity(conn: &Connection, entity: EntityId) -> rusqlite::Result<Vec<Change>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM change WHERE entity = ?1"))?
        .query_map([entity.as_bytes()], change)?
        .collect()
}
