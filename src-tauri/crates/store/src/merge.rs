//! Taking in dossiers: a union of changes, in one transaction for all of them, with what it does told exactly.

use crate::{Dossier, DossierProblem, Store, StoreError, project, rows};
use moisson_domain::{EntityId, Kind};
use moisson_journal::{Change, ChangeId, read_line};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// What a merge did, or would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MergeSummary {
    /// Dossier by dossier, in the order given.
    pub dossiers: Vec<DossierSummary>,
    /// Changes this file did not have.
    pub new: u64,
    /// Changes it had.
    pub known: u64,
    /// Changes kept aside until the one they follow arrives.
    pub waiting: u64,
    /// Conflicts that appeared.
    pub conflicts_new: u64,
    /// Conflicts that went.
    pub conflicts_settled: u64,
    /// Entities created and updated, by kind, with the atelier they hang under when they hang directly.
    pub touched: Vec<TouchedEntity>,
}

/// A dossier that was taken in.
#[derive(Debug, Clone, PartialEq)]
pub struct DossierSummary {
    /// File name.
    pub name: String,
    /// Laptops whose work it carries.
    pub replicas: Vec<String>,
    /// Changes it carries.
    pub changes: u64,
    /// Of which new here.
    pub new: u64,
    /// When it was written.
    pub written_at: String,
}

/// An entity that looks different after the merge.
#[derive(Debug, Clone, PartialEq)]
pub struct TouchedEntity {
    /// Name of its kind.
    pub kind: String,
    /// What it hangs under.
    pub parent: Option<EntityId>,
    /// Whether it is new here.
    pub created: bool,
}

/// How far a merge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Changes read and entities recomputed so far.
    pub done: u64,
    /// Of how many in all, as far as is known.
    pub total: u64,
}

/// The answer of whoever watches the progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Go on.
    No,
    /// Leave everything as it was.
    Yes,
}

impl Store {
    /// Takes in dossiers, all or none. With `keep` false, everything is rolled back: an exact preview.
    ///
    /// # Errors
    /// The first dossier that cannot be taken in, or what SQLite reports; the file is as before then.
    pub fn merge(
        &mut self,
        paths: &[&Path],
        keep: bool,
        progress: &mut dyn FnMut(Progress) -> Stop,
    ) -> Result<MergeSummary, StoreError> {
        let mut dossiers = paths.iter().map(|path| Dossier::open(path)).collect::<Result<Vec<_>, _>>()?;
        for dossier in &dossiers {
            if dossier.manifest().process != self.process {
                let problem = DossierProblem::OtherProcess { title: dossier.manifest().title.clone() };
                return Err(StoreError::Dossier { path: dossier.path().to_owned(), problem });
            }
        }
        let total = dossiers.iter().map(|dossier| dossier.manifest().changes).sum();
        let path = self.path.clone();
        let process = self.process;
        let failed = move |source| crate::open::sqlite(&path, source);
        let seen = self.clock()?;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
        let mut union = Union { tx: &tx, touched: BTreeSet::new(), clock: seen, summary: MergeSummary::default() };
        let mut done = 0;
        for dossier in &mut dossiers {
            let before = union.summary.new;
            let path = dossier.path().to_owned();
            dossier.for_each_change(|change, line| {
                done += 1;
                if done % 512 == 0 && progress(Progress { done, total }) == Stop::Yes {
                    return Err(StoreError::Stopped);
                }
                if change.header.kind == Kind::Process.name() && change.header.entity != process {
                    let problem = DossierProblem::Damaged(String::from("it holds a second démarche"));
                    return Err(StoreError::Dossier { path: path.clone(), problem });
                }
                union.take(&change, line, &path, &failed)
            })?;
            let manifest = dossier.manifest();
            let replicas: BTreeSet<&String> =
                manifest.writers.iter().map(|writer| &writer.replica).filter(|name| !name.is_empty()).collect();
            union.summary.dossiers.push(DossierSummary {
                name: dossier.path().file_name().unwrap_or_default().to_string_lossy().into_owned(),
                replicas: replicas.into_iter().cloned().collect(),
                changes: manifest.changes,
                new: union.summary.new - before,
                written_at: manifest.written_at.clone(),
            });
        }
        union.release(&failed)?;
        let clock = union.clock;
        let summary = union.project(done, progress, &failed)?;
        tx.execute("UPDATE meta SET value = ?1 WHERE key = 'clock'", [clock.0.to_string()]).map_err(&failed)?;
        for dossier in &mut dossiers {
            for (participant, fields) in dossier.people()? {
                let fields = serde_json::to_string(&fields).unwrap_or_default();
                tx.execute(
                    "INSERT INTO person (participant, fields) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    params![participant.as_bytes(), fields],
                )
                .map_err(&failed)?;
            }
        }
        if keep {
            tx.commit().map_err(&failed)?;
            if let Some(signature) = &mut self.signature {
                signature.clock = signature.clock.max(clock);
            }
        }
        Ok(summary)
    }

