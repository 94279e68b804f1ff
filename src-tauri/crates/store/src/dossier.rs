//! Reading a dossier as what it is: a stranger's file. Copied first, limited in every dimension, verified line by line.

use crate::{
    DossierProblem, StoreError,
    attachments::{MAX_ATTACHMENT, MAX_ATTACHMENTS, fingerprint},
    lock,
    open::io_error,
    verified::Verified,
};
use moisson_domain::EntityId;
use moisson_journal::{Change, InvalidChange, MAX_LINE, WriterId, read_line};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek},
    path::{Path, PathBuf},
};
use zip::ZipArchive;

pub(crate) const FORMAT: &str = "moisson-dossier";
pub(crate) const VERSION: u32 = 1;
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const CHANGES: &str = "changes.jsonl";
pub(crate) const PEOPLE: &str = "people.jsonl";
pub(crate) const ATTACHMENTS: &str = "attachments/";

/// Bytes of manifest, of any part unpacked, and number of parts that a dossier may have.
const MAX_MANIFEST: u64 = 4 << 20;
const MAX_PART: u64 = 4 << 30;
const MAX_PARTS: usize = 10_000;

/// A person as a dossier carries it: whose row, and its fields.
pub type PersonLine = (EntityId, BTreeMap<String, String>);

/// What a dossier says of itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `moisson-dossier`.
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// Id of the démarche.
    pub process: EntityId,
    /// Its title, for people.
    pub title: String,
    /// When it was written, RFC 3339.
    pub written_at: String,
    /// Ateliers whose content it carries; empty means all.
    pub workshops: Vec<EntityId>,
    /// Writers whose changes it carries.
    pub writers: Vec<WriterRange>,
    /// Number of lines of `changes.jsonl`.
    pub changes: u64,
    /// Of which without content.
    pub withheld: u64,
    /// Fingerprint of each other part.
    pub parts: BTreeMap<String, Part>,
}

/// A writer and the stretch of its chain.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WriterRange {
    /// The writer.
    pub id: WriterId,
    /// Laptop it wrote on.
    pub replica: String,
    /// First sequence number.
    pub first: u64,
    /// Last sequence number.
    pub last: u64,
}

/// A part of the ZIP.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Part {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

/// A dossier, copied and opened.
#[derive(Debug)]
pub struct Dossier {
    path: PathBuf,
    archive: ZipArchive<File>,
    manifest: Manifest,
    sha256: String,
}

impl Dossier {
    /// Copies a dossier (the stick may be pulled out), opens it with the passphrase if it is encrypted, and reads its
    /// manifest.
    ///
    /// # Errors
    /// Says what the file is instead, or what does not hold.
    pub fn open(path: &Path, passphrase: Option<&str>) -> Result<Self, StoreError> {
        let failed = |source| io_error(path, source);
        let mut original = BufReader::new(File::open(path).map_err(failed)?);
        let mut copy = tempfile::tempfile().map_err(failed)?;
        let bad = |problem| StoreError::Dossier { path: path.to_owned(), problem };
        if original.fill_buf().map_err(failed)?.starts_with(lock::MAGIC) {
            lock::decrypt(original, &mut copy, passphrase.ok_or_else(|| bad(DossierProblem::Locked))?).map_err(bad)?;
        } else {
            io::copy(&mut original, &mut copy).map_err(failed)?;
        }
        let sha256 = sha256_of(&mut copy).map_err(failed)?;
        let mut archive = ZipArchive::new(copy).map_err(|_| bad(DossierProblem::NotADossier))?;
        check_names(&archive).map_err(bad)?;
        let manifest = read_manifest(&mut archive).map_err(bad)?;
        Ok(Self { path: path.to_owned(), archive, manifest, sha256 })
    }

    /// What it says of itself.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Where it was read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Calls `each` with every change, verified, then checks that the part was whole.
    ///
    /// # Errors
    /// The first problem found, or the first error of `each`.
    pub fn for_each_change(
        &mut self,
        mut each: impl FnMut(Change) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.for_each_line_of_changes(|line| read_line(line).map(&mut each))
    }

