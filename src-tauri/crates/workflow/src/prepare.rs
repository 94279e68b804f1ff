//! Préparer: everything a démarche starts from.

use crate::{
    Failure, Session,
    catalog::{Catalog, count, name, text},
    ledger::Standing,
    methods::Method,
    session::millis,
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use std::collections::HashMap;

impl Session {
    /// Everything that Préparer shows.
    ///
    /// # Errors
    /// What the store reports.
    pub fn preparation(&self) -> Result<Preparation, Failure> {
        let mut catalog = self.catalog()?;
        let workshops = self.workshops(&catalog)?;
        for theme in &mut catalog.themes {
            let mine = || workshops.iter().filter(|one| one.theme.as_ref().is_some_and(|of| of.id == theme.id));
            theme.workshops = u32::try_from(mine().count()).unwrap_or(u32::MAX);
            theme.proposals = mine().map(|workshop| workshop.proposals).sum();
        }
        let held = |id: EntityId| workshops.iter().filter(|one| one.territories.iter().any(|of| of.id == id)).count();
        let territories = catalog.territories.iter().map(|territory| TerritoryRow {
            id: territory.id,
            name: territory.name.clone(),
            workshops: u32::try_from(held(territory.id)).unwrap_or(u32::MAX),
        });
        let territories = territories.collect();
        let members = |id: EntityId| catalog.organisations.iter().filter(|one| one.college == Some(id)).count();
        let colleges = catalog.colleges.iter().map(|college| CollegeRow {
            id: college.id,
            name: college.name.clone(),
            organisations: u32::try_from(members(college.id)).unwrap_or(u32::MAX),
        });
        let colleges = colleges.collect();
        let people = self.store.people()?;
        let participants = self.list(Kind::Participant)?;
        let participants = participants.iter().map(|entity| ParticipantRow {
            id: entity.id,
            code: text(entity, Field::Code),
            organisation: entity.fields.id(Field::Organisation),
            role: entity.fields.string(Field::Role),
            name: people.get(&entity.id).and_then(|person| person.get("name").cloned()),
            email: people.get(&entity.id).and_then(|person| person.get("email").cloned()),
            forgotten: entity.fields.flag(Field::Forgotten),
        });
        Ok(Preparation {
            process: self.process_row()?,
            participants: participants.collect(),
            findings: self.findings(&catalog)?,
            organisations: catalog.organisations,
            themes: catalog.themes,
            territories,
            colleges,
            workshops,
        })
    }

    pub(crate) fn process_row(&self) -> Result<ProcessRow, Failure> {
        let id = self.store.process();
        let Some(entity) = self.store.entity(id)? else { return Ok(ProcessRow { id, ..ProcessRow::default() }) };
        let of = |field| entity.fields.string(field);
        Ok(ProcessRow {
            id,
            title: text(&entity, Field::Title),
            organisation: of(Field::Organisation),
            funding_reference: of(Field::FundingReference),
            funding_statement: of(Field::FundingStatement),
            started_on: of(Field::StartedOn),
            presented_on: of(Field::PresentedOn),
            plan_title: of(Field::PlanTitle),
            introduction: of(Field::Introduction),
            method_note: of(Field::MethodNote),
            easy_summary: of(Field::EasySummary),
            data_contact: of(Field::DataContact),
            legal_basis: of(Field::LegalBasis),
            retain_until: of(Field::RetainUntil),
        })
    }

    pub(crate) fn findings(&self, catalog: &Catalog) -> Result<Vec<FindingRow>, Failure> {
        let findings = self.list(Kind::Finding)?;
        Ok(findings.iter().map(|entity| finding_row(entity, catalog)).collect())
    }

    /// All ateliers by date then number, with how many proposals each has.
    pub(crate) fn workshops(&self, catalog: &Catalog) -> Result<Vec<WorkshopRow>, Failure> {
        let standing = self.standing()?;
        self.workshops_where(catalog, &standing)
    }

    /// The same, with what is known of where proposals stand.
    pub(crate) fn workshops_where(&self, catalog: &Catalog, standing: &Standing) -> Result<Vec<WorkshopRow>, Failure> {
        let mut closed: HashMap<EntityId, u32> = HashMap::new();
        for ballot in self.list(Kind::Ballot)?.iter() {
            if ballot.fields.text(Field::State) == Some("closed")
                && let Some(workshop) = ballot.fields.id(Field::Workshop)
            {
                *closed.entry(workshop).or_default() += 1;
            }
        }
        let mut rows = Vec::new();
        let steps = self.list(Kind::Step)?;
        for entity in self.list(Kind::Workshop)?.iter() {
            let steps = steps.under(entity.id).map(step_row).collect();
            let [proposals, ungrouped, _] = standing.rooms.get(&entity.id).copied().unwrap_or_default();
            let ballots = closed.get(&entity.id).copied().unwrap_or_default();
            rows.push(workshop_row(entity, catalog, steps, [proposals, ungrouped, ballots]));
        }
        rows.sort_by(|a, b| (&a.date, a.number, a.id).cmp(&(&b.date, b.number, b.id)));
        Ok(rows)
    }

    pub(crate) fn steps(&self, workshop: EntityId) -> Result<Vec<StepRow>, Failure> {
        Ok(self.children(Kind::Step, workshop)?.iter().map(step_row).collect())
    }
}

pub(crate) fn finding_row(entity: &Entity, catalog: &Catalog) -> FindingRow {
    FindingRow {
        id: entity.id,
        number: entity.fields.string(Field::Number),
        text: text(entity, Field::Text),
        figure: entity.fields.string(Field::Figure),
        source: entity.fields.string(Field::Source),
        theme: entity.fields.id(Field::Theme),
        territories: catalog.linked(entity.id, "territory"),
    }
}

pub(crate) fn workshop_row(
    entity: &Entity,
    catalog: &Catalog,
    steps: Vec<StepRow>,
    [proposals, ungrouped, ballots]: [u32; 3],
) -> WorkshopRow {
    let of = |field| entity.fields.string(field);
    WorkshopRow {
        id: entity.id,
        number: entity.fields.number(Field::Number),
        title: name(entity).name,
        theme: entity.fields.id(Field::Theme).and_then(|id| catalog.theme(id)),
        territories: catalog.territories_of(entity.id),
        date: of(Field::Date),
        starts_at: of(Field::StartsAt),
        ends_at: of(Field::EndsAt),
        place: of(Field::Place),
        question: of(Field::Question),
        aims: of(Field::Aims),
        state: of(Field::State).unwrap_or_else(|| String::from("planned")),
        minutes_state: of(Field::MinutesState),
        present_count: entity.fields.number(Field::PresentCount),
        proposals,
        ungrouped,
        ballots,
        steps,
    }
}

fn step_row(entity: &Entity) -> StepRow {
    StepRow {
        id: entity.id,
        title: text(entity, Field::Title),
        minutes: entity.fields.number(Field::Minutes),
        planned: entity.fields.number(Field::Planned),
        shortest: entity.fields.text(Field::Method).and_then(Method::named).map(|method| method.shortest),
        method: entity.fields.string(Field::Method),
        started_at: entity.fields.integer(Field::StartedAt).map(millis),
        ended_at: entity.fields.integer(Field::EndedAt).map(millis),
    }
}

/// The atelier's row from what is already at hand.
pub(crate) fn counted(proposals: &[&Entity], ballots: u32) -> [u32; 3] {
    let free: Vec<_> = proposals.iter().filter(|one| one.fields.id(Field::Group).is_none()).collect();
    [count(proposals), count(&free), ballots]
}
