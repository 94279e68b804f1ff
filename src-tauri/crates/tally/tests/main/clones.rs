//! Independence of clones: options that everyone puts side by side change nothing for the others.

use crate::{counted, orders, ranked, winners};
use moisson_tally::Method;
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #[test]
    fn a_clone_neither_helps_nor_harms_the_others((count, bulletins) in orders(), above in proptest::collection::vec(any::<bool>(), 9)) {
        // Independence of clones is stated for two options that nobody separates: o0 shares its place with no other
        // (it comes just after those it would tie with), and its clone comes just before or just after it.
        let (alone, cloned): (Vec<_>, Vec<_>) = bulletins.iter().zip(&above).map(|((weight, places), above)| {
            let mut alone: Vec<u8> = places.iter().map(|place| place * 4).collect();
            alone[0] += 2;
            let mut with_clone = alone.clone();
            with_clone.push(if *above { alone[0] - 1 } else { alone[0] + 1 });
            ((*weight, alone), (*weight, with_clone))
        }).unzip();
        for method in [Method::Schulze, Method::RankedPairs] {
            let (Some(before), Some(after)) = (counted(method, &ranked(count, &alone)), counted(method, &ranked(count + 1, &cloned))) else { continue };
            let merged: BTreeSet<String> = winners(&after).into_iter()
                .map(|id| if id == format!("o{count}") { String::from("o0") } else { id }).collect();
            // Proved for one winner: under ties the clones may break a tie between them.
            if winners(&before).len() == 1 {
                prop_assert_eq!(merged, winners(&before), "{}", method);
            }
        }
    }
}
