//! Voting methods: ballots in, ranked result and its explanation out.
//!
//! A vote is an instrument with published rules: whoever reads the plan can recompute it. Each method is one module with
//! its source in its documentation; all answer with the same [`Outcome`]: a ranking in which ties stand as ties, a score
//! per option, and the steps that led there as data, to be drawn by the window and written into the minutes.
//!
//! Everything is counted in integers (weights are scaled to whole units first), so no tie is made or broken by rounding.
//! This crate is pure: no file, no clock, no randomness, and no tie-break of its own.

mod approval;
mod ballot;
mod borda;
mod budget;
mod clusters;
mod consensus;
mod consent;
mod copeland;
mod dots;
mod hands;
mod impact_effort;
mod irv;
mod majority_judgment;
mod method;
mod outcome;
mod pairwise;
mod proportional;
mod ranked;
mod ranked_pairs;
pub mod read;
mod rooms;
mod schulze;
mod score;
mod spread;
mod stv;
mod table;
mod weight;

pub use ballot::{Ballot, Choice, Election, Mark, Satisfaction, Settings, SharingRule, Stance};
pub use method::{Method, TallyError, check_ballot, tally};
pub use outcome::{InvalidBallot, Opinion, Outcome, Quadrant, Reason, Score, Step};
pub use rooms::{RoomRule, RoomVote, division, normalised_rank, places, priorities, wilson};
pub use table::Table;
pub use weight::Weight;
