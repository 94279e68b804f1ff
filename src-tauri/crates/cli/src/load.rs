//! A room full of phones, on the loopback interface: each joins, listens, proposes twice, supports once and votes once.

use crate::phones::Shared;
use moisson_workflow::{
    EntityId, Failure, Limits, PhoneRoom, RoomError, RoomSetup, Session,
    views::{NewBallot, RoomMethod, RoomOptions},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpSocket, TcpStream},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

/// How many phones, and within what time they do all they do.
pub struct Load {
    pub devices: usize,
    pub within: Duration,
}

/// What came of it.
#[derive(Default)]
pub struct Report {
    pub requests: usize,
    pub errors: usize,
    pub times: Vec<Duration>,
    /// Changes that phones were told, all phones together.
    pub told: usize,
    /// Proposals on the board that phones sent.
    pub noted: usize,
    /// Bulletins in the bag.
    pub bulletins: u32,
}

/// Between two captures of the one who types: ten a second is faster than anyone speaks.
const TYPING: Duration = Duration::from_millis(100);
/// Phones that missed a change ask within this time, not all at once.
const SPREAD: Duration = Duration::from_millis(1_500);
/// After this a phone gives up: an error.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens a room on this session, lets the phones in, and calls `typing` meanwhile.
pub fn run(
    mut session: Session,
    reader: Session,
    workshop: EntityId,
    load: &Load,
    mut typing: impl FnMut(&Shared, usize) -> Result<(), Failure>,
) -> Result<Report, Failure> {
    let before = session.board(workshop)?;
    let about: Vec<EntityId> = before.ungrouped.iter().take(6).map(|card| card.id).collect();
    let ballot = session.new_ballot(&NewBallot {
        workshop,
        method: RoomMethod::Dots,
        question: String::from("Où mettez-vous vos gommettes ?"),
        about: about.clone(),
        settings: moisson_workflow::views::BallotSettings::default(),
        secret: true,
        present_count: None,
        costs: Vec::new(),
    })?;
    let options: Vec<String> = session.ballot(ballot)?.options.iter().map(|option| option.id.to_string()).collect();
    let shared = Shared::new(session);
    let address = Ipv4Addr::LOCALHOST.to_string();
    let options_ = RoomOptions { workshop, address, wifi: String::new(), wifi_key: String::new(), renew: false };
    let setup = RoomSetup {
        options: options_,
        page: String::new(),
        rehearsal: false,
        limits: Limits::default(),
        port: Some(0),
        reader,
        reach: Box::new(shared.clone()),
    };
    let room = shared.with(|session| PhoneRoom::open(session, setup))?;
    let link = room.link();
    let (origin, token) = link.split_once("/#").unwrap_or_default();
    let crowd = Arc::new(Crowd {
        host: origin.trim_start_matches("http://").to_owned(),
        token: token.to_owned(),
        ballot: ballot.to_string(),
        options,
        proposals: about.iter().map(ToString::to_string).collect(),
        within: load.within,
        log: Mutex::default(),
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Room(RoomError::Start(error)))?;
    let over = Arc::new(AtomicBool::new(false));
    let phones = {
        let (over, devices) = (over.clone(), load.devices);
        std::thread::spawn(move || {
            let report = runtime.block_on(all(crowd, devices));
            over.store(true, Ordering::Relaxed);
            report
        })
    };
    let mut number = 0;
    while !over.load(Ordering::Relaxed) {
        typing(&shared, number)?;
        number += 1;
        std::thread::sleep(TYPING);
    }
    let mut report = phones.join().unwrap_or_default();
    drop(room);
    shared.with(|session| -> Result<(), Failure> {
        let board = session.board(workshop)?;
        report.noted = board.ungrouped.iter().filter(|card| card.origin.as_deref() == Some("phone")).count();
        report.bulletins = session.ballot(ballot)?.bulletins;
        Ok(())
    })?;
    Ok(report)
}

struct Crowd {
    host: String,
    token: String,
    ballot: String,
    options: Vec<String>,
    proposals: Vec<String>,
    within: Duration,
    log: Mutex<Report>,
}

async fn all(crowd: Arc<Crowd>, devices: usize) -> Report {
    let mut phones = JoinSet::new();
    for number in 0..devices {
        let phone = Phone::new(crowd.clone(), number);
        phones.spawn(phone.attend(number));
    }
    while phones.join_next().await.is_some() {}
    std::mem::take(&mut *lock(&crowd.log))
}

fn lock(log: &Mutex<Report>) -> MutexGuard<'_, Report> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One phone, from an address of its own where the system has them all (Linux).
#[derive(Clone)]
struct Phone {
    crowd: Arc<Crowd>,
    from: Ipv4Addr,
    secret: String,
    chance: ChaCha20Rng,
}

impl Phone {
    fn new(crowd: Arc<Crowd>, number: usize) -> Self {
        let mut chance = ChaCha20Rng::seed_from_u64(number as u64);
        let [.., high, low] = u32::try_from(number + 1).unwrap_or(1).to_be_bytes();
        let secret = format!("{:032x}", chance.random::<u128>());
        Self { crowd, from: Ipv4Addr::new(127, 1, high, low), secret, chance }
    }

    /// The whole atelier, at its own pace.
    async fn attend(mut self, number: usize) {
        // A code on a wall is not scanned by all at the same instant.
        sleep(self.crowd.within.mul_f64(0.1 * self.chance.random::<f64>())).await;
        let scene = self.ask("GET", "/api/scene", None).await;
        let device = scene["device"].as_str().unwrap_or_default().to_owned();
        let known = scene["scene"]["version"].as_str().unwrap_or_default().to_owned();
        let listening = tokio::spawn(self.clone().listen(device, known));
        for line in 0..2 {
            self.rest().await;
            let key = format!("{:032x}", self.chance.random::<u128>());
            let text = format!("Téléphone {number}, ligne {line} : un guichet itinérant pour les démarches");
            let proposed = json!({ "key": key, "text": text, "table": number % 12 + 1 });
            self.ask("POST", "/api/proposals", Some(proposed)).await;
        }
        self.rest().await;
        let proposal = self.crowd.proposals.get(number % self.crowd.proposals.len().max(1)).cloned();
        self.ask("POST", "/api/supports", Some(json!({ "proposal": proposal, "on": true }))).await;
        self.rest().await;
        let option = self.crowd.options.get(number % self.crowd.options.len().max(1)).cloned().unwrap_or_default();
        let voted = json!({ "ballot": self.crowd.ballot, "bulletin": { "points": { option: 3 } } });
        self.ask("POST", "/api/votes", Some(voted)).await;
        // Everyone stays to the end.
        self.rest().await;
        listening.abort();
    }

    /// A while, such that five of them fit the time.
    async fn rest(&mut self) {
        sleep(self.crowd.within.mul_f64(0.05 + 0.13 * self.chance.random::<f64>())).await;
    }

    /// Asks, and notes how long the answer took; anything but a yes is an error.
    async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let start = Instant::now();
        let answer = timeout(PATIENCE, self.exchange(method, path, body)).await.ok().flatten();
        let mut log = lock(&self.crowd.log);
        log.requests += 1;
        match answer {
            Some(answer) => {
                log.times.push(start.elapsed());
                answer
            }
            None => {
                log.errors += 1;
                Value::Null
            }
        }
    }

    async fn connect(&self) -> Option<TcpStream> {
        let to: SocketAddr = self.crowd.host.parse().ok()?;
        let socket = TcpSocket::new_v4().ok()?;
        socket.bind(SocketAddr::new(self.from.into(), 0)).ok()?;
        socket.connect(to).await.ok()
    }

    async fn exchange(&self, method: &str, path: &str, body: Option<Value>) -> Option<Value> {
        let mut stream = self.connect().await?;
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let Crowd { host, token, .. } = &*self.crowd;
        let (secret, length) = (&self.secret, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nX-Moisson-Room: {token}\r\n\
             X-Moisson-Device: {secret}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        head.starts_with("HTTP/1.1 200").then(|| serde_json::from_str(body).ok()).flatten()
    }

    /// Hears what changed, and asks for what it missed, as the page does.
    async fn listen(mut self, device: String, mut known: String) {
        let Some(mut stream) = self.connect().await else { return };
        let Crowd { host, token, .. } = &*self.crowd;
        let path = format!("/api/live?room={token}&device={device}&since={known}");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        if stream.write_all(request.as_bytes()).await.is_err() {
            return;
        }
        let mut lines = BufReader::new(stream).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let Some(told) = line.strip_prefix("data: ") else { continue };
            let Ok(told) = serde_json::from_str::<Value>(told) else { continue };
            let Some(version) = told["version"].as_str() else { continue };
            lock(&self.crowd.log).told += 1;
            if told["since"].is_null() || told["since"] == known.as_str() {
                version.clone_into(&mut known);
                continue;
            }
            sleep(SPREAD.mul_f64(self.chance.random::<f64>())).await;
            let answer = self.ask("GET", &format!("/api/scene?since={known}"), None).await;
            answer["scene"]["version"].as_str().unwrap_or_default().clone_into(&mut known);
        }
    }
}
