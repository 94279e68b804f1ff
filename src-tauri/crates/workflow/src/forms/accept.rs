//! Taking: each difference that was accepted, as one act, and never over something that was not seen.

use super::{
    Slot,
    key::{Key, plain},
    read, send, slots,
};
use crate::{Failure, Session, catalog::Catalog, home::fold, session::fields, views::*};
use moisson_document::form::{self, Expects, Given};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind, Rank};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Session {
    /// Takes differences of a form into the plan, as one act that can be undone. Returns how many.
    ///
    /// # Errors
    /// [`Failure::FormMoved`] where something else is said here by now, [`Failure::FormAnswer`], [`Failure::NoSuch`] or
    /// what the store reports; nothing is taken then.
    pub fn take_form(&mut self, taken: &[FormTaken]) -> Result<u32, Failure> {
        let catalog = self.catalog()?;
        let mut drafts = Vec::new();
        let mut made: BTreeMap<String, EntityId> = BTreeMap::new();
        let mut ranks = BTreeMap::new();
        for one in taken {
            match Key::read(&one.key) {
                Some(Key::Field { entity, kind, slot, .. }) => {
                    let entity = self.entity_of(kind, entity)?;
                    let more = self.taken_field(one, &entity, kind, slot, &catalog, &mut made)?;
                    drafts.extend(more);
                }
                Some(Key::New { action, kind, .. }) => {
                    self.entity_of(Kind::Action, action)?;
                    let more = self.taken_line(one, action, kind, &mut ranks)?;
                    drafts.push(more);
                }
                _ => return Err(Failure::NoSuch { what: None, reference: one.key.clone() }),
            }
        }
        self.touch([Kind::Action]);
        self.act("form.take", drafts)?;
        Ok(crate::catalog::count(taken))
    }

    fn taken_field(
        &mut self,
        one: &FormTaken,
        entity: &Entity,
        kind: Kind,
        slot: Slot,
        catalog: &Catalog,
        made: &mut BTreeMap<String, EntityId>,
    ) -> Result<Vec<Draft>, Failure> {
        let french = self.language() == crate::Language::Fr;
        let now = send::shown(slot, &send::said(entity, slot, catalog), french);
        if plain(&now) != plain(&one.seen) {
            return Err(Failure::FormMoved { field: form::label(kind.name(), slot.name(), french).to_owned() });
        }
        let field = match slot {
            Slot::Tied(word) => return self.tied(entity.id, word, &one.value, catalog, made),
            Slot::Field(field) => field,
        };
        let value = self.value_of(slot, &one.value)?;
        if value.is_null() && kind != Kind::Action && kind.title() == Some(field) {
            return Ok(vec![Draft::life(entity.id, kind.name(), true)]);
        }
        moisson_domain::check(kind, field.name(), &value)?;
        Ok(vec![Draft::set(entity.id, kind.name(), fields([(field, value)]))])
    }

    fn taken_line(
        &mut self,
        one: &FormTaken,
        action: EntityId,
        kind: Kind,
        ranks: &mut BTreeMap<(EntityId, Kind), Option<Rank>>,
    ) -> Result<Draft, Failure> {
        let mut set = Fields::from_iter([(Field::Action, json!(action))]);
        for slot in slots(kind) {
            if let (Slot::Field(field), Some(said)) = (slot, one.parts.get(slot.name())) {
                let value = self.value_of(slot, said)?;
                moisson_domain::check(kind, field.name(), &value)?;
                set.0.insert(field.name().to_owned(), value);
            }
        }
        for rule in kind.fields().iter().filter(|rule| rule.required) {
            let value = set.get(rule.field).cloned().unwrap_or(Value::Null);
            moisson_domain::check(kind, rule.field.name(), &value)?;
        }
        set.0.retain(|_, value| !value.is_null());
        let last = match ranks.get(&(action, kind)) {
            Some(last) => last.clone(),
            None => {
                let lines = self.children(kind, action)?;
                lines.last().and_then(|line| Rank::parse(line.fields.text(Field::Rank)?))
            }
        };
        let rank = Rank::between(last.as_ref(), None);
        if let Some(rank) = &rank {
            set.0.insert(Field::Rank.name().to_owned(), json!(rank.to_string()));
        }
        ranks.insert((action, kind), rank);
        Ok(Draft::set(self.new_id(), kind.name(), set))
    }

    /// An answer as the journal holds it.
    fn value_of(&self, slot: Slot, said: &str) -> Result<Value, Failure> {
        let language = self.language();
        let given = if said.trim().is_empty() { Given::Nothing } else { Given::Words(said.to_owned()) };
        let read = read::answer(slot, &given, language);
        let read = read.map_err(|(_, why)| Failure::FormAnswer { french: why.clone(), message: why })?;
        Ok(match form::expects(slot.name()) {
            _ if read.is_empty() => Value::Null,
            Expects::Money | Expects::Count => read.parse::<i64>().map_or(Value::Null, Value::from),
            _ => Value::String(read),
        })
    }

    /// Ties that make the structures of a list exactly those, adding the ones that nobody knew.
    fn tied(
        &mut self,
        from: EntityId,
        word: &str,
        names: &str,
        catalog: &Catalog,
        made: &mut BTreeMap<String, EntityId>,
    ) -> Result<Vec<Draft>, Failure> {
        let mut drafts = Vec::new();
        let mut wanted = Vec::new();
        for name in named(names) {
            let known = organisation(catalog, name).or_else(|| made.get(&fold(name)).copied());
            let id = match known {
                Some(id) => id,
                None => {
                    let id = self.new_id();
                    let mut set = fields([(Field::Name, json!(name))]);
                    let all = self.list(Kind::Organisation)?;
                    let last = all.last().and_then(|one| Rank::parse(one.fields.text(Field::Rank)?));
                    if let Some(rank) = Rank::between(last.as_ref(), None) {
                        set.0.insert(Field::Rank.name().to_owned(), json!(rank.to_string()));
                    }
                    drafts.push(Draft::set(id, Kind::Organisation.name(), set));
                    made.insert(fold(name), id);
                    id
                }
            };
            if !wanted.contains(&id) {
                wanted.push(id);
            }
        }
        for link in self.children(Kind::Link, from)? {
            let to = link.fields.id(Field::To);
            if link.fields.text(Field::Kind) == Some(word) {
                match to.and_then(|to| wanted.iter().position(|one| *one == to)) {
                    Some(at) => _ = wanted.remove(at),
                    None => drafts.push(Draft::life(link.id, Kind::Link.name(), true)),
                }
            }
        }
        for to in wanted {
            drafts.push(self.link(from, word, to));
        }
        Ok(drafts)
    }
}

/// The names of a list as people write it: one a line, or parted by semicolons.
pub(super) fn named(names: &str) -> impl Iterator<Item = &str> {
    names
        .split(['\n', ';'])
        .map(|name| name.trim().trim_start_matches(['-', '•', '–']).trim())
        .filter(|name| !name.is_empty())
}

/// The structure that goes by a name, short or full.
pub(super) fn organisation(catalog: &Catalog, name: &str) -> Option<EntityId> {
    let name = fold(name.trim());
    let goes_by = |one: &&OrganisationRow| {
        fold(one.name.trim()) == name || one.short_name.as_deref().is_some_and(|short| fold(short.trim()) == name)
    };
    catalog.organisations.iter().find(goes_by).map(|one| one.id)
}
