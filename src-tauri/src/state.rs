//! What the application holds while it runs.

use crate::{
    preferences::{Preferences, Recent},
    projector::Projector,
    protection,
    rehearsal::Rehearsal,
};
use chrono::Local;
use moisson_workflow::{
    DemoOptions, Explained, Failure, Finder, PhoneRoom, Said, Session, StoreError, Suggestions, Surroundings,
    views::View,
};
use rand::SeedableRng;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

/// What a command answers when it cannot do what was asked.
pub type AppError = Explained;

/// Told to every window after an act: the views it may have changed.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Changed {
    /// Names of views.
    pub views: Vec<View>,
}

/// Told to every window when something that nobody asked for just then could not be done.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Warned {
    /// What, and what to do.
    pub error: AppError,
}

/// A file named on the command line that could not be opened.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Refused {
    path: PathBuf,
    error: AppError,
}

/// The application.
pub struct App {
    folder: PathBuf,
    session: Mutex<Option<Session>>,
    preferences: Mutex<Preferences>,
    /// What the projector shows.
    pub projector: Mutex<Projector>,
    /// Why the file named on the command line could not be opened.
    refused: Mutex<Option<Refused>>,
    /// What all proposals say, once a room has asked what resembles what.
    pub said: Mutex<Option<Said>>,
    /// The words of everything, once someone has searched.
    pub finder: Mutex<Option<Finder>>,
    /// Pairs that may say the same, once someone has asked for them.
    pub suggestions: Mutex<Option<Suggestions>>,
    /// The room for phones, while it is open.
    pub phones: Mutex<Option<PhoneRoom>>,
    /// The rehearsal under way, with the démarche that is set aside for it.
    pub rehearsal: Mutex<Option<Rehearsal>>,
    /// Whether someone asked the merge that is under way to stop.
    pub stop: AtomicBool,
    /// Whether someone asked the meeting that is under way to stop.
    pub stop_meeting: AtomicBool,
    /// Whether someone asked the comparison that is under way to stop.
    pub stop_region: AtomicBool,
}

