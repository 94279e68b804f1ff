//! The search behind Ctrl+K: what people name and say, accents, case and slips of the fingers forgiven.

use crate::{Failure, Session, catalog::name, home::fold, session::shorten, views::*};
use moisson_domain::{EntityId, Field, Kind};
use moisson_store::Words;
use std::path::Path;

/// What can be found, in the order it is shown.
const KINDS: &[Kind] = &[
    Kind::Workshop,
    Kind::Action,
    Kind::Cluster,
    Kind::Group,
    Kind::Proposal,
    Kind::Finding,
    Kind::Objective,
    Kind::Axis,
];

/// Letters of what was found that are shown.
const SHOWN: usize = 160;

/// The words of a démarche, ready to be searched. It is kept beside the session, so that reading it holds nobody up.
pub struct Finder(Words);

impl Finder {
    /// Reads the words of everything that can be found.
    ///
    /// # Errors
    /// What the store reports.
    pub fn read(session: &Session) -> Result<Self, Failure> {
        Ok(Self(Words::read(&session.store, KINDS)?))
    }

    /// Whether it is of this file.
    #[must_use]
    pub fn serves(&self, file: &Path) -> bool {
        self.0.path() == file
    }
}

impl Session {
    /// What holds all the words of a query, or words that begin with them; a word that nothing begins with is taken for those one
    /// or two letters apart.
    ///
    /// # Errors
    /// What the store reports.
    pub fn hits(&self, finder: &mut Finder, query: &str, limit: u32) -> Result<Vec<Hit>, Failure> {
        finder.0.follow(&self.store)?;
        let found = finder.0.find(&words(query), usize::try_from(limit).unwrap_or(usize::MAX))?;
        let mut hits = Vec::new();
        for id in found {
            hits.extend(self.hit(id)?);
        }
        Ok(hits)
    }

    /// The same, for whoever asks once.
    ///
    /// # Errors
    /// What the store reports.
    pub fn search(&self, query: &str, limit: u32) -> Result<Vec<Hit>, Failure> {
        self.hits(&mut Finder::read(self)?, query, limit)
    }

    fn hit(&self, id: EntityId) -> Result<Option<Hit>, Failure> {
        let Some(entity) = self.store.entity(id)? else { return Ok(None) };
        let is_workshop = entity.kind == Kind::Workshop.name();
        let workshop = if is_workshop { Some(id) } else { entity.fields.id(Field::Workshop) };
        let home = match workshop {
            Some(home) if !is_workshop => self.store.entity(home)?,
            _ => None,
        };
        Ok(Some(Hit {
            id,
            text: shorten(&name(&entity).name, SHOWN),
            context: home.as_ref().map(|home| name(home).name).unwrap_or_default(),
            workshop,
            kind: entity.kind,
        }))
    }
}

/// The words of a query, without accents in lower case. Letters alone (« l’ ») say nothing beside others.
fn words(query: &str) -> Vec<String> {
    let folded = fold(query);
    let all: Vec<&str> =
        folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let long = all.iter().any(|word| word.chars().nth(1).is_some());
    all.into_iter().filter(|word| !long || word.chars().nth(1).is_some()).map(str::to_owned).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::Finder;
    use crate::{
        Field, Kind, Session,
        testing::{noted, room},
        views::*,
    };
    use serde_json::json;

    fn texts(session: &Session, finder: &mut Finder, query: &str) -> Vec<String> {
        session.hits(finder, query, 10).unwrap().into_iter().map(|hit| hit.text).collect()
    }

    #[test]
    fn accents_case_endings_and_slips_of_the_fingers_are_forgiven() {
        let (mut session, workshop, _folder) = room();
        noted(&mut session, workshop, "Une navette à l’écluse d’Ornans");
        noted(&mut session, workshop, "Un garage solidaire");
        let mut finder = Finder::read(&session).unwrap();
        for query in ["ecluse", "ÉCLUSE navette", "nav", "l’éclus", "navete", "navtete", "écluse à l'ornans"] {
            assert_eq!(texts(&session, &mut finder, query), ["Une navette à l’écluse d’Ornans"], "{query}");
        }
        assert!(texts(&session, &mut finder, "navette garage").is_empty(), "all the words are wanted");
        assert!(texts(&session, &mut finder, "logement").is_empty());
        assert!(texts(&session, &mut finder, " \" NEAR( * ^ ").is_empty(), "what is typed is never a query of its own");
    }

    #[test]
    fn what_was_noted_changed_or_removed_since_is_found_as_it_is_now() {
        let (mut session, workshop, _folder) = room();
        let mut finder = Finder::read(&session).unwrap();
        let one = noted(&mut session, workshop, "Un garage solidaire");
        assert_eq!(texts(&session, &mut finder, "garage").len(), 1);
        session.edit_entity(one, [(Field::Text, json!("Un vélo à la gare"))].into_iter().collect()).unwrap();
        assert!(texts(&session, &mut finder, "garage").is_empty());
        assert_eq!(texts(&session, &mut finder, "velo gare").len(), 1);
        session.remove_entities(&[one]).unwrap();
        assert!(texts(&session, &mut finder, "velo").is_empty());
        session.undo().unwrap();
        assert_eq!(texts(&session, &mut finder, "velo").len(), 1);
    }

    #[test]
    fn ateliers_and_actions_come_before_what_was_said_in_them() {
        let (mut session, workshop, _folder) = room();
        noted(&mut session, workshop, "Mobilité des jeunes");
        session
            .create_entity(Kind::Action, [(Field::Title, json!("Plan de mobilité"))].into_iter().collect(), None)
            .unwrap();
        let hits: Vec<Hit> = session.search("mobilite", 10).unwrap();
        assert_eq!(hits.iter().map(|hit| hit.kind.as_str()).collect::<Vec<_>>(), ["workshop", "action", "proposal"]);
        assert_eq!((hits[2].context.as_str(), hits[2].workshop), ("Mobilité", Some(workshop)));
    }
}
