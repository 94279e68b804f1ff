//! Strangers on the Wi-Fi. Each test names the attack; what must hold is that the room goes on, and that it was counted.

use crate::{
    phone::{Phone, connect, hear, raw, read},
    room::{BALLOT, Hall, PANIC, hall, hall_with, until},
};
use moisson_domain::EntityId;
use moisson_room::{Limits, Refusal};
use serde_json::json;
use std::{
    io::{BufReader, Write},
    time::Duration,
};

/// Someone honest is still served.
pub fn goes_on(hall: &Hall) {
    let key = u128::from(hall.desk.held().news) + 1_000_000;
    assert_eq!(Phone::new(hall, 0xabcdef).propose(key, "je suis toujours là").status, 200);
}

#[test]
fn an_oversized_body_is_not_read() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let large = json!({ "key": "0".repeat(32), "text": "a".repeat(1 << 20) }).to_string();
    assert_eq!(phone.post_bytes("/api/proposals", large.as_bytes()).unwrap().refusal(), "large");
    // It may also lie about its length, or not say it.
    let chunk = "a".repeat(10_000);
    let chunked = format!(
        "POST /api/proposals HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nX-Moisson-Room: {1}\r\nX-Moisson-Device: {2}\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2710\r\n{chunk}\r\n2710\r\n{chunk}\r\n0\r\n\r\n",
        phone.host, phone.token, phone.secret
    );
    assert_eq!(raw(phone.address, chunked.as_bytes()).unwrap().status, 413);
    assert_eq!(hall.refused(Refusal::Large), 2);
    assert!(hall.desk.held().proposals.is_empty());
    goes_on(&hall);
}

#[test]
fn an_endless_header_is_cut() {
    let hall = hall();
    let mut bytes = format!("GET / HTTP/1.1\r\nHost: {}\r\n", hall.room.address()).into_bytes();
    for number in 0..5_000 {
        bytes.extend_from_slice(format!("X-{number}: {}\r\n", "a".repeat(20)).as_bytes());
    }
    let answer = raw(hall.room.address(), &bytes);
    assert!(answer.is_none_or(|answer| answer.status >= 400));
    goes_on(&hall);
}

#[test]
fn one_who_says_nothing_is_not_waited_for() {
    let hall = hall_with(Limits { patience: Duration::from_millis(200), ..Limits::default() });
    let host = hall.room.address();
    // Half a header, then half a body: each connection ends without more.
    let mut half = connect(host);
    half.write_all(b"GET / HTTP/1.1\r\nHos").unwrap();
    assert!(read(&mut BufReader::new(half)).is_none_or(|answer| answer.status == 408));
    let phone = Phone::new(&hall, 1);
    let slow = format!(
        "POST /api/proposals HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nX-Moisson-Room: {1}\r\nX-Moisson-Device: {2}\r\n\
         Content-Type: application/json\r\nContent-Length: 60\r\n\r\n{{\"key\":",
        phone.host, phone.token, phone.secret
    );
    let mut stream = connect(host);
    stream.write_all(slow.as_bytes()).unwrap();
    assert_eq!(read(&mut BufReader::new(stream)).unwrap().refusal(), "slow");
    assert_eq!(hall.refused(Refusal::Slow), 1);
    goes_on(&hall);
}

#[test]
fn a_file_has_nowhere_to_go() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let form =
        b"--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../../a.png\"\r\n\r\nabc\r\n--x--\r\n";
    // The head of a gzip stream that would unpack to a great deal, were it unpacked.
    let packed = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xed\xc1\x01\x0d\0\0\0\xc2\xa0\xf7\x4f";
    let sent: [(&str, &str, &[u8]); 5] = [
        ("image/png", "", png),
        ("multipart/form-data; boundary=x", "", form),
        ("application/zip", "", b"PK\x03\x04"),
        ("application/json", "Content-Encoding: gzip\r\n", packed),
        ("application/octet-stream", "", b"\0\xff"),
    ];
    for path in ["/api/proposals", "/api/votes", "/api/supports"] {
        for (kind, encoding, bytes) in sent {
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nX-Moisson-Room: {1}\r\nX-Moisson-Device: {2}\r\n\
                 Content-Type: {kind}\r\n{encoding}Content-Length: {3}\r\n\r\n",
                phone.host,
                phone.token,
                phone.secret,
                bytes.len()
            );
            let answer = raw(phone.address, &[head.as_bytes(), bytes].concat()).unwrap();
            assert_eq!(answer.refusal(), "body", "{path} {kind}");
        }
    }
    for method in ["PUT", "PATCH", "DELETE"] {
        let put = format!("{method} /photo.png HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n\r\n", phone.host);
        assert_eq!(raw(phone.address, put.as_bytes()).unwrap().refusal(), "path", "{method}");
    }
    assert_eq!((hall.refused(Refusal::Body), hall.refused(Refusal::Path)), (15, 3), "each is counted");
    assert_eq!(hall.room.status().devices[0].refused, 15, "and the facilitator sees which phone");
    goes_on(&hall);
}

