//! The union of the journal with what dossiers hold: each change put in its place, and what people see brought up to date.

use crate::{
    Dossier, DossierProblem, Gap, MergeSummary, Progress, Stop, StoreError,
    arrival::{Arrival, Arrivals},
    chain::Chain,
    conflicts::replica_of,
    erase::{self, Redactions},
    project::{self, First},
    reading::{Batch, read},
    verified::Verified,
};
use moisson_domain::{EntityId, Kind};
use moisson_journal::{Change, ChangeId, Clock, WriterId, complete, read_line, write_line};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, hash_map::Entry},
    path::{Path, PathBuf},
    sync::mpsc::{channel, sync_channel},
};

/// How many batches of the reading thread may wait for the disk.
const BATCHES: usize = 8;

/// What is told of a dossier while the reading thread has it.
struct Told {
    path: PathBuf,
    sha256: String,
    changes: u64,
    /// Laptop of each writer.
    replicas: BTreeMap<WriterId, String>,
}

impl Told {
    fn of(dossier: &Dossier) -> Self {
        let manifest = dossier.manifest();
        Self {
            path: dossier.path().to_owned(),
            sha256: dossier.sha256().to_owned(),
            changes: manifest.changes,
            replicas: manifest.writers.iter().map(|writer| (writer.id, writer.replica.clone())).collect(),
        }
    }
}

/// The union under way.
pub(crate) struct Union<'a, 'b> {
    tx: &'a Transaction<'b>,
    arrivals: Arrivals<'a>,
    process: EntityId,
    redactions: Redactions,
    /// Redactions that came with the dossiers.
    pub(crate) named: Vec<(ChangeId, String)>,
    /// Entities that were not here and that people see: complete with their first change, unless they are also below.
    created: HashSet<EntityId>,
    /// Entities to project when everything is here.
    touched: BTreeSet<EntityId>,
    /// The chains met, by writer.
    chains: HashMap<WriterId, Chain>,
    pub(crate) clock: Clock,
    pub(crate) summary: MergeSummary,
}

impl<'a, 'b> Union<'a, 'b> {
    /// `clocks` are those that were seen so far.
    pub(crate) fn new(tx: &'a Transaction<'b>, process: EntityId, clocks: [Clock; 2]) -> rusqlite::Result<Self> {
        let [merged, latest] = clocks;
        Ok(Self {
            tx,
            arrivals: Arrivals::new(tx)?,
            process,
            redactions: Redactions::load(tx)?,
            named: Vec::new(),
            created: HashSet::new(),
            touched: BTreeSet::new(),
            chains: HashMap::new(),
            clock: merged.max(latest),
            summary: MergeSummary::default(),
        })
    }

    /// Takes in the changes of dossiers, one after the other, read and verified on another thread while this one writes: that
    /// thread is at the next dossier while the last lines of one are still being written. Gives how many changes of each were new.
    pub(crate) fn take_dossiers(
        &mut self,
        dossiers: &mut [Dossier],
        failed: &dyn Fn(rusqlite::Error) -> StoreError,
        each_batch: &mut dyn FnMut(u64) -> Result<(), StoreError>,
    ) -> Result<Vec<u64>, StoreError> {
        let told: Vec<Told> = dossiers.iter().map(Told::of).collect();
        let mut unread = Vec::new();
        for (index, dossier) in dossiers.iter_mut().enumerate() {
            if self.is_taken(&told[index]).map_err(failed)? {
                // These very bytes were verified when they were taken in.
                self.summary.known += told[index].changes;
                each_batch(told[index].changes)?;
            } else {
                unread.push((index, dossier));
            }
        }
        let mut new = vec![0; told.len()];
        let (mut new_before, mut waiting_before) = (self.summary.new, self.summary.waiting);
        let (send, receive) = sync_channel::<Batch>(BATCHES);
        // What was taken goes back to be freed where it was made: the two threads would wait for each other at the allocator.
        let (give_back, spent) = channel();
        std::thread::scope(|scope| {
            let reading = scope.spawn(move || {
                let mut verified = Verified::default();
                unread.into_iter().try_for_each(|dossier| read(dossier, &mut verified, &send, &spent))
            });
            let taken = receive.into_iter().try_for_each(|Batch { dossier: index, read, changes, last }| {
                let dossier = &told[index];
                for (change, first) in &changes {
                    self.take(change, first, &dossier.replicas, &dossier.path, failed)?;
                }
                // What was read before is here, or set aside.
                self.summary.known += read - changes.len() as u64;
                give_back.send(changes).ok();
                if last {
                    new[index] = self.summary.new - new_before;
                    if self.summary.waiting == waiting_before {
                        self.remember(dossier).map_err(failed)?;
                    }
                    (new_before, waiting_before) = (self.summary.new, self.summary.waiting);
                }
                each_batch(read)
            });
            let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            taken.and(read)
        })?;
        Ok(new)
    }

