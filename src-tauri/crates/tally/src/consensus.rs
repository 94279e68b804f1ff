//! Where people differ and where they agree: opinions on statements, group by group.
//!
//! The group-informed consensus of a statement is the product over the groups of (agree + 1) / (votes + 2): high only where
//! every group agrees (Small et al., *Polis: Scaling deliberation by mapping high dimensional opinion spaces*, RECERCA 26,
//! 2021). Groups are those the input names; where it names none, they are made (see `clusters`). Bulletins without a group,
//! among others that have one, are counted in none.

use crate::{
    Ballot, Opinion, Reason, Score, Settings, Step, TallyError, Weight,
    clusters::clusters,
    method::{Count, Rule, Vote, ties},
    outcome::{rounded, shown},
};
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};
use serde_json::Number;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

pub(crate) struct Consensus;

/// Units of those who agree, disagree and pass.
type Tally = [u128; 3];

impl Rule for Consensus {
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        let votes = ballot.votes.as_ref().ok_or(Reason::Blank)?;
        if let Some(id) = votes.keys().find(|id| !options.contains(id.as_str())) {
            return Err(Reason::UnknownOption { option: id.clone() });
        }
        match votes.values().find(|vote| !(-1..=1).contains(*vote)) {
            Some(given) => Err(Reason::NotAnOpinion { given: *given }),
            None => Ok(()),
        }
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let grouped = vote.ballots.iter().any(|ballot| ballot.group.is_some());
        let made = (!grouped).then(|| clusters(vote.options, vote.ballots, vote.settings.groups));
        let names: Vec<String> = (1..=usize::from(u8::MAX)).map(|group| group.to_string()).collect();
        let apart = made.as_ref().and_then(|made| made.silhouette);
        let mut sizes: BTreeMap<&str, u128> = BTreeMap::new();
        let mut tallies: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
        let mut left_out = 0;
        for (at, ballot) in vote.ballots.iter().enumerate() {
            let group = match &made {
                None => ballot.group.as_deref(),
                Some(made) if made.silhouette.is_none() => Some(""),
                Some(made) => made.groups[at].map(|group| names[group].as_str()),
            };
            let Some(group) = group else {
                left_out += ballot.weight().units();
                continue;
            };
            let units = ballot.weight().units();
            *sizes.entry(group).or_default() += units;
            for (id, opinion) in ballot.votes.iter().flatten() {
                let place = match opinion {
                    1 => 0,
                    -1 => 1,
                    _ => 2,
                };
                tallies.entry((id, group)).or_default()[place] += units;
            }
        }
        let none = Tally::default();
        let consensus = |id: &str| {
            let one = Weight::default().units();
            sizes.keys().fold(BigRational::one(), |product, group| {
                let tally = tallies.get(&(id, *group)).unwrap_or(&none);
                let ratio = BigRational::new((tally[0] + one).into(), (tally.iter().sum::<u128>() + 2 * one).into());
                product * ratio
            })
        };
        let mut order: Vec<(Reverse<BigRational>, usize)> =
            vote.options.iter().enumerate().map(|(at, id)| (Reverse(consensus(id)), at)).collect();
        order.sort();
        let ranks = order.chunk_by(|a, b| a.0 == b.0);
        let ranking: Vec<Vec<String>> =
            ranks.map(|rank| rank.iter().map(|(_, at)| vote.options[*at].to_owned()).collect()).collect();
        let opinions = |id: &str| {
            let opinion = |group: &&str| {
                let [agree, disagree, pass] = tallies.get(&(id, *group)).unwrap_or(&none).map(shown);
                Opinion { group: (*group).to_owned(), agree, disagree, pass }
            };
            sizes.keys().map(opinion).collect()
        };
        let scores = order
            .iter()
            .map(|(Reverse(value), at)| {
                let rounded = value.to_f64().and_then(Number::from_f64).unwrap_or_else(|| 0.into());
                let id = vote.options[*at];
                (id.to_owned(), Score::Statement { group_informed_consensus: rounded, groups: opinions(id) })
            })
            .collect();
        let groups = sizes.iter().map(|(group, units)| ((*group).to_owned(), shown(*units))).collect();
        let mut explanation = vec![Step::Groups { sizes: groups }];
        explanation.extend(apart.map(|apart| Step::Grouped { silhouette: rounded(apart), left_out: shown(left_out) }));
        explanation.extend(ties(&ranking));
        Ok(Count::new(ranking, scores, explanation))
    }
}
