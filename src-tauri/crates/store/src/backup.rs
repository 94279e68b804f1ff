//! Copies of a whole démarche, by SQLite's online backup: taken while someone works, verified before they take their name.

use crate::{
    Store, StoreError, VerifyReport,
    open::{io_error, sqlite},
    passphrase::{self, Key},
};
use rusqlite::{Connection, OpenFlags, backup::Backup};
use std::{path::Path, time::Duration};
use tempfile::NamedTempFile;

/// Pages copied between two looks at what else is written.
const PAGES: i32 = 2_000;

impl Store {
    /// Copies the démarche to a new file, whole or not at all: the copy is verified against its own journal, and reaches
    /// its name only then. The copy is one file, without companions.
    ///
    /// The bulletins of a secret vote that is open stay home: a row of copies would tell which came between two of them.
    ///
    /// # Errors
    /// [`StoreError::Exists`]; [`StoreError::Damaged`] where what was copied does not hold; what SQLite or the file system
    /// reports.
    pub fn copy_to(&self, path: &Path) -> Result<VerifyReport, StoreError> {
        self.copy_verified(path, leave_secrets)
    }

    /// The same with the bulletins of secret votes: the démarche goes on there, and not here.
    ///
    /// # Errors
    /// As [`Store::copy_to`].
    pub fn copy_whole_to(&self, path: &Path) -> Result<VerifyReport, StoreError> {
        self.copy_verified(path, |_| Ok(()))
    }

    fn copy_verified(
        &self,
        path: &Path,
        leave: impl FnOnce(&mut Connection) -> rusqlite::Result<()>,
    ) -> Result<VerifyReport, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        let temp = copy(&self.conn, self.key.as_ref(), &self.path, path)?;
        let mut copy = passphrase::connect(temp.path(), OpenFlags::SQLITE_OPEN_READ_WRITE, None)?;
        leave(&mut copy).map_err(|source| sqlite(path, source))?;
        drop(copy);
        let report = Self::open_to_read(temp.path())?.verify()?;
        if let Some(problem) = report.problems.first() {
            return Err(StoreError::Damaged { path: self.path.clone(), detail: problem.clone() });
        }
        persist(temp, path)?;
        Ok(report)
    }
}

/// Copies a file to a temporary one in the folder where it will take its name.
pub(crate) fn copy(conn: &Connection, key: Option<&Key>, from: &Path, to: &Path) -> Result<NamedTempFile, StoreError> {
    let folder = match to.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let temp = NamedTempFile::new_in(folder).map_err(|source| io_error(to, source))?;
    let run = || -> rusqlite::Result<()> {
        let mut copy = passphrase::with_key(Connection::open(temp.path())?, key)?;
        Backup::new(conn, &mut copy)?.run_to_completion(PAGES, Duration::ZERO, None)?;
        copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
    };
    run().map_err(|source| sqlite(from, source))?;
    Ok(temp)
}

/// Gives a copy its name, once it has reached the disk.
pub(crate) fn persist(temp: NamedTempFile, path: &Path) -> Result<(), StoreError> {
    temp.as_file().sync_all().map_err(|source| io_error(path, source))?;
    temp.persist_noclobber(path).map(|_| ()).map_err(|error| io_error(path, error.error))
}

/// Empties the bags of secret votes in a copy, and gives their cards back: nobody has voted in it.
fn leave_secrets(copy: &mut Connection) -> rusqlite::Result<()> {
    const SECRET: &str = "SELECT id FROM visible WHERE kind = 'ballot' AND state ->> 'secret'";
    copy.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    let tx = copy.transaction()?;
    tx.execute(&format!("DELETE FROM bulletin WHERE ballot IN ({SECRET})"), [])?;
    tx.execute(&format!("UPDATE card SET spent = 0 WHERE ballot IN ({SECRET})"), [])?;
    tx.commit()
}
