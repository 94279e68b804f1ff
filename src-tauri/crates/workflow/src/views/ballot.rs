//! Voter: a scrutin, its settings, its result and how it can be looked at.

use moisson_domain::EntityId;
use moisson_tally::{Ballot, Outcome, SharingRule};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// A way of voting. Several of them rank: what people do is the same, what is counted is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum RoomMethod {
    /// Raised hands.
    Hands,
    /// Gommettes.
    Dots,
    /// Approval.
    Approval,
    /// A score per option.
    Score,
    /// Majority judgment.
    MajorityJudgment,
    /// A ranking, counted by Borda.
    Borda,
    /// A ranking, counted by Copeland.
    Copeland,
    /// A ranking, the last eliminated.
    Irv,
    /// A ranking, by ranked pairs.
    RankedPairs,
    /// A ranking, by Schulze.
    Schulze,
    /// A ranking, several kept in proportion.
    Stv,
    /// Two options at a time.
    Pairwise,
    /// Impact and effort.
    ImpactEffort,
    /// Projects within a budget.
    Budget,
    /// Consent, stand aside, object.
    Consent,
    /// Agree, disagree, pass.
    Consensus,
    /// Made by a later version.
    Unknown,
}

/// A vote in a list.
#[derive(Debug, Clone, Serialize, Type)]
pub struct BallotRow {
    /// Id.
    pub id: EntityId,
    /// Question.
    pub question: String,
    /// Method.
    pub method: RoomMethod,
    /// draft, open or closed.
    pub state: String,
    /// Bulletins counted (closed) or entered (open).
    pub bulletins: u32,
}

/// A scrutin: what is asked, what was entered, and once closed the result.
#[derive(Debug, Clone, Serialize, Type)]
pub struct BallotView {
    /// Id.
    pub id: EntityId,
    /// The atelier it belongs to.
    pub workshop: Option<EntityId>,
    /// Question.
    pub question: String,
    /// Method.
    pub method: RoomMethod,
    /// The rule in one sentence, in the user's language.
    pub rule: String,
    /// draft, open or closed.
    pub state: String,
    /// Whether bulletins are secret.
    pub secret: bool,
    /// Settings.
    pub settings: BallotSettings,
    /// What can be chosen, in order.
    pub options: Vec<BallotOption>,
    /// People present.
    pub present_count: Option<u32>,
    /// Names of the grades, worst first (majority judgment).
    pub grade_names: Vec<String>,
    /// Bulletins entered on this laptop while the vote is open, in no particular order.
    pub entered: Vec<EnteredBulletin>,
    /// Number of bulletins entered.
    pub bulletins: u32,
    /// The result, once closed, or before where it was chosen to be seen live.
    pub outcome: Option<Outcome>,
    /// Bulletins counted apart, and what there is to settle.
    pub odd: Odd,
    /// People who said that they abstain.
    pub abstentions: Option<u32>,
    /// Rounds of the question, this one among them, the first one first.
    pub rounds: Vec<Round>,
    /// The two options to compare next (pairwise, while open).
    pub next_duel: Option<(String, String)>,
    /// Other methods that the bulletins of a closed vote can be counted by.
    pub others: Vec<RoomMethod>,
}

/// What can be chosen in a vote.
#[derive(Debug, Clone, Serialize, Type)]
pub struct BallotOption {
    /// Id.
    pub id: EntityId,
    /// Words shown.
    pub label: String,
    /// The group, proposal or cluster it stands for.
    pub about: Option<EntityId>,
    /// What it costs, in euros (budget).
    #[specta(type = Option<Number>)]
    pub cost: Option<f64>,
}

/// One time a question was asked.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Round {
    /// The scrutin.
    pub id: EntityId,
    /// draft, open or closed.
    pub state: String,
}

