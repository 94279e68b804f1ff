//! Closed votes of all rooms, option by option, in what compares from one room to another: places and shares.

use super::{BallotSettings, GRADES, frozen, grade_names, score_words, settings};
use crate::{Failure, Session, catalog::text, merge::clamp};
use moisson_domain::{EntityId, Field, Kind};
use moisson_tally::{Score, division};
use serde_json::Number;
use std::collections::BTreeSet;

/// How an option fared in a closed vote.
pub(crate) struct Fared {
    pub ballot: EntityId,
    pub workshop: Option<EntityId>,
    pub question: String,
    /// What the option was about: a proposal, a group, a rapprochement.
    pub about: EntityId,
    pub option: String,
    pub words: String,
    /// Options before it, those that share its place, and all that were counted.
    pub ahead: usize,
    pub tied: usize,
    pub of: usize,
    pub supporters: Option<u32>,
    pub present: u32,
    pub divided: Option<f64>,
    /// Whether a few want it strongly: it did not win, and those who are for it gave it all they could.
    pub fervent: bool,
}

impl Session {
    /// How each option that is about something fared, in the last round of each closed vote.
    pub(crate) fn fared(&self) -> Result<Vec<Fared>, Failure> {
        let ballots = self.list(Kind::Ballot)?;
        let closed = || ballots.iter().filter_map(|ballot| Some((ballot, frozen(ballot)?)));
        let outdone: BTreeSet<EntityId> = closed().filter_map(|(ballot, _)| ballot.fields.id(Field::RoundOf)).collect();
        let mut fared = Vec::new();
        for (ballot, frozen) in closed().filter(|(ballot, _)| !outdone.contains(&ballot.id)) {
            let (outcome, settings) = (frozen.outcome, settings(ballot));
            let names = grade_names(settings.grades.unwrap_or(GRADES), self.language());
            let counted = outcome.ballots.as_u64().map_or(0, clamp);
            let present = ballot.fields.number(Field::PresentCount).unwrap_or(counted).max(counted);
            for option in self.children(Kind::Option, ballot.id)? {
                let id = option.id.to_string();
                let place = outcome.ranking.iter().position(|tied| tied.contains(&id));
                let (Some(about), Some(score), Some(place)) =
                    (option.fields.id(Field::About), outcome.scores.get(&id), place)
                else {
                    continue;
                };
                let supporters = supporters(score, &settings).map(rounded);
                fared.push(Fared {
                    ballot: ballot.id,
                    workshop: ballot.fields.id(Field::Workshop),
                    question: text(ballot, Field::Question),
                    about,
                    option: text(&option, Field::Label),
                    words: score_words(score, &names, self.language()),
                    ahead: outcome.ranking[..place].iter().map(Vec::len).sum(),
                    tied: outcome.ranking[place].len(),
                    of: outcome.ranking.iter().map(Vec::len).sum(),
                    present: present.max(supporters.unwrap_or_default()),
                    supporters,
                    divided: divided(score, &settings),
                    fervent: fervent(score, &settings, present),
                });
            }
        }
        Ok(fared)
    }
}

fn number(number: &Number) -> f64 {
    number.as_f64().unwrap_or_default()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people of one room, never below zero")]
fn rounded(people: f64) -> u32 {
    people.round().max(0.0) as u32
}

/// The ends of a scale of scores.
fn scale(settings: &BallotSettings, histogram: &[(u32, Number)]) -> (u32, u32) {
    let highest = histogram.iter().map(|(value, _)| *value).max().unwrap_or_default();
    (settings.min.unwrap_or_default(), settings.max.unwrap_or(highest).max(highest))
}

/// How many support an option: who chose it, or put it in the better half of the scale.
fn supporters(score: &Score, settings: &BallotSettings) -> Option<f64> {
    match score {
        Score::Dots { supporters, .. } | Score::Project { supporters, .. } => Some(number(supporters)),
        Score::Votes { votes, .. } => Some(number(votes)),
        Score::Merit { profile, .. } => {
            let better = profile.iter().enumerate().filter(|(grade, _)| grade * 2 > profile.len() - 1);
            Some(better.map(|(_, people)| number(people)).sum())
        }
        Score::Scores { histogram, .. } => {
            let (lowest, highest) = scale(settings, histogram);
            let better = histogram.iter().filter(|(value, _)| value * 2 > lowest + highest);
            Some(better.map(|(_, people)| number(people)).sum())
        }
        Score::Consent { consent, .. } => Some(number(consent)),
        Score::Statement { groups, .. } => Some(groups.iter().map(|group| number(&group.agree)).sum()),
        Score::Plane { .. } | Score::Strength { .. } | Score::Value { .. } => None,
    }
}

/// Share of a room from which a few are many.
const MANY: f64 = 0.25;

/// Share of a room from which the top of the scale is more than one person's fancy.
const SOME: f64 = 0.1;

/// Whether few of those present support an option and they do so strongly: several dots each, or the top of the scale.
fn fervent(score: &Score, settings: &BallotSettings, present: u32) -> bool {
    let present = f64::from(present.max(1));
    let few = supporters(score, settings).is_some_and(|people| people > 0.0 && people / present < MANY);
    let at_top = |people: f64| people / present >= SOME;
    few && match score {
        Score::Dots { points, supporters } => number(points) >= 2.0 * number(supporters),
        Score::Merit { profile, .. } => profile.last().is_some_and(|people| at_top(number(people))),
        Score::Scores { histogram, .. } => {
            let (_, highest) = scale(settings, histogram);
            histogram.iter().any(|(value, people)| *value == highest && at_top(number(people)))
        }
        _ => false,
    }
}

/// How divided a room was, where the method lets people say that they are against.
fn divided(score: &Score, settings: &BallotSettings) -> Option<f64> {
    match score {
        Score::Merit { profile, .. } => {
            let counts: Vec<(u32, f64)> = (0..).zip(profile.iter().map(number)).collect();
            division(&counts, 0, u32::try_from(profile.len()).ok()?.checked_sub(1)?)
        }
        Score::Scores { histogram, .. } => {
            let counts: Vec<(u32, f64)> = histogram.iter().map(|(value, people)| (*value, number(people))).collect();
            let (lowest, highest) = scale(settings, histogram);
            division(&counts, lowest, highest)
        }
        Score::Consent { consent, object, .. } => division(&[(0, number(object)), (1, number(consent))], 0, 1),
        Score::Statement { groups, .. } => {
            let agree = groups.iter().map(|group| number(&group.agree)).sum();
            let disagree = groups.iter().map(|group| number(&group.disagree)).sum();
            division(&[(0, disagree), (1, agree)], 0, 1)
        }
        _ => None,
    }
}
