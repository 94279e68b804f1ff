//! Groups of opinion where nobody named them, beside those that Polis made.

use crate::data;
use moisson_tally::{Ballot, Choice, Election, Method, Step, read, tally};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
};

/// Two camps that answer opposite ways, with a few exceptions.
fn camps(people: usize) -> Election {
    let ids: Vec<String> = (0..12).map(|at| at.to_string()).collect();
    let ballots = (0..people).map(|person| {
        let votes = ids.iter().enumerate().map(|(at, id)| {
            let camp = if person % 3 == 0 { 1 } else { -1 };
            let side = if at % 2 == 0 { camp } else { -camp };
            (id.clone(), if (person * 5 + at * 7) % 11 == 0 { 0 } else { side })
        });
        Ballot { votes: Some(votes.collect()), ..Ballot::default() }
    });
    Election {
        ballots: ballots.collect(),
        options: ids.iter().map(|id| Choice { id: id.clone(), ..Choice::default() }).collect(),
        ..Election::default()
    }
}

#[test]
fn two_camps_are_two_groups_the_larger_first() {
    let outcome = tally(Method::Consensus, &camps(30)).unwrap();
    assert_eq!(outcome.explanation[0], Step::Groups { sizes: vec![("1".into(), 20.into()), ("2".into(), 10.into())] });
    assert!(matches!(&outcome.explanation[1], Step::Grouped { silhouette, .. } if silhouette.as_f64().unwrap() > 0.5));
}

#[test]
fn few_people_or_one_mind_are_one_group() {
    assert_eq!(
        tally(Method::Consensus, &camps(6)).unwrap().explanation[0],
        Step::Groups { sizes: vec![(String::new(), 6.into())] }
    );
    let mut one = camps(30);
    one.settings.groups = Some(1);
    assert_eq!(
        tally(Method::Consensus, &one).unwrap().explanation[0],
        Step::Groups { sizes: vec![(String::new(), 30.into())] }
    );
}

#[test]
fn the_order_of_people_does_not_change_who_is_with_whom() {
    let mut turned = camps(30);
    turned.ballots.reverse();
    let (a, b) = (tally(Method::Consensus, &camps(30)).unwrap(), tally(Method::Consensus, &turned).unwrap());
    assert_eq!((a.ranking, a.scores), (b.ranking, b.scores));
}

#[test]
fn groups_agree_with_those_that_polis_made() {
    let Some(data) = data() else { return };
    for (name, least) in [("15-per-hour-seattle", 0.4), ("canadian-electoral-reform", 0.4)] {
        let path = data.join("consensus").join(name).join("participants-votes.csv");
        let mut election = read::election(&fs::read(path).unwrap(), Method::Consensus).unwrap();
        let theirs: Vec<Option<String>> = election.ballots.iter_mut().map(|ballot| ballot.group.take()).collect();
        // Read the groups back from a result that puts each person on a statement of their own.
        let groups = |election: &Election| {
            let mut marked = election.clone();
            for (at, ballot) in marked.ballots.iter_mut().enumerate() {
                let id = format!("person {at}");
                ballot.votes.get_or_insert_default().insert(id.clone(), 1);
                marked.options.push(Choice { id, ..Choice::default() });
            }
            tally(Method::Consensus, &marked).unwrap()
        };
        let outcome = groups(&election);
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (at, theirs) in theirs.iter().enumerate() {
            let moisson_tally::Score::Statement { groups, .. } = &outcome.scores[&format!("person {at}")] else {
                continue;
            };
            let ours = groups.iter().find(|group| group.agree.as_u64() == Some(1));
            if let (Some(theirs), Some(ours)) = (theirs, ours) {
                pairs.push((theirs.clone(), ours.group.clone()));
            }
        }
        let agreement = adjusted_rand(&pairs);
        eprintln!("{name}: {agreement:.3} over {} people", pairs.len());
        assert!(agreement > least, "{name}: {agreement:.3} over {} people", pairs.len());
    }
}

/// How far two ways of grouping agree beyond chance: 1 where they are the same (Hubert & Arabie, 1985).
fn adjusted_rand(pairs: &[(String, String)]) -> f64 {
    let two = |count: &usize| (count * count.saturating_sub(1) / 2) as f64;
    let (mut both, mut left, mut right) = (HashMap::new(), BTreeMap::new(), BTreeMap::new());
    for (a, b) in pairs {
        *both.entry((a, b)).or_insert(0_usize) += 1;
        *left.entry(a).or_insert(0_usize) += 1;
        *right.entry(b).or_insert(0_usize) += 1;
    }
    let (same, a, b): (f64, f64, f64) =
        (both.values().map(two).sum(), left.values().map(two).sum(), right.values().map(two).sum());
    let chance = a * b / two(&pairs.len());
    (same - chance) / ((a + b) / 2.0 - chance)
}
