//! Rapprochement: proposals of different ateliers that say the same, looked for little by little and asked one by one.
//!
//! Looking for what resembles each of thousands of proposals takes a while. [`Suggestions`] stands beside the session and goes
//! on for as long as someone looks at it, so that nobody waits to type; what it found is asked again of the file each time it
//! is shown, so that a pair put together, judged different or gone is never among it.

use crate::{
    Failure, Language, Session,
    catalog::{count, text},
    consolidate::Origins,
    likeness::LEAST,
    resemble::{Place, Said},
    session::shorten,
    views::*,
};
use moisson_domain::{EntityId, Field, Kind};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    path::Path,
};

/// Likes kept of each proposal.
const PER_PROPOSAL: usize = 5;

/// Letters of a name made of a proposal's first words.
const NAME: usize = 60;

/// Two things, the one with the smaller id first.
pub(crate) type Pair = (EntityId, EntityId);

/// Pairs found so far, and the proposals whose likes are still to be looked for.
pub struct Suggestions {
    said: Said,
    queue: VecDeque<EntityId>,
    found: HashMap<Pair, f32>,
}

impl Suggestions {
    /// Reads all proposals; nothing is looked for yet.
    ///
    /// # Errors
    /// What the store reports.
    pub fn read(session: &Session) -> Result<Self, Failure> {
        let said = Said::read(session)?;
        Ok(Self { queue: said.ids().collect(), said, found: HashMap::new() })
    }

    /// Whether it is of this file, in this language, and not too far behind.
    #[must_use]
    pub fn serves(&self, file: &Path, language: Language) -> bool {
        self.said.serves(file, language)
    }

    /// Takes account of what was noted, changed or removed since.
    ///
    /// # Errors
    /// What the store reports.
    pub fn follow(&mut self, session: &Session) -> Result<(), Failure> {
        let changed: HashSet<EntityId> = self.said.follow_all(session)?.into_iter().collect();
        if changed.is_empty() {
            return Ok(());
        }
        let Self { said, queue, found } = self;
        found.retain(|(one, other), score| {
            if changed.contains(one) || changed.contains(other) {
                let words = said.place(*one).zip(said.place(*other));
                *score = words.map_or(0.0, |((_, one), (_, other))| said.compare(one, other).0);
            }
            *score >= LEAST
        });
        queue.retain(|id| !changed.contains(id));
        queue.extend(changed);
        Ok(())
    }

    /// Looks for what resembles the next few proposals; says whether any are left.
    pub fn look(&mut self, few: usize) -> bool {
        let Self { said, queue, found } = self;
        for id in queue.drain(..few.min(queue.len())) {
            let Some((place, words)) = said.place(id).filter(|(place, _)| !place.parked) else { continue };
            let skip = |other: &Place| other.id == id || together(place.workshop, other.workshop);
            let likely = said.nearest(words, PER_PROPOSAL, skip).into_iter().filter(|(_, score)| *score >= LEAST);
            found.extend(likely.map(|(other, score)| (pair(id, other), score)));
        }
        !queue.is_empty()
    }
}

/// A suggestion before it is written out: the likest two proposals of its two sides, and how many other pairs say the same.
struct Likest {
    score: f32,
    pair: Pair,
    others: u32,
}

