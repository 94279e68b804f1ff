//! Commands of Consolider beyond the plain list: suggestions, rapprochements joined, what is decided and
//! answered; and of the plan as a whole.

use crate::state::{App, AppError, lock};
use moisson_workflow::{
    EntityId, Session, Suggestions,
    views::{NewDecision, NewOutcome, SuggestionFilter, SuggestionPage},
};
use std::time::{Duration, Instant};
use tauri::{AppHandle, State};

/// How long one call goes on looking for pairs.
const TURN: Duration = Duration::from_millis(120);

/// Pairs found so far. Each call looks a little further, beside the session, so that nobody waits to type; whoever watches
/// asks again until all were looked at.
#[tauri::command(async)]
#[specta::specta]
pub fn suggestions(app: State<'_, App>, asked: SuggestionFilter) -> Result<SuggestionPage, AppError> {
    let Some((path, _)) = app.opened() else { return Ok(SuggestionPage::default()) };
    let language = app.preferences().language;
    let mut kept = lock(&app.suggestions);
    let mut known = match kept.take() {
        Some(known) if known.serves(&path, language) => known,
        _ => Session::open_to_read(&path, app.surroundings())
            .and_then(|session| Suggestions::read(&session))
            .map_err(|failure| app.explain(&failure))?,
    };
    app.with(|session| known.follow(session))?;
    look_further(&mut known);
    let page = app.with(|session| session.suggestions(&known, &asked));
    *kept = Some(known);
    page
}

#[expect(clippy::disallowed_methods, reason = "the clock enters here")]
fn look_further(known: &mut Suggestions) {
    let started = Instant::now();
    while known.look(4) && started.elapsed() < TURN {}
}

/// Puts two proposals or rapprochements together.
#[tauri::command(async)]
#[specta::specta]
pub fn bring_together(
    handle: AppHandle,
    app: State<'_, App>,
    one: EntityId,
    other: EntityId,
    name: Option<String>,
) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.bring_together(one, other, name.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub fn join_clusters(
    handle: AppHandle,
    app: State<'_, App>,
    into: EntityId,
    others: Vec<EntityId>,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.join_clusters(into, &others))
}

#[tauri::command(async)]
#[specta::specta]
pub fn decide(handle: AppHandle, app: State<'_, App>, decision: NewDecision) -> Result<(), AppError> {
    app.act(&handle, |session| session.decide(&decision))
}

#[tauri::command(async)]
#[specta::specta]
pub fn set_reasons(handle: AppHandle, app: State<'_, App>, reasons: Vec<String>) -> Result<(), AppError> {
    app.act(&handle, |session| session.set_reasons(&reasons))
}

#[tauri::command(async)]
#[specta::specta]
pub fn answer(handle: AppHandle, app: State<'_, App>, outcome: NewOutcome) -> Result<(), AppError> {
    app.act(&handle, |session| session.answer(&outcome))
}

#[tauri::command(async)]
#[specta::specta]
pub fn agree(
    handle: AppHandle,
    app: State<'_, App>,
    action: EntityId,
    organisation: EntityId,
    day: Option<String>,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.agree(action, organisation, day.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub fn adopt_plan(handle: AppHandle, app: State<'_, App>, label: String) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.adopt_plan(&label))
}

#[tauri::command(async)]
#[specta::specta]
pub fn amend_plan(handle: AppHandle, app: State<'_, App>, reason: String) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.amend_plan(&reason))
}

#[tauri::command(async)]
#[specta::specta]
pub fn join_actions(
    handle: AppHandle,
    app: State<'_, App>,
    into: EntityId,
    others: Vec<EntityId>,
) -> Result<(), AppError> {
    app.act(&handle, |session| session.join_actions(into, &others))
}

#[tauri::command(async)]
#[specta::specta]
pub fn split_action(
    handle: AppHandle,
    app: State<'_, App>,
    action: EntityId,
    title: String,
    clusters: Vec<EntityId>,
) -> Result<EntityId, AppError> {
    app.act(&handle, |session| session.split_action(action, &title, &clusters))
}
