//! The projector's window: what it shows, the timer, follow or freeze. None of it is part of the démarche.

use crate::state::{App, AppError, lock, tell};
use chrono::Local;
use moisson_workflow::views::{ProjectorView, Scene, Timer, View};
use tauri::{AppHandle, Manager, State, WebviewUrl, WebviewWindowBuilder};

/// What the projector is asked to show.
pub struct Projector {
    /// The scene.
    pub scene: Scene,
    /// While frozen, what it showed then.
    pub frozen: Option<ProjectorView>,
    /// The countdown.
    pub timer: Timer,
}

impl Default for Projector {
    fn default() -> Self {
        Self { scene: Scene::Black, frozen: None, timer: Timer::default() }
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
        (projector.scene.clone(), projector.frozen.clone(), projector.timer.clone())
    };
    match frozen {
        Some(view) => Ok(ProjectorView { frozen: true, timer, ..view }),
        None => {
            let mut view = app.with(|session| session.projected(&scene, false, &timer))?;
            if let Scene::Join { workshop } = scene {
                let room = lock(&app.phones);
                view.join = room.as_ref().filter(|room| room.workshop() == workshop).map(|room| room.join().clone());
            }
            Ok(view)
        }
    }
}

#[tauri::command(async)]
#[specta::specta]
pub fn project(handle: AppHandle, app: State<'_, App>, scene: Scene) {
    {
        let mut projector = lock(&app.projector);
        projector.scene = scene;
        projector.frozen = None;
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
        window.set_focus().ok();
        return Ok(());
    }
    let url = WebviewUrl::App("index.html#projector".into());
    let mut window = WebviewWindowBuilder::new(&handle, "projector", url).title("Moisson").inner_size(1280.0, 720.0);
    // On the second screen, where there is one.
    let primary = handle.primary_monitor().ok().flatten();
    let others = handle.available_monitors().unwrap_or_default();
    let same = |monitor: &tauri::Monitor| primary.as_ref().is_some_and(|one| one.position() == monitor.position());
    if let Some(second) = others.iter().find(|monitor| !same(monitor)) {
        let position = second.position().to_logical::<f64>(second.scale_factor());
        window = window.position(position.x, position.y).fullscreen(true);
    }
    window.build().map_err(|error| {
        let source = std::io::Error::other(error.to_string());
        app.explain(&moisson_workflow::Failure::Io { path: "projector".into(), source })
    })?;
    tell(&handle, vec![View::Projector]);
    Ok(())
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
