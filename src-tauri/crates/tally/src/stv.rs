//! The single transferable vote by the rules of Scottish local elections (Scottish Local Government Elections Order 2011,
//! Schedule 1, Part III: weighted inclusive Gregory, Droop quota, five decimal places, truncated).
//!
//! A tie is broken by the latest earlier round in which the candidates differed; the Order then draws lots, which a program
//! that anyone can check must not: the order of the input stands for the lot, and the step says so.

use crate::{
    Ballot, Reason, Score, Settings, Step, TallyError,
    method::{Count, Rule, Vote},
    ranked::{self, rankings},
    table::Cells,
};
use serde_json::Number;
use std::collections::{BTreeMap, BTreeSet};

/// Hundred-thousandths of a vote: the five decimal places of the rules.
const VOTE: u128 = 100_000;

pub(crate) struct Stv;

impl Rule for Stv {
    fn cells(&self) -> Option<Cells> {
        Some(Cells::Places)
    }

    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        ranked::validate(ballot, options)
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let seats = usize::try_from(vote.settings.seats.unwrap_or(1)).unwrap_or(usize::MAX).max(1);
        Ok(Counting::new(vote, seats).run())
    }
}

/// Bulletins with the same preferences: the candidate that holds them, and what each is worth now.
struct Parcel {
    preferences: Vec<usize>,
    /// Whole bulletins, in millionths as weights are.
    papers: u128,
    /// Worth of one bulletin, in hundred-thousandths.
    value: u128,
    holder: Option<usize>,
}

impl Parcel {
    fn worth(&self) -> u128 {
        self.papers * self.value / crate::Weight::default().units()
    }
}

struct Counting<'a> {
    vote: &'a Vote<'a>,
    seats: usize,
    parcels: Vec<Parcel>,
    hopeful: BTreeSet<usize>,
    elected: Vec<usize>,
    eliminated: Vec<usize>,
    /// What stays with an elected candidate whose surplus went on.
    kept: Vec<u128>,
    /// Votes of every candidate at each round so far.
    rounds: Vec<Vec<u128>>,
    steps: Vec<Step>,
}

impl<'a> Counting<'a> {
    fn new(vote: &'a Vote<'a>, seats: usize) -> Self {
        let parcels = rankings(vote).into_iter().map(|(ranking, papers)| {
            // Preferences stop where a bulletin puts two on one place: nobody can say which comes first.
            let preferences: Vec<usize> =
                ranking.iter().map_while(|rank| if rank.len() == 1 { rank.first().copied() } else { None }).collect();
            Parcel { holder: preferences.first().copied(), preferences, papers, value: VOTE }
        });
        Self {
            vote,
            seats,
            parcels: parcels.collect(),
            hopeful: (0..vote.options.len()).collect(),
            elected: Vec::new(),
            eliminated: Vec::new(),
            kept: vec![0; vote.options.len()],
            rounds: Vec::new(),
            steps: Vec::new(),
        }
    }

    fn name(&self, option: usize) -> String {
        self.vote.options[option].to_owned()
    }

    fn tallies(&self) -> Vec<u128> {
        let mut votes = self.kept.clone();
        for parcel in &self.parcels {
            if let Some(holder) = parcel.holder {
                votes[holder] += parcel.worth();
            }
        }
        votes
    }

    fn run(mut self) -> Count {
        let total: u128 = self.parcels.iter().filter(|parcel| parcel.holder.is_some()).map(Parcel::worth).sum();
        let quota = (total / VOTE / (self.seats as u128 + 1) + 1) * VOTE;
        self.steps.push(Step::Quota { votes: decimal(quota) });
        let mut surplus: Vec<usize> = Vec::new();
        let mut first = true;
        loop {
            let votes = self.tallies();
            self.rounds.push(votes.clone());
            let mut reached: Vec<usize> = self.hopeful.iter().copied().filter(|one| votes[*one] >= quota).collect();
            reached.sort_by_key(|one| std::cmp::Reverse(votes[*one]));
            reached.truncate(self.seats - self.elected.len().min(self.seats));
            for one in &reached {
                self.hopeful.remove(one);
                self.elected.push(*one);
                surplus.push(*one);
            }
            let open = self.seats.saturating_sub(self.elected.len());
            let rest: Vec<usize> = self.hopeful.iter().copied().collect();
            let mut elected = reached;
            let done = open == 0 || rest.len() <= open;
            if open > 0 && rest.len() <= open {
                let mut rest = rest;
                rest.sort_by_key(|one| std::cmp::Reverse(votes[*one]));
                self.elected.extend(&rest);
                self.hopeful.clear();
                elected.extend(rest);
            }
            if first || !elected.is_empty() || done {
                self.round(&votes, &elected, &[]);
                first = false;
            }
            if done {
                break;
            }
            surplus.retain(|one| votes[*one] > quota);
            if let Some(largest) = self.pick(&surplus, true) {
                surplus.retain(|one| *one != largest);
                self.pass_on_surplus(largest, votes[largest], quota);
            } else if let Some(last) = self.pick(&self.lowest(&votes), false) {
                self.hopeful.remove(&last);
                self.eliminated.push(last);
                self.round(&votes, &[], &[last]);
                self.pass_on(last);
            } else {
                break;
            }
        }
        self.finish()
    }

