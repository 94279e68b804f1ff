//! Commands for documents: what can be written, how it looks, what its first pages are.

use crate::state::{App, AppError, lock};
use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use moisson_workflow::{
    DocumentSource, Emblem, EntityId, Failure, PhoneRoom,
    views::{CharterChange, CharterView, DocumentKind, DocumentOffer, ExportReport, JoinView, PictureRole},
};
use std::path::PathBuf;
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub fn document_offers() -> Vec<DocumentOffer> {
    moisson_workflow::document_offers()
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_documents(
    app: State<'_, App>,
    document: DocumentKind,
    workshop: Option<EntityId>,
    formats: Vec<String>,
    folder: PathBuf,
) -> Result<ExportReport, AppError> {
    let formats = app.with(|session| formats.iter().map(|name| session.format(name)).collect::<Result<Vec<_>, _>>());
    let source = gathered(&app, document, workshop)?;
    source.write(&formats?, &folder).map_err(|failure| app.explain(&failure))
}

/// The first pages of a document as pictures (SVG), or the page of one action of the plan; none for what has no pages.
#[tauri::command(async)]
#[specta::specta]
pub fn preview_document(
    app: State<'_, App>,
    document: DocumentKind,
    workshop: Option<EntityId>,
    action: Option<EntityId>,
) -> Result<Vec<String>, AppError> {
    if let Some(action) = action.filter(|_| document == DocumentKind::Plan) {
        let page = app.with(|session| session.action_page(action))?;
        return page.preview().map_err(|failure| app.explain(&failure));
    }
    gathered(&app, document, workshop)?.preview().map_err(|failure| app.explain(&failure))
}

/// Only reading what the document says holds the démarche; composing it leaves people free to type.
fn gathered(app: &App, document: DocumentKind, workshop: Option<EntityId>) -> Result<DocumentSource, AppError> {
    let join = workshop.and_then(|workshop| door(app, workshop));
    app.with(|session| session.source_with(document, workshop, join.as_ref()))
}

/// How phones come into the room of an atelier, while it is open.
fn door(app: &App, workshop: EntityId) -> Option<JoinView> {
    let room = lock(&app.phones).as_ref().map(PhoneRoom::view)?.ok()?;
    (room.workshop == workshop).then_some(room.join)
}

#[tauri::command(async)]
#[specta::specta]
pub fn charter(app: State<'_, App>) -> Result<CharterView, AppError> {
    app.with(|session| session.charter())
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_charter(handle: AppHandle, app: State<'_, App>, change: CharterChange) -> Result<(), AppError> {
    app.act(&handle, |session| session.set_charter(&change))
}

/// The picture is read and drawn before the démarche is held.
#[tauri::command(async)]
#[specta::specta]
pub fn attach_emblem(
    handle: AppHandle,
    app: State<'_, App>,
    role: PictureRole,
    funder: Option<EntityId>,
    path: PathBuf,
) -> Result<EntityId, AppError> {
    let read: Result<Emblem, Failure> = match role {
        PictureRole::Cover => Emblem::cover(&path),
        PictureRole::Model => Emblem::model(&path),
        PictureRole::Logo | PictureRole::Emblem => Emblem::logo(&path),
    };
    let emblem = read.map_err(|failure| app.explain(&failure))?;
    app.act(&handle, |session| session.attach_emblem(role, funder, &emblem))
}

/// A picture of the charter as an address that a page can show; none if it is not on this laptop.
#[tauri::command(async)]
#[specta::specta]
pub fn emblem(app: State<'_, App>, id: EntityId) -> Result<Option<String>, AppError> {
    let found = app.with(|session| session.emblem(id))?;
    Ok(found.map(|(bytes, kind)| format!("data:{kind};base64,{}", STANDARD.encode(bytes))))
}
