//! What a change is, how its id is computed, and what makes one acceptable.

use crate::{
    Clock,
    body::{Body, BodyHash, Checked, check},
    hash::Hashed,
};
use moisson_domain::{EntityId, from_text};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

macro_rules! hash_like {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = hex::FromHexError;

            fn from_str(text: &str) -> Result<Self, hex::FromHexError> {
                let mut bytes = [0; 16];
                hex::decode_to_slice(text, &mut bytes)?;
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                from_text(deserializer)
            }
        }
    };
}

hash_like! {
    /// Identity of a change: the first 16 bytes of the BLAKE3 hash of its header.
    ChangeId
}
hash_like! {
    /// Identity of a writer: 16 random bytes, new at each opening of a file for writing.
    WriterId
}

/// One setting of a field that a change overwrites.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overwrite {
    /// Name of the field.
    pub field: String,
    /// The change that had set it. For the field `deleted`, any change whose settings the deleting person had seen.
    pub change: ChangeId,
}

/// Everything about a change except what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The change its writer made before; none for a writer's first.
    pub prev: Option<ChangeId>,
    /// Its writer.
    pub writer: WriterId,
    /// Its place in the writer's chain, from 1.
    pub seq: u64,
    /// The `seq` of the first change of the same act: the changes of one gesture are undone together.
    pub act: u64,
    /// Hybrid clock, for the deterministic pick among live settings.
    pub clock: Clock,
    /// The writer's wall clock, milliseconds since 1970: shown to people, never trusted.
    pub wall: i64,
    /// Name of the entity's kind; may be unknown to this version.
    pub kind: String,
    /// The entity.
    pub entity: EntityId,
    /// Pseudonym of who acted; may be empty.
    pub author: String,
    /// Hash of the body, [`body_hash`](crate::body_hash).
    pub body_hash: BodyHash,
    /// The settings it overwrites, sorted.
    pub overwrites: Vec<Overwrite>,
}

/// A change: its header and, unless it is withheld, its body, from which fields may have been erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its id, [`Header::id`].
    pub id: ChangeId,
    /// Header.
    pub header: Header,
    /// JSON text of a [`Body`]. Without it the change keeps its place in the chain but sets nothing.
    pub body: Option<String>,
}

/// Why a change cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidChange {
    /// The line is not a change at all.
    #[error("not a change: {0}")]
    Malformed(String),
    /// The id does not match the header: damaged or forged.
    #[error("change {0} does not match its own hash")]
    WrongId(ChangeId),
    /// The body does not match the hash in the header.
    #[error("the content of change {0} does not match its hash")]
    WrongBody(ChangeId),
    /// It overwrites a field that it does not set, or its numbers make no sense.
    #[error("change {0} contradicts itself")]
    Contradiction(ChangeId),
}

impl Header {
    /// The id of the change with this header: BLAKE3 over each part in order, numbers little-endian in 8 bytes, texts and
    /// lists preceded by their length; cut to 16 bytes.
    #[must_use]
    pub fn id(&self) -> ChangeId {
        let mut hashed = Hashed::new();
        hashed.bytes(b"moisson change 1");
        hashed.bytes(&self.prev.map_or([0; 16], |id| id.0));
        hashed.bytes(&self.writer.0);
        hashed.bytes(&self.seq.to_le_bytes());
        hashed.bytes(&self.act.to_le_bytes());
        hashed.bytes(&self.clock.0.to_le_bytes());
        hashed.bytes(&self.wall.to_le_bytes());
        hashed.text(&self.kind);
        hashed.bytes(self.entity.as_bytes());
        hashed.text(&self.author);
        hashed.bytes(&self.body_hash);
        hashed.bytes(&(self.overwrites.len() as u64).to_le_bytes());
        for overwrite in &self.overwrites {
            hashed.text(&overwrite.field);
            hashed.bytes(&overwrite.change.0);
        }
        ChangeId(hashed.finish())
    }
}

impl Change {
    /// What the change says, if its body is there.
    ///
    /// # Errors
    /// [`InvalidChange::Malformed`] where the body is not the JSON it should be.
    pub fn read_body(&self) -> Result<Option<Body>, InvalidChange> {
        self.body
            .as_deref()
            .map(|body| serde_json::from_str(body).map_err(|error| InvalidChange::Malformed(error.to_string())))
            .transpose()
    }

    /// Checks everything that can be checked of a change alone: hashes, numbers, and that it overwrites only what it sets.
    ///
    /// # Errors
    /// [`InvalidChange`] says what does not hold.
    pub fn verify(&self) -> Result<(), InvalidChange> {
        let body = self.body.as_deref().map(check).transpose()?;
        self.verify_with(body.as_ref())
    }

    /// As [`Change::verify`], with what reading its body gave.
    pub(crate) fn verify_with(&self, body: Option<&Checked>) -> Result<(), InvalidChange> {
        let header = &self.header;
        if header.id() != self.id {
            return Err(InvalidChange::WrongId(self.id));
        }
        let numbers = header.seq >= 1 && (1..=header.seq).contains(&header.act);
        let first = (header.seq == 1) == header.prev.is_none();
        let sorted = header.overwrites.windows(2).all(|pair| pair[0] < pair[1]);
        if !(numbers && first && sorted) {
            return Err(InvalidChange::Contradiction(self.id));
        }
        let Some(body) = body else { return Ok(()) };
        if body.hash != header.body_hash {
            return Err(InvalidChange::WrongBody(self.id));
        }
        let overwrites_what_it_sets = header.overwrites.iter().all(|overwrite| body.fields.contains(&overwrite.field));
        if body.fields.is_empty() || body.odd_life || !overwrites_what_it_sets {
            return Err(InvalidChange::Contradiction(self.id));
        }
        Ok(())
    }
}
