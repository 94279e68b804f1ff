//! Copeland's method (*A reasonable social welfare function*, 1951): duels won less duels lost; a drawn duel counts for neither.

use crate::{
    Ballot, Reason, Score, Settings, TallyError,
    method::{Count, Rule, Vote, ties},
    ranked::{self, Duels, by_score},
    table::Cells,
};
use std::collections::BTreeSet;

pub(crate) struct Copeland;

impl Rule for Copeland {
    fn cells(&self) -> Option<Cells> {
        Some(Cells::Places)
    }

    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        ranked::validate(ballot, options)
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let duels = Duels::of(vote)?;
        let balance = |option| duels.row(option).iter().map(|margin| margin.signum()).sum();
        let totals: Vec<i128> = (0..duels.count()).map(balance).collect();
        let ranking = by_score(vote, &totals);
        let score = |total: i128| Score::Value { value: i64::try_from(total).unwrap_or_default().into() };
        let scores = vote.options.iter().zip(&totals).map(|(id, total)| ((*id).to_owned(), score(*total))).collect();
        let explanation = std::iter::once(duels.step(vote)).chain(ties(&ranking)).collect();
        Ok(Count::new(ranking, scores, explanation))
    }
}
