//! Voter: asking, entering bulletins from the keyboard, closing, the result.

use crate::{
    Failure, Language, Session,
    catalog::{count, name, text},
    session::{fields, shorten},
    views::*,
};
use moisson_domain::{Entity, EntityId, Field, Kind, spread};
use moisson_journal::Draft;
use moisson_store::Store;
use moisson_tally::{Ballot, Choice, Election, Outcome, Score, Settings, TallyError, Weight, check_ballot, tally};
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// Number of grades where the vote does not say.
pub(crate) const GRADES: u8 = 5;

/// What closing freezes: the result, and which urns it counted.
#[derive(Serialize, Deserialize)]
struct Frozen {
    outcome: Outcome,
    urns: BTreeSet<EntityId>,
}

impl Session {
    /// Sets up a vote on groups or proposals, and opens it.
    ///
    /// # Errors
    /// [`Failure::TooFewOptions`], [`Failure::NoSuch`], what a field refuses, or what the store reports.
    pub fn new_ballot(&mut self, new: &NewBallot) -> Result<EntityId, Failure> {
        let workshop = self.entity_of(Kind::Workshop, new.workshop)?;
        let about: BTreeSet<EntityId> = new.about.iter().copied().collect();
        if about.len() < 2 || about.len() != new.about.len() {
            return Err(Failure::TooFewOptions);
        }
        let id = self.new_id();
        let mut set = fields([
            (Field::Workshop, json!(new.workshop)),
            (Field::Question, json!(new.question)),
            (Field::Method, json!(new.method)),
            (Field::Settings, json!(new.settings)),
            (Field::Secret, json!(new.secret)),
            (Field::State, json!("open")),
            (Field::OpenedAt, json!(self.wall())),
        ]);
        let present = new.present_count.or_else(|| workshop.fields.number(Field::PresentCount));
        if let Some(present) = present {
            set.0.insert(Field::PresentCount.name().to_owned(), json!(present));
        }
        let mut drafts = vec![Draft::set(id, Kind::Ballot.name(), set)];
        for (about, rank) in new.about.iter().zip(spread(new.about.len())) {
            let label = name(&self.entity(*about)?).name;
            let set = fields([(Field::Ballot, json!(id)), (Field::Label, json!(label)), (Field::About, json!(about))]);
            self.ranked(Kind::Option, set, &rank, &mut drafts);
        }
        self.act("ballot.open", drafts)?;
        Ok(id)
    }

    /// Notes a bulletin: it lies in a bag without order until the vote closes.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::Bulletin`] or what the store reports.
    pub fn cast(&mut self, ballot: EntityId, bulletin: &Ballot) -> Result<(), Failure> {
        let entity = self.open_ballot(ballot)?;
        check_bulletin(self, &entity, bulletin)?;
        let body = serde_json::to_string(bulletin).unwrap_or_default();
        let key = self.random_key();
        self.store.cast(ballot, &body, key)?;
        self.touch([Kind::Ballot]);
        Ok(())
    }

    /// Takes back a bulletin of an open vote.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::NoSuch`] or what the store reports.
    pub fn withdraw(&mut self, ballot: EntityId, key: &str) -> Result<(), Failure> {
        self.open_ballot(ballot)?;
        let missing = || Failure::NoSuch { what: Some(Kind::Urn), reference: key.to_owned() };
        let bytes: [u8; 16] = u128::from_str_radix(key, 16).map_err(|_| missing())?.to_be_bytes();
        if !self.store.withdraw(ballot, bytes)? {
            return Err(missing());
        }
        self.touch([Kind::Ballot]);
        Ok(())
    }

