//! Commands on the passphrase of a démarche, and the system's keychain, which remembers it where someone wants that.

use crate::{
    file::{AppState, refreshed},
    state::{App, AppError, Warned},
};
use keyring::{Entry, Error};
use moisson_workflow::{Failure, protect, protected, unlock, views::ProtectionReport};
use serde::Serialize;
use specta::Type;
use std::path::{Path, PathBuf};
use tauri::{AppHandle, State};
use tauri_specta::Event;

/// Under which name the keychain keeps passphrases.
const SERVICE: &str = "fr.moisson.app";

/// Whether the open démarche is under a passphrase.
#[derive(Debug, Serialize, Type)]
pub struct Protection {
    protected: bool,
    /// Whether this computer's keychain remembers it.
    remembered: bool,
}

/// A démarche put under a passphrase, or taken from under it, and open again.
#[derive(Debug, Serialize, Type)]
pub struct Protected {
    state: AppState,
    report: ProtectionReport,
}

/// The keychain's entry for a file; none for one that is not protected.
fn entry(path: &Path) -> Result<Option<Entry>, Failure> {
    let Some(name) = protected(path)? else { return Ok(None) };
    Entry::new(SERVICE, &name).map(Some).map_err(keychain)
}

fn keychain(error: Error) -> Failure {
    Failure::Keychain { detail: error.to_string() }
}

/// The passphrase that the keychain remembers for a file.
pub fn remembered(path: &Path) -> Option<String> {
    entry(path).ok()??.get_password().ok()
}

fn remember(path: &Path, passphrase: &str) -> Result<(), Failure> {
    match entry(path)? {
        Some(entry) => entry.set_password(passphrase).map_err(keychain),
        None => Ok(()),
    }
}

fn forget(path: &Path) -> Result<(), Failure> {
    let Some(entry) = entry(path)? else { return Ok(()) };
    match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(keychain(error)),
    }
}

/// Opens a protected démarche. That its passphrase could not be remembered is told, and keeps nobody from working.
#[tauri::command(async)]
#[specta::specta]
pub fn unlock_process(
    handle: AppHandle,
    app: State<'_, App>,
    path: PathBuf,
    passphrase: String,
    keep: bool,
) -> Result<AppState, AppError> {
    unlock(&path, &passphrase).map_err(|error| app.explain(&error.into()))?;
    app.open(&path)?;
    if keep && let Err(failure) = remember(&path, &passphrase) {
        Warned { error: app.explain(&failure) }.emit(&handle).ok();
    }
    Ok(refreshed(&handle, &app))
}

#[tauri::command(async)]
#[specta::specta]
pub fn protection(app: State<'_, App>) -> Result<Protection, AppError> {
    let path = app.path()?;
    let is_protected = protected(&path).map_err(|error| app.explain(&error.into()))?.is_some();
    Ok(Protection { protected: is_protected, remembered: is_protected && remembered(&path).is_some() })
}

/// Puts the open démarche and its copies under a passphrase, or another one; without one, takes it away. It is closed meanwhile.
#[tauri::command(async)]
#[specta::specta]
pub fn protect_process(
    handle: AppHandle,
    app: State<'_, App>,
    passphrase: Option<String>,
    keep: bool,
) -> Result<Protected, AppError> {
    app.in_earnest()?;
    let path = app.path()?;
    let backups = app.preferences().backups.clone();
    // What the keychain remembers is of the passphrase that goes; where there is no keychain, nothing is remembered.
    let before = entry(&path).ok().flatten();
    app.close();
    let done = protect(&path, passphrase.as_deref(), backups.as_deref(), &mut app.surroundings());
    app.open(&path)?;
    let report = done.map_err(|failure| app.explain(&failure))?;
    if let Some(before) = before {
        before.delete_credential().ok();
    }
    if let Some(passphrase) = passphrase.filter(|_| keep)
        && let Err(failure) = remember(&path, &passphrase)
    {
        Warned { error: app.explain(&failure) }.emit(&handle).ok();
    }
    Ok(Protected { state: refreshed(&handle, &app), report })
}

/// Lets the keychain forget the passphrase of the open démarche.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_passphrase(app: State<'_, App>) -> Result<(), AppError> {
    forget(&app.path()?).map_err(|failure| app.explain(&failure))
}
