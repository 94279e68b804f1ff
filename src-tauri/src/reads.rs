//! Commands that read: one per view.

use crate::state::{App, AppError, lock};
use moisson_workflow::{
    EntityId, Finder, Session,
    tally::Outcome,
    views::{
        ActionView, AmendmentFilter, Arbitration, BallotView, Board, Commitments, Consolidation, Followup, History,
        Hit, Home, OutcomeFilter, Outcomes, Outline, PartnerRow, PlanChecks, PlanHistory, PlanView, Preparation,
        ProposalFilter, RoomMethod, SliceBy, Slices, Tracking,
    },
};
use tauri::State;

#[tauri::command(async)]
#[specta::specta]
pub fn outline(app: State<'_, App>) -> Result<Outline, AppError> {
    app.with(|session| session.outline())
}

/// Where proposals stand is read beside the session the first time, so that nobody waits to type; should that fail, the session
/// reads it and says why it cannot.
#[tauri::command(async)]
#[specta::specta]
pub fn home(app: State<'_, App>) -> Result<Home, AppError> {
    let unread = app.with(|session| Ok(session.unread()))?;
    if let Some(read) = unread.and_then(|unread| unread.read().ok()) {
        app.with(|session| {
            session.take_over(read);
            Ok(())
        })?;
    }
    app.with(|session| session.home())
}

#[tauri::command(async)]
#[specta::specta]
pub fn preparation(app: State<'_, App>) -> Result<Preparation, AppError> {
    app.with(|session| session.preparation())
}

#[tauri::command(async)]
#[specta::specta]
pub fn board(app: State<'_, App>, workshop: EntityId) -> Result<Board, AppError> {
    app.with(|session| session.board(workshop))
}

#[tauri::command(async)]
#[specta::specta]
pub fn ballot(app: State<'_, App>, id: EntityId) -> Result<BallotView, AppError> {
    app.with(|session| session.ballot(id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn recount(app: State<'_, App>, ballot: EntityId, method: RoomMethod) -> Result<Outcome, AppError> {
    app.with(|session| session.recount(ballot, method))
}

#[tauri::command(async)]
#[specta::specta]
pub fn slices(app: State<'_, App>, ballot: EntityId, by: SliceBy) -> Result<Slices, AppError> {
    app.with(|session| session.slices(ballot, by))
}

#[tauri::command(async)]
#[specta::specta]
pub fn consolidation(app: State<'_, App>, filter: ProposalFilter) -> Result<Consolidation, AppError> {
    app.with(|session| session.consolidation(&filter))
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan(app: State<'_, App>) -> Result<PlanView, AppError> {
    app.with(|session| session.plan())
}

#[tauri::command(async)]
#[specta::specta]
pub fn action(app: State<'_, App>, id: EntityId) -> Result<ActionView, AppError> {
    app.with(|session| session.action(id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn history(app: State<'_, App>) -> Result<History, AppError> {
    app.with(|session| session.history())
}

/// Words are read once, beside the session, so that nobody waits to type; then they are followed.
#[tauri::command(async)]
#[specta::specta]
pub fn search(app: State<'_, App>, query: String, limit: u32) -> Result<Vec<Hit>, AppError> {
    let Some((path, _)) = app.opened() else { return Ok(Vec::new()) };
    let mut kept = lock(&app.finder);
    let mut known = match kept.take() {
        Some(known) if known.serves(&path) => known,
        _ => Session::open_to_read(&path, app.surroundings())
            .and_then(|session| Finder::read(&session))
            .map_err(|failure| app.explain(&failure))?,
    };
    let found = app.with(|session| session.hits(&mut known, &query, limit));
    *kept = Some(known);
    found
}

#[tauri::command(async)]
#[specta::specta]
pub fn arbitration(app: State<'_, App>) -> Result<Arbitration, AppError> {
    app.with(|session| session.arbitration())
}

#[tauri::command(async)]
#[specta::specta]
pub fn outcomes(app: State<'_, App>, filter: OutcomeFilter) -> Result<Outcomes, AppError> {
    app.with(|session| session.outcomes(&filter))
}

#[tauri::command(async)]
#[specta::specta]
pub fn followup(app: State<'_, App>, workshop: EntityId) -> Result<Followup, AppError> {
    app.with(|session| session.followup(workshop))
}

#[tauri::command(async)]
#[specta::specta]
pub fn partners(app: State<'_, App>) -> Result<Vec<PartnerRow>, AppError> {
    app.with(|session| session.partners())
}

#[tauri::command(async)]
#[specta::specta]
pub fn commitments(app: State<'_, App>, organisation: EntityId) -> Result<Commitments, AppError> {
    app.with(|session| session.commitments(organisation))
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_checks(app: State<'_, App>) -> Result<PlanChecks, AppError> {
    app.with(|session| session.plan_checks())
}

#[tauri::command(async)]
#[specta::specta]
pub fn tracking(app: State<'_, App>) -> Result<Tracking, AppError> {
    app.with(|session| session.tracking())
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_history(app: State<'_, App>, asked: AmendmentFilter) -> Result<PlanHistory, AppError> {
    app.with(|session| session.plan_history(&asked))
}