    /// The entity whose id is in `paths`' dossiers as the démarche, for making a new file from a dossier.
    ///
    /// # Errors
    /// What is wrong with the dossier.
    pub fn process_of(path: &Path) -> Result<(EntityId, String), StoreError> {
        let dossier = Dossier::open(path)?;
        Ok((dossier.manifest().process, dossier.manifest().title.clone()))
    }
}

/// The union under way.
struct Union<'a, 'b> {
    tx: &'a Transaction<'b>,
    touched: BTreeSet<EntityId>,
    clock: moisson_journal::Clock,
    summary: MergeSummary,
}

impl Union<'_, '_> {
    fn take(
        &mut self,
        change: &Change,
        line: &str,
        dossier: &Path,
        failed: &dyn Fn(rusqlite::Error) -> StoreError,
    ) -> Result<(), StoreError> {
        match self.place(change, line).map_err(failed)? {
            Place::Known => self.summary.known += 1,
            Place::New => {
                self.summary.new += 1;
                self.clock = self.clock.max(change.header.clock);
                self.touched.insert(change.header.entity);
            }
            Place::Waits => self.summary.waiting += 1,
            Place::Broken => {
                let problem = DossierProblem::Damaged(format!("change {} does not follow the one it names", change.id));
                return Err(StoreError::Dossier { path: dossier.to_owned(), problem });
            }
        }
        Ok(())
    }

    fn place(&self, change: &Change, line: &str) -> rusqlite::Result<Place> {
        let known: Option<bool> = self
            .tx
            .prepare_cached("SELECT body IS NOT NULL FROM change WHERE id = ?1")?
            .query_row([change.id.0], |row| row.get(0))
            .optional()?;
        match (known, &change.body) {
            (Some(false), Some(body)) => {
                // The content of a change that was known without it.
                self.tx
                    .prepare_cached("UPDATE change SET body = ?2, body_hash = NULL WHERE id = ?1")?
                    .execute(params![change.id.0, body])?;
                return Ok(Place::New);
            }
            (Some(_), _) => return Ok(Place::Known),
            (None, _) => {}
        }
        match self.follows(change)? {
            Some(true) => {
                rows::insert(self.tx, change)?;
                Ok(Place::New)
            }
            Some(false) => Ok(Place::Broken),
            None => {
                let header = &change.header;
                self.tx
                    .prepare_cached(
                        "INSERT INTO waiting (id, prev, writer, seq, line) VALUES (?1, ?2, ?3, ?4, ?5)
                         ON CONFLICT (id) DO UPDATE SET line = excluded.line
                         WHERE length(excluded.line) > length(line)",
                    )?
                    .execute(params![
                        change.id.0,
                        header.prev.map(|id| id.0),
                        header.writer.0,
                        header.seq.cast_signed(),
                        line
                    ])?;
                Ok(Place::Waits)
            }
        }
    }

