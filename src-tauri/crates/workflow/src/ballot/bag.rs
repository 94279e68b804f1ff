//! What lies in the bag of an open vote.

use super::Voice;
use crate::{Failure, Session};
use moisson_domain::EntityId;
use moisson_tally::Ballot;
use std::collections::HashMap;

/// The bulletins of the vote that is shown live, as they were last read: the next page has but one more to read. In no order;
/// of a secret vote, which is never live, nothing stays here.
#[derive(Default)]
pub(crate) struct ReadBag {
    of: Option<EntityId>,
    /// By key: the text in the bag, and what it says.
    read: HashMap<[u8; 16], (String, Vec<Ballot>)>,
}

impl Session {
    /// By key, one bulletin, or the duels that one voter answered.
    pub(super) fn bag(&self, ballot: EntityId) -> Result<Vec<Voice>, Failure> {
        Ok(self.store.bulletins(ballot)?.into_iter().map(|(key, body)| (key, read(&body))).collect())
    }

    /// As [`Self::bag`], of a vote that is looked at after each bulletin.
    pub(super) fn bag_again(&self, ballot: EntityId) -> Result<Vec<Voice>, Failure> {
        let mut kept = self.kept.borrow_mut();
        let bag = &mut kept.bag;
        let mut before = std::mem::take(bag);
        if before.of != Some(ballot) {
            before.read.clear();
        }
        bag.of = Some(ballot);
        let mut voices = Vec::new();
        for (key, body) in self.store.bulletins(ballot)? {
            let known = before.read.remove(&key).filter(|(text, _)| *text == body);
            let (body, said) = known.unwrap_or_else(|| {
                let said = read(&body);
                (body, said)
            });
            voices.push((key, said.clone()));
            bag.read.insert(key, (body, said));
        }
        Ok(voices)
    }

    /// The vote is closed: its urn says all.
    pub(super) fn forget_bag(&self) {
        self.kept.borrow_mut().bag = ReadBag::default();
    }
}

fn read(body: &str) -> Vec<Ballot> {
    match body.strip_prefix('[') {
        Some(_) => serde_json::from_str(body).unwrap_or_default(),
        None => serde_json::from_str(body).into_iter().collect(),
    }
}
