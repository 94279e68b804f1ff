//! A table of duels: two options and the one that won; nothing there where the duel was skipped.

use super::{input, table};
use crate::{Ballot, Choice, Election, TallyError, Weight};

/// Reads the columns `a`, `b`, `won` (or their first, second and third), and `weight` or `poids` where there is one. Options
/// are those named, in the order in which they appear.
pub(super) fn read(text: &str) -> Result<Election, TallyError> {
    let mut reader = table(text);
    let headings = reader.headers().map_err(|error| input(1, error.to_string()))?.clone();
    if headings.len() < 3 {
        return Err(input(1, "a table of duels has three columns: one option, the other, the winner"));
    }
    let named = |names: &[&str]| headings.iter().position(|heading| names.contains(&heading.to_lowercase().as_str()));
    let weight = named(&["weight", "poids"]);
    let column = |names: &[&str], place: usize| named(names).unwrap_or(place);
    let (a, b, won) = (column(&["a"], 0), column(&["b"], 1), column(&["won", "gagne", "gagnant", "winner"], 2));
    let mut election = Election::default();
    for (number, record) in (1..).zip(reader.records()) {
        let record =
            record.map_err(|error| input(error.position().map_or(0, csv::Position::line), error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| record.get(at).filter(|cell| !cell.is_empty()).map(str::to_owned);
        let (Some(a), Some(b)) = (cell(a), cell(b)) else {
            election.unreadable.push((number, format!("line {line}: a duel has two options")));
            continue;
        };
        let mut ballot = Ballot { won: cell(won), ..Ballot::default() };
        if let Some(text) = weight.and_then(cell) {
            let Some(weight) = Weight::parse(&text) else {
                election.unreadable.push((number, format!("line {line}: `{text}` is no weight")));
                continue;
            };
            ballot.weight = Some(weight);
        }
        ballot.duel = Some((a, b));
        election.ballots.push(ballot);
    }
    let mut seen = std::collections::HashSet::new();
    for id in election.ballots.iter().filter_map(|ballot| ballot.duel.as_ref()).flat_map(|(a, b)| [a, b]) {
        if seen.insert(id) {
            election.options.push(Choice { id: id.clone(), ..Choice::default() });
        }
    }
    Ok(election)
}
