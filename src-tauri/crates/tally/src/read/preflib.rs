//! PrefLib's files of preferences (Mattei & Walsh, *PrefLib: A Library for Preferences*, 2013; format of 2022): orders complete
//! or not, strict or with ties, and categories. Options are named as the file names them.

use super::input;
use crate::{Ballot, Choice, Election, TallyError, Weight};
use std::collections::BTreeMap;

/// Reads `.soc`, `.soi`, `.toc`, `.toi` and `.cat`. In a file of categories the first counts as approval, and each as a grade.
pub(super) fn read(text: &str) -> Result<Election, TallyError> {
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    let mut said: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let mut categories = 0_usize;
    let mut election = Election::default();
    let (mut voters, mut orders) = (Some(0_u64), 0_u64);
    for (line, row) in (1_u64..).zip(text.lines().map(str::trim)).filter(|(_, row)| !row.is_empty()) {
        let Some(header) = row.strip_prefix('#') else {
            orders += 1;
            let number = u32::try_from(orders).unwrap_or(u32::MAX);
            match order(row, &names, categories) {
                Ok((ballot, count)) => {
                    voters = voters.and_then(|voters| voters.checked_add(count));
                    election.ballots.push(ballot);
                }
                Err(detail) => election.unreadable.push((number, format!("line {line}: {detail}"))),
            }
            continue;
        };
        let Some((key, value)) = header.split_once(':').map(|(key, value)| (key.trim(), value.trim())) else {
            continue;
        };
        if let Some(number) = key.strip_prefix("ALTERNATIVE NAME") {
            let number = number.trim().parse().map_err(|_| input(line, format!("`{key}` has no number")))?;
            names.insert(number, value.to_owned());
        } else if key.starts_with("CATEGORY NAME") {
            categories += 1;
        } else if let "NUMBER ALTERNATIVES" | "NUMBER VOTERS" | "NUMBER UNIQUE ORDERS" = key {
            let count = value.parse().map_err(|_| input(line, format!("`{value}` is no number")))?;
            said.insert(key, (line, count));
        }
    }
    let counted = [
        ("NUMBER ALTERNATIVES", Some(names.len() as u64)),
        (
            "NUMBER VOTERS",
            voters.filter(|_| election.unreadable.is_empty()).or(said.get("NUMBER VOTERS").map(|it| it.1)),
        ),
        ("NUMBER UNIQUE ORDERS", Some(orders)),
    ];
    for (key, count) in counted {
        if let (Some((line, said)), Some(count)) = (said.get(key), count)
            && *said != count
        {
            return Err(input(*line, format!("it says {key} {said}, and {count} are there")));
        }
    }
    election.options = names.into_values().map(|id| Choice { id, ..Choice::default() }).collect();
    election.settings.grades = u8::try_from(categories.max(2)).unwrap_or(u8::MAX);
    Ok(election)
}

/// `14: 1,{2,3},4`: how many voters, then the options by number, best first.
fn order(row: &str, names: &BTreeMap<usize, String>, categories: usize) -> Result<(Ballot, u64), String> {
    let (count, order) = row.split_once(':').ok_or("there is no `:` after the number of voters")?;
    let voters: u64 = count.trim().parse().map_err(|_| format!("`{}` is no number of voters", count.trim()))?;
    let weight = Weight::whole(voters).ok_or_else(|| format!("{voters} voters"))?;
    let mut ranking: Vec<Vec<String>> = Vec::new();
    let mut tie: Option<Vec<String>> = None;
    for piece in order.split_inclusive([',', '{', '}']) {
        let (token, mark) = match piece.chars().last() {
            Some(mark @ (',' | '{' | '}')) => (&piece[..piece.len() - 1], Some(mark)),
            _ => (piece, None),
        };
        let token = token.trim();
        if !token.is_empty() {
            let name = token.parse().ok().and_then(|number: usize| names.get(&number));
            let name = name.ok_or_else(|| format!("there is no alternative `{token}`"))?.clone();
            match &mut tie {
                Some(tie) => tie.push(name),
                None => ranking.push(vec![name]),
            }
        }
        match mark {
            Some('{') if tie.is_none() => tie = Some(Vec::new()),
            Some('}') if tie.is_some() => ranking.extend(tie.take()),
            Some('{' | '}') => return Err(String::from("its braces do not match")),
            _ => {}
        }
    }
    if tie.is_some() {
        return Err(String::from("its braces do not match"));
    }
    let mut ballot = Ballot { weight: Some(weight), ..Ballot::default() };
    if categories > 0 {
        ballot.approve = Some(ranking.first().cloned().unwrap_or_default());
        let grade = |place: usize| u8::try_from(categories.saturating_sub(place + 1)).unwrap_or(u8::MAX);
        let graded =
            ranking.iter().enumerate().flat_map(|(place, rank)| rank.iter().map(move |id| (id.clone(), grade(place))));
        ballot.grades = Some(graded.collect());
    }
    ranking.retain(|rank| !rank.is_empty());
    ballot.ranking = Some(ranking);
    Ok((ballot, voters))
}
