//! Fusionner and imports: what a dossier or a table would bring, what it brought, what is left to settle.

use super::JsonValue;
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;
use specta_typescript::Number;
use std::collections::BTreeMap;

/// How many entities of a kind a merge creates and updates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct Touched {
    /// New here.
    pub created: u32,
    /// Known here, now different.
    pub updated: u32,
}

/// What a merge would do (preview) or did.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct MergeReport {
    /// One line per dossier, in the order given.
    pub dossiers: Vec<DossierRow>,
    /// Changes this file did not have.
    pub changes_new: u32,
    /// Changes it had.
    pub changes_known: u32,
    /// Changes kept aside until the dossier they follow arrives.
    pub changes_waiting: u32,
    /// Conflicts that appear.
    pub conflicts_new: u32,
    /// Conflicts that the merge settles, because someone settled them elsewhere.
    pub conflicts_settled: u32,
    /// Changes that lose words they had here, because someone redacted them elsewhere.
    pub redacted: u32,
    /// What is missing for the changes that wait.
    pub gaps: Vec<GapRow>,
    /// Laptops that seem to have written in two copies of one file; nothing is lost of either.
    pub cloned: Vec<String>,
    /// By kind of entity.
    pub entities: BTreeMap<String, Touched>,
    /// By atelier: proposals created and updated.
    pub workshops: Vec<WorkshopTouched>,
}

/// A dossier among those taken in.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DossierRow {
    /// File name.
    pub name: String,
    /// Laptops whose work it carries.
    pub replicas: Vec<String>,
    /// Changes it carries.
    pub changes: u32,
    /// Of which new here.
    pub changes_new: u32,
    /// When it was written, by the clock of the laptop that wrote it (RFC 3339).
    pub written_at: Option<String>,
}

/// A stretch of a laptop's work that no dossier brought yet.
#[derive(Debug, Clone, Serialize, Type)]
pub struct GapRow {
    /// The laptop whose next dossier fills it; empty where its name is not known.
    pub replica: String,
    /// How many of its changes are missing.
    pub missing: u32,
    /// How many wait for them.
    pub waiting: u32,
}

/// What a merge brings to an atelier.
#[derive(Debug, Clone, Serialize, Type)]
pub struct WorkshopTouched {
    /// Atelier.
    pub id: EntityId,
    /// Its title.
    pub title: String,
    /// Proposals new here.
    pub proposals_created: u32,
    /// Proposals changed.
    pub proposals_updated: u32,
}

/// A dossier that was written.
#[derive(Debug, Clone, Serialize, Type)]
pub struct BundleReport {
    /// Where.
    pub path: String,
    /// Changes it carries.
    pub changes: u32,
    /// Of which only the proof that they exist, their content belonging to other ateliers.
    pub withheld: u32,
    /// Size in bytes.
    #[specta(type = Number)]
    pub bytes: f64,
}

/// A field (or the life) of an entity that two people set without seeing each other.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ConflictView {
    /// Stable id: entity and field.
    pub id: String,
    /// The entity.
    pub entity: EntityId,
    /// Its kind.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// The field; `deleted` when someone deleted what another changed.
    pub field: String,
    /// The atelier where it lies.
    pub workshop: Option<EntityId>,
    /// The versions, the one shown meanwhile first.
    pub versions: Vec<Version>,
    /// Both texts put together, where they changed different sentences.
    pub offered: Option<String>,
}

/// One version of a field in conflict.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Version {
    /// The change that set it: what settling keeps.
    pub change: String,
    /// The value.
    #[specta(type = JsonValue)]
    pub value: Value,
    /// The value as people read it (names instead of ids).
    pub shown: String,
    /// Pseudonym of who set it.
    pub author: String,
    /// On which laptop.
    pub replica: String,
    /// When, milliseconds since 1970 by that laptop's clock.
    #[specta(type = Number)]
    pub at: f64,
}

/// How a conflict is settled.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Settlement {
    /// Keep one version.
    Keep {
        /// The change that set it.
        change: String,
    },
    /// Write another value.
    Value {
        /// The value.
        #[specta(type = JsonValue)]
        value: Value,
    },
}

/// A rule that settles many conflicts at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SettleRule {
    /// What was written on this laptop.
    Mine,
    /// What was written elsewhere.
    Theirs,
    /// What was written last, by the clocks of the laptops.
    Latest,
    /// Both texts, where they changed different sentences; the others are left.
    Merged,
}

/// What can be imported from a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Propositions.
    Proposals,
    /// Constats.
    Findings,
    /// Participants.
    Participants,
    /// Structures.
    Organisations,
}

/// What an import would do (preview) or did.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct ImportReport {
    /// Recognised columns: field, then the heading it was found under.
    pub columns: Vec<(String, String)>,
    /// Headings that were not used.
    pub ignored: Vec<String>,
    /// Rows created.
    pub created: u32,
    /// Rows already there, unchanged.
    pub known: u32,
    /// Rows that could not be taken, with their line and why.
    pub rejected: Vec<RejectedRow>,
    /// Themes, organisations… that the démarche does not know: kept as written, each reported once.
    pub unknown: Vec<String>,
    /// First rows as they would read.
    pub sample: Vec<String>,
}

/// A row that could not be taken.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RejectedRow {
    /// Line in the file, from 1.
    pub line: u32,
    /// Why, in the user's language.
    pub reason: String,
}