    /// As [`Self::for_each_change`], but gives `None` for a line that was verified before.
    pub(crate) fn for_each_unverified(
        &mut self,
        verified: &mut Verified,
        mut each: impl FnMut(Option<Change>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.for_each_line_of_changes(|line| verified.read(line).map(&mut each))
    }

    /// Calls `each` with every line of the journal's part; what it cannot read is told with the number of the line.
    fn for_each_line_of_changes(
        &mut self,
        mut each: impl FnMut(&str) -> Result<Result<(), StoreError>, InvalidChange>,
    ) -> Result<(), StoreError> {
        let path = self.path.clone();
        let bad = |problem| StoreError::Dossier { path: path.clone(), problem };
        let mut number = 0;
        let lines = self.lines(CHANGES, &mut |line| {
            number += 1;
            each(line).map_err(|source| bad(DossierProblem::Change { line: number, source }))?
        })?;
        if lines != self.manifest.changes {
            let detail = format!("{lines} changes are there of {}", self.manifest.changes);
            return Err(bad(DossierProblem::Damaged(detail)));
        }
        Ok(())
    }

    /// SHA-256 of all its bytes, in hexadecimal: of what was under the lock, if it was encrypted.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The people it carries, if any.
    ///
    /// # Errors
    /// The first problem found.
    pub fn people(&mut self) -> Result<Vec<PersonLine>, StoreError> {
        #[derive(Deserialize)]
        struct Person {
            participant: EntityId,
            fields: BTreeMap<String, String>,
        }
        if !self.manifest.parts.contains_key(PEOPLE) {
            return Ok(Vec::new());
        }
        let path = self.path.clone();
        let mut people = Vec::new();
        self.lines(PEOPLE, &mut |line| {
            let person: Person = serde_json::from_str(line).map_err(|error| StoreError::Dossier {
                path: path.clone(),
                problem: DossierProblem::Damaged(error.to_string()),
            })?;
            people.push((person.participant, person.fields));
            Ok(())
        })?;
        Ok(people)
    }

    /// Calls `each` with every file it carries that is wanted, verified: its name, its manifest and its bytes must agree.
    pub(crate) fn for_each_attachment(
        &mut self,
        wanted: impl Fn(&str) -> Result<bool, StoreError>,
        mut each: impl FnMut(&str, &[u8]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let path = self.path.clone();
        let damaged =
            |detail: String| StoreError::Dossier { path: path.clone(), problem: DossierProblem::Damaged(detail) };
        let parts = self.manifest.parts.clone();
        let mut all = 0_u64;
        for (name, part) in &parts {
            let Some(sha256) = name.strip_prefix(ATTACHMENTS) else { continue };
            all = all.saturating_add(part.bytes);
            if part.bytes > MAX_ATTACHMENT || all > MAX_ATTACHMENTS {
                return Err(damaged(format!("{name} is too big")));
            }
            if !wanted(sha256)? {
                continue;
            }
            let entry = self.archive.by_name(name).map_err(|error| damaged(format!("{name}: {error}")))?;
            let mut bytes = Vec::new();
            entry.take(part.bytes + 1).read_to_end(&mut bytes).map_err(|error| damaged(format!("{name}: {error}")))?;
            if bytes.len() as u64 != part.bytes || part.sha256 != sha256 || fingerprint(&bytes) != sha256 {
                return Err(damaged(format!("{name} does not match its fingerprint")));
            }
            each(sha256, &bytes)?;
        }
        Ok(())
    }

    /// Reads a part line by line and checks its length and fingerprint against the manifest.
    fn lines(&mut self, name: &str, each: &mut dyn FnMut(&str) -> Result<(), StoreError>) -> Result<u64, StoreError> {
        let path = self.path.clone();
        let damaged =
            |detail: String| StoreError::Dossier { path: path.clone(), problem: DossierProblem::Damaged(detail) };
        let Some(part) = self.manifest.parts.get(name).cloned() else {
            return Err(damaged(format!("{name} is not in the manifest")));
        };
        let entry = self.archive.by_name(name).map_err(|error| damaged(format!("{name}: {error}")))?;
        let mut reader = BufReader::new(entry.take(part.bytes.min(MAX_PART) + 1));
        let mut hash = Sha256::new();
        let (mut bytes, mut lines) = (0, 0);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let limit = MAX_LINE as u64 + 1;
            let read = (&mut reader)
                .take(limit)
                .read_until(b'\n', &mut buffer)
                .map_err(|error| damaged(format!("{name}: {error}")))?;
            if read == 0 {
                break;
            }
            hash.update(&buffer);
            bytes += read as u64;
            let line = buffer.strip_suffix(b"\n").ok_or_else(|| damaged(format!("{name}: a line has no end")))?;
            let line = std::str::from_utf8(line).map_err(|_| damaged(format!("{name}: not UTF-8")))?;
            lines += 1;
            each(line)?;
        }
        if bytes != part.bytes || hex::encode(hash.finalize()) != part.sha256 {
            return Err(damaged(format!("{name} does not match its fingerprint")));
        }
        Ok(lines)
    }
}

fn sha256_of(file: &mut File) -> io::Result<String> {
    let mut hash = Sha256::new();
    file.rewind()?;
    io::copy(file, &mut hash)?;
    Ok(hex::encode(hash.finalize()))
}

/// Only names that a dossier has, each once; anything else is a trick or another kind of ZIP.
fn check_names(archive: &ZipArchive<File>) -> Result<(), DossierProblem> {
    if archive.len() > MAX_PARTS {
        return Err(DossierProblem::Damaged(format!("{} parts", archive.len())));
    }
    let mut seen = BTreeSet::new();
    for name in archive.file_names() {
        let name = name.map_err(|_| DossierProblem::NotADossier)?.into_owned();
        let attachment = name
            .strip_prefix(ATTACHMENTS)
            .is_some_and(|hash| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if !(attachment || [MANIFEST, CHANGES, PEOPLE].contains(&name.as_str())) {
            return Err(if archive.index_for_name(MANIFEST).is_none() {
                DossierProblem::NotADossier
            } else {
                DossierProblem::Damaged(format!("an unexpected part, {name}"))
            });
        }
        if let Some(twice) = seen.replace(name) {
            return Err(DossierProblem::Damaged(format!("{twice} is there twice")));
        }
    }
    if archive.len() != seen.len() || !seen.contains(MANIFEST) || !seen.contains(CHANGES) {
        return Err(DossierProblem::NotADossier);
    }
    Ok(())
}

fn read_manifest(archive: &mut ZipArchive<File>) -> Result<Manifest, DossierProblem> {
    #[derive(Deserialize)]
    struct Stamp {
        format: String,
        version: u32,
    }
    let damaged = |detail: String| DossierProblem::Damaged(format!("{MANIFEST}: {detail}"));
    let entry = archive.by_name(MANIFEST).map_err(|error| damaged(error.to_string()))?;
    let mut text = String::new();
    entry.take(MAX_MANIFEST).read_to_string(&mut text).map_err(|error| damaged(error.to_string()))?;
    let stamp: Stamp = serde_json::from_str(&text).map_err(|_| DossierProblem::NotADossier)?;
    if stamp.format != FORMAT {
        return Err(DossierProblem::NotADossier);
    }
    if stamp.version > VERSION {
        return Err(DossierProblem::Newer(stamp.version));
    }
    serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))
}
