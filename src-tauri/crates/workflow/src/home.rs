//! Accueil: what now, what is missing, what arrived.

use crate::{
    Failure, Session,
    catalog::{count, name},
    ledger::Standing,
    views::*,
};
use chrono::NaiveDate;
use moisson_domain::{EntityId, Field, Kind};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

impl Session {
    /// What Accueil shows while proposals are read: the démarche and its ateliers, without how many were said in each.
    ///
    /// # Errors
    /// What the store reports.
    pub fn outline(&self) -> Result<Outline, Failure> {
        let _page = self.page()?;
        let process = self.process_row()?;
        let workshops = self.workshops_where(&self.catalog()?, &Standing::default())?;
        Ok(Outline { days_to_presentation: self.days_to(&process), workshops, process })
    }

    fn days_to(&self, process: &ProcessRow) -> Option<i32> {
        let day = day(&process.presented_on)?;
        i32::try_from((day - (self.world.now)().date_naive()).num_days()).ok()
    }

    /// What Accueil answers.
    ///
    /// # Errors
    /// What the store reports.
    pub fn home(&self) -> Result<Home, Failure> {
        let _page = self.page()?;
        let catalog = self.catalog()?;
        let process = self.process_row()?;
        let workshops = self.workshops(&catalog)?;
        let today = (self.world.now)().date_naive();
        let [proposals, _, unclustered] = self.standing()?.all;
        let counts = Counts {
            workshops: count(&workshops),
            closed: count(&workshops.iter().filter(|one| one.state == "closed").collect::<Vec<_>>()),
            proposals,
            clustered: proposals - unclustered,
            actions: count(&self.list(Kind::Action)?),
            conflicts: count(&self.store.conflicts()?),
            waiting: self.store.waiting_count()?,
        };
        let running = workshops.iter().find(|one| one.state == "running");
        let coming =
            || workshops.iter().find(|one| one.state != "closed" && day(&one.date).is_some_and(|day| day >= today));
        let open = || workshops.iter().find(|one| one.state != "closed");
        Ok(Home {
            next: running.or_else(coming).or_else(open).cloned(),
            todo: self.todo(&workshops, &counts, today)?,
            days_to_presentation: self.days_to(&process),
            process,
            workshops,
            counts,
        })
    }

    fn todo(&self, workshops: &[WorkshopRow], counts: &Counts, today: NaiveDate) -> Result<Vec<Todo>, Failure> {
        let mut todo = Vec::new();
        if counts.waiting > 0 {
            todo.push(Todo::MissingDossier { changes: counts.waiting });
        }
        if counts.conflicts > 0 {
            todo.push(Todo::Conflicts { count: counts.conflicts });
        }
        for ballot in self.list(Kind::Ballot)?.iter() {
            if ballot.fields.text(Field::State) == Some("open") {
                let workshop = ballot.fields.id(Field::Workshop);
                todo.push(Todo::OpenBallot { workshop, question: name(ballot).name });
            }
        }
        for workshop in workshops {
            let past = day(&workshop.date).is_some_and(|day| day < today);
            if workshop.state != "closed" && past && workshop.proposals > 0 {
                todo.push(Todo::ToClose { workshop: workshop.id, title: workshop.title.clone() });
            }
        }
        let ungrouped = || workshops.iter().filter(|one| one.state == "closed" && one.ungrouped > 0);
        if ungrouped().next().is_some() {
            todo.push(Todo::Ungrouped {
                workshops: ungrouped().map(|one| Named { id: one.id, name: one.title.clone() }).collect(),
                count: ungrouped().map(|one| one.ungrouped).sum(),
            });
        }
        let named = |one: &WorkshopRow| Named { id: one.id, name: one.title.clone() };
        let unsent =
            workshops.iter().filter(|one| one.state == "closed" && one.minutes_state.as_deref() != Some("sent"));
        let unsent: Vec<Named> = unsent.map(named).collect();
        if !unsent.is_empty() {
            todo.push(Todo::MinutesToSend { workshops: unsent });
        }
        let notes = self.list(Kind::Note)?;
        let promised = notes
            .iter()
            .filter(|note| note.fields.text(Field::Kind) == Some("next_step") && !note.fields.flag(Field::Done));
        let promised: Vec<EntityId> = promised.filter_map(|note| note.fields.id(Field::About)).collect();
        let owing = workshops.iter().filter(|one| one.state == "closed" && promised.contains(&one.id));
        let owing: Vec<Named> = owing.map(named).collect();
        if !owing.is_empty() {
            let count = promised.iter().filter(|id| owing.iter().any(|one| one.id == **id)).collect::<Vec<_>>();
            todo.push(Todo::NextSteps { count: crate::catalog::count(&count), workshops: owing });
        }
        todo.extend(self.retention(today)?);
        let any_closed = workshops.iter().any(|one| one.state == "closed");
        if any_closed && counts.proposals > counts.clustered {
            todo.push(Todo::Unclustered { count: counts.proposals - counts.clustered });
        }
        let plan = self.plan()?;
        if !plan.clusters.is_empty() {
            todo.push(Todo::ClustersWithoutAction { count: count(&plan.clusters) });
        }
        let actions =
            plan.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).chain(&plan.loose);
        let gaps = u32::try_from(actions.filter(|action| !action.gaps.is_empty()).count()).unwrap_or(u32::MAX);
        if gaps > 0 {
            todo.push(Todo::ActionGaps { count: gaps });
        }
        Ok(todo)
    }
}

fn day(text: &Option<String>) -> Option<NaiveDate> {
    text.as_deref()?.parse().ok()
}

/// A text without case and accents, for comparing.
pub(crate) fn fold(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}
