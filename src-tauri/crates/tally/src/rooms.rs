//! One order of priorities from rooms that differ in size, in stickers and in mood.
//!
//! Numbers of votes of two rooms do not compare. What compares is the place that a room gave to a thing among those it voted on,
//! and the share of those present who support it, as far as so few people can tell.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::{BTreeMap, BTreeSet};

/// The 97.5 % quantile of the normal law: two-sided 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// How rooms weigh against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RoomRule {
    /// Every room counts the same.
    #[default]
    Rooms,
    /// A room counts as many times as there were people in it.
    Heads,
    /// A room counts as the committee decided.
    Weights,
}

impl RoomRule {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Rooms, Self::Heads, Self::Weights];
}

/// What one vote in a room says of the things it was about.
#[derive(Debug, Clone, Default)]
pub struct RoomVote {
    /// The room: its votes count together as one.
    pub room: String,
    /// How many were there.
    pub present: u32,
    /// What the committee has the room weigh.
    pub weight: f64,
    /// By thing, the place it was given: 1 first, 0 last ([`normalised_rank`]).
    pub ranks: BTreeMap<String, f64>,
}

/// A place among so many, ties sharing the middle of theirs, from 1 (first) to 0 (last); none where there was no choice.
#[must_use]
pub fn normalised_rank(ahead: usize, tied: usize, of: usize) -> Option<f64> {
    if of < 2 || tied == 0 || ahead + tied > of {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "options of one vote")]
    let [ahead, tied, of] = [ahead as f64, tied as f64, of as f64];
    Some(1.0 - (ahead + (tied - 1.0) / 2.0) / (of - 1.0))
}

