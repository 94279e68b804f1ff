//! The single transferable vote on a real Scottish ward, beside its published result.
//!
//! Cumbernauld North, 3 May 2012: 5,383 valid papers, four seats. The counts published for it (as Wikipedia's article on the
//! ward gives them, to one decimal place): Alan O'Brien 1,309, elected at the first; Barry McCulloch 971, 995.9, 1,005.9,
//! 1,039.5, 1,054.1, 1,060.9, 1,154.6; Bob Chadha 962, 985.4, 996.2, 1,028.4, 1,036.5.
//!
//! Two of these twelve are not compared. 995.9 is 995.98943 here: 141 papers at 0.17723 leave no other value near, so it was
//! cut and not rounded. 1,154.6 is 1,155.57346 here, and 1,155.57475 by another program (below): a digit of it must have been
//! mistyped. The quota of 1,077 is passed either way.
//!
//! That other program, stvpoll 0.5.6 (`ScottishSTV`, from PyPI), gives the votes of everyone still in at every count. It keeps
//! more decimal places of a transfer than the Order allows, hence the hundredth of a vote that may lie between it and us.

use crate::names;
use moisson_tally::{Ballot, Choice, Election, Method, Outcome, Step, Weight, tally};
use std::collections::BTreeSet;

fn ward() -> Election {
    let names = names(8);
    let papers = include_str!("../data/cumbernauld-north-2012.txt").lines().filter(|line| !line.starts_with('#'));
    let ballots = papers.flat_map(str::split_whitespace).map(|entry| {
        let (count, preferences) = entry.split_once(':').unwrap();
        let named = preferences.bytes().map(|digit| vec![names[usize::from(digit - b'1')].clone()]);
        Ballot { weight: Weight::parse(count), ranking: Some(named.collect()), ..Ballot::default() }
    });
    let mut election = Election {
        ballots: ballots.collect(),
        options: names.iter().map(|id| Choice { id: id.clone(), ..Choice::default() }).collect(),
        ..Election::default()
    };
    election.settings.seats = Some(4);
    election
}

/// Candidates still in and their votes at each count, by stvpoll.
const ELSEWHERE: [&[(usize, f64)]; 7] = [
    &[(0, 962.0), (1, 943.0), (2, 971.0), (3, 344.0), (4, 50.0), (5, 1309.0), (6, 216.0), (7, 588.0)],
    &[(0, 985.39436), (1, 969.23004), (2, 995.98943), (3, 356.4061), (4, 63.64671), (6, 240.10328), (7, 616.3568)],
    &[(0, 996.16666), (1, 979.93896), (2, 1005.87558), (3, 362.29225), (6, 244.16666), (7, 620.42018)],
    &[(0, 1028.3568), (1, 999.00234), (2, 1039.53403), (3, 365.82394), (7, 634.36971)],
    &[(0, 1036.53403), (1, 1250.73708), (2, 1054.06572), (7, 708.09154)],
    &[(0, 1045.69509), (2, 1060.93036), (7, 853.90347)],
    &[(0, 1143.17381), (2, 1155.57475)],
];

/// The votes of each candidate at each count. A count is a new table of votes; what is decided upon it may take several steps.
fn counts(outcome: &Outcome) -> Vec<Vec<f64>> {
    let mut counts: Vec<Vec<f64>> = Vec::new();
    for step in &outcome.explanation {
        if let Step::Round { votes, .. } = step {
            let votes: Vec<f64> = votes.iter().map(|(_, votes)| votes.as_f64().unwrap()).collect();
            if counts.last() != Some(&votes) {
                counts.push(votes);
            }
        }
    }
    counts
}

#[test]
fn a_scottish_ward_is_counted_as_another_program_counts_it() {
    let counts = counts(&tally(Method::Stv, &ward()).unwrap());
    assert_eq!(counts.len(), ELSEWHERE.len());
    for (number, (ours, theirs)) in (1..).zip(counts.iter().zip(ELSEWHERE)) {
        for (candidate, votes) in theirs {
            assert!((ours[*candidate] - votes).abs() < 0.02, "count {number}, candidate {candidate}: {ours:?}");
        }
    }
}

#[test]
fn a_scottish_ward_is_counted_as_it_was_published() {
    let outcome = tally(Method::Stv, &ward()).unwrap();
    assert_eq!(outcome.ballots, 5383.into());
    assert!(outcome.explanation.contains(&Step::Quota { votes: 1077.into() }), "⌊5383 / 5⌋ + 1");
    let counts = counts(&outcome);
    let published = |candidate: usize, wanted: &[(usize, f64)]| {
        for (count, wanted) in wanted {
            let ours = counts[count - 1][candidate];
            assert!((ours - wanted).abs() < 0.05, "count {count}: {ours}, published {wanted}");
        }
    };
    let (chadha, mcculloch, obrien) = (0, 2, 5);
    published(obrien, &[(1, 1309.0)]);
    published(mcculloch, &[(1, 971.0), (3, 1005.9), (4, 1039.5), (5, 1054.1), (6, 1060.9)]);
    published(chadha, &[(1, 962.0), (2, 985.4), (3, 996.2), (4, 1028.4), (5, 1036.5)]);
    assert_eq!(outcome.winners[0], "o5", "Alan O'Brien first");
    let elected: BTreeSet<&str> = outcome.winners.iter().map(String::as_str).collect();
    assert_eq!(elected, BTreeSet::from(["o0", "o1", "o2", "o5"]), "Chadha, Masterton, McCulloch, O'Brien");
}
