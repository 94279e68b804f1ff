//! A hybrid logical clock (Kulkarni et al., 2014), bounded so that one wrong laptop does not drag all others with it.

/// Milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Clock(pub u64);

/// How far ahead of this laptop's own clock the hybrid clock follows others: one day. A clock set to 2099 elsewhere is
/// recorded but not followed; causality never depends on it, since every setting names what it overwrites.
const FOLLOW: u64 = 24 * 3600 * 1000;

impl Clock {
    /// A clock of these parts.
    #[must_use]
    pub const fn new(millis: u64, counter: u16) -> Self {
        Self(millis << 16 | counter as u64)
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> u64 {
        self.0 >> 16
    }

    /// The counter that tells events of one millisecond apart.
    #[must_use]
    pub const fn counter(self) -> u16 {
        (self.0 & 0xffff) as u16
    }

    /// The next reading, given the wall clock and the highest reading seen so far.
    #[must_use]
    pub fn next(seen: Self, wall: i64) -> Self {
        let now = Self::new(millis(wall), 0);
        if seen.is_followed(wall) && seen >= now { Self(seen.0.saturating_add(1)) } else { now }
    }

    /// Whether a laptop whose wall clock says this goes on from here, rather than leave it for an error.
    #[must_use]
    pub fn is_followed(self, wall: i64) -> bool {
        self.millis() <= millis(wall).saturating_add(FOLLOW)
    }
}

/// The wall clock, within what a reading can hold.
fn millis(wall: i64) -> u64 {
    u64::try_from(wall).unwrap_or(0).min((1 << 48) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_advances_follows_a_little_and_ignores_absurd_futures() {
        let morning = Clock::next(Clock::default(), 1_655_200_000_000);
        assert!(Clock::next(morning, 1_655_199_999_000) > morning, "a wall clock that steps back does not");
        let year_2099 = Clock::new(4_070_908_800_000, 0);
        assert_eq!(Clock::next(year_2099, 1_655_200_000_000).millis(), 1_655_200_000_000);
        assert_eq!(Clock::next(Clock::default(), -5).millis(), 0);
    }
}
