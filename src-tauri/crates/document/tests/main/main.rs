//! Documents of a démarche that does its worst: every writer, every format, sound packages, no formula, the same bytes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is not as it should be")]

mod hostile;
mod models;
mod writers;
