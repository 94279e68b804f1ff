//! What the room asks of the démarche behind it, and the words in which phones and démarche speak.

use crate::refusal::Refusal;
use moisson_domain::EntityId;
use moisson_tally::Ballot;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The démarche as phones may use it. Its methods may block; the room calls one writing method at a time, so that whoever
/// types on the laptop waits for one at most.
pub trait Desk: Send + Sync + 'static {
    /// What phones are shown now.
    ///
    /// # Errors
    /// [`Declined::Trouble`].
    fn scene(&self) -> Result<Scene, Declined>;

    /// Notes a proposal, or holds it for moderation. The same key again is the same proposal, noted once.
    ///
    /// # Errors
    /// Why it is declined.
    fn propose(&self, entry: &Entry) -> Result<Receipt, Declined>;

    /// Supports a proposal, or takes the support back. Twice is once.
    ///
    /// # Errors
    /// Why it is declined.
    fn support(&self, support: &Support) -> Result<(), Declined>;

    /// Puts a bulletin in the bag of an open vote, in place of the one this voter had put there.
    ///
    /// # Errors
    /// Why it is declined.
    fn vote(&self, voting: &Voting) -> Result<(), Declined>;

    /// Called now and then after something that the facilitator should see changed: devices, refusals, proposals. Says
    /// whether to call again a little later, whatever happens.
    fn news(&self, refused: &[(Refusal, u32)]) -> bool;
}

/// Why the démarche declines what a phone asked for. Phones say it in their own language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declined {
    /// The proposal or vote is not there, or no longer.
    Gone,
    /// The vote is closed.
    Closed,
    /// Empty, too long, or not what the vote's rule allows.
    Invalid,
    /// The vote asks for a card.
    CardNeeded,
    /// No such card was drawn for this vote.
    CardUnknown,
    /// The card was used on another phone.
    CardSpent,
    /// The file cannot be read or written just now.
    Trouble,
}

/// Who sees what others proposed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// Everyone sees everything.
    #[default]
    All,
    /// Each writes alone: nobody sees anything yet.
    Silent,
    /// Each table sees its own.
    Table,
}

/// A sentence in the two languages that phones speak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Say {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

/// What phones are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Scene {
    /// Whether it is only a rehearsal.
    pub rehearsal: bool,
    /// Title of the atelier.
    pub title: String,
    /// Its place among the seven colours, if it has a theme.
    pub colour: Option<u8>,
    /// Its theme's number.
    pub number: Option<u32>,
    /// The question asked just now.
    pub question: String,
    /// Who sees what others proposed.
    pub sharing: Sharing,
    /// Whether proposals are read by the facilitator first.
    pub moderated: bool,
    /// Open votes.
    pub ballots: Vec<Question>,
    /// Proposals to read and support; none while each writes alone.
    #[serde(skip)]
    pub items: Vec<Item>,
}

/// A proposal as phones show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Id.
    pub id: EntityId,
    /// The words.
    pub text: String,
    /// Table it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// How many support it.
    pub supports: u32,
}

/// An open vote as phones show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Id.
    pub id: EntityId,
    /// What is asked.
    pub question: String,
    /// Name of the method, as `moisson-tally` has it.
    pub method: String,
    /// The rule in one sentence.
    pub rule: Say,
    /// What can be chosen.
    pub options: Vec<Choice>,
    /// Dots per person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    /// Dots that one option may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_per_option: Option<u32>,
    /// Options that an approval may name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_choices: Option<u32>,
    /// Names of the grades, worst first.
    pub grades: Vec<Say>,
    /// Least and highest score, where options are scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<(u32, u32)>,
    /// Euros to share out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<u32>,
    /// Whether each phone shows the options in an order of its own.
    pub shuffled: bool,
    /// Until when it was said to last, milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<i64>,
    /// Colleges that a bulletin may say it comes from; none where that is not asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub colleges: Vec<Choice>,
    /// Territories, likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<Choice>,
    /// Whether a card must be given.
    pub cards: bool,
    /// Whether the vote is secret.
    pub secret: bool,
}

/// An option of a vote, or a place that a bulletin may say it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Id.
    pub id: EntityId,
    /// Words.
    pub label: String,
    /// What it costs, in cents (a vote on a budget).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<u32>,
}

/// A proposal sent by a phone.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Random, made by the phone: the same again is the same proposal.
    pub key: [u8; 16],
    /// The words.
    pub text: String,
    /// Table, if said.
    pub table: Option<u32>,
    /// The device, as the facilitator's list names it.
    pub device: String,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Receipt {
    /// On the board.
    Noted {
        /// Its id.
        id: EntityId,
    },
    /// Waits to be read by the facilitator.
    Held,
    /// Set aside by the facilitator.
    Refused,
}

/// A support given or taken back.
#[derive(Debug, Clone)]
pub struct Support {
    /// The phone's secret; not to be stored.
    pub secret: [u8; 16],
    /// The proposal.
    pub proposal: EntityId,
    /// Given, or taken back.
    pub on: bool,
}

/// A bulletin put in the bag.
#[derive(Debug, Clone)]
pub struct Voting {
    /// The phone's secret, from which the bulletin's key is made; not to be stored.
    pub secret: [u8; 16],
    /// Where cards are asked for: random, made by the phone for this card.
    pub slot: Option<[u8; 16]>,
    /// The card's letters.
    pub card: Option<String>,
    /// The vote.
    pub ballot: EntityId,
    /// What it says: one bulletin, or one for each duel of a vote by duels. It replaces all that this voter had put there.
    pub bulletins: Vec<Ballot>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a bulletin comes from, as far as the voter said so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// College.
    pub college: Option<EntityId>,
    /// Territory.
    pub territory: Option<EntityId>,
}
