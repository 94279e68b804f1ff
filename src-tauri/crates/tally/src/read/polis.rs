//! The opinions of a Polis conversation, as `participants-votes.csv` holds them: a participant a row, a statement a column.

use super::input;
use crate::{Ballot, Choice, Election, TallyError};
use std::collections::BTreeMap;

/// Reads opinions: 1 agree, 0 pass, -1 disagree, empty where it was not seen; the column `group-id` where there is one.
/// Statements are the columns whose heading is a number; where none is, all but `participant` and `group-id`.
pub(super) fn read(text: &str) -> Result<Election, TallyError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| input(1, error.to_string()))?.clone();
    let number = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = headings.iter().any(number);
    let statement = |name: &str| if numbered { number(name) } else { !["participant", "group-id"].contains(&name) };
    let mut election = Election::default();
    for name in headings.iter().filter(|name| statement(name)) {
        election.options.push(Choice { id: name.to_owned(), ..Choice::default() });
    }
    for (number, record) in (1..).zip(reader.records()) {
        let record =
            record.map_err(|error| input(error.position().map_or(0, csv::Position::line), error.to_string()))?;
        let mut ballot = Ballot::default();
        let mut votes = BTreeMap::new();
        let mut bad = None;
        for (name, cell) in headings.iter().zip(&record).filter(|(_, cell)| !cell.is_empty()) {
            if name == "group-id" {
                ballot.group = Some(cell.to_owned());
            } else if statement(name) {
                match cell.parse() {
                    Ok(opinion) => _ = votes.insert(name.to_owned(), opinion),
                    Err(_) => bad = Some(format!("`{cell}` is no opinion")),
                }
            }
        }
        ballot.votes = Some(votes);
        match bad {
            Some(detail) => election.unreadable.push((number, detail)),
            None => election.ballots.push(ballot),
        }
    }
    Ok(election)
}
