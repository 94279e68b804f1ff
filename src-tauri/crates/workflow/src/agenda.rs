//! The déroulé: séquences taken from the library, made longer or shorter, started and ended, each gesture one act.

use crate::{
    Failure, Session,
    catalog::{count, text},
    methods::{AgendaFile, Method, scaled},
    session::fields,
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind, Rank};
use moisson_journal::Draft;
use moisson_room::Sharing;
use serde_json::{Value, json};

/// Longest séquence, in minutes: a day.
const LONGEST: u32 = 24 * 60;

/// What a séquence holds that another atelier can take over.
const COPIED: [Field; 8] = [
    Field::Title,
    Field::Method,
    Field::Minutes,
    Field::Aims,
    Field::Material,
    Field::Wording,
    Field::Instructions,
    Field::Question,
];

impl Session {
    /// The déroulé of an atelier, in full.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn agenda(&self, workshop: EntityId) -> Result<Agenda, Failure> {
        self.entity_of(Kind::Workshop, workshop)?;
        let steps = self.children(Kind::Step, workshop)?;
        Ok(Agenda { workshop, steps: steps.iter().map(|step| self.step_detail(step)).collect() })
    }

    pub(crate) fn step_detail(&self, step: &Entity) -> StepDetail {
        let of = |field| step.fields.string(field);
        let named = |id: String| match Method::named(&id) {
            Some(method) => method.text(self.language()).name.clone(),
            None => id,
        };
        StepDetail {
            id: step.id,
            title: text(step, Field::Title),
            method: of(Field::Method).map(named),
            goal: of(Field::Aims),
            material: of(Field::Material),
            wording: of(Field::Wording),
            instructions: of(Field::Instructions),
            question: of(Field::Question),
            sharing: sharing(step),
        }
    }

    /// The séquence under way, and who sees then what others propose, where it says so.
    pub(crate) fn sharing_now(&self, workshop: EntityId) -> Result<Option<(EntityId, Option<Sharing>)>, Failure> {
        let steps = self.children(Kind::Step, workshop)?;
        Ok(steps.iter().find(|step| under_way(step)).map(|step| (step.id, sharing(step))))
    }

    /// Adds a method of the library to a déroulé, before a séquence or at the end. Returns the séquence.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn add_method(
        &mut self,
        workshop: EntityId,
        method: &str,
        people: Option<u32>,
        before: Option<EntityId>,
    ) -> Result<EntityId, Failure> {
        let found = Method::named(method).ok_or_else(|| unknown(method))?;
        let people = people.or(self.entity_of(Kind::Workshop, workshop)?.fields.number(Field::PresentCount));
        let mut set = self.method_fields(found, found.minutes(people));
        set.0.insert(Field::Workshop.name().to_owned(), json!(workshop));
        self.create_entity(Kind::Step, set, before)
    }

    /// Makes the déroulé of an atelier one of the library's, in place of the séquences that have not begun.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn apply_agenda(&mut self, workshop: EntityId, template: &str, fit: AgendaFit) -> Result<u32, Failure> {
        let agenda = AgendaFile::named(template).ok_or_else(|| unknown(template))?;
        let present = self.entity_of(Kind::Workshop, workshop)?.fields.number(Field::PresentCount);
        let methods = agenda.methods();
        let parts: Vec<(u32, u32)> =
            methods.iter().map(|method| (method.minutes(fit.people.or(present)), method.shortest)).collect();
        let lengths = scaled(&parts, fit.minutes.unwrap_or(agenda.minutes).min(LONGEST));
        let steps = methods.iter().zip(lengths).map(|(method, minutes)| self.method_fields(method, minutes)).collect();
        self.replace_steps(workshop, steps, "agenda.template")
    }

    /// Makes the déroulé of an atelier that of another, in place of the séquences that have not begun.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn copy_agenda(&mut self, workshop: EntityId, from: EntityId) -> Result<u32, Failure> {
        self.entity_of(Kind::Workshop, workshop)?;
        self.entity_of(Kind::Workshop, from)?;
        let copied = |step: &Entity| -> Fields {
            let value = |field: Field| Some((field, step.fields.get(field)?.clone()));
            let mut set: Fields = COPIED.into_iter().filter_map(value).collect();
            // What was planned there, not what a late start made of it.
            if let Some(planned) = step.fields.get(Field::Planned) {
                set.0.insert(Field::Minutes.name().to_owned(), planned.clone());
            }
            set
        };
        let steps = self.children(Kind::Step, from)?.iter().map(copied).collect();
        self.replace_steps(workshop, steps, "agenda.copy")
    }

    /// Gives séquences new lengths, as one act. Once the atelier is under way what was planned is kept beside, so that the
    /// drift still shows.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn stretch_steps(&mut self, lengths: &[StepLength]) -> Result<(), Failure> {
        let mut drafts = Vec::with_capacity(lengths.len());
        for StepLength { step, minutes } in lengths {
            let entity = self.entity_of(Kind::Step, *step)?;
            let minutes = (*minutes).clamp(1, LONGEST);
            if entity.fields.number(Field::Minutes) == Some(minutes) {
                continue;
            }
            let mut set = fields([(Field::Minutes, json!(minutes))]);
            if self.is_running(&entity)? {
                if entity.fields.get(Field::Planned).is_none() {
                    let planned = entity.fields.get(Field::Minutes).cloned().unwrap_or(json!(0));
                    set.0.insert(Field::Planned.name().to_owned(), planned);
                }
            } else if entity.fields.get(Field::Planned).is_some() {
                set.0.insert(Field::Planned.name().to_owned(), Value::Null);
            }
            drafts.push(Draft::set(*step, Kind::Step.name(), set));
        }
        self.act(if drafts.len() > 1 { "agenda.catch_up" } else { "step.stretch" }, drafts)?;
        Ok(())
    }

    /// Starts a séquence: the one under way ends, and the atelier is running. One act.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn start_step(&mut self, step: EntityId) -> Result<(), Failure> {
        let entity = self.entity_of(Kind::Step, step)?;
        let now = self.wall();
        let started = fields([(Field::StartedAt, json!(now)), (Field::EndedAt, Value::Null)]);
        let mut drafts = vec![Draft::set(step, Kind::Step.name(), started)];
        if let Some(workshop) = entity.fields.id(Field::Workshop) {
            drafts.extend(self.ended(workshop, Some(step), now)?);
            let planned = self.entity_of(Kind::Workshop, workshop)?.fields;
            if planned.text(Field::State).is_none_or(|state| state == "planned") {
                let running = fields([(Field::State, json!("running"))]);
                drafts.push(Draft::set(workshop, Kind::Workshop.name(), running));
            }
        }
        self.act("step.start", drafts)?;
        Ok(())
    }

    /// Ends a séquence.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn end_step(&mut self, step: EntityId) -> Result<(), Failure> {
        self.entity_of(Kind::Step, step)?;
        let ended = fields([(Field::EndedAt, json!(self.wall()))]);
        self.act("step.end", vec![Draft::set(step, Kind::Step.name(), ended)])?;
        Ok(())
    }

    /// Drafts that end the séquences under way in an atelier, but one.
    pub(crate) fn ended(&self, workshop: EntityId, but: Option<EntityId>, now: i64) -> Result<Vec<Draft>, Failure> {
        let steps = self.children(Kind::Step, workshop)?;
        let running = steps.into_iter().filter(|step| Some(step.id) != but && under_way(step));
        let ended = |step: Entity| Draft::set(step.id, Kind::Step.name(), fields([(Field::EndedAt, json!(now))]));
        Ok(running.map(ended).collect())
    }

    /// What a method gives a séquence.
    pub(crate) fn method_fields(&self, method: &Method, minutes: u32) -> Fields {
        let text = method.text(self.language());
        let how = text.steps.iter().chain([&text.tip]).map(String::as_str).collect::<Vec<_>>();
        let mut set = fields([
            (Field::Title, json!(text.name)),
            (Field::Method, json!(method.id)),
            (Field::Minutes, json!(minutes)),
            (Field::Aims, json!(text.goal)),
            (Field::Material, json!(text.material.join("\n"))),
            (Field::Wording, json!(text.wording)),
            (Field::Instructions, json!(how.join("\n"))),
        ]);
        if let Some(sharing) = method.sharing {
            set.0.insert(Field::Sharing.name().to_owned(), json!(sharing));
        }
        set
    }

    /// Séquences in place of those that have not begun, as one act.
    fn replace_steps(&mut self, workshop: EntityId, steps: Vec<Fields>, label: &str) -> Result<u32, Failure> {
        let mut drafts = Vec::new();
        let mut last = None;
        for step in self.children(Kind::Step, workshop)? {
            if step.fields.get(Field::StartedAt).is_some() {
                last = step.fields.text(Field::Rank).and_then(Rank::parse).or(last);
            } else {
                drafts.push(Draft::life(step.id, Kind::Step.name(), true));
            }
        }
        let added = count(&steps);
        for mut set in steps {
            last = Rank::between(last.as_ref(), None);
            set.0.insert(Field::Workshop.name().to_owned(), json!(workshop));
            set.0.insert(Field::Rank.name().to_owned(), json!(last.as_ref().map(ToString::to_string)));
            drafts.push(Draft::set(self.new_id(), Kind::Step.name(), set));
        }
        self.act(label, drafts)?;
        Ok(added)
    }

    fn is_running(&self, step: &Entity) -> Result<bool, Failure> {
        let Some(workshop) = step.fields.id(Field::Workshop) else { return Ok(false) };
        Ok(self.entity_of(Kind::Workshop, workshop)?.fields.text(Field::State) == Some("running"))
    }
}

/// Who sees during a séquence what others propose.
fn sharing(step: &Entity) -> Option<Sharing> {
    serde_json::from_value(step.fields.get(Field::Sharing)?.clone()).ok()
}

/// Whether a séquence has begun and not ended.
pub(crate) fn under_way(step: &Entity) -> bool {
    step.fields.get(Field::StartedAt).is_some() && step.fields.get(Field::EndedAt).is_none()
}

fn unknown(reference: &str) -> Failure {
    Failure::NoSuch { what: None, reference: reference.to_owned() }
}
