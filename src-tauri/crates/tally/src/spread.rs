//! Middle and spread of weighted whole numbers, exact.
//!
//! Quantiles are those of the inverse of the distribution, averaged where it is flat (Hyndman & Fan, *Sample Quantiles in
//! Statistical Packages*, The American Statistician 50, 1996, definition 2): the median is the usual one, and a weight of n
//! is n identical numbers.

use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeMap;

/// How much weight each number has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spread {
    counts: BTreeMap<u32, u128>,
    total: u128,
}

impl Spread {
    pub fn add(&mut self, value: u32, units: u128) {
        *self.counts.entry(value).or_default() += units;
        self.total += units;
    }

    /// Weight of all numbers.
    pub const fn total(&self) -> u128 {
        self.total
    }

    /// Numbers given, lowest first, with their weight.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u128)> {
        self.counts.iter().map(|(value, units)| (*value, *units))
    }

    /// Zero where there is none.
    pub fn mean(&self) -> BigRational {
        if self.total == 0 {
            return BigRational::zero();
        }
        let sum = self
            .counts
            .iter()
            .fold(BigRational::zero(), |sum, (value, units)| sum + whole(u128::from(*value)) * whole(*units));
        sum / whole(self.total)
    }

    /// The number below which `numerator / denominator` of the weight lies; zero where there is none.
    pub fn quantile(&self, numerator: u128, denominator: u128) -> BigRational {
        let wanted = self.total * numerator;
        let mut sum = 0;
        let mut values = self.counts.iter();
        while let Some((value, units)) = values.next() {
            sum += units * denominator;
            if sum == wanted
                && let Some((next, _)) = values.next()
            {
                return (whole(u128::from(*value)) + whole(u128::from(*next))) / whole(2);
            }
            if sum >= wanted {
                return whole(u128::from(*value));
            }
        }
        BigRational::zero()
    }

    pub fn median(&self) -> BigRational {
        self.quantile(1, 2)
    }

    /// The quarter and the three quarters.
    pub fn quartiles(&self) -> (BigRational, BigRational) {
        (self.quantile(1, 4), self.quantile(3, 4))
    }
}

pub(crate) fn whole(number: u128) -> BigRational {
    BigRational::from_integer(number.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_median_is_that_of_the_sorted_numbers(mut numbers in proptest::collection::vec(0_u32..9, 1..30)) {
            let mut spread = Spread::default();
            for number in &numbers {
                spread.add(*number, 1);
            }
            numbers.sort_unstable();
            let half = numbers.len() / 2;
            let twice = if numbers.len() % 2 == 1 { numbers[half] * 2 } else { numbers[half - 1] + numbers[half] };
            prop_assert_eq!(spread.median(), whole(twice.into()) / whole(2));
            let (low, high) = spread.quartiles();
            prop_assert!(low <= spread.median() && spread.median() <= high);
        }
    }
}
