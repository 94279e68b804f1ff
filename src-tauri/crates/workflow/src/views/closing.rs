//! Closing an atelier: what is left to do, what was decided, what it was worth, and the minutes as they will be printed.

use super::Named;
use moisson_domain::EntityId;
use serde::Serialize;
use specta::Type;

/// What closing an atelier asks for.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Closing {
    /// The atelier.
    pub workshop: EntityId,
    /// Whether it is closed.
    pub closed: bool,
    /// What is left to do, in the order in which it is best done.
    pub left: Vec<Left>,
    /// Decisions taken.
    pub decisions: Vec<NoteRow>,
    /// Next steps.
    pub next_steps: Vec<NoteRow>,
    /// Disagreements and remarks.
    pub remarks: Vec<NoteRow>,
    /// Hands raised for each mark, from 1 to 5.
    pub ratings: [u32; 5],
    /// Their mean, if someone raised a hand.
    pub mean: Option<f64>,
    /// First words of the minutes.
    pub introduction: Option<String>,
    /// draft, review, final or sent.
    pub minutes_state: String,
    /// The minutes, as they would be printed now.
    pub minutes: Vec<PrintedBlock>,
}

/// Something left to do before an atelier is closed.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Left {
    /// Proposals in no group.
    Ungrouped {
        /// How many.
        count: u32,
    },
    /// A vote still open.
    OpenBallot {
        /// The vote, under its question.
        ballot: Named,
    },
    /// A séquence under way: closing ends it.
    RunningStep {
        /// The séquence.
        step: Named,
    },
    /// Texts that two people changed at once.
    Disagreements {
        /// How many.
        count: u32,
    },
    /// Nobody noted how many came.
    NoAttendance,
    /// No decision nor next step was noted.
    NoDecision,
    /// Nobody was asked what it was worth.
    NoRating,
}

/// A decision, a next step or a remark.
#[derive(Debug, Clone, Serialize, Type)]
pub struct NoteRow {
    /// Id.
    pub id: EntityId,
    /// The words.
    pub text: String,
    /// Whether it is done (next steps).
    pub done: bool,
    /// Whether two versions of it wait to be settled.
    pub conflict: bool,
}

/// A block of a document, for showing it before it is written.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum PrintedBlock {
    /// A heading.
    Heading {
        /// 1 to 4.
        level: u8,
        /// Text.
        text: String,
        /// Its name, where something of it can be corrected in place: introduction, decisions, next_steps.
        part: Option<String>,
    },
    /// A paragraph.
    Paragraph {
        /// Text.
        text: String,
    },
    /// A list.
    List {
        /// Items.
        items: Vec<String>,
    },
    /// A table.
    Table {
        /// What it shows.
        caption: String,
        /// Headings.
        header: Vec<String>,
        /// Rows.
        rows: Vec<Vec<String>>,
    },
    /// Facts side by side.
    Facts {
        /// Label and fact.
        items: Vec<(String, String)>,
    },
}
