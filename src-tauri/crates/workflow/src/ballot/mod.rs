//! Voter: asking, entering bulletins from the keyboard, closing, asking again.

mod across;
mod again;
mod bag;
mod odd;
#[cfg(test)]
mod phone_tests;
mod picture;
mod read;
mod slices;
#[cfg(test)]
mod tests;
mod veil;
mod words;

pub(crate) use across::Fared;
pub(crate) use bag::LiveBag;
pub(crate) use picture::picture;
pub(crate) use words::{grade_names, rule, score_words};

use crate::{Failure, Session, catalog::name, session::fields, views::*};
use moisson_domain::{Entity, EntityId, Field, Kind, spread};
use moisson_journal::Draft;
use moisson_store::Store;
use moisson_tally::{Ballot, Choice, Election, Method, Outcome, Settings, TallyError, Weight, check_ballot, tally};
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Number of grades where the vote does not say.
pub(crate) const GRADES: u8 = 5;

/// What closing freezes: the result, and which urns it counted.
#[derive(Serialize, Deserialize)]
struct Frozen {
    outcome: Outcome,
    urns: BTreeSet<EntityId>,
    /// Urns that arrived later, and were left aside.
    #[serde(default)]
    aside: BTreeSet<EntityId>,
    /// What phones had sent and was refused.
    #[serde(default)]
    refused: RefusedBulletins,
}

/// What one voter said: the key it lies under, one bulletin or the duels they answered.
type Voice = ([u8; 16], Vec<Ballot>);

impl Session {
    /// Sets up a vote on groups or proposals, and opens it.
    ///
    /// # Errors
    /// [`Failure::TooFewOptions`], [`Failure::NoSuch`], what a field refuses, or what the store reports.
    pub fn new_ballot(&mut self, new: &NewBallot) -> Result<EntityId, Failure> {
        let workshop = self.entity_of(Kind::Workshop, new.workshop)?;
        let about: BTreeSet<EntityId> = new.about.iter().copied().collect();
        // One proposal alone may be put to consent, or a show of hands; anything else compares.
        let fewest =
            if matches!(new.method, RoomMethod::Consent | RoomMethod::Hands | RoomMethod::Consensus) { 1 } else { 2 };
        if about.len() < fewest || about.len() != new.about.len() {
            return Err(Failure::TooFewOptions);
        }
        let method = Method::try_from(new.method)?;
        let id = self.new_id();
        let mut set = fields([
            (Field::Workshop, json!(new.workshop)),
            (Field::Question, json!(new.question)),
            (Field::Method, json!(method)),
            (Field::Settings, json!(allowed(&new.settings, new.secret))),
            (Field::Secret, json!(new.secret)),
            (Field::State, json!("open")),
            (Field::OpenedAt, json!(self.wall())),
        ]);
        let present = new.present_count.or_else(|| workshop.fields.number(Field::PresentCount));
        if let Some(present) = present {
            set.0.insert(Field::PresentCount.name().to_owned(), json!(present));
        }
        let mut drafts = vec![Draft::set(id, Kind::Ballot.name(), set)];
        for (at, (about, rank)) in new.about.iter().zip(spread(new.about.len())).enumerate() {
            let label = name(&self.entity(*about)?).name;
            let mut set =
                fields([(Field::Ballot, json!(id)), (Field::Label, json!(label)), (Field::About, json!(about))]);
            if let Some(euros) = new.costs.get(at) {
                set.0.insert(Field::Cost.name().to_owned(), json!(u64::from(*euros) * 100));
            }
            self.ranked(Kind::Option, set, &rank, &mut drafts);
        }
        self.act("ballot.open", drafts)?;
        Ok(id)
    }

    /// Notes a bulletin: it lies in a bag without order until the vote closes. Returns the key that it can be withdrawn by, so
    /// that whoever typed it can take back what they just mistyped.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::Bulletin`] or what the store reports.
    pub fn cast(&mut self, ballot: EntityId, bulletin: &Ballot) -> Result<String, Failure> {
        let entity = self.open_ballot(ballot)?;
        check_bulletin(self, &entity, bulletin)?;
        let body = serde_json::to_string(bulletin).unwrap_or_default();
        let key = self.random_key();
        self.store.cast(ballot, &body, key)?;
        self.bag_holds(ballot, key, vec![bulletin.clone()]);
        self.touch([Kind::Ballot]);
        Ok(crate::phones::hex(key))
    }

    /// Takes back a bulletin of an open vote.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::NoSuch`] or what the store reports.
    pub fn withdraw(&mut self, ballot: EntityId, key: &str) -> Result<(), Failure> {
        self.open_ballot(ballot)?;
        let missing = || Failure::NoSuch { what: Some(Kind::Urn), reference: key.to_owned() };
        let bytes: [u8; 16] = u128::from_str_radix(key, 16).map_err(|_| missing())?.to_be_bytes();
        if !self.store.withdraw(ballot, bytes)? {
            return Err(missing());
        }
        self.bag_holds(ballot, bytes, Vec::new());
        self.touch([Kind::Ballot]);
        Ok(())
    }

