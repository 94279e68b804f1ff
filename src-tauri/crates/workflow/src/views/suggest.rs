//! Rapprochement: pairs that may say the same, to be decided one by one.

use super::SourceProposal;
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// Which suggestions are asked for.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct SuggestionFilter {
    /// Only where one side is of this theme.
    pub theme: Option<EntityId>,
    /// At least this alike, from 0 to 1.
    #[specta(type = Option<Number>)]
    pub least: Option<f32>,
    /// How many at most.
    pub limit: u32,
}

/// The likest pairs found so far.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct SuggestionPage {
    /// Likest first.
    pub pairs: Vec<Suggestion>,
    /// How many there are in all.
    pub waiting: u32,
    /// Proposals whose likes were looked for.
    pub read: u32,
    /// Of how many.
    pub of: u32,
}

/// Two sides that may say the same.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Suggestion {
    /// One side.
    pub a: SuggestionSide,
    /// The other.
    pub b: SuggestionSide,
    /// From 0, nothing in common, to 1, the same words.
    #[specta(type = Number)]
    pub score: f32,
    /// Phrases, then words, that both share.
    pub why: Vec<String>,
    /// Other pairs of the same two sides that are alike too.
    pub others: u32,
}

/// A proposal, or the rapprochement it stands for.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SuggestionSide {
    /// The rapprochement, or else the proposal: what is put together or judged different.
    pub id: EntityId,
    /// The proposal.
    pub proposal: SourceProposal,
    /// Proposals of its rapprochement; 1 where it is in none.
    pub members: u32,
}
