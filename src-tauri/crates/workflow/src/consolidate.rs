//! Consolider: proposals of all ateliers, put together by hand in rapprochements.

use crate::{
    Failure, Session,
    catalog::{Catalog, name, text},
    home::fold,
    ledger::{Inside, Line},
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use std::collections::{BTreeSet, HashMap};

/// Proposals that one page of the list holds.
const PAGE: usize = 400;

/// What is needed to say where a proposal comes from, read once for all of them.
pub(crate) struct Origins {
    pub catalog: Catalog,
    workshops: HashMap<EntityId, WorkshopRow>,
    groups: HashMap<EntityId, Named>,
    clusters: HashMap<EntityId, Named>,
    votes: HashMap<EntityId, Vec<String>>,
}

impl Session {
    pub(crate) fn origins(&self) -> Result<Origins, Failure> {
        let catalog = self.catalog()?;
        let workshops = self.workshops(&catalog)?.into_iter().map(|row| (row.id, row)).collect();
        let named = |kind| -> Result<HashMap<EntityId, Named>, Failure> {
            Ok(self.list(kind)?.iter().map(|entity| (entity.id, name(entity))).collect())
        };
        let (groups, clusters) = (named(Kind::Group)?, named(Kind::Cluster)?);
        Ok(Origins { catalog, workshops, groups, clusters, votes: self.votes_about()? })
    }

    /// Puts proposals in a rapprochement that exists, a new one, or none. Returns the rapprochement.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], what a field refuses, or what the store reports.
    pub fn cluster(&mut self, proposals: &[EntityId], target: &Target) -> Result<Option<EntityId>, Failure> {
        let theme = match (proposals.first(), target) {
            (Some(id), Target::New { .. }) => {
                let proposal = self.entity_of(Kind::Proposal, *id)?;
                self.origins()?.theme_of(&proposal)
            }
            _ => None,
        };
        let parent = theme.map(|theme| (Field::Theme, serde_json::json!(theme)));
        self.put(proposals, target, Kind::Cluster, Field::Cluster, parent)
    }

    /// What Consolider shows.
    ///
    /// # Errors
    /// What the store reports.
    pub fn consolidation(&self, filter: &ProposalFilter) -> Result<Consolidation, Failure> {
        let _page = self.page()?;
        let origins = self.origins()?;
        let words: Vec<String> =
            fold(filter.text.as_deref().unwrap_or("")).split_whitespace().map(str::to_owned).collect();
        let mut cells: HashMap<(EntityId, EntityId), [u32; 3]> = HashMap::new();
        let again = self.said_again(None, &origins.catalog)?;
        let agreement = self.agreement(&origins)?;
        let (fresh, mark) = self.fresh(filter.since)?;
        let mut news = 0;
        let mut shown = Vec::new();
        let (mut matching, mut total, mut untreated) = (0, 0, 0);
        let mut rooms = origins.rooms();
        // What was put aside lives on in what came of it.
        for line in self.ledger()?.iter().filter(|line| !line.parked) {
            let cluster = line.cluster.filter(|id| origins.clusters.contains_key(id));
            total += 1;
            untreated += u32::from(cluster.is_none());
            let theme = origins.theme_at(line.theme, line.workshop).filter(|id| origins.catalog.has_theme(*id));
            let territory = origins.territory_of(line, rooms.of(line)).map(|territory| territory.id);
            if let (Some(theme), Some(territory)) = (theme, territory) {
                let cell = cells.entry((theme, territory)).or_default();
                cell[0] += 1;
                cell[1] += u32::from(cluster.is_some());
                cell[2] += again.times(line.id);
            }
            let fresh = fresh.contains(&line.id);
            news += u32::from(fresh);
            let is = |wanted: Option<EntityId>, found| wanted.is_none_or(|wanted| Some(wanted) == found);
            let keep = is(filter.theme, theme)
                && is(filter.territory, territory)
                && is(filter.workshop, line.workshop)
                && is(filter.cluster, cluster)
                && !(filter.untreated && cluster.is_some())
                && (fresh || !filter.news)
                && line.says(&words);
            if keep {
                matching += 1;
                if shown.len() < PAGE {
                    shown.push(line.id);
                }
            }
        }
        let mut proposals = Vec::with_capacity(shown.len());
        for id in shown {
            proposals.extend(self.store.entity(id)?.map(|proposal| origins.source(&proposal)));
        }
        let clusters = self.cluster_rows(&origins, &*self.inside(&origins)?)?;
        let held = |theme: EntityId, territory: EntityId| {
            let of_theme = |row: &&WorkshopRow| row.theme.as_ref().is_some_and(|one| one.id == theme);
            let there = |row: &WorkshopRow| row.territories.iter().any(|one| one.id == territory);
            origins.workshops.values().filter(of_theme).filter(|row| there(row)).count()
        };
        let cells = origins
            .catalog
            .themes
            .iter()
            .flat_map(|theme| origins.catalog.territories.iter().map(move |territory| (theme.id, territory.id)))
            .map(|(theme, territory)| {
                let [proposals, clustered, said_again] = cells.get(&(theme, territory)).copied().unwrap_or_default();
                let workshops = u32::try_from(held(theme, territory)).unwrap_or(u32::MAX);
                let agreement = agreement.get(&(theme, territory)).copied();
                HeatCell { theme, territory, workshops, proposals, clustered, said_again, agreement }
            })
            .collect();
        Ok(Consolidation {
            themes: origins.catalog.themes,
            territories: origins.catalog.territories,
            cells,
            clusters,
            proposals,
            matching,
            total,
            untreated,
            news,
            mark: crate::session::millis(mark),
            process: self.store.process(),
        })
    }

    /// How much rooms agree, by theme and bassin, in percent: the mean over what they voted on where they could be against.
    fn agreement(&self, origins: &Origins) -> Result<HashMap<(EntityId, EntityId), u32>, Failure> {
        let mut told: HashMap<(EntityId, EntityId), Vec<f64>> = HashMap::new();
        for one in self.fared()? {
            let room = one.workshop.and_then(|id| origins.workshops.get(&id));
            let (Some(divided), Some(room)) = (one.divided, room) else { continue };
            for territory in &room.territories {
                if let Some(theme) = &room.theme {
                    told.entry((theme.id, territory.id)).or_default().push(1.0 - divided);
                }
            }
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "percents")]
        #[allow(clippy::cast_precision_loss, reason = "votes of some rooms")]
        let mean = |all: &[f64]| (all.iter().sum::<f64>() / all.len() as f64 * 100.0).round() as u32;
        Ok(told.into_iter().map(|(place, all)| (place, mean(&all))).collect())
    }

    /// Proposals noted or taken in since the journal stood there, and where it stands.
    fn fresh(&self, since: Option<f64>) -> Result<(BTreeSet<EntityId>, i64), Failure> {
        let mark = self.latest()?;
        #[allow(clippy::cast_possible_truncation, reason = "a count that was given out as a double")]
        let fresh = since.map(|since| self.store.known_since(Kind::Proposal, since as i64)).transpose()?;
        Ok((fresh.unwrap_or_default().into_iter().collect(), mark))
    }

    /// Rapprochements with what they hold, already counted.
    pub(crate) fn cluster_rows(
        &self,
        origins: &Origins,
        inside: &HashMap<EntityId, Inside>,
    ) -> Result<Vec<ClusterRow>, Failure> {
        let mut taken: HashMap<EntityId, Named> = HashMap::new();
        for action in self.list(Kind::Action)?.iter() {
            for cluster in origins.catalog.linked(action.id, "cluster") {
                taken.entry(cluster).or_insert_with(|| name(action));
            }
        }
        let empty = Inside::default();
        let clusters = self.list(Kind::Cluster)?;
        Ok(clusters
            .iter()
            .map(|entity| {
                let inside = inside.get(&entity.id).unwrap_or(&empty);
                let there = |territory: &&Named| inside.territories.contains(&territory.id);
                ClusterRow {
                    id: entity.id,
                    name: text(entity, Field::Name),
                    theme: entity.fields.id(Field::Theme).and_then(|id| origins.catalog.theme(id)),
                    note: entity.fields.string(Field::Note),
                    proposals: inside.proposals,
                    workshops: inside.workshops.iter().copied().collect(),
                    territories: origins.catalog.territories.iter().filter(there).cloned().collect(),
                    action: taken.get(&entity.id).cloned(),
                    conflict: origins.catalog.disputed.contains(&entity.id),
                }
            })
            .collect())
    }
}

