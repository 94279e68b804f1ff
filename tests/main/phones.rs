//! The room for phones as a whole program: killed in mid-vote, and full.

use crate::tools::moisson_cli;
use moisson_workflow::{
    EntityId, Fields, Kind, Language, Session, Surroundings, Template,
    views::{BallotSettings, Capture, NewBallot, RoomMethod},
};
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

fn surroundings() -> Surroundings {
    Surroundings {
        now: Box::new(|| chrono::Local::now().fixed_offset()),
        random: rand_chacha::ChaCha20Rng::from_os_rng(),
        author: String::new(),
        language: Language::Fr,
    }
}

/// A démarche with an atelier and an open secret vote on two proposals; the last is the vote's first option.
fn with_open_vote(file: &Path) -> (EntityId, EntityId, String) {
    let mut session = Session::new_process(file, Template::Spie, None, "A", surroundings()).unwrap();
    let title: Fields = serde_json::from_value(json!({ "title": "Salle" })).unwrap();
    let workshop = session.create_entity(Kind::Workshop, title, None).unwrap();
    let text = String::from("un\ndeux");
    let about = session.capture(workshop, &Capture { text, ..Capture::default() }).unwrap();
    let ballot = session.new_ballot(&NewBallot {
        workshop,
        method: RoomMethod::Dots,
        question: String::from("Que garder ?"),
        about,
        settings: BallotSettings::default(),
        secret: true,
        present_count: None,
        costs: Vec::new(),
    });
    let ballot = ballot.unwrap();
    let option = session.ballot(ballot).unwrap().options[0].id.to_string();
    (workshop, ballot, option)
}

/// The program that serves phones, and where.
struct Served {
    child: Child,
    host: String,
    token: String,
}

