//! The two languages of what is written for people from here: errors, rules of votes, summaries.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Language {
    /// The text of this language.
    #[must_use]
    pub fn say(self, fr: impl Into<String>, en: impl Into<String>) -> String {
        match self {
            Self::Fr => fr.into(),
            Self::En => en.into(),
        }
    }

    /// Its code (ISO 639-1).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}
