//! Forgetting a person, and taking back a passage of text: here now, and wherever this démarche merges later.

use crate::{
    Failure, Session,
    catalog::name,
    home::fold,
    session::shorten,
    views::{ForgetReport, PersonKey, Quote, RedactReport},
};
use moisson_domain::{EntityId, Field, Kind, ValueType};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

/// Letters that a name, or its last word, must have to be looked for in texts.
const SHORTEST: usize = 3;

impl Session {
    /// Erases everything a text field of an entity has ever said, and says in its place that a passage was withdrawn. Tells
    /// which copies still hold it, those in `backups` (where backups go unless beside the démarche) too.
    ///
    /// # Errors
    /// [`Failure::NotAText`], [`Failure::NoSuch`], or what the store reports.
    pub fn redact(
        &mut self,
        entity: EntityId,
        field: &str,
        reason: &str,
        backups: Option<&Path>,
    ) -> Result<RedactReport, Failure> {
        let found = self.entity(entity)?;
        let kind = Kind::named(&found.kind);
        let rule = kind.zip(Field::named(field)).and_then(|(kind, field)| kind.rule(field));
        // A field of a newer version is taken at its word: what it holds may be a text.
        if rule.is_some_and(|rule| rule.value != ValueType::Text) {
            return Err(Failure::NotAText { field: field.to_owned() });
        }
        let instead = match rule {
            Some(rule) if rule.field != Field::SourceKey => {
                json!(self.language().say("[passage retiré]", "[withdrawn]"))
            }
            _ => Value::Null,
        };
        // The fingerprint of an imported row stays: without it, importing the table again would bring the words back.
        let changes = self.erase(&[(entity, field.to_owned(), instead)], reason)?;
        Ok(RedactReport { changes: crate::merge::clamp(changes), copies: self.copies(backups)? })
    }

    fn erase(&mut self, places: &[(EntityId, String, Value)], reason: &str) -> Result<u64, Failure> {
        let ids: Vec<EntityId> = places.iter().map(|_| self.new_id()).collect();
        let mut ids = ids.into_iter();
        let changes = self.with_by(|store, by| {
            store.redact(places, reason, || ids.next().unwrap_or_else(|| EntityId::from_bytes([0; 16])), by)
        })?;
        self.forget_kept();
        self.touch(Kind::ALL.iter().copied());
        Ok(changes)
    }

    /// Keeps a name or an address on this laptop, beside the journal; an empty one goes.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn set_person(&mut self, participant: EntityId, key: PersonKey, value: &str) -> Result<(), Failure> {
        self.entity_of(Kind::Participant, participant)?;
        let mut person = self.store.people()?.remove(&participant).unwrap_or_default();
        match value.trim() {
            "" => person.remove(key.name()),
            value => person.insert(key.name().to_owned(), value.to_owned()),
        };
        self.store.keep_person(participant, &person)?;
        self.touch([Kind::Participant]);
        Ok(())
    }

    /// A participant by code, id, beginning of an id, name or address.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], [`Failure::Ambiguous`] or what the store reports.
    pub fn find_participant(&self, reference: &str) -> Result<EntityId, Failure> {
        let people = self.store.people()?;
        let known = people.iter().filter(|(_, person)| {
            ["name", "email"].iter().any(|key| person.get(*key).is_some_and(|value| fold(value) == fold(reference)))
        });
        match known.map(|(id, _)| *id).collect::<Vec<_>>().as_slice() {
            [one] => Ok(*one),
            [] => self.find(Some(Kind::Participant), reference),
            several => Err(Failure::Ambiguous { reference: reference.to_owned(), count: several.len() }),
        }
    }

    /// Where texts quote a participant, now or in the past: what forgetting them leaves unless it is confirmed, place by
    /// place.
    ///
    /// # Errors
    /// What the store reports.
    pub fn quotes(&self, participant: EntityId) -> Result<Vec<Quote>, Failure> {
        let needles = self.needles(participant)?;
        if needles.is_empty() {
            return Ok(Vec::new());
        }
        let mut quotes = Vec::new();
        for place in self.store.places(|text| find(text, &needles).is_some())? {
            if place.entity == participant {
                continue;
            }
            // What was deleted still holds its words.
            let entity = self.store.entity(place.entity)?;
            let now = entity.as_ref().and_then(|entity| entity.fields.0.get(&place.field));
            let now = now.and_then(Value::as_str).unwrap_or_default();
            quotes.push(Quote {
                entity: place.entity,
                kind: place.kind,
                field: place.field,
                title: entity.as_ref().map(|entity| shorten(&name(entity).name, 80)).unwrap_or_default(),
                after: replace(now, &needles, &self.withdrawn(participant)?),
                text: now.to_owned(),
            });
        }
        Ok(quotes)
    }

    /// Forgets a participant: name and addresses go for good, the pseudonym and the work stay. Of the texts that quote them,
    /// those confirmed lose the name. Tells which copies still hold it, as [`Session::redact`] does.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn forget(
        &mut self,
        participant: EntityId,
        confirmed: &[(EntityId, String)],
        backups: Option<&Path>,
    ) -> Result<ForgetReport, Failure> {
        let found = self.entity_of(Kind::Participant, participant)?;
        let quotes = self.quotes(participant)?;
        let mut places: Vec<(EntityId, String, Value)> = Vec::new();
        // The identity of an imported row may be an address.
        if found.fields.get(Field::SourceKey).is_some() {
            places.push((participant, Field::SourceKey.name().to_owned(), Value::Null));
        }
        let mut left = Vec::new();
        let mut redacted = 0;
        for quote in quotes {
            if confirmed.iter().any(|(entity, field)| *entity == quote.entity && *field == quote.field) {
                redacted += 1;
                places.push((quote.entity, quote.field, json!(quote.after)));
            } else {
                left.push(quote);
            }
        }
        if !places.is_empty() {
            self.erase(&places, "")?;
        }
        self.with_by(|store, by| store.forget(participant, by))?;
        self.touch(Kind::ALL.iter().copied());
        Ok(ForgetReport { participant, redacted, left, copies: self.copies(backups)? })
    }

    /// What stands in texts in place of a name.
    fn withdrawn(&self, participant: EntityId) -> Result<String, Failure> {
        let code = self.store.entity(participant)?.and_then(|entity| entity.fields.string(Field::Code));
        Ok(code.unwrap_or_else(|| self.language().say("[nom retiré]", "[name withdrawn]")))
    }

    /// What to look for: the name, its last word, the address, the number.
    fn needles(&self, participant: EntityId) -> Result<Vec<String>, Failure> {
        let person: BTreeMap<String, String> = self.store.people()?.remove(&participant).unwrap_or_default();
        let name = person.get("name").cloned().unwrap_or_default();
        let family = name.split_whitespace().next_back().unwrap_or_default().to_owned();
        let others = ["email", "phone"].into_iter().filter_map(|key| person.get(key).cloned());
        let mut needles: Vec<String> = [name, family].into_iter().chain(others).map(|text| fold(text.trim())).collect();
        needles.retain(|needle| needle.chars().count() >= SHORTEST);
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
        needles.dedup();
        Ok(needles)
    }
}

