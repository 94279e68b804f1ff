//! Clock and chance of the terminal: the system's, or what `--now` and `--seed` say.

use crate::args::Cli;
use chrono::Local;
use directories::BaseDirs;
use moisson_workflow::{Failure, Session, Surroundings};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// The folder of the application, below that of all applications: as the window has it.
const APPLICATION: &str = "fr.moisson.app";

#[expect(clippy::disallowed_methods, reason = "the clock enters here")]
/// Surroundings for work in this file.
pub fn surroundings(cli: &Cli, file: &Path) -> Surroundings {
    let random = match cli.seed {
        // Copies of one démarche given the same seed must not write under one identity: the file's name tells them apart.
        Some(seed) => {
            let mut hasher = DefaultHasher::new();
            (seed, file.file_name(), std::env::args().nth(1)).hash(&mut hasher);
            ChaCha20Rng::seed_from_u64(hasher.finish())
        }
        None => ChaCha20Rng::from_os_rng(),
    };
    let fixed = cli.now;
    Surroundings {
        now: Box::new(move || fixed.unwrap_or_else(|| Local::now().fixed_offset())),
        random,
        author: String::new(),
        language: cli.lang(),
    }
}

/// Opens a démarche to work in it.
pub fn open(cli: &Cli, file: &Path) -> Result<Session, Failure> {
    Session::open(file, surroundings(cli, file))
}

/// Opens a démarche to read it.
pub fn read(cli: &Cli, file: &Path) -> Result<Session, Failure> {
    Session::open_to_read(file, surroundings(cli, file))
}

/// The passphrase in a file: its first line.
pub fn passphrase(file: Option<&Path>) -> Result<Option<String>, Failure> {
    let Some(path) = file else { return Ok(None) };
    let text = std::fs::read_to_string(path).map_err(|source| Failure::Io { path: path.to_owned(), source })?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(Failure::NoPassphrase { path: path.to_owned() });
    }
    Ok(Some(line.to_owned()))
}

/// The folder of this laptop's keys: the one given, that of the environment, or the application's.
pub fn keys(given: Option<&Path>) -> Result<PathBuf, Failure> {
    let named = || std::env::var_os("MOISSON_KEYS").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let usual = || BaseDirs::new().map(|folders| folders.data_dir().join(APPLICATION).join("keys"));
    given.map(Path::to_owned).or_else(named).or_else(usual).ok_or(Failure::NoFolderForKeys)
}
