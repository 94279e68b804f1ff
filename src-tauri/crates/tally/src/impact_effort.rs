//! Impact and effort: each bulletin places options on a plane, what each would change against what it would take (the
//! action-priority matrix of quality management). Each option stands at the median of its impacts and that of its efforts;
//! the middle of the scale cuts the plane in four. Where the scale has no end, its middle is that of the numbers given.
//!
//! What comes first: quick wins, major projects, fill-ins, thankless tasks; within a quarter the higher impact, then the
//! lower effort. On a line is not above it. Options that nobody placed come last.

use crate::{
    Ballot, Mark, Quadrant, Reason, Score, Settings, Step, TallyError,
    method::{Count, Rule, Vote, ties},
    outcome::{shown, shown_ratio},
    score::within,
    spread::{Spread, whole},
};
use num_rational::BigRational;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

pub(crate) struct ImpactEffort;

impl Rule for ImpactEffort {
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason> {
        let scores = ballot.scores.as_ref().filter(|scores| !scores.is_empty()).ok_or(Reason::Blank)?;
        for (id, mark) in scores {
            let Mark::Plane { impact, effort } = mark else { return Err(Reason::WrongMark { option: id.clone() }) };
            within(id, *impact, options, settings)?;
            within(id, *effort, options, settings)?;
        }
        Ok(())
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let mut spreads: BTreeMap<&str, (Spread, Spread)> = BTreeMap::new();
        let mut highest = vote.settings.min;
        for ballot in vote.ballots {
            for (id, mark) in ballot.scores.iter().flatten() {
                if let Mark::Plane { impact, effort } = mark {
                    let (impacts, efforts) = spreads.entry(id).or_default();
                    impacts.add(*impact, ballot.weight().units());
                    efforts.add(*effort, ballot.weight().units());
                    highest = highest.max(*impact).max(*effort);
                }
            }
        }
        let top = vote.settings.max.unwrap_or(highest);
        let middle = (whole(vote.settings.min.into()) + whole(top.into())) / whole(2);
        let mut order: Vec<(Place, &str)> =
            vote.options.iter().map(|id| (Place::of(spreads.get(id), &middle), *id)).collect();
        order.sort_by(|a, b| a.0.cmp(&b.0));
        let ranks = order.chunk_by(|a, b| a.0 == b.0);
        let ranking: Vec<Vec<String>> =
            ranks.map(|rank| rank.iter().map(|(_, id)| (*id).to_owned()).collect()).collect();
        let scores = order.iter().map(|(place, id)| ((*id).to_owned(), place.score(spreads.get(id)))).collect();
        let explanation =
            std::iter::once(Step::Quadrants { middle: shown_ratio(&middle) }).chain(ties(&ranking)).collect();
        Ok(Count::new(ranking, scores, explanation))
    }
}

/// Where an option stands, in the order of what comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    nowhere: bool,
    quadrant: Quadrant,
    impact: Reverse<BigRational>,
    effort: BigRational,
}

impl Place {
    fn of(spreads: Option<&(Spread, Spread)>, middle: &BigRational) -> Self {
        let none = (Spread::default(), Spread::default());
        let (impacts, efforts) = spreads.unwrap_or(&none);
        let (impact, effort) = (impacts.median(), efforts.median());
        let quadrant = match (impact > *middle, effort > *middle) {
            (true, false) => Quadrant::QuickWin,
            (true, true) => Quadrant::MajorProject,
            (false, false) => Quadrant::FillIn,
            (false, true) => Quadrant::Thankless,
        };
        Self { nowhere: spreads.is_none(), quadrant, impact: Reverse(impact), effort }
    }

    fn score(&self, spreads: Option<&(Spread, Spread)>) -> Score {
        let none = (Spread::default(), Spread::default());
        let (impacts, efforts) = spreads.unwrap_or(&none);
        let pair = |(low, high): (BigRational, BigRational)| (shown_ratio(&low), shown_ratio(&high));
        Score::Plane {
            impact: shown_ratio(&self.impact.0),
            effort: shown_ratio(&self.effort),
            impact_quartiles: pair(impacts.quartiles()),
            effort_quartiles: pair(efforts.quartiles()),
            answers: shown(impacts.total()),
            quadrant: self.quadrant,
        }
    }
}
