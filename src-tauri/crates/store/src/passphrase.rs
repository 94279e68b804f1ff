//! A démarche under a passphrase: every page of its file encrypted by SQLCipher (AES-256 in CBC, HMAC-SHA512), under a key that
//! Argon2id draws from the passphrase (RFC 9106, its second recommended choice: 64 MiB, three passes, four lanes).
//!
//! A protected file begins with its salt, which begins with « Mois »: that is all it tells without its key. Keys are kept in
//! memory for as long as the program runs, by salt: the copies of a démarche have the salt and the key of its file, so that whoever
//! opened it can open them too. Nothing here writes a key or a passphrase anywhere.

use crate::{
    Store, StoreError,
    open::{self, Lock, io_error, percent, sqlite},
};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Read},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tempfile::NamedTempFile;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// How a protected file begins, and its salt.
const MARK: &[u8; 4] = b"Mois";
/// Bytes of the salt, which is the beginning of the file.
const SALT: usize = 16;
/// Chance in a salt, besides the mark.
pub const CHANCE: usize = SALT - MARK.len();
/// Bytes of a page of a protected file. SQLCipher has to be told before it can read the first one: it stays what it was.
const PAGE: u32 = 8192;

type Salt = [u8; SALT];

/// What opens a protected file.
#[derive(Clone)]
pub struct Key {
    salt: Salt,
    secret: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Key")
    }
}

impl Key {
    /// A new key for a file that is to be protected, from a passphrase and chance.
    ///
    /// # Errors
    /// [`io::ErrorKind::OutOfMemory`] where the 64 MiB that Argon2id works in are not to be had.
    pub fn new(passphrase: &str, chance: [u8; CHANCE]) -> io::Result<Self> {
        let mut salt = [0; SALT];
        salt[..MARK.len()].copy_from_slice(MARK);
        salt[MARK.len()..].copy_from_slice(&chance);
        Self::derive(passphrase, salt)
    }

    fn derive(passphrase: &str, salt: Salt) -> io::Result<Self> {
        let mut secret = Zeroizing::new([0; 32]);
        // « é » is one sign on one keyboard and two on another.
        let words = Zeroizing::new(passphrase.nfc().collect::<String>());
        Params::new(64 * 1024, 3, 4, Some(secret.len()))
            .map(|params| Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
            .and_then(|argon| argon.hash_password_into(words.as_bytes(), &salt, secret.as_mut_slice()))
            // Its lengths are right: memory is all that it can lack.
            .map_err(|_| io::ErrorKind::OutOfMemory)?;
        Ok(Self { salt, secret })
    }

    /// As SQLCipher wants it: a key that needs no more work, and its salt.
    fn words(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(hex::encode(self.secret.as_slice()));
        Zeroizing::new(format!("x'{}{}'", secret.as_str(), hex::encode(self.salt)))
    }

    fn give(&self, conn: &Connection) -> rusqlite::Result<()> {
        conn.pragma_update(None, "key", self.words().as_str())?;
        conn.pragma_update(None, "cipher_page_size", PAGE)
    }

    /// Whether it opens a file: tried on its first page alone, which nobody is kept from reading.
    fn opens(&self, path: &Path) -> Result<bool, StoreError> {
        let look = || -> rusqlite::Result<i64> {
            let conn = Connection::open_with_flags(format!("file:{}?immutable=1", percent(path)), READ)?;
            self.give(&conn)?;
            conn.pragma_query_value(None, "schema_version", |row| row.get(0))
        };
        match look() {
            Ok(_) => Ok(true),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Ok(false),
            Err(error) => Err(sqlite(path, error)),
        }
    }
}

const READ: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_URI);

/// The keys of the files that were opened, and passphrases that were given for whichever file needs one.
#[derive(Default)]
struct Ring {
    keys: HashMap<Salt, Key>,
    offered: Vec<Zeroizing<String>>,
}

static RING: Mutex<Option<Ring>> = Mutex::new(None);

fn with_ring<T>(run: impl FnOnce(&mut Ring) -> T) -> T {
    let mut ring: MutexGuard<'_, _> = RING.lock().unwrap_or_else(PoisonError::into_inner);
    run(ring.get_or_insert_default())
}

/// The salt of a protected file; none where the file is not one.
fn salt_of(path: &Path) -> Result<Option<Salt>, StoreError> {
    let mut salt = [0; SALT];
    let mut file = File::open(path).map_err(|source| io_error(path, source))?;
    match file.read_exact(&mut salt) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read.map_err(|source| io_error(path, source))?,
    }
    Ok(salt.starts_with(MARK).then_some(salt))
}

/// What names the key of a protected file wherever it or a copy of it lies; none where the file is not protected.
///
/// # Errors
/// What the file system reports.
pub fn protected(path: &Path) -> Result<Option<String>, StoreError> {
    Ok(salt_of(path)?.map(hex::encode))
}

/// Keeps a passphrase to try on every protected file that is opened from now on.
pub fn offer_passphrase(passphrase: &str) {
    with_ring(|ring| ring.offered.push(Zeroizing::new(passphrase.to_owned())));
}

