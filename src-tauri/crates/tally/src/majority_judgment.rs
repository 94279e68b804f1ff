//! Majority judgment (Balinski & Laraki, *Majority Judgment*, MIT Press, 2010), with the tie-break of the majority value as
//! published by Mieux Voter: an option's grade is the lower median of its grades; between options with the same median, one
//! bulletin bearing that median is taken away from each, and the medians are compared again, until they differ or nothing
//! is left. Equal profiles tie. A bulletin without a grade for an option counts as the worst grade.
//!
//! Bulletins are never expanded one by one. All options have the same number n of grades, and taking lower medians away
//! visits the places of the sorted grades in one fixed order, outwards from the middle: m, m+1, m−1, m+2 … for n even,
//! m, m−1, m+1, m−2 … for n odd, with m = ⌊(n−1)/2⌋. So of two options, the better one is decided at the first visited
//! place where their sorted grades differ, which cumulated profiles give directly, whatever the weights.

use crate::{
    Ballot, Reason, Score, Settings, Step, TallyError, Weight,
    method::{Count, Rule, Vote, ties},
    outcome::shown,
    table::{Cells, NONE},
};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

pub(crate) struct MajorityJudgment;

/// Units of weight per grade, worst first.
type Profile = Vec<u128>;

impl Rule for MajorityJudgment {
    fn cells(&self) -> Option<Cells> {
        Some(Cells::Grades)
    }

    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, settings: &Settings) -> Result<(), Reason> {
        let grades = ballot.grades.as_ref().ok_or(Reason::Blank)?;
        for (id, grade) in grades {
            if !options.contains(id.as_str()) {
                return Err(Reason::UnknownOption { option: id.clone() });
            }
            if *grade >= settings.grades {
                return Err(Reason::GradeOutOfRange { given: *grade, grades: settings.grades });
            }
        }
        Ok(())
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let Vote { options, ballots, table, settings, .. } = *vote;
        let one = Weight::default().units();
        let grades = usize::from(settings.grades);
        let mut profiles: BTreeMap<&str, Profile> = options.iter().map(|id| (*id, vec![0; grades])).collect();
        for ballot in ballots {
            for (id, profile) in &mut profiles {
                let grade = ballot.grades.as_ref().and_then(|grades| grades.get(*id)).copied().unwrap_or(0);
                profile[usize::from(grade)] += ballot.weight().units();
            }
        }
        // Whole weights are counted by the bulletin; fractional ones by their largest common part.
        let mut unit = ballots.iter().fold(one, |unit, ballot| gcd(unit, ballot.weight().units()));
        if let Some(table) = table {
            let mut counts = vec![0_u128; options.len() * grades];
            for (row, weight) in table.rows() {
                let units = weight.units();
                if !units.is_multiple_of(unit) {
                    unit = gcd(unit, units);
                }
                for (counts, cell) in counts.chunks_exact_mut(grades).zip(row) {
                    counts[if *cell == NONE { 0 } else { usize::from(*cell) }] += units;
                }
            }
            for (id, counts) in options.iter().zip(counts.chunks_exact(grades)) {
                if let Some(profile) = profiles.get_mut(id) {
                    profile.iter_mut().zip(counts).for_each(|(sum, more)| *sum += more);
                }
            }
        }
        let counts: BTreeMap<&str, Profile> =
            profiles.iter().map(|(id, profile)| (*id, profile.iter().map(|units| units / unit).collect())).collect();
        let compare = |a: &str, b: &str| match difference(&counts[a], &counts[b]) {
            Some(at) => at.grades.0.cmp(&at.grades.1),
            None => Ordering::Equal,
        };
        let mut order = options.to_vec();
        order.sort_by(|a, b| compare(b, a));
        let mut ranking: Vec<Vec<String>> = Vec::new();
        for (index, id) in order.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| order[before]);
            match ranking.last_mut() {
                Some(rank) if before.is_some_and(|before| compare(before, id) == Ordering::Equal) => {
                    rank.push((*id).to_owned());
                }
                _ => ranking.push(vec![(*id).to_owned()]),
            }
        }
        let mut explanation = explain(&order, &counts, unit);
        explanation.extend(ties(&ranking));
        let scores = profiles
            .iter()
            .map(|(id, profile)| {
                let profile = profile.iter().map(|units| shown(*units)).collect();
                ((*id).to_owned(), Score::Merit { median: median(&counts[*id]), profile })
            })
            .collect();
        Ok(Count::new(ranking, scores, explanation))
    }
}

/// The first place, in the order in which medians are taken away, where the grades of two options differ.
struct Difference {
    /// How many were taken away before.
    removed: u128,
    /// The grades there.
    grades: (u8, u8),
}

