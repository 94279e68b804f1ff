//! Taking in dossiers: a union of changes, in one transaction for all of them, with what it does told exactly.

use crate::{
    Dossier, DossierProblem, Store, StoreError, attachments, erase,
    open::{CACHE, CACHE_OF_MERGE},
    project::First,
    union::{Union, gaps},
};
use moisson_domain::EntityId;
use moisson_journal::Change;
use rusqlite::TransactionBehavior;
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
    /// What would let them in.
    pub gaps: Vec<Gap>,
    /// Conflicts that appeared.
    pub conflicts_new: u64,
    /// Conflicts that went.
    pub conflicts_settled: u64,
    /// Changes that lost words they had here, because someone redacted them elsewhere.
    pub redacted: u64,
    /// Laptops that seem to have written in two copies of one file.
    pub cloned: Vec<String>,
    /// Entities that look different after the merge, by name of kind, then by what they hang under.
    pub touched: BTreeMap<String, BTreeMap<Option<EntityId>, Touched>>,
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

/// A stretch of a laptop's work that is not here while what follows it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The laptop; empty where its name is not known.
    pub replica: String,
    /// How many of its changes are missing.
    pub missing: u64,
    /// How many wait for them.
    pub waiting: u64,
}

/// How many entities look different after the merge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touched {
    /// New here.
    pub created: u32,
    /// Known here, and changed.
    pub updated: u32,
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

/// Dossiers to take in.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// Where they are.
    pub paths: &'a [&'a Path],
    /// What opens those that are locked.
    pub passphrase: Option<&'a str>,
}

impl Store {
    /// Takes in dossiers, all or none. With `keep` false, everything is rolled back: an exact preview.
    ///
    /// # Errors
    /// The first dossier that cannot be taken in, or what SQLite reports; the file is as before then.
    pub fn merge(
        &mut self,
        incoming: Incoming<'_>,
        keep: bool,
        progress: &mut dyn FnMut(Progress) -> Stop,
    ) -> Result<MergeSummary, StoreError> {
        self.keep_in_memory(CACHE_OF_MERGE)?;
        let merged = self.unite(incoming, keep, progress);
        self.keep_in_memory(CACHE)?;
        merged
    }

    /// Lets SQLite keep as many pages as these.
    fn keep_in_memory(&self, pages: i64) -> Result<(), StoreError> {
        self.conn.pragma_update(None, "cache_size", pages).map_err(|source| self.failed(source))
    }