    /// Closes a vote: the bag becomes one urn, shuffled; the result is counted over all urns and frozen.
    ///
    /// # Errors
    /// [`Failure::BallotState`], [`Failure::Tally`] or what the store reports; the vote is still open then.
    pub fn close_ballot(&mut self, ballot: EntityId) -> Result<(), Failure> {
        let entity = self.open_ballot(ballot)?;
        let mut bulletins: Vec<Value> = self
            .store
            .bulletins(ballot)?
            .into_iter()
            .filter_map(|(_, body)| serde_json::from_str(&body).ok())
            .collect();
        bulletins.shuffle(&mut self.world.random);
        let mut drafts = Vec::new();
        let mut urns: BTreeSet<EntityId> = BTreeSet::new();
        let mut all = Vec::new();
        for urn in self.store.children(Kind::Urn, ballot)? {
            all.extend(bulletins_of(&urn));
            urns.insert(urn.id);
        }
        if !bulletins.is_empty() {
            let urn = self.new_id();
            let set = fields([(Field::Ballot, json!(ballot)), (Field::Bulletins, Value::Array(bulletins.clone()))]);
            drafts.push(Draft::set(urn, Kind::Urn.name(), set));
            urns.insert(urn);
            all.extend(bulletins.into_iter().filter_map(|one| serde_json::from_value(one).ok()));
        }
        let outcome = tally(method(&entity)?.into(), &self.election(&entity, all)?)?;
        let frozen = serde_json::to_value(Frozen { outcome, urns }).unwrap_or(Value::Null);
        let set =
            fields([(Field::State, json!("closed")), (Field::ClosedAt, json!(self.wall())), (Field::Result, frozen)]);
        drafts.insert(0, Draft::set(ballot, Kind::Ballot.name(), set));
        if let Some(act) = self.checked("ballot.close", drafts)? {
            self.with_by(|store: &mut Store, by| store.close_bag(ballot, &act, by))?;
        }
        Ok(())
    }

    pub(crate) fn open_ballot(&self, id: EntityId) -> Result<Entity, Failure> {
        let entity = self.entity_of(Kind::Ballot, id)?;
        match entity.fields.text(Field::State) {
            Some("open") => Ok(entity),
            other => Err(Failure::BallotState { state: other.unwrap_or("draft").to_owned() }),
        }
    }

    fn election(&self, ballot: &Entity, ballots: Vec<Ballot>) -> Result<Election, Failure> {
        let settings = settings(ballot);
        let options = self.store.children(Kind::Option, ballot.id)?;
        Ok(Election {
            options: options
                .iter()
                .map(|option| Choice {
                    id: option.id.to_string(),
                    label: option.fields.string(Field::Label),
                    cost: None,
                })
                .collect(),
            settings: Settings {
                grades: settings.grades.unwrap_or(GRADES),
                points: settings.points.unwrap_or(Settings::default().points),
                max_per_option: settings.max_per_option,
                max_choices: settings.max_choices,
                present: ballot.fields.number(Field::PresentCount),
                ..Settings::default()
            },
            ballots,
            unreadable: Vec::new(),
        })
    }

    /// Votes of an atelier.
    pub(crate) fn ballots(&self, workshop: EntityId) -> Result<Vec<BallotRow>, Failure> {
        let mut rows = Vec::new();
        for entity in self.store.children(Kind::Ballot, workshop)? {
            let state = text(&entity, Field::State);
            let bulletins = match frozen(&entity) {
                Some(frozen) => frozen.outcome.ballots.as_u64().map_or(0, crate::merge::clamp),
                None => count(&self.store.bulletins(entity.id)?),
            };
            let method = method(&entity)?;
            rows.push(BallotRow { id: entity.id, question: name(&entity).name, method, state, bulletins });
        }
        Ok(rows)
    }