fn difference(a: &[u128], b: &[u128]) -> Option<Difference> {
    let total: u128 = a.iter().sum();
    let middle = total.checked_sub(1)? / 2;
    // Stretches of places over which both options have one grade each.
    let mut best: Option<Difference> = None;
    let (mut place, mut x, mut y) = (0, 0, 0);
    let (mut end_a, mut end_b) = (a.first().copied()?, b.first().copied()?);
    while place < total {
        while place >= end_a {
            x += 1;
            end_a += a[x];
        }
        while place >= end_b {
            y += 1;
            end_b += b[y];
        }
        let end = end_a.min(end_b);
        if x != y {
            let nearest = middle.clamp(place, end - 1);
            let removed = visit(nearest, middle, total);
            if best.as_ref().is_none_or(|best| removed < best.removed) {
                let grade = |index: usize| u8::try_from(index).unwrap_or(u8::MAX);
                best = Some(Difference { removed, grades: (grade(x), grade(y)) });
            }
        }
        place = end;
    }
    best
}

/// When a place is visited, from 0.
fn visit(place: u128, middle: u128, total: u128) -> u128 {
    let (distance, above) = if place > middle { (place - middle, true) } else { (middle - place, false) };
    match distance {
        0 => 0,
        distance if above == total.is_multiple_of(2) => 2 * distance - 1,
        distance => 2 * distance,
    }
}

/// The lower median of a profile; the worst grade where there is no bulletin.
fn median(profile: &[u128]) -> u8 {
    let total: u128 = profile.iter().sum();
    let Some(last) = total.checked_sub(1) else { return 0 };
    let mut sum = 0;
    let found = profile.iter().position(|count| {
        sum += count;
        last / 2 < sum
    });
    found.and_then(|grade| u8::try_from(grade).ok()).unwrap_or(0)
}

/// Grade by grade, who has it; then, within a grade, what sets each option apart from the next.
fn explain(order: &[&str], counts: &BTreeMap<&str, Profile>, unit: u128) -> Vec<Step> {
    let mut steps = Vec::new();
    for chunk in order.chunk_by(|a, b| median(&counts[a]) == median(&counts[b])) {
        let options = chunk.iter().map(|id| (*id).to_owned()).collect();
        steps.push(Step::Median { grade: median(&counts[chunk[0]]), options });
        for pair in chunk.windows(2) {
            if let Some(at) = difference(&counts[pair[0]], &counts[pair[1]]) {
                steps.push(Step::Separated {
                    better: pair[0].to_owned(),
                    worse: pair[1].to_owned(),
                    removed: shown(at.removed * unit),
                    grades: at.grades,
                });
            }
        }
    }
    steps
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Choice, Election, Method, tally};
    use proptest::prelude::*;

    /// The definition, to the letter.
    fn naive(profile: &[u8]) -> Vec<u8> {
        let mut sorted = profile.to_vec();
        sorted.sort_unstable();
        let mut medians = Vec::new();
        while !sorted.is_empty() {
            medians.push(sorted.remove((sorted.len() - 1) / 2));
        }
        medians
    }

    fn election(grades: &[Vec<u8>]) -> Election {
        let options = (0..grades[0].len()).map(|i| Choice { id: format!("o{i:02}"), ..Choice::default() }).collect();
        let ballot = |row: &Vec<u8>| Ballot {
            grades: Some(row.iter().enumerate().map(|(i, grade)| (format!("o{i:02}"), *grade)).collect()),
            ..Ballot::default()
        };
        Election { options, ballots: grades.iter().map(ballot).collect(), ..Election::default() }
    }

    proptest! {
        #[test]
        fn the_ranking_is_that_of_the_definition(
            grades in (1_usize..6).prop_flat_map(|options| prop::collection::vec(prop::collection::vec(0_u8..7, options), 1..40))
        ) {
            let outcome = tally(Method::MajorityJudgment, &election(&grades)).unwrap();
            let value = |id: &str| {
                let index: usize = id[1..].parse().unwrap();
                naive(&grades.iter().map(|row| row[index]).collect::<Vec<_>>())
            };
            let flat: Vec<&String> = outcome.ranking.iter().flatten().collect();
            for pair in flat.windows(2) {
                prop_assert!(value(pair[0]) >= value(pair[1]));
            }
            for rank in &outcome.ranking {
                prop_assert!(rank.iter().all(|id| value(id) == value(&rank[0])), "only equal profiles tie");
            }
        }

        #[test]
        fn a_weight_of_n_is_n_bulletins(
            rows in prop::collection::vec((prop::collection::vec(0_u8..5, 3), 1_u64..5), 1..12)
        ) {
            let mut weighted = election(&rows.iter().map(|(row, _)| row.clone()).collect::<Vec<_>>());
            for (ballot, (_, n)) in weighted.ballots.iter_mut().zip(&rows) {
                ballot.weight = Weight::whole(*n);
            }
            let copies: Vec<Vec<u8>> =
                rows.iter().flat_map(|(row, n)| std::iter::repeat_n(row.clone(), usize::try_from(*n).unwrap())).collect();
            let (a, b) = (tally(Method::MajorityJudgment, &weighted).unwrap(), tally(Method::MajorityJudgment, &election(&copies)).unwrap());
            prop_assert_eq!((a.ranking, a.scores, a.ballots), (b.ranking, b.scores, b.ballots));
        }
    }
}
