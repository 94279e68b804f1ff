//! The room open on this laptop: the server of `moisson-room` in front of the session that the window works in.

use crate::{
    CardProblem, Failure, Session,
    phones::{entry_hash, hex},
    views::{JoinView, OpenRoom, RefusalRow, RoomOptions},
};
use moisson_domain::EntityId;
use moisson_room::{
    Declined, Desk, Entry, Limits, Opening, Receipt, Refusal, Room, Scene, Sharing, Support, Voting, qr_svg, wifi_text,
};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

/// The port that is tried first: short enough to be typed.
const PORT: u16 = 4747;

/// How the room reaches the démarche that is open. The face holds the session, and tells its windows what changed.
pub trait Reach: Send + Sync + 'static {
    /// Runs a use case on the open session, when its turn comes. Not called if the démarche is closed.
    fn run(&self, use_case: &mut dyn FnMut(&mut Session));

    /// Told now and then after something that the facilitator should see: phones, refusals, what phones brought.
    fn news(&self);
}

/// Everything a room is opened with.
pub struct RoomSetup {
    /// What the facilitator chose.
    pub options: RoomOptions,
    /// The page that phones are given.
    pub page: String,
    /// Whether it is only a rehearsal: phones are told.
    pub rehearsal: bool,
    /// Limits.
    pub limits: Limits,
    /// Port asked for; none for the one used last, or the usual one.
    pub port: Option<u16>,
    /// A second session on the same file, only to read: what phones are shown is read beside whoever types.
    pub reader: Session,
    /// The way to the session that writes.
    pub reach: Box<dyn Reach>,
}

/// An open room. Dropped, it closes.
pub struct PhoneRoom {
    room: Room,
    desk: Arc<PhoneDesk>,
    join: JoinView,
}

impl PhoneRoom {
    /// Opens the room of an atelier.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], [`Failure::Room`] when the address cannot be listened on, or what the store reports.
    pub fn open(session: &mut Session, setup: RoomSetup) -> Result<Self, Failure> {
        let RoomSetup { options, page, rehearsal, limits, port, reader, reach } = setup;
        // A rehearsal has a link of its own, so that its phones do not come back to the real room.
        let renew = options.renew || rehearsal;
        let (invitation, last) = session.invitation(options.workshop, renew)?;
        let address: IpAddr =
            options.address.parse().map_err(|_| Failure::NoSuch { what: None, reference: options.address.clone() })?;
        let refused = if renew { Vec::new() } else { session.refused_in(options.workshop)? };
        let desk = Arc::new(PhoneDesk {
            reach,
            reader: Mutex::new(reader),
            workshop: options.workshop,
            rehearsal,
            ways: Mutex::default(),
            senders: Mutex::default(),
            votes: AtomicU32::new(0),
            settled: AtomicU32::new(0),
            counted: Mutex::new(Counted { kept: total(&refused), seen: total(&refused) }),
        });
        let mut ports = match (port, last) {
            (Some(port), _) => vec![port],
            // Taken by another room on this laptop, the usual port gives way to any.
            (None, 0) => vec![PORT, 0],
            (None, last) => vec![last, PORT, 0],
        };
        let mut chance = [0; 32];
        session.fill_random(&mut chance);
        let open = |port: u16| {
            let opening = Opening {
                address,
                port,
                invitation: invitation.clone(),
                page: page.clone(),
                limits: limits.clone(),
                chance,
                refused: refused.clone(),
            };
            Room::open(opening, desk.clone())
        };
        let first = open(ports.remove(0));
        let room = ports.into_iter().fold(first, |room, port| room.or_else(|_| open(port)))?;
        session.keep_port(options.workshop, &invitation, room.address().port())?;
        let wifi = Some(options.wifi.trim()).filter(|name| !name.is_empty());
        let join = JoinView {
            address: room.origin().to_owned(),
            word: invitation.word().to_owned(),
            page_qr: qr_svg(&room.link())?,
            wifi: wifi.map(ToOwned::to_owned),
            wifi_qr: wifi.map(|name| qr_svg(&wifi_text(name, options.wifi_key.trim()))).transpose()?,
        };
        Ok(Self { room, desk, join })
    }

    /// The atelier.
    #[must_use]
    pub fn workshop(&self) -> EntityId {
        self.desk.workshop
    }

    /// The link of the page's QR code.
    #[must_use]
    pub fn link(&self) -> String {
        self.room.link()
    }

    /// How to come in.
    #[must_use]
    pub const fn join(&self) -> &JoinView {
        &self.join
    }

    /// Says that what phones are shown may have changed.
    pub fn stir(&self) {
        self.room.stir();
    }

    /// Who sees what others proposed, and whether proposals are read first.
    pub fn set(&self, sharing: Sharing, moderated: bool) {
        let mut ways = lock(&self.desk.ways);
        *ways = Ways { sharing, moderated, ..*ways };
        drop(ways);
        self.room.stir();
    }

