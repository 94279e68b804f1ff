//! Composing the changes of one act: who signs, what each overwrites.

use crate::{Change, ChangeId, Clock, Header, Overwrite, WriterId, body, body_hash, live};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use moisson_domain::{DELETED, EntityId, Fields};
use serde_json::Value;
use std::collections::BTreeSet;

/// What an act does to one entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The entity, new or not.
    pub entity: EntityId,
    /// Name of its kind.
    pub kind: String,
    /// The fields to set; `null` clears one, `deleted: true` deletes the entity.
    pub set: Fields,
}

/// An act: what one person does in one gesture.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// What was done, a stable code.
    pub label: String,
    /// The act it undoes, if it does.
    pub undoes: Option<ChangeId>,
    /// What it does to each entity.
    pub drafts: Vec<Draft>,
}

/// Who acts, when, and where the writer's chain stands.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The writer.
    pub writer: WriterId,
    /// The writer's latest change.
    pub prev: Option<ChangeId>,
    /// `seq` of the next change.
    pub seq: u64,
    /// The highest hybrid clock seen.
    pub clock: Clock,
    /// Wall clock, milliseconds since 1970.
    pub wall: i64,
    /// Pseudonym of who acts.
    pub author: String,
}

impl Draft {
    /// A draft that sets these fields.
    #[must_use]
    pub fn set(entity: EntityId, kind: &str, set: Fields) -> Self {
        Self { entity, kind: kind.to_owned(), set }
    }

    /// A draft that deletes the entity, or brings it back.
    #[must_use]
    pub fn life(entity: EntityId, kind: &str, deleted: bool) -> Self {
        let set = Fields([(DELETED.to_owned(), Value::Bool(deleted))].into());
        Self { entity, kind: kind.to_owned(), set }
    }
}

/// Turns an act into signed changes and moves the signature forward.
///
/// `known` gives the changes already known of an entity (none for a new one), so that each setting names what it
/// overwrites; `salt` gives 12 random bytes.
pub fn compose<E>(
    act: &Act,
    signature: &mut Signature,
    mut known: impl FnMut(EntityId) -> Result<Vec<Change>, E>,
    mut salt: impl FnMut() -> [u8; 12],
) -> Result<Vec<Change>, E> {
    let first = signature.seq;
    let mut changes: Vec<Change> = Vec::with_capacity(act.drafts.len());
    for draft in &act.drafts {
        let mut before = known(draft.entity)?;
        // One act may touch an entity twice; its later change has seen the earlier one.
        before.extend(changes.iter().filter(|change| change.header.entity == draft.entity).cloned());
        let body = body::write(&act.label, &STANDARD_NO_PAD.encode(salt()), act.undoes, &draft.set.0);
        signature.clock = Clock::next(signature.clock, signature.wall);
        let header = Header {
            prev: signature.prev,
            writer: signature.writer,
            seq: signature.seq,
            act: first,
            clock: signature.clock,
            wall: signature.wall,
            kind: draft.kind.clone(),
            entity: draft.entity,
            author: signature.author.clone(),
            // A body just written reads back.
            body_hash: body_hash(&body).unwrap_or_default(),
            overwrites: overwrites(&before, &draft.set),
        };
        let id = header.id();
        signature.prev = Some(id);
        signature.seq += 1;
        changes.push(Change { id, header, body: Some(body) });
    }
    Ok(changes)
}

/// What a setting of these fields overwrites: their live settings; for `deleted`, every live setting its author has seen.
fn overwrites(before: &[Change], set: &Fields) -> Vec<Overwrite> {
    let live = live(before);
    let mut list = BTreeSet::new();
    for field in set.0.keys() {
        let seen = live.iter().filter(|(name, _)| *name == field || field == DELETED);
        for (_, settings) in seen {
            list.extend(settings.iter().map(|setting| Overwrite { field: field.clone(), change: setting.change.id }));
        }
    }
    list.into_iter().collect()
}
