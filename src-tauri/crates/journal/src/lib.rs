//! The journal: what people did, as changes that merge by set union.
//!
//! A [`Change`] is what one act of one person did to one entity. Its id is a hash of what it says and of the change its
//! writer made before, so changes form one chain per writer, and two laptops that hold the same changes hold the same
//! ids. Each setting of a field names the settings it overwrites (a multi-value register): the settings that nothing
//! overwrites are *live*, and two live settings with different values are a conflict that a person settles.
//!
//! The state of an entity is a pure function of the *set* of its changes ([`resolve`]): no order of arrival, no local
//! number and no trusted clock reaches it. That is why a merge is commutative, associative and idempotent.
//!
//! This crate refuses to know where changes are stored, what time it is, or where randomness comes from.

mod act;
mod body;
mod change;
mod clock;
mod hash;
mod resolve;
mod undo;
mod wire;

pub use act::{Act, Draft, Signature, compose};
pub use body::{Body, BodyHash, body_hash, complete, erase};
pub use change::{Change, ChangeId, Header, InvalidChange, Overwrite, WriterId};
pub use clock::Clock;
pub use resolve::{Conflict, EntityState, Live, live, resolve, resolve_first};
pub use undo::{Restored, restore};
pub use wire::{MAX_LINE, read_line, write_line};
