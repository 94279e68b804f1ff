//! A démarche under a passphrase, with its copies: what lies on the disk tells nothing to who does not have it.

use crate::{
    Failure, Session, Surroundings,
    views::{CopyLeft, ProtectionReport},
};
use moisson_store::{CHANCE, Key, Store};
use rand::RngCore;
use std::path::{Path, PathBuf};

/// Signs that a passphrase has at least: four words, or as many as nobody tries out.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// Puts a closed démarche and its copies (in `backups` too, where backups go unless beside it) under a passphrase, or under another
/// one; without one, takes it away.
///
/// # Errors
/// [`Failure::ShortPassphrase`]; why the file cannot be written anew: it is then as it was. A copy that cannot is told in the report.
pub fn protect(
    path: &Path,
    passphrase: Option<&str>,
    backups: Option<&Path>,
    world: &mut Surroundings,
) -> Result<ProtectionReport, Failure> {
    let key = match passphrase {
        Some(words) if words.chars().count() < SHORTEST_PASSPHRASE => return Err(Failure::ShortPassphrase),
        Some(words) => {
            let mut chance = [0; CHANCE];
            world.random.fill_bytes(&mut chance);
            Some(Key::new(words, chance).map_err(|source| Failure::Io { path: path.to_owned(), source })?)
        }
        None => None,
    };
    Store::protect(path, key.as_ref())?;
    let mut report = ProtectionReport { copies: 0, left: Vec::new() };
    for copy in Session::copies_of(path, backups)?.into_iter().map(PathBuf::from) {
        match Store::protect(&copy, key.as_ref()) {
            Ok(()) => report.copies = report.copies.saturating_add(1),
            Err(error) => report.left.push(CopyLeft {
                path: copy.display().to_string(),
                why: Failure::from(error).explain(world.language).message,
            }),
        }
    }
    Ok(report)
}
