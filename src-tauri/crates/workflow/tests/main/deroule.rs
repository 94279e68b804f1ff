//! The déroulé: taken from the library, run, made longer and shorter.

use crate::hall::{hall, set};
use moisson_workflow::{
    Field, Kind, Language, method_library,
    views::{AgendaFit, StepLength},
};
use serde_json::json;

#[test]
fn a_template_fits_the_hours_and_is_taken_back_by_one_undo() {
    let mut hall = hall();
    hall.step("Café", 10);
    let fit = AgendaFit { people: Some(25), minutes: Some(125) };
    let added = hall.session.apply_agenda(hall.atelier, "two-hours", fit).unwrap();
    let agenda = hall.agenda();
    assert_eq!(agenda.len(), usize::try_from(added).unwrap());
    assert_eq!(agenda.iter().filter_map(|(_, minutes)| *minutes).sum::<u32>(), 125);
    let names: Vec<_> = method_library(Language::Fr).methods.into_iter().map(|method| method.name).collect();
    assert!(agenda.iter().all(|(title, _)| names.contains(title)), "{agenda:?}");
    hall.session.undo().unwrap();
    assert_eq!(hall.agenda(), [(String::from("Café"), Some(10))]);
}

#[test]
fn a_template_keeps_what_has_already_begun() {
    let mut hall = hall();
    let begun = hall.step("Accueil", 10);
    hall.step("À remplacer", 10);
    hall.session.start_step(begun).unwrap();
    hall.session.apply_agenda(hall.atelier, "ninety-minutes", AgendaFit::default()).unwrap();
    let agenda = hall.agenda();
    assert_eq!(agenda[0].0, "Accueil");
    assert!(agenda.iter().all(|(title, _)| title != "À remplacer"), "{agenda:?}");
}

#[test]
fn a_method_brings_its_goal_its_material_and_its_words_in_the_language_of_who_adds_it() {
    let mut hall = hall();
    let last = hall.step("Fin", 5);
    hall.session.add_method(hall.atelier, "dot-vote", Some(40), Some(last)).unwrap();
    hall.session.speak(Language::En);
    hall.session.add_method(hall.atelier, "roti", None, None).unwrap();
    assert_eq!(hall.agenda()[0], (String::from("Vote par gommettes"), Some(20)));
    let agenda = hall.session.agenda(hall.atelier).unwrap();
    let vote = &agenda.steps[0];
    assert!(vote.goal.is_some() && vote.material.is_some() && vote.wording.is_some() && vote.instructions.is_some());
    assert!(agenda.steps[2].wording.as_ref().unwrap().starts_with("One last thing"));
    assert!(hall.session.add_method(hall.atelier, "no-such", None, None).is_err());
}

#[test]
fn another_atelier_s_deroule_is_copied_whole_without_its_hours() {
    let mut hall = hall();
    hall.session.add_method(hall.atelier, "findings", None, None).unwrap();
    let vote = hall.session.add_method(hall.atelier, "dot-vote", None, None).unwrap();
    hall.session.start_step(vote).unwrap();
    hall.session.stretch_steps(&[StepLength { step: vote, minutes: 40 }]).unwrap();
    let title = set([(Field::Title, json!("Santé"))]);
    let other = hall.session.create_entity(Kind::Workshop, title, None).unwrap();
    assert_eq!(hall.session.copy_agenda(other, hall.atelier).unwrap(), 2);
    let row = hall.session.board(other).unwrap().workshop;
    assert!(row.steps.iter().all(|step| step.started_at.is_none() && step.planned.is_none()));
    // What was planned there, not what a long discussion made of it.
    assert_eq!(row.steps[1].minutes, Some(15));
    assert!(hall.session.agenda(other).unwrap().steps.iter().all(|step| step.wording.is_some()));
}

#[test]
fn starting_a_step_ends_the_one_before_and_opens_the_atelier_in_one_act() {
    let mut hall = hall();
    let (first, second) = (hall.step("Accueil", 10), hall.step("Constats", 15));
    hall.session.start_step(first).unwrap();
    hall.wait(12);
    hall.session.start_step(second).unwrap();
    let row = hall.session.board(hall.atelier).unwrap().workshop;
    assert_eq!(row.state, "running");
    let minutes = (row.steps[0].ended_at.unwrap() - row.steps[0].started_at.unwrap()) / 60_000.0;
    assert!((minutes - 12.0).abs() < 0.01, "{minutes}");
    assert_eq!(row.steps[0].ended_at, row.steps[1].started_at);
    hall.session.undo().unwrap();
    let row = hall.session.board(hall.atelier).unwrap().workshop;
    assert!(row.steps[0].ended_at.is_none() && row.steps[1].started_at.is_none(), "the first is under way again");
    hall.session.undo().unwrap();
    let row = hall.session.board(hall.atelier).unwrap().workshop;
    assert_eq!((row.state.as_str(), row.steps[0].started_at), ("planned", None));
}

#[test]
fn catching_up_is_one_act_that_keeps_what_was_planned() {
    let mut hall = hall();
    let (first, second, third) = (hall.step("Accueil", 10), hall.step("Propositions", 40), hall.step("Vote", 15));
    // Before the atelier a new length is the plan itself.
    hall.session.stretch_steps(&[StepLength { step: third, minutes: 20 }]).unwrap();
    hall.session.start_step(first).unwrap();
    let cut = [StepLength { step: second, minutes: 32 }, StepLength { step: third, minutes: 15 }];
    hall.session.stretch_steps(&cut).unwrap();
    let lengths = |hall: &crate::hall::Hall| -> Vec<_> {
        let row = hall.session.board(hall.atelier).unwrap().workshop;
        row.steps.into_iter().map(|step| (step.minutes.unwrap(), step.planned)).collect()
    };
    assert_eq!(lengths(&hall), [(10, None), (32, Some(40)), (15, Some(20))]);
    // A second change leaves the plan as it was.
    hall.session.stretch_steps(&[StepLength { step: second, minutes: 30 }]).unwrap();
    assert_eq!(lengths(&hall)[1], (30, Some(40)));
    hall.session.undo().unwrap();
    hall.session.undo().unwrap();
    assert_eq!(lengths(&hall), [(10, None), (40, None), (20, None)]);
}
