//! Votes on phones: what they are asked, and what they put in the bag.
//!
//! Whatever the method, what one voter says lies in the bag under one key, so that said again it replaces. A vote by duels is
//! answered by several at once; they are told apart only at closing, when the bag is shuffled, so that nobody can put one
//! person's duels together again. Which duel comes next is the phone's own choice, from its own answers: that of the whole
//! room would tell who leads.

use crate::{
    CardProblem, Failure, Language, Session,
    ballot::{check_bulletin, grade_names, method, rule, settings},
    catalog::{name, text},
    phones::{card_hash, hashed, plain},
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind};
use moisson_room::{Choice, Question, Say, Voting};
use moisson_store::Recast;
use moisson_tally::{Ballot, Stance};
use std::collections::{BTreeMap, BTreeSet};

/// Duels that one voter may answer.
const MOST_DUELS: usize = 100;
/// Signs of the reason of an objection.
const LONGEST_REASON: usize = 500;
/// Highest score where the vote sets none.
const SCORES: u32 = 10;

impl Session {
    /// An open vote as phones show it; none if it is not open, or is counted from raised hands.
    pub(crate) fn phone_ballot(&self, ballot: &Entity) -> Result<Option<Question>, Failure> {
        let method = method(ballot);
        if ballot.fields.text(Field::State) != Some("open") || !on_phones(method) {
            return Ok(None);
        }
        let settings = settings(ballot);
        let both = |say: &dyn Fn(Language) -> String| Say { fr: say(Language::Fr), en: say(Language::En) };
        let only = |of: RoomMethod| method == of;
        let count = settings.grades.unwrap_or(crate::ballot::GRADES);
        let graded = if only(RoomMethod::MajorityJudgment) { count } else { 0 };
        let grades = grade_names(count, Language::Fr).into_iter().zip(grade_names(count, Language::En));
        let scored = only(RoomMethod::Score) || only(RoomMethod::ImpactEffort);
        let points = settings.points.unwrap_or(moisson_tally::Settings::default().points);
        let options = self.children(Kind::Option, ballot.id)?;
        let choice =
            |one: &Entity| Choice { id: one.id, label: text(one, Field::Label), cost: one.fields.number(Field::Cost) };
        Ok(Some(Question {
            id: ballot.id,
            question: name(ballot).name,
            method: moisson_tally::Method::try_from(method)?.to_string(),
            rule: both(&|language| rule(method, &settings, language)),
            options: options.iter().map(choice).collect(),
            points: only(RoomMethod::Dots).then_some(points),
            max_per_option: settings.max_per_option.filter(|_| only(RoomMethod::Dots)),
            max_choices: settings.max_choices.filter(|_| only(RoomMethod::Approval) || only(RoomMethod::Budget)),
            grades: grades.map(|(fr, en)| Say { fr, en }).take(usize::from(graded)).collect(),
            scale: scored.then(|| (settings.min.unwrap_or_default(), settings.max.unwrap_or(SCORES))),
            budget: settings.budget.filter(|_| only(RoomMethod::Budget)),
            shuffled: settings.shuffled,
            closes_at: settings.closes_at.map(rounded),
            colleges: self.offered_origins(ballot, Kind::College)?,
            territories: self.offered_origins(ballot, Kind::Territory)?,
            cards: self.store.cards(ballot.id)?.0 > 0,
            secret: ballot.fields.flag(Field::Secret),
        }))
    }

    /// Puts a phone's bulletin in the bag of an open vote, in place of the one it had put there.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::Bulletin`], [`Failure::Card`] or what the store reports.
    pub fn vote_by_phone(&mut self, workshop: EntityId, voting: &Voting) -> Result<(), Failure> {
        let done = self.put_in_bag(workshop, voting);
        if let Err(failure) = &done {
            self.count_refused(voting.ballot, failure)?;
        }
        done
    }

    /// Where a bulletin may say that it comes from, if it is asked; of territories only where the atelier has several.
    fn offered_origins(&self, ballot: &Entity, kind: Kind) -> Result<Vec<Choice>, Failure> {
        if !settings(ballot).ask_origin || ballot.fields.flag(Field::Secret) {
            return Ok(Vec::new());
        }
        let all = match kind {
            Kind::Territory => self.territories_here(ballot)?,
            _ => self.list(kind)?.iter().map(name).collect(),
        };
        let all = if kind == Kind::Territory && all.len() < 2 { Vec::new() } else { all };
        Ok(all.into_iter().map(|one| Choice { id: one.id, label: one.name, cost: None }).collect())
    }

