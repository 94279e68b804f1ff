//! Checks: what the plan lacks, what does not hold, and what deserves a second look before it is signed.

use super::{Gap, Named, ThemeRef};
use moisson_domain::EntityId;
use serde::Serialize;
use specta::Type;

/// All that was checked.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PlanChecks {
    /// What was found, the gravest first, then in the order of the plan.
    pub checks: Vec<Check>,
    /// Actions looked at.
    pub actions: u32,
    /// Of which nothing is missing.
    pub complete: u32,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// It contradicts itself.
    Wrong,
    /// It is missing.
    Missing,
    /// It may well be so, and someone should have seen it.
    Look,
}

/// Something found, with what it is about and where it is mended.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Check {
    /// How much it weighs.
    pub gravity: Gravity,
    /// The action, if it is about one.
    pub action: Option<CheckedAction>,
    /// What was found.
    pub found: Found,
    /// The same, in words.
    pub words: String,
}

/// An action with its number.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CheckedAction {
    /// Id.
    pub id: EntityId,
    /// Number from its place.
    pub number: String,
    /// Title.
    pub title: String,
}

/// What was found.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "check", rename_all = "snake_case")]
pub enum Found {
    /// Something that every action needs.
    Gap {
        /// What.
        gap: Gap,
    },
    /// It starts before one that it depends on has ended.
    BeforeAnother {
        /// That one.
        other: CheckedAction,
    },
    /// A step is due outside the action’s own dates.
    StepOutside {
        /// The step.
        step: String,
    },
    /// An indicator does not say where it starts.
    Baseline {
        /// The indicator.
        indicator: String,
    },
    /// A funding line without an amount.
    FundingAmount {
        /// The funder.
        funder: String,
    },
    /// A funding line of a year in which the action does not run.
    FundingYear {
        /// The funder.
        funder: String,
        /// The year.
        year: u32,
    },
    /// More was spent than planned.
    FundingOver {
        /// The funder.
        funder: String,
    },
    /// Letters that nobody explains.
    Acronym {
        /// The letters.
        acronym: String,
    },
    /// Proposals without an answer.
    Unanswered {
        /// How many.
        count: u32,
    },
    /// The démarche names no funding statement: documents would go out without what the funder wants to see on them.
    Statement,
    /// A funder without its emblem.
    Emblem {
        /// The funder.
        funder: Named,
    },
    /// A lead with more actions than anyone can carry.
    Overloaded {
        /// The organisation.
        organisation: Named,
        /// How many it leads.
        count: u32,
    },
    /// Most deadlines in one month.
    SameMonth {
        /// The month, `YYYY-MM`.
        month: String,
        /// How many.
        count: u32,
        /// Of how many.
        of: u32,
    },
    /// A partner named without its agreement.
    NotAgreed {
        /// The organisation.
        organisation: Named,
        /// In how many actions.
        count: u32,
    },
    /// A theme that no atelier of a bassin discussed.
    NotDiscussed {
        /// The theme.
        theme: ThemeRef,
        /// The bassin.
        territory: Named,
    },
    /// Few votes but strong ones, or words of the people concerned, that no action takes up.
    Minority {
        /// The proposal.
        proposal: Named,
        /// Its atelier.
        workshop: EntityId,
        /// Whether those concerned said it, rather than a strong few voting for it.
        concerned: bool,
    },
}