impl Session {
    /// Pairs to be decided, likest first. A proposal in a rapprochement stands for the whole of it.
    ///
    /// # Errors
    /// What the store reports.
    pub fn suggestions(&self, known: &Suggestions, asked: &SuggestionFilter) -> Result<SuggestionPage, Failure> {
        let origins = self.origins()?;
        let different = self.different()?;
        let mut sides: HashMap<Pair, Likest> = HashMap::new();
        for (&(one, other), &score) in &known.found {
            let Some(((a, _), (b, _))) = known.said.place(one).zip(known.said.place(other)) else { continue };
            let far = a.parked || b.parked || together(a.workshop, b.workshop) || together(a.cluster, b.cluster);
            let themes = [a, b].map(|place| origins.theme_at(place.theme, place.workshop));
            let wanted = asked.theme.is_none_or(|theme| themes.contains(&Some(theme)));
            let (x, y) = (a.cluster.unwrap_or(one), b.cluster.unwrap_or(other));
            let refused = [(one, other), (one, y), (x, other), (x, y)];
            if far
                || !wanted
                || score < asked.least.unwrap_or(LEAST)
                || refused.iter().any(|(p, q)| different.contains(&pair(*p, *q)))
            {
                continue;
            }
            let likest = sides.entry(pair(x, y)).or_insert(Likest { score, pair: (one, other), others: 0 });
            likest.others += u32::from(likest.pair != (one, other));
            if score > likest.score || (score == likest.score && (one, other) < likest.pair) {
                (likest.score, likest.pair) = (score, (one, other));
            }
        }
        let mut likest: Vec<Likest> = sides.into_values().collect();
        let waiting = count(&likest);
        likest.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.pair.cmp(&other.pair)));
        likest.truncate(usize::try_from(asked.limit).unwrap_or(usize::MAX));
        let mut pairs = Vec::new();
        for one in likest {
            pairs.extend(self.suggestion(known, &origins, &one)?);
        }
        let of = known.said.ids().count();
        let clamp = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(SuggestionPage { pairs, waiting, read: clamp(of.saturating_sub(known.queue.len())), of: clamp(of) })
    }

    fn suggestion(
        &self,
        known: &Suggestions,
        origins: &Origins,
        likest: &Likest,
    ) -> Result<Option<Suggestion>, Failure> {
        let (one, other) = likest.pair;
        let Some((a, b)) = self.store.entity(one)?.zip(self.store.entity(other)?) else { return Ok(None) };
        let side = |entity| -> Result<SuggestionSide, Failure> {
            let proposal = origins.source(entity);
            let members = match &proposal.cluster {
                Some(cluster) => count(&self.store.proposals_of_cluster(cluster.id)?),
                None => 1,
            };
            Ok(SuggestionSide {
                id: proposal.cluster.as_ref().map_or(proposal.id, |cluster| cluster.id),
                proposal,
                members,
            })
        };
        let (_, why) = known.said.compare(&text(&a, Field::Text), &text(&b, Field::Text));
        Ok(Some(Suggestion { a: side(&a)?, b: side(&b)?, score: likest.score, why, others: likest.others }))
    }

    /// Pairs that someone judged different: proposals, rapprochements, or one of each.
    pub(crate) fn different(&self) -> Result<HashSet<Pair>, Failure> {
        let all = self.list(Kind::Distinct)?;
        let ends = all.iter().filter_map(|one| one.fields.id(Field::A).zip(one.fields.id(Field::B)));
        Ok(ends.map(|(one, other)| pair(one, other)).collect())
    }

    /// Puts two sides of a suggestion together, each a proposal or a rapprochement: in the rapprochement that one of them is,
    /// in the fuller one of two, or in a new one under this name. Returns it.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], what a field refuses, or what the store reports.
    pub fn bring_together(&mut self, one: EntityId, other: EntityId, named: Option<&str>) -> Result<EntityId, Failure> {
        let cluster = |id: EntityId| -> Result<bool, Failure> { Ok(self.entity(id)?.kind == Kind::Cluster.name()) };
        match (cluster(one)?, cluster(other)?) {
            (true, true) => {
                let size = |id| -> Result<usize, Failure> { Ok(self.store.proposals_of_cluster(id)?.len()) };
                let (into, from) = if size(other)? > size(one)? { (other, one) } else { (one, other) };
                self.join_clusters(into, &[from])?;
                Ok(into)
            }
            (true, false) => self.cluster(&[other], &Target::Existing { id: one }).map(|_| one),
            (false, true) => self.cluster(&[one], &Target::Existing { id: other }).map(|_| other),
            (false, false) => {
                let name = match named.map(str::trim).filter(|name| !name.is_empty()) {
                    Some(name) => name.to_owned(),
                    None => self.first_name(one, other)?,
                };
                let made = self.cluster(&[one, other], &Target::New { name })?;
                made.ok_or(Failure::NoSuch { what: Some(Kind::Proposal), reference: one.to_string() })
            }
        }
    }

    /// What a rapprochement of two proposals is called until someone says better: as a group of theirs, else by the first words
    /// of the shorter one.
    fn first_name(&self, one: EntityId, other: EntityId) -> Result<String, Failure> {
        let both = [self.entity_of(Kind::Proposal, one)?, self.entity_of(Kind::Proposal, other)?];
        for group in both.iter().filter_map(|proposal| proposal.fields.id(Field::Group)) {
            if let Some(group) = self.store.entity(group)? {
                return Ok(text(&group, Field::Name));
            }
        }
        let words = both.map(|proposal| text(&proposal, Field::Text));
        let shorter = words.iter().min_by_key(|text| text.len()).map_or("", String::as_str);
        Ok(shorten(shorter, NAME))
    }
}

pub(crate) fn pair(one: EntityId, other: EntityId) -> Pair {
    if one < other { (one, other) } else { (other, one) }
}

