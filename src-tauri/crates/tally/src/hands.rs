//! Raised hands: per option, the number of hands that someone counted (by table or for the whole room). Totals add up; the
//! share is of those present where that number is known. No majority is implied: the room's own rule decides.

use crate::{
    Ballot, Reason, Settings, TallyError,
    approval::counted,
    method::{Count, Rule, Vote},
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Hands;

impl Rule for Hands {
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        let counts = ballot.counts.as_ref().ok_or(Reason::Blank)?;
        match counts.keys().find(|id| !options.contains(id.as_str())) {
            Some(id) => Err(Reason::UnknownOption { option: id.clone() }),
            None => Ok(()),
        }
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let Vote { options, ballots, settings, .. } = *vote;
        let mut votes: BTreeMap<&str, u128> = BTreeMap::new();
        for ballot in ballots {
            for (id, hands) in ballot.counts.iter().flatten() {
                *votes.entry(id).or_default() += u128::from(*hands) * ballot.weight().units();
            }
        }
        let present = settings.present.and_then(|present| crate::Weight::whole(present.into()));
        Ok(counted(options, &votes, present.map_or(0, crate::Weight::units)))
    }
}
