//! Rows of a sheet gathered into actions: an action may take several rows, an axis may be a line across the sheet.

use crate::{
    Language,
    forms::{cents, day},
    home::fold,
    session::shorten,
    table::{Sheet, TableRow},
    views::PlanColumn,
};
use moisson_document::form;

/// An action as the sheet gives it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Found {
    pub line: u32,
    pub axis: String,
    pub objective: String,
    pub title: String,
    /// Texts, by column.
    pub texts: Vec<(PlanColumn, String)>,
    pub leads: Vec<String>,
    pub partners: Vec<String>,
    pub starts_on: Option<String>,
    pub ends_on: Option<String>,
    pub status: Option<&'static str>,
    pub milestones: Vec<String>,
    /// Indicator and target.
    pub indicators: Vec<(String, Option<String>)>,
    /// Funder, cents, year.
    pub fundings: Vec<(String, Option<i64>, Option<u32>)>,
    pub themes: Vec<String>,
    pub territories: Vec<String>,
    /// What could not be read as it should: heading and words.
    pub odd: Vec<(u32, String, String)>,
}

/// A sheet under its headings.
pub(super) struct Rows<'a> {
    pub sheet: &'a Sheet,
    pub headings: Vec<String>,
    /// Place of the first row under the headings.
    pub first: usize,
    pub roles: Vec<Option<PlanColumn>>,
    pub language: Language,
}

impl Rows<'_> {
    /// The actions of the sheet, in its order.
    pub fn actions(&self) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let (mut axis, mut objective) = (String::new(), String::new());
        let (has_axis, has_objective) =
            (self.roles.contains(&Some(PlanColumn::Axis)), self.roles.contains(&Some(PlanColumn::Objective)));
        let mut titles = self.sheet.titles.range(self.head()..).peekable();
        for row in &self.sheet.rows[self.first..] {
            // Lines across the sheet above this row: the axis or the objective of what follows.
            while let Some((_, words)) = titles.next_if(|(line, _)| **line < row.line) {
                if fold(words).starts_with("objecti") && !has_objective {
                    objective.clone_from(words);
                } else if !has_axis {
                    axis.clone_from(words);
                    objective.clear();
                }
            }
            let cell = |role| self.cell(row, role);
            if let Some(named) = cell(PlanColumn::Axis)
                && *named != axis
            {
                named.clone_into(&mut axis);
                objective.clear();
            }
            if let Some(named) = cell(PlanColumn::Objective) {
                named.clone_into(&mut objective);
            }
            let title = cell(PlanColumn::Title);
            let goes_on = |last: &&mut Found| title.is_none_or(|title| title == last.title && last.axis == axis);
            if title.is_some_and(|title| self.headings.iter().any(|heading| heading == title)) {
                // Headings repeated at the top of each printed page.
                continue;
            }
            match (found.last_mut().filter(goes_on), title) {
                (Some(last), _) => self.add(last, row),
                (None, Some(title)) => {
                    let mut action = Found {
                        line: row.line,
                        axis: axis.clone(),
                        objective: objective.clone(),
                        title: title.to_owned(),
                        ..Found::default()
                    };
                    self.add(&mut action, row);
                    found.push(action);
                }
                (None, None) => {}
            }
        }
        found
    }

    /// Line of the headings.
    fn head(&self) -> u32 {
        self.first.checked_sub(1).and_then(|at| self.sheet.rows.get(at)).map_or(0, |row| row.line)
    }

    fn cell<'a>(&self, row: &'a TableRow, role: PlanColumn) -> Option<&'a str> {
        let column = self.roles.iter().position(|one| *one == Some(role))?;
        row.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn odd(&self, action: &mut Found, row: &TableRow, role: PlanColumn, words: &str) {
        let column = self.roles.iter().position(|one| *one == Some(role)).unwrap_or_default();
        let heading = self.headings.get(column).cloned().unwrap_or_default();
        let told = (row.line, heading, words.to_owned());
        if !action.odd.iter().any(|(_, heading, words)| (heading, words) == (&told.1, &told.2)) {
            action.odd.push(told);
        }
    }

    /// What a row adds to its action. What is merged downwards is there again on each row: it counts once.
    fn add(&self, action: &mut Found, row: &TableRow) {
        use PlanColumn::*;
        for role in [Number, Reasons, Description, Audience, Means, Conditions, Risks, Governance] {
            if let Some(words) = self.cell(row, role) {
                match action.texts.iter_mut().find(|(known, _)| *known == role) {
                    Some((_, known)) if known.contains(words) => {}
                    Some((_, known)) if role != Number => {
                        known.push('\n');
                        known.push_str(words);
                    }
                    Some(_) => {}
                    None => action.texts.push((role, words.to_owned())),
                }
            }
        }
        for (role, list) in [
            (Lead, &mut action.leads),
            (Partners, &mut action.partners),
            (Theme, &mut action.themes),
            (Territory, &mut action.territories),
        ] {
            for name in self.cell(row, role).into_iter().flat_map(names) {
                if !list.iter().any(|known| fold(known) == fold(name)) {
                    list.push(name.to_owned());
                }
            }
        }
        for words in self.cell(row, Milestones).into_iter().flat_map(lines) {
            if !action.milestones.iter().any(|known| known == words) {
                action.milestones.push(words.to_owned());
            }
        }
        self.add_days(action, row);
        self.add_indicators(action, row);
        self.add_money(action, row);
    }

    fn add_days(&self, action: &mut Found, row: &TableRow) {
        for role in [PlanColumn::StartsOn, PlanColumn::EndsOn] {
            let Some(words) = self.cell(row, role) else { continue };
            let read = day(words).map(|day| day.to_string());
            let place = if role == PlanColumn::StartsOn { &mut action.starts_on } else { &mut action.ends_on };
            match read {
                Some(read) if place.is_none() => *place = Some(read),
                Some(read) if *place == Some(read.clone()) => {}
                _ => self.odd(action, row, role, words),
            }
        }
        if let Some(words) = self.cell(row, PlanColumn::Status) {
            match form::status(words) {
                Some(status) => action.status = action.status.or(Some(status)),
                None => self.odd(action, row, PlanColumn::Status, words),
            }
        }
    }

    fn add_indicators(&self, action: &mut Found, row: &TableRow) {
        let targets: Vec<&str> = self.cell(row, PlanColumn::Target).into_iter().flat_map(lines).collect();
        let names: Vec<&str> = self.cell(row, PlanColumn::Indicator).into_iter().flat_map(lines).collect();
        for (at, name) in names.iter().enumerate() {
            // As many targets as indicators go one by one; a single one is that of the first.
            let target = if targets.len() == names.len() || at == 0 { targets.get(at) } else { None };
            if !action.indicators.iter().any(|(known, _)| known == name) {
                action.indicators.push(((*name).to_owned(), target.map(|words| (*words).to_owned())));
            }
        }
        if names.is_empty() {
            for words in targets {
                self.odd(action, row, PlanColumn::Target, words);
            }
        }
    }

    fn add_money(&self, action: &mut Found, row: &TableRow) {
        let funders: Vec<&str> = self.cell(row, PlanColumn::Funder).into_iter().flat_map(names).collect();
        let amounts: Vec<&str> = self.cell(row, PlanColumn::Budget).into_iter().flat_map(lines).collect();
        let year = self.cell(row, PlanColumn::Year);
        let read: Option<u32> = year.and_then(|year| year.parse().ok()).filter(|year| (1990..2100).contains(year));
        if let Some(year) = year.filter(|_| read.is_none()) {
            self.odd(action, row, PlanColumn::Year, year);
        }
        let mut add = |funder: String, amount: Option<i64>| {
            let line = (funder, amount, read);
            if !action.fundings.contains(&line) {
                action.fundings.push(line);
            }
        };
        let unnamed = || self.language.say("Financeur à préciser", "Funder to be named");
        let parsed: Option<Vec<i64>> = amounts.iter().map(|words| cents(words)).collect();
        match (funders.as_slice(), parsed.as_deref()) {
            ([], Some([])) => {}
            ([], Some(amounts)) => amounts.iter().for_each(|amount| add(unnamed(), Some(*amount))),
            (funders, Some(amounts)) if funders.len() == amounts.len() => {
                funders.iter().zip(amounts).for_each(|(funder, amount)| add((*funder).to_owned(), Some(*amount)));
            }
            (funders, Some([])) => funders.iter().for_each(|funder| add((*funder).to_owned(), None)),
            ([funder], Some(amounts)) => amounts.iter().for_each(|amount| add((*funder).to_owned(), Some(*amount))),
            // One amount for several funders: who pays how much is not said.
            (funders, _) => {
                funders.iter().for_each(|funder| add((*funder).to_owned(), None));
                self.odd(action, row, PlanColumn::Budget, &amounts.join("\n"));
            }
        }
    }
}

