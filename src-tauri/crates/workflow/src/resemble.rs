//! « Ressemble à… »: while a room speaks, what was already said in these words or others, here and elsewhere.
//!
//! Asked at every pause of the typist, so the words of all proposals are read once and then followed ([`Said`]), beside the
//! session rather than in it: reading them holds nobody up.

use crate::{
    Failure, Language, Session,
    catalog::{name, text},
    likeness::{LEAST, spoken, why},
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_journal::Draft;
use moisson_likeness::{Index, Match};
use serde_json::json;
use std::{
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
};

/// Proposals looked at for one question, before those of here and of elsewhere are told apart.
const LOOKED_AT: usize = 60;

/// Proposals added or changed before all is read anew, when they are more than a third of what was read.
const FEW: usize = 1_000;

/// What all proposals of a démarche say, ready to be searched.
pub struct Said {
    file: PathBuf,
    language: Language,
    index: Index,
    /// By place in the index: whose words they are; nobody's once they changed.
    places: Vec<Option<Place>>,
    place_of: HashMap<EntityId, usize>,
    /// How many were read at once.
    read: usize,
    /// The latest change taken account of.
    mark: i64,
}

/// Where a proposal stands, as far as likeness asks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub id: EntityId,
    pub workshop: Option<EntityId>,
    pub theme: Option<EntityId>,
    pub group: Option<EntityId>,
    pub cluster: Option<EntityId>,
    pub parked: bool,
}

impl Place {
    fn of(proposal: &Entity) -> Self {
        let of = |field| proposal.fields.id(field);
        Self {
            id: proposal.id,
            workshop: of(Field::Workshop),
            theme: of(Field::Theme),
            group: of(Field::Group),
            cluster: of(Field::Cluster),
            parked: proposal.fields.flag(Field::Parked),
        }
    }
}

impl Said {
    /// Reads all proposals.
    ///
    /// # Errors
    /// What the store reports.
    pub fn read(session: &Session) -> Result<Self, Failure> {
        let mark = session.store.latest_change()?;
        let (mut texts, mut places) = (Vec::new(), Vec::new());
        session.store.for_each(Some(Kind::Proposal.name()), |proposal| {
            texts.push(text(&proposal, Field::Text));
            places.push(Some(Place::of(&proposal)));
        })?;
        Ok(Self {
            file: session.path().to_owned(),
            language: session.language(),
            index: Index::new(spoken(session.language()), texts),
            place_of: places.iter().flatten().enumerate().map(|(at, place)| (place.id, at)).collect(),
            read: places.len(),
            places,
            mark,
        })
    }

    /// Whether it is of this file, in this language, and not so far behind that it should be read anew.
    #[must_use]
    pub fn serves(&self, file: &Path, language: Language) -> bool {
        let added = self.places.len() - self.read;
        self.file == file && self.language == language && added <= FEW.max(self.read / 3)
    }

    /// Takes account of what was noted, changed or removed since.
    ///
    /// # Errors
    /// What the store reports.
    pub fn follow(&mut self, session: &Session) -> Result<(), Failure> {
        self.follow_all(session)?;
        Ok(())
    }

    /// The same, and says which proposals those are.
    pub(crate) fn follow_all(&mut self, session: &Session) -> Result<Vec<EntityId>, Failure> {
        let (changed, mark) = session.store.changed_since(Kind::Proposal, self.mark)?;
        for &id in &changed {
            let now = session.store.entity(id)?;
            let known = self.place_of.get(&id).copied();
            match (now, known) {
                (None, Some(at)) => {
                    self.places[at] = None;
                    self.place_of.remove(&id);
                }
                (None, None) => {}
                (Some(proposal), known) => {
                    let (words, place) = (text(&proposal, Field::Text), Place::of(&proposal));
                    let same = known.filter(|at| self.index.text(*at) == Some(words.as_str()));
                    if let Some(at) = same {
                        self.places[at] = Some(place);
                    } else {
                        if let Some(at) = known {
                            self.places[at] = None;
                        }
                        self.place_of.insert(id, self.index.add(words));
                        self.places.push(Some(place));
                    }
                }
            }
        }
        self.mark = mark;
        Ok(changed)
    }

    /// Every proposal there is.
    pub(crate) fn ids(&self) -> impl Iterator<Item = EntityId> {
        self.places.iter().flatten().map(|place| place.id)
    }

    /// Where a proposal stands and what it says; none once it is gone.
    pub(crate) fn place(&self, id: EntityId) -> Option<(&Place, &str)> {
        let at = *self.place_of.get(&id)?;
        Some((self.places.get(at)?.as_ref()?, self.index.text(at)?))
    }

    /// The proposals most like some words, best first.
    pub(crate) fn nearest(&self, words: &str, limit: usize, skip: impl Fn(&Place) -> bool) -> Vec<(EntityId, f32)> {
        let place = |at: usize| self.places.get(at).and_then(Option::as_ref);
        let found = self.index.like(words, limit, |at| place(at).is_none_or(|one| one.parked || skip(one)));
        found.into_iter().filter_map(|one| Some((place(one.place)?.id, one.score))).collect()
    }

