//! Joining rapprochements: everything that hung on those that go is kept by the one that stays.

use crate::{Failure, Session, session::fields, suggest::pair};
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::Draft;
use serde_json::json;
use std::collections::BTreeSet;

impl Session {
    /// Joins rapprochements in one of them, which keeps its name: their proposals, notes and decisions, what was judged different
    /// from them, and the actions that take them up.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn join_clusters(&mut self, into: EntityId, others: &[EntityId]) -> Result<(), Failure> {
        let drafts = self.join_drafts(into, others)?;
        self.act("cluster.join", drafts)?;
        Ok(())
    }

    /// What joining rapprochements changes.
    pub(crate) fn join_drafts(&mut self, into: EntityId, others: &[EntityId]) -> Result<Vec<Draft>, Failure> {
        let kept = self.entity_of(Kind::Cluster, into)?;
        let others: BTreeSet<EntityId> = others.iter().copied().filter(|id| *id != into).collect();
        let mut notes: Vec<String> = kept.fields.string(Field::Note).into_iter().collect();
        let first = notes.len();
        let mut taken = self.actions_of(into)?;
        let mut different = self.different()?;
        let mut drafts = Vec::new();
        for other in &others {
            let gone = self.entity_of(Kind::Cluster, *other)?;
            for proposal in self.store.proposals_of_cluster(*other)? {
                drafts.push(Draft::set(proposal.id, Kind::Proposal.name(), fields([(Field::Cluster, json!(into))])));
            }
            for link in self.store.ending_at(Kind::Link, *other)? {
                if let (Some("cluster"), Some(action)) = (link.fields.text(Field::Kind), link.fields.id(Field::From)) {
                    drafts.push(Draft::life(link.id, Kind::Link.name(), true));
                    if taken.insert(action) {
                        drafts.push(self.link(action, "cluster", into));
                    }
                }
            }
            for decision in self.children(Kind::Decision, *other)? {
                drafts.push(Draft::set(decision.id, Kind::Decision.name(), fields([(Field::About, json!(into))])));
            }
            let ours = self.children(Kind::Distinct, *other)?.into_iter().map(|one| (one, Field::B));
            let theirs = self.store.ending_at(Kind::Distinct, *other)?.into_iter().map(|one| (one, Field::A));
            for (judged, end) in ours.chain(theirs) {
                let Some(far) = judged.fields.id(end) else { continue };
                drafts.push(Draft::life(judged.id, Kind::Distinct.name(), true));
                if far != into && !others.contains(&far) && different.insert(pair(into, far)) {
                    let set = fields([(Field::A, json!(into)), (Field::B, json!(far))]);
                    drafts.push(Draft::set(self.new_id(), Kind::Distinct.name(), set));
                }
            }
            notes.extend(gone.fields.string(Field::Note));
            drafts.push(Draft::life(*other, Kind::Cluster.name(), true));
        }
        if notes.len() > first {
            drafts.push(Draft::set(into, Kind::Cluster.name(), fields([(Field::Note, json!(notes.join("\n")))])));
        }
        Ok(drafts)
    }

    /// The actions that take a rapprochement up.
    pub(crate) fn actions_of(&self, cluster: EntityId) -> Result<BTreeSet<EntityId>, Failure> {
        let links = self.store.ending_at(Kind::Link, cluster)?;
        let ours = links.iter().filter(|link| link.fields.text(Field::Kind) == Some("cluster"));
        Ok(ours.filter_map(|link| link.fields.id(Field::From)).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{
        Field, Kind,
        testing::{noted, room},
        views::*,
    };
    use serde_json::json;

    #[test]
    fn the_one_that_stays_keeps_all_that_hung_on_those_that_go_and_undo_brings_them_back() {
        let (mut session, workshop, _folder) = room();
        let [a, b, c] =
            ["Un bus du soir", "Une navette le soir", "Un minibus"].map(|text| noted(&mut session, workshop, text));
        let new = |name: &str| Target::New { name: name.to_owned() };
        let one = session.cluster(&[a], &new("Bus")).unwrap().unwrap();
        let other = session.cluster(&[b], &new("Navette")).unwrap().unwrap();
        session.edit_entity(other, [(Field::Note, json!("À voir avec la Région"))].into_iter().collect()).unwrap();
        session.tell_apart(other, c).unwrap();
        let action = session.draft_action(other, None).unwrap();
        session.join_clusters(one, &[other, one]).unwrap();
        let clusters = session.consolidation(&ProposalFilter::default()).unwrap().clusters;
        assert_eq!(clusters.len(), 1);
        assert_eq!((clusters[0].name.as_str(), clusters[0].proposals), ("Bus", 2));
        assert_eq!(clusters[0].note.as_deref(), Some("À voir avec la Région"));
        assert_eq!(clusters[0].action.as_ref().map(|one| one.id), Some(action), "the action takes up the whole");
        assert_eq!(session.action(action).unwrap().sources.len(), 2);
        assert_eq!(session.store.children(Kind::Distinct, one).unwrap().len(), 1, "what was judged different stays so");
        session.undo().unwrap();
        let clusters = session.consolidation(&ProposalFilter::default()).unwrap().clusters;
        assert_eq!(clusters.iter().map(|one| one.proposals).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(session.action(action).unwrap().sources.len(), 1);
    }
}
