//! What goes wrong, and the one sentence that says it: what, where, what was kept, what to do.

mod files;
mod sentence;

use crate::{CardProblem, Language, photo::PhotoProblem, protection::SHORTEST_PASSPHRASE, table::TableError};
use moisson_document::DocumentError;
use moisson_domain::{InvalidValue, Kind};
use moisson_exchange::ExchangeError;
use moisson_room::RoomError;
use moisson_store::StoreError;
use moisson_tally::TallyError;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::{io, path::PathBuf};
use thiserror::Error;

/// A use case that could not be carried out. Nothing was changed.
#[derive(Debug, Error)]
pub enum Failure {
    /// The file or a dossier.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A value that a field refuses.
    #[error(transparent)]
    Value(#[from] InvalidValue),
    /// A table to import.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A table whose columns cannot serve.
    #[error("{}: {source}", path.display())]
    Columns {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TableError,
    },
    /// A count of votes.
    #[error(transparent)]
    Tally(#[from] TallyError),
    /// A document.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Nothing has that id, prefix or name.
    #[error("nothing is called `{reference}`")]
    NoSuch {
        /// What was looked for, if known.
        what: Option<Kind>,
        /// As given.
        reference: String,
    },
    /// Several things have that prefix or name.
    #[error("`{reference}` may be {count} things")]
    Ambiguous {
        /// As given.
        reference: String,
        /// How many.
        count: usize,
    },
    /// No conflict has that id, or no such version.
    #[error("there is no conflict `{reference}`")]
    NoSuchConflict {
        /// As given.
        reference: String,
    },
    /// The démarche itself cannot be deleted.
    #[error("the démarche cannot be deleted")]
    KeepsProcess,
    /// Only blank lines were given.
    #[error("nothing to note")]
    NothingToNote,
    /// A paste too large for a capture.
    #[error("{found} lines at once, {max} at most")]
    TooManyLines {
        /// Lines given.
        found: usize,
        /// The limit.
        max: usize,
    },
    /// A split that leaves one piece or none.
    #[error("a proposal is split in two at least")]
    SplitInTwo,
    /// Something set aside without a reason.
    #[error("setting aside wants a reason")]
    WhySetAside,
    /// A version of the plan under a label that an earlier one has, the plan having changed since.
    #[error("version `{label}` is adopted already")]
    VersionTaken {
        /// The label.
        label: String,
    },
    /// A merge of rapprochements without one to go on in.
    #[error("a merge wants another cluster to go on in")]
    MergeInto,
    /// A join of one proposal or none.
    #[error("two proposals at least are joined")]
    JoinTwo,
    /// A join across ateliers: that is a rapprochement.
    #[error("only proposals of one workshop are joined")]
    OneWorkshop,
    /// A « déjà dit » to take back where there is none.
    #[error("the proposal was not said again in this room")]
    NeverSaidAgain,
    /// A paper card that was entered already.
    #[error("card {number} was entered already: {text}")]
    CardTaken {
        /// Its number.
        number: u32,
        /// The words entered then.
        text: String,
    },
    /// A file that is not taken as a photo.
    #[error("{}: {problem}", path.display())]
    Photo {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: PhotoProblem,
    },
    /// A file that is not taken as a logo, emblem or cover picture.
    #[error("{}: {problem}", path.display())]
    Emblem {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: crate::EmblemProblem,
    },
    /// A file that is not taken as a style model.
    #[error("{}: {problem}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: moisson_document::ModelProblem,
    },
    /// A charter that cannot be.
    #[error(transparent)]
    Charter(#[from] crate::CharterProblem),
    /// A change of a plan that was adopted, while no amendment is declared.
    #[error("the plan was adopted as {label}")]
    PlanAdopted {
        /// The version in force.
        label: String,
    },
    /// An amendment without a reason.
    #[error("an amendment wants a reason")]
    WhyAmend,
    /// An amendment of a plan that was never adopted.
    #[error("no version was adopted")]
    NothingAdopted,
    /// A form that cannot be taken back.
    #[error("{}: {problem}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: crate::FormProblem,
    },
    /// A field that changed here while its difference was looked at.
    #[error("`{field}` says something else by now")]
    FormMoved {
        /// The field.
        field: String,
    },
    /// An answer that a field does not take.
    #[error("{message}")]
    FormAnswer {
        /// Why, in French.
        french: String,
        /// Why.
        message: String,
    },
    /// No act to undo.
    #[error("nothing to undo")]
    NothingToUndo,
    /// Only texts can be redacted.
    #[error("the field `{field}` is no text")]
    NotAText {
        /// The field.
        field: String,
    },
    /// A file that should give a passphrase on its first line.
    #[error("{path}: no passphrase on the first line")]
    NoPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// A passphrase that someone may guess.
    #[error("a passphrase has {SHORTEST_PASSPHRASE} signs at least")]
    ShortPassphrase,
    /// The system's keychain does not do what it was asked for.
    #[error("keychain: {detail}")]
    Keychain {
        /// What it says.
        detail: String,
    },
    /// No act to do again.
    #[error("nothing to redo")]
    NothingToRedo,
    /// The vote is not in the state the gesture needs.
    #[error("the vote is {state}")]
    BallotState {
        /// Its state.
        state: String,
    },
    /// A vote's bag was emptied at closing: it cannot be filled again.
    #[error("closed for good: {question}")]
    ClosedForGood {
        /// Its question.
        question: String,
    },
    /// Undoing the opening of a vote would lose what was voted.
    #[error("{bulletins} bulletins are in: {question}")]
    VotesIn {
        /// Its question.
        question: String,
        /// Bulletins in the bag.
        bulletins: u32,
    },
    /// A rehearsal would tell the result of a vote that is open.
    #[error("a vote is open: {question}")]
    RehearsalInVote {
        /// Its question.
        question: String,
    },
    /// What reaches beyond a rehearsal is not done in one.
    #[error("not in a rehearsal")]
    InRehearsal,
    /// A bulletin that the method refuses.
    #[error("bulletin refused: {reason}")]
    Bulletin {
        /// Why, as the method says it.
        reason: String,
    },
    /// A bulletin without the card that the vote asks for.
    #[error("card: {problem:?}")]
    Card {
        /// What is wrong with it.
        problem: CardProblem,
    },
    /// The room for phones.
    #[error(transparent)]
    Room(#[from] RoomError),
    /// Storage that laptops share.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// What began the démarche has not arrived here.
    #[error("the beginning of the démarche is missing")]
    NotBegun,
    /// The system names no folder where this laptop could keep its keys.
    #[error("no folder for the keys of this laptop")]
    NoFolderForKeys,
    /// Not the public key of a laptop.
    #[error("`{key}` is no key of a laptop")]
    NoLaptopKey {
        /// As given.
        key: String,
    },
    /// The room for phones is closed.
    #[error("the room for phones is closed")]
    RoomClosed,
    /// A vote without at least two options.
    #[error("a vote needs two options at least")]
    TooFewOptions,
    /// A document that a démarche cannot give in that format.
    #[error("no {document} in {format}, but in {offered}")]
    NoSuchFormat {
        /// Document.
        document: String,
        /// Format.
        format: String,
        /// The formats that it is written in.
        offered: String,
    },
    /// Minutes of which atelier?
    #[error("minutes need an atelier")]
    WhichWorkshop,
    /// A folder without any démarche.
    #[error("{}: no démarche", path.display())]
    NoDemarche {
        /// The folder.
        path: PathBuf,
    },
    /// A file that cannot be written or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// Whose fault it is, which decides the exit status and what the window offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// What was typed or chosen.
    Input,
    /// A file that is not what it should be.
    File,
    /// The disk, rights, another program.
    Environment,
    /// Ours.
    Bug,
}

/// A failure for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "AppError")]
pub struct Explained {
    /// Whose fault.
    pub kind: FailureKind,
    /// Stable code to branch on.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// What can be done, a line each.
    pub hints: Vec<String>,
}

pub(crate) type Sentence = (FailureKind, &'static str, String, String);

impl Failure {
    /// The failure in a person's language.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        let (kind, code, fr, en) = self.sentence();
        Explained { kind, code: code.to_owned(), message: language.say(fr, en), hints: self.hints(language) }
    }
}