/// Whether both are in the same thing.
fn together(one: Option<EntityId>, other: Option<EntityId>) -> bool {
    one.is_some() && one == other
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::Suggestions;
    use crate::{
        EntityId, Field, Kind, Session,
        testing::{noted, room},
        views::*,
    };
    use serde_json::json;

    fn elsewhere(session: &mut Session, number: u32) -> EntityId {
        let title = [(Field::Title, json!("Mobilité")), (Field::Number, json!(number))].into_iter().collect();
        session.create_entity(Kind::Workshop, title, None).unwrap()
    }

    fn asked(session: &Session, known: &mut Suggestions) -> Vec<(EntityId, EntityId)> {
        known.follow(session).unwrap();
        while known.look(2) {}
        let page = session.suggestions(known, &SuggestionFilter { limit: 20, ..SuggestionFilter::default() }).unwrap();
        assert_eq!(page.read, page.of, "all were looked at");
        page.pairs.iter().map(|one| super::pair(one.a.id, one.b.id)).collect()
    }

    #[test]
    fn proposals_of_two_ateliers_are_suggested_with_their_reason_and_those_of_one_are_not() {
        let (mut session, here, _folder) = room();
        let there = elsewhere(&mut session, 8);
        let one = noted(&mut session, here, "Un garage solidaire pour réparer sa voiture");
        noted(&mut session, here, "Ouvrir un garage solidaire pour les voitures");
        let other = noted(&mut session, there, "Réparer sa voiture dans un garage solidaire");
        noted(&mut session, there, "Des horaires de crèche élargis");
        let mut known = Suggestions::read(&session).unwrap();
        while known.look(100) {}
        let page = session.suggestions(&known, &SuggestionFilter { limit: 20, ..SuggestionFilter::default() }).unwrap();
        assert_eq!(page.waiting, 2, "the garage of there, with each of here");
        let first = &page.pairs[0];
        assert_eq!(super::pair(first.a.id, first.b.id), super::pair(one, other));
        assert!(first.why.iter().any(|why| why.contains("garage solidaire")), "{:?}", first.why);
    }

    #[test]
    fn what_was_refused_is_never_asked_again_and_undo_asks_it_again() {
        let (mut session, here, _folder) = room();
        let there = elsewhere(&mut session, 8);
        let one = noted(&mut session, here, "Avancer le prix du permis de conduire");
        let other = noted(&mut session, there, "Une avance sur le prix du permis de conduire");
        let mut known = Suggestions::read(&session).unwrap();
        assert_eq!(asked(&session, &mut known), [super::pair(one, other)]);
        session.tell_apart(other, one).unwrap();
        assert!(asked(&session, &mut known).is_empty());
        session.undo().unwrap();
        assert_eq!(asked(&session, &mut known).len(), 1);
    }

    #[test]
    fn a_rapprochement_is_suggested_as_one_and_refused_as_one() {
        let (mut session, here, _folder) = room();
        let (there, far) = (elsewhere(&mut session, 8), elsewhere(&mut session, 9));
        let one = noted(&mut session, here, "Avancer le prix du permis de conduire");
        let other = noted(&mut session, there, "Une avance sur le prix du permis de conduire");
        let third = noted(&mut session, far, "Le prix du permis de conduire avancé par le Département");
        let mut known = Suggestions::read(&session).unwrap();
        let cluster = session.bring_together(one, other, Some("Permis")).unwrap();
        assert_eq!(asked(&session, &mut known), [super::pair(cluster, third)], "two pairs, one question");
        session.tell_apart(third, cluster).unwrap();
        assert!(asked(&session, &mut known).is_empty());
        session.undo().unwrap();
        assert_eq!(session.bring_together(third, cluster, None).unwrap(), cluster);
        assert!(asked(&session, &mut known).is_empty());
        let members = session.consolidation(&ProposalFilter::default()).unwrap().clusters;
        assert_eq!((members.len(), members[0].proposals), (1, 3));
    }

    #[test]
    fn words_that_change_are_compared_anew() {
        let (mut session, here, _folder) = room();
        let there = elsewhere(&mut session, 8);
        let one = noted(&mut session, here, "Avancer le prix du permis de conduire");
        noted(&mut session, there, "Une avance sur le prix du permis de conduire");
        let mut known = Suggestions::read(&session).unwrap();
        assert_eq!(asked(&session, &mut known).len(), 1);
        let set = [(Field::Text, json!("Des jardins partagés au pied des immeubles"))].into_iter().collect();
        session.edit_entity(one, set).unwrap();
        assert!(asked(&session, &mut known).is_empty());
    }
}