/// The lines of a cell, without the marks of lists.
fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.lines().map(|line| line.trim().trim_start_matches(['-', '•', '–', '*']).trim()).filter(|line| !line.is_empty())
}

/// The names in a cell.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['\n', ';', ',', '/'])
        .map(|name| name.trim().trim_start_matches(['-', '•', '–']).trim())
        .filter(|name| !name.is_empty())
}

/// A title without « Axe 1 : », « Objectif 1.2 – » or “3.”: plans number themselves.
pub(super) fn bare(title: &str) -> &str {
    const HEADS: [&str; 7] = ["axe", "axis", "objectif", "objective", "orientation", "fiche-action", "action"];
    let title = title.trim();
    let head = HEADS.iter().find(|head| title.get(..head.len()).is_some_and(|start| fold(start) == **head));
    let rest = head.map_or(title, |head| title[head.len()..].trim_start_matches([' ', 'n', '°']));
    let (number, after) = rest.split_at(rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len()));
    let after = after.trim_start();
    let said = after.trim_start_matches([':', '–', '—', '-', ')', ' ', '\u{a0}']);
    let parted = said.len() < after.len() || number.ends_with('.') || number.contains('.');
    let counts = if number.is_empty() { head.is_some() && said.len() < after.len() } else { head.is_some() || parted };
    if counts && said.starts_with(char::is_alphabetic) { said } else { title }
}

/// The first things that a column holds.
pub(super) fn sample(rows: &[TableRow], column: usize) -> String {
    let cells = rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty());
    shorten(&cells.take(2).cloned().collect::<Vec<_>>().join(" · "), 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_axes_are_left_to_the_plan() {
        for title in [
            "Axe 1 : Mobilité",
            "AXE 1 – Mobilité",
            "1. Mobilité",
            "Objectif 1.2 : Mobilité",
            "Axe n°2 Mobilité",
            "Axe : Mobilité",
        ] {
            assert_eq!(bare(title), "Mobilité", "{title}");
        }
        for title in ["Mobilité", "Actions de mobilité", "2023", "100 jours pour l’emploi", "Axelle et les autres"]
        {
            assert_eq!(bare(title), title);
        }
    }
}
