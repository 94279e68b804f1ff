//! Erasing: a passage of text, or a person. Redactions are changes like any other, so they travel and erase wherever they
//! arrive; what they name stays in its place in history, without its words.

use crate::{By, Store, StoreError, rows};
use moisson_domain::{DELETED, EntityId, Field, Fields, Kind};
use moisson_journal::{Act, Body, Change, ChangeId, Draft, erase, read_line, write_line};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A place in the journal where some words stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The entity.
    pub entity: EntityId,
    /// Name of its kind.
    pub kind: String,
    /// Name of the field.
    pub field: String,
}

/// What is erased, by change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Redactions(HashMap<ChangeId, BTreeSet<String>>);

impl Redactions {
    pub(crate) fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let mut redactions = Self::default();
        let mut query = conn.prepare_cached("SELECT change, field FROM redacted")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            redactions.extend(vec![(ChangeId(row.get(0)?), row.get(1)?)]);
        }
        Ok(redactions)
    }

    pub(crate) fn extend(&mut self, named: Vec<(ChangeId, String)>) {
        for (change, field) in named {
            self.0.entry(change).or_default().insert(field);
        }
    }

    /// The change as it may be kept; `None` when nothing of it is to be erased.
    pub(crate) fn strip(&self, change: &Change) -> Option<Change> {
        let fields = self.0.get(&change.id).filter(|_| may_lose(&change.header.kind))?;
        let body = erase(change.body.as_deref()?, fields).ok()??;
        Some(Change { body: Some(body), ..change.clone() })
    }
}

/// A redaction erases neither another redaction nor the name of a laptop: the first would bring words back.
fn may_lose(kind: &str) -> bool {
    ![Kind::Redaction.name(), Kind::Writer.name()].contains(&kind)
}

/// What a redaction says: the changes, and the field each of them loses. Nothing for any other change.
pub(crate) fn named(change: &Change) -> Vec<(ChangeId, String)> {
    let Some(body) = (change.header.kind == Kind::Redaction.name()).then(|| change.read_body().ok()?).flatten() else {
        return Vec::new();
    };
    let field = body.set.get(Field::Field.name()).and_then(Value::as_str).filter(|field| *field != DELETED);
    let changes = body.set.get(Field::Changes.name()).and_then(Value::as_array);
    let (Some(field), Some(changes)) = (field, changes) else { return Vec::new() };
    let ids = changes.iter().filter_map(|id| id.as_str()?.parse().ok());
    ids.map(|id| (id, field.to_owned())).collect()
}

/// Erases what redactions name, among the changes that are here, those that wait and those that will come; returns the
/// entities that look different.
pub(crate) fn apply(conn: &Connection, named: &[(ChangeId, String)]) -> rusqlite::Result<BTreeSet<EntityId>> {
    let mut touched = BTreeSet::new();
    for (id, field) in named {
        conn.prepare_cached("INSERT OR IGNORE INTO redacted (change, field) VALUES (?1, ?2)")?
            .execute(params![id.0, field])?;
        let fields = BTreeSet::from([field.clone()]);
        let here: Option<([u8; 16], String, Option<String>)> = conn
            .prepare_cached("SELECT entity, kind, body FROM change WHERE id = ?1")?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        if let Some((entity, kind, Some(body))) = here
            && may_lose(&kind)
            && let Ok(Some(left)) = erase(&body, &fields)
        {
            conn.prepare_cached("UPDATE change SET body = ?2 WHERE id = ?1")?.execute(params![id.0, left])?;
            touched.insert(EntityId::from_bytes(entity));
        }
        let waits: Option<String> = conn
            .prepare_cached("SELECT line FROM waiting WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?;
        if let Some(change) = waits.and_then(|line| read_line(&line).ok())
            && may_lose(&change.header.kind)
            && let Ok(Some(left)) = erase(change.body.as_deref().unwrap_or_default(), &fields)
        {
            let line = write_line(&Change { body: Some(left), ..change }, false);
            conn.prepare_cached("UPDATE waiting SET line = ?2 WHERE id = ?1")?.execute(params![id.0, line])?;
        }
    }
    Ok(touched)
}

/// Notes, in the transaction that erases, that old words still lie in freed pages.
pub(crate) fn scrub_is_due(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('scrub', '1')", []).map(|_| ())
}

/// Whether an act erases: such an act cannot be undone.
pub(crate) fn is_final(act: &Act) -> bool {
    act.drafts
        .iter()
        .any(|draft| draft.kind == Kind::Redaction.name() || draft.set.0.contains_key(Field::Forgotten.name()))
}

/// Whether someone asked, here or elsewhere, that this participant be forgotten.
pub(crate) fn is_forgotten(conn: &Connection, participant: EntityId) -> rusqlite::Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM change WHERE {} AND body ->> '$.set.{}' = 1)",
        rows::OF_ENTITY,
        Field::Forgotten.name()
    );
    conn.prepare_cached(&sql)?.query_row([participant.as_bytes()], |row| row.get(0))
}

