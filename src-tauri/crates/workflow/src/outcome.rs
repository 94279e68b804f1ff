//! Suite donnée: every proposal has an outcome, mostly by itself from what became of its rapprochement.
//!
//! Asked in this order: what someone answered to this proposal; the actions that take up its rapprochement; what the committee
//! last decided on it; what the room itself did with it. What is left is the work list.

use crate::{
    Failure, Session, catalog::count, consolidate::Origins, home::fold, ledger::Line, session::fields, views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Proposals that one page of the list holds.
const PAGE: usize = 400;

/// What tells outcomes, read once for all proposals.
pub(crate) struct Telling {
    pub origins: Origins,
    pub plan: PlanView,
    actions: HashMap<EntityId, ActionRow>,
    by_cluster: HashMap<EntityId, Vec<EntityId>>,
    answers: HashMap<EntityId, Entity>,
    decisions: HashMap<EntityId, DecisionRow>,
    /// What was split in them, or joined with others.
    went_on: HashMap<EntityId, Vec<EntityId>>,
    language: crate::Language,
}

impl Session {
    pub(crate) fn telling(&self) -> Result<Telling, Failure> {
        let origins = self.origins()?;
        let plan = self.plan_over(&origins)?;
        let rows = plan.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).chain(&plan.loose);
        let actions: HashMap<EntityId, ActionRow> = rows.map(|row| (row.id, row.clone())).collect();
        let mut by_cluster: HashMap<EntityId, Vec<EntityId>> = HashMap::new();
        let mut live: Vec<&ActionRow> =
            actions.values().filter(|row| row.status.as_deref() != Some("dropped")).collect();
        live.sort_by(|one, other| one.number.cmp(&other.number).then(one.id.cmp(&other.id)));
        for row in live {
            for cluster in origins.catalog.linked(row.id, "cluster") {
                by_cluster.entry(cluster).or_default().push(row.id);
            }
        }
        let mut answers: HashMap<EntityId, Entity> = HashMap::new();
        for answer in self.list(Kind::Outcome)?.iter() {
            if let Some(proposal) = answer.fields.id(Field::Proposal) {
                // Of two laptops' answers the later one stands, whichever was taken in first.
                let known = answers.entry(proposal).or_insert_with(|| answer.clone());
                if answer.id > known.id {
                    *known = answer.clone();
                }
            }
        }
        let mut decisions = HashMap::new();
        let decided = self.list(Kind::Decision)?;
        for cluster in self.list(Kind::Cluster)?.iter().filter(|one| decided.under(one.id).next().is_some()) {
            if let Some(last) = self.decisions(cluster.id)?.into_iter().next() {
                decisions.insert(cluster.id, last);
            }
        }
        let mut went_on: HashMap<EntityId, Vec<EntityId>> = HashMap::new();
        for (new, sources) in origins.catalog.sources() {
            sources.into_iter().for_each(|source| went_on.entry(source).or_default().push(new));
        }
        Ok(Telling { origins, plan, actions, by_cluster, answers, decisions, went_on, language: self.language() })
    }

    /// The work list: proposals and what became of them.
    ///
    /// # Errors
    /// What the store reports.
    pub fn outcomes(&self, filter: &OutcomeFilter) -> Result<Outcomes, Failure> {
        let _page = self.page()?;
        let telling = self.telling()?;
        let words: Vec<String> =
            fold(filter.text.as_deref().unwrap_or("")).split_whitespace().map(str::to_owned).collect();
        let mut shown = Vec::new();
        let (mut matching, mut total, mut open) = (0, 0, 0);
        let mut counts: BTreeMap<OutcomeKind, u32> = BTreeMap::new();
        let mut rooms: HashMap<EntityId, (u32, u32)> = HashMap::new();
        for line in self.ledger()?.iter() {
            let kind = telling.kind(line);
            total += 1;
            open += u32::from(kind.is_none());
            let workshop = line.workshop.unwrap_or(line.id);
            let room = rooms.entry(workshop).or_default();
            *room = (room.0 + 1, room.1 + u32::from(kind.is_none()));
            kind.into_iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
            let theme = || telling.origins.theme_at(line.theme, line.workshop);
            let keep = filter.workshop.is_none_or(|wanted| wanted == workshop)
                && filter.theme.is_none_or(|wanted| theme() == Some(wanted))
                && (!filter.open || kind.is_none())
                && filter.kind.is_none_or(|wanted| kind == Some(wanted))
                && line.says(&words);
            if keep {
                matching += 1;
                if shown.len() < PAGE {
                    shown.push(line.id);
                }
            }
        }
        let mut rows = Vec::with_capacity(shown.len());
        for id in shown {
            let told = |entity: Entity| AnsweredProposal {
                proposal: telling.origins.source(&entity),
                outcome: telling.outcome(&entity),
            };
            rows.extend(self.store.entity(id)?.map(told));
        }
        let mut actions: Vec<&ActionRow> = telling.actions.values().collect();
        actions.sort_by(|one, other| one.number.cmp(&other.number).then(one.id.cmp(&other.id)));
        let named = |row: &ActionRow| Named { id: row.id, name: format!("{} {}", row.number, row.title) };
        let workshops = self.workshops(&telling.origins.catalog)?;
        Ok(Outcomes {
            rows,
            matching,
            total,
            open,
            counts: counted(counts),
            actions: actions.into_iter().map(named).collect(),
            reasons: self.set_aside_reasons()?,
            workshops: workshops
                .iter()
                .filter_map(|row| rooms.get(&row.id).map(|(said, open)| followed(row, *said, *open)))
                .collect(),
        })
    }

    /// What became of the proposals of one atelier.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn followup(&self, workshop: EntityId) -> Result<Followup, Failure> {
        let _page = self.page()?;
        self.entity_of(Kind::Workshop, workshop)?;
        let telling = self.telling()?;
        let missing = || Failure::NoSuch { what: Some(Kind::Workshop), reference: workshop.to_string() };
        let row = telling.origins.workshop(workshop).ok_or_else(missing)?;
        let order: Vec<EntityId> = self.children(Kind::Group, workshop)?.into_iter().map(|group| group.id).collect();
        let mut rows: Vec<AnsweredProposal> = self
            .children(Kind::Proposal, workshop)?
            .iter()
            .map(|entity| AnsweredProposal {
                proposal: telling.origins.source(entity),
                outcome: telling.outcome(entity),
            })
            .collect();
        rows.sort_by_key(|row| {
            let group = row.proposal.group.as_ref().map(|group| group.id);
            order.iter().position(|one| Some(*one) == group).unwrap_or(order.len())
        });
        let mut counts: BTreeMap<OutcomeKind, u32> = BTreeMap::new();
        rows.iter().filter_map(|row| row.outcome.as_ref()).for_each(|one| *counts.entry(one.kind).or_default() += 1);
        let open = rows.iter().filter(|row| row.outcome.is_none()).count();
        let workshop = followed(row, count(&rows), u32::try_from(open).unwrap_or(u32::MAX));
        Ok(Followup { workshop, counts: counted(counts), rows })
    }

    /// Answers proposals, as one act. An answer that was there is changed.
    ///
    /// # Errors
    /// [`Failure::WhySetAside`] where something is set aside without a reason or an answer, [`Failure::NoSuch`], or what the
    /// store reports.
    pub fn answer(&mut self, new: &NewOutcome) -> Result<(), Failure> {
        let kept =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let (reason, answer) = (kept(&new.reason), kept(&new.answer));
        if new.kind == OutcomeKind::SetAside && reason.is_none() && answer.is_none() {
            return Err(Failure::WhySetAside);
        }
        if let Some(action) = new.action {
            self.entity_of(Kind::Action, action)?;
        }
        let mut drafts = Vec::new();
        for proposal in &new.proposals {
            self.entity_of(Kind::Proposal, *proposal)?;
            let known = self.children(Kind::Outcome, *proposal)?.into_iter().max_by_key(|one| one.id);
            let mut set = fields([
                (Field::Kind, json!(new.kind)),
                (Field::Action, new.action.map_or(Value::Null, |action| json!(action))),
                (Field::Reason, json!(reason)),
                (Field::Answer, json!(answer)),
            ]);
            let id = match known {
                Some(known) => {
                    set.0.retain(|name, value| known.fields.0.get(name).unwrap_or(&Value::Null) != value);
                    known.id
                }
                None => {
                    set.0.insert(Field::Proposal.name().to_owned(), json!(proposal));
                    self.new_id()
                }
            };
            drafts.push(Draft::set(id, Kind::Outcome.name(), set));
        }
        self.act("outcome.answer", drafts)?;
        Ok(())
    }
}

