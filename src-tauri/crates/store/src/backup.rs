//! Copies of a whole démarche, by SQLite's online backup: taken while someone works, verified before they take their name.

use crate::{
    Store, StoreError, VerifyReport,
    open::{io_error, sqlite},
};
use rusqlite::{Connection, backup::Backup};
use std::{path::Path, time::Duration};
use tempfile::NamedTempFile;

/// Pages copied between two looks at what else is written.
const PAGES: i32 = 2_000;

impl Store {
    /// Copies the démarche to a new file, whole or not at all: the copy is verified against its own journal, and reaches
    /// its name only then. The copy is one file, without companions.
    ///
    /// # Errors
    /// [`StoreError::Exists`]; [`StoreError::Damaged`] where what was copied does not hold; what SQLite or the file system
    /// reports.
    pub fn copy_to(&self, path: &Path) -> Result<VerifyReport, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let temp = NamedTempFile::new_in(folder).map_err(|source| io_error(path, source))?;
        let failed = |source| sqlite(path, source);
        {
            let mut copy = Connection::open(temp.path()).map_err(failed)?;
            Backup::new(&self.conn, &mut copy)
                .and_then(|backup| backup.run_to_completion(PAGES, Duration::ZERO, None))
                .map_err(failed)?;
            copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).map_err(failed)?;
        }
        let report = Self::open_to_read(temp.path())?.verify()?;
        if let Some(problem) = report.problems.first() {
            return Err(StoreError::Damaged { path: self.path.clone(), detail: problem.clone() });
        }
        temp.as_file().sync_all().map_err(|source| io_error(path, source))?;
        temp.persist_noclobber(path).map_err(|error| io_error(path, error.error))?;
        Ok(report)
    }
}