/// Between which shares support lies with 95 % confidence, if those present are a sample of those like them (E. B. Wilson,
/// *Probable inference, the law of succession, and statistical inference*, JASA 22, 1927).
#[must_use]
pub fn wilson(supporters: u32, present: u32) -> Option<(f64, f64)> {
    if present == 0 || supporters > present {
        return None;
    }
    let (n, z2) = (f64::from(present), Z * Z);
    let share = f64::from(supporters) / n;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

/// How far apart opinions lie, from 0 (all the same) to 1 (half at each end of the scale): the variance, as a share of the
/// largest there can be. None where nobody said anything.
#[must_use]
pub fn division(counts: &[(u32, f64)], lowest: u32, highest: u32) -> Option<f64> {
    let total: f64 = counts.iter().map(|(_, weight)| weight).sum();
    let range = f64::from(highest.checked_sub(lowest)?);
    if total <= 0.0 || range <= 0.0 {
        return None;
    }
    let mean = counts.iter().map(|(value, weight)| f64::from(*value) * weight).sum::<f64>() / total;
    let variance =
        counts.iter().map(|(value, weight)| (f64::from(*value) - mean).powi(2) * weight).sum::<f64>() / total;
    Some((4.0 * variance / (range * range)).clamp(0.0, 1.0))
}

/// The priority of each thing that a room voted on, from 1 to 0: the mean of its places in the rooms, weighted by the rule. A room
/// that voted on it several times counts once, by the mean of these.
#[must_use]
pub fn priorities(votes: &[RoomVote], rule: RoomRule) -> BTreeMap<String, f64> {
    let things: BTreeSet<&String> = votes.iter().flat_map(|vote| vote.ranks.keys()).collect();
    let mut priorities = BTreeMap::new();
    for thing in things {
        let mut rooms: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
        for vote in votes {
            if let Some(rank) = vote.ranks.get(thing) {
                let weight = match rule {
                    RoomRule::Rooms => 1.0,
                    RoomRule::Heads => f64::from(vote.present),
                    RoomRule::Weights => vote.weight.max(0.0),
                };
                let room = rooms.entry(&vote.room).or_default();
                room.0 += rank;
                room.1 += 1.0;
                room.2 = room.2.max(weight);
            }
        }
        let weight: f64 = rooms.values().map(|(.., weight)| weight).sum();
        if weight > 0.0 {
            let sum: f64 = rooms.values().map(|(sum, times, weight)| sum / times * weight).sum();
            priorities.insert(thing.clone(), sum / weight);
        }
    }
    priorities
}

/// The place of each, 1 first; equal priorities share one.
#[must_use]
pub fn places(priorities: &BTreeMap<String, f64>) -> BTreeMap<String, u32> {
    let ahead = |mine: f64| priorities.values().filter(|other| **other > mine + 1e-9).count();
    let place = |(thing, mine): (&String, &f64)| (thing.clone(), u32::try_from(ahead(*mine) + 1).unwrap_or(u32::MAX));
    priorities.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vote(room: &str, present: u32, weight: f64, ranks: &[(&str, f64)]) -> RoomVote {
        let ranks = ranks.iter().map(|(thing, rank)| ((*thing).to_owned(), *rank)).collect();
        RoomVote { room: room.to_owned(), present, weight, ranks }
    }

    #[test]
    fn wilson_is_as_published() {
        // 8 of 10, in Agresti & Coull, The American Statistician 52, 1998.
        let (low, high) = wilson(8, 10).expect("eight of ten is a share");
        assert!((low - 0.490_2).abs() < 5e-4 && (high - 0.943_3).abs() < 5e-4, "{low} {high}");
        assert_eq!(wilson(3, 2), None);
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn a_large_room_does_not_outweigh_a_small_one_unless_the_rule_says_so() {
        let votes = [
            vote("Besançon", 60, 1.0, &[("bus", 1.0), ("permis", 0.0)]),
            vote("Pontarlier", 10, 3.0, &[("bus", 0.0), ("permis", 1.0)]),
        ];
        assert_eq!(
            places(&priorities(&votes, RoomRule::Rooms)),
            BTreeMap::from([("bus".into(), 1), ("permis".into(), 1)])
        );
        assert_eq!(places(&priorities(&votes, RoomRule::Heads))["bus"], 1);
        assert_eq!(places(&priorities(&votes, RoomRule::Weights))["permis"], 1);
    }

    #[test]
    fn two_votes_of_one_room_count_once() {
        let votes = [
            vote("Besançon", 20, 1.0, &[("bus", 1.0)]),
            vote("Besançon", 20, 1.0, &[("bus", 0.5)]),
            vote("Pontarlier", 20, 1.0, &[("bus", 0.0)]),
        ];
        assert!((priorities(&votes, RoomRule::Rooms)["bus"] - 0.375).abs() < 1e-9);
    }

    #[test]
    fn ties_share_the_middle_of_their_places() {
        assert_eq!(normalised_rank(0, 1, 5), Some(1.0));
        assert_eq!(normalised_rank(4, 1, 5), Some(0.0));
        assert_eq!(normalised_rank(0, 3, 3), Some(0.5));
        assert_eq!(normalised_rank(0, 1, 1), None, "one option alone was not preferred to anything");
    }

    #[test]
    fn opinions_are_divided_where_they_lie_at_both_ends() {
        assert_eq!(division(&[(0, 5.0), (4, 5.0)], 0, 4), Some(1.0));
        assert_eq!(division(&[(2, 9.0)], 0, 4), Some(0.0));
        assert_eq!(division(&[], 0, 4), None);
    }

    proptest! {
        #[test]
        fn the_share_lies_within_its_interval(present in 1_u32..400, supporters in 0_u32..400) {
            let supporters = supporters.min(present);
            let (low, high) = wilson(supporters, present).expect("a share");
            let share = f64::from(supporters) / f64::from(present);
            prop_assert!(0.0 <= low && low <= share + 1e-9 && share <= high + 1e-9 && high <= 1.0);
        }

        #[test]
        fn who_is_first_everywhere_is_first_by_each_rule(present in proptest::collection::vec(1_u32..90, 1..8)) {
            let votes: Vec<RoomVote> = present.iter().enumerate()
                .map(|(room, present)| vote(&room.to_string(), *present, f64::from(*present % 3 + 1), &[("first", 1.0), ("other", 0.4)]))
                .collect();
            for rule in RoomRule::ALL {
                prop_assert_eq!(places(&priorities(&votes, rule))["first"], 1);
            }
        }
    }
}
