//! Opening the room, letting phones in, closing it.

use crate::{
    board::{Board, Lacking},
    desk::Desk,
    devices::{DeviceRow, Devices},
    error::RoomError,
    gate::{Peer, allowed},
    invitation::Invitation,
    limits::{Brakes, Limits},
    page::Page,
    refusal::{Refusal, Refusals},
    routes::router,
};
use axum::body::Body;
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::Runtime,
    sync::{Notify, OwnedSemaphorePermit, Semaphore, watch},
    time::sleep,
};
use tower::ServiceExt;

/// Descriptors that the limits need; the system's usual 1,024 would be the limit otherwise.
const DESCRIPTORS: u64 = 8_192;
/// Least time between two words to the facilitator's window.
const TELL: Duration = Duration::from_millis(300);
/// Longest that the file is left free between two phones.
const MOST_REST: Duration = Duration::from_millis(25);

/// How a room is opened.
pub struct Opening {
    /// The address to listen on, and no other.
    pub address: IpAddr,
    /// Port; 0 for any.
    pub port: u16,
    /// Who may come in.
    pub invitation: Invitation,
    /// The page that phones are given.
    pub page: String,
    /// Limits.
    pub limits: Limits,
    /// Chance, for the fingerprints of devices and the versions of this opening.
    pub chance: [u8; 32],
    /// What was refused when the room was open before.
    pub refused: Vec<(Refusal, u32)>,
}

/// What the facilitator sees of the room.
#[derive(Debug, Clone)]
pub struct Status {
    /// Phones that listen.
    pub connected: usize,
    /// Phones that came.
    pub devices: Vec<DeviceRow>,
    /// Refusals, by reason.
    pub refusals: Vec<(Refusal, u32)>,
}

/// An open room. Dropped, it closes.
pub struct Room {
    hall: Arc<Hall>,
    address: SocketAddr,
    closed: mpsc::Receiver<()>,
    runtime: Option<Runtime>,
}

impl Room {
    /// Opens a room; phones may come at once.
    ///
    /// # Errors
    /// [`RoomError::Taken`], [`RoomError::Address`] or [`RoomError::Start`].
    pub fn open(opening: Opening, desk: Arc<dyn Desk>) -> Result<Self, RoomError> {
        rlimit::increase_nofile_limit(DESCRIPTORS).ok();
        let asked = SocketAddr::new(opening.address, opening.port);
        let refused = |source: io::Error| match source.kind() {
            io::ErrorKind::AddrInUse => RoomError::Taken { address: asked },
            _ => RoomError::Address { address: asked, source },
        };
        let listener = std::net::TcpListener::bind(asked).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(4)
            .thread_name("room")
            .enable_all()
            .build()
            .map_err(RoomError::Start)?;
        let hall = Arc::new(Hall::new(opening, address, desk));
        if let Ok(scene) = hall.desk.scene() {
            hall.show(scene);
        }
        let (gone, closed) = mpsc::channel();
        let listener = {
            let _inside = runtime.enter();
            TcpListener::from_std(listener).map_err(RoomError::Start)?
        };
        runtime.spawn(serve(listener, hall.clone(), gone));
        runtime.spawn(refresh(hall.clone()));
        runtime.spawn(tell(hall.clone()));
        Ok(Self { hall, address, closed, runtime: Some(runtime) })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The page's address, for those who type it.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.hall.origin
    }

    /// The link of the QR code. What follows `#` is never sent, so that it stands in no log.
    #[must_use]
    pub fn link(&self) -> String {
        format!("{}/#{}", self.hall.origin, self.hall.invitation.token())
    }

    /// The six letters.
    #[must_use]
    pub fn word(&self) -> &str {
        self.hall.invitation.word()
    }

    /// Says that what phones are shown may have changed.
    pub fn stir(&self) {
        self.hall.stir();
    }

    /// Who is here, and what was refused.
    #[must_use]
    pub fn status(&self) -> Status {
        let devices = self.hall.devices();
        Status { connected: devices.connected(), devices: devices.rows(), refusals: self.hall.refusals.met() }
    }

