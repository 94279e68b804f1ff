//! Segments of a démarche in storage that laptops share: a folder, WebDAV, or S3-compatible objects. No server of ours.
//!
//! The one idea: a segment is immutable and named by the SHA-256 of its bytes, so that there is nothing to agree on. Whatever
//! lies under a name that it does not match (cut, altered, half written) is not that segment and is not given to anyone; a
//! listing that lags, an old copy of the folder, two laptops at once can only hide or double what is there, never change it.
//! Everything there is under keys that only the laptops of the démarche have (`Ring`), so that the storage sees neither words nor
//! names. This crate knows no démarche, reads no clock and no environment, and keeps nothing on this laptop.

mod address;
mod error;
mod folder;
mod name;
mod ring;
mod seal;
mod storage;

pub use address::{Access, is_server};
pub use error::ExchangeError;
pub use name::{Name, Sort};
pub use ring::{Belief, Laptop, Ring};
pub use seal::{Key, is_public_key, unseal};
pub use storage::{Listed, Listing, Storage};
