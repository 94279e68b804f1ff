//! Consolider: themes × bassins, proposals of all ateliers, the rapprochements made of them.

use super::{Named, ThemeRef, ThemeRow};
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// What Consolider shows.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Consolidation {
    /// Rows of the heat map.
    pub themes: Vec<ThemeRow>,
    /// Columns of the heat map.
    pub territories: Vec<Named>,
    /// Cells, theme by theme then bassin by bassin.
    pub cells: Vec<HeatCell>,
    /// Rapprochements, in order.
    pub clusters: Vec<ClusterRow>,
    /// Proposals that the filter keeps.
    pub proposals: Vec<SourceProposal>,
    /// How many the filter keeps in all (the list stops at a page).
    pub matching: u32,
    /// Proposals in all.
    pub total: u32,
    /// Proposals in no rapprochement.
    pub untreated: u32,
    /// Proposals noted or taken in since one last looked.
    pub news: u32,
    /// Where the journal stands: what to give next time.
    #[specta(type = Number)]
    pub mark: f64,
    /// The démarche, under which that is remembered.
    pub process: EntityId,
}

/// One cell of the heat map.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HeatCell {
    /// Theme.
    pub theme: EntityId,
    /// Bassin.
    pub territory: EntityId,
    /// Ateliers held on that theme there; none is a hole in the data, shown as one.
    pub workshops: u32,
    /// Proposals.
    pub proposals: u32,
    /// Of which in a rapprochement.
    pub clustered: u32,
    /// How often they were said again.
    pub said_again: u32,
    /// How much its rooms agree, in percent, where their votes let people be against: 100 where all say the same.
    pub agreement: Option<u32>,
}

/// What the list of proposals is narrowed to.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct ProposalFilter {
    /// Theme.
    pub theme: Option<EntityId>,
    /// Bassin.
    pub territory: Option<EntityId>,
    /// Atelier.
    pub workshop: Option<EntityId>,
    /// Rapprochement.
    pub cluster: Option<EntityId>,
    /// Only those in no rapprochement.
    pub untreated: bool,
    /// Words, accents and case forgiven.
    pub text: Option<String>,
    /// Where the journal stood when one last looked ([`Consolidation::mark`]).
    #[specta(type = Option<Number>)]
    pub since: Option<f64>,
    /// Only what was noted or taken in since.
    pub news: bool,
}

/// A rapprochement.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ClusterRow {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// Theme.
    pub theme: Option<ThemeRef>,
    /// Note.
    pub note: Option<String>,
    /// How many proposals.
    pub proposals: u32,
    /// From which ateliers (numbers).
    pub workshops: Vec<u32>,
    /// In which bassins.
    pub territories: Vec<Named>,
    /// The action that takes it up.
    pub action: Option<Named>,
    /// Whether two versions of it wait to be settled.
    pub conflict: bool,
}

/// A proposal with where it was said.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SourceProposal {
    /// Id.
    pub id: EntityId,
    /// The words.
    pub text: String,
    /// Atelier.
    pub workshop: EntityId,
    /// Number of the atelier.
    pub workshop_number: Option<u32>,
    /// Title of the atelier.
    pub workshop_title: String,
    /// Bassin.
    pub territory: Option<Named>,
    /// Theme.
    pub theme: Option<ThemeRef>,
    /// Name of its group.
    pub group: Option<Named>,
    /// Structure.
    pub organisation: Option<String>,
    /// Table number.
    pub table: Option<u32>,
    /// Rapprochement it is in.
    pub cluster: Option<Named>,
    /// How its group, or itself, fared in votes, in words.
    pub votes: Vec<String>,
}

/// A proposal that says the same as another one, or as a text.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Similar {
    /// The proposal, with where it was said.
    pub proposal: SourceProposal,
    /// From 0, nothing in common, to 1, the same words.
    pub score: f32,
    /// Phrases, then words, that both share.
    pub why: Vec<String>,
}

/// Two proposals that say the same.
#[derive(Debug, Clone, Serialize)]
pub struct SimilarPair {
    /// One.
    pub a: SourceProposal,
    /// The other.
    pub b: SourceProposal,
    /// From 0, nothing in common, to 1, the same words.
    pub score: f32,
    /// Phrases, then words, that both share.
    pub why: Vec<String>,
}
