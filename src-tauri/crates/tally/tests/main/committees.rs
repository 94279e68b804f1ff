//! Approvals in proportion, beside abcvoting and by their definitions.

use crate::names;
use moisson_tally::{Ballot, Choice, Election, Method, Outcome, SharingRule, Step, TallyError, tally};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

fn election(options: usize, seats: u32, rule: SharingRule, ballots: &[Vec<usize>]) -> Election {
    let names = names(options);
    let approve = |ballot: &Vec<usize>| Ballot {
        approve: Some(ballot.iter().map(|at| names[*at].clone()).collect()),
        ..Ballot::default()
    };
    let mut election = Election {
        options: names.iter().map(|id| Choice { id: id.clone(), ..Choice::default() }).collect(),
        ballots: ballots.iter().map(approve).collect(),
        ..Election::default()
    };
    election.settings.seats = Some(seats);
    election.settings.rule = Some(rule);
    election
}

fn numbers(outcome: &Outcome) -> BTreeSet<u64> {
    outcome.winners.iter().map(|id| id[1..].parse().unwrap()).collect()
}

#[test]
fn the_sets_are_those_that_abcvoting_finds() {
    let data: Value = serde_json::from_str(include_str!("../data/committees.json")).unwrap();
    let set =
        |value: &Value| value.as_array().unwrap().iter().map(|at| at.as_u64().unwrap()).collect::<BTreeSet<u64>>();
    for case in data["cases"].as_array().unwrap() {
        let ballots: Vec<Vec<usize>> = serde_json::from_value(case["ballots"].clone()).unwrap();
        let options = usize::try_from(case["options"].as_u64().unwrap()).unwrap();
        let seats = u32::try_from(case["seats"].as_u64().unwrap()).unwrap();
        let count = |rule| tally(Method::Approval, &election(options, seats, rule, &ballots)).unwrap();
        let best: Vec<BTreeSet<u64>> = case["pav"].as_array().unwrap().iter().map(set).collect();
        assert_eq!(numbers(&count(SharingRule::Pav)), best.iter().flatten().copied().collect(), "every best set");
        for (rule, name) in [(SharingRule::SeqPav, "seq-pav"), (SharingRule::Mes, "mes")] {
            let sets: Vec<BTreeSet<u64>> = case[name].as_array().unwrap().iter().map(set).collect();
            let ours = numbers(&count(rule));
            assert!(sets.contains(&ours), "{name}: {ours:?} is none of {sets:?}");
        }
    }
}

#[test]
fn a_third_of_the_room_gets_a_third_of_the_seats() {
    // Two voters of six approve of the last two options only: with plain approval they would get nothing.
    let mut ballots = vec![vec![0, 1, 2, 3]; 4];
    ballots.extend(vec![vec![4, 5]; 2]);
    for rule in [SharingRule::Pav, SharingRule::SeqPav, SharingRule::Mes] {
        let outcome = tally(Method::Approval, &election(6, 3, rule, &ballots)).unwrap();
        let theirs: BTreeSet<u64> = numbers(&outcome).into_iter().filter(|at| *at > 3).collect();
        assert!(!theirs.is_empty(), "{rule:?}");
    }
}

#[test]
fn what_cannot_be_searched_is_refused_and_points_to_what_can_be_done() {
    let ballots: Vec<Vec<usize>> =
        (0..400).map(|at| vec![at % 200, (at * 7 + 3) % 200, (at * 31 + 11) % 200]).collect();
    let hard = election(200, 20, SharingRule::Pav, &ballots);
    assert_eq!(tally(Method::Approval, &hard), Err(TallyError::TooManySets));
    assert_eq!(tally(Method::Approval, &election(200, 20, SharingRule::SeqPav, &ballots)).unwrap().winners.len(), 20);
    let greedy = election(3, 1, SharingRule::Greedy, &[vec![0]]);
    assert!(matches!(tally(Method::Approval, &greedy), Err(TallyError::WrongRule { .. })));
}

proptest! {
    #[test]
    fn every_seat_is_filled_and_a_cohesive_group_is_heard(
        options in 2_usize..7,
        ballots in proptest::collection::vec(proptest::collection::btree_set(0_usize..7, 1..4), 1..12),
        seats in 1_u32..4,
    ) {
        let ballots: Vec<Vec<usize>> =
            ballots.into_iter().map(|ballot| ballot.into_iter().filter(|at| *at < options).collect()).collect();
        let approved: BTreeSet<usize> = ballots.iter().flatten().copied().collect();
        for rule in [SharingRule::Pav, SharingRule::SeqPav, SharingRule::Mes] {
            let outcome = tally(Method::Approval, &election(options, seats, rule, &ballots)).unwrap();
            let filled = outcome.winners.len();
            if rule == SharingRule::Pav {
                let sets = outcome.explanation.iter().find_map(|step| match step {
                    Step::BestSets { sets, .. } => Some(sets.clone()),
                    _ => None,
                }).unwrap();
                prop_assert!(sets.iter().all(|set| set.len() == options.min(seats as usize)));
            } else if approved.len() >= seats as usize {
                prop_assert_eq!(filled, options.min(seats as usize), "{:?}", rule);
            }
            // Justified representation (Aziz et al., 2017), which both PAV and equal shares promise: a group of n/k voters
            // that agree on an option is not left without any of theirs.
            if rule != SharingRule::SeqPav {
                let chosen = numbers(&outcome);
                for option in &approved {
                    let unheard = ballots.iter().filter(|ballot| {
                        ballot.contains(option) && ballot.iter().all(|at| !chosen.contains(&(*at as u64)))
                    });
                    prop_assert!(unheard.count() * (seats as usize) < ballots.len(), "{:?} leaves o{} out", rule, option);
                }
            }
        }
    }
}