    /// Whether proposals are read before they are shown.
    #[must_use]
    pub fn moderated(&self) -> bool {
        lock(&self.desk.ways).moderated
    }

    /// Silences a phone, or lets it speak again.
    pub fn silence(&self, tag: &str, silenced: bool) {
        self.room.silence(tag, silenced);
    }

    /// What the facilitator sees of the room.
    ///
    /// # Errors
    /// What the store reports.
    pub fn view(&self) -> Result<OpenRoom, Failure> {
        let status = self.room.status();
        let Ways { sharing, moderated, .. } = *lock(&self.desk.ways);
        let reader = lock(&self.desk.reader);
        let mut held = reader.held_proposals(self.desk.workshop)?;
        let votes = reader.phone_votes(self.desk.workshop)?;
        drop(reader);
        let senders = lock(&self.desk.senders);
        for one in &mut held {
            one.device = senders.get(&one.key).cloned();
        }
        Ok(OpenRoom {
            workshop: self.desk.workshop,
            join: self.join.clone(),
            connected: u32::try_from(status.connected).unwrap_or(u32::MAX),
            devices: status.devices,
            refusals: status.refusals.into_iter().map(|(reason, count)| RefusalRow { reason, count }).collect(),
            sharing,
            moderated,
            held,
            votes,
        })
    }
}

/// How the room goes about what phones propose.
#[derive(Debug, Clone, Copy, Default)]
struct Ways {
    sharing: Sharing,
    moderated: bool,
    /// The séquence that was under way when phones were last shown something.
    step: Option<EntityId>,
    /// Whether who sees what was that séquence's wish: with the next one, everything is pooled again.
    wished: bool,
}

/// The démarche as phones may use it.
struct PhoneDesk {
    reach: Box<dyn Reach>,
    reader: Mutex<Session>,
    workshop: EntityId,
    rehearsal: bool,
    ways: Mutex<Ways>,
    /// Which phone sent what waits to be read, so that it can be silenced. In memory only.
    senders: Mutex<HashMap<String, String>>,
    /// Bulletins that came, and how many had when the log was last looked at.
    votes: AtomicU32,
    settled: AtomicU32,
    counted: Mutex<Counted>,
}

/// How many refusals the file knows of, and how many there were at the last look.
struct Counted {
    kept: u64,
    seen: u64,
}

/// A flood is counted in the file once in so many refusals, and when it ends.
const MANY: u64 = 1_000;

