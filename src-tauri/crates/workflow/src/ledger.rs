//! What lists and counts ask of all proposals: where each stands, without reading its words again for every page.
//!
//! It is read once and then follows the journal. What changes without a new change (content that a fuller dossier brings, words
//! that are erased) makes it be read anew.

use crate::{Failure, Session, catalog::text, consolidate::Origins, home::fold};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_store::{Store, StoreError};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

/// Changes at once from which it is sooner to read everything anew.
const MANY: usize = 20_000;

/// Where every proposal of a démarche stands.
#[derive(Clone)]
pub(crate) struct Ledger {
    /// In the order of lists.
    lines: Vec<Line>,
    /// The latest change taken account of.
    mark: i64,
}

/// Where a proposal stands.
#[derive(Clone)]
pub(crate) struct Line {
    pub id: EntityId,
    rank: Option<Box<str>>,
    pub workshop: Option<EntityId>,
    pub theme: Option<EntityId>,
    pub territory: Option<EntityId>,
    pub group: Option<EntityId>,
    pub cluster: Option<EntityId>,
    pub college: Option<EntityId>,
    pub organisation: Option<EntityId>,
    pub parked: bool,
    words: Box<str>,
    /// Without case and accents, once someone looks for words.
    folded: OnceLock<Box<str>>,
}

/// What a rapprochement holds.
#[derive(Default)]
pub(crate) struct Inside {
    pub proposals: u32,
    /// Numbers of the ateliers.
    pub workshops: BTreeSet<u32>,
    pub territories: BTreeSet<EntityId>,
}

impl Session {
    /// Where every proposal stands now.
    pub(crate) fn ledger(&self) -> Result<Arc<Ledger>, Failure> {
        let mut kept = self.ledger.borrow_mut();
        let followed = match kept.take() {
            Some(mut known) => Arc::make_mut(&mut known).follow(&self.store)?.then_some(known),
            None => None,
        };
        let ledger = match followed {
            Some(known) => known,
            None => Arc::new(Ledger::read(&self.store)?),
        };
        *kept = Some(Arc::clone(&ledger));
        Ok(ledger)
    }

    /// Says that content changed without a new change.
    pub(crate) fn forget_ledger(&mut self) {
        *self.ledger.get_mut() = None;
    }

    /// What each rapprochement holds; what was put aside lives on in what came of it.
    pub(crate) fn inside(&self, origins: &Origins) -> Result<HashMap<EntityId, Inside>, Failure> {
        let mut inside: HashMap<EntityId, Inside> = HashMap::new();
        for line in self.ledger()?.lines().iter().filter(|line| !line.parked) {
            let Some(cluster) = line.cluster else { continue };
            let one = inside.entry(cluster).or_default();
            one.proposals += 1;
            one.workshops.extend(line.workshop.and_then(|id| origins.workshop(id)?.number));
            one.territories.extend(origins.territory_of(line).map(|territory| territory.id));
        }
        Ok(inside)
    }
}

impl Ledger {
    fn read(store: &Store) -> Result<Self, StoreError> {
        let mark = store.latest_change()?;
        let mut lines = Vec::new();
        store.for_each(Some(Kind::Proposal.name()), |proposal| lines.push(Line::of(&proposal)))?;
        Ok(Self { lines, mark })
    }

    /// Takes account of what changed since; false if that is too much.
    fn follow(&mut self, store: &Store) -> Result<bool, StoreError> {
        let (changed, latest) = store.changed_since(Kind::Proposal, self.mark)?;
        // A mark that is ahead comes of something that was taken back.
        if changed.len() > MANY || latest < self.mark {
            return Ok(false);
        }
        self.mark = latest;
        if changed.is_empty() {
            return Ok(true);
        }
        let gone: HashSet<EntityId> = changed.iter().copied().collect();
        self.lines.retain(|line| !gone.contains(&line.id));
        for id in changed {
            let now = store.entity(id)?.filter(|entity| entity.kind == Kind::Proposal.name());
            self.lines.extend(now.as_ref().map(Line::of));
        }
        self.lines.sort_by(|one, other| (&one.rank, one.id).cmp(&(&other.rank, other.id)));
        Ok(true)
    }

    /// Every proposal, in the order of lists.
    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// By atelier: proposals that are not put aside, of which in no group, in no rapprochement.
    pub(crate) fn counts(&self) -> HashMap<EntityId, [u32; 3]> {
        let mut counts: HashMap<EntityId, [u32; 3]> = HashMap::new();
        for line in self.lines.iter().filter(|line| !line.parked) {
            let Some(workshop) = line.workshop else { continue };
            let [all, ungrouped, free] = counts.entry(workshop).or_default();
            *all += 1;
            *ungrouped += u32::from(line.group.is_none());
            *free += u32::from(line.cluster.is_none());
        }
        counts
    }
}

impl Line {
    pub(crate) fn of(proposal: &Entity) -> Self {
        let of = |field| proposal.fields.id(field);
        Self {
            id: proposal.id,
            rank: proposal.fields.text(Field::Rank).map(Into::into),
            workshop: of(Field::Workshop),
            theme: of(Field::Theme),
            territory: of(Field::Territory),
            group: of(Field::Group),
            cluster: of(Field::Cluster),
            college: of(Field::College),
            organisation: of(Field::Organisation),
            parked: proposal.fields.flag(Field::Parked),
            words: text(proposal, Field::Text).into(),
            folded: OnceLock::new(),
        }
    }

    /// Whether it says all of these words, given without case and accents.
    pub(crate) fn says(&self, words: &[String]) -> bool {
        words.is_empty() || {
            let folded = self.folded.get_or_init(|| fold(&self.words).into());
            words.iter().all(|word| folded.contains(word.as_str()))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::Ledger;
    use crate::{
        Field, Session,
        testing::{noted, room},
        views::Target,
    };
    use serde_json::json;

    /// What is followed says what reading anew says, in the same order.
    fn same(session: &Session) {
        let told = |ledger: &Ledger| -> Vec<String> {
            let line = |line: &super::Line| {
                format!(
                    "{} {:?} {:?} {:?} {} {}",
                    line.id, line.rank, line.group, line.cluster, line.parked, line.words
                )
            };
            ledger.lines().iter().map(line).collect()
        };
        assert_eq!(told(&session.ledger().unwrap()), told(&Ledger::read(&session.store).unwrap()));
    }

    #[test]
    fn what_is_followed_is_what_would_be_read() {
        let (mut session, workshop, _folder) = room();
        same(&session);
        let one = noted(&mut session, workshop, "Un garage solidaire");
        let other = noted(&mut session, workshop, "Un vélo à la gare");
        same(&session);
        session.edit_entity(one, [(Field::Text, json!("Un garage associatif"))].into_iter().collect()).unwrap();
        session.cluster(&[one, other], &Target::New { name: "Se déplacer".into() }).unwrap();
        same(&session);
        session.park(&[other], true).unwrap();
        session.split(one, &["Un garage".to_owned(), "Des outils".to_owned()]).unwrap();
        same(&session);
        session.undo().unwrap();
        session.remove_entities(&[one]).unwrap();
        same(&session);
        let counts = session.ledger().unwrap().counts();
        assert_eq!(counts.get(&workshop), None, "what is left was put aside");
    }
}
