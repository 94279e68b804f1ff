//! A démarche open on a laptop, and the one door by which acts reach the journal.

use crate::{
    Failure, Language,
    followed::Kept,
    views::{View, *},
};
use chrono::{DateTime, FixedOffset};
use moisson_domain::{DELETED, Entity, EntityId, Field, Fields, Kind, check};
use moisson_journal::{Act, ChangeId, Draft};
use moisson_store::{By, NewFile, Store, VerifyReport};
use rand::RngCore;
use rand_chacha::ChaCha20Rng;
use serde::Serialize;
use serde_json::Value;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// What a session needs of the world: the time, chance, who acts and in which language.
pub struct Surroundings {
    /// The local time now.
    pub now: Box<dyn Fn() -> DateTime<FixedOffset> + Send>,
    /// Random source; seeded, everything replays exactly.
    pub random: ChaCha20Rng,
    /// Pseudonym of who acts; may be empty.
    pub author: String,
    /// Language of what is written for people.
    pub language: Language,
}

/// One démarche open on one laptop.
pub struct Session {
    pub(crate) store: Store,
    pub(crate) world: Surroundings,
    /// Kinds touched since the face last asked.
    touched: BTreeSet<Kind>,
    last_id: u64,
    /// What was read of the file, and follows it.
    pub(crate) kept: RefCell<Kept>,
}

/// What a file holds, in figures.
#[derive(Debug, Clone, Serialize)]
pub struct Info {
    /// Id of the démarche.
    pub process: EntityId,
    /// Title.
    pub title: String,
    /// Name of this laptop.
    pub replica: String,
    /// Laptops whose work is in the file.
    pub replicas: Vec<String>,
    /// Visible entities by kind.
    pub entities: BTreeMap<String, u32>,
    /// Changes in the journal.
    pub changes: u64,
    /// Changes that wait for a missing dossier.
    pub waiting: u32,
    /// Conflicts to settle.
    pub conflicts: u32,
    /// Schema version of the file.
    pub schema: u32,
}

impl Session {
    /// Makes a new file for a démarche with this id.
    pub(crate) fn create(path: &Path, process: EntityId, replica: &str, world: Surroundings) -> Result<Self, Failure> {
        let store = Store::create(path, &NewFile { process, replica: replica.to_owned() })?;
        Ok(Self::over(store, world))
    }

    /// Opens a file to work in it.
    ///
    /// # Errors
    /// Why the file cannot be used.
    pub fn open(path: &Path, world: Surroundings) -> Result<Self, Failure> {
        Ok(Self::over(Store::open(path)?, world))
    }

