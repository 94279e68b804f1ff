//! The plan as a tree: numbered by place, with what each action still lacks.

use crate::{
    Failure, Session,
    catalog::{count, text},
    consolidate::Origins,
    followed::Followed,
    ledger::Inside,
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// Everything about actions, read once.
struct Actions<'a> {
    origins: &'a Origins,
    inside: Arc<HashMap<EntityId, Inside>>,
    all: Arc<Followed<Entity>>,
    /// Those that have steps, and those that have money.
    stepped: BTreeSet<EntityId>,
    funded: BTreeSet<EntityId>,
    /// Those that have indicators, and whether each says in what and where it goes.
    aimed: HashMap<EntityId, bool>,
}

impl Session {
    fn actions<'a>(&self, origins: &'a Origins) -> Result<Actions<'a>, Failure> {
        let mut aimed: HashMap<EntityId, bool> = HashMap::new();
        for one in self.list(Kind::Indicator)?.iter() {
            let says = one.fields.text(Field::Unit).is_some() && one.fields.text(Field::Target).is_some();
            if let Some(action) = one.fields.id(Field::Action) {
                *aimed.entry(action).or_insert(true) &= says;
            }
        }
        Ok(Actions {
            inside: self.inside(origins)?,
            origins,
            all: self.list(Kind::Action)?,
            stepped: self.store.parents(Kind::Milestone)?,
            funded: self.store.parents(Kind::Funding)?,
            aimed,
        })
    }

    /// The plan as a tree, with what is missing.
    ///
    /// # Errors
    /// What the store reports.
    pub fn plan(&self) -> Result<PlanView, Failure> {
        let _page = self.page()?;
        self.plan_over(&self.origins()?)
    }

    /// The same, over what was read of where proposals come from.
    pub(crate) fn plan_over(&self, origins: &Origins) -> Result<PlanView, Failure> {
        let actions = self.actions(origins)?;
        let mut under: HashMap<EntityId, Vec<&Entity>> = HashMap::new();
        for action in actions.all.iter() {
            action.fields.id(Field::Objective).into_iter().for_each(|id| under.entry(id).or_default().push(action));
        }
        let mut placed = BTreeSet::new();
        let mut axes = Vec::new();
        for (a, axis) in self.list(Kind::Axis)?.iter().enumerate() {
            let number = (a + 1).to_string();
            let mut objectives = Vec::new();
            for (o, objective) in self.children(Kind::Objective, axis.id)?.iter().enumerate() {
                let number = format!("{number}.{}", o + 1);
                let mut rows = Vec::new();
                for (n, action) in under.get(&objective.id).into_iter().flatten().enumerate() {
                    placed.insert(action.id);
                    rows.push(actions.row(action, format!("{number}.{}", n + 1)));
                }
                objectives.push(ObjectiveNode {
                    id: objective.id,
                    number,
                    title: text(objective, Field::Title),
                    description: objective.fields.string(Field::Description),
                    actions: rows,
                });
            }
            axes.push(AxisNode {
                id: axis.id,
                number,
                title: text(axis, Field::Title),
                description: axis.fields.string(Field::Description),
                objectives,
            });
        }
        let loose: Vec<ActionRow> = (1..)
            .zip(actions.all.iter().filter(|action| !placed.contains(&action.id)))
            .map(|(n, action): (usize, _)| actions.row(action, format!("0.{n}")))
            .collect();
        let mut clusters = self.cluster_rows(origins, &actions.inside)?;
        clusters.retain(|cluster| cluster.action.is_none());
        let rows = axes.iter().flat_map(|axis: &AxisNode| &axis.objectives).flat_map(|one| &one.actions).chain(&loose);
        let gaps = rows.map(|row| count(&row.gaps)).sum();
        let [proposals, ..] = self.standing()?.all;
        let answered: u32 = actions.all.iter().map(|action| actions.sources(action.id)).sum();
        let process = self.process_row()?;
        Ok(PlanView {
            title: process.plan_title.unwrap_or(process.title),
            axes,
            loose,
            clusters,
            gaps,
            unanswered: proposals.saturating_sub(answered),
            lock: self.plan_lock()?,
        })
    }
}

impl Actions<'_> {
    fn row(&self, action: &Entity, number: String) -> ActionRow {
        let catalog = &self.origins.catalog;
        let leads: Vec<Named> =
            catalog.linked(action.id, "lead").into_iter().filter_map(|id| catalog.organisation(id)).collect();
        ActionRow {
            id: action.id,
            number: action.fields.string(Field::Number).unwrap_or(number),
            title: text(action, Field::Title),
            starts_on: action.fields.string(Field::StartsOn),
            ends_on: action.fields.string(Field::EndsOn),
            status: action.fields.string(Field::Status),
            priority: action.fields.number(Field::Priority),
            sources: self.sources(action.id),
            gaps: self.gaps(action, &leads),
            conflict: catalog.disputed.contains(&action.id),
            leads,
        }
    }

    fn gaps(&self, action: &Entity, leads: &[Named]) -> Vec<Gap> {
        let has = |field| action.fields.text(field).is_some_and(|text| !text.is_empty());
        let dates = (action.fields.text(Field::StartsOn), action.fields.text(Field::EndsOn));
        let aimed = self.aimed.get(&action.id);
        let checks = [
            (Gap::Objective, action.fields.id(Field::Objective).is_none()),
            (Gap::Description, !has(Field::Description)),
            (Gap::Lead, leads.is_empty()),
            (Gap::Dates, dates.0.is_none() || dates.1.is_none()),
            (Gap::DatesOrder, matches!(dates, (Some(start), Some(end)) if end < start)),
            (Gap::Milestones, !self.stepped.contains(&action.id)),
            (Gap::Indicators, aimed.is_none()),
            (Gap::IndicatorTarget, aimed == Some(&false)),
            (Gap::Funding, !self.funded.contains(&action.id)),
            (Gap::Sources, self.sources(action.id) == 0),
        ];
        checks.into_iter().filter(|(_, missing)| *missing).map(|(gap, _)| gap).collect()
    }

    /// How many proposals an action answers: none is in two rapprochements.
    fn sources(&self, action: EntityId) -> u32 {
        let clusters = self.origins.catalog.linked(action, "cluster");
        clusters.iter().filter_map(|cluster| self.inside.get(cluster)).map(|inside| inside.proposals).sum()
    }
}
