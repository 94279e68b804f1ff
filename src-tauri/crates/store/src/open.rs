//! Creating and opening a démarche's file, and refusing what is not one before SQLite touches it.

use crate::{
    StoreError, backup,
    passphrase::{self, Key},
};
use moisson_domain::EntityId;
use moisson_journal::{Clock, Signature};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, backup::Backup, config::DbConfig};
use rusqlite_migration::{M, Migrations};
use std::{
    fs::{self, File, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

/// « Mois » in ASCII: tells a démarche from any other SQLite file.
const APPLICATION_ID: u32 = 0x4d6f_6973;

/// Numbered by their place, forward only, never edited once released.
const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("../migrations/2026-11-24-first.sql")),
    M::up(include_str!("../migrations/2026-11-26-lean.sql")),
    M::up(include_str!("../migrations/2026-11-26-attachments.sql")),
    M::up(include_str!("../migrations/2026-11-26-cards.sql")),
    M::up(include_str!("../migrations/2026-11-26-segments.sql")),
];

/// Memory that SQLite may keep pages in, in kibibytes as it wants them: a negative number.
pub(crate) const CACHE: i64 = -64_000;
/// As much as a merge may: pages that it changes again and again are then written once.
pub(crate) const CACHE_OF_MERGE: i64 = -110_000;

/// A démarche's file, open.
#[derive(Debug)]
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    pub(crate) process: EntityId,
    /// What opened the file, if it is under a passphrase.
    pub(crate) key: Option<Key>,
    /// The chain of this opening; none until its first act.
    pub(crate) signature: Option<Signature>,
    /// Kept so that no second window writes to the same file.
    _lock: Option<Lock>,
}

/// What a new file starts with.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Id of the démarche.
    pub process: EntityId,
    /// Name of the laptop, shown in histories.
    pub replica: String,
}

impl Store {
    /// Makes a new, empty file. Fails if there is one.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::ReadOnly`] and what SQLite reports.
    pub fn create(path: &Path, new: &NewFile) -> Result<Self, StoreError> {
        Self::create_under(path, new, None)
    }

