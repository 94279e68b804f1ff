//! Plan and documents: axes → objectifs → fiches-actions, what is missing, what was written.

use super::{ClusterRow, FindingRow, Named, OrganisationRow, SourceProposal, TerritoryRow, ThemeRow};
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// The plan as a tree.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PlanView {
    /// Title of the plan.
    pub title: String,
    /// Axes in order.
    pub axes: Vec<AxisNode>,
    /// Actions under no objective.
    pub loose: Vec<ActionRow>,
    /// Rapprochements that no action takes up.
    pub clusters: Vec<ClusterRow>,
    /// Gaps over all actions.
    pub gaps: u32,
    /// Proposals that no action answers.
    pub unanswered: u32,
    /// The version in force; none before the first adoption.
    pub lock: Option<PlanLock>,
}

/// A plan that was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PlanLock {
    /// Label of the version.
    pub version: String,
    /// Day of adoption.
    pub adopted_on: Option<String>,
    /// Whether it is locked: no amendment is declared.
    pub locked: bool,
    /// Reasons of the amendments that are open.
    pub amendments: Vec<String>,
}

/// An axis.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AxisNode {
    /// Id.
    pub id: EntityId,
    /// Number from its place.
    pub number: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// Objectives in order.
    pub objectives: Vec<ObjectiveNode>,
}

/// An objective.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ObjectiveNode {
    /// Id.
    pub id: EntityId,
    /// Number from its place.
    pub number: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// Actions in order.
    pub actions: Vec<ActionRow>,
}

/// An action in a list.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ActionRow {
    /// Id.
    pub id: EntityId,
    /// Number from its place, such as `1.2.3`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Leads.
    pub leads: Vec<Named>,
    /// First day, `YYYY-MM-DD`.
    pub starts_on: Option<String>,
    /// Last day.
    pub ends_on: Option<String>,
    /// Status word.
    pub status: Option<String>,
    /// Priority, 1 highest.
    pub priority: Option<u32>,
    /// Number of proposals it answers.
    pub sources: u32,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// Whether two versions of it wait to be settled.
    pub conflict: bool,
}

/// Something that an action lacks before it can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// No objective.
    Objective,
    /// No description.
    Description,
    /// No lead.
    Lead,
    /// No date.
    Dates,
    /// It ends before it starts.
    DatesOrder,
    /// No step.
    Milestones,
    /// No indicator.
    Indicators,
    /// An indicator without unit or target.
    IndicatorTarget,
    /// No funding.
    Funding,
    /// No proposal behind it.
    Sources,
}

/// One fiche-action, whole.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ActionView {
    /// Row as in the list.
    pub row: ActionRow,
    /// Objective.
    pub objective: Option<EntityId>,
    /// Why.
    pub reasons: Option<String>,
    /// What is done.
    pub description: Option<String>,
    /// For whom.
    pub audience: Option<String>,
    /// People, premises, tools.
    pub means: Option<String>,
    /// Conditions of success.
    pub conditions: Option<String>,
    /// Risks.
    pub risks: Option<String>,
    /// Who steers.
    pub governance: Option<String>,
    /// How the people concerned take part.
    pub user_involvement: Option<String>,
    /// Partners.
    pub partners: Vec<Named>,
    /// Themes.
    pub themes: Vec<Named>,
    /// Bassins.
    pub territories: Vec<Named>,
    /// Findings it answers.
    pub findings: Vec<Named>,
    /// Rapprochements it takes up.
    pub clusters: Vec<Named>,
    /// Actions that must be over before it starts.
    pub preceding: Vec<Named>,
    /// Actions that go with it.
    pub related: Vec<Named>,
    /// Steps in order.
    pub milestones: Vec<MilestoneRow>,
    /// Funding lines.
    pub fundings: Vec<FundingRow>,
    /// Indicators.
    pub indicators: Vec<IndicatorRow>,
    /// Proposals it answers.
    pub sources: Vec<SourceProposal>,
    /// Remarks of co-writers, oldest first.
    pub comments: Vec<CommentRow>,
    /// What can be chosen in its form.
    pub choices: ActionChoices,
}

