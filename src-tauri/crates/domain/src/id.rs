//! Identity of an entity: a UUID version 7, so that ids sort by time and an atelier's rows lie together on disk.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};
use std::{fmt, marker::PhantomData, str::FromStr};
use thiserror::Error;

/// The id of an entity, the same on every laptop for ever.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, specta::Type)]
#[specta(type = String)]
pub struct EntityId([u8; 16]);

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not an id")]
pub struct InvalidId(pub String);

impl EntityId {
    /// Builds a UUID version 7 (RFC 9562) from a wall clock in milliseconds and ten random bytes.
    #[must_use]
    pub fn from_parts(millis: u64, random: [u8; 10]) -> Self {
        Self(*uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().as_bytes())
    }

    /// An id as stored.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The sixteen bytes, big-endian as in RFC 9562.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// When the entity was made by the maker's clock, milliseconds since 1970: shown to people, never trusted.
    #[must_use]
    pub fn millis(&self) -> u64 {
        self.0[..6].iter().fold(0, |n, byte| n << 8 | u64::from(*byte))
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
    }
}

impl fmt::Debug for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for EntityId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        // Only the hyphenated form: one entity, one spelling, also inside stored values.
        match uuid::Uuid::try_parse(text) {
            Ok(uuid) if text.len() == 36 => Ok(Self(*uuid.as_bytes())),
            _ => Err(InvalidId(text.to_owned())),
        }
    }
}

impl Serialize for EntityId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntityId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer)
    }
}

/// Deserialises what a text spells, without a copy of the text: a dossier holds hundreds of thousands of ids.
///
/// # Errors
/// What parsing the text reports, or that it is not a text.
pub fn from_text<'de, D: Deserializer<'de>, T: FromStr<Err: fmt::Display>>(deserializer: D) -> Result<T, D::Error> {
    struct Text<T>(PhantomData<T>);
    impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Text(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_time_and_its_spelling() {
        let id = EntityId::from_parts(1_655_200_000_123, [7; 10]);
        assert_eq!(id.millis(), 1_655_200_000_123);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("not an id".parse::<EntityId>().is_err());
        assert!(id.to_string().replace('-', "").parse::<EntityId>().is_err());
    }
}
