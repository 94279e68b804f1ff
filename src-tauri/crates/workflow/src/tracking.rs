//! Suivi: the plan as it is carried out, day by day and euro by euro.

use crate::{
    Failure, Session,
    catalog::{count, text},
    home::fold,
    session::millis,
    views::*,
};
use moisson_domain::{EntityId, Field, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// What one funder gives, in cents.
#[derive(Default)]
struct Given {
    name: String,
    years: BTreeMap<Option<u32>, i64>,
    actual: i64,
    actions: BTreeSet<EntityId>,
}

impl Session {
    /// The plan as it is carried out: its calendar, its budget, how far it is.
    ///
    /// # Errors
    /// What the store reports.
    pub fn tracking(&self) -> Result<Tracking, Failure> {
        let _page = self.page()?;
        let origins = self.origins()?;
        let catalog = &origins.catalog;
        let today = (self.world.now)().date_naive().to_string();
        let plan = self.plan_over(&origins)?;
        let mut rows = Vec::new();
        for axis in &plan.axes {
            let named = Named { id: axis.id, name: format!("{} {}", axis.number, axis.title) };
            for action in axis.objectives.iter().flat_map(|objective| &objective.actions) {
                rows.push(self.tracked(action, Some(&named), catalog, &today)?);
            }
        }
        for action in &plan.loose {
            rows.push(self.tracked(action, None, catalog, &today)?);
        }
        rows.sort_by_key(|row| row.status == "dropped");
        let days = || {
            let own = rows.iter().flat_map(|row| row.starts_on.iter().chain(&row.ends_on));
            own.chain(rows.iter().flat_map(|row| &row.milestones).filter_map(|step| step.due_on.as_ref()))
        };
        let number = |keep: fn(&&TrackedAction) -> bool| count(&rows.iter().filter(keep).collect::<Vec<_>>());
        Ok(Tracking {
            first: days().min().cloned(),
            last: days().max().cloned(),
            late: number(|row| row.late.is_some()),
            done: number(|row| row.status == "done"),
            budget: self.budget()?,
            rows,
            today,
        })
    }

    fn tracked(
        &self,
        row: &ActionRow,
        axis: Option<&Named>,
        catalog: &crate::catalog::Catalog,
        today: &str,
    ) -> Result<TrackedAction, Failure> {
        let progress = self.list(Kind::Action)?.by_id(row.id).and_then(|action| action.fields.number(Field::Progress));
        let mut milestones = self.milestones(row.id)?;
        milestones.sort_by(|one, other| {
            one.due_on.is_none().cmp(&other.due_on.is_none()).then(one.due_on.cmp(&other.due_on))
        });
        let mut indicators = Vec::new();
        for one in self.indicators(row.id)? {
            indicators.push(TrackedIndicator {
                measures: self.measures(one.id)?,
                from: one.baseline.as_deref().and_then(number),
                to: one.target.as_deref().and_then(number),
                id: one.id,
                name: one.name,
                unit: one.unit,
                baseline: one.baseline,
                target: one.target,
            });
        }
        let status = row.status.clone().unwrap_or_else(|| String::from("to_discuss"));
        Ok(TrackedAction {
            id: row.id,
            number: row.number.clone(),
            title: row.title.clone(),
            axis: axis.cloned(),
            leads: row.leads.clone(),
            territories: catalog.territories_of(row.id),
            starts_on: row.starts_on.clone(),
            ends_on: row.ends_on.clone(),
            progress,
            late: late(&status, row, &milestones, today),
            preceding: catalog.linked(row.id, "preceding"),
            status,
            milestones,
            indicators,
        })
    }

    fn measures(&self, indicator: EntityId) -> Result<Vec<MeasureRow>, Failure> {
        let mut rows: Vec<MeasureRow> = self
            .list(Kind::Measure)?
            .under(indicator)
            .map(|entity| {
                let value = text(entity, Field::Value);
                MeasureRow { id: entity.id, date: text(entity, Field::Date), number: number(&value), value }
            })
            .collect();
        rows.sort_by(|one, other| one.date.cmp(&other.date).then(one.id.cmp(&other.id)));
        Ok(rows)
    }

    /// Money by funder and year, of actions that are not given up. A funder is the same whatever its accents and case.
    fn budget(&self) -> Result<Budget, Failure> {
        let mut given: BTreeMap<String, Given> = BTreeMap::new();
        let fundings = self.list(Kind::Funding)?;
        for action in self.list(Kind::Action)?.iter() {
            if action.fields.text(Field::Status) == Some("dropped") {
                continue;
            }
            for line in fundings.under(action.id) {
                let name = text(line, Field::Funder);
                let one = given.entry(fold(name.trim())).or_insert_with(|| Given { name, ..Given::default() });
                let planned = line.fields.integer(Field::Planned).unwrap_or_default();
                let year = one.years.entry(line.fields.number(Field::Year)).or_default();
                *year = year.saturating_add(planned);
                one.actual = one.actual.saturating_add(line.fields.integer(Field::Actual).unwrap_or_default());
                one.actions.insert(action.id);
            }
        }
        let years: BTreeSet<u32> = given.values().flat_map(|one| one.years.keys()).flatten().copied().collect();
        let years: Vec<u32> = years.into_iter().collect();
        let mut all = Given::default();
        for one in given.values() {
            for (year, cents) in &one.years {
                let sum = all.years.entry(*year).or_default();
                *sum = sum.saturating_add(*cents);
            }
            all.actual = all.actual.saturating_add(one.actual);
            all.actions.extend(&one.actions);
        }
        let mut rows: Vec<BudgetRow> = given.into_values().map(|one| budget_row(one, &years)).collect();
        rows.sort_by(|one, other| other.planned.total_cmp(&one.planned).then_with(|| one.funder.cmp(&other.funder)));
        Ok(Budget { total: budget_row(all, &years), rows, years })
    }
}

fn budget_row(given: Given, years: &[u32]) -> BudgetRow {
    let of = |year: Option<u32>| given.years.get(&year).copied().unwrap_or_default();
    let planned = given.years.values().fold(0_i64, |sum, cents| sum.saturating_add(*cents));
    BudgetRow {
        years: years.iter().map(|year| millis(of(Some(*year)))).collect(),
        undated: millis(of(None)),
        planned: millis(planned),
        actual: millis(given.actual),
        actions: u32::try_from(given.actions.len()).unwrap_or(u32::MAX),
        funder: given.name,
    }
}

fn late(status: &str, row: &ActionRow, milestones: &[MilestoneRow], today: &str) -> Option<Late> {
    if ["done", "dropped", "paused"].contains(&status) {
        return None;
    }
    let over = |day: &Option<String>| day.as_deref().is_some_and(|day| day < today);
    if over(&row.ends_on) {
        Some(Late::End)
    } else if milestones.iter().any(|step| step.done_on.is_none() && over(&step.due_on)) {
        Some(Late::Step)
    } else if ["to_discuss", "planned"].contains(&status) && over(&row.starts_on) {
        Some(Late::Start)
    } else {
        None
    }
}

/// The number that people wrote, with its spaces, its comma and its unit.
fn number(text: &str) -> Option<f64> {
    let kept = text.trim_start().chars().take_while(|c| c.is_ascii_digit() || c.is_whitespace() || ",.-+".contains(*c));
    let plain: String = kept.filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    plain.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{EntityId, Field, Fields, Kind, Session, testing::room, views::*};
    use serde_json::{Value, json};

    fn made<const N: usize>(session: &mut Session, kind: Kind, set: [(Field, Value); N]) -> EntityId {
        session.create_entity(kind, set.into_iter().collect::<Fields>(), None).unwrap()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, wanted) in
            [("1 250,5 €", Some(1250.5)), ("12 %", Some(12.0)), ("-3", Some(-3.0)), ("une dizaine", None)]
        {
            assert_eq!(super::number(text), wanted, "{text}");
        }
    }

    #[test]
    fn an_action_is_late_by_its_end_a_step_or_its_start_until_it_is_done() {
        // The clock of these tests says 23 June 2022.
        let (mut session, _, _folder) = room();
        let title = (Field::Title, json!("Bus"));
        let over = made(&mut session, Kind::Action, [title.clone(), (Field::EndsOn, json!("2022-06-22"))]);
        let step = made(&mut session, Kind::Action, [title.clone(), (Field::EndsOn, json!("2022-12-31"))]);
        made(
            &mut session,
            Kind::Milestone,
            [(Field::Action, json!(step)), (Field::What, json!("Réunir")), (Field::DueOn, json!("2022-06-01"))],
        );
        let start = made(
            &mut session,
            Kind::Action,
            [title.clone(), (Field::StartsOn, json!("2022-06-01")), (Field::Status, json!("planned"))],
        );
        let fine = made(&mut session, Kind::Action, [title, (Field::StartsOn, json!("2022-06-23"))]);
        let all = session.tracking().unwrap();
        let late = |id| all.rows.iter().find(|row| row.id == id).unwrap().late;
        assert_eq!([over, step, start, fine].map(late), [Some(Late::End), Some(Late::Step), Some(Late::Start), None]);
        assert_eq!((all.late, all.first.as_deref(), all.last.as_deref()), (3, Some("2022-06-01"), Some("2022-12-31")));
        session.edit_entity(over, [(Field::Status, json!("done"))].into_iter().collect()).unwrap();
        let all = session.tracking().unwrap();
        assert_eq!((all.late, all.done), (2, 1));
    }

    #[test]
    fn the_totals_of_the_budget_hold_both_ways() {
        let (mut session, _, _folder) = room();
        let action = made(&mut session, Kind::Action, [(Field::Title, json!("Bus"))]);
        let line = |session: &mut Session, funder: &str, year: Option<u32>, cents: i64| {
            let set = [
                (Field::Action, json!(action)),
                (Field::Funder, json!(funder)),
                (Field::Planned, json!(cents)),
                (Field::Year, json!(year)),
            ];
            made(session, Kind::Funding, set);
        };
        line(&mut session, "Département", Some(2023), 1_000);
        line(&mut session, "departement ", Some(2024), 2_000);
        line(&mut session, "FSE+", Some(2024), 5_000);
        line(&mut session, "FSE+", None, 700);
        let budget = session.tracking().unwrap().budget;
        assert_eq!(budget.years, [2023, 2024]);
        let rows: Vec<(&str, f64)> = budget.rows.iter().map(|row| (row.funder.as_str(), row.planned)).collect();
        assert_eq!(rows, [("FSE+", 5_700.0), ("Département", 3_000.0)]);
        assert_eq!(
            (budget.total.years.as_slice(), budget.total.undated, budget.total.planned),
            (&[1_000.0, 7_000.0][..], 700.0, 8_700.0)
        );
        for row in budget.rows.iter().chain([&budget.total]) {
            assert!((row.years.iter().sum::<f64>() + row.undated - row.planned).abs() < 0.5, "{}", row.funder);
        }
    }

    #[test]
    fn readings_of_an_indicator_stand_in_the_order_of_their_days() {
        let (mut session, _, _folder) = room();
        let action = made(&mut session, Kind::Action, [(Field::Title, json!("Bus"))]);
        let set = [
            (Field::Action, json!(action)),
            (Field::Name, json!("Trajets")),
            (Field::Baseline, json!("0")),
            (Field::Target, json!("1 200 par an")),
        ];
        let indicator = made(&mut session, Kind::Indicator, set);
        for (day, value) in [("2022-06-01", "310"), ("2022-03-01", "120"), ("2022-05-01", "en attente")] {
            made(
                &mut session,
                Kind::Measure,
                [(Field::Indicator, json!(indicator)), (Field::Date, json!(day)), (Field::Value, json!(value))],
            );
        }
        let tracked = session.tracking().unwrap().rows.remove(0).indicators.remove(0);
        assert_eq!((tracked.from, tracked.to), (Some(0.0), Some(1_200.0)));
        assert_eq!(tracked.measures.iter().map(|one| one.number).collect::<Vec<_>>(), [Some(120.0), None, Some(310.0)]);
    }
}
