//! What can go wrong with a file or a dossier, with all that is needed to tell a person.

use moisson_domain::EntityId;
use moisson_journal::{ChangeId, InvalidChange};
use std::{io, path::PathBuf};
use thiserror::Error;

/// A failure of the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No such file.
    #[error("{} does not exist", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// A file is already there.
    #[error("{} exists already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Some other kind of file.
    #[error("{} is not a démarche", path.display())]
    NotADemarche {
        /// The file.
        path: PathBuf,
    },
    /// Written by a newer version.
    #[error("{} was written by a newer version (schema {found}, this one knows {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema known here.
        known: u32,
    },
    /// Truncated or corrupt.
    #[error("{} is damaged: {detail}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// Under a passphrase that was not given.
    #[error("{} is protected by a passphrase", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// Under another passphrase than the one given, or damaged in its first page.
    #[error("{} does not open with this passphrase", path.display())]
    WrongPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// Open in another window or program.
    #[error("{} is open elsewhere", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be written.
    #[error("{} cannot be written", path.display())]
    ReadOnly {
        /// The file or folder.
        path: PathBuf,
    },
    /// No room left.
    #[error("no room left to write {}", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Another failure of the file system.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Another failure of SQLite.
    #[error("{}: {source}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// SQLite's error.
        source: rusqlite::Error,
    },
    /// A dossier that cannot be taken in.
    #[error("dossier {}: {problem}", path.display())]
    Dossier {
        /// The dossier.
        path: PathBuf,
        /// Why.
        problem: DossierProblem,
    },
    /// No such entity, or no longer.
    #[error("there is no {0}")]
    NoSuchEntity(EntityId),
    /// The file has never been in the state with this fingerprint, as far back as it was looked for.
    #[error("no state of the démarche has the fingerprint {0}")]
    NoSuchState(String),
    /// No such change.
    #[error("there is no change {0}")]
    NoSuchChange(ChangeId),
    /// The person asked to stop; nothing was written.
    #[error("stopped")]
    Stopped,
}

/// Why a dossier cannot be taken in.
#[derive(Debug, Error)]
pub enum DossierProblem {
    /// Encrypted, and no passphrase was given.
    #[error("encrypted with a passphrase")]
    Locked,
    /// Encrypted, and the passphrase given does not open it.
    #[error("encrypted with another passphrase, or damaged")]
    WrongPassphrase,
    /// Not a ZIP, or without a manifest.
    #[error("not a dossier")]
    NotADossier,
    /// Written by a newer version.
    #[error("format {0} is newer than this version")]
    Newer(u32),
    /// Of another démarche.
    #[error("belongs to another démarche, {title}")]
    OtherProcess {
        /// Title of that démarche.
        title: String,
    },
    /// A part is missing, doubled, too big or does not match its fingerprint.
    #[error("{0}")]
    Damaged(String),
    /// A line is not an acceptable change.
    #[error("line {line}: {source}")]
    Change {
        /// Line in `changes.jsonl`, from 1.
        line: u64,
        /// Why.
        source: InvalidChange,
    },
}