/// Where the first of these stands in a text as whole words, whatever its case and accents.
fn find(text: &str, needles: &[String]) -> Option<(usize, usize)> {
    let mut folded = String::new();
    // Where each byte of the folded text comes from.
    let mut origins = Vec::new();
    for (at, letter) in text.char_indices() {
        let plain = fold(letter.encode_utf8(&mut [0; 4]));
        origins.extend(std::iter::repeat_n(at, plain.len()));
        folded.push_str(&plain);
    }
    origins.push(text.len());
    let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    needles.iter().find_map(|needle| {
        folded.match_indices(needle.as_str()).find_map(|(at, _)| {
            let end = at + needle.len();
            let whole = edge(folded[..at].chars().next_back()) && edge(folded[end..].chars().next());
            whole.then(|| (origins[at], origins[end]))
        })
    })
}

fn replace(text: &str, needles: &[String], instead: &str) -> String {
    let mut left = text;
    let mut made = String::new();
    while let Some((start, end)) = find(left, needles) {
        made.push_str(&left[..start]);
        made.push_str(instead);
        left = &left[end..];
    }
    made + left
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::replace;
    use crate::{Language, Session, Surroundings, Template};
    use chrono::DateTime;
    use moisson_domain::{Field, Kind};
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
    use serde_json::json;

    #[test]
    fn every_copy_that_still_holds_the_words_is_told_wherever_backups_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spie.moisson");
        let world = Surroundings {
            now: Box::new(|| DateTime::parse_from_rfc3339("2022-06-14T10:00:00+02:00").unwrap()),
            random: ChaCha20Rng::seed_from_u64(1),
            author: String::new(),
            language: Language::Fr,
        };
        let mut session = Session::new_process(&path, Template::Blank, None, "A", world).unwrap();
        let note = [(Field::Title, json!("un nom de trop"))].into_iter().collect();
        let atelier = session.create_entity(Kind::Workshop, note, None).unwrap();
        let stick = folder.path().join("clé");
        let beside = session.backup(None).unwrap().path;
        let chosen = session.backup(Some(&stick)).unwrap().path;
        let migrated = folder.path().join("sauvegardes/spie schéma 1.moisson");
        std::fs::copy(&beside, &migrated).unwrap();
        let mut told = session.redact(atelier, "title", "", Some(&stick)).unwrap().copies;
        let mut expected = vec![beside, chosen, migrated.display().to_string()];
        told.sort();
        expected.sort();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_name_goes_whatever_its_case_and_accents_and_only_as_whole_words() {
        let needles = [String::from("zoe lefevre"), String::from("lefevre")];
        let text = "Zoé LEFÈVRE propose un bus ; M. Lefevre insiste, les Lefevriers non.";
        assert_eq!(replace(text, &needles, "ZL2"), "ZL2 propose un bus ; M. ZL2 insiste, les Lefevriers non.");
    }
}