    /// Closes a vote: the bag becomes one urn, shuffled; the result is counted over all urns and frozen.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::Tally`] or what the store reports; the vote is still open then.
    pub fn close_ballot(&mut self, ballot: EntityId) -> Result<(), Failure> {
        let entity = self.open_ballot(ballot)?;
        let mut bulletins: Vec<Ballot> = self.bag(ballot)?.into_iter().flat_map(|(_, said)| said).collect();
        bulletins.shuffle(&mut self.world.random);
        let mut drafts = Vec::new();
        let mut urns: BTreeSet<EntityId> = BTreeSet::new();
        let mut all = Vec::new();
        for urn in self.children(Kind::Urn, ballot)? {
            all.extend(bulletins_of(&urn));
            urns.insert(urn.id);
        }
        all.extend(bulletins.iter().cloned());
        let outcome = tally(method(&entity).try_into()?, &self.election(&entity, all)?)?;
        if !bulletins.is_empty() {
            if entity.fields.flag(Field::Secret) {
                veil::veil(method(&entity), &mut bulletins);
            }
            let urn = self.new_id();
            let set = fields([
                (Field::Ballot, json!(ballot)),
                (Field::Bulletins, json!(bulletins)),
                (Field::CountedBy, json!(self.store.replica()?)),
            ]);
            drafts.push(Draft::set(urn, Kind::Urn.name(), set));
            urns.insert(urn);
        }
        let refused = self.refused_since(ballot)?;
        let aside = BTreeSet::new();
        let frozen = serde_json::to_value(Frozen { outcome, urns, aside, refused }).unwrap_or(Value::Null);
        let set =
            fields([(Field::State, json!("closed")), (Field::ClosedAt, json!(self.wall())), (Field::Result, frozen)]);
        drafts.insert(0, Draft::set(ballot, Kind::Ballot.name(), set));
        if let Some(act) = self.checked("ballot.close", drafts)? {
            self.with_by(|store: &mut Store, by| store.close_bag(ballot, &act, by))?;
            self.forget_bag();
        }
        Ok(())
    }

    pub(crate) fn open_ballot(&self, id: EntityId) -> Result<Entity, Failure> {
        let entity = self.entity_of(Kind::Ballot, id)?;
        match entity.fields.text(Field::State) {
            Some("open") => Ok(entity),
            other => Err(Failure::BallotState { state: other.unwrap_or("draft").to_owned() }),
        }
    }

    fn election(&self, ballot: &Entity, ballots: Vec<Ballot>) -> Result<Election, Failure> {
        let settings = settings(ballot);
        let options = self.children(Kind::Option, ballot.id)?;
        Ok(Election {
            options: options
                .iter()
                .map(|option| Choice {
                    id: option.id.to_string(),
                    label: option.fields.string(Field::Label),
                    cost: option.fields.number(Field::Cost).and_then(euros),
                })
                .collect(),
            settings: Settings {
                grades: settings.grades.unwrap_or(GRADES),
                points: settings.points.unwrap_or(Settings::default().points),
                max_per_option: settings.max_per_option,
                max_choices: settings.max_choices,
                min: settings.min.unwrap_or_default(),
                max: settings.max,
                seats: settings.seats,
                rule: settings.rule,
                quorum: settings.quorum,
                budget: settings.budget.and_then(|euros| Weight::whole(euros.into())),
                present: ballot.fields.number(Field::PresentCount),
                ..Settings::default()
            },
            ballots,
            unreadable: Vec::new(),
            table: None,
        })
    }
}

/// What a secret vote does without: a result that moves while people vote, and where they come from.
fn allowed(settings: &BallotSettings, secret: bool) -> BallotSettings {
    let (live, ask_origin) = (settings.live && !secret, settings.ask_origin && !secret);
    BallotSettings { live, ask_origin, ..settings.clone() }
}

/// Whether a bulletin is what the vote's method asks for.
pub(crate) fn check_bulletin(session: &Session, ballot: &Entity, bulletin: &Ballot) -> Result<(), Failure> {
    let election = session.election(ballot, Vec::new())?;
    check_ballot(method(ballot).try_into()?, &election, bulletin)
        .map_err(|reason| Failure::Bulletin { reason: words::reason(&reason, session.language()) })
}

/// The method of a scrutin; unknown where a later version made it.
pub(crate) fn method(ballot: &Entity) -> RoomMethod {
    let name = ballot.fields.text(Field::Method).unwrap_or_default();
    serde_json::from_value(json!(name)).unwrap_or(RoomMethod::Unknown)
}

impl TryFrom<RoomMethod> for Method {
    type Error = TallyError;

    fn try_from(method: RoomMethod) -> Result<Self, TallyError> {
        let name = json!(method);
        serde_json::from_value(name.clone())
            .map_err(|_| TallyError::UnknownMethod(name.as_str().unwrap_or_default().to_owned()))
    }
}

/// Cents as euros, exactly.
fn euros(cents: u32) -> Option<Weight> {
    Weight::parse(&format!("{}.{:02}", cents / 100, cents % 100))
}

pub(crate) fn settings(ballot: &Entity) -> BallotSettings {
    ballot.fields.get(Field::Settings).and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}

fn frozen(ballot: &Entity) -> Option<Frozen> {
    serde_json::from_value(ballot.fields.get(Field::Result)?.clone()).ok()
}

fn bulletins_of(urn: &Entity) -> Vec<Ballot> {
    let bulletins = urn.fields.get(Field::Bulletins).and_then(Value::as_array);
    bulletins.into_iter().flatten().filter_map(|one| serde_json::from_value(one.clone()).ok()).collect()
}

/// How many identical bulletins one stands for, in whole ones.
fn copies(ballot: &Ballot) -> u32 {
    Weight::shown(ballot.weight().units()).as_u64().map_or(1, crate::merge::clamp)
}
