//! A folder: plain files, each written beside its name, synced, then renamed, so that a stick pulled out never holds a name
//! without its bytes.

use crate::{ExchangeError, Listed, Listing, Name, storage::is_process};
use std::{
    fs::{self, File, Metadata},
    io::{self, ErrorKind, Read, Seek, Write},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// How the file that is not whole yet ends. Found later, its writer was killed.
const UNFINISHED: &str = ".part";

/// A piece of a copy, after which whoever waits is asked whether they still do.
const PIECE: usize = 1 << 18;

pub(crate) struct Folder {
    pub path: PathBuf,
}

impl Folder {
    pub fn open(path: &Path) -> Result<Self, ExchangeError> {
        let found = fs::canonicalize(path).ok().filter(|path| path.is_dir());
        let nowhere = || ExchangeError::NoSuchPlace { address: path.display().to_string() };
        found.map(|path| Self { path }).ok_or_else(nowhere)
    }

    pub fn list(&self, process: &str) -> Result<Listing, ExchangeError> {
        let mut listing = Listing::default();
        for entry in fs::read_dir(&self.path).map_err(|error| self.failed(&error))? {
            let name = entry.map_err(|error| self.failed(&error))?.file_name();
            let is_other = |name: &str| name != process && is_process(name);
            listing.others += usize::from(name.to_str().is_some_and(is_other));
        }
        let entries = match fs::read_dir(self.path.join(process)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(listing),
            entries => entries.map_err(|error| self.failed(&error))?,
        };
        for entry in entries {
            let entry = entry.map_err(|error| self.failed(&error))?;
            let Some(name) = entry.file_name().to_str().and_then(Name::of_file) else { continue };
            match fs::metadata(entry.path()) {
                Ok(there) => listing.add(listed(name, &there)),
                // Taken away since the folder was read.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(self.failed(&error)),
            }
        }
        Ok(listing)
    }

    /// Copies a file; that it is what its name says is checked by the caller.
    pub fn fetch(
        &self,
        process: &str,
        name: &Name,
        to: &mut File,
        stop: &dyn Fn() -> bool,
    ) -> Result<(), ExchangeError> {
        let mut from = match File::open(self.place(process, name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(ExchangeError::Gone { file: name.file() });
            }
            opened => opened.map_err(|error| self.failed(&error))?,
        };
        let mut piece = vec![0; PIECE];
        loop {
            if stop() {
                return Err(ExchangeError::Stopped);
            }
            match from.read(&mut piece).map_err(|error| self.failed(&error))? {
                0 => return Ok(()),
                read => to.write_all(&piece[..read])?,
            }
        }
    }

    pub fn put(
        &self,
        process: &str,
        name: Name,
        file: &mut File,
        stop: &dyn Fn() -> bool,
    ) -> Result<Listed, ExchangeError> {
        let failed = |error: io::Error| self.failed(&error);
        let place = self.place(process, &name);
        let folder = self.path.join(process);
        // The folder itself is not made: it is gone with its stick, or its address is wrong.
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(error)),
            _ => {}
        }
        let unfinished = self.unfinished(process, &name);
        let mut to = File::create(&unfinished).map_err(failed)?;
        file.rewind()?;
        let mut piece = vec![0; PIECE];
        loop {
            if stop() {
                fs::remove_file(&unfinished).ok();
                return Err(ExchangeError::Stopped);
            }
            match file.read(&mut piece)? {
                0 => break,
                read => to.write_all(&piece[..read]).map_err(failed)?,
            }
        }
        to.sync_all().map_err(failed)?;
        drop(to);
        fs::rename(&unfinished, &place).map_err(failed)?;
        // Some file systems cannot sync a folder; the file is there all the same.
        if let Ok(folder) = File::open(&folder) {
            folder.sync_all().ok();
        }
        let there = fs::metadata(&place).map_err(failed)?;
        Ok(listed(name, &there))
    }

    pub fn remove(&self, process: &str, name: &Name) -> Result<(), ExchangeError> {
        // What an upload left, if anything; it is in nobody's way.
        fs::remove_file(self.unfinished(process, name)).ok();
        match fs::remove_file(self.place(process, name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.failed(&error)),
            _ => Ok(()),
        }
    }

    /// Puts what is published; says whether nothing was there before.
    pub fn deposit(&self, path: &str, bytes: &[u8]) -> Result<bool, ExchangeError> {
        let failed = |error: io::Error| self.failed(&error);
        let place = self.path.join(path);
        let is_new = !place.exists();
        fs::create_dir_all(place.parent().unwrap_or(&self.path)).map_err(failed)?;
        let unfinished = self.path.join(format!("{path}{UNFINISHED}"));
        let mut file = File::create(&unfinished).map_err(failed)?;
        let written =
            file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&unfinished, &place));
        if let Err(error) = written {
            fs::remove_file(&unfinished).ok();
            return Err(failed(error));
        }
        Ok(is_new)
    }

    /// Takes away what was published there a moment ago.
    pub fn take_away(&self, path: &str) {
        fs::remove_file(self.path.join(path)).ok();
    }

    fn place(&self, process: &str, name: &Name) -> PathBuf {
        self.path.join(process).join(name.file())
    }

    fn unfinished(&self, process: &str, name: &Name) -> PathBuf {
        self.path.join(process).join(format!("{}{UNFINISHED}", name.file()))
    }

    fn failed(&self, error: &io::Error) -> ExchangeError {
        let address = self.path.display().to_string();
        match error.kind() {
            ErrorKind::NotFound => ExchangeError::NoSuchPlace { address },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => ExchangeError::Refused { address },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ExchangeError::Full { address },
            _ => ExchangeError::Failed { address, detail: error.to_string() },
        }
    }
}

fn listed(name: Name, there: &Metadata) -> Listed {
    let changed = there.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let put = i64::try_from(changed.as_micros()).unwrap_or(i64::MAX);
    Listed { name, stamp: format!("{} {put}", there.len()), put }
}
