//! The chain of one writer: how far it goes here, and whether it forked because a copied file went on in two places.

use moisson_journal::{ChangeId, WriterId};
use rusqlite::{Connection, OptionalExtension, params};
use std::ops::Range;

/// What is known of a writer's changes, while some are added.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    /// The latest of them met, with its number.
    pub(crate) tip: Option<(ChangeId, u64)>,
    /// The highest number here.
    last: u64,
    forked: bool,
    grown: bool,
}

impl Chain {
    pub(crate) fn load(conn: &Connection, writer: WriterId) -> rusqlite::Result<Self> {
        let found: Option<(i64, bool)> = conn
            .prepare_cached("SELECT last, forked FROM writer WHERE id = ?1")?
            .query_row([writer.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (last, forked) = found.unwrap_or_default();
        Ok(Self { last: last.cast_unsigned(), forked, ..Self::default() })
    }

    /// Whether a change with this number may be here.
    pub(crate) const fn reaches(&self, seq: u64) -> bool {
        seq <= self.last
    }

    /// Two changes of it have one number.
    pub(crate) const fn is_forked(&self) -> bool {
        self.forked
    }

    pub(crate) const fn has_grown(&self) -> bool {
        self.grown
    }

    /// A change was added whose predecessor is here: its number is the next one, or one that is taken.
    pub(crate) fn grow(&mut self, id: ChangeId, seq: u64) {
        self.tip = Some((id, seq));
        self.forked |= seq <= self.last;
        self.last = self.last.max(seq);
        self.grown = true;
    }

    pub(crate) fn keep(&self, conn: &Connection, writer: WriterId) -> rusqlite::Result<()> {
        conn.prepare_cached("INSERT OR REPLACE INTO writer (id, last, forked) VALUES (?1, ?2, ?3)")?
            .execute(params![writer.0, self.last.cast_signed(), self.forked])
            .map(|_| ())
    }
}

/// Notes what whoever writes here added to their chain, in one step: a [`Chain`] is loaded first, to be asked.
pub(crate) fn added(conn: &Connection, writer: WriterId, seqs: Range<u64>) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO writer (id, last, forked) VALUES (?1, ?3, 0)
         ON CONFLICT (id) DO UPDATE SET last = max(last, excluded.last), forked = forked OR last >= ?2",
    )?
    .execute(params![writer.0, seqs.start.cast_signed(), seqs.end.cast_signed() - 1])
    .map(|_| ())
}