    fn is_taken(&self, dossier: &Told) -> rusqlite::Result<bool> {
        self.tx
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM taken WHERE sha256 = ?1 AND changes = ?2)")?
            .query_row(params![dossier.sha256, dossier.changes.cast_signed()], |row| row.get(0))
    }

    /// Notes that every change of a dossier is here.
    fn remember(&self, dossier: &Told) -> rusqlite::Result<()> {
        self.tx
            .prepare_cached("INSERT OR IGNORE INTO taken (sha256, changes) VALUES (?1, ?2)")?
            .execute(params![dossier.sha256, dossier.changes.cast_signed()])
            .map(|_| ())
    }

    pub(crate) fn take(
        &mut self,
        change: &Change,
        first: &First,
        replicas: &BTreeMap<WriterId, String>,
        dossier: &Path,
        failed: &dyn Fn(rusqlite::Error) -> StoreError,
    ) -> Result<(), StoreError> {
        let damaged =
            |detail: String| StoreError::Dossier { path: dossier.to_owned(), problem: DossierProblem::Damaged(detail) };
        if change.header.kind == Kind::Process.name() && change.header.entity != self.process {
            return Err(damaged(String::from("it holds a second démarche")));
        }
        match self.place(change, first).map_err(failed)? {
            Place::Known => self.summary.known += 1,
            Place::New => self.summary.new += 1,
            Place::Waits => {
                let replica = replicas.get(&change.header.writer).map_or("", String::as_str);
                self.set_aside(change, replica).map_err(failed)?;
                self.summary.waiting += 1;
            }
            Place::Broken => return Err(damaged(format!("change {} does not follow the one it names", change.id))),
        }
        Ok(())
    }

    fn place(&mut self, change: &Change, first: &First) -> rusqlite::Result<Place> {
        let stripped = self.redactions.strip(change);
        let stripped = stripped.map(|change| (First::of(&change), change));
        let (first, change) = stripped.as_ref().map_or((first, change), |(first, change)| (first, change));
        let header = &change.header;
        // One change after the other of one writer is what a dossier holds; only its first looks for the one before it.
        let chain = self.chain(header.writer)?;
        let (tip, reached) = (chain.tip, chain.reaches(header.seq));
        if reached && let Some(held) = self.held(change.id)? {
            self.chain(header.writer)?.tip = Some((change.id, header.seq));
            let told = change.body.is_some() && held != length(change);
            return if told && self.fill(change)? { Ok(self.again(change)) } else { Ok(Place::Known) };
        }
        let follows = match (tip, header.prev) {
            (Some((tip, seq)), Some(prev)) if tip == prev => Some(seq + 1 == header.seq),
            _ => self.follows(change)?,
        };
        if follows != Some(true) {
            return Ok(if follows.is_none() { Place::Waits } else { Place::Broken });
        }
        let arrival = self.arrivals.take(change, first)?;
        self.chain(header.writer)?.grow(change.id, header.seq);
        self.clock = self.clock.max(header.clock);
        match arrival {
            Arrival::Known => return Ok(Place::Known),
            Arrival::Later => return Ok(self.again(change)),
            Arrival::Hidden => {}
            Arrival::Shown { parent } => {
                self.summary.touched(&header.kind, parent.map(EntityId::from_bytes)).created += 1;
                self.created.insert(header.entity);
            }
        }
        self.named.extend(erase::named(change));
        Ok(Place::New)
    }

    /// A change that says more of an entity that is known.
    fn again(&mut self, change: &Change) -> Place {
        self.named.extend(erase::named(change));
        self.touched.insert(change.header.entity);
        Place::New
    }

    /// What is known of a writer's chain.
    fn chain(&mut self, writer: WriterId) -> rusqlite::Result<&mut Chain> {
        match self.chains.entry(writer) {
            Entry::Occupied(chain) => Ok(chain.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(Chain::load(self.tx, writer)?)),
        }
    }

    /// Whether a change is here, and the length of its body: two bodies of one change differ only by what was erased, and
    /// then in length.
    fn held(&mut self, id: ChangeId) -> rusqlite::Result<Option<Option<i64>>> {
        self.tx
            .prepare_cached("SELECT octet_length(body) FROM change WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()
    }

    /// Completes the content of a change that is here without it, or with less of it.
    fn fill(&mut self, change: &Change) -> rusqlite::Result<bool> {
        let (id, Some(body)) = (change.id, &change.body) else { return Ok(false) };
        let held: Option<String> =
            self.tx.prepare_cached("SELECT body FROM change WHERE id = ?1")?.query_row([id.0], |row| row.get(0))?;
        let whole = match &held {
            Some(held) => complete(held, body).unwrap_or_else(|_| held.clone()),
            None => body.clone(),
        };
        if held.as_deref() == Some(whole.as_str()) {
            return Ok(false);
        }
        self.tx
            .prepare_cached("UPDATE change SET body = ?2, body_hash = NULL WHERE id = ?1")?
            .execute(params![id.0, whole])?;
        Ok(true)
    }

    fn set_aside(&self, change: &Change, replica: &str) -> rusqlite::Result<()> {
        let header = &change.header;
        self.tx
            .prepare_cached(
                "INSERT INTO waiting (id, prev, writer, seq, replica, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO UPDATE SET line = excluded.line WHERE length(excluded.line) > length(line)",
            )?
            .execute(params![
                change.id.0,
                header.prev.map(|id| id.0),
                header.writer.0,
                header.seq.cast_signed(),
                replica,
                write_line(self.redactions.strip(change).as_ref().unwrap_or(change), false),
            ])
            .map(|_| ())
    }

    /// Whether the change continues a chain that is here: `None` when its predecessor has not arrived.
    fn follows(&self, change: &Change) -> rusqlite::Result<Option<bool>> {
        let Some(prev) = change.header.prev else { return Ok(Some(true)) };
        let found: Option<([u8; 16], i64)> = self
            .tx
            .prepare_cached("SELECT writer, seq FROM change WHERE id = ?1")?
            .query_row([prev.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found.map(|(writer, seq)| writer == change.header.writer.0 && seq.cast_unsigned() + 1 == change.header.seq))
    }

    /// Applies what waited for changes that have now arrived.
    pub(crate) fn release(&mut self) -> rusqlite::Result<()> {
        loop {
            let ready = ready(self.tx)?;
            if ready.is_empty() {
                return Ok(());
            }
            for (id, line) in ready {
                self.tx.execute("DELETE FROM waiting WHERE id = ?1", [id.0])?;
                // Verified when it was set aside; a line that no longer reads is damage, and left out.
                let Ok(change) = read_line(&line) else { continue };
                if let Place::New = self.place(&change, &First::of(&change))? {
                    self.summary.new += 1;
                    self.summary.waiting = self.summary.waiting.saturating_sub(1);
                }
            }
        }
    }

    /// Erases what the redactions that arrived name.
    pub(crate) fn redact(&mut self) -> rusqlite::Result<()> {
        let erased = erase::apply(self.tx, &self.named)?;
        self.summary.redacted = erased.len() as u64;
        self.touched.extend(erased);
        Ok(())
    }

    pub(crate) fn project(
        self,
        read: u64,
        progress: &mut dyn FnMut(Progress) -> Stop,
        failed: &dyn Fn(rusqlite::Error) -> StoreError,
    ) -> Result<(MergeSummary, HashSet<EntityId>), StoreError> {
        let mut summary = self.summary;
        let total = read + self.touched.len() as u64;
        let mut changed = self.created;
        for (index, entity) in self.touched.iter().enumerate() {
            let done = read + index as u64;
            if done.is_multiple_of(512) && progress(Progress { done, total }) == Stop::Yes {
                return Err(StoreError::Stopped);
            }
            let fresh = !changed.insert(*entity);
            if fresh {
                // Counted as its first change left it.
                let (kind, parent) = kind_and_parent(self.tx, *entity).map_err(failed)?;
                summary.touched(&kind, parent).created -= 1;
            }
            let difference = project::entity(self.tx, *entity).map_err(failed)?;
            let (before, after) = (u64::from(difference.conflicts_before), u64::from(difference.conflicts_after));
            summary.conflicts_new += after.saturating_sub(before);
            summary.conflicts_settled += before.saturating_sub(after);
            if fresh || difference.created || difference.updated {
                let (kind, parent) = kind_and_parent(self.tx, *entity).map_err(failed)?;
                let counts = summary.touched(&kind, parent);
                if fresh || difference.created { counts.created += 1 } else { counts.updated += 1 }
            }
        }
        summary.cloned = note_chains(self.tx, self.chains).map_err(failed)?;
        progress(Progress { done: total, total });
        Ok((summary, changed))
    }
}

/// Bytes of the body of a change, if it is there.
fn length(change: &Change) -> Option<i64> {
    change.body.as_ref().and_then(|body| i64::try_from(body.len()).ok())
}

enum Place {
    Known,
    New,
    Waits,
    Broken,
}

/// From the few that wait to the many that are there, never the other way round.
const READY: &str = "SELECT waiting.id, waiting.line FROM waiting CROSS JOIN change ON change.id = waiting.prev
     ORDER BY waiting.writer, waiting.seq";

fn ready(conn: &Connection) -> rusqlite::Result<Vec<(ChangeId, String)>> {
    conn.prepare_cached(READY)?.query_map([], |row| Ok((ChangeId(row.get(0)?), row.get(1)?)))?.collect()
}

const GAPS: &str = "SELECT writer, max(replica), min(seq), count(*),
        coalesce((SELECT last FROM writer WHERE id = waiting.writer), 0)
     FROM waiting GROUP BY writer ORDER BY 2, writer";

pub(crate) fn gaps(conn: &Connection) -> rusqlite::Result<Vec<Gap>> {
    conn.prepare_cached(GAPS)?
        .query_map([], |row| {
            let (first, held): (i64, i64) = (row.get(2)?, row.get(4)?);
            let missing = (first - held - 1).max(1).cast_unsigned();
            Ok(Gap { replica: row.get(1)?, missing, waiting: row.get::<_, i64>(3)?.cast_unsigned() })
        })?
        .collect()
}

/// Keeps what the union learnt of the chains it added to; gives the laptops whose chain forked.
fn note_chains(conn: &Connection, chains: HashMap<WriterId, Chain>) -> rusqlite::Result<Vec<String>> {
    let mut names = BTreeSet::new();
    for (writer, chain) in chains.into_iter().filter(|(_, chain)| chain.has_grown()) {
        chain.keep(conn, writer)?;
        if chain.is_forked() {
            names.insert(replica_of(conn, writer.0)?);
        }
    }
    Ok(names.into_iter().collect())
}

fn kind_and_parent(conn: &Connection, entity: EntityId) -> rusqlite::Result<(String, Option<EntityId>)> {
    let row: Option<(String, Option<[u8; 16]>)> = conn
        .prepare_cached("SELECT kind, parent FROM entity WHERE id = ?1 AND kind IS NOT NULL")?
        .query_row([entity.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match row {
        Some((kind, parent)) => Ok((kind, parent.map(EntityId::from_bytes))),
        // Deleted by the merge: its kind is only in the journal.
        None => conn
            .prepare_cached("SELECT kind FROM change WHERE n = (SELECT origin FROM entity WHERE id = ?1)")?
            .query_row([entity.as_bytes()], |row| Ok((row.get(0)?, None))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

    use crate::{By, Incoming, NewFile, Selection, Stop, Store};
    use moisson_domain::{EntityId, Field, Fields, Kind};
    use moisson_journal::{Act, Draft};
    use rusqlite::trace::{TraceEvent, TraceEventCodes};
    use serde_json::json;
    use std::{collections::BTreeSet, path::Path, sync::Mutex};

    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

    fn listen(event: TraceEvent<'_>) {
        if let TraceEvent::Stmt(statement, _) = event {
            SAID.lock().unwrap().insert(statement.sql().into_owned());
        }
    }

    fn laptop(folder: &Path, number: u8) -> Store {
        let process = EntityId::from_bytes([9; 16]);
        let path = folder.join(format!("{number}.moisson"));
        Store::create(&path, &NewFile { process, replica: format!("L{number}") }).unwrap()
    }

    fn notes(store: &mut Store, number: u8, drafts: Vec<Draft>) {
        let mut chance = number;
        let mut random = |bytes: &mut [u8]| {
            bytes.fill_with(|| {
                chance = chance.wrapping_mul(31).wrapping_add(7);
                chance
            });
        };
        let mut by = By { author: "", wall: 1_655_200_000_000, random: &mut random };
        store.append(&Act { label: "test".into(), undoes: None, drafts }, &mut by).unwrap();
    }

    fn note(entity: u8, text: &str) -> Draft {
        Draft::set(
            EntityId::from_bytes([entity; 16]),
            Kind::Proposal.name(),
            Fields::from_iter([(Field::Text, json!(text))]),
        )
    }

    #[test]
    fn no_statement_of_a_merge_scans_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let (mut a, mut b) = (laptop(folder.path(), 1), laptop(folder.path(), 2));
        notes(&mut a, 1, (10..60).map(|entity| note(entity, "un bus")).collect());
        let first = folder.path().join("first.dossier");
        a.bundle(&first, &Selection::default()).unwrap();
        b.merge(Incoming { paths: &[&first], passphrase: None }, true, &mut |_| Stop::No).unwrap();
        // Edits on both sides, a redaction, a person to forget, all of it told to the other.
        notes(&mut a, 3, vec![note(10, "un train")]);
        notes(&mut b, 5, vec![note(10, "un vélo")]);
        let mut by = By { author: "", wall: 1_655_200_000_000, random: &mut |bytes| bytes.fill(77) };
        let place = (EntityId::from_bytes([11; 16]), String::from("text"), json!(null));
        a.redact(&[place], "", || EntityId::from_bytes([99; 16]), &mut by).unwrap();
        let second = folder.path().join("second.dossier");
        a.bundle(&second, &Selection::default()).unwrap();
        b.conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(listen));
        b.merge(Incoming { paths: &[&second], passphrase: None }, true, &mut |_| Stop::No).unwrap();
        b.conn.trace_v2(TraceEventCodes::empty(), None);
        let said = std::mem::take(&mut *SAID.lock().unwrap());
        assert!(said.len() > 20 && said.contains(super::READY), "the merge was not heard: {said:?}");
        for sql in said.iter().filter(|sql| ["SELECT", "UPDATE", "DELETE"].iter().any(|verb| sql.starts_with(verb))) {
            let mut plan = b.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let nulls = vec![rusqlite::types::Null; plan.parameter_count()];
            let steps = plan.query_map(rusqlite::params_from_iter(nulls), |row| row.get::<_, String>(3)).unwrap();
            for step in steps {
                let step = step.unwrap();
                let scans = step.starts_with("SCAN") && ["change", "entity"].iter().any(|table| step.contains(table));
                assert!(!scans, "{sql}\n  {step}");
            }
        }
    }
}
