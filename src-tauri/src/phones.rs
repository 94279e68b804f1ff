//! The room for phones: opened and closed from the window, beside the session that people type in.

use crate::state::{App, AppError, Changed, lock, tell};
use moisson_workflow::{
    EntityId, Failure, Limits, PhoneRoom, Reach, RoomSetup, Session, Sharing, interfaces,
    views::{PhonesView, RoomOptions, View},
};
use std::{
    collections::BTreeSet,
    mem,
    sync::{Mutex, MutexGuard},
};
use tauri::{AppHandle, Manager, State};
use tauri_specta::Event;

/// What phones are given; `npm run build` makes it.
const PAGE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/ui/phone/dist/index.html"));

/// The way from the room to the open démarche and to the windows.
struct Through {
    handle: AppHandle,
    /// Views that phones touched since the windows were last told.
    touched: Mutex<BTreeSet<View>>,
}

impl Reach for Through {
    fn run(&self, use_case: &mut dyn FnMut(&mut Session)) {
        let app = self.handle.state::<App>();
        let touched = app.with(|session| {
            use_case(session);
            Ok(session.take_touched())
        });
        lock(&self.touched).extend(touched.unwrap_or_default());
    }

    fn news(&self) {
        let mut views = mem::take(&mut *lock(&self.touched));
        views.insert(View::Phones);
        // A window that is closing misses it and loses nothing.
        Changed { views: views.into_iter().collect() }.emit(&self.handle).ok();
    }
}

/// Runs on the open room.
fn with_room<T>(app: &App, run: impl FnOnce(&PhoneRoom) -> Result<T, Failure>) -> Result<T, AppError> {
    let room: MutexGuard<'_, Option<PhoneRoom>> = lock(&app.phones);
    let done = room.as_ref().ok_or(Failure::RoomClosed).and_then(run);
    done.map_err(|failure| app.explain(&failure))
}

#[tauri::command(async)]
#[specta::specta]
pub fn phones(app: State<'_, App>) -> Result<PhonesView, AppError> {
    let room = lock(&app.phones).as_ref().map(PhoneRoom::view).transpose();
    let room = room.map_err(|failure| app.explain(&failure))?;
    Ok(PhonesView { room, interfaces: interfaces() })
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_phones(handle: AppHandle, app: State<'_, App>, options: RoomOptions) -> Result<(), AppError> {
    // The one that is open gives its port back first.
    app.close_phones();
    let Some((path, _)) = app.opened() else { return app.with(|_| Ok(())) };
    let reader = Session::open_to_read(&path, app.surroundings()).map_err(|failure| app.explain(&failure))?;
    let reach = Box::new(Through { handle: handle.clone(), touched: Mutex::default() });
    let page = PAGE.to_owned();
    let rehearsal = app.rehearsal().is_some();
    let setup = RoomSetup { options, page, rehearsal, limits: Limits::default(), port: None, reader, reach };
    let room = app.with(|session| PhoneRoom::open(session, setup))?;
    *lock(&app.phones) = Some(room);
    tell(&handle, vec![View::Phones, View::Projector]);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn close_phones(handle: AppHandle, app: State<'_, App>) {
    app.close_phones();
    tell(&handle, vec![View::Phones, View::Projector]);
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_phones(handle: AppHandle, app: State<'_, App>, sharing: Sharing, moderated: bool) -> Result<(), AppError> {
    with_room(&app, |room| {
        room.set(sharing, moderated);
        Ok(())
    })?;
    tell(&handle, vec![View::Phones]);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn moderate_phone(handle: AppHandle, app: State<'_, App>, key: String, accept: bool) -> Result<(), AppError> {
    let workshop = with_room(&app, |room| Ok(room.workshop()))?;
    app.act(&handle, |session| session.moderate(workshop, &key, accept))?;
    tell(&handle, vec![View::Phones]);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn silence_phone(handle: AppHandle, app: State<'_, App>, tag: String, silenced: bool) -> Result<(), AppError> {
    with_room(&app, |room| {
        room.silence(&tag, silenced);
        Ok(())
    })?;
    tell(&handle, vec![View::Phones]);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn draw_cards(
    handle: AppHandle,
    app: State<'_, App>,
    ballot: EntityId,
    count: u32,
) -> Result<Vec<String>, AppError> {
    app.act(&handle, |session| session.draw_cards(ballot, count))
}
