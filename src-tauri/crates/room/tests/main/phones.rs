//! What a phone can do.

use crate::{
    phone::{Phone, hear, raw},
    room::{BALLOT, hall, id_of, invitation, open, until},
};
use moisson_domain::EntityId;
use moisson_room::Limits;
use serde_json::json;
use std::io::Read;

#[test]
fn the_page_is_given_to_anyone_who_comes_by_the_right_name() {
    let hall = hall();
    let host = hall.room.address();
    let answer = raw(host, format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("<script>1</script>"));
    for header in
        ["content-security-policy: default-src 'none'; script-src 'sha256-", "cache-control: no-store", "nosniff"]
    {
        assert!(answer.head.contains(header), "{header} in {}", answer.head);
    }
    assert!(!answer.head.to_lowercase().contains("set-cookie"), "no cookie, no banner");
}

#[test]
fn a_phone_comes_in_by_the_word_on_the_wall() {
    let hall = hall();
    let mut phone = Phone::new(&hall, 1);
    let token = std::mem::take(&mut phone.token);
    let word = hall.room.word().to_lowercase();
    let answer = phone.post("/api/join", &json!({ "word": word }));
    assert_eq!((answer.status, answer.json()["token"].as_str()), (200, Some(token.as_str())));
    assert_eq!(phone.post("/api/join", &json!({ "word": "BCDFGH" })).refusal(), "word");
}

#[test]
fn a_whole_room_behind_one_address_comes_in_by_the_word() {
    let hall = hall();
    let word = hall.room.word().to_owned();
    for n in 1..=60 {
        let phone = Phone::new(&hall, n);
        assert_eq!(phone.post("/api/join", &json!({ "word": word })).status, 200, "phone {n}");
    }
    // Wrong words still have an end, and after it the right one waits too.
    let guesser = Phone::new(&hall, 99);
    let tries: Vec<String> =
        (0..12).map(|_| guesser.post("/api/join", &json!({ "word": "XXXXXX" })).refusal()).collect();
    assert_eq!(tries.iter().filter(|refusal| *refusal == "word").count(), 10);
    assert_eq!(guesser.post("/api/join", &json!({ "word": word })).refusal(), "often");
}

#[test]
fn what_one_proposes_the_others_hear_of_and_fetch() {
    let hall = hall();
    let (one, other) = (Phone::new(&hall, 1), Phone::new(&hall, 2));
    let known = other.scene("")["scene"]["version"].as_str().unwrap().to_owned();
    let mut stream = other.listen();
    hear(&mut stream, "event: scene");
    assert_eq!(one.propose(9, "Un bus de nuit").json()["state"], "noted");
    loop {
        let data = hear(&mut stream, "data: {");
        // All of it when one comes, then what changed since.
        if data.contains(&format!(r#""since":"{known}""#)) {
            assert!(data.contains("Un bus de nuit"));
            break;
        }
    }
    let lacking = other.scene(&known);
    assert_eq!(lacking["scene"]["items"][0]["text"], "Un bus de nuit");
    assert_eq!(lacking["scene"]["since"], known.as_str());
    assert_eq!(hall.room.status().devices.iter().map(|device| device.proposals).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn what_is_sent_twice_counts_once() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let (first, second) = (phone.propose(9, "Un bus de nuit"), phone.propose(9, "Un bus de nuit"));
    assert_eq!(first.json(), second.json());
    let proposal = id_of(9_u128.to_be_bytes());
    for on in [true, true, false, true] {
        assert_eq!(phone.post("/api/supports", &json!({ "proposal": proposal, "on": on })).status, 200);
    }
    let option = EntityId::from_bytes([1; 16]);
    for points in [5, 2] {
        let bulletin = json!({ "points": { option.to_string(): points } });
        let sent = json!({ "ballot": EntityId::from_bytes(BALLOT), "bulletin": bulletin });
        assert_eq!(phone.post("/api/votes", &sent).status, 200);
    }
    let held = hall.desk.held();
    assert_eq!((held.proposals.len(), held.supports.len(), held.bulletins.len()), (1, 1, 1));
    let points = held.bulletins.values().next().unwrap().bulletins[0].points.clone().unwrap();
    assert_eq!(points.into_values().collect::<Vec<_>>(), [2], "the last one counts");
}

#[test]
fn phones_come_back_after_a_restart_and_nothing_is_lost_or_doubled() {
    let first = hall();
    let port = first.room.address().port();
    let phone = Phone::new(&first, 1);
    let mut stream = phone.listen();
    hear(&mut stream, "event: scene");
    assert_eq!(phone.propose(9, "avant").status, 200);
    let desk = first.desk.clone();
    let old = phone.scene("")["scene"]["version"].as_str().unwrap().to_owned();
    drop(first);
    // The stream ends: the phone knows.
    stream.read_to_end(&mut Vec::new()).ok();
    let second = open(desk.clone(), port, invitation(1), Limits::default());
    // Its answer was lost: it sends again, then the next; what it knew of versions means nothing any more or is the same.
    assert_eq!(phone.propose(9, "avant").status, 200);
    assert_eq!(phone.propose(10, "après").status, 200);
    assert_eq!(desk.held().proposals.len(), 2);
    until("both are shown", || phone.scene(&old)["scene"]["version"] != old.as_str());
    drop(second);
}

#[test]
fn rooms_of_two_laptops_do_not_mix() {
    let (ours, theirs) = (hall(), open(std::sync::Arc::default(), 0, invitation(2), Limits::default()));
    let mut lost = Phone::new(&ours, 1);
    lost.address = theirs.room.address();
    lost.host = lost.address.to_string();
    let answer = lost.propose(9, "pour l’autre salle");
    assert_eq!((answer.status, answer.refusal().as_str()), (401, "token"));
    assert!(theirs.desk.held().proposals.is_empty());
}

#[test]
fn a_silenced_phone_reads_and_says_nothing() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let tag = phone.scene("")["device"].as_str().unwrap().to_owned();
    hall.room.silence(&tag, true);
    assert_eq!(phone.propose(9, "encore moi").refusal(), "silenced");
    assert_eq!(phone.scene("")["scene"]["title"], "Mobilité");
    hall.room.silence(&tag, false);
    assert_eq!(phone.propose(9, "merci").status, 200);
}

#[test]
fn phones_are_told_when_the_room_closes_and_the_port_is_free_at_once() {
    let hall = hall();
    let port = hall.room.address().port();
    let mut stream = Phone::new(&hall, 1).listen();
    hear(&mut stream, "event: scene");
    until("it is counted", || hall.room.status().connected == 1);
    let desk = hall.desk.clone();
    drop(hall);
    hear(&mut stream, "event: closed");
    drop(open(desk, port, invitation(1), Limits::default()));
}

#[test]
fn a_phone_that_goes_is_no_longer_counted() {
    let hall = hall();
    let mut stream = Phone::new(&hall, 1).listen();
    hear(&mut stream, "event: scene");
    until("it is counted", || hall.room.status().connected == 1);
    drop(stream);
    // The room notices when it next speaks.
    Phone::new(&hall, 2).propose(1, "une");
    until("it is gone", || hall.room.status().connected == 0);
}
