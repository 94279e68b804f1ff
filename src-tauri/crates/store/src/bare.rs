//! The yardstick of the measurements: a bare table of the same proposals, durable alike and found by atelier alike, with
//! nothing of what the journal gives.

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
                "CREATE TABLE proposal (
                     id BLOB PRIMARY KEY, workshop BLOB, text TEXT, place INTEGER, origin TEXT, noted_at INTEGER
                 ) WITHOUT ROWID;
                 CREATE INDEX proposal_workshop ON proposal (workshop);",
            )?;
            Ok(conn)
        };
        let conn = make().map_err(|source| sqlite(path, source))?;
        Ok(Self { conn, path: path.to_owned() })
    }

    /// Inserts proposals (id, atelier, text) in one transaction.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn insert(&mut self, rows: impl IntoIterator<Item = ([u8; 16], [u8; 16], String)>) -> Result<(), StoreError> {
        let run = |conn: &mut Connection| {
            let tx = conn.transaction()?;
            for (id, workshop, text) in rows {
                tx.prepare_cached(
                    "INSERT INTO proposal (id, workshop, text, place, origin, noted_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![id, workshop, text, 3, "keyboard", 1_655_200_000_000_i64])?;
            }
            tx.commit()
        };
        run(&mut self.conn).map_err(|source| sqlite(&self.path, source))
    }
}
