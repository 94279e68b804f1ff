//! Commands that meet other laptops through storage, beside the session that people type in.

use crate::state::{App, AppError, tell};
use moisson_workflow::{
    Access, ExchangeError, Failure, MeetingSetup, Reach, Session,
    views::{LaptopsView, MeetingReport, MeetingRow, MeetingStep, View},
};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::{path::PathBuf, sync::atomic::Ordering};
use tauri::{AppHandle, Manager, State};
use tauri_specta::Event;

/// Told while others are met.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct MeetingProgress {
    /// What is done.
    pub step: MeetingStep,
    /// Segments done.
    pub done: u32,
    /// Of how many.
    pub total: u32,
}

/// The way from a meeting to the open démarche and to the windows.
struct Through(AppHandle);

impl Reach for Through {
    fn run(&self, use_case: &mut dyn FnMut(&mut Session)) {
        let touched = self.0.state::<App>().with(|session| {
            use_case(session);
            Ok(session.take_touched())
        });
        let views = touched.unwrap_or_default();
        if !views.is_empty() {
            tell(&self.0, views);
        }
    }

    fn news(&self) {
        tell(&self.0, vec![View::Meetings]);
    }
}

/// Takes what others put in a storage, and puts what lacks there; name and password are used and kept nowhere. On a thread that may wait: the network takes its time.
#[tauri::command]
#[specta::specta]
pub async fn meet(
    handle: AppHandle,
    address: String,
    user: Option<String>,
    secret: Option<String>,
) -> Result<MeetingReport, AppError> {
    let access = Access::from_variables(|name| std::env::var(name).ok()).or_typed(user, secret);
    let waiting = handle.clone();
    let met = tauri::async_runtime::spawn_blocking(move || {
        let app = waiting.state::<App>();
        let met = exchange(&waiting, &app, &address, &access);
        app.forget_said();
        met
    });
    met.await.unwrap_or_else(|error| {
        let failed = ExchangeError::Failed { address: String::from("Moisson"), detail: error.to_string() };
        Err(handle.state::<App>().explain(&Failure::Exchange(failed)))
    })
}

fn exchange(handle: &AppHandle, app: &App, address: &str, access: &Access) -> Result<MeetingReport, AppError> {
    app.in_earnest()?;
    app.stop_meeting.store(false, Ordering::Relaxed);
    let Some((path, _)) = app.opened() else { return Err(app.nothing_open()) };
    app.back_up()?;
    let reader = Session::open_to_read(&path, app.surroundings()).map_err(|failure| app.explain(&failure))?;
    let keys = keys(app);
    let setup = MeetingSetup { address, access, keys: &keys };
    let stop = || app.stop_meeting.load(Ordering::Relaxed);
    let mut told = |step, done, total| {
        MeetingProgress { step, done, total }.emit(handle).ok();
    };
    moisson_workflow::meet(&Through(handle.clone()), &reader, setup, &stop, &mut told)
        .map_err(|failure| app.explain(&failure))
}

/// Stops the meeting that is under way; what was exchanged stays.
#[tauri::command]
#[specta::specta]
pub fn cancel_meeting(app: State<'_, App>) {
    app.stop_meeting.store(true, Ordering::Relaxed);
}

/// Where others were met, the latest first.
#[tauri::command(async)]
#[specta::specta]
pub fn meetings(app: State<'_, App>) -> Result<Vec<MeetingRow>, AppError> {
    // Counting what is left to give goes over the whole journal.
    beside(&app, Session::meetings)
}

/// The laptops that may read what is exchanged.
#[tauri::command(async)]
#[specta::specta]
pub fn laptops(app: State<'_, App>) -> Result<LaptopsView, AppError> {
    beside(&app, |session| session.laptops(&keys(&app)))
}

/// Lets a laptop read, from the next exchange on.
#[tauri::command(async)]
#[specta::specta]
pub fn admit_laptop(
    handle: AppHandle,
    app: State<'_, App>,
    key: String,
    name: String,
) -> Result<LaptopsView, AppError> {
    app.in_earnest()?;
    let view = beside(&app, |session| session.admit_laptop(&keys(&app), &key, &name))?;
    tell(&handle, vec![View::Meetings]);
    Ok(view)
}

/// Keeps a laptop from reading, from the next exchange on: the key of the démarche is turned.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_laptop(handle: AppHandle, app: State<'_, App>, key: String) -> Result<LaptopsView, AppError> {
    app.in_earnest()?;
    let view = beside(&app, |session| session.remove_laptop(&keys(&app), &key))?;
    tell(&handle, vec![View::Meetings]);
    Ok(view)
}

/// Reads beside the session, so that nobody waits to type.
fn beside<T>(app: &App, read: impl FnOnce(&Session) -> Result<T, Failure>) -> Result<T, AppError> {
    let Some((path, _)) = app.opened() else { return Err(app.nothing_open()) };
    Session::open_to_read(&path, app.surroundings())
        .and_then(|session| read(&session))
        .map_err(|failure| app.explain(&failure))
}

/// Where this laptop keeps its keys: not in the démarche, whose copy is another laptop.
fn keys(app: &App) -> PathBuf {
    app.folder().join("keys")
}
