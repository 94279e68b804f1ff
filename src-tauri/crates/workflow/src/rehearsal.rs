//! Rehearsal: an atelier played the day before, in a copy of the démarche that is thrown away.
//!
//! Pretend participants do what phones do and by the same use cases, so that board, wall, votes and timing behave as they
//! will. What they say is composed and belongs to nobody.

use crate::{Failure, Language, Session, Surroundings, catalog::name};
use moisson_domain::{EntityId, Field, Kind};
use moisson_room::{Entry, Origin, Question, Sharing, Support, Voting};
use moisson_store::Store;
use moisson_tally::{Ballot, Mark, Method, Stance};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::Path,
};

/// What each of them proposes at most.
const PROPOSALS_EACH: usize = 2;
/// People at a table.
const TABLE: usize = 6;
/// As many as a large hall holds.
const MOST: u32 = 200;

impl Session {
    /// Copies the démarche to a new file and opens the copy: what is done there stays there.
    ///
    /// # Errors
    /// [`Failure::RehearsalInVote`] while a vote is open, or what the store reports.
    pub fn rehearse(&self, path: &Path, world: Surroundings) -> Result<Self, Failure> {
        // Closed in the copy, a vote would tell its result before the room may know it.
        let ballots = self.list(Kind::Ballot)?;
        if let Some(open) = ballots.iter().find(|ballot| ballot.fields.text(Field::State) == Some("open")) {
            return Err(Failure::RehearsalInVote { question: name(open).name });
        }
        self.store.copy_to(path)?;
        Self::open(path, world)
    }
}

/// Removes the copies that rehearsals left in this folder when the power went; one that is being played is left alone.
pub fn sweep_rehearsals(folder: &Path, file: &str) {
    let Ok(left) = fs::read_dir(folder) else { return };
    for copy in left.filter_map(Result::ok).map(|entry| entry.path()) {
        let played =
            Store::open(&copy.join(file)).is_err_and(|error| matches!(error, moisson_store::StoreError::InUse { .. }));
        if !played {
            // What cannot be removed now is tried again at the next start.
            fs::remove_dir_all(&copy).ok();
        }
    }
}

/// A sentence is one of each.
#[derive(Debug, Default, Deserialize)]
struct Words {
    what: Vec<String>,
    whom: Vec<String>,
    how: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct BothWords {
    fr: Words,
    en: Words,
}

/// The pretend participants of one rehearsal.
#[derive(Debug)]
pub struct Pretend {
    workshop: EntityId,
    /// A secret each, as a phone has one.
    people: Vec<[u8; 16]>,
    chance: ChaCha20Rng,
    words: Words,
    proposed: usize,
    said: BTreeSet<String>,
    voted: HashSet<(EntityId, usize)>,
}

impl Pretend {
    /// As many people as asked for, 200 at most, who come to an atelier.
    #[must_use]
    pub fn new(session: &mut Session, workshop: EntityId, people: u32) -> Self {
        let mut seed = [0; 32];
        session.fill_random(&mut seed);
        let mut chance = ChaCha20Rng::from_seed(seed);
        let BothWords { fr, en } =
            serde_json::from_str(include_str!("../../../../assets/rehearsal/words.json")).unwrap_or_default();
        let words = if session.language() == Language::Fr { fr } else { en };
        let people = (0..people.clamp(1, MOST)).map(|_| chance.random()).collect();
        Self { workshop, people, chance, words, proposed: 0, said: BTreeSet::new(), voted: HashSet::new() }
    }

    /// How many they are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.people.len()
    }

    /// One moment of the room: while a vote is open some vote, otherwise some propose, and then support each other.
    ///
    /// # Errors
    /// What a phone would be refused for, or what the store reports.
    pub fn beat(&mut self, session: &mut Session, moderated: bool) -> Result<(), Failure> {
        let scene = session.phone_scene(self.workshop, Sharing::All, moderated)?;
        if !scene.ballots.is_empty() {
            return scene.ballots.iter().try_for_each(|question| self.some_vote(session, question));
        }
        let few = self.few(12);
        if self.proposed < self.people.len() * PROPOSALS_EACH {
            (0..few).try_for_each(|_| self.propose(session, moderated))
        } else {
            let items: Vec<EntityId> = scene.items.iter().map(|item| item.id).collect();
            (0..few).try_for_each(|_| self.support(session, &items))
        }
    }

    /// One, or a few more the larger the room.
    fn few(&mut self, share: usize) -> usize {
        self.chance.random_range(1..=1 + self.people.len() / share)
    }

    fn propose(&mut self, session: &mut Session, moderated: bool) -> Result<(), Failure> {
        let Some(text) = self.sentence() else { return Ok(()) };
        let who = self.chance.random_range(0..self.people.len());
        let table = u32::try_from(who / TABLE + 1).ok();
        let entry = Entry { key: self.chance.random(), text, table, device: String::new() };
        session.propose_by_phone(self.workshop, &entry, moderated)?;
        self.proposed += 1;
        Ok(())
    }

    /// One that was not said yet.
    fn sentence(&mut self) -> Option<String> {
        let Words { what, whom, how } = &self.words;
        for _ in 0..20 {
            let parts = [what.choose(&mut self.chance)?, whom.choose(&mut self.chance)?, how.choose(&mut self.chance)?];
            let text = parts.map(String::as_str).join(" ");
            if self.said.insert(text.clone()) {
                return Some(text);
            }
        }
        None
    }

    fn support(&mut self, session: &mut Session, items: &[EntityId]) -> Result<(), Failure> {
        let Some(&proposal) = items.choose(&mut self.chance) else { return Ok(()) };
        let secret = self.people.choose(&mut self.chance).copied().unwrap_or_default();
        session.support_by_phone(self.workshop, &Support { secret, proposal, on: true })
    }

