//! Meeting through storage that people already have: take what others put there, put what lacks there.
//!
//! The storage is written and read while nobody holds the session: it is held for as long as one segment takes to be taken in,
//! and what is put is read through a second session, so that whoever types waits for nothing. Each segment is whole on its own;
//! a meeting that is cut short at any moment has taken and put some of them, and the next one goes on from there.

mod agree;
mod keys;
mod take;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use words::explain;

use self::keys::Keys;
use crate::{
    Failure, Reach, Session,
    merge::{clamp, gap_row},
    session::millis,
    views::*,
};
use moisson_exchange::{Access, ExchangeError, Key, Listed, Listing, Name, Sort, Storage};
use moisson_store::{Carried, Held, HeldSegment, Lot, Selection};
use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    io::{self, Seek},
    path::Path,
};
use tempfile::TempDir;

/// Changes in a segment: taken in while a person strikes one key, and little to send again when the line drops.
const IN_A_SEGMENT: usize = 1_000;

/// Segments fetched before they are taken in: enough to find which comes first, few enough to lose when the line drops.
const AT_ONCE: usize = 32;

/// The file of a segment that is open, in a folder of its own.
const OPENED: &str = "segment.dossier";

/// Small segments of one's own that lie in a place before they are put together.
const MANY: usize = 16;

/// What a meeting is opened with.
#[derive(Debug, Clone, Copy)]
pub struct MeetingSetup<'a> {
    /// A folder, `webdav(s)://` or `s3://`.
    pub address: &'a str,
    /// What opens it.
    pub access: &'a Access,
    /// The folder where this laptop keeps its keys.
    pub keys: &'a Path,
}

/// Told how far the meeting is: segments done, of how many.
pub type Told<'a> = &'a mut dyn FnMut(MeetingStep, u32, u32);

/// Meets the other laptops of the démarche through a storage. The reader is a second session on the same file.
///
/// # Errors
/// [`Failure::Exchange`], or what the store reports. What was taken or put before stays: each segment is whole.
pub fn meet(
    reach: &dyn Reach,
    reader: &Session,
    setup: MeetingSetup<'_>,
    stop: &dyn Fn() -> bool,
    told: Told<'_>,
) -> Result<MeetingReport, Failure> {
    let storage = Storage::open(setup.address, setup.access)?;
    let report = MeetingReport { place: storage.address().to_owned(), ..MeetingReport::default() };
    let process = reader.store.process().to_string();
    let meeting = Meeting {
        reach,
        reader,
        storage,
        process,
        keys: Keys::load(reader, setup.keys)?,
        stop,
        report,
        held: HashMap::new(),
        there: Vec::new(),
        met: BTreeMap::new(),
    };
    meeting.run(told)
}

struct Meeting<'a> {
    reach: &'a dyn Reach,
    reader: &'a Session,
    storage: Storage,
    process: String,
    keys: Keys,
    stop: &'a dyn Fn() -> bool,
    report: MeetingReport,
    /// What was known of segments there, by name.
    held: HashMap<String, HeldSegment>,
    /// Segments that lie there, whole, and whose changes are all here.
    there: Vec<String>,
    met: BTreeMap<String, i64>,
}

