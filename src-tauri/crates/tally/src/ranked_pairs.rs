//! Ranked pairs (Tideman, *Independence of clones as a criterion for voting rules*, Social Choice and Welfare 4, 1987): duels
//! are locked from the largest margin to the smallest, leaving out those that would close a circle.
//!
//! Where duels of one margin cannot all be locked, the result depends on their order. Every order is followed (parallel
//! universes, Brill & Fischer, *The price of neutrality for the ranked pairs method*, AAAI 2012), and whoever wins under
//! some order wins. Orders of one margin lead to the same as their largest sets of duels without a circle, so only these
//! are followed, and only among duels that lie on a circle at all.

use crate::{
    Ballot, Reason, Score, Settings, Step, TallyError,
    method::{Count, Rule, Vote, ties},
    outcome::shown_signed,
    ranked::{self, Duels, layers},
    table::Cells,
};
use std::collections::{BTreeMap, BTreeSet};

/// Universes followed at once: some seconds of work.
const MOST: usize = 20_000;

pub(crate) struct RankedPairs;

impl Rule for RankedPairs {
    fn cells(&self) -> Option<Cells> {
        Some(Cells::Places)
    }

    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        ranked::validate(ballot, options)
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let duels = Duels::of(vote)?;
        let n = duels.count();
        let mut by_margin: BTreeMap<i128, Vec<(usize, usize)>> = BTreeMap::new();
        for a in 0..n {
            for b in (0..n).filter(|b| duels.margin(a, *b) > 0) {
                by_margin.entry(duels.margin(a, b)).or_default().push((a, b));
            }
        }
        let mut explanation = vec![duels.step(vote)];
        let mut universes = BTreeSet::from([Reach::new(n)]);
        for (margin, level) in by_margin.iter().rev() {
            let mut next = BTreeSet::new();
            for universe in &universes {
                follow(universe.clone(), level, &mut next)?;
            }
            if next.len() > MOST {
                return Err(TallyError::TooManyTies(MOST));
            }
            let everywhere = level.iter().filter(|(a, b)| next.iter().all(|universe| universe.has(*a, *b)));
            explanation.extend(everywhere.map(|(a, b)| Step::Locked {
                better: vote.options[*a].to_owned(),
                worse: vote.options[*b].to_owned(),
                margin: shown_signed(*margin),
            }));
            universes = next;
        }
        let wins = |option: usize| universes.iter().any(|universe| (0..n).all(|other| !universe.has(other, option)));
        let (best, rest): (Vec<usize>, Vec<usize>) = (0..n).partition(|option| wins(*option));
        let beats = |a: usize, b: usize| universes.iter().all(|universe| universe.has(a, b));
        let mut ranking = vec![best.iter().map(|option| vote.options[*option].to_owned()).collect::<Vec<String>>()];
        ranking.extend(layers(vote, rest, beats));
        let beaten = |a: usize| (0..n).filter(|b| beats(a, *b)).count();
        let scores = vote.options.iter().enumerate();
        let scores = scores.map(|(a, id)| ((*id).to_owned(), Score::Value { value: beaten(a).into() })).collect();
        explanation.extend(ties(&ranking));
        Ok(Count::new(ranking, scores, explanation))
    }
}

/// Who is above whom by the duels locked so far, paths included: a table of bits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reach {
    words: usize,
    bits: Vec<u64>,
}

impl Reach {
    fn new(n: usize) -> Self {
        let words = n.div_ceil(64);
        Self { words, bits: vec![0; words * n] }
    }

    fn has(&self, a: usize, b: usize) -> bool {
        self.bits[a * self.words + b / 64] >> (b % 64) & 1 == 1
    }

    /// Locks a duel: all above `a`, and `a`, come above all below `b`, and `b`.
    fn lock(&mut self, a: usize, b: usize) {
        if self.has(a, b) {
            return;
        }
        let mut below: Vec<u64> = self.bits[b * self.words..(b + 1) * self.words].to_vec();
        below[b / 64] |= 1 << (b % 64);
        let n = self.bits.len() / self.words;
        for above in (0..n).filter(|above| *above == a || self.has(*above, a)).collect::<Vec<_>>() {
            for (word, more) in self.bits[above * self.words..].iter_mut().zip(&below) {
                *word |= more;
            }
        }
    }
}

/// Every way to lock the duels of one margin.
fn follow(mut universe: Reach, level: &[(usize, usize)], found: &mut BTreeSet<Reach>) -> Result<(), TallyError> {
    loop {
        let open: Vec<(usize, usize)> =
            level.iter().copied().filter(|(a, b)| !universe.has(*a, *b) && !universe.has(*b, *a)).collect();
        // With all of them locked, a duel whose loser still does not come above its winner lies on no circle.
        let mut all = Closure::of(&universe, &open);
        let free: Vec<(usize, usize)> = open.iter().copied().filter(|(a, b)| !all.reaches(*b, *a)).collect();
        if open.is_empty() {
            found.insert(universe);
            return Ok(());
        }
        if free.is_empty() {
            let mut states = BTreeSet::from([universe]);
            let mut seen: BTreeSet<Reach> = BTreeSet::new();
            while let Some(state) = states.pop_first() {
                let open: Vec<(usize, usize)> =
                    open.iter().copied().filter(|(a, b)| !state.has(*a, *b) && !state.has(*b, *a)).collect();
                if open.is_empty() {
                    found.insert(state);
                    continue;
                }
                for (a, b) in open {
                    let mut next = state.clone();
                    next.lock(a, b);
                    if seen.insert(next.clone()) {
                        states.insert(next);
                    }
                }
                if seen.len() > MOST {
                    return Err(TallyError::TooManyTies(MOST));
                }
            }
            return Ok(());
        }
        for (a, b) in free {
            universe.lock(a, b);
        }
    }
}

/// Reachability along locked and open duels together, where circles may be.
struct Closure<'a> {
    locked: &'a Reach,
    open: BTreeMap<usize, Vec<usize>>,
    known: BTreeMap<usize, Vec<bool>>,
}

impl<'a> Closure<'a> {
    fn of(locked: &'a Reach, open: &[(usize, usize)]) -> Self {
        let mut edges: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (a, b) in open {
            edges.entry(*a).or_default().push(*b);
        }
        Self { locked, open: edges, known: BTreeMap::new() }
    }

    fn reaches(&mut self, from: usize, to: usize) -> bool {
        let (locked, open) = (self.locked, &self.open);
        let n = locked.bits.len() / locked.words;
        let seen = self.known.entry(from).or_insert_with(|| {
            let mut seen = vec![false; n];
            let mut stack = vec![from];
            while let Some(at) = stack.pop() {
                let next = (0..n).filter(|b| locked.has(at, *b)).chain(open.get(&at).into_iter().flatten().copied());
                for b in next {
                    if !std::mem::replace(&mut seen[b], true) {
                        stack.push(b);
                    }
                }
            }
            seen
        });
        seen[to]
    }
}