    /// How alike two texts are, and what they share.
    pub(crate) fn compare(&self, one: &str, other: &str) -> (f32, Vec<String>) {
        let (score, shared) = self.index.compare(one, other);
        (score, why(shared))
    }

    fn like(&self, words: &str, skip: impl Fn(&Place) -> bool) -> Vec<(&Place, Match)> {
        let place = |at: usize| self.places.get(at).and_then(Option::as_ref);
        let found = self.index.like(words, LOOKED_AT, |at| place(at).is_none_or(|one| one.parked || skip(one)));
        found.into_iter().filter_map(|one| Some((place(one.place)?, one))).collect()
    }
}

impl Session {
    /// What says the same as a text being typed, or as a proposal of the board: first of this atelier, then of others, each
    /// best first. What someone judged different from a proposal, or put together with it, is not asked again.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn resembling(&self, said: &Said, asked: &Asked) -> Result<Vec<Resembling>, Failure> {
        let words;
        let found = match asked.proposal {
            Some(id) => {
                let this = Place::of(&self.entity_of(Kind::Proposal, id)?);
                words = text(&self.entity_of(Kind::Proposal, id)?, Field::Text);
                let different = self.told_apart(id)?;
                said.like(&words, |other| {
                    let together = |one: Option<EntityId>, two| one.is_some() && one == two;
                    other.id == id
                        || different.contains(&other.id)
                        || together(this.group, other.group)
                        || together(this.cluster, other.cluster)
                })
            }
            None => said.like(&asked.text, |_| false),
        };
        let least = asked.least.unwrap_or(LEAST);
        let likely = found.into_iter().filter(|(_, one)| one.score >= least);
        let (here, there): (Vec<_>, Vec<_>) = likely.partition(|(place, _)| place.workshop == Some(asked.workshop));
        let most = usize::try_from(asked.limit).unwrap_or(usize::MAX);
        let supports: HashMap<EntityId, u32> = self.store.supports(Some(asked.workshop))?.into_iter().collect();
        let mut rows = Vec::new();
        for (place, one) in here.into_iter().take(most).chain(there.into_iter().take(most)) {
            if let Some(row) = self.resembling_row(place, one, asked.workshop, &supports)? {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn resembling_row(
        &self,
        place: &Place,
        found: Match,
        workshop: EntityId,
        supports: &HashMap<EntityId, u32>,
    ) -> Result<Option<Resembling>, Failure> {
        let Some(proposal) = self.store.entity(place.id)? else { return Ok(None) };
        let home = match place.workshop {
            Some(id) => self.store.entity(id)?,
            None => None,
        };
        let mut territories = Vec::new();
        for link in self.children(Kind::Link, place.workshop.unwrap_or(place.id))? {
            if link.fields.text(Field::Kind) == Some("territory")
                && let Some(territory) = link.fields.id(Field::To)
                && let Some(territory) = self.store.entity(territory)?
            {
                territories.push(name(&territory).name);
            }
        }
        let named = |id: Option<EntityId>| -> Result<Option<Named>, Failure> {
            let entity = match id {
                Some(id) => self.store.entity(id)?,
                None => None,
            };
            Ok(entity.as_ref().map(name))
        };
        Ok(Some(Resembling {
            id: place.id,
            text: text(&proposal, Field::Text),
            here: place.workshop == Some(workshop),
            workshop_number: home.as_ref().and_then(|home| home.fields.number(Field::Number)),
            workshop_title: home.as_ref().map(|home| name(home).name).unwrap_or_default(),
            territories,
            group: named(place.group)?,
            cluster: named(place.cluster)?,
            support: supports.get(&place.id).copied().unwrap_or_default(),
            score: found.score,
            why: why(found.shared),
        }))
    }

    /// Proposals that someone judged different from this one.
    fn told_apart(&self, proposal: EntityId) -> Result<BTreeSet<EntityId>, Failure> {
        let ours = self.children(Kind::Distinct, proposal)?;
        let theirs = self.store.ending_at(Kind::Distinct, proposal)?;
        let ends = ours.iter().filter_map(|one| one.fields.id(Field::B));
        Ok(ends.chain(theirs.iter().filter_map(|one| one.fields.id(Field::A))).collect())
    }

    /// Judges two proposals, two rapprochements or one of each different: they are not suggested to each other any more.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn tell_apart(&mut self, one: EntityId, other: EntityId) -> Result<(), Failure> {
        for id in [one, other] {
            let entity = self.entity(id)?;
            if ![Kind::Proposal.name(), Kind::Cluster.name()].contains(&entity.kind.as_str()) {
                return Err(Failure::NoSuch { what: Some(Kind::Proposal), reference: id.to_string() });
            }
        }
        if one == other || self.told_apart(one)?.contains(&other) {
            return Ok(());
        }
        let set = [(Field::A, json!(one)), (Field::B, json!(other))].into_iter().collect();
        let drafts = vec![Draft::set(self.new_id(), Kind::Distinct.name(), set)];
        self.act("distinct.create", drafts)?;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::Said;
    use crate::{
        EntityId, Session,
        testing::{noted, room},
        views::*,
    };

    fn asked(workshop: EntityId, proposal: Option<EntityId>, text: &str) -> Asked {
        Asked { workshop, proposal, text: text.to_owned(), limit: 5, least: None }
    }

    fn texts(session: &Session, said: &Said, asked: &Asked) -> Vec<String> {
        session.resembling(said, asked).unwrap().into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn what_was_noted_changed_or_removed_since_is_taken_account_of() {
        let (mut session, workshop, _folder) = room();
        let navette = noted(&mut session, workshop, "Une navette le soir vers la zone industrielle");
        let mut said = Said::read(&session).unwrap();
        let question = asked(workshop, None, "navettes du soir pour la zone industrielle");
        assert_eq!(texts(&session, &said, &question), ["Une navette le soir vers la zone industrielle"]);
        noted(&mut session, workshop, "Prêter une voiture aux intérimaires");
        said.follow(&session).unwrap();
        let voiture = asked(workshop, None, "prêt de voitures pour les interimaires");
        assert_eq!(texts(&session, &said, &voiture), ["Prêter une voiture aux intérimaires"]);
        // Its words changed: it is found by the new ones only.
        let set = [(crate::Field::Text, serde_json::json!("Un garage solidaire à Valdahon"))].into_iter().collect();
        session.edit_entity(navette, set).unwrap();
        said.follow(&session).unwrap();
        assert!(texts(&session, &said, &question).is_empty());
        assert_eq!(
            texts(&session, &said, &asked(workshop, None, "garage solidaire")),
            ["Un garage solidaire à Valdahon"]
        );
        session.remove_entities(&[navette]).unwrap();
        said.follow(&session).unwrap();
        assert!(texts(&session, &said, &asked(workshop, None, "garage solidaire")).is_empty());
        session.undo().unwrap();
        said.follow(&session).unwrap();
        assert_eq!(texts(&session, &said, &asked(workshop, None, "garage solidaire")).len(), 1);
    }

    #[test]
    fn what_people_judged_different_or_put_together_is_not_asked_again() {
        let (mut session, workshop, _folder) = room();
        let one = noted(&mut session, workshop, "Avancer le prix du permis de conduire");
        let other = noted(&mut session, workshop, "Une avance sur le prix du permis");
        let third = noted(&mut session, workshop, "Prix du permis avancé par le Département");
        let mut said = Said::read(&session).unwrap();
        let ids = |session: &Session, said: &Said, of| -> Vec<EntityId> {
            let rows = session.resembling(said, &asked(workshop, Some(of), "")).unwrap();
            let mut ids: Vec<EntityId> = rows.into_iter().map(|one| one.id).collect();
            ids.sort();
            ids
        };
        assert_eq!(ids(&session, &said, one), [other, third]);
        session.tell_apart(other, one).unwrap();
        let acts = session.history().unwrap().acts.len();
        session.tell_apart(one, other).unwrap();
        assert_eq!(session.history().unwrap().acts.len(), acts, "said once, whichever way");
        assert_eq!(ids(&session, &said, one), [third]);
        assert_eq!(ids(&session, &said, other), [third], "both ways");
        session.group(&[one, third], &Target::New { name: "Permis".into() }).unwrap();
        said.follow(&session).unwrap();
        assert!(ids(&session, &said, one).is_empty());
        session.undo().unwrap();
        session.undo().unwrap();
        said.follow(&session).unwrap();
        assert_eq!(ids(&session, &said, one), [other, third], "and taken back like any act");
    }

    #[test]
    fn other_ateliers_come_after_this_one_with_where_it_was_said() {
        let (mut session, workshop, _folder) = room();
        let elsewhere = session.create_entity(
            crate::Kind::Workshop,
            [(crate::Field::Title, serde_json::json!("Mobilité")), (crate::Field::Number, serde_json::json!(3))]
                .into_iter()
                .collect(),
            None,
        );
        let elsewhere = elsewhere.unwrap();
        let name = [(crate::Field::Name, serde_json::json!("Pontarlier"))].into_iter().collect();
        let territory = session.create_entity(crate::Kind::Territory, name, None).unwrap();
        session.set_links(elsewhere, "territory", &[territory]).unwrap();
        noted(&mut session, elsewhere, "Horaires de bus calés sur les prises de poste");
        noted(&mut session, workshop, "Des bus aux horaires des équipes du matin, calés sur les postes");
        let said = Said::read(&session).unwrap();
        let rows = session.resembling(&said, &asked(workshop, None, "bus aux horaires calés sur les prises de poste"));
        let rows = rows.unwrap();
        assert_eq!(rows.iter().map(|one| one.here).collect::<Vec<_>>(), [true, false]);
        assert!(rows[1].score > rows[0].score, "the better one is elsewhere, and still comes after");
        assert_eq!(
            (rows[1].workshop_number, rows[1].territories.as_slice()),
            (Some(3), &["Pontarlier".to_owned()][..])
        );
        assert!(rows[1].why.iter().any(|why| why.contains("prises de poste")));
    }
}
