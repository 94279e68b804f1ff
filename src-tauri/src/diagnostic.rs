//! A file to send with a question: which program, which system, figures of the démarche. Nothing that anybody wrote.

use crate::state::{App, AppError};
use moisson_workflow::{Diagnostic, Failure, Language, Session};
use serde::Serialize;
use std::{io::Write, path::PathBuf};
use tauri::State;

/// The whole of it.
#[derive(Serialize)]
struct Sheet {
    moisson: &'static str,
    system: &'static str,
    processor: &'static str,
    web_view: Option<String>,
    language: Language,
    portable: bool,
    rehearsal: bool,
    demarche: Option<Diagnostic>,
    /// Why the démarche could not be read, as a code.
    trouble: Option<String>,
}

/// Writes the diagnostic file, to be read before it is sent. The démarche is read beside the session: nobody waits to type.
#[tauri::command(async)]
#[specta::specta]
pub fn write_diagnostic(app: State<'_, App>, path: PathBuf) -> Result<(), AppError> {
    let read = app.opened().map(|(file, _)| {
        Session::open_to_read(&file, app.surroundings())
            .and_then(|session| session.diagnostic())
            .map_err(|failure| app.explain(&failure).code)
    });
    let (demarche, trouble) = match read {
        None => (None, None),
        Some(Ok(figures)) => (Some(figures), None),
        Some(Err(code)) => (None, Some(code)),
    };
    let sheet = Sheet {
        moisson: env!("CARGO_PKG_VERSION"),
        system: std::env::consts::OS,
        processor: std::env::consts::ARCH,
        web_view: tauri::webview_version().ok(),
        language: app.preferences().language,
        portable: crate::portable::folder().is_some(),
        rehearsal: app.rehearsal().is_some(),
        demarche,
        trouble,
    };
    let write = || -> std::io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(std::path::Path::new(".")))?;
        file.write_all(serde_json::to_string_pretty(&sheet)?.as_bytes())?;
        file.persist(&path)?;
        Ok(())
    };
    write().map_err(|source| app.explain(&Failure::Io { path: path.clone(), source }))
}
