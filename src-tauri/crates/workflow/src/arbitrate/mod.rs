//! Arbitrage: rapprochements before the committee, with what each room said of them.
//!
//! Rooms are compared by the places they gave and never by adding their votes: nobody's support moves to a text they did not
//! read. Which rule weighs the rooms is the committee's choice, and what would change under another one is said.

mod decide;

use crate::{Failure, Session, ballot::Fared, catalog::count, consolidate::Origins, support::SaidAgain, views::*};
use moisson_domain::{EntityId, Field, Kind};
use moisson_tally::{RoomRule, RoomVote, normalised_rank, places, priorities, wilson};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a rapprochement holds, counted in one reading of all proposals.
#[derive(Default)]
struct Holds<'a> {
    said_again: u32,
    territories: BTreeMap<&'a str, u32>,
    colleges: BTreeMap<&'a str, u32>,
}

/// The rapprochements that a thing voted on stands for.
type StandsFor = HashMap<EntityId, Vec<EntityId>>;

impl Session {
    /// The committee's table.
    ///
    /// # Errors
    /// What the store reports.
    pub fn arbitration(&self) -> Result<Arbitration, Failure> {
        let _page = self.page()?;
        let origins = self.origins()?;
        let again = self.said_again(None, &origins.catalog)?;
        let fared = self.fared()?;
        let voted = fared.iter().map(|one| one.about).collect();
        let (mut holds, stands_for) = self.holds(&origins, &again, &voted)?;
        let process = self.store.entity(self.store.process())?;
        let rule = process.as_ref().and_then(|one| one.fields.get(Field::PriorityRule));
        let rule = rule.and_then(|word| serde_json::from_value(word.clone()).ok()).unwrap_or_default();
        let given = process.as_ref().and_then(|one| one.fields.get(Field::Weights)).cloned().unwrap_or_default();
        let weight = |id: EntityId| given.get(id.to_string()).and_then(serde_json::Value::as_f64).unwrap_or(1.0);
        let weights: Vec<TerritoryWeight> = origins
            .catalog
            .territories
            .iter()
            .map(|territory| TerritoryWeight { territory: territory.clone(), weight: weight(territory.id) })
            .collect();
        let mut about: HashMap<EntityId, Vec<&Fared>> = HashMap::new();
        for one in &fared {
            let clusters = stands_for.get(&one.about).cloned().unwrap_or_default();
            clusters.into_iter().for_each(|cluster| about.entry(cluster).or_default().push(one));
        }
        let placed = placed(&room_votes(&about, &origins, &weights));
        let inside = self.inside(&origins)?;
        let costs = self.costs(&origins)?;
        let mut rows = Vec::new();
        for cluster in self.cluster_rows(&origins, &inside)? {
            let held = holds.remove(&cluster.id).unwrap_or_default();
            let votes = about.remove(&cluster.id).unwrap_or_default();
            rows.push(self.arbitration_row(cluster, held, &votes, &origins, (&placed, rule), &costs)?);
        }
        let decided = rows.iter().filter(|row| row.decision.is_some()).count();
        Ok(Arbitration {
            process: self.store.process(),
            rule,
            weights,
            rows,
            reasons: self.set_aside_reasons()?,
            decided: u32::try_from(decided).unwrap_or(u32::MAX),
        })
    }

