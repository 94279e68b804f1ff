//! The lock of adoption: what was adopted changes only under an amendment that someone declared, with its reason.
//!
//! It stands where acts enter the journal, so that no form, import or gesture goes around it. Carrying the plan out stays
//! free: status, progress, readings, what was spent, remarks. Merging is no act of this laptop and is never refused: what
//! another one wrote before it knew of the adoption arrives, and is told as an amendment.

use crate::{Failure, Session, catalog::text, session::fields, views::PlanLock};
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::Draft;
use serde_json::json;

/// Kinds that were adopted.
const ADOPTED: [Kind; 7] =
    [Kind::Axis, Kind::Objective, Kind::Action, Kind::Milestone, Kind::Funding, Kind::Indicator, Kind::Link];
/// Fields that go on living: how the plan is carried out.
const LIVING: [Field; 6] =
    [Field::Status, Field::Progress, Field::DoneOn, Field::Actual, Field::State, Field::AgreedOn];
/// The kind of the note that declares an amendment.
const AMENDMENT: &str = "amendment";

impl Session {
    /// Declares an amendment of the version in force: until the next adoption, the plan may change again.
    ///
    /// # Errors
    /// [`Failure::WhyAmend`] without a reason, [`Failure::NothingAdopted`], or what the store reports.
    pub fn amend_plan(&mut self, reason: &str) -> Result<EntityId, Failure> {
        if reason.trim().is_empty() {
            return Err(Failure::WhyAmend);
        }
        let version = self.version_in_force()?.ok_or(Failure::NothingAdopted)?;
        let id = self.new_id();
        let set = fields([
            (Field::About, json!(version.0)),
            (Field::Text, json!(reason.trim())),
            (Field::Kind, json!(AMENDMENT)),
        ]);
        self.touch([Kind::PlanVersion]);
        self.act("plan.amend", vec![Draft::set(id, Kind::Note.name(), set)])?;
        Ok(id)
    }

    /// The version in force, and whether it is locked.
    pub(crate) fn plan_lock(&self) -> Result<Option<PlanLock>, Failure> {
        let Some((id, label, adopted_on)) = self.version_in_force()? else { return Ok(None) };
        let amendments = self.open_amendments(id)?.into_iter().map(|(_, reason)| reason).collect::<Vec<_>>();
        Ok(Some(PlanLock { version: label, adopted_on, locked: amendments.is_empty(), amendments }))
    }

    /// What closes the open amendments of the version in force, for the act that adopts the next one.
    pub(crate) fn closed_amendments(&self) -> Result<Vec<Draft>, Failure> {
        let Some((version, ..)) = self.version_in_force()? else { return Ok(Vec::new()) };
        let close = |(id, _)| Draft::set(id, Kind::Note.name(), fields([(Field::Done, json!(true))]));
        Ok(self.open_amendments(version)?.into_iter().map(close).collect())
    }

    /// Reasons of the amendments that were declared on a version, oldest first.
    pub(crate) fn amendments_of(&self, version: EntityId) -> Result<Vec<String>, Failure> {
        Ok(self.amendments(version)?.into_iter().map(|(_, reason, _)| reason).collect())
    }

    /// Refuses an act that changes what was adopted while no amendment is declared.
    ///
    /// # Errors
    /// [`Failure::PlanAdopted`] or what the store reports.
    pub(crate) fn keep_adopted(&self, drafts: &[Draft]) -> Result<(), Failure> {
        let adopted = |draft: &&Draft| Kind::named(&draft.kind).is_some_and(|kind| ADOPTED.contains(&kind));
        let lives = |draft: &&Draft| {
            let mut names = draft.set.0.keys();
            names.all(|name| Field::named(name).is_some_and(|field| LIVING.contains(&field)))
        };
        let mut touching = drafts.iter().filter(adopted).filter(|draft| !lives(draft)).peekable();
        if touching.peek().is_none() {
            return Ok(());
        }
        let Some((version, label, _)) = self.version_in_force()? else { return Ok(()) };
        if !self.open_amendments(version)?.is_empty() {
            return Ok(());
        }
        for draft in touching {
            if draft.kind != Kind::Link.name() || self.ties_an_action(draft, drafts)? {
                return Err(Failure::PlanAdopted { label });
            }
        }
        Ok(())
    }

    /// Whether a tie leaves an action: ties of proposals and ateliers were not adopted.
    fn ties_an_action(&self, draft: &Draft, drafts: &[Draft]) -> Result<bool, Failure> {
        let from = match draft.set.id(Field::From) {
            Some(from) => Some(from),
            None => self.store.entity(draft.entity)?.and_then(|link| link.fields.id(Field::From)),
        };
        let Some(from) = from else { return Ok(false) };
        let action = |kind: &str| kind == Kind::Action.name();
        let here = self.store.entity(from)?.is_some_and(|entity| action(&entity.kind));
        Ok(here || drafts.iter().any(|draft| draft.entity == from && action(&draft.kind)))
    }

