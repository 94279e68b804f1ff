//! Animer and voter: the board of an atelier, its votes, what the projector shows.

use super::{BallotRow, BallotView, CollegeRow, FindingRow, JoinView, Named, OrganisationRow, ThemeRow, WorkshopRow};
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// The room screen of one atelier.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Board {
    /// The atelier.
    pub workshop: WorkshopRow,
    /// Groups in order, each with its proposals.
    pub groups: Vec<GroupColumn>,
    /// Proposals not yet grouped, newest first.
    pub ungrouped: Vec<ProposalCard>,
    /// Photos of the atelier.
    pub photos: Vec<PhotoRow>,
    /// Proposals put aside: by hand, or because others come from them.
    pub parked: Vec<ProposalCard>,
    /// Findings of the atelier's theme.
    pub findings: Vec<FindingRow>,
    /// Themes, for proposals that belong elsewhere.
    pub themes: Vec<ThemeRow>,
    /// Colleges.
    pub colleges: Vec<CollegeRow>,
    /// Organisations.
    pub organisations: Vec<OrganisationRow>,
    /// Votes of the atelier.
    pub ballots: Vec<BallotRow>,
}

/// A regroupement and what it holds.
#[derive(Debug, Clone, Serialize, Type)]
pub struct GroupColumn {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// Whether two versions of it wait to be settled.
    pub conflict: bool,
    /// Its proposals.
    pub proposals: Vec<ProposalCard>,
}

/// A proposal on the board.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProposalCard {
    /// Id.
    pub id: EntityId,
    /// The words.
    pub text: String,
    /// Table number.
    pub table: Option<u32>,
    /// Where it came from: keyboard, phone, paper, oral, photo, import.
    pub origin: Option<String>,
    /// Number of the paper card it was written on.
    pub card_number: Option<u32>,
    /// How often it was said again (« déjà dit »).
    pub support: u32,
    /// What it was split or joined from.
    pub came_from: Vec<CameFrom>,
    /// Structure.
    pub organisation: Option<Named>,
    /// Finding it answers, by its number or first words.
    pub finding: Option<Named>,
    /// Theme when it is not the atelier's.
    pub theme: Option<EntityId>,
    /// Group.
    pub group: Option<EntityId>,
    /// Whether two versions of it wait to be settled.
    pub conflict: bool,
    /// When it was noted, milliseconds since 1970.
    #[specta(type = Number)]
    pub noted_at: f64,
}

/// A photo of a flip chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PhotoRow {
    /// Id.
    pub id: EntityId,
    /// Name of the file it came from.
    pub name: String,
    /// What it shows, for those who do not see it.
    pub description: Option<String>,
    /// Whether its picture is on this laptop; it may come with another dossier.
    pub here: bool,
}

/// A proposal that another one comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CameFrom {
    /// How.
    pub how: Came,
    /// The proposal.
    pub id: EntityId,
    /// Its words.
    pub text: String,
}

/// How a proposal comes from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// It is a piece of it.
    Split,
    /// It joins it with others.
    Joined,
}

/// What a room asks: which proposals say the same as these words, or as this proposal?
#[derive(Debug, Clone, Deserialize, Type)]
pub struct Asked {
    /// The atelier that asks.
    pub workshop: EntityId,
    /// A proposal of the board; the text is left aside then.
    pub proposal: Option<EntityId>,
    /// Words being typed.
    pub text: String,
    /// How many at most, here and elsewhere.
    pub limit: u32,
    /// Score that a suggestion has at least; what is usual if none.
    pub least: Option<f32>,
}

/// A proposal that says the same, here or in another atelier.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Resembling {
    /// Id.
    pub id: EntityId,
    /// The words.
    pub text: String,
    /// Whether it was said in the atelier that asks.
    pub here: bool,
    /// Number of its atelier.
    pub workshop_number: Option<u32>,
    /// Title of its atelier.
    pub workshop_title: String,
    /// Bassins of its atelier.
    pub territories: Vec<String>,
    /// Its regroupement.
    pub group: Option<Named>,
    /// Its rapprochement.
    pub cluster: Option<Named>,
    /// How often it was said again.
    pub support: u32,
    /// From 0, nothing in common, to 1, the same words.
    #[specta(type = Number)]
    pub score: f32,
    /// Phrases, then words, that both share.
    pub why: Vec<String>,
}