    /// Some of those who have not voted yet do. Where cards are asked for nobody can: they were drawn for people.
    fn some_vote(&mut self, session: &mut Session, question: &Question) -> Result<(), Failure> {
        if question.cards {
            return Ok(());
        }
        let waiting: Vec<usize> =
            (0..self.people.len()).filter(|&who| !self.voted.contains(&(question.id, who))).collect();
        let few = self.few(8);
        let voters: Vec<usize> = waiting.choose_multiple(&mut self.chance, few).copied().collect();
        for who in voters {
            let bulletins = self.bulletins(question);
            if bulletins.is_empty() {
                return Ok(());
            }
            let secret = self.people.get(who).copied().unwrap_or_default();
            let voting =
                Voting { secret, slot: None, card: None, ballot: question.id, bulletins, origin: Origin::default() };
            session.vote_by_phone(self.workshop, &voting)?;
            self.voted.insert((question.id, who));
        }
        Ok(())
    }

    /// What someone says who rather likes the first options, so that results look like results.
    fn bulletins(&mut self, question: &Question) -> Vec<Ballot> {
        let ids: Vec<String> = question.options.iter().map(|option| option.id.to_string()).collect();
        let liking = |at: usize, chance: &mut ChaCha20Rng| chance.random::<f64>() / (1.0 + 0.35 * at as f64);
        let mut ranked: Vec<(f64, String)> =
            ids.into_iter().enumerate().map(|(at, id)| (liking(at, &mut self.chance), id)).collect();
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        let Ok(method) = question.method.parse::<Method>() else { return Vec::new() };
        let chance = &mut self.chance;
        let liked = ranked.iter().map(|(_, id)| id.clone());
        let (low, high) = question.scale.unwrap_or((0, 10));
        let score =
            |liking: f64| low + u32::from(grade(liking, u8::try_from(high.saturating_sub(low)).unwrap_or(u8::MAX)));
        let one = match method {
            Method::Hands => return Vec::new(),
            Method::Pairwise => return duels(&ranked, chance),
            Method::Dots => Ballot { points: Some(dots(question, liked, chance)), ..Ballot::default() },
            Method::Approval | Method::Budget => {
                let most = question.max_choices.map_or(usize::MAX, |most| most as usize).min(ranked.len()).max(1);
                let kept = chance.random_range(1..=most);
                Ballot { approve: Some(liked.take(kept).collect()), ..Ballot::default() }
            }
            Method::MajorityJudgment => {
                let best = u8::try_from(question.grades.len().saturating_sub(1)).unwrap_or(u8::MAX);
                let grades = ranked.iter().map(|(liking, id)| (id.clone(), grade(*liking, best))).collect();
                Ballot { grades: Some(grades), ..Ballot::default() }
            }
            Method::Score => {
                let scores = ranked.iter().map(|(liking, id)| (id.clone(), Mark::One(score(*liking)))).collect();
                Ballot { scores: Some(scores), ..Ballot::default() }
            }
            Method::ImpactEffort => {
                let mut mark = |liking: f64| Mark::Plane { impact: score(liking), effort: score(chance.random()) };
                let scores = ranked.iter().map(|(liking, id)| (id.clone(), mark(*liking))).collect();
                Ballot { scores: Some(scores), ..Ballot::default() }
            }
            Method::Consent => {
                let stance = |liking: f64| match liking {
                    liking if liking < 0.01 => Stance::Object,
                    liking if liking < 0.1 => Stance::StandAside,
                    _ => Stance::Consent,
                };
                let stances = ranked.iter().map(|(liking, id)| (id.clone(), stance(*liking))).collect();
                Ballot { stances: Some(stances), ..Ballot::default() }
            }
            Method::Consensus => {
                let opinion = |liking: f64| if liking > 0.4 { 1 } else { -i32::from(liking < 0.2) };
                let votes = ranked.iter().map(|(liking, id)| (id.clone(), opinion(*liking))).collect();
                Ballot { votes: Some(votes), ..Ballot::default() }
            }
            Method::Borda | Method::Copeland | Method::Irv | Method::RankedPairs | Method::Schulze | Method::Stv => {
                let kept = chance.random_range(1..=ranked.len().max(1));
                Ballot { ranking: Some(liked.take(kept).map(|id| vec![id]).collect()), ..Ballot::default() }
            }
        };
        vec![one]
    }
}

fn dots(question: &Question, liked: impl Iterator<Item = String>, chance: &mut ChaCha20Rng) -> BTreeMap<String, u32> {
    let mut left = question.points.unwrap_or(1);
    let most = question.max_per_option.unwrap_or(left).min(left).max(1);
    let mut points = BTreeMap::new();
    for id in liked {
        let given = chance.random_range(1..=most).min(left);
        left -= given;
        if given > 0 {
            points.insert(id, given);
        }
    }
    points
}

/// A few duels, in each of which the better liked wins.
fn duels(ranked: &[(f64, String)], chance: &mut ChaCha20Rng) -> Vec<Ballot> {
    let pairs: Vec<(usize, usize)> =
        (0..ranked.len()).flat_map(|a| (a + 1..ranked.len()).map(move |b| (a, b))).collect();
    let few = pairs.choose_multiple(chance, 6);
    let id = |at: usize| ranked.get(at).map(|(_, id)| id.clone()).unwrap_or_default();
    few.map(|&(a, b)| Ballot { duel: Some((id(a), id(b))), won: Some(id(a)), ..Ballot::default() }).collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a liking from 0 to 1, times a byte")]
fn grade(liking: f64, best: u8) -> u8 {
    (liking * f64::from(best)).round() as u8
}
