//! Commands that let people sleep: backups and recovery, the history, forgetting and taking back.

use crate::{
    file::{AppState, refreshed},
    state::{App, AppError},
};
use moisson_workflow::{
    EntityId, Session,
    views::{
        BackupReport, BackupRow, ChangeRow, ExportReport, ForgetAllReport, ForgetReport, PersonKey, Quote,
        RecoveryReport, RedactReport,
    },
};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::PathBuf;
use tauri::{AppHandle, State};

/// A text of an entity.
#[derive(Debug, Deserialize, Type)]
pub struct Place {
    entity: EntityId,
    field: String,
}

/// A démarche made anew from a damaged file, now open.
#[derive(Debug, Serialize, Type)]
pub struct Recovered {
    state: AppState,
    report: RecoveryReport,
}

#[tauri::command(async)]
#[specta::specta]
pub fn back_up(app: State<'_, App>) -> Result<BackupReport, AppError> {
    app.in_earnest()?;
    let folder = app.preferences().backups.clone();
    app.with(|session| session.backup(folder.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub fn backups(app: State<'_, App>) -> Result<Vec<BackupRow>, AppError> {
    let folder = app.preferences().backups.clone();
    app.with(|session| session.backups(folder.as_deref()))
}

/// The backups of a file that may not open, latest first.
#[tauri::command(async)]
#[specta::specta]
pub fn backups_of(app: State<'_, App>, path: PathBuf) -> Result<Vec<BackupRow>, AppError> {
    let folder = app.preferences().backups.clone();
    Session::backups_of(&path, folder.as_deref()).map_err(|failure| app.explain(&failure))
}

/// Copies the open démarche to a new file and goes on there.
#[tauri::command(async)]
#[specta::specta]
pub fn go_on_in(handle: AppHandle, app: State<'_, App>, path: PathBuf) -> Result<AppState, AppError> {
    app.in_earnest()?;
    let session = app.with(|session| session.go_on_in(&path, app.surroundings()))?;
    app.adopt(session);
    Ok(refreshed(&handle, &app))
}

/// Makes a new file from a backup, and opens it.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_backup(
    handle: AppHandle,
    app: State<'_, App>,
    backup: PathBuf,
    path: PathBuf,
) -> Result<AppState, AppError> {
    let made = Session::restore(&backup, &path, app.surroundings());
    app.adopt(made.map_err(|failure| app.explain(&failure))?);
    Ok(refreshed(&handle, &app))
}

/// Makes a new file from what a damaged one still holds and from its latest sound backup, and opens it.
#[tauri::command(async)]
#[specta::specta]
pub fn recover_process(
    handle: AppHandle,
    app: State<'_, App>,
    damaged: PathBuf,
    path: PathBuf,
) -> Result<Recovered, AppError> {
    let folder = app.preferences().backups.clone();
    let made = Session::recover(&damaged, folder.as_deref(), &path, app.surroundings());
    let (session, report) = made.map_err(|failure| app.explain(&failure))?;
    app.adopt(session);
    Ok(Recovered { state: refreshed(&handle, &app), report })
}

#[tauri::command(async)]
#[specta::specta]
pub fn changes(
    app: State<'_, App>,
    entity: Option<EntityId>,
    skip: u32,
    most: u32,
) -> Result<Vec<ChangeRow>, AppError> {
    app.with(|session| session.changes(entity, skip, most))
}

/// Writes the history of the whole démarche as a table; says how many lines.
#[tauri::command(async)]
#[specta::specta]
pub fn export_history(app: State<'_, App>, path: PathBuf) -> Result<u32, AppError> {
    app.with(|session| session.export_history(&path))
}

#[tauri::command(async)]
#[specta::specta]
pub fn redact(
    handle: AppHandle,
    app: State<'_, App>,
    entity: EntityId,
    field: String,
    reason: String,
) -> Result<RedactReport, AppError> {
    app.in_earnest()?;
    let backups = app.preferences().backups.clone();
    let redacted = app.act(&handle, |session| session.redact(entity, &field, &reason, backups.as_deref()));
    app.forget_said();
    redacted
}

#[tauri::command(async)]
#[specta::specta]
pub fn quotes(app: State<'_, App>, participant: EntityId) -> Result<Vec<Quote>, AppError> {
    app.with(|session| session.quotes(participant))
}

#[tauri::command(async)]
#[specta::specta]
pub fn forget(
    handle: AppHandle,
    app: State<'_, App>,
    participant: EntityId,
    confirmed: Vec<Place>,
) -> Result<ForgetReport, AppError> {
    app.in_earnest()?;
    let confirmed: Vec<_> = confirmed.into_iter().map(|place| (place.entity, place.field)).collect();
    let backups = app.preferences().backups.clone();
    let forgotten = app.act(&handle, |session| session.forget(participant, &confirmed, backups.as_deref()));
    app.forget_said();
    forgotten
}

/// Forgets everyone of whom something is kept outside the journal.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_everyone(handle: AppHandle, app: State<'_, App>) -> Result<ForgetAllReport, AppError> {
    app.in_earnest()?;
    let backups = app.preferences().backups.clone();
    let forgotten = app.act(&handle, |session| session.forget_everyone(backups.as_deref()));
    app.forget_said();
    forgotten
}

/// Writes all that is kept of a participant, to be given to that person: to be read, and to be taken elsewhere.
#[tauri::command(async)]
#[specta::specta]
pub fn give_person(app: State<'_, App>, participant: EntityId, folder: PathBuf) -> Result<ExportReport, AppError> {
    let (papers, formats) = app
        .with(|session| Ok((session.person_papers(participant)?, [session.format("pdf")?, session.format("json")?])))?;
    papers.write(&formats, &folder).map_err(|failure| app.explain(&failure))
}

/// Keeps a name or an address on this laptop, beside the journal.
#[tauri::command(async)]
#[specta::specta]
pub fn set_person(
    handle: AppHandle,
    app: State<'_, App>,
    participant: EntityId,
    key: PersonKey,
    value: String,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.set_person(participant, key, &value))
}
