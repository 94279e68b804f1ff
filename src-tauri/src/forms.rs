//! Commands of forms: sent to partners, read when they come back, taken difference by difference.

use crate::state::{App, AppError};
use moisson_workflow::{
    EntityId,
    views::{ExportReport, FormReturn, FormTaken},
};
use std::path::PathBuf;
use tauri::{AppHandle, State};

#[tauri::command(async)]
#[specta::specta]
pub fn send_form(
    app: State<'_, App>,
    of: EntityId,
    formats: Vec<String>,
    folder: PathBuf,
) -> Result<ExportReport, AppError> {
    // Only reading what the form says holds the démarche; composing it leaves people free to type.
    let job = app.with(|session| {
        let formats = formats.iter().map(|name| session.format(name)).collect::<Result<Vec<_>, _>>()?;
        Ok((session.form(of)?, formats))
    });
    let (form, formats) = job?;
    form.write(&formats, &folder).map_err(|failure| app.explain(&failure))
}

#[tauri::command(async)]
#[specta::specta]
pub fn read_form(app: State<'_, App>, path: PathBuf, expected: Option<EntityId>) -> Result<FormReturn, AppError> {
    app.with(|session| session.read_form(&path, expected))
}

#[tauri::command(async)]
#[specta::specta]
pub fn take_form(handle: AppHandle, app: State<'_, App>, taken: Vec<FormTaken>) -> Result<u32, AppError> {
    app.act(&handle, |session| session.take_form(&taken))
}
