//! Bulletins of open votes: a bag keyed by random numbers, emptied into one urn when the vote closes.
//!
//! Who holds the file must not be able to tell which bulletin came with which card, nor which came last. After each one the
//! bag is laid down anew in the order of its random keys (SQLite puts a page's rows in the order in which they came), and the
//! log, which holds the page of the card beside that of the bulletin, is emptied.

use crate::{By, Store, StoreError, phones::counter};
use moisson_domain::EntityId;
use moisson_journal::{Act, ChangeId};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::time::Duration;

/// What became of a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recast {
    /// In the bag, perhaps in place of an earlier one.
    Done,
    /// No such card.
    CardUnknown,
    /// A card that was used.
    CardSpent,
}

impl Store {
    /// Puts a bulletin in the bag under a new key.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn cast(&mut self, ballot: EntityId, bulletin: &str, key: [u8; 16]) -> Result<(), StoreError> {
        self.in_bag(|tx| put(tx, ballot, bulletin, key))
    }

    /// Puts a bulletin in the bag, in place of the one of the same key. A new one uses a card, where one is given.
    ///
    /// # Errors
    /// What SQLite reports; bag and cards are as they were then.
    pub fn recast(
        &mut self,
        ballot: EntityId,
        bulletin: &str,
        key: [u8; 16],
        card: Option<[u8; 16]>,
    ) -> Result<Recast, StoreError> {
        self.in_bag(|tx| {
            let again = tx
                .prepare_cached("UPDATE bulletin SET body = ?3 WHERE key = ?1 AND ballot = ?2")?
                .execute(params![key, ballot.as_bytes(), bulletin])?;
            if again == 1 {
                return Ok(Recast::Done);
            }
            if let Some(hash) = card {
                let spent: Option<bool> = tx
                    .prepare_cached("SELECT spent FROM card WHERE hash = ?1 AND ballot = ?2")?
                    .query_row(params![hash, ballot.as_bytes()], |row| row.get(0))
                    .optional()?;
                match spent {
                    None => return Ok(Recast::CardUnknown),
                    Some(true) => return Ok(Recast::CardSpent),
                    Some(false) => tx.prepare_cached("UPDATE card SET spent = 1 WHERE hash = ?1")?.execute([hash])?,
                };
            }
            put(tx, ballot, bulletin, key).map(|()| Recast::Done)
        })
    }

    /// Takes a bulletin back; false if there is none of that key.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn withdraw(&mut self, ballot: EntityId, key: [u8; 16]) -> Result<bool, StoreError> {
        self.in_bag(|tx| {
            tx.execute("DELETE FROM bulletin WHERE key = ?1 AND ballot = ?2", params![key, ballot.as_bytes()])
                .map(|rows| rows == 1)
        })
    }

    /// Alters the bag in one transaction, and leaves no trace of the order in which it was altered.
    fn in_bag<T>(&mut self, run: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let done = self.overwriting(|| {
            let tx = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
            let before = tx.total_changes();
            let done = run(&tx)?;
            if tx.total_changes() > before {
                lay_anew(&tx)?;
            }
            tx.commit().map(|()| done)
        })?;
        // Should someone be reading, or the disk refuse, the log is emptied after the next bulletin, or when the vote closes: nobody
        // waits for it, and a bulletin that is kept is not told as lost, or it would be typed again.
        self.conn.busy_timeout(Duration::ZERO).ok();
        self.settle_log().ok();
        self.conn.busy_timeout(crate::open::PATIENCE).ok();
        Ok(done)
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

fn put(tx: &Transaction<'_>, ballot: EntityId, bulletin: &str, key: [u8; 16]) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT INTO bulletin (key, ballot, body) VALUES (?1, ?2, ?3)")?
        .execute(params![key, ballot.as_bytes(), bulletin])
        .map(|_| ())
}

/// Takes every bulletin out and puts them back in the order of their keys: some hundreds of rows at most, while a room votes.
fn lay_anew(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut all = tx.prepare_cached("SELECT key, ballot, body FROM bulletin ORDER BY key")?;
    let laid = all
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<Vec<([u8; 16], [u8; 16], String)>>>()?;
    tx.prepare_cached("DELETE FROM bulletin")?.execute([])?;
    laid.into_iter().try_for_each(|(key, ballot, body)| put(tx, EntityId::from_bytes(ballot), &body, key))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

    use super::*;
    use crate::NewFile;
    use std::fs;

    const BALLOT: [u8; 16] = [7; 16];

    /// A vote with forty cards, of which thirty are used by thirty bulletins; the bulletins' keys, as they came.
    fn voted(folder: &std::path::Path) -> (Store, Vec<[u8; 16]>) {
        let path = folder.join("a.moisson");
        let new = NewFile { process: EntityId::from_bytes([9; 16]), replica: "L1".into() };
        let mut store = Store::create(&path, &new).unwrap();
        let ballot = EntityId::from_bytes(BALLOT);
        let keys: Vec<[u8; 16]> = (0..40_u8).map(|at| [at.wrapping_mul(167).wrapping_add(13); 16]).collect();
        store.put_cards(ballot, &keys).unwrap();
        let came = keys[..30].to_vec();
        for (at, key) in came.iter().enumerate() {
            let card = Some(keys[29 - at]);
            assert_eq!(store.recast(ballot, &format!("bulletin-{:02x}.", key[0]), *key, card).unwrap(), Recast::Done);
        }
        (store, came)
    }

    /// Where each bulletin's words stand in these bytes.
    fn places(bytes: &[u8], keys: &[[u8; 16]]) -> Vec<Vec<usize>> {
        let words = keys.iter().map(|key| format!("bulletin-{:02x}.", key[0]).into_bytes());
        words
            .map(|words| (0..bytes.len() - words.len()).filter(|at| bytes[*at..].starts_with(&words)).collect())
            .collect()
    }

    #[test]
    fn the_file_holds_each_bulletin_once_in_the_order_of_random_keys_and_the_log_none() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, came) = voted(folder.path());
        let changed = came[3];
        store.recast(EntityId::from_bytes(BALLOT), "bulletin-zz.", changed, None).unwrap();
        assert!(store.withdraw(EntityId::from_bytes(BALLOT), came[5]).unwrap());
        let log = folder.path().join("a.moisson-wal");
        assert_eq!(fs::metadata(&log).map_or(0, |log| log.len()), 0, "the log is empty after each bulletin");
        let mut keys: Vec<_> = came.iter().copied().filter(|key| *key != changed && *key != came[5]).collect();
        keys.sort_unstable();
        let bytes = fs::read(&store.path).unwrap();
        let stand: Vec<usize> = places(&bytes, &keys)
            .into_iter()
            .map(|at| at[..].try_into().map(|[one]: [usize; 1]| one).unwrap())
            .collect();
        // SQLite fills a page from its end.
        assert!(stand.is_sorted_by(|one, next| one > next), "{stand:?}");
        assert!(
            places(&bytes, &[changed, came[5]]).iter().all(Vec::is_empty),
            "what was replaced or withdrawn is overwritten"
        );
    }
}
