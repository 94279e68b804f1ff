//! Meeting through storage: what a meeting did, and where others were last met.

use super::GapRow;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// What a meeting through storage did.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct MeetingReport {
    /// Address of the storage, without password.
    pub place: String,
    /// Segments of others taken in.
    pub segments_taken: u32,
    /// Segments put there.
    pub segments_put: u32,
    /// Own segments that others took the place of, and that were taken away.
    pub segments_replaced: u32,
    /// Segments that were found altered there and whose changes were put again.
    pub segments_restored: u32,
    /// Changes this file did not have.
    pub changes_new: u32,
    /// Changes it had.
    pub changes_known: u32,
    /// Changes of this file that lacked there and were put.
    pub changes_put: u32,
    /// Changes kept aside here until the one they follow arrives.
    pub changes_waiting: u32,
    /// Conflicts that appeared.
    pub conflicts_new: u32,
    /// Conflicts that the meeting settled, because someone settled them elsewhere.
    pub conflicts_settled: u32,
    /// Changes that lost words they had here, because someone redacted them elsewhere.
    pub redacted: u32,
    /// What is missing for the changes that wait.
    pub gaps: Vec<GapRow>,
    /// Laptops that seem to have written in two copies of one file; nothing is lost of either.
    pub cloned: Vec<String>,
    /// The other laptops whose work was found, and when they brought it.
    pub met: Vec<MetRow>,
    /// Segments that were left there untaken, and why.
    pub refused: Vec<RefusedRow>,
    /// How many other démarches meet in the same storage.
    pub others: u32,
}

/// Another laptop whose work was found in storage.
#[derive(Debug, Clone, Serialize, Type)]
pub struct MetRow {
    /// Its name.
    pub replica: String,
    /// When it last brought something, milliseconds since 1970, by its own clock.
    #[specta(type = Number)]
    pub at: f64,
}

/// A segment that was not taken.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RefusedRow {
    /// Its file.
    pub name: String,
    /// Why, in a sentence.
    pub reason: String,
}

/// A storage through which others were met.
#[derive(Debug, Clone, Serialize, Type)]
pub struct MeetingRow {
    /// Its address, without password.
    pub place: String,
    /// When, milliseconds since 1970.
    #[specta(type = Number)]
    pub at: f64,
    /// With whom.
    pub met: Vec<MetRow>,
    /// Changes of this file that are not known to be there.
    pub to_give: u32,
}

/// How far a meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MeetingStep {
    /// Others' segments are taken in.
    Taking,
    /// Own ones are put there.
    Putting,
}

/// The laptops that may read what is exchanged.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LaptopsView {
    /// The public key of this laptop: what another admits.
    pub key: String,
    /// Whether this laptop may read.
    pub admitted: bool,
    /// How often the key of the démarche was turned; until the first time whoever holds the démarche may read.
    pub turned: u32,
    /// This laptop, those that may read, those that may no longer.
    pub laptops: Vec<LaptopRow>,
}

/// A laptop of the démarche.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LaptopRow {
    /// Its public key.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// It is this one.
    pub here: bool,
    /// Whether it may read.
    pub state: LaptopState,
}

/// Whether a laptop may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LaptopState {
    /// It may.
    Admitted,
    /// It may no longer.
    Removed,
}
