//! « Déjà dit »: someone says what was said before; it is counted instead of noted twice.

use crate::{Failure, Session, catalog::Catalog, session::fields};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_journal::Draft;
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

/// What is said in the room and typed by the facilitator, as against phones and paper.
const ORAL: &str = "oral";

impl Session {
    /// Counts once more a proposal that was said again in an atelier.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn say_again(&mut self, proposal: EntityId, workshop: EntityId) -> Result<EntityId, Failure> {
        self.entity_of(Kind::Proposal, proposal)?;
        self.entity_of(Kind::Workshop, workshop)?;
        let id = self.new_id();
        let set = fields([
            (Field::Proposal, json!(proposal)),
            (Field::Count, json!(1)),
            (Field::Channel, json!(ORAL)),
            (Field::SaidIn, json!(workshop)),
        ]);
        self.act("proposal.support", vec![Draft::set(id, Kind::Support.name(), set)])?;
        Ok(id)
    }

    /// Counts a proposal once less: takes back the latest time it was said again in the room.
    ///
    /// # Errors
    /// [`Failure::NeverSaidAgain`], or what the store reports.
    pub fn unsay(&mut self, proposal: EntityId, workshop: EntityId) -> Result<(), Failure> {
        let oral = |one: &Entity| {
            let said_here = one.fields.id(Field::SaidIn).is_none_or(|at| at == workshop);
            said_here && one.fields.text(Field::Channel) == Some(ORAL)
        };
        let mut supports = self.children(Kind::Support, proposal)?;
        supports.retain(oral);
        let latest = supports.into_iter().max_by_key(|one| one.id).ok_or(Failure::NeverSaidAgain)?;
        let draft = match latest.fields.number(Field::Count).unwrap_or(1) {
            0 | 1 => Draft::life(latest.id, Kind::Support.name(), true),
            more => Draft::set(latest.id, Kind::Support.name(), fields([(Field::Count, json!(more - 1))])),
        };
        self.act("proposal.unsupport", vec![draft])?;
        Ok(())
    }

    /// How often each proposal of an atelier, or of all, was said again: itself, or the words it was split or joined from.
    pub(crate) fn said_again(&self, workshop: Option<EntityId>, catalog: &Catalog) -> Result<SaidAgain, Failure> {
        let own = self.store.supports(workshop)?.into_iter().collect();
        Ok(SaidAgain { own, sources: catalog.sources() })
    }
}

/// How often proposals were said again.
pub(crate) struct SaidAgain {
    own: HashMap<EntityId, u32>,
    /// What each was split or joined from.
    sources: HashMap<EntityId, Vec<EntityId>>,
}

impl SaidAgain {
    /// How often a proposal was, in its words or in those it comes from.
    pub fn times(&self, proposal: EntityId) -> u32 {
        if !self.sources.contains_key(&proposal) {
            return self.own.get(&proposal).copied().unwrap_or_default();
        }
        let (mut times, mut seen, mut left) = (0_u32, BTreeSet::new(), vec![proposal]);
        while let Some(one) = left.pop() {
            // Two laptops may have made a circle of what comes from what.
            if seen.insert(one) {
                times = times.saturating_add(self.own.get(&one).copied().unwrap_or_default());
                left.extend(self.sources.get(&one).into_iter().flatten());
            }
        }
        times
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{
        Failure,
        testing::{noted, room},
        views::ActStep,
    };

    #[test]
    fn what_is_said_again_is_counted_once_more_and_taken_back_one_by_one() {
        let (mut session, workshop, _folder) = room();
        let proposal = noted(&mut session, workshop, "Un garage solidaire");
        let times = |session: &crate::Session| session.board(workshop).unwrap().ungrouped[0].support;
        assert_eq!(times(&session), 0);
        session.say_again(proposal, workshop).unwrap();
        session.say_again(proposal, workshop).unwrap();
        assert_eq!(times(&session), 2);
        assert_eq!(session.history().unwrap().undo.unwrap().subject, "Un garage solidaire", "the act says of what");
        session.unsay(proposal, workshop).unwrap();
        assert_eq!(times(&session), 1);
        session.undo().unwrap();
        assert_eq!(times(&session), 2);
        session.undo().unwrap();
        session.undo().unwrap();
        assert_eq!(times(&session), 0);
        assert!(matches!(session.unsay(proposal, workshop), Err(Failure::NeverSaidAgain)));
    }

    #[test]
    fn gestures_tell_what_was_taken_back_and_done_again_by_its_name() {
        let (mut session, workshop, _folder) = room();
        noted(&mut session, workshop, "Un garage solidaire");
        session.undo().unwrap();
        session.redo().unwrap();
        session.undo().unwrap();
        let acts = session.history().unwrap().acts;
        let told: Vec<_> = acts.iter().take(4).map(|act| (act.step, act.subject.as_str())).collect();
        let (undone, redone) = (ActStep::Undone, ActStep::Redone);
        assert_eq!(told, [undone, redone, undone, ActStep::Done].map(|step| (step, "Un garage solidaire")));
    }

    #[test]
    fn only_a_proposal_is_said_again_and_it_goes_with_its_supports() {
        let (mut session, workshop, _folder) = room();
        assert!(session.say_again(workshop, workshop).is_err());
        let proposal = noted(&mut session, workshop, "Un garage solidaire");
        session.say_again(proposal, workshop).unwrap();
        session.remove_entities(&[proposal]).unwrap();
        assert_eq!(session.info().unwrap().entities.get("support"), None);
        session.undo().unwrap();
        assert_eq!(session.board(workshop).unwrap().ungrouped[0].support, 1);
    }
}
