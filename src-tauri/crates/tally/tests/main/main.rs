//! What theory promises of each method, for any bulletins; and public elections with known results.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod clones;
mod committees;
mod duels;
mod groups;
mod readers;
mod scales;
mod scottish;

use moisson_tally::{
    Ballot, Choice, Election, Method, Outcome, Satisfaction, Settings, SharingRule, Step, Weight, read, tally,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const RANKED: [Method; 6] =
    [Method::Borda, Method::Copeland, Method::Irv, Method::RankedPairs, Method::Schulze, Method::Stv];

fn names(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("o{at}")).collect()
}

/// A vote by rankings: for each bulletin its weight and the place of each option.
fn ranked(count: usize, bulletins: &[(u32, Vec<u8>)]) -> Election {
    let names = names(count);
    let ballots = bulletins.iter().map(|(weight, places)| {
        let mut levels: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        for (name, place) in names.iter().zip(places) {
            levels.entry(*place).or_default().push(name.clone());
        }
        let ranking = Some(levels.into_values().collect());
        Ballot { ranking, weight: Weight::whole((*weight).into()), ..Ballot::default() }
    });
    let ballots = ballots.collect();
    let options = names.iter().map(|id| Choice { id: id.clone(), ..Choice::default() }).collect();
    Election { options, ballots, ..Election::default() }
}

fn orders() -> impl Strategy<Value = (usize, Vec<(u32, Vec<u8>)>)> {
    (2_usize..6).prop_flat_map(|count| {
        let bulletin = (1_u32..9, proptest::collection::vec(0_u8..6, count));
        (Just(count), proptest::collection::vec(bulletin, 1..9))
    })
}

/// How many more prefer `a` to `b`.
fn margin(bulletins: &[(u32, Vec<u8>)], a: usize, b: usize) -> i64 {
    let one = |(weight, places): &(u32, Vec<u8>)| i64::from(*weight) * i64::from(places[b].cmp(&places[a]) as i8);
    bulletins.iter().map(one).sum()
}

fn winners(outcome: &Outcome) -> BTreeSet<String> {
    outcome.winners.iter().cloned().collect()
}

/// Skips where so many duels tie that a method says so; any other refusal fails.
fn counted(method: Method, election: &Election) -> Option<Outcome> {
    match tally(method, election) {
        Ok(outcome) => Some(outcome),
        Err(moisson_tally::TallyError::TooManyTies(_)) => None,
        Err(error) => panic!("{method}: {error}"),
    }
}

