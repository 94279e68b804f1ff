//! What the faces show: one plain structure per question that a place asks.
//!
//! Views are read-only, carry no rule, and cross the bridge to the window as they are.
//! Each place refetches its view when the `changed` event names it (see [`View`]).

mod agenda;
mod arbitrate;
mod attendance;
mod ballot;
mod charter;
mod checks;
mod closing;
mod consolidate;
mod form;
mod home;
mod meeting;
mod merge;
mod outcome;
mod phones;
mod plan;
mod plan_import;
mod prepare;
mod region;
mod room;
mod suggest;
mod tracking;
mod value;
mod versions;

pub use agenda::*;
pub use arbitrate::*;
pub use attendance::*;
pub use ballot::*;
pub use charter::*;
pub use checks::*;
pub use closing::*;
pub use consolidate::*;
pub use form::*;
pub use home::*;
pub use meeting::*;
pub use merge::*;
pub use outcome::*;
pub use phones::*;
pub use plan::*;
pub use plan_import::*;
pub use prepare::*;
pub use region::*;
pub use room::*;
pub use suggest::*;
pub use tracking::*;
pub use value::JsonValue;
pub use versions::*;

use moisson_domain::Kind;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The name of a view, as the `changed` event carries it and as the window's query cache keys it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Accueil.
    Home,
    /// Préparer.
    Preparation,
    /// The board of an atelier.
    Board,
    /// A scrutin.
    Ballot,
    /// What the projector shows.
    Projector,
    /// The room for phones.
    Phones,
    /// Where others were met through storage.
    Meetings,
    /// Settings seen by two people at once and not yet settled.
    Conflicts,
    /// Consolider.
    Consolidation,
    /// The plan and its actions.
    Plan,
    /// Who did what, and what can be undone.
    History,
    /// The déroulé of an atelier, in full.
    Agenda,
    /// Who is in the room.
    Attendance,
    /// What closing an atelier asks for, and its minutes.
    Closing,
    /// What was said before on the same theme.
    Previous,
    /// The committee’s table.
    Arbitration,
    /// What became of each proposal.
    Outcomes,
    /// How documents look.
    Charter,
}

impl View {
    /// Every view.
    pub const ALL: [Self; 18] = [
        Self::Home,
        Self::Preparation,
        Self::Board,
        Self::Ballot,
        Self::Projector,
        Self::Phones,
        Self::Meetings,
        Self::Conflicts,
        Self::Consolidation,
        Self::Plan,
        Self::History,
        Self::Agenda,
        Self::Attendance,
        Self::Closing,
        Self::Previous,
        Self::Arbitration,
        Self::Outcomes,
        Self::Charter,
    ];

    /// Whether a change to an entity of this kind can alter the view.
    #[must_use]
    pub fn depends_on(self, kind: Kind) -> bool {
        use Kind::*;
        match self {
            Self::Home | Self::Conflicts | Self::History => true,
            Self::Preparation => matches!(
                kind,
                Process
                    | Territory
                    | Theme
                    | College
                    | Organisation
                    | Participant
                    | Finding
                    | Workshop
                    | Step
                    | Link
                    | Proposal
            ),
            Self::Board => matches!(
                kind,
                Workshop
                    | Step
                    | Proposal
                    | Group
                    | Ballot
                    | Option
                    | Urn
                    | Support
                    | Finding
                    | Theme
                    | Territory
                    | Organisation
                    | College
                    | Link
                    | Note
                    | Attachment
            ),
            Self::Ballot => matches!(kind, Ballot | Option | Urn | Group | Proposal),
            Self::Projector => {
                matches!(
                    kind,
                    Workshop | Step | Proposal | Support | Group | Ballot | Option | Urn | Theme | Territory | Link
                )
            }
            Self::Phones => matches!(kind, Ballot | Urn),
            // What is left to give grows with every act; it is counted when others are met.
            Self::Meetings => false,
            Self::Consolidation => {
                matches!(
                    kind,
                    Proposal | Group | Cluster | Distinct | Workshop | Theme | Territory | Link | Action | Urn | Ballot
                )
            }
            Self::Plan => !matches!(kind, Step | Attendance | Rating),
            Self::Charter => matches!(kind, Process | Charter | Funder | Attachment),
            Self::Agenda => matches!(kind, Workshop | Step),
            Self::Attendance => matches!(kind, Attendance | Participant | Organisation | College | Workshop),
            // The minutes say nearly everything of an atelier.
            Self::Closing => true,
            Self::Previous | Self::Arbitration | Self::Outcomes => {
                !matches!(kind, Step | Attendance | Rating | Participant)
            }
        }
    }
}
