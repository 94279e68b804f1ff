//! What the material of a room is made of.

use super::{Frame, WorkshopSource};

/// An invitation, a poster, paper ballots or table tents of an atelier.
#[derive(Debug, Clone, Default)]
pub struct RoomSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// The atelier.
    pub workshop: WorkshopSource,
    /// Local times.
    pub starts_at: Option<String>,
    /// Local times.
    pub ends_at: Option<String>,
    /// The question asked.
    pub question: Option<String>,
    /// Aims.
    pub aims: Option<String>,
    /// Séquences and minutes.
    pub steps: Vec<(String, Option<u32>)>,
    /// Code that puts the atelier into a diary: SVG.
    pub diary: Option<String>,
    /// How phones come in, while the room is open.
    pub door: Option<DoorSource>,
    /// Votes on paper.
    pub votes: Vec<PaperVoteSource>,
    /// How many of each bulletin.
    pub copies: u32,
    /// How many tables.
    pub tables: u32,
}

/// How phones come into the room.
#[derive(Debug, Clone, Default)]
pub struct DoorSource {
    /// Address of the page.
    pub address: String,
    /// The six letters.
    pub word: String,
    /// Its code, SVG.
    pub page_code: String,
    /// Name of the Wi-Fi.
    pub wifi: Option<String>,
    /// Its code, SVG.
    pub wifi_code: Option<String>,
}

/// A vote on paper.
#[derive(Debug, Clone, Default)]
pub struct PaperVoteSource {
    /// Question.
    pub question: String,
    /// The rule in one sentence.
    pub rule: String,
    /// What can be chosen.
    pub options: Vec<String>,
    /// How one answers.
    pub answer: PaperAnswer,
}

/// How a bulletin is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PaperAnswer {
    /// A cross beside what one retains.
    #[default]
    Crosses,
    /// So many dots, spread.
    Dots(u32),
    /// A score between two bounds.
    Scores(u32, u32),
    /// One of these grades, best first.
    Grades(Vec<String>),
    /// A rank, 1 for what one prefers.
    Ranks,
    /// One of each two.
    Duels,
    /// What it would change and what it would take, from 1 to 5.
    ImpactEffort,
    /// Consent, stand aside, object.
    Consent,
    /// Agree, disagree, pass.
    Opinion,
}
