//! The read models: recomputed, entity by entity, from the journal, in the transaction that changed it.

use crate::rows;
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::{Change, Conflict, EntityState, resolve, resolve_first};
use rusqlite::{Connection, OptionalExtension, params};

/// What recomputing an entity did to what people see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Difference {
    pub created: bool,
    pub updated: bool,
    pub conflicts_before: u32,
    pub conflicts_after: u32,
}

/// A row of the `entity` table as the journal implies it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EntityRow {
    pub parent: Option<[u8; 16]>,
    pub target: Option<[u8; 16]>,
    pub rank: Option<String>,
    pub cluster: Option<String>,
    pub state: String,
}

/// The row for a state.
pub(crate) fn row(state: &EntityState) -> EntityRow {
    let kind = Kind::named(&state.kind);
    let id = |field: Option<Field>| field.and_then(|field| state.fields.id(field)).map(|id| *id.as_bytes());
    EntityRow {
        parent: id(kind.and_then(Kind::parent)),
        target: id(kind.and_then(Kind::target)),
        rank: state.fields.string(Field::Rank),
        cluster: if kind == Some(Kind::Proposal) { state.fields.string(Field::Cluster) } else { None },
        state: serde_json::to_string(&state.fields).unwrap_or_default(),
    }
}

/// The `versions` column of a conflict.
pub(crate) fn versions(conflict: &Conflict) -> String {
    serde_json::to_string(&conflict.versions).unwrap_or_default()
}

/// Recomputes one entity from all its changes.
pub(crate) fn entity(conn: &Connection, id: EntityId) -> rusqlite::Result<Difference> {
    let changes = rows::of_entity(conn, id)?;
    write(conn, id, &changes)
}

fn insert(conn: &Connection, id: EntityId, kind: &str, row: &EntityRow, changes: &[Change]) -> rusqlite::Result<()> {
    let EntityRow { parent, target, rank, cluster, state } = row;
    // Most entities are what one change said: its words are not kept twice.
    let said =
        |change: &&Change| change.body.as_ref().is_some_and(|body| body.ends_with(&format!("\"set\":{state}}}")));
    let origin = changes.iter().find(said).map(|change| change.id.0);
    let state = if origin.is_none() { Some(state) } else { None };
    conn.prepare_cached(
        "INSERT OR REPLACE INTO entity (id, kind, parent, target, rank, cluster, origin, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT n FROM change WHERE id = ?7), ?8)",
    )?
    .execute(params![id.as_bytes(), kind, parent, target, rank, cluster, origin, state])
    .map(|_| ())
}

/// Computes an entity from the only change there is of it; `None` if it is not visible.
pub(crate) fn first(conn: &Connection, change: &Change) -> rusqlite::Result<Option<EntityRow>> {
    let Some(state) = resolve_first(change).filter(|state| state.alive) else { return Ok(None) };
    let row = row(&state);
    insert(conn, change.header.entity, &state.kind, &row, std::slice::from_ref(change))?;
    Ok(Some(row))
}

fn write(conn: &Connection, id: EntityId, changes: &[Change]) -> rusqlite::Result<Difference> {
    let key = id.as_bytes();
    let before: Option<String> = conn
        .prepare_cached("SELECT state FROM visible WHERE id = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    let mut difference = Difference {
        conflicts_before: u32::try_from(conn.prepare_cached("DELETE FROM conflict WHERE entity = ?1")?.execute([key])?)
            .unwrap_or(u32::MAX),
        ..Difference::default()
    };
    match resolve(changes).filter(|state| state.alive) {
        Some(state) => {
            let row = row(&state);
            difference.created = before.is_none();
            difference.updated = before.is_some_and(|before| before != row.state);
            if difference.created || difference.updated {
                insert(conn, id, &state.kind, &row, changes)?;
            }
            for conflict in &state.conflicts {
                difference.conflicts_after += 1;
                conn.prepare_cached("INSERT INTO conflict (entity, field, versions) VALUES (?1, ?2, ?3)")?
                    .execute(params![key, conflict.field, versions(conflict)])?;
            }
        }
        None => {
            if before.is_some() {
                conn.prepare_cached("DELETE FROM entity WHERE id = ?1")?.execute([key])?;
                difference.updated = true;
            }
        }
    }
    Ok(difference)
}
