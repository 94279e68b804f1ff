//! What lies in shared storage: any bytes as a segment or a ring, and any bytes sealed as one by someone who has the key. Nothing may
//! panic, and nobody is believed without a proof.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_exchange::{Belief, Key, Ring, unseal};
use moisson_store::Dossier;
use std::{cell::RefCell, fs, io::Cursor};
use tempfile::TempDir;

thread_local! {
    static HERE: RefCell<(TempDir, Key, Key)> = RefCell::new((
        tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap(),
        Key::derived(b"laptop"),
        Key::derived(b"demarche"),
    ));
}

fuzz_target!(|bytes: &[u8]| {
    HERE.with_borrow(|(folder, own, first)| {
        let mut sealed = Vec::new();
        first.seal(bytes, &mut sealed).unwrap();
        for file in [bytes, sealed.as_slice()] {
            let mut opened = Vec::new();
            if unseal("x", Cursor::new(file), [own, first], &mut opened).is_ok() {
                let path = folder.path().join("x.dossier");
                fs::write(&path, &opened).unwrap();
                if let Ok(mut dossier) = Dossier::open(&path, None) {
                    dossier.for_each_change(|_| Ok(())).ok();
                }
            }
            if let Ok((ring, belief)) = Ring::default().read("x", Cursor::new(file), own, first) {
                assert!(belief != Belief::Whole, "a proof by the key cannot be guessed");
                let mut both = Ring::default();
                both.union(&ring);
                both.mend();
                both.keys(first);
            }
        }
    });
});