#[test]
fn a_forged_token_opens_nothing() {
    let hall = hall();
    let good = hall.invitation.token();
    let (room, secret) = good.split_once('.').unwrap();
    let forged = ["", ".", room, secret, &good[..good.len() - 1], &format!("{good}A"), &format!("{room}."), "é"];
    for token in forged {
        let phone = Phone { token: token.to_owned(), ..Phone::new(&hall, 1) };
        for path in ["/api/scene", "/api/live?room=x&device=y"] {
            assert_eq!(phone.get(path).status, 401, "{token} {path}");
        }
        assert_eq!(phone.propose(1, "faux").status, 401, "{token}");
    }
    assert!(hall.refused(Refusal::Token) >= 20);
    assert!(hall.room.status().devices.is_empty(), "a stranger is not even in the list");
}

#[test]
fn words_are_not_found_by_trying() {
    let hall = hall();
    let phone = Phone { token: String::new(), ..Phone::new(&hall, 1) };
    let tries: Vec<String> =
        (0..200_u32).map(|n| phone.post("/api/join", &json!({ "word": format!("{n:06}") })).refusal()).collect();
    assert!(tries.iter().filter(|why| *why == "word").count() <= 70);
    assert!(tries.iter().any(|why| why == "often"));
}

#[test]
fn no_secret_or_a_strange_one_is_no_phone() {
    let hall = hall();
    for secret in ["", "1", &"g".repeat(32), &"0".repeat(33), "+0000000000000000000000000000001"] {
        let phone = Phone { secret: secret.to_owned(), ..Phone::new(&hall, 1) };
        assert_eq!(phone.get("/api/scene").refusal(), "device", "{secret}");
    }
}

#[test]
fn another_name_for_the_laptop_is_not_answered() {
    // A page on the internet whose name is made to point at the laptop (DNS rebinding) comes with its own name.
    let hall = hall();
    let address = hall.room.address();
    for host in ["evil.example", "localhost", "127.0.0.1", &format!("evil.example:{}", address.port())] {
        let answer = raw(address, format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).unwrap();
        assert_eq!((answer.status, answer.refusal().as_str()), (421, "host"), "{host}");
    }
    let twice = format!("GET / HTTP/1.1\r\nHost: {address}\r\nHost: evil.example\r\n\r\n");
    assert!(raw(address, twice.as_bytes()).is_none_or(|answer| answer.status >= 400));
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: {address}\r\n\r\n");
    assert_eq!(raw(address, absolute.as_bytes()).unwrap().status, 421);
    let none = raw(address, b"GET / HTTP/1.1\r\n\r\n");
    assert!(none.is_none_or(|answer| answer.status >= 400));
}

#[test]
fn a_page_from_elsewhere_says_nothing_in_a_phone_s_name() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let body = json!({ "key": "0".repeat(32), "text": "de loin" }).to_string();
    let send = |origin: &str| {
        let head = format!(
            "POST /api/proposals HTTP/1.1\r\nHost: {}\r\n{origin}X-Moisson-Room: {}\r\nX-Moisson-Device: {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            phone.host,
            phone.token,
            phone.secret,
            body.len()
        );
        raw(phone.address, head.as_bytes()).unwrap()
    };
    for origin in ["Origin: http://evil.example\r\n", "Origin: null\r\n", "", "Origin: https://127.0.0.1\r\n"] {
        assert_eq!(send(origin).refusal(), "origin", "{origin}");
    }
    // Asked beforehand whether it may, the room does not say yes.
    let asked = format!("OPTIONS /api/proposals HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n\r\n", phone.host);
    let answer = raw(phone.address, asked.as_bytes()).unwrap();
    assert_eq!(answer.status, 404);
    assert!(!answer.head.to_lowercase().contains("access-control"));
    assert!(hall.desk.held().proposals.is_empty());
}

