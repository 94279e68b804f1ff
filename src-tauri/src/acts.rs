//! Commands that act: one per use case, each telling the windows what to refetch.

use crate::state::{App, AppError};
use moisson_workflow::{
    EntityId, Fields, Kind, Session,
    tally::Ballot,
    views::{Capture, DraftReport, JsonValue, NewBallot, Target, UndoReport},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use tauri::{AppHandle, State};

/// The fields of an entity, by name.
#[derive(Deserialize, specta::Type)]
#[serde(transparent)]
pub struct Values(#[specta(type = BTreeMap<String, JsonValue>)] BTreeMap<String, Value>);

#[tauri::command(async)]
#[specta::specta]
pub fn create(
    handle: AppHandle,
    app: State<'_, App>,
    kind: Kind,
    fields: Values,
    before: Option<EntityId>,
) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.create_entity(kind, Fields(fields.0), before))
}

#[tauri::command(async)]
#[specta::specta]
pub fn edit(handle: AppHandle, app: State<'_, App>, id: EntityId, fields: Values) -> Result<(), AppError> {
    app.act(&handle, |session| session.edit_entity(id, Fields(fields.0)))
}

#[tauri::command(async)]
#[specta::specta]
pub fn remove(handle: AppHandle, app: State<'_, App>, ids: Vec<EntityId>) -> Result<(), AppError> {
    app.act(&handle, |session| session.remove_entities(&ids))
}

#[tauri::command(async)]
#[specta::specta]
pub fn reorder(handle: AppHandle, app: State<'_, App>, id: EntityId, before: Option<EntityId>) -> Result<(), AppError> {
    app.act(&handle, |session| session.reorder(id, before))
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_links(
    handle: AppHandle,
    app: State<'_, App>,
    from: EntityId,
    kind: String,
    to: Vec<EntityId>,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.set_links(from, &kind, &to))
}

#[tauri::command(async)]
#[specta::specta]
pub fn capture(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    capture: Capture,
) -> Result<Vec<EntityId>, AppError> {
    app.act(&handle, |session| session.capture(workshop, &capture))
}

#[tauri::command(async)]
#[specta::specta]
pub fn group(
    handle: AppHandle,
    app: State<'_, App>,
    proposals: Vec<EntityId>,
    target: Target,
) -> Result<Option<EntityId>, AppError> {
    app.act(&handle, |session| session.group(&proposals, &target))
}

#[tauri::command(async)]
#[specta::specta]
pub fn cluster(
    handle: AppHandle,
    app: State<'_, App>,
    proposals: Vec<EntityId>,
    target: Target,
) -> Result<Option<EntityId>, AppError> {
    app.act(&handle, |session| session.cluster(&proposals, &target))
}

#[tauri::command(async)]
#[specta::specta]
pub fn new_ballot(handle: AppHandle, app: State<'_, App>, ballot: NewBallot) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.new_ballot(&ballot))
}

#[tauri::command(async)]
#[specta::specta]
pub fn cast_ballot(
    handle: AppHandle,
    app: State<'_, App>,
    ballot: EntityId,
    bulletin: Ballot,
) -> Result<String, AppError> {
    app.act(&handle, |session| session.cast(ballot, &bulletin))
}

#[tauri::command(async)]
#[specta::specta]
pub fn withdraw_ballot(handle: AppHandle, app: State<'_, App>, ballot: EntityId, key: String) -> Result<(), AppError> {
    app.act(&handle, |session| session.withdraw(ballot, &key))
}

#[tauri::command(async)]
#[specta::specta]
pub fn close_ballot(handle: AppHandle, app: State<'_, App>, id: EntityId) -> Result<(), AppError> {
    app.act(&handle, |session| session.close_ballot(id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn extend_ballot(handle: AppHandle, app: State<'_, App>, ballot: EntityId, minutes: u32) -> Result<(), AppError> {
    app.act(&handle, |session| session.extend_ballot(ballot, minutes))
}

#[tauri::command(async)]
#[specta::specta]
pub fn settle_late(
    handle: AppHandle,
    app: State<'_, App>,
    ballot: EntityId,
    urn: EntityId,
    counted: bool,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.settle_late(ballot, urn, counted))
}

#[tauri::command(async)]
#[specta::specta]
pub fn note_refused(handle: AppHandle, app: State<'_, App>, ballot: EntityId) -> Result<(), AppError> {
    app.act(&handle, |session| session.note_refused(ballot))
}

#[tauri::command(async)]
#[specta::specta]
pub fn ask_again(handle: AppHandle, app: State<'_, App>, ballot: EntityId) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.ask_again(ballot))
}

#[tauri::command(async)]
#[specta::specta]
pub fn draft_action(
    handle: AppHandle,
    app: State<'_, App>,
    cluster: EntityId,
    objective: Option<EntityId>,
) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.draft_action(cluster, objective))
}

#[tauri::command(async)]
#[specta::specta]
pub fn draft_plan(handle: AppHandle, app: State<'_, App>) -> Result<DraftReport, AppError> {
    app.act(&handle, Session::draft_plan)
}

#[tauri::command(async)]
#[specta::specta]
pub fn undo(handle: AppHandle, app: State<'_, App>) -> Result<UndoReport, AppError> {
    app.act(&handle, Session::undo)
}

#[tauri::command(async)]
#[specta::specta]
pub fn redo(handle: AppHandle, app: State<'_, App>) -> Result<UndoReport, AppError> {
    app.act(&handle, Session::redo)
}
