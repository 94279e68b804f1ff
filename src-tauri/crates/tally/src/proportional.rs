//! Approvals for k seats, in proportion: a group that makes up a quarter of the room and agrees has a quarter of the seats.
//!
//! **`pav`**, proportional approval voting (Thiele, *Om Flerfoldsvalg*, 1895): everyone is worth a full vote to the first
//! option they get, a half to the second, a third to the third…; the set that is worth most is chosen, among all sets. Where
//! several are worth the same, all are told, and whoever is in one of them wins. The search skips whatever cannot be better;
//! where it would still take too long it is refused, and `seq-pav` fills the seats one by one by the same worth.
//!
//! **`mes`**, the method of equal shares for committees (Peters & Skowron, *Proportionality and the Limits of Welfarism*, EC
//! 2020): everyone has k/n of a seat to spend, and seats cost one. What equal shares leave empty is filled as Phragmén would
//! from there (everyone goes on earning at the same pace, a seat is taken as soon as its supporters can pay for it).
//!
//! Worths and payments are whole numbers and fractions. Seat by seat, equal options go in the order of the input, and the
//! step says so.

use crate::{
    Method, Score, SharingRule, Step, TallyError, Weight,
    method::{Count, Vote},
    outcome::{shown, shown_ratio},
};
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::{BTreeMap, HashMap};

/// Sets looked at: some seconds of work.
const MOST: u64 = 20_000_000;

/// Voters who approve of the same options.
struct Voters {
    approves: Vec<usize>,
    units: u128,
}

pub(crate) fn count(vote: &Vote<'_>, rule: SharingRule) -> Result<Count, TallyError> {
    let seats = usize::try_from(vote.settings.seats.unwrap_or(1)).unwrap_or(usize::MAX).clamp(1, vote.options.len());
    let voters = voters(vote);
    let (chosen, explanation) = match rule {
        SharingRule::Mes => seat_by_seat(vote, seats, &equal_shares(vote, seats, &voters)),
        SharingRule::SeqPav => seat_by_seat(vote, seats, &sequential(vote, seats, &voters)),
        SharingRule::Pav => best_sets(vote, seats, &voters)?,
        SharingRule::Greedy => return Err(TallyError::WrongRule { method: Method::Approval, rule: "greedy" }),
    };
    let mut scores = BTreeMap::new();
    let mut votes = vec![0_u128; vote.options.len()];
    for group in &voters {
        for option in &group.approves {
            votes[*option] += group.units;
        }
    }
    for (id, units) in vote.options.iter().zip(&votes) {
        scores.insert((*id).to_owned(), Score::Votes { votes: shown(*units), per_mille: None });
    }
    let name = |option: &usize| vote.options[*option].to_owned();
    let nobody = votes.iter().all(|units| *units == 0);
    let chosen = if nobody { Vec::new() } else { chosen };
    let rest: Vec<String> = (0..votes.len()).filter(|option| !chosen.contains(option)).map(|one| name(&one)).collect();
    let winners: Vec<String> = chosen.iter().map(name).collect();
    // A set has no order of its own.
    let ranking = [winners.clone(), rest].into_iter().filter(|rank| !rank.is_empty()).collect();
    let mut count = Count::new(ranking, scores, explanation);
    count.winners = Some(winners);
    Ok(count)
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
    groups.into_iter().map(|(approves, units)| Voters { approves, units }).collect()
}

fn whole(units: u128) -> BigRational {
    BigRational::from_integer(units.into())
}

/// A seat filled, what it was filled with, and those that would have done as well.
struct Seat {
    option: usize,
    votes: BigRational,
    by: &'static str,
    equals: Vec<usize>,
}

fn seat_by_seat(vote: &Vote<'_>, seats: usize, filled: &[Seat]) -> (Vec<usize>, Vec<Step>) {
    let name = |option: usize| vote.options[option].to_owned();
    let mut steps = Vec::new();
    for seat in filled.iter().take(seats) {
        if seat.equals.len() > 1 {
            let options = seat.equals.iter().map(|one| name(*one)).collect();
            steps.push(Step::Broken { options, taken: name(seat.option), by: String::from("order_of_input") });
        }
        let votes = shown_ratio(&(&seat.votes / whole(Weight::default().units())));
        steps.push(Step::Seat { option: name(seat.option), votes, by: seat.by.to_owned() });
    }
    (filled.iter().take(seats).map(|seat| seat.option).collect(), steps)
}

