//! The rehearsal of an atelier: the démarche is set aside, a copy takes its place until the rehearsal ends, and pretend
//! participants act in it beside whoever rehearses.

use crate::{
    file::{AppState, refreshed},
    projector::Projector,
    state::{App, AppError, lock, tell},
};
use moisson_workflow::{EntityId, Failure, PhoneRoom, Pretend, Session, sweep_rehearsals, views::View};
use serde::Serialize;
use specta::Type;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use tauri::{AppHandle, Manager, State};
use tempfile::TempDir;

/// Between two moments of the pretend participants: a room speaks faster than anyone types.
const BEAT: Duration = Duration::from_millis(1_500);
/// The copy's name; what it is called while it is open is the démarche's title.
const COPY: &str = "repetition.moisson";

/// A rehearsal under way. Dropped, its copy is gone.
pub struct Rehearsal {
    real: Session,
    view: RehearsalView,
    folder: TempDir,
}

/// What the window shows of it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RehearsalView {
    /// The atelier.
    workshop: EntityId,
    /// How many pretend participants.
    people: u32,
    /// Whether they hold still.
    paused: bool,
}

/// Where the copies are, below the application's folder.
fn copies(folder: &Path) -> PathBuf {
    folder.join("repetitions")
}

/// Removes what is left of rehearsals that the power ended.
pub fn sweep(folder: &Path) {
    sweep_rehearsals(&copies(folder), COPY);
}

impl App {
    /// What the window shows of the rehearsal under way.
    pub fn rehearsal(&self) -> Option<RehearsalView> {
        lock(&self.rehearsal).as_ref().map(|rehearsal| rehearsal.view.clone())
    }

    /// Refuses what would reach beyond a rehearsal: dossiers, backups, erasures.
    pub fn in_earnest(&self) -> Result<(), AppError> {
        if self.rehearsal().is_some() { Err(self.explain(&Failure::InRehearsal)) } else { Ok(()) }
    }

    /// Sets the démarche aside and opens a copy of it. Returns who plays in it, and the copy's path.
    fn rehearse(&self, workshop: EntityId, people: u32) -> Result<(Pretend, PathBuf), AppError> {
        self.in_earnest()?;
        self.close_phones();
        let place = copies(self.folder());
        let made = fs::create_dir_all(&place).and_then(|()| tempfile::tempdir_in(&place));
        let folder = made.map_err(|source| self.explain(&Failure::Io { path: place, source }))?;
        let path = folder.path().join(COPY);
        let world = self.surroundings();
        let (pretend, real) = self.exchange(|session| {
            let mut copy = session.rehearse(&path, world)?;
            let pretend = Pretend::new(&mut copy, workshop, people);
            Ok((pretend, copy))
        })?;
        let people = u32::try_from(pretend.count()).unwrap_or(u32::MAX);
        let view = RehearsalView { workshop, people, paused: false };
        *lock(&self.rehearsal) = Some(Rehearsal { real, view, folder });
        self.show_anew();
        Ok((pretend, path))
    }

    /// Ends the rehearsal, if there is one: the démarche is back as it was, the copy is gone.
    pub fn end_rehearsal(&self) {
        let Some(Rehearsal { mut real, folder, .. }) = lock(&self.rehearsal).take() else { return };
        self.close_phones();
        real.speak(self.preferences().language);
        drop(self.put_back(real));
        self.show_anew();
        // What cannot be removed now is swept at the next start.
        folder.close().ok();
    }

    /// The wall and what was said belong to one file.
    fn show_anew(&self) {
        *lock(&self.projector) = Projector::default();
        self.forget_said();
    }
}

/// Lets the pretend participants act until the rehearsal ends.
fn play(handle: &AppHandle, mut pretend: Pretend, copy: &Path) {
    loop {
        std::thread::sleep(BEAT);
        let app = handle.state::<App>();
        let Some(view) = app.rehearsal() else { return };
        if view.paused {
            continue;
        }
        let moderated = lock(&app.phones).as_ref().is_some_and(PhoneRoom::moderated);
        let mut over = false;
        // A vote closed at that very moment, a proposal removed: they go on with the next thing.
        app.act(handle, |session| {
            over = session.path() != copy;
            if over { Ok(()) } else { pretend.beat(session, moderated) }
        })
        .ok();
        if over {
            return;
        }
        if moderated {
            tell(handle, vec![View::Phones]);
        }
    }
}

#[tauri::command(async)]
#[specta::specta]
pub fn start_rehearsal(
    handle: AppHandle,
    app: State<'_, App>,
    workshop: EntityId,
    people: u32,
) -> Result<AppState, AppError> {
    let (pretend, copy) = app.rehearse(workshop, people)?;
    let played = handle.clone();
    std::thread::spawn(move || play(&played, pretend, &copy));
    Ok(refreshed(&handle, &app))
}

#[tauri::command(async)]
#[specta::specta]
pub fn pause_rehearsal(handle: AppHandle, app: State<'_, App>, paused: bool) -> AppState {
    if let Some(rehearsal) = lock(&app.rehearsal).as_mut() {
        rehearsal.view.paused = paused;
    }
    refreshed(&handle, &app)
}

#[tauri::command(async)]
#[specta::specta]
pub fn end_rehearsal(handle: AppHandle, app: State<'_, App>) -> AppState {
    app.end_rehearsal();
    refreshed(&handle, &app)
}
