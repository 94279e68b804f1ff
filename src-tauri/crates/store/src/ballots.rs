//! Bulletins of open votes: a bag keyed by random numbers, emptied into one urn when the vote closes.

use crate::{By, Store, StoreError, phones::counter};
use moisson_domain::EntityId;
use moisson_journal::{Act, ChangeId};
use rusqlite::params;

impl Store {
    /// Puts a bulletin in the bag and returns its key.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn cast(&mut self, ballot: EntityId, bulletin: &str, key: [u8; 16]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO bulletin (key, ballot, body) VALUES (?1, ?2, ?3)")
            .and_then(|mut insert| insert.execute(params![key, ballot.as_bytes(), bulletin]))
            .map(|_| ())
            .map_err(|source| self.failed(source))
    }

    /// Takes a bulletin back; false if there is none of that key.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn withdraw(&mut self, ballot: EntityId, key: [u8; 16]) -> Result<bool, StoreError> {
        self.conn
            .execute("DELETE FROM bulletin WHERE key = ?1 AND ballot = ?2", params![key, ballot.as_bytes()])
            .map(|rows| rows == 1)
            .map_err(|source| self.failed(source))
    }

    /// The bulletins in the bag of a vote, in the order of their random keys.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn bulletins(&self, ballot: EntityId) -> Result<Vec<([u8; 16], String)>, StoreError> {
        let sql = "SELECT key, body FROM bulletin WHERE ballot = ?1 ORDER BY key";
        self.rows(sql, [ballot.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Writes the act that closes a vote and empties its bag, in one transaction. What was counted apart meanwhile stands in the
    /// act.
    ///
    /// # Errors
    /// What SQLite reports; the bag is as it was then.
    pub fn close_bag(&mut self, ballot: EntityId, act: &Act, by: &mut By<'_>) -> Result<ChangeId, StoreError> {
        let first = self.append_with(act, by, |tx| {
            // What goes is overwritten.
            tx.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
            tx.execute("DELETE FROM card WHERE ballot = ?1", [ballot.as_bytes()])?;
            tx.execute("DELETE FROM meta WHERE key = ?1", [counter(ballot)])?;
            tx.execute("DELETE FROM bulletin WHERE ballot = ?1", [ballot.as_bytes()]).map(|_| ())
        });
        self.overwriting(|| Ok(()))?;
        let first = first?;
        // The deleted bulletins must not linger in the log.
        self.settle_log()?;
        Ok(first)
    }
}
