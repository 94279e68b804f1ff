//! Bundles of documents in one ZIP: the file of proof for a European audit, and open data.

use crate::{Failure, Session, views::*};
use moisson_document::{Format, Source, source::*};
use moisson_domain::{EntityId, Field, Kind};
use std::collections::BTreeSet;

/// A document in a bundle: the folder and name it has there, and its format.
pub(crate) struct Member {
    pub path: String,
    pub source: Source,
    pub format: Format,
}

impl Session {
    /// Minutes, signed attendance sheet and poster of every atelier that was held, and what is in there and what lacks.
    pub(crate) fn proof_members(&self) -> Result<Vec<Member>, Failure> {
        let say = |fr: &str, en: &str| self.language().say(fr, en);
        let mut members = Vec::new();
        let mut rows = Vec::new();
        for row in self.workshops(&self.catalog()?)? {
            let workshop = self.workshop_source(&row)?;
            let sheet = self.attendance_sheet_source(row.id, true)?;
            let held = row.state == "closed" || row.proposals > 0 || sheet.present > 0;
            let mut proof = ProofRow { signed: signed(&sheet), held, workshop: workshop.clone(), files: Vec::new() };
            if held {
                let folder = crate::publish::name(&say("atelier", "workshop"), &workshop);
                let mut add = |name: String, source: Source| {
                    let path = format!("{folder}/{name}.pdf");
                    proof.files.push(path.clone());
                    members.push(Member { path, source, format: Format::Pdf });
                };
                let minutes = self.minutes_source(row.id, false)?;
                add(say("compte-rendu", "minutes"), Source::Minutes(Box::new(minutes)));
                add(say("emargement", "attendance"), Source::Attendance(Box::new(sheet)));
                let poster = self.room_source(DocumentKind::Poster, row.id, None)?;
                add(say("affiche", "poster"), Source::Poster(Box::new(poster)));
            }
            rows.push(proof);
        }
        let index = ProofSource { frame: self.frame()?, rows, notices: self.publicity()? };
        let path = say("sommaire.pdf", "contents.pdf");
        members.insert(0, Member { path, source: Source::Proof(Box::new(index)), format: Format::Pdf });
        Ok(members)
    }

    /// The plan without what is not for the public: confidential actions, who does each step, who spoke at which table.
    pub(crate) fn open_source(&self) -> Result<PlanSource, Failure> {
        let mut plan = self.plan_source()?;
        let secret: BTreeSet<String> = self
            .list(Kind::Action)?
            .iter()
            .filter(|action| action.fields.flag(Field::Confidential))
            .map(|action| action.id.to_string())
            .collect();
        let open = |actions: &mut Vec<ActionSource>| {
            actions.retain(|action| !secret.contains(&action.id));
            for action in actions {
                action.milestones.iter_mut().for_each(|one| one.who = None);
            }
        };
        let objectives = plan.axes.iter_mut().flat_map(|axis| &mut axis.objectives);
        objectives.for_each(|objective| open(&mut objective.actions));
        open(&mut plan.loose);
        let numbers: BTreeSet<String> = plan
            .axes
            .iter()
            .flat_map(|axis| &axis.objectives)
            .flat_map(|objective| &objective.actions)
            .chain(&plan.loose)
            .map(|action| action.number.clone())
            .collect();
        let telling = self.telling()?;
        let mut became = Vec::new();
        self.store.for_each(Some(Kind::Proposal.name()), |proposal| {
            let kind = telling.outcome(&proposal).map(|outcome| serde_json::json!(outcome.kind));
            became.push(kind.and_then(|kind| kind.as_str().map(str::to_owned)));
        })?;
        // Both were read in the one order that the store has.
        for (proposal, became) in plan.proposals.iter_mut().zip(became) {
            proposal.became = became;
            proposal.table = None;
            proposal.organisation = None;
            proposal.actions.retain(|number| numbers.contains(number));
        }
        Ok(plan)
    }
}

/// How many of those present signed.
fn signed(sheet: &AttendanceSheetSource) -> (u32, u32) {
    let signatures = sheet.people.iter().filter(|person| person.signature.is_some()).count();
    (u32::try_from(signatures).unwrap_or(u32::MAX), sheet.present)
}

/// Ateliers of which the audit will ask, for those who choose one by one.
impl Session {
    /// Ateliers that have a vote, by date.
    ///
    /// # Errors
    /// What the store reports.
    pub fn workshops_with_votes(&self) -> Result<Vec<EntityId>, Failure> {
        let mut found = Vec::new();
        for id in self.all_workshops()? {
            if !self.ballots(id)?.is_empty() {
                found.push(id);
            }
        }
        Ok(found)
    }
}
