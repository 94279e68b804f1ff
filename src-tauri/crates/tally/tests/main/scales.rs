//! Scores, impact and effort, consent, quorum.

use moisson_tally::{Election, Method, Outcome, Quadrant, Reason, Score, Step, read, tally};
use proptest::prelude::*;
use serde_json::json;

fn count(method: Method, file: &serde_json::Value) -> Outcome {
    let election: Election = read::election(file.to_string().as_bytes(), method).unwrap();
    tally(method, &election).unwrap()
}

#[test]
fn scores_give_mean_median_and_quartiles_and_only_exact_ties_tie() {
    let outcome = count(
        Method::Score,
        &json!({"options": [{"id": "A"}, {"id": "B"}, {"id": "C"}, {"id": "D"}], "settings": {"max": 10}, "ballots": [
            {"scores": {"A": 10, "B": 3, "C": 1}}, {"scores": {"A": 0, "B": 4, "C": 1}}, {"scores": {"A": 0, "B": 3, "C": 8}},
            {"scores": {"B": 11}}, {"scores": {}}, {"grades": {"A": 4}, "weight": 3}
        ]}),
    );
    // A: (10 + 0 + 0 + 3 × 4) / 6 = 22/6; B: 10/3; C: 10/3, an exact tie that rounding would not be trusted with.
    assert_eq!(outcome.ranking, [vec!["A"], vec!["B", "C"], vec!["D"]]);
    assert_eq!((outcome.ballots.clone(), outcome.invalid), (6.into(), 2));
    assert_eq!(outcome.invalid_reasons[0].reason, Reason::ScoreOutOfRange { given: 11, min: 0, max: 10 });
    let Score::Scores { median, quartiles, answers, .. } = &outcome.scores["A"] else { panic!("no scores") };
    assert_eq!((median.as_u64(), answers.as_u64()), (Some(4), Some(6)));
    assert_eq!((quartiles.0.as_u64(), quartiles.1.as_u64()), (Some(0), Some(4)));
}

#[test]
fn options_stand_at_their_medians_and_quick_wins_come_first() {
    let place = |impact: u32, effort: u32| json!({"impact": impact, "effort": effort});
    let outcome = count(
        Method::ImpactEffort,
        &json!({"options": [{"id": "hard"}, {"id": "quick"}, {"id": "small"}, {"id": "vain"}, {"id": "unseen"}],
            "settings": {"min": 1, "max": 5}, "ballots": [
            {"scores": {"hard": place(5, 5), "quick": place(4, 1), "small": place(1, 1), "vain": place(1, 5)}},
            {"scores": {"hard": place(4, 4), "quick": place(5, 2), "small": place(2, 2), "vain": place(3, 4)}},
            {"scores": {"hard": place(1, 5)}}, {"scores": {"hard": 3}}, {"scores": {"hard": place(6, 1)}}
        ]}),
    );
    assert_eq!(outcome.ranking, [["quick"], ["hard"], ["small"], ["vain"], ["unseen"]]);
    assert_eq!(outcome.invalid, 2);
    let Score::Plane { impact, quadrant, .. } = &outcome.scores["hard"] else { panic!("no place") };
    assert_eq!((impact.as_u64(), *quadrant), (Some(4), Quadrant::MajorProject));
}

#[test]
fn no_majority_outvotes_an_objection() {
    let outcome = count(
        Method::Consent,
        &json!({"options": [{"id": "A"}, {"id": "B"}, {"id": "C"}], "ballots": [
            {"stances": {"A": "consent", "B": "consent"}, "weight": 1000},
            {"stances": {"A": "object", "B": "stand-aside"}, "reasons": {"A": "Le bus ne passe plus."}},
            {"stances": {"A": "object"}, "reasons": {"A": " "}}
        ]}),
    );
    assert_eq!(outcome.winners, ["B"], "a thousand consents do not weigh against two objections");
    assert_eq!(outcome.ranking, [vec!["B"], vec!["A", "C"]]);
    assert!(outcome.explanation.contains(&Step::Objection {
        option: "A".into(),
        count: 2.into(),
        reasons: vec!["Le bus ne passe plus.".into()]
    }));
}

