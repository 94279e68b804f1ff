//! What lies in the bag of an open vote.

use super::{Voice, bulletins_of, copies, method};
use crate::{
    Failure, Session,
    phones::hex,
    views::{EnteredBulletin, RoomMethod},
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_tally::{Ballot, Method, Outcome, Step, tally};

/// The bag of the vote that is shown live, read once and then kept as bulletins come: the next page has nothing to read. In the
/// order of the random keys, as in the file; of a secret vote, which is never live, nothing stays here.
#[derive(Default)]
pub(crate) struct LiveBag {
    of: Option<EntityId>,
    /// One per bulletin: who answered several duels has several, side by side.
    keys: Vec<[u8; 16]>,
    ballots: Vec<Ballot>,
}

impl LiveBag {
    fn new(of: EntityId, voices: Vec<Voice>) -> Self {
        let mut bag = Self { of: Some(of), ..Self::default() };
        for (key, said) in voices {
            bag.put(key, said);
        }
        bag
    }

    /// What one voter says now, in place of what they said before; nothing takes it back.
    fn put(&mut self, key: [u8; 16], said: Vec<Ballot>) {
        let from = self.keys.partition_point(|other| *other < key);
        let before = from..from + self.keys[from..].partition_point(|other| *other == key);
        self.keys.splice(before.clone(), said.iter().map(|_| key));
        self.ballots.splice(before, said);
    }

    fn standing(&self, next_duel: Option<(String, String)>) -> Standing {
        // What phones say is counted, and read by nobody before closing.
        let listed = self.keys.iter().zip(&self.ballots).filter(|(_, said)| said.channel.as_deref() != Some("phone"));
        let entered = |(key, said): (&[u8; 16], &Ballot)| EnteredBulletin { key: hex(*key), bulletin: said.clone() };
        let bulletins = self.ballots.iter().map(copies).sum();
        Standing { entered: listed.map(entered).collect(), bulletins, next_duel, outcome: None }
    }
}

/// What the page of a vote shows of its bag.
pub(super) struct Standing {
    pub entered: Vec<EnteredBulletin>,
    pub bulletins: u32,
    /// The duel that would teach most.
    pub next_duel: Option<(String, String)>,
    /// The result so far, if it is shown while people vote; none where it cannot be counted, which is told at closing.
    pub outcome: Option<Outcome>,
}

impl Session {
    /// By key, one bulletin, or the duels that one voter answered.
    pub(super) fn bag(&self, ballot: EntityId) -> Result<Vec<Voice>, Failure> {
        Ok(self.store.bulletins(ballot)?.into_iter().map(|(key, body)| (key, read(&body))).collect())
    }

    /// A vote whose result is shown while people vote: over the bag and the urns of other laptops.
    pub(super) fn live(&self, entity: &Entity) -> Result<Standing, Failure> {
        let mut bag = std::mem::take(&mut self.kept.borrow_mut().bag);
        if bag.of != Some(entity.id) {
            bag = LiveBag::new(entity.id, self.bag(entity.id)?);
        }
        let mut election = self.election(entity, std::mem::take(&mut bag.ballots))?;
        let own = election.ballots.len();
        election.ballots.extend(self.children(Kind::Urn, entity.id)?.iter().flat_map(bulletins_of));
        let outcome = tally(method(entity).try_into()?, &election).ok();
        election.ballots.truncate(own);
        bag.ballots = election.ballots;
        let standing = bag.standing(outcome.as_ref().and_then(next_duel));
        self.kept.borrow_mut().bag = bag;
        Ok(Standing { outcome, ..standing })
    }

    /// Any other vote: how many bulletins lie in the bag, and no result.
    pub(super) fn unseen(&self, entity: &Entity, method: RoomMethod) -> Result<Standing, Failure> {
        let mut bag = LiveBag::new(entity.id, self.bag(entity.id)?);
        let mut next = None;
        if method == RoomMethod::Pairwise && entity.fields.text(Field::State) == Some("open") {
            let election = self.election(entity, std::mem::take(&mut bag.ballots))?;
            next = tally(Method::Pairwise, &election).ok().as_ref().and_then(next_duel);
            bag.ballots = election.ballots;
        }
        Ok(bag.standing(next))
    }

    /// A bulletin came, or was taken back: the bag that is kept follows.
    pub(crate) fn bag_holds(&self, ballot: EntityId, key: [u8; 16], said: Vec<Ballot>) {
        let bag = &mut self.kept.borrow_mut().bag;
        if bag.of == Some(ballot) {
            bag.put(key, said);
        }
    }

    /// The vote is closed: its urn says all.
    pub(super) fn forget_bag(&self) {
        self.kept.borrow_mut().bag = LiveBag::default();
    }
}

/// The duel that would teach most, as the count says.
fn next_duel(outcome: &Outcome) -> Option<(String, String)> {
    outcome.explanation.iter().find_map(|step| match step {
        Step::NextDuel { a, b } => Some((a.clone(), b.clone())),
        _ => None,
    })
}

fn read(body: &str) -> Vec<Ballot> {
    match body.strip_prefix('[') {
        Some(_) => serde_json::from_str(body).unwrap_or_default(),
        None => serde_json::from_str(body).into_iter().collect(),
    }
}
