//! What the documents of one atelier are made of.

use super::{FindingSource, Frame, ProposalSource, WorkshopSource};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The compte rendu of an atelier.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct GroupSource {
    /// Name.
    pub name: Option<String>,
    /// Proposals.
    pub proposals: Vec<ProposalSource>,
}

/// A vote and its result.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
    /// What the figure shows, where it is more than a bar or a profile per option.
    #[serde(default)]
    pub picture: Option<PictureSource>,
}

/// A figure of a result, and the table that says the same.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct PictureSource {
    /// What is drawn.
    pub shape: Shape,
    /// Headings of the table.
    pub header: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// What is drawn of a result.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum Shape {
    /// For each option a middle and how far it spreads.
    Ranges {
        /// Ends of the scale.
        scale: (f64, f64),
        /// Label; from, middle, to; in words.
        rows: Vec<(String, (f64, f64, f64), String)>,
    },
    /// A plane of effort (across) and impact (up), cut in four; options bear the number of their row.
    Plane {
        /// Ends of both scales.
        scale: (f64, f64),
        /// Where it is cut.
        middle: f64,
        /// Names of the two axes: impact, effort.
        axes: (String, String),
        /// Impact and effort of each option.
        places: Vec<(f64, f64)>,
    },
    /// Margins of the row over the column.
    Duels {
        /// Labels.
        options: Vec<String>,
        /// Margins.
        margins: Vec<Vec<f64>>,
    },
    /// Votes of each option round after round; none once it is out.
    Rounds {
        /// Label, then a number per round.
        rows: Vec<(String, Vec<Option<f64>>)>,
    },
    /// Parts of a whole, the first the most in favour and the last the least.
    Parts {
        /// Label; sizes of the parts; in words.
        rows: Vec<(String, Vec<f64>, String)>,
    },
    /// A bar each, full where it was kept.
    Kept {
        /// Label; length; in words; whether it was kept.
        rows: Vec<(String, f64, String, bool)>,
    },
}

impl Default for Shape {
    fn default() -> Self {
        Self::Kept { rows: Vec::new() }
    }
}

/// An option in a result.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct AttendeeSource {
    /// Name, else pseudonym.
    pub name: String,
    /// Organisation.
    pub organisation: Option<String>,
    /// Whether at a distance.
    pub remote: bool,
}

/// The déroulé of an atelier: the facilitator's running sheet.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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

/// The feuille d'émargement of an atelier: to be signed, or what was signed.
#[derive(Debug, Clone, Default)]
pub struct AttendanceSheetSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// The atelier.
    pub workshop: WorkshopSource,
    /// Local times.
    pub starts_at: Option<String>,
    /// Local times.
    pub ends_at: Option<String>,
    /// Half-days, each signed for.
    pub half_days: Vec<HalfDay>,
    /// Those who sign; none on a sheet to be filled in by hand.
    pub people: Vec<SignerSource>,
    /// Whether it tells who came, rather than waits for them.
    pub filled: bool,
    /// How many came.
    pub present: u32,
    /// Lines to be filled in by hand.
    pub blank_lines: u32,
}

/// Half a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HalfDay {
    /// Before one o'clock.
    Morning,
    /// From then on.
    Afternoon,
}

/// Someone who signs.
#[derive(Debug, Clone, Default)]
pub struct SignerSource {
    /// Name, else pseudonym.
    pub name: String,
    /// Organisation.
    pub organisation: Option<String>,
    /// Role, in words.
    pub role: Option<String>,
    /// When they came, `HH:MM`.
    pub arrived_at: Option<String>,
    /// Whether at a distance.
    pub remote: bool,
    /// Outline of a signature drawn on the screen, in a frame of 600 by 200.
    pub signature: Option<String>,
}

/// Blank cards to write on.
#[derive(Debug, Clone, Default)]
pub struct CardsSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// Title of the atelier they are for, if for one.
    pub workshop: Option<String>,
    /// The question asked.
    pub question: Option<String>,
    /// Number of the first card.
    pub first: u32,
    /// How many.
    pub count: u32,
}
