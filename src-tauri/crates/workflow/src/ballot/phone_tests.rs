//! Every way of voting, answered by phones.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is not as it should be")]

use super::tests::{METHODS, Room, first, room};
use crate::{CardProblem, Failure, on_phones, views::*};
use moisson_domain::{EntityId, Field, Kind};
use moisson_room::{Origin, Voting};
use moisson_tally::Ballot;
use serde_json::json;

fn ballot(value: serde_json::Value) -> Ballot {
    serde_json::from_value(value).unwrap()
}

fn vote(room: &mut Room, of: EntityId, phone: u8, bulletins: Vec<Ballot>) -> Result<(), Failure> {
    let voting =
        Voting { secret: [phone; 16], slot: None, card: None, ballot: of, bulletins, origin: Origin::default() };
    room.session.vote_by_phone(room.workshop, &voting)
}

fn duel(view: &BallotView, a: usize, b: usize, won: usize) -> Ballot {
    let id = |at: usize| view.options[at].id.to_string();
    ballot(json!({ "duel": [id(a), id(b)], "won": id(won), "channel": "phone" }))
}

#[test]
fn phones_answer_every_method_but_raised_hands_and_may_change_their_mind() {
    let mut room = room();
    for method in METHODS {
        let open = room.open(method);
        let asked = room.session.phone_scene(room.workshop, crate::Sharing::All, false).unwrap().ballots;
        let shown = asked.iter().find(|one| one.id == open.id);
        assert_eq!(shown.is_some(), on_phones(method), "{method:?}");
        let said = Ballot { channel: Some("phone".into()), ..first(&open) };
        if !on_phones(method) {
            assert!(matches!(vote(&mut room, open.id, 1, vec![said]), Err(Failure::BallotState { .. })));
            room.session.close_ballot(open.id).unwrap();
            continue;
        }
        for phone in [1, 2, 1, 1] {
            vote(&mut room, open.id, phone, vec![said.clone()]).unwrap_or_else(|error| panic!("{method:?}: {error}"));
        }
        let page = room.session.ballot(open.id).unwrap();
        assert_eq!((page.bulletins, page.entered.len()), (2, 0), "{method:?}: one each, and nobody reads them");
        // What is not for this method is refused, and changes nothing.
        for wrong in [Ballot::default(), ballot(json!({ "approve": ["nobody"] })), ballot(json!({ "counts": {} }))] {
            assert!(matches!(vote(&mut room, open.id, 1, vec![wrong]), Err(Failure::Bulletin { .. })), "{method:?}");
        }
        assert!(matches!(vote(&mut room, open.id, 1, Vec::new()), Err(Failure::Bulletin { .. })));
        room.session.close_ballot(open.id).unwrap();
        let outcome = room.session.ballot(open.id).unwrap().outcome.unwrap();
        assert_eq!(outcome.winners[0], open.options[0].id.to_string(), "{method:?}");
        assert_eq!((outcome.ballots.as_u64(), outcome.invalid), (Some(2), 0), "{method:?}");
        assert!(matches!(vote(&mut room, open.id, 1, vec![said]), Err(Failure::BallotState { .. })), "too late");
    }
}

#[test]
fn what_phones_are_asked_says_all_that_a_bulletin_needs() {
    let mut room = room();
    for method in [RoomMethod::Score, RoomMethod::ImpactEffort, RoomMethod::Budget, RoomMethod::MajorityJudgment] {
        room.open(method);
    }
    let asked = room.session.phone_scene(room.workshop, crate::Sharing::All, false).unwrap().ballots;
    let told: Vec<_> = asked.iter().map(|one| (one.scale, one.budget, one.grades.len(), one.options[0].cost)).collect();
    let scored = (Some((0, 9)), None, 0, None);
    assert_eq!(told, [scored, scored, (None, Some(900), 0, Some(50_000)), (None, None, 5, None)]);
}

