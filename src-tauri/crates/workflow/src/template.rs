//! What a new démarche starts from.

use crate::{Failure, Session, Surroundings, methods::Method, session::fields};
use moisson_domain::{EntityId, Field, Fields, Kind, spread};
use moisson_journal::Draft;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::HashMap, path::Path, str::FromStr};

/// A template that ships with Moisson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// The SPIE of a Département: three bassins, seven themes, fifteen ateliers.
    Spie,
    /// Nothing but a title.
    Blank,
}

impl FromStr for Template {
    type Err = Failure;

    fn from_str(name: &str) -> Result<Self, Failure> {
        match name {
            "spie" => Ok(Self::Spie),
            "blank" => Ok(Self::Blank),
            other => Err(Failure::NoSuch { what: None, reference: other.to_owned() }),
        }
    }
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Content {
    title: String,
    organisation: Option<String>,
    funding_reference: Option<String>,
    funding_statement: Option<String>,
    plan_title: Option<String>,
    started_on: Option<String>,
    presented_on: Option<String>,
    introduction: Option<String>,
    method_note: Option<String>,
    territories: Vec<String>,
    themes: Vec<Theme>,
    colleges: Vec<String>,
    organisations: Vec<Organisation>,
    findings: Vec<Finding>,
    workshops: Vec<Workshop>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Theme {
    name: String,
    short_name: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Organisation {
    name: String,
    short_name: Option<String>,
    college: Option<String>,
}

#[derive(Deserialize)]
struct Finding {
    theme: usize,
    number: Option<String>,
    text: String,
    figure: Option<String>,
    source: Option<String>,
    #[serde(default)]
    territories: Vec<String>,
}

#[derive(Deserialize)]
struct Workshop {
    number: u32,
    title: String,
    theme: usize,
    territory: String,
    date: Option<String>,
    starts_at: Option<String>,
    ends_at: Option<String>,
    place: Option<String>,
    question: Option<String>,
    aims: Option<String>,
}

#[derive(Deserialize)]
struct Step {
    title: String,
    method: Option<String>,
    minutes: Option<u32>,
}

impl Template {
    const fn text(self) -> &'static str {
        match self {
            Self::Spie => include_str!("../../../../assets/templates/spie.json"),
            Self::Blank => include_str!("../../../../assets/templates/blank.json"),
        }
    }
}

impl Session {
    /// Makes a new démarche from a template.
    ///
    /// # Errors
    /// [`moisson_store::StoreError::Exists`] and what the store reports; no file is left then.
    pub fn new_process(
        path: &Path,
        template: Template,
        title: Option<&str>,
        replica: &str,
        mut world: Surroundings,
    ) -> Result<Self, Failure> {
        let process = first_id(&mut world);
        let mut session = Self::create(path, process, replica, world)?;
        let drafts = session.content(process, template, title);
        match session.act("process.create", drafts) {
            Ok(_) => Ok(session),
            Err(failure) => {
                drop(session);
                crate::merge::remove(path);
                Err(failure)
            }
        }
    }

    fn content(&mut self, process: EntityId, template: Template, title: Option<&str>) -> Vec<Draft> {
        // The templates are compiled in and read by a test.
        let content: Content = serde_json::from_str(template.text()).unwrap_or_default();
        let title = title.map_or(content.title, str::to_owned);
        let mut drafts = Vec::new();
        let optional = |items: &[(Field, &Option<String>)]| -> Fields {
            items.iter().filter_map(|(field, value)| Some((*field, json!(value.as_ref()?)))).collect()
        };
        let mut set = optional(&[
            (Field::Organisation, &content.organisation),
            (Field::FundingReference, &content.funding_reference),
            (Field::FundingStatement, &content.funding_statement),
            (Field::PlanTitle, &content.plan_title),
            (Field::StartedOn, &content.started_on),
            (Field::PresentedOn, &content.presented_on),
            (Field::Introduction, &content.introduction),
            (Field::MethodNote, &content.method_note),
        ]);
        set.0.insert(Field::Title.name().to_owned(), json!(title));
        drafts.push(Draft::set(process, Kind::Process.name(), set));

        let territories = self.named(Kind::Territory, &content.territories, &mut drafts);
        let colleges = self.named(Kind::College, &content.colleges, &mut drafts);
        let mut themes = Vec::new();
        for (theme, rank) in content.themes.iter().zip(spread(content.themes.len())) {
            let mut set = optional(&[(Field::ShortName, &theme.short_name), (Field::Description, &theme.description)]);
            set.0.insert(Field::Name.name().to_owned(), json!(theme.name));
            themes.push(self.ranked(Kind::Theme, set, &rank, &mut drafts));
        }
        for (organisation, rank) in content.organisations.iter().zip(spread(content.organisations.len())) {
            let mut set = optional(&[(Field::ShortName, &organisation.short_name)]);
            set.0.insert(Field::Name.name().to_owned(), json!(organisation.name));
            if let Some(college) = organisation.college.as_ref().and_then(|name| colleges.get(name)) {
                set.0.insert(Field::College.name().to_owned(), json!(college));
            }
            self.ranked(Kind::Organisation, set, &rank, &mut drafts);
        }
        for (finding, rank) in content.findings.iter().zip(spread(content.findings.len())) {
            let mut set = optional(&[
                (Field::Number, &finding.number),
                (Field::Figure, &finding.figure),
                (Field::Source, &finding.source),
            ]);
            set.0.insert(Field::Text.name().to_owned(), json!(finding.text));
            if let Some(theme) = finding.theme.checked_sub(1).and_then(|index| themes.get(index)) {
                set.0.insert(Field::Theme.name().to_owned(), json!(theme));
            }
            let id = self.ranked(Kind::Finding, set, &rank, &mut drafts);
            for territory in finding.territories.iter().filter_map(|name| territories.get(name)) {
                drafts.push(self.link(id, "territory", *territory));
            }
        }
        for (workshop, rank) in content.workshops.iter().zip(spread(content.workshops.len())) {
            let mut set = optional(&[
                (Field::Date, &workshop.date),
                (Field::StartsAt, &workshop.starts_at),
                (Field::EndsAt, &workshop.ends_at),
                (Field::Place, &workshop.place),
                (Field::Question, &workshop.question),
                (Field::Aims, &workshop.aims),
            ]);
            let more = fields([
                (Field::Title, json!(workshop.title)),
                (Field::Number, json!(workshop.number)),
                (Field::State, json!("planned")),
                (Field::Mode, json!("on_site")),
            ]);
            set.0.extend(more.0);
            if let Some(theme) = workshop.theme.checked_sub(1).and_then(|index| themes.get(index)) {
                set.0.insert(Field::Theme.name().to_owned(), json!(theme));
            }
            let id = self.ranked(Kind::Workshop, set, &rank, &mut drafts);
            if let Some(territory) = territories.get(&workshop.territory) {
                drafts.push(self.link(id, "territory", *territory));
            }
            for (step, rank) in content.steps.iter().zip(spread(content.steps.len())) {
                let mut set = optional(&[(Field::Method, &step.method)]);
                if let Some(method) = step.method.as_deref().and_then(Method::named) {
                    set.0.extend(self.method_fields(method, method.minutes(None)).0);
                }
                set.0.extend(fields([(Field::Workshop, json!(id)), (Field::Title, json!(step.title))]).0);
                if let Some(minutes) = step.minutes {
                    set.0.insert(Field::Minutes.name().to_owned(), json!(minutes));
                }
                self.ranked(Kind::Step, set, &rank, &mut drafts);
            }
        }
        drafts
    }

    fn named(&mut self, kind: Kind, names: &[String], drafts: &mut Vec<Draft>) -> HashMap<String, EntityId> {
        let ranks = spread(names.len());
        let mut ids = HashMap::new();
        for (name, rank) in names.iter().zip(ranks) {
            let id = self.ranked(kind, fields([(Field::Name, json!(name))]), &rank, drafts);
            ids.insert(name.clone(), id);
        }
        ids
    }

    pub(crate) fn ranked(
        &mut self,
        kind: Kind,
        mut set: Fields,
        rank: &moisson_domain::Rank,
        drafts: &mut Vec<Draft>,
    ) -> EntityId {
        let id = self.new_id();
        set.0.insert(Field::Rank.name().to_owned(), Value::String(rank.to_string()));
        drafts.push(Draft::set(id, kind.name(), set));
        id
    }
}

fn first_id(world: &mut Surroundings) -> EntityId {
    use rand::RngCore;
    let mut random = [0; 10];
    world.random.fill_bytes(&mut random);
    EntityId::from_parts(u64::try_from((world.now)().timestamp_millis()).unwrap_or(0), random)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_read_and_name_only_what_they_hold() {
        for template in [Template::Spie, Template::Blank] {
            let content: Content = serde_json::from_str(template.text()).unwrap();
            assert!(content.workshops.iter().all(|one| content.territories.contains(&one.territory)));
            assert!(content.workshops.iter().all(|one| (1..=content.themes.len()).contains(&one.theme)));
            assert!(content.findings.iter().all(|one| (1..=content.themes.len()).contains(&one.theme)));
            let known = |step: &Step| step.method.as_deref().and_then(Method::named).is_some();
            assert!(content.steps.iter().all(known), "each séquence follows a method of the library");
        }
    }
}