#[test]
fn below_its_quorum_a_vote_decides_nothing_and_says_so() {
    let vote = |present: u32| {
        json!({"options": [{"id": "A"}, {"id": "B"}], "settings": {"quorum": 12, "present": present},
            "ballots": [{"counts": {"A": 9, "B": 4}}]})
    };
    let outcome = count(Method::Hands, &vote(11));
    assert_eq!((outcome.winners.len(), outcome.ranking.len()), (0, 2));
    assert_eq!(outcome.explanation[0], Step::Quorum { needed: 12, there: 11.into(), reached: false });
    assert_eq!(count(Method::Hands, &vote(12)).winners, ["A"]);
    assert!(
        count(
            Method::Dots,
            &json!({"options": [{"id": "A"}], "settings": {"quorum": 2}, "ballots": [{"points": {"A": 1}}]})
        )
        .winners
        .is_empty()
    );
}

/// The example of chapter 16 of Balinski & Laraki's book in spirit: one more bulletin that ranks the winner first can make
/// another win (the no-show paradox), which a mean cannot; so it must be told rather than hidden.
#[test]
fn majority_judgment_can_be_harmed_by_a_bulletin_more_and_scores_cannot() {
    let vote = |more: &[(u8, u8)]| {
        let mut ballots = vec![
            json!({"grades": {"A": 3, "B": 2}}),
            json!({"grades": {"A": 3, "B": 6}}),
            json!({"grades": {"A": 0, "B": 1}}),
        ];
        ballots.extend(more.iter().map(|(a, b)| json!({"grades": {"A": a, "B": b}})));
        json!({"options": [{"id": "A"}, {"id": "B"}], "ballots": ballots})
    };
    assert_eq!(count(Method::MajorityJudgment, &vote(&[])).winners, ["A"], "medians 3 and 2");
    let joined = count(Method::MajorityJudgment, &vote(&[(2, 1)]));
    assert_eq!(joined.winners, ["A"], "a bulletin that prefers A leaves the lower medians at 2 and 1");
    // Medians 3 against 2 become 3 against 4: two who grade A above B, high.
    let harmed = count(Method::MajorityJudgment, &vote(&[(6, 5), (6, 5)]));
    assert_eq!(harmed.winners, ["B"], "two bulletins that prefer A raise B's median from 2 to 5, past A's 3");
}

proptest! {
    #[test]
    fn a_better_score_never_harms_and_bundles_are_bulletins(
        rows in proptest::collection::vec((1_u32..5, proptest::collection::vec(0_u32..9, 3)), 1..9)
    ) {
        let vote = |rows: &[(u32, Vec<u32>)]| json!({"options": [{"id": "o0"}, {"id": "o1"}, {"id": "o2"}],
            "ballots": rows.iter().map(|(weight, row)| json!({"weight": weight, "scores": {"o0": row[0], "o1": row[1], "o2": row[2]}})).collect::<Vec<_>>()});
        let before = count(Method::Score, &vote(&rows));
        let apart: Vec<(u32, Vec<u32>)> = rows.iter().rev().flat_map(|(weight, row)| vec![(1, row.clone()); *weight as usize]).collect();
        let bundled = count(Method::Score, &vote(&apart));
        prop_assert_eq!((&before.ranking, &before.scores), (&bundled.ranking, &bundled.scores));
        let winner: usize = before.winners[0][1..].parse().unwrap();
        let mut raised = rows;
        raised[0].1[winner] += 1;
        let after = count(Method::Score, &vote(&raised));
        let still = format!("o{winner}");
        prop_assert!(after.winners.contains(&still));
    }

    #[test]
    fn whatever_is_objected_to_never_stands(said in proptest::collection::vec((0_usize..3, 0_usize..3), 1..20)) {
        let words = ["consent", "stand-aside", "object"];
        let ballots: Vec<_> = said.iter().map(|(option, word)| json!({"stances": {format!("o{option}"): words[*word]}})).collect();
        let outcome = count(Method::Consent, &json!({"options": [{"id": "o0"}, {"id": "o1"}, {"id": "o2"}], "ballots": ballots}));
        for option in 0..3 {
            let has = |word| said.contains(&(option, word));
            let id = format!("o{option}");
            prop_assert_eq!(outcome.winners.contains(&id), has(0) && !has(2));
        }
    }
}
