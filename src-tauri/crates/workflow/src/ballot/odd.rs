//! Bulletins that came too late, twice or odd: counted apart, each a question for people, none settled by itself.
//!
//! A phone that comes after closing is refused, since the bag's keys are gone and its bulletin might be counted twice; how many
//! did is told. An urn of another laptop is whole and may be counted still: that is a new result, by an act with a name.

use super::{Frozen, bulletins_of, frozen, method, settings};
use crate::{CardProblem, Failure, Session, catalog::count, session::fields, views::*};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_journal::Draft;
use moisson_tally::{Outcome, tally};
use serde_json::{Number, json};
use std::collections::BTreeMap;

impl Session {
    /// What is counted apart from a vote, and what of it waits for an answer.
    pub(super) fn odd(&self, ballot: EntityId, frozen: Option<&Frozen>) -> Result<Odd, Failure> {
        let since = self.refused_since(ballot)?;
        let Some(frozen) = frozen else { return Ok(Odd { refused: since, ..Odd::default() }) };
        let settled = |urn: &Entity| frozen.urns.contains(&urn.id) || frozen.aside.contains(&urn.id);
        let urns = self.children(Kind::Urn, ballot)?;
        let urns: Vec<LateUrn> = urns.iter().filter(|urn| !settled(urn)).map(late_urn).collect();
        let late_asked = since.late > 0;
        let questions = count(&urns) + u32::from(late_asked);
        Ok(Odd { urns, refused: sum(frozen.refused, since), late_asked, questions })
    }

    /// How many bulletins of phones were refused since the vote was opened, or since its result was kept.
    pub(super) fn refused_since(&self, ballot: EntityId) -> Result<RefusedBulletins, Failure> {
        let kept = self.store.counted(ballot)?;
        Ok(kept.and_then(|words| serde_json::from_str(&words).ok()).unwrap_or_default())
    }

    /// Counts a bulletin of a phone that was refused; nothing else of it is kept.
    ///
    /// # Errors
    /// What the store reports.
    pub(crate) fn count_refused(&mut self, ballot: EntityId, failure: &Failure) -> Result<(), Failure> {
        let mut one = RefusedBulletins::default();
        match failure {
            Failure::BallotState { state } if state == "closed" => one.late = 1,
            Failure::Card { problem: CardProblem::Spent } => one.card_spent = 1,
            Failure::Card { problem: CardProblem::Unknown } => one.card_unknown = 1,
            Failure::Bulletin { .. } => one.invalid = 1,
            _ => return Ok(()),
        }
        let all = sum(self.refused_since(ballot)?, one);
        self.store.keep_counted(ballot, &json!(all).to_string())?;
        self.touch([Kind::Ballot]);
        Ok(())
    }

    /// Settles an urn that arrived after the result: counts it with the others, or leaves it aside. Either can be undone.
    ///
    /// # Errors
    /// [`Failure::BallotState`] while the vote is open, [`Failure::NoSuch`] for an urn that is none of its late ones,
    /// [`Failure::Tally`] or what the store reports.
    pub fn settle_late(&mut self, ballot: EntityId, urn: EntityId, counted: bool) -> Result<(), Failure> {
        let (entity, mut frozen) = self.closed_ballot(ballot)?;
        let late = self.odd(ballot, Some(&frozen))?.urns;
        if late.iter().all(|one| one.id != urn) {
            return Err(Failure::NoSuch { what: Some(Kind::Urn), reference: urn.to_string() });
        }
        if counted {
            frozen.urns.insert(urn);
            let urns = self.children(Kind::Urn, ballot)?;
            let all = urns.iter().filter(|one| frozen.urns.contains(&one.id)).flat_map(bulletins_of).collect();
            let method = method(&entity).try_into()?;
            let outcome = tally(method, &self.election(&entity, all)?)?;
            // Bulletins of a secret vote may have lost their channel; how many came by each was counted before.
            let late =
                self.children(Kind::Urn, ballot)?.iter().filter(|one| one.id == urn).flat_map(bulletins_of).collect();
            let late = tally(method, &self.election(&entity, late)?)?.by_channel;
            let by_channel = added(&frozen.outcome.by_channel, &late);
            frozen.outcome = Outcome { by_channel, ..outcome };
        } else {
            frozen.aside.insert(urn);
        }
        self.keep_result("ballot.late", ballot, &frozen)
    }

