//! The one trait of all methods, and the count common to them: valid bulletins in, ranks out.

use crate::{
    Ballot, Choice, Election, InvalidBallot, Outcome, Reason, Score, Settings, Step, Table,
    outcome::shown,
    table::{Cells, NONE},
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
    /// A score per option.
    Score,
    /// A grade per option.
    MajorityJudgment,
    /// Rankings: the sum of the margins of an option's duels.
    Borda,
    /// Rankings: duels won less duels lost.
    Copeland,
    /// Rankings: the last is eliminated until one is left.
    Irv,
    /// Rankings: duels locked from the clearest to the closest.
    RankedPairs,
    /// Rankings: strongest paths of duels.
    Schulze,
    /// Rankings: k seats shared out in proportion.
    Stv,
    /// Two options at a time.
    Pairwise,
    /// Two scores per option: what it would change, what it would take.
    ImpactEffort,
    /// Approvals with costs: projects within a budget.
    Budget,
    /// Consent, stand aside or object.
    Consent,
    /// Agree, disagree or pass on each statement.
    Consensus,
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
    /// Duels of so many options would not end in reasonable time.
    #[error("{options} options, {most} at most for a count by duels")]
    TooManyForDuels {
        /// Given.
        options: usize,
        /// Allowed.
        most: usize,
    },
    /// A rule that this method does not know.
    #[error("`{rule}` is no rule of the method `{method}`")]
    WrongRule {
        /// The method.
        method: Method,
        /// The rule asked for.
        rule: &'static str,
    },
    /// The best of all sets cannot be looked for among so many.
    #[error("the best of so many sets cannot be found in reasonable time: use rule=seq-pav, seat by seat, or rule=mes")]
    TooManySets,
    /// The least score is above the highest.
    #[error("scores from {min} to {max} are none")]
    Scale {
        /// Least.
        min: u32,
        /// Highest.
        max: u32,
    },
    /// Every way of breaking the ties would have to be tried, and there are too many.
    #[error("so many ties that more than {0} ways of breaking them would have to be tried")]
    TooManyTies(usize),
    /// A vote on projects has no budget.
    #[error("there is no budget to share out")]
    NoBudget,
    /// A project has no cost.
    #[error("project `{0}` has no cost")]
    NoCost(String),
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
    /// What cells of a table it counts as they are; others are made into bulletins apart first.
    fn cells(&self) -> Option<Cells> {
        None
    }
    /// Why a bulletin does not count.
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason>;
    /// Ranks the options.
    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError>;
}

/// What is counted: every ballot is valid.
pub(crate) struct Vote<'a> {
    /// Ids of the options, in the order of the input.
    pub options: &'a [&'a str],
    /// The options themselves.
    pub choices: &'a [Choice],
    pub ballots: &'a [&'a Ballot],
    /// More of them, if the method counts such tables.
    pub table: Option<&'a Table>,
    pub settings: &'a Settings,
}

/// What a method finds.
pub(crate) struct Count {
    pub ranking: Vec<Vec<String>>,
    pub scores: BTreeMap<String, Score>,
    pub explanation: Vec<Step>,
    /// Who wins, where that is not simply the best ranks.
    pub winners: Option<Vec<String>>,
}