    /// Opens a file only to read it.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub fn open_to_read(path: &Path, world: Surroundings) -> Result<Self, Failure> {
        Ok(Self::over(Store::open_to_read(path)?, world))
    }

    fn over(store: Store, world: Surroundings) -> Self {
        Self { store, world, touched: BTreeSet::new(), last_id: 0, kept: RefCell::default() }
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Language of what is written for people.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.world.language
    }

    /// Changes the language.
    pub const fn speak(&mut self, language: Language) {
        self.world.language = language;
    }

    /// Names this laptop.
    ///
    /// # Errors
    /// What the store reports.
    pub fn name_replica(&mut self, name: &str) -> Result<(), Failure> {
        Ok(self.store.name_replica(name)?)
    }

    /// Figures about the file.
    ///
    /// # Errors
    /// What the store reports.
    pub fn info(&self) -> Result<Info, Failure> {
        let replicas: BTreeSet<String> =
            self.list(Kind::Writer)?.iter().filter_map(|writer| writer.fields.string(Field::Replica)).collect();
        Ok(Info {
            process: self.store.process(),
            title: self.title()?,
            replica: self.store.replica()?,
            replicas: replicas.into_iter().collect(),
            entities: self.store.counts()?.into_iter().filter(|(kind, _)| kind != Kind::Writer.name()).collect(),
            changes: self.store.change_count()?,
            waiting: self.store.waiting_count()?,
            conflicts: u32::try_from(self.store.conflicts()?.len()).unwrap_or(u32::MAX),
            schema: self.store.schema()?,
        })
    }

    /// Verifies the whole file against its journal.
    ///
    /// # Errors
    /// What the store reports; what does not hold is in the report.
    pub fn verify(&self) -> Result<VerifyReport, Failure> {
        Ok(self.store.verify()?)
    }

    /// Fingerprint of everything people see.
    ///
    /// # Errors
    /// What the store reports.
    pub fn digest(&self) -> Result<String, Failure> {
        Ok(self.store.digest()?)
    }

    /// Calls `each` with every visible entity, as one JSON object with `id`, `kind` and the fields.
    ///
    /// # Errors
    /// What the store reports.
    pub fn dump(&self, kind: Option<&str>, mut each: impl FnMut(&Value)) -> Result<(), Failure> {
        self.store.for_each(kind, |entity| {
            // A field may be called `kind` too (a link's): the entity's own kind keeps the plain name.
            let mut object = serde_json::Map::new();
            object.insert(String::from("id"), Value::String(entity.id.to_string()));
            object.insert(String::from("kind"), Value::String(entity.kind));
            for (field, value) in entity.fields.0 {
                let key = if field == "kind" || field == "id" { format!("{field}_") } else { field };
                object.insert(key, value);
            }
            each(&Value::Object(object));
        })?;
        Ok(())
    }

    /// The views that acts since the last call may have changed, and forgets them.
    pub fn take_touched(&mut self) -> Vec<View> {
        let kinds = std::mem::take(&mut self.touched);
        View::ALL.into_iter().filter(|view| kinds.iter().any(|kind| view.depends_on(*kind))).collect()
    }

    pub(crate) fn touch(&mut self, kinds: impl IntoIterator<Item = Kind>) {
        self.touched.extend(kinds);
    }

    /// Now, milliseconds since 1970.
    pub(crate) fn wall(&self) -> i64 {
        (self.world.now)().timestamp_millis()
    }

    /// A new id, later in order than any this session made: lines pasted together stay in their order.
    pub(crate) fn new_id(&mut self) -> EntityId {
        let millis = u64::try_from(self.wall()).unwrap_or(0).max(self.last_id + 1);
        self.last_id = millis;
        let mut random = [0; 10];
        self.world.random.fill_bytes(&mut random);
        EntityId::from_parts(millis, random)
    }

    pub(crate) fn random_key(&mut self) -> [u8; 16] {
        let mut key = [0; 16];
        self.fill_random(&mut key);
        key
    }

    pub(crate) fn fill_random(&mut self, bytes: &mut [u8]) {
        self.world.random.fill_bytes(bytes);
    }

    /// Checks and writes one act.
    pub(crate) fn act(&mut self, label: &str, drafts: Vec<Draft>) -> Result<Option<ChangeId>, Failure> {
        let Some(act) = self.checked(label, drafts)? else { return Ok(None) };
        self.with_by(|store, by| store.append(&act, by)).map(Some)
    }

    /// An act whose every value fits its field; empty texts become cleared fields; none if nothing is left.
    pub(crate) fn checked(&mut self, label: &str, drafts: Vec<Draft>) -> Result<Option<Act>, Failure> {
        self.keep_adopted(&drafts)?;
        let mut kept = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            let kind = Kind::named(&draft.kind);
            for (name, value) in &mut draft.set.0 {
                if name == DELETED {
                    continue;
                }
                if let Some(kind) = kind {
                    check(kind, name, value)?;
                }
                if value.as_str().is_some_and(|text| text.trim().is_empty()) {
                    *value = Value::Null;
                }
            }
            self.touched.extend(kind);
            if !draft.set.0.is_empty() {
                kept.push(draft);
            }
        }
        Ok((!kept.is_empty()).then(|| Act { label: label.to_owned(), undoes: None, drafts: kept }))
    }

    pub(crate) fn with_by<T>(
        &mut self,
        run: impl FnOnce(&mut Store, &mut By<'_>) -> Result<T, moisson_store::StoreError>,
    ) -> Result<T, Failure> {
        let wall = self.wall();
        let Surroundings { random, author, .. } = &mut self.world;
        let mut by = By { author, wall, random: &mut |bytes| random.fill_bytes(bytes) };
        Ok(run(&mut self.store, &mut by)?)
    }

    /// A visible entity of a kind.
    pub(crate) fn entity(&self, id: EntityId) -> Result<Entity, Failure> {
        self.store.entity(id)?.ok_or(Failure::NoSuch { what: None, reference: id.to_string() })
    }

    pub(crate) fn title(&self) -> Result<String, Failure> {
        let process = self.store.entity(self.store.process())?;
        Ok(process.and_then(|process| process.fields.string(Field::Title)).unwrap_or_default())
    }

    /// What can be undone and redone, and the latest acts.
    ///
    /// # Errors
    /// What the store reports.
    pub fn history(&self) -> Result<History, Failure> {
        let (undo, redo) = self.store.undoable()?;
        let acts = self.store.latest_acts(12)?.into_iter().map(act_row).collect();
        Ok(History { undo: undo.map(act_row), redo: redo.map(act_row), acts })
    }

    /// Undoes the latest act that is not undone.
    ///
    /// # Errors
    /// [`Failure::NothingToUndo`], [`Failure::ClosedForGood`] for the closing of a vote that had bulletins,
    /// [`Failure::VotesIn`] for the opening of one that has some, or what the store reports.
    pub fn undo(&mut self) -> Result<UndoReport, Failure> {
        // The bag was emptied into the urn: undone, the vote would be open and its bulletins gone.
        if let (Some(act), _) = self.store.undoable()?
            && act.label == "ballot.close"
            && act.entities > 1
        {
            return Err(Failure::ClosedForGood { question: act.subject });
        }
        self.keep_votes()?;
        let undone = self.with_by(Store::undo)?.ok_or(Failure::NothingToUndo)?;
        Ok(self.report(undone))
    }

    /// Does again the latest act that was undone.
    ///
    /// # Errors
    /// [`Failure::NothingToRedo`], or what the store reports.
    pub fn redo(&mut self) -> Result<UndoReport, Failure> {
        let done = self.with_by(Store::redo)?.ok_or(Failure::NothingToRedo)?;
        Ok(self.report(done))
    }

    fn report(&mut self, undone: moisson_store::Undone) -> UndoReport {
        self.touch(Kind::ALL.iter().copied());
        UndoReport { act: act_row(undone.act), restored: undone.restored, kept: undone.kept }
    }
}

fn act_row(act: moisson_store::ActSummary) -> ActRow {
    ActRow {
        id: act.first.to_string(),
        label: act.label,
        step: match act.step {
            moisson_store::Step::Done => ActStep::Done,
            moisson_store::Step::Undone => ActStep::Undone,
            moisson_store::Step::Redone => ActStep::Redone,
        },
        subject: shorten(&act.subject, 60),
        entities: act.entities,
        at: millis(act.wall),
        author: act.author,
        replica: act.replica,
    }
}

/// Milliseconds as the window counts them: exact in a double until the year 287396.
#[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit 53 bits")]
pub(crate) const fn millis(wall: i64) -> f64 {
    wall as f64
}

/// The first words of a text.
pub(crate) fn shorten(text: &str, length: usize) -> String {
    let mut short: String = text.chars().take(length).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Fields to set, for drafts written by hand.
pub(crate) fn fields<const N: usize>(items: [(Field, Value); N]) -> Fields {
    items.into_iter().collect()
}