    /// Notes with the result how many bulletins of phones came after closing: they are no longer asked about.
    ///
    /// # Errors
    /// [`Failure::BallotState`] while the vote is open, [`Failure::NoSuch`] or what the store reports.
    pub fn note_refused(&mut self, ballot: EntityId) -> Result<(), Failure> {
        let (_, mut frozen) = self.closed_ballot(ballot)?;
        let since = self.refused_since(ballot)?;
        if since == RefusedBulletins::default() {
            return Ok(());
        }
        frozen.refused = sum(frozen.refused, since);
        self.keep_result("ballot.refused", ballot, &frozen)?;
        Ok(self.store.forget_counted(ballot)?)
    }

    /// Refuses to undo the opening of a vote in which people voted.
    pub(crate) fn keep_votes(&self) -> Result<(), Failure> {
        let (Some(act), _) = self.store.undoable()? else { return Ok(()) };
        if !matches!(act.label.as_str(), "ballot.open" | "ballot.again") {
            return Ok(());
        }
        for ballot in self.list(Kind::Ballot)?.iter() {
            let bulletins = count(&self.store.bulletins(ballot.id)?);
            if bulletins > 0 && ballot.fields.text(Field::Question) == Some(act.subject.as_str()) {
                return Err(Failure::VotesIn { question: act.subject, bulletins });
            }
        }
        Ok(())
    }

    /// Lets an open vote last so many minutes more, from now or from when it was said to end; none lets it last until it is
    /// closed.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::NoSuch`] or what the store reports.
    pub fn extend_ballot(&mut self, ballot: EntityId, minutes: u32) -> Result<(), Failure> {
        let entity = self.open_ballot(ballot)?;
        let mut settings = settings(&entity);
        let now = crate::session::millis(self.wall());
        let from = settings.closes_at.map_or(now, |end| end.max(now));
        settings.closes_at = (minutes > 0).then(|| from + f64::from(minutes) * 60_000.0);
        let set = fields([(Field::Settings, json!(settings))]);
        self.act("ballot.extend", vec![Draft::set(ballot, Kind::Ballot.name(), set)])?;
        Ok(())
    }

    fn closed_ballot(&self, ballot: EntityId) -> Result<(Entity, Frozen), Failure> {
        let entity = self.entity_of(Kind::Ballot, ballot)?;
        let state = entity.fields.text(Field::State).unwrap_or("draft").to_owned();
        let frozen = frozen(&entity).ok_or(Failure::BallotState { state })?;
        Ok((entity, frozen))
    }

    fn keep_result(&mut self, label: &str, ballot: EntityId, frozen: &Frozen) -> Result<(), Failure> {
        let set = fields([(Field::Result, json!(frozen))]);
        self.act(label, vec![Draft::set(ballot, Kind::Ballot.name(), set)])?;
        Ok(())
    }
}

fn late_urn(urn: &Entity) -> LateUrn {
    LateUrn { id: urn.id, laptop: urn.fields.string(Field::CountedBy), bulletins: count(&bulletins_of(urn)) }
}

const fn sum(one: RefusedBulletins, other: RefusedBulletins) -> RefusedBulletins {
    RefusedBulletins {
        late: one.late + other.late,
        card_spent: one.card_spent + other.card_spent,
        card_unknown: one.card_unknown + other.card_unknown,
        invalid: one.invalid + other.invalid,
    }
}

/// What came by each channel, of both.
fn added(one: &BTreeMap<String, Number>, other: &BTreeMap<String, Number>) -> BTreeMap<String, Number> {
    let mut all = one.clone();
    for (channel, more) in other {
        let known = all.get(channel).and_then(Number::as_f64).unwrap_or_default();
        let sum = known + more.as_f64().unwrap_or_default();
        // Whole bulletins stay whole.
        let whole = Number::from_f64(sum).filter(|_| sum.fract() != 0.0);
        let sum = whole.unwrap_or_else(|| Number::from(crate::merge::clamp(rounded(sum))));
        all.insert(channel.clone(), sum);
    }
    all
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of bulletins, never below zero")]
fn rounded(bulletins: f64) -> u64 {
    bulletins.round().max(0.0) as u64
}
