//! Arbitrage: what the committee decides on, and what it decided.

use super::{ClusterRow, Named};
use moisson_domain::EntityId;
use moisson_tally::RoomRule;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// The committee's table.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Arbitration {
    /// The démarche, whose rule and weights can be edited.
    pub process: EntityId,
    /// The rule that the committee chose.
    pub rule: RoomRule,
    /// What each bassin weighs, where the rule is by weights.
    pub weights: Vec<TerritoryWeight>,
    /// Rapprochements, in their own order.
    pub rows: Vec<ArbitrationRow>,
    /// Reasons offered where something is set aside.
    pub reasons: Vec<String>,
    /// How many are decided.
    pub decided: u32,
}

/// What a bassin weighs.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TerritoryWeight {
    /// Bassin.
    pub territory: Named,
    /// Its weight, 1 unless the committee says otherwise.
    #[specta(type = Number)]
    pub weight: f64,
}

/// One rapprochement before the committee.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ArbitrationRow {
    /// The rapprochement.
    pub cluster: ClusterRow,
    /// How often its proposals were said again.
    pub said_again: u32,
    /// Proposals by bassin, those that have some.
    pub territories: Vec<Counted>,
    /// Proposals by college, those that have some.
    pub colleges: Vec<Counted>,
    /// Rooms that voted on it.
    pub rooms: u32,
    /// Its place by each rule; none where no room voted on it.
    pub places: Vec<RulePlace>,
    /// The votes, as they were cast: never added up.
    pub votes: Vec<ClusterVote>,
    /// The most divided of these votes, from 0 to 1.
    #[specta(type = Option<Number>)]
    pub divided: Option<f64>,
    /// What its actions are planned to cost, in cents of euro.
    #[specta(type = Option<Number>)]
    pub cost: Option<f64>,
    /// easy, possible or hard.
    pub feasibility: Option<String>,
    /// Who has the legal competence.
    pub competence: Option<String>,
    /// Schemes that exist already.
    pub schemes: Option<String>,
    /// What was decided last.
    pub decision: Option<DecisionRow>,
    /// What was decided before, latest first.
    pub earlier: Vec<DecisionRow>,
}

/// So many of something.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Counted {
    /// Of what.
    pub name: String,
    /// How many.
    pub count: u32,
}

/// A place by a rule.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RulePlace {
    /// The rule.
    pub rule: RoomRule,
    /// Place, 1 first, equals sharing one.
    pub place: u32,
    /// From 1 to 0, what the place comes from.
    #[specta(type = Number)]
    pub priority: f64,
    /// Places gained (lost, below 0) against the committee's rule.
    pub moved: i32,
}

/// How a room voted on a rapprochement, or on something in it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ClusterVote {
    /// The vote.
    pub ballot: EntityId,
    /// Number of the atelier.
    pub workshop_number: Option<u32>,
    /// Bassins of the atelier.
    pub territories: Vec<String>,
    /// What was asked.
    pub question: String,
    /// The option, in the words that were voted on.
    pub option: String,
    /// How it fared, in words.
    pub words: String,
    /// Place, 1 first.
    pub rank: u32,
    /// Of how many.
    pub of: u32,
    /// Those who support it, where the method tells.
    pub supporters: Option<u32>,
    /// People present, or bulletins where nobody counted the room.
    pub present: u32,
    /// 95 % interval of the share of support, in percent.
    pub interval: Option<(u32, u32)>,
    /// How divided opinions are, from 0 to 1, where the method tells.
    #[specta(type = Option<Number>)]
    pub divided: Option<f64>,
}

/// What a committee may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// To be an action.
    Retain,
    /// To go on in another rapprochement.
    Merge,
    /// To be looked into.
    Study,
    /// Not taken up, for a reason.
    SetAside,
}

/// A decision as it was taken.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DecisionRow {
    /// Id.
    pub id: EntityId,
    /// What; a word that this version does not know stands as written.
    pub kind: String,
    /// Why.
    pub reason: Option<String>,
    /// Day, `YYYY-MM-DD`.
    pub decided_on: Option<String>,
    /// Who took it.
    pub body: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// A decision to be noted.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct NewDecision {
    /// On which rapprochements.
    pub clusters: Vec<EntityId>,
    /// What.
    pub kind: DecisionKind,
    /// Why; wanted where something is set aside.
    pub reason: Option<String>,
    /// Who takes it.
    pub body: Option<String>,
    /// The rapprochement in which these go on, where they are merged.
    pub into: Option<EntityId>,
}