/// A lock whose holder panicked still holds consistent data: everything that matters is in the file.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    /// Starts with the preferences kept in this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            preferences: Mutex::new(Preferences::load(&folder)),
            folder,
            session: Mutex::new(None),
            projector: Mutex::new(Projector::default()),
            refused: Mutex::new(None),
            said: Mutex::new(None),
            suggestions: Mutex::new(None),
            finder: Mutex::new(None),
            phones: Mutex::new(None),
            rehearsal: Mutex::new(None),
            stop: AtomicBool::new(false),
            stop_meeting: AtomicBool::new(false),
            stop_region: AtomicBool::new(false),
        }
    }

    /// Preferences.
    pub fn preferences(&self) -> MutexGuard<'_, Preferences> {
        lock(&self.preferences)
    }

    /// Where application data is kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A failure in the user's language.
    pub fn explain(&self, failure: &Failure) -> AppError {
        failure.explain(self.preferences().language)
    }

    /// Runs a use case on the open démarche.
    pub fn with<T>(&self, run: impl FnOnce(&mut Session) -> Result<T, Failure>) -> Result<T, AppError> {
        let mut session = lock(&self.session);
        match session.as_mut() {
            Some(session) => run(session).map_err(|failure| self.explain(&failure)),
            None => Err(self.nothing_open()),
        }
    }

    /// Runs an act on the open démarche, then tells every window what to refetch.
    pub fn act<T>(
        &self,
        handle: &AppHandle,
        run: impl FnOnce(&mut Session) -> Result<T, Failure>,
    ) -> Result<T, AppError> {
        let done = self.with(|session| {
            let done = run(session)?;
            Ok((done, session.take_touched()))
        });
        let (done, views) = done?;
        tell(handle, views);
        Ok(done)
    }

    /// Opens a session made from the open one in its place; returns what else was made, and the one that was open.
    pub fn exchange<T>(
        &self,
        make: impl FnOnce(&Session) -> Result<(T, Session), Failure>,
    ) -> Result<(T, Session), AppError> {
        let mut session = lock(&self.session);
        let Some(open) = session.take() else { return Err(self.nothing_open()) };
        match make(&open) {
            Ok((made, next)) => {
                *session = Some(next);
                Ok((made, open))
            }
            Err(failure) => {
                *session = Some(open);
                Err(self.explain(&failure))
            }
        }
    }

    /// Makes a session the open one; returns the one that was.
    pub fn put_back(&self, session: Session) -> Option<Session> {
        lock(&self.session).replace(session)
    }

    /// Where the open démarche is.
    pub fn path(&self) -> Result<PathBuf, AppError> {
        lock(&self.session).as_ref().map(|session| session.path().to_owned()).ok_or_else(|| self.nothing_open())
    }

    /// Path and title of the open démarche.
    pub fn opened(&self) -> Option<(PathBuf, String)> {
        let session = lock(&self.session);
        let session = session.as_ref()?;
        Some((session.path().to_owned(), session.info().map(|info| info.title).unwrap_or_default()))
    }

    #[expect(clippy::disallowed_methods, reason = "the clock enters here")]
    /// The surroundings of a session: the system's clock and randomness, the laptop's language.
    pub fn surroundings(&self) -> Surroundings {
        Surroundings {
            now: Box::new(|| Local::now().fixed_offset()),
            random: rand_chacha::ChaCha20Rng::from_os_rng(),
            author: String::new(),
            language: self.preferences().language,
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the clock enters here")]
    /// Makes a session the open one and remembers its file.
    pub fn adopt(&self, session: Session) {
        self.end_rehearsal();
        self.close_phones();
        let path = session.path().display().to_string();
        let title = session.info().map(|info| info.title).unwrap_or_default();
        let opened_at = Local::now().timestamp_millis();
        *lock(&self.session) = Some(session);
        *lock(&self.refused) = None;
        *lock(&self.projector) = Projector::default();
        self.forget_said();
        let mut preferences = self.preferences();
        preferences.remember(Recent { path, title, opened_at: opened_at as f64 });
        preferences.save(&self.folder);
    }

    /// Opens a démarche. The one that was open is closed first, so that reopening it works.
    pub fn open(&self, path: &Path) -> Result<(), AppError> {
        self.end_rehearsal();
        let mut current = lock(&self.session);
        if current.as_ref().is_some_and(|session| session.path() == path) {
            return Ok(());
        }
        let session = match Session::open(path, self.surroundings()) {
            Err(Failure::Store(StoreError::Locked { .. })) => self.open_remembered(path),
            opened => opened,
        };
        let session = session.map_err(|failure| self.explain(&failure))?;
        *current = None;
        drop(current);
        self.adopt(session);
        Ok(())
    }

    /// Opens a protected démarche whose passphrase the system's keychain remembers.
    fn open_remembered(&self, path: &Path) -> Result<Session, Failure> {
        if let Some(passphrase) = protection::remembered(path) {
            // Where it is not the right one any more, the file is still locked, and the person is asked.
            moisson_workflow::unlock(path, &passphrase).ok();
        }
        Session::open(path, self.surroundings())
    }

    /// Makes the demo in the application's folder if it is not there, and opens its consolidated démarche.
    pub fn open_demo(&self) -> Result<(), AppError> {
        let folder = self.folder.join("demo");
        let language = self.preferences().language;
        let options = DemoOptions { language, ..DemoOptions::default() };
        let file = moisson_workflow::demo_consolidated(&folder, &options).map_err(|failure| self.explain(&failure))?;
        self.open(&file)
    }

    /// Forgets what proposals said: after a merge or an erasure it is read anew.
    pub fn forget_said(&self) {
        *lock(&self.said) = None;
        *lock(&self.suggestions) = None;
        *lock(&self.finder) = None;
    }

    /// Closes the open démarche.
    pub fn close(&self) {
        self.end_rehearsal();
        self.close_phones();
        *lock(&self.session) = None;
        self.forget_said();
    }

    /// Closes the room for phones, if it is open.
    pub fn close_phones(&self) {
        // Taken out first: closing waits for phones to be told, and nobody should wait for the lock meanwhile.
        let room = lock(&self.phones).take();
        drop(room);
    }

    /// Copies the open démarche, if there is one and it changed since its last copy. It is read beside the session, so that
    /// nobody waits to type.
    pub fn back_up(&self) -> Result<(), AppError> {
        if self.rehearsal().is_some() {
            return Ok(());
        }
        let Some((path, _)) = self.opened() else { return Ok(()) };
        let folder = self.preferences().backups.clone();
        Session::open_to_read(&path, self.surroundings())
            .and_then(|session| session.backup_if_changed(folder.as_deref()))
            .map(drop)
            .map_err(|failure| self.explain(&failure))
    }

    /// Keeps why the file named at start could not be opened.
    pub fn refused(&self, path: PathBuf, error: AppError) {
        *lock(&self.refused) = Some(Refused { path, error });
    }

    /// Why the file named at start could not be opened, told once.
    pub fn take_refused(&self) -> Option<Refused> {
        lock(&self.refused).take()
    }

    /// Work that broke off by a fault of ours.
    pub fn broken(&self, detail: &str) -> AppError {
        let language = self.preferences().language;
        AppError {
            kind: moisson_workflow::FailureKind::Bug,
            code: String::from("broken"),
            message: language.say(
                format!("Moisson s’est interrompu dans ce travail ({detail}) ; rien n’a été modifié."),
                format!("Moisson broke off in this work ({detail}); nothing was changed."),
            ),
            hints: Vec::new(),
        }
    }

    pub fn nothing_open(&self) -> AppError {
        let language = self.preferences().language;
        AppError {
            kind: moisson_workflow::FailureKind::Input,
            code: String::from("nothing_open"),
            message: language.say("Aucune démarche n’est ouverte.", "No process is open."),
            hints: Vec::new(),
        }
    }
}

/// Tells every window what to refetch.
pub fn tell(handle: &AppHandle, views: Vec<View>) {
    if !views.is_empty() {
        if let Some(room) = lock(&handle.state::<App>().phones).as_ref() {
            room.stir();
        }
        // A window that is closing misses it and loses nothing.
        Changed { views }.emit(handle).ok();
    }
}
