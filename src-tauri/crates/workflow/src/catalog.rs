//! The small lists that every view leans on, read once per view: themes, bassins, structures, ties.

use crate::{
    Failure, Session,
    followed::{Followed, Tie},
    ledger::Line,
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// Colours of themes in the interface.
const COLOURS: usize = 7;

pub(crate) struct Catalog {
    pub themes: Vec<ThemeRow>,
    pub territories: Vec<Named>,
    pub colleges: Vec<Named>,
    pub organisations: Vec<OrganisationRow>,
    pub disputed: BTreeSet<EntityId>,
    ties: Arc<Followed<Tie>>,
}

impl Session {
    pub(crate) fn catalog(&self) -> Result<Catalog, Failure> {
        let themes = self.list(Kind::Theme)?.iter().enumerate().map(theme_row).collect();
        let named = |kind| -> Result<Vec<Named>, Failure> { Ok(self.list(kind)?.iter().map(name).collect()) };
        let colleges = named(Kind::College)?;
        let organisations = self
            .list(Kind::Organisation)?
            .iter()
            .map(|entity| {
                let college = entity.fields.id(Field::College);
                let college_name = colleges.iter().find(|one| Some(one.id) == college).map(|one| one.name.clone());
                OrganisationRow {
                    id: entity.id,
                    name: text(entity, Field::Name),
                    short_name: entity.fields.string(Field::ShortName),
                    college,
                    college_name,
                }
            })
            .collect();
        let territories = named(Kind::Territory)?;
        Ok(Catalog {
            themes,
            territories,
            colleges,
            organisations,
            disputed: self.store.disputed()?,
            ties: self.ties()?,
        })
    }
}

impl Catalog {
    /// What an entity is tied to by links of a kind.
    pub fn linked(&self, from: EntityId, word: &str) -> Vec<EntityId> {
        let mut linked = Vec::new();
        for tie in self.ties.under(from).filter(|tie| *tie.word == *word) {
            // Two people who each tied the same two things made one tie.
            linked.extend(tie.to.filter(|to| !linked.contains(to)));
        }
        linked
    }

    /// What each proposal was split or joined from.
    pub fn sources(&self) -> HashMap<EntityId, Vec<EntityId>> {
        let mut sources: HashMap<EntityId, Vec<EntityId>> = HashMap::new();
        for tie in self.ties.iter().filter(|tie| ["split_from", "joined_from"].contains(&&*tie.word)) {
            if let (Some(from), Some(to)) = (tie.from, tie.to) {
                let list = sources.entry(from).or_default();
                if !list.contains(&to) {
                    list.push(to);
                }
            }
        }
        sources
    }

    pub fn theme(&self, id: EntityId) -> Option<ThemeRef> {
        let row = self.themes.iter().find(|theme| theme.id == id)?;
        Some(ThemeRef { id, number: row.number, short_name: row.short_name.clone(), colour: row.colour })
    }

    pub fn has_theme(&self, id: EntityId) -> bool {
        self.themes.iter().any(|theme| theme.id == id)
    }

    pub fn territory(&self, id: EntityId) -> Option<Named> {
        self.territories.iter().find(|territory| territory.id == id).cloned()
    }

    pub fn organisation(&self, id: EntityId) -> Option<Named> {
        let row = self.organisations.iter().find(|one| one.id == id)?;
        Some(Named { id, name: row.short_name.clone().unwrap_or_else(|| row.name.clone()) })
    }

    /// The college of who proposed something, theirs or their structure’s.
    pub fn college_of(&self, proposal: &Line) -> Option<&str> {
        let own = proposal.college.and_then(|id| self.colleges.iter().find(|one| one.id == id));
        own.map(|college| college.name.as_str()).or_else(|| {
            let organisation = proposal.organisation?;
            self.organisations.iter().find(|one| one.id == organisation)?.college_name.as_deref()
        })
    }

    /// The bassins an entity is tied to, in their order.
    pub fn territories_of(&self, from: EntityId) -> Vec<Named> {
        let linked = self.linked(from, "territory");
        self.territories.iter().filter(|one| linked.contains(&one.id)).cloned().collect()
    }
}

pub(crate) fn theme_row((index, entity): (usize, &Entity)) -> ThemeRow {
    let name = text(entity, Field::Name);
    let colour = entity.fields.text(Field::Colour).and_then(|colour| colour.parse().ok());
    let colour = colour.filter(|colour| (1..=COLOURS).contains(&usize::from(*colour)));
    ThemeRow {
        id: entity.id,
        number: u32::try_from(index + 1).unwrap_or(u32::MAX),
        short_name: entity.fields.string(Field::ShortName).unwrap_or_else(|| name.clone()),
        colour: colour.unwrap_or_else(|| u8::try_from(index % COLOURS + 1).unwrap_or(1)),
        description: entity.fields.string(Field::Description),
        workshops: 0,
        proposals: 0,
        name,
    }
}

/// A text that a reader expects, empty when it is not there.
pub(crate) fn text(entity: &Entity, field: Field) -> String {
    entity.fields.string(field).unwrap_or_default()
}

/// An entity under the name its kind gives it.
pub(crate) fn name(entity: &Entity) -> Named {
    let title = Kind::named(&entity.kind).and_then(Kind::title);
    Named { id: entity.id, name: title.map(|field| text(entity, field)).unwrap_or_default() }
}

/// A length as views count.
pub(crate) fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}