fn total(refused: &[(Refusal, u32)]) -> u64 {
    refused.iter().map(|(_, count)| u64::from(*count)).sum()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PhoneDesk {
    /// When another séquence begins, who sees what is as it says; what the facilitator chooses meanwhile stays until the next.
    fn follow(&self, now: Option<(EntityId, Option<Sharing>)>) {
        let mut ways = lock(&self.ways);
        let Some((step, wish)) = now.filter(|(step, _)| Some(*step) != ways.step) else { return };
        ways.step = Some(step);
        match wish {
            Some(sharing) => (ways.sharing, ways.wished) = (sharing, true),
            None if ways.wished => (ways.sharing, ways.wished) = (Sharing::All, false),
            None => return,
        }
        drop(ways);
        self.reach.news();
    }

    /// Notes in the file how often phones were refused, once it stops for a moment. True while there is more to note.
    fn count(&self, refused: &[(Refusal, u32)]) -> bool {
        let now = total(refused);
        let mut counted = lock(&self.counted);
        let due = now != counted.kept && (now == counted.seen || now >= counted.kept.saturating_add(MANY));
        counted.seen = now;
        if due {
            counted.kept = now;
            // A file that cannot be written now says so to whoever types; the next refusal tries again.
            self.write(|session| session.keep_refused(self.workshop, refused)).ok();
        }
        now != counted.kept
    }

    fn write<T>(&self, mut use_case: impl FnMut(&mut Session) -> Result<T, Failure>) -> Result<T, Declined> {
        // Still this if the démarche was closed under the room.
        let mut done = Err(Declined::Trouble);
        self.reach.run(&mut |session| done = use_case(session).map_err(|failure| declined(&failure)));
        done
    }
}

impl Desk for PhoneDesk {
    fn scene(&self) -> Result<Scene, Declined> {
        let reader = lock(&self.reader);
        self.follow(reader.sharing_now(self.workshop).map_err(|failure| declined(&failure))?);
        let Ways { sharing, moderated, .. } = *lock(&self.ways);
        let scene = reader.phone_scene(self.workshop, sharing, moderated);
        drop(reader);
        scene.map(|scene| Scene { rehearsal: self.rehearsal, ..scene }).map_err(|failure| declined(&failure))
    }

    fn propose(&self, entry: &Entry) -> Result<Receipt, Declined> {
        let moderated = lock(&self.ways).moderated;
        let receipt = self.write(|session| session.propose_by_phone(self.workshop, entry, moderated))?;
        if receipt == Receipt::Held {
            lock(&self.senders).insert(hex(entry_hash(&entry.key)), entry.device.clone());
        }
        Ok(receipt)
    }

    fn support(&self, support: &Support) -> Result<(), Declined> {
        self.write(|session| session.support_by_phone(self.workshop, support))
    }

    fn vote(&self, voting: &Voting) -> Result<(), Declined> {
        self.write(|session| session.vote_by_phone(self.workshop, voting))?;
        self.votes.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn news(&self, refused: &[(Refusal, u32)]) -> bool {
        let counting = self.count(refused);
        self.reach.news();
        let votes = self.votes.load(Ordering::Relaxed);
        let seen = self.settled.swap(votes, Ordering::Relaxed);
        // Votes stopped coming since the last look: a log that a reader kept from being emptied is emptied now.
        if votes > 0 && votes == seen {
            self.votes.fetch_sub(votes, Ordering::Relaxed);
            self.settled.store(0, Ordering::Relaxed);
            self.write(|session| session.settle_votes()).ok();
        }
        votes != seen || counting
    }
}

/// What a phone is told of a failure.
fn declined(failure: &Failure) -> Declined {
    match failure {
        Failure::NoSuch { .. } => Declined::Gone,
        Failure::BallotState { .. } => Declined::Closed,
        Failure::Bulletin { .. } | Failure::NothingToNote | Failure::Value(_) => Declined::Invalid,
        Failure::Card { problem: CardProblem::Needed } => Declined::CardNeeded,
        Failure::Card { problem: CardProblem::Unknown } => Declined::CardUnknown,
        Failure::Card { problem: CardProblem::Spent } => Declined::CardSpent,
        _ => Declined::Trouble,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::*;
    use crate::{Language, Surroundings, Template};
    use moisson_domain::{Field, Kind};
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
    use serde_json::json;
    use std::{
        io::{Read, Write},
        net::TcpStream,
        path::Path,
    };

    struct Shared(Arc<Mutex<Session>>);

    impl Reach for Shared {
        fn run(&self, use_case: &mut dyn FnMut(&mut Session)) {
            use_case(&mut lock(&self.0));
        }

        fn news(&self) {}
    }

    fn world() -> Surroundings {
        Surroundings {
            now: Box::new(|| chrono::DateTime::parse_from_rfc3339("2022-06-14T10:00:00+02:00").unwrap()),
            random: ChaCha20Rng::seed_from_u64(3),
            author: String::new(),
            language: Language::Fr,
        }
    }

    fn open(path: &Path, session: Session, workshop: EntityId, renew: bool) -> (PhoneRoom, Arc<Mutex<Session>>) {
        let session = Arc::new(Mutex::new(session));
        let address = String::from("127.0.0.1");
        let (wifi, wifi_key) = (String::new(), String::new());
        let setup = RoomSetup {
            options: RoomOptions { workshop, address, wifi, wifi_key, renew },
            page: String::new(),
            rehearsal: false,
            limits: Limits::default(),
            port: Some(0),
            reader: Session::open_to_read(path, world()).unwrap(),
            reach: Box::new(Shared(session.clone())),
        };
        let room = PhoneRoom::open(&mut lock(&session), setup).unwrap();
        (room, session)
    }

    /// Asks for something that is not there.
    fn stray(room: &PhoneRoom) {
        let host = room.join().address.trim_start_matches("http://").to_owned();
        let mut stream = TcpStream::connect(&host).unwrap();
        write!(stream, "GET /.git HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
    }

    /// The laptop is shut, once the threads of the room have let go of the file.
    fn shut(room: PhoneRoom, session: Arc<Mutex<Session>>) {
        drop(room);
        while Arc::strong_count(&session) > 1 {
            std::thread::yield_now();
        }
        drop(session);
    }

    fn refused(room: &PhoneRoom) -> Vec<(Refusal, u32)> {
        room.view().unwrap().refusals.into_iter().map(|row| (row.reason, row.count)).collect()
    }

    #[test]
    fn what_a_room_refused_is_told_after_the_laptop_was_started_anew_and_forgotten_with_its_link() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("salle.moisson");
        let mut session = Session::new_process(&path, Template::Blank, None, "A", world()).unwrap();
        let title = [(Field::Title, json!("Salle"))].into_iter().collect();
        let workshop = session.create_entity(Kind::Workshop, title, None).unwrap();
        let (room, session) = open(&path, session, workshop, false);
        for _ in 0..3 {
            stray(&room);
        }
        assert_eq!(refused(&room), [(Refusal::Path, 3)]);
        // Noted once nothing more comes: not a write to the file for each stranger's knock.
        while lock(&session).refused_in(workshop).unwrap() != [(Refusal::Path, 3)] {
            std::thread::yield_now();
        }
        shut(room, session);
        let (room, session) = open(&path, Session::open(&path, world()).unwrap(), workshop, false);
        stray(&room);
        assert_eq!(refused(&room), [(Refusal::Path, 4)]);
        shut(room, session);
        let (room, _session) = open(&path, Session::open(&path, world()).unwrap(), workshop, true);
        assert_eq!(refused(&room), [], "a new link is a new room");
    }
}
