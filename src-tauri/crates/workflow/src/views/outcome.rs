//! Suite donnée: what became of each proposal, for those who decide, for each atelier, for each partner.

use super::{Named, SourceProposal};
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// In an action.
    TakenUp,
    /// Retained by the committee, and to be in an action.
    Retained,
    /// In the words of another proposal.
    Merged,
    /// Being looked into.
    Study,
    /// Passed on to someone else.
    Referred,
    /// Not taken up.
    SetAside,
}

/// Where an outcome comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeFrom {
    /// Someone answered this proposal.
    Answer,
    /// An action takes up its rapprochement.
    Action,
    /// The committee decided on its rapprochement.
    Decision,
    /// The room split, joined or put it aside.
    Room,
}

/// An outcome, and the sentence that tells it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OutcomeRow {
    /// What became of it.
    pub kind: OutcomeKind,
    /// Where that comes from.
    pub from: OutcomeFrom,
    /// Actions that take it up.
    pub actions: Vec<Named>,
    /// One sentence for those who proposed it.
    pub sentence: String,
    /// The answer itself where someone wrote one, to be taken back.
    pub answer: Option<EntityId>,
}

/// A proposal and what became of it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AnsweredProposal {
    /// The proposal.
    pub proposal: SourceProposal,
    /// What became of it; none while nobody has said.
    pub outcome: Option<OutcomeRow>,
}

/// Which proposals the work list shows.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct OutcomeFilter {
    /// Theme.
    pub theme: Option<EntityId>,
    /// Atelier.
    pub workshop: Option<EntityId>,
    /// Only those without an outcome.
    pub open: bool,
    /// Only those with this outcome.
    pub kind: Option<OutcomeKind>,
    /// Words, accents and case forgiven.
    pub text: Option<String>,
}

/// The work list of answers.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Outcomes {
    /// Proposals that the filter keeps, a page of them.
    pub rows: Vec<AnsweredProposal>,
    /// How many it keeps in all.
    pub matching: u32,
    /// Proposals in all.
    pub total: u32,
    /// Those without an outcome.
    pub open: u32,
    /// How many have each outcome.
    pub counts: Vec<OutcomeCount>,
    /// Actions that an answer can name, by number.
    pub actions: Vec<Named>,
    /// Reasons offered where something is set aside.
    pub reasons: Vec<String>,
    /// Ateliers, with how many of their proposals are without an outcome.
    pub workshops: Vec<FollowedWorkshop>,
}

/// So many outcomes of a kind.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OutcomeCount {
    /// Kind.
    pub kind: OutcomeKind,
    /// How many.
    pub count: u32,
}

/// An atelier to be answered.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FollowedWorkshop {
    /// Id.
    pub id: EntityId,
    /// Number.
    pub number: Option<u32>,
    /// Title.
    pub title: String,
    /// Bassins.
    pub territories: Vec<Named>,
    /// Day.
    pub date: Option<String>,
    /// Proposals said in it.
    pub proposals: u32,
    /// Of which without an outcome.
    pub open: u32,
}

/// « Que sont devenues vos propositions ? » for one atelier.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Followup {
    /// The atelier.
    pub workshop: FollowedWorkshop,
    /// How many have each outcome.
    pub counts: Vec<OutcomeCount>,
    /// Its proposals, group by group in their order.
    pub rows: Vec<AnsweredProposal>,
}

/// An answer to proposals.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct NewOutcome {
    /// Which proposals.
    pub proposals: Vec<EntityId>,
    /// What became of them.
    pub kind: OutcomeKind,
    /// In which action.
    pub action: Option<EntityId>,
    /// Why.
    pub reason: Option<String>,
    /// In other words, for those who proposed.
    pub answer: Option<String>,
}

/// A partner, and what it has in the plan.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PartnerRow {
    /// The organisation.
    pub organisation: Named,
    /// Actions it leads.
    pub leads: u32,
    /// Actions it helps.
    pub helps: u32,
    /// Of these, without its agreement so far.
    pub pending: u32,
}

/// « Vos engagements » of one partner.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Commitments {
    /// The organisation.
    pub organisation: Named,
    /// Actions it leads, then those it helps, in the order of the plan.
    pub rows: Vec<CommitmentRow>,
}

/// What a partner has in one action.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CommitmentRow {
    /// The action.
    pub action: EntityId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whether it leads.
    pub leads: bool,
    /// First day.
    pub starts_on: Option<String>,
    /// Last day.
    pub ends_on: Option<String>,
    /// Status word.
    pub status: Option<String>,
    /// Steps that name it.
    pub milestones: Vec<super::MilestoneRow>,
    /// Funding lines in its name.
    pub fundings: Vec<super::FundingRow>,
    /// The day it agreed.
    pub agreed_on: Option<String>,
}
