//! Settling what two people wrote of the same thing: one by one, or many by a rule.

use crate::{Failure, Session, catalog::name, session::millis, text_merge::merged, views::*};
use moisson_domain::{DELETED, Entity, EntityId, Field, Fields, Kind, ValueType};
use moisson_journal::{ChangeId, Draft};
use moisson_store::{ConflictRow, VersionRow};
use serde_json::{Value, json};
use std::collections::HashMap;

impl Session {
    /// Conflicts to settle, each with its versions.
    ///
    /// # Errors
    /// What the store reports.
    pub fn conflicts(&self) -> Result<Vec<ConflictView>, Failure> {
        let mut names: HashMap<EntityId, String> = HashMap::new();
        let mut views = Vec::new();
        for conflict in self.store.conflicts()? {
            let Some(entity) = self.store.entity(conflict.entity)? else { continue };
            views.push(self.conflict_view(&conflict, &entity, &mut names)?);
        }
        Ok(views)
    }

    fn conflict_view(
        &self,
        conflict: &ConflictRow,
        entity: &Entity,
        names: &mut HashMap<EntityId, String>,
    ) -> Result<ConflictView, Failure> {
        let kind = Kind::named(&entity.kind);
        let mut versions = Vec::with_capacity(conflict.versions.len());
        for version in &conflict.versions {
            let shown = match &version.value {
                Value::Object(set) if conflict.field == DELETED => {
                    set.values().filter_map(Value::as_str).collect::<Vec<_>>().join(" · ")
                }
                value => self.shown(kind, &conflict.field, value, names)?,
            };
            versions.push(Version {
                change: version.change.to_string(),
                value: version.value.clone(),
                shown,
                author: version.author.clone(),
                replica: version.replica.clone(),
                at: millis(version.wall),
            });
        }
        let workshop = match kind {
            Some(Kind::Workshop) => Some(entity.id),
            _ => entity.fields.id(Field::Workshop),
        };
        let offered = match (conflict.versions.as_slice(), &conflict.base) {
            ([one, two], Some(Value::String(base))) => match (&one.value, &two.value) {
                (Value::String(one), Value::String(two)) => merged(base, one, two),
                _ => None,
            },
            _ => None,
        };
        Ok(ConflictView {
            offered,
            id: format!("{}:{}", entity.id, conflict.field),
            entity: entity.id,
            kind: entity.kind.clone(),
            title: name(entity).name,
            field: conflict.field.clone(),
            workshop,
            versions,
        })
    }

