//! The words of the trade: ids, kinds of entities, their fields and the rules a value must meet.
//!
//! Everything that Moisson keeps is an *entity* (a theme, an atelier, a proposal …) made of *fields*, each with one value.
//! This crate says which kinds and fields exist and what a good value looks like; the journal stores them by name, so
//! that what this version does not know survives. It refuses to know files, clocks, randomness, or how anything is shown.

mod entity;
mod field;
mod id;
mod kind;
mod rank;
mod value;

pub use entity::{Entity, Fields};
pub use field::{DELETED, Field};
pub use id::{EntityId, InvalidId, from_text};
pub use kind::{FieldRule, Kind};
pub use rank::{Rank, spread};
pub use value::{InvalidValue, ValueType, check};
