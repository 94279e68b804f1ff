//! The projector's window: what it shows, the timer, follow or freeze. None of it is part of the démarche.

use crate::{
    state::{App, AppError, lock, tell},
    web_view,
};
use chrono::Local;
use moisson_workflow::{
    EntityId, on_phones,
    views::{ProjectorView, Scene, Timer, View},
};
use std::time::Duration;
use tauri::{AppHandle, Manager, Monitor, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

/// Between two looks at which screens there are: a projector is plugged in and out while its window is open.
const LOOKS: Duration = Duration::from_secs(2);

/// What the projector is asked to show.
pub struct Projector {
    /// The scene; it stays while the window is closed, the projector unplugged or the screen black.
    pub scene: Scene,
    /// Whether the screen is black meanwhile.
    pub dark: bool,
    /// While frozen, what it showed then.
    pub frozen: Option<ProjectorView>,
    /// The countdown.
    pub timer: Timer,
}

impl Default for Projector {
    fn default() -> Self {
        Self { scene: Scene::Black, dark: false, frozen: None, timer: Timer::default() }
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock enters here")]
fn now() -> f64 {
    Local::now().timestamp_millis() as f64
}

#[tauri::command(async)]
#[specta::specta]
pub fn projector(app: State<'_, App>) -> Result<ProjectorView, AppError> {
    let (scene, frozen, timer) = {
        let projector = lock(&app.projector);
        let scene = if projector.dark { Scene::Black } else { projector.scene.clone() };
        (scene, projector.frozen.clone().filter(|_| !projector.dark), projector.timer.clone())
    };
    let rehearsal = app.rehearsal().is_some();
    match frozen {
        Some(view) => Ok(ProjectorView { frozen: true, rehearsal, timer, ..view }),
        None => {
            let mut view = app.with(|session| session.projected(&scene, false, &timer))?;
            view.rehearsal = rehearsal;
            if let Some(workshop) = invited(&scene, &view) {
                let room = lock(&app.phones);
                view.join = room.as_ref().filter(|room| room.workshop() == workshop).map(|room| room.join().clone());
            }
            Ok(view)
        }
    }
}

/// The atelier whose way in is shown: asked for, or beside an open vote in which phones take part, for those who come late.
fn invited(scene: &Scene, view: &ProjectorView) -> Option<EntityId> {
    match scene {
        Scene::Join { workshop } => Some(*workshop),
        Scene::Ballot { .. } => view
            .ballot
            .as_ref()
            .filter(|ballot| ballot.state == "open" && on_phones(ballot.method))
            .and_then(|ballot| ballot.workshop),
        _ => None,
    }
}

#[tauri::command(async)]
#[specta::specta]
pub fn project(handle: AppHandle, app: State<'_, App>, scene: Scene) {
    {
        let mut projector = lock(&app.projector);
        projector.frozen = None;
        projector.dark = scene == Scene::Black;
        // What was shown before the black screen is kept to come back to.
        if !projector.dark {
            projector.scene = scene;
        }
    }
    tell(&handle, vec![View::Projector]);
}

/// Makes the screen black, or shows again what it showed.
#[tauri::command]
#[specta::specta]
pub fn darken_projector(handle: AppHandle, app: State<'_, App>) {
    {
        let mut projector = lock(&app.projector);
        projector.dark = !projector.dark;
    }
    tell(&handle, vec![View::Projector]);
}

#[tauri::command(async)]
#[specta::specta]
pub fn freeze_projector(handle: AppHandle, app: State<'_, App>, frozen: bool) -> Result<(), AppError> {
    let view = if frozen { Some(projector(app.clone())?) } else { None };
    lock(&app.projector).frozen = view;
    tell(&handle, vec![View::Projector]);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_projector(handle: AppHandle, app: State<'_, App>) -> Result<(), AppError> {
    if let Some(window) = handle.get_webview_window("projector") {
        on_second_screen(&handle, &window);
        window.set_focus().ok();
        return Ok(());
    }
    let url = WebviewUrl::App("index.html#projector".into());
    let window = WebviewWindowBuilder::new(&handle, "projector", url).title("Moisson").inner_size(1280.0, 720.0);
    let window = window.build().map_err(|error| {
        let source = std::io::Error::other(error.to_string());
        app.explain(&moisson_workflow::Failure::Io { path: "projector".into(), source })
    })?;
    web_view::prepare(&window);
    on_second_screen(&handle, &window);
    let told = handle.clone();
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) {
            tell(&told, vec![View::Projector]);
        }
    });
    let watched = handle.clone();
    std::thread::spawn(move || follow_screens(&watched));
    tell(&handle, vec![View::Projector]);
    Ok(())
}

/// The screen that is not the facilitator's, where there is one.
fn second_screen(handle: &AppHandle) -> Option<Monitor> {
    let primary = handle.primary_monitor().ok().flatten();
    let same = |monitor: &Monitor| primary.as_ref().is_some_and(|one| one.position() == monitor.position());
    handle.available_monitors().unwrap_or_default().into_iter().find(|monitor| !same(monitor))
}

/// Fills the second screen; without one, stays a window that can be moved aside.
fn on_second_screen(handle: &AppHandle, window: &WebviewWindow) {
    if let Some(second) = second_screen(handle) {
        window.set_fullscreen(false).ok();
        window.set_position(*second.position()).ok();
        window.set_fullscreen(true).ok();
    } else {
        window.set_fullscreen(false).ok();
    }
}

/// Moves the window as the projector is plugged in and out, for as long as it is open.
fn follow_screens(handle: &AppHandle) {
    let place = || second_screen(handle).map(|screen| (*screen.position(), *screen.size()));
    let mut known = place();
    while let Some(window) = handle.get_webview_window("projector") {
        let now = place();
        if now != known {
            on_second_screen(handle, &window);
            known = now;
        }
        std::thread::sleep(LOOKS);
    }
}

#[tauri::command]
#[specta::specta]
pub fn close_projector(handle: AppHandle) {
    if let Some(window) = handle.get_webview_window("projector") {
        window.close().ok();
    }
    tell(&handle, vec![View::Projector]);
}

#[tauri::command]
#[specta::specta]
pub fn set_timer(handle: AppHandle, app: State<'_, App>, minutes: Option<u16>) {
    lock(&app.projector).timer = match minutes {
        Some(minutes) => {
            let total = f64::from(minutes) * 60_000.0;
            Timer { ends_at: Some(now() + total), left: None, total }
        }
        None => Timer::default(),
    };
    tell(&handle, vec![View::Projector]);
}

#[tauri::command]
#[specta::specta]
pub fn pause_timer(handle: AppHandle, app: State<'_, App>) {
    {
        let timer = &mut lock(&app.projector).timer;
        match (timer.ends_at.take(), timer.left.take()) {
            (Some(end), _) => timer.left = Some(end - now()),
            (None, Some(left)) => timer.ends_at = Some(now() + left),
            (None, None) => {}
        }
    }
    tell(&handle, vec![View::Projector]);
}

#[tauri::command]
#[specta::specta]
pub fn extend_timer(handle: AppHandle, app: State<'_, App>, minutes: i16) {
    {
        let timer = &mut lock(&app.projector).timer;
        let more = f64::from(minutes) * 60_000.0;
        timer.total = (timer.total + more).max(0.0);
        timer.ends_at = timer.ends_at.map(|end| end + more);
        timer.left = timer.left.map(|left| left + more);
    }
    tell(&handle, vec![View::Projector]);
}
