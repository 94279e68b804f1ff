//! What strangers hand over: read, or told with the line, never a panic.

use moisson_tally::{Method, Reason, TallyError, read, tally};
use proptest::prelude::*;

fn outcome(text: &str, method: Method) -> Result<moisson_tally::Outcome, TallyError> {
    tally(method, &read::election(text.as_bytes(), method)?)
}

#[test]
fn a_table_of_duels_names_its_options_as_they_come() {
    let outcome = outcome(
        "a;b;gagne;poids\nbus;vélo;bus;3\nvélo;train;vélo;1\nbus;;bus;1\nbus;train;;2\nbus;vélo;bus;-1\n",
        Method::Pairwise,
    )
    .unwrap();
    assert_eq!(outcome.winners, ["bus"]);
    assert_eq!((outcome.ballots.as_u64(), outcome.invalid), (Some(6), 2));
    assert!(
        matches!(&outcome.invalid_reasons[0].reason, Reason::Unreadable { detail } if detail.starts_with("line 4"))
    );
}

#[test]
fn a_table_of_profiles_gives_the_result_of_its_bulletins() {
    let result = outcome("choix,À rejeter,Passable,Bien\nA,1,1,3\nB,0,4,1\n", Method::MajorityJudgment).unwrap();
    assert_eq!(result.winners, ["A"]);
    assert_eq!(result.ballots.as_u64(), Some(5));
    let told = serde_json::to_value(&result.scores["B"]).unwrap();
    assert_eq!(told["profile"], serde_json::json!([0, 4, 1]));
    let lies = outcome("option,0,1\nA,1,1\nB,0,3\n", Method::MajorityJudgment).unwrap_err();
    assert!(lies.to_string().starts_with("line 3: 3 grades, and 2"), "{lies}");
}

#[test]
fn latin_letters_of_old_spreadsheets_are_read() {
    let bytes = b"v\xe9lo;train\n3;1\n";
    let outcome = tally(Method::Score, &read::election(bytes, Method::Score).unwrap()).unwrap();
    assert_eq!(outcome.winners, ["vélo"]);
}

#[test]
fn odd_weights_options_and_numbers_are_told_one_by_one() {
    let text = r#"{"options":[{"id":"A"},{"id":"B"}],"ballots":[
        {"weight":-1,"scores":{"A":1}}, {"weight":1e40,"scores":{"A":1}}, {"weight":0.0000001,"scores":{"A":1}},
        {"scores":{"A":1.5}}, {"scores":{"A":-1}}, {"scores":{"A":"NaN"}}, {"scores":null}, [], {"scores":{"A":1},"weight":1000000000000}]}"#;
    let result = outcome(text, Method::Score).unwrap();
    assert_eq!((result.invalid, result.ballots.as_u64()), (8, Some(1_000_000_000_000)));
    assert!(matches!(
        outcome("{\"options\":[{\"id\":\"A\"}],\"ballots\":[{\"scores\":{\"A\":NaN}}]}", Method::Score),
        Err(TallyError::Input { line: 1, .. })
    ));
    assert!(matches!(
        outcome(r#"{"options":[{"id":"A"}],"settings":{"min":5,"max":5}}"#, Method::Score),
        Err(TallyError::Scale { min: 5, max: 5 })
    ));
}

#[test]
fn an_alternative_named_after_the_orders_and_empty_braces_are_never_guessed_at() {
    let beginning = "# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n1: 1,2\n";
    let late = outcome(&format!("{beginning}# ALTERNATIVE NAME 3: C\n1: 3,1,2\n"), Method::Schulze).unwrap_err();
    assert!(late.to_string().starts_with("line 4: `ALTERNATIVE NAME 3` comes after"), "{late}");
    let braces = format!("{beginning}1: {},2,1\n", "{},".repeat(300));
    assert_eq!(outcome(&braces, Method::Schulze).unwrap().winners, ["A", "B"], "one voter each way");
}

#[test]
fn one_option_wins_alone_and_ten_thousand_are_counted_or_refused() {
    for method in Method::ALL {
        let one = r#"{"options":[{"id":"A","cost":1}],"settings":{"budget":2},"ballots":[{"approve":["A"],"points":{"A":1},"counts":{"A":1},
            "grades":{"A":1},"ranking":[["A"]],"scores":{"A":{"impact":1,"effort":1}},"stances":{"A":"consent"},"votes":{"A":1}}]}"#;
        let result = outcome(one, method).unwrap();
        // One option has no duel, and a plane is no score.
        let counts = !matches!(method, Method::Pairwise | Method::Score);
        assert_eq!(result.winners.len(), usize::from(counts), "{method}");
    }
    let options: Vec<String> = (0..10_000).map(|at| format!(r#"{{"id":"{at}","cost":1}}"#)).collect();
    let many = format!(
        r#"{{"options":[{}],"settings":{{"budget":3}},"ballots":[{{"approve":["7"],"points":{{"7":1}},"counts":{{"7":1}},
        "grades":{{"7":1}},"ranking":[["7"]],"scores":{{"7":1}},"stances":{{"7":"consent"}},"votes":{{"7":1}}}}]}}"#,
        options.join(",")
    );
    for method in Method::ALL {
        match outcome(&many, method) {
            Ok(result) => assert!(result.winners.is_empty() || result.winners == ["7"], "{method}"),
            Err(error) => assert!(matches!(error, TallyError::TooManyForDuels { .. }), "{method}: {error}"),
        }
    }
    let beyond = r#"{"options":["#.to_owned() + &vec![r#"{"id":"x"}"#; 10_001].join(",") + "]}";
    assert_eq!(outcome(&beyond, Method::Dots), Err(TallyError::TooManyOptions(10_001)));
}

/// Files that are almost right: each piece is one that a reader looks for.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "META",
        "PROJECTS",
        "VOTES",
        "key;value",
        "budget;",
        "vote_type;approval",
        "num_votes;",
        "project_id;cost;name",
        "voter_id;vote",
        "# NUMBER ALTERNATIVES: ",
        "# NUMBER VOTERS: ",
        "# ALTERNATIVE NAME 1: ",
        "# CATEGORY NAME 1: x",
        "1: ",
        "{",
        "}",
        ",",
        ";",
        ":",
        "\"",
        "1",
        "2",
        "-3",
        "99999999999999999999",
        "0.5",
        "NaN",
        "é",
        "option,",
        "choix;",
        "a,b,won",
        "poids",
        "participant,group-id,0,1",
        "{\"options\":[",
        "{\"id\":\"A\"}",
        "],\"ballots\":[",
        "{\"approve\":[\"A\"]}",
        "]}",
        "\u{feff}",
        "\t",
    ]);
    let line = prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat());
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn files_that_are_almost_right_are_counted_or_refused_never_a_panic(text in nearly(), method in prop::sample::select(Method::ALL.to_vec())) {
        if let Ok(election) = read::election(text.as_bytes(), method) {
            let said = election.ballots.len() + election.unreadable.len() + election.table.as_ref().map_or(0, moisson_tally::Table::len);
            if let Ok(outcome) = tally(method, &election) {
                // Nothing is lost in silence: every bulletin is counted or told.
                prop_assert!(outcome.invalid as usize <= said);
                prop_assert_eq!(outcome.ranking.iter().flatten().count(), election.options.len());
            }
        }
    }
}
