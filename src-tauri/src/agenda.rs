//! Commands of the room's day: its déroulé, who is there, and how it ends.

use crate::state::{App, AppError, lock, tell};
use moisson_workflow::{
    EntityId,
    views::{
        Agenda, AgendaFit, AttendanceView, Closing, MethodLibrary, NewAttendee, Previous, StepLength, Strokes, Timer,
        View, Whereabouts,
    },
};
use tauri::{AppHandle, State};

/// The library of methods, in the window's language.
#[tauri::command(async)]
#[specta::specta]
pub fn methods(app: State<'_, App>) -> MethodLibrary {
    moisson_workflow::method_library(app.preferences().language)
}

#[tauri::command(async)]
#[specta::specta]
pub fn agenda(app: State<'_, App>, workshop: EntityId) -> Result<Agenda, AppError> {
    app.with(|session| session.agenda(workshop))
}

#[tauri::command(async)]
#[specta::specta]
pub fn previous(app: State<'_, App>, workshop: EntityId) -> Result<Previous, AppError> {
    app.with(|session| session.previous(workshop))
}

#[tauri::command(async)]
#[specta::specta]
pub fn add_method(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    method: String,
    people: Option<u32>,
    before: Option<EntityId>,
) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.add_method(workshop, &method, people, before))
}

#[tauri::command(async)]
#[specta::specta]
pub fn apply_agenda(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    template: String,
    fit: AgendaFit,
) -> Result<u32, AppError> {
    app.act(&handle, |session| session.apply_agenda(workshop, &template, fit))
}

#[tauri::command(async)]
#[specta::specta]
pub fn copy_agenda(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    from: EntityId,
) -> Result<u32, AppError> {
    app.act(&handle, |session| session.copy_agenda(workshop, from))
}

#[tauri::command(async)]
#[specta::specta]
pub fn stretch_steps(handle: AppHandle, app: State<'_, App>, lengths: Vec<StepLength>) -> Result<(), AppError> {
    app.act(&handle, |session| session.stretch_steps(&lengths))
}

#[tauri::command(async)]
#[specta::specta]
pub fn start_step(handle: AppHandle, app: State<'_, App>, step: EntityId) -> Result<(), AppError> {
    app.act(&handle, |session| session.start_step(step))
}

#[tauri::command(async)]
#[specta::specta]
pub fn end_step(handle: AppHandle, app: State<'_, App>, step: EntityId) -> Result<(), AppError> {
    app.act(&handle, |session| session.end_step(step))
}

/// Runs the countdown to an instant: that of the séquence under way, whatever started or took it back.
#[tauri::command]
#[specta::specta]
pub fn run_timer(handle: AppHandle, app: State<'_, App>, ends_at: f64, total: f64) {
    lock(&app.projector).timer = Timer { ends_at: Some(ends_at), left: None, total };
    tell(&handle, vec![View::Projector]);
}

#[tauri::command(async)]
#[specta::specta]
pub fn attendance(app: State<'_, App>, workshop: EntityId) -> Result<AttendanceView, AppError> {
    app.with(|session| session.attendance(workshop))
}

#[tauri::command(async)]
#[specta::specta]
pub fn mark_attendance(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    participant: EntityId,
    mark: Whereabouts,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.mark_attendance(workshop, participant, mark))
}

#[tauri::command(async)]
#[specta::specta]
pub fn count_attendance(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    organisation: Option<EntityId>,
    remote: bool,
    number: u32,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.count_attendance(workshop, organisation, remote, number))
}

#[tauri::command(async)]
#[specta::specta]
pub fn add_attendee(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    attendee: NewAttendee,
) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.add_attendee(workshop, &attendee))
}

#[tauri::command(async)]
#[specta::specta]
pub fn sign(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    participant: EntityId,
    strokes: Option<Strokes>,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.sign(workshop, participant, strokes.as_ref()))
}

#[tauri::command(async)]
#[specta::specta]
pub fn signature(app: State<'_, App>, workshop: EntityId, participant: EntityId) -> Result<Option<String>, AppError> {
    app.with(|session| session.signature(workshop, participant))
}

#[tauri::command(async)]
#[specta::specta]
pub fn closing(app: State<'_, App>, workshop: EntityId) -> Result<Closing, AppError> {
    app.with(|session| session.closing(workshop))
}

#[tauri::command(async)]
#[specta::specta]
pub fn close_workshop(handle: AppHandle, app: State<'_, App>, workshop: EntityId) -> Result<bool, AppError> {
    app.act(&handle, |session| session.close_workshop(workshop))?;
    // Nobody is left to read what phones would send; they are told. Says whether there was such a room.
    let open = lock(&app.phones).as_ref().is_some_and(|room| room.workshop() == workshop);
    if open {
        app.close_phones();
        tell(&handle, vec![View::Phones, View::Projector]);
    }
    Ok(open)
}

#[tauri::command(async)]
#[specta::specta]
pub fn rate(handle: AppHandle, app: State<'_, App>, workshop: EntityId, mark: u8) -> Result<(), AppError> {
    app.act(&handle, |session| session.rate(workshop, mark))
}

#[tauri::command(async)]
#[specta::specta]
pub fn unrate(handle: AppHandle, app: State<'_, App>, workshop: EntityId, mark: u8) -> Result<(), AppError> {
    app.act(&handle, |session| session.unrate(workshop, mark))
}