proptest! {
    #[test]
    fn who_wins_every_duel_wins((count, bulletins) in orders()) {
        let election = ranked(count, &bulletins);
        let champion = (0..count).find(|a| (0..count).all(|b| *a == b || margin(&bulletins, *a, b) > 0));
        if let Some(champion) = champion {
            for method in [Method::Copeland, Method::Schulze, Method::RankedPairs] {
                prop_assert_eq!(&tally(method, &election).unwrap().winners, &[format!("o{champion}")], "{}", method);
            }
        }
    }

    #[test]
    fn winners_come_from_the_smith_set((count, bulletins) in orders()) {
        let election = ranked(count, &bulletins);
        // The smallest set whose every member beats all outside: grown from each option by those that it does not beat.
        let smith = (0..count).map(|seed| {
            let mut set = BTreeSet::from([seed]);
            while let Some(more) = (0..count).find(|b| !set.contains(b) && set.iter().any(|a| margin(&bulletins, *a, *b) <= 0)) {
                set.insert(more);
            }
            set
        }).min_by_key(BTreeSet::len).unwrap();
        for method in [Method::Copeland, Method::Schulze, Method::RankedPairs] {
            let Some(outcome) = counted(method, &election) else { continue };
            for winner in outcome.winners {
                prop_assert!(smith.iter().any(|at| format!("o{at}") == winner), "{} {}", method, winner);
            }
        }
    }

    #[test]
    fn neither_names_nor_the_order_of_bulletins_nor_their_bundling_decide((count, bulletins) in orders(), shift in 1_usize..5) {
        let election = ranked(count, &bulletins);
        let mut apart: Vec<(u32, Vec<u8>)> =
            bulletins.iter().flat_map(|(weight, places)| vec![(1, places.clone()); *weight as usize]).collect();
        apart.reverse();
        // Each option takes the name of another.
        let turned: Vec<(u32, Vec<u8>)> = bulletins.iter().map(|(weight, places)| {
            (*weight, (0..count).map(|at| places[(at + shift) % count]).collect())
        }).collect();
        // The single transferable vote breaks ties by the order of the input, and says so.
        for method in RANKED.into_iter().filter(|method| *method != Method::Stv) {
            let Some(outcome) = counted(method, &election) else { continue };
            prop_assert_eq!(&tally(method, &ranked(count, &apart)).unwrap().ranking, &outcome.ranking, "{}", method);
            let renamed = tally(method, &ranked(count, &turned)).unwrap();
            let back: BTreeSet<String> = renamed.winners.iter().map(|id| {
                let at: usize = id[1..].parse().unwrap();
                format!("o{}", (at + shift) % count)
            }).collect();
            prop_assert_eq!(back, winners(&outcome), "{}", method);
        }
    }

    #[test]
    fn more_support_never_harms((count, bulletins) in orders()) {
        for method in [Method::Borda, Method::Copeland, Method::Schulze] {
            let before = tally(method, &ranked(count, &bulletins)).unwrap();
            let winner: usize = before.winners[0][1..].parse().unwrap();
            let mut raised = bulletins.clone();
            for places in &mut raised[0].1 {
                *places += 1;
            }
            raised[0].1[winner] = 0;
            let after = tally(method, &ranked(count, &raised)).unwrap();
            prop_assert!(after.winners.contains(&format!("o{winner}")), "{}", method);
        }
    }

    #[test]
    fn as_many_seats_as_asked_for_are_filled((count, bulletins) in orders(), seats in 1_u32..6) {
        let mut election = ranked(count, &bulletins);
        election.settings.seats = Some(seats);
        let outcome = tally(Method::Stv, &election).unwrap();
        let named = bulletins.iter().any(|(_, places)| {
            let best = places.iter().min().unwrap();
            places.iter().filter(|place| *place == best).count() == 1
        });
        let wanted = if named { count.min(seats as usize) } else { 0 };
        prop_assert_eq!(outcome.winners.len(), wanted);
        prop_assert_eq!(outcome.ranking.iter().flatten().count(), count);
    }

    #[test]
    fn a_budget_is_never_exceeded_and_equal_shares_can_be_paid(
        costs in proptest::collection::vec(1_u64..60, 1..7),
        approvals in proptest::collection::vec((1_u32..5, proptest::collection::vec(any::<bool>(), 7)), 1..9),
        budget in 1_u64..200,
    ) {
        let names = names(costs.len());
        let options = names.iter().zip(&costs).map(|(id, cost)| Choice { id: id.clone(), label: None, cost: Weight::whole(*cost) });
        let ballots = approvals.iter().map(|(weight, kept)| Ballot {
            weight: Weight::whole((*weight).into()),
            approve: Some(names.iter().zip(kept).filter(|(_, kept)| **kept).map(|(id, _)| id.clone()).collect()),
            ..Ballot::default()
        });
        let mut election = Election { options: options.collect(), ballots: ballots.collect(), ..Election::default() };
        election.settings.budget = Weight::whole(budget);
        for rule in [SharingRule::Mes, SharingRule::Greedy] {
            for satisfaction in [Satisfaction::Cost, Satisfaction::Cardinality] {
                election.settings = Settings { rule: Some(rule), satisfaction, ..election.settings.clone() };
                let outcome = tally(Method::Budget, &election).unwrap();
                let cost = |id: &String| costs[id[1..].parse::<usize>().unwrap()];
                prop_assert!(outcome.winners.iter().map(cost).sum::<u64>() <= budget);
                if rule == SharingRule::Mes {
                    // Each pays for what they approve only, and never more than their part.
                    let people: u32 = approvals.iter().map(|(weight, _)| weight).sum();
                    let part = budget as f64 / f64::from(people);
                    let mut left: Vec<f64> = approvals.iter().map(|_| part).collect();
                    for step in &outcome.explanation {
                        let Step::Funded { option, share: Some(share), .. } = step else { continue };
                        let at: usize = option[1..].parse().unwrap();
                        let share = share.as_f64().unwrap();
                        let mut paid = 0.0;
                        for ((weight, kept), left) in approvals.iter().zip(&mut left) {
                            if kept[at] {
                                let mine = share.min(*left);
                                *left -= mine;
                                paid += mine * f64::from(*weight);
                            }
                        }
                        prop_assert!((paid - costs[at] as f64).abs() < 1e-6, "{} paid of {}", paid, costs[at]);
                    }
                }
            }
        }
    }

    #[test]
    fn no_input_makes_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), start in 0_usize..5) {
        let mut input = [&b"META\nkey;value\n"[..], b"# NUMBER ALTERNATIVES: 2\n", b"{\"options\":[", b"participant,0,1\n", b""][start].to_vec();
        input.extend(bytes);
        for method in Method::ALL {
            if let Ok(election) = read::election(&input, method) {
                let _ = tally(method, &election);
            }
        }
    }
}

