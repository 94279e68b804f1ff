//! The room: the server that phones on the local network talk to, while the facilitator keeps it open.
//!
//! The one idea: phones are strangers. They are handed one page, and may ask six things of it; everything they send is
//! small, limited, checked, and passed to a [`Desk`], which is all this crate knows of the démarche. What they are told is
//! what changed since the version they know ([`Scene`]), at most once in a while, the same words for all.
//!
//! A phone is known by a random secret that it made and keeps. The secret passes through and is never stored: the list of
//! devices holds a fingerprint keyed by chance drawn when the room opened, so that nothing here joins a phone to a bulletin.
//! This crate knows no file and no rule; chance and the page are passed in.

mod board;
mod desk;
mod devices;
mod error;
mod gate;
mod invitation;
mod limits;
mod live;
mod network;
mod page;
mod qr;
mod refusal;
mod routes;
mod server;

pub use desk::{Choice, Declined, Desk, Entry, Item, Origin, Question, Receipt, Say, Scene, Sharing, Support, Voting};
pub use devices::DeviceRow;
pub use error::RoomError;
pub use invitation::{Invitation, letters, read_letters};
pub use limits::Limits;
pub use network::{Interface, interfaces};
pub use qr::{qr_svg, wifi_text};
pub use refusal::Refusal;
pub use server::{Opening, Room, Status};
