//! Every way of voting from the question to the result, as a room goes through it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is not as it should be")]

use crate::{Failure, Language, Session, Surroundings, Template, views::*};
use chrono::DateTime;
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::Draft;
use moisson_tally::{Ballot, SharingRule};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tempfile::TempDir;

pub(super) const METHODS: [RoomMethod; 16] = [
    RoomMethod::Hands,
    RoomMethod::Dots,
    RoomMethod::Approval,
    RoomMethod::Score,
    RoomMethod::MajorityJudgment,
    RoomMethod::Borda,
    RoomMethod::Copeland,
    RoomMethod::Irv,
    RoomMethod::RankedPairs,
    RoomMethod::Schulze,
    RoomMethod::Stv,
    RoomMethod::Pairwise,
    RoomMethod::ImpactEffort,
    RoomMethod::Budget,
    RoomMethod::Consent,
    RoomMethod::Consensus,
];

/// An atelier of three proposals.
pub(super) struct Room {
    pub(super) session: Session,
    pub(super) workshop: EntityId,
    about: Vec<EntityId>,
    folder: TempDir,
}

pub(super) fn world() -> Surroundings {
    Surroundings {
        now: Box::new(|| DateTime::parse_from_rfc3339("2022-06-14T10:00:00+02:00").unwrap()),
        random: ChaCha20Rng::seed_from_u64(1),
        author: String::new(),
        language: Language::Fr,
    }
}

pub(super) fn room() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("spie.moisson");
    let mut session = Session::new_process(&path, Template::Blank, None, "A", world()).unwrap();
    let title = [(Field::Title, json!("Mobilité"))].into_iter().collect();
    let workshop = session.create_entity(Kind::Workshop, title, None).unwrap();
    let lines = Capture { text: String::from("Un bus\nUn vélo\nUn permis"), ..Capture::default() };
    let about = session.capture(workshop, &lines).unwrap();
    Room { session, workshop, about, folder }
}

impl Room {
    /// The laptop is started anew.
    pub(super) fn restarted(self) -> (Session, TempDir) {
        let Self { session, folder, .. } = self;
        let path = session.path().to_owned();
        drop(session);
        (Session::open(&path, world()).unwrap(), folder)
    }

    /// A secret vote on the three.
    pub(super) fn open(&mut self, method: RoomMethod) -> BallotView {
        self.open_as(method, true)
    }

    /// A vote on the three, that asks where bulletins come from unless it is secret.
    pub(super) fn open_as(&mut self, method: RoomMethod, secret: bool) -> BallotView {
        let settings = BallotSettings {
            max: Some(9),
            seats: (method == RoomMethod::Stv).then_some(2),
            budget: Some(900),
            ask_origin: true,
            rule: (method == RoomMethod::Budget).then_some(SharingRule::Mes),
            ..BallotSettings::default()
        };
        let new = NewBallot {
            workshop: self.workshop,
            method,
            question: String::from("Par quoi commencer ?"),
            about: self.about.clone(),
            settings,
            secret,
            present_count: Some(12),
            costs: if method == RoomMethod::Budget { vec![500, 300, 400] } else { Vec::new() },
        };
        let id = self.session.new_ballot(&new).unwrap();
        self.session.ballot(id).unwrap()
    }
}

/// A bulletin that puts the first option first, as each method says it.
pub(super) fn first(view: &BallotView) -> Ballot {
    let [a, b, c] = [0, 1, 2].map(|at| view.options[at].id.to_string());
    let body: Value = match view.method {
        RoomMethod::Hands => json!({"counts": {a: 7, b: 2, c: 1}}),
        RoomMethod::Dots => json!({"points": {a: 4, b: 1}}),
        RoomMethod::Approval | RoomMethod::Budget => json!({"approve": [a, b]}),
        RoomMethod::Score => json!({"scores": {a: 9, b: 4, c: 0}}),
        RoomMethod::MajorityJudgment => json!({"grades": {a: 4, b: 2, c: 0}}),
        RoomMethod::Pairwise => json!({"duel": [a, b], "won": a}),
        RoomMethod::ImpactEffort => json!({"scores": {a: {"impact": 9, "effort": 1}, b: {"impact": 2, "effort": 1}}}),
        RoomMethod::Consent => {
            json!({"stances": {a: "consent", b: "stand-aside", c.clone(): "object"}, "reasons": {c: "Trop loin."}})
        }
        RoomMethod::Consensus => json!({"votes": {a: 1, b: 0, c: -1}}),
        _ => json!({"ranking": [[a], [b], [c]]}),
    };
    serde_json::from_value(body).unwrap()
}

