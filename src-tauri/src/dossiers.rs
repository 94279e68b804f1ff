//! Commands that bring dossiers in and out, and settle what they disagree on.

use crate::state::{App, AppError};
use moisson_workflow::{
    BundleOptions, EntityId, Failure, Incoming, Progress, Session, Since, Stop,
    views::{BundleReport, ConflictView, GapRow, MergeReport, SettleRule, Settlement},
};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::{
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};
use tauri::{AppHandle, State};
use tauri_specta::Event;

/// Told while dossiers are taken in.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct MergeProgress {
    /// Percent of the changes read so far.
    pub percent: u32,
}

/// What goes into a dossier.
#[derive(Debug, Deserialize, Type)]
pub struct DossierOptions {
    /// Ateliers; all if none.
    workshops: Vec<EntityId>,
    /// Whether names and addresses go along.
    people: bool,
    /// A dossier of the other side: only what it lacks goes.
    since: Option<PathBuf>,
    /// What locks it.
    passphrase: Option<String>,
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_dossier(app: State<'_, App>, path: PathBuf, options: DossierOptions) -> Result<BundleReport, AppError> {
    app.in_earnest()?;
    app.with(|session| {
        let DossierOptions { workshops, people, since, passphrase } = &options;
        let since = since.clone().map(Since::Dossier);
        session.bundle(&path, BundleOptions { workshops, people: *people, since, passphrase: passphrase.clone() })
    })
}

#[tauri::command(async)]
#[specta::specta]
pub fn preview_merge(
    handle: AppHandle,
    app: State<'_, App>,
    paths: Vec<PathBuf>,
    passphrase: Option<String>,
) -> Result<MergeReport, AppError> {
    let mut watch = watch(&handle, &app);
    app.with(|session| {
        session.preview_merge(Incoming { paths: &refs(&paths), passphrase: passphrase.as_deref() }, &mut watch)
    })
}

#[tauri::command(async)]
#[specta::specta]
pub fn merge(
    handle: AppHandle,
    app: State<'_, App>,
    paths: Vec<PathBuf>,
    passphrase: Option<String>,
) -> Result<MergeReport, AppError> {
    let mut watch = watch(&handle, &app);
    app.back_up()?;
    let merged = app.act(&handle, |session| {
        session.merge(Incoming { paths: &refs(&paths), passphrase: passphrase.as_deref() }, &mut watch)
    });
    app.forget_said();
    merged
}

/// Stops the merge or preview that is under way; the démarche is left as it was.
#[tauri::command]
#[specta::specta]
pub fn cancel_merge(app: State<'_, App>) {
    app.stop.store(true, Ordering::Relaxed);
}

#[tauri::command(async)]
#[specta::specta]
pub fn missing_dossiers(app: State<'_, App>) -> Result<Vec<GapRow>, AppError> {
    app.with(|session| session.missing_dossiers())
}

#[tauri::command(async)]
#[specta::specta]
pub fn conflicts(app: State<'_, App>) -> Result<Vec<ConflictView>, AppError> {
    app.with(|session| session.conflicts())
}

#[tauri::command(async)]
#[specta::specta]
pub fn settle(
    handle: AppHandle,
    app: State<'_, App>,
    entity: EntityId,
    field: String,
    settlement: Settlement,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.settle(entity, &field, &settlement))
}

/// Settles every conflict that a rule decides; says how many it settled and how many are left.
#[tauri::command(async)]
#[specta::specta]
pub fn settle_all(handle: AppHandle, app: State<'_, App>, rule: SettleRule) -> Result<(u32, u32), AppError> {
    app.act(&handle, |session| session.settle_all(rule))
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_dossier_as_new(
    handle: AppHandle,
    app: State<'_, App>,
    path: PathBuf,
    dossier: PathBuf,
    passphrase: Option<String>,
) -> Result<crate::file::AppState, AppError> {
    let replica = app.preferences().laptop.clone().unwrap_or_default();
    let made = Session::create_from_dossier(&path, &dossier, passphrase.as_deref(), &replica, app.surroundings());
    app.adopt(made.map_err(|failure: Failure| app.explain(&failure))?);
    Ok(crate::file::refreshed(&handle, &app))
}

/// Tells the windows each percent, and stops when someone asked to.
fn watch<'a>(handle: &'a AppHandle, app: &'a App) -> impl FnMut(Progress) -> Stop + 'a {
    app.stop.store(false, Ordering::Relaxed);
    let mut told = None;
    move |progress| {
        let percent = u32::try_from(progress.done * 100 / progress.total.max(1)).unwrap_or(100).min(100);
        if told != Some(percent) {
            told = Some(percent);
            MergeProgress { percent }.emit(handle).ok();
        }
        if app.stop.load(Ordering::Relaxed) { Stop::Yes } else { Stop::No }
    }
}

fn refs(paths: &[PathBuf]) -> Vec<&Path> {
    paths.iter().map(PathBuf::as_path).collect()
}
