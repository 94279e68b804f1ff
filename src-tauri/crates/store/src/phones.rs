//! What phones need of the file: invitations, what they sent already, proposals held for moderation, cards.

use crate::{By, Store, StoreError};
use moisson_domain::EntityId;
use moisson_journal::Act;
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use std::collections::HashMap;

/// An invitation as the file keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptInvitation {
    /// Token of the link.
    pub token: String,
    /// Word on the wall.
    pub word: String,
    /// Port it was last opened on; 0 for none yet.
    pub port: u16,
}

/// What became of something that a phone sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownEntry {
    /// It is this entity.
    Became(EntityId),
    /// It waits to be read.
    Held,
    /// It was set aside.
    Refused,
}

/// A proposal that waits to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEntry {
    /// Hash of the phone's number.
    pub key: [u8; 16],
    /// Table, if said.
    pub table: Option<u32>,
    /// The words.
    pub text: String,
}

impl Store {
    /// The invitation to an atelier's room, if one was made.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn invitation(&self, workshop: EntityId) -> Result<Option<KeptInvitation>, StoreError> {
        self.conn
            .query_row("SELECT token, word, port FROM invitation WHERE workshop = ?1", [workshop.as_bytes()], |row| {
                Ok(KeptInvitation { token: row.get(0)?, word: row.get(1)?, port: row.get(2)? })
            })
            .optional()
            .map_err(|source| self.failed(source))
    }

    /// Keeps the invitation to an atelier's room.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn keep_invitation(&mut self, workshop: EntityId, kept: &KeptInvitation) -> Result<(), StoreError> {
        self.conn
            .execute(
                "INSERT OR REPLACE INTO invitation (workshop, token, word, port) VALUES (?1, ?2, ?3, ?4)",
                params![workshop.as_bytes(), kept.token, kept.word, kept.port],
            )
            .map(|_| ())
            .map_err(|source| self.failed(source))
    }

    /// What became of what a phone sent under this key.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn known_entry(&self, key: [u8; 16]) -> Result<Option<KnownEntry>, StoreError> {
        let became: Option<Option<[u8; 16]>> = self
            .conn
            .prepare_cached("SELECT entity FROM entry WHERE key = ?1")
            .and_then(|mut query| query.query_row([key], |row| row.get(0)).optional())
            .map_err(|source| self.failed(source))?;
        if let Some(entity) = became {
            return Ok(Some(
                entity.map_or(KnownEntry::Refused, |entity| KnownEntry::Became(EntityId::from_bytes(entity))),
            ));
        }
        let held = self
            .conn
            .prepare_cached("SELECT 1 FROM held WHERE key = ?1")
            .and_then(|mut query| query.exists([key]))
            .map_err(|source| self.failed(source))?;
        Ok(held.then_some(KnownEntry::Held))
    }

    /// Writes an act that a phone asked for, and that it did, in one transaction. It is not among the acts of whoever types
    /// here: their undo must not take back what someone in the room said meanwhile.
    ///
    /// # Errors
    /// What SQLite reports; nothing is written then.
    pub fn append_entry(
        &mut self,
        key: [u8; 16],
        entity: EntityId,
        act: &Act,
        by: &mut By<'_>,
    ) -> Result<(), StoreError> {
        self.append_aside(act, by, |tx| {
            tx.prepare_cached("INSERT OR REPLACE INTO entry (key, entity) VALUES (?1, ?2)")?
                .execute(params![key, entity.as_bytes()])?;
            tx.prepare_cached("DELETE FROM held WHERE key = ?1")?.execute([key])?;
            Ok(())
        })?;
        Ok(())
    }

    /// Holds a proposal until it is read.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn hold(&mut self, workshop: EntityId, held: &HeldEntry) -> Result<(), StoreError> {
        self.conn
            .execute(
                "INSERT OR IGNORE INTO held (key, workshop, place, text) VALUES (?1, ?2, ?3, ?4)",
                params![held.key, workshop.as_bytes(), held.table, held.text],
            )
            .map(|_| ())
            .map_err(|source| self.failed(source))
    }

    /// Proposals that wait to be read, the first come first.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn held(&self, workshop: EntityId) -> Result<Vec<HeldEntry>, StoreError> {
        self.rows("SELECT key, place, text FROM held WHERE workshop = ?1 ORDER BY n", [workshop.as_bytes()], |row| {
            Ok(HeldEntry { key: row.get(0)?, table: row.get(1)?, text: row.get(2)? })
        })
    }

    /// Sets a held proposal aside: its words go, that it came is kept.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn refuse_held(&mut self, key: [u8; 16]) -> Result<(), StoreError> {
        let run = || {
            let tx = rusqlite::Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
            if tx.execute("DELETE FROM held WHERE key = ?1", [key])? == 1 {
                tx.execute("INSERT OR REPLACE INTO entry (key, entity) VALUES (?1, NULL)", [key])?;
            }
            tx.commit()
        };
        self.overwriting(run)
    }

    /// Supports of each proposal of an atelier.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn supports_of(&self, workshop: EntityId) -> Result<HashMap<EntityId, u32>, StoreError> {
        let sql = "SELECT p.id, sum(coalesce(s.state ->> 'count', 1)) FROM entity p
                   JOIN visible s ON s.kind = 'support' AND s.parent = p.id
                   WHERE p.kind = 'proposal' AND p.parent = ?1 GROUP BY p.id";
        self.rows(sql, [workshop.as_bytes()], |row| Ok((EntityId::from_bytes(row.get(0)?), row.get(1)?)))
    }

    /// Draws cards for a vote: keeps their hashes.
    ///
    /// # Errors
    /// What SQLite reports; none is kept then.
    pub fn put_cards(&mut self, ballot: EntityId, hashes: &[[u8; 16]]) -> Result<(), StoreError> {
        let mut run = || {
            let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for hash in hashes {
                tx.prepare_cached("INSERT INTO card (hash, ballot, spent) VALUES (?1, ?2, 0)")?
                    .execute(params![hash, ballot.as_bytes()])?;
            }
            tx.commit()
        };
        let done = run();
        done.map_err(|source| self.failed(source))
    }

    /// Cards of a vote: how many were drawn, how many used.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn cards(&self, ballot: EntityId) -> Result<(u32, u32), StoreError> {
        self.conn
            .prepare_cached("SELECT count(*), coalesce(sum(spent), 0) FROM card WHERE ballot = ?1")
            .and_then(|mut query| query.query_row([ballot.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(|source| self.failed(source))
    }

    /// Whether a bulletin of this key lies in the bag.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn holds_bulletin(&self, ballot: EntityId, key: [u8; 16]) -> Result<bool, StoreError> {
        self.conn
            .prepare_cached("SELECT 1 FROM bulletin WHERE key = ?1 AND ballot = ?2")
            .and_then(|mut query| query.exists(params![key, ballot.as_bytes()]))
            .map_err(|source| self.failed(source))
    }

    /// What was counted of a vote or of an atelier's room, in the words of whoever counts; local to this file.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn counted(&self, of: EntityId) -> Result<Option<String>, StoreError> {
        self.meta(&counter(of))
    }

    /// Keeps what was counted.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn keep_counted(&mut self, of: EntityId, words: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute(params![counter(of), words]))
            .map(|_| ())
            .map_err(|source| self.failed(source))
    }

    /// Forgets what was counted.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn forget_counted(&mut self, of: EntityId) -> Result<(), StoreError> {
        self.conn
            .execute("DELETE FROM meta WHERE key = ?1", [counter(of)])
            .map(|_| ())
            .map_err(|source| self.failed(source))
    }

    /// Moves what the log holds into the file and empties it: the log tells in which order bulletins came.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn settle_log(&self) -> Result<(), StoreError> {
        self.conn
            .pragma_update_and_check(None, "wal_checkpoint", "TRUNCATE", |_| Ok(()))
            .map_err(|source| self.failed(source))
    }

    /// Runs with freed space overwritten, so that what is replaced or deleted does not linger in the file.
    pub(crate) fn overwriting<T>(&self, run: impl FnOnce() -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let set = |on: bool| self.conn.pragma_update_and_check(None, "secure_delete", on, |_| Ok(()));
        let done = set(true).and_then(|()| run());
        set(false).ok();
        done.map_err(|source| self.failed(source))
    }
}

/// Where the count of a vote or of a room is kept.
pub(crate) fn counter(of: EntityId) -> String {
    format!("counted {of}")
}
