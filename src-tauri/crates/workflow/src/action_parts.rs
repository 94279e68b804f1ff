//! Splitting and joining actions: what hung on one hangs on the other, and no source is lost.

use crate::{Failure, Session, session::fields, views::*};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind, Rank};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Texts that go on in the whole, one under the other.
const TEXTS: [Field; 8] = [
    Field::Reasons,
    Field::Description,
    Field::Audience,
    Field::Means,
    Field::Conditions,
    Field::Risks,
    Field::Governance,
    Field::UserInvolvement,
];

/// What a new part keeps of the action it is split from.
const KEPT: [Field; 8] = [
    Field::Objective,
    Field::Status,
    Field::Priority,
    Field::StartsOn,
    Field::EndsOn,
    Field::Audience,
    Field::Governance,
    Field::Recurring,
];

/// Kinds whose lines go with an action.
const LINES: [Kind; 3] = [Kind::Milestone, Kind::Funding, Kind::Indicator];

impl Session {
    /// Joins actions in one of them, which keeps its title and place: texts one under the other, steps, money, indicators,
    /// partners and sources, answers and comments.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn join_actions(&mut self, into: EntityId, others: &[EntityId]) -> Result<(), Failure> {
        let kept = self.entity_of(Kind::Action, into)?;
        let others: BTreeSet<EntityId> = others.iter().copied().filter(|id| *id != into).collect();
        let mut sources: Vec<Entity> = Vec::new();
        for id in &others {
            sources.push(self.entity_of(Kind::Action, *id)?);
        }
        let mut tied: BTreeSet<(String, EntityId)> = BTreeSet::new();
        for link in self.children(Kind::Link, into)? {
            tied.extend(link.fields.string(Field::Kind).zip(link.fields.id(Field::To)));
        }
        let mut drafts = vec![Draft::set(into, Kind::Action.name(), joined_texts(&kept, &sources))];
        for other in &others {
            for link in self.children(Kind::Link, *other)? {
                let Some((word, to)) = link.fields.string(Field::Kind).zip(link.fields.id(Field::To)) else { continue };
                drafts.push(Draft::life(link.id, Kind::Link.name(), true));
                if to != into && !others.contains(&to) && tied.insert((word.clone(), to)) {
                    drafts.push(self.link(into, &word, to));
                }
            }
            for kind in LINES {
                for line in self.children(kind, *other)? {
                    drafts.push(Draft::set(line.id, kind.name(), fields([(Field::Action, json!(into))])));
                }
            }
            for kind in [Kind::Note, Kind::Decision] {
                for about in self.children(kind, *other)? {
                    drafts.push(Draft::set(about.id, kind.name(), fields([(Field::About, json!(into))])));
                }
            }
            drafts.push(Draft::life(*other, Kind::Action.name(), true));
        }
        for answer in self.list(Kind::Outcome)?.iter() {
            if answer.fields.id(Field::Action).is_some_and(|action| others.contains(&action)) {
                drafts.push(Draft::set(answer.id, Kind::Outcome.name(), fields([(Field::Action, json!(into))])));
            }
        }
        self.act("action.join", drafts)?;
        Ok(())
    }

    /// Splits an action: a new one stands after it and takes these rapprochements along. Leads, partners, themes and bassins are
    /// those of both.
    ///
    /// # Errors
    /// What a title refuses, [`Failure::NoSuch`] or what the store reports.
    pub fn split_action(&mut self, action: EntityId, title: &str, clusters: &[EntityId]) -> Result<EntityId, Failure> {
        let whole = self.entity_of(Kind::Action, action)?;
        moisson_domain::check(Kind::Action, Field::Title.name(), &json!(title.trim()))?;
        let id = self.new_id();
        let mut set: Fields = KEPT
            .into_iter()
            .filter_map(|field| Some((field, whole.fields.get(field)?.clone())))
            .chain([(Field::Title, json!(title.trim())), (Field::Rank, json!(self.rank_after(&whole)?))])
            .collect();
        set.0.retain(|_, value| !value.is_null());
        let mut drafts = vec![Draft::set(id, Kind::Action.name(), set)];
        for link in self.children(Kind::Link, action)? {
            let Some((word, to)) = link.fields.string(Field::Kind).zip(link.fields.id(Field::To)) else { continue };
            if word != "cluster" {
                drafts.push(self.link(id, &word, to));
            } else if clusters.contains(&to) {
                drafts.push(Draft::life(link.id, Kind::Link.name(), true));
                drafts.push(self.link(id, "cluster", to));
            }
        }
        self.act("action.split", drafts)?;
        Ok(id)
    }

    /// A place right after an action among those of its objective; at the end where there is no room.
    fn rank_after(&self, action: &Entity) -> Result<Option<String>, Failure> {
        let siblings = match action.fields.id(Field::Objective) {
            Some(objective) => self.children(Kind::Action, objective)?,
            None => self.list(Kind::Action)?.to_vec(),
        };
        let rank = |entity: &Entity| entity.fields.text(Field::Rank).and_then(Rank::parse);
        let at = siblings.iter().position(|one| one.id == action.id).unwrap_or_default();
        let between = Rank::between(rank(action).as_ref(), siblings.get(at + 1).and_then(rank).as_ref());
        let last = || Rank::between(siblings.last().and_then(rank).as_ref(), None);
        Ok(between.or_else(last).map(|rank| rank.to_string()))
    }

    /// Remarks of co-writers on something, oldest first.
    pub(crate) fn comments(&self, about: EntityId) -> Result<Vec<CommentRow>, Failure> {
        let mut notes = self.children(Kind::Note, about)?;
        notes.retain(|note| note.fields.text(Field::Kind) == Some("comment"));
        notes.sort_by_key(|note| note.id);
        Ok(notes
            .iter()
            .map(|note| CommentRow {
                id: note.id,
                text: note.fields.string(Field::Text).unwrap_or_default(),
                done: note.fields.flag(Field::Done),
                at: crate::session::millis(i64::try_from(note.id.millis()).unwrap_or_default()),
            })
            .collect())
    }
}

