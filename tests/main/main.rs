//! Journeys through the two faces of the program, as a person or a script would take them: the command line, the real
//! window; what happens with files that are at fault; and the rule that says which crate may import which.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it should be, and lives in the real world of clocks and files"
)]

#[macro_use]
mod tools;
mod bad_input;
mod bindings;
mod faults;
mod forms;
mod hostile;
mod journey_cli;
mod killed;
mod layers;
#[cfg(target_os = "linux")]
mod licences;
mod meeting;
mod open_data;
mod permissions;
mod phones;
mod power_cut;
mod privacy;
mod protection;
mod region;
mod safety;
mod schemas;
mod stored;
mod window;
