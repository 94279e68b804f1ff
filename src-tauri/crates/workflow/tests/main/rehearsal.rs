//! An atelier is rehearsed in a copy: pretend participants do what phones do, and the démarche knows nothing of it.

use crate::hall::hall;
use chrono::DateTime;
use moisson_workflow::{
    Failure, Language, Pretend, Session, Surroundings, sweep_rehearsals,
    views::{BallotSettings, Capture, NewBallot, RoomMethod},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

fn world() -> Surroundings {
    Surroundings {
        now: Box::new(|| DateTime::parse_from_rfc3339("2022-06-22T18:00:00+02:00").unwrap()),
        random: ChaCha20Rng::seed_from_u64(5),
        author: String::new(),
        language: Language::Fr,
    }
}

fn vote(session: &mut Session, atelier: moisson_workflow::EntityId, method: RoomMethod) -> moisson_workflow::EntityId {
    let about = session.board(atelier).unwrap().ungrouped.iter().take(4).map(|card| card.id).collect();
    let ballot = session.new_ballot(&NewBallot {
        workshop: atelier,
        method,
        question: String::from("Que garder ?"),
        about,
        settings: BallotSettings::default(),
        secret: true,
        present_count: None,
        costs: Vec::new(),
    });
    ballot.unwrap()
}

#[test]
fn pretend_participants_propose_support_and_vote_in_a_copy_and_the_demarche_is_untouched() {
    const PEOPLE: u32 = 24;
    let mut hall = hall();
    hall.group("Déjà là", &["Une proposition de vrai"]);
    let before = hall.session.digest().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("repetition.moisson");
    let mut copy = hall.session.rehearse(&path, world()).unwrap();
    let mut pretend = Pretend::new(&mut copy, hall.atelier, PEOPLE);
    assert_eq!(pretend.count(), 24);

    // They speak until each could say two things, then support each other.
    for _ in 0..200 {
        pretend.beat(&mut copy, false).unwrap();
    }
    let board = copy.board(hall.atelier).unwrap();
    let said: Vec<_> = board.ungrouped.iter().filter(|card| card.origin.as_deref() == Some("phone")).collect();
    assert!((48..=50).contains(&said.len()), "two each, and those of the last moment: {}", said.len());
    let words: std::collections::BTreeSet<_> = said.iter().map(|card| &card.text).collect();
    assert_eq!(words.len(), said.len(), "nobody says the same twice");
    assert!(board.ungrouped.iter().any(|card| card.support > 0));

    for method in [
        RoomMethod::Dots,
        RoomMethod::Approval,
        RoomMethod::MajorityJudgment,
        RoomMethod::Score,
        RoomMethod::Schulze,
        RoomMethod::ImpactEffort,
        RoomMethod::Consent,
        RoomMethod::Consensus,
    ] {
        let ballot = vote(&mut copy, hall.atelier, method);
        let proposed = copy.board(hall.atelier).unwrap().ungrouped.len();
        for _ in 0..100 {
            pretend.beat(&mut copy, false).unwrap();
        }
        assert_eq!(copy.ballot(ballot).unwrap().bulletins, PEOPLE, "each votes once");
        assert_eq!(copy.board(hall.atelier).unwrap().ungrouped.len(), proposed, "nobody proposes during a vote");
        copy.close_ballot(ballot).unwrap();
        let outcome = copy.ballot(ballot).unwrap().outcome.unwrap();
        let counted = serde_json::to_value(&outcome).unwrap();
        assert_eq!((counted["ballots"].as_f64(), outcome.invalid), (Some(f64::from(PEOPLE)), 0), "{method:?}");
    }
    drop(copy);
    assert_eq!(hall.session.digest().unwrap(), before);
}

#[test]
fn what_they_propose_waits_to_be_read_where_the_room_is_moderated() {
    let hall = hall();
    let folder = tempfile::tempdir().unwrap();
    let mut copy = hall.session.rehearse(&folder.path().join("repetition.moisson"), world()).unwrap();
    let mut pretend = Pretend::new(&mut copy, hall.atelier, 12);
    pretend.beat(&mut copy, true).unwrap();
    assert!(copy.board(hall.atelier).unwrap().ungrouped.is_empty());
    assert!(!copy.held_proposals(hall.atelier).unwrap().is_empty());
}

#[test]
fn a_rehearsal_does_not_tell_the_result_of_an_open_vote() {
    let mut hall = hall();
    let capture = Capture { text: String::from("Une\nAutre"), ..Capture::default() };
    hall.session.capture(hall.atelier, &capture).unwrap();
    let ballot = vote(&mut hall.session, hall.atelier, RoomMethod::Hands);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("repetition.moisson");
    let refused = hall.session.rehearse(&path, world());
    assert!(matches!(refused, Err(Failure::RehearsalInVote { question }) if question == "Que garder ?"));
    assert!(!path.exists(), "nothing is left behind");
    hall.session.close_ballot(ballot).unwrap();
    assert!(hall.session.rehearse(&path, world()).is_ok());
}

#[test]
fn copies_that_the_power_left_are_swept_and_the_one_being_played_is_not() {
    let hall = hall();
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        hall.session.rehearse(&folder.path().join(name).join("repetition.moisson"), world()).unwrap()
    };
    let played = copy("played");
    drop(copy("left"));
    sweep_rehearsals(folder.path(), "repetition.moisson");
    assert!(folder.path().join("played").exists());
    assert!(!folder.path().join("left").exists());
    drop(played);
}