    /// Whether the change continues a chain that is here: `None` when its predecessor has not arrived.
    fn follows(&self, change: &Change) -> rusqlite::Result<Option<bool>> {
        let Some(prev) = change.header.prev else { return Ok(Some(true)) };
        let found: Option<([u8; 16], i64)> = self
            .tx
            .prepare_cached("SELECT writer, seq FROM change WHERE id = ?1")?
            .query_row([prev.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found.map(|(writer, seq)| writer == change.header.writer.0 && seq.cast_unsigned() + 1 == change.header.seq))
    }

    /// Applies what waited for changes that have now arrived.
    fn release(&mut self, failed: &dyn Fn(rusqlite::Error) -> StoreError) -> Result<(), StoreError> {
        loop {
            let ready = ready(self.tx).map_err(failed)?;
            if ready.is_empty() {
                return Ok(());
            }
            for (id, line) in ready {
                self.tx.execute("DELETE FROM waiting WHERE id = ?1", [id.0]).map_err(failed)?;
                // Verified when it was set aside; a line that no longer reads is damage, and left out.
                let Ok(change) = read_line(&line) else { continue };
                if let Place::New = self.place(&change, &line).map_err(failed)? {
                    self.summary.new += 1;
                    self.summary.waiting = self.summary.waiting.saturating_sub(1);
                    self.clock = self.clock.max(change.header.clock);
                    self.touched.insert(change.header.entity);
                }
            }
        }
    }

    fn project(
        self,
        read: u64,
        progress: &mut dyn FnMut(Progress) -> Stop,
        failed: &dyn Fn(rusqlite::Error) -> StoreError,
    ) -> Result<MergeSummary, StoreError> {
        let mut summary = self.summary;
        let total = read + self.touched.len() as u64;
        for (index, entity) in self.touched.into_iter().enumerate() {
            let done = read + index as u64;
            if done.is_multiple_of(512) && progress(Progress { done, total }) == Stop::Yes {
                return Err(StoreError::Stopped);
            }
            let difference = project::entity(self.tx, entity).map_err(failed)?;
            let (before, after) = (u64::from(difference.conflicts_before), u64::from(difference.conflicts_after));
            summary.conflicts_new += after.saturating_sub(before);
            summary.conflicts_settled += before.saturating_sub(after);
            if difference.created || difference.updated {
                let (kind, parent) = kind_and_parent(self.tx, entity).map_err(failed)?;
                summary.touched.push(TouchedEntity { kind, parent, created: difference.created });
            }
        }
        progress(Progress { done: total, total });
        Ok(summary)
    }
}

enum Place {
    Known,
    New,
    Waits,
    Broken,
}

fn ready(conn: &Connection) -> rusqlite::Result<Vec<(ChangeId, String)>> {
    // From the few that wait to the many that are there, never the other way round.
    conn.prepare_cached(
        "SELECT waiting.id, waiting.line FROM waiting CROSS JOIN change ON change.id = waiting.prev
         ORDER BY waiting.writer, waiting.seq",
    )?
    .query_map([], |row| Ok((ChangeId(row.get(0)?), row.get(1)?)))?
    .collect()
}

fn kind_and_parent(conn: &Connection, entity: EntityId) -> rusqlite::Result<(String, Option<EntityId>)> {
    let row: Option<(String, Option<[u8; 16]>)> = conn
        .prepare_cached("SELECT kind, parent FROM entity WHERE id = ?1")?
        .query_row([entity.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match row {
        Some((kind, parent)) => Ok((kind, parent.map(EntityId::from_bytes))),
        // Deleted by the merge: its kind is only in the journal.
        None => conn
            .prepare_cached("SELECT kind FROM change WHERE entity = ?1 LIMIT 1")?
            .query_row([entity.as_bytes()], |row| Ok((row.get(0)?, None))),
    }
}

impl MergeSummary {
    /// Entities created and updated, by name of kind.
    #[must_use]
    pub fn by_kind(&self) -> BTreeMap<String, (u32, u32)> {
        let mut kinds: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for entity in &self.touched {
            let counts = kinds.entry(entity.kind.clone()).or_default();
            if entity.created { counts.0 += 1 } else { counts.1 += 1 }
        }
        kinds
    }
}
