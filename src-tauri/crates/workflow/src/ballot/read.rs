//! What is shown of votes: a scrutin's page, lists, how options fared.

use super::{GRADES, again, copies, frozen, grade_names, method, rule, score_words, settings, words::ordinal};
use crate::{
    Failure, Session,
    catalog::{name, text},
    views::*,
};
use moisson_domain::{EntityId, Field, Kind};
use std::collections::HashMap;

impl Session {
    /// Votes of an atelier.
    pub(crate) fn ballots(&self, workshop: EntityId) -> Result<Vec<BallotRow>, Failure> {
        let mut rows = Vec::new();
        for entity in self.children(Kind::Ballot, workshop)? {
            let state = text(&entity, Field::State);
            let bulletins = match frozen(&entity) {
                Some(frozen) => frozen.outcome.ballots.as_u64().map_or(0, crate::merge::clamp),
                None => self.bag(entity.id)?.iter().flat_map(|(_, said)| said).map(copies).sum(),
            };
            let method = method(&entity);
            rows.push(BallotRow { id: entity.id, question: name(&entity).name, method, state, bulletins });
        }
        Ok(rows)
    }

    /// A scrutin as its page shows it; the result only once closed.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn ballot(&self, id: EntityId) -> Result<BallotView, Failure> {
        let _page = self.page()?;
        let entity = self.entity_of(Kind::Ballot, id)?;
        let method = method(&entity);
        let settings = settings(&entity);
        let frozen = frozen(&entity);
        let standing = if frozen.is_none() && settings.live && !entity.fields.flag(Field::Secret) {
            self.live(&entity)?
        } else {
            self.unseen(&entity, method)?
        };
        let odd = self.odd(id, frozen.as_ref())?;
        let options = self.children(Kind::Option, id)?;
        Ok(BallotView {
            others: frozen.as_ref().map_or_else(Vec::new, |_| again::others(method)),
            rounds: self.rounds(&entity)?,
            next_duel: standing.next_duel,
            abstentions: entity.fields.number(Field::Abstentions),
            id,
            workshop: entity.fields.id(Field::Workshop),
            question: name(&entity).name,
            method,
            rule: rule(method, &settings, self.language()),
            state: text(&entity, Field::State),
            secret: entity.fields.flag(Field::Secret),
            grade_names: grade_names(settings.grades.unwrap_or(GRADES), self.language()),
            settings,
            options: options
                .iter()
                .map(|option| BallotOption {
                    id: option.id,
                    label: text(option, Field::Label),
                    about: option.fields.id(Field::About),
                    cost: option.fields.number(Field::Cost).map(|cents| f64::from(cents) / 100.0),
                })
                .collect(),
            present_count: entity.fields.number(Field::PresentCount),
            bulletins: match &frozen {
                Some(frozen) => frozen.outcome.ballots.as_u64().map_or(0, crate::merge::clamp),
                None => standing.bulletins,
            },
            entered: standing.entered,
            outcome: frozen.map(|frozen| frozen.outcome).or(standing.outcome),
            odd,
        })
    }

    /// How groups and proposals fared in closed votes, in words.
    pub(crate) fn votes_about(&self) -> Result<HashMap<EntityId, Vec<String>>, Failure> {
        let mut votes: HashMap<EntityId, Vec<String>> = HashMap::new();
        for ballot in self.list(Kind::Ballot)?.iter() {
            let Some(frozen) = frozen(ballot) else { continue };
            let names = grade_names(settings(ballot).grades.unwrap_or(GRADES), self.language());
            for option in self.children(Kind::Option, ballot.id)? {
                let id = option.id.to_string();
                let rank = frozen.outcome.ranking.iter().position(|rank| rank.contains(&id));
                if let (Some(about), Some(score), Some(rank)) =
                    (option.fields.id(Field::About), frozen.outcome.scores.get(&id), rank)
                {
                    let ahead: usize = frozen.outcome.ranking[..rank].iter().map(Vec::len).sum();
                    let words = score_words(score, &names, self.language());
                    let place = ordinal(ahead + 1, self.language());
                    let of = frozen.outcome.scores.len();
                    votes.entry(about).or_default().push(
                        self.language().say(format!("{place} sur {of} : {words}"), format!("{place} of {of}: {words}")),
                    );
                }
            }
        }
        Ok(votes)
    }
}
