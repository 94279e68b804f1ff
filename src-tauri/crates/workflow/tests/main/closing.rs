//! The end of an atelier: what is left, what it was worth, minutes that say it.

use crate::hall::{hall, set};
use moisson_workflow::{
    Field,
    views::{Capture, Left, PrintedBlock, Todo},
};
use serde_json::json;

#[test]
fn closing_says_what_is_left_and_then_nothing() {
    let mut hall = hall();
    let step = hall.step("Vote", 15);
    hall.session.start_step(step).unwrap();
    hall.session.capture(hall.atelier, &Capture { text: String::from("Un bus"), ..Capture::default() }).unwrap();
    let left = hall.session.closing(hall.atelier).unwrap().left;
    assert!(matches!(
        left.as_slice(),
        [Left::RunningStep { .. }, Left::Ungrouped { count: 1 }, Left::NoAttendance, Left::NoDecision, Left::NoRating]
    ));
    let ids = hall.session.board(hall.atelier).unwrap().ungrouped.iter().map(|card| card.id).collect::<Vec<_>>();
    let target = moisson_workflow::views::Target::New { name: String::from("Bus") };
    hall.session.group(&ids, &target).unwrap();
    hall.session.end_step(step).unwrap();
    hall.session.count_attendance(hall.atelier, None, false, 12).unwrap();
    hall.note("decision_taken", "Essayer un bus");
    hall.session.rate(hall.atelier, 4).unwrap();
    assert!(hall.session.closing(hall.atelier).unwrap().left.is_empty());
}

#[test]
fn closing_ends_the_step_under_way_and_begins_the_minutes_in_one_act() {
    let mut hall = hall();
    let step = hall.step("Vote", 15);
    hall.session.start_step(step).unwrap();
    hall.session.close_workshop(hall.atelier).unwrap();
    let row = hall.session.board(hall.atelier).unwrap().workshop;
    assert_eq!((row.state.as_str(), row.minutes_state.as_deref()), ("closed", Some("draft")));
    assert!(row.steps[0].ended_at.is_some());
    let home = hall.session.home().unwrap();
    assert!(home.todo.iter().any(|todo| matches!(todo, Todo::MinutesToSend { workshops } if workshops.len() == 1)));
    hall.session.undo().unwrap();
    let row = hall.session.board(hall.atelier).unwrap().workshop;
    assert_eq!((row.state.as_str(), row.minutes_state), ("running", None));
    assert!(row.steps[0].ended_at.is_none());
}

#[test]
fn hands_of_two_laptops_add_up_and_the_minutes_give_their_mean() {
    let mut hall = hall();
    let mut other = hall.other();
    for mark in [4, 5, 3] {
        hall.session.rate(hall.atelier, mark).unwrap();
    }
    other.rate(hall.atelier, 5).unwrap();
    hall.take_in(&other);
    let closing = hall.session.closing(hall.atelier).unwrap();
    assert_eq!(closing.ratings, [0, 0, 1, 1, 2]);
    assert!((closing.mean.unwrap() - 4.25).abs() < 1e-9);
    let says = |words: &str| {
        closing.minutes.iter().any(|block| matches!(block, PrintedBlock::Paragraph { text } if text.contains(words)))
    };
    assert!(says("4,2") || says("4,3"), "{:?}", closing.minutes);
    hall.session.unrate(hall.atelier, 5).unwrap();
    assert_eq!(hall.session.closing(hall.atelier).unwrap().ratings, [0, 0, 1, 1, 1]);
    // There is none to take back: nothing happens, and nothing is written.
    hall.session.unrate(hall.atelier, 1).unwrap();
    assert_eq!(hall.session.closing(hall.atelier).unwrap().ratings, [0, 0, 1, 1, 1]);
}

#[test]
fn decisions_next_steps_and_first_words_are_in_the_minutes_under_their_names() {
    let mut hall = hall();
    hall.note("decision_taken", "Le comité se réunit chaque trimestre");
    let next = hall.note("next_step", "Envoyer le compte rendu");
    hall.session.edit_entity(hall.atelier, set([(Field::Introduction, json!("Une salle pleine."))])).unwrap();
    hall.session.edit_entity(next, set([(Field::Done, json!(true))])).unwrap();
    let closing = hall.session.closing(hall.atelier).unwrap();
    assert!(closing.next_steps[0].done);
    let parts: Vec<_> = closing
        .minutes
        .iter()
        .filter_map(|block| match block {
            PrintedBlock::Heading { part: Some(part), .. } => Some(part.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(parts, ["introduction", "decisions", "next_steps"]);
}
