//! Creating, editing, deleting and ordering anything that people name: the forms of Préparer and Plan.

use crate::{Failure, Session};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind, Rank, spread};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl Session {
    /// Creates an entity, at the end of its list or before a sibling.
    ///
    /// # Errors
    /// What a field refuses, or what the store reports.
    pub fn create_entity(
        &mut self,
        kind: Kind,
        mut set: Fields,
        before: Option<EntityId>,
    ) -> Result<EntityId, Failure> {
        for rule in kind.fields().iter().filter(|rule| rule.required) {
            let value = set.0.get(rule.field.name()).cloned().unwrap_or(Value::Null);
            moisson_domain::check(kind, rule.field.name(), &value)?;
        }
        set.0.retain(|_, value| !value.is_null());
        let id = self.new_id();
        let mut drafts = Vec::new();
        if kind.is_ordered() && set.get(Field::Rank).is_none() {
            let siblings = self.siblings(kind, kind.parent().and_then(|parent| set.id(parent)))?;
            let (rank, others) = place(&siblings, None, before);
            set.0.insert(Field::Rank.name().to_owned(), json!(rank.to_string()));
            drafts.extend(others);
        }
        drafts.insert(0, Draft::set(id, kind.name(), set));
        self.act(&format!("{}.create", kind.name()), drafts)?;
        Ok(id)
    }

    /// Sets fields of an entity; `null` clears one. Values that are already so are left alone.
    ///
    /// # Errors
    /// What a field refuses, or what the store reports.
    pub fn edit_entity(&mut self, id: EntityId, mut set: Fields) -> Result<(), Failure> {
        let entity = self.entity(id)?;
        set.0.retain(|name, value| entity.fields.0.get(name).unwrap_or(&Value::Null) != value);
        let label = format!("{}.edit", entity.kind);
        self.act(&label, vec![Draft { entity: id, kind: entity.kind, set }])?;
        Ok(())
    }

    /// Deletes entities and all that hangs under them, as one act that can be undone.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], [`Failure::KeepsProcess`] or what the store reports.
    pub fn remove_entities(&mut self, ids: &[EntityId]) -> Result<(), Failure> {
        let mut drafts = Vec::new();
        let mut seen = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        for id in ids {
            let entity = self.entity(*id)?;
            if entity.kind == Kind::Process.name() {
                return Err(Failure::KeepsProcess);
            }
            kinds.insert(entity.kind.clone());
            self.removal(&entity, &mut drafts, &mut seen)?;
        }
        let label = match kinds.first() {
            Some(kind) if kinds.len() == 1 => format!("{kind}.delete"),
            _ => String::from("entities.delete"),
        };
        self.act(&label, drafts)?;
        Ok(())
    }

    fn removal(&self, entity: &Entity, drafts: &mut Vec<Draft>, seen: &mut BTreeSet<EntityId>) -> Result<(), Failure> {
        if !seen.insert(entity.id) {
            return Ok(());
        }
        drafts.push(Draft::life(entity.id, &entity.kind, true));
        let released = match Kind::named(&entity.kind) {
            Some(Kind::Group) => {
                let workshop = entity.fields.id(Field::Workshop);
                let proposals = workshop.map(|id| self.children(Kind::Proposal, id)).transpose()?;
                let inside = proposals.unwrap_or_default();
                let inside = inside.into_iter().filter(|one| one.fields.id(Field::Group) == Some(entity.id));
                inside.map(|proposal| (proposal.id, Field::Group)).collect()
            }
            Some(Kind::Cluster) => {
                let inside = self.store.proposals_of_cluster(entity.id)?;
                inside.into_iter().map(|proposal| (proposal.id, Field::Cluster)).collect()
            }
            _ => Vec::new(),
        };
        for (proposal, field) in released {
            drafts.push(Draft::set(proposal, Kind::Proposal.name(), Fields::from_iter([(field, Value::Null)])));
        }
        // Actions under a deleted objective are work that stays: they only lose their place.
        let keeps = |kind: &Kind| *kind == Kind::Action && entity.kind == Kind::Objective.name();
        for kind in Kind::ALL.iter().filter(|kind| kind.parent().is_some()) {
            for child in self.children(*kind, entity.id)? {
                if keeps(kind) {
                    let set = Fields::from_iter([(Field::Objective, Value::Null)]);
                    drafts.push(Draft::set(child.id, kind.name(), set));
                } else {
                    self.removal(&child, drafts, seen)?;
                }
            }
        }
        Ok(())
    }

    /// Puts an entity before a sibling, or at the end of its list.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn reorder(&mut self, id: EntityId, before: Option<EntityId>) -> Result<(), Failure> {
        let entity = self.entity(id)?;
        let kind = Kind::named(&entity.kind).filter(|kind| kind.is_ordered());
        let kind = kind.ok_or(Failure::NoSuch { what: None, reference: id.to_string() })?;
        let parent = kind.parent().and_then(|parent| entity.fields.id(parent));
        let siblings = self.siblings(kind, parent)?;
        let (rank, others) = place(&siblings, Some(id), before);
        let set = Fields::from_iter([(Field::Rank, json!(rank.to_string()))]);
        let mut drafts = vec![Draft::set(id, kind.name(), set)];
        drafts.extend(others);
        self.act(&format!("{}.reorder", kind.name()), drafts)?;
        Ok(())
    }

    /// Makes the links of a kind that leave an entity exactly these, adding and deleting what differs.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn set_links(&mut self, from: EntityId, word: &str, to: &[EntityId]) -> Result<(), Failure> {
        let owner = self.entity(from)?;
        let mut wanted: BTreeSet<EntityId> = to.iter().copied().collect();
        let mut drafts = Vec::new();
        for link in self.children(Kind::Link, from)? {
            if link.fields.text(Field::Kind) == Some(word)
                && !link.fields.id(Field::To).is_some_and(|to| wanted.remove(&to))
            {
                drafts.push(Draft::life(link.id, Kind::Link.name(), true));
            }
        }
        for to in to.iter().filter(|to| wanted.contains(to)) {
            self.entity(*to)?;
            drafts.push(self.link(from, word, *to));
        }
        self.touch(Kind::named(&owner.kind));
        self.act(&format!("{}.link", owner.kind), drafts)?;
        Ok(())
    }

    /// A draft that ties two entities.
    pub(crate) fn link(&mut self, from: EntityId, word: &str, to: EntityId) -> Draft {
        let set = Fields::from_iter([
            (Field::From, json!(from.to_string())),
            (Field::To, json!(to.to_string())),
            (Field::Kind, json!(word)),
        ]);
        Draft::set(self.new_id(), Kind::Link.name(), set)
    }

    /// The list that an entity of this kind stands in: its parent's children, or those without a parent.
    fn siblings(&self, kind: Kind, parent: Option<EntityId>) -> Result<Vec<Entity>, Failure> {
        Ok(match (kind.parent(), parent) {
            (Some(_), Some(parent)) => self.children(kind, parent)?,
            (Some(field), None) => {
                self.list(kind)?.iter().filter(|entity| entity.fields.id(field).is_none()).cloned().collect()
            }
            (None, _) => self.list(kind)?.to_vec(),
        })
    }
}

