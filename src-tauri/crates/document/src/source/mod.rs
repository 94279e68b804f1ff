//! What documents are made of: plain data that the caller fills from its read models. Also the JSON export.

mod handout;
mod proof;
mod room;

pub use handout::*;
pub use proof::*;
pub use room::*;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What every document says of its démarche.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Frame {
    /// `fr` or `en`.
    pub language: String,
    /// Title of the démarche.
    pub process: String,
    /// Who leads it.
    pub organisation: String,
    /// File number of the European operation.
    pub funding_reference: Option<String>,
    /// What the funder wants said.
    pub funding_statement: Option<String>,
    /// Those who fund beside the European Union.
    #[serde(default)]
    pub funders: Vec<FunderSource>,
    /// Date of the document.
    pub date: NaiveDate,
    /// Charter.
    #[serde(skip)]
    pub look: crate::Look,
}

/// Someone who funds.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct FunderSource {
    /// Name.
    pub name: String,
    /// What they want said.
    pub statement: Option<String>,
}

/// The plan d'actions.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct PlanSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// Title of the plan.
    pub title: String,
    /// First words.
    pub introduction: Option<String>,
    /// How it was made.
    pub method_note: Option<String>,
    /// The essential, easy to read.
    #[serde(default)]
    pub easy_summary: Option<String>,
    /// Bassins.
    pub territories: Vec<String>,
    /// Themes with their findings.
    pub themes: Vec<ThemeSource>,
    /// Ateliers.
    pub workshops: Vec<WorkshopSource>,
    /// Axes.
    pub axes: Vec<AxisSource>,
    /// Actions under no objective.
    pub loose: Vec<ActionSource>,
    /// Every proposal.
    pub proposals: Vec<ProposalSource>,
    /// What each room put first.
    #[serde(default)]
    pub priorities: Vec<PrioritySource>,
    /// Structures, for lists to choose from.
    #[serde(default)]
    pub organisations: Vec<String>,
    /// Short and full names of structures.
    #[serde(default)]
    pub glossary: Vec<(String, String)>,
    /// Day the plan is presented.
    #[serde(default)]
    pub presented_on: Option<NaiveDate>,
    /// What changed since the version in force, where it is asked for.
    #[serde(default)]
    pub changes: Option<ChangesSource>,
}

/// What changed since a version.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ChangesSource {
    /// Label of the version.
    pub version: String,
    /// Day of its adoption.
    pub adopted_on: Option<NaiveDate>,
    /// What changed, in the order of the plan.
    pub rows: Vec<ChangeSource>,
}

/// Something that changed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ChangeSource {
    /// Number and title of the action it belongs to.
    pub action: Option<(String, String)>,
    /// Kind: `action`, `milestone`, `funding`, `indicator`, `measure`, `link`…
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// `new`, `gone` or `changed`.
    pub how: String,
    /// The field; empty where the whole is new or gone.
    pub field: String,
    /// Before, as people read it.
    pub before: String,
    /// After.
    pub after: String,
}

/// What a room put first in a vote.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct PrioritySource {
    /// Bassins of the room.
    pub territories: Vec<String>,
    /// Theme of the room.
    pub theme: String,
    /// Number of the atelier.
    pub workshop: Option<u32>,
    /// What was put first.
    pub label: String,
    /// Score in words.
    pub score: String,
    /// Rank, from 1.
    pub rank: u32,
}

/// What was answered to a proposal.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeSource {
    /// `taken_up`, `merged`, `set_aside` or `referred`.
    pub kind: String,
    /// Why.
    pub reason: Option<String>,
    /// What was answered.
    pub answer: Option<String>,
}

/// A theme.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ThemeSource {
    /// Number.
    pub number: u32,
    /// Name.
    pub name: String,
    /// Short name, that ateliers and proposals go by.
    #[serde(default)]
    pub short_name: Option<String>,
    /// What it covers.
    pub description: Option<String>,
    /// Findings.
    pub findings: Vec<FindingSource>,
}

/// A finding.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct FindingSource {
    /// Number.
    pub number: Option<String>,
    /// The fact.
    pub text: String,
    /// The figure.
    pub figure: Option<String>,
    /// Source.
    pub source: Option<String>,
}

