//! Schulze's method (*A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
//! method*, Social Choice and Welfare 36, 2011), by margins: a path of duels is as strong as its weakest duel; an option beats
//! another when its strongest path there is stronger than the strongest path back.

use crate::{
    Ballot, Reason, Score, Settings, TallyError,
    method::{Count, Rule, Vote, ties},
    ranked::{self, Duels, layers},
    table::Cells,
};
use std::collections::BTreeSet;

pub(crate) struct Schulze;

impl Rule for Schulze {
    fn cells(&self) -> Option<Cells> {
        Some(Cells::Places)
    }

    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        ranked::validate(ballot, options)
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let duels = Duels::of(vote)?;
        let n = duels.count();
        let paths = strongest_paths(&duels);
        let beats = |a: usize, b: usize| paths[a * n + b] > paths[b * n + a];
        let ranking = layers(vote, (0..n).collect(), beats);
        let beaten = |a: usize| (0..n).filter(|b| beats(a, *b)).count();
        let scores = vote.options.iter().enumerate();
        let scores = scores.map(|(a, id)| ((*id).to_owned(), Score::Value { value: beaten(a).into() })).collect();
        let explanation = std::iter::once(duels.step(vote)).chain(ties(&ranking)).collect();
        Ok(Count::new(ranking, scores, explanation))
    }
}

/// For each pair, the strength of the strongest path of won duels from the one to the other (Floyd and Warshall's scheme).
fn strongest_paths(duels: &Duels) -> Vec<i128> {
    let n = duels.count();
    let mut paths: Vec<i128> = (0..n).flat_map(|a| duels.row(a).iter().map(|margin| (*margin).max(0))).collect();
    for middle in 0..n {
        let through: Vec<i128> = paths[middle * n..(middle + 1) * n].to_vec();
        for from in (0..n).filter(|from| *from != middle) {
            let first = paths[from * n + middle];
            if first == 0 {
                continue;
            }
            for (to, second) in through.iter().enumerate() {
                let path = &mut paths[from * n + to];
                *path = (*path).max(first.min(*second));
            }
        }
    }
    paths
}
