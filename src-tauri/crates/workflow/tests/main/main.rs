//! The workflow from outside: what the two faces can ask of it, against a temporary démarche.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod attendance;
mod closing;
mod deroule;
mod hall;
mod late;
mod previous;
mod rehearsal;
