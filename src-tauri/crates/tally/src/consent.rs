//! Consent, as sociocracy decides (Endenburg, *Sociocracy: The Organization of Decision-Making*, 1988): a proposal stands
//! when someone consents to it and nobody objects. To stand aside is neither. An objection is not outvoted, by however many:
//! it is told with its reason, to be treated before the proposal is put again. One without a reason stands all the same.
//!
//! So there are two ranks at most: those that stand, and the others; numbers do not order them.

use crate::{
    Ballot, Reason, Score, Settings, Stance, Step, TallyError,
    method::{Count, Rule, Vote},
    outcome::shown,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Consent;

/// Units of those who consent, stand aside and object, and the reasons given.
#[derive(Default)]
struct Said {
    units: [u128; 3],
    reasons: Vec<String>,
}

impl Rule for Consent {
    fn validate(&self, ballot: &Ballot, options: &BTreeSet<&str>, _: &Settings) -> Result<(), Reason> {
        let stances = ballot.stances.as_ref().filter(|stances| !stances.is_empty()).ok_or(Reason::Blank)?;
        match stances.keys().find(|id| !options.contains(id.as_str())) {
            Some(id) => Err(Reason::UnknownOption { option: id.clone() }),
            None => Ok(()),
        }
    }

    fn count(&self, vote: &Vote<'_>) -> Result<Count, TallyError> {
        let mut said: BTreeMap<&str, Said> = vote.options.iter().map(|id| (*id, Said::default())).collect();
        for ballot in vote.ballots {
            for (id, stance) in ballot.stances.iter().flatten() {
                let Some(said) = said.get_mut(id.as_str()) else { continue };
                said.units[*stance as usize] += ballot.weight().units();
                if *stance == Stance::Object {
                    let reason = ballot.reasons.as_ref().and_then(|reasons| reasons.get(id));
                    said.reasons.extend(reason.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
                }
            }
        }
        let stands = |id: &&&str| {
            let [consent, _, object] = said[**id].units;
            consent > 0 && object == 0
        };
        let names = |ids: Vec<&&str>| ids.into_iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let (standing, others): (Vec<_>, Vec<_>) = vote.options.iter().partition(stands);
        let (standing, others) = (names(standing), names(others));
        let objections = vote.options.iter().filter(|id| said[**id].units[2] > 0).map(|id| {
            // The order of reasons says nothing of who spoke first.
            let mut reasons = said[*id].reasons.clone();
            reasons.sort();
            Step::Objection { option: (*id).to_owned(), count: shown(said[*id].units[2]), reasons }
        });
        let explanation = objections.collect();
        let scores = said.iter().map(|(id, said)| {
            let [consent, stand_aside, object] = said.units.map(shown);
            ((*id).to_owned(), Score::Consent { consent, stand_aside, object })
        });
        let ranking = [standing.clone(), others].into_iter().filter(|rank| !rank.is_empty()).collect();
        let mut count = Count::new(ranking, scores.collect(), explanation);
        count.winners = Some(standing);
        Ok(count)
    }
}
