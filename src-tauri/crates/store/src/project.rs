//! The read models: recomputed, entity by entity, from the journal, in the transaction that changed it.

use crate::rows;
use moisson_domain::{DELETED, EntityId, Field, Kind};
use moisson_journal::{Change, Conflict, EntityState, resolve, resolve_first};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

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

/// What people see of an entity of which this is the only change.
#[derive(Debug)]
pub(crate) struct First {
    /// None where they see nothing.
    pub(crate) shown: Option<EntityRow>,
    /// Whether the change says all of it.
    pub(crate) said: bool,
}

impl First {
    pub(crate) fn of(change: &Change) -> Self {
        if let Some(row) = plain(change) {
            return Self { shown: Some(row), said: true };
        }
        let shown = resolve_first(change).filter(|state| state.alive).map(|state| row(&state));
        let said = shown.as_ref().is_none_or(|row| says(change, &row.state));
        Self { shown, said }
    }
}

/// Most first changes set plain values and say nothing else: what [`resolve_first`] would make of such a one is taken from
/// its words as they stand, in a fraction of the time.
fn plain(change: &Change) -> Option<EntityRow> {
    #[derive(Deserialize)]
    struct Said<'a> {
        #[serde(borrow)]
        set: BTreeMap<&'a str, &'a RawValue>,
    }
    let body = change.body.as_deref()?;
    let Said { set } = serde_json::from_str(body).ok()?;
    let mut state = String::with_capacity(body.len());
    for (field, value) in &set {
        let value = value.get();
        let text = value.starts_with('"') && !value.contains('\\');
        let whole = value.len() < 16 && value.bytes().all(|byte| byte.is_ascii_digit());
        if *field == DELETED || !(text || whole || value == "true" || value == "false") {
            return None;
        }
        state.push_str(if state.is_empty() { "{\"" } else { ",\"" });
        state.push_str(field);
        state.push_str("\":");
        state.push_str(value);
    }
    state.push('}');
    let kind = Kind::named(&change.header.kind);
    let text = |field: Field| set.get(field.name())?.get().strip_prefix('"')?.strip_suffix('"');
    let id =
        |field: Option<Field>| field.and_then(text).and_then(|id| id.parse().ok()).map(|id: EntityId| *id.as_bytes());
    says(change, &state).then(|| EntityRow {
        parent: id(kind.and_then(Kind::parent)),
        target: id(kind.and_then(Kind::target)),
        rank: text(Field::Rank).map(str::to_owned),
        cluster: text(Field::Cluster).filter(|_| kind == Some(Kind::Proposal)).map(str::to_owned),
        state,
    })
}

/// Whether a change says all of a state. Most entities are what their first change said: its words are not kept twice.
fn says(change: &Change, state: &str) -> bool {
    let set = change.body.as_deref().and_then(|body| body.strip_suffix('}')?.strip_suffix(state));
    set.is_some_and(|before| before.ends_with("\"set\":"))
}

/// Writes what people see of an entity, or that they do not.
fn show(conn: &Connection, id: EntityId, shown: Option<(&str, &EntityRow)>, origin: &Change) -> rusqlite::Result<()> {
    let row = shown.map(|(_, row)| row);
    conn.prepare_cached(
        "UPDATE entity SET kind = ?2, parent = ?3, target = ?4, rank = ?5, cluster = ?6, state = ?7 WHERE id = ?1",
    )?
    .execute(params![
        id.as_bytes(),
        shown.map(|(kind, _)| kind),
        row.and_then(|row| row.parent),
        row.and_then(|row| row.target),
        row.and_then(|row| row.rank.as_ref()),
        row.and_then(|row| row.cluster.as_ref()),
        row.map(|row| &row.state).filter(|state| !says(origin, state)),
    ])
    .map(|_| ())
}

fn write(conn: &Connection, id: EntityId, changes: &[Change]) -> rusqlite::Result<Difference> {
    let Some(origin) = changes.first() else { return Ok(Difference::default()) };
    let key = id.as_bytes();
    let before: Option<(String, String)> = conn
        .prepare_cached("SELECT kind, state FROM visible WHERE id = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
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
            // Two kinds under one id are nobody's honest work; what is seen must not depend on which came first all the same.
            difference.updated = before.is_some_and(|(kind, said)| kind != state.kind || said != row.state);
            if difference.created || difference.updated {
                show(conn, id, Some((&state.kind, &row)), origin)?;
            }
            for conflict in &state.conflicts {
                difference.conflicts_after += 1;
                conn.prepare_cached("INSERT INTO conflict (entity, field, versions) VALUES (?1, ?2, ?3)")?
                    .execute(params![key, conflict.field, versions(conflict)])?;
            }
        }
        None => {
            if before.is_some() {
                show(conn, id, None, origin)?;
                difference.updated = true;
            }
        }
    }
    Ok(difference)
}
