//! Undo: put back what an act changed, unless someone has changed it since.

use crate::{Change, ChangeId, Draft, live};
use moisson_domain::{DELETED, Fields};
use serde_json::Value;
use std::collections::BTreeMap;

/// What undoing an act does to one entity.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Restored {
    /// The draft that puts it back; none when nothing can be.
    pub draft: Option<Draft>,
    /// Fields left alone because their value is no longer the act's.
    pub kept: Vec<String>,
}

/// What to write so that the changes `acted` of one entity (all of one act) are undone, given all its changes.
///
/// A field goes back to what it was only if the act's setting is the one live setting; an entity that the act created is
/// deleted only if nobody has changed it since.
#[must_use]
pub fn restore(changes: &[Change], acted: &[ChangeId]) -> Restored {
    let ours = |id: ChangeId| acted.contains(&id);
    let live = live(changes);
    let Some(last) = changes.iter().find(|change| ours(change.id)) else { return Restored::default() };
    let header = &last.header;
    let draft = |set: BTreeMap<String, Value>| Draft::set(header.entity, &header.kind, Fields(set));

    let created = changes.iter().all(|change| ours(change.id) || change.header.clock > header.clock)
        && changes.iter().any(|change| ours(change.id) && change.header.overwrites.is_empty());
    if created {
        let foreign: Vec<String> = live
            .iter()
            .filter(|(_, settings)| settings.iter().any(|setting| !ours(setting.change.id)))
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
    let before: Vec<Change> = changes.iter().filter(|change| !ours(change.id)).cloned().collect();
    for change in changes.iter().filter(|change| ours(change.id)) {
        let Ok(Some(body)) = change.read_body() else { continue };
        for (field, value) in &body.set {
            if field == DELETED {
                let current = live.get(DELETED).is_some_and(|settings| settings.iter().all(|one| ours(one.change.id)));
                if current {
                    set.insert(field.clone(), Value::Bool(value != &Value::Bool(true)));
                } else {
                    kept.push(field.clone());
                }
                continue;
            }
            match live.get(field).map(Vec::as_slice) {
                Some([one]) if ours(one.change.id) => {
                    set.insert(field.clone(), value_before(&before, field));
                }
                _ if set.contains_key(field) => {}
                _ => kept.push(field.clone()),
            }
        }
    }
    Restored { draft: (!set.is_empty()).then(|| draft(set)), kept }
}

/// The value a field had without the act.
fn value_before(before: &[Change], field: &str) -> Value {
    live(before).get(field).and_then(|settings| settings.first()).map_or(Value::Null, |setting| setting.value.clone())
}
