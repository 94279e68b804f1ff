//! What this file knows of segments in shared storage: which changes each carries, where it lies, and so what is lacking there.

use crate::{Dossier, Store, StoreError};
use moisson_journal::ChangeId;
use rusqlite::{OptionalExtension, params};
use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
};

const ID: usize = 16;

/// Changes chosen one by one, for a dossier of just these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lot {
    /// Their places in the journal, chain by chain.
    pub(crate) rows: Vec<i64>,
    /// Those that wait for the one they follow.
    pub(crate) waiting: Vec<ChangeId>,
}

impl Lot {
    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len() + self.waiting.len()
    }

    /// None.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same changes in lots of this many at most.
    pub fn split(&self, most: usize) -> impl Iterator<Item = Self> + '_ {
        let rows = self.rows.chunks(most).map(|rows| Self { rows: rows.to_vec(), waiting: Vec::new() });
        let waiting = self.waiting.chunks(most).map(|ids| Self { rows: Vec::new(), waiting: ids.to_vec() });
        rows.chain(waiting)
    }
}

/// The changes that a segment carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    whole: Vec<u8>,
    bare: Vec<u8>,
}

impl Carried {
    /// Reads them from the segment itself, opened.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let mut dossier = Dossier::open(path, None)?;
        let mut carried = Self::default();
        dossier.for_each_change(|change| {
            let ids = if change.body.is_some() { &mut carried.whole } else { &mut carried.bare };
            ids.extend(change.id.0);
            Ok(())
        })?;
        Ok(carried)
    }

    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        (self.whole.len() + self.bare.len()) / ID
    }

    /// None.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A segment that was just seen to lie in a place.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// Its name.
    pub name: &'a str,
    /// As it is listed.
    pub stamp: &'a str,
    /// This file put it there.
    pub mine: bool,
    /// Public half of the key it lies under.
    pub key: &'a str,
}

/// A segment that lies in a place, as this file knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSegment {
    /// Its name.
    pub name: String,
    /// As it was listed when its bytes were last seen to match its name.
    pub stamp: String,
    /// This file put it there.
    pub mine: bool,
    /// Public half of the key it lies under.
    pub key: String,
    /// How many changes it carries.
    pub changes: usize,
    /// It still says words that were redacted since.
    pub outdated: bool,
}

/// A storage that was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRow {
    /// Its address.
    pub place: String,
    /// When, milliseconds since 1970.
    pub wall: i64,
    /// The other laptops whose work was found there, and when they last brought some.
    pub met: BTreeMap<String, i64>,
}

fn ids(blob: &[u8]) -> impl Iterator<Item = ChangeId> + '_ {
    blob.chunks_exact(ID).map(|chunk| {
        let mut id = [0; ID];
        id.copy_from_slice(chunk);
        ChangeId(id)
    })
}

