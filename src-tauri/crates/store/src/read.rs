//! Reading the visible entities.

use crate::{Store, StoreError};
use moisson_domain::{Entity, EntityId, Fields, Kind};
use rusqlite::{OptionalExtension, Params, Row, Transaction};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// The columns that [`entity`] reads, in order. Where the first change of an entity says all of it, its body is read here: SQLite
/// would take it apart and put it together again, for each of 150,000 proposals.
pub(crate) const COLUMNS: &str =
    "id, kind, state, iif(state IS NULL, (SELECT body FROM change WHERE n = origin), NULL)";

pub(crate) fn entity(row: &Row<'_>) -> rusqlite::Result<Entity> {
    let fields: Fields = stated(row, |state| serde_json::from_str(state))?;
    Ok(Entity { id: EntityId::from_bytes(row.get(0)?), kind: row.get(1)?, fields })
}

/// What `read` makes of the state of an entity.
fn stated<T>(row: &Row<'_>, read: impl FnOnce(&str) -> serde_json::Result<T>) -> rusqlite::Result<T> {
    #[derive(Deserialize)]
    struct Said<'a> {
        #[serde(borrow)]
        set: &'a RawValue,
    }
    let done = match row.get_ref(2)?.as_str_or_null()? {
        Some(state) => read(state),
        None => serde_json::from_str(row.get_ref(3)?.as_str()?).and_then(|Said { set }| read(set.get())),
    };
    done.map_err(|error| rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, Box::new(error)))
}

/// While it lives, everything that is read is of one moment.
#[must_use]
pub struct Moment<'a>(#[allow(dead_code, reason = "held, and let go")] Transaction<'a>);

impl Store {
    /// Reads of one moment, and without locking the file anew for each.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn moment(&self) -> Result<Moment<'_>, StoreError> {
        self.conn.unchecked_transaction().map(Moment).map_err(|source| self.failed(source))
    }

    /// A visible entity.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn entity(&self, id: EntityId) -> Result<Option<Entity>, StoreError> {
        self.conn
            .prepare_cached(&format!("SELECT {COLUMNS} FROM entity WHERE id = ?1 AND kind IS NOT NULL"))
            .and_then(|mut query| query.query_row([id.as_bytes()], entity).optional())
            .map_err(|source| self.failed(source))
    }

    /// All entities of a kind, in their order.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn list(&self, kind: Kind) -> Result<Vec<Entity>, StoreError> {
        self.query(&format!("SELECT {COLUMNS} FROM entity WHERE kind = ?1 ORDER BY rank, id"), [kind.name()])
    }

    /// The entities of a kind under a parent, in their order.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn children(&self, kind: Kind, parent: EntityId) -> Result<Vec<Entity>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM entity WHERE kind = ?1 AND parent = ?2 ORDER BY rank, id");
        self.query(&sql, (kind.name(), parent.as_bytes()))
    }

    /// The proposals of a rapprochement, by id.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn proposals_of_cluster(&self, cluster: EntityId) -> Result<Vec<Entity>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM entity WHERE cluster = ?1 AND kind IS NOT NULL ORDER BY id");
        self.query(&sql, [cluster.to_string()])
    }

    /// Every visible entity, by kind and order, for dumps and searches.
    ///
    /// # Errors
    /// What SQLite reports, or the first error of `each`.
    pub fn for_each(&self, kind: Option<&str>, mut each: impl FnMut(Entity)) -> Result<(), StoreError> {
        let (condition, order) = match kind {
            Some(_) => ("kind = ?1", "rank, id"),
            None => ("kind IS NOT NULL AND ?1 IS NULL", "kind, rank, id"),
        };
        let sql = format!("SELECT {COLUMNS} FROM entity WHERE {condition} ORDER BY {order}");
        let mut run = || -> rusqlite::Result<()> {
            let mut query = self.conn.prepare_cached(&sql)?;
            let mut rows = query.query([kind])?;
            while let Some(row) = rows.next()? {
                each(entity(row)?);
            }
            Ok(())
        };
        run().map_err(|source| self.failed(source))
    }

    /// What `read` makes of the state, as JSON, of every visible entity of a kind; in no order.
    ///
    /// # Errors
    /// What SQLite reports, or the first state that cannot be read.
    pub fn states<T>(
        &self,
        kind: Kind,
        mut read: impl FnMut(EntityId, &str) -> serde_json::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM entity WHERE kind = ?1");
        self.rows(&sql, [kind.name()], |row| {
            let id = EntityId::from_bytes(row.get(0)?);
            stated(row, |state| read(id, state))
        })
    }

    /// How many visible entities of each kind, by the kind's name.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn counts(&self) -> Result<Vec<(String, u32)>, StoreError> {
        self.rows("SELECT kind, count(*) FROM entity WHERE kind IS NOT NULL GROUP BY kind", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// What the visible entities of a kind hang under.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn parents(&self, kind: Kind) -> Result<BTreeSet<EntityId>, StoreError> {
        self.rows("SELECT DISTINCT parent FROM entity WHERE kind = ?1 AND parent IS NOT NULL", [kind.name()], |row| {
            row.get(0).map(EntityId::from_bytes)
        })
    }

    /// How many changes the journal holds.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn change_count(&self) -> Result<u64, StoreError> {
        self.conn
            .query_row("SELECT count(*) FROM change", [], |row| row.get::<_, i64>(0))
            .map(i64::cast_unsigned)
            .map_err(|source| self.failed(source))
    }

    /// How many changes wait for a predecessor.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn waiting_count(&self) -> Result<u32, StoreError> {
        self.conn.query_row("SELECT count(*) FROM waiting", [], |row| row.get(0)).map_err(|source| self.failed(source))
    }

    fn query(&self, sql: &str, params: impl Params) -> Result<Vec<Entity>, StoreError> {
        self.rows(sql, params, entity)
    }

    /// The rows of a query, each read by `read`.
    pub(crate) fn rows<T, C: FromIterator<T>>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<C, StoreError> {
        self.conn
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map(params, read)?.collect())
            .map_err(|source| self.failed(source))
    }
}