/// A remark of a co-writer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CommentRow {
    /// Id.
    pub id: EntityId,
    /// The remark.
    pub text: String,
    /// Whether it was dealt with.
    pub done: bool,
    /// When, milliseconds since 1970.
    #[specta(type = Number)]
    pub at: f64,
}

/// What an action's form offers.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ActionChoices {
    /// Structures.
    pub organisations: Vec<OrganisationRow>,
    /// Themes.
    pub themes: Vec<ThemeRow>,
    /// Bassins.
    pub territories: Vec<TerritoryRow>,
    /// Findings.
    pub findings: Vec<FindingRow>,
    /// Objectives, with their number.
    pub objectives: Vec<Named>,
    /// The other actions, with their number.
    pub actions: Vec<Named>,
}

/// A step.
#[derive(Debug, Clone, Serialize, Type)]
pub struct MilestoneRow {
    /// Id.
    pub id: EntityId,
    /// What.
    pub what: String,
    /// Who.
    pub who: Option<String>,
    /// Due day.
    pub due_on: Option<String>,
    /// Day it was done.
    pub done_on: Option<String>,
}

/// A funding line.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FundingRow {
    /// Id.
    pub id: EntityId,
    /// Funder.
    pub funder: String,
    /// Year.
    pub year: Option<u32>,
    /// investment or running.
    pub kind: Option<String>,
    /// Planned, in cents of euro.
    pub planned: Option<f64>,
}

/// An indicator.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IndicatorRow {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// output, result or impact.
    pub kind: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Where it starts.
    pub baseline: Option<String>,
    /// Where it should get.
    pub target: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// How often it is read.
    pub frequency: Option<String>,
}

/// What drafting actions from rapprochements did.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct DraftReport {
    /// Actions drafted.
    pub actions: u32,
    /// Rapprochements made of groups because there was none.
    pub clusters: u32,
    /// Proposals they answer.
    pub proposals: u32,
}

/// A document that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Plan d’actions.
    Plan,
    /// Compte rendu d’atelier.
    Minutes,
    /// Compte rendu d’atelier, with the names of those present.
    MinutesWithNames,
    /// Déroulé d’un atelier, with its plan B.
    Agenda,
    /// Feuille d’émargement, to be signed by hand.
    Attendance,
    /// Feuille d’émargement, with who came and what was signed.
    AttendanceFilled,
    /// Tableau de suivi.
    Tracking,
    /// Diaporama du comité.
    Slides,
    /// Annexe de traçabilité.
    Annex,
    /// Cartes vierges numérotées.
    Cards,
    /// Invitation to an atelier.
    Invitation,
    /// Affiche at the door, with the codes that phones read.
    Poster,
    /// Bulletins de vote, on paper.
    Ballots,
    /// Chevalets de table.
    Tents,
    /// Dossier de preuve of all ateliers, for the audit of the European funds.
    Proof,
    /// Open data with their dictionary.
    OpenData,
    /// Entry of the register of processing.
    Register,
}

/// A document that the démarche can give, and in which formats.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DocumentOffer {
    /// Document.
    pub document: DocumentKind,
    /// Whether it is of one atelier.
    pub of_workshop: OfWorkshop,
    /// Formats, the one that most want first.
    pub formats: Vec<String>,
}

/// Whether a document is of one atelier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OfWorkshop {
    /// It is of the whole démarche.
    No,
    /// It is of one.
    Yes,
    /// It may be of one.
    Maybe,
}

/// What was written.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct ExportReport {
    /// The files.
    pub files: Vec<ExportedFile>,
    /// What is wrong with the marks of the funders, a sentence each.
    pub notices: Vec<String>,
}

/// A document on disk.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ExportedFile {
    /// Where.
    pub path: String,
    /// Format.
    pub format: String,
    /// Size in bytes.
    #[specta(type = Number)]
    pub bytes: f64,
    /// Time it took, milliseconds.
    #[specta(type = Number)]
    pub ms: f64,
}
