//! Commands of the room: what was said again, split, joined, put aside, and what resembles what.

use crate::state::{App, AppError, lock};
use base64::{Engine, engine::general_purpose::STANDARD};
use moisson_workflow::{
    EntityId, Photo, Said, Session,
    views::{Asked, Capture, Resembling},
};
use std::path::PathBuf;
use tauri::{AppHandle, State};

#[tauri::command(async)]
#[specta::specta]
pub fn capture_all(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    captures: Vec<Capture>,
) -> Result<Vec<EntityId>, AppError> {
    app.act(&handle, |session| session.capture_all(workshop, &captures))
}

#[tauri::command(async)]
#[specta::specta]
pub fn say_again(
    handle: AppHandle,
    app: State<'_, App>,
    proposal: EntityId,
    workshop: EntityId,
) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.say_again(proposal, workshop))
}

#[tauri::command(async)]
#[specta::specta]
pub fn unsay(handle: AppHandle, app: State<'_, App>, proposal: EntityId, workshop: EntityId) -> Result<(), AppError> {
    app.act(&handle, |session| session.unsay(proposal, workshop))
}

#[tauri::command(async)]
#[specta::specta]
pub fn split(
    handle: AppHandle,
    app: State<'_, App>,
    proposal: EntityId,
    texts: Vec<String>,
) -> Result<Vec<EntityId>, AppError> {
    app.act(&handle, |session| session.split(proposal, &texts))
}

#[tauri::command(async)]
#[specta::specta]
pub fn join(
    handle: AppHandle,
    app: State<'_, App>,
    proposals: Vec<EntityId>,
    text: String,
) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.join(&proposals, &text))
}

#[tauri::command(async)]
#[specta::specta]
pub fn park(handle: AppHandle, app: State<'_, App>, proposals: Vec<EntityId>, parked: bool) -> Result<(), AppError> {
    app.act(&handle, |session| session.park(&proposals, parked))
}

/// The picture is read and made small before the démarche is held.
#[tauri::command(async)]
#[specta::specta]
pub fn attach_photo(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    path: PathBuf,
) -> Result<EntityId, AppError> {
    let photo = Photo::read(&path).map_err(|failure| app.explain(&failure))?;
    app.act(&handle, |session| session.attach_photo(workshop, &photo))
}

/// A photo as an address that a page can show; none if it is not on this laptop.
#[tauri::command(async)]
#[specta::specta]
pub fn photo(app: State<'_, App>, id: EntityId) -> Result<Option<String>, AppError> {
    let jpeg = app.with(|session| session.photo(id))?;
    Ok(jpeg.map(|jpeg| format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg))))
}

#[tauri::command(async)]
#[specta::specta]
pub fn tell_apart(handle: AppHandle, app: State<'_, App>, one: EntityId, other: EntityId) -> Result<(), AppError> {
    app.act(&handle, |session| session.tell_apart(one, other))
}

/// The words of all proposals are read once, beside the session, so that nobody waits to type; then they are followed.
#[tauri::command(async)]
#[specta::specta]
pub fn resembling(app: State<'_, App>, asked: Asked) -> Result<Vec<Resembling>, AppError> {
    let Some((path, _)) = app.opened() else { return Ok(Vec::new()) };
    let language = app.preferences().language;
    let mut said = lock(&app.said);
    let mut known = match said.take() {
        Some(known) if known.serves(&path, language) => known,
        _ => Session::open_to_read(&path, app.surroundings())
            .and_then(|session| Said::read(&session))
            .map_err(|failure| app.explain(&failure))?,
    };
    let found = app.with(|session| {
        known.follow(session)?;
        session.resembling(&known, &asked)
    });
    *said = Some(known);
    found
}
