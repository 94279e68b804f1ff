//! The page of one action, to be looked at while it is written: what other pages say is not read.

use crate::{
    Failure, Session,
    sources::proposal_source,
    views::{AxisNode, ObjectiveNode},
};
use moisson_document::source::{ActionSource, AxisSource, ObjectiveSource, PlanSource};
use moisson_domain::{EntityId, Kind};
use std::collections::HashMap;

/// Everything that the page of an action says, read at one moment.
pub struct ActionPage {
    plan: PlanSource,
    action: EntityId,
}

impl Session {
    /// Reads what the page of an action will say.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn action_page(&self, action: EntityId) -> Result<ActionPage, Failure> {
        let origins = self.origins()?;
        let plan = self.plan_over(&origins)?;
        let codes = self.codes(&origins)?;
        let findings = self.findings(&origins.catalog)?;
        let placed =
            plan.axes.iter().flat_map(|axis| axis.objectives.iter().map(move |one| (Some((axis, one)), &one.actions)));
        let mut all =
            placed.chain([(None, &plan.loose)]).flat_map(|(place, rows)| rows.iter().map(move |row| (place, row)));
        let missing = || Failure::NoSuch { what: Some(Kind::Action), reference: action.to_string() };
        let (place, row) = all.find(|(_, row)| row.id == action).ok_or_else(missing)?;
        let source = self.action_source(row, &origins, &codes, &findings, &mut HashMap::new())?;
        let mut page = PlanSource { frame: self.frame()?, title: plan.title.clone(), ..PlanSource::default() };
        for cluster in origins.catalog.linked(action, "cluster") {
            for proposal in self.store.proposals_of_cluster(cluster)? {
                if let Some(code) = codes.get(&proposal.id).filter(|code| source.proposals.contains(code)) {
                    page.proposals.push(proposal_source(origins.source(&proposal), code.clone(), Vec::new()));
                }
            }
        }
        match place {
            Some((axis, objective)) => page.axes.push(axis_of(axis, objective, source)),
            None => page.loose.push(source),
        }
        Ok(ActionPage { plan: page, action })
    }
}

impl ActionPage {
    /// Its pages as pictures (SVG).
    ///
    /// # Errors
    /// [`Failure::Document`].
    pub fn preview(&self) -> Result<Vec<String>, Failure> {
        Ok(moisson_document::preview_action(&self.plan, &self.action.to_string())?)
    }
}

fn axis_of(axis: &AxisNode, objective: &ObjectiveNode, action: ActionSource) -> AxisSource {
    AxisSource {
        number: axis.number.clone(),
        title: axis.title.clone(),
        description: None,
        objectives: vec![ObjectiveSource {
            number: objective.number.clone(),
            title: objective.title.clone(),
            description: None,
            actions: vec![action],
        }],
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{Failure, Field, Kind, testing::room};
    use serde_json::json;

    #[test]
    fn the_page_of_an_action_follows_what_is_typed_and_no_other() {
        let (mut session, _, _folder) = room();
        let make = |session: &mut crate::Session, title: &str| {
            session.create_entity(Kind::Action, [(Field::Title, json!(title))].into_iter().collect(), None).unwrap()
        };
        let (bus, permit) = (make(&mut session, "Des bus"), make(&mut session, "Le permis"));
        let drawn = |session: &crate::Session, id| session.action_page(id).unwrap().preview().unwrap();
        let before = [bus, permit].map(|id| drawn(&session, id));
        assert_eq!(before.each_ref().map(Vec::len), [1, 1], "a page, without cover or contents");
        session
            .edit_entity(bus, [(Field::Description, json!("Une ligne de plus, le soir."))].into_iter().collect())
            .unwrap();
        let after = [bus, permit].map(|id| drawn(&session, id));
        assert!(after[0] != before[0] && after[1] == before[1]);
        session.remove_entities(&[bus]).unwrap();
        assert!(matches!(session.action_page(bus), Err(Failure::NoSuch { .. })));
    }
}
