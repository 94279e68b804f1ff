//! What the entry of the register and the papers of a person are made of.

use super::{Frame, WorkshopSource};
use chrono::NaiveDate;
use serde::Serialize;

/// The entry of the register of processing (article 30 of the GDPR).
#[derive(Debug, Clone, Default)]
pub struct RegisterSource {
    /// Démarche, funding, date.
    pub frame: Frame,
    /// Whom to ask: the controller's contact, the data protection officer.
    pub contact: Option<String>,
    /// What allows the processing.
    pub basis: Option<String>,
    /// The day from which names and addresses are no longer kept.
    pub retain_until: Option<NaiveDate>,
    /// Participants, under pseudonyms.
    pub participants: u32,
    /// Of whom a name is kept.
    pub names: u32,
    /// Of whom an address is kept.
    pub addresses: u32,
    /// Signatures kept.
    pub signatures: u32,
    /// Photos of flip charts.
    pub photos: u32,
}

/// Everything that is kept of one person.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PersonSource {
    /// Démarche, date.
    pub frame: Frame,
    /// Pseudonym.
    pub code: String,
    /// Name, address, number: what is kept outside the journal, by key.
    pub kept: Vec<(String, String)>,
    /// Structure.
    pub organisation: Option<String>,
    /// Role word.
    pub role: Option<String>,
    /// Whether they were forgotten.
    pub forgotten: bool,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The day from which names and addresses are no longer kept.
    pub retain_until: Option<NaiveDate>,
    /// Ateliers they came to or were excused from.
    pub rooms: Vec<PersonRoom>,
    /// Texts that quote them.
    pub quotes: Vec<String>,
}

/// An atelier of a person.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PersonRoom {
    /// The atelier.
    pub workshop: WorkshopSource,
    /// Whether they were excused rather than there.
    pub excused: bool,
    /// Their signature, as the outline of an SVG in a frame of 600 by 200.
    pub signature: Option<String>,
}
