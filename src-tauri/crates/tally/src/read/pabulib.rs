//! Pabulib's files of participatory budgets (Faliszewski et al., *Participatory Budgeting: Data, Tools and Analysis*, IJCAI 2023).

use super::input;
use crate::{
    Ballot, Choice, Election, Table, TallyError, Weight,
    table::{Cells, NONE},
};
use csv::StringRecord;
use std::collections::HashMap;

/// Reads `.pb`: the sections META, PROJECTS and VOTES, of which votes by approval are understood.
pub(super) fn read(text: &str) -> Result<Election, TallyError> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut election = Election::default();
    let mut section = String::new();
    let mut headings: Option<StringRecord> = None;
    let (mut projects, mut votes) = (None, None);
    let mut approvals = Approvals::default();
    let mut record = StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|error| input(error.position().map_or(0, csv::Position::line), error.to_string()))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        let first = record.get(0).unwrap_or_default().trim();
        if record.len() == 1 && ["META", "PROJECTS", "VOTES"].contains(&first) {
            first.clone_into(&mut section);
            headings = None;
            continue;
        }
        let Some(headings) = &headings else {
            headings = Some(record.clone());
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
                if approvals.number > 0 {
                    return Err(input(line, "a project comes after the first vote"));
                }
                let id = cell("project_id").unwrap_or_default();
                let cost = cell("cost").unwrap_or_default();
                let cost = Weight::parse(cost).ok_or_else(|| input(line, format!("`{cost}` is no cost")))?;
                let label = cell("name").filter(|name| !name.is_empty()).map(str::to_owned);
                election.options.push(Choice { id: id.to_owned(), label, cost: Some(cost) });
            }
            _ => approvals.add(&mut election, cell("vote"), line),
        }
    }
    election.table = approvals.table;
    let voted = usize::try_from(approvals.number).unwrap_or(usize::MAX);
    for (what, said, there) in [("projects", projects, election.options.len()), ("votes", votes, voted)] {
        if let Some((line, said)) = said
            && said != there
        {
            return Err(input(line, format!("it says {said} {what}, and {there} are there")));
        }
    }
    Ok(election)
}

/// Votes as they come: in a table while each names known projects once, apart from the first that does not.
#[derive(Default)]
struct Approvals {
    /// Votes so far.
    number: u32,
    columns: HashMap<String, usize>,
    table: Option<Table>,
    cells: Vec<u8>,
}

impl Approvals {
    fn add(&mut self, election: &mut Election, vote: Option<&str>, line: u64) {
        self.number = self.number.saturating_add(1);
        let Some(vote) = vote else {
            election.unreadable.push((self.number, format!("line {line}: there is no vote")));
            return;
        };
        if self.table.is_none() {
            self.columns = election.options.iter().enumerate().map(|(at, option)| (option.id.clone(), at)).collect();
            self.table = Table::new(Cells::Approvals, election.options.len());
        }
        // Bulletins apart come after those of the table: once there is one, all are, so that their numbers stay right.
        let tabled = election.ballots.is_empty() && self.fill(vote, election.options.len()).is_some();
        match &mut self.table {
            Some(table) if tabled => table.push(&self.cells, Weight::default()),
            _ => {
                let approve = Some(named(vote).map(str::to_owned).collect());
                election.ballots.push(Ballot { approve, ..Ballot::default() });
            }
        }
    }

    /// A cell per project; none where a name is unknown or there twice.
    fn fill(&mut self, vote: &str, projects: usize) -> Option<()> {
        self.cells.clear();
        self.cells.resize(projects, NONE);
        for id in named(vote) {
            let cell = self.cells.get_mut(*self.columns.get(id)?)?;
            if std::mem::replace(cell, 0) != NONE {
                return None;
            }
        }
        Some(())
    }
}

/// The ids of a vote.
fn named(vote: &str) -> impl Iterator<Item = &str> {
    vote.split(',').map(str::trim).filter(|id| !id.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::{Method, Reason, TallyError, Weight, read::election, tally};

    const HEAD: &str = "META\nkey;value\nbudget;10\nPROJECTS\nproject_id;cost\na;6\nb;6\nVOTES\nvoter_id;vote\n";

    #[test]
    fn an_odd_vote_is_told_by_its_number_and_those_around_it_count() {
        let text = format!("{HEAD}1;a\n2;\n3;a,c\n4\n5;b,b\n6;a,b\n7;b\n8;b\n");
        let vote = election(text.as_bytes(), Method::Budget).unwrap();
        let outcome = tally(Method::Budget, &vote).unwrap();
        let odd: Vec<(u32, &Reason)> = outcome.invalid_reasons.iter().map(|one| (one.number, &one.reason)).collect();
        let unread = Reason::Unreadable { detail: "line 13: there is no vote".into() };
        let (unknown, twice) = (Reason::UnknownOption { option: "c".into() }, Reason::Twice { option: "b".into() });
        assert_eq!(odd, [(3, &unknown), (4, &unread), (5, &twice)]);
        assert_eq!(
            (outcome.ballots, outcome.winners),
            (Weight::shown(Weight::whole(5).unwrap().units()), vec!["b".into()])
        );
    }

    #[test]
    fn two_projects_under_one_id_are_refused() {
        let text = HEAD.replace("b;6", "a;6") + "1;a\n";
        let vote = election(text.as_bytes(), Method::Budget).unwrap();
        assert_eq!(tally(Method::Budget, &vote), Err(TallyError::DuplicateOption("a".into())));
    }

    #[test]
    fn what_may_be_voted_on_is_said_before_the_votes() {
        let text = format!("{HEAD}1;a\nPROJECTS\nproject_id;cost\nc;10\n");
        assert_eq!(
            election(text.as_bytes(), Method::Budget).unwrap_err().to_string(),
            "line 13: a project comes after the first vote"
        );
    }
}
