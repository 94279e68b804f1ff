//! Names and addresses: kept beside the journal, never in it.

use crate::{Store, StoreError, erase};
use moisson_domain::EntityId;
use rusqlite::params;
use std::collections::BTreeMap;

impl Store {
    /// Keeps what is known of a person (name, email, phone); nothing of one who is to be forgotten.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn keep_person(&mut self, participant: EntityId, fields: &BTreeMap<String, String>) -> Result<(), StoreError> {
        if erase::is_forgotten(&self.conn, participant).map_err(|source| self.failed(source))? {
            return Ok(());
        }
        let fields = serde_json::to_string(fields).unwrap_or_default();
        self.conn
            .execute(
                "INSERT INTO person (participant, fields) VALUES (?1, ?2)
                 ON CONFLICT (participant) DO UPDATE SET fields = excluded.fields",
                params![participant.as_bytes(), fields],
            )
            .map(|_| ())
            .map_err(|source| self.failed(source))
    }

    /// What is known of the people, by participant.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn people(&self) -> Result<BTreeMap<EntityId, BTreeMap<String, String>>, StoreError> {
        self.rows("SELECT participant, fields FROM person", [], |row| {
            let fields: String = row.get(1)?;
            Ok((EntityId::from_bytes(row.get(0)?), serde_json::from_str(&fields).unwrap_or_default()))
        })
    }
}
