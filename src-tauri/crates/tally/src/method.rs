//! The one trait of all methods, and the count common to them: valid bulletins in, ranks out.

use crate::{
    Ballot, Election, InvalidBallot, Outcome, Reason, Score, Settings, Step, approval::Approval, dots::Dots,
    hands::Hands, majority_judgment::MajorityJudgment, outcome::shown,
};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};
use thiserror::Error;

/// Options a vote may have.
const MAX_OPTIONS: usize = 10_000;

/// A voting method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Raised hands, counted per option.
    Hands,
    /// n dots each.
    Dots,
    /// Any number of options each.
    Approval,
    /// A grade per option.
    MajorityJudgment,
}

/// A count that cannot be made at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TallyError {
    /// No such method.
    #[error("no method is called `{0}`")]
    UnknownMethod(String),
    /// Nothing can be chosen.
    #[error("there is no option")]
    NoOptions,
    /// Too many options.
    #[error("{0} options, {MAX_OPTIONS} at most")]
    TooManyOptions(usize),
    /// Two options have one id.
    #[error("option `{0}` is there twice")]
    DuplicateOption(String),
    /// A setting makes no sense.
    #[error("{0} grades: 2 to 20 are possible")]
    Grades(u8),
    /// The input is not a vote.
    #[error("line {line}: {detail}")]
    Input {
        /// Line, from 1.
        line: u64,
        /// What was found.
        detail: String,
    },
}

/// What a method does: say which bulletins count, and rank.
pub(crate) trait Rule {
    /// Why a bulletin does not count.
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason>;
    /// Ranks the options; every ballot is valid.
    fn count(&self, options: &[&str], ballots: &[&Ballot], settings: &Settings) -> Count;
}

/// What a method finds.
pub(crate) struct Count {
    pub ranking: Vec<Vec<String>>,
    pub scores: BTreeMap<String, Score>,
    pub explanation: Vec<Step>,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 4] = [Self::Hands, Self::Dots, Self::Approval, Self::MajorityJudgment];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hands => "hands",
            Self::Dots => "dots",
            Self::Approval => "approval",
            Self::MajorityJudgment => "majority-judgment",
        }
    }

    fn rule(self) -> &'static dyn Rule {
        match self {
            Self::Hands => &Hands,
            Self::Dots => &Dots,
            Self::Approval => &Approval,
            Self::MajorityJudgment => &MajorityJudgment,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Method {
    type Err = TallyError;

    fn from_str(name: &str) -> Result<Self, TallyError> {
        let found = Self::ALL.into_iter().find(|method| method.name() == name);
        found.ok_or_else(|| TallyError::UnknownMethod(name.to_owned()))
    }
}

/// Why a bulletin would not count, for telling whoever types it in.
///
/// # Errors
/// The reason.
pub fn check_ballot(method: Method, election: &Election, ballot: &Ballot) -> Result<(), Reason> {
    let ids: BTreeSet<&str> = election.options.iter().map(|option| option.id.as_str()).collect();
    method.rule().validate(ballot, &ids, &election.settings)
}

/// Counts a vote.
///
/// # Errors
/// [`TallyError`] where no count is possible; a bulletin that is not valid is told in the outcome and stops nothing.
pub fn tally(method: Method, election: &Election) -> Result<Outcome, TallyError> {
    let ids: Vec<&str> = election.options.iter().map(|option| option.id.as_str()).collect();
    let set: BTreeSet<&str> = ids.iter().copied().collect();
    if ids.is_empty() {
        return Err(TallyError::NoOptions);
    }
    if ids.len() > MAX_OPTIONS {
        return Err(TallyError::TooManyOptions(ids.len()));
    }
    if set.len() != ids.len() {
        let mut seen = BTreeSet::new();
        let twice = ids.iter().find(|id| !seen.insert(**id)).copied().unwrap_or_default();
        return Err(TallyError::DuplicateOption(twice.to_owned()));
    }
    if !(2..=20).contains(&election.settings.grades) {
        return Err(TallyError::Grades(election.settings.grades));
    }
    let rule = method.rule();
    let mut invalid: Vec<InvalidBallot> = election
        .unreadable
        .iter()
        .map(|(number, detail)| InvalidBallot {
            number: *number,
            reason: Reason::Unreadable { detail: detail.clone() },
        })
        .collect();
    let mut valid = Vec::with_capacity(election.ballots.len());
    let mut total = 0_u128;
    let mut by_channel: BTreeMap<String, u128> = BTreeMap::new();
    let mut number = 0;
    for ballot in &election.ballots {
        // Numbers count the unreadable ones that stood between.
        number += 1;
        while election.unreadable.iter().any(|(taken, _)| *taken == number) {
            number += 1;
        }
        match rule.validate(ballot, &set, &election.settings) {
            Ok(()) => {
                let units = ballot.weight().units();
                total += units;
                if let Some(channel) = &ballot.channel {
                    *by_channel.entry(channel.clone()).or_default() += units;
                }
                valid.push(ballot);
            }
            Err(reason) => invalid.push(InvalidBallot { number, reason }),
        }
    }
    invalid.sort_by_key(|one| one.number);
    let count = rule.count(&ids, &valid, &election.settings);
    Ok(Outcome {
        method,
        winners: winners(&count.ranking, valid.is_empty(), election.settings.seats),
        ranking: count.ranking,
        scores: count.scores,
        explanation: count.explanation,
        ballots: shown(total),
        invalid: u32::try_from(invalid.len()).unwrap_or(u32::MAX),
        invalid_reasons: invalid,
        by_channel: by_channel.into_iter().map(|(channel, units)| (channel, shown(units))).collect(),
    })
}

/// The best rank; with a number of seats, ranks while they fit whole (a tie for the last seat is for people to break).
fn winners(ranking: &[Vec<String>], empty: bool, seats: Option<u32>) -> Vec<String> {
    if empty {
        return Vec::new();
    }
    let seats = seats.map_or(1, |seats| usize::try_from(seats).unwrap_or(usize::MAX));
    let mut winners: Vec<String> = Vec::new();
    for rank in ranking {
        if winners.len() >= seats {
            break;
        }
        winners.extend(rank.iter().cloned());
    }
    winners
}

/// Options in decreasing order of a total, equal totals together in the order of the input.
pub(crate) fn rank_by_total(totals: &[(&str, u128)]) -> (Vec<Vec<String>>, Vec<Step>) {
    let mut order = totals.to_vec();
    order.sort_by_key(|(_, total)| std::cmp::Reverse(*total));
    let mut ranking: Vec<(u128, Vec<String>)> = Vec::new();
    for (id, total) in &order {
        match ranking.last_mut() {
            Some((same, rank)) if same == total => rank.push((*id).to_owned()),
            _ => ranking.push((*total, vec![(*id).to_owned()])),
        }
    }
    let totals = order.iter().map(|(id, total)| ((*id).to_owned(), shown(*total))).collect();
    let mut steps = vec![Step::Totals { totals }];
    let ranking: Vec<Vec<String>> = ranking.into_iter().map(|(_, rank)| rank).collect();
    steps.extend(ties(&ranking));
    (ranking, steps)
}

/// Every tie of a ranking, told as one.
pub(crate) fn ties(ranking: &[Vec<String>]) -> impl Iterator<Item = Step> {
    ranking.iter().filter(|rank| rank.len() > 1).map(|rank| Step::Tie { options: rank.clone() })
}
