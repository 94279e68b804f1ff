//! Several démarches side by side, read only.

use super::Late;
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// A question asked of several démarches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RegionQuestion {
    /// Proposals by thématique and bassin.
    Themes,
    /// How often proposals were said again, by thématique.
    Support,
    /// Planned funding by axe.
    Cost,
    /// Actions that are late.
    Late,
    /// Proposals without an answer.
    Unanswered,
    /// Rapprochements of different démarches that resemble each other.
    Likeness,
}

impl RegionQuestion {
    /// Every question, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Themes, Self::Support, Self::Cost, Self::Late, Self::Unanswered, Self::Likeness];
}

/// The answer of several démarches to one question.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RegionReport {
    /// What was asked.
    pub question: RegionQuestion,
    /// How many démarches answered.
    pub demarches: u32,
    /// Files left aside: copies of a démarche of which another file knows more.
    pub copies: Vec<String>,
    /// Their answers, démarche by démarche.
    pub rows: Vec<RegionRow>,
    /// The same by name over all of them, where names can be put together.
    pub totals: Vec<RegionTotal>,
}

/// One line of an answer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RegionRow {
    /// Id of the démarche.
    pub process: EntityId,
    /// Its title.
    pub demarche: String,
    /// What is counted.
    #[serde(flatten)]
    pub figures: RegionFigures,
}

/// What is counted, by question.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(untagged)]
pub enum RegionFigures {
    /// Of a thématique in a bassin.
    Themes {
        /// Thématique.
        theme: String,
        /// Bassin.
        territory: String,
        /// Ateliers; none is a hole in the data.
        workshops: u32,
        /// Proposals.
        proposals: u32,
        /// Of which in a rapprochement.
        clustered: u32,
    },
    /// Of a thématique.
    Support {
        /// Thématique; empty for proposals without one.
        theme: String,
        /// Proposals.
        proposals: u32,
        /// How often they were said again.
        said_again: u32,
    },
    /// Of an axe.
    Cost {
        /// Axe; empty for actions under none.
        axis: String,
        /// Actions that are not given up.
        actions: u32,
        /// Their planned funding, in cents.
        #[specta(type = Number)]
        planned: i64,
    },
    /// An action.
    Late {
        /// Its number.
        number: String,
        /// Its title.
        action: String,
        /// Who leads it.
        leads: Vec<String>,
        /// Its last day.
        ends_on: Option<String>,
        /// Its state.
        status: String,
        /// What is late about it.
        why: Late,
    },
    /// Of the démarche.
    Unanswered {
        /// Proposals in all.
        proposals: u32,
        /// Of which nobody said what became of them.
        unanswered: u32,
    },
    /// Of a rapprochement and one of another démarche.
    Likeness {
        /// Its name.
        cluster: String,
        /// Its bassins.
        territories: String,
        /// The other démarche.
        other_demarche: String,
        /// Name of the other.
        other_cluster: String,
        /// Its bassins.
        other_territories: String,
        /// How alike, from 0 to 1.
        #[specta(type = Number)]
        score: f32,
        /// What both say.
        why: Vec<String>,
    },
}

/// A sum over all démarches.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RegionTotal {
    /// Of what: a thématique, an axe; empty for everything.
    pub name: String,
    /// Démarches that have it.
    pub demarches: u32,
    /// How many: proposals, actions late, proposals without answer; cents for costs.
    #[specta(type = Number)]
    pub count: i64,
}
