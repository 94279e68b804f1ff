//! What is read once from the file and then follows its journal: the small kinds, and where proposals stand.
//!
//! What changes without a new change (content that a fuller dossier brings, words that are erased) makes all of it be read anew.

use crate::{Failure, Session, ledger::Line};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_store::{Store, StoreError};
use std::{
    collections::{HashMap, HashSet},
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// What the session keeps of the file.
#[derive(Default)]
pub(crate) struct Kept {
    pub ledger: Option<AsOf<Line>>,
    kinds: HashMap<Kind, AsOf<Entity>>,
}

/// What was kept, and the latest change taken account of.
pub(crate) type AsOf<T> = (i64, Arc<Followed<T>>);

/// Something kept of an entity.
pub(crate) trait Reading: Clone {
    /// What is kept.
    fn of(entity: Entity) -> Self;
    /// Whose it is.
    fn id(&self) -> EntityId;
    /// Its place in lists.
    fn rank(&self) -> Option<&str>;
    /// What it hangs under.
    fn parent(&self) -> Option<EntityId>;
}

/// What is kept of all visible entities of a kind, in the order of lists.
#[derive(Clone)]
pub(crate) struct Followed<T> {
    rows: Vec<T>,
    /// Places of those under each parent, once someone asks.
    under: OnceLock<HashMap<EntityId, Vec<usize>>>,
}

impl Session {
    /// All visible entities of a kind, in their order.
    pub(crate) fn list(&self, kind: Kind) -> Result<Arc<Followed<Entity>>, Failure> {
        if is_many(kind) {
            return Ok(Followed::read(&self.store, kind)?.1);
        }
        let mut kept = self.kept.borrow_mut();
        let (mark, now) = Followed::now(kept.kinds.remove(&kind), &self.store, kind)?;
        kept.kinds.insert(kind, (mark, Arc::clone(&now)));
        Ok(now)
    }

    /// The visible entities of a kind under a parent, in their order.
    pub(crate) fn children(&self, kind: Kind, parent: EntityId) -> Result<Vec<Entity>, Failure> {
        if is_many(kind) {
            return Ok(self.store.children(kind, parent)?);
        }
        Ok(self.list(kind)?.under(parent).cloned().collect())
    }

    /// Says that content changed without a new change.
    pub(crate) fn forget_kept(&mut self) {
        *self.kept.get_mut() = Kept::default();
    }
}

/// Kinds of which there are as many as people spoke, and what holds all bulletins of a vote: not kept.
const fn is_many(kind: Kind) -> bool {
    matches!(kind, Kind::Proposal | Kind::Support | Kind::Urn)
}

impl<T: Reading> Followed<T> {
    /// What was kept, brought up to now, or read.
    pub(crate) fn now(known: Option<AsOf<T>>, store: &Store, kind: Kind) -> Result<AsOf<T>, StoreError> {
        let Some((mark, mut rows)) = known else { return Self::read(store, kind) };
        let (changed, latest) = store.changed_since(kind, mark)?;
        // A mark that is ahead comes of something that was taken back; of much that changed, it is sooner to read everything anew.
        if latest < mark || changed.len() > rows.len() / 4 + 64 {
            return Self::read(store, kind);
        }
        if !changed.is_empty() {
            Arc::make_mut(&mut rows).follow(store, kind, &changed)?;
        }
        Ok((latest, rows))
    }

    pub(crate) fn read(store: &Store, kind: Kind) -> Result<AsOf<T>, StoreError> {
        let mark = store.latest_change()?;
        let mut rows = Vec::new();
        store.for_each(Some(kind.name()), |entity| rows.push(T::of(entity)))?;
        Ok((mark, Arc::new(Self { rows, under: OnceLock::new() })))
    }

    /// Reads anew what changed.
    fn follow(&mut self, store: &Store, kind: Kind, changed: &[EntityId]) -> Result<(), StoreError> {
        self.under = OnceLock::new();
        let gone: HashSet<EntityId> = changed.iter().copied().collect();
        self.rows.retain(|row| !gone.contains(&row.id()));
        for id in changed {
            self.rows.extend(store.entity(*id)?.filter(|entity| entity.kind == kind.name()).map(T::of));
        }
        self.rows.sort_by(|one, other| (one.rank(), one.id()).cmp(&(other.rank(), other.id())));
        Ok(())
    }

    /// Those under a parent, in their order.
    pub(crate) fn under(&self, parent: EntityId) -> impl Iterator<Item = &T> {
        let index = self.under.get_or_init(|| {
            let mut index: HashMap<EntityId, Vec<usize>> = HashMap::new();
            for (place, row) in self.rows.iter().enumerate() {
                row.parent().into_iter().for_each(|parent| index.entry(parent).or_default().push(place));
            }
            index
        });
        index.get(&parent).into_iter().flatten().filter_map(|place| self.rows.get(*place))
    }
}

impl<T> Deref for Followed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl Reading for Entity {
    fn of(entity: Entity) -> Self {
        entity
    }

    fn id(&self) -> EntityId {
        self.id
    }

    fn rank(&self) -> Option<&str> {
        self.fields.text(Field::Rank)
    }

    fn parent(&self) -> Option<EntityId> {
        self.fields.id(Kind::named(&self.kind)?.parent()?)
    }
}