    /// The same, under the key of another file.
    pub(crate) fn create_under(path: &Path, new: &NewFile, key: Option<&Key>) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        let lock = Lock::take(path)?;
        let opened = Connection::open(path).and_then(|conn| passphrase::with_key(conn, key));
        let mut conn = opened.map_err(|source| sqlite(path, source))?;
        let made = configure(&conn)
            .and_then(|()| conn.pragma_update(None, "application_id", APPLICATION_ID))
            .and_then(|()| migrate(&mut conn, MIGRATIONS))
            .and_then(|()| {
                let mut insert = conn.prepare("INSERT INTO meta (key, value) VALUES (?1, ?2)")?;
                insert.execute(["process", &new.process.to_string()])?;
                insert.execute(["replica", &new.replica])?;
                insert.execute(["clock", "0"])?;
                // What tells the file from others reaches the file itself: it is looked at before SQLite is.
                conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            });
        if let Err(source) = made {
            drop(conn);
            fs::remove_file(path).ok();
            return Err(sqlite(path, source));
        }
        let key = key.cloned();
        Ok(Self { conn, path: path.to_owned(), process: new.process, key, signature: None, _lock: Some(lock) })
    }

    /// Opens a file to work in it; no other window or program can until it is closed.
    ///
    /// # Errors
    /// Says what the file is instead of a démarche, or why it cannot be used.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_and_migrate(path, MIGRATIONS)
    }

    fn open_and_migrate(path: &Path, migrations: &[M<'_>]) -> Result<Self, StoreError> {
        inspect(path)?;
        if fs::metadata(path).map_err(|source| io_error(path, source))?.permissions().readonly() {
            return Err(StoreError::ReadOnly { path: path.to_owned() });
        }
        let lock = Lock::take(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut conn = passphrase::connect(path, flags, None)?;
        recognise(path, &conn)?;
        configure(&conn).map_err(|source| sqlite(path, source))?;
        keep_before_migration(&conn, path, migrations.len())?;
        migrate(&mut conn, migrations).map_err(|source| sqlite(path, source))?;
        let store = Self::opened(conn, path, Some(lock))?;
        store.scrub_if_due()?;
        Ok(store)
    }

    /// Opens a file only to read it, also while a window works in it. One of an older schema is read from a copy in memory,
    /// brought up to date there.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        inspect(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = passphrase::connect(path, flags, None)?;
        let reads = conn.query_row("SELECT count(*) FROM meta", [], |_| Ok(())).is_ok();
        // A closed file in a folder that cannot be written: SQLite cannot make its shared memory there.
        let conn = if reads { conn } else { passphrase::connect(path, flags, Some("immutable=1"))? };
        recognise(path, &conn)?;
        conn.busy_timeout(PATIENCE).map_err(|source| sqlite(path, source))?;
        let conn = up_to_date(path, conn)?;
        Self::opened(conn, path, None)
    }

    fn opened(conn: Connection, path: &Path, lock: Option<Lock>) -> Result<Self, StoreError> {
        let process: Option<String> = conn
            .query_row("SELECT value FROM meta WHERE key = 'process'", [], |row| row.get(0))
            .optional()
            .map_err(|source| sqlite(path, source))?;
        let process = process.and_then(|text| text.parse().ok()).ok_or_else(|| StoreError::Damaged {
            path: path.to_owned(),
            detail: String::from("the démarche has no identity"),
        })?;
        let key = passphrase::key_of(path)?;
        Ok(Self { conn, path: path.to_owned(), process, key, signature: None, _lock: lock })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Id of the démarche.
    #[must_use]
    pub const fn process(&self) -> EntityId {
        self.process
    }

    /// Number of the schema of this file.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn schema(&self) -> Result<u32, StoreError> {
        self.conn.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(|source| self.failed(source))
    }

    /// Name of the laptop, as this file knows it.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn replica(&self) -> Result<String, StoreError> {
        Ok(self.meta("replica")?.unwrap_or_default())
    }

    /// Names the laptop.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn name_replica(&mut self, name: &str) -> Result<(), StoreError> {
        self.conn
            .execute("UPDATE meta SET value = ?1 WHERE key = 'replica'", [name])
            .map(|_| ())
            .map_err(|source| self.failed(source))
    }

    pub(crate) fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.conn
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
            .optional()
            .map_err(|source| self.failed(source))
    }

    /// The highest clock that merges brought, and that of the latest change: an act of this file is later than all it followed.
    pub(crate) fn clocks(&self) -> Result<[Clock; 2], StoreError> {
        let merged = self.meta("clock")?.and_then(|text| text.parse().ok()).unwrap_or(0);
        let latest: Option<i64> = self
            .conn
            .query_row("SELECT clock FROM change WHERE n = (SELECT max(n) FROM change)", [], |row| row.get(0))
            .optional()
            .map_err(|source| self.failed(source))?;
        Ok([Clock(merged), Clock(latest.unwrap_or(0).cast_unsigned())])
    }

    /// SQLite's error with the file it concerns.
    pub(crate) fn failed(&self, source: rusqlite::Error) -> StoreError {
        sqlite(&self.path, source)
    }
}

/// How long a connection waits for another.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// Settings of every connection.
fn configure(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // FULL: what the window showed as kept has reached the disk.
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "cache_size", CACHE)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn migrate(conn: &mut Connection, migrations: &[M<'_>]) -> rusqlite::Result<()> {
    Migrations::from_slice(migrations).to_latest(conn).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err,
        other => rusqlite::Error::ToSqlConversionFailure(Box::new(other)),
    })
}

/// The connection, or where the file is of an older schema one to a copy in memory that is not.
fn up_to_date(path: &Path, conn: Connection) -> Result<Connection, StoreError> {
    let key = passphrase::key_of(path)?;
    let copied = || -> rusqlite::Result<Connection> {
        let version: usize = conn.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))? as usize;
        if version >= MIGRATIONS.len() {
            return Ok(conn);
        }
        let mut copy = passphrase::with_key(Connection::open_in_memory()?, key.as_ref())?;
        Backup::new(&conn, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
        migrate(&mut copy, MIGRATIONS)?;
        Ok(copy)
    };
    copied().map_err(|source| sqlite(path, source))
}

fn copy_before_migration(path: &Path, version: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name("sauvegardes").join(format!("{stem} schéma {version}.moisson"))
}

/// The copies that were kept before a file's migrations.
#[must_use]
pub fn copies_before_migration(path: &Path) -> Vec<PathBuf> {
    let older = 1..=u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    older.map(|version| copy_before_migration(path, version)).filter(|copy| copy.exists()).collect()
}

/// Keeps a copy of a file of an older schema, in « sauvegardes » beside it, before it is changed.
fn keep_before_migration(conn: &Connection, path: &Path, latest: usize) -> Result<(), StoreError> {
    let failed = |source| sqlite(path, source);
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    if version == 0 || version as usize >= latest {
        return Ok(());
    }
    let copy = copy_before_migration(path, version);
    if copy.exists() {
        return Ok(());
    }
    fs::create_dir_all(path.with_file_name("sauvegardes")).map_err(|source| io_error(&copy, source))?;
    let temp = backup::copy(conn, passphrase::key_of(path)?.as_ref(), path, &copy)?;
    backup::persist(temp, &copy)
}

