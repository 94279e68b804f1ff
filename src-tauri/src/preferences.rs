//! What a person chose for this laptop, kept as a small JSON file in the application's folder.

use moisson_workflow::Language;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// How many recent files are kept.
const RECENT: usize = 8;

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Appearance {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A démarche opened before.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct Recent {
    /// Where.
    pub path: String,
    /// Its title.
    pub title: String,
    /// When, milliseconds since 1970.
    #[specta(type = Number)]
    pub opened_at: f64,
}

/// Preferences.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Preferences {
    /// Language.
    pub language: Language,
    /// Light or dark.
    pub appearance: Appearance,
    /// Name of this laptop, as histories show it.
    pub laptop: Option<String>,
    /// Folder of backups, such as a USB stick; beside each démarche if none.
    pub backups: Option<PathBuf>,
    /// Files opened before, latest first.
    pub recent: Vec<Recent>,
}

impl Preferences {
    /// Reads them; what cannot be read is as if never chosen.
    pub fn load(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("preferences.json")).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps them; a failure costs a preference, never work.
    pub fn save(&self, folder: &Path) {
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut file = NamedTempFile::new_in(folder)?;
            file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
            file.persist(folder.join("preferences.json"))?;
            Ok(())
        };
        if let Err(error) = write() {
            eprintln!("moisson: preferences not kept: {error}");
        }
    }

    /// Puts a file first among the recent ones.
    pub fn remember(&mut self, recent: Recent) {
        self.recent.retain(|one| one.path != recent.path);
        self.recent.insert(0, recent);
        self.recent.truncate(RECENT);
    }
}
