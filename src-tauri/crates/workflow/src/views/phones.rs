//! Phones: what the facilitator sees of the room, and what the wall shows to come in.

use moisson_domain::EntityId;
use moisson_room::{DeviceRow, Interface, Refusal, Sharing};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The room for phones.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PhonesView {
    /// The room, while it is open.
    pub room: Option<OpenRoom>,
    /// Addresses on which it can be opened, the likeliest first.
    pub interfaces: Vec<Interface>,
}

/// An open room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OpenRoom {
    /// The atelier.
    pub workshop: EntityId,
    /// How to come in.
    pub join: JoinView,
    /// Phones that listen.
    pub connected: u32,
    /// Phones that came, in order of arrival.
    pub devices: Vec<DeviceRow>,
    /// What was refused.
    pub refusals: Vec<RefusalRow>,
    /// Who sees what others proposed.
    pub sharing: Sharing,
    /// Whether proposals are read before they are shown.
    pub moderated: bool,
    /// Proposals that wait to be read, the first come first.
    pub held: Vec<HeldProposal>,
    /// Open votes.
    pub votes: Vec<PhoneVote>,
}

/// How to come into the room, as the wall shows it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct JoinView {
    /// The page's address, to type.
    pub address: String,
    /// The six letters.
    pub word: String,
    /// QR code of the page, an SVG picture.
    pub page_qr: String,
    /// Name of the Wi-Fi, if it was given.
    pub wifi: Option<String>,
    /// QR code of the Wi-Fi.
    pub wifi_qr: Option<String>,
}

/// How often something was refused, and why.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RefusalRow {
    /// Why.
    pub reason: Refusal,
    /// How often.
    pub count: u32,
}

/// A proposal that waits to be read.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HeldProposal {
    /// Key.
    pub key: String,
    /// The words.
    pub text: String,
    /// Table, if said.
    pub table: Option<u32>,
    /// The phone it came from, while the room knows.
    pub device: Option<String>,
}

/// An open vote as the facilitator follows it from the room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PhoneVote {
    /// Id.
    pub id: EntityId,
    /// Question.
    pub question: String,
    /// Whether phones can vote in it.
    pub by_phone: bool,
    /// Bulletins in the bag.
    pub bulletins: u32,
    /// Cards drawn for it; none where phones vote without.
    pub cards: u32,
    /// Cards used.
    pub used: u32,
}

/// How the facilitator opens the room.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct RoomOptions {
    /// The atelier.
    pub workshop: EntityId,
    /// Address to listen on.
    pub address: String,
    /// Name of the Wi-Fi; empty for none to show.
    pub wifi: String,
    /// Its key; empty if it is open.
    pub wifi_key: String,
    /// Whether to draw a new word and a new link, which turns away those who have the old.
    pub renew: bool,
}
