//! Strangers who come in numbers: what must hold is that the others are served, and that each refusal is counted.

use crate::{
    adversarial_phones::goes_on,
    phone::{Phone, connect, hear, raw},
    room::{hall, hall_with, invitation, open, until},
};
use moisson_room::{Limits, Refusal};
use std::{io::Write, num::NonZeroU32, time::Duration};

#[test]
fn a_flood_from_one_phone_is_braked_and_the_others_pass() {
    let hall = hall();
    let phone = Phone::new(&hall, 1);
    let answers: Vec<u16> = (0..80).map(|n| phone.propose(n, "spam").status).collect();
    let noted = answers.iter().filter(|status| **status == 200).count();
    assert!((20..60).contains(&noted), "{noted} of 80 were let through");
    assert!(answers.contains(&429));
    let refused = hall.refused(Refusal::Often);
    assert_eq!(usize::try_from(refused).unwrap() + noted, 80);
    assert_eq!(hall.room.status().devices[0].refused, refused, "the facilitator sees which phone");
    goes_on(&hall);
}

#[test]
fn a_flood_of_new_phones_from_one_address_is_braked() {
    let few = NonZeroU32::new(5).unwrap();
    let hall = hall_with(Limits { arrivals: (few, few), ..Limits::default() });
    let answers: Vec<u16> = (0..50).map(|n| Phone::new(&hall, n).propose(n, "spam").status).collect();
    assert!(answers.iter().filter(|status| **status == 200).count() <= 6);
    assert!(hall.refused(Refusal::Often) >= 44);
}

#[test]
fn more_phones_than_a_hall_holds_are_turned_away() {
    let hall = hall_with(Limits { devices: 3, ..Limits::default() });
    for secret in 0..3 {
        assert_eq!(Phone::new(&hall, secret).get("/api/scene").status, 200);
    }
    assert_eq!(Phone::new(&hall, 3).get("/api/scene").refusal(), "crowd");
    assert_eq!(Phone::new(&hall, 0).get("/api/scene").status, 200, "those who are in stay in");
}

#[test]
fn many_connections_from_one_address_leave_room_for_the_others() {
    let hall = hall_with(Limits { connections_per_address: 40, ..Limits::default() });
    let address = hall.room.address();
    let held: Vec<_> = (0..40).map(|_| connect(address)).collect();
    for _ in 0..1_000 {
        // Refused, or refused before it could say anything: either way nobody waits.
        let Ok(mut stream) = std::net::TcpStream::connect(address) else { continue };
        stream.write_all(b"GET / HTTP/1.1\r\n").ok();
    }
    until("they are counted", || hall.refused(Refusal::Connections) >= 990);
    drop(held);
    until("there is room again", || {
        raw(address, format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
            .is_some_and(|one| one.status == 200)
    });
}

#[test]
fn ten_thousand_connections_of_a_stranger_are_counted_and_the_others_go_on() {
    // Those who hold a place and say nothing are not let go before the end.
    let hall = hall_with(Limits { patience: Duration::from_secs(120), ..Limits::default() });
    let honest = Phone::new(&hall, 1);
    let mut stream = honest.listen();
    hear(&mut stream, "event: scene");
    // The stranger has another address than the honest phones, as it would on the Wi-Fi.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let knock = || {
        runtime.block_on(async {
            let socket = tokio::net::TcpSocket::new_v4().unwrap();
            socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
            socket.connect(hall.room.address()).await.unwrap()
        })
    };
    let held: Vec<_> = (0..Limits::default().connections_per_address).map(|_| knock()).collect();
    for n in 0..10_000 {
        drop(knock());
        if n % 2_000 == 0 {
            assert_eq!(honest.propose(n, &format!("pendant l’assaut {n}")).status, 200);
        }
    }
    until("each of them is counted", || hall.refused(Refusal::Connections) == 10_000);
    until("those who listen were told", || hear(&mut stream, "data: {").contains("pendant l’assaut 8000"));
    until("the facilitator is told", || hall.desk.held().refused.contains(&(Refusal::Connections, 10_000)));
    drop(held);
    goes_on(&hall);
}

#[test]
fn what_was_refused_is_still_told_after_a_restart() {
    let hall = hall();
    let stranger = Phone { token: String::from("faux"), ..Phone::new(&hall, 1) };
    for _ in 0..3 {
        assert_eq!(stranger.get("/api/scene").refusal(), "token");
    }
    until("it is told", || hall.desk.held().refused == [(Refusal::Token, 3)]);
    let (desk, port) = (hall.desk.clone(), hall.room.address().port());
    drop(hall);
    let again = open(desk, port, invitation(1), Limits::default());
    assert_eq!(stranger.get("/api/scene").refusal(), "token");
    assert_eq!(again.refused(Refusal::Token), 4);
}
