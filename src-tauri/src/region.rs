//! Several démarches side by side: files that the person picks, read on a thread that may take its time. None needs to be open.

use crate::state::{App, AppError};
use moisson_workflow::{
    Progress, Stop, region,
    views::{RegionQuestion, RegionReport},
};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::{
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};
use tauri::{AppHandle, Manager, State};
use tauri_specta::Event;

/// Told while démarches are compared.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct RegionProgress {
    /// Démarches read.
    pub done: u32,
    /// Of how many.
    pub total: u32,
}

/// Asks one question of the démarches in these files and folders.
#[tauri::command]
#[specta::specta]
pub async fn compare_region(
    handle: AppHandle,
    question: RegionQuestion,
    sources: Vec<PathBuf>,
) -> Result<RegionReport, AppError> {
    let reading = handle.clone();
    let read = tauri::async_runtime::spawn_blocking(move || {
        let app = reading.state::<App>();
        app.stop_region.store(false, Ordering::Relaxed);
        let mut watch = |Progress { done, total }: Progress| {
            let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
            RegionProgress { done: count(done), total: count(total) }.emit(&reading).ok();
            if app.stop_region.load(Ordering::Relaxed) { Stop::Yes } else { Stop::No }
        };
        region(question, &sources, &|_: &Path| app.surroundings(), &mut watch).map_err(|failure| app.explain(&failure))
    });
    read.await.unwrap_or_else(|error| Err(handle.state::<App>().broken(&error.to_string())))
}

/// Stops the comparison that is under way.
#[tauri::command]
#[specta::specta]
pub fn cancel_region(app: State<'_, App>) {
    app.stop_region.store(true, Ordering::Relaxed);
}
