//! Checks of the plan before it is signed: what is missing, what contradicts itself, what someone should have seen.
//!
//! Nothing here forbids anything. Each finding names the place where it is mended.

use crate::{
    Failure, Session,
    acronyms::{acronyms, explains},
    catalog::{Catalog, count, name, text},
    home::fold,
    outcome::Telling,
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Actions that one organisation can lead: beyond, plans are not carried out.
const TOO_MANY: u32 = 6;

/// Deadlines from which it means something that most are in one month.
const ENOUGH_DATES: u32 = 5;

/// Words by which colleges of the people concerned call themselves, folded.
const CONCERNED: [&str; 8] =
    ["concerne", "usager", "beneficiaire", "allocataire", "habitant", "demandeur", "concerned", "users"];

/// The texts of an action that are read by people outside.
const READ: [Field; 9] = [
    Field::Title,
    Field::Reasons,
    Field::Description,
    Field::Audience,
    Field::Means,
    Field::Conditions,
    Field::Risks,
    Field::Governance,
    Field::UserInvolvement,
];

impl Session {
    /// Everything that the plan should be looked at for.
    ///
    /// # Errors
    /// What the store reports.
    pub fn plan_checks(&self) -> Result<PlanChecks, Failure> {
        let _page = self.page()?;
        let telling = self.telling()?;
        let plan = &telling.plan;
        let rows: Vec<&ActionRow> = plan
            .axes
            .iter()
            .flat_map(|axis| &axis.objectives)
            .flat_map(|one| &one.actions)
            .chain(&plan.loose)
            .filter(|row| row.status.as_deref() != Some("dropped"))
            .collect();
        let mut checks = Vec::new();
        let (steps, indicators) = (self.list(Kind::Milestone)?, self.list(Kind::Indicator)?);
        let fundings = self.list(Kind::Funding)?;
        for row in &rows {
            checks.extend(row.gaps.iter().map(|gap| {
                let gravity = if *gap == Gap::DatesOrder { Gravity::Wrong } else { Gravity::Missing };
                check(gravity, Some(row), Found::Gap { gap: *gap })
            }));
            for id in telling.origins.catalog.linked(row.id, "preceding") {
                check_order(row, rows.iter().find(|other| other.id == id).copied(), &mut checks);
            }
            steps.under(row.id).for_each(|step| check_step(row, step, &mut checks));
            let unstarted = indicators.under(row.id).filter(|one| one.fields.text(Field::Baseline).is_none());
            checks.extend(
                unstarted.map(|one| {
                    check(Gravity::Missing, Some(row), Found::Baseline { indicator: text(one, Field::Name) })
                }),
            );
            fundings.under(row.id).for_each(|line| check_funding(row, line, &mut checks));
        }
        self.check_acronyms(&rows, &telling.origins.catalog, &mut checks)?;
        self.check_publicity(&mut checks)?;
        let mut look = readiness(&rows);
        for row in self.partners()?.into_iter().filter(|row| row.pending > 0) {
            look.push(Found::NotAgreed { organisation: row.organisation, count: row.pending });
        }
        self.check_voices(&telling, &mut look, &mut checks)?;
        checks.extend(look.into_iter().map(|found| check(Gravity::Look, None, found)));
        // Stable: among equals the order of the plan stays.
        checks.sort_by_key(|check| check.gravity);
        checks.iter_mut().for_each(|check| check.words = check.found.words(self.language()));
        let complete = rows.iter().filter(|row| row.gaps.is_empty()).count();
        Ok(PlanChecks { checks, actions: count(&rows), complete: u32::try_from(complete).unwrap_or(u32::MAX) })
    }

    /// Letters that nobody explains, each once, where the plan first has them.
    fn check_acronyms(&self, rows: &[&ActionRow], catalog: &Catalog, checks: &mut Vec<Check>) -> Result<(), Failure> {
        let process = self.process_row()?;
        let mut texts: Vec<(Option<&ActionRow>, String)> = vec![(None, process.introduction.unwrap_or_default())];
        texts.push((None, process.method_note.unwrap_or_default()));
        let actions = self.list(Kind::Action)?;
        for row in rows {
            let Some(entity) = actions.by_id(row.id) else { continue };
            let read: Vec<&str> = READ.into_iter().filter_map(|field| entity.fields.text(field)).collect();
            texts.push((Some(*row), read.join("\n")));
        }
        // A structure known by its letters has its name beside them in the list of partners.
        let letters = |one: &OrganisationRow| one.short_name.clone().filter(|short| *short != one.name);
        let known: BTreeSet<String> = catalog.organisations.iter().filter_map(letters).collect();
        let mut met = BTreeSet::new();
        for (row, words) in &texts {
            for acronym in acronyms(words).into_iter().filter(|one| !known.contains(*one)) {
                if met.insert(acronym) && !texts.iter().any(|(_, words)| explains(words, acronym)) {
                    let found = Found::Acronym { acronym: acronym.to_owned() };
                    checks.push(check(Gravity::Missing, *row, found));
                }
            }
        }
        Ok(())
    }

    /// What funders want to see on every document.
    fn check_publicity(&self, checks: &mut Vec<Check>) -> Result<(), Failure> {
        if self.process_row()?.funding_statement.is_none() {
            checks.push(check(Gravity::Missing, None, Found::Statement));
        }
        for funder in self.list(Kind::Funder)?.iter() {
            if self.funder_logo(funder.id)?.is_none() {
                checks.push(check(Gravity::Missing, None, Found::Emblem { funder: name(funder) }));
            }
        }
        Ok(())
    }

    /// What was said and is not heard: no answer, no atelier, a minority that nobody takes up.
    fn check_voices(&self, telling: &Telling, look: &mut Vec<Found>, checks: &mut Vec<Check>) -> Result<(), Failure> {
        let catalog = &telling.origins.catalog;
        let strong: BTreeSet<EntityId> =
            self.fared()?.into_iter().filter(|one| one.fervent).map(|one| one.about).collect();
        let mut unanswered = 0;
        let mut minority = Vec::new();
        let mut colleges: HashMap<&str, bool> = HashMap::new();
        for line in self.ledger()?.iter() {
            let outcome = telling.kind(line);
            unanswered += u32::from(outcome.is_none());
            let heard = outcome.is_some_and(|kind| matches!(kind, OutcomeKind::TakenUp | OutcomeKind::Merged));
            if heard || line.parked {
                continue;
            }
            let ardent = [Some(line.id), line.group, line.cluster].into_iter().flatten();
            let ardent = ardent.into_iter().any(|id| strong.contains(&id));
            let college = catalog.college_of(line);
            let concerned =
                college.is_some_and(|name| *colleges.entry(name).or_insert_with(|| speaks_for_itself(name)));
            if ardent || concerned {
                minority.extend(self.store.entity(line.id)?.map(|proposal| minority_row(&proposal, concerned)));
            }
        }
        if unanswered > 0 {
            checks.push(check(Gravity::Missing, None, Found::Unanswered { count: unanswered }));
        }
        let mut discussed: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
        for row in telling.origins.workshops() {
            if let Some(theme) = &row.theme {
                discussed.extend(row.territories.iter().map(|territory| (theme.id, territory.id)));
            }
        }
        for theme in catalog.themes.iter().filter_map(|theme| catalog.theme(theme.id)) {
            for territory in catalog.territories.iter().filter(|one| !discussed.contains(&(theme.id, one.id))) {
                look.push(Found::NotDiscussed { theme: theme.clone(), territory: territory.clone() });
            }
        }
        look.extend(minority);
        Ok(())
    }
}

/// An action that starts before one that it waits for has ended.
fn check_order(row: &ActionRow, other: Option<&ActionRow>, checks: &mut Vec<Check>) {
    if let Some(other) = other
        && let (Some(start), Some(end)) = (&row.starts_on, &other.ends_on)
        && start < end
    {
        checks.push(check(Gravity::Wrong, Some(row), Found::BeforeAnother { other: checked(other) }));
    }
}

/// A step before its action starts, or after it ends.
fn check_step(row: &ActionRow, step: &Entity, checks: &mut Vec<Check>) {
    let Some(due) = step.fields.text(Field::DueOn) else { return };
    let early = row.starts_on.as_deref().is_some_and(|start| due < start);
    let late = row.ends_on.as_deref().is_some_and(|end| due > end);
    if early || late {
        checks.push(check(Gravity::Wrong, Some(row), Found::StepOutside { step: text(step, Field::What) }));
    }
}

/// Money that does not add up.
fn check_funding(row: &ActionRow, line: &Entity, checks: &mut Vec<Check>) {
    let year = |day: &Option<String>| day.as_deref().and_then(|day| day.get(..4)?.parse::<u32>().ok());
    let (first, last) = (year(&row.starts_on), year(&row.ends_on));
    let funder = text(line, Field::Funder);
    let planned = line.fields.integer(Field::Planned);
    if planned.is_none() {
        checks.push(check(Gravity::Missing, Some(row), Found::FundingAmount { funder: funder.clone() }));
    }
    let outside = |year: u32| first.is_some_and(|first| year < first) || last.is_some_and(|last| year > last);
    if let Some(year) = line.fields.number(Field::Year).filter(|year| outside(*year)) {
        checks.push(check(Gravity::Wrong, Some(row), Found::FundingYear { funder: funder.clone(), year }));
    }
    if line.fields.integer(Field::Actual).zip(planned).is_some_and(|(actual, planned)| actual > planned) {
        checks.push(check(Gravity::Wrong, Some(row), Found::FundingOver { funder }));
    }
}

fn minority_row(proposal: &Entity, concerned: bool) -> Found {
    let workshop = proposal.fields.id(Field::Workshop).unwrap_or(proposal.id);
    Found::Minority { proposal: name(proposal), workshop, concerned }
}

/// Whether a college is of the people the plan is for.
fn speaks_for_itself(college: &str) -> bool {
    let folded = fold(college);
    CONCERNED.iter().any(|word| folded.contains(word))
}

/// What a whole plan tells of whether it can be carried out.
fn readiness(rows: &[&ActionRow]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut leads: HashMap<EntityId, (Named, u32)> = HashMap::new();
    for lead in rows.iter().flat_map(|row| &row.leads) {
        leads.entry(lead.id).or_insert_with(|| (lead.clone(), 0)).1 += 1;
    }
    let mut heavy: Vec<(Named, u32)> = leads.into_values().filter(|(_, count)| *count > TOO_MANY).collect();
    heavy.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.name.cmp(&other.0.name)));
    found.extend(heavy.into_iter().map(|(organisation, count)| Found::Overloaded { organisation, count }));
    let mut months: BTreeMap<&str, u32> = BTreeMap::new();
    for month in rows.iter().filter_map(|row| row.ends_on.as_deref()?.get(..7)) {
        *months.entry(month).or_default() += 1;
    }
    let of: u32 = months.values().sum();
    if let Some((month, count)) = months.into_iter().max_by_key(|(_, count)| *count)
        && of >= ENOUGH_DATES
        && count * 3 >= of * 2
    {
        found.push(Found::SameMonth { month: month.to_owned(), count, of });
    }
    found
}

