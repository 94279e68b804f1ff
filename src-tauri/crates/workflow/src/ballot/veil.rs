//! What the bulletins of a secret vote leave behind when they go into the urn.
//!
//! Where a bulletin came from (channel, table, college, territory) may tell whose it is: the one phone among papers, the only
//! employer in the room. What fewer than five share is taken off before the urn is written, as it would be withheld from a cut
//! result; and no bulletin without a mark stands among fewer than five of its like, or it could be told by what it lacks.

use super::copies;
use crate::views::RoomMethod;
use moisson_tally::Ballot;
use std::collections::BTreeMap;

/// Fewest bulletins that may share a mark.
pub(super) const FEWEST: u32 = 5;

type Marks = (Option<String>, Option<u32>, Option<String>, Option<String>);

fn marks(ballot: &Ballot) -> Marks {
    (ballot.channel.clone(), ballot.table, ballot.college.clone(), ballot.territory.clone())
}

/// Takes off what could tell whose a bulletin is.
pub(super) fn veil(method: RoomMethod, bulletins: &mut [Ballot]) {
    // Raised hands are seen by everybody, and are counts, not people.
    if method == RoomMethod::Hands {
        return;
    }
    // One person may have answered many duels: how many bulletins there are says nothing of how many people.
    if method == RoomMethod::Pairwise {
        return bulletins.iter_mut().for_each(strip);
    }
    for few in shared_by_few(bulletins) {
        each(bulletins, &few, |ballot| (ballot.table, ballot.college, ballot.territory) = (None, None, None));
    }
    for few in shared_by_few(bulletins) {
        each(bulletins, &few, strip);
    }
    // Those without any mark may still be few: the smallest of the others join them.
    let bare: Marks = (None, None, None, None);
    loop {
        let sizes = sizes(bulletins);
        let Some(few) = sizes.get(&bare).filter(|size| **size < FEWEST) else { break };
        let smallest = sizes.iter().filter(|(marks, _)| **marks != bare).min_by_key(|(_, size)| **size);
        let (Some((smallest, _)), true) = (smallest, *few > 0) else { break };
        each(bulletins, &smallest.clone(), strip);
    }
}

fn strip(ballot: &mut Ballot) {
    (ballot.channel, ballot.table, ballot.college, ballot.territory) = (None, None, None, None);
}

/// How many bulletins share each set of marks.
fn sizes(bulletins: &[Ballot]) -> BTreeMap<Marks, u32> {
    let mut sizes: BTreeMap<Marks, u32> = BTreeMap::new();
    for ballot in bulletins {
        let size = sizes.entry(marks(ballot)).or_default();
        *size = size.saturating_add(copies(ballot));
    }
    sizes
}

fn shared_by_few(bulletins: &[Ballot]) -> Vec<Marks> {
    sizes(bulletins).into_iter().filter(|(_, size)| *size < FEWEST).map(|(marks, _)| marks).collect()
}

fn each(bulletins: &mut [Ballot], of: &Marks, change: impl Fn(&mut Ballot)) {
    bulletins.iter_mut().filter(|ballot| marks(ballot) == *of).for_each(change);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(channel: &str, table: u32, college: &str) -> Ballot {
        let some = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
        Ballot {
            channel: some(channel),
            table: Some(table).filter(|table| *table > 0),
            college: some(college),
            ..Ballot::default()
        }
    }

    fn left(bulletins: &[Ballot]) -> Vec<(Marks, u32)> {
        sizes(bulletins).into_iter().collect()
    }

    #[test]
    fn five_of_a_table_keep_their_mark_and_four_lose_it() {
        let mut all = [vec![of("paper", 1, ""); 5], vec![of("paper", 2, ""); 4], vec![of("paper", 0, ""); 9]].concat();
        veil(RoomMethod::Dots, &mut all);
        let paper = Some(String::from("paper"));
        assert_eq!(left(&all), [((paper.clone(), None, None, None), 13), ((paper, Some(1), None, None), 5)]);
    }

    #[test]
    fn the_only_phone_among_papers_is_not_told_apart() {
        let mut all = [vec![of("paper", 0, ""); 12], vec![of("phone", 0, "")]].concat();
        veil(RoomMethod::Approval, &mut all);
        assert_eq!(left(&all), [((None, None, None, None), 13)], "alone without a mark, it would still be the phone's");
    }

    #[test]
    fn one_line_of_fourteen_identical_papers_is_fourteen() {
        let fourteen = Ballot { weight: moisson_tally::Weight::whole(14), ..of("paper", 3, "") };
        let mut all = vec![fourteen.clone()];
        veil(RoomMethod::MajorityJudgment, &mut all);
        assert_eq!(all, [fourteen]);
    }

    #[test]
    fn six_duels_may_be_one_person_s() {
        let mut all = vec![of("phone", 0, "employers"); 6];
        veil(RoomMethod::Pairwise, &mut all);
        assert_eq!(left(&all), [((None, None, None, None), 6)]);
    }

    proptest! {
        #[test]
        fn whatever_was_cast_nobody_stands_among_fewer_than_five_unless_they_are_all(
            cast in prop::collection::vec((0_usize..4, 0_u32..4, 0_usize..3), 0..40)
        ) {
            let channels = ["phone", "paper", "proxy", ""];
            let colleges = ["", "employers", "associations"];
            let mut all: Vec<Ballot> =
                cast.into_iter().map(|(channel, table, college)| of(channels[channel], table, colleges[college])).collect();
            let before = all.len();
            veil(RoomMethod::Score, &mut all);
            prop_assert_eq!(all.len(), before);
            let sizes = left(&all);
            prop_assert!(sizes.len() <= 1 || sizes.iter().all(|(_, size)| *size >= FEWEST), "{:?}", sizes);
        }
    }
}
