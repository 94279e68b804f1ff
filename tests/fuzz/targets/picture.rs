//! What a stranger hands over as a photo, a logo, a cover picture or a style model: any bytes. Nothing may panic, and what is kept is
//! small.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_workflow::{Emblem, Photo};
use std::{cell::RefCell, fs};
use tempfile::TempDir;

thread_local! {
    static FOLDER: RefCell<TempDir> = RefCell::new(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap());
}

fuzz_target!(|bytes: &[u8]| {
    FOLDER.with_borrow(|folder| {
        let path = folder.path().join("image");
        fs::write(&path, bytes).unwrap();
        Photo::read(&path).ok();
        Emblem::logo(&path).ok();
        Emblem::cover(&path).ok();
        Emblem::model(&path).ok();
    });
});
