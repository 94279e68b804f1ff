//! Proof that a file is sound: the journal verifies, and the read models are what a rebuild from it would give.

use crate::{
    Store, StoreError,
    erase::{self, Redactions},
    project::{self, EntityRow},
    rows,
};
use moisson_domain::EntityId;
use moisson_journal::{Change, ChangeId, resolve};
use rusqlite::{
    OptionalExtension,
    types::{FromSqlError, Type},
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What must not be: the ways from an entity to its changes, and from a writer to its chain, against the journal.
const PLACES: [(&str, &str); 2] = [
    (
        "SELECT EXISTS (SELECT 1 FROM change LEFT JOIN entity ON entity.id = change.entity
         WHERE (change.n = entity.origin) IS NOT (change.later IS NULL))",
        "a change is not found from its entity",
    ),
    (
        "SELECT EXISTS (SELECT writer, max(seq), count(*) > count(DISTINCT seq) FROM change GROUP BY writer
         EXCEPT SELECT id, last, forked FROM writer)",
        "a writer's chain is not what the journal says",
    ),
];

/// What verifying found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Changes in the journal.
    pub changes: u64,
    /// Entities they make, deleted ones included.
    pub entities: u64,
    /// What does not hold; empty in a sound file.
    pub problems: Vec<String>,
}

impl Store {
    /// Verifies the whole file.
    ///
    /// # Errors
    /// What SQLite reports; what does not hold is in the report.
    pub fn verify(&self) -> Result<VerifyReport, StoreError> {
        let mut report = VerifyReport::default();
        self.verify_pages(&mut report).map_err(|source| self.failed(source))?;
        self.verify_journal(&mut report)?;
        for sha256 in self.spoiled_attachments().map_err(|source| self.failed(source))? {
            report.problems.push(format!("attachment {sha256} is not what its fingerprint says"));
        }
        self.verify_read_models(&mut report).map_err(|source| self.failed(source))?;
        Ok(report)
    }

    fn verify_pages(&self, report: &mut VerifyReport) -> rusqlite::Result<()> {
        let mut check = self.conn.prepare("PRAGMA integrity_check(20)")?;
        let lines = check.query_map([], |row| row.get::<_, String>(0))?;
        for line in lines {
            let line = line?;
            if line != "ok" {
                report.problems.push(line);
            }
        }
        Ok(())
    }

    fn verify_journal(&self, report: &mut VerifyReport) -> Result<(), StoreError> {
        let mut places: HashMap<ChangeId, (u64, [u8; 16])> = HashMap::new();
        let redactions = Redactions::load(&self.conn).map_err(|source| self.failed(source))?;
        let mut named = Redactions::default();
        self.for_each_change(|change| {
            report.changes += 1;
            let header = &change.header;
            if let Err(error) = change.verify() {
                report.problems.push(error.to_string());
            }
            if let Some(prev) = header.prev
                && places.get(&prev) != Some(&(header.seq - 1, header.writer.0))
            {
                report.problems.push(format!("change {} does not follow the one it names", change.id));
            }
            places.insert(change.id, (header.seq, header.writer.0));
            if redactions.strip(&change).is_some() {
                report.problems.push(format!("change {} still holds what was redacted", change.id));
            }
            named.extend(erase::named(&change));
            Ok(())
        })?;
        if redactions != named {
            report.problems.push(String::from("what is redacted is not what the journal says"));
        }
        Ok(())
    }

