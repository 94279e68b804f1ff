//! Duels: two options at a time, for lists too long to rank. Strengths are those of Bradley and Terry (*Rank Analysis of
//! Incomplete Block Designs*, Biometrika 39, 1952): `a` wins against `b` with probability `a / (a + b)`. They are fitted by
//! Hunter's MM algorithm (*MM algorithms for generalized Bradley–Terry models*, Annals of Statistics 32, 2004).
//!
//! **The prior.** With few duels the most likely strengths may be none (an option that won its only duel would be
//! infinitely strong). So strengths are taken to come from a gamma distribution of shape 1 + p and rate p (Caron & Doucet,
//! *Efficient Bayesian inference for generalized Bradley–Terry models*, JCGS 21, 2012), p being the setting `prior`, 1 unless
//! set: between two options that is Laplace's rule, (won + 1) / (duels + 2). Whatever the duels, one and only one set of
//! strengths is then most likely, and their mean is 1.
//!
//! **Intervals** are of 95 %, from the curvature of that likelihood. **The next duel** is the one that would teach most: whose
//! outcome, counted with its uncertainty, narrows the whole the most (D-optimal design: the largest p(1−p)·Var(a − b)).
//!
//! Strengths are numeric by nature: two that differ by less than a millionth tie. A skipped duel counts for neither.

use crate::{
    Ballot, Reason, Score, Settings, Step, TallyError,
    method::{Count, Rule, Vote, ties},
    outcome::{rounded, shown},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Options whose strengths are fitted: the intervals of so many take a second or two.
const MOST: usize = 1_000;
/// Rounds of the algorithm: far more than duels held in a room need.
const ROUNDS: u32 = 10_000;
/// Logarithms of strengths that differ by less are equal.
const TIE: f64 = 1e-6;
/// Half the width of an interval of 95 %, in standard deviations.
const NORMAL_95: f64 = 1.959_963_984_540_054;

pub(crate) struct Pairwise;

impl Rule for Pairwise {
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        let (a, b) = ballot.duel.as_ref().ok_or(Reason::Blank)?;
        if let Some(option) = [a, b].into_iter().find(|id| !options.contains(id.as_str())) {
            return Err(Reason::UnknownOption { option: option.clone() });
        }
        if a == b {
            return Err(Reason::Twice { option: a.clone() });
        }
        match &ballot.won {
            Some(won) if won != a && won != b => Err(Reason::NotInTheDuel { option: won.clone() }),
            _ => Ok(()),
        }
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let n = vote.options.len();
        if n > MOST {
            return Err(TallyError::TooManyForDuels { options: n, most: MOST });
        }
        let duels = Duels::of(vote);
        let fit = Fit::of(&duels, vote.settings.prior.approximate());
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|a, b| fit.logs[*b].total_cmp(&fit.logs[*a]));
        // A chain of ties is one tie.
        let ranks = order.chunk_by(|a, b| (fit.logs[*a] - fit.logs[*b]).abs() < TIE).map(|rank| {
            let mut rank = rank.to_vec();
            rank.sort_unstable();
            rank.into_iter().map(|option| vote.options[option].to_owned()).collect()
        });
        let ranking: Vec<Vec<String>> = ranks.collect();
        let mut explanation = vec![Step::Fitted { prior: shown(vote.settings.prior.units()), rounds: fit.rounds }];
        if let Some((a, b)) = fit.next_duel() {
            explanation.push(Step::NextDuel { a: vote.options[a].to_owned(), b: vote.options[b].to_owned() });
        }
        explanation.extend(ties(&ranking));
        let score = |option: usize| {
            let deviation = fit.variance(option, option).max(0.0).sqrt() * NORMAL_95;
            let log = fit.logs[option];
            Score::Strength {
                strength: rounded(log.exp()),
                interval: (rounded((log - deviation).exp()), rounded((log + deviation).exp())),
                won: shown(duels.won[option]),
                lost: shown(duels.lost[option]),
            }
        };
        let scores = vote.options.iter().enumerate().map(|(at, id)| ((*id).to_owned(), score(at))).collect();
        let mut count = Count::new(ranking, scores, explanation);
        // Skipped duels alone tell nothing.
        count.winners = duels.held.is_empty().then(Vec::new);
        Ok(count)
    }
}

/// Duels that were held, not skipped.
struct Duels {
    won: Vec<u128>,
    lost: Vec<u128>,
    /// Pairs in the order of the input, with how many duels they held.
    held: BTreeMap<(usize, usize), u128>,
}

