//! What unit tests of this crate begin with: an atelier under way in a new démarche.

use crate::{EntityId, Field, Kind, Language, Session, Surroundings, Template, views::Capture};
use chrono::DateTime;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde_json::json;
use tempfile::TempDir;

/// An atelier of a blank démarche, and the folder that goes with the test.
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
pub(crate) fn room() -> (Session, EntityId, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut session =
        Session::new_process(&folder.path().join("spie.moisson"), Template::Blank, None, "A", world()).unwrap();
    let title = [(Field::Title, json!("Mobilité")), (Field::Number, json!(7))].into_iter().collect();
    let workshop = session.create_entity(Kind::Workshop, title, None).unwrap();
    (session, workshop, folder)
}

/// A clock that stands still, and chance that is always the same.
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
pub(crate) fn world() -> Surroundings {
    Surroundings {
        now: Box::new(|| DateTime::parse_from_rfc3339("2022-06-23T14:32:00+02:00").unwrap()),
        random: ChaCha20Rng::seed_from_u64(7),
        author: String::new(),
        language: Language::Fr,
    }
}

/// A proposal noted in an atelier.
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
pub(crate) fn noted(session: &mut Session, workshop: EntityId, text: &str) -> EntityId {
    session.capture(workshop, &Capture { text: text.to_owned(), ..Capture::default() }).unwrap()[0]
}
