//! Animer and voter: the board of an atelier, its votes, what the projector shows.

use super::{BallotRow, BallotView, CollegeRow, FindingRow, Named, OrganisationRow, ThemeRow, WorkshopRow};
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
    /// The countdown.
    pub timer: Timer,
    /// Title line: atelier and theme.
    pub title: String,
    /// Question of the atelier or of the vote.
    pub question: String,
    /// Board: groups, each with its proposals' words.
    pub groups: Vec<ProjectedGroup>,
    /// The vote, if the scene is one; without its entered bulletins.
    pub ballot: Option<BallotView>,
}

/// A group on the wall.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProjectedGroup {
    /// Name; none for those not yet grouped.
    pub name: Option<String>,
    /// The words of its proposals.
    pub proposals: Vec<String>,
}