    /// The latest version that was adopted: id, label, day.
    fn version_in_force(&self) -> Result<Option<(EntityId, String, Option<String>)>, Failure> {
        let versions = self.list(Kind::PlanVersion)?;
        let last = versions.iter().max_by_key(|version| version.id);
        Ok(last.map(|one| (one.id, text(one, Field::Label), one.fields.string(Field::AdoptedOn))))
    }

    fn open_amendments(&self, version: EntityId) -> Result<Vec<(EntityId, String)>, Failure> {
        let open = self.amendments(version)?.into_iter().filter(|(.., done)| !done);
        Ok(open.map(|(id, reason, _)| (id, reason)).collect())
    }

    fn amendments(&self, version: EntityId) -> Result<Vec<(EntityId, String, bool)>, Failure> {
        let mut notes = self.children(Kind::Note, version)?;
        notes.retain(|note| note.fields.text(Field::Kind) == Some(AMENDMENT));
        notes.sort_by_key(|note| note.id);
        Ok(notes.iter().map(|note| (note.id, text(note, Field::Text), note.fields.flag(Field::Done))).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{
        EntityId, Failure, Field, Fields, Kind, Session,
        testing::{noted, room},
        views::*,
    };
    use serde_json::{Value, json};

    fn made<const N: usize>(session: &mut Session, kind: Kind, set: [(Field, Value); N]) -> EntityId {
        session.create_entity(kind, set.into_iter().collect::<Fields>(), None).unwrap()
    }

    fn edit(session: &mut Session, id: EntityId, field: Field, value: Value) -> Result<(), Failure> {
        session.edit_entity(id, [(field, value)].into_iter().collect())
    }

    #[test]
    fn an_adopted_plan_changes_only_under_a_declared_amendment_and_locks_again() {
        let (mut session, _, _folder) = room();
        let bus = made(&mut session, Kind::Action, [(Field::Title, json!("Bus"))]);
        assert!(session.plan().unwrap().lock.is_none());
        assert!(matches!(session.amend_plan("Trop tôt"), Err(Failure::NothingAdopted)));
        session.adopt_plan("V1").unwrap();
        let refused = edit(&mut session, bus, Field::Risks, json!("Le gel")).unwrap_err();
        assert!(matches!(&refused, Failure::PlanAdopted { label } if label == "V1"));
        assert!(refused.explain(session.language()).message.contains("V1"));
        assert!(session.remove_entities(&[bus]).is_err());
        assert!(matches!(session.amend_plan("  "), Err(Failure::WhyAmend)));
        session.amend_plan("Vote du 15 novembre").unwrap();
        assert_eq!(session.plan().unwrap().lock.unwrap().amendments, ["Vote du 15 novembre"]);
        edit(&mut session, bus, Field::Risks, json!("Le gel")).unwrap();
        session.adopt_plan("V2").unwrap();
        assert!(session.plan().unwrap().lock.unwrap().locked);
        assert!(edit(&mut session, bus, Field::Risks, json!("La neige")).is_err());
        let versions = session.plan_history(&AmendmentFilter::default()).unwrap().versions;
        assert_eq!(versions[1].amendments, ["Vote du 15 novembre"], "why V1 was amended stays told");
        session.undo().unwrap();
        edit(&mut session, bus, Field::Risks, json!("La neige")).unwrap();
    }

    #[test]
    fn carrying_the_plan_out_and_working_on_proposals_stay_free() {
        let (mut session, workshop, _folder) = room();
        let bus = made(&mut session, Kind::Action, [(Field::Title, json!("Bus"))]);
        let step = made(&mut session, Kind::Milestone, [(Field::Action, json!(bus)), (Field::What, json!("Voter"))]);
        let count = made(&mut session, Kind::Indicator, [(Field::Action, json!(bus)), (Field::Name, json!("Lignes"))]);
        let one = noted(&mut session, workshop, "Des bus");
        let finding = made(&mut session, Kind::Finding, [(Field::Text, json!("Peu de bus"))]);
        session.adopt_plan("V1").unwrap();
        edit(&mut session, bus, Field::Progress, json!(40)).unwrap();
        edit(&mut session, bus, Field::Status, json!("running")).unwrap();
        edit(&mut session, step, Field::DoneOn, json!("2022-10-01")).unwrap();
        let reading =
            [(Field::Indicator, json!(count)), (Field::Date, json!("2022-10-01")), (Field::Value, json!("2"))];
        made(&mut session, Kind::Measure, reading);
        made(&mut session, Kind::Note, [(Field::About, json!(bus)), (Field::Text, json!("À suivre"))]);
        session.set_links(one, "finding", &[finding]).unwrap();
        assert!(session.set_links(bus, "finding", &[finding]).is_err(), "what an action answers was adopted");
        assert!(edit(&mut session, step, Field::DueOn, json!("2022-10-02")).is_err());
    }
}
