//! PrefLib's files of preferences (Mattei & Walsh, *PrefLib: A Library for Preferences*, 2013; format of 2022): orders complete
//! or not, strict or with ties, and categories. Options are named as the file names them.

use super::input;
use crate::{
    Ballot, Choice, Election, Table, TallyError, Weight,
    table::{Cells, NONE},
};
use std::collections::BTreeMap;

/// Reads `.soc`, `.soi`, `.toc`, `.toi` and `.cat`. In a file of categories the first counts as approval, and each as a grade.
pub(super) fn read(text: &str) -> Result<Election, TallyError> {
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    let mut said: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let mut categories = 0_usize;
    let mut election = Election::default();
    let (mut voters, mut orders) = (Some(0_u64), 0_u64);
    let mut table: Option<Table> = None;
    let mut cells = Vec::new();
    for (line, row) in (1_u64..).zip(text.lines().map(str::trim)).filter(|(_, row)| !row.is_empty()) {
        let Some(header) = row.strip_prefix('#') else {
            orders += 1;
            let number = u32::try_from(orders).unwrap_or(u32::MAX);
            // Bulletins apart come after those of the table: once there is one, all are, so that their numbers stay right.
            if categories == 0 && election.ballots.is_empty() {
                if table.is_none() {
                    table = Table::new(Cells::Places, names.len());
                }
                if let Some(table) = &mut table
                    && let Some(count) = places(row, &names, &mut cells)
                    && let Some(weight) = Weight::whole(count)
                {
                    voters = voters.and_then(|voters| voters.checked_add(count));
                    table.push(&cells, weight);
                    continue;
                }
            }
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
        // What orders mean is said before them.
        if orders > 0 && ["ALTERNATIVE NAME", "CATEGORY NAME"].iter().any(|name| key.starts_with(name)) {
            return Err(input(line, format!("`{key}` comes after the first order")));
        }
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
    election.table = table;
    election.options = names.into_values().map(|id| Choice { id, ..Choice::default() }).collect();
    election.settings.grades = u8::try_from(categories.max(2)).unwrap_or(u8::MAX);
    Ok(election)
}

/// The place of each alternative, in the order of their numbers, and how many voters; none where anything is unusual.
fn places(row: &str, names: &BTreeMap<usize, String>, cells: &mut Vec<u8>) -> Option<u64> {
    // Numbers from 1 on without a gap, as in every file of the collection.
    if names.last_key_value().map(|(number, _)| *number) != Some(names.len()) || !names.contains_key(&1) {
        return None;
    }
    cells.clear();
    cells.resize(names.len(), NONE);
    let (count, order) = row.split_once(':')?;
    let (mut place, mut number, mut tied) = (0_u8, 0_usize, false);
    let mut named = 0_u32;
    for byte in order.bytes().chain([b',']) {
        match byte {
            b'0'..=b'9' => number = number.checked_mul(10)?.checked_add(usize::from(byte - b'0'))?,
            b' ' if number == 0 => {}
            b'{' if !tied && number == 0 => tied = true,
            b',' | b'}' => {
                if number > 0 {
                    let cell = cells.get_mut(number - 1).filter(|cell| **cell == NONE)?;
                    *cell = place;
                    named += 1;
                    number = 0;
                    if !tied {
                        place = after(place)?;
                    }
                }
                if byte == b'}' {
                    tied = std::mem::replace(&mut tied, false).then_some(false)?;
                    place = after(place)?;
                }
            }
            _ => return None,
        }
    }
    if tied || named == 0 {
        return None;
    }
    count.trim().parse().ok()
}

/// The place after this one; none where empty braces used up all that a cell can say.
fn after(place: u8) -> Option<u8> {
    place.checked_add(1).filter(|place| *place < NONE)
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
