//! Commands that bring tables in, and open what was written.

use crate::state::{App, AppError};
use moisson_workflow::{
    EntityId, ImportOptions,
    views::{ImportKind, ImportReport, PlanImport, PlanImportAsked},
};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

#[tauri::command(async)]
#[specta::specta]
pub fn import_preview(
    app: State<'_, App>,
    kind: ImportKind,
    path: PathBuf,
    workshop: Option<EntityId>,
) -> Result<ImportReport, AppError> {
    app.with(|session| session.import(&path, ImportOptions { kind, workshop, keep: false }))
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_file(
    handle: AppHandle,
    app: State<'_, App>,
    kind: ImportKind,
    path: PathBuf,
    workshop: Option<EntityId>,
) -> Result<ImportReport, AppError> {
    app.act(&handle, |session| session.import(&path, ImportOptions { kind, workshop, keep: true }))
}

#[tauri::command(async)]
#[specta::specta]
pub fn preview_plan(app: State<'_, App>, path: PathBuf, asked: PlanImportAsked) -> Result<PlanImport, AppError> {
    app.with(|session| session.preview_plan(&path, &asked))
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_plan(
    handle: AppHandle,
    app: State<'_, App>,
    path: PathBuf,
    asked: PlanImportAsked,
) -> Result<PlanImport, AppError> {
    app.act(&handle, |session| session.import_plan(&path, &asked))
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_path(handle: AppHandle, app: State<'_, App>, path: PathBuf) -> Result<(), AppError> {
    opened(&app, &path, handle.opener().open_path(path.display().to_string(), None::<&str>))
}

#[tauri::command(async)]
#[specta::specta]
pub fn reveal_path(handle: AppHandle, app: State<'_, App>, path: PathBuf) -> Result<(), AppError> {
    opened(&app, &path, handle.opener().reveal_item_in_dir(&path))
}

fn opened(app: &App, path: &Path, result: Result<(), tauri_plugin_opener::Error>) -> Result<(), AppError> {
    result.map_err(|error| {
        let source = std::io::Error::other(error.to_string());
        app.explain(&moisson_workflow::Failure::Io { path: path.to_owned(), source })
    })
}
