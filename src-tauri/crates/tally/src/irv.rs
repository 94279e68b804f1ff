//! Instant-runoff voting (Ware, 1871; *Robert's Rules of Order*): each round, a bulletin counts for the best of those still in,
//! and the last is eliminated, until one is left. A bulletin that ties several at its top is shared equally among them; one
//! that names nobody still in is exhausted.
//!
//! Where several are last, each of them may go first: every order is followed, and whoever wins under some order wins
//! (parallel-universe tie-breaking, Conitzer, Rognlie & Xia, IJCAI 2009). The rounds told are those in which all the last go
//! together.

use crate::{
    Ballot, Reason, Score, Settings, Step, TallyError,
    method::{Count, Rule, Vote, ties},
    outcome::shown,
    ranked::{self, rankings},
    table::Cells,
};
use std::collections::{BTreeMap, BTreeSet};

/// Sets of survivors looked at: some seconds of work.
const MOST: usize = 20_000;
/// Divisible by every whole number to 40: the parts into which a vote is cut, so that shares are whole. A tie of more than 40
/// at the top of a bulletin counts for none of them until some are out.
const PARTS: u128 = 5_342_931_457_063_200;

pub(crate) struct Irv;

impl Rule for Irv {
    fn cells(&self) -> Option<Cells> {
        Some(Cells::Places)
    }

    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        ranked::validate(ballot, options)
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let rankings: Vec<(Vec<Vec<usize>>, u128)> = rankings(vote).into_iter().collect();
        let name = |option: &usize| vote.options[*option].to_owned();
        let everyone: BTreeSet<usize> = (0..vote.options.len()).collect();
        let winners = winners(&rankings, &everyone)?;

        let mut left = everyone;
        let mut explanation = Vec::new();
        let mut out: Vec<Vec<String>> = Vec::new();
        let mut scores: BTreeMap<String, Score> = BTreeMap::new();
        while !left.is_empty() {
            let round = Round::of(&rankings, &left);
            for (option, parts) in &round.parts {
                scores.insert(name(option), Score::Value { value: shown(parts / PARTS) });
            }
            let mut last = round.last();
            if last.len() == left.len() {
                last.clear();
            }
            explanation.push(Step::Round {
                votes: round.parts.iter().map(|(option, parts)| (name(option), shown(parts / PARTS))).collect(),
                elected: if last.is_empty() { left.iter().map(name).collect() } else { Vec::new() },
                eliminated: last.iter().map(name).collect(),
                exhausted: shown(round.exhausted),
            });
            if last.is_empty() {
                out.push(left.iter().map(name).collect());
                break;
            }
            out.push(last.iter().map(name).collect());
            left.retain(|option| !last.contains(option));
        }
        let best: Vec<String> = winners.iter().map(name).collect();
        let mut ranking = vec![best.clone()];
        ranking.extend(out.into_iter().rev().map(|rank| rank.into_iter().filter(|id| !best.contains(id)).collect()));
        ranking.retain(|rank: &Vec<String>| !rank.is_empty());
        explanation.extend(ties(&ranking));
        Ok(Count::new(ranking, scores, explanation))
    }
}

/// One count of the bulletins for those still in.
struct Round {
    parts: BTreeMap<usize, u128>,
    exhausted: u128,
}

impl Round {
    fn of(rankings: &[(Vec<Vec<usize>>, u128)], left: &BTreeSet<usize>) -> Self {
        let mut round = Self { parts: left.iter().map(|option| (*option, 0)).collect(), exhausted: 0 };
        for (ranking, units) in rankings {
            let top = ranking.iter().find_map(|rank| {
                let still: Vec<usize> = rank.iter().copied().filter(|option| left.contains(option)).collect();
                (!still.is_empty()).then_some(still)
            });
            let Some(top) = top else {
                round.exhausted += units;
                continue;
            };
            if top.len() <= 40 {
                for option in &top {
                    *round.parts.entry(*option).or_default() += units * (PARTS / top.len() as u128);
                }
            }
        }
        round
    }

    fn last(&self) -> Vec<usize> {
        let fewest = self.parts.values().min().copied().unwrap_or_default();
        self.parts.iter().filter(|(_, parts)| **parts == fewest).map(|(option, _)| *option).collect()
    }
}

/// Everyone who is left alone under some order of eliminating those who tie for last.
fn winners(rankings: &[(Vec<Vec<usize>>, u128)], everyone: &BTreeSet<usize>) -> Result<BTreeSet<usize>, TallyError> {
    let mut winners = BTreeSet::new();
    let mut seen = BTreeSet::from([everyone.clone()]);
    let mut todo = vec![everyone.clone()];
    while let Some(left) = todo.pop() {
        if left.len() == 1 {
            winners.extend(left);
            continue;
        }
        let round = Round::of(rankings, &left);
        let last = round.last();
        let nobody = last.iter().all(|option| round.parts.get(option) == Some(&0)) && last.len() < left.len();
        // Those whom nobody puts first may go together: none of them passes a vote on.
        let outs: Vec<Vec<usize>> = if nobody { vec![last] } else { last.into_iter().map(|one| vec![one]).collect() };
        for out in outs {
            let next: BTreeSet<usize> = left.iter().copied().filter(|option| !out.contains(option)).collect();
            if seen.insert(next.clone()) {
                todo.push(next);
            }
        }
        if seen.len() > MOST {
            return Err(TallyError::TooManyTies(MOST));
        }
    }
    Ok(winners)
}
