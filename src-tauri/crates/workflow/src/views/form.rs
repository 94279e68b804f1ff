//! Forms that partners filled: what they say beside what is here, field by field.

use super::CheckedAction;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// A form that came back.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct FormReturn {
    /// The file.
    pub path: String,
    /// Day it was sent.
    pub sent_on: Option<String>,
    /// What must be known before anything is taken from it.
    pub remarks: Vec<String>,
    /// Actions of which it says something else, in the order of the file.
    pub actions: Vec<FormAction>,
    /// Fields that say what is said here.
    pub same: u32,
}

/// An action of a form that came back.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FormAction {
    /// The action.
    pub action: CheckedAction,
    /// What differs.
    pub differences: Vec<FormDifference>,
}

/// A field, or a whole line, that the partner wants otherwise.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FormDifference {
    /// Its key in the file.
    pub key: String,
    /// Kind it belongs to: `action`, `milestone`, `funding`, `indicator`.
    pub kind: String,
    /// What the line is called, where it is of a line.
    pub line: Option<String>,
    /// The field; of a new line, the one that names it.
    pub field: String,
    /// Whether it changes a field, adds a line or takes one away.
    pub how: FormHow,
    /// What it said when it was sent; none where that is not known any more.
    pub sent: Option<String>,
    /// What it says here now.
    pub current: String,
    /// What the partner wrote.
    pub theirs: String,
    /// Both put together, where they touch different sentences.
    pub both: Option<String>,
    /// The fields of a new line, by name.
    pub parts: BTreeMap<String, String>,
    /// Whether it was changed here since it was sent.
    pub moved: bool,
    /// Why it cannot be taken as it is.
    pub problem: Option<String>,
    /// What is worth knowing before it is taken.
    pub notes: Vec<String>,
    /// Where it stands in the file.
    pub place: String,
}

/// What a difference does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FormHow {
    /// It changes a field.
    Changed,
    /// It adds a line.
    New,
    /// It takes a line away.
    Gone,
}

/// A difference that is taken.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct FormTaken {
    /// Its key.
    pub key: String,
    /// What is to be said.
    pub value: String,
    /// What was said here when it was looked at: it is not taken over anything else.
    pub seen: String,
    /// The fields of a new line.
    #[serde(default)]
    pub parts: BTreeMap<String, String>,
}
