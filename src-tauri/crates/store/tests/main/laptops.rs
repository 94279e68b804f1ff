//! Laptops with a seeded clock and chance, each with its own file.

use moisson_domain::{Entity, EntityId, Field, Fields, Kind};
use moisson_journal::{Act, Change, ChangeId, Draft};
use moisson_store::{By, Incoming, NewFile, Selection, Stop, Store, TrailRow};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

pub struct Laptop {
    pub store: Store,
    state: u64,
    pub wall: i64,
}

/// A folder in memory where there is one: these tests wait for the disk thousands of times.
pub fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

pub fn process() -> EntityId {
    EntityId::from_bytes([9; 16])
}

/// Fills with bytes of a small generator (SplitMix64): enough chance for tests, the same every time.
fn fill(state: &mut u64, bytes: &mut [u8]) {
    for byte in bytes {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        *byte = (z >> 56) as u8;
    }
}

impl Laptop {
    pub fn new(folder: &TempDir, number: u64) -> Self {
        let path = folder.path().join(format!("{number}.moisson"));
        let new = NewFile { process: process(), replica: format!("L{number}") };
        // Clocks years apart: order between laptops must never depend on them.
        let wall = 1_655_200_000_000 + i64::try_from(number).unwrap() * 40_000_000_000;
        Self { store: Store::create(&path, &new).unwrap(), state: number + 1, wall }
    }

    pub fn writes(&mut self, entity: EntityId, kind: Kind, set: &[(Field, Value)]) {
        let draft = Draft::set(entity, kind.name(), set.iter().cloned().collect::<Fields>());
        self.acts(vec![draft]);
    }

    pub fn acts(&mut self, drafts: Vec<Draft>) {
        self.wall += 1000;
        let Self { store, state, wall } = self;
        let mut by = By { author: "", wall: *wall, random: &mut |bytes| fill(state, bytes) };
        store.append(&Act { label: "test".into(), undoes: None, drafts }, &mut by).unwrap();
    }

    pub fn redoes(&mut self) {
        self.wall += 1000;
        let Self { store, state, wall } = self;
        let mut by = By { author: "", wall: *wall, random: &mut |bytes| fill(state, bytes) };
        store.redo(&mut by).unwrap();
    }

    pub fn redacts(&mut self, entity: EntityId, field: Field) {
        self.wall += 1000;
        let mut random = [0; 10];
        fill(&mut self.state, &mut random);
        let new = EntityId::from_parts(u64::try_from(self.wall).unwrap(), random);
        let Self { store, state, wall } = self;
        let mut by = By { author: "", wall: *wall, random: &mut |bytes| fill(state, bytes) };
        store.redact(&[(entity, field.name().to_owned(), Value::Null)], "", || new, &mut by).unwrap();
    }

    /// The file copied to another laptop, where both go on under one name and with the same chance: the worst of copies.
    pub fn clones(&mut self, folder: &TempDir, number: u64) -> Self {
        let path = folder.path().join(format!("{number}.moisson"));
        self.store.copy_to(&path).unwrap();
        self.reopens();
        Self { store: Store::open(&path).unwrap(), state: self.state, wall: self.wall }
    }

    pub fn reopens(&mut self) {
        let path = self.store.path().to_owned();
        // The file is locked while it is open.
        let spare = path.with_extension("spare");
        let old = std::mem::replace(
            &mut self.store,
            Store::create(&spare, &NewFile { process: process(), replica: String::new() }).unwrap(),
        );
        drop(old);
        self.store = Store::open(&path).unwrap();
        for suffix in ["", "-wal", "-shm", "-lock"] {
            let mut file = spare.as_os_str().to_owned();
            file.push(suffix);
            std::fs::remove_file(file).ok();
        }
    }

    /// Every change with its content, in order of arrival.
    pub fn reads(&self, mut each: impl FnMut(&Change)) {
        let dossier = self.store.path().with_extension("read");
        self.store.bundle(&dossier, &Selection::default()).unwrap();
        let read = |change: Change| {
            if change.body.is_some() {
                each(&change);
            }
            Ok(())
        };
        moisson_store::Dossier::open(&dossier, None).unwrap().for_each_change(read).unwrap();
    }

    /// The changes whose content is in sight: not those that wait for others.
    pub fn knows(&self) -> BTreeSet<ChangeId> {
        let mut known = BTreeSet::new();
        let note = |row: TrailRow| {
            if !row.withheld {
                known.insert(row.change);
            }
        };
        self.store.trail(None, note).unwrap();
        known
    }

    /// The file and what lies beside it, as they are on the disk.
    pub fn bytes(&self) -> Vec<u8> {
        let wal = format!("{}-wal", self.store.path().display());
        let read = |path: &Path| std::fs::read(path).unwrap_or_default();
        [read(self.store.path()), read(Path::new(&wal))].concat()
    }

    pub fn undoes(&mut self) {
        self.wall += 1000;
        let Self { store, state, wall } = self;
        let mut by = By { author: "", wall: *wall, random: &mut |bytes| fill(state, bytes) };
        store.undo(&mut by).unwrap();
    }

    pub fn proposal(&mut self, workshop: EntityId, text: &str) -> EntityId {
        let mut random = [0; 10];
        fill(&mut self.state, &mut random);
        let id = EntityId::from_parts(u64::try_from(self.wall).unwrap(), random);
        self.writes(id, Kind::Proposal, &[(Field::Workshop, json!(workshop)), (Field::Text, json!(text))]);
        id
    }

    pub fn proposals(&self) -> Vec<Entity> {
        self.store.list(Kind::Proposal).unwrap()
    }

    pub fn bundles(&self, folder: &Path, name: &str, workshops: &[EntityId]) -> PathBuf {
        let path = folder.join(format!("{name}.dossier"));
        let selection = Selection { workshops: workshops.to_vec(), ..Selection::default() };
        self.store.bundle(&path, &selection).unwrap();
        path
    }

    pub fn merges(&mut self, paths: &[&PathBuf]) {
        let paths: Vec<&Path> = paths.iter().map(|path| path.as_path()).collect();
        self.store.merge(Incoming { paths: &paths, passphrase: None }, true, &mut |_| Stop::No).unwrap();
    }

    pub fn is_sound(&self) {
        assert_eq!(self.store.verify().unwrap().problems, Vec::<String>::new());
    }
}
