//! What lets people sleep: copies of the démarche, and the trail of who changed what.

use crate::{
    Failure, Session, Surroundings,
    catalog::name,
    merge::{bytes, clamp, remove},
    session::{millis, shorten},
    views::{BackupReport, BackupRow, ChangeRow, FieldChange, RecoveryReport},
};
use chrono::{DateTime, NaiveDateTime, SecondsFormat};
use moisson_domain::{EntityId, Field, Kind, ValueType};
use moisson_store::{Store, StoreError, TrailRow, copies_before_migration};
use serde_json::{Value, json};
use std::{
    collections::{BTreeSet, HashMap},
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// Where copies go unless another folder is chosen: beside the démarche.
const FOLDER: &str = "sauvegardes";

/// How a copy's name tells when it was made.
const TIME: &str = "%Y-%m-%d %Hh%M %S";

/// Copies kept in one folder; the oldest go.
const KEPT: usize = 20;

impl Session {
    /// Copies the démarche into a folder (« sauvegardes » beside it unless told), verified, under its name and the time;
    /// beyond twenty copies of it there, the oldest go.
    ///
    /// # Errors
    /// What the file system or the store reports; a copy that does not verify is not kept.
    pub fn backup(&self, folder: Option<&Path>) -> Result<BackupReport, Failure> {
        let folder = folder.map_or_else(|| self.path().with_file_name(FOLDER), Path::to_owned);
        fs::create_dir_all(&folder).map_err(|source| Failure::Io { path: folder.clone(), source })?;
        let stem = self.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let time = (self.world.now)().format(TIME).to_string();
        let path = folder.join(format!("{stem} {time}.moisson"));
        let report = self.store.copy_to(&path)?;
        Ok(BackupReport {
            path: path.display().to_string(),
            changes: clamp(report.changes),
            removed: thin(self.path(), &folder)?,
        })
    }

    /// Copies the démarche as [`Session::backup`] does, unless the latest copy there holds as many changes.
    ///
    /// # Errors
    /// As [`Session::backup`].
    pub fn backup_if_changed(&self, folder: Option<&Path>) -> Result<Option<BackupReport>, Failure> {
        let latest = self.backups(folder)?.into_iter().next();
        let copied = latest.and_then(|row| Store::open_to_read(Path::new(&row.path)).ok()?.change_count().ok());
        if copied == Some(self.store.change_count()?) { Ok(None) } else { self.backup(folder).map(Some) }
    }

    /// The backups of this démarche in a folder (« sauvegardes » beside it unless told), latest first.
    ///
    /// # Errors
    /// What the file system reports; a folder that is not there has none.
    pub fn backups(&self, folder: Option<&Path>) -> Result<Vec<BackupRow>, Failure> {
        backups(self.path(), folder)
    }

    /// The backups of a file that may not open, latest first.
    ///
    /// # Errors
    /// As [`Session::backups`].
    pub fn backups_of(demarche: &Path, folder: Option<&Path>) -> Result<Vec<BackupRow>, Failure> {
        backups(demarche, folder)
    }

    /// Every copy of the démarche that can be found: in « sauvegardes » beside it, in the folder chosen for backups, and those
    /// kept before a migration. What was erased here still stands there.
    pub(crate) fn copies(&self, folder: Option<&Path>) -> Result<Vec<String>, Failure> {
        Self::copies_of(self.path(), folder)
    }

    pub(crate) fn copies_of(demarche: &Path, folder: Option<&Path>) -> Result<Vec<String>, Failure> {
        let mut copies: BTreeSet<String> = backups(demarche, None)?.into_iter().map(|row| row.path).collect();
        if folder.is_some() {
            copies.extend(backups(demarche, folder)?.into_iter().map(|row| row.path));
        }
        copies.extend(copies_before_migration(demarche).iter().map(|path| path.display().to_string()));
        Ok(copies.into_iter().collect())
    }

    /// Copies the whole démarche to a new file, verified, and opens it there: for when its disk is full, read-only or leaving.
    ///
    /// # Errors
    /// Why it cannot be read or the file not be made; nothing is left half-written.
    pub fn go_on_in(&self, path: &Path, world: Surroundings) -> Result<Self, Failure> {
        self.store.copy_whole_to(path)?;
        Self::open(path, world)
    }

    /// Makes a démarche's file anew from a copy of it.
    ///
    /// # Errors
    /// Why the copy cannot be used, or the file not be made; nothing is left half-written.
    pub fn restore(copy: &Path, path: &Path, world: Surroundings) -> Result<Self, Failure> {
        Store::open_to_read(copy)?.copy_to(path)?;
        Self::open(path, world)
    }

    /// Makes a new file from what a damaged one still holds and from its latest backup that is sound, if there is one. The
    /// damaged file is left as it is.
    ///
    /// # Errors
    /// Why nothing can be recovered, or the file not be made.
    pub fn recover(
        damaged: &Path,
        folder: Option<&Path>,
        path: &Path,
        world: Surroundings,
    ) -> Result<(Self, RecoveryReport), Failure> {
        let sound = |row: &BackupRow| {
            Store::open_to_read(Path::new(&row.path))
                .and_then(|store| store.verify())
                .is_ok_and(|report| report.problems.is_empty())
        };
        let backup = backups(damaged, folder)?.into_iter().find(sound).map(|row| row.path);
        let recovered = Store::recover(damaged, backup.as_deref().map(Path::new), path);
        let (store, recovery) = recovered.inspect_err(|error| {
            if !matches!(error, StoreError::Exists { .. }) {
                remove(path);
            }
        })?;
        drop(store);
        let report = RecoveryReport {
            path: path.display().to_string(),
            backup,
            found: clamp(recovery.found),
            not_in_backup: clamp(recovery.not_in_backup),
            spoiled: clamp(recovery.spoiled),
            waiting: clamp(recovery.waiting),
        };
        Ok((Self::open(path, world)?, report))
    }

    /// The latest changes of an entity, or of the whole démarche, newest first, for reading.
    ///
    /// # Errors
    /// What the store reports.
    pub fn changes(&self, entity: Option<EntityId>, skip: u32, most: u32) -> Result<Vec<ChangeRow>, Failure> {
        let mut names = HashMap::new();
        let rows = self.store.latest_changes(entity, skip, most)?;
        rows.into_iter().map(|row| self.change_row(row, &mut names)).collect()
    }

    fn change_row(&self, row: TrailRow, names: &mut HashMap<EntityId, String>) -> Result<ChangeRow, Failure> {
        let kind = Kind::named(&row.kind);
        let mut fields = Vec::with_capacity(row.fields.len());
        for (field, (before, after)) in row.fields {
            let before =
                before.iter().map(|value| self.shown(kind, &field, value, names)).collect::<Result<Vec<_>, _>>()?;
            let after = self.shown(kind, &field, &after, names)?;
            let rule = kind.zip(Field::named(&field)).and_then(|(kind, field)| kind.rule(field));
            let redactable = !after.is_empty() && rule.is_some_and(|rule| rule.value == ValueType::Text);
            fields.push(FieldChange { before: before.join(" / "), after, redacted: false, redactable, field });
        }
        let gone = |field| FieldChange {
            field,
            before: String::new(),
            after: String::new(),
            redacted: true,
            redactable: false,
        };
        fields.extend(row.erased.into_iter().map(gone));
        Ok(ChangeRow {
            id: row.change.to_string(),
            entity: row.entity,
            understood: kind.is_some(),
            title: self.store.entity(row.entity)?.map(|entity| shorten(&name(&entity).name, 80)).unwrap_or_default(),
            kind: row.kind,
            label: row.label,
            at: millis(row.wall),
            author: row.author,
            replica: row.replica,
            withheld: row.withheld,
            fields,
        })
    }

    /// Writes the history of the whole démarche as a table for auditors: one line per field set, oldest first. CSV in UTF-8
    /// with a byte order mark, separated by semicolons, as spreadsheets in France read it; a cell that a spreadsheet would
    /// take for a formula is preceded by an apostrophe.
    ///
    /// # Errors
    /// What the store or the file system reports; no partial file is left.
    pub fn export_history(&self, path: &Path) -> Result<u32, Failure> {
        let failed = |source| Failure::Io { path: path.to_owned(), source };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        let mut table = csv::WriterBuilder::new().delimiter(b';').from_writer(file);
        let headings = self.language().say(
            "date;ordinateur;auteur;geste;nature;identifiant;intitulé;champ;avant;après;modification",
            "date;laptop;author;act;kind;id;title;field;before;after;change",
        );
        let wrong = |error: csv::Error| failed(error.into());
        table.write_record(headings.split(';')).map_err(wrong)?;
        let mut names = HashMap::new();
        let mut lines = 0;
        let mut trail = Vec::new();
        self.store.trail(None, |row| trail.push(row))?;
        for row in trail {
            let row = self.change_row(row, &mut names)?;
            let withdrawn = self.language().say("[passage retiré]", "[withdrawn]");
            for field in &row.fields {
                let after = if field.redacted { &withdrawn } else { &field.after };
                let id = row.entity.to_string();
                let at = instant(row.at as i64);
                let cells = [
                    &at,
                    &row.replica,
                    &row.author,
                    &row.label,
                    &row.kind,
                    &id,
                    &row.title,
                    &field.field,
                    &field.before,
                    after,
                    &row.id,
                ];
                table.write_record(cells.map(|cell| harmless(cell))).map_err(wrong)?;
                lines += 1;
            }
        }
        let file = table.into_inner().map_err(|error| failed(error.into_error()))?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(path).map_err(|error| failed(error.error))?;
        Ok(lines)
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
            let at = instant(row.wall);
            each(&json!({
                "change": row.change, "entity": row.entity, "kind": row.kind, "label": row.label, "at": at,
                "author": row.author, "replica": row.replica, "withheld": row.withheld, "redacted": row.erased,
                "fields": fields.collect::<serde_json::Map<_, _>>(),
            }));
        })?;
        Ok(())
    }
}

