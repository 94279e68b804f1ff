//! Accueil: what now, what is missing, what arrived; and the history that undo walks.

use super::{Named, ProcessRow, WorkshopRow};
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// What Accueil answers.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Home {
    /// The démarche.
    pub process: ProcessRow,
    /// Days until the plan is presented; negative once past.
    pub days_to_presentation: Option<i32>,
    /// The atelier to run next (or the one that is running).
    pub next: Option<WorkshopRow>,
    /// All ateliers by date.
    pub workshops: Vec<WorkshopRow>,
    /// Where the work stands.
    pub counts: Counts,
    /// What waits for someone, most pressing first.
    pub todo: Vec<Todo>,
}

/// What Accueil shows while proposals are read.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Outline {
    /// The démarche.
    pub process: ProcessRow,
    /// Days until the plan is presented; negative once past.
    pub days_to_presentation: Option<i32>,
    /// All ateliers by date; how many proposals each has is not known yet.
    pub workshops: Vec<WorkshopRow>,
}

/// Where the work stands.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct Counts {
    /// Ateliers.
    pub workshops: u32,
    /// Ateliers closed.
    pub closed: u32,
    /// Proposals.
    pub proposals: u32,
    /// Proposals in a rapprochement.
    pub clustered: u32,
    /// Actions.
    pub actions: u32,
    /// Conflicts to settle.
    pub conflicts: u32,
    /// Changes that wait for a missing dossier.
    pub waiting: u32,
}

/// Something that waits for someone.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Todo {
    /// Two versions of something to settle.
    Conflicts {
        /// How many.
        count: u32,
    },
    /// Changes known to exist but whose predecessors have not arrived.
    MissingDossier {
        /// How many changes wait.
        changes: u32,
    },
    /// A vote still open.
    OpenBallot {
        /// The atelier, if the vote belongs to one.
        workshop: Option<EntityId>,
        /// Its question.
        question: String,
    },
    /// Closed ateliers with proposals in no group.
    Ungrouped {
        /// The ateliers.
        workshops: Vec<Named>,
        /// How many proposals, in all of them.
        count: u32,
    },
    /// An atelier of the past that nobody closed.
    ToClose {
        /// The atelier.
        workshop: EntityId,
        /// Its title.
        title: String,
    },
    /// Closed ateliers whose minutes have not left yet.
    MinutesToSend {
        /// The ateliers.
        workshops: Vec<Named>,
    },
    /// Next steps promised in closed ateliers and not done.
    NextSteps {
        /// The ateliers.
        workshops: Vec<Named>,
        /// How many, in all of them.
        count: u32,
    },
    /// Proposals in no rapprochement.
    Unclustered {
        /// How many.
        count: u32,
    },
    /// Rapprochements that no action takes up.
    ClustersWithoutAction {
        /// How many.
        count: u32,
    },
    /// Names that are to go by now, or soon.
    Retention {
        /// The day, `YYYY-MM-DD`.
        on: String,
        /// Whether it is over.
        over: bool,
        /// People of whom a name or an address is kept.
        people: u32,
    },
    /// Actions with something missing.
    ActionGaps {
        /// How many actions.
        count: u32,
    },
}

/// Which way an act goes: something of its own, an earlier act taken back, or one done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is what its name says")]
pub enum ActStep {
    Done,
    Undone,
    Redone,
}

/// One act of the history: what undo and redo name, what « derniers gestes » lists.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ActRow {
    /// The act's id (the id of its first change).
    pub id: String,
    /// What was done, a stable code such as `proposal.capture`.
    pub label: String,
    /// Whether it was done then, taken back or done again.
    pub step: ActStep,
    /// What it was done to, a short text.
    pub subject: String,
    /// How many entities it touched.
    pub entities: u32,
    /// When, milliseconds since 1970 by that laptop's clock.
    #[specta(type = Number)]
    pub at: f64,
    /// Pseudonym of who did it.
    pub author: String,
    /// Which laptop.
    pub replica: String,
}

/// What Ctrl+Z and Ctrl+Shift+Z would do now, and the latest acts.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct History {
    /// The act that undo would take back.
    pub undo: Option<ActRow>,
    /// The act that redo would do again.
    pub redo: Option<ActRow>,
    /// The latest acts, newest first.
    pub acts: Vec<ActRow>,
}

