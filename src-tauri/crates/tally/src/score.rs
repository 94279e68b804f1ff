//! Score (range) voting: each bulletin gives a number per option, and options are ranked by the mean of the numbers given
//! (Smith, *Range voting*, 2000). An option that a bulletin leaves out is not scored by it: how many scored each is told
//! beside the mean, with the median and the quartiles, since one mean can hide two camps.
//!
//! Means are compared as fractions.

use crate::{
    Ballot, Mark, Reason, Settings, Step, TallyError,
    method::{Count, Rule, Vote, ties},
    outcome::{self, shown, shown_ratio},
    spread::Spread,
};
use num_rational::BigRational;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

pub(crate) struct Score;

impl Rule for Score {
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason> {
        let mut empty = true;
        for (id, mark) in marks(ballot) {
            empty = false;
            let Some(score) = mark else { return Err(Reason::WrongMark { option: id.to_owned() }) };
            within(id, score, options, settings)?;
        }
        if empty { Err(Reason::Blank) } else { Ok(()) }
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let mut spreads: BTreeMap<&str, Spread> = BTreeMap::new();
        for ballot in vote.ballots {
            for (id, score) in marks(ballot).filter_map(|(id, mark)| Some((id, mark?))) {
                spreads.entry(id).or_default().add(score, ballot.weight().units());
            }
        }
        let none = Spread::default();
        let spread = |id: &str| spreads.get(id).unwrap_or(&none);
        // An option that nobody scored comes after those that someone did.
        let key = |id: &str| Reverse((spread(id).total() > 0, spread(id).mean()));
        let mut order: Vec<(Reverse<(bool, BigRational)>, &str)> =
            vote.options.iter().map(|id| (key(id), *id)).collect();
        order.sort_by(|a, b| a.0.cmp(&b.0));
        let ranks = order.chunk_by(|a, b| a.0 == b.0);
        let ranking: Vec<Vec<String>> =
            ranks.map(|rank| rank.iter().map(|(_, id)| (*id).to_owned()).collect()).collect();
        let totals = order.iter().map(|(Reverse((_, mean)), id)| ((*id).to_owned(), shown_ratio(mean))).collect();
        let explanation = std::iter::once(Step::Totals { totals }).chain(ties(&ranking)).collect();
        let scores = vote.options.iter().map(|id| ((*id).to_owned(), score(spread(id)))).collect();
        Ok(Count::new(ranking, scores, explanation))
    }
}

/// What a bulletin gives each option: scores, or the grades or points of a bulletin made for another method.
fn marks(ballot: &Ballot) -> impl Iterator<Item = (&str, Option<u32>)> {
    let scores = ballot.scores.iter().flatten().map(|(id, mark)| match mark {
        Mark::One(score) => (id.as_str(), Some(*score)),
        Mark::Plane { .. } => (id.as_str(), None),
    });
    let other = ballot.scores.is_none();
    let grades = ballot.grades.iter().filter(move |_| other).flatten();
    let grades = grades.map(|(id, grade)| (id.as_str(), Some(u32::from(*grade))));
    let points = ballot.points.iter().filter(move |_| other && ballot.grades.is_none()).flatten();
    scores.chain(grades).chain(points.map(|(id, points)| (id.as_str(), Some(*points))))
}

/// A score of a known option, on the scale.
pub(crate) fn within(id: &str, given: u32, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason> {
    if !options.contains(id) {
        return Err(Reason::UnknownOption { option: id.to_owned() });
    }
    let max = settings.max.unwrap_or(u32::MAX);
    if (settings.min..=max).contains(&given) {
        return Ok(());
    }
    Err(Reason::ScoreOutOfRange { given, min: settings.min, max })
}

fn score(spread: &Spread) -> outcome::Score {
    let (low, high) = spread.quartiles();
    outcome::Score::Scores {
        mean: shown_ratio(&spread.mean()),
        median: shown_ratio(&spread.median()),
        quartiles: (shown_ratio(&low), shown_ratio(&high)),
        answers: shown(spread.total()),
        histogram: spread.counts().map(|(value, units)| (value, shown(units))).collect(),
    }
}
