//! What is read once from the file and then follows its journal: the small kinds, and where proposals stand.
//!
//! What changes without a new change (content that a fuller dossier brings, words that are erased) makes all of it be read anew.

use crate::{
    Failure, Session,
    ballot::LiveBag,
    ledger::{Inside, Line, Standing},
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_store::{Moment, Store, StoreError};
use serde::Deserialize;
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// What the session keeps of the file.
#[derive(Default)]
pub(crate) struct Kept {
    pub ledger: Option<AsOf<Line>>,
    pub counts: Option<(i64, Arc<Standing>)>,
    pub inside: Option<(i64, Arc<HashMap<EntityId, Inside>>)>,
    pub bag: LiveBag,
    kinds: HashMap<Kind, AsOf<Entity>>,
    ties: Option<AsOf<Tie>>,
    /// The latest change, while a page is read.
    at: Option<i64>,
    /// How many times all of it was given up.
    pub given_up: u32,
}

/// A page that is being read: as of one moment, which is looked up once.
pub(crate) struct Page<'a> {
    session: &'a Session,
    _moment: Moment<'a>,
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        self.session.kept.borrow_mut().at = None;
    }
}

/// What was kept, and the latest change taken account of.
pub(crate) type AsOf<T> = (i64, Arc<Followed<T>>);

/// Something kept of an entity.
pub(crate) trait Reading: Clone {
    /// What is kept.
    fn of(entity: Entity) -> Self;
    /// The same of an entity given as its state in JSON.
    fn read(id: EntityId, kind: Kind, state: &str) -> serde_json::Result<Self> {
        Ok(Self::of(Entity { id, kind: kind.name().to_owned(), fields: serde_json::from_str(state)? }))
    }
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
    /// Places, and those under each parent, once someone asks.
    places: OnceLock<HashMap<EntityId, usize>>,
    under: OnceLock<HashMap<EntityId, Vec<usize>>>,
}

impl Session {
    /// Begins to read a page; none within another.
    pub(crate) fn page(&self) -> Result<Option<Page<'_>>, Failure> {
        if self.kept.borrow().at.is_some() {
            return Ok(None);
        }
        let moment = self.store.moment()?;
        let latest = self.store.latest_change()?;
        self.kept.borrow_mut().at = Some(latest);
        Ok(Some(Page { session: self, _moment: moment }))
    }

    /// The latest change.
    pub(crate) fn latest(&self) -> Result<i64, Failure> {
        let at = self.kept.borrow().at;
        Ok(at.map_or_else(|| self.store.latest_change(), Ok)?)
    }

    /// All visible entities of a kind, in their order.
    pub(crate) fn list(&self, kind: Kind) -> Result<Arc<Followed<Entity>>, Failure> {
        if is_many(kind) {
            return Ok(Followed::read(&self.store, kind)?.1);
        }
        let latest = self.latest()?;
        let mut kept = self.kept.borrow_mut();
        let (mark, now) = Followed::now(kept.kinds.remove(&kind), &self.store, kind, latest)?;
        kept.kinds.insert(kind, (mark, Arc::clone(&now)));
        Ok(now)
    }

    /// All links.
    pub(crate) fn ties(&self) -> Result<Arc<Followed<Tie>>, Failure> {
        let latest = self.latest()?;
        let mut kept = self.kept.borrow_mut();
        let (mark, now) = Followed::now(kept.ties.take(), &self.store, Kind::Link, latest)?;
        kept.ties = Some((mark, Arc::clone(&now)));
        Ok(now)
    }

    /// The visible entities of a kind under a parent, in their order.
    pub(crate) fn children(&self, kind: Kind, parent: EntityId) -> Result<Vec<Entity>, Failure> {
        if is_many(kind) {
            return Ok(self.store.children(kind, parent)?);
        }
        Ok(self.list(kind)?.under(parent).cloned().collect())
    }

    /// A visible entity of a kind: from what is kept while a page is read, else as it is in the file, which takes one look there
    /// where following the journal takes two.
    pub(crate) fn entity_of(&self, kind: Kind, id: EntityId) -> Result<Entity, Failure> {
        let kept = self.kept.borrow().at.is_some() && !is_many(kind);
        let known = if kept { self.list(kind)?.by_id(id).cloned() } else { None };
        let entity = known.map_or_else(|| self.entity(id), Ok)?;
        if entity.kind == kind.name() {
            Ok(entity)
        } else {
            Err(Failure::NoSuch { what: Some(kind), reference: id.to_string() })
        }
    }

    /// Says that content changed without a new change.
    pub(crate) fn forget_kept(&mut self) {
        let kept = self.kept.get_mut();
        *kept = Kept { given_up: kept.given_up.wrapping_add(1), ..Kept::default() };
    }
}

