//! What documents are made of: plain data that the caller fills from its read models. Also the JSON export.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What every document says of its démarche.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
    /// Date of the document.
    pub date: NaiveDate,
}

/// The plan d'actions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PlanSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// Title of the plan.
    pub title: String,
    /// First words.
    pub introduction: Option<String>,
    /// How it was made.
    pub method_note: Option<String>,
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
}

/// A theme.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ThemeSource {
    /// Number.
    pub number: u32,
    /// Name.
    pub name: String,
    /// What it covers.
    pub description: Option<String>,
    /// Findings.
    pub findings: Vec<FindingSource>,
}

/// A finding.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
}

/// A step.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MilestoneSource {
    /// What.
    pub what: String,
    /// Who.
    pub who: Option<String>,
    /// When.
    pub due_on: Option<NaiveDate>,
}

/// A funding line.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FundingSource {
    /// Funder.
    pub funder: String,
    /// Year.
    pub year: Option<u32>,
    /// Cents of euro.
    pub planned: i64,
}

/// An indicator.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
}

/// A proposal, traced.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
}

/// The compte rendu of an atelier.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MinutesSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// The atelier.
    pub workshop: WorkshopSource,
    /// Local times.
    pub starts_at: Option<String>,
    /// Local times.
    pub ends_at: Option<String>,
    /// Question.
    pub question: Option<String>,
    /// Aims.
    pub aims: Option<String>,
    /// draft, review, final or sent.
    pub state: String,
    /// Séquences and minutes.
    pub steps: Vec<(String, Option<u32>)>,
    /// First words.
    pub introduction: Option<String>,
    /// Organisation and number present.
    pub attendance: Vec<(String, u32)>,
    /// Who was there, in full.
    pub presence: AttendanceSource,
    /// Hands raised on what the atelier was worth, for 1 to 5.
    pub ratings: [u32; 5],
    /// Their mean.
    pub mean: Option<f64>,
    /// Findings recalled.
    pub findings: Vec<FindingSource>,
    /// Groups; the last may have no name: not grouped.
    pub groups: Vec<GroupSource>,
    /// Votes.
    pub votes: Vec<VoteSource>,
    /// Remarks and disagreements.
    pub remarks: Vec<String>,
    /// Decisions taken.
    pub decisions: Vec<String>,
    /// What next.
    pub next_steps: Vec<String>,
}

/// A group and its proposals.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GroupSource {
    /// Name.
    pub name: Option<String>,
    /// Proposals.
    pub proposals: Vec<ProposalSource>,
}

/// A vote and its result.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VoteSource {
    /// Question.
    pub question: String,
    /// The rule in one sentence.
    pub rule: String,
    /// Bulletins.
    pub bulletins: u32,
    /// People present.
    pub present: Option<u32>,
    /// Names of grades, worst first; empty for other methods.
    pub grades: Vec<String>,
    /// Rows, best first.
    pub rows: Vec<VoteRow>,
}

/// An option in a result.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VoteRow {
    /// Rank, from 1; those that tie share it.
    pub rank: u32,
    /// Words.
    pub label: String,
    /// Score in words.
    pub score: String,
    /// What the bar shows: votes, dots.
    pub value: f64,
    /// Bulletins per grade, worst first.
    pub profile: Vec<f64>,
}

/// Who was at an atelier.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AttendanceSource {
    /// Organisation and number present.
    pub organisations: Vec<(String, u32)>,
    /// Organisation and number of excused.
    pub excused: Vec<(String, u32)>,
    /// Excused in all.
    pub excused_count: u32,
    /// Present whose organisation nobody noted.
    pub other: u32,
    /// College and number present.
    pub colleges: Vec<(String, u32)>,
    /// Of those present, at a distance.
    pub remote: u32,
    /// By name, if that was chosen.
    pub attendees: Vec<AttendeeSource>,
}

/// Someone present, by name or pseudonym.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AttendeeSource {
    /// Name, else pseudonym.
    pub name: String,
    /// Organisation.
    pub organisation: Option<String>,
    /// Whether at a distance.
    pub remote: bool,
}

/// The déroulé of an atelier: the facilitator's running sheet.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AgendaSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// The atelier.
    pub workshop: WorkshopSource,
    /// Local times.
    pub starts_at: Option<String>,
    /// Local times.
    pub ends_at: Option<String>,
    /// Question.
    pub question: Option<String>,
    /// Aims.
    pub aims: Option<String>,
    /// Séquences in order.
    pub steps: Vec<StepSource>,
    /// Findings of its theme.
    pub findings: Vec<FindingSource>,
    /// What other ateliers said on the theme, and what became of it.
    pub previous: Vec<PreviousSource>,
}

/// A séquence.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StepSource {
    /// Title.
    pub title: String,
    /// Local time, `HH:MM`.
    pub starts_at: Option<String>,
    /// Local time, `HH:MM`.
    pub ends_at: Option<String>,
    /// Minutes.
    pub minutes: Option<u32>,
    /// Name of its method.
    pub method: Option<String>,
    /// What it is for.
    pub goal: Option<String>,
    /// What must be at hand.
    pub material: Vec<String>,
    /// What is read aloud.
    pub wording: Option<String>,
    /// What the facilitator does, in order.
    pub instructions: Vec<String>,
    /// The question it asks, where it is not the atelier's.
    pub question: Option<String>,
}

/// Another atelier on the same theme.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PreviousSource {
    /// Number.
    pub number: Option<u32>,
    /// Title.
    pub title: String,
    /// Bassins.
    pub territories: Vec<String>,
    /// Day.
    pub date: Option<NaiveDate>,
    /// Groups that mattered most.
    pub groups: Vec<PreviousGroupSource>,
    /// Decisions.
    pub decisions: Vec<String>,
    /// Next steps, and whether each is done.
    pub next_steps: Vec<(String, bool)>,
}

/// A group of another atelier, and what became of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PreviousGroupSource {
    /// Name.
    pub name: String,
    /// Proposals in it.
    pub proposals: u32,
    /// Its rank in the room's vote.
    pub rank: Option<u32>,
    /// Number and title of the actions that take it up.
    pub actions: Vec<(String, String)>,
    /// What was answered.
    pub answers: Vec<String>,
}
