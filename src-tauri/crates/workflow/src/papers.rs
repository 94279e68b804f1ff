//! Personal data on paper: the entry of the register, what is kept of one person, and the day on which names go.

use crate::{Failure, Session, attendance::SIGNATURE, catalog::text, views::*};
use chrono::NaiveDate;
use moisson_document::source::{PersonRoom, PersonSource, RegisterSource};
use moisson_domain::{EntityId, Field, Kind};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// How long before the day it is reminded of.
const AHEAD: i64 = 30;

impl Session {
    /// What the entry of the register says.
    pub(crate) fn register_source(&self) -> Result<RegisterSource, Failure> {
        let process = self.process_row()?;
        let people = self.store.people()?;
        let with = |keys: &[&str]| people.values().filter(|one| keys.iter().any(|key| one.contains_key(*key))).count();
        let signatures = people.values().flat_map(BTreeMap::keys).filter(|key| key.starts_with(SIGNATURE)).count();
        let photos = self.list(Kind::Attachment)?;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(RegisterSource {
            frame: self.frame()?,
            contact: process.data_contact,
            basis: process.legal_basis,
            retain_until: process.retain_until.as_deref().and_then(day),
            participants: number(self.list(Kind::Participant)?.len()),
            names: number(with(&["name"])),
            addresses: number(with(&["email", "phone"])),
            signatures: number(signatures),
            // What has a role belongs to the charter.
            photos: number(photos.iter().filter(|one| one.fields.text(Field::Role).is_none()).count()),
        })
    }

    /// All that is kept of a person.
    pub(crate) fn person_source(&self, participant: EntityId) -> Result<PersonSource, Failure> {
        let found = self.entity_of(Kind::Participant, participant)?;
        let catalog = self.catalog()?;
        let process = self.process_row()?;
        let mut kept = self.store.people()?.remove(&participant).unwrap_or_default();
        let signed = |(key, value): (&String, &String)| Some((key.strip_prefix(SIGNATURE)?.to_owned(), value.clone()));
        let mut signatures: BTreeMap<String, String> = kept.iter().filter_map(signed).collect();
        kept.retain(|key, _| !key.starts_with(SIGNATURE));
        let mut excused: BTreeMap<EntityId, bool> = BTreeMap::new();
        for attendance in self.list(Kind::Attendance)?.iter() {
            if attendance.fields.id(Field::Participant) == Some(participant)
                && let Some(workshop) = attendance.fields.id(Field::Workshop)
            {
                excused.insert(workshop, attendance.fields.flag(Field::Excused));
            }
        }
        let mut rooms = Vec::new();
        for row in self.workshops(&catalog)? {
            let signature = signatures.remove(&row.id.to_string());
            if let Some(excused) = excused.get(&row.id).copied().or(signature.as_ref().map(|_| false)) {
                rooms.push(PersonRoom { workshop: self.workshop_source(&row)?, excused, signature });
            }
        }
        let quotes: BTreeSet<String> =
            self.quotes(participant)?.into_iter().map(|quote| quote.text).filter(|text| !text.is_empty()).collect();
        let organisation = found.fields.id(Field::Organisation).and_then(|id| catalog.organisation(id));
        Ok(PersonSource {
            frame: self.frame()?,
            code: text(&found, Field::Code),
            kept: kept.into_iter().collect(),
            organisation: organisation.map(|one| one.name),
            role: found.fields.string(Field::Role),
            forgotten: found.fields.flag(Field::Forgotten),
            contact: process.data_contact,
            retain_until: process.retain_until.as_deref().and_then(day),
            rooms,
            quotes: quotes.into_iter().collect(),
        })
    }

    /// The reminder that names are to go, from a month before the day on.
    pub(crate) fn retention(&self, today: NaiveDate) -> Result<Option<Todo>, Failure> {
        let Some(on) = self.process_row()?.retain_until else { return Ok(None) };
        let Some(until) = day(&on).filter(|until| (*until - today).num_days() <= AHEAD) else { return Ok(None) };
        let people = self.kept_people()?.len();
        let people = u32::try_from(people).unwrap_or(u32::MAX);
        Ok((people > 0).then_some(Todo::Retention { on, over: until <= today, people }))
    }