    /// A scrutin as its page shows it; the result only once closed.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn ballot(&self, id: EntityId) -> Result<BallotView, Failure> {
        let entity = self.entity_of(Kind::Ballot, id)?;
        let method = method(&entity)?;
        let settings = settings(&entity);
        let entered: Vec<EnteredBulletin> = self
            .store
            .bulletins(id)?
            .into_iter()
            .filter_map(|(key, body)| {
                let bulletin = serde_json::from_str(&body).ok()?;
                Some(EnteredBulletin { key: format!("{:032x}", u128::from_be_bytes(key)), bulletin })
            })
            .collect();
        let frozen = frozen(&entity);
        let mut late = 0;
        if let Some(frozen) = &frozen {
            for urn in self.store.children(Kind::Urn, id)?.iter().filter(|urn| !frozen.urns.contains(&urn.id)) {
                late += count(&bulletins_of(urn));
            }
        }
        let options = self.store.children(Kind::Option, id)?;
        Ok(BallotView {
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
                })
                .collect(),
            present_count: entity.fields.number(Field::PresentCount),
            bulletins: match &frozen {
                Some(frozen) => frozen.outcome.ballots.as_u64().map_or(0, crate::merge::clamp),
                None => entered.iter().map(|one| copies(&one.bulletin)).sum(),
            },
            // What phones say is counted, and read by nobody before closing.
            entered: entered.into_iter().filter(|one| one.bulletin.channel.as_deref() != Some("phone")).collect(),
            outcome: frozen.map(|frozen| frozen.outcome),
            late,
        })
    }

    /// How groups and proposals fared in closed votes, in words.
    pub(crate) fn votes_about(&self) -> Result<HashMap<EntityId, Vec<String>>, Failure> {
        let mut votes: HashMap<EntityId, Vec<String>> = HashMap::new();
        for ballot in self.store.list(Kind::Ballot)? {
            let Some(frozen) = frozen(&ballot) else { continue };
            let names = grade_names(settings(&ballot).grades.unwrap_or(GRADES), self.language());
            for option in self.store.children(Kind::Option, ballot.id)? {
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

/// Whether a bulletin is what the vote's method asks for.
pub(crate) fn check_bulletin(session: &Session, ballot: &Entity, bulletin: &Ballot) -> Result<(), Failure> {
    let election = session.election(ballot, Vec::new())?;
    check_ballot(method(ballot)?.into(), &election, bulletin)
        .map_err(|reason| Failure::Bulletin { reason: explain_reason(&reason, session.language()) })
}

pub(crate) fn method(ballot: &Entity) -> Result<RoomMethod, Failure> {
    let name = text(ballot, Field::Method);
    serde_json::from_value(json!(name)).map_err(|_| TallyError::UnknownMethod(name).into())
}

pub(crate) fn settings(ballot: &Entity) -> BallotSettings {
    ballot.fields.get(Field::Settings).and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}

fn frozen(ballot: &Entity) -> Option<Frozen> {
    serde_json::from_value(ballot.fields.get(Field::Result)?.clone()).ok()
}

fn bulletins_of(urn: &Entity) -> Vec<Ballot> {
    let bulletins = urn.fields.get(Field::Bulletins).and_then(Value::as_array);
    bulletins.into_iter().flatten().filter_map(|one| serde_json::from_value(one.clone()).ok()).collect()
}

/// How many identical bulletins one stands for, in whole ones.
fn copies(ballot: &Ballot) -> u32 {
    Weight::shown(ballot.weight().units()).as_u64().map_or(1, crate::merge::clamp)
}

/// « 1er », “1st”.
fn ordinal(n: usize, language: Language) -> String {
    let en = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    language.say(if n == 1 { String::from("1er") } else { format!("{n}e") }, format!("{n}{en}"))
}

/// A score in words.
pub(crate) fn score_words(score: &Score, grades: &[String], language: Language) -> String {
    match score {
        Score::Dots { points, supporters } => language.say(
            format!("{points} gommettes de {supporters} personnes"),
            format!("{points} dots from {supporters} people"),
        ),
        Score::Merit { median, .. } => {
            let grade = grades.get(usize::from(*median)).cloned().unwrap_or_default();
            language.say(format!("mention « {grade} »"), format!("grade “{grade}”"))
        }
        Score::Value { value } => language.say(format!("{value} points"), format!("{value} points")),
        Score::Project { cost, supporters } => {
            language.say(format!("{supporters} voix, coût {cost}"), format!("{supporters} votes, cost {cost}"))
        }
        Score::Statement { group_informed_consensus, .. } => {
            let hundredths = (group_informed_consensus.as_f64().unwrap_or_default() * 100.0).round();
            language.say(format!("consensus {hundredths} %"), format!("consensus {hundredths}%"))
        }
        Score::Votes { votes, per_mille } => {
            let share = per_mille.map(|share| {
                let (whole, tenth) = (share / 10, share % 10);
                language.say(format!(" ({whole},{tenth} %)"), format!(" ({whole}.{tenth}%)"))
            });
            let share = share.unwrap_or_default();
            language.say(format!("{votes} voix{share}"), format!("{votes} votes{share}"))
        }
    }
}

/// Names of a scale's grades, worst first: the scale of Mieux Voter, thinned for fewer grades.
pub(crate) fn grade_names(grades: u8, language: Language) -> Vec<String> {
    let fr = ["À rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien", "Excellent"];
    let en = ["Reject", "Poor", "Acceptable", "Fair", "Good", "Very good", "Excellent"];
    let kept: &[usize] = match grades {
        0..=2 => &[0, 6],
        3 => &[0, 3, 6],
        4 => &[0, 2, 4, 6],
        5 => &[0, 2, 3, 4, 6],
        6 => &[0, 1, 2, 3, 4, 6],
        _ => &[0, 1, 2, 3, 4, 5, 6],
    };
    kept.iter().map(|index| language.say(fr[*index], en[*index])).collect()
}

/// The rule of a vote in one clear sentence.
pub(crate) fn rule(method: RoomMethod, settings: &BallotSettings, language: Language) -> String {
    match method {
        RoomMethod::Hands => language.say(
            "On lève la main pour chaque choix ; les mains sont comptées et additionnées.",
            "Raise a hand for each option; hands are counted and added up.",
        ),
        RoomMethod::Dots => {
            let dots = settings.points.unwrap_or(Settings::default().points);
            let most = settings.max_per_option.map_or_else(String::new, |most| {
                language.say(format!(", {most} au plus sur un même choix"), format!(", at most {most} on one option"))
            });
            language.say(
                format!("Chaque personne répartit {dots} gommettes{most} ; on classe par nombre de gommettes."),
                format!("Everyone spreads {dots} dots{most}; options are ranked by dots."),
            )
        }
        RoomMethod::Approval => {
            let most = settings.max_choices.map_or_else(
                || language.say("autant de choix qu’elle veut", "as many options as they like"),
                |most| language.say(format!("{most} choix au plus"), format!("at most {most} options")),
            );
            language.say(
                format!("Chaque personne retient {most} ; on classe par nombre de voix."),
                format!("Everyone approves {most}; options are ranked by votes."),
            )
        }
        RoomMethod::MajorityJudgment => language.say(
            "Chaque personne donne une mention à chaque choix ; on classe par mention majoritaire (jugement majoritaire).",
            "Everyone grades every option; options are ranked by majority grade (majority judgment).",
        ),
    }
}

fn explain_reason(reason: &moisson_tally::Reason, language: Language) -> String {
    use moisson_tally::Reason::*;
    match reason {
        Unreadable { detail } => shorten(detail, 80),
        Blank => language.say("il est vide", "it is blank"),
        UnknownOption { option } => {
            language.say(format!("« {option} » n’est pas un choix"), format!("“{option}” is not an option"))
        }
        Twice { option } => language.say(format!("« {option} » y est deux fois"), format!("“{option}” is there twice")),
        NotAnOpinion { given } => {
            language.say(format!("{given} n’est ni 1, ni 0, ni -1"), format!("{given} is neither 1, 0 nor -1"))
        }
        TooManyPoints { given, allowed } => language
            .say(format!("{given} gommettes pour {allowed} possibles"), format!("{given} dots of {allowed} allowed")),
        TooManyChoices { given, allowed } => language
            .say(format!("{given} choix pour {allowed} possibles"), format!("{given} options of {allowed} allowed")),
        GradeOutOfRange { given, grades } => language.say(
            format!("la mention {given} est hors de l’échelle de {grades}"),
            format!("grade {given} is beyond the scale of {grades}"),
        ),
    }
}
