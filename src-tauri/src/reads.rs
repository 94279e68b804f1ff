//! Commands that read: one per view.

use crate::state::{App, AppError};
use moisson_workflow::{
    EntityId,
    tally::Outcome,
    views::{
        ActionView, BallotView, Board, Consolidation, History, Hit, Home, PlanView, Preparation, ProposalFilter,
        RoomMethod, SliceBy, Slices,
    },
};
use tauri::State;

#[tauri::command(async)]
#[specta::specta]
pub fn home(app: State<'_, App>) -> Result<Home, AppError> {
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

#[tauri::command(async)]
#[specta::specta]
pub fn search(app: State<'_, App>, query: String, limit: u32) -> Result<Vec<Hit>, AppError> {
    app.with(|session| session.search(&query, limit))
}
