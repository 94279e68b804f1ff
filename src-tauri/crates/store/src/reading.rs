//! The thread of a merge that reads and verifies dossiers, and hands over what they hold while another writes.

use crate::{Dossier, StoreError, project::First, verified::Verified};
use moisson_journal::Change;
use std::sync::mpsc::{Receiver, SyncSender};

/// Lines read before what they hold is handed over.
const BATCH: u64 = 256;

/// Changes, each with what its entity is if there is no other.
pub(crate) type Changes = Vec<(Change, First)>;

/// What the reading thread hands over at once.
pub(crate) struct Batch {
    /// The dossier, by its place.
    pub(crate) dossier: usize,
    /// Lines read.
    pub(crate) read: u64,
    /// Those that had not been read before.
    pub(crate) changes: Changes,
    /// Whether its dossier ends with it.
    pub(crate) last: bool,
}

/// Reads and verifies a dossier, and hands over what it holds, batch by batch.
pub(crate) fn read(
    (index, dossier): (usize, &mut Dossier),
    verified: &mut Verified,
    send: &SyncSender<Batch>,
    spent: &Receiver<Changes>,
) -> Result<(), StoreError> {
    // Nobody listens any more: the merge was stopped, with a reason of its own.
    let send = |batch| send.send(batch).map_err(|_| StoreError::Stopped);
    let empty = |changes| Batch { dossier: index, read: 0, changes, last: false };
    let mut batch = empty(Changes::new());
    dossier.for_each_unverified(verified, |change| {
        batch.read += 1;
        batch.changes.extend(change.map(|change| {
            let first = First::of(&change);
            (change, first)
        }));
        if batch.read < BATCH {
            return Ok(());
        }
        let mut changes = spent.try_iter().last().unwrap_or_default();
        changes.clear();
        send(std::mem::replace(&mut batch, empty(changes)))
    })?;
    batch.last = true;
    send(batch)
}