#[test]
fn surplus_votes_pass_on_at_their_part_of_the_value() {
    // Quota ⌊100 / 3⌋ + 1 = 34. A has 60: 26 too many, so each of its papers passes on at 26/60 = 0.43333.
    // B gets 40 × 0.43333 = 17.3332, C 20 × 0.43333 = 8.6666. D is last with 10, then B is elected with 37.3332.
    let bulletins = [
        (40, vec![0, 1, 9, 9]),
        (20, vec![0, 9, 1, 9]),
        (20, vec![9, 0, 9, 9]),
        (10, vec![9, 9, 0, 9]),
        (10, vec![9, 9, 9, 0]),
    ];
    let mut election = ranked(4, &bulletins);
    for ballot in &mut election.ballots {
        // Those left last were not named.
        ballot.ranking.as_mut().unwrap().pop();
    }
    election.settings.seats = Some(2);
    let outcome = tally(Method::Stv, &election).unwrap();
    assert_eq!(outcome.winners, ["o0", "o1"]);
    assert!(outcome.explanation.contains(&Step::Quota { votes: 34.into() }));
    let told = serde_json::to_string(&outcome.explanation).unwrap();
    assert!(told.contains("37.3332") && told.contains("18.6666"), "{told}");
}

#[test]
fn a_file_that_lies_about_its_counts_is_refused_with_the_line() {
    let head = "# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 5\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n";
    let read = |votes: &str| read::election(format!("{head}{votes}").as_bytes(), Method::Borda);
    assert_eq!(read("5: 1,2\n").unwrap().table.unwrap().len(), 1);
    assert!(read("4: 1,2\n").unwrap_err().to_string().starts_with("line 2: it says NUMBER VOTERS 5, and 4"));
    let odd = read("5: 1,{2\n").unwrap();
    assert_eq!(odd.unreadable.len(), 1, "braces that do not match make one invalid bulletin");
}

/// The public elections beside the repository; says aloud when they are not there.
fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no ../shared/data beside this repository");
    None
}

fn count(path: &Path, method: Method, set: impl FnOnce(&mut Settings)) -> Outcome {
    let mut election = read::election(&fs::read(path).unwrap(), method).unwrap();
    set(&mut election.settings);
    tally(method, &election).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn set_of(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

fn expected(path: &Path) -> BTreeMap<String, BTreeMap<String, Value>> {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn ranked_elections_give_the_winners_that_pref_voting_finds() {
    let Some(data) = data() else { return };
    let mut compared = 0;
    for (file, results) in expected(&data.join("ranked/expected.json")) {
        for (method, wanted) in results.iter().filter(|(_, wanted)| !wanted.is_null()) {
            let outcome = count(&data.join("ranked").join(&file), method.parse().unwrap(), |_| {});
            assert_eq!(winners(&outcome), set_of(wanted), "{file} {method}");
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared} results compared");
}

#[test]
fn budgets_give_the_projects_that_pabutools_selects() {
    let Some(data) = data() else { return };
    for (file, results) in expected(&data.join("budget/expected.json")) {
        for (name, wanted) in results {
            let Some((rule, satisfaction)) = name.split_once('-') else { continue };
            let setting = |name: &str| json!(name);
            let outcome = count(&data.join("budget").join(&file), Method::Budget, |settings| {
                settings.rule = serde_json::from_value(setting(rule)).unwrap();
                settings.satisfaction = serde_json::from_value(setting(satisfaction)).unwrap();
            });
            assert_eq!(winners(&outcome), set_of(&wanted), "{file} {name}");
        }
    }
}
