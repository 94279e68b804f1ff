#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use super::{keys::Keys, *};
use crate::testing::{noted, room};
use moisson_domain::{EntityId, Field};
use moisson_exchange::unseal;
use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
};

/// The session that a laptop works in, as the meeting reaches it.
struct Open(Arc<Mutex<Session>>);

impl Reach for Open {
    fn run(&self, use_case: &mut dyn FnMut(&mut Session)) {
        use_case(&mut self.0.lock().unwrap());
    }

    fn news(&self) {}
}

struct Laptop {
    session: Arc<Mutex<Session>>,
    workshop: EntityId,
    folder: TempDir,
}

impl Laptop {
    fn new() -> Self {
        let (session, workshop, folder) = room();
        fs::create_dir(folder.path().join("partage")).unwrap();
        Self { session: Arc::new(Mutex::new(session)), workshop, folder }
    }

    fn note(&self, text: &str) -> EntityId {
        noted(&mut self.session.lock().unwrap(), self.workshop, text)
    }

    fn reader(&self) -> Session {
        let path = self.session.lock().unwrap().path().to_owned();
        let world = crate::testing::world();
        Session::open_to_read(&path, world).unwrap()
    }

    fn place(&self) -> PathBuf {
        self.folder.path().join("partage")
    }

    fn keys(&self) -> PathBuf {
        self.folder.path().join("keys")
    }

    fn meet(&self, stop: &dyn Fn() -> bool) -> Result<MeetingReport, Failure> {
        let (place, keys) = (self.place(), self.keys());
        let setup = MeetingSetup { address: place.to_str().unwrap(), access: &Access::default(), keys: &keys };
        meet(&Open(Arc::clone(&self.session)), &self.reader(), setup, stop, &mut |_, _, _| {})
    }

    /// What all segments there say, opened with the keys of the démarche.
    fn said(&self) -> String {
        let keys = Keys::load(&self.reader(), &self.keys()).unwrap();
        let known = keys.ring.keys(&keys.first);
        let mut said = String::new();
        for segment in self.segments() {
            let path = self.folder.path().join("opened.dossier");
            let mut opened = File::create(&path).unwrap();
            unseal("", File::open(segment).unwrap(), &known, &mut opened).unwrap();
            let mut archive = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
            let mut changes = archive.by_name("changes.jsonl").unwrap();
            io::Read::read_to_string(&mut changes, &mut said).unwrap();
        }
        said
    }

    fn segments(&self) -> Vec<PathBuf> {
        let process = fs::read_dir(self.place()).unwrap().next().unwrap().unwrap().path();
        let files = fs::read_dir(process).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == "segment")).collect()
    }
}

#[test]
fn many_small_segments_become_one_and_redacted_words_leave_the_storage() {
    let laptop = Laptop::new();
    let mut evenings = Vec::new();
    for evening in 0..20 {
        evenings.push(laptop.note(&format!("le bus du soir {evening}, un mardi")));
        laptop.meet(&|| false).unwrap();
    }
    assert!(laptop.segments().len() < 18, "{} segments", laptop.segments().len());
    assert!(laptop.said().contains("le bus du soir 7,"));
    laptop.session.lock().unwrap().redact(evenings[7], Field::Text.name(), "", None).unwrap();
    let report = laptop.meet(&|| false).unwrap();
    assert!(report.segments_replaced > 0, "{report:?}");
    let said = laptop.said();
    assert!(!said.contains("le bus du soir 7,"), "what was redacted still lies in the storage");
    assert!(said.contains("le bus du soir 8,"));
    let quiet = laptop.meet(&|| false).unwrap();
    assert_eq!((quiet.segments_put, quiet.segments_replaced, quiet.changes_put), (0, 0, 0), "{quiet:?}");
}

#[test]
fn a_meeting_that_is_stopped_goes_on_the_next_time() {
    let laptop = Laptop::new();
    laptop.note("un bus le soir");
    let asked = std::cell::Cell::new(0);
    for most in 0..40 {
        asked.set(0);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() > most
        };
        match laptop.meet(&stop) {
            Ok(_) => break,
            Err(failure) => assert!(matches!(failure, Failure::Exchange(ExchangeError::Stopped)), "{failure}"),
        }
    }
    let quiet = laptop.meet(&|| false).unwrap();
    assert_eq!((quiet.changes_put, quiet.segments_put), (0, 0), "{quiet:?}");
    assert!(laptop.said().contains("un bus le soir"));
}

#[test]
fn nobody_waits_to_type_while_the_storage_is_waited_for() {
    let laptop = Laptop::new();
    laptop.note("un bus le soir");
    let session = Arc::clone(&laptop.session);
    let asked = std::cell::Cell::new(0);
    // Whoever is asked whether they still wait is not holding the session.
    let stop = || {
        asked.set(asked.get() + 1);
        assert!(session.try_lock().is_ok(), "held while the storage is read or written");
        false
    };
    laptop.meet(&stop).unwrap();
    assert!(asked.get() > 2);
    let rows = laptop.session.lock().unwrap().meetings().unwrap();
    assert_eq!((rows.len(), rows[0].to_give), (1, 0));
    laptop.note("une navette");
    let rows = laptop.reader().meetings().unwrap();
    assert_eq!(rows[0].to_give, 1);
}
