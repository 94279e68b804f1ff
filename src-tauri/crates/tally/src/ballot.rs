//! What goes in: options, settings, bulletins, in the JSON of the public contract.

use crate::{Table, Weight};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// Something that can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Choice {
    /// Its id, as the result names it.
    pub id: String,
    /// Words for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it costs (a vote on a budget).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<specta_typescript::Number>)]
    pub cost: Option<Weight>,
}

/// How the vote was set up. What a method does not use is ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Settings {
    /// Number of grades, worst = 0 (majority judgment), 2 to 20.
    pub grades: u8,
    /// Dots per bulletin.
    pub points: u32,
    /// Dots that one option may take; as many as there are where unset.
    pub max_per_option: Option<u32>,
    /// Options an approval may name; any number where unset.
    pub max_choices: Option<u32>,
    /// How many options are kept; the best rank where unset.
    pub seats: Option<u32>,
    /// People present, for shares.
    pub present: Option<u32>,
    /// What there is to share out (a vote on a budget).
    #[specta(type = Option<specta_typescript::Number>)]
    pub budget: Option<Weight>,
    /// How seats or a budget are shared out in proportion; for a budget equal shares where unset, for an approval the most
    /// votes.
    pub rule: Option<SharingRule>,
    /// Least score (score, impact and effort).
    pub min: u32,
    /// Highest score; any where unset.
    pub max: Option<u32>,
    /// People who must have taken part, else nothing is decided.
    pub quorum: Option<u32>,
    /// Weight of what is assumed before the first duel (pairwise): see the method.
    #[specta(type = specta_typescript::Number)]
    pub prior: Weight,
    /// Groups of opinion to make where the bulletins name none (consensus); as many as fit best where unset.
    pub groups: Option<u8>,
    /// What a project that is paid for is worth to those who approve of it.
    pub satisfaction: Satisfaction,
}

/// How seats or a budget are shared out in proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SharingRule {
    /// Method of equal shares.
    Mes,
    /// The most satisfaction per cost first (a budget).
    Greedy,
    /// Proportional approval voting: the best of all sets (seats).
    Pav,
    /// Proportional approval voting, seat by seat.
    SeqPav,
}

/// What a project that is paid for is worth to those who approve of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Satisfaction {
    /// Its cost.
    #[default]
    Cost,
    /// One.
    Cardinality,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            grades: 7,
            points: 5,
            max_per_option: None,
            max_choices: None,
            seats: None,
            present: None,
            budget: None,
            rule: None,
            min: 0,
            max: None,
            quorum: None,
            prior: Weight::default(),
            groups: None,
            satisfaction: Satisfaction::Cost,
        }
    }
}

/// A bulletin; which member counts depends on the method.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Ballot {
    /// How many identical bulletins it stands for; one where unset.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<specta_typescript::Number>)]
    pub weight: Option<Weight>,
    /// Approved options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approve: Option<Vec<String>>,
    /// Dots per option.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<BTreeMap<String, u32>>,
    /// Grade per option, worst = 0; an option without a grade gets the worst.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grades: Option<BTreeMap<String, u8>>,
    /// Raised hands counted per option.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<BTreeMap<String, u32>>,
    /// Best first, those that tie together; an option left out is tied below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranking: Option<Vec<Vec<String>>>,
    /// Score per option, or an impact and an effort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scores: Option<BTreeMap<String, Mark>>,
    /// Two options compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duel: Option<(String, String)>,
    /// The option of the duel that won; skipped where unset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub won: Option<String>,
    /// What is said of each proposal put to consent; an option left out is consented to by nobody.
    #[serde(alias = "consent", skip_serializing_if = "Option::is_none")]
    pub stances: Option<BTreeMap<String, Stance>>,
    /// Why, for those objected to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<BTreeMap<String, String>>,
    /// Opinion per statement: 1 agree, 0 pass, -1 disagree; none where it was not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<BTreeMap<String, i32>>,
    /// The group of opinion it belongs to, where groups were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// phone, paper, hands or keyboard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The family of organisations of whoever cast it, where bulletins say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub college: Option<String>,
    /// The territory of whoever cast it, where bulletins say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub territory: Option<String>,
    /// Table number, for paper counted by table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
}

/// A score, or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum Mark {
    /// One score.
    One(u32),
    /// What it would change, and what it would take.
    Plane {
        /// What it would change.
        impact: u32,
        /// What it would take.
        effort: u32,
    },
}

/// What someone says of a proposal put to consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Can live with it.
    Consent,
    /// Neither supports nor hinders it.
    #[serde(alias = "aside", alias = "stand_aside")]
    StandAside,
    /// Sees harm in it.
    #[serde(alias = "objection")]
    Object,
}

impl Ballot {
    /// How many identical bulletins it stands for.
    #[must_use]
    pub fn weight(&self) -> Weight {
        self.weight.unwrap_or_default()
    }
}

/// A vote to count.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Election {
    /// What can be chosen.
    pub options: Vec<Choice>,
    /// How it was set up.
    pub settings: Settings,
    /// Bulletins that read as one; others are in `unreadable`.
    pub ballots: Vec<Ballot>,
    /// More bulletins, of one kind, before those: files of many are read into it.
    #[serde(skip)]
    pub table: Option<Table>,
    /// Bulletins that are not even of the right form: their number from 1, and why.
    pub unreadable: Vec<(u32, String)>,
}
