//! A stranger's dossier: each test is named by the attack; the démarche must be as before.

use crate::laptops::Laptop;
use moisson_domain::EntityId;
use moisson_store::{DossierProblem, Incoming, Stop, StoreError};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{Read, Write},
    path::Path,
};
use tempfile::TempDir;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Copies a dossier with its lines changed and its manifest made to agree.
pub fn rewrite<T>(from: &Path, to: &Path, change: impl FnOnce(&mut Vec<String>) -> T) {
    let mut archive = ZipArchive::new(File::open(from).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("changes.jsonl").unwrap().read_to_string(&mut text).unwrap();
    let mut manifest = String::new();
    archive.by_name("manifest.json").unwrap().read_to_string(&mut manifest).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    change(&mut lines);
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let mut manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    manifest["changes"] = lines.len().into();
    manifest["parts"]["changes.jsonl"]["bytes"] = text.len().into();
    manifest["parts"]["changes.jsonl"]["sha256"] = hex::encode(Sha256::digest(&text)).into();
    write(to, &[("changes.jsonl", text.as_bytes()), ("manifest.json", manifest.to_string().as_bytes())]);
}

fn write(to: &Path, parts: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(File::create(to).unwrap());
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// A laptop with a proposal, and its dossier taken in by another.
fn situation() -> (TempDir, Laptop, Laptop, std::path::PathBuf) {
    let folder = crate::laptops::folder();
    let mut a = Laptop::new(&folder, 1);
    let b = Laptop::new(&folder, 2);
    a.proposal(EntityId::from_bytes([3; 16]), "un bus");
    a.proposal(EntityId::from_bytes([3; 16]), "une navette");
    let dossier = a.bundles(folder.path(), "a", &[]);
    (folder, a, b, dossier)
}

fn refused(laptop: &mut Laptop, dossier: &Path) -> StoreError {
    let before = laptop.store.digest().unwrap();
    let error =
        laptop.store.merge(Incoming { paths: &[dossier], passphrase: None }, true, &mut |_| Stop::No).unwrap_err();
    assert_eq!(laptop.store.digest().unwrap(), before);
    laptop.is_sound();
    error
}

#[test]
fn a_text_changed_on_the_way_is_refused_even_with_a_fitting_manifest() {
    let (folder, _, mut b, dossier) = situation();
    let forged = folder.path().join("forged.dossier");
    rewrite(&dossier, &forged, |lines| {
        for line in lines {
            *line = line.replace("un bus", "un taxi");
        }
    });
    let error = refused(&mut b, &forged);
    assert!(matches!(error, StoreError::Dossier { problem: DossierProblem::Change { .. }, .. }), "{error}");
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let (folder, _, mut b, dossier) = situation();
    let bytes = fs::read(&dossier).unwrap();
    let cut = folder.path().join("cut.dossier");
    let before = b.store.digest().unwrap();
    for length in 0..bytes.len() {
        fs::write(&cut, &bytes[..length]).unwrap();
        let incoming = Incoming { paths: &[&cut], passphrase: None };
        assert!(b.store.merge(incoming, true, &mut |_| Stop::No).is_err(), "cut at {length} of {}", bytes.len());
    }
    assert_eq!(b.store.digest().unwrap(), before);
    b.is_sound();
}

#[test]
fn a_byte_changed_anywhere_is_refused_or_changes_nothing() {
    let (folder, _, mut b, dossier) = situation();
    let bytes = fs::read(&dossier).unwrap();
    let flipped = folder.path().join("flipped.dossier");
    let before = b.store.digest().unwrap();
    let mut preview =
        |path: &Path| b.store.merge(Incoming { paths: &[path], passphrase: None }, false, &mut |_| Stop::No);
    let honest = preview(&dossier).unwrap();
    let (mut refused, mut harmless) = (0, 0);
    for at in 0..bytes.len() {
        let mut wrong = bytes.clone();
        wrong[at] ^= 1 << (at % 8);
        fs::write(&flipped, &wrong).unwrap();
        match preview(&flipped) {
            Err(_) => refused += 1,
            // A date in the ZIP, a flag that nobody reads.
            Ok(mut summary) => {
                summary.dossiers[0].name.clone_from(&honest.dossiers[0].name);
                assert_eq!(summary, honest, "byte {at} changed what the dossier says");
                harmless += 1;
            }
        }
    }
    println!("{refused} refused, {harmless} harmless of {}", bytes.len());
    assert!(refused > bytes.len() / 2);
    assert_eq!(b.store.digest().unwrap(), before);
    b.is_sound();
}

#[test]
fn nesting_counts_and_lengths_beyond_reason_are_refused() {
    let (folder, _, mut b, dossier) = situation();
    type Spoil<'a> = &'a dyn Fn(&mut Vec<String>);
    let hostile: [(&str, Spoil<'_>); 4] = [
        ("deep", &|lines| lines[0] = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000))),
        ("long", &|lines| lines[0] = format!("{{\"id\":\"{}\"}}", "a".repeat(20_000_000))),
        ("twice", &|lines| lines.extend(lines.clone())),
        ("empty", &|lines| lines.iter_mut().for_each(String::clear)),
    ];
    for (name, change) in hostile {
        let path = folder.path().join(format!("{name}.dossier"));
        rewrite(&dossier, &path, change);
        let incoming = Incoming { paths: &[&path], passphrase: None };
        let taken = b.store.merge(incoming, false, &mut |_| Stop::No);
        // The same change twice is one change; anything else is refused.
        assert!(taken.is_err() || name == "twice", "{name}");
    }
    b.is_sound();
}

#[test]
fn odd_names_and_missing_parts_are_refused() {
    let (folder, _, mut b, _) = situation();
    let odd = folder.path().join("odd.dossier");
    for parts in [
        vec![("../../etc/passwd", b"x".as_slice())],
        vec![("manifest.json", b"{}".as_slice())],
        vec![("manifest.json", b"{}".as_slice()), ("changes.jsonl", b"".as_slice()), ("run.sh", b"".as_slice())],
        vec![("word/document.xml", b"<w/>".as_slice())],
    ] {
        write(&odd, &parts);
        refused(&mut b, &odd);
    }
}

#[test]
fn a_part_that_unpacks_to_more_than_it_says_is_refused_before_it_fills_memory() {
    let (folder, _, mut b, dossier) = situation();
    let bomb = folder.path().join("bomb.dossier");
    let mut archive = ZipArchive::new(File::open(&dossier).unwrap()).unwrap();
    let mut manifest = String::new();
    archive.by_name("manifest.json").unwrap().read_to_string(&mut manifest).unwrap();
    let zeros = vec![b'0'; 40 << 20];
    write(&bomb, &[("changes.jsonl", zeros.as_slice()), ("manifest.json", manifest.as_bytes())]);
    refused(&mut b, &bomb);
}

#[test]
fn a_dossier_of_a_newer_format_says_so() {
    let (folder, _, mut b, dossier) = situation();
    let newer = folder.path().join("newer.dossier");
    let mut archive = ZipArchive::new(File::open(&dossier).unwrap()).unwrap();
    let mut manifest = String::new();
    archive.by_name("manifest.json").unwrap().read_to_string(&mut manifest).unwrap();
    let manifest = manifest.replace("\"version\": 1", "\"version\": 9");
    write(&newer, &[("changes.jsonl", b"".as_slice()), ("manifest.json", manifest.as_bytes())]);
    let error = refused(&mut b, &newer);
    assert!(matches!(error, StoreError::Dossier { problem: DossierProblem::Newer(9), .. }), "{error}");
}

#[test]
fn stopping_a_merge_leaves_everything_as_it_was() {
    let (_folder, mut a, mut b, dossier) = situation();
    for number in 0..600 {
        a.proposal(EntityId::from_bytes([3; 16]), &format!("proposition {number}"));
    }
    let whole = a.bundles(dossier.parent().unwrap(), "long", &[]);
    let before = b.store.digest().unwrap();
    let stopped = b.store.merge(Incoming { paths: &[whole.as_path()], passphrase: None }, true, &mut |_| Stop::Yes);
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert_eq!(b.store.digest().unwrap(), before);
    b.is_sound();
}
