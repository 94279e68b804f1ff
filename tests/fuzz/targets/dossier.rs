//! What a stranger hands over as a dossier: any bytes as the file, and any bytes as the lines of a file that is otherwise
//! right. Nothing may panic, and what is refused may not change the démarche.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_domain::EntityId;
use moisson_store::{Dossier, Incoming, NewFile, Stop, Store};
use sha2::{Digest, Sha256};
use std::{cell::RefCell, fs, io::Write, path::Path};
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

thread_local! {
    static DEMARCHE: RefCell<(TempDir, Store, String)> = RefCell::new(demarche());
}

fn demarche() -> (TempDir, Store, String) {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let new = NewFile { process: EntityId::from_bytes([9; 16]), replica: String::from("fuzz") };
    let store = Store::create(&folder.path().join("fuzz.moisson"), &new).unwrap();
    let digest = store.digest().unwrap();
    (folder, store, digest)
}

fuzz_target!(|bytes: &[u8]| {
    DEMARCHE.with_borrow_mut(|(folder, store, digest)| {
        let path = folder.path().join("x.dossier");
        fs::write(&path, bytes).unwrap();
        take(store, &path, digest);
        wrap(&path, bytes);
        take(store, &path, digest);
    });
});

fn take(store: &mut Store, path: &Path, digest: &str) {
    if let Ok(mut dossier) = Dossier::open(path, None) {
        dossier.for_each_change(|_| Ok(())).ok();
        dossier.people().ok();
    }
    store.merge(Incoming { paths: &[path], passphrase: None }, false, &mut |_| Stop::No).ok();
    assert_eq!(store.digest().unwrap(), digest);
}

/// A dossier with these lines, and a manifest that agrees.
fn wrap(path: &Path, lines: &[u8]) {
    let count = String::from_utf8_lossy(lines).lines().count();
    let manifest = serde_json::json!({
        "format": "moisson-dossier", "version": 1, "process": EntityId::from_bytes([9; 16]), "title": "", "written_at": "",
        "workshops": [], "writers": [], "changes": count, "withheld": 0,
        "parts": { "changes.jsonl": { "sha256": hex::encode(Sha256::digest(lines)), "bytes": lines.len() } },
    });
    let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in [("changes.jsonl", lines), ("manifest.json", manifest.to_string().as_bytes())] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}
