//! The plan over time: versions that were adopted, and what was amended from one to another.

use super::CheckedAction;
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Between which moments the plan is compared.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct AmendmentFilter {
    /// From this version; from the last one adopted where nothing is said.
    pub from: Option<EntityId>,
    /// From this day instead, `YYYY-MM-DD`: the last committee’s.
    pub day: Option<String>,
    /// Up to this version; up to now where nothing is said.
    pub until: Option<EntityId>,
}

/// Versions, and what was amended.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PlanHistory {
    /// Versions, latest first.
    pub versions: Vec<VersionRow>,
    /// The label offered for the next one.
    pub next: String,
    /// The version compared from, if it is one.
    pub from: Option<EntityId>,
    /// What was amended, in the order of the plan; empty where there is nothing to compare from.
    pub amended: Vec<Amended>,
}

/// A version as it was adopted.
#[derive(Debug, Clone, Serialize, Type)]
pub struct VersionRow {
    /// Id.
    pub id: EntityId,
    /// Label, such as V1.
    pub label: String,
    /// Day of adoption.
    pub adopted_on: Option<String>,
    /// Fingerprint of what was adopted.
    pub digest: Option<String>,
    /// Whether the plan is still word for word what was adopted.
    pub unchanged: bool,
    /// Why it was amended, as declared.
    pub amendments: Vec<String>,
}

/// Something of the plan that was amended.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Amended {
    /// The action it belongs to; none for axes, objectives and what is gone.
    pub action: Option<CheckedAction>,
    /// Its kind.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Whether it is new, gone or changed.
    pub how: AmendedHow,
    /// Field by field.
    pub fields: Vec<Amendment>,
}

/// What happened to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AmendedHow {
    /// It was not there.
    New,
    /// It is there no more.
    Gone,
    /// It reads otherwise.
    Changed,
}

/// What a field said, and what it says.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Amendment {
    /// The field.
    pub field: String,
    /// Before, as people read it.
    pub before: String,
    /// After.
    pub after: String,
}
