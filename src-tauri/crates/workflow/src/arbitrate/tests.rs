#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use crate::{
    EntityId, Failure, Field, Kind, Session,
    testing::{noted, room},
    views::*,
};
use moisson_tally::{Ballot, RoomRule};
use serde_json::json;

/// A rapprochement of one proposal of each of these rooms.
fn cluster(session: &mut Session, rooms: &[EntityId], name: &str) -> (EntityId, Vec<EntityId>) {
    let proposals: Vec<EntityId> = rooms.iter().map(|room| noted(session, *room, name)).collect();
    (session.cluster(&proposals, &Target::New { name: name.to_owned() }).unwrap().unwrap(), proposals)
}

/// A closed vote by dots of a room: so many people put their dot on each.
fn voted(session: &mut Session, workshop: EntityId, present: u32, dots: &[(EntityId, u32)]) -> EntityId {
    let about = dots.iter().map(|(id, _)| *id).collect();
    let settings = BallotSettings { points: Some(1), ..BallotSettings::default() };
    let new = NewBallot {
        workshop,
        method: RoomMethod::Dots,
        question: String::from("Que faire d’abord ?"),
        about,
        settings,
        costs: Default::default(),
        secret: false,
        present_count: Some(present),
    };
    let ballot = session.new_ballot(&new).unwrap();
    for option in session.ballot(ballot).unwrap().options {
        let people = dots.iter().find(|(id, _)| Some(*id) == option.about).map_or(0, |(_, people)| *people);
        for _ in 0..people {
            let bulletin: Ballot = serde_json::from_value(json!({ "points": { option.id.to_string(): 1 } })).unwrap();
            session.cast(ballot, &bulletin).unwrap();
        }
    }
    session.close_ballot(ballot).unwrap();
    ballot
}

fn row(session: &Session, cluster: EntityId) -> ArbitrationRow {
    session.arbitration().unwrap().rows.into_iter().find(|row| row.cluster.id == cluster).unwrap()
}

fn place(row: &ArbitrationRow, rule: RoomRule) -> (u32, i32) {
    row.places.iter().find(|one| one.rule == rule).map(|one| (one.place, one.moved)).unwrap()
}

#[test]
fn votes_of_rooms_stand_side_by_side_and_the_rule_says_which_comes_first() {
    let (mut session, here, _folder) = room();
    let title = [(Field::Title, json!("Mobilité")), (Field::Number, json!(8))].into_iter().collect();
    let there = session.create_entity(Kind::Workshop, title, None).unwrap();
    let (bus, bus_of) = cluster(&mut session, &[here, there], "Des bus le soir");
    let (permis, permis_of) = cluster(&mut session, &[here, there], "Avancer le prix du permis");
    let (other, other_of) = cluster(&mut session, &[here, there], "Un garage solidaire");
    voted(&mut session, here, 40, &[(bus_of[0], 20), (permis_of[0], 10), (other_of[0], 2)]);
    voted(&mut session, there, 8, &[(permis_of[1], 5), (other_of[1], 2), (bus_of[1], 1)]);
    let first = row(&session, permis);
    assert_eq!(first.votes.len(), 2);
    assert_eq!(first.rooms, 2);
    let shares: Vec<(Option<u32>, u32)> = first.votes.iter().map(|vote| (vote.supporters, vote.present)).collect();
    assert_eq!(shares, [(Some(10), 40), (Some(5), 8)], "each as it was cast");
    assert!(first.votes.iter().all(|vote| vote.interval.is_some_and(|(low, high)| low < high)));
    // Room by room: permis is 2nd then 1st (0.75), bus 1st then last (0.5). By head the forty of here decide.
    assert_eq!(place(&first, RoomRule::Rooms), (1, 0));
    assert_eq!(place(&row(&session, bus), RoomRule::Heads), (1, 1), "it gains a place");
    assert_eq!(place(&first, RoomRule::Heads), (2, -1));
    assert_eq!(row(&session, other).places.len(), 3);
    let rule = [(Field::PriorityRule, json!("heads"))].into_iter().collect();
    session.edit_entity(session.store.process(), rule).unwrap();
    assert_eq!(place(&row(&session, bus), RoomRule::Heads), (1, 0), "what moves is told against the committee’s rule");
}

