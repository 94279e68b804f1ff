//! Independence of clones: options that everyone puts side by side change nothing for the others.

use crate::{counted, orders, ranked, winners};
use moisson_tally::Method;
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #[test]
    fn a_clone_neither_helps_nor_harms_the_others((count, bulletins) in orders(), above in proptest::collection::vec(any::<bool>(), 9)) {
        // Each bulletin puts the clone of o0 just above or just below it: places are spread to make room.
        let cloned: Vec<(u32, Vec<u8>)> = bulletins.iter().zip(&above).map(|((weight, places), above)| {
            let mut places: Vec<u8> = places.iter().map(|place| place * 3 + 1).collect();
            let clone = if *above { places[0] - 1 } else { places[0] + 1 };
            // Whoever shares o0's place moves with neither: ties with it stay ties with one of the two only, so skip these.
            places.push(clone);
            (*weight, places)
        }).collect();
        let tied = bulletins.iter().any(|(_, places)| places.iter().skip(1).any(|place| *place == places[0]));
        prop_assume!(!tied);
        for method in [Method::Schulze, Method::RankedPairs] {
            let (Some(before), Some(after)) = (counted(method, &ranked(count, &bulletins)), counted(method, &ranked(count + 1, &cloned))) else { continue };
            let merged: BTreeSet<String> = winners(&after).into_iter()
                .map(|id| if id == format!("o{count}") { String::from("o0") } else { id }).collect();
            // Proved for one winner: under ties the clones may break a tie between them.
            if winners(&before).len() == 1 {
                prop_assert_eq!(merged, winners(&before), "{}", method);
            }
        }
    }
}
