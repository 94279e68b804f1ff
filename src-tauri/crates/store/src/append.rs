//! Writing one act: its changes and the read models they touch, in one transaction that has reached the disk on return.

use crate::{
    Store, StoreError,
    arrival::{Arrival, Arrivals},
    chain, erase,
    project::{self, First},
    rows,
};
use moisson_domain::{EntityId, Field, Fields, Kind};
use moisson_journal::{Act, ChangeId, Draft, Signature, WriterId, compose};
use rusqlite::{Transaction, TransactionBehavior, params};
use serde_json::json;
use std::collections::BTreeSet;

/// Who acts, when, and where randomness comes from.
pub struct By<'a> {
    /// Pseudonym; may be empty.
    pub author: &'a str,
    /// Wall clock, milliseconds since 1970.
    pub wall: i64,
    /// Fills with random bytes.
    pub random: &'a mut dyn FnMut(&mut [u8]),
}

impl Store {
    /// Writes an act and returns the id of its first change, by which it can be undone.
    ///
    /// # Errors
    /// What SQLite reports; nothing is written then.
    pub fn append(&mut self, act: &Act, by: &mut By<'_>) -> Result<ChangeId, StoreError> {
        self.append_with(act, by, |_| Ok(()))
    }

    /// As [`Store::append`], with more to do in the same transaction.
    pub(crate) fn append_with(
        &mut self,
        act: &Act,
        by: &mut By<'_>,
        also: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<ChangeId, StoreError> {
        self.append_as(true, act, by, also)
    }

    /// As [`Store::append_with`], for acts that are not this keyboard's own: undo does not reach them.
    pub(crate) fn append_aside(
        &mut self,
        act: &Act,
        by: &mut By<'_>,
        also: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<ChangeId, StoreError> {
        self.append_as(false, act, by, also)
    }

    fn append_as(
        &mut self,
        own: bool,
        act: &Act,
        by: &mut By<'_>,
        also: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<ChangeId, StoreError> {
        let mut signature = match self.signature.take() {
            Some(signature) => signature,
            None => self.new_writer(by)?,
        };
        signature.wall = by.wall;
        by.author.clone_into(&mut signature.author);
        let opening = signature.prev.is_none().then(|| self.opening(signature.writer)).transpose()?;
        let written = self.write((opening.as_ref(), act, own), &mut signature, by, also);
        let first = written.map_err(|source| self.failed(source))?;
        // Kept only once committed: after a failure the next act takes a new writer.
        self.signature = Some(signature);
        Ok(first)
    }

    fn write(
        &mut self,
        (opening, act, own): (Option<&Act>, &Act, bool),
        signature: &mut Signature,
        by: &mut By<'_>,
        also: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<ChangeId> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (begins, mut first) = (signature.seq, ChangeId([0; 16]));
        for act in opening.into_iter().chain([act]) {
            let salt = || {
                let mut salt = [0; 12];
                (by.random)(&mut salt);
                salt
            };
            let changes = compose(act, signature, |entity| rows::of_entity(&tx, entity), salt)?;
            let mut touched = BTreeSet::new();
            let mut arrivals = Arrivals::new(&tx)?;
            for change in &changes {
                if let Arrival::Later = arrivals.take(change, &First::of(change))? {
                    touched.insert(change.header.entity);
                }
            }
            drop(arrivals);
            for change in &changes {
                touched.extend(erase::apply(&tx, &erase::named(change))?);
            }
            for entity in touched {
                project::entity(&tx, entity)?;
            }
            if let Some(change) = changes.first() {
                first = change.id;
            }
        }
        chain::added(&tx, signature.writer, begins..signature.seq)?;
        if own && !erase::is_final(act) {
            tx.prepare_cached("INSERT INTO act (first, undoes) VALUES (?1, ?2)")?
                .execute(params![first.0, act.undoes.map(|id| id.0)])?;
        }
        if erase::is_final(act) {
            erase::scrub_is_due(&tx)?;
        }
        also(&tx)?;
        tx.commit()?;
        Ok(first)
    }

    fn new_writer(&self, by: &mut By<'_>) -> Result<Signature, StoreError> {
        let mut random = [0; 10];
        (by.random)(&mut random);
        let id = EntityId::from_parts(u64::try_from(by.wall).unwrap_or(0), random);
        let followed = self.clocks()?.into_iter().filter(|clock| clock.is_followed(by.wall));
        Ok(Signature {
            writer: WriterId(*id.as_bytes()),
            prev: None,
            seq: 1,
            clock: followed.max().unwrap_or_default(),
            wall: by.wall,
            author: String::new(),
        })
    }

    /// A writer's first change says which laptop it writes on.
    fn opening(&self, writer: WriterId) -> Result<Act, StoreError> {
        let set = Fields::from_iter([(Field::Replica, json!(self.replica()?))]);
        let draft = Draft::set(EntityId::from_bytes(writer.0), Kind::Writer.name(), set);
        Ok(Act { label: String::from("writer.open"), undoes: None, drafts: vec![draft] })
    }
}
