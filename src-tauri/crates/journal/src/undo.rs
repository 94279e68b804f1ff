//! Undo: put back what an act changed, unless someone has changed it since.

use crate::{Change, ChangeId, Draft, Live, live};
use moisson_domain::{DELETED, Fields};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What undoing an act does to one entity.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Restored {
    /// The draft that puts it back; none when nothing can be.
    pub draft: Option<Draft>,
    /// Fields left alone because their value is no longer the act's.
    pub kept: Vec<String>,
}

/// What to write so that the changes `acted` of one entity (all of one act) are undone, given all its changes. `void` are
/// changes of later acts that were undone, and of the acts that undid them: as if they had not been.
///
/// A field goes back to what it was only if the act's setting is the one live setting; an entity that the act created is
/// deleted only if nobody has changed it since.
#[must_use]
pub fn restore(changes: &[Change], acted: &[ChangeId], void: &BTreeSet<ChangeId>) -> Restored {
    let ours = |id: ChangeId| acted.contains(&id);
    let ours_or_void = |id: ChangeId| ours(id) || void.contains(&id);
    let live_now = live(changes);
    let Some(last) = changes.iter().find(|change| ours(change.id)) else { return Restored::default() };
    let header = &last.header;
    let draft = |set: BTreeMap<String, Value>| Draft::set(header.entity, &header.kind, Fields(set));

    let created = changes.iter().all(|change| ours(change.id) || change.header.clock > header.clock)
        && changes.iter().any(|change| ours(change.id) && change.header.overwrites.is_empty());
    if created {
        let foreign: Vec<String> = live_now
            .iter()
            .filter(|(_, settings)| settings.iter().any(|setting| !ours_or_void(setting.change.id)))
            .map(|(field, _)| field.clone())
            .collect();
        // Restored and deleted again by undo and redo: only the life of the entity changed hands.
        if foreign.is_empty() || foreign == [DELETED] {
            let draft = Draft::life(header.entity, &header.kind, true);
            return Restored { draft: Some(draft), kept: Vec::new() };
        }
        return Restored { draft: None, kept: foreign };
    }

    let mut set = BTreeMap::new();
    let mut kept = Vec::new();
    let valid: Vec<Change> = changes.iter().filter(|change| !void.contains(&change.id)).cloned().collect();
    let before: Vec<Change> = valid.iter().filter(|change| !ours(change.id)).cloned().collect();
    let valid = live(&valid);
    // Whether the one value people see is the act's, or what undoing later acts made of it.
    let current = |field: &str| {
        let all =
            |settings: &[Live<'_>], ours: &dyn Fn(ChangeId) -> bool| settings.iter().all(|one| ours(one.change.id));
        let (now, valid) = (live_now.get(field), valid.get(field));
        now.is_some_and(|now| all(now, &ours_or_void)) && valid.is_some_and(|valid| all(valid, &ours))
    };
    let single = |field: &str| live_now.get(field).is_some_and(|settings| settings.len() == 1);
    for change in changes.iter().filter(|change| ours(change.id)) {
        let Ok(Some(body)) = change.read_body() else { continue };
        for (field, value) in &body.set {
            if field == DELETED {
                if current(field) {
                    set.insert(field.clone(), Value::Bool(value != &Value::Bool(true)));
                } else {
                    kept.push(field.clone());
                }
                continue;
            }
            if current(field) && single(field) {
                set.insert(field.clone(), value_before(&before, field));
            } else if !set.contains_key(field) {
                kept.push(field.clone());
            }
        }
    }
    Restored { draft: (!set.is_empty()).then(|| draft(set)), kept }
}

/// The value a field had without the act.
fn value_before(before: &[Change], field: &str) -> Value {
    live(before).get(field).and_then(|settings| settings.first()).map_or(Value::Null, |setting| setting.value.clone())
}
