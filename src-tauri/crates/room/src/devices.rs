//! The phones that came: known by a fingerprint, forgotten when the room closes.

use serde::Serialize;
use specta::Type;
use std::collections::{HashMap, HashSet};

/// Open streams of one phone; a further one ends the oldest, which may well be that of a phone that fell asleep.
const STREAMS: u64 = 3;

/// A phone in the facilitator's list. It has a number, in order of arrival, and no name; whether it voted is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DeviceRow {
    /// Its fingerprint in this room.
    pub tag: String,
    /// Number.
    pub number: u32,
    /// Whether it listens just now.
    pub connected: bool,
    /// Proposals it sent.
    pub proposals: u32,
    /// What it asked for that was refused.
    pub refused: u32,
    /// Whether it is silenced.
    pub silenced: bool,
}

#[derive(Debug, Default)]
struct Device {
    number: u32,
    streams: u32,
    /// Counts streams ever opened: those too far behind end themselves.
    opened: u64,
    /// By key: what is sent again counts once.
    proposals: HashSet<[u8; 16]>,
    refused: u32,
    silenced: bool,
}

/// The list.
#[derive(Debug, Default)]
pub struct Devices(HashMap<String, Device>);

impl Devices {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn has(&self, tag: &str) -> bool {
        self.0.contains_key(tag)
    }

    pub fn arrive(&mut self, tag: String) {
        let number = u32::try_from(self.0.len() + 1).unwrap_or(u32::MAX);
        self.0.entry(tag).or_insert_with(|| Device { number, ..Device::default() });
    }

    pub fn is_silenced(&self, tag: &str) -> bool {
        self.0.get(tag).is_some_and(|device| device.silenced)
    }

    pub fn silence(&mut self, tag: &str, silenced: bool) {
        if let Some(device) = self.0.get_mut(tag) {
            device.silenced = silenced;
        }
    }

    pub fn proposed(&mut self, tag: &str, key: [u8; 16]) {
        if let Some(device) = self.0.get_mut(tag) {
            device.proposals.insert(key);
        }
    }

    pub fn refused(&mut self, tag: &str) {
        if let Some(device) = self.0.get_mut(tag) {
            device.refused += 1;
        }
    }

    /// A stream opens; gives its number, or none if the phone is unknown.
    pub fn listen(&mut self, tag: &str) -> Option<u64> {
        let device = self.0.get_mut(tag)?;
        device.streams += 1;
        device.opened += 1;
        Some(device.opened)
    }

    /// Whether a stream is among the latest of its phone.
    pub fn listens(&self, tag: &str, stream: u64) -> bool {
        self.0.get(tag).is_some_and(|device| stream + STREAMS > device.opened)
    }

    pub fn leave(&mut self, tag: &str) {
        if let Some(device) = self.0.get_mut(tag) {
            device.streams = device.streams.saturating_sub(1);
        }
    }

    pub fn connected(&self) -> usize {
        self.0.values().filter(|device| device.streams > 0).count()
    }

    pub fn rows(&self) -> Vec<DeviceRow> {
        let mut rows: Vec<DeviceRow> = self
            .0
            .iter()
            .map(|(tag, device)| DeviceRow {
                tag: tag.clone(),
                number: device.number,
                connected: device.streams > 0,
                proposals: u32::try_from(device.proposals.len()).unwrap_or(u32::MAX),
                refused: device.refused,
                silenced: device.silenced,
            })
            .collect();
        rows.sort_unstable_by_key(|row| row.number);
        rows
    }
}
