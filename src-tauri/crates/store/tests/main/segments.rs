//! What a file knows of segments in shared storage.

use crate::laptops::{Laptop, folder, process};
use moisson_domain::EntityId;
use moisson_store::{Carried, Held, Lot, Selection, Store};
use std::path::{Path, PathBuf};

const PLACE: &str = "/partage";

fn workshop() -> EntityId {
    EntityId::from_bytes([7; 16])
}

fn segment(store: &Store, folder: &Path, name: &str, lot: Lot) -> PathBuf {
    let path = folder.join(format!("{name}.dossier"));
    store.bundle(&path, &Selection { only: Some(lot), ..Selection::default() }).unwrap();
    path
}

fn hold(store: &mut Store, name: &str, path: &Path) {
    let carried = Carried::read(path).unwrap();
    store.hold_segment(PLACE, Held { name, stamp: "1", mine: true, key: "age1" }, &carried).unwrap();
}

#[test]
fn what_lacks_there_is_what_no_segment_there_carries() {
    let folder = folder();
    let mut laptop = Laptop::new(&folder, 1);
    for n in 0..30 {
        laptop.proposal(workshop(), &format!("idée {n}"));
    }
    let all = laptop.store.lacking(&[]).unwrap();
    assert_eq!(all.len(), 31, "thirty proposals, and the writer");
    let names = ["a", "b", "c", "d"].map(String::from);
    for (name, lot) in names.iter().zip(all.split(10)) {
        let path = segment(&laptop.store, folder.path(), name, lot);
        hold(&mut laptop.store, name, &path);
    }
    assert!(laptop.store.lacking(&names).unwrap().is_empty());
    assert_eq!(laptop.store.lacking(&names[1..]).unwrap().len(), 10, "one that is no longer listed is put again");
    assert_eq!(laptop.store.together(&names).unwrap(), all);
    laptop.proposal(workshop(), "une de plus");
    assert_eq!(laptop.store.lacking(&names).unwrap().len(), 1);
    laptop.store.drop_segment(PLACE, "a").unwrap();
    assert_eq!(laptop.store.lacking(&names).unwrap().len(), 11, "what is forgotten is lacking");
    assert_eq!(laptop.store.segments_at(PLACE).unwrap().len(), 3);
}

#[test]
fn segments_taken_in_any_order_give_the_same_file() {
    let folder = folder();
    let mut one = Laptop::new(&folder, 1);
    for n in 0..40 {
        one.proposal(workshop(), &format!("idée {n}"));
    }
    let lots = one.store.lacking(&[]).unwrap();
    let mut paths: Vec<PathBuf> =
        lots.split(7).enumerate().map(|(n, lot)| segment(&one.store, folder.path(), &n.to_string(), lot)).collect();
    // The last first: all of it waits until the first comes.
    paths.reverse();
    let mut two = Laptop::new(&folder, 2);
    for path in &paths {
        two.merges(&[path]);
    }
    two.is_sound();
    assert_eq!(one.store.digest().unwrap(), two.store.digest().unwrap());
    assert_eq!((two.store.process(), two.store.waiting_count().unwrap()), (process(), 0));
}

#[test]
fn what_waits_is_lacking_there_once() {
    let folder = folder();
    let mut one = Laptop::new(&folder, 1);
    for n in 0..20 {
        one.proposal(workshop(), &format!("idée {n}"));
    }
    let late = one.store.lacking(&[]).unwrap().split(15).last().unwrap();
    let path = segment(&one.store, folder.path(), "tard", late);
    let mut two = Laptop::new(&folder, 2);
    two.merges(&[&path]);
    assert!(two.store.waiting_count().unwrap() > 0);
    let waiting = two.store.lacking(&[]).unwrap();
    assert_eq!(waiting.len(), two.store.waiting_count().unwrap() as usize, "what waits is handed on");
    let on = segment(&two.store, folder.path(), "suite", waiting);
    hold(&mut two.store, "suite", &on);
    assert!(two.store.lacking(&[String::from("suite")]).unwrap().is_empty(), "and not again and again");
}