fn checked(row: &ActionRow) -> CheckedAction {
    CheckedAction { id: row.id, number: row.number.clone(), title: row.title.clone() }
}

fn check(gravity: Gravity, row: Option<&ActionRow>, found: Found) -> Check {
    Check { gravity, action: row.map(checked), found, words: String::new() }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it should be"
)]
mod tests {
    use crate::{
        EntityId, Field, Fields, Kind, Session,
        testing::{noted, room},
        views::*,
    };
    use serde_json::{Value, json};

    fn made<const N: usize>(session: &mut Session, kind: Kind, set: [(Field, Value); N]) -> EntityId {
        session.create_entity(kind, set.into_iter().collect::<Fields>(), None).unwrap()
    }

    fn found(session: &Session) -> Vec<String> {
        let checks = session.plan_checks().unwrap().checks;
        checks
            .iter()
            .map(|one| serde_json::to_value(&one.found).unwrap()["check"].as_str().unwrap().to_owned())
            .collect()
    }

    fn has(session: &Session, check: &str) -> bool {
        found(session).iter().any(|one| one == check)
    }

    #[test]
    fn dates_steps_and_money_that_contradict_each_other_are_found_first() {
        let (mut session, _, _folder) = room();
        let day = |day: &str| json!(day);
        let title = |title: &str| (Field::Title, json!(title));
        let first = made(&mut session, Kind::Action, [title("Former"), (Field::EndsOn, day("2023-06-30"))]);
        let set = [title("Employer"), (Field::StartsOn, day("2023-01-01")), (Field::EndsOn, day("2023-12-31"))];
        let second = made(&mut session, Kind::Action, set);
        session.set_links(second, "preceding", &[first]).unwrap();
        made(
            &mut session,
            Kind::Milestone,
            [(Field::Action, json!(second)), (Field::What, json!("Bilan")), (Field::DueOn, day("2024-02-01"))],
        );
        made(
            &mut session,
            Kind::Funding,
            [
                (Field::Action, json!(second)),
                (Field::Funder, json!("FSE+")),
                (Field::Year, json!(2025)),
                (Field::Planned, json!(100)),
                (Field::Actual, json!(150)),
            ],
        );
        made(&mut session, Kind::Funding, [(Field::Action, json!(second)), (Field::Funder, json!("Département"))]);
        made(
            &mut session,
            Kind::Indicator,
            [(Field::Action, json!(second)), (Field::Name, json!("Personnes formées"))],
        );
        let all = found(&session);
        for wanted in [
            "before_another",
            "step_outside",
            "funding_year",
            "funding_over",
            "funding_amount",
            "baseline",
            "statement",
        ] {
            assert!(all.iter().any(|one| one == wanted), "{wanted} in {all:?}");
        }
        let weights: Vec<Gravity> = session.plan_checks().unwrap().checks.iter().map(|one| one.gravity).collect();
        assert!(weights.is_sorted(), "the gravest first");
        session.edit_entity(first, [(Field::EndsOn, day("2022-12-31"))].into_iter().collect()).unwrap();
        assert!(!has(&session, "before_another"));
    }