impl Count {
    pub const fn new(ranking: Vec<Vec<String>>, scores: BTreeMap<String, Score>, explanation: Vec<Step>) -> Self {
        Self { ranking, scores, explanation, winners: None }
    }
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 16] = [
        Self::Hands,
        Self::Dots,
        Self::Approval,
        Self::Score,
        Self::MajorityJudgment,
        Self::Borda,
        Self::Copeland,
        Self::Irv,
        Self::RankedPairs,
        Self::Schulze,
        Self::Stv,
        Self::Pairwise,
        Self::ImpactEffort,
        Self::Budget,
        Self::Consent,
        Self::Consensus,
    ];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hands => "hands",
            Self::Dots => "dots",
            Self::Approval => "approval",
            Self::Score => "score",
            Self::MajorityJudgment => "majority-judgment",
            Self::Borda => "borda",
            Self::Copeland => "copeland",
            Self::Irv => "irv",
            Self::RankedPairs => "ranked-pairs",
            Self::Schulze => "schulze",
            Self::Stv => "stv",
            Self::Pairwise => "pairwise",
            Self::ImpactEffort => "impact-effort",
            Self::Budget => "budget",
            Self::Consent => "consent",
            Self::Consensus => "consensus",
        }
    }

    fn rule(self) -> &'static dyn Rule {
        match self {
            Self::Hands => &crate::hands::Hands,
            Self::Dots => &crate::dots::Dots,
            Self::Approval => &crate::approval::Approval,
            Self::Score => &crate::score::Score,
            Self::MajorityJudgment => &crate::majority_judgment::MajorityJudgment,
            Self::Borda => &crate::borda::Borda,
            Self::Copeland => &crate::copeland::Copeland,
            Self::Irv => &crate::irv::Irv,
            Self::RankedPairs => &crate::ranked_pairs::RankedPairs,
            Self::Schulze => &crate::schulze::Schulze,
            Self::Stv => &crate::stv::Stv,
            Self::Pairwise => &crate::pairwise::Pairwise,
            Self::ImpactEffort => &crate::impact_effort::ImpactEffort,
            Self::Budget => &crate::budget::Budget,
            Self::Consent => &crate::consent::Consent,
            Self::Consensus => &crate::consensus::Consensus,
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
    if let Some(max) = election.settings.max.filter(|max| *max <= election.settings.min) {
        return Err(TallyError::Scale { min: election.settings.min, max });
    }
    let rule = method.rule();
    let mut sorted = Sorted::new(election);
    let mut table = None;
    let mut rows = Vec::new();
    match &election.table {
        Some(cells) if rule.cells() == Some(cells.kind) => table = Some(sorted.table(cells, &election.settings)),
        Some(cells) => rows = cells.rows().map(|(row, weight)| cells.ballot(row, weight, &election.options)).collect(),
        None => {}
    }
    let mut valid = Vec::with_capacity(rows.len() + election.ballots.len());
    for ballot in rows.iter().chain(&election.ballots) {
        let checked = rule.validate(ballot, &set, &election.settings);
        if sorted.takes(checked, ballot.weight(), ballot.channel.as_deref()) {
            valid.push(ballot);
        }
    }
    let Sorted { mut invalid, total, by_channel, .. } = sorted;
    invalid.sort_by_key(|one| one.number);
    let vote = Vote {
        options: &ids,
        choices: &election.options,
        ballots: &valid,
        table: table.as_ref(),
        settings: &election.settings,
    };
    let Count { ranking, scores, mut explanation, winners: chosen } = rule.count(&vote)?;
    let mut winners = chosen.unwrap_or_else(|| winners(&ranking, total == 0, election.settings.seats));
    if let Some(quorum) = quorum(method, election, total) {
        if matches!(quorum, Step::Quorum { reached: false, .. }) {
            winners.clear();
        }
        explanation.insert(0, quorum);
    }
    Ok(Outcome {
        method,
        winners,
        ranking,
        scores,
        explanation,
        ballots: shown(total),
        invalid: u32::try_from(invalid.len()).unwrap_or(u32::MAX),
        invalid_reasons: invalid,
        by_channel: by_channel.into_iter().map(|(channel, units)| (channel.to_owned(), shown(units))).collect(),
    })
}

/// Bulletins told apart: those that count, and those that do not with their number in the input.
struct Sorted<'a> {
    /// Numbers of those that stood between and could not be read.
    unreadable: BTreeSet<u32>,
    number: u32,
    invalid: Vec<InvalidBallot>,
    total: u128,
    by_channel: BTreeMap<&'a str, u128>,
}

impl<'a> Sorted<'a> {
    fn new(election: &Election) -> Self {
        let unreadable = election.unreadable.iter().map(|(number, detail)| InvalidBallot {
            number: *number,
            reason: Reason::Unreadable { detail: detail.clone() },
        });
        Self {
            unreadable: election.unreadable.iter().map(|(number, _)| *number).collect(),
            number: 0,
            invalid: unreadable.collect(),
            total: 0,
            by_channel: BTreeMap::new(),
        }
    }

    fn takes(&mut self, checked: Result<(), Reason>, weight: crate::Weight, channel: Option<&'a str>) -> bool {
        self.number += 1;
        while self.unreadable.contains(&self.number) {
            self.number += 1;
        }
        match checked {
            Ok(()) => {
                self.total += weight.units();
                if let Some(channel) = channel {
                    *self.by_channel.entry(channel).or_default() += weight.units();
                }
                true
            }
            Err(reason) => {
                self.invalid.push(InvalidBallot { number: self.number, reason });
                false
            }
        }
    }

    /// The rows that count; the reader saw to it that they name known options, once each.
    fn table(&mut self, table: &Table, settings: &Settings) -> Table {
        let mut kept = table.clone();
        let mut weights = table.rows().map(|(_, weight)| weight);
        kept.retain(|row| {
            let beyond = row.iter().filter(|cell| **cell != NONE).find(|grade| **grade >= settings.grades);
            let checked = match beyond {
                Some(given) if table.kind == Cells::Grades => {
                    Err(Reason::GradeOutOfRange { given: *given, grades: settings.grades })
                }
                _ if table.kind == Cells::Places && row.iter().all(|cell| *cell == NONE) => Err(Reason::Blank),
                _ if table.kind == Cells::Approvals => {
                    crate::approval::few_enough(row.iter().filter(|cell| **cell != NONE).count(), settings)
                }
                _ => Ok(()),
            };
            self.takes(checked, weights.next().unwrap_or_default(), None)
        });
        kept
    }
}

/// Whether enough people took part, where that is asked for: those present where that number is known (raised hands say
/// nothing of how many people raised them), else the bulletins.
fn quorum(method: Method, election: &Election, bulletins: u128) -> Option<Step> {
    let needed = election.settings.quorum?;
    let whole = |count: u32| crate::Weight::whole(count.into()).map_or(0, crate::Weight::units);
    let there = match election.settings.present {
        Some(present) if method == Method::Hands => whole(present),
        _ if method == Method::Hands => 0,
        _ => bulletins,
    };
    Some(Step::Quorum { needed, there: shown(there), reached: there >= whole(needed) })
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