impl Meeting<'_> {
    fn run(mut self, told: Told<'_>) -> Result<MeetingReport, Failure> {
        let listing = self.storage.list(&self.process, self.stop)?;
        self.report.others = clamp(listing.others as u64);
        self.agree(&listing)?;
        let place = self.report.place.clone();
        let held = self.with(|session| Ok(session.store.segments_at(&place)?))?;
        self.held = held.into_iter().map(|one| (one.name.clone(), one)).collect();
        self.clear(&listing)?;
        let total = clamp(listing.segments.len() as u64);
        let mut fetched = Vec::new();
        for (done, listed) in (0..).zip(&listing.segments) {
            told(MeetingStep::Taking, done, total);
            fetched.extend(self.fetch(listed)?);
            if fetched.len() == AT_ONCE {
                self.take(&mut fetched)?;
            }
        }
        self.take(&mut fetched)?;
        let lacking = self.reader.store.lacking(&self.there)?;
        self.report.changes_put = clamp(lacking.len() as u64);
        self.put_all(&lacking, told)?;
        self.replace(told)?;
        self.end()
    }

    /// Runs on the open session, for a moment; not if the démarche was closed or changed for another meanwhile.
    fn with<T>(&self, run: impl FnOnce(&mut Session) -> Result<T, Failure>) -> Result<T, Failure> {
        let (mut run, mut done) = (Some(run), None);
        self.reach.run(&mut |session| {
            if session.path() == self.reader.path()
                && let Some(run) = run.take()
            {
                done = Some(run(session));
            }
        });
        done.unwrap_or(Err(Failure::Exchange(ExchangeError::Stopped)))
    }

    /// Takes away what was left of uploads of ours that were cut short.
    fn clear(&self, listing: &Listing) -> Result<(), Failure> {
        let is_listed = |name: &str| listing.segments.iter().any(|one| one.name.as_str() == name);
        for cut in self.held.values().filter(|one| one.mine && one.stamp.is_empty() && !is_listed(&one.name)) {
            let Some(name) = Name::parse(Sort::Segment, &cut.name) else { continue };
            self.storage.remove(&self.process, &name, self.stop)?;
            self.with(|session| Ok(session.store.drop_segment(&self.report.place, &cut.name)?))?;
        }
        Ok(())
    }

    fn put_all(&mut self, lot: &Lot, told: Told<'_>) -> Result<Vec<String>, Failure> {
        let total = clamp(lot.len().div_ceil(IN_A_SEGMENT) as u64);
        let mut names = Vec::new();
        for (done, lot) in (0..).zip(lot.split(IN_A_SEGMENT)) {
            told(MeetingStep::Putting, done, total);
            names.extend(self.put(lot)?);
        }
        Ok(names)
    }

    /// Puts a segment of these changes; its name, unless none of them is left.
    fn put(&mut self, lot: Lot) -> Result<Option<String>, Failure> {
        let folder = desk()?;
        let path = folder.path().join(OPENED);
        let selection = Selection {
            only: Some(lot),
            written_at: (self.reader.world.now)().to_rfc3339(),
            title: self.reader.title()?,
            ..Selection::default()
        };
        self.reader.store.bundle(&path, &selection)?;
        let carried = Carried::read(&path)?;
        if carried.is_empty() {
            return Ok(None);
        }
        let key = self.keys.ring.key(&self.keys.first);
        let (mut file, name) = sealed(&key, &path).map_err(ExchangeError::Local)?;
        // Known to be ours before it lies there: cut short now, it is found and taken away, or finished, the next time.
        self.hold(&Listed { name, stamp: String::new(), put: 0 }, &carried, true, &key)?;
        let listed = self.storage.put(&self.process, Sort::Segment, &mut file, self.stop)?;
        let (place, name) = (self.report.place.clone(), listed.name.as_str().to_owned());
        self.with(|session| Ok(session.store.see_segment(&place, &name, &listed.stamp)?))?;
        self.report.segments_put += 1;
        self.there.push(name.clone());
        Ok(Some(name))
    }

    fn hold(&self, listed: &Listed, carried: &Carried, mine: bool, key: &Key) -> Result<(), Failure> {
        let held = Held { name: listed.name.as_str(), stamp: &listed.stamp, mine, key: key.public() };
        self.with(|session| Ok(session.store.hold_segment(&self.report.place, held, carried)?))
    }

    /// Puts own small segments together once there are many, and writes again those that say words redacted since or lie under a
    /// key that was turned. What takes their place lies there before they go; nobody else's segment is touched.
    fn replace(&mut self, told: Told<'_>) -> Result<(), Failure> {
        let mine: Vec<&HeldSegment> =
            self.there.iter().filter_map(|name| self.held.get(name)).filter(|one| one.mine).collect();
        let small = mine.iter().filter(|one| one.changes < IN_A_SEGMENT).count();
        let key = self.keys.ring.key(&self.keys.first);
        let due = |one: &&&HeldSegment| {
            one.outdated || one.key != key.public() || (small > MANY && one.changes < IN_A_SEGMENT)
        };
        let old: Vec<String> = mine.iter().filter(due).map(|one| one.name.clone()).collect();
        if old.is_empty() {
            return Ok(());
        }
        let together = self.reader.store.together(&old)?;
        let new = self.put_all(&together, told)?;
        let place = self.report.place.clone();
        for name in old.iter().filter(|name| !new.contains(name)) {
            let Some(segment) = Name::parse(Sort::Segment, name) else { continue };
            self.storage.remove(&self.process, &segment, self.stop)?;
            self.with(|session| Ok(session.store.drop_segment(&place, name)?))?;
            self.report.segments_replaced += 1;
        }
        Ok(())
    }

    fn end(mut self) -> Result<MeetingReport, Failure> {
        let own = self.reader.store.replica()?;
        self.met.retain(|replica, _| *replica != own);
        let wall = self.reader.wall();
        let (place, met) = (self.report.place.clone(), self.met.clone());
        let (gaps, waiting) = self.with(|session| {
            session.store.note_meeting(&moisson_store::MeetingRow { place, wall, met })?;
            Ok((session.store.gaps()?, session.store.waiting_count()?))
        })?;
        self.report.gaps = gaps.into_iter().map(gap_row).collect();
        self.report.changes_waiting = waiting;
        self.report.met = met_rows(self.met);
        self.reach.news();
        Ok(self.report)
    }
}

impl Session {
    /// Where others were met, the latest first.
    ///
    /// # Errors
    /// What the store reports.
    pub fn meetings(&self) -> Result<Vec<MeetingRow>, Failure> {
        let mut rows = Vec::new();
        for meeting in self.store.meetings()? {
            let held = self.store.segments_at(&meeting.place)?.into_iter();
            let there: Vec<String> = held.filter(|one| !one.stamp.is_empty()).map(|one| one.name).collect();
            let to_give = clamp(self.store.lacking(&there)?.len() as u64);
            rows.push(MeetingRow {
                place: meeting.place,
                at: millis(meeting.wall),
                met: met_rows(meeting.met),
                to_give,
            });
        }
        Ok(rows)
    }
}

fn met_rows(met: BTreeMap<String, i64>) -> Vec<MetRow> {
    met.into_iter().map(|(replica, wall)| MetRow { replica, at: millis(wall) }).collect()
}

/// A folder of this laptop for one segment, which goes with it.
fn desk() -> Result<TempDir, Failure> {
    Ok(tempfile::tempdir().map_err(ExchangeError::Local)?)
}

/// A file of this laptop under a key, and the name it will have.
fn sealed(key: &Key, path: &Path) -> io::Result<(File, Name)> {
    let mut file = tempfile::tempfile()?;
    key.seal(File::open(path)?, &mut file)?;
    file.rewind()?;
    let name = Name::of(Sort::Segment, &file)?;
    Ok((file, name))
}
