//! What a damaged file still holds, brought into a new one.

use crate::{NewFile, Store, StoreError, attachments, passphrase, rows};
use moisson_domain::EntityId;
use moisson_journal::Change;
use rusqlite::{Connection, OpenFlags};
use std::{collections::BTreeMap, path::Path};

/// Places looked at where the file no longer tells its last change.
const REACH: i64 = 1_000_000;

/// What was recovered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Changes found whole in the damaged file.
    pub found: u64,
    /// Of which the backup did not have.
    pub not_in_backup: u64,
    /// Changes that were there and do not verify any more.
    pub spoiled: u64,
    /// Changes that follow one that is lost: kept aside, until a dossier brings it.
    pub waiting: u64,
}

impl Store {
    /// Makes a new file from a backup, if there is one, and from every change that a damaged file still holds whole. The
    /// damaged file is only read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where neither says which démarche it is; [`StoreError::Exists`]; what SQLite reports.
    pub fn recover(damaged: &Path, backup: Option<&Path>, path: &Path) -> Result<(Self, Recovery), StoreError> {
        let wreck = match Wreck::open(damaged) {
            // Nothing can be told of it before someone gives its passphrase.
            Err(locked @ (StoreError::Locked { .. } | StoreError::WrongPassphrase { .. })) if backup.is_none() => {
                return Err(locked);
            }
            opened => opened.ok(),
        };
        let mut store = match backup {
            Some(backup) => {
                Self::open_to_read(backup)?.copy_to(path)?;
                Self::open(path)?
            }
            None => {
                let unknown = || StoreError::Damaged {
                    path: damaged.to_owned(),
                    detail: String::from("the démarche has no identity"),
                };
                let process = wreck.as_ref().and_then(Wreck::process).ok_or_else(unknown)?;
                let replica = wreck.as_ref().and_then(|wreck| wreck.meta("replica")).unwrap_or_default();
                let key = passphrase::key_of(damaged)?;
                Self::create_under(path, &NewFile { process, replica }, key.as_ref())?
            }
        };
        let Some(wreck) = wreck else { return Ok((store, Recovery::default())) };
        let (changes, spoiled) = wreck.changes();
        let people = wreck.people();
        let files = wreck.attachments();
        let found = changes.len() as u64;
        let summary = store.take_all(&changes)?;
        for (participant, fields) in people {
            if !store.people()?.contains_key(&participant) {
                store.keep_person(participant, &fields)?;
            }
        }
        for (sha256, bytes) in files {
            attachments::keep(&store.conn, &sha256, &bytes).map_err(|source| store.failed(source))?;
        }
        Ok((store, Recovery { found, not_in_backup: summary.new, spoiled, waiting: summary.waiting }))
    }
}

/// A damaged file, open to read what can be read.
struct Wreck(Connection);

impl Wreck {
    fn open(damaged: &Path) -> Result<Self, StoreError> {
        // As it lies: no journal is played back into it, nothing is written beside it.
        let open = |options| passphrase::connect(damaged, OpenFlags::SQLITE_OPEN_READ_ONLY, Some(options));
        let conn = open("mode=ro")?;
        if conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).is_ok() {
            return Ok(Self(conn));
        }
        open("immutable=1").map(Self)
    }

    fn meta(&self, key: &str) -> Option<String> {
        self.0.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).ok()
    }

    fn process(&self) -> Option<EntityId> {
        self.meta("process")?.parse().ok()
    }

    /// The changes that are whole, in the order of their arrival, and how many are not.
    fn changes(&self) -> (Vec<Change>, u64) {
        let mut changes = Vec::new();
        let mut spoiled = 0;
        let sql = format!("SELECT {} FROM change WHERE n = ?1", rows::COLUMNS);
        let Ok(mut query) = self.0.prepare(&sql) else { return (changes, spoiled) };
        // Where the last one cannot be told, far enough.
        let last: i64 = self.0.query_row("SELECT max(n) FROM change", [], |row| row.get(0)).unwrap_or(REACH);
        for n in 1..=last {
            match query.query_row([n], rows::change) {
                Ok(change) if change.verify().is_ok() => changes.push(change),
                Err(rusqlite::Error::QueryReturnedNoRows) => {}
                _ => spoiled += 1,
            }
        }
        (changes, spoiled)
    }

    /// The files that are what their fingerprint says; there are none in a file of the first schema.
    fn attachments(&self) -> Vec<(String, Vec<u8>)> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut query = self.0.prepare("SELECT sha256, bytes FROM attachment")?;
            let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
            Ok(rows.filter_map(Result::ok).collect())
        };
        let mut files = read().unwrap_or_default();
        files.retain(|(sha256, bytes)| attachments::fingerprint(bytes) == *sha256);
        files
    }

    fn people(&self) -> Vec<(EntityId, BTreeMap<String, String>)> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut query = self.0.prepare("SELECT participant, fields FROM person")?;
            let rows = query.query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, String>(1)?)))?;
            Ok(rows.filter_map(Result::ok).collect())
        };
        let people = read().unwrap_or_default().into_iter();
        people
            .filter_map(|(id, fields)| Some((EntityId::from_bytes(id), serde_json::from_str(&fields).ok()?)))
            .collect()
    }
}
