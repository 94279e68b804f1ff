//! Lines that a merge has already verified: the dossiers of one démarche begin alike, and need not be proven fifteen times.

use moisson_journal::{Change, InvalidChange, read_line};
use std::collections::HashSet;

/// Lines remembered, some 9 MB.
const REMEMBERED: usize = 1 << 18;

/// The lines met so far, by 16 bytes of their BLAKE3, as strong as the ids of changes.
#[derive(Debug, Default)]
pub(crate) struct Verified(HashSet<[u8; 16]>);

impl Verified {
    /// Reads and verifies a line; `None` for one that was, byte for byte, read before.
    pub(crate) fn read(&mut self, line: &str) -> Result<Option<Change>, InvalidChange> {
        let mut key = [0; 16];
        key.copy_from_slice(&blake3::hash(line.as_bytes()).as_bytes()[..16]);
        if self.0.contains(&key) {
            return Ok(None);
        }
        let change = read_line(line)?;
        if self.0.len() < REMEMBERED {
            self.0.insert(key);
        }
        Ok(Some(change))
    }
}
