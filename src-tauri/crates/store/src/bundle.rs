//! Writing a dossier: a ZIP that anyone can open in ten years.

use crate::{
    Lot, Since, Store, StoreError,
    dossier::{ATTACHMENTS, CHANGES, FORMAT, MANIFEST, Manifest, PEOPLE, Part, VERSION, WriterRange},
    lock,
    open::io_error,
    rows,
};
use moisson_domain::{EntityId, Kind};
use moisson_journal::{Change, write_line};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fs::File,
    io::{BufWriter, Seek, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What a dossier carries.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ateliers whose content goes along; empty means all.
    pub workshops: Vec<EntityId>,
    /// Whether names and addresses go along.
    pub people: bool,
    /// When it is written, RFC 3339, for people to read.
    pub written_at: String,
    /// Title of the démarche, for people to read.
    pub title: String,
    /// What the other side has already: left out.
    pub since: Option<Since>,
    /// Just these changes; all if none.
    pub only: Option<Lot>,
    /// What locks the dossier, and opens the one named by `since` if that is locked.
    pub passphrase: Option<String>,
}

/// A dossier that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleSummary {
    /// Where.
    pub path: PathBuf,
    /// Changes it names.
    pub changes: u64,
    /// Of which without their content.
    pub withheld: u64,
    /// Size in bytes.
    pub bytes: u64,
}

impl Store {
    /// Writes a dossier, whole or not at all.
    ///
    /// Changes that belong to ateliers left out go without their content: the chain of hashes stays whole, their words do
    /// not travel, and a fuller dossier completes them later.
    ///
    /// # Errors
    /// What SQLite or the file system reports.
    pub fn bundle(&self, path: &Path, selection: &Selection) -> Result<BundleSummary, StoreError> {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut temp = NamedTempFile::new_in(folder).map_err(|source| io_error(path, source))?;
        let (changes, withheld) = match &selection.passphrase {
            None => self.write_bundle(temp.as_file_mut(), path, selection)?,
            Some(passphrase) => {
                // Not beside the dossier: what is to be locked is never written to the stick in the clear.
                let mut clear = tempfile::tempfile().map_err(|source| io_error(path, source))?;
                let counts = self.write_bundle(&mut clear, path, selection)?;
                clear
                    .rewind()
                    .and_then(|()| lock::encrypt(&clear, BufWriter::new(temp.as_file_mut()), passphrase))
                    .map_err(|source| io_error(path, source))?;
                counts
            }
        };
        temp.as_file().sync_all().map_err(|source| io_error(path, source))?;
        let bytes = temp.as_file().metadata().map_err(|source| io_error(path, source))?.len();
        temp.persist(path).map_err(|error| io_error(path, error.error))?;
        Ok(BundleSummary { path: path.to_owned(), changes, withheld, bytes })
    }

