//! Sharing out a budget by approvals.
//!
//! **Method of Equal Shares** (Peters, Pierczyński & Skowron, *Proportional Participatory Budgeting with Additive Utilities*,
//! NeurIPS 2021): everyone gets an equal part of the budget; the project whose supporters get the most satisfaction per unit
//! they pay is bought, each paying equally as far as they can, until none can be paid for. What is left is not spent: no
//! completion. **Greedy**: the most satisfaction per cost first, as long as it fits.
//!
//! A project is worth its cost, or one, to each who approves of it. All is decided in whole and rational numbers; equal
//! projects go in the order of their ids, as pabutools does. Fractions are slow, so what lies clearly apart in floating
//! point is told apart there; whatever is close is compared exactly.

use crate::{
    Ballot, Method, Reason, Satisfaction, Score, Settings, SharingRule, Step, Table, TallyError, Weight,
    method::{Count, Rule, Vote},
    outcome::shown,
    table::{Cells, NONE},
};
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};
use serde_json::Number;
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

pub(crate) struct Budget;

impl Rule for Budget {
    fn cells(&self) -> Option<Cells> {
        Some(Cells::Approvals)
    }

    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason> {
        crate::approval::Approval.validate(ballot, options, settings)
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let budget = vote.settings.budget.ok_or(TallyError::NoBudget)?.units();
        let voters = voters(vote);
        let projects = projects(vote, &voters)?;
        let funded = match vote.settings.rule {
            None | Some(SharingRule::Mes) => equal_shares(budget, &projects, voters, vote.settings.satisfaction),
            Some(SharingRule::Pav | SharingRule::SeqPav) => {
                return Err(TallyError::WrongRule { method: Method::Budget, rule: "pav" });
            }
            Some(SharingRule::Greedy) => greedy(budget, &projects, vote.settings.satisfaction),
        };
        let mut left = budget;
        let mut explanation = Vec::new();
        for (at, share) in &funded {
            left = left.saturating_sub(projects[*at].cost);
            explanation.push(Step::Funded {
                option: projects[*at].id.to_owned(),
                cost: shown(projects[*at].cost),
                left: shown(left),
                share: share.as_ref().and_then(BigRational::to_f64).and_then(Number::from_f64),
            });
        }
        let chosen: Vec<String> = funded.iter().map(|(at, _)| projects[*at].id.to_owned()).collect();
        let mut ranking: Vec<Vec<String>> = chosen.iter().map(|id| vec![id.clone()]).collect();
        let rest: Vec<String> =
            vote.options.iter().map(|id| (*id).to_owned()).filter(|id| !chosen.contains(id)).collect();
        if !rest.is_empty() {
            ranking.push(rest);
        }
        let score = |one: &Project<'_>| Score::Project { cost: shown(one.cost), supporters: shown(one.units) };
        let scores = projects.iter().map(|one| (one.id.to_owned(), score(one))).collect();
        let mut count = Count::new(ranking, scores, explanation);
        count.winners = Some(chosen);
        Ok(count)
    }
}

struct Project<'a> {
    id: &'a str,
    cost: u128,
    /// Positions of the voters who approve of it.
    supporters: Vec<usize>,
    /// Their weight.
    units: u128,
}

/// Voters who approve of the same projects: how many, and which purse each has.
struct Voters {
    units: u128,
    approves: Vec<usize>,
    purse: usize,
}

fn voters(vote: &Vote<'_>) -> Vec<Voters> {
    let index: HashMap<&str, usize> = vote.options.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut groups: BTreeMap<Vec<usize>, u128> = BTreeMap::new();
    for ballot in vote.ballots {
        let mut approves: Vec<usize> =
            ballot.approve.iter().flatten().filter_map(|id| index.get(id.as_str()).copied()).collect();
        approves.sort_unstable();
        *groups.entry(approves).or_default() += ballot.weight().units();
    }
    let mut alike: HashMap<&[u8], u128> = HashMap::new();
    for (row, weight) in vote.table.into_iter().flat_map(Table::rows) {
        *alike.entry(row).or_default() += weight.units();
    }
    for (row, units) in alike {
        let approves = (0..row.len()).filter(|at| row[*at] != NONE).collect();
        *groups.entry(approves).or_default() += units;
    }
    groups.into_iter().map(|(approves, units)| Voters { units, approves, purse: 0 }).collect()
}

/// The projects in the order of their ids.
fn projects<'a>(vote: &Vote<'a>, voters: &[Voters]) -> Result<Vec<Project<'a>>, TallyError> {
    let mut supporters: Vec<Vec<usize>> = vec![Vec::new(); vote.options.len()];
    for (at, group) in voters.iter().enumerate() {
        for option in &group.approves {
            supporters[*option].push(at);
        }
    }
    let mut projects = Vec::with_capacity(vote.options.len());
    for ((id, choice), supporters) in vote.options.iter().zip(vote.choices).zip(supporters) {
        let cost = choice.cost.ok_or_else(|| TallyError::NoCost((*id).to_owned()))?.units();
        let units = supporters.iter().map(|at| voters[*at].units).sum();
        projects.push(Project { id, cost, supporters, units });
    }
    projects.sort_by_key(|project| project.id);
    Ok(projects)
}

fn rational(units: u128) -> BigRational {
    BigRational::from_integer(units.into())
}