    /// Silences a phone, or lets it speak again.
    pub fn silence(&self, tag: &str, silenced: bool) {
        self.hall.devices().silence(tag, silenced);
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.hall.news.send_modify(|news| news.closed = true);
        // The port is free again on return; phones have been told, or find out.
        self.closed.recv_timeout(Duration::from_secs(2)).ok();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// What every stream tells: the version that phones should know, and what changed since the one before. It is put into words
/// once, however many phones there are.
#[derive(Debug, Clone, Default)]
pub struct News {
    pub version: String,
    pub since: String,
    pub lacking: Arc<str>,
    pub closed: bool,
}

/// What the routes share.
pub struct Hall {
    pub invitation: Invitation,
    pub page: Page,
    pub limits: Limits,
    pub brakes: Brakes,
    pub refusals: Refusals,
    pub desk: Arc<dyn Desk>,
    /// The one name under which it answers.
    pub host: String,
    pub origin: String,
    pub news: watch::Sender<News>,
    devices: Mutex<Devices>,
    board: RwLock<Board>,
    chance: [u8; 32],
    stirred: Notify,
    told: Notify,
    turn: Arc<Semaphore>,
    waiting: AtomicUsize,
    crowd: Mutex<HashMap<IpAddr, usize>>,
}

impl Hall {
    fn new(opening: Opening, address: SocketAddr, desk: Arc<dyn Desk>) -> Self {
        let [a, b, c, d, ..] = opening.chance;
        Self {
            invitation: opening.invitation,
            page: Page::new(opening.page),
            brakes: Brakes::new(&opening.limits),
            limits: opening.limits,
            refusals: Refusals::after(&opening.refused),
            desk,
            host: address.to_string(),
            origin: format!("http://{address}"),
            news: watch::channel(News::default()).0,
            devices: Mutex::default(),
            board: RwLock::new(Board::new(u32::from_be_bytes([a, b, c, d]))),
            chance: opening.chance,
            stirred: Notify::new(),
            told: Notify::new(),
            turn: Arc::new(Semaphore::new(1)),
            waiting: AtomicUsize::new(0),
            crowd: Mutex::default(),
        }
    }

    /// A phone's fingerprint: means nothing outside this opening.
    pub fn tag(&self, secret: &[u8; 16]) -> String {
        let hash = blake3::keyed_hash(&self.chance, secret);
        hash.to_hex().as_str().chars().take(16).collect()
    }

    pub fn devices(&self) -> MutexGuard<'_, Devices> {
        self.devices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn board(&self) -> RwLockReadGuard<'_, Board> {
        self.board.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// A phone shows up: known, or new if there is room.
    pub fn arrive(&self, tag: &str, from: IpAddr) -> Result<(), Refusal> {
        let mut devices = self.devices();
        if devices.has(tag) {
            return Ok(());
        }
        if devices.len() >= self.limits.devices {
            return Err(Refusal::Crowd);
        }
        allowed(self.brakes.arrivals.allow(&from))?;
        devices.arrive(tag.to_owned());
        Ok(())
    }

    /// Counts a refusal.
    pub fn refused(&self, refusal: Refusal, tag: Option<&str>) {
        self.refusals.count(refusal);
        if let Some(tag) = tag {
            self.devices().refused(tag);
        }
        self.desk_has_news();
    }

    pub fn stir(&self) {
        self.stirred.notify_one();
    }

    pub fn desk_has_news(&self) {
        self.told.notify_one();
    }

    fn show(&self, scene: crate::Scene) {
        let mut board = self.board.write().unwrap_or_else(PoisonError::into_inner);
        let since = board.version();
        if board.update(scene) {
            let version = board.version();
            let lacking = Arc::from(words(&board.since(&since)));
            drop(board);
            self.news.send_modify(|news| *news = News { version, since, lacking, ..*news });
        }
    }

    /// What a phone that knows this version lacks, and the version it will know then.
    pub fn lacking(&self, known: &str) -> (String, String) {
        let board = self.board();
        (board.version(), words(&board.since(known)))
    }

    /// A place among those who wait to write.
    pub fn queue(self: &Arc<Self>) -> Result<Turn, Refusal> {
        let turn = Turn { hall: self.clone() };
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.limits.queue {
            return Err(Refusal::Busy);
        }
        Ok(turn)
    }

    /// A place for one more connection.
    fn enter(self: &Arc<Self>, from: IpAddr) -> Option<Seat> {
        let mut crowd = self.crowd.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = crowd.values().sum();
        let here = crowd.entry(from).or_default();
        if all >= self.limits.connections || *here >= self.limits.connections_per_address {
            return None;
        }
        *here += 1;
        Some(Seat { hall: self.clone(), from })
    }
}

fn words(lacking: &Lacking<'_>) -> String {
    serde_json::to_string(lacking).expect("names and words are always JSON")
}

/// One who waits to write.
pub struct Turn {
    hall: Arc<Hall>,
}

impl Turn {
    pub async fn wait(&self) -> Result<Writing, Refusal> {
        let permit = self.hall.turn.clone().acquire_owned().await.map_err(|_| Refusal::Trouble)?;
        Ok(Writing { permit })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.hall.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// One who writes.
pub struct Writing {
    permit: OwnedSemaphorePermit,
}

impl Writing {
    /// Lets the next one write after as long as this one took.
    pub fn release_after(self, took: Duration) {
        tokio::spawn(async move {
            sleep(took.min(MOST_REST)).await;
            drop(self.permit);
        });
    }
}

/// A connection's place, given back when it ends.
struct Seat {
    hall: Arc<Hall>,
    from: IpAddr,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut crowd = self.hall.crowd.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = crowd.get_mut(&self.from) {
            *here -= 1;
            if *here == 0 {
                crowd.remove(&self.from);
            }
        }
    }
}

async fn serve(listener: TcpListener, hall: Arc<Hall>, gone: mpsc::Sender<()>) {
    let router = router(&hall);
    let mut news = hall.news.subscribe();
    loop {
        let accepted = tokio::select! {
            closed = news.wait_for(|news| news.closed) => { drop(closed); break }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, from)) => match hall.enter(from.ip()) {
                Some(seat) => drop(tokio::spawn(converse(stream, seat, router.clone()))),
                None => hall.refused(Refusal::Connections, None),
            },
            // No descriptor left, or the phone went already: those who are here go on.
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
    drop(listener);
    // Streams have a moment to say goodbye.
    sleep(Duration::from_millis(50)).await;
    gone.send(()).ok();
}

/// One connection, to its end.
async fn converse(stream: TcpStream, seat: Seat, router: axum::Router) {
    let from = seat.from;
    let patience = seat.hall.limits.patience;
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(from));
        router.clone().oneshot(request)
    });
    stream.set_nodelay(true).ok();
    // A phone that breaks off is nobody's error.
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), service)
        .await
        .ok();
    drop(seat);
}

/// Reads what phones are shown again, when it may have changed and not too often.
async fn refresh(hall: Arc<Hall>) {
    loop {
        hall.stirred.notified().await;
        let desk = hall.desk.clone();
        match tokio::task::spawn_blocking(move || desk.scene()).await {
            Ok(Ok(scene)) => hall.show(scene),
            _ => hall.stir(),
        }
        // The more phones there are, the rarer the news.
        let crowd = u64::try_from(hall.devices().connected()).unwrap_or(0);
        sleep(hall.limits.beat + Duration::from_millis(crowd)).await;
    }
}

/// Tells the facilitator's window, not too often; forgets old acquaintances.
async fn tell(hall: Arc<Hall>) {
    let mut beats = 0_u32;
    loop {
        hall.told.notified().await;
        let (desk, refused) = (hall.desk.clone(), hall.refusals.met());
        let again = tokio::task::spawn_blocking(move || desk.news(&refused)).await.unwrap_or(false);
        sleep(TELL).await;
        if again {
            hall.desk_has_news();
        }
        beats += 1;
        if beats.is_multiple_of(200) {
            hall.brakes.forget();
        }
    }
}
