//! A folder as storage: what is put is found, what is altered is refused.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use moisson_exchange::{Access, ExchangeError, Listing, Name, Sort, Storage};
use std::{
    fs::{self, File},
    io::Write,
};

const PROCESS: &str = "0190a5e0-0000-7000-8000-000000000000";

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn never() -> bool {
    false
}

#[test]
fn what_is_put_is_listed_and_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path().to_str().unwrap(), &Access::default()).unwrap();
    assert_eq!(storage.list(PROCESS, &never).unwrap(), Listing::default());
    let put = storage.put(PROCESS, Sort::Segment, &mut file(b"un segment"), &never).unwrap();
    assert_eq!(storage.list(PROCESS, &never).unwrap().segments, std::slice::from_ref(&put));
    let mut copy = tempfile::tempfile().unwrap();
    storage.fetch(PROCESS, &put.name, &mut copy, &never).unwrap();
    assert_eq!(Name::of(Sort::Segment, copy).unwrap(), put.name);
    // Put again it is the same; another démarche only counts it.
    storage.put(PROCESS, Sort::Segment, &mut file(b"un segment"), &never).unwrap();
    let other = PROCESS.replace("7000", "7001");
    assert_eq!(storage.list(&other, &never).unwrap(), Listing { others: 1, ..Listing::default() });
    storage.remove(PROCESS, &put.name, &never).unwrap();
    storage.remove(PROCESS, &put.name, &never).unwrap();
    let gone = storage.fetch(PROCESS, &put.name, &mut tempfile::tempfile().unwrap(), &never);
    assert!(matches!(gone, Err(ExchangeError::Gone { .. })));
}

#[test]
fn a_segment_that_is_cut_or_altered_is_not_given_and_its_stamp_tells() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path().to_str().unwrap(), &Access::default()).unwrap();
    let put = storage.put(PROCESS, Sort::Segment, &mut file(b"un segment"), &never).unwrap();
    for wrong in [&b"un segmenT"[..], b"un seg", b"", b"un segment et plus"] {
        fs::File::create(folder.path().join(PROCESS).join(put.name.file())).unwrap().write_all(wrong).unwrap();
        let fetched = storage.fetch(PROCESS, &put.name, &mut tempfile::tempfile().unwrap(), &never);
        assert!(matches!(fetched, Err(ExchangeError::Altered { .. })));
        assert_ne!(storage.list(PROCESS, &never).unwrap().segments[0].stamp, put.stamp);
    }
}

#[test]
fn whoever_asks_to_stop_does_not_wait() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path().to_str().unwrap(), &Access::default()).unwrap();
    assert!(matches!(storage.list(PROCESS, &|| true), Err(ExchangeError::Stopped)));
}