#[test]
fn the_duels_of_one_person_are_replaced_together_and_told_apart_at_closing() {
    let mut room = room();
    let open = room.open(RoomMethod::Pairwise);
    vote(&mut room, open.id, 1, vec![duel(&open, 0, 1, 0)]).unwrap();
    vote(&mut room, open.id, 1, vec![duel(&open, 0, 1, 1), duel(&open, 1, 2, 1)]).unwrap();
    vote(&mut room, open.id, 2, vec![duel(&open, 0, 2, 2)]).unwrap();
    assert_eq!(room.session.ballot(open.id).unwrap().bulletins, 3);
    let twice = vec![duel(&open, 0, 1, 1), duel(&open, 1, 0, 1)];
    assert!(matches!(vote(&mut room, open.id, 3, twice), Err(Failure::Bulletin { .. })), "one voice each in a duel");
    room.session.close_ballot(open.id).unwrap();
    let closed = room.session.ballot(open.id).unwrap();
    assert_eq!(closed.bulletins, 3);
    assert_eq!(closed.outcome.unwrap().winners, [open.options[1].id.to_string()]);
    let urns = room.session.store.children(moisson_domain::Kind::Urn, open.id).unwrap();
    assert_eq!(super::bulletins_of(&urns[0]).len(), 3, "each duel is a bulletin of its own, like any other");
}

#[test]
fn a_card_lets_its_holder_answer_several_duels_and_change_them() {
    let mut room = room();
    let open = room.open(RoomMethod::Pairwise);
    let cards = room.session.draw_cards(open.id, 1).unwrap();
    let mut cast = |slot: u8, card: Option<&str>, bulletins: Vec<Ballot>| {
        let card = card.map(ToOwned::to_owned);
        let voting = Voting {
            secret: [9; 16],
            slot: Some([slot; 16]),
            card,
            ballot: open.id,
            bulletins,
            origin: Origin::default(),
        };
        room.session.vote_by_phone(room.workshop, &voting)
    };
    assert!(matches!(cast(1, None, vec![duel(&open, 0, 1, 0)]), Err(Failure::Card { problem: CardProblem::Needed })));
    cast(1, Some(&cards[0]), vec![duel(&open, 0, 1, 0)]).unwrap();
    cast(1, None, vec![duel(&open, 0, 1, 1), duel(&open, 0, 2, 0)]).unwrap();
    let replayed = cast(2, Some(&cards[0]), vec![duel(&open, 0, 1, 0)]);
    assert!(matches!(replayed, Err(Failure::Card { problem: CardProblem::Spent })));
    assert_eq!(room.session.ballot(open.id).unwrap().bulletins, 2);
}

#[test]
fn a_reason_stands_with_an_objection_only_and_is_one_line_of_words() {
    let mut room = room();
    let open = room.open(RoomMethod::Consent);
    let [a, b] = [0, 1].map(|at| open.options[at].id.to_string());
    let said = |reason: String| {
        ballot(json!({ "stances": { &a: "object", &b: "consent" }, "reasons": { &a: reason, &b: "sans objet" } }))
    };
    assert!(matches!(vote(&mut room, open.id, 1, vec![said("x".repeat(501))]), Err(Failure::Bulletin { .. })));
    vote(&mut room, open.id, 1, vec![said(String::from("Trop\nloin\u{202e} du bourg"))]).unwrap();
    room.session.close_ballot(open.id).unwrap();
    let urns = room.session.store.children(moisson_domain::Kind::Urn, open.id).unwrap();
    let reasons = super::bulletins_of(&urns[0])[0].reasons.clone().unwrap();
    assert_eq!(reasons.into_iter().collect::<Vec<_>>(), [(a, String::from("Trop loin du bourg"))]);
}