    /// A place that a phone says it comes from, if it was offered.
    fn said_origin(&self, ballot: &Entity, kind: Kind, said: Option<EntityId>) -> Result<Option<String>, Failure> {
        let Some(said) = said else { return Ok(None) };
        if self.offered_origins(ballot, kind)?.iter().any(|one| one.id == said) {
            return Ok(Some(said.to_string()));
        }
        let reason = self.language().say("il dit venir d’ailleurs", "it says to come from elsewhere");
        Err(Failure::Bulletin { reason })
    }

    fn put_in_bag(&mut self, workshop: EntityId, voting: &Voting) -> Result<(), Failure> {
        let ballot = self.entity_of(Kind::Ballot, voting.ballot)?;
        if ballot.fields.id(Field::Workshop) != Some(workshop) {
            return Err(Failure::NoSuch { what: Some(Kind::Ballot), reference: voting.ballot.to_string() });
        }
        let ballot = self.open_ballot(ballot.id)?;
        let method = method(&ballot);
        if !on_phones(method) {
            return Err(Failure::BallotState { state: String::from("hands") });
        }
        let college = self.said_origin(&ballot, Kind::College, voting.origin.college)?;
        let territory = self.said_origin(&ballot, Kind::Territory, voting.origin.territory)?;
        let mut bulletins = self.said_by_phone(method, &voting.bulletins)?;
        for bulletin in &mut bulletins {
            (bulletin.college, bulletin.territory) = (college.clone(), territory.clone());
        }
        for bulletin in &bulletins {
            check_bulletin(self, &ballot, bulletin)?;
        }
        let carded = self.store.cards(ballot.id)?.0 > 0;
        // With cards, one phone may pass from hand to hand: each card has a number of its own, drawn by the phone.
        let voter = if carded { voting.slot.unwrap_or(voting.secret) } else { voting.secret };
        let key = hashed("moisson bulletin", &[&voter, ballot.id.as_bytes()]);
        let card = match (carded, voting.card.as_deref()) {
            (false, _) => None,
            (true, Some(typed)) => {
                Some(card_hash(ballot.id, typed).ok_or(Failure::Card { problem: CardProblem::Unknown })?)
            }
            (true, None) if self.store.holds_bulletin(ballot.id, key)? => None,
            (true, None) => return Err(Failure::Card { problem: CardProblem::Needed }),
        };
        let body = match bulletins.as_slice() {
            [one] => serde_json::to_string(one),
            several => serde_json::to_string(several),
        };
        match self.store.recast(ballot.id, &body.unwrap_or_default(), key, card)? {
            Recast::Done => {
                self.bag_holds(ballot.id, key, bulletins);
                self.touch([Kind::Ballot]);
                Ok(())
            }
            Recast::CardUnknown => Err(Failure::Card { problem: CardProblem::Unknown }),
            Recast::CardSpent => Err(Failure::Card { problem: CardProblem::Spent }),
        }
    }

    /// One bulletin, or duels each of another pair; reasons stand with objections only, and are words on one line.
    fn said_by_phone(&self, method: RoomMethod, said: &[Ballot]) -> Result<Vec<Ballot>, Failure> {
        let refused = |fr: &str, en: &str| Failure::Bulletin { reason: self.language().say(fr, en) };
        let most = if method == RoomMethod::Pairwise { MOST_DUELS } else { 1 };
        if said.is_empty() || said.len() > most {
            return Err(refused("il y en a trop, ou aucun", "there are too many, or none"));
        }
        let mut pairs = BTreeSet::new();
        let mut kept = Vec::with_capacity(said.len());
        for one in said {
            if let Some((a, b)) = &one.duel
                && !pairs.insert(if a < b { (a, b) } else { (b, a) })
            {
                return Err(refused("le même duel y est deux fois", "the same duel is there twice"));
            }
            let reasons = one.stances.iter().flatten().filter(|(_, stance)| **stance == Stance::Object);
            let reasons = reasons.filter_map(|(id, _)| Some((id.clone(), plain(one.reasons.as_ref()?.get(id)?))));
            let reasons: BTreeMap<String, String> = reasons.filter(|(_, text)| !text.is_empty()).collect();
            if reasons.values().any(|text| text.chars().count() > LONGEST_REASON) {
                return Err(refused("une raison est trop longue", "a reason is too long"));
            }
            kept.push(Ballot { reasons: Some(reasons).filter(|reasons| !reasons.is_empty()), ..one.clone() });
        }
        Ok(kept)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit 53 bits")]
const fn rounded(millis: f64) -> i64 {
    millis as i64
}

/// Whether phones have what it takes to answer; raised hands are counted by whoever looks at the room.
#[must_use]
pub const fn on_phones(method: RoomMethod) -> bool {
    !matches!(method, RoomMethod::Hands | RoomMethod::Unknown)
}