/// An atelier.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct WorkshopSource {
    /// Number.
    pub number: Option<u32>,
    /// Title.
    pub title: String,
    /// Theme.
    pub theme: String,
    /// Bassins.
    pub territories: Vec<String>,
    /// Day.
    pub date: Option<NaiveDate>,
    /// Place.
    pub place: Option<String>,
    /// People present.
    pub present: Option<u32>,
    /// Proposals.
    pub proposals: u32,
    /// Rules of its votes, in a sentence each.
    pub votes: Vec<String>,
}

/// An axis.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct AxisSource {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// Objectives.
    pub objectives: Vec<ObjectiveSource>,
}

/// An objective.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ObjectiveSource {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// Actions.
    pub actions: Vec<ActionSource>,
}

/// A fiche-action.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ActionSource {
    /// Id, for anchors.
    pub id: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Status word.
    pub status: Option<String>,
    /// Priority, 1 highest.
    pub priority: Option<u32>,
    /// Themes.
    pub themes: Vec<String>,
    /// Bassins.
    pub territories: Vec<String>,
    /// Why.
    pub reasons: Option<String>,
    /// What.
    pub description: Option<String>,
    /// For whom.
    pub audience: Option<String>,
    /// Means.
    pub means: Option<String>,
    /// Conditions.
    pub conditions: Option<String>,
    /// Risks.
    pub risks: Option<String>,
    /// Governance.
    pub governance: Option<String>,
    /// How the people concerned take part.
    pub user_involvement: Option<String>,
    /// Leads.
    pub leads: Vec<String>,
    /// Partners.
    pub partners: Vec<String>,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// Steps.
    pub milestones: Vec<MilestoneSource>,
    /// Funding.
    pub fundings: Vec<FundingSource>,
    /// Indicators.
    pub indicators: Vec<IndicatorSource>,
    /// Findings answered.
    pub findings: Vec<String>,
    /// Codes of the proposals answered.
    pub proposals: Vec<String>,
    /// Rapprochements it answers.
    #[serde(default)]
    pub clusters: Vec<String>,
    /// Per cent done.
    #[serde(default)]
    pub progress: Option<u32>,
}

/// A step.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct MilestoneSource {
    /// What.
    pub what: String,
    /// Who.
    pub who: Option<String>,
    /// When.
    pub due_on: Option<NaiveDate>,
    /// When it was done.
    #[serde(default)]
    pub done_on: Option<NaiveDate>,
}

/// A funding line.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct FundingSource {
    /// Funder.
    pub funder: String,
    /// Year.
    pub year: Option<u32>,
    /// Cents of euro.
    pub planned: i64,
    /// Cents of euro spent.
    #[serde(default)]
    pub actual: Option<i64>,
    /// `investment` or `running`.
    #[serde(default)]
    pub kind: Option<String>,
    /// `asked` or `granted`.
    #[serde(default)]
    pub state: Option<String>,
}

/// An indicator.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorSource {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: Option<String>,
    /// Baseline.
    pub baseline: Option<String>,
    /// Target.
    pub target: Option<String>,
    /// Source and frequency.
    pub source: Option<String>,
    /// How often.
    pub frequency: Option<String>,
    /// `output`, `result` or `impact`.
    #[serde(default)]
    pub kind: Option<String>,
    /// Last reading.
    #[serde(default)]
    pub value: Option<String>,
    /// Day of the last reading.
    #[serde(default)]
    pub measured_on: Option<NaiveDate>,
}

/// A proposal, traced.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ProposalSource {
    /// Short code, stable within the document: `7.12`.
    pub code: String,
    /// Words.
    pub text: String,
    /// Number of the atelier.
    pub workshop: Option<u32>,
    /// Title of the atelier.
    pub workshop_title: String,
    /// Bassin.
    pub territory: Option<String>,
    /// Structure.
    pub organisation: Option<String>,
    /// Table.
    pub table: Option<u32>,
    /// Group.
    pub group: Option<String>,
    /// How it fared.
    pub votes: Vec<String>,
    /// Rapprochement.
    pub cluster: Option<String>,
    /// Numbers of the actions that take it up.
    pub actions: Vec<String>,
    /// How often it was said again.
    #[serde(default)]
    pub said_again: u32,
    /// The words it comes from, where it was split or joined.
    #[serde(default)]
    pub came_from: Vec<String>,
    /// Whether it joins these words, rather than being a piece of them.
    #[serde(default)]
    pub joined: bool,
    /// Theme.
    #[serde(default)]
    pub theme: Option<String>,
    /// Day it was said.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// What was answered.
    #[serde(default)]
    pub outcomes: Vec<OutcomeSource>,
}