/// A fraction, and about what it is.
#[derive(Clone)]
struct Amount {
    exact: BigRational,
    about: f64,
}

/// Relative difference above which floating point tells two amounts apart: far above its errors.
const CLEAR: f64 = 1e-9;

impl Amount {
    fn new(exact: BigRational) -> Self {
        let about = exact.to_f64().unwrap_or(f64::INFINITY);
        Self { exact, about }
    }

    fn compare(&self, other: &Self) -> Ordering {
        if (self.about - other.about).abs() > CLEAR * self.about.abs().max(other.about.abs()) {
            return self.about.total_cmp(&other.about);
        }
        self.exact.cmp(&other.exact)
    }
}

/// The projects paid for, in the order of buying, with the most that one supporter pays.
fn equal_shares(
    budget: u128,
    projects: &[Project<'_>],
    mut voters: Vec<Voters>,
    satisfaction: Satisfaction,
) -> Vec<(usize, Option<BigRational>)> {
    let people: u128 = voters.iter().map(|group| group.units).sum();
    if people == 0 {
        return Vec::new();
    }
    // What is left to spend, per unit of weight. Whoever paid for the same has the same purse: there are few of them.
    let mut purses = vec![Amount::new(rational(budget) / rational(people))];
    let worth = |project: &Project<'_>| match satisfaction {
        Satisfaction::Cost => project.cost,
        Satisfaction::Cardinality => Weight::default().units(),
    };
    // A project never becomes cheaper for its supporters: what it cost them last is a lower bound.
    let mut open: Vec<(f64, usize)> =
        (0..projects.len()).filter(|at| projects[*at].units > 0).map(|at| (0.0, at)).collect();
    let mut bought = Vec::new();
    loop {
        open.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut best: Option<(Amount, usize, BigRational)> = None;
        let mut next = Vec::with_capacity(open.len());
        let mut rest = std::mem::take(&mut open).into_iter();
        for (bound, at) in rest.by_ref() {
            if best.as_ref().is_some_and(|(price, ..)| bound > price.about * (1.0 + CLEAR)) {
                next.push((bound, at));
                break;
            }
            let project = &projects[at];
            let Some(share) = share(project, &voters, &purses) else { continue };
            let free = project.cost == 0;
            let price = Amount::new(if free { BigRational::zero() } else { &share / rational(worth(project)) });
            next.push((price.about * (1.0 - CLEAR), at));
            let better = |(least, first, _): &(Amount, usize, BigRational)| {
                price.compare(least).then(at.cmp(first)) == Ordering::Less
            };
            if best.as_ref().is_none_or(better) {
                best = Some((price, at, share));
            }
        }
        next.extend(rest);
        let Some((_, at, share)) = best else { return bought };
        pay(&projects[at], &share, &mut voters, &mut purses);
        next.retain(|(_, other)| *other != at);
        open = next;
        bought.push((at, Some(share)));
    }
}

/// Takes a share, as far as it goes, out of the purses of a project's supporters.
fn pay(project: &Project<'_>, share: &BigRational, voters: &mut [Voters], purses: &mut Vec<Amount>) {
    let mut paid: HashMap<usize, usize> = HashMap::new();
    for supporter in &project.supporters {
        let purse = &mut voters[*supporter].purse;
        *purse = *paid.entry(*purse).or_insert_with(|| {
            let left = &purses[*purse].exact;
            let left = if left > share { left - share } else { BigRational::zero() };
            purses.push(Amount::new(left));
            purses.len() - 1
        });
    }
}

/// The least that, paid by each supporter as far as they can, covers the cost; none where all together cannot.
fn share(project: &Project<'_>, voters: &[Voters], purses: &[Amount]) -> Option<BigRational> {
    let mut units: HashMap<usize, u128> = HashMap::new();
    for supporter in &project.supporters {
        *units.entry(voters[*supporter].purse).or_default() += voters[*supporter].units;
    }
    let mut units: Vec<(usize, u128)> = units.into_iter().collect();
    units.sort_unstable_by(|a, b| purses[a.0].compare(&purses[b.0]).then(a.0.cmp(&b.0)));
    let mut cost = rational(project.cost);
    let mut people = project.units;
    for (purse, units) in units {
        let left = &purses[purse].exact;
        if left * rational(people) >= cost {
            return Some(cost / rational(people));
        }
        cost -= left * rational(units);
        people -= units;
    }
    None
}

fn greedy(budget: u128, projects: &[Project<'_>], satisfaction: Satisfaction) -> Vec<(usize, Option<BigRational>)> {
    let mut order: Vec<usize> = (0..projects.len()).collect();
    let per_cost = |project: &Project<'_>| match satisfaction {
        Satisfaction::Cost => (rational(project.units), false),
        Satisfaction::Cardinality if project.cost == 0 => (rational(project.units), project.units > 0),
        Satisfaction::Cardinality => (rational(project.units) / rational(project.cost), false),
    };
    // Free projects that someone wants first, then by satisfaction per cost; the sort keeps the order of ids.
    order.sort_by_cached_key(|at| {
        let (value, free) = per_cost(&projects[*at]);
        std::cmp::Reverse((free, value))
    });
    let mut left = budget;
    let mut funded = Vec::new();
    for at in order {
        if projects[at].cost <= left {
            left -= projects[at].cost;
            funded.push((at, None));
        }
    }
    funded
}
