//! Dot voting (cumulative voting): each bulletin spreads at most n dots over the options. The result gives the dots and,
//! beside them, how many bulletins gave at least one: ten dots from two people are not ten people.

use crate::{
    Ballot, Reason, Score, Settings, TallyError,
    method::{Count, Rule, Vote, rank_by_total},
    outcome::shown,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Dots;

impl Rule for Dots {
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason> {
        let points = ballot.points.as_ref().ok_or(Reason::Blank)?;
        if let Some(id) = points.keys().find(|id| !options.contains(id.as_str())) {
            return Err(Reason::UnknownOption { option: id.clone() });
        }
        let given = points.values().fold(0_u32, |sum, dots| sum.saturating_add(*dots));
        if given > settings.points {
            return Err(Reason::TooManyPoints { given, allowed: settings.points });
        }
        let most = points.values().copied().max().unwrap_or_default();
        match settings.max_per_option {
            Some(allowed) if most > allowed => Err(Reason::TooManyPoints { given: most, allowed }),
            _ => Ok(()),
        }
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let Vote { options, ballots, .. } = *vote;
        let mut votes: BTreeMap<&str, (u128, u128)> = BTreeMap::new();
        for ballot in ballots {
            let units = ballot.weight().units();
            for (id, dots) in ballot.points.iter().flatten().filter(|(_, dots)| **dots > 0) {
                let (points, supporters) = votes.entry(id).or_default();
                *points += u128::from(*dots) * units;
                *supporters += units;
            }
        }
        let of = |id: &str| votes.get(id).copied().unwrap_or_default();
        let totals: Vec<(&str, u128)> = options.iter().map(|id| (*id, of(id).0)).collect();
        let (ranking, explanation) = rank_by_total(&totals);
        let scores = options
            .iter()
            .map(|id| {
                let (points, supporters) = of(id);
                ((*id).to_owned(), Score::Dots { points: shown(points), supporters: shown(supporters) })
            })
            .collect();
        Ok(Count::new(ranking, scores, explanation))
    }
}
