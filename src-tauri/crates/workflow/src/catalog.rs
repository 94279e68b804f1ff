//! The small lists that every view leans on, read once per view: themes, bassins, structures, ties.

use crate::{Failure, Session, followed::Followed, ledger::Line, views::*};
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
    links: Arc<Followed<Entity>>,
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
        let links = self.list(Kind::Link)?;
        Ok(Catalog { themes, territories, colleges, organisations, disputed: self.store.disputed()?, links })
    }
}

impl Catalog {
    /// What an entity is tied to by links of a kind.
    pub fn linked(&self, from: EntityId, word: &str) -> Vec<EntityId> {
        let mut linked = Vec::new();
        for link in self.links.under(from).filter(|link| link.fields.text(Field::Kind) == Some(word)) {
            // Two people who each tied the same two things made one tie.
            linked.extend(link.fields.id(Field::To).filter(|to| !linked.contains(to)));
        }
        linked
    }

    /// What each proposal was split or joined from.
    pub fn sources(&self) -> HashMap<EntityId, Vec<EntityId>> {
        let mut sources: HashMap<EntityId, Vec<EntityId>> = HashMap::new();
        for link in self.links.iter() {
            let came = link.fields.text(Field::Kind).is_some_and(|word| ["split_from", "joined_from"].contains(&word));
            let ends = || Some((link.fields.id(Field::From)?, link.fields.id(Field::To)?));
            if let Some((from, to)) = ends().filter(|_| came) {
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
