//! Approval voting: each bulletin names any number of options; the option named most often wins (Brams & Fishburn, 1978). With a
//! rule, seats are shared out in proportion instead: see `proportional`.

use crate::{
    Ballot, Reason, Score, Settings, TallyError,
    method::{Count, Rule, Vote, rank_by_total},
    outcome::shown,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Approval;

impl Rule for Approval {
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason> {
        let approve = ballot.approve.as_ref().ok_or(Reason::Blank)?;
        let mut seen = BTreeSet::new();
        for id in approve {
            if !options.contains(id.as_str()) {
                return Err(Reason::UnknownOption { option: id.clone() });
            }
            if !seen.insert(id) {
                return Err(Reason::Twice { option: id.clone() });
            }
        }
        few_enough(approve.len(), settings)
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let Vote { options, ballots, settings, .. } = *vote;
        if let Some(rule) = settings.rule {
            return crate::proportional::count(vote, rule);
        }
        let mut votes: BTreeMap<&str, u128> = BTreeMap::new();
        let mut bulletins = 0;
        for ballot in ballots {
            bulletins += ballot.weight().units();
            for id in ballot.approve.iter().flatten() {
                *votes.entry(id).or_default() += ballot.weight().units();
            }
        }
        let base = settings
            .present
            .and_then(|present| crate::Weight::whole(present.into()))
            .map_or(bulletins, crate::Weight::units);
        Ok(counted(options, &votes, base))
    }
}

/// Whether a bulletin may name so many.
pub(crate) fn few_enough(given: usize, settings: &Settings) -> Result<(), Reason> {
    let given = u32::try_from(given).unwrap_or(u32::MAX);
    match settings.max_choices {
        Some(allowed) if given > allowed => Err(Reason::TooManyChoices { given, allowed }),
        _ => Ok(()),
    }
}

/// Ranks plain votes and gives each its share of a base.
pub(crate) fn counted(options: &[&str], votes: &BTreeMap<&str, u128>, base: u128) -> Count {
    let totals: Vec<(&str, u128)> =
        options.iter().map(|id| (*id, votes.get(id).copied().unwrap_or_default())).collect();
    let (ranking, explanation) = rank_by_total(&totals);
    let per_mille = |units: u128| match base {
        0 => None,
        base => u32::try_from((units * 2000 + base) / (base * 2)).ok(),
    };
    let scores = totals
        .iter()
        .map(|(id, units)| ((*id).to_owned(), Score::Votes { votes: shown(*units), per_mille: per_mille(*units) }))
        .collect();
    Count::new(ranking, scores, explanation)
}