/// A link: what it ties to what, and how.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tie {
    id: EntityId,
    rank: Option<Box<str>>,
    pub from: Option<EntityId>,
    pub to: Option<EntityId>,
    pub word: Box<str>,
}

impl Reading for Tie {
    fn of(link: Entity) -> Self {
        Self {
            id: link.id,
            rank: link.fields.text(Field::Rank).map(Into::into),
            from: link.fields.id(Field::From),
            to: link.fields.id(Field::To),
            word: link.fields.text(Field::Kind).unwrap_or_default().into(),
        }
    }

    /// There are many of them: taken from the state as it stands.
    fn read(id: EntityId, kind: Kind, state: &str) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        struct Plain<'a> {
            #[serde(borrow)]
            rank: Option<Cow<'a, str>>,
            from: Option<EntityId>,
            to: Option<EntityId>,
            #[serde(borrow)]
            kind: Option<Cow<'a, str>>,
        }
        let Ok(plain) = serde_json::from_str::<Plain<'_>>(state) else {
            // A value of another type than the model's: it counts as none there.
            return Ok(Self::of(Entity { id, kind: kind.name().to_owned(), fields: serde_json::from_str(state)? }));
        };
        Ok(Self {
            id,
            rank: plain.rank.map(|rank| (*rank).into()),
            from: plain.from,
            to: plain.to,
            word: plain.kind.map(|word| (*word).into()).unwrap_or_default(),
        })
    }

    fn id(&self) -> EntityId {
        self.id
    }

    fn rank(&self) -> Option<&str> {
        self.rank.as_deref()
    }

    fn parent(&self) -> Option<EntityId> {
        self.from
    }
}

/// The order of lists.
fn sort<T: Reading>(rows: &mut [T]) {
    rows.sort_by(|one, other| (one.rank(), one.id()).cmp(&(other.rank(), other.id())));
}

/// Kinds of which there are as many as people spoke, and what holds all bulletins of a vote: not kept.
const fn is_many(kind: Kind) -> bool {
    matches!(kind, Kind::Proposal | Kind::Support | Kind::Urn)
}

impl<T: Reading> Followed<T> {
    /// What was kept, brought up to now, or read.
    pub(crate) fn now(known: Option<AsOf<T>>, store: &Store, kind: Kind, latest: i64) -> Result<AsOf<T>, StoreError> {
        let Some((mark, mut rows)) = known else { return Self::read(store, kind) };
        if latest == mark {
            return Ok((mark, rows));
        }
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
        let mut rows = store.states(kind, |id, state| T::read(id, kind, state))?;
        sort(&mut rows);
        Ok((mark, Arc::new(Self { rows, places: OnceLock::new(), under: OnceLock::new() })))
    }

    /// Reads anew what changed.
    fn follow(&mut self, store: &Store, kind: Kind, changed: &[EntityId]) -> Result<(), StoreError> {
        (self.places, self.under) = (OnceLock::new(), OnceLock::new());
        let gone: HashSet<EntityId> = changed.iter().copied().collect();
        self.rows.retain(|row| !gone.contains(&row.id()));
        for id in changed {
            self.rows.extend(store.entity(*id)?.filter(|entity| entity.kind == kind.name()).map(T::of));
        }
        sort(&mut self.rows);
        Ok(())
    }

    /// That of an entity.
    pub(crate) fn by_id(&self, id: EntityId) -> Option<&T> {
        let index = || self.rows.iter().enumerate().map(|(place, row)| (row.id(), place)).collect();
        self.places.get_or_init(index).get(&id).and_then(|place| self.rows.get(*place))
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