/// A rank before a sibling (or at the end) without moving others; where two share a place, the whole list is spread anew.
fn place(siblings: &[Entity], moved: Option<EntityId>, before: Option<EntityId>) -> (Rank, Vec<Draft>) {
    let others: Vec<&Entity> = siblings.iter().filter(|entity| Some(entity.id) != moved).collect();
    let at = before.and_then(|id| others.iter().position(|entity| entity.id == id)).unwrap_or(others.len());
    let rank = |entity: &&Entity| entity.fields.text(Field::Rank).and_then(Rank::parse);
    let after = others.get(at).map(rank);
    let ahead = at.checked_sub(1).and_then(|index| others.get(index)).map(rank);
    // A sibling without a rank stands before all that have one and leaves no room: spread then too.
    let unranked = others.iter().any(|entity| entity.fields.text(Field::Rank).is_none());
    let free = if unranked { None } else { Rank::between(ahead.flatten().as_ref(), after.flatten().as_ref()) };
    if let Some(rank) = free {
        return (rank, Vec::new());
    }
    let mut ranks = spread(others.len() + 1);
    let own = ranks.remove(at);
    let drafts = others
        .iter()
        .zip(ranks)
        .map(|(entity, rank)| {
            Draft::set(entity.id, &entity.kind, Fields::from_iter([(Field::Rank, json!(rank.to_string()))]))
        })
        .collect();
    (own, drafts)
}