impl Origins {
    /// A proposal with where it was said, by whom, and how it fared.
    pub fn source(&self, proposal: &Entity) -> SourceProposal {
        let of = |field| proposal.fields.id(field);
        let workshop = of(Field::Workshop);
        let row = workshop.and_then(|id| self.workshops.get(&id));
        let territory = of(Field::Territory).and_then(|id| self.catalog.territory(id));
        let group = of(Field::Group).and_then(|id| self.groups.get(&id)).cloned();
        let organisation = of(Field::Organisation).and_then(|id| self.catalog.organisation(id)).map(|one| one.name);
        let votes = |id: EntityId| self.votes.get(&id).cloned().unwrap_or_default();
        let mut all = votes(proposal.id);
        all.extend(group.iter().flat_map(|group| votes(group.id)));
        SourceProposal {
            id: proposal.id,
            text: text(proposal, Field::Text),
            // A proposal always names its atelier; were it missing, its own id leads nowhere and harms nothing.
            workshop: workshop.unwrap_or(proposal.id),
            workshop_number: row.and_then(|row| row.number),
            workshop_title: row.map(|row| row.title.clone()).unwrap_or_default(),
            territory: territory.or_else(|| row.and_then(|row| row.territories.first().cloned())),
            theme: self.theme_of(proposal).and_then(|id| self.catalog.theme(id)),
            organisation: organisation.or_else(|| proposal.fields.string(Field::SourceOrganisation)),
            table: proposal.fields.number(Field::Table),
            cluster: of(Field::Cluster).and_then(|id| self.clusters.get(&id)).cloned(),
            votes: all,
            group,
        }
    }

