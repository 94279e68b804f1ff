//! Suivi: when actions run, what they cost, how far they are.

use super::{MilestoneRow, Named};
use moisson_domain::EntityId;
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

/// The plan as it is carried out.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Tracking {
    /// Today, `YYYY-MM-DD`.
    pub today: String,
    /// The first day that anything begins or is due.
    pub first: Option<String>,
    /// The last day that anything ends or is due.
    pub last: Option<String>,
    /// Actions in the order of the plan, those given up last.
    pub rows: Vec<TrackedAction>,
    /// Actions that are late.
    pub late: u32,
    /// Actions that are done.
    pub done: u32,
    /// The money.
    pub budget: Budget,
}

/// An action as it is carried out.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TrackedAction {
    /// Id.
    pub id: EntityId,
    /// Number from its place.
    pub number: String,
    /// Title.
    pub title: String,
    /// Its axis.
    pub axis: Option<Named>,
    /// Leads.
    pub leads: Vec<Named>,
    /// Bassins.
    pub territories: Vec<Named>,
    /// First day.
    pub starts_on: Option<String>,
    /// Last day.
    pub ends_on: Option<String>,
    /// Status word.
    pub status: String,
    /// Percent done.
    pub progress: Option<u32>,
    /// Why it is late, if it is.
    pub late: Option<Late>,
    /// Steps in the order of their days.
    pub milestones: Vec<MilestoneRow>,
    /// Actions that must be over before it starts.
    pub preceding: Vec<EntityId>,
    /// Indicators with what was read.
    pub indicators: Vec<TrackedIndicator>,
}

/// What is late about an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Late {
    /// Its last day is over.
    End,
    /// A step is due and not done.
    Step,
    /// It should have begun.
    Start,
}

/// An indicator with what was read of it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TrackedIndicator {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: Option<String>,
    /// Where it starts.
    pub baseline: Option<String>,
    /// Where it should get.
    pub target: Option<String>,
    /// The start as a number, where it is one.
    #[specta(type = Option<Number>)]
    pub from: Option<f64>,
    /// The target as a number, where it is one.
    #[specta(type = Option<Number>)]
    pub to: Option<f64>,
    /// Readings in the order of their days.
    pub measures: Vec<MeasureRow>,
}

/// A reading.
#[derive(Debug, Clone, Serialize, Type)]
pub struct MeasureRow {
    /// Id.
    pub id: EntityId,
    /// Day.
    pub date: String,
    /// As it was written.
    pub value: String,
    /// As a number, where it is one.
    #[specta(type = Option<Number>)]
    pub number: Option<f64>,
}

/// Money by funder and year, in cents of euro.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct Budget {
    /// Years in order; lines without one stand apart.
    pub years: Vec<u32>,
    /// Funders, those who give most first.
    pub rows: Vec<BudgetRow>,
    /// Of all of them.
    pub total: BudgetRow,
}

/// What a funder plans.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct BudgetRow {
    /// The funder, as the plan writes it.
    pub funder: String,
    /// Planned in each year.
    #[specta(type = Vec<Number>)]
    pub years: Vec<f64>,
    /// Planned without a year.
    #[specta(type = Number)]
    pub undated: f64,
    /// Planned in all.
    #[specta(type = Number)]
    pub planned: f64,
    /// Spent so far.
    #[specta(type = Number)]
    pub actual: f64,
    /// Actions it funds.
    pub actions: u32,
}
