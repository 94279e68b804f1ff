//! The same bulletins by another method, and the same question asked again.

use super::{bulletins_of, frozen, method};
use crate::{Failure, Session, session::fields, views::*};
use moisson_domain::{Entity, EntityId, Field, Kind, spread};
use moisson_journal::Draft;
use moisson_tally::{Ballot, Mark, Method, Outcome, tally};
use serde_json::json;
use std::collections::BTreeMap;

const RANKED: [RoomMethod; 5] =
    [RoomMethod::Schulze, RoomMethod::RankedPairs, RoomMethod::Copeland, RoomMethod::Borda, RoomMethod::Irv];

/// Methods that bulletins made for another can be counted by without making people say what they did not: grades and scores
/// order the options, an order is an order.
pub(super) fn others(method: RoomMethod) -> Vec<RoomMethod> {
    let ranked = || RANKED.into_iter();
    match method {
        RoomMethod::MajorityJudgment => std::iter::once(RoomMethod::Score).chain(ranked()).collect(),
        RoomMethod::Score => ranked().collect(),
        RoomMethod::Stv => ranked().collect(),
        method if RANKED.contains(&method) => ranked().filter(|other| *other != method).collect(),
        _ => Vec::new(),
    }
}

impl Session {
    /// A closed vote counted by another method that its bulletins allow; nothing is kept of it.
    ///
    /// # Errors
    /// [`Failure::BallotState`] while it is open, [`Failure::Tally`] where these bulletins cannot be counted so, or what the
    /// store reports.
    pub fn recount(&self, ballot: EntityId, other: RoomMethod) -> Result<Outcome, Failure> {
        let entity = self.entity_of(Kind::Ballot, ballot)?;
        if !others(method(&entity)).contains(&other) {
            let name = json!(other).as_str().unwrap_or_default().to_owned();
            return Err(moisson_tally::TallyError::UnknownMethod(name).into());
        }
        let bulletins = self.counted(&entity)?.into_iter().map(|one| as_ranking(one, other)).collect();
        Ok(tally(Method::try_from(other)?, &self.election(&entity, bulletins)?)?)
    }

    /// The bulletins that the frozen result of a closed vote counted.
    pub(super) fn counted(&self, entity: &Entity) -> Result<Vec<Ballot>, Failure> {
        let open = || Failure::BallotState { state: String::from("open") };
        let frozen = frozen(entity).ok_or_else(open)?;
        let urns = self.children(Kind::Urn, entity.id)?;
        Ok(urns.iter().filter(|urn| frozen.urns.contains(&urn.id)).flat_map(bulletins_of).collect())
    }

    /// Asks a closed vote's question again, as a new round beside the first, and opens it.
    ///
    /// # Errors
    /// [`Failure::BallotState`] while it is open, [`Failure::NoSuch`] or what the store reports.
    pub fn ask_again(&mut self, ballot: EntityId) -> Result<EntityId, Failure> {
        let first = self.entity_of(Kind::Ballot, ballot)?;
        match first.fields.text(Field::State) {
            Some("closed") => {}
            other => return Err(Failure::BallotState { state: other.unwrap_or("draft").to_owned() }),
        }
        let id = self.new_id();
        let mut set = fields([
            (Field::RoundOf, json!(ballot)),
            (Field::State, json!("open")),
            (Field::OpenedAt, json!(self.wall())),
        ]);
        let kept =
            [Field::Workshop, Field::Question, Field::Method, Field::Settings, Field::Secret, Field::PresentCount];
        for field in kept {
            if let Some(value) = first.fields.get(field) {
                set.0.insert(field.name().to_owned(), value.clone());
            }
        }
        let mut drafts = vec![Draft::set(id, Kind::Ballot.name(), set)];
        let options = self.children(Kind::Option, ballot)?;
        for (option, rank) in options.iter().zip(spread(options.len())) {
            let mut set = fields([(Field::Ballot, json!(id))]);
            for field in [Field::Label, Field::About, Field::Cost] {
                if let Some(value) = option.fields.get(field) {
                    set.0.insert(field.name().to_owned(), value.clone());
                }
            }
            self.ranked(Kind::Option, set, &rank, &mut drafts);
        }
        self.act("ballot.again", drafts)?;
        Ok(id)
    }

    /// The rounds of a question, the first one first; only itself where it was asked once.
    pub(super) fn rounds(&self, ballot: &Entity) -> Result<Vec<Round>, Failure> {
        let mut rounds = vec![ballot.clone()];
        while let Some(before) = rounds.first().and_then(|round| round.fields.id(Field::RoundOf)) {
            // A circle made by a merge ends where it began.
            match self.store.entity(before)?.filter(|one| rounds.iter().all(|round| round.id != one.id)) {
                Some(before) => rounds.insert(0, before),
                None => break,
            }
        }
        let workshop = ballot.fields.id(Field::Workshop);
        let all = workshop.map(|workshop| self.children(Kind::Ballot, workshop)).transpose()?.unwrap_or_default();
        let follows = |last: &Entity, one: &Entity| one.fields.id(Field::RoundOf) == Some(last.id);
        while let Some(next) = rounds.last().and_then(|last| all.iter().find(|one| follows(last, one)))
            && rounds.iter().all(|round| round.id != next.id)
        {
            rounds.push(next.clone());
        }
        let state = |round: &Entity| round.fields.text(Field::State).unwrap_or("draft").to_owned();
        Ok(rounds.iter().map(|round| Round { id: round.id, state: state(round) }).collect())
    }
}

/// A bulletin of grades or scores as the order it implies, where an order is wanted.
fn as_ranking(bulletin: Ballot, wanted: RoomMethod) -> Ballot {
    if wanted == RoomMethod::Score || bulletin.ranking.is_some() {
        return bulletin;
    }
    let mut levels: BTreeMap<std::cmp::Reverse<u32>, Vec<String>> = BTreeMap::new();
    for (id, grade) in bulletin.grades.iter().flatten() {
        levels.entry(std::cmp::Reverse(u32::from(*grade))).or_default().push(id.clone());
    }
    for (id, mark) in bulletin.scores.iter().flatten() {
        if let Mark::One(score) = mark {
            levels.entry(std::cmp::Reverse(*score)).or_default().push(id.clone());
        }
    }
    Ballot { ranking: Some(levels.into_values().collect()), grades: None, scores: None, ..bulletin }
}
