//! Pabulib's files of participatory budgets (Faliszewski et al., *Participatory Budgeting: Data, Tools and Analysis*, IJCAI 2023).

use super::input;
use crate::{Ballot, Choice, Election, TallyError, Weight};
use csv::StringRecord;

/// Reads `.pb`: the sections META, PROJECTS and VOTES, of which votes by approval are understood.
pub(super) fn read(text: &str) -> Result<Election, TallyError> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut election = Election::default();
    let mut section = String::new();
    let mut headings: Option<StringRecord> = None;
    let mut number = 0;
    let (mut projects, mut votes) = (None, None);
    for record in reader.records() {
        let record =
            record.map_err(|error| input(error.position().map_or(0, csv::Position::line), error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let first = record.get(0).unwrap_or_default().trim();
        if record.len() == 1 && ["META", "PROJECTS", "VOTES"].contains(&first) {
            first.clone_into(&mut section);
            headings = None;
            continue;
        }
        let Some(headings) = &headings else {
            headings = Some(record);
            continue;
        };
        let cell = |name: &str| {
            let at = headings.iter().position(|heading| heading.trim() == name)?;
            record.get(at).map(str::trim)
        };
        match section.as_str() {
            "META" => {
                let value = record.get(1).unwrap_or_default().trim();
                match first {
                    "budget" => {
                        let budget =
                            Weight::parse(value).ok_or_else(|| input(line, format!("`{value}` is no budget")))?;
                        election.settings.budget = Some(budget);
                    }
                    "vote_type" if !["approval", "choose-1"].contains(&value) => {
                        return Err(input(line, format!("votes of type `{value}` are not counted, only approvals")));
                    }
                    "num_projects" => projects = value.parse::<usize>().ok().map(|count| (line, count)),
                    "num_votes" => votes = value.parse::<usize>().ok().map(|count| (line, count)),
                    _ => {}
                }
            }
            "PROJECTS" => {
                let id = cell("project_id").unwrap_or_default();
                let cost = cell("cost").unwrap_or_default();
                let cost = Weight::parse(cost).ok_or_else(|| input(line, format!("`{cost}` is no cost")))?;
                let label = cell("name").filter(|name| !name.is_empty()).map(str::to_owned);
                election.options.push(Choice { id: id.to_owned(), label, cost: Some(cost) });
            }
            _ => {
                number += 1;
                match cell("vote") {
                    Some(vote) => {
                        let approve = vote.split(',').map(str::trim).filter(|id| !id.is_empty());
                        let approve = Some(approve.map(str::to_owned).collect());
                        election.ballots.push(Ballot { approve, ..Ballot::default() });
                    }
                    None => election.unreadable.push((number, format!("line {line}: there is no vote"))),
                }
            }
        }
    }
    let there = election.ballots.len() + election.unreadable.len();
    for (what, said, there) in [("projects", projects, election.options.len()), ("votes", votes, there)] {
        if let Some((line, said)) = said
            && said != there
        {
            return Err(input(line, format!("it says {said} {what}, and {there} are there")));
        }
    }
    Ok(election)
}