#[test]
fn there_is_no_folder_to_look_into() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    for path in [
        "/../../etc/passwd",
        "/%2e%2e/etc/passwd",
        "/api",
        "/api/",
        "/index.html",
        "/.git/config",
        "//",
        "/api/scene/x",
    ] {
        let answer = phone.get(path);
        assert_eq!((answer.status, answer.refusal().as_str()), (404, "path"), "{path}");
    }
    assert_eq!(hall.refused(Refusal::Path), 8);
}

#[test]
fn what_is_not_json_in_utf_8_is_not_taken() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let key = "0".repeat(32);
    let latin = [format!("{{\"key\":\"{key}\",\"text\":\"").as_bytes(), b"caf\xe9\"}"].concat();
    let utf16: Vec<u8> =
        json!({ "key": key, "text": "a" }).to_string().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = format!("{{\"key\":\"{key}\",\"text\":{}", "[".repeat(4_000));
    let others = [
        latin.as_slice(),
        &utf16,
        b"",
        b"null",
        b"[]",
        b"key=1&text=2",
        b"\xef\xbb\xbf{}",
        deep.as_bytes(),
        br#"{"key":"00","text":"a"}"#,
        br#"{"text":"a"}"#,
    ];
    for body in others {
        let answer = phone.post_bytes("/api/proposals", body).unwrap();
        assert_eq!(answer.refusal(), "body", "{:?}", String::from_utf8_lossy(body));
    }
    assert_eq!(hall.refused(Refusal::Body), 10);
    assert!(hall.desk.held().proposals.is_empty());
}

#[test]
fn a_script_in_a_text_is_only_words() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let text = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    assert_eq!(phone.propose(1, text).status, 200);
    until("it is shown", || phone.scene("")["scene"]["items"][0]["text"] == text);
    let answer = phone.get("/api/scene");
    assert!(answer.head.contains("content-type: application/json"), "never read as a page");
    assert!(answer.head.contains("nosniff"));
    assert!(answer.head.contains("script-src 'sha256-"), "and no script but the page's own would run");
}

#[test]
fn a_bulletin_weighs_one_and_says_only_what_phones_say() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let ballot = EntityId::from_bytes(BALLOT);
    for bulletin in [
        json!({ "points": {}, "weight": 1_000 }),
        json!({ "weight": 1_000 }),
        json!({ "counts": { "a": 3 } }),
        json!({ "points": { "a": -1 } }),
        json!({ "grades": { "a": 256 } }),
        json!({ "ranking": ["a"] }),
        json!({ "ranking": [["a"]], "college": "elus" }),
        json!({ "scores": { "a": -3 } }),
        json!({ "scores": { "a": { "impact": 3 } } }),
        json!({ "duels": [["a", "b"]] }),
        json!({ "duels": [["a", "b", "a"]] }),
        json!({ "consent": { "stances": { "a": "veto" } } }),
        json!({ "consent": { "stances": {}, "weight": 9 } }),
        json!({ "votes": { "a": "yes" } }),
        json!({}),
    ] {
        let answer = phone.post("/api/votes", &json!({ "ballot": ballot, "bulletin": bulletin }));
        assert_eq!(answer.refusal(), "body", "{bulletin}");
    }
    let gone = json!({ "ballot": EntityId::from_bytes([9; 16]), "bulletin": { "points": {} } });
    assert_eq!(phone.post("/api/votes", &gone).refusal(), "gone");
    assert!(hall.desk.held().bulletins.is_empty());
}

