//! Files kept in the démarche: their bytes, under their own fingerprint, written with the act that names them.

use crate::{By, Store, StoreError, rows};
use moisson_domain::{EntityId, Kind};
use moisson_journal::{Act, ChangeId};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};

/// Bytes that an attachment may have, and all those of one dossier.
pub(crate) const MAX_ATTACHMENT: u64 = 16 << 20;
pub(crate) const MAX_ATTACHMENTS: u64 = 2 << 30;

/// Fingerprint of a file, as the journal names it.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

impl Store {
    /// Writes an act that names a file, and the file, in one transaction.
    ///
    /// # Errors
    /// What SQLite reports; nothing is written then.
    pub fn attach(&mut self, act: &Act, bytes: &[u8], by: &mut By<'_>) -> Result<ChangeId, StoreError> {
        self.append_with(act, by, |tx| keep(tx, &fingerprint(bytes), bytes))
    }

    /// The bytes of a file; none if they have not arrived here.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn attachment(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        if !self.keeps_attachments().map_err(|source| self.failed(source))? {
            return Ok(None);
        }
        self.conn
            .prepare_cached("SELECT bytes FROM attachment WHERE sha256 = ?1")
            .and_then(|mut query| query.query_row([sha256], |row| row.get(0)).optional())
            .map_err(|source| self.failed(source))
    }

    /// Fingerprints of all files whose bytes are here.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn attachments(&self) -> Result<BTreeSet<String>, StoreError> {
        if !self.keeps_attachments().map_err(|source| self.failed(source))? {
            return Ok(BTreeSet::new());
        }
        self.rows("SELECT sha256 FROM attachment", [], |row| row.get(0))
    }

    /// Whether the file has a place for them: one of an older schema, only read, has not.
    fn keeps_attachments(&self) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'attachment')";
        self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))
    }

    /// The files that go into a dossier: those here that a visible entity names, the withheld and the known apart. Where the
    /// dossier is of a few changes only, those that they name.
    pub(crate) fn carried(
        &self,
        withheld: &BTreeSet<EntityId>,
        known: &HashSet<ChangeId>,
        only: Option<&HashSet<ChangeId>>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let here = self.attachments()?;
        let mut carried = BTreeSet::new();
        for entity in self.list(Kind::Attachment)? {
            let named = entity.fields.string(moisson_domain::Field::Sha256).filter(|sha256| here.contains(sha256));
            if let Some(sha256) = named
                && !withheld.contains(&entity.id)
                && !self.all_known(entity.id, known)?
                && self.is_among(entity.id, only)?
            {
                carried.insert(sha256);
            }
        }
        Ok(carried)
    }

    fn all_known(&self, entity: EntityId, known: &HashSet<ChangeId>) -> Result<bool, StoreError> {
        if known.is_empty() {
            return Ok(false);
        }
        Ok(self.ids_of(entity)?.iter().all(|id| known.contains(id)))
    }

    fn is_among(&self, entity: EntityId, only: Option<&HashSet<ChangeId>>) -> Result<bool, StoreError> {
        let Some(only) = only else { return Ok(true) };
        Ok(!only.is_empty() && self.ids_of(entity)?.iter().any(|id| only.contains(id)))
    }

    fn ids_of(&self, entity: EntityId) -> Result<Vec<ChangeId>, StoreError> {
        let sql = format!("SELECT id FROM change WHERE {}", rows::OF_ENTITY);
        self.rows(&sql, [entity.as_bytes()], |row| Ok(ChangeId(row.get(0)?)))
    }

    /// Says which files here are not what their fingerprint says.
    pub(crate) fn spoiled_attachments(&self) -> rusqlite::Result<Vec<String>> {
        if !self.keeps_attachments()? {
            return Ok(Vec::new());
        }
        let mut query = self.conn.prepare("SELECT sha256, bytes FROM attachment ORDER BY sha256")?;
        let mut rows = query.query([])?;
        let mut spoiled = Vec::new();
        while let Some(row) = rows.next()? {
            let (sha256, bytes): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            if fingerprint(&bytes) != sha256 {
                spoiled.push(sha256);
            }
        }
        Ok(spoiled)
    }
}

/// Keeps a file; one that is here already is left alone.
pub(crate) fn keep(conn: &Connection, sha256: &str, bytes: &[u8]) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO attachment (sha256, bytes) VALUES (?1, ?2)")?
        .execute((sha256, bytes))
        .map(|_| ())
}

/// Whether a visible entity names a file that is not here: a dossier's other files are left in it.
pub(crate) fn is_wanted(conn: &Connection, sha256: &str) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM visible WHERE kind = 'attachment' AND state ->> 'sha256' = ?1)
            AND NOT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)",
    )?
    .query_row([sha256], |row| row.get(0))
}