    /// A value as people read it: a name for a reference.
    pub(crate) fn shown(
        &self,
        kind: Option<Kind>,
        field: &str,
        value: &Value,
        names: &mut HashMap<EntityId, String>,
    ) -> Result<String, Failure> {
        let rule = kind.zip(Field::named(field)).and_then(|(kind, field)| kind.rule(field));
        let reference = rule.is_some_and(|rule| rule.value == ValueType::Ref);
        if let (true, Some(id)) = (reference, value.as_str().and_then(|text| text.parse::<EntityId>().ok())) {
            if let Some(name) = names.get(&id) {
                return Ok(name.clone());
            }
            let found = self.store.entity(id)?.map(|entity| name(&entity).name);
            let shown = found.unwrap_or_else(|| id.to_string());
            names.insert(id, shown.clone());
            return Ok(shown);
        }
        let cents = rule.filter(|rule| rule.value == ValueType::Cents).and_then(|_| value.as_i64());
        if let Some(cents) = cents {
            // A no-break space before the sign, as French typography wants it; decimals only where there are some.
            let (euros, rest) = (cents / 100, cents % 100);
            return Ok(if rest == 0 { format!("{euros}\u{a0}€") } else { format!("{euros},{rest:02}\u{a0}€") });
        }
        Ok(match value {
            Value::Null => String::new(),
            Value::Bool(yes) => self.language().say(if *yes { "oui" } else { "non" }, if *yes { "yes" } else { "no" }),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }

    /// Settles a conflict: keeps one version or writes another value. The choice merges like anything else.
    ///
    /// # Errors
    /// [`Failure::NoSuchConflict`], what a field refuses, or what the store reports.
    pub fn settle(&mut self, entity: EntityId, field: &str, settlement: &Settlement) -> Result<(), Failure> {
        let unknown = || Failure::NoSuchConflict { reference: format!("{entity}:{field}") };
        let conflicts = self.store.conflicts()?;
        let conflict =
            conflicts.into_iter().find(|one| one.entity == entity && one.field == field).ok_or_else(unknown)?;
        let value = match settlement {
            Settlement::Value { value } => value.clone(),
            Settlement::Keep { change } => {
                let change: ChangeId = change.parse().map_err(|_| unknown())?;
                kept(&conflict, conflict.versions.iter().find(|version| version.change == change).ok_or_else(unknown)?)
            }
        };
        if field == DELETED && !value.is_boolean() {
            return Err(unknown());
        }
        let entity = self.entity(entity)?;
        let set = Fields([(field.to_owned(), value)].into());
        self.act("conflict.settle", vec![Draft::set(entity.id, &entity.kind, set)])?;
        Ok(())
    }

    /// Settles by a rule every conflict that it decides, in one act. Returns how many it settled, and how many are left.
    ///
    /// # Errors
    /// What a field refuses, or what the store reports.
    pub fn settle_all(&mut self, rule: SettleRule) -> Result<(u32, u32), Failure> {
        let here = self.store.replica()?;
        let conflicts = self.store.conflicts()?;
        let mut drafts = Vec::new();
        for conflict in &conflicts {
            let mut names = HashMap::new();
            let Some(entity) = self.store.entity(conflict.entity)? else { continue };
            let latest = |among: &dyn Fn(&VersionRow) -> bool| {
                let among = conflict.versions.iter().filter(|version| among(version));
                among.max_by_key(|version| (version.wall, version.change)).map(|version| kept(conflict, version))
            };
            let value = match rule {
                SettleRule::Mine => latest(&|version| version.replica == here),
                SettleRule::Theirs => latest(&|version| version.replica != here),
                SettleRule::Latest => latest(&|_| true),
                SettleRule::Merged => {
                    self.conflict_view(conflict, &entity, &mut names)?.offered.map(|text| json!(text))
                }
            };
            if let Some(value) = value {
                let set = Fields([(conflict.field.clone(), value)].into());
                drafts.push(Draft::set(entity.id, &entity.kind, set));
            }
        }
        let settled = u32::try_from(drafts.len()).unwrap_or(u32::MAX);
        if settled > 0 {
            self.act("conflict.settle", drafts)?;
        }
        Ok((settled, u32::try_from(self.store.conflicts()?.len()).unwrap_or(u32::MAX)))
    }

    /// Settles by the words of the terminal: `entity:field`, and the number of the version to keep or a value.
    ///
    /// # Errors
    /// As [`Session::settle`].
    pub fn settle_by_id(&mut self, id: &str, keep: Option<usize>, value: Option<&str>) -> Result<(), Failure> {
        let unknown = || Failure::NoSuchConflict { reference: id.to_owned() };
        let conflicts = self.conflicts()?;
        let conflict = conflicts.iter().find(|one| one.id == id).ok_or_else(unknown)?;
        let settlement = match (keep, value) {
            (Some(number), None) => {
                let version =
                    number.checked_sub(1).and_then(|index| conflict.versions.get(index)).ok_or_else(unknown)?;
                Settlement::Keep { change: version.change.clone() }
            }
            (None, Some(text)) => {
                // A number, a date, a word or plain text: read as JSON where the field is no text.
                let kind = Kind::named(&conflict.kind).zip(Field::named(&conflict.field));
                let plain = kind.and_then(|(kind, field)| kind.rule(field)).is_none_or(|rule| {
                    !matches!(rule.value, ValueType::Int | ValueType::Bool | ValueType::Cents | ValueType::Percent)
                });
                let value = if plain && conflict.field != DELETED { None } else { serde_json::from_str(text).ok() };
                Settlement::Value { value: value.unwrap_or_else(|| json!(text)) }
            }
            _ => return Err(unknown()),
        };
        let (entity, field) = (conflict.entity, conflict.field.clone());
        self.settle(entity, &field, &settlement)
    }
}

/// What keeping a version writes. Keeping what was changed, of an entity that someone deleted, is keeping the entity.
fn kept(conflict: &ConflictRow, version: &VersionRow) -> Value {
    if conflict.field == DELETED { json!(version.value == json!(true)) } else { version.value.clone() }
}