/// A wall clock as RFC 3339, empty where it is no date.
fn instant(wall: i64) -> String {
    let at = DateTime::from_timestamp_millis(wall);
    at.map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true)).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// The backups of a démarche, latest first. Only names that this program gives are looked at.
fn backups(demarche: &Path, folder: Option<&Path>) -> Result<Vec<BackupRow>, Failure> {
    let folder = folder.map_or_else(|| demarche.with_file_name(FOLDER), Path::to_owned);
    let failed = |source| Failure::Io { path: folder.clone(), source };
    let stem = demarche.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut rows = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let made = name
            .strip_prefix(&stem)
            .and_then(|rest| rest.strip_prefix(' '))
            .and_then(|rest| rest.strip_suffix(".moisson"))
            .filter(|made| NaiveDateTime::parse_from_str(made, TIME).is_ok());
        if let Some(made) = made {
            let size = entry.metadata().map_err(failed)?.len();
            rows.push(BackupRow {
                path: entry.path().display().to_string(),
                made: made.to_owned(),
                bytes: bytes(size),
            });
        }
    }
    rows.sort_by(|one, other| other.made.cmp(&one.made));
    Ok(rows)
}

/// Removes the oldest copies of a démarche beyond those kept.
fn thin(demarche: &Path, folder: &Path) -> Result<Vec<String>, Failure> {
    let old = backups(demarche, Some(folder))?.into_iter().skip(KEPT);
    old.map(|row| {
        fs::remove_file(&row.path).map_err(|source| Failure::Io { path: PathBuf::from(&row.path), source })?;
        Ok(row.path)
    })
    .collect()
}