#[test]
fn every_method_goes_from_the_question_to_the_result() {
    let mut room = room();
    for method in METHODS {
        let open = room.open(method);
        assert!(!open.rule.is_empty() && open.outcome.is_none(), "{method:?}");
        for channel in ["paper", "phone"] {
            let bulletin = Ballot { channel: Some(channel.into()), ..first(&open) };
            room.session.cast(open.id, &bulletin).unwrap_or_else(|error| panic!("{method:?}: {error}"));
        }
        room.session.close_ballot(open.id).unwrap();
        let closed = room.session.ballot(open.id).unwrap();
        let outcome = closed.outcome.unwrap();
        assert_eq!(outcome.winners[0], open.options[0].id.to_string(), "{method:?}");
        assert_eq!(outcome.by_channel.len(), 2, "{method:?}");
        assert!(room.session.votes_about().unwrap().contains_key(&room.about[0]), "{method:?} is told in words");
        for other in closed.others {
            let again = room.session.recount(open.id, other).unwrap();
            // As many are kept as were asked for: the best one comes first either way.
            assert_eq!(again.winners[0], open.options[0].id.to_string(), "{method:?} by {other:?}");
        }
        // What another method would have to invent is refused.
        assert!(room.session.recount(open.id, RoomMethod::Consent).is_err());
    }
}

#[test]
fn asking_again_is_a_new_round_that_keeps_the_first() {
    let mut room = room();
    let open = room.open(RoomMethod::Schulze);
    assert!(matches!(room.session.ask_again(open.id), Err(Failure::BallotState { .. })));
    room.session.cast(open.id, &first(&open)).unwrap();
    room.session.close_ballot(open.id).unwrap();
    let second = room.session.ask_again(open.id).unwrap();
    let view = room.session.ballot(second).unwrap();
    assert_eq!(view.options.iter().map(|one| &one.label).collect::<Vec<_>>(), ["Un bus", "Un vélo", "Un permis"]);
    assert_eq!((view.state.as_str(), view.bulletins, view.method), ("open", 0, RoomMethod::Schulze));
    let rounds = |view: &BallotView| view.rounds.iter().map(|round| round.id).collect::<Vec<_>>();
    assert_eq!(rounds(&view), [open.id, second]);
    let kept = room.session.ballot(open.id).unwrap();
    assert_eq!((kept.bulletins, rounds(&kept)), (1, vec![open.id, second]));
}

#[test]
fn a_method_of_a_later_version_is_shown_as_such_and_stops_nothing() {
    let mut room = room();
    let open = room.open(RoomMethod::Dots);
    let set = [(Field::Method, json!("quadratic"))].into_iter().collect();
    room.session.act("edit", vec![Draft::set(open.id, Kind::Ballot.name(), set)]).unwrap();
    let view = room.session.ballot(open.id).unwrap();
    assert_eq!(view.method, RoomMethod::Unknown);
    assert!(room.session.board(room.workshop).unwrap().ballots.iter().any(|row| row.method == RoomMethod::Unknown));
    assert!(matches!(room.session.cast(open.id, &first(&open)), Err(Failure::Tally(_))));
    assert!(matches!(room.session.close_ballot(open.id), Err(Failure::Tally(_))));
}

#[test]
fn parts_of_fewer_than_five_are_withheld() {
    let mut room = room();
    let open = room.open_as(RoomMethod::Dots, false);
    let [a, b] = [0, 1].map(|at| open.options[at].id.to_string());
    let mut cast = |channel: &str, liked: &str, count: u32| {
        for _ in 0..count {
            let bulletin = json!({"points": {liked: 5}, "channel": channel});
            room.session.cast(open.id, &serde_json::from_value(bulletin).unwrap()).unwrap();
        }
    };
    cast("paper", &a, 7);
    cast("phone", &b, 6);
    cast("keyboard", &b, 2);
    cast("hands", &a, 1);
    assert!(matches!(room.session.slices(open.id, SliceBy::Channel), Err(Failure::BallotState { .. })));
    room.session.close_ballot(open.id).unwrap();
    let cut = room.session.slices(open.id, SliceBy::Channel).unwrap();
    let shown: Vec<(Option<&str>, bool)> =
        cut.slices.iter().map(|slice| (slice.label.as_deref(), slice.outcome.is_some())).collect();
    assert_eq!(
        shown,
        [(Some("hands"), false), (Some("keyboard"), false), (Some("paper"), true), (Some("phone"), true)]
    );
    assert_eq!(cut.divided[0].gap, 1, "paper puts the bus first and the bicycle level with the licence behind it");
}

