//! A table of merit profiles: an option a row, a grade a column, worst first, and how many gave it.

use super::{input, table};
use crate::{Ballot, Choice, Election, TallyError, Weight};
use std::collections::BTreeMap;

/// Whether the first heading says that rows are options.
pub(super) fn heads(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().split([';', ',']).next().unwrap_or_default();
    ["option", "choix", "proposition"].contains(&first.trim().trim_matches('"').to_lowercase().as_str())
}

/// Reads profiles. The result of majority judgment depends on them alone, so any bulletins that have these profiles will do:
/// each option's grades are laid side by side from worst to best.
pub(super) fn read(text: &str) -> Result<Election, TallyError> {
    let mut reader = table(text);
    let headings = reader.headers().map_err(|error| input(1, error.to_string()))?.clone();
    let grades = u8::try_from(headings.len().saturating_sub(1)).unwrap_or(u8::MAX);
    let mut election = Election::default();
    let mut profiles: Vec<Vec<u64>> = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|error| input(error.position().map_or(0, csv::Position::line), error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() > headings.len() {
            return Err(input(line, format!("{} cells under {} headings", record.len(), headings.len())));
        }
        let counts = record.iter().skip(1).map(|cell| match cell {
            "" => Ok(0),
            cell => cell.parse().map_err(|_| input(line, format!("`{cell}` is no number of bulletins"))),
        });
        let mut counts: Vec<u64> = counts.collect::<Result<_, _>>()?;
        counts.resize(usize::from(grades), 0);
        let total = |counts: &[u64]| counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
        if let Some(first) = profiles.first()
            && total(first) != total(&counts)
        {
            let detail = format!("{} grades, and {} for the first option", total(&counts), total(first));
            return Err(input(line, detail));
        }
        if Weight::whole(total(&counts).max(1)).is_none() {
            return Err(input(line, "too many bulletins"));
        }
        election.options.push(Choice { id: record.get(0).unwrap_or_default().to_owned(), ..Choice::default() });
        profiles.push(counts);
    }
    // Bulletins that give every option the same grade each are one bulletin of their number.
    let mut places: Vec<usize> = vec![0; profiles.len()];
    loop {
        for (place, counts) in places.iter_mut().zip(&profiles) {
            while counts.get(*place) == Some(&0) {
                *place += 1;
            }
        }
        let many = places.iter().zip(&profiles).filter_map(|(place, counts)| counts.get(*place)).min().copied();
        let Some(weight) = many.and_then(Weight::whole) else { break };
        let mut graded = BTreeMap::new();
        for ((place, counts), option) in places.iter().zip(&mut profiles).zip(&election.options) {
            graded.insert(option.id.clone(), u8::try_from(*place).unwrap_or(u8::MAX));
            counts[*place] -= many.unwrap_or_default();
        }
        election.ballots.push(Ballot { weight: Some(weight), grades: Some(graded), ..Ballot::default() });
    }
    election.settings.grades = grades;
    Ok(election)
}
