//! The room for phones, opened from a terminal: for a laptop without a screen, and for trying what phones will see.

use crate::{
    args::{Cli, Phones},
    output::Output,
    world::{open, read},
};
use moisson_workflow::{Failure, Kind, Limits, PhoneRoom, Reach, RoomSetup, Session, views::RoomOptions};
use serde_json::json;
use std::{
    io::Read,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
};

/// A session that phones reach from other threads.
#[derive(Clone)]
pub struct Shared(pub Arc<Mutex<Session>>);

impl Shared {
    pub fn new(session: Session) -> Self {
        Self(Arc::new(Mutex::new(session)))
    }

    pub fn with<T>(&self, run: impl FnOnce(&mut Session) -> T) -> T {
        run(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Reach for Shared {
    fn run(&self, use_case: &mut dyn FnMut(&mut Session)) {
        self.with(|session| use_case(session));
    }

    fn news(&self) {}
}

/// Opens the room and serves phones until standard input ends.
pub fn phones(cli: &Cli, out: &Output, args: &Phones) -> Result<ExitCode, Failure> {
    let page = match &args.page {
        Some(path) => std::fs::read_to_string(path).map_err(|source| Failure::Io { path: path.clone(), source })?,
        None => String::from("<!doctype html><title>Moisson</title><p>moisson-cli phones --page FILE.html</p>"),
    };
    let session = open(cli, &args.file)?;
    let workshop = session.find(Some(Kind::Workshop), &args.workshop)?;
    let reader = read(cli, &args.file)?;
    let options = RoomOptions {
        workshop,
        address: args.address.to_string(),
        wifi: String::new(),
        wifi_key: String::new(),
        renew: args.renew,
    };
    let shared = Shared::new(session);
    let setup = RoomSetup {
        options,
        page,
        rehearsal: false,
        limits: Limits::default(),
        port: args.port,
        reader,
        reach: Box::new(shared.clone()),
    };
    let room = shared.with(|session| PhoneRoom::open(session, setup))?;
    let join = room.join();
    let told = json!({ "address": join.address, "link": room.link(), "word": join.word });
    out.result(&told, || {
        out.say(
            format!("Salle ouverte : {} (mot {})\n{}", join.address, join.word, room.link()),
            format!("Room open: {} (word {})\n{}", join.address, join.word, room.link()),
        )
    });
    std::io::stdin().read_to_end(&mut Vec::new()).ok();
    drop(room);
    Ok(ExitCode::SUCCESS)
}
