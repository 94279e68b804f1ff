//! An existing plan that comes in from a workbook: what each column is, and what it would bring.

use super::RejectedRow;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What a column of a plan may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PlanColumn {
    /// Axis.
    Axis,
    /// Objective.
    Objective,
    /// Number of the action.
    Number,
    /// Title of the action.
    Title,
    /// Why.
    Reasons,
    /// What is done.
    Description,
    /// For whom.
    Audience,
    /// Lead.
    Lead,
    /// Partners.
    Partners,
    /// Start.
    StartsOn,
    /// End.
    EndsOn,
    /// Status.
    Status,
    /// People, premises, tools.
    Means,
    /// Conditions of success.
    Conditions,
    /// Risks.
    Risks,
    /// Governance.
    Governance,
    /// Steps, one a line.
    Milestones,
    /// Indicators, one a line.
    Indicator,
    /// Their targets.
    Target,
    /// Amount.
    Budget,
    /// Funders.
    Funder,
    /// Year of the amount.
    Year,
    /// Themes.
    Theme,
    /// Bassins.
    Territory,
}

/// How a plan is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(default)]
pub struct PlanImportAsked {
    /// The sheet; the one that looks most like a plan where none is named.
    pub sheet: Option<String>,
    /// What each column is, from left to right; as recognised where nothing is said.
    pub columns: Option<Vec<Option<PlanColumn>>>,
}

/// A plan that would come in, or came in.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct PlanImport {
    /// Sheets that hold something.
    pub sheets: Vec<PlanSheet>,
    /// The one that was read.
    pub sheet: String,
    /// Its columns.
    pub columns: Vec<PlanColumnRow>,
    /// Actions, in the order of the sheet; the first ones where there are very many.
    pub actions: Vec<PlanImportAction>,
    /// What is created.
    pub created: PlanImportCounts,
    /// Actions that are here already: they are left as they are.
    pub known: u32,
    /// What could not be read as it should, by line: it is kept as a remark on its action.
    pub notes: Vec<RejectedRow>,
    /// Structures that the démarche did not know.
    pub organisations: Vec<String>,
}

/// A sheet.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PlanSheet {
    /// Name.
    pub name: String,
    /// Rows under its headings.
    pub rows: u32,
}

/// A column.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PlanColumnRow {
    /// Heading.
    pub heading: String,
    /// First things it holds.
    pub sample: String,
    /// What it is taken for.
    pub role: Option<PlanColumn>,
}

/// An action that would come in.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PlanImportAction {
    /// Line of the sheet.
    pub line: u32,
    /// Axis.
    pub axis: String,
    /// Objective.
    pub objective: String,
    /// Title.
    pub title: String,
    /// Whether it is here already.
    pub known: bool,
    /// Leads.
    pub leads: String,
    /// Last day.
    pub ends_on: Option<String>,
    /// Steps, indicators, funding lines.
    pub parts: [u32; 3],
}

/// How many of each are created.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
pub struct PlanImportCounts {
    /// Axes.
    pub axes: u32,
    /// Objectives.
    pub objectives: u32,
    /// Actions.
    pub actions: u32,
    /// Steps.
    pub milestones: u32,
    /// Indicators.
    pub indicators: u32,
    /// Funding lines.
    pub fundings: u32,
}