    /// The theme of a proposal: its own, else its atelier's.
    pub fn theme_of(&self, proposal: &Entity) -> Option<EntityId> {
        self.theme_at(proposal.fields.id(Field::Theme), proposal.fields.id(Field::Workshop))
    }

    /// The ateliers of proposals, one after the other.
    pub fn rooms(&self) -> Rooms<'_> {
        Rooms { workshops: &self.workshops, last: None }
    }

    /// The same, of its own theme and its atelier.
    pub fn theme_at(&self, own: Option<EntityId>, workshop: Option<EntityId>) -> Option<EntityId> {
        own.or_else(|| self.workshops.get(&workshop?)?.theme.as_ref().map(|theme| theme.id))
    }

    /// The bassin of a proposal: its own, else the first of its atelier's.
    pub fn territory_of<'a>(&'a self, line: &Line, room: Option<&'a WorkshopRow>) -> Option<&'a Named> {
        let own = line.territory.and_then(|id| self.catalog.territories.iter().find(|one| one.id == id));
        own.or_else(|| room?.territories.first())
    }

    /// All ateliers, in no order.
    pub fn workshops(&self) -> impl Iterator<Item = &WorkshopRow> {
        self.workshops.values()
    }

    /// An atelier by id.
    pub fn workshop(&self, id: EntityId) -> Option<&WorkshopRow> {
        self.workshops.get(&id)
    }
}

/// Finds the atelier of one proposal after the other: in lists, those of one atelier stand together.
pub(crate) struct Rooms<'a> {
    workshops: &'a HashMap<EntityId, WorkshopRow>,
    last: Option<(EntityId, Option<&'a WorkshopRow>)>,
}

impl<'a> Rooms<'a> {
    /// The atelier of a proposal.
    pub fn of(&mut self, line: &Line) -> Option<&'a WorkshopRow> {
        let workshop = line.workshop?;
        match self.last {
            Some((last, row)) if last == workshop => row,
            _ => {
                let row = self.workshops.get(&workshop);
                self.last = Some((workshop, row));
                row
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{
        testing::{noted, room},
        views::{ProposalFilter, Target},
    };

    #[test]
    fn what_was_noted_since_one_last_looked_is_new() {
        let (mut session, workshop, _folder) = room();
        let old = noted(&mut session, workshop, "Des bus le soir");
        let first = session.consolidation(&ProposalFilter::default()).unwrap();
        assert_eq!(first.news, 0, "who never looked has no last time");
        let new = noted(&mut session, workshop, "Des vélos à la gare");
        let seen = |since, news| ProposalFilter { since: Some(since), news, ..ProposalFilter::default() };
        let later = session.consolidation(&seen(first.mark, true)).unwrap();
        assert_eq!((later.news, later.total), (1, 2));
        assert_eq!(later.proposals.iter().map(|one| one.id).collect::<Vec<_>>(), [new]);
        assert_eq!(session.consolidation(&seen(later.mark, false)).unwrap().news, 0);
        session.cluster(&[old, new], &Target::New { name: "Aller et venir".into() }).unwrap();
        assert_eq!(session.consolidation(&seen(later.mark, false)).unwrap().news, 0, "one’s own work is no news");
    }
}