#[test]
fn what_phones_send_too_late_or_twice_is_counted_apart_and_is_nobody_s() {
    let mut room = room();
    let open = room.open(RoomMethod::Dots);
    let cards = room.session.draw_cards(open.id, 2).unwrap();
    let said = Ballot { channel: Some("phone".into()), ..first(&open) };
    let mut cast = |slot: u8, card: &str| {
        let (card, bulletins) = (Some(card.to_owned()), vec![said.clone()]);
        let voting = Voting {
            secret: [slot; 16],
            slot: Some([slot; 16]),
            card,
            ballot: open.id,
            bulletins,
            origin: Origin::default(),
        };
        room.session.vote_by_phone(room.workshop, &voting)
    };
    cast(1, &cards[0]).unwrap();
    assert!(cast(2, &cards[0]).is_err() && cast(3, "BBBBBB").is_err());
    let voting = |bulletin| Voting {
        secret: [1; 16],
        slot: Some([1; 16]),
        card: None,
        ballot: open.id,
        bulletins: vec![bulletin],
        origin: Origin::default(),
    };
    let unknown = voting(ballot(json!({ "points": { "nobody": 1 } })));
    assert!(room.session.vote_by_phone(room.workshop, &unknown).is_err());
    let page = room.session.ballot(open.id).unwrap();
    let refused = RefusedBulletins { late: 0, card_spent: 1, card_unknown: 1, invalid: 1 };
    assert_eq!((page.odd.refused, page.odd.questions, page.bulletins), (refused, 0, 1));
    room.session.close_ballot(open.id).unwrap();
    assert!(room.session.vote_by_phone(room.workshop, &voting(said)).is_err());
    let page = room.session.ballot(open.id).unwrap();
    let refused = RefusedBulletins { late: 1, ..refused };
    assert_eq!((page.odd.refused, page.odd.late_asked, page.odd.questions), (refused, true, 1));
    assert_eq!(page.bulletins, 1, "none of it is counted");
    // The laptop is started anew: the count is still there, and so is the question.
    let (mut session, _folder) = room.restarted();
    let page = session.ballot(open.id).unwrap();
    assert_eq!((page.odd.refused, page.odd.late_asked), (refused, true));
    session.note_refused(open.id).unwrap();
    let page = session.ballot(open.id).unwrap();
    assert_eq!((page.odd.refused, page.odd.late_asked, page.odd.questions), (refused, false, 0), "told, and settled");
}

#[test]
fn phones_say_where_they_come_from_if_they_like_and_only_in_an_open_vote() {
    let mut room = room();
    let named = |name: &str| [(Field::Name, json!(name))].into_iter().collect();
    let college = room.session.create_entity(Kind::College, named("Employeurs"), None).unwrap();
    let [north, south] =
        ["Nord", "Sud"].map(|name| room.session.create_entity(Kind::Territory, named(name), None).unwrap());
    room.session.set_links(room.workshop, "territory", &[north]).unwrap();
    let (open, secret) = (room.open_as(RoomMethod::Dots, false), room.open(RoomMethod::Dots));
    let asked = |room: &Room| room.session.phone_scene(room.workshop, crate::Sharing::All, false).unwrap().ballots;
    let told: Vec<_> = asked(&room).iter().map(|one| (one.colleges.len(), one.territories.len())).collect();
    assert_eq!(told, [(1, 0), (0, 0)], "an atelier of one territory has nothing to ask");
    room.session.set_links(room.workshop, "territory", &[north, south]).unwrap();
    assert_eq!(asked(&room)[0].territories.len(), 2);

    let mut cast = |phone: u8, view: &BallotView, origin: Origin| {
        let bulletins = vec![Ballot { channel: Some("phone".into()), ..first(view) }];
        let voting = Voting { secret: [phone; 16], slot: None, card: None, ballot: view.id, bulletins, origin };
        room.session.vote_by_phone(room.workshop, &voting)
    };
    let employer = Origin { college: Some(college), territory: Some(north) };
    for phone in 0..6 {
        cast(phone, &open, if phone < 5 { employer } else { Origin::default() }).unwrap();
    }
    let elsewhere = Origin { college: Some(north), territory: None };
    assert!(matches!(cast(9, &open, elsewhere), Err(Failure::Bulletin { .. })), "no college has this number");
    assert!(matches!(cast(9, &secret, employer), Err(Failure::Bulletin { .. })), "a secret vote does not ask");
    room.session.close_ballot(open.id).unwrap();
    for (by, name) in [(SliceBy::College, "Employeurs"), (SliceBy::Territory, "Nord")] {
        let cut = room.session.slices(open.id, by).unwrap();
        let shown: Vec<_> =
            cut.slices.iter().map(|one| (one.label.as_deref(), one.bulletins, one.outcome.is_some())).collect();
        assert_eq!(shown, [(None, 1, false), (Some(name), 5, false)], "the one could be found by subtraction");
    }
}