/// How a vote is set up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct BallotSettings {
    /// Dots per person.
    pub points: Option<u32>,
    /// Dots that one option may take.
    pub max_per_option: Option<u32>,
    /// Number of grades, 3 to 7.
    pub grades: Option<u8>,
    /// How many options an approval may name.
    pub max_choices: Option<u32>,
    /// Least score.
    pub min: Option<u32>,
    /// Highest score.
    pub max: Option<u32>,
    /// How many are kept.
    pub seats: Option<u32>,
    /// How seats or a budget are shared out in proportion.
    pub rule: Option<SharingRule>,
    /// Euros to share out.
    pub budget: Option<u32>,
    /// People who must have taken part, else nothing is decided.
    pub quorum: Option<u32>,
    /// Whether each phone shows the options in an order of its own, so that none gains by standing first.
    pub shuffled: bool,
    /// Whether the result shows while the vote is open. Never that of a secret vote: as it moves it would tell who votes what.
    pub live: bool,
    /// Whether phones are asked, if they like to say so, from which college and territory their bulletin comes. Never in a
    /// secret vote: too few may come from one.
    pub ask_origin: bool,
    /// Until when it was said to last, milliseconds since 1970. Time that is over closes nothing: whoever leads does.
    #[specta(type = Option<Number>)]
    pub closes_at: Option<f64>,
}

/// Bulletins counted apart.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct Odd {
    /// Urns that arrived after the result, and wait for someone to say what becomes of them.
    pub urns: Vec<LateUrn>,
    /// What phones sent and was refused.
    pub refused: RefusedBulletins,
    /// Whether those that came after closing wait to be noted.
    pub late_asked: bool,
    /// How many questions wait.
    pub questions: u32,
}

/// An urn that arrived after the result.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LateUrn {
    /// The urn.
    pub id: EntityId,
    /// The laptop that collected it, if it said so.
    pub laptop: Option<String>,
    /// Bulletins in it.
    pub bulletins: u32,
}

/// Bulletins of phones that were refused, by reason. Numbers only: whose they were is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct RefusedBulletins {
    /// Sent after closing.
    pub late: u32,
    /// With a card that was used on another phone.
    pub card_spent: u32,
    /// With letters that are on no card.
    pub card_unknown: u32,
    /// With an unknown option, or beyond the rule.
    pub invalid: u32,
}

/// A new vote.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct NewBallot {
    /// Atelier.
    pub workshop: EntityId,
    /// Method.
    pub method: RoomMethod,
    /// Question.
    pub question: String,
    /// Groups or proposals to vote on, in order.
    pub about: Vec<EntityId>,
    /// Settings.
    pub settings: BallotSettings,
    /// Whether bulletins are secret.
    pub secret: bool,
    /// People present.
    pub present_count: Option<u32>,
    /// What each costs, in euros, in the order of `about`; empty where nothing does.
    #[serde(default)]
    pub costs: Vec<u32>,
}

/// What a result is cut by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SliceBy {
    /// Phones, paper, hands, keyboard.
    Channel,
    /// Tables.
    Table,
    /// Families of organisations, where bulletins say theirs.
    College,
    /// Territories, where bulletins say theirs.
    Territory,
}

/// A result, cut.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Slices {
    /// The parts, in the order of their names.
    pub slices: Vec<Slice>,
    /// Options that the parts place differently, those most apart first.
    pub divided: Vec<Divided>,
}

/// A part of the bulletins.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Slice {
    /// Which; none for those that say nothing of it.
    pub label: Option<String>,
    /// How many bulletins.
    pub bulletins: u32,
    /// Their result; none where it is withheld because they are few.
    pub outcome: Option<Outcome>,
}

/// An option on which the parts differ.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Divided {
    /// The option.
    pub option: EntityId,
    /// Its words.
    pub label: String,
    /// Places between the part that puts it highest and the one that puts it lowest.
    pub gap: u32,
}

/// A bulletin typed in.
#[derive(Debug, Clone, Serialize, Type)]
pub struct EnteredBulletin {
    /// Key to withdraw it by; random, says nothing of the order.
    pub key: String,
    /// The bulletin; its weight is the number of identical ones.
    pub bulletin: Ballot,
}
