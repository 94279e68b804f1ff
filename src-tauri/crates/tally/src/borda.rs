//! Borda's count in the form that bears ties and incomplete rankings: an option's score is the sum of the margins of its
//! duels (Young, *An axiomatization of Borda's rule*, Journal of Economic Theory 9, 1974). On complete rankings it ranks as
//! the usual n−1, n−2, … 0 points do.

use crate::{
    Ballot, Reason, Score, Settings, TallyError,
    method::{Count, Rule, Vote, ties},
    outcome::shown_signed,
    ranked::{self, Duels, by_score},
    table::Cells,
};
use std::collections::BTreeSet;

pub(crate) struct Borda;

impl Rule for Borda {
    fn cells(&self) -> Option<Cells> {
        Some(Cells::Places)
    }

    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        ranked::validate(ballot, options)
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let duels = Duels::of(vote)?;
        let totals: Vec<i128> = (0..duels.count()).map(|option| duels.row(option).iter().sum()).collect();
        let ranking = by_score(vote, &totals);
        let scores = vote.options.iter().zip(&totals);
        let scores =
            scores.map(|(id, total)| ((*id).to_owned(), Score::Value { value: shown_signed(*total) })).collect();
        let explanation = std::iter::once(duels.step(vote)).chain(ties(&ranking)).collect();
        Ok(Count::new(ranking, scores, explanation))
    }
}