impl Duels {
    fn of(vote: &Vote<'_>) -> Self {
        let n = vote.options.len();
        let index: HashMap<&str, usize> = vote.options.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut duels = Self { won: vec![0; n], lost: vec![0; n], held: BTreeMap::new() };
        for ballot in vote.ballots {
            let (Some((a, b)), Some(won)) = (&ballot.duel, &ballot.won) else { continue };
            let (Some(a), Some(b)) = (index.get(a.as_str()), index.get(b.as_str())) else { continue };
            let (winner, loser) = if index.get(won.as_str()) == Some(a) { (*a, *b) } else { (*b, *a) };
            let units = ballot.weight().units();
            duels.won[winner] += units;
            duels.lost[loser] += units;
            *duels.held.entry((winner.min(loser), winner.max(loser))).or_default() += units;
        }
        duels
    }
}

/// Fitted strengths.
struct Fit {
    /// Logarithms of the strengths.
    logs: Vec<f64>,
    /// Covariances of the logarithms, row by row.
    covariance: Vec<f64>,
    rounds: u32,
}

#[allow(clippy::cast_precision_loss, reason = "strengths are numeric by nature")]
fn number(units: u128) -> f64 {
    units as f64 / crate::Weight::default().units() as f64
}

impl Fit {
    fn of(duels: &Duels, prior: f64) -> Self {
        let n = duels.won.len();
        let mut strengths = vec![1.0_f64; n];
        let held: Vec<(usize, usize, f64)> =
            duels.held.iter().map(|((a, b), units)| (*a, *b, number(*units))).collect();
        let won: Vec<f64> = duels.won.iter().map(|units| number(*units)).collect();
        let mut rounds = 0;
        while rounds < ROUNDS {
            rounds += 1;
            let mut below = vec![prior; n];
            for (a, b, count) in &held {
                let met = count / (strengths[*a] + strengths[*b]);
                below[*a] += met;
                below[*b] += met;
            }
            let mut moved = 0.0_f64;
            for option in 0..n {
                let next = (prior + won[option]) / below[option];
                moved = moved.max((next / strengths[option]).ln().abs());
                strengths[option] = next;
            }
            if moved < 1e-12 {
                break;
            }
        }
        let mut curvature = vec![0.0; n * n];
        for option in 0..n {
            curvature[option * n + option] = prior * strengths[option];
        }
        for (a, b, count) in &held {
            let share = strengths[*a] / (strengths[*a] + strengths[*b]);
            let weight = count * share * (1.0 - share);
            curvature[a * n + a] += weight;
            curvature[b * n + b] += weight;
            curvature[a * n + b] -= weight;
            curvature[b * n + a] -= weight;
        }
        let logs = strengths.iter().map(|strength| strength.ln()).collect();
        Self { logs, covariance: inverse(curvature, n), rounds }
    }

    fn variance(&self, a: usize, b: usize) -> f64 {
        self.covariance[a * self.logs.len() + b]
    }

    /// The pair whose duel would teach most; of equal ones the first in the order of the input.
    fn next_duel(&self) -> Option<(usize, usize)> {
        let n = self.logs.len();
        let mut best: Option<(f64, (usize, usize))> = None;
        for a in 0..n {
            for b in a + 1..n {
                let share = 1.0 / (1.0 + (self.logs[b] - self.logs[a]).exp());
                let spread = self.variance(a, a) + self.variance(b, b) - 2.0 * self.variance(a, b);
                let teaches = share * (1.0 - share) * spread;
                if best.is_none_or(|(most, _)| teaches > most + 1e-9) {
                    best = Some((teaches, (a, b)));
                }
            }
        }
        best.map(|(_, pair)| pair)
    }
}

/// The inverse of a symmetric positive definite matrix, by Cholesky's factors: the prior makes it so.
fn inverse(mut matrix: Vec<f64>, n: usize) -> Vec<f64> {
    for row in 0..n {
        for column in 0..=row {
            let (upper, lower) = (&matrix[column * n..column * n + column], &matrix[row * n..row * n + column]);
            let sum: f64 = upper.iter().zip(lower).map(|(a, b)| a * b).sum();
            let rest = matrix[row * n + column] - sum;
            matrix[row * n + column] =
                if row == column { rest.max(f64::MIN_POSITIVE).sqrt() } else { rest / matrix[column * n + column] };
        }
    }
    // Columns of the factor's inverse, kept as rows.
    let mut halves = vec![0.0; n * n];
    for column in 0..n {
        for row in column..n {
            let one = if row == column { 1.0 } else { 0.0 };
            let sum: f64 = (column..row).map(|at| matrix[row * n + at] * halves[column * n + at]).sum();
            halves[column * n + row] = (one - sum) / matrix[row * n + row];
        }
    }
    let mut inverse = vec![0.0; n * n];
    for a in 0..n {
        for b in 0..=a {
            let dot: f64 =
                halves[a * n + a..(a + 1) * n].iter().zip(&halves[b * n + a..(b + 1) * n]).map(|(a, b)| a * b).sum();
            inverse[a * n + b] = dot;
            inverse[b * n + a] = dot;
        }
    }
    inverse
}