/// Of some options with a value each, the first with the best, and all that have it.
fn best<V: Ord>(values: Vec<(V, usize)>) -> Option<(V, usize, Vec<usize>)> {
    let most = values.iter().map(|(value, _)| value).max()?;
    let equals: Vec<usize> = values.iter().filter(|(value, _)| value == most).map(|(_, option)| *option).collect();
    let (value, option) = values.into_iter().find(|(_, option)| Some(option) == equals.first())?;
    Some((value, option, equals))
}

fn sequential(vote: &Vote<'_>, seats: usize, voters: &[Voters]) -> Vec<Seat> {
    let mut filled: Vec<Seat> = Vec::new();
    let mut got = vec![0_u128; voters.len()];
    while filled.len() < seats {
        let mut worth = vec![BigRational::zero(); vote.options.len()];
        for (group, got) in voters.iter().zip(&got) {
            for option in &group.approves {
                worth[*option] += whole(group.units) / whole(got + 1);
            }
        }
        let open = (0..worth.len()).filter(|option| filled.iter().all(|seat| seat.option != *option));
        let Some((votes, option, equals)) = best(open.map(|option| (worth[option].clone(), option)).collect()) else {
            break;
        };
        for (group, got) in voters.iter().zip(&mut got) {
            *got += u128::from(group.approves.contains(&option));
        }
        filled.push(Seat { option, votes, by: "sequential", equals });
    }
    filled
}

fn equal_shares(vote: &Vote<'_>, seats: usize, voters: &[Voters]) -> Vec<Seat> {
    let people: u128 = voters.iter().map(|group| group.units).sum();
    if people == 0 {
        return Vec::new();
    }
    let price = whole(Weight::default().units());
    // What each has left, per unit of weight.
    let mut left = vec![&price * whole(seats as u128) / whole(people); voters.len()];
    let supporters: Vec<Vec<usize>> = (0..vote.options.len())
        .map(|option| (0..voters.len()).filter(|group| voters[*group].approves.contains(&option)).collect())
        .collect();
    let mut filled: Vec<Seat> = Vec::new();
    while filled.len() < seats {
        let open = || (0..vote.options.len()).filter(|option| filled.iter().all(|seat| seat.option != *option));
        let shares = open().filter_map(|option| {
            let share = share(&price, &supporters[option], voters, &left)?;
            Some((std::cmp::Reverse(share), option))
        });
        if let Some((std::cmp::Reverse(share), option, equals)) = best(shares.collect()) {
            for group in &supporters[option] {
                left[*group] = if left[*group] > share { &left[*group] - &share } else { BigRational::zero() };
            }
            let paying = supporters[option].iter().map(|group| voters[*group].units).sum();
            filled.push(Seat { option, votes: whole(paying), by: "equal_shares", equals });
            continue;
        }
        // How long its supporters must go on earning.
        let waits = open().filter(|option| !supporters[*option].is_empty()).map(|option| {
            let (purse, units) = supporters[option].iter().fold((BigRational::zero(), 0), |(purse, units), group| {
                (purse + &left[*group] * whole(voters[*group].units), units + voters[*group].units)
            });
            (std::cmp::Reverse((&price - purse) / whole(units)), option)
        });
        let Some((std::cmp::Reverse(wait), option, equals)) = best(waits.collect()) else { break };
        for purse in &mut left {
            *purse += &wait;
        }
        for group in &supporters[option] {
            left[*group] = BigRational::zero();
        }
        let paying = supporters[option].iter().map(|group| voters[*group].units).sum();
        filled.push(Seat { option, votes: whole(paying), by: "completion", equals });
    }
    filled
}

/// The least that, paid by each supporter as far as they can, makes up the price; none where all together cannot.
fn share(price: &BigRational, supporters: &[usize], voters: &[Voters], left: &[BigRational]) -> Option<BigRational> {
    let mut purses: Vec<(&BigRational, u128)> =
        supporters.iter().map(|group| (&left[*group], voters[*group].units)).collect();
    purses.sort_unstable();
    let mut people: u128 = purses.iter().map(|(_, units)| units).sum();
    let mut price = price.clone();
    for (purse, units) in purses {
        if purse * whole(people) >= price {
            return Some(price / whole(people));
        }
        price -= purse * whole(units);
        people -= units;
    }
    None
}