impl Store {
    /// The segments that this file put in a place, took from it or found to match their names there.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn segments_at(&self, place: &str) -> Result<Vec<HeldSegment>, StoreError> {
        let erased: HashSet<ChangeId> =
            self.rows("SELECT DISTINCT change FROM redacted", [], |row| row.get(0).map(ChangeId))?;
        let sql = "SELECT name, stamp, mine, key, whole, bare, redacted FROM segment_at JOIN segment USING (name)
             WHERE place = ?1 ORDER BY name";
        self.rows(sql, [place], |row| {
            let (whole, bare): (Vec<u8>, Vec<u8>) = (row.get(4)?, row.get(5)?);
            let now = ids(&whole).filter(|id| erased.contains(id)).count();
            Ok(HeldSegment {
                name: row.get(0)?,
                stamp: row.get(1)?,
                mine: row.get(2)?,
                key: row.get(3)?,
                changes: (whole.len() + bare.len()) / ID,
                outdated: now as u64 > row.get::<_, i64>(6)?.cast_unsigned(),
            })
        })
    }

    /// Keeps that a segment lies in a place, and what it carries.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn hold_segment(&mut self, place: &str, held: Held<'_>, carried: &Carried) -> Result<(), StoreError> {
        self.write_segment(place, held, carried).map_err(|source| self.failed(source))
    }

    fn write_segment(&self, place: &str, held: Held<'_>, carried: &Carried) -> rusqlite::Result<()> {
        let tx = self.conn.unchecked_transaction()?;
        let mut known = tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM redacted WHERE change = ?1)")?;
        let mut redacted = 0_i64;
        // Taken from someone else, it may say more than it should: whoever wrote it will see to that.
        for id in ids(&carried.whole) {
            redacted += known.query_row([id.0], |row| row.get::<_, i64>(0))?;
        }
        drop(known);
        tx.prepare_cached(
            "INSERT OR REPLACE INTO segment (name, whole, bare, redacted, key) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![held.name, carried.whole, carried.bare, redacted, held.key])?;
        tx.prepare_cached("INSERT OR REPLACE INTO segment_at (place, name, stamp, mine) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![place, held.name, held.stamp, held.mine])?;
        tx.commit()
    }

    /// Keeps that the bytes of a segment were seen to match its name once more.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn see_segment(&mut self, place: &str, name: &str, stamp: &str) -> Result<(), StoreError> {
        self.conn
            .execute("UPDATE segment_at SET stamp = ?3 WHERE place = ?1 AND name = ?2", [place, name, stamp])
            .map(|_| ())
            .map_err(|source| self.failed(source))
    }

    /// Forgets that a segment lies in a place, and what it carries if it lies nowhere else.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn drop_segment(&mut self, place: &str, name: &str) -> Result<(), StoreError> {
        let forget = || {
            let tx = self.conn.unchecked_transaction()?;
            tx.execute("DELETE FROM segment_at WHERE place = ?1 AND name = ?2", [place, name])?;
            tx.execute(
                "DELETE FROM segment WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM segment_at WHERE name = ?1)",
                [name],
            )?;
            tx.commit()
        };
        forget().map_err(|source| self.failed(source))
    }

    /// The changes here that none of these segments carries, or only without the content that is here.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn lacking(&self, segments: &[String]) -> Result<Lot, StoreError> {
        let (mut whole, mut bare) = (HashSet::new(), HashSet::new());
        for name in segments {
            let carried = self.carried_by(name)?;
            whole.extend(ids(&carried.whole));
            bare.extend(ids(&carried.bare));
        }
        self.lot(|id, has_content| !(whole.contains(&id) || (!has_content && bare.contains(&id))))
    }

    /// The changes that these segments carry, as they are here now.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn together(&self, segments: &[String]) -> Result<Lot, StoreError> {
        let mut all = HashSet::new();
        for name in segments {
            let carried = self.carried_by(name)?;
            all.extend(ids(&carried.whole).chain(ids(&carried.bare)));
        }
        self.lot(|id, _| all.contains(&id))
    }

    fn lot(&self, wanted: impl Fn(ChangeId, bool) -> bool) -> Result<Lot, StoreError> {
        let sql = "SELECT n, id, body IS NOT NULL FROM change ORDER BY writer, seq, id";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, ChangeId(row.get(1)?), row.get::<_, bool>(2)?));
        let rows: Vec<(i64, ChangeId, bool)> = self.rows(sql, [], read)?;
        let waiting: Vec<ChangeId> =
            self.rows("SELECT id FROM waiting ORDER BY writer, seq, id", [], |row| row.get(0).map(ChangeId))?;
        Ok(Lot {
            rows: rows.into_iter().filter(|(_, id, has_content)| wanted(*id, *has_content)).map(|(n, ..)| n).collect(),
            waiting: waiting.into_iter().filter(|id| wanted(*id, false)).collect(),
        })
    }

    fn carried_by(&self, name: &str) -> Result<Carried, StoreError> {
        let found = self
            .conn
            .prepare_cached("SELECT whole, bare FROM segment WHERE name = ?1")
            .and_then(|mut query| {
                query.query_row([name], |row| Ok(Carried { whole: row.get(0)?, bare: row.get(1)? })).optional()
            })
            .map_err(|source| self.failed(source))?;
        Ok(found.unwrap_or_default())
    }

    /// The change by which the démarche began: every laptop that has it knows this, nobody else can guess it, and no erasure
    /// alters it. None while it has not arrived.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn founding(&self) -> Result<Option<ChangeId>, StoreError> {
        // All later changes of the same entity had seen it, so that their clocks are higher.
        let sql = "SELECT id FROM change WHERE entity = ?1 ORDER BY clock, id LIMIT 1";
        let found: Vec<ChangeId> = self.rows(sql, [self.process().as_bytes()], |row| row.get(0).map(ChangeId))?;
        Ok(found.into_iter().next())
    }

    /// Keeps that a storage was met, and whose work was found there.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn note_meeting(&mut self, meeting: &MeetingRow) -> Result<(), StoreError> {
        let note = || {
            let tx = self.conn.unchecked_transaction()?;
            tx.execute(
                "INSERT OR REPLACE INTO meeting (place, wall) VALUES (?1, ?2)",
                params![meeting.place, meeting.wall],
            )?;
            for (replica, wall) in &meeting.met {
                tx.execute(
                    "INSERT INTO met (place, replica, wall) VALUES (?1, ?2, ?3)
                     ON CONFLICT (place, replica) DO UPDATE SET wall = max(wall, excluded.wall)",
                    params![meeting.place, replica, wall],
                )?;
            }
            tx.commit()
        };
        note().map_err(|source: rusqlite::Error| self.failed(source))
    }

    /// Where others were met, the latest first.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn meetings(&self) -> Result<Vec<MeetingRow>, StoreError> {
        let sql = "SELECT place, wall FROM meeting ORDER BY wall DESC, place";
        let mut meetings: Vec<MeetingRow> =
            self.rows(sql, [], |row| Ok(MeetingRow { place: row.get(0)?, wall: row.get(1)?, met: BTreeMap::new() }))?;
        for meeting in &mut meetings {
            let sql = "SELECT replica, wall FROM met WHERE place = ?1";
            meeting.met = self.rows(sql, [&meeting.place], |row| Ok((row.get(0)?, row.get(1)?)))?;
        }
        Ok(meetings)
    }
}