    #[test]
    fn letters_nobody_explains_are_told_once_where_they_first_stand() {
        let (mut session, _, _folder) = room();
        made(
            &mut session,
            Kind::Action,
            [(Field::Title, json!("Ouvrir l’IAE")), (Field::Risks, json!("Le CCAS et l’IAE"))],
        );
        made(&mut session, Kind::Action, [(Field::Title, json!("Étendre l’IAE"))]);
        made(
            &mut session,
            Kind::Organisation,
            [(Field::Name, json!("Centre communal d’action sociale")), (Field::ShortName, json!("CCAS"))],
        );
        let told = |session: &Session| -> Vec<String> {
            let checks = session.plan_checks().unwrap().checks.into_iter();
            checks
                .filter_map(|one| match one.found {
                    Found::Acronym { acronym } => Some(acronym),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(told(&session), ["IAE"]);
        let intro = [(Field::Introduction, json!("L’insertion par l’activité économique (IAE) emploie."))]
            .into_iter()
            .collect();
        session.edit_entity(session.store.process(), intro).unwrap();
        assert!(told(&session).is_empty());
    }

    #[test]
    fn a_funder_misses_its_emblem_until_it_has_one() {
        let (mut session, _, folder) = room();
        let region = made(&mut session, Kind::Funder, [(Field::Name, json!("Région"))]);
        assert!(has(&session, "emblem"));
        let path = folder.path().join("region.svg");
        let drawing = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4v2H0z"/></svg>"#;
        std::fs::write(&path, drawing).unwrap();
        let logo = crate::Emblem::logo(&path).unwrap();
        session.attach_emblem(PictureRole::Emblem, Some(region), &logo).unwrap();
        assert!(!has(&session, "emblem"));
    }

    #[test]
    fn a_lead_with_too_much_a_single_month_and_a_partner_not_asked_are_shown() {
        let (mut session, _, _folder) = room();
        let lead = made(&mut session, Kind::Organisation, [(Field::Name, json!("Département du Doubs"))]);
        for number in 0..7 {
            let set = [(Field::Title, json!(format!("Action {number}"))), (Field::EndsOn, json!("2023-12-31"))];
            let action = made(&mut session, Kind::Action, set);
            session.set_links(action, "lead", &[lead]).unwrap();
        }
        for wanted in ["overloaded", "same_month", "not_agreed"] {
            assert!(has(&session, wanted), "{wanted}");
        }
    }

    #[test]
    fn what_the_people_concerned_say_is_shown_until_an_action_takes_it_up() {
        let (mut session, workshop, _folder) = room();
        let college = made(&mut session, Kind::College, [(Field::Name, json!("Personnes concernées"))]);
        let one = noted(&mut session, workshop, "Un interlocuteur unique");
        session.edit_entity(one, [(Field::College, json!(college))].into_iter().collect()).unwrap();
        assert!(has(&session, "minority") && has(&session, "unanswered"));
        let cluster = session.cluster(&[one], &Target::New { name: "Interlocuteur".into() }).unwrap().unwrap();
        session.draft_action(cluster, None).unwrap();
        assert!(!has(&session, "minority") && !has(&session, "unanswered"));
    }

    #[test]
    fn a_theme_that_no_atelier_of_a_bassin_discussed_is_a_hole() {
        let (mut session, workshop, _folder) = room();
        let theme = made(&mut session, Kind::Theme, [(Field::Name, json!("Mobilité"))]);
        let territory = made(&mut session, Kind::Territory, [(Field::Name, json!("Pontarlier"))]);
        assert!(has(&session, "not_discussed"));
        session.edit_entity(workshop, [(Field::Theme, json!(theme))].into_iter().collect()).unwrap();
        session.set_links(workshop, "territory", &[territory]).unwrap();
        assert!(!has(&session, "not_discussed"));
    }
}
