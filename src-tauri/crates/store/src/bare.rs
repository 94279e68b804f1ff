//! The yardstick of the measurements: a bare table with the same durability, and nothing of what the journal gives.

use crate::{StoreError, open::sqlite};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

/// A bare table of proposals.
#[derive(Debug)]
pub struct Bare {
    conn: Connection,
    path: PathBuf,
}

impl Bare {
    /// Makes a new file with an empty table, written as durably as a démarche.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let make = || {
            let conn = Connection::open(path)?;
            conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
            conn.pragma_update(None, "synchronous", "FULL")?;
            conn.execute_batch(
                "CREATE TABLE proposal (id BLOB PRIMARY KEY, workshop BLOB, text TEXT, place INTEGER) WITHOUT ROWID",
            )?;
            Ok(conn)
        };
        let conn = make().map_err(|source| sqlite(path, source))?;
        Ok(Self { conn, path: path.to_owned() })
    }

    /// Inserts rows in one transaction.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn insert(&mut self, rows: impl IntoIterator<Item = ([u8; 16], String)>) -> Result<(), StoreError> {
        let run = |conn: &mut Connection| {
            let tx = conn.transaction()?;
            for (id, text) in rows {
                tx.prepare_cached("INSERT INTO proposal (id, workshop, text, place) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![id, [1_u8; 16], text, 3])?;
            }
            tx.commit()
        };
        run(&mut self.conn).map_err(|source| sqlite(&self.path, source))
    }
}