/// Takes away the names of those among the changed entities who are to be forgotten; tells whether there were any.
pub(crate) fn forget_among(conn: &Connection, changed: &HashSet<EntityId>) -> rusqlite::Result<bool> {
    let mut gone = false;
    // People are few, entities many.
    let people = conn.prepare("SELECT participant FROM person")?.query_map([], |row| row.get(0))?.collect::<Vec<_>>();
    for person in people {
        let person = EntityId::from_bytes(person?);
        if changed.contains(&person) && is_forgotten(conn, person)? {
            conn.prepare_cached("DELETE FROM person WHERE participant = ?1")?.execute([person.as_bytes()])?;
            gone = true;
        }
    }
    Ok(gone)
}

/// Keeps what a dossier says of a person, unless they are known here or to be forgotten.
pub(crate) fn welcome(conn: &Connection, participant: EntityId, fields: &str) -> rusqlite::Result<()> {
    if !is_forgotten(conn, participant)? {
        conn.prepare_cached("INSERT INTO person (participant, fields) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![participant.as_bytes(), fields])?;
    }
    Ok(())
}

impl Store {
    /// Erases everything that a field of an entity has ever held, and writes `instead` where it is visible. Returns how many
    /// changes lost it. When this returns, the file holds the words nowhere.
    ///
    /// `new` is the id of the redaction.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEntity`], or what SQLite reports.
    pub fn redact(
        &mut self,
        places: &[(EntityId, String, Value)],
        reason: &str,
        mut new: impl FnMut() -> EntityId,
        by: &mut By<'_>,
    ) -> Result<u64, StoreError> {
        let mut drafts = Vec::new();
        let mut erased = BTreeSet::new();
        for (entity, field, instead) in places {
            let changes = rows::of_entity(&self.conn, *entity).map_err(|source| self.failed(source))?;
            let Some(kind) = changes.first().map(|change| change.header.kind.clone()) else {
                return Err(StoreError::NoSuchEntity(*entity));
            };
            let sets = |body: &Body| body.set.get(field).is_some_and(|value| !value.is_null());
            let named: Vec<ChangeId> = changes
                .iter()
                .filter(|change| change.read_body().ok().flatten().is_some_and(|body| sets(&body)))
                .map(|change| change.id)
                .collect();
            if named.is_empty() {
                continue;
            }
            erased.extend(named.iter().copied());
            // What was deleted is not brought back for having lost its words.
            let visible = self.entity(*entity)?;
            if visible.is_some_and(|visible| visible.fields.0.contains_key(field)) {
                drafts.push(Draft::set(*entity, &kind, Fields([(field.clone(), instead.clone())].into())));
            }
            let set = Fields::from_iter([
                (Field::About, json!(entity)),
                (Field::Field, json!(field)),
                (Field::Changes, json!(named)),
                (Field::Reason, if reason.is_empty() { Value::Null } else { json!(reason) }),
            ]);
            drafts.push(Draft::set(new(), Kind::Redaction.name(), set));
        }
        if !erased.is_empty() {
            self.append(&Act { label: String::from("redact"), undoes: None, drafts }, by)?;
            self.scrub()?;
        }
        Ok(erased.len() as u64)
    }

    /// Forgets a participant: their name and addresses go, here now and wherever this merges later, even from a dossier
    /// that still holds them. Their pseudonym and their work stay.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn forget(&mut self, participant: EntityId, by: &mut By<'_>) -> Result<(), StoreError> {
        let set = Fields::from_iter([(Field::Forgotten, json!(true))]);
        let drafts = vec![Draft::set(participant, Kind::Participant.name(), set)];
        self.append_with(&Act { label: String::from("participant.forget"), undoes: None, drafts }, by, |tx| {
            tx.execute("DELETE FROM person WHERE participant = ?1", [participant.as_bytes()]).map(|_| ())
        })?;
        self.scrub()
    }

    /// Where, now or in the past, a text holds what `matches` looks for.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn places(&self, matches: impl Fn(&str) -> bool) -> Result<BTreeSet<Place>, StoreError> {
        let mut places = BTreeSet::new();
        self.for_each_change(|change| {
            let Ok(Some(body)) = change.read_body() else { return Ok(()) };
            for (field, value) in body.set {
                if value.as_str().is_some_and(&matches) {
                    let Change { header, .. } = &change;
                    places.insert(Place { entity: header.entity, kind: header.kind.clone(), field });
                }
            }
            Ok(())
        })?;
        Ok(places)
    }

    /// Finishes an erasure that a power cut interrupted.
    pub(crate) fn scrub_if_due(&self) -> Result<(), StoreError> {
        let due = self.conn.query_row("SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'scrub')", [], |row| row.get(0));
        if due.map_err(|source| self.failed(source))? { self.scrub() } else { Ok(()) }
    }

    /// Rewrites the file without what was erased: freed pages and the write-ahead log hold old words until then.
    pub(crate) fn scrub(&self) -> Result<(), StoreError> {
        let run = || -> rusqlite::Result<()> {
            // In memory: a temporary file would leave the words on the disk.
            self.conn.pragma_update(None, "temp_store", "MEMORY")?;
            self.conn.execute_batch("VACUUM")?;
            self.conn.execute("DELETE FROM meta WHERE key = 'scrub'", [])?;
            self.conn.pragma_update(None, "temp_store", "DEFAULT")?;
            self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        };
        run().map_err(|source| self.failed(source))
    }
}
