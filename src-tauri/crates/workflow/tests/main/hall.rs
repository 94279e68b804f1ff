//! A démarche with one atelier, a clock that the test moves, and another laptop when one is needed.

use chrono::DateTime;
use moisson_workflow::{
    BundleOptions, EntityId, Field, Fields, Incoming, Kind, Language, Session, Stop, Surroundings, Template,
    views::{Capture, Target},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tempfile::TempDir;

/// 23 June 2022, 14:00 in the Doubs.
const TWO_O_CLOCK: &str = "2022-06-23T14:00:00+02:00";

pub struct Hall {
    pub session: Session,
    pub atelier: EntityId,
    folder: TempDir,
    late: Arc<AtomicI64>,
}

fn world(seed: u64, late: &Arc<AtomicI64>) -> Surroundings {
    let late = Arc::clone(late);
    let start = DateTime::parse_from_rfc3339(TWO_O_CLOCK).unwrap();
    Surroundings {
        now: Box::new(move || start + chrono::Duration::minutes(late.load(Ordering::Relaxed))),
        random: ChaCha20Rng::seed_from_u64(seed),
        author: String::new(),
        language: Language::Fr,
    }
}

/// An empty atelier on a theme.
pub fn hall() -> Hall {
    let folder = tempfile::tempdir().unwrap();
    let late = Arc::new(AtomicI64::new(0));
    let path = folder.path().join("spie.moisson");
    let mut session = Session::new_process(&path, Template::Blank, Some("SPIE"), "A", world(1, &late)).unwrap();
    let theme = session.create_entity(Kind::Theme, set([(Field::Name, json!("Mobilité"))]), None).unwrap();
    let atelier = session
        .create_entity(
            Kind::Workshop,
            set([
                (Field::Title, json!("Mobilité")),
                (Field::Theme, json!(theme)),
                (Field::State, json!("planned")),
                (Field::StartsAt, json!("14:00")),
                (Field::EndsAt, json!("16:05")),
            ]),
            None,
        )
        .unwrap();
    Hall { session, atelier, folder, late }
}

pub fn set<const N: usize>(items: [(Field, Value); N]) -> Fields {
    items.into_iter().collect()
}

impl Hall {
    /// Lets minutes pass.
    pub fn wait(&self, minutes: i64) {
        self.late.fetch_add(minutes, Ordering::Relaxed);
    }

    pub fn step(&mut self, title: &str, minutes: u32) -> EntityId {
        let fields = set([
            (Field::Workshop, json!(self.atelier)),
            (Field::Title, json!(title)),
            (Field::Minutes, json!(minutes)),
        ]);
        self.session.create_entity(Kind::Step, fields, None).unwrap()
    }

    pub fn organisation(&mut self, name: &str, college: &str) -> EntityId {
        let college = self.session.create_entity(Kind::College, set([(Field::Name, json!(college))]), None).unwrap();
        let fields = set([(Field::Name, json!(name)), (Field::College, json!(college))]);
        self.session.create_entity(Kind::Organisation, fields, None).unwrap()
    }

    pub fn participant(&mut self, code: &str, organisation: EntityId) -> EntityId {
        let fields = set([(Field::Code, json!(code)), (Field::Organisation, json!(organisation))]);
        self.session.create_entity(Kind::Participant, fields, None).unwrap()
    }

    pub fn note(&mut self, kind: &str, text: &str) -> EntityId {
        let fields = set([(Field::About, json!(self.atelier)), (Field::Text, json!(text)), (Field::Kind, json!(kind))]);
        self.session.create_entity(Kind::Note, fields, None).unwrap()
    }

    /// Proposals put in a group of that name.
    pub fn group(&mut self, name: &str, proposals: &[&str]) -> EntityId {
        let capture = Capture { text: proposals.join("\n"), ..Capture::default() };
        let ids = self.session.capture(self.atelier, &capture).unwrap();
        self.session.group(&ids, &Target::New { name: name.to_owned() }).unwrap().unwrap()
    }

    /// Titles and minutes of the déroulé.
    pub fn agenda(&self) -> Vec<(String, Option<u32>)> {
        let row = self.session.board(self.atelier).unwrap().workshop;
        row.steps.into_iter().map(|step| (step.title, step.minutes)).collect()
    }

    pub fn dossier(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        let options = BundleOptions { workshops: &[], people: false, since: None, passphrase: None };
        self.session.bundle(&path, options).unwrap();
        path
    }

    /// The same démarche on another laptop.
    pub fn other(&self) -> Session {
        let dossier = self.dossier("all.dossier");
        let path = self.folder.path().join("other.moisson");
        Session::create_from_dossier(&path, &dossier, None, "B", world(2, &self.late)).unwrap()
    }

    /// Takes in what another laptop did.
    pub fn take_in(&mut self, other: &Session) {
        let path = self.folder.path().join("other.dossier");
        other.bundle(&path, BundleOptions { workshops: &[], people: false, since: None, passphrase: None }).unwrap();
        let incoming = Incoming { paths: &[path.as_path()], passphrase: None };
        self.session.merge(incoming, &mut |_| Stop::No).unwrap();
    }
}