/// The sets of options that are worth most.
fn best_sets(vote: &Vote<'_>, seats: usize, voters: &[Voters]) -> Result<(Vec<usize>, Vec<Step>), TallyError> {
    // A vote is cut into parts that halves, thirds… of it are whole numbers of.
    let parts = (2..=seats as u128).try_fold(1_u128, |all, one| all.checked_mul(one / gcd(all, one)));
    let unit = voters.iter().fold(0, |unit, group| gcd(unit, group.units)).max(1);
    let total = voters.iter().map(|group| group.units / unit).sum::<u128>();
    let fits = |parts: &u128| parts.checked_mul(total).and_then(|all| all.checked_mul(64)).is_some();
    let parts = parts.filter(fits).ok_or(TallyError::TooManySets)?;
    let mut approvers = vec![Vec::new(); vote.options.len()];
    for (group, one) in voters.iter().enumerate() {
        for option in &one.approves {
            approvers[*option].push(group);
        }
    }
    let units: Vec<u128> = voters.iter().map(|group| group.units / unit).collect();
    let mut search = Search {
        parts,
        seats,
        units,
        approvers,
        got: vec![0; voters.len()],
        chosen: Vec::new(),
        best: 0,
        sets: Vec::new(),
        members: vec![false; vote.options.len()],
        looked_at: 0,
    };
    search.from(0, 0)?;
    let Search { members, sets, best, .. } = search;
    let name = |option: &usize| vote.options[*option].to_owned();
    let worth = whole(best) * whole(unit) / (whole(parts) * whole(Weight::default().units()));
    let step = Step::BestSets {
        sets: sets.iter().map(|set| set.iter().map(name).collect()).collect(),
        worth: shown_ratio(&worth),
    };
    Ok(((0..members.len()).filter(|option| members[*option]).collect(), vec![step]))
}

struct Search {
    parts: u128,
    seats: usize,
    units: Vec<u128>,
    /// Groups of voters that approve of each option.
    approvers: Vec<Vec<usize>>,
    /// How many options each group has got so far.
    got: Vec<u128>,
    chosen: Vec<usize>,
    best: u128,
    /// The first sets that are worth it.
    sets: Vec<Vec<usize>>,
    /// Options that are in some set that is worth it.
    members: Vec<bool>,
    looked_at: u64,
}

impl Search {
    /// What an option adds to those chosen.
    fn adds(&self, option: usize) -> u128 {
        self.approvers[option].iter().map(|group| self.units[*group] * (self.parts / (self.got[*group] + 1))).sum()
    }

    fn from(&mut self, first: usize, worth: u128) -> Result<(), TallyError> {
        self.looked_at += 1;
        if self.looked_at > MOST {
            return Err(TallyError::TooManySets);
        }
        let open = self.seats - self.chosen.len();
        if open == 0 {
            if worth < self.best {
                return Ok(());
            }
            if worth > self.best || self.sets.is_empty() {
                self.best = worth;
                self.sets.clear();
                self.members.fill(false);
            }
            if self.sets.len() < 100 {
                self.sets.push(self.chosen.clone());
            }
            for option in &self.chosen {
                self.members[*option] = true;
            }
            return Ok(());
        }
        // What options add only shrinks as others are chosen: the most they add now is a bound.
        let adds: Vec<u128> = (first..self.approvers.len()).map(|option| self.adds(option)).collect();
        for (at, option) in (first..self.approvers.len()).enumerate() {
            let mut rest = adds[at..].to_vec();
            if rest.len() < open {
                return Ok(());
            }
            rest.sort_unstable_by(|a, b| b.cmp(a));
            let bound = worth + rest[..open].iter().sum::<u128>();
            if bound < self.best && !self.sets.is_empty() {
                return Ok(());
            }
            self.take(option);
            self.from(option + 1, worth + adds[at])?;
            self.leave(option);
        }
        Ok(())
    }

    fn take(&mut self, option: usize) {
        for group in &self.approvers[option] {
            self.got[*group] += 1;
        }
        self.chosen.push(option);
    }

    fn leave(&mut self, option: usize) {
        for group in &self.approvers[option] {
            self.got[*group] -= 1;
        }
        self.chosen.pop();
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