/// What someone notes.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct Capture {
    /// The words; each non-empty line is one proposal.
    pub text: String,
    /// Table number.
    pub table: Option<u32>,
    /// Finding answered.
    pub finding: Option<EntityId>,
    /// Theme, when it is not the atelier's.
    pub theme: Option<EntityId>,
    /// Structure that speaks.
    pub organisation: Option<EntityId>,
    /// Group to put it in at once.
    pub group: Option<EntityId>,
    /// Number of the paper card it was written on.
    pub card_number: Option<u32>,
    /// keyboard, phone, paper, oral, photo or import.
    pub origin: Option<String>,
}

/// Where proposals are put: a group or a rapprochement that exists, a new one, or none.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Target {
    /// One that exists.
    Existing {
        /// Its id.
        id: EntityId,
    },
    /// A new one.
    New {
        /// Its name.
        name: String,
    },
    /// None: back to « à classer ».
    None,
}

/// What the projector is asked to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "show", rename_all = "snake_case")]
pub enum Scene {
    /// Nothing: a black screen.
    Black,
    /// The question and the board.
    Board {
        /// Atelier.
        workshop: EntityId,
    },
    /// The question alone, as large as it goes.
    Question {
        /// Atelier.
        workshop: EntityId,
    },
    /// The déroulé: now, next, and the time left.
    Agenda {
        /// Atelier.
        workshop: EntityId,
    },
    /// One regroupement.
    Group {
        /// The regroupement.
        group: EntityId,
    },
    /// A big timer over the question.
    Timer {
        /// Atelier.
        workshop: EntityId,
    },
    /// A vote: its options while open, its result once closed.
    Ballot {
        /// The vote.
        ballot: EntityId,
    },
    /// How phones come in: the QR codes and the word.
    Join {
        /// Atelier.
        workshop: EntityId,
    },
}

/// The countdown, shared by the room screen and the projector.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Timer {
    /// When it ends, milliseconds since 1970; set while it runs.
    pub ends_at: Option<f64>,
    /// Milliseconds left while it is paused.
    pub left: Option<f64>,
    /// Its whole length, milliseconds.
    #[specta(type = Number)]
    pub total: f64,
}

/// What the projector window draws: never a name, an unfinished text or a hidden result.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProjectorView {
    /// What is asked for.
    pub scene: Scene,
    /// Whether it stays on what it showed.
    pub frozen: bool,
    /// Whether it is only a rehearsal.
    pub rehearsal: bool,
    /// The countdown.
    pub timer: Timer,
    /// Title line: atelier and theme.
    pub title: String,
    /// Question of the atelier or of the vote.
    pub question: String,
    /// Board: groups, each with its proposals' words.
    pub groups: Vec<ProjectedGroup>,
    /// While everyone writes alone, how many proposals wait to be shown; none otherwise.
    pub silent: Option<u32>,
    /// Agenda: the séquences.
    pub steps: Vec<ProjectedStep>,
    /// The vote, if the scene is one; without its entered bulletins.
    pub ballot: Option<BallotView>,
    /// How phones come in, if the scene says so and the room is open.
    pub join: Option<JoinView>,
}

/// A group on the wall.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProjectedGroup {
    /// Name; none for those not yet grouped.
    pub name: Option<String>,
    /// Its proposals.
    pub proposals: Vec<ProjectedProposal>,
}

/// A proposal on the wall: its words and how often they were said again, nobody's name.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProjectedProposal {
    /// The words.
    pub text: String,
    /// How often it was said again.
    pub support: u32,
}

/// A séquence on the wall: none of what is written for the facilitator.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProjectedStep {
    /// Title.
    pub title: String,
    /// Length in minutes.
    pub minutes: Option<u32>,
    /// When it was started, milliseconds since 1970.
    pub started_at: Option<f64>,
    /// When it was ended.
    pub ended_at: Option<f64>,
}
