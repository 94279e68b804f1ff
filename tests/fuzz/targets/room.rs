//! What a stranger's phone sends to the room: any bytes as a request, and any bytes as the body of each request that is otherwise
//! right. The room goes on answering, and a desk that panics is none of its business.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_domain::EntityId;
use moisson_room::{
    Choice, Declined, Desk, Entry, Invitation, Limits, Opening, Question, Receipt, Refusal, Room, Say, Scene, Support,
    Voting,
};
use std::{
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

struct Anything;

impl Desk for Anything {
    fn scene(&self) -> Result<Scene, Declined> {
        let options =
            [1, 2].map(|n| Choice { id: EntityId::from_bytes([n; 16]), label: format!("Choix {n}"), cost: None });
        let ballot = Question {
            id: EntityId::from_bytes([7; 16]),
            question: String::from("Que garder ?"),
            method: String::from("dots"),
            rule: Say::default(),
            options: options.to_vec(),
            points: Some(5),
            max_per_option: None,
            max_choices: None,
            grades: Vec::new(),
            scale: None,
            budget: None,
            shuffled: false,
            closes_at: None,
            colleges: options.to_vec(),
            territories: Vec::new(),
            cards: false,
            secret: true,
        };
        Ok(Scene { title: String::from("Mobilité"), ballots: vec![ballot], ..Scene::default() })
    }

    fn propose(&self, entry: &Entry) -> Result<Receipt, Declined> {
        Ok(Receipt::Noted { id: EntityId::from_bytes(entry.key) })
    }

    fn support(&self, _: &Support) -> Result<(), Declined> {
        Ok(())
    }

    fn vote(&self, _: &Voting) -> Result<(), Declined> {
        Ok(())
    }

    fn news(&self, _: &[(Refusal, u32)]) -> bool {
        false
    }
}

thread_local! {
    static ROOM: (Room, String) = room();
}

/// The room, which brakes nobody, and the word that lets one in.
fn room() -> (Room, String) {
    let often = (NonZeroU32::MAX, NonZeroU32::MAX);
    let invitation = Invitation::draw(&mut |bytes| bytes.fill(1));
    let token = invitation.token();
    let limits = Limits {
        address: often,
        arrivals: often,
        reads: often,
        writes: often,
        words: often,
        all_words: often,
        patience: Duration::from_millis(200),
        ..Limits::default()
    };
    let address = IpAddr::from(Ipv4Addr::LOCALHOST);
    let opening = Opening {
        address,
        port: 0,
        invitation,
        page: String::from("<!doctype html>"),
        limits,
        chance: [3; 32],
        refused: Vec::new(),
    };
    (Room::open(opening, Arc::new(Anything)).unwrap(), token)
}

fuzz_target!(|bytes: &[u8]| ROOM.with(|(room, token)| ask(room.address(), token, bytes)));

fn ask(address: SocketAddr, token: &str, bytes: &[u8]) {
    send(address, bytes, true);
    for path in ["/api/proposals", "/api/supports", "/api/votes", "/api/join"] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nX-Moisson-Room: {token}\r\n\
             X-Moisson-Device: {:032x}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            1,
            bytes.len()
        );
        send(address, &[head.as_bytes(), bytes].concat(), false);
    }
    let answer =
        send(address, format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes(), false);
    assert!(answer.starts_with(b"HTTP/1.1 200"), "the room answers no more: {}", String::from_utf8_lossy(&answer));
}

/// Sends bytes and reads what comes back; says that nothing follows where the bytes do not.
fn send(address: SocketAddr, bytes: &[u8], hang_up: bool) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(bytes).ok();
    if hang_up {
        stream.shutdown(std::net::Shutdown::Write).ok();
    }
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    answer
}
