//! Émargement: who came, counted by structure or marked one by one. Names and signatures never enter the journal.

use crate::{
    Failure, Session,
    catalog::{Catalog, count, text},
    session::{fields, millis},
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// People that one line may count.
const MAX_COUNT: u32 = 9_999;
/// Points of a signature that are kept: more is no signature.
const MAX_POINTS: usize = 4_000;
/// The frame a signature is drawn in.
const FRAME: [f32; 2] = [600.0, 200.0];
const REMOTE: &str = "remote";
const ON_SITE: &str = "on_site";

impl Session {
    /// Who is at an atelier.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn attendance(&self, workshop: EntityId) -> Result<AttendanceView, Failure> {
        let entity = self.entity_of(Kind::Workshop, workshop)?;
        let catalog = self.catalog()?;
        let marks = once_each(self.children(Kind::Attendance, workshop)?);
        let names = self.store.people()?;
        let list = self.list(Kind::Participant)?;
        let key = signature_key(workshop);
        let people: Vec<Attendee> = list
            .iter()
            .map(|one| {
                let mark = marks.iter().find(|mark| mark.fields.id(Field::Participant) == Some(one.id));
                let person = names.get(&one.id);
                let organisation = one.fields.id(Field::Organisation);
                Attendee {
                    participant: one.id,
                    code: text(one, Field::Code),
                    name: person.and_then(|person| person.get("name").cloned()),
                    organisation: organisation.and_then(|id| catalog.organisation(id)),
                    college: college_of(&catalog, one.fields.id(Field::College), organisation).map(|one| one.name),
                    mark: mark.map_or(Whereabouts::Expected, mark_of),
                    arrived_at: mark.and_then(|mark| mark.fields.integer(Field::ArrivedAt)).map(millis),
                    signed: person.is_some_and(|person| person.contains_key(&key)),
                    forgotten: one.fields.flag(Field::Forgotten),
                }
            })
            .collect();
        let here = |mark: &&Entity| mark_of(mark) != Whereabouts::Excused;
        let sum = |marks: &mut dyn Iterator<Item = &Entity>| marks.map(heads).sum::<u32>();
        Ok(AttendanceView {
            workshop,
            organisations: organisations(&catalog, &marks),
            colleges: self.colleges_present(&catalog, &marks)?,
            present: present(&marks),
            remote: sum(&mut marks.iter().filter(here).filter(|mark| is_remote(mark))),
            excused: sum(&mut marks.iter().filter(|mark| mark_of(mark) == Whereabouts::Excused)),
            declared: entity.fields.number(Field::PresentCount),
            people,
        })
    }

    /// Marks where someone of the list is; the atelier's number of people present follows in the same act.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn mark_attendance(
        &mut self,
        workshop: EntityId,
        participant: EntityId,
        mark: Whereabouts,
    ) -> Result<(), Failure> {
        let person = self.entity_of(Kind::Participant, participant)?;
        let mut all = self.children(Kind::Attendance, workshop)?;
        let mut drafts = Vec::new();
        let organisation = person.fields.id(Field::Organisation);
        self.set_mark(workshop, (participant, organisation), mark, &mut all, &mut drafts);
        drafts.extend(self.present_draft(workshop, &all)?);
        self.act("attendance.mark", drafts)?;
        Ok(())
    }

    /// Says how many of a structure came without being named, in the room or at a distance.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn count_attendance(
        &mut self,
        workshop: EntityId,
        organisation: Option<EntityId>,
        remote: bool,
        number: u32,
    ) -> Result<(), Failure> {
        if let Some(organisation) = organisation {
            self.entity_of(Kind::Organisation, organisation)?;
        }
        let mut all = self.children(Kind::Attendance, workshop)?;
        let same = |one: &Entity| {
            one.fields.id(Field::Participant).is_none()
                && one.fields.id(Field::Organisation) == organisation
                && is_remote(one) == remote
        };
        let mut known: Vec<EntityId> = all.iter().filter(|one| same(one)).map(|one| one.id).collect();
        let mut drafts = Vec::new();
        if number > 0 {
            let id = if known.is_empty() { self.new_id() } else { known.remove(0) };
            let mode = if remote { REMOTE } else { ON_SITE };
            let mut set = fields([
                (Field::Workshop, json!(workshop)),
                (Field::Count, json!(number.min(MAX_COUNT))),
                (Field::Mode, json!(mode)),
            ]);
            if let Some(organisation) = organisation {
                set.0.insert(Field::Organisation.name().to_owned(), json!(organisation));
            }
            if !all.iter().any(|one| one.id == id) {
                set.0.insert(Field::ArrivedAt.name().to_owned(), json!(self.wall()));
            }
            put(&mut all, id, set, &mut drafts);
        }
        for id in known {
            all.retain(|one| one.id != id);
            drafts.push(Draft::life(id, Kind::Attendance.name(), true));
        }
        drafts.extend(self.present_draft(workshop, &all)?);
        self.act("attendance.count", drafts)?;
        Ok(())
    }

    /// Adds someone at the door and marks them as come: one act. Returns the participant.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], what a field refuses, or what the store reports.
    pub fn add_attendee(&mut self, workshop: EntityId, new: &NewAttendee) -> Result<EntityId, Failure> {
        let mut all = self.children(Kind::Attendance, workshop)?;
        let mut drafts = Vec::new();
        let named = new.new_organisation.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let organisation = match (named, new.organisation) {
            (Some(name), _) => Some(self.organisation_named(name, new.college, &mut drafts)?),
            (None, Some(id)) => Some(self.entity_of(Kind::Organisation, id)?.id),
            (None, None) => None,
        };
        let list = self.list(Kind::Participant)?;
        let code = match new.code.trim() {
            "" => free_code(&list),
            code => code.to_owned(),
        };
        let participant = self.new_id();
        let last = list.last().and_then(|one| moisson_domain::Rank::parse(one.fields.text(Field::Rank)?));
        let rank = moisson_domain::Rank::between(last.as_ref(), None).map(|rank| rank.to_string());
        let mut set = fields([(Field::Code, json!(code)), (Field::Role, json!("member")), (Field::Rank, json!(rank))]);
        if let Some(organisation) = organisation {
            set.0.insert(Field::Organisation.name().to_owned(), json!(organisation));
        }
        drafts.push(Draft::set(participant, Kind::Participant.name(), set));
        let mark = if new.remote { Whereabouts::Remote } else { Whereabouts::Present };
        self.set_mark(workshop, (participant, organisation), mark, &mut all, &mut drafts);
        drafts.extend(self.present_draft(workshop, &all)?);
        self.act("attendance.add", drafts)?;
        if let Some(name) = new.name.as_deref().filter(|name| !name.trim().is_empty()) {
            self.set_person(participant, PersonKey::Name, name)?;
        }
        Ok(participant)
    }

    /// Keeps a signature with the person it is of, outside the journal; none takes it away. Who signs has come.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn sign(
        &mut self,
        workshop: EntityId,
        participant: EntityId,
        strokes: Option<&Strokes>,
    ) -> Result<(), Failure> {
        self.entity_of(Kind::Workshop, workshop)?;
        self.entity_of(Kind::Participant, participant)?;
        let drawn = strokes.map(path).filter(|path| !path.is_empty());
        let mut person = self.store.people()?.remove(&participant).unwrap_or_default();
        let key = signature_key(workshop);
        match &drawn {
            Some(path) => person.insert(key, path.clone()),
            None => person.remove(&key),
        };
        self.store.keep_person(participant, &person)?;
        self.touch([Kind::Participant]);
        let marks = self.children(Kind::Attendance, workshop)?;
        let mark = marks.iter().find(|mark| mark.fields.id(Field::Participant) == Some(participant)).map(mark_of);
        if drawn.is_some() && !matches!(mark, Some(Whereabouts::Present | Whereabouts::Remote)) {
            self.mark_attendance(workshop, participant, Whereabouts::Present)?;
        }
        Ok(())
    }

    /// A signature, as the outline of an SVG in a frame of 600 by 200.
    ///
    /// # Errors
    /// What the store reports.
    pub fn signature(&self, workshop: EntityId, participant: EntityId) -> Result<Option<String>, Failure> {
        let person = self.store.people()?.remove(&participant).unwrap_or_default();
        Ok(person.get(&signature_key(workshop)).cloned())
    }

    /// Sets where someone is, among the atelier's attendances; what two laptops noted of one person becomes one.
    fn set_mark(
        &mut self,
        workshop: EntityId,
        (participant, organisation): (EntityId, Option<EntityId>),
        mark: Whereabouts,
        all: &mut Vec<Entity>,
        drafts: &mut Vec<Draft>,
    ) {
        let of = |one: &&Entity| one.fields.id(Field::Participant) == Some(participant);
        let mut known: Vec<EntityId> = all.iter().filter(of).map(|one| one.id).collect();
        if mark != Whereabouts::Expected {
            let id = if known.is_empty() { self.new_id() } else { known.remove(0) };
            let come = all.iter().find(|one| one.id == id).and_then(|one| one.fields.integer(Field::ArrivedAt));
            let excused = mark == Whereabouts::Excused;
            let set = fields([
                (Field::Workshop, json!(workshop)),
                (Field::Participant, json!(participant)),
                (Field::Organisation, organisation.map_or(Value::Null, |id| json!(id))),
                (
                    Field::Mode,
                    if excused {
                        Value::Null
                    } else {
                        json!(if mark == Whereabouts::Remote { REMOTE } else { ON_SITE })
                    },
                ),
                (Field::Excused, if excused { json!(true) } else { Value::Null }),
                (Field::ArrivedAt, if excused { Value::Null } else { json!(come.unwrap_or_else(|| self.wall())) }),
            ]);
            put(all, id, set, drafts);
        }
        for id in known {
            all.retain(|one| one.id != id);
            drafts.push(Draft::life(id, Kind::Attendance.name(), true));
        }
    }

    /// The atelier's number of people present, where these attendances change it.
    fn present_draft(&self, workshop: EntityId, all: &[Entity]) -> Result<Option<Draft>, Failure> {
        let known = self.entity_of(Kind::Workshop, workshop)?.fields.number(Field::PresentCount);
        let now = Some(present(&once_each(all.to_vec()))).filter(|count| *count > 0);
        let set = fields([(Field::PresentCount, now.map_or(Value::Null, Value::from))]);
        Ok((known != now).then(|| Draft::set(workshop, Kind::Workshop.name(), set)))
    }

    /// The structure of that name, made if the démarche does not know it.
    fn organisation_named(
        &mut self,
        name: &str,
        college: Option<EntityId>,
        drafts: &mut Vec<Draft>,
    ) -> Result<EntityId, Failure> {
        let folded = crate::home::fold(name);
        let known = self.list(Kind::Organisation)?;
        let same = |one: &&Entity| {
            let names = [one.fields.text(Field::Name), one.fields.text(Field::ShortName)];
            names.into_iter().flatten().any(|known| crate::home::fold(known) == folded)
        };
        if let Some(found) = known.iter().find(same) {
            return Ok(found.id);
        }
        let last = known.last().and_then(|one| moisson_domain::Rank::parse(one.fields.text(Field::Rank)?));
        let rank = moisson_domain::Rank::between(last.as_ref(), None).map(|rank| rank.to_string());
        let mut set = fields([(Field::Name, json!(name)), (Field::Rank, json!(rank))]);
        if let Some(college) = college {
            set.0.insert(Field::College.name().to_owned(), json!(college));
        }
        let id = self.new_id();
        drafts.push(Draft::set(id, Kind::Organisation.name(), set));
        Ok(id)
    }

    fn colleges_present(&self, catalog: &Catalog, marks: &[Entity]) -> Result<Vec<CollegePresence>, Failure> {
        let mut sums: BTreeMap<Option<usize>, [u32; 2]> = BTreeMap::new();
        for mark in marks.iter().filter(|mark| mark_of(mark) != Whereabouts::Excused) {
            let person = mark.fields.id(Field::Participant).map(|id| self.store.entity(id)).transpose()?.flatten();
            let own = person.as_ref().and_then(|person| person.fields.id(Field::College));
            let college = college_of(catalog, own, mark.fields.id(Field::Organisation));
            let place = college.and_then(|college| catalog.colleges.iter().position(|one| one.id == college.id));
            let [all, remote] = sums.entry(place).or_default();
            *all += heads(mark);
            *remote += if is_remote(mark) { heads(mark) } else { 0 };
        }
        // Those of no college come last.
        let mut rows: Vec<_> = sums.into_iter().collect();
        rows.sort_by_key(|(place, _)| place.unwrap_or(usize::MAX));
        let row = |(place, [present, remote]): (Option<usize>, [u32; 2])| CollegePresence {
            college: place.and_then(|place| catalog.colleges.get(place).cloned()),
            present,
            remote,
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

/// Sets fields of an attendance, in the list and in the act.
fn put(all: &mut Vec<Entity>, id: EntityId, mut set: Fields, drafts: &mut Vec<Draft>) {
    match all.iter_mut().find(|one| one.id == id) {
        Some(known) => {
            set.0.retain(|name, value| known.fields.0.get(name).unwrap_or(&Value::Null) != value);
            known.fields.0.extend(set.0.clone());
        }
        None => {
            set.0.retain(|_, value| !value.is_null());
            all.push(Entity { id, kind: Kind::Attendance.name().to_owned(), fields: set.clone() });
        }
    }
    drafts.push(Draft::set(id, Kind::Attendance.name(), set));
}

/// People that an attendance stands for.
pub(crate) fn heads(mark: &Entity) -> u32 {
    mark.fields.number(Field::Count).unwrap_or(1)
}

pub(crate) fn is_remote(mark: &Entity) -> bool {
    mark.fields.text(Field::Mode) == Some(REMOTE)
}

pub(crate) fn mark_of(mark: &Entity) -> Whereabouts {
    match (mark.fields.flag(Field::Excused), is_remote(mark)) {
        (true, _) => Whereabouts::Excused,
        (false, true) => Whereabouts::Remote,
        (false, false) => Whereabouts::Present,
    }
}

/// Two laptops that noted one person noted one attendance: the first counts.
pub(crate) fn once_each(mut marks: Vec<Entity>) -> Vec<Entity> {
    let mut seen = BTreeSet::new();
    marks.retain(|mark| mark.fields.id(Field::Participant).is_none_or(|id| seen.insert(id)));
    marks
}

fn present(marks: &[Entity]) -> u32 {
    marks.iter().filter(|mark| mark_of(mark) != Whereabouts::Excused).map(heads).sum()
}

fn college_of(catalog: &Catalog, own: Option<EntityId>, organisation: Option<EntityId>) -> Option<Named> {
    let of = |id: EntityId| catalog.organisations.iter().find(|one| one.id == id)?.college;
    let college = own.or_else(|| organisation.and_then(of))?;
    catalog.colleges.iter().find(|one| one.id == college).cloned()
}

fn organisations(catalog: &Catalog, marks: &[Entity]) -> Vec<OrganisationPresence> {
    let row = |organisation: Option<EntityId>| {
        let known = catalog.organisations.iter().find(|one| Some(one.id) == organisation);
        let mine = || marks.iter().filter(|mark| known_of(catalog, mark) == organisation);
        let sum = |marks: &mut dyn Iterator<Item = &Entity>| marks.map(heads).sum::<u32>();
        let here = || mine().filter(|mark| mark_of(mark) != Whereabouts::Excused);
        let counted = |remote| {
            let anonymous = here().filter(|mark| mark.fields.id(Field::Participant).is_none());
            sum(&mut anonymous.filter(|mark| is_remote(mark) == remote))
        };
        OrganisationPresence {
            organisation,
            name: known.map(|one| one.name.clone()).unwrap_or_default(),
            short_name: known.and_then(|one| one.short_name.clone()),
            college: known.and_then(|one| one.college_name.clone()),
            counted: counted(false),
            counted_remote: counted(true),
            named: count(&here().filter(|mark| mark.fields.id(Field::Participant).is_some()).collect::<Vec<_>>()),
            present: sum(&mut here()),
            excused: sum(&mut mine().filter(|mark| mark_of(mark) == Whereabouts::Excused)),
        }
    };
    let all = catalog.organisations.iter().map(|one| Some(one.id)).chain([None]);
    all.map(row).collect()
}

/// The structure of an attendance, if the démarche still has it.
fn known_of(catalog: &Catalog, mark: &Entity) -> Option<EntityId> {
    let id = mark.fields.id(Field::Organisation)?;
    catalog.organisations.iter().any(|one| one.id == id).then_some(id)
}

/// The first « P7 » that nobody has.
fn free_code(list: &[Entity]) -> String {
    let taken: Vec<&str> = list.iter().filter_map(|one| one.fields.text(Field::Code)).collect();
    let mut codes = (1..).map(|number: u32| format!("P{number}"));
    codes.find(|code| !taken.contains(&code.as_str())).unwrap_or_default()
}

/// What the keys of signatures begin with.
pub(crate) const SIGNATURE: &str = "signature ";

/// Under what a person's signature at an atelier is kept.
fn signature_key(workshop: EntityId) -> String {
    format!("{SIGNATURE}{workshop}")
}

/// Strokes as the outline of an SVG: numbers within the frame and nothing else.
fn path(strokes: &Strokes) -> String {
    let mut made = String::new();
    let mut left = MAX_POINTS;
    for stroke in &strokes.0 {
        for (at, [x, y]) in stroke.iter().enumerate().take(left) {
            let inside = |value: f32, most: f32| if value.is_finite() { value.clamp(0.0, most) } else { 0.0 };
            let letter = if at == 0 { 'M' } else { 'L' };
            // Writing to a string does not fail.
            write!(made, "{letter}{:.0} {:.0}", inside(*x, FRAME[0]), inside(*y, FRAME[1])).ok();
        }
        left = left.saturating_sub(stroke.len());
    }
    made
}
