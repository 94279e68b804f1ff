//! Clore and fusionner: dossiers out, dossiers in, and settling what two people wrote of the same thing.

use crate::{Failure, Session, catalog::name, session::millis, views::*};
use moisson_domain::{DELETED, Entity, EntityId, Field, Fields, Kind, ValueType};
use moisson_journal::{ChangeId, Draft};
use moisson_store::{ConflictRow, MergeSummary, Progress, Selection, Stop};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

impl Session {
    /// Writes a dossier of these ateliers (none: all).
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports; no partial file is left.
    pub fn bundle(&self, path: &Path, workshops: &[EntityId], people: bool) -> Result<BundleReport, Failure> {
        for id in workshops {
            self.entity_of(Kind::Workshop, *id)?;
        }
        let selection = Selection {
            workshops: workshops.to_vec(),
            people,
            written_at: (self.world.now)().to_rfc3339(),
            title: self.title()?,
        };
        let written = self.store.bundle(path, &selection)?;
        Ok(BundleReport {
            path: written.path.display().to_string(),
            changes: clamp(written.changes),
            withheld: clamp(written.withheld),
            bytes: bytes(written.bytes),
        })
    }

    /// What taking in these dossiers would do; nothing is written.
    ///
    /// # Errors
    /// The first dossier that cannot be taken in.
    pub fn preview_merge(&mut self, paths: &[&Path]) -> Result<MergeReport, Failure> {
        let summary = self.store.merge(paths, false, &mut |_| Stop::No)?;
        self.merge_report(summary)
    }

    /// Takes in dossiers, all or none.
    ///
    /// # Errors
    /// The first dossier that cannot be taken in; the démarche is as before then.
    pub fn merge(
        &mut self,
        paths: &[&Path],
        progress: &mut dyn FnMut(Progress) -> Stop,
    ) -> Result<MergeReport, Failure> {
        let summary = self.store.merge(paths, true, progress)?;
        self.touch(Kind::ALL.iter().copied());
        self.merge_report(summary)
    }

    fn merge_report(&self, summary: MergeSummary) -> Result<MergeReport, Failure> {
        let mut workshops: BTreeMap<EntityId, (u32, u32)> = BTreeMap::new();
        for touched in summary.touched.iter().filter(|one| one.kind == Kind::Proposal.name()) {
            if let Some(workshop) = touched.parent {
                let counts = workshops.entry(workshop).or_default();
                if touched.created { counts.0 += 1 } else { counts.1 += 1 }
            }
        }
        let mut rows = Vec::new();
        for (id, (created, updated)) in workshops {
            // In a preview, the atelier itself may be among what is not here yet.
            let title = self.store.entity(id)?.map(|entity| name(&entity).name).unwrap_or_default();
            rows.push(WorkshopTouched { id, title, proposals_created: created, proposals_updated: updated });
        }
        let entities = summary.by_kind().into_iter().filter(|(kind, _)| kind != Kind::Writer.name());
        let dossiers = summary.dossiers.into_iter().map(|dossier| DossierRow {
            name: dossier.name,
            replicas: dossier.replicas,
            changes: clamp(dossier.changes),
            changes_new: clamp(dossier.new),
            written_at: Some(dossier.written_at).filter(|at| !at.is_empty()),
        });
        Ok(MergeReport {
            changes_new: clamp(summary.new),
            changes_known: clamp(summary.known),
            changes_waiting: clamp(summary.waiting),
            conflicts_new: clamp(summary.conflicts_new),
            conflicts_settled: clamp(summary.conflicts_settled),
            entities: entities.map(|(kind, (created, updated))| (kind, Touched { created, updated })).collect(),
            workshops: rows,
            dossiers: dossiers.collect(),
        })
    }

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
        Ok(ConflictView {
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
    fn shown(
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
        Ok(match value {
            Value::Null => String::new(),
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
                let version = conflict.versions.iter().find(|version| version.change == change).ok_or_else(unknown)?;
                // Keeping what was changed, of an entity that someone deleted, is keeping the entity.
                if field == DELETED { json!(version.value == json!(true)) } else { version.value.clone() }
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

    /// Makes a new file from a dossier: the same démarche, on this laptop.
    ///
    /// # Errors
    /// What is wrong with the dossier; no file is left then.
    pub fn create_from_dossier(
        path: &Path,
        dossier: &Path,
        replica: &str,
        world: crate::Surroundings,
    ) -> Result<Self, Failure> {
        let (process, _) = moisson_store::Store::process_of(dossier)?;
        let mut session = Self::create(path, process, replica, world)?;
        match session.merge(&[dossier], &mut |_| Stop::No) {
            Ok(_) => Ok(session),
            Err(failure) => {
                drop(session);
                remove(path);
                Err(failure)
            }
        }
    }
}

/// Takes away a file that could not be finished.
pub(crate) fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-lock"] {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        std::fs::remove_file(file).ok();
    }
}

pub(crate) fn clamp(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A size as the window counts it: exact in a double up to 8 PiB.
#[allow(clippy::cast_precision_loss, reason = "file sizes fit 53 bits")]
pub(crate) const fn bytes(count: u64) -> f64 {
    count as f64
}
