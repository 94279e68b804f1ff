//! What lets people sleep: copies of the démarche, and the trail of who changed what.

use crate::{Failure, Session, Surroundings};
use chrono::{DateTime, SecondsFormat};
use moisson_domain::EntityId;
use moisson_store::Store;
use serde::Serialize;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Copies kept in one folder; the oldest go.
const KEPT: usize = 20;

/// A copy that was made.
#[derive(Debug, Clone, Serialize)]
pub struct BackupReport {
    /// Where.
    pub path: String,
    /// Changes it holds, all verified.
    pub changes: u64,
    /// Older copies that were removed to make room.
    pub removed: Vec<String>,
}

impl Session {
    /// Copies the démarche into a folder (« sauvegardes » beside it unless told), verified, under its name and the time;
    /// beyond twenty copies of it there, the oldest go.
    ///
    /// # Errors
    /// What the file system or the store reports; a copy that does not verify is not kept.
    pub fn backup(&self, folder: Option<&Path>) -> Result<BackupReport, Failure> {
        let folder = folder.map_or_else(|| self.path().with_file_name("sauvegardes"), Path::to_owned);
        fs::create_dir_all(&folder).map_err(|source| Failure::Io { path: folder.clone(), source })?;
        let stem = self.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let time = (self.world.now)().format("%Y-%m-%d %Hh%M %S").to_string();
        let path = folder.join(format!("{stem} {time}.moisson"));
        let report = self.store.copy_to(&path)?;
        Ok(BackupReport { path: path.display().to_string(), changes: report.changes, removed: thin(&folder, &stem)? })
    }

    /// Makes a démarche's file anew from a copy of it.
    ///
    /// # Errors
    /// Why the copy cannot be used, or the file not be made; nothing is left half-written.
    pub fn restore(copy: &Path, path: &Path, world: Surroundings) -> Result<Self, Failure> {
        Store::open_to_read(copy)?.copy_to(path)?;
        Self::open(path, world)
    }

    /// Calls `each` with every change of an entity, or of the whole démarche, oldest first, as one JSON object.
    ///
    /// # Errors
    /// What the store reports.
    pub fn trail(&self, entity: Option<EntityId>, mut each: impl FnMut(&Value)) -> Result<(), Failure> {
        self.store.trail(entity, |row| {
            let fields = row.fields.into_iter().map(|(field, (mut before, after))| {
                // Several values were there at once: someone settled a conflict.
                let before = if before.len() > 1 { Value::Array(before) } else { before.pop().unwrap_or(Value::Null) };
                (field, json!({ "before": before, "after": after }))
            });
            let at = DateTime::from_timestamp_millis(row.wall)
                .map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true))
                .unwrap_or_default();
            each(&json!({
                "change": row.change, "entity": row.entity, "kind": row.kind, "label": row.label, "at": at,
                "author": row.author, "replica": row.replica, "withheld": row.withheld,
                "fields": fields.collect::<serde_json::Map<_, _>>(),
            }));
        })?;
        Ok(())
    }
}

/// Removes the oldest copies of a démarche beyond those kept. Only names that this program gives are looked at.
fn thin(folder: &Path, stem: &str) -> Result<Vec<String>, Failure> {
    let failed = |source| Failure::Io { path: folder.to_owned(), source };
    let mut copies: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let time = name
            .strip_prefix(stem)
            .and_then(|rest| rest.strip_prefix(' '))
            .and_then(|rest| rest.strip_suffix(".moisson"));
        if time.is_some_and(|time| chrono::NaiveDateTime::parse_from_str(time, "%Y-%m-%d %Hh%M %S").is_ok()) {
            copies.push(path);
        }
    }
    copies.sort();
    let excess = copies.len().saturating_sub(KEPT);
    let mut removed = Vec::with_capacity(excess);
    for path in copies.into_iter().take(excess) {
        fs::remove_file(&path).map_err(|source| Failure::Io { path: path.clone(), source })?;
        removed.push(path.display().to_string());
    }
    Ok(removed)
}