#[test]
fn the_urn_of_a_secret_vote_says_of_no_bulletin_what_fewer_than_five_share() {
    let mut room = room();
    let open = room.open(RoomMethod::Dots);
    let said = first(&open);
    for (channel, count) in [("paper", 7), ("phone", 6), ("proxy", 1)] {
        for _ in 0..count {
            let bulletin = Ballot { channel: Some(channel.to_owned()), table: Some(3), ..said.clone() };
            room.session.cast(open.id, &bulletin).unwrap();
        }
    }
    room.session.close_ballot(open.id).unwrap();
    let urns = room.session.store.children(Kind::Urn, open.id).unwrap();
    let kept = super::bulletins_of(&urns[0]);
    assert!(kept.iter().all(|one| one.channel.as_deref() != Some("proxy")), "one person could not vote by themselves");
    assert_eq!(kept.iter().filter(|one| one.channel.is_none()).count(), 7, "theirs lies among six others");
    let outcome = room.session.ballot(open.id).unwrap().outcome.unwrap();
    let by: Vec<_> = outcome.by_channel.iter().map(|(name, count)| (name.as_str(), count.as_u64())).collect();
    assert_eq!(by, [("paper", Some(7)), ("phone", Some(6)), ("proxy", Some(1))], "how many came by each is told");
}

#[test]
fn a_copy_made_in_mid_vote_holds_nothing_of_a_secret_vote() {
    let mut room = room();
    let (secret, open) = (room.open(RoomMethod::Dots), room.open_as(RoomMethod::Dots, false));
    let card = room.session.draw_cards(secret.id, 1).unwrap().remove(0);
    for ballot in [&secret, &open] {
        room.session.cast(ballot.id, &first(ballot)).unwrap();
    }
    let voting = moisson_room::Voting {
        secret: [1; 16],
        slot: None,
        card: Some(card),
        ballot: secret.id,
        bulletins: vec![first(&secret)],
        origin: moisson_room::Origin::default(),
    };
    room.session.vote_by_phone(room.workshop, &voting).unwrap();
    let copy = room.session.backup(None).unwrap();
    let copied = Session::open_to_read(std::path::Path::new(&copy.path), world()).unwrap();
    let held = |session: &Session| [&secret, &open].map(|one| session.ballot(one.id).unwrap().bulletins);
    assert_eq!((held(&copied), held(&room.session)), ([0, 1], [2, 1]), "a row of copies would tell who came when");
    assert_eq!(copied.phone_votes(room.workshop).unwrap()[0].used, 0, "whoever votes in the copy has their card");
}

#[test]
fn a_result_is_cut_by_territory_where_bulletins_say_theirs() {
    let mut room = room();
    let named = |name: &str| [(Field::Name, json!(name))].into_iter().collect();
    let [north, south] =
        ["Nord", "Sud"].map(|name| room.session.create_entity(Kind::Territory, named(name), None).unwrap());
    let open = room.open(RoomMethod::Dots);
    let [a, b] = [0, 1].map(|at| open.options[at].id.to_string());
    for (territory, liked, count) in [(north, &a, 6), (south, &b, 5)] {
        for _ in 0..count {
            let bulletin = json!({"points": {liked: 5}, "channel": "paper", "territory": territory});
            room.session.cast(open.id, &serde_json::from_value(bulletin).unwrap()).unwrap();
        }
    }
    room.session.close_ballot(open.id).unwrap();
    let cut = room.session.slices(open.id, SliceBy::Territory).unwrap();
    let shown: Vec<_> = cut.slices.iter().map(|slice| (slice.label.as_deref(), slice.bulletins)).collect();
    assert_eq!(BTreeSet::from_iter(shown), BTreeSet::from([(Some("Nord"), 6), (Some("Sud"), 5)]));
    assert_eq!(cut.divided.len(), 2, "the bus and the bicycle change places");
}

#[test]
fn the_next_duel_follows_what_was_answered() {
    let mut room = room();
    let open = room.open(RoomMethod::Pairwise);
    let (a, b) = open.next_duel.clone().unwrap();
    room.session.cast(open.id, &serde_json::from_value(json!({"duel": [a, b], "won": a})).unwrap()).unwrap();
    let next = room.session.ballot(open.id).unwrap().next_duel.unwrap();
    assert_ne!((a, b), next, "the one just answered teaches less");
}
