//! What lists and counts ask of all proposals: where each stands, without reading its words again for every page.

use crate::{
    Failure, Session,
    catalog::text,
    consolidate::Origins,
    followed::{AsOf, Followed, Reading},
    home::fold,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_store::Store;
use serde::Deserialize;
use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    sync::{Arc, OnceLock},
};

/// Where every proposal of a démarche stands, in the order of lists.
pub(crate) type Ledger = Followed<Line>;

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

/// What a line needs of a proposal, all of it of the model's types.
#[derive(Deserialize)]
struct Plain<'a> {
    #[serde(borrow)]
    rank: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    workshop: Option<EntityId>,
    theme: Option<EntityId>,
    territory: Option<EntityId>,
    group: Option<EntityId>,
    cluster: Option<EntityId>,
    college: Option<EntityId>,
    organisation: Option<EntityId>,
    parked: Option<bool>,
}

/// How many proposals stand where.
#[derive(Default)]
pub(crate) struct Standing {
    /// By atelier: proposals that are not put aside, of which in no group, in no rapprochement.
    pub rooms: HashMap<EntityId, [u32; 3]>,
    pub all: [u32; 3],
}

/// What a session has not read yet of where proposals stand.
pub struct Unread {
    file: PathBuf,
    given_up: u32,
}

/// The same, read.
pub struct ReadAhead {
    file: PathBuf,
    ledger: AsOf<Line>,
    given_up: u32,
}

impl Unread {
    /// Reads it, beside the session that people type in.
    ///
    /// # Errors
    /// What the store reports.
    pub fn read(self) -> Result<ReadAhead, Failure> {
        let ledger = Ledger::read(&Store::open_to_read(&self.file)?, Kind::Proposal)?;
        Ok(ReadAhead { file: self.file, ledger, given_up: self.given_up })
    }
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
        let latest = self.latest()?;
        let mut kept = self.kept.borrow_mut();
        let (mark, ledger) = Ledger::now(kept.ledger.take(), &self.store, Kind::Proposal, latest)?;
        kept.ledger = Some((mark, Arc::clone(&ledger)));
        Ok(ledger)
    }

    /// How many stand where, counted once after each change.
    pub(crate) fn standing(&self) -> Result<Arc<Standing>, Failure> {
        let latest = self.latest()?;
        if let Some((mark, known)) = &self.kept.borrow().counts
            && *mark == latest
        {
            return Ok(Arc::clone(known));
        }
        let standing = Arc::new(self.ledger()?.standing());
        self.kept.borrow_mut().counts = Some((latest, Arc::clone(&standing)));
        Ok(standing)
    }

    /// What the first page asks of all proposals, still to be read: [`Unread::read`] reads it without holding the session.
    /// None where it is known.
    pub fn unread(&self) -> Option<Unread> {
        let kept = self.kept.borrow();
        kept.ledger.is_none().then(|| Unread { file: self.path().to_owned(), given_up: kept.given_up })
    }

    /// Takes over what was read beside it, unless another file was opened or content changed meanwhile without a new change.
    pub fn take_over(&mut self, read: ReadAhead) {
        let same = self.path() == read.file;
        let kept = self.kept.get_mut();
        if same && kept.given_up == read.given_up {
            kept.ledger.get_or_insert(read.ledger);
        }
    }

    /// What each rapprochement holds, counted once after each change; what was put aside lives on in what came of it.
    pub(crate) fn inside(&self, origins: &Origins) -> Result<Arc<HashMap<EntityId, Inside>>, Failure> {
        let latest = self.latest()?;
        if let Some((mark, known)) = &self.kept.borrow().inside
            && *mark == latest
        {
            return Ok(Arc::clone(known));
        }
        let mut inside: HashMap<EntityId, Inside> = HashMap::new();
        let mut rooms = origins.rooms();
        for line in self.ledger()?.iter().filter(|line| !line.parked) {
            let Some(cluster) = line.cluster else { continue };
            let room = rooms.of(line);
            let one = inside.entry(cluster).or_default();
            one.proposals += 1;
            one.workshops.extend(room.and_then(|room| room.number));
            one.territories.extend(origins.territory_of(line, room).map(|territory| territory.id));
        }
        let inside = Arc::new(inside);
        self.kept.borrow_mut().inside = Some((latest, Arc::clone(&inside)));
        Ok(inside)
    }
}