/// The texts of the whole where others add something to it.
fn joined_texts(kept: &Entity, others: &[Entity]) -> Fields {
    let mut set = Fields::default();
    for field in TEXTS {
        let mut parts: Vec<&str> = kept.fields.text(field).into_iter().collect();
        for words in others.iter().filter_map(|other| other.fields.text(field)) {
            if !parts.contains(&words) {
                parts.push(words);
            }
        }
        let whole = parts.join("\n\n");
        if !whole.is_empty() && kept.fields.text(field) != Some(whole.as_str()) {
            set.0.insert(field.name().to_owned(), Value::String(whole));
        }
    }
    set
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{
        EntityId, Field, Kind, Session,
        testing::{noted, room},
        views::*,
    };
    use serde_json::json;

    /// Two actions of one rapprochement each.
    fn two() -> (Session, [EntityId; 2], [EntityId; 2], tempfile::TempDir) {
        let (mut session, workshop, folder) = room();
        let [bus, permis] = ["Des bus le soir", "Avancer le permis"].map(|words| {
            let one = noted(&mut session, workshop, words);
            session.cluster(&[one], &Target::New { name: words.to_owned() }).unwrap().unwrap()
        });
        let actions = [bus, permis].map(|cluster| session.draft_action(cluster, None).unwrap());
        (session, actions, [bus, permis], folder)
    }

    #[test]
    fn joined_actions_keep_every_text_line_partner_and_source_and_undo_parts_them() {
        let (mut session, [bus, permis], _, _folder) = two();
        let name = [(Field::Name, json!("CCAS"))].into_iter().collect();
        let partner = session.create_entity(Kind::Organisation, name, None).unwrap();
        for action in [bus, permis] {
            session.set_links(action, "partner", &[partner]).unwrap();
            session
                .edit_entity(action, [(Field::Risks, json!(format!("Risque de {action}")))].into_iter().collect())
                .unwrap();
        }
        let step = [(Field::Action, json!(permis)), (Field::What, json!("Conventionner"))].into_iter().collect();
        session.create_entity(Kind::Milestone, step, None).unwrap();
        session.join_actions(bus, &[permis, bus]).unwrap();
        let whole = session.action(bus).unwrap();
        assert_eq!(
            (whole.sources.len(), whole.clusters.len(), whole.milestones.len(), whole.partners.len()),
            (2, 2, 1, 1)
        );
        assert_eq!(whole.risks.unwrap().lines().filter(|line| line.starts_with("Risque")).count(), 2);
        assert!(session.action(permis).is_err());
        session.undo().unwrap();
        assert_eq!(session.action(permis).unwrap().milestones.len(), 1);
        assert_eq!(session.action(bus).unwrap().sources.len(), 1);
    }

    #[test]
    fn a_part_takes_its_rapprochements_along_and_stands_after_the_whole() {
        let (mut session, [bus, permis], [_, cluster], _folder) = two();
        session.join_actions(bus, &[permis]).unwrap();
        let part = session.split_action(bus, "Le permis", &[cluster]).unwrap();
        let (whole, part_view) = (session.action(bus).unwrap(), session.action(part).unwrap());
        assert_eq!((whole.sources.len(), part_view.sources.len()), (1, 1));
        let order: Vec<EntityId> = session.plan().unwrap().loose.iter().map(|row| row.id).collect();
        assert_eq!(order, [bus, part]);
        assert!(session.split_action(bus, "  ", &[]).is_err());
    }

    #[test]
    fn comments_of_co_writers_stand_in_order_until_they_are_done() {
        let (mut session, [bus, _], _, _folder) = two();
        for words in ["Qui paie ?", "La Région ?"] {
            let set = [(Field::About, json!(bus)), (Field::Text, json!(words)), (Field::Kind, json!("comment"))];
            session.create_entity(Kind::Note, set.into_iter().collect(), None).unwrap();
        }
        let comments = session.action(bus).unwrap().comments;
        assert_eq!(comments.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["Qui paie ?", "La Région ?"]);
        session.edit_entity(comments[0].id, [(Field::Done, json!(true))].into_iter().collect()).unwrap();
        assert!(session.action(bus).unwrap().comments[0].done);
    }
}
