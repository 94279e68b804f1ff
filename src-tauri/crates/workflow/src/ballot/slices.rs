//! One result cut by channel, table, college or territory, and where the parts differ most.
//!
//! A part of fewer than five bulletins is withheld, and so is the smallest of the others where only one would be: what is
//! shown must not give it away by subtraction.

use super::{method, veil::FEWEST};
use crate::{Failure, Session, catalog::name, views::*};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_tally::{Ballot, Method, Outcome, tally};
use std::collections::BTreeMap;

impl Session {
    /// Cuts the result of a closed vote.
    ///
    /// # Errors
    /// [`Failure::BallotState`] while it is open, [`Failure::NoSuch`], [`Failure::Tally`] or what the store reports.
    pub fn slices(&self, ballot: EntityId, by: SliceBy) -> Result<Slices, Failure> {
        let entity = self.entity_of(Kind::Ballot, ballot)?;
        let method = Method::try_from(method(&entity))?;
        // An atelier of one territory is that territory's, whatever its bulletins say.
        let here = match (by, self.territories_here(&entity)?.as_slice()) {
            (SliceBy::Territory, [only]) => Some(only.id.to_string()),
            _ => None,
        };
        let mut parts: BTreeMap<String, Vec<Ballot>> = BTreeMap::new();
        for bulletin in self.counted(&entity)? {
            let key = match by {
                SliceBy::Channel => bulletin.channel.clone(),
                SliceBy::Table => bulletin.table.map(|table| table.to_string()),
                SliceBy::College => bulletin.college.clone(),
                SliceBy::Territory => bulletin.territory.clone().or_else(|| here.clone()),
            };
            parts.entry(key.unwrap_or_default()).or_default().push(bulletin);
        }
        let named = match by {
            SliceBy::College => self.list(Kind::College)?.to_vec(),
            SliceBy::Territory => self.list(Kind::Territory)?.to_vec(),
            SliceBy::Channel | SliceBy::Table => Vec::new(),
        };
        let named: BTreeMap<String, String> = named.iter().map(|one| (one.id.to_string(), name(one).name)).collect();
        let mut slices = Vec::new();
        for (key, bulletins) in parts {
            let outcome = tally(method, &self.election(&entity, bulletins)?)?;
            let label = named.get(&key).cloned();
            slices.push(Slice {
                label: label.or(Some(key).filter(|key| !key.is_empty())),
                bulletins: people(method, &outcome),
                outcome: Some(outcome),
            });
        }
        withhold(&mut slices);
        let options = self.children(Kind::Option, ballot)?;
        let divided = options.iter().map(|option| Divided {
            option: option.id,
            label: option.fields.string(Field::Label).unwrap_or_default(),
            gap: gap(&option.id.to_string(), &slices),
        });
        let mut divided: Vec<Divided> = divided.filter(|one| one.gap > 0).collect();
        divided.sort_by_key(|one| std::cmp::Reverse(one.gap));
        Ok(Slices { slices, divided })
    }

    /// The territories of the atelier in which a vote is held, in their order.
    pub(crate) fn territories_here(&self, ballot: &Entity) -> Result<Vec<Named>, Failure> {
        let Some(workshop) = ballot.fields.id(Field::Workshop) else { return Ok(Vec::new()) };
        let links = self.children(Kind::Link, workshop)?;
        let tied = |id: EntityId| {
            let here = |link: &Entity| {
                link.fields.text(Field::Kind) == Some("territory") && link.fields.id(Field::To) == Some(id)
            };
            links.iter().any(here)
        };
        let all = self.list(Kind::Territory)?;
        Ok(all.iter().filter(|one| tied(one.id)).map(name).collect())
    }
}

/// Bulletins of a part; hands are not people, so the largest number of them raised at once stands for it.
fn people(method: Method, outcome: &Outcome) -> u32 {
    let count = match method {
        Method::Hands => outcome
            .scores
            .values()
            .filter_map(|score| match score {
                moisson_tally::Score::Votes { votes, .. } => votes.as_u64(),
                _ => None,
            })
            .max(),
        _ => outcome.ballots.as_u64(),
    };
    crate::merge::clamp(count.unwrap_or_default())
}

fn withhold(slices: &mut [Slice]) {
    for slice in slices.iter_mut().filter(|slice| slice.bulletins < FEWEST) {
        slice.outcome = None;
    }
    if slices.iter().filter(|slice| slice.outcome.is_none()).count() == 1 {
        let smallest = slices.iter_mut().filter(|slice| slice.outcome.is_some()).min_by_key(|slice| slice.bulletins);
        if let Some(slice) = smallest {
            slice.outcome = None;
        }
    }
}

/// How many places apart the parts that are shown put an option.
fn gap(option: &str, slices: &[Slice]) -> u32 {
    let place = |outcome: &Outcome| {
        let rank = outcome.ranking.iter().position(|rank| rank.iter().any(|id| id == option))?;
        Some(outcome.ranking[..rank].iter().map(Vec::len).sum::<usize>())
    };
    let places: Vec<usize> = slices.iter().filter_map(|slice| slice.outcome.as_ref()).filter_map(place).collect();
    let (least, most) = (places.iter().min(), places.iter().max());
    most.zip(least).and_then(|(most, least)| u32::try_from(most - least).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(bulletins: u32) -> Slice {
        let election = moisson_tally::Election {
            options: vec![moisson_tally::Choice { id: String::from("A"), ..Default::default() }],
            ..Default::default()
        };
        Slice { label: None, bulletins, outcome: tally(Method::Dots, &election).ok() }
    }

    #[test]
    fn a_small_part_cannot_be_found_by_subtraction() {
        let mut slices = vec![slice(20), slice(4), slice(9)];
        withhold(&mut slices);
        let shown: Vec<bool> = slices.iter().map(|slice| slice.outcome.is_some()).collect();
        assert_eq!(shown, [true, false, false], "the nine are withheld with the four");
        let mut enough = vec![slice(20), slice(5)];
        withhold(&mut enough);
        assert!(enough.iter().all(|slice| slice.outcome.is_some()));
    }
}
