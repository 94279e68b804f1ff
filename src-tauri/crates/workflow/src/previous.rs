//! What other ateliers said on the same theme, and what became of it: what the next one opens with.

use crate::{
    Failure, Session,
    catalog::{count, text},
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use std::collections::HashMap;

/// Groups shown of one atelier: what a room can listen to.
const GROUPS: usize = 5;

/// What became of things, read once for all ateliers.
struct Became {
    /// Actions by the rapprochement they take up.
    actions: HashMap<EntityId, Vec<PreviousAction>>,
    /// Answers by proposal.
    answers: HashMap<EntityId, Vec<String>>,
}

impl Session {
    /// What other ateliers said on an atelier's theme, and what became of it.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn previous(&self, workshop: EntityId) -> Result<Previous, Failure> {
        let entity = self.entity_of(Kind::Workshop, workshop)?;
        let catalog = self.catalog()?;
        let Some(theme) = entity.fields.id(Field::Theme) else {
            return Ok(Previous { theme: None, rooms: Vec::new() });
        };
        let became = self.became()?;
        let mut rooms = Vec::new();
        for row in self.workshops(&catalog)? {
            let same = row.theme.as_ref().is_some_and(|one| one.id == theme);
            if row.id == workshop || !same || row.state == "planned" {
                continue;
            }
            let room = self.previous_room(row, &became)?;
            if !room.groups.is_empty() || !room.decisions.is_empty() || !room.next_steps.is_empty() {
                rooms.push(room);
            }
        }
        Ok(Previous { theme: catalog.theme(theme), rooms })
    }

    fn previous_room(&self, row: WorkshopRow, became: &Became) -> Result<PreviousRoom, Failure> {
        let ranks = self.ranks(row.id)?;
        let proposals = self.children(Kind::Proposal, row.id)?;
        let mut groups: Vec<PreviousGroup> = Vec::new();
        for group in self.children(Kind::Group, row.id)? {
            let inside: Vec<&Entity> =
                proposals.iter().filter(|one| one.fields.id(Field::Group) == Some(group.id)).collect();
            let mut actions: Vec<PreviousAction> = Vec::new();
            let clusters = inside.iter().filter_map(|one| one.fields.id(Field::Cluster));
            for action in clusters.filter_map(|cluster| became.actions.get(&cluster)).flatten() {
                if !actions.contains(action) {
                    actions.push(action.clone());
                }
            }
            let mut answers: Vec<String> =
                inside.iter().filter_map(|one| became.answers.get(&one.id)).flatten().cloned().collect();
            answers.dedup();
            groups.push(PreviousGroup {
                id: group.id,
                name: text(&group, Field::Name),
                proposals: count(&inside),
                rank: ranks.get(&group.id).copied(),
                actions,
                answers,
            });
        }
        groups.sort_by_key(|one| (one.rank.unwrap_or(u32::MAX), std::cmp::Reverse(one.proposals)));
        groups.truncate(GROUPS);
        let notes = self.children(Kind::Note, row.id)?;
        let of_kind = |word: &'static str| notes.iter().filter(move |one| one.fields.text(Field::Kind) == Some(word));
        Ok(PreviousRoom {
            id: row.id,
            number: row.number,
            title: row.title,
            territories: row.territories,
            date: row.date,
            proposals: row.proposals,
            groups,
            decisions: of_kind("decision_taken").map(|one| text(one, Field::Text)).collect(),
            next_steps: of_kind("next_step")
                .map(|one| PreviousStep { text: text(one, Field::Text), done: one.fields.flag(Field::Done) })
                .collect(),
        })
    }

    /// The best rank that each group or proposal had in the closed votes of an atelier.
    fn ranks(&self, workshop: EntityId) -> Result<HashMap<EntityId, u32>, Failure> {
        let mut ranks: HashMap<EntityId, u32> = HashMap::new();
        for row in self.ballots(workshop)? {
            let view = self.ballot(row.id)?;
            let Some(outcome) = &view.outcome else { continue };
            let mut rank = 1;
            for tied in &outcome.ranking {
                let about = view.options.iter().filter(|option| tied.contains(&option.id.to_string()));
                for about in about.filter_map(|option| option.about) {
                    let best = ranks.entry(about).or_insert(rank);
                    *best = rank.min(*best);
                }
                rank += count(tied);
            }
        }
        Ok(ranks)
    }

    fn became(&self) -> Result<Became, Failure> {
        let catalog = self.catalog()?;
        let plan = self.plan()?;
        let mut actions: HashMap<EntityId, Vec<PreviousAction>> = HashMap::new();
        let rows = plan.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).chain(&plan.loose);
        for row in rows {
            let action = PreviousAction {
                id: row.id,
                number: row.number.clone(),
                title: row.title.clone(),
                status: row.status.clone(),
            };
            for cluster in catalog.linked(row.id, "cluster") {
                actions.entry(cluster).or_default().push(action.clone());
            }
        }
        let mut answers: HashMap<EntityId, Vec<String>> = HashMap::new();
        for outcome in self.list(Kind::Outcome)?.iter() {
            let words = outcome.fields.string(Field::Answer).or_else(|| outcome.fields.string(Field::Reason));
            if let (Some(proposal), Some(words)) = (outcome.fields.id(Field::Proposal), words) {
                answers.entry(proposal).or_default().push(words);
            }
        }
        Ok(Became { actions, answers })
    }
}
