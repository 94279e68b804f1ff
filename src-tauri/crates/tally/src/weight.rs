//! The weight of a bulletin: how many identical ones it stands for.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Decimal places a weight may have.
const PLACES: u32 = 6;
/// One, in the units in which votes are counted.
const ONE: u64 = 10_u64.pow(PLACES);
/// Largest weight or cost: a national vote typed in as one line, a national budget.
const MAX: u64 = 1_000_000_000_000;

/// A positive decimal number with at most six places, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight(u64);

impl Default for Weight {
    fn default() -> Self {
        Self(ONE)
    }
}

impl Weight {
    /// A whole number of identical bulletins; `None` for zero or too many.
    #[must_use]
    pub fn whole(count: u64) -> Option<Self> {
        (1..=MAX).contains(&count).then(|| Self(count * ONE))
    }

    /// Reads `14` or `0.5`; `None` for anything that is not a positive decimal number of at most six places.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let decimals = decimals.trim_end_matches('0');
        if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > PLACES as usize {
            return None;
        }
        let whole: u64 = whole.parse().ok().filter(|whole| *whole <= MAX)?;
        let scaled: u64 = format!("{decimals:0<6}").parse().ok()?;
        let units = whole * ONE + scaled;
        (units > 0).then_some(Self(units))
    }

    /// As a plain number, for what is numeric by nature.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "never decides between options")]
    pub fn approximate(self) -> f64 {
        self.0 as f64 / ONE as f64
    }

    /// In the units in which votes are counted.
    #[must_use]
    pub const fn units(self) -> u128 {
        self.0 as u128
    }

    /// A number of units as people read it: whole where it is whole.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "only for showing; every comparison is made in units")]
    pub fn shown(units: u128) -> serde_json::Number {
        let one = u128::from(ONE);
        match u64::try_from(units / one) {
            Ok(whole) if units.is_multiple_of(one) => whole.into(),
            _ => serde_json::Number::from_f64(units as f64 / ONE as f64).unwrap_or_else(|| 0.into()),
        }
    }
}

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::shown(self.units()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        Self::parse(&number.to_string())
            .ok_or_else(|| serde::de::Error::custom(format!("`{number}` is no weight: a positive number is needed")))
    }
}
