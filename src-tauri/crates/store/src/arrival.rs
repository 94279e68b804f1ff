//! A change takes its place in the journal, and its entity becomes known by it or has to be computed again.

use crate::project::First;
use moisson_journal::{Change, ChangeId};
use rusqlite::{CachedStatement, Connection, params};

/// What the arrival of a change means for its entity.
#[derive(Debug)]
pub(crate) enum Arrival {
    /// The change was here.
    Known,
    /// Its first change, and people see it, under this entity.
    Shown { parent: Option<[u8; 16]> },
    /// Its first change, and people do not see it.
    Hidden,
    /// It was known: it has to be computed again.
    Later,
}

/// Takes in changes, one after the other, with statements that are looked up once.
pub(crate) struct Arrivals<'conn> {
    conn: &'conn Connection,
    change: CachedStatement<'conn>,
    entity: CachedStatement<'conn>,
    later: CachedStatement<'conn>,
}

impl<'conn> Arrivals<'conn> {
    pub(crate) fn new(conn: &'conn Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            conn,
            change: conn.prepare_cached(
                "INSERT INTO change (id, prev, writer, seq, act, clock, wall, kind, entity, author, overwrites, body, body_hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (id) DO NOTHING",
            )?,
            entity: conn.prepare_cached(
                "INSERT INTO entity (id, origin, kind, parent, target, rank, cluster, state)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
            )?,
            later: conn.prepare_cached("UPDATE change SET later = 1 WHERE n = ?1")?,
        })
    }

    /// Takes in a change; `first` is what its entity is if there is no other.
    pub(crate) fn take(&mut self, change: &Change, first: &First) -> rusqlite::Result<Arrival> {
        if !self.insert(change)? {
            return Ok(Arrival::Known);
        }
        let n = self.conn.last_insert_rowid();
        let row = first.shown.as_ref();
        let kind = row.is_some().then_some(&change.header.kind);
        let made = self.entity.execute(params![
            change.header.entity.as_bytes(),
            n,
            kind,
            row.and_then(|row| row.parent),
            row.and_then(|row| row.target),
            row.and_then(|row| row.rank.as_ref()),
            row.and_then(|row| row.cluster.as_ref()),
            row.map(|row| &row.state).filter(|_| !first.said),
        ])?;
        if made == 0 {
            self.later.execute([n])?;
            return Ok(Arrival::Later);
        }
        Ok(row.map_or(Arrival::Hidden, |row| Arrival::Shown { parent: row.parent }))
    }

    /// `false` if the change was here.
    fn insert(&mut self, change: &Change) -> rusqlite::Result<bool> {
        let header = &change.header;
        let overwrites: Vec<(&str, ChangeId)> =
            header.overwrites.iter().map(|by| (by.field.as_str(), by.change)).collect();
        let overwrites = (!overwrites.is_empty()).then(|| serde_json::to_string(&overwrites).unwrap_or_default());
        let inserted = self.change.execute(params![
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
            change.body.is_none().then_some(header.body_hash),
        ])?;
        Ok(inserted == 1)
    }
}