impl Telling {
    /// What became of a proposal; none while nobody has said.
    pub fn outcome(&self, proposal: &Entity) -> Option<OutcomeRow> {
        self.answered(proposal)
            .or_else(|| self.of_cluster(proposal.fields.id(Field::Cluster)?))
            .or_else(|| self.of_room(proposal))
    }

    /// The same in a word, without the sentence.
    pub fn kind(&self, proposal: &Line) -> Option<OutcomeKind> {
        let answered = || serde_json::from_value(self.answers.get(&proposal.id)?.fields.get(Field::Kind)?.clone()).ok();
        let of_cluster = || {
            let cluster = proposal.cluster?;
            if self.by_cluster.contains_key(&cluster) {
                return Some(OutcomeKind::TakenUp);
            }
            decided(self.decisions.get(&cluster)?)
        };
        let of_room = || {
            let went_on = self.went_on.contains_key(&proposal.id);
            proposal.parked.then_some(if went_on { OutcomeKind::Merged } else { OutcomeKind::SetAside })
        };
        answered().or_else(of_cluster).or_else(of_room)
    }

    fn answered(&self, proposal: &Entity) -> Option<OutcomeRow> {
        let answer = self.answers.get(&proposal.id)?;
        let kind = serde_json::from_value(answer.fields.get(Field::Kind)?.clone()).ok()?;
        let actions: Vec<&ActionRow> =
            answer.fields.id(Field::Action).and_then(|id| self.actions.get(&id)).into_iter().collect();
        let own = answer.fields.text(Field::Answer).map(str::to_owned);
        let sentence = own.unwrap_or_else(|| self.sentence(kind, &actions, answer.fields.text(Field::Reason)));
        Some(OutcomeRow { answer: Some(answer.id), ..outcome(kind, OutcomeFrom::Answer, &actions, sentence) })
    }

