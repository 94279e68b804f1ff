//! Fifteen laptops' work merged into one file by Loro and by Automerge, with the read model that both need beside them: the
//! workload of `moisson-cli bench merge-15x10000`. Each figure is JSON on stdout.
//!
//! One proposal in twenty is there before the laptops part and is edited on two of them; the rest are captured, each on one.
//! What is timed: reading what each laptop sent, merging it, writing the journal and a table of the proposals to disk.

use automerge::{AutoCommit, ObjType, ROOT, ReadDoc, transaction::Transactable};
use loro::{ExportMode, LoroDoc, LoroMap, LoroValue, ValueOrContainer};
use rusqlite::{Connection, params};
use serde_json::json;
use std::{error::Error, fs, path::Path, time::Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const LAPTOPS: usize = 15;
const EACH: usize = 10_000;
const SHARED: usize = EACH / 20 * LAPTOPS;
const OWN: usize = EACH - SHARED / LAPTOPS;

fn text(number: usize) -> String {
    format!("Proposition {number} : une navette à la demande entre la gare et la zone d’activité, matin et soir")
}

fn id(number: usize) -> String {
    format!("01800000-0000-7000-8000-{number:012}")
}

/// The shared proposals that a laptop edits: each is edited on two.
fn edited(laptop: usize) -> impl Iterator<Item = usize> {
    (0..SHARED).filter(move |number| number % LAPTOPS == laptop || number % LAPTOPS == (laptop + 1) % LAPTOPS)
}

fn own(laptop: usize) -> std::ops::Range<usize> {
    let first = SHARED + laptop * OWN;
    first..first + OWN
}

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let loro = loro(folder.path())?;
    let automerge = automerge(folder.path())?;
    println!("{}", json!({ "loro": loro, "automerge": automerge }));
    Ok(())
}

/// The table that people read from, and the journal beside it; both on the disk on return.
fn keep(folder: &Path, name: &str, journal: &[u8], rows: &[(String, String)]) -> Result<u64> {
    let path = folder.join(format!("{name}.sqlite"));
    let mut conn = Connection::open(&path)?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.execute_batch(
        "CREATE TABLE journal (body BLOB); CREATE TABLE proposal (id TEXT PRIMARY KEY, workshop TEXT, text TEXT) WITHOUT ROWID;
         CREATE INDEX proposal_workshop ON proposal (workshop);",
    )?;
    let tx = conn.transaction()?;
    tx.execute("INSERT INTO journal VALUES (?1)", [journal])?;
    for (id, text) in rows {
        tx.prepare_cached("INSERT INTO proposal VALUES (?1, ?2, ?3)")?.execute(params![id, id.get(..8), text])?;
    }
    tx.commit()?;
    drop(conn);
    Ok(fs::metadata(&path)?.len() / 1_000_000)
}

fn loro(folder: &Path) -> Result<serde_json::Value> {
    let note = |doc: &LoroDoc, number: usize| -> Result<()> {
        let one = doc.get_map("proposals").insert_container(&id(number), LoroMap::new())?;
        one.insert("workshop", id(number / EACH))?;
        one.insert("text", text(number))?;
        Ok(())
    };
    let base = LoroDoc::new();
    base.set_peer_id(1000)?;
    (0..SHARED).try_for_each(|number| note(&base, number))?;
    base.commit();
    let start = base.export(ExportMode::Snapshot)?;
    let mut sent = Vec::new();
    for laptop in 0..LAPTOPS {
        let doc = LoroDoc::new();
        doc.set_peer_id(laptop as u64 + 1)?;
        doc.import(&start)?;
        let known = doc.oplog_vv();
        for number in edited(laptop) {
            if let Some(ValueOrContainer::Container(loro::Container::Map(one))) = doc.get_map("proposals").get(&id(number)) {
                one.insert("text", format!("L{laptop} l’a réécrite ainsi, pour {number}"))?;
            }
        }
        own(laptop).try_for_each(|number| note(&doc, number))?;
        doc.commit();
        sent.push(doc.export(ExportMode::updates(&known))?);
    }
    let begin = Instant::now();
    let all = LoroDoc::new();
    all.import(&start)?;
    for bytes in &sent {
        all.import(bytes)?;
    }
    let mut rows = Vec::new();
    if let LoroValue::Map(proposals) = all.get_map("proposals").get_deep_value() {
        for (id, one) in proposals.iter() {
            if let LoroValue::Map(fields) = one
                && let Some(LoroValue::String(text)) = fields.get("text")
            {
                rows.push((id.clone(), text.to_string()));
            }
        }
    }
    let file = keep(folder, "loro", &all.export(ExportMode::Snapshot)?, &rows)?;
    // Its maps keep the last writer: there is no conflict to count.
    Ok(json!({ "proposals": rows.len(), "conflicts": 0, "merge_s": begin.elapsed().as_secs_f64(), "file_mb": file }))
}

fn automerge(folder: &Path) -> Result<serde_json::Value> {
    let note = |doc: &mut AutoCommit, number: usize| -> Result<()> {
        let Some((_, proposals)) = doc.get(ROOT, "proposals")? else { return Err("no proposals".into()) };
        let one = doc.put_object(&proposals, id(number), ObjType::Map)?;
        doc.put(&one, "workshop", id(number / EACH))?;
        doc.put(&one, "text", text(number))?;
        Ok(())
    };
    let mut base = AutoCommit::new();
    base.put_object(ROOT, "proposals", ObjType::Map)?;
    (0..SHARED).try_for_each(|number| note(&mut base, number))?;
    let start = base.save();
    let heads = base.get_heads();
    let mut sent = Vec::new();
    for laptop in 0..LAPTOPS {
        let mut doc = AutoCommit::load(&start)?;
        for number in edited(laptop) {
            let Some((_, proposals)) = doc.get(ROOT, "proposals")? else { continue };
            if let Some((_, one)) = doc.get(&proposals, id(number))? {
                doc.put(&one, "text", format!("L{laptop} l’a réécrite ainsi, pour {number}"))?;
            }
        }
        own(laptop).try_for_each(|number| note(&mut doc, number))?;
        sent.push(doc.save_after(&heads));
    }
    let begin = Instant::now();
    let mut all = AutoCommit::load(&start)?;
    for bytes in &sent {
        all.load_incremental(bytes)?;
    }
    let (mut rows, mut conflicts) = (Vec::new(), 0);
    if let Some((_, proposals)) = all.get(ROOT, "proposals")? {
        for id in all.keys(&proposals).collect::<Vec<_>>() {
            let Some((_, one)) = all.get(&proposals, id.as_str())? else { continue };
            let texts = all.get_all(&one, "text")?;
            conflicts += usize::from(texts.len() > 1);
            if let Some((value, _)) = texts.last() {
                rows.push((id, value.as_str().unwrap_or_default().to_owned()));
            }
        }
    }
    let file = keep(folder, "automerge", &all.save(), &rows)?;
    Ok(json!({ "proposals": rows.len(), "conflicts": conflicts, "merge_s": begin.elapsed().as_secs_f64(), "file_mb": file }))
}