    fn unite(
        &mut self,
        incoming: Incoming<'_>,
        keep: bool,
        progress: &mut dyn FnMut(Progress) -> Stop,
    ) -> Result<MergeSummary, StoreError> {
        let opened = incoming.paths.iter().map(|path| Dossier::open(path, incoming.passphrase));
        let mut dossiers = opened.collect::<Result<Vec<_>, _>>()?;
        for dossier in &dossiers {
            if dossier.manifest().process != self.process {
                let problem = DossierProblem::OtherProcess { title: dossier.manifest().title.clone() };
                return Err(StoreError::Dossier { path: dossier.path().to_owned(), problem });
            }
        }
        let path = self.path.clone();
        let failed = move |source| crate::open::sqlite(&path, source);
        let seen = self.clocks()?;
        let process = self.process;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
        let mut union = Union::new(&tx, process, seen).map_err(&failed)?;
        let mut done = 0;
        let total = dossiers.iter().map(|dossier| dossier.manifest().changes).sum();
        let new = union.take_dossiers(&mut dossiers, &failed, &mut |changes| {
            done += changes;
            if progress(Progress { done, total }) == Stop::Yes { Err(StoreError::Stopped) } else { Ok(()) }
        })?;
        for (dossier, new) in dossiers.iter().zip(new) {
            let manifest = dossier.manifest();
            let replicas: BTreeSet<&String> =
                manifest.writers.iter().map(|writer| &writer.replica).filter(|name| !name.is_empty()).collect();
            union.summary.dossiers.push(DossierSummary {
                name: dossier.path().file_name().unwrap_or_default().to_string_lossy().into_owned(),
                replicas: replicas.into_iter().cloned().collect(),
                changes: manifest.changes,
                new,
                written_at: manifest.written_at.clone(),
            });
        }
        union.release().map_err(&failed)?;
        union.redact().map_err(&failed)?;
        // Even what is erased before it is shown may lie in a line that waited.
        let (clock, erases) = (union.clock, !union.named.is_empty());
        let (mut summary, changed) = union.project(done, progress, &failed)?;
        tx.execute("UPDATE meta SET value = ?1 WHERE key = 'clock'", [clock.0.to_string()]).map_err(&failed)?;
        let forgotten = erase::forget_among(&tx, &changed).map_err(&failed)?;
        for dossier in &mut dossiers {
            for (participant, fields) in dossier.people()? {
                let fields = serde_json::to_string(&fields).unwrap_or_default();
                erase::welcome(&tx, participant, &fields).map_err(&failed)?;
            }
        }
        for dossier in &mut dossiers {
            dossier.for_each_attachment(
                |sha256| attachments::is_wanted(&tx, sha256).map_err(&failed),
                |sha256, bytes| attachments::keep(&tx, sha256, bytes).map_err(&failed),
            )?;
        }
        summary.gaps = gaps(&tx).map_err(&failed)?;
        let erases = forgotten || erases;
        if erases {
            erase::scrub_is_due(&tx).map_err(&failed)?;
        }
        if keep {
            tx.commit().map_err(&failed)?;
            match &mut self.signature {
                // Another copy of this file writes under the same name: this one takes a new one.
                _ if !summary.cloned.is_empty() => self.signature = None,
                Some(signature) => signature.clock = signature.clock.max(clock),
                None => {}
            }
            if erases {
                self.scrub()?;
            }
        }
        Ok(summary)
    }

    /// Takes in changes that were read from elsewhere, each already verified.
    pub(crate) fn take_all(&mut self, changes: &[Change]) -> Result<MergeSummary, StoreError> {
        let path = self.path.clone();
        let failed = |source| crate::open::sqlite(&path, source);
        let (process, seen) = (self.process, self.clocks()?);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mut union = Union::new(&tx, process, seen).map_err(failed)?;
        for change in changes {
            union.take(change, &First::of(change), &BTreeMap::new(), &path, &failed)?;
        }
        union.release().map_err(failed)?;
        union.redact().map_err(failed)?;
        let clock = union.clock;
        let (summary, _) = union.project(0, &mut |_| Stop::No, &failed)?;
        tx.execute("UPDATE meta SET value = ?1 WHERE key = 'clock'", [clock.0.to_string()]).map_err(failed)?;
        tx.commit().map_err(failed)?;
        Ok(summary)
    }

    /// What would let in the changes that wait.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn gaps(&self) -> Result<Vec<Gap>, StoreError> {
        gaps(&self.conn).map_err(|source| self.failed(source))
    }

    /// The démarche of a dossier and its title, for making a new file from it.
    ///
    /// # Errors
    /// What is wrong with the dossier.
    pub fn process_of(path: &Path, passphrase: Option<&str>) -> Result<(EntityId, String), StoreError> {
        let dossier = Dossier::open(path, passphrase)?;
        Ok((dossier.manifest().process, dossier.manifest().title.clone()))
    }
}

impl MergeSummary {
    /// The counts of entities of a kind under a parent.
    pub(crate) fn touched(&mut self, kind: &str, parent: Option<EntityId>) -> &mut Touched {
        self.touched.entry(kind.to_owned()).or_default().entry(parent).or_default()
    }

    /// Entities created and updated, by name of kind.
    #[must_use]
    pub fn by_kind(&self) -> BTreeMap<String, Touched> {
        let sum = |sum: Touched, one: &Touched| Touched {
            created: sum.created + one.created,
            updated: sum.updated + one.updated,
        };
        self.touched.iter().map(|(kind, by)| (kind.clone(), by.values().fold(Touched::default(), sum))).collect()
    }
}
