//! Émargement: who is in the room, by structure and college, under pseudonyms.

use super::Named;
use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Who is at an atelier.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AttendanceView {
    /// The atelier.
    pub workshop: EntityId,
    /// Structures, in their order; the last may have none: people whose structure nobody noted.
    pub organisations: Vec<OrganisationPresence>,
    /// People of the démarche's list, in its order.
    pub people: Vec<Attendee>,
    /// Live totals by college, those with someone only.
    pub colleges: Vec<CollegePresence>,
    /// People in the room and at a distance.
    pub present: u32,
    /// Of which at a distance.
    pub remote: u32,
    /// People who sent their excuses.
    pub excused: u32,
    /// What the atelier itself says, which someone may have typed.
    pub declared: Option<u32>,
}

/// How many came of one structure.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OrganisationPresence {
    /// The structure.
    pub organisation: Option<EntityId>,
    /// Its name, empty where nobody noted it.
    pub name: String,
    /// Its short name.
    pub short_name: Option<String>,
    /// Name of its college.
    pub college: Option<String>,
    /// People counted without being named, in the room.
    pub counted: u32,
    /// People counted without being named, at a distance.
    pub counted_remote: u32,
    /// People of the list who came.
    pub named: u32,
    /// All of them.
    pub present: u32,
    /// People of the list who are excused.
    pub excused: u32,
}

/// How many came of one college.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CollegePresence {
    /// The college; none for people whose structure has none.
    pub college: Option<Named>,
    /// People in the room and at a distance.
    pub present: u32,
    /// Of which at a distance.
    pub remote: u32,
}

/// Where someone of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// Not come, as far as anyone noted.
    Expected,
    /// In the room.
    Present,
    /// At a distance, by video.
    Remote,
    /// Excused.
    Excused,
}

/// Someone of the list.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Attendee {
    /// The participant.
    pub participant: EntityId,
    /// Pseudonym.
    pub code: String,
    /// Name, known on this laptop only.
    pub name: Option<String>,
    /// Structure.
    pub organisation: Option<Named>,
    /// Name of the college.
    pub college: Option<String>,
    /// Where they are.
    pub mark: Whereabouts,
    /// When they came, milliseconds since 1970.
    pub arrived_at: Option<f64>,
    /// Whether they signed on this laptop.
    pub signed: bool,
    /// Whether they were forgotten.
    pub forgotten: bool,
}

/// Someone who comes in without being on the list.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct NewAttendee {
    /// Pseudonym; one is made where it is empty.
    pub code: String,
    /// Name, kept outside the journal.
    pub name: Option<String>,
    /// Structure.
    pub organisation: Option<EntityId>,
    /// Name of a structure that the démarche does not know yet.
    pub new_organisation: Option<String>,
    /// College of that new structure.
    pub college: Option<EntityId>,
    /// Whether they take part at a distance.
    pub remote: bool,
}

/// A signature drawn on a screen: each stroke a list of points, in a frame of 600 by 200.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(transparent)]
pub struct Strokes(pub Vec<Vec<[f32; 2]>>);
