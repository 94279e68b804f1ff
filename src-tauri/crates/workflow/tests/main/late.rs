//! Votes that two laptops collected: what arrives after the result is a question, and a closing is not undone.

use crate::hall::{Hall, hall};
use moisson_workflow::{
    EntityId, Failure, Session,
    tally::Ballot,
    views::{BallotSettings, NewBallot, RoomMethod},
};
use serde_json::json;

fn open(hall: &mut Hall, settings: BallotSettings, secret: bool) -> EntityId {
    let one = hall.group("Bus", &["Un bus"]);
    let other = hall.group("Prêt", &["Un prêt"]);
    let ballot = hall.session.new_ballot(&NewBallot {
        workshop: hall.atelier,
        method: RoomMethod::Approval,
        question: String::from("Que garder ?"),
        about: vec![one, other],
        settings,
        secret,
        present_count: None,
        costs: Vec::new(),
    });
    ballot.unwrap()
}

fn cast(session: &mut Session, ballot: EntityId, option: usize, times: u32) {
    let id = session.ballot(ballot).unwrap().options[option].id.to_string();
    for _ in 0..times {
        let bulletin: Ballot = serde_json::from_value(json!({ "approve": [id], "channel": "paper" })).unwrap();
        session.cast(ballot, &bulletin).unwrap();
    }
}

/// Two laptops that both collected bulletins and closed; the first took in what the second did.
fn two_laptops() -> (Hall, EntityId) {
    let mut hall = hall();
    let ballot = open(&mut hall, BallotSettings::default(), true);
    let mut other = hall.other();
    cast(&mut hall.session, ballot, 0, 3);
    cast(&mut other, ballot, 1, 2);
    hall.session.close_ballot(ballot).unwrap();
    hall.wait(5);
    other.close_ballot(ballot).unwrap();
    hall.take_in(&other);
    (hall, ballot)
}

#[test]
fn an_urn_that_arrives_after_the_result_is_a_question_and_may_be_counted() {
    let (mut hall, ballot) = two_laptops();
    let before = hall.session.ballot(ballot).unwrap();
    assert_eq!((before.odd.urns.len(), before.odd.questions), (1, 1));
    let late = before.odd.urns[0].clone();
    assert!(late.laptop.is_some(), "it says which laptop collected it");
    assert_eq!(before.bulletins + late.bulletins, 5, "what is counted and what waits are all there is");
    hall.session.settle_late(ballot, late.id, true).unwrap();
    let after = hall.session.ballot(ballot).unwrap();
    assert_eq!((after.bulletins, after.odd.questions), (5, 0));
    assert_eq!(
        after.outcome.unwrap().winners,
        [after.options[0].id.to_string()],
        "three for the bus, two for the loan"
    );
    assert!(matches!(hall.session.settle_late(ballot, late.id, true), Err(Failure::NoSuch { .. })), "once");
    hall.session.undo().unwrap();
    assert_eq!(hall.session.ballot(ballot).unwrap().odd.questions, 1, "an answer can be taken back");
}

#[test]
fn an_urn_left_aside_changes_nothing_and_is_asked_about_no_more() {
    let (mut hall, ballot) = two_laptops();
    let before = hall.session.ballot(ballot).unwrap();
    hall.session.settle_late(ballot, before.odd.urns[0].id, false).unwrap();
    let after = hall.session.ballot(ballot).unwrap();
    assert_eq!((after.bulletins, after.odd.questions), (before.bulletins, 0));
    assert_eq!(after.outcome, before.outcome);
}

#[test]
fn closing_cannot_be_undone_once_the_bag_was_emptied() {
    let mut hall = hall();
    let ballot = open(&mut hall, BallotSettings::default(), true);
    cast(&mut hall.session, ballot, 0, 3);
    hall.session.close_ballot(ballot).unwrap();
    let closed = hall.session.digest().unwrap();
    for _ in 0..2 {
        let refused = hall.session.undo();
        assert!(matches!(refused, Err(Failure::ClosedForGood { question }) if question == "Que garder ?"));
    }
    assert_eq!(hall.session.digest().unwrap(), closed, "nothing moved");
    assert_eq!(hall.session.ballot(ballot).unwrap().bulletins, 3);
    // What came after it can be.
    let again = hall.session.ask_again(ballot).unwrap();
    hall.session.undo().unwrap();
    assert!(hall.session.ballot(again).is_err());
    // Where nobody had voted there is nothing to lose.
    let empty = open(&mut hall, BallotSettings::default(), true);
    hall.session.close_ballot(empty).unwrap();
    hall.session.undo().unwrap();
    assert_eq!(hall.session.ballot(empty).unwrap().state, "open");
}

#[test]
fn the_opening_of_a_vote_is_not_undone_once_people_voted() {
    let mut hall = hall();
    let ballot = open(&mut hall, BallotSettings::default(), true);
    cast(&mut hall.session, ballot, 0, 2);
    let refused = hall.session.undo();
    assert!(matches!(refused, Err(Failure::VotesIn { question, bulletins: 2 }) if question == "Que garder ?"));
    let keys: Vec<String> = hall.session.ballot(ballot).unwrap().entered.into_iter().map(|one| one.key).collect();
    for key in keys {
        hall.session.withdraw(ballot, &key).unwrap();
    }
    hall.session.undo().unwrap();
    assert!(hall.session.ballot(ballot).is_err(), "nobody loses anything: the vote is gone");
}

#[test]
fn a_vote_is_extended_from_now_or_from_its_end_and_time_that_is_over_closes_nothing() {
    let mut hall = hall();
    let ballot = open(&mut hall, BallotSettings::default(), true);
    let end = |session: &Session| session.ballot(ballot).unwrap().settings.closes_at;
    assert_eq!(end(&hall.session), None);
    hall.session.extend_ballot(ballot, 5).unwrap();
    let first = end(&hall.session).unwrap();
    hall.session.extend_ballot(ballot, 2).unwrap();
    assert_eq!(end(&hall.session).unwrap() - first, 120_000.0);
    hall.wait(30);
    cast(&mut hall.session, ballot, 0, 1);
    hall.session.extend_ballot(ballot, 2).unwrap();
    assert_eq!(end(&hall.session).unwrap() - first, 27.0 * 60_000.0, "long over: two minutes from now");
    hall.session.undo().unwrap();
    assert_eq!(end(&hall.session).unwrap() - first, 120_000.0);
    hall.session.extend_ballot(ballot, 0).unwrap();
    assert_eq!(end(&hall.session), None);
    hall.session.close_ballot(ballot).unwrap();
    assert!(matches!(hall.session.extend_ballot(ballot, 2), Err(Failure::BallotState { .. })));
}

#[test]
fn a_result_is_seen_live_only_where_it_was_chosen_and_never_in_a_secret_vote() {
    let live = BallotSettings { live: true, ..BallotSettings::default() };
    for (settings, secret, seen) in
        [(BallotSettings::default(), false, false), (live.clone(), false, true), (live, true, false)]
    {
        let mut hall = hall();
        let ballot = open(&mut hall, settings, secret);
        cast(&mut hall.session, ballot, 1, 2);
        let page = hall.session.ballot(ballot).unwrap();
        assert_eq!((page.outcome.is_some(), page.settings.live), (seen, seen));
        if let Some(outcome) = page.outcome {
            assert_eq!(outcome.winners, [page.options[1].id.to_string()]);
        }
        assert!(
            !hall
                .session
                .closing(hall.atelier)
                .unwrap()
                .minutes
                .iter()
                .any(|block| { serde_json::to_string(block).unwrap().contains("2 voix") }),
            "minutes hold no result of an open vote"
        );
    }
}