#[test]
fn every_kind_of_bulletin_is_one_of_a_phone_and_weighs_one() {
    let hall = hall();
    let ballot = EntityId::from_bytes(BALLOT);
    let kinds = [
        (json!({ "approve": ["a", "b"] }), 1),
        (json!({ "ranking": [["a"], ["b", "c"]] }), 1),
        (json!({ "scores": { "a": 3, "b": 0 } }), 1),
        (json!({ "scores": { "a": { "impact": 3, "effort": 1 } } }), 1),
        (json!({ "duels": [["a", "b", true], ["b", "c", null], ["a", "c", false]] }), 3),
        (json!({ "consent": { "stances": { "a": "object" }, "reasons": { "a": "Trop loin." } } }), 1),
        (json!({ "votes": { "a": 1, "b": 0, "c": -1 } }), 1),
    ];
    for (n, (bulletin, said)) in (1..).zip(kinds) {
        let phone = Phone::new(&hall, n);
        assert_eq!(
            phone.post("/api/votes", &json!({ "ballot": ballot, "bulletin": bulletin })).status,
            200,
            "{bulletin}"
        );
        let held = hall.desk.held();
        let voting = held.bulletins.get(&n.to_be_bytes()).unwrap();
        assert_eq!(voting.bulletins.len(), said, "{bulletin}");
        for one in &voting.bulletins {
            assert_eq!(
                (one.weight, one.channel.as_deref(), one.table, &one.college),
                (None, Some("phone"), None, &None)
            );
        }
    }
    let held = hall.desk.held();
    let duels = held.bulletins.get(&5_u128.to_be_bytes()).unwrap();
    let won: Vec<Option<&str>> = duels.bulletins.iter().map(|one| one.won.as_deref()).collect();
    assert_eq!(won, [Some("a"), None, Some("c")], "won, skipped, lost");
}

#[test]
fn a_card_replayed_on_another_phone_is_refused() {
    let hall = hall();
    hall.desk.held().cards.insert(String::from("BCDFGH"), false);
    let vote = |phone: &Phone, card: Option<&str>, slot: u128| {
        let bulletin = json!({ "points": { EntityId::from_bytes([1; 16]).to_string(): 1 } });
        let slot = format!("{slot:032x}");
        let ballot = EntityId::from_bytes(BALLOT);
        phone.post("/api/votes", &json!({ "ballot": ballot, "bulletin": bulletin, "card": card, "slot": slot }))
    };
    let (one, other) = (Phone::new(&hall, 1), Phone::new(&hall, 2));
    assert_eq!(vote(&one, None, 11).refusal(), "card_needed");
    assert_eq!(vote(&one, Some("XXXXXX"), 11).refusal(), "card_unknown");
    assert_eq!(vote(&one, Some("BCDFGH"), 11).status, 200);
    assert_eq!(vote(&one, Some("BCDFGH"), 11).status, 200, "the same phone sends again: its answer was lost");
    assert_eq!(vote(&other, Some("BCDFGH"), 22).refusal(), "card_spent");
    assert_eq!(vote(&one, Some("BCDFGH"), 33).refusal(), "card_spent", "one card, one bulletin, on any phone");
    assert_eq!(hall.desk.held().bulletins.len(), 1);
    assert_eq!(hall.refused(Refusal::CardSpent), 2);
}

#[test]
fn a_fault_of_ours_shows_no_trace_and_stops_nobody() {
    let hall = hall();
    let answer = Phone::new(&hall, 1).propose(1, PANIC);
    assert_eq!((answer.status, answer.body.as_str()), (503, r#"{"refused":"trouble"}"#));
    goes_on(&hall);
}

#[test]
fn one_phone_does_not_keep_a_hundred_streams() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let mut streams: Vec<_> = (0..8).map(|_| phone.listen()).collect();
    for stream in &mut streams {
        hear(stream, "event: scene");
    }
    Phone::new(&hall, 2).propose(1, "une");
    // The oldest end themselves at the next news; the latest go on.
    hear(streams.last_mut().unwrap(), "event: scene");
    let mut ended = 0;
    for stream in streams.iter_mut().take(5) {
        let mut rest = Vec::new();
        std::io::Read::read_to_end(stream, &mut rest).unwrap();
        ended += 1;
    }
    assert_eq!(ended, 5);
}
