//! Duels: Bradley–Terry against closed forms and an independent fit.

use moisson_tally::{Ballot, Choice, Election, Method, Outcome, Score, Step, Weight, tally};
use proptest::prelude::*;
use serde_json::Value;

/// Duels won by the first over the second, of options named by their number.
fn election(options: usize, prior: &str, duels: &[(usize, usize)]) -> Election {
    let name = |at: &usize| format!("o{at}");
    let duel = |(won, lost): &(usize, usize)| Ballot {
        duel: Some((name(won), name(lost))),
        won: Some(name(won)),
        ..Ballot::default()
    };
    let mut election = Election {
        options: (0..options).map(|at| Choice { id: name(&at), ..Choice::default() }).collect(),
        ballots: duels.iter().map(duel).collect(),
        ..Election::default()
    };
    election.settings.prior = Weight::parse(prior).unwrap();
    election
}

fn strength(outcome: &Outcome, option: usize) -> (f64, (f64, f64)) {
    let Score::Strength { strength, interval, .. } = &outcome.scores[&format!("o{option}")] else {
        panic!("no strength")
    };
    (strength.as_f64().unwrap(), (interval.0.as_f64().unwrap(), interval.1.as_f64().unwrap()))
}

#[test]
fn between_two_options_the_share_is_laplaces_rule() {
    // With a prior of 1, the share of the first is (won + 1) / (duels + 2), and strengths add up to 2.
    for (won, lost) in [(1, 0), (3, 1), (7, 2), (0, 5)] {
        let mut duels = vec![(0, 1); won];
        duels.extend(vec![(1, 0); lost]);
        let outcome = tally(Method::Pairwise, &election(2, "1", &duels)).unwrap();
        let share = (won as f64 + 1.0) / ((won + lost) as f64 + 2.0);
        assert!((strength(&outcome, 0).0 - 2.0 * share).abs() < 1e-5, "{won} to {lost}");
        // The curvature along a − b is half the prior's plus the duels': its inverse is the variance of the difference.
        let (low, high) = strength(&outcome, 0).1;
        assert!(low < 2.0 * share && 2.0 * share < high);
    }
}

#[test]
fn three_that_beat_each_other_in_a_circle_tie() {
    let outcome = tally(Method::Pairwise, &election(3, "1", &[(0, 1), (1, 2), (2, 0)])).unwrap();
    assert_eq!(outcome.ranking, [["o0", "o1", "o2"]]);
    assert!((strength(&outcome, 1).0 - 1.0).abs() < 1e-6);
}

#[test]
fn strengths_are_those_that_choix_fits() {
    let data: Value = serde_json::from_str(include_str!("../data/bradley-terry.json")).unwrap();
    for case in data["cases"].as_array().unwrap() {
        let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let duels: Vec<(usize, usize)> =
            case["won_lost"].as_array().unwrap().iter().map(|duel| (at(&duel[0]), at(&duel[1]))).collect();
        let outcome =
            tally(Method::Pairwise, &election(at(&case["options"]), &case["prior"].to_string(), &duels)).unwrap();
        for (option, wanted) in case["strengths"].as_array().unwrap().iter().enumerate() {
            let wanted = wanted.as_f64().unwrap();
            assert!(
                (strength(&outcome, option).0 - wanted).abs() < 2e-5 * wanted.max(1.0),
                "option {option}: {wanted}"
            );
        }
    }
}

#[test]
fn the_next_duel_asks_about_those_least_known() {
    let outcome = tally(Method::Pairwise, &election(4, "1", &[(0, 1), (1, 0), (0, 1), (1, 0)])).unwrap();
    let next = outcome.explanation.iter().find_map(|step| match step {
        Step::NextDuel { a, b } => Some((a.as_str(), b.as_str())),
        _ => None,
    });
    assert_eq!(next, Some(("o2", "o3")), "nothing is known of these two");
}

#[test]
fn a_thousand_options_that_form_a_chain_are_fitted_in_time() {
    let chain: Vec<(usize, usize)> = (0..199).map(|at| (at, at + 1)).collect();
    let outcome = tally(Method::Pairwise, &election(200, "1", &chain)).unwrap();
    assert_eq!(outcome.winners, ["o0"]);
    assert!(matches!(
        tally(Method::Pairwise, &election(1001, "1", &chain)),
        Err(moisson_tally::TallyError::TooManyForDuels { options: 1001, .. })
    ));
}

#[test]
fn skipped_duels_count_for_neither_and_odd_ones_are_invalid() {
    let mut skipped = election(2, "1", &[(0, 1)]);
    skipped.ballots[0].won = None;
    let outcome = tally(Method::Pairwise, &skipped).unwrap();
    assert_eq!((outcome.winners.len(), outcome.ranking.len(), outcome.invalid), (0, 1, 0));
    skipped.ballots[0].won = Some(String::from("o9"));
    assert_eq!(tally(Method::Pairwise, &skipped).unwrap().invalid, 1);
}

proptest! {
    #[test]
    fn neither_names_nor_order_matter_and_strengths_average_one(
        duels in proptest::collection::vec((0_usize..5, 0_usize..5), 0..40)
    ) {
        let duels: Vec<(usize, usize)> = duels.into_iter().filter(|(a, b)| a != b).collect();
        let outcome = tally(Method::Pairwise, &election(5, "1", &duels)).unwrap();
        let turned: Vec<(usize, usize)> = duels.iter().rev().map(|(a, b)| (4 - a, 4 - b)).collect();
        let back = tally(Method::Pairwise, &election(5, "1", &turned)).unwrap();
        let mut sum = 0.0;
        for option in 0..5 {
            prop_assert!((strength(&outcome, option).0 - strength(&back, 4 - option).0).abs() < 1e-5);
            sum += strength(&outcome, option).0;
        }
        prop_assert!((sum - 5.0).abs() < 1e-4, "{sum}");
    }

    #[test]
    fn one_more_duel_won_never_weakens(duels in proptest::collection::vec((0_usize..4, 0_usize..4), 1..20), rival in 1_usize..4) {
        let mut duels: Vec<(usize, usize)> = duels.into_iter().filter(|(a, b)| a != b).collect();
        let before = strength(&tally(Method::Pairwise, &election(4, "1", &duels)).unwrap(), 0).0;
        duels.push((0, rival));
        let after = strength(&tally(Method::Pairwise, &election(4, "1", &duels)).unwrap(), 0).0;
        prop_assert!(after > before - 1e-5);
    }
}
