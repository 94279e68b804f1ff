//! What goes in: options, settings, bulletins, in the JSON of the public contract.

use crate::Weight;
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
    /// How a budget is shared out.
    pub rule: BudgetRule,
    /// What a project that is paid for is worth to those who approve of it.
    pub satisfaction: Satisfaction,
}

/// How a budget is shared out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum BudgetRule {
    /// Method of equal shares.
    #[default]
    Mes,
    /// The most satisfaction per cost first.
    Greedy,
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
            rule: BudgetRule::Mes,
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
    /// Opinion per statement: 1 agree, 0 pass, -1 disagree; none where it was not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<BTreeMap<String, i32>>,
    /// The group of opinion it belongs to, where groups were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// phone, paper, hands or keyboard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Table number, for paper counted by table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
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
    /// Bulletins that are not even of the right form: their number from 1, and why.
    pub unreadable: Vec<(u32, String)>,
}