    /// Forgets everyone of whom something is kept outside the journal. Texts that quote them stay, and are counted.
    ///
    /// # Errors
    /// What the store reports.
    pub fn forget_everyone(&mut self, backups: Option<&Path>) -> Result<ForgetAllReport, Failure> {
        let mut report = ForgetAllReport { people: 0, quotes: 0, copies: Vec::new() };
        for participant in self.kept_people()? {
            let one = self.forget(participant, &[], backups)?;
            report.people += 1;
            report.quotes += crate::catalog::count(&one.left);
            report.copies = one.copies;
        }
        Ok(report)
    }

    /// The people of whom something is kept outside the journal.
    fn kept_people(&self) -> Result<Vec<EntityId>, Failure> {
        Ok(self.store.people()?.into_iter().filter(|(_, kept)| !kept.is_empty()).map(|(id, _)| id).collect())
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{Field, Kind, testing::room, views::*};
    use serde_json::json;

    #[test]
    fn a_person_is_given_all_that_is_kept_and_nothing_is_left_once_the_day_has_come() {
        let (mut session, workshop, folder) = room();
        let set = [(Field::Code, json!("MD3"))].into_iter().collect();
        let person = session.create_entity(Kind::Participant, set, None).unwrap();
        session.set_person(person, PersonKey::Name, "Maud Girardot").unwrap();
        session.set_person(person, PersonKey::Email, "maud@doubs.example").unwrap();
        session.sign(workshop, person, Some(&Strokes(vec![vec![[10.0, 10.0], [200.0, 90.0]]]))).unwrap();
        let quoting = crate::testing::noted(&mut session, workshop, "Maud Girardot veut un bus");
        let source = session.person_source(person).unwrap();
        assert_eq!(
            source.kept,
            [("email".into(), "maud@doubs.example".into()), ("name".into(), "Maud Girardot".into())]
        );
        assert_eq!(source.quotes, ["Maud Girardot veut un bus"]);
        assert!(source.rooms.len() == 1 && source.rooms[0].signature.is_some());
        let register = session.register_source().unwrap();
        assert_eq!((register.names, register.addresses, register.signatures), (1, 1, 1));
        let process = session.charter().unwrap().process;
        let until = |day: &str| [(Field::RetainUntil, json!(day))].into_iter().collect();
        let reminded = |session: &crate::Session| {
            session.home().unwrap().todo.into_iter().find_map(|one| match one {
                Todo::Retention { over, people, .. } => Some((over, people)),
                _ => None,
            })
        };
        // The clock of the test stands on 23 June 2022.
        for (day, wanted) in [("2023-06-23", None), ("2022-07-20", Some((false, 1))), ("2022-06-23", Some((true, 1)))] {
            session.edit_entity(process, until(day)).unwrap();
            assert_eq!(reminded(&session), wanted, "{day}");
        }
        let report = session.forget_everyone(None).unwrap();
        assert_eq!((report.people, report.quotes), (1, 1));
        assert_eq!(reminded(&session), None);
        let source = session.person_source(person).unwrap();
        assert!(source.kept.is_empty() && source.forgotten && source.rooms.iter().all(|room| room.signature.is_none()));
        let text = session.entity(quoting).unwrap().fields.string(Field::Text);
        assert_eq!(text.as_deref(), Some("Maud Girardot veut un bus"), "texts are taken back one by one");
        for format in crate::formats(DocumentKind::Register) {
            session.export(DocumentKind::Register, None, &[*format], folder.path()).unwrap();
        }
        let papers = session.person_papers(person).unwrap();
        papers.write(&[session.format("pdf").unwrap(), session.format("json").unwrap()], folder.path()).unwrap();
        assert!(folder.path().join("donnees-de-md3.json").exists());
    }
}