    fn of_cluster(&self, cluster: EntityId) -> Option<OutcomeRow> {
        if let Some(ids) = self.by_cluster.get(&cluster) {
            let actions: Vec<&ActionRow> = ids.iter().filter_map(|id| self.actions.get(id)).collect();
            let sentence = self.sentence(OutcomeKind::TakenUp, &actions, None);
            return Some(outcome(OutcomeKind::TakenUp, OutcomeFrom::Action, &actions, sentence));
        }
        let decision = self.decisions.get(&cluster)?;
        let kind = decided(decision)?;
        let sentence = self.sentence(kind, &[], decision.reason.as_deref());
        Some(outcome(kind, OutcomeFrom::Decision, &[], sentence))
    }

    /// What the room put aside: for other words of its own, or for good.
    fn of_room(&self, proposal: &Entity) -> Option<OutcomeRow> {
        if !proposal.fields.flag(Field::Parked) {
            return None;
        }
        let (kind, sentence) = if self.went_on.contains_key(&proposal.id) {
            let words = ("Reprise par l’atelier dans d’autres mots.", "Taken up by the workshop in other words.");
            (OutcomeKind::Merged, self.language.say(words.0, words.1))
        } else {
            let words = ("Mise de côté par l’atelier.", "Put aside by the workshop.");
            (OutcomeKind::SetAside, self.language.say(words.0, words.1))
        };
        Some(outcome(kind, OutcomeFrom::Room, &[], sentence))
    }

