//! One SQLite file per démarche: the journal, the read models rebuilt from it, the dossiers that carry it elsewhere.
//!
//! The one idea: an act is written and the read models it touches are recomputed **in the same transaction**, always from
//! the journal by [`moisson_journal::resolve`]. A capture, a merge and a full rebuild go through that same function, so
//! they cannot disagree; [`Store::verify`] proves it on any file. This crate refuses to know rules, words for people,
//! clocks and randomness: they are passed in.

mod again;
mod append;
mod arrival;
mod arrived;
mod attachments;
mod backup;
mod ballots;
mod bare;
mod bundle;
mod chain;
mod conflicts;
mod dossier;
mod erase;
mod error;
mod history;
mod lock;
mod merge;
mod open;
mod passphrase;
mod people;
mod phones;
mod project;
mod read;
mod reading;
mod recover;
mod rows;
mod search;
mod segments;
mod since;
mod trail;
mod union;
mod verified;
mod verify;
mod vocabulary;

pub use append::By;
pub use attachments::fingerprint;
pub use ballots::Recast;
pub use bare::Bare;
pub use bundle::{BundleSummary, Selection};
pub use conflicts::{ConflictRow, VersionRow};
pub use dossier::{Dossier, Manifest, PersonLine};
pub use erase::Place;
pub use error::{DossierProblem, StoreError};
pub use history::{ActSummary, Step, Undone};
pub use merge::{DossierSummary, Gap, Incoming, MergeSummary, Progress, Stop, Touched};
pub use open::{NewFile, Store, copies_before_migration};
pub use passphrase::{CHANCE, Key, offer_passphrase, protected, unlock};
pub use phones::{HeldEntry, KeptInvitation, KnownEntry};
pub use read::Moment;
pub use recover::Recovery;
pub use search::Words;
pub use segments::{Carried, Held, HeldSegment, Lot, MeetingRow};
pub use since::Since;
pub use trail::TrailRow;
pub use verify::VerifyReport;