impl Ledger {
    fn standing(&self) -> Standing {
        let mut counts: HashMap<EntityId, [u32; 3]> = HashMap::new();
        // In lists, those of one atelier stand together.
        for together in self.chunk_by(|one, next| one.workshop == next.workshop) {
            let Some(workshop) = together.first().and_then(|line| line.workshop) else { continue };
            let kept = || together.iter().filter(|line| !line.parked);
            let number = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
            if kept().next().is_some() {
                let [all, ungrouped, free] = counts.entry(workshop).or_default();
                *all += number(kept().count());
                *ungrouped += number(kept().filter(|line| line.group.is_none()).count());
                *free += number(kept().filter(|line| line.cluster.is_none()).count());
            }
        }
        let mut all = [0; 3];
        counts.values().for_each(|room| all.iter_mut().zip(room).for_each(|(sum, more)| *sum += more));
        Standing { rooms: counts, all }
    }
}

impl Reading for Line {
    fn of(proposal: Entity) -> Self {
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
            words: text(&proposal, Field::Text).into(),
            folded: OnceLock::new(),
        }
    }

    /// Takes what it needs from the state as it stands, several times faster than by way of an entity.
    fn read(id: EntityId, kind: Kind, state: &str) -> serde_json::Result<Self> {
        let Ok(plain) = serde_json::from_str::<Plain<'_>>(state) else {
            // A value of another type than the model's: it counts as none there.
            return Ok(Self::of(Entity { id, kind: kind.name().to_owned(), fields: serde_json::from_str(state)? }));
        };
        Ok(Self {
            id,
            rank: plain.rank.map(|rank| rank.into_owned().into()),
            workshop: plain.workshop,
            theme: plain.theme,
            territory: plain.territory,
            group: plain.group,
            cluster: plain.cluster,
            college: plain.college,
            organisation: plain.organisation,
            parked: plain.parked.unwrap_or_default(),
            words: plain.text.map(|text| text.into_owned().into()).unwrap_or_default(),
            folded: OnceLock::new(),
        })
    }

    fn id(&self) -> EntityId {
        self.id
    }

    fn rank(&self) -> Option<&str> {
        self.rank.as_deref()
    }

    fn parent(&self) -> Option<EntityId> {
        self.workshop
    }
}

impl Line {
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
    use super::{Kind, Ledger, Reading};
    use crate::{
        Field, Session,
        followed::Tie,
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
            ledger.iter().map(line).collect()
        };
        assert_eq!(told(&session.ledger().unwrap()), told(&Ledger::read(&session.store, Kind::Proposal).unwrap().1));
        assert_eq!(
            session.ties().unwrap()[..],
            session.list(Kind::Link).unwrap().iter().cloned().map(Tie::of).collect::<Vec<_>>()
        );
        for kind in Kind::ALL {
            assert_eq!(session.list(*kind).unwrap()[..], session.store.list(*kind).unwrap(), "{kind:?}");
        }
    }

    #[test]
    fn what_was_read_beside_is_taken_over_and_followed_unless_content_changed_meanwhile() {
        let (mut session, workshop, _folder) = room();
        noted(&mut session, workshop, "Un garage solidaire");
        session.forget_kept();
        let (early, late) = (session.unread().unwrap(), session.unread().unwrap());
        let early = early.read().unwrap();
        noted(&mut session, workshop, "Un vélo à la gare");
        session.take_over(early);
        assert!(session.unread().is_none(), "it is there");
        same(&session);
        session.forget_kept();
        session.take_over(late.read().unwrap());
        assert!(session.unread().is_some(), "what may be out of date is left");
        assert_eq!(session.outline().unwrap().workshops.len(), session.home().unwrap().workshops.len());
        same(&session);
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
        let counts = session.standing().unwrap();
        assert_eq!(counts.rooms.get(&workshop), None, "what is left was put aside");
    }
}