    fn verify_read_models(&self, report: &mut VerifyReport) -> rusqlite::Result<()> {
        let mut visible = 0_u64;
        let mut conflicts = 0_u64;
        self.for_each_entity(|id, changes| {
            report.entities += 1;
            let state = resolve(changes).filter(|state| state.alive);
            let expected = state.as_ref().map(|state| (state.kind.clone(), project::row(state)));
            let found = self.stored_entity(id)?;
            visible += u64::from(expected.is_some());
            if expected != found {
                report.problems.push(format!("entity {id} is not what the journal says"));
            }
            let expected: Vec<(String, String)> = state
                .iter()
                .flat_map(|state| &state.conflicts)
                .map(|conflict| (conflict.field.clone(), project::versions(conflict)))
                .collect();
            conflicts += expected.len() as u64;
            let mut found = self.stored_conflicts(id)?;
            found.sort();
            let mut expected = expected;
            expected.sort();
            if expected != found {
                report.problems.push(format!("the conflicts of entity {id} are not what the journal says"));
            }
            Ok(())
        })?;
        for (sql, problem) in PLACES {
            if self.conn.query_row(sql, [], |row| row.get(0))? {
                report.problems.push(problem.to_owned());
            }
        }
        let count = |table: &str| -> rusqlite::Result<u64> {
            self.conn
                .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
                .map(i64::cast_unsigned)
        };
        if count("visible")? != visible || count("conflict")? != conflicts {
            report.problems.push(String::from("a read model holds what the journal does not"));
        }
        Ok(())
    }

    fn for_each_entity(
        &self,
        mut each: impl FnMut(EntityId, &[Change]) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut changes: Vec<Change> = Vec::new();
        for n in rows::order_by(&self.conn, "entity")? {
            let change = rows::at(&self.conn, n)?;
            if let Some(first) = changes.first()
                && first.header.entity != change.header.entity
            {
                each(first.header.entity, &changes)?;
                changes.clear();
            }
            changes.push(change);
        }
        match changes.first() {
            Some(first) => each(first.header.entity, &changes),
            None => Ok(()),
        }
    }

    #[allow(clippy::type_complexity, reason = "a row, compared at once")]
    fn stored_entity(&self, id: EntityId) -> rusqlite::Result<Option<(String, EntityRow)>> {
        let row = |row: &rusqlite::Row<'_>| {
            let (parent, target, rank) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let (cluster, state) = (row.get(4)?, row.get(5)?);
            Ok((row.get(0)?, EntityRow { parent, target, rank, cluster, state }))
        };
        self.conn
            .prepare_cached("SELECT kind, parent, target, rank, cluster, state FROM visible WHERE id = ?1")?
            .query_row([id.as_bytes()], row)
            .optional()
    }

    fn stored_conflicts(&self, id: EntityId) -> rusqlite::Result<Vec<(String, String)>> {
        self.conn
            .prepare_cached("SELECT field, versions FROM conflict WHERE entity = ?1")?
            .query_map([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }

    /// SHA-256 of everything people see: equal on laptops that hold the same changes.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn digest(&self) -> Result<String, StoreError> {
        let run = || -> rusqlite::Result<String> {
            let mut fingerprint = Fingerprint::default();
            for sql in [
                "SELECT id, kind, state FROM visible ORDER BY id",
                "SELECT entity, field, versions FROM conflict ORDER BY entity, field",
            ] {
                let mut query = self.conn.prepare(sql)?;
                let mut rows = query.query([])?;
                while let Some(row) = rows.next()? {
                    fingerprint.row(
                        &row.get(0)?,
                        row.get_ref(1)?.as_str().map_err(text_expected)?,
                        row.get_ref(2)?.as_str().map_err(text_expected)?,
                    );
                }
            }
            Ok(fingerprint.finish())
        };
        run().map_err(|source| self.failed(source))
    }
}

fn text_expected(error: FromSqlError) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(1, Type::Text, Box::new(error))
}

/// SHA-256 over visible entities, then conflicts, each part preceded by its length in 8 bytes, little-endian.
#[derive(Default)]
pub(crate) struct Fingerprint {
    hash: Sha256,
    bytes: usize,
}

impl Fingerprint {
    pub(crate) fn row(&mut self, id: &[u8; 16], name: &str, content: &str) {
        for part in [id, name.as_bytes(), content.as_bytes()] {
            self.hash.update((part.len() as u64).to_le_bytes());
            self.hash.update(part);
            self.bytes += part.len() + 8;
        }
    }

    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn finish(self) -> String {
        hex::encode(self.hash.finalize())
    }
}
