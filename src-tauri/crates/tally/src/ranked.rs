//! What the methods on rankings share: which bulletins are rankings, and the duels they imply.
//!
//! A bulletin ranks some options, best first, ties allowed; options it leaves out are tied below those it names, as in
//! PrefLib's incomplete orders. The margin of a duel is how many more bulletins prefer one option to the other.

use crate::{Ballot, Reason, Step, Table, TallyError, Weight, method::Vote, outcome::shown_signed, table::levels};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Options that duels are counted for: the strongest paths among them take a second or two.
const MOST: usize = 1_000;

/// A bulletin is a ranking of known options, none twice.
pub(crate) fn validate(ballot: &Ballot, options: &BTreeSet<&str>) -> Result<(), Reason> {
    let ranking = ballot.ranking.as_ref().ok_or(Reason::Blank)?;
    let mut seen = HashSet::with_capacity(ranking.len());
    for id in ranking.iter().flatten() {
        if !options.contains(id.as_str()) {
            return Err(Reason::UnknownOption { option: id.clone() });
        }
        if !seen.insert(id) {
            return Err(Reason::Twice { option: id.clone() });
        }
    }
    if seen.is_empty() { Err(Reason::Blank) } else { Ok(()) }
}

/// The place of each option in the order of the input.
fn index<'a>(vote: &Vote<'a>) -> HashMap<&'a str, usize> {
    vote.options.iter().enumerate().map(|(at, id)| (*id, at)).collect()
}

/// The distinct rankings with the weight of their bulletins, and for each whether an option was named.
pub(crate) fn rankings(vote: &Vote<'_>) -> BTreeMap<Vec<Vec<usize>>, u128> {
    let index = index(vote);
    let mut rankings: BTreeMap<Vec<Vec<usize>>, u128> = BTreeMap::new();
    for ballot in vote.ballots {
        let levels = ballot.ranking.iter().flatten().map(|rank| {
            let mut rank: Vec<usize> = rank.iter().filter_map(|id| index.get(id.as_str()).copied()).collect();
            rank.sort_unstable();
            rank
        });
        let levels = levels.filter(|rank| !rank.is_empty()).collect();
        *rankings.entry(levels).or_default() += ballot.weight().units();
    }
    for (row, weight) in vote.table.iter().flat_map(|table| table.rows()) {
        *rankings.entry(levels(row).map(Iterator::collect).collect()).or_default() += weight.units();
    }
    rankings
}

/// Margins of all duels.
pub(crate) struct Duels {
    count: usize,
    margins: Vec<i128>,
}

impl Duels {
    /// Holds every duel on every bulletin.
    pub fn of(vote: &Vote<'_>) -> Result<Self, TallyError> {
        let count = vote.options.len();
        if count > MOST {
            return Err(TallyError::TooManyForDuels { options: count, most: MOST });
        }
        let mut duels = Self { count, margins: vec![0; count * count] };
        if let Some(table) = vote.table {
            duels.add_rows(table);
        }
        let index = index(vote);
        let mut places = vec![0; count];
        for ballot in vote.ballots {
            places.fill(u32::MAX);
            for (place, rank) in (0..).zip(ballot.ranking.iter().flatten()) {
                for option in rank.iter().filter_map(|id| index.get(id.as_str())) {
                    places[*option] = place;
                }
            }
            let units = i128::try_from(ballot.weight().units()).unwrap_or(i128::MAX);
            for (margins, place) in duels.margins.chunks_exact_mut(count.max(1)).zip(&places) {
                for (margin, other) in margins.iter_mut().zip(&places) {
                    *margin += units * (i128::from(place < other) - i128::from(place > other));
                }
            }
        }
        Ok(duels)
    }

    /// Holds every duel on every row: the cell of an option that was left out is above all places.
    fn add_rows(&mut self, table: &Table) {
        let one = Weight::default();
        // Rows of weight one are counted in small whole numbers, which many at a time are added in.
        let mut margins = vec![0_i32; self.count * self.count];
        for (row, weight) in table.rows() {
            let units = i128::try_from(weight.units()).unwrap_or(i128::MAX);
            for (a, place) in row.iter().enumerate() {
                let after = a * self.count..(a + 1) * self.count;
                if weight == one {
                    for (margin, other) in margins[after].iter_mut().zip(row) {
                        *margin += i32::from(place < other) - i32::from(place > other);
                    }
                } else {
                    for (margin, other) in self.margins[after].iter_mut().zip(row) {
                        *margin += units * (i128::from(place < other) - i128::from(place > other));
                    }
                }
            }
        }
        let one = i128::try_from(one.units()).unwrap_or(i128::MAX);
        self.margins.iter_mut().zip(&margins).for_each(|(sum, more)| *sum += i128::from(*more) * one);
    }

    /// Number of options.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// How many more bulletins prefer `a` to `b`.
    pub fn margin(&self, a: usize, b: usize) -> i128 {
        self.margins[a * self.count + b]
    }

    /// The margins of an option against all.
    pub fn row(&self, a: usize) -> &[i128] {
        &self.margins[a * self.count..(a + 1) * self.count]
    }

    /// The whole table, as a step of the explanation.
    pub fn step(&self, vote: &Vote<'_>) -> Step {
        Step::Duels {
            options: vote.options.iter().map(|id| (*id).to_owned()).collect(),
            margins: (0..self.count)
                .map(|a| self.row(a).iter().map(|margin| shown_signed(*margin)).collect())
                .collect(),
        }
    }
}

/// Options by decreasing score, equal scores together in the order of the input.
pub(crate) fn by_score(vote: &Vote<'_>, scores: &[i128]) -> Vec<Vec<String>> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by_key(|option| std::cmp::Reverse(scores[*option]));
    let ranks = order.chunk_by(|a, b| scores[*a] == scores[*b]);
    ranks.map(|rank| rank.iter().map(|option| vote.options[*option].to_owned()).collect()).collect()
}

/// Layers of a strict partial order: those that nothing beats, then those that nothing beats among the rest…
pub(crate) fn layers(vote: &Vote<'_>, mut left: Vec<usize>, beats: impl Fn(usize, usize) -> bool) -> Vec<Vec<String>> {
    let mut layers = Vec::new();
    while !left.is_empty() {
        let (free, rest): (Vec<usize>, Vec<usize>) =
            left.iter().partition(|option| !left.iter().any(|other| beats(*other, **option)));
        if free.is_empty() {
            // Not a partial order: what is left goes together.
            layers.push(rest.iter().map(|option| vote.options[*option].to_owned()).collect());
            break;
        }
        layers.push(free.iter().map(|option| vote.options[*option].to_owned()).collect());
        left = rest;
    }
    layers
}