fn serve(file: &Path, workshop: EntityId) -> Served {
    let mut child = Command::new(moisson_cli())
        .args(["--json", "phones"])
        .arg(file)
        .args(["--workshop", &workshop.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    let (origin, token) = told["link"].as_str().unwrap().split_once("/#").unwrap();
    Served { child, host: origin.trim_start_matches("http://").to_owned(), token: token.to_owned() }
}

/// One request of a phone; `true` once the room said yes.
fn send(host: &str, token: &str, phone: u128, path: &str, body: &Value) -> bool {
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nX-Moisson-Room: {token}\r\n\
         X-Moisson-Device: {phone:032x}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    let Ok(mut stream) = TcpStream::connect(host) else { return false };
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut answer = String::new();
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
}

/// What a phone has to say: a proposal, and a bulletin. Said again, it is the same.
fn say_all(host: &str, token: &str, phone: u128, ballot: EntityId, option: &str) -> [bool; 2] {
    let proposal = json!({ "key": format!("{phone:032x}"), "text": format!("du téléphone {phone}") });
    let vote = json!({ "ballot": ballot, "bulletin": { "points": { option: 2 } } });
    [send(host, token, phone, "/api/proposals", &proposal), send(host, token, phone, "/api/votes", &vote)]
}

#[test]
fn a_room_killed_in_mid_vote_comes_back_and_no_bulletin_is_lost_or_doubled() {
    const PHONES: u128 = 24;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("salle.moisson");
    let (workshop, ballot, option) = with_open_vote(&file);
    let mut served = serve(&file, workshop);
    let (host, token) = (served.host.clone(), served.token.clone());
    let said = Arc::new((host, token, option));
    let phones: Vec<_> = (1..=PHONES)
        .map(|phone| {
            let said = said.clone();
            std::thread::spawn(move || say_all(&said.0, &said.1, phone, ballot, &said.2))
        })
        .collect();
    std::thread::sleep(Duration::from_millis(rand::rng().random_range(5..60)));
    served.child.kill().unwrap();
    served.child.wait().unwrap();
    let acknowledged: Vec<[bool; 2]> = phones.into_iter().map(|phone| phone.join().unwrap()).collect();
    let votes = acknowledged.iter().filter(|[_, voted]| *voted).count();
    println!("{votes} of {PHONES} were told before the kill");
    {
        let session = Session::open_to_read(&file, surroundings()).unwrap();
        let bag = usize::try_from(session.ballot(ballot).unwrap().bulletins).unwrap();
        assert!(bag >= votes, "{votes} were told that their bulletin is in the bag, {bag} are");
    }
    // Same address, same link: phones come back by themselves and say everything again, told or not.
    let mut again = serve(&file, workshop);
    assert_eq!((&again.host, &again.token), (&said.0, &said.1));
    for phone in 1..=PHONES {
        assert_eq!(say_all(&again.host, &again.token, phone, ballot, &said.2), [true, true]);
    }
    drop(again.child.stdin.take());
    assert!(again.child.wait().unwrap().success(), "it ends when its input does");
    let mut session = Session::open(&file, surroundings()).unwrap();
    assert_eq!(u128::from(session.ballot(ballot).unwrap().bulletins), PHONES);
    let board = session.board(workshop).unwrap();
    let from_phones = board.ungrouped.iter().filter(|card| card.origin.as_deref() == Some("phone")).count();
    assert_eq!(u128::try_from(from_phones).unwrap(), PHONES);
    session.close_ballot(ballot).unwrap();
    assert_eq!(session.ballot(ballot).unwrap().bulletins, 24);
    drop(session);
    moisson!("verify", &file).done();
}

/// A laptop whose lid is closed: its programs stand still while clocks and phones go on.
#[cfg(unix)]
fn signal(program: &Child, name: &str) {
    let done = Command::new("kill").args([&format!("-{name}"), &program.id().to_string()]).status().unwrap();
    assert!(done.success());
}

#[test]
#[cfg(unix)]
fn a_laptop_that_slept_in_mid_vote_answers_what_waited_and_counts_each_bulletin_once() {
    const PHONES: u128 = 24;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("salle.moisson");
    let (workshop, ballot, option) = with_open_vote(&file);
    let mut served = serve(&file, workshop);
    let said = Arc::new((served.host.clone(), served.token.clone(), option));
    let speak = |phones: std::ops::RangeInclusive<u128>| -> Vec<_> {
        phones
            .map(|phone| {
                let said = said.clone();
                std::thread::spawn(move || say_all(&said.0, &said.1, phone, ballot, &said.2))
            })
            .collect()
    };
    let awake = speak(1..=PHONES / 2);
    std::thread::sleep(Duration::from_millis(rand::rng().random_range(5..60)));
    signal(&served.child, "STOP");
    // Some had begun to speak, the others speak to a laptop that does not answer; one gives up and says it again later.
    let asleep = speak(PHONES / 2 + 1..=PHONES);
    let mut gone = TcpStream::connect(&said.0).unwrap();
    gone.write_all(b"POST /api/votes HTTP/1.1\r\nHost: ").unwrap();
    std::thread::sleep(Duration::from_secs(3));
    drop(gone);
    signal(&served.child, "CONT");
    for phone in awake.into_iter().chain(asleep) {
        assert_eq!(phone.join().unwrap(), [true, true], "what was said to a sleeping laptop is heard when it wakes");
    }
    for phone in 1..=PHONES {
        assert_eq!(say_all(&said.0, &said.1, phone, ballot, &said.2), [true, true], "said again, it is the same");
    }
    drop(served.child.stdin.take());
    assert!(served.child.wait().unwrap().success());
    let session = Session::open_to_read(&file, surroundings()).unwrap();
    assert_eq!(u128::from(session.ballot(ballot).unwrap().bulletins), PHONES);
    let board = session.board(workshop).unwrap();
    let from_phones = board.ungrouped.iter().filter(|card| card.origin.as_deref() == Some("phone")).count();
    assert_eq!(u128::try_from(from_phones).unwrap(), PHONES);
    drop(session);
    moisson!("verify", &file).done();
}

#[test]
fn a_room_full_of_phones_loses_nothing_and_lets_people_type() {
    let figures = moisson!("--json", "bench", "phones-40").json();
    let figures = &figures["phones-40"];
    println!("{figures:#}");
    assert_eq!(figures["errors"], 0);
    assert_eq!((&figures["noted"], &figures["bulletins"]), (&json!(80), &json!(40)));
    assert!(figures["captures"].as_u64().unwrap() > 10, "someone typed meanwhile");
}