/// Reads the first bytes: what is it, by which version, and is it all there?
pub(crate) fn inspect(path: &Path) -> Result<(), StoreError> {
    let owned = || path.to_owned();
    let mut header = [0; 100];
    let mut file = File::open(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => StoreError::NotFound { path: owned() },
        _ => io_error(path, source),
    })?;
    let length = file.metadata().map_err(|source| io_error(path, source))?.len();
    let read = file.read_exact(&mut header);
    if passphrase::protected(path)?.is_some() {
        // It tells what it is only once it is open.
        return Ok(());
    }
    if read.is_err() || !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::NotADemarche { path: owned() });
    }
    let word = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if word(68) != APPLICATION_ID {
        return Err(StoreError::NotADemarche { path: owned() });
    }
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if word(60) > known {
        return Err(StoreError::Newer { path: owned(), found: word(60), known });
    }
    let page = u64::from(u16::from_be_bytes([header[16], header[17]]));
    let page = if page == 1 { 65_536 } else { page };
    let expected = page * u64::from(word(28));
    let wal = PathBuf::from(format!("{}-wal", path.display()));
    if length < expected && !wal.exists() {
        let detail = format!("{length} bytes are there of {expected}");
        return Err(StoreError::Damaged { path: owned(), detail });
    }
    Ok(())
}

/// What an open file is: as [`inspect`], for one that could not be looked at before it was open.
pub(crate) fn recognise(path: &Path, conn: &Connection) -> Result<(), StoreError> {
    let number = |name| conn.pragma_query_value(None, name, |row| row.get::<_, u32>(0)).map_err(|e| sqlite(path, e));
    if number("application_id")? != APPLICATION_ID {
        return Err(StoreError::NotADemarche { path: path.to_owned() });
    }
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    match number("user_version")? {
        found if found > known => Err(StoreError::Newer { path: path.to_owned(), found, known }),
        _ => Ok(()),
    }
}

pub(crate) fn percent(path: &Path) -> String {
    path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// A file beside the démarche, locked by the system while someone works in it and freed by the system if they crash.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    pub(crate) fn take(demarche: &Path) -> Result<Self, StoreError> {
        let path = PathBuf::from(format!("{}-lock", demarche.display()));
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| io_error(demarche, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file, path }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: demarche.to_owned() }),
            Err(TryLockError::Error(source)) => Err(io_error(demarche, source)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        fs::remove_file(&self.path).ok();
        self.file.unlock().ok();
    }
}

pub(crate) fn io_error(path: &Path, source: io::Error) -> StoreError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound => StoreError::NotFound { path },
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path },
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full { path },
        _ => StoreError::Io { path, source },
    }
}

pub(crate) fn sqlite(path: &Path, source: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Damaged { path, detail: source.to_string() }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::InUse { path },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            StoreError::ReadOnly { path }
        }
        Some(ErrorCode::DiskFull) => StoreError::Full { path },
        _ => StoreError::Sqlite { path, source },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

    use super::*;

    #[test]
    fn a_file_of_an_older_schema_is_copied_before_it_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spie.moisson");
        let new = NewFile { process: EntityId::from_bytes([9; 16]), replica: String::from("A") };
        let digest = Store::create(&path, &new).unwrap().digest().unwrap();
        let latest = u32::try_from(MIGRATIONS.len()).unwrap();
        let and = |more| [MIGRATIONS, &[M::up(more)]].concat();
        let later = and("CREATE TABLE later (x)");
        let migrated = Store::open_and_migrate(&path, &later).unwrap();
        assert_eq!((migrated.schema().unwrap(), migrated.digest().unwrap()), (latest + 1, digest.clone()));
        let copy = folder.path().join(format!("sauvegardes/spie schéma {latest}.moisson"));
        let kept = Store::open_to_read(&copy).unwrap();
        assert_eq!((kept.schema().unwrap(), kept.digest().unwrap()), (latest, digest));
        assert_eq!(copies_before_migration(&path), std::slice::from_ref(&copy));
        // A migration that fails leaves the file as it was.
        drop(migrated);
        fs::copy(&copy, folder.path().join("b.moisson")).unwrap();
        let broken = and("CREATE TABLE half (x); SELECT nonsense");
        assert!(Store::open_and_migrate(&folder.path().join("b.moisson"), &broken).is_err());
        assert_eq!(Store::open(&folder.path().join("b.moisson")).unwrap().schema().unwrap(), latest);
    }
}