    /// The sentence for those who proposed.
    fn sentence(&self, kind: OutcomeKind, actions: &[&ActionRow], reason: Option<&str>) -> String {
        let names = |quote: [&str; 2]| -> String {
            let named = actions.iter().map(|row| format!("{} {}{}{}", row.number, quote[0], row.title, quote[1]));
            named.collect::<Vec<_>>().join(", ")
        };
        let leads: BTreeSet<&str> = actions.iter().flat_map(|row| &row.leads).map(|lead| lead.name.as_str()).collect();
        let leads = leads.into_iter().collect::<Vec<_>>().join(", ");
        let (french, english) = match kind {
            OutcomeKind::TakenUp if actions.is_empty() => {
                ("Reprise dans le plan".into(), "Taken up in the plan".into())
            }
            OutcomeKind::TakenUp => {
                let (s, led) = (
                    if actions.len() > 1 { "les actions" } else { "l’action" },
                    if leads.is_empty() { String::new() } else { format!(" (pilote : {leads})") },
                );
                let by = if leads.is_empty() { String::new() } else { format!(" (lead: {leads})") };
                (
                    format!("Reprise dans {s} {}{led}", names(["«\u{a0}", "\u{a0}»"])),
                    format!("Taken up in action {}{by}", names(["“", "”"])),
                )
            }
            OutcomeKind::Retained => (
                "Retenue par le comité, à écrire dans le plan".into(),
                "Retained by the committee, to be written in the plan".into(),
            ),
            OutcomeKind::Merged => ("Réunie avec une autre proposition".into(), "Merged with another proposal".into()),
            OutcomeKind::Study => ("À l’étude".into(), "Being looked into".into()),
            OutcomeKind::Referred => {
                ("Transmise à qui peut y répondre".into(), "Passed on to those who can answer".into())
            }
            OutcomeKind::SetAside => ("Non retenue".into(), "Not taken up".into()),
        };
        let told: String = self.language.say(french, english);
        match reason.map(|reason| reason.trim().trim_end_matches('.')).filter(|reason| !reason.is_empty()) {
            Some(reason) => format!("{told}{} {reason}.", self.language.say("\u{a0}:", ":")),
            None => format!("{told}."),
        }
    }
}

fn decided(decision: &DecisionRow) -> Option<OutcomeKind> {
    Some(match decision.kind.as_str() {
        "retain" | "merge" => OutcomeKind::Retained,
        "study" => OutcomeKind::Study,
        "set_aside" => OutcomeKind::SetAside,
        _ => return None,
    })
}

fn outcome(kind: OutcomeKind, from: OutcomeFrom, actions: &[&ActionRow], sentence: String) -> OutcomeRow {
    let named = |row: &&ActionRow| Named { id: row.id, name: format!("{} {}", row.number, row.title) };
    OutcomeRow { kind, from, actions: actions.iter().map(named).collect(), sentence, answer: None }
}

fn counted(counts: BTreeMap<OutcomeKind, u32>) -> Vec<OutcomeCount> {
    counts.into_iter().map(|(kind, count)| OutcomeCount { kind, count }).collect()
}