    fn lowest(&self, votes: &[u128]) -> Vec<usize> {
        let fewest = self.hopeful.iter().map(|one| votes[*one]).min();
        self.hopeful.iter().copied().filter(|one| Some(votes[*one]) == fewest).collect()
    }

    /// The candidate with the most (or fewest) votes now, then at the latest round that tells them apart.
    fn pick(&mut self, among: &[usize], most: bool) -> Option<usize> {
        let mut left = among.to_vec();
        let tied = left.len() > 1;
        let mut by = "order_of_input";
        for (back, votes) in self.rounds.iter().rev().enumerate() {
            let best = left.iter().map(|one| votes[*one]);
            let best = if most { best.max() } else { best.min() };
            let before = left.len();
            left.retain(|one| Some(votes[*one]) == best);
            if before > 1 && left.len() == 1 {
                by = if back == 0 { "" } else { "earlier_rounds" };
            }
        }
        let taken = left.first().copied()?;
        if tied && !by.is_empty() {
            let options = among.iter().map(|one| self.name(*one)).collect();
            self.steps.push(Step::Broken { options, taken: self.name(taken), by: by.to_owned() });
        }
        Some(taken)
    }

    fn pass_on_surplus(&mut self, from: usize, votes: u128, quota: u128) {
        self.kept[from] = quota;
        for at in 0..self.parcels.len() {
            if self.parcels[at].holder == Some(from) {
                let next = self.next(&self.parcels[at].preferences);
                let parcel = &mut self.parcels[at];
                parcel.value = parcel.value * (votes - quota) / votes;
                parcel.holder = next;
            }
        }
    }

    fn pass_on(&mut self, from: usize) {
        for at in 0..self.parcels.len() {
            if self.parcels[at].holder == Some(from) {
                self.parcels[at].holder = self.next(&self.parcels[at].preferences);
            }
        }
    }

    fn next(&self, preferences: &[usize]) -> Option<usize> {
        preferences.iter().copied().find(|option| self.hopeful.contains(option))
    }

    fn round(&mut self, votes: &[u128], elected: &[usize], eliminated: &[usize]) {
        let exhausted = self.parcels.iter().filter(|parcel| parcel.holder.is_none()).map(Parcel::worth).sum();
        let step = Step::Round {
            votes: votes.iter().enumerate().map(|(option, votes)| (self.name(option), decimal(*votes))).collect(),
            elected: elected.iter().map(|one| self.name(*one)).collect(),
            eliminated: eliminated.iter().map(|one| self.name(*one)).collect(),
            exhausted: decimal(exhausted),
        };
        self.steps.push(step);
    }

    fn finish(self) -> Count {
        let names = |options: &[usize]| options.iter().map(|one| self.name(*one)).collect::<Vec<_>>();
        let winners = names(&self.elected);
        let mut ranking: Vec<Vec<String>> = winners.iter().map(|id| vec![id.clone()]).collect();
        let left: Vec<usize> = self.hopeful.iter().copied().collect();
        if !left.is_empty() {
            ranking.push(names(&left));
        }
        ranking.extend(self.eliminated.iter().rev().map(|one| vec![self.name(*one)]));
        let empty = Vec::new();
        let firsts = self.rounds.first().unwrap_or(&empty);
        let scores: BTreeMap<String, Score> = firsts
            .iter()
            .enumerate()
            .map(|(option, votes)| (self.name(option), Score::Value { value: decimal(*votes) }))
            .collect();
        if firsts.iter().all(|votes| *votes == 0) {
            let everyone = self.vote.options.iter().map(|id| (*id).to_owned()).collect();
            let mut count = Count::new(vec![everyone], scores, self.steps);
            count.winners = Some(Vec::new());
            return count;
        }
        let mut count = Count::new(ranking, scores, self.steps);
        count.winners = Some(winners);
        count
    }
}

/// Hundred-thousandths of votes as people read them.
#[allow(clippy::cast_precision_loss, reason = "only for showing")]
fn decimal(hundred_thousandths: u128) -> Number {
    match u64::try_from(hundred_thousandths / VOTE) {
        Ok(whole) if hundred_thousandths.is_multiple_of(VOTE) => whole.into(),
        _ => Number::from_f64(hundred_thousandths as f64 / VOTE as f64).unwrap_or_else(|| 0.into()),
    }
}