/// Opens a protected file to this program: its key is kept from now on.
///
/// # Errors
/// [`StoreError::WrongPassphrase`]; what the file system reports. A file that is not protected needs nothing.
pub fn unlock(path: &Path, passphrase: &str) -> Result<(), StoreError> {
    let Some(salt) = salt_of(path)? else { return Ok(()) };
    let key = Key::derive(passphrase, salt).map_err(|source| io_error(path, source))?;
    if !key.opens(path)? {
        return Err(StoreError::WrongPassphrase { path: path.to_owned() });
    }
    with_ring(|ring| ring.keys.insert(salt, key));
    Ok(())
}

/// The key of a file, if it is protected.
pub(crate) fn key_of(path: &Path) -> Result<Option<Key>, StoreError> {
    let Some(salt) = salt_of(path)? else { return Ok(None) };
    if let Some(key) = with_ring(|ring| ring.keys.get(&salt).cloned()) {
        return Ok(Some(key));
    }
    let offered = with_ring(|ring| ring.offered.clone());
    for passphrase in &offered {
        match unlock(path, passphrase) {
            Err(StoreError::WrongPassphrase { .. }) => {}
            tried => return tried.map(|()| with_ring(|ring| ring.keys.get(&salt).cloned())),
        }
    }
    let path = path.to_owned();
    Err(if offered.is_empty() { StoreError::Locked { path } } else { StoreError::WrongPassphrase { path } })
}

/// Opens a connection to a file, with its key where it has one. `options` are those of SQLite's URI.
pub(crate) fn connect(path: &Path, flags: OpenFlags, options: Option<&str>) -> Result<Connection, StoreError> {
    let key = key_of(path)?;
    let connected = match options {
        None => Connection::open_with_flags(path, flags),
        Some(options) => {
            Connection::open_with_flags(format!("file:{}?{options}", percent(path)), flags | OpenFlags::SQLITE_OPEN_URI)
        }
    };
    connected.and_then(|conn| with_key(conn, key.as_ref())).map_err(|source| sqlite(path, source))
}

/// Gives a connection to a new or empty file the key of another.
pub(crate) fn with_key(conn: Connection, key: Option<&Key>) -> rusqlite::Result<Connection> {
    if let Some(key) = key {
        key.give(&conn)?;
    }
    Ok(conn)
}

impl Store {
    /// Writes a file anew under a key, or without one, in its own place: whole or not at all. Nobody may have it open. Blocks that
    /// the old file leaves on the disk are the system's to overwrite.
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::Locked`], [`StoreError::Damaged`] where what was written is not what was there, and what
    /// SQLite or the file system reports; the file is then as it was.
    pub fn protect(path: &Path, key: Option<&Key>) -> Result<(), StoreError> {
        open::inspect(path)?;
        let lock = Lock::take(path)?;
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let temp = NamedTempFile::new_in(folder).map_err(|source| io_error(path, source))?;
        let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, None)?;
        open::recognise(path, &conn)?;
        // Only who is alone can leave WAL: from here on nobody writes, and nothing stays beside the file.
        let written = conn
            .pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
            .and_then(|()| write_anew(&conn, temp.path(), key));
        let before = written.map_err(|source| sqlite(path, source))?;
        if let Some(key) = key {
            with_ring(|ring| ring.keys.insert(key.salt, key.clone()));
        }
        let report = Self::open_to_read(temp.path())?.verify()?;
        let copy = connect(temp.path(), READ, None)?;
        let after = rows(&copy).map_err(|source| sqlite(path, source))?;
        let problem =
            report.problems.into_iter().next().or_else(|| (before != after).then(|| String::from("rows are missing")));
        if let Some(detail) = problem {
            return Err(StoreError::Damaged { path: path.to_owned(), detail });
        }
        drop((copy, conn));
        temp.as_file().sync_all().map_err(|source| io_error(path, source))?;
        if let Ok(kept) = fs::metadata(path) {
            fs::set_permissions(temp.path(), kept.permissions()).map_err(|source| io_error(path, source))?;
        }
        temp.persist(path).map_err(|error| io_error(path, error.error))?;
        drop(lock);
        Ok(())
    }
}

/// Writes what a connection holds to a new file; returns its rows by table.
fn write_anew(conn: &Connection, to: &Path, key: Option<&Key>) -> rusqlite::Result<HashMap<String, i64>> {
    let words = key.map(Key::words).unwrap_or_default();
    conn.execute("ATTACH ?1 AS anew KEY ?2", [to.to_string_lossy().as_ref(), words.as_str()])?;
    if key.is_some() {
        conn.pragma_update(Some("anew"), "cipher_page_size", PAGE)?;
    }
    conn.query_row("SELECT sqlcipher_export('anew')", [], |_| Ok(()))?;
    for told in ["user_version", "application_id"] {
        let value: u32 = conn.pragma_query_value(None, told, |row| row.get(0))?;
        conn.pragma_update(Some("anew"), told, value)?;
    }
    conn.execute("DETACH anew", [])?;
    rows(conn)
}

fn rows(conn: &Connection) -> rusqlite::Result<HashMap<String, i64>> {
    let mut tables =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let tables = tables.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    tables
        .into_iter()
        .map(|table| {
            let count = conn.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))?;
            Ok((table, count))
        })
        .collect()
}