    /// What each rapprochement holds, and the rapprochements that a thing voted on stands for: itself, that of a proposal,
    /// those that hold half of a group or more.
    fn holds<'a>(
        &self,
        origins: &'a Origins,
        again: &SaidAgain,
        voted: &HashSet<EntityId>,
    ) -> Result<(HashMap<EntityId, Holds<'a>>, StandsFor), Failure> {
        let mut holds: HashMap<EntityId, Holds<'_>> = HashMap::new();
        let mut rooms = origins.rooms();
        let mut stands_for = StandsFor::new();
        let mut groups: HashMap<EntityId, (u32, BTreeMap<EntityId, u32>)> = HashMap::new();
        for line in self.ledger()?.iter() {
            let cluster = line.cluster;
            // What was put aside was voted on all the same, in the words it had.
            if let Some(cluster) = cluster.filter(|_| voted.contains(&line.id)) {
                stands_for.insert(line.id, vec![cluster]);
            }
            if line.parked {
                continue;
            }
            if let Some(group) = line.group {
                let (size, clusters) = groups.entry(group).or_default();
                *size += 1;
                cluster.into_iter().for_each(|cluster| *clusters.entry(cluster).or_default() += 1);
            }
            let Some(cluster) = cluster else { continue };
            let held = holds.entry(cluster).or_default();
            held.said_again += again.times(line.id);
            if let Some(territory) = origins.territory_of(line, rooms.of(line)) {
                *held.territories.entry(&territory.name).or_default() += 1;
            }
            if let Some(college) = origins.catalog.college_of(line) {
                *held.colleges.entry(college).or_default() += 1;
            }
        }
        for (group, (size, clusters)) in groups {
            let most = clusters.into_iter().filter(|(_, inside)| inside * 2 >= size).map(|(cluster, _)| cluster);
            stands_for.entry(group).or_default().extend(most);
        }
        for cluster in self.list(Kind::Cluster)?.iter() {
            stands_for.entry(cluster.id).or_default().push(cluster.id);
        }
        Ok((holds, stands_for))
    }

    /// What the actions of each rapprochement are planned to cost.
    fn costs(&self, origins: &Origins) -> Result<HashMap<EntityId, i64>, Failure> {
        let mut costs: HashMap<EntityId, i64> = HashMap::new();
        let mut planned: HashMap<EntityId, i64> = HashMap::new();
        for funding in self.list(Kind::Funding)?.iter() {
            if let (Some(action), Some(cents)) =
                (funding.fields.id(Field::Action), funding.fields.integer(Field::Planned))
            {
                *planned.entry(action).or_default() += cents;
            }
        }
        for (action, cents) in planned {
            for cluster in origins.catalog.linked(action, "cluster") {
                *costs.entry(cluster).or_default() += cents;
            }
        }
        Ok(costs)
    }

    fn arbitration_row(
        &self,
        cluster: ClusterRow,
        held: Holds<'_>,
        votes: &[&Fared],
        origins: &Origins,
        (placed, rule): (&Placed, RoomRule),
        costs: &HashMap<EntityId, i64>,
    ) -> Result<ArbitrationRow, Failure> {
        let entity = self.entity_of(Kind::Cluster, cluster.id)?;
        let id = cluster.id.to_string();
        let ours = placed.get(&rule).and_then(|(_, places)| places.get(&id)).copied();
        let places = placed.iter().filter_map(|(rule, (priorities, places))| {
            let (place, priority) = (*places.get(&id)?, *priorities.get(&id)?);
            let moved = i32::try_from(ours.unwrap_or(place)).ok()? - i32::try_from(place).ok()?;
            Some(RulePlace { rule: *rule, place, priority, moved })
        });
        let rooms: std::collections::BTreeSet<EntityId> = votes.iter().filter_map(|vote| vote.workshop).collect();
        let mut decisions = self.decisions(cluster.id)?.into_iter();
        let counted = |names: BTreeMap<&str, u32>| -> Vec<Counted> {
            names.into_iter().map(|(name, count)| Counted { name: name.to_owned(), count }).collect()
        };
        let of = |field| entity.fields.string(field);
        Ok(ArbitrationRow {
            said_again: held.said_again,
            territories: counted(held.territories),
            colleges: counted(held.colleges),
            rooms: count(&rooms.into_iter().collect::<Vec<_>>()),
            places: places.collect(),
            divided: votes.iter().filter_map(|vote| vote.divided).max_by(f64::total_cmp),
            votes: votes.iter().map(|vote| cluster_vote(vote, origins)).collect(),
            cost: costs.get(&cluster.id).copied().map(crate::session::millis),
            feasibility: of(Field::Feasibility),
            competence: of(Field::Competence),
            schemes: of(Field::Schemes),
            decision: decisions.next(),
            earlier: decisions.collect(),
            cluster,
        })
    }
}

fn cluster_vote(vote: &Fared, origins: &Origins) -> ClusterVote {
    let room = vote.workshop.and_then(|id| origins.workshop(id));
    let clamp = |number| u32::try_from(number).unwrap_or(u32::MAX);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1")]
    let percent = |share: f64| (share * 100.0).round() as u32;
    let interval = vote.supporters.and_then(|supporters| wilson(supporters, vote.present));
    ClusterVote {
        ballot: vote.ballot,
        workshop_number: room.and_then(|room| room.number),
        territories: room.map(|room| room.territories.iter().map(|one| one.name.clone()).collect()).unwrap_or_default(),
        question: vote.question.clone(),
        option: vote.option.clone(),
        words: vote.words.clone(),
        rank: clamp(vote.ahead + 1),
        of: clamp(vote.of),
        supporters: vote.supporters,
        present: vote.present,
        interval: interval.map(|(low, high)| (percent(low), percent(high))),
        divided: vote.divided,
    }
}

/// What each room's votes say of rapprochements. Where a vote was about several things of one rapprochement, the best placed one
/// speaks for it.
fn room_votes(about: &HashMap<EntityId, Vec<&Fared>>, origins: &Origins, weights: &[TerritoryWeight]) -> Vec<RoomVote> {
    let mut votes: BTreeMap<EntityId, RoomVote> = BTreeMap::new();
    for (cluster, fared) in about {
        for one in fared {
            let Some(rank) = normalised_rank(one.ahead, one.tied, one.of) else { continue };
            let vote = votes.entry(one.ballot).or_insert_with(|| {
                let room = one.workshop.and_then(|id| origins.workshop(id));
                let theirs: Vec<f64> = room
                    .iter()
                    .flat_map(|room| &room.territories)
                    .filter_map(|at| weights.iter().find(|one| one.territory.id == at.id))
                    .map(|one| one.weight)
                    .collect();
                // An atelier of several bassins weighs as the heaviest of them.
                let weight = theirs.into_iter().max_by(f64::total_cmp).unwrap_or(1.0);
                let room = one.workshop.unwrap_or(one.ballot).to_string();
                RoomVote { room, present: one.present, weight, ranks: BTreeMap::new() }
            });
            let best = vote.ranks.entry(cluster.to_string()).or_insert(rank);
            *best = best.max(rank);
        }
    }
    votes.into_values().collect()
}

/// By rule: priority and place of each rapprochement.
type Placed = BTreeMap<RoomRule, (BTreeMap<String, f64>, BTreeMap<String, u32>)>;

fn placed(votes: &[RoomVote]) -> Placed {
    let by = |rule| {
        let priorities = priorities(votes, rule);
        let places = places(&priorities);
        (rule, (priorities, places))
    };
    RoomRule::ALL.into_iter().map(by).collect()
}

#[cfg(test)]
mod tests;
