//! The window: a thin Tauri shell around the use cases of `moisson-workflow`.
//!
//! One command per use case; each opens nothing, decides nothing, and after an act tells every window which views to
//! refetch. State that is not part of a démarche (preferences, projector scene, timer) lives here.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands a command its arguments by value")]

mod acts;
mod agenda;
mod bindings;
mod consolidate;
mod diagnostic;
mod documents;
mod dossiers;
mod file;
mod forms;
mod meeting;
mod paths;
mod phones;
mod portable;
mod preferences;
mod projector;
mod protection;
mod reads;
mod region;
mod rehearsal;
mod room;
mod safety;
mod state;
mod web_view;

pub use bindings::export_bindings;

use state::{App, Warned};
use std::{path::PathBuf, time::Duration};
use tauri::{AppHandle, Manager, RunEvent};
use tauri_specta::Event;

/// Between two automatic backups of a démarche that changes.
const BACKUPS: Duration = Duration::from_secs(600);

/// Starts the application; the first argument may be a démarche to open, or `--demo`. With `--portable` everything it keeps lies
/// beside the démarche.
pub fn run() {
    if let Some(status) = portable::start_again() {
        std::process::exit(status);
    }
    let builder = bindings::builder();
    let app = tauri::Builder::default();
    // On Linux `web_view::prepare` does the same; on Windows WebView2 shows a page of its own that says so.
    #[cfg(target_os = "macos")]
    let app = app.on_web_content_process_terminate(|webview| {
        webview.reload().ok();
    });
    let app = app
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(builder.invoke_handler())
        .setup(move |app| {
            builder.mount_events(app);
            let folder = portable::folder().map_or_else(|| app.path().app_data_dir(), Ok)?;
            rehearsal::sweep(&folder);
            let state = App::new(folder);
            start(&state, std::env::args().nth(1).as_deref());
            app.manage(state);
            if let Some(window) = app.get_webview_window("main") {
                web_view::prepare(&window);
            }
            let handle = app.handle().clone();
            std::thread::spawn(move || back_up_now_and_then(&handle));
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|handle, event| {
            // A copy holds the names that the démarche holds: it does not stay behind.
            if matches!(event, RunEvent::Exit) {
                handle.state::<App>().end_rehearsal();
            }
        }),
        Err(error) => {
            eprintln!("moisson: {error}");
            std::process::exit(1);
        }
    }
}

/// Opens what was asked for on the command line; what cannot be opened is told on the welcome page.
fn start(state: &App, argument: Option<&str>) {
    let opened = match argument {
        Some("--demo") => state.open_demo(),
        Some(path) if !path.starts_with('-') => state.open(&PathBuf::from(path)),
        _ => return,
    };
    if let Err(error) = opened {
        state.refused(PathBuf::from(argument.unwrap_or_default()), error);
    }
}

/// Copies the open démarche while it changes. A backup that fails is told, and tried again.
fn back_up_now_and_then(handle: &AppHandle) {
    loop {
        std::thread::sleep(BACKUPS);
        if let Err(error) = handle.state::<App>().back_up() {
            Warned { error }.emit(handle).ok();
        }
    }
}
