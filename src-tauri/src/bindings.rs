//! The commands and events that cross the bridge, and their TypeScript twin.

use crate::{
    acts, dossiers,
    dossiers::MergeProgress,
    file, paths, projector, reads, safety,
    state::{Changed, Warned},
};
use specta_typescript::Typescript;
use std::path::Path;
use tauri_specta::{Builder, collect_commands, collect_events};

pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            file::app_state,
            file::set_preferences,
            file::open_process,
            file::create_process,
            file::open_demo,
            file::close_process,
            reads::home,
            reads::preparation,
            reads::board,
            reads::ballot,
            reads::recount,
            reads::slices,
            reads::consolidation,
            reads::plan,
            reads::action,
            reads::history,
            reads::search,
            acts::create,
            acts::edit,
            acts::remove,
            acts::reorder,
            acts::set_links,
            acts::capture,
            acts::group,
            acts::cluster,
            acts::new_ballot,
            acts::cast_ballot,
            acts::withdraw_ballot,
            acts::close_ballot,
            acts::ask_again,
            acts::draft_action,
            acts::draft_plan,
            acts::undo,
            acts::redo,
            paths::import_preview,
            paths::import_file,
            dossiers::open_dossier_as_new,
            dossiers::export_dossier,
            dossiers::preview_merge,
            dossiers::merge,
            dossiers::cancel_merge,
            dossiers::missing_dossiers,
            dossiers::conflicts,
            dossiers::settle,
            dossiers::settle_all,
            safety::back_up,
            safety::backups,
            safety::backups_of,
            safety::restore_backup,
            safety::recover_process,
            safety::changes,
            safety::export_history,
            safety::redact,
            safety::quotes,
            safety::forget,
            safety::set_person,
            paths::export_documents,
            paths::open_path,
            paths::reveal_path,
            projector::projector,
            projector::project,
            projector::freeze_projector,
            projector::open_projector,
            projector::close_projector,
            projector::set_timer,
            projector::pause_timer,
            projector::extend_timer,
        ])
        .events(collect_events![Changed, MergeProgress, Warned])
}

/// Writes the TypeScript of every command, event and type.
///
/// # Errors
/// What cannot be written as TypeScript, or the file system's error.
pub fn export_bindings(path: &Path) -> Result<(), String> {
    builder().export(Typescript::default(), path).map_err(|error| error.to_string())
}
