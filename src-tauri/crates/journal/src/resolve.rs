//! From the set of an entity's changes to its state: live settings, the pick among them, conflicts, life.

use crate::{Body, Change, ChangeId};
use moisson_domain::{DELETED, Field, Fields};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A setting that nothing overwrites.
#[derive(Debug, Clone, PartialEq)]
pub struct Live<'a> {
    /// The change that set it.
    pub change: &'a Change,
    /// The value.
    pub value: Value,
}

/// A field with several live values, or an entity that one person deleted while another changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Name of the field; `deleted` for the second case.
    pub field: String,
    /// The changes whose settings are alive, the one shown first.
    pub versions: Vec<ChangeId>,
}

/// The state of an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityState {
    /// Name of its kind.
    pub kind: String,
    /// Whether it is visible.
    pub alive: bool,
    /// The visible values; cleared fields are absent.
    pub fields: Fields,
    /// What is left to settle, by field name.
    pub conflicts: Vec<Conflict>,
}

/// The live settings of every field, the pick of each first (highest clock, then highest id).
///
/// A change without a body (withheld) neither sets nor overwrites anything; an erased field is set to nothing.
#[must_use]
pub fn live<'a>(changes: &'a [Change]) -> BTreeMap<String, Vec<Live<'a>>> {
    let bodies: Vec<(&Change, Body)> =
        changes.iter().filter_map(|change| Some((change, change.read_body().ok()??))).collect();
    let overwritten: BTreeSet<(&str, ChangeId)> = bodies
        .iter()
        .flat_map(|(change, _)| change.header.overwrites.iter().map(|by| (by.field.as_str(), by.change)))
        .collect();
    let mut fields: BTreeMap<String, Vec<Live<'a>>> = BTreeMap::new();
    for (change, body) in bodies {
        // What was erased was set all the same: to nothing that is left.
        let erased = body.erased.into_keys().map(|field| (field, Value::Null));
        for (field, value) in body.set.into_iter().chain(erased) {
            if !overwritten.contains(&(field.as_str(), change.id)) {
                fields.entry(field).or_default().push(Live { change, value });
            }
        }
    }
    for settings in fields.values_mut() {
        settings.sort_by_key(|setting| std::cmp::Reverse((setting.change.header.clock, setting.change.id)));
        settings.dedup_by_key(|setting| setting.change.id);
    }
    fields
}

/// The state of an entity that only one change made, and nothing overwrites: what [`resolve`] gives, at once.
#[must_use]
pub fn resolve_first(change: &Change) -> Option<EntityState> {
    let body = change.read_body().ok()??;
    let alive = body.set.get(DELETED) != Some(&Value::Bool(true));
    let shown = body.set.into_iter().filter(|(field, value)| field != DELETED && !value.is_null());
    let fields = Fields(shown.collect());
    Some(EntityState { kind: change.header.kind.clone(), alive, fields, conflicts: Vec::new() })
}

/// The state of the entity that these changes made; `None` when none of them has a body.
#[must_use]
pub fn resolve(changes: &[Change]) -> Option<EntityState> {
    let live = live(changes);
    // The kind is the same in all honest changes; should they differ, the smallest name is as good as any and stable.
    let kind = changes.iter().filter(|change| change.body.is_some()).map(|change| &change.header.kind).min()?.clone();
    let mut fields = BTreeMap::new();
    let mut conflicts = Vec::new();
    for (field, settings) in live.iter().filter(|(field, _)| *field != DELETED) {
        let pick = &settings[0].value;
        // Where something stands in a list is nobody's words: the latest place is as good as any, and nobody is asked.
        if field != Field::Rank.name() && settings.iter().any(|setting| setting.value != *pick) {
            let versions = settings.iter().map(|setting| setting.change.id).collect();
            conflicts.push(Conflict { field: field.clone(), versions });
        }
        if !pick.is_null() {
            fields.insert(field.clone(), pick.clone());
        }
    }
    let alive = match life(&live) {
        Life::Alive => true,
        Life::Deleted => false,
        Life::Disputed(conflict) => {
            conflicts.push(conflict);
            true
        }
    };
    if !alive {
        conflicts.clear();
    }
    Some(EntityState { kind, alive, fields: Fields(fields), conflicts })
}

enum Life {
    Alive,
    Deleted,
    Disputed(Conflict),
}

/// Deleted if someone deleted it and every live setting was seen by someone who did; disputed if a setting was not.
fn life(live: &BTreeMap<String, Vec<Live<'_>>>) -> Life {
    let Some(settings) = live.get(DELETED) else { return Life::Alive };
    let (deletions, restorations): (Vec<_>, Vec<_>) =
        settings.iter().partition(|setting| setting.value == Value::Bool(true));
    if deletions.is_empty() {
        return Life::Alive;
    }
    let seen: BTreeSet<ChangeId> = deletions
        .iter()
        .flat_map(|setting| setting.change.header.overwrites.iter())
        .filter(|overwrite| overwrite.field == DELETED)
        .map(|overwrite| overwrite.change)
        .chain(deletions.iter().map(|setting| setting.change.id))
        .collect();
    let unseen: BTreeSet<ChangeId> = live
        .iter()
        .filter(|(field, _)| *field != DELETED)
        .flat_map(|(_, settings)| settings.iter().map(|setting| setting.change.id))
        .chain(restorations.iter().map(|setting| setting.change.id))
        .filter(|id| !seen.contains(id))
        .collect();
    if unseen.is_empty() {
        return Life::Deleted;
    }
    let versions = unseen.into_iter().chain(deletions.iter().map(|setting| setting.change.id)).collect();
    Life::Disputed(Conflict { field: DELETED.to_owned(), versions })
}
