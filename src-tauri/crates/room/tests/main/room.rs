//! A room over a desk that keeps everything in memory.

use moisson_domain::EntityId;
use moisson_room::{
    Choice, Declined, Desk, Entry, Invitation, Item, Limits, Opening, Question, Receipt, Refusal, Room, Say, Scene,
    Sharing, Support, Voting,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

/// The one vote.
pub const BALLOT: [u8; 16] = [7; 16];
/// A proposal that makes the desk panic.
pub const PANIC: &str = "panique";

/// What the desk holds.
#[derive(Default)]
pub struct Held {
    pub proposals: BTreeMap<[u8; 16], String>,
    pub supports: BTreeSet<([u8; 16], EntityId)>,
    pub bulletins: BTreeMap<[u8; 16], Voting>,
    pub cards: BTreeMap<String, bool>,
    pub news: u32,
    /// As the room last told.
    pub refused: Vec<(Refusal, u32)>,
}

#[derive(Default)]
pub struct Memory(Mutex<Held>);

impl Memory {
    pub fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

pub fn id_of(key: [u8; 16]) -> EntityId {
    EntityId::from_bytes(key)
}

impl Desk for Memory {
    fn scene(&self) -> Result<Scene, Declined> {
        let held = self.held();
        let options =
            [1, 2].map(|n| Choice { id: EntityId::from_bytes([n; 16]), label: format!("Choix {n}"), cost: None });
        let ballot = Question {
            id: EntityId::from_bytes(BALLOT),
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
            colleges: Vec::new(),
            territories: Vec::new(),
            cards: !held.cards.is_empty(),
            secret: true,
        };
        let items = held.proposals.iter().map(|(key, text)| Item {
            id: id_of(*key),
            text: text.clone(),
            table: None,
            supports: u32::try_from(held.supports.iter().filter(|(_, on)| *on == id_of(*key)).count()).unwrap(),
        });
        Ok(Scene {
            title: String::from("Mobilité"),
            question: String::from("Que faudrait-il faire ?"),
            sharing: Sharing::All,
            ballots: vec![ballot],
            items: items.collect(),
            ..Scene::default()
        })
    }

    fn propose(&self, entry: &Entry) -> Result<Receipt, Declined> {
        assert!(entry.text != PANIC, "asked for");
        self.held().proposals.entry(entry.key).or_insert_with(|| entry.text.clone());
        Ok(Receipt::Noted { id: id_of(entry.key) })
    }

    fn support(&self, support: &Support) -> Result<(), Declined> {
        let one = (support.secret, support.proposal);
        if support.on {
            self.held().supports.insert(one)
        } else {
            self.held().supports.remove(&one)
        };
        Ok(())
    }

    fn vote(&self, voting: &Voting) -> Result<(), Declined> {
        let mut held = self.held();
        if voting.ballot != EntityId::from_bytes(BALLOT) {
            return Err(Declined::Gone);
        }
        let voter = voting.slot.unwrap_or(voting.secret);
        if !held.cards.is_empty() && !held.bulletins.contains_key(&voter) {
            let card = voting.card.as_deref().ok_or(Declined::CardNeeded)?;
            match held.cards.get_mut(card) {
                None => return Err(Declined::CardUnknown),
                Some(true) => return Err(Declined::CardSpent),
                Some(spent) => *spent = true,
            }
        }
        held.bulletins.insert(voter, voting.clone());
        Ok(())
    }

    fn news(&self, refused: &[(Refusal, u32)]) -> bool {
        let mut held = self.held();
        held.news += 1;
        held.refused = refused.to_vec();
        false
    }
}

/// An open room and what is behind it.
pub struct Hall {
    pub room: Room,
    pub desk: Arc<Memory>,
    pub invitation: Invitation,
}

pub fn invitation(seed: u8) -> Invitation {
    Invitation::draw(&mut |bytes| bytes.fill(seed))
}

pub fn hall() -> Hall {
    hall_with(Limits::default())
}

pub fn hall_with(limits: Limits) -> Hall {
    open(Arc::new(Memory::default()), 0, invitation(1), limits)
}

pub fn open(desk: Arc<Memory>, port: u16, invitation: Invitation, limits: Limits) -> Hall {
    let opening = Opening {
        address: IpAddr::from(Ipv4Addr::LOCALHOST),
        port,
        invitation: invitation.clone(),
        page: String::from("<!doctype html><style>p{}</style><script>1</script>"),
        limits,
        chance: [3; 32],
        refused: desk.held().refused.clone(),
    };
    Hall { room: Room::open(opening, desk.clone()).unwrap(), desk, invitation }
}

impl Hall {
    /// How often something was refused for this reason.
    pub fn refused(&self, reason: Refusal) -> u32 {
        let met = self.room.status().refusals;
        met.into_iter().find(|(refusal, _)| *refusal == reason).map_or(0, |(_, count)| count)
    }
}

/// Waits for something that happens on another thread.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = tokio::time::Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(20), "waited too long: {what}");
        std::thread::yield_now();
    }
}