fn followed(row: &WorkshopRow, proposals: u32, open: u32) -> FollowedWorkshop {
    FollowedWorkshop {
        id: row.id,
        number: row.number,
        title: row.title.clone(),
        territories: row.territories.clone(),
        date: row.date.clone(),
        proposals,
        open,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{
        EntityId, Failure, Field, Session,
        testing::{noted, room},
        views::*,
    };
    use serde_json::json;

    fn told(session: &Session, proposal: EntityId) -> Option<(OutcomeKind, OutcomeFrom, String)> {
        let all = session.outcomes(&OutcomeFilter::default()).unwrap();
        let row = all.rows.into_iter().find(|row| row.proposal.id == proposal).unwrap();
        row.outcome.map(|one| (one.kind, one.from, one.sentence))
    }

    fn answer(proposal: EntityId, kind: OutcomeKind, reason: Option<&str>) -> NewOutcome {
        NewOutcome { proposals: vec![proposal], kind, action: None, reason: reason.map(str::to_owned), answer: None }
    }

    #[test]
    fn a_proposal_follows_its_rapprochement_from_the_committee_to_the_plan() {
        let (mut session, workshop, _folder) = room();
        let one = noted(&mut session, workshop, "Des bus le soir");
        let cluster = session.cluster(&[one], &Target::New { name: "Bus du soir".into() }).unwrap().unwrap();
        assert_eq!(told(&session, one), None);
        let decision = |kind, reason: Option<&str>| NewDecision {
            clusters: vec![cluster],
            kind,
            reason: reason.map(str::to_owned),
            body: None,
            into: None,
        };
        session.decide(&decision(DecisionKind::SetAside, Some("Existe déjà."))).unwrap();
        let (kind, from, sentence) = told(&session, one).unwrap();
        assert_eq!((kind, from), (OutcomeKind::SetAside, OutcomeFrom::Decision));
        assert_eq!(sentence, "Non retenue\u{a0}: Existe déjà.");
        session.decide(&decision(DecisionKind::Retain, None)).unwrap();
        assert_eq!(told(&session, one).unwrap().0, OutcomeKind::Retained);
        let action = session.draft_action(cluster, None).unwrap();
        let (kind, from, sentence) = told(&session, one).unwrap();
        assert_eq!((kind, from), (OutcomeKind::TakenUp, OutcomeFrom::Action));
        assert!(sentence.contains("Bus du soir"), "{sentence}");
        let dropped = [(Field::Status, json!("dropped"))].into_iter().collect();
        session.edit_entity(action, dropped).unwrap();
        assert_eq!(told(&session, one).unwrap().0, OutcomeKind::Retained, "an action given up answers nobody");
    }

    #[test]
    fn an_answer_of_its_own_goes_before_all_and_can_be_taken_back() {
        let (mut session, workshop, _folder) = room();
        let one = noted(&mut session, workshop, "Des bus le soir");
        let cluster = session.cluster(&[one], &Target::New { name: "Bus".into() }).unwrap().unwrap();
        session.draft_action(cluster, None).unwrap();
        assert!(matches!(session.answer(&answer(one, OutcomeKind::SetAside, None)), Err(Failure::WhySetAside)));
        session.answer(&answer(one, OutcomeKind::Referred, Some("la Région"))).unwrap();
        session.answer(&answer(one, OutcomeKind::Referred, Some("la Région, en octobre"))).unwrap();
        assert_eq!(told(&session, one).unwrap().0, OutcomeKind::Referred);
        assert_eq!(session.info().unwrap().entities.get("outcome"), Some(&1), "changed, not doubled");
        session.undo().unwrap();
        session.undo().unwrap();
        assert_eq!(told(&session, one).unwrap().1, OutcomeFrom::Action);
    }

    #[test]
    fn every_proposal_of_an_atelier_is_in_its_leaflet_those_split_or_put_aside_too() {
        let (mut session, workshop, _folder) = room();
        let whole = noted(&mut session, workshop, "Des bus et des vélos");
        let aside = noted(&mut session, workshop, "Hors sujet");
        session.split(whole, &["Des bus".to_owned(), "Des vélos".to_owned()]).unwrap();
        session.park(&[aside], true).unwrap();
        let leaflet = session.followup(workshop).unwrap();
        assert_eq!((leaflet.workshop.proposals, leaflet.workshop.open), (4, 2));
        let kind = |id| {
            let row = leaflet.rows.iter().find(|row| row.proposal.id == id).unwrap();
            row.outcome.as_ref().map(|one| (one.kind, one.from))
        };
        assert_eq!(kind(whole), Some((OutcomeKind::Merged, OutcomeFrom::Room)));
        assert_eq!(kind(aside), Some((OutcomeKind::SetAside, OutcomeFrom::Room)));
        assert_eq!(leaflet.counts.iter().map(|one| one.count).sum::<u32>(), 2);
    }

    #[test]
    fn the_work_list_narrows_to_what_has_no_answer() {
        let (mut session, workshop, _folder) = room();
        let one = noted(&mut session, workshop, "Des bus le soir");
        let other = noted(&mut session, workshop, "Des vélos à la gare");
        session.answer(&answer(one, OutcomeKind::Study, None)).unwrap();
        let open = session.outcomes(&OutcomeFilter { open: true, ..OutcomeFilter::default() }).unwrap();
        assert_eq!(open.rows.iter().map(|row| row.proposal.id).collect::<Vec<_>>(), [other]);
        assert_eq!((open.matching, open.total, open.open), (1, 2, 1));
        let text = Some("VELOS".to_owned());
        assert_eq!(session.outcomes(&OutcomeFilter { text, ..OutcomeFilter::default() }).unwrap().matching, 1);
    }
}
