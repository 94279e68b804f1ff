//! Commands on files: open, make, close, preferences.

use crate::{
    preferences::{Appearance, Recent},
    rehearsal::RehearsalView,
    state::{App, AppError, Refused, tell},
};
use moisson_workflow::{Language, Session, Template, views::View};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager, State};

/// What the window needs to draw its frame.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AppState {
    version: String,
    language: Language,
    appearance: Appearance,
    laptop: Option<String>,
    /// Folder of backups; beside each démarche if none.
    backups: Option<PathBuf>,
    recent: Vec<Recent>,
    open: Option<OpenFile>,
    projector: bool,
    rehearsal: Option<RehearsalView>,
    refused: Option<Refused>,
}

/// The open démarche.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OpenFile {
    path: String,
    title: String,
    /// Where its documents go unless another folder is chosen: beside the file.
    documents: String,
}

/// What a person may choose.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct Chosen {
    language: Language,
    appearance: Appearance,
    laptop: Option<String>,
    backups: Option<PathBuf>,
}

fn current(handle: &AppHandle, app: &App) -> AppState {
    let open = app.opened().map(|(path, title)| OpenFile {
        documents: path.with_file_name("documents").display().to_string(),
        path: path.display().to_string(),
        title,
    });
    let refused = app.take_refused();
    let rehearsal = app.rehearsal();
    let preferences = app.preferences();
    AppState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        language: preferences.language,
        appearance: preferences.appearance,
        laptop: preferences.laptop.clone(),
        backups: preferences.backups.clone(),
        recent: preferences.recent.iter().filter(|one| Path::new(&one.path).exists()).cloned().collect(),
        open,
        projector: handle.get_webview_window("projector").is_some(),
        rehearsal,
        refused,
    }
}

/// Everything changed: another démarche, or another language.
pub fn refreshed(handle: &AppHandle, app: &App) -> AppState {
    tell(handle, View::ALL.to_vec());
    current(handle, app)
}

#[tauri::command]
#[specta::specta]
pub fn app_state(handle: AppHandle, app: State<'_, App>) -> AppState {
    current(&handle, &app)
}

#[tauri::command]
#[specta::specta]
pub fn set_preferences(handle: AppHandle, app: State<'_, App>, chosen: Chosen) -> Result<AppState, AppError> {
    {
        let mut preferences = app.preferences();
        preferences.language = chosen.language;
        preferences.appearance = chosen.appearance;
        preferences.laptop.clone_from(&chosen.laptop);
        preferences.backups.clone_from(&chosen.backups);
        preferences.save(app.folder());
    }
    if app.opened().is_some() {
        app.with(|session| {
            session.speak(chosen.language);
            match chosen.laptop.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
                Some(name) => session.name_replica(name),
                None => Ok(()),
            }
        })?;
    }
    Ok(refreshed(&handle, &app))
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_process(handle: AppHandle, app: State<'_, App>, path: PathBuf) -> Result<AppState, AppError> {
    app.open(&path)?;
    Ok(refreshed(&handle, &app))
}

#[tauri::command(async)]
#[specta::specta]
pub fn create_process(
    handle: AppHandle,
    app: State<'_, App>,
    path: PathBuf,
    template: String,
    title: Option<String>,
) -> Result<AppState, AppError> {
    let replica = app.preferences().laptop.clone().unwrap_or_default();
    let made = template
        .parse::<Template>()
        .and_then(|template| Session::new_process(&path, template, title.as_deref(), &replica, app.surroundings()));
    app.adopt(made.map_err(|failure| app.explain(&failure))?);
    Ok(refreshed(&handle, &app))
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_demo(handle: AppHandle, app: State<'_, App>) -> Result<AppState, AppError> {
    app.open_demo()?;
    Ok(refreshed(&handle, &app))
}

#[tauri::command]
#[specta::specta]
pub fn close_process(handle: AppHandle, app: State<'_, App>) -> AppState {
    app.close();
    refreshed(&handle, &app)
}