#[test]
fn a_second_round_replaces_the_first_in_the_comparison() {
    let (mut session, here, _folder) = room();
    let (bus, bus_of) = cluster(&mut session, &[here], "Des bus le soir");
    let (_, permis_of) = cluster(&mut session, &[here], "Avancer le prix du permis");
    let first = voted(&mut session, here, 10, &[(bus_of[0], 6), (permis_of[0], 2)]);
    let again = session.ask_again(first).unwrap();
    assert_eq!(row(&session, bus).votes.len(), 1, "while it is open the first still counts");
    session.close_ballot(again).unwrap();
    assert_eq!(row(&session, bus).votes.iter().map(|vote| vote.ballot).collect::<Vec<_>>(), [again]);
}

#[test]
fn decisions_stand_beside_those_before_and_setting_aside_wants_a_reason() {
    let (mut session, here, _folder) = room();
    let (bus, _) = cluster(&mut session, &[here], "Des bus le soir");
    let new = |kind, reason: Option<&str>| NewDecision {
        clusters: vec![bus],
        kind,
        reason: reason.map(str::to_owned),
        body: Some(String::from("Comité de pilotage")),
        into: None,
    };
    assert!(matches!(session.decide(&new(DecisionKind::SetAside, Some("  "))), Err(Failure::WhySetAside)));
    assert!(matches!(session.decide(&new(DecisionKind::Merge, None)), Err(Failure::MergeInto)));
    session.decide(&new(DecisionKind::Study, None)).unwrap();
    session.decide(&new(DecisionKind::SetAside, Some("Existe déjà"))).unwrap();
    let decided = row(&session, bus);
    let last = decided.decision.unwrap();
    assert_eq!((last.kind.as_str(), last.reason.as_deref()), ("set_aside", Some("Existe déjà")));
    assert_eq!((last.decided_on.as_deref(), last.body.as_deref()), (Some("2022-06-23"), Some("Comité de pilotage")));
    assert_eq!(decided.earlier.len(), 1, "the day’s first is kept");
    session.undo().unwrap();
    assert_eq!(row(&session, bus).decision.unwrap().kind, "study");
    assert_eq!(session.arbitration().unwrap().decided, 1);
}

#[test]
fn what_is_merged_goes_on_in_the_other_in_one_act() {
    let (mut session, here, _folder) = room();
    let (bus, _) = cluster(&mut session, &[here], "Des bus le soir");
    let (navette, _) = cluster(&mut session, &[here], "Une navette");
    let new =
        NewDecision { clusters: vec![navette], kind: DecisionKind::Merge, reason: None, body: None, into: Some(bus) };
    session.decide(&new).unwrap();
    let kept = row(&session, bus);
    assert_eq!(kept.cluster.proposals, 2);
    let decision = kept.decision.unwrap();
    assert_eq!((decision.kind.as_str(), decision.note.as_deref()), ("merge", Some("Une navette")));
    session.undo().unwrap();
    assert_eq!(session.arbitration().unwrap().rows.len(), 2);
    assert!(row(&session, bus).decision.is_none());
}

#[test]
fn the_list_of_reasons_is_the_committee_s_once_it_has_written_one() {
    let (mut session, _, _folder) = room();
    let usual = session.arbitration().unwrap().reasons;
    assert!(usual.len() > 3);
    let ours = ["Trop cher", "Existe déjà", " ", "Trop cher"].map(str::to_owned);
    session.set_reasons(&ours).unwrap();
    assert_eq!(session.arbitration().unwrap().reasons, ["Trop cher", "Existe déjà"]);
    session.set_reasons(&["Existe déjà".to_owned(), "Hors sujet".to_owned()]).unwrap();
    assert_eq!(session.arbitration().unwrap().reasons, ["Existe déjà", "Hors sujet"]);
    session.undo().unwrap();
    session.undo().unwrap();
    assert_eq!(session.arbitration().unwrap().reasons, usual);
}
