//! This file's own acts: what can be undone, done again, or shown as the latest gestures.

use crate::{By, Store, StoreError, rows};
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::{Act, Change, ChangeId, restore};
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;

/// How far back undo reaches, in acts.
const REACH: u32 = 500;

/// Which way an act goes: forward, or along what was done before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It does something of its own.
    Done,
    /// It takes an earlier act back.
    Undone,
    /// It does again what was taken back.
    Redone,
}

/// An act as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ActSummary {
    /// Its first change.
    pub first: ChangeId,
    /// What was done (or taken back, or done again), a stable code.
    pub label: String,
    /// Which of these.
    pub step: Step,
    /// What it was done to: the title of the first entity, as set or as it is. Of what was taken back or done again, what was done then.
    pub subject: String,
    /// How many entities it touched.
    pub entities: u32,
    /// Wall clock, milliseconds since 1970.
    pub wall: i64,
    /// Pseudonym of who acted.
    pub author: String,
    /// Laptop.
    pub replica: String,
}

/// What undoing did.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// The act.
    pub act: ActSummary,
    /// How many entities were put back.
    pub restored: u32,
    /// `kind.field` of what was left alone because someone changed it since.
    pub kept: Vec<String>,
}

impl Store {
    /// The acts that undo and redo would take, in that order.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn undoable(&self) -> Result<(Option<ActSummary>, Option<ActSummary>), StoreError> {
        let (undo, redo) = self.stacks().map_err(|source| self.failed(source))?;
        let summary = |id: Option<&ChangeId>| id.map(|id| self.summary(*id)).transpose();
        Ok((summary(undo.last())?.flatten(), summary(redo.last())?.flatten()))
    }

    /// The latest acts of this file, newest first.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn latest_acts(&self, limit: u32) -> Result<Vec<ActSummary>, StoreError> {
        let sql = "SELECT first FROM act ORDER BY n DESC LIMIT ?1";
        let ids: Vec<ChangeId> = self.rows(sql, [limit], |row| row.get(0).map(ChangeId))?;
        ids.into_iter().filter_map(|id| self.summary(id).transpose()).collect()
    }

    /// Undoes the latest act that is not undone; `None` when there is none.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn undo(&mut self, by: &mut By<'_>) -> Result<Option<Undone>, StoreError> {
        let (undo, _) = self.stacks().map_err(|source| self.failed(source))?;
        undo.last().map_or(Ok(None), |id| self.take_back(*id, by))
    }

    /// Does again the latest act that was undone; `None` when there is none.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn redo(&mut self, by: &mut By<'_>) -> Result<Option<Undone>, StoreError> {
        let (_, redo) = self.stacks().map_err(|source| self.failed(source))?;
        redo.last().map_or(Ok(None), |id| self.take_back(*id, by))
    }

    fn take_back(&mut self, first: ChangeId, by: &mut By<'_>) -> Result<Option<Undone>, StoreError> {
        let Some(act) = self.summary(first)? else { return Ok(None) };
        let changes = self.changes_of_act(first).map_err(|source| self.failed(source))?;
        let acted: Vec<ChangeId> = changes.iter().map(|change| change.id).collect();
        let mut entities: Vec<_> =
            changes.iter().map(|change| (change.header.entity, change.header.kind.clone())).collect();
        entities.sort();
        entities.dedup();
        let void = self.void_since(first).map_err(|source| self.failed(source))?;
        let mut drafts = Vec::new();
        let mut kept = Vec::new();
        for (entity, kind) in entities {
            let all = rows::of_entity(&self.conn, entity).map_err(|source| self.failed(source))?;
            let restored = restore(&all, &acted, &void);
            drafts.extend(restored.draft);
            kept.extend(restored.kept.into_iter().map(|field| format!("{kind}.{field}")));
        }
        let restored = u32::try_from(drafts.len()).unwrap_or(u32::MAX);
        if drafts.is_empty() {
            // Nothing can be put back: the act leaves the stack, with the reason told.
            self.conn.execute("DELETE FROM act WHERE first = ?1", [first.0]).map_err(|source| self.failed(source))?;
        } else {
            self.append(&Act { label: act.label.clone(), undoes: Some(first), drafts }, by)?;
        }
        Ok(Some(Undone { act, restored, kept }))
    }

    /// The latest acts of this file, oldest first, each with the one it undoes.
    fn acts(&self) -> rusqlite::Result<Vec<(ChangeId, Option<ChangeId>)>> {
        let mut acts: Vec<(ChangeId, Option<ChangeId>)> = self
            .conn
            .prepare_cached("SELECT first, undoes FROM act ORDER BY n DESC LIMIT ?1")?
            .query_map([REACH], |row| Ok((ChangeId(row.get(0)?), row.get::<_, Option<[u8; 16]>>(1)?.map(ChangeId))))?
            .collect::<Result<_, _>>()?;
        acts.reverse();
        Ok(acts)
    }

    /// The changes of acts after this one that cancel each other out: what was undone, and what undid it.
    fn void_since(&self, first: ChangeId) -> rusqlite::Result<BTreeSet<ChangeId>> {
        let mut undone = BTreeSet::new();
        let mut void = BTreeSet::new();
        for (act, undoes) in self.acts()?.into_iter().rev().take_while(|(act, _)| *act != first) {
            let cancels = undoes.filter(|_| !undone.contains(&act));
            undone.extend(cancels);
            if undone.contains(&act) || cancels.is_some_and(|target| target != first) {
                void.extend(self.changes_of_act(act)?.into_iter().map(|change| change.id));
            }
        }
        Ok(void)
    }

    /// Acts that can be undone and acts that can be done again, oldest first.
    fn stacks(&self) -> rusqlite::Result<(Vec<ChangeId>, Vec<ChangeId>)> {
        let (mut undo, mut redo): (Vec<ChangeId>, Vec<ChangeId>) = (Vec::new(), Vec::new());
        for (act, undoes) in self.acts()? {
            match undoes {
                None => {
                    undo.push(act);
                    redo.clear();
                }
                Some(target) if redo.contains(&target) => {
                    redo.retain(|id| *id != target);
                    undo.push(act);
                }
                Some(target) => {
                    undo.retain(|id| *id != target);
                    redo.push(act);
                }
            }
        }
        Ok((undo, redo))
    }

    /// The changes of an act of this file: it was written at once, so they lie together.
    fn changes_of_act(&self, first: ChangeId) -> rusqlite::Result<Vec<Change>> {
        let sql =
            format!("SELECT {} FROM change WHERE n >= (SELECT n FROM change WHERE id = ?1) ORDER BY n", rows::COLUMNS);
        let mut query = self.conn.prepare_cached(&sql)?;
        let mut changes: Vec<Change> = Vec::new();
        for change in query.query_map([first.0], rows::change)? {
            let change = change?;
            let act = |change: &Change| (change.header.writer, change.header.act);
            if changes.first().is_some_and(|first| act(first) != act(&change)) {
                break;
            }
            changes.push(change);
        }
        Ok(changes)
    }

    /// An act of this file in short; `None` where it is not here, or its content is withheld.
    fn summary(&self, first: ChangeId) -> Result<Option<ActSummary>, StoreError> {
        let run = || -> rusqlite::Result<Option<ActSummary>> {
            let changes = self.changes_of_act(first)?;
            let Some(change) = changes.first() else { return Ok(None) };
            let Ok(Some(body)) = change.read_body() else { return Ok(None) };
            let header = &change.header;
            let entities: BTreeSet<EntityId> = changes.iter().map(|change| change.header.entity).collect();
            let (origin, steps) = self.origin(first)?;
            let step = match steps {
                0 => Step::Done,
                odd if odd % 2 == 1 => Step::Undone,
                _ => Step::Redone,
            };
            Ok(Some(ActSummary {
                first,
                label: body.label,
                step,
                subject: self.subject(origin)?,
                entities: u32::try_from(entities.len()).unwrap_or(u32::MAX),
                wall: header.wall,
                author: header.author.clone(),
                replica: self.replica_of(header.writer.0)?,
            }))
        };
        run().map_err(|source| self.failed(source))
    }

    /// The act that one takes back or does again in the end, and in how many steps: itself in none. No chain is followed further than
    /// undo reaches, so that one without an end is harmless.
    fn origin(&self, mut act: ChangeId) -> rusqlite::Result<(ChangeId, u32)> {
        let mut query = self.conn.prepare_cached("SELECT undoes FROM act WHERE first = ?1 ORDER BY n DESC LIMIT 1")?;
        for steps in 0..REACH {
            let undoes = query.query_row([act.0], |row| row.get::<_, Option<[u8; 16]>>(0)).optional()?;
            match undoes.flatten() {
                Some(target) => act = ChangeId(target),
                None => return Ok((act, steps)),
            }
        }
        Ok((act, REACH))
    }

    /// What an act was done to: nothing where its content is withheld, or is no more.
    fn subject(&self, first: ChangeId) -> rusqlite::Result<String> {
        let sql = format!("SELECT {} FROM change WHERE id = ?1", rows::COLUMNS);
        let change = self.conn.prepare_cached(&sql)?.query_row([first.0], rows::change).optional()?;
        let Some(change) = change else { return Ok(String::new()) };
        let Ok(Some(body)) = change.read_body() else { return Ok(String::new()) };
        let kind = Kind::named(&change.header.kind);
        let title = kind.and_then(Kind::title).map(Field::name);
        let set = |field: &str| body.set.get(field)?.as_str();
        match (title, kind.and_then(Kind::parent)) {
            (Some(title), _) => match set(title) {
                Some(text) => Ok(text.to_owned()),
                None => self.said_of(change.header.entity, title),
            },
            // What has no name of its own goes by that of what it hangs under.
            (None, Some(parent)) => match set(parent.name()).and_then(|id| id.parse().ok()) {
                Some(parent) => self.name_of(parent),
                None => Ok(String::new()),
            },
            (None, None) => Ok(String::new()),
        }
    }

    /// The name of a visible entity, as its kind gives it.
    fn name_of(&self, id: EntityId) -> rusqlite::Result<String> {
        let kind: Option<String> = self
            .conn
            .prepare_cached("SELECT kind FROM visible WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?;
        match kind.and_then(|kind| Kind::named(&kind)).and_then(Kind::title) {
            Some(title) => self.said_of(id, title.name()),
            None => Ok(String::new()),
        }
    }

    /// A text of a visible entity.
    fn said_of(&self, id: EntityId, field: &str) -> rusqlite::Result<String> {
        let text = self
            .conn
            .prepare_cached("SELECT state ->> ?2 FROM visible WHERE id = ?1")?
            .query_row((id.as_bytes(), field), |row| row.get::<_, Option<String>>(0))
            .optional()?;
        Ok(text.flatten().unwrap_or_default())
    }
}