    fn write_bundle(&self, file: &mut File, path: &Path, selection: &Selection) -> Result<(u64, u64), StoreError> {
        let failed = |source| io_error(path, source);
        let zipped = |error: zip::result::ZipError| io_error(path, error.into());
        let owners = self.owners(&selection.workshops)?;
        let known = match &selection.since {
            Some(since) => self.known_there(since, selection.passphrase.as_deref())?,
            None => HashSet::new(),
        };
        let mut zip = ZipWriter::new(BufWriter::new(file));
        // A fixed date: the same content gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default())
            .large_file(true);

        zip.start_file(CHANGES, options).map_err(zipped)?;
        let mut part = PartWriter { zip: &mut zip, hash: Sha256::new(), bytes: 0 };
        let mut counts = (0, 0);
        let mut writers: BTreeMap<[u8; 16], WriterRange> = BTreeMap::new();
        let mut taken = HashSet::new();
        self.for_each_of(selection.only.as_ref(), |change| {
            if known.contains(&change.id) {
                return Ok(());
            }
            if selection.only.is_some() {
                taken.insert(change.id);
            }
            let withhold = change.body.is_some() && owners.contains(&change.header.entity);
            counts.0 += 1;
            counts.1 += u64::from(withhold || change.body.is_none());
            let range = writers.entry(change.header.writer.0).or_insert_with(|| WriterRange {
                id: change.header.writer,
                replica: String::new(),
                first: change.header.seq,
                last: change.header.seq,
            });
            range.last = range.last.max(change.header.seq);
            part.line(&write_line(&change, withhold)).map_err(failed)
        })?;
        for line in self.waiting_lines(selection.only.as_ref())? {
            counts.0 += 1;
            part.line(&line).map_err(failed)?;
        }
        let changes = part.end();
        for range in writers.values_mut() {
            range.replica = self.replica_of(range.id.0).map_err(|source| self.failed(source))?;
        }
        let mut parts = BTreeMap::from([(CHANGES.to_owned(), changes)]);

        if selection.people {
            zip.start_file(PEOPLE, options).map_err(zipped)?;
            let mut part = PartWriter { zip: &mut zip, hash: Sha256::new(), bytes: 0 };
            for (participant, fields) in self.people()? {
                part.line(&json!({ "participant": participant, "fields": fields }).to_string()).map_err(failed)?;
            }
            parts.insert(PEOPLE.to_owned(), part.end());
        }

        for sha256 in self.carried(&owners, &known, selection.only.as_ref().map(|_| &taken))? {
            let name = format!("{ATTACHMENTS}{sha256}");
            // A photo is compressed already.
            zip.start_file(&name, options.compression_method(CompressionMethod::Stored)).map_err(zipped)?;
            let bytes = self.attachment(&sha256)?.unwrap_or_default();
            zip.write_all(&bytes).map_err(failed)?;
            parts.insert(name, Part { sha256, bytes: bytes.len() as u64 });
        }

        let manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            process: self.process,
            title: selection.title.clone(),
            written_at: selection.written_at.clone(),
            workshops: selection.workshops.clone(),
            writers: writers.into_values().collect(),
            changes: counts.0,
            withheld: counts.1,
            parts,
        };
        zip.start_file(MANIFEST, options).map_err(zipped)?;
        serde_json::to_writer_pretty(&mut zip, &manifest).map_err(|error| failed(error.into()))?;
        zip.finish().map_err(zipped)?.flush().map_err(failed)?;
        Ok(counts)
    }

    /// Calls `each` with every change, writer by writer in the order of their chains.
    pub(crate) fn for_each_change(
        &self,
        mut each: impl FnMut(Change) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for n in rows::order_by(&self.conn, "writer, seq, id").map_err(|source| self.failed(source))? {
            each(rows::at(&self.conn, n).map_err(|source| self.failed(source))?)?;
        }
        Ok(())
    }

    /// Calls `each` with the changes of a lot, or with every change.
    fn for_each_of(
        &self,
        only: Option<&Lot>,
        mut each: impl FnMut(Change) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Some(lot) = only else { return self.for_each_change(each) };
        lot.rows.iter().try_for_each(|n| each(rows::at(&self.conn, *n).map_err(|source| self.failed(source))?))
    }

    fn waiting_lines(&self, only: Option<&Lot>) -> Result<Vec<String>, StoreError> {
        let Some(lot) = only else {
            return self.rows("SELECT line FROM waiting ORDER BY writer, seq, id", [], |row| row.get(0));
        };
        let mut lines = Vec::with_capacity(lot.waiting.len());
        for id in &lot.waiting {
            // One that has stopped waiting since is in the journal, and goes with the next lot.
            let found: Vec<String> = self.rows("SELECT line FROM waiting WHERE id = ?1", [id.0], |row| row.get(0))?;
            lines.extend(found);
        }
        Ok(lines)
    }

    /// The entities whose content stays home: those that hang, at any depth, under an atelier not chosen.
    fn owners(&self, workshops: &[EntityId]) -> Result<BTreeSet<EntityId>, StoreError> {
        if workshops.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut parents: HashMap<EntityId, EntityId> = HashMap::new();
        let mut ateliers: BTreeSet<EntityId> = BTreeSet::new();
        self.for_each_change(|change| {
            let header = &change.header;
            let Some(kind) = Kind::named(&header.kind) else { return Ok(()) };
            if kind == Kind::Workshop {
                ateliers.insert(header.entity);
            }
            // A link of an atelier (its bassin) belongs to the calendar, which always travels.
            if kind != Kind::Link
                && let Some(field) = kind.parent()
                && let Ok(Some(body)) = change.read_body()
                && let Some(parent) = body.set.get(field.name()).and_then(|value| value.as_str()?.parse().ok())
            {
                parents.insert(header.entity, parent);
            }
            Ok(())
        })?;
        let chosen: BTreeSet<EntityId> = workshops.iter().copied().collect();
        let outside = |entity: &EntityId| {
            let mut at = *entity;
            // Depth: urn → ballot → workshop is the longest; a few more for kinds to come.
            for _ in 0..8 {
                match parents.get(&at) {
                    Some(parent) => at = *parent,
                    None => break,
                }
            }
            at != *entity && ateliers.contains(&at) && !chosen.contains(&at)
        };
        Ok(parents.keys().filter(|entity| outside(entity)).copied().collect())
    }
}

/// A part of the ZIP, hashed as it is written.
struct PartWriter<'a, W: Write + Seek> {
    zip: &'a mut ZipWriter<W>,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write + Seek> PartWriter<'_, W> {
    fn line(&mut self, line: &str) -> std::io::Result<()> {
        for bytes in [line.as_bytes(), b"\n"] {
            self.hash.update(bytes);
            self.bytes += bytes.len() as u64;
            self.zip.write_all(bytes)?;
        }
        Ok(())
    }

    fn end(self) -> Part {
        Part { sha256: hex::encode(self.hash.finalize()), bytes: self.bytes }
    }
}