/// What undo or redo did.
#[derive(Debug, Clone, Serialize, Type)]
pub struct UndoReport {
    /// The act.
    pub act: ActRow,
    /// How many fields and entities were put back.
    pub restored: u32,
    /// Those left alone because someone changed them afterwards.
    pub kept: Vec<String>,
}

/// A change as the history shows it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ChangeRow {
    /// The change.
    pub id: String,
    /// What it is about.
    pub entity: EntityId,
    /// Its kind; a kind that this version does not know stands as written.
    pub kind: String,
    /// Whether this version knows the kind.
    pub understood: bool,
    /// What the entity is called now; empty where it is no longer visible.
    pub title: String,
    /// What was done, a stable code; empty where the content stayed at home.
    pub label: String,
    /// When, milliseconds since 1970 by that laptop's clock.
    #[specta(type = Number)]
    pub at: f64,
    /// Pseudonym of who did it.
    pub author: String,
    /// Which laptop.
    pub replica: String,
    /// Whether its content is elsewhere: it belongs to an atelier that was not sent along.
    pub withheld: bool,
    /// Field by field.
    pub fields: Vec<FieldChange>,
}

/// What a change did to a field.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// What was there, as people read it.
    pub before: String,
    /// What it set, as people read it.
    pub after: String,
    /// Whether what it set was redacted since.
    pub redacted: bool,
    /// Whether it is a text, a passage of which can be taken back.
    pub redactable: bool,
}

/// A text that quotes someone who is to be forgotten.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Quote {
    /// The entity.
    pub entity: EntityId,
    /// Its kind.
    pub kind: String,
    /// The field.
    pub field: String,
    /// What the entity is called.
    pub title: String,
    /// What it says now; what it said before may quote them too, and goes with it.
    pub text: String,
    /// What it would say.
    pub after: String,
}

/// What is kept of a person, outside the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PersonKey {
    /// Their name.
    Name,
    /// Their e-mail address.
    Email,
}

impl PersonKey {
    /// How the file calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
        }
    }
}

/// What forgetting everyone did.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ForgetAllReport {
    /// How many people were forgotten; their pseudonyms stay.
    pub people: u32,
    /// How many texts still quote one of them.
    pub quotes: u32,
    /// Copies that still hold the names.
    pub copies: Vec<String>,
}

/// What forgetting someone did.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ForgetReport {
    /// The participant, whose pseudonym stays.
    pub participant: EntityId,
    /// Texts that lost the name.
    pub redacted: u32,
    /// Texts that still quote them.
    pub left: Vec<Quote>,
    /// Backups that still hold them: for the user to delete.
    pub copies: Vec<String>,
}

/// What a redaction did.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RedactReport {
    /// Changes that lost their words.
    pub changes: u32,
    /// Backups that still hold them: for the user to delete.
    pub copies: Vec<String>,
}

/// A backup that was made.
#[derive(Debug, Clone, Serialize, Type)]
pub struct BackupReport {
    /// Where.
    pub path: String,
    /// Changes it holds, all verified.
    pub changes: u32,
    /// Older backups that were removed to make room.
    pub removed: Vec<String>,
}

/// A démarche whose file was put under a passphrase, or no longer is.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProtectionReport {
    /// Copies of it that follow.
    pub copies: u32,
    /// Copies that do not.
    pub left: Vec<CopyLeft>,
}

/// A copy that was left as it is.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CopyLeft {
    /// Where.
    pub path: String,
    /// Why.
    pub why: String,
}

/// A backup of the open démarche.
#[derive(Debug, Clone, Serialize, Type)]
pub struct BackupRow {
    /// Where.
    pub path: String,
    /// When it was made, by its name (`2022-07-05 14h32 07`).
    pub made: String,
    /// Size in bytes.
    #[specta(type = Number)]
    pub bytes: f64,
}

/// What was recovered from a damaged file.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RecoveryReport {
    /// The new file.
    pub path: String,
    /// The backup it started from, if there was one.
    pub backup: Option<String>,
    /// Changes found whole in the damaged file.
    pub found: u32,
    /// Of which the backup did not have.
    pub not_in_backup: u32,
    /// Changes that could not be read.
    pub spoiled: u32,
    /// Changes that follow one that is lost, kept aside.
    pub waiting: u32,
}

/// A match of a search.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Hit {
    /// The entity.
    pub id: EntityId,
    /// Its kind.
    pub kind: String,
    /// What it says.
    pub text: String,
    /// Where it is: atelier, theme.
    pub context: String,
    /// The atelier to open to see it.
    pub workshop: Option<EntityId>,
}
