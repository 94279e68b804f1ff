//! Power cuts: the program is killed at random moments, and the file must tell the truth afterwards.

use crate::tools::{chance, files, moisson_cli, thorough};
use rand::Rng;
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// As many rounds as asked for, few by default.
fn rounds() -> u32 {
    if thorough() { 100 } else { 10 }
}

/// Starts the program with these arguments and words on stdin, and kills it after a while; `true` if it had ended well.
fn killed(arguments: &[&std::ffi::OsStr], words: &str, after: Duration) -> bool {
    let mut child = Command::new(moisson_cli())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It may be gone before it reads.
    child.stdin.take().unwrap().write_all(words.as_bytes()).ok();
    sleep(after);
    child.kill().ok();
    child.wait().unwrap().success()
}

/// How long the program takes when it is left alone.
fn whole(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn texts(file: &Path) -> Vec<String> {
    let rows = moisson!("dump", file, "--entity", "proposal").rows();
    rows.iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_was_acknowledged_is_there_whenever_the_capture_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let mut chance = chance();
    let mut acknowledged = Vec::new();
    let mut cut = 0;
    let arguments = ["capture".as_ref(), file.as_os_str(), "--workshop".as_ref(), "1".as_ref()];
    assert!(killed(&arguments, "la première\n", Duration::from_secs(3)), "left alone, it ends well");
    for round in 0..rounds() {
        let words = format!("proposition du tour {round}");
        if killed(&arguments, &format!("{words}\n"), Duration::from_micros(chance.random_range(0..40_000))) {
            acknowledged.push(words);
        } else {
            cut += 1;
        }
    }
    println!("{} acknowledged, {cut} cut", acknowledged.len());
    let there = texts(&file);
    for words in &acknowledged {
        assert!(there.contains(words), "« {words} » was acknowledged and is not there");
    }
    moisson!("verify", &file).done();
}

#[test]
fn a_merge_that_is_killed_is_whole_or_absent() {
    let folder = tempfile::tempdir().unwrap();
    moisson!("demo", folder.path(), "--seed", "5").done();
    let dossier = folder.path().join("besancon.dossier");
    let start = folder.path().join("pontarlier.moisson");
    let before = moisson!("digest", &start).line();
    let file = folder.path().join("tué.moisson");
    let copy = |to: &Path| std::fs::copy(&start, to).unwrap();
    copy(&file);
    let alone = whole(|| drop(moisson!("merge", &file, &dossier).done()));
    let after = moisson!("digest", &file).line();
    assert_ne!(before, after);
    let mut chance = chance();
    let (mut there, mut absent) = (0, 0);
    for _ in 0..rounds() {
        for suffix in ["-wal", "-shm"] {
            std::fs::remove_file(folder.path().join(format!("tué.moisson{suffix}"))).ok();
        }
        copy(&file);
        let moment = alone.mul_f64(chance.random_range(0.2..1.1));
        killed(&["merge".as_ref(), file.as_os_str(), dossier.as_os_str()], "", moment);
        let now = moisson!("digest", &file).line();
        if now == after {
            there += 1;
        } else {
            assert_eq!(now, before, "half a merge");
            absent += 1;
        }
        moisson!("verify", &file).done();
    }
    println!("{there} whole, {absent} absent");
}

#[test]
fn a_backup_that_is_killed_leaves_no_copy_or_a_sound_one() {
    let folder = tempfile::tempdir().unwrap();
    moisson!("demo", folder.path(), "--seed", "5").done();
    let file = folder.path().join("projet.moisson");
    let digest = moisson!("digest", &file).line();
    let spare = folder.path().join("essai");
    let alone = whole(|| drop(moisson!("backup", &file, "-o", &spare).done()));
    let copies = folder.path().join("copies");
    // One that is killed before it begins makes none.
    std::fs::create_dir(&copies).unwrap();
    let mut chance = chance();
    for round in 0..rounds() {
        let now = format!("2022-07-05T14:{:02}:{:02}+02:00", round / 60, round % 60);
        let moment = alone.mul_f64(chance.random_range(0.2..1.1));
        let arguments =
            ["backup".as_ref(), file.as_os_str(), "-o".as_ref(), copies.as_os_str(), "--now".as_ref(), now.as_ref()];
        killed(&arguments, "", moment);
        for copy in files(&copies, "moisson") {
            assert_eq!(moisson!("digest", &copy).line(), digest, "{}", copy.display());
        }
    }
    assert_eq!(moisson!("digest", &file).line(), digest);
}

#[test]
fn protecting_that_is_killed_is_whole_or_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    moisson!("demo", folder.path(), "--seed", "5").done();
    let start = folder.path().join("pontarlier.moisson");
    let words = folder.path().join("phrase.txt");
    std::fs::write(&words, "bruyère onze wagon lent").unwrap();
    let digest = moisson!("digest", &start).line();
    let file = folder.path().join("tué.moisson");
    let copy = || std::fs::copy(&start, &file).unwrap();
    copy();
    let alone = whole(|| drop(moisson!("protect", &file, "--passphrase-file", &words).done()));
    let mut chance = chance();
    let mut done = 0;
    for _ in 0..rounds() {
        copy();
        let arguments = ["protect".as_ref(), file.as_os_str(), "--passphrase-file".as_ref(), words.as_os_str()];
        killed(&arguments, "", alone.mul_f64(chance.random_range(0.2..1.1)));
        done += u32::from(moisson!("info", &file).code == 1);
        assert_eq!(moisson!("digest", &file, "--unlock", &words).line(), digest);
        moisson!("verify", &file, "--unlock", &words).done();
    }
    println!("{done} protected, {} as before", rounds() - done);
}

#[test]
fn a_migration_that_is_killed_is_whole_or_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let start = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/schema-1.moisson");
    let mut chance = chance();
    // Opened to write, a file is brought up to date; with nothing to note, that is all that happens.
    let file = |round: u32| folder.path().join(round.to_string()).join("ancien.moisson");
    let migrate = |file: &Path, after: Duration| {
        let arguments = ["capture".as_ref(), file.as_os_str(), "--workshop".as_ref(), "1".as_ref()];
        killed(&arguments, "", after)
    };
    let copy = |to: &Path| {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&start, to).unwrap();
    };
    // Where SQLite keeps it, in the header of the file (its « user version »).
    let schema = |file: &Path| u32::from_be_bytes(std::fs::read(file).unwrap()[60..64].try_into().unwrap());
    copy(&file(0));
    let (digest, first) = (moisson!("digest", &file(0)).line(), schema(&file(0)));
    let left_alone = |file: &Path| moisson!("capture", file, "--workshop", "1").done();
    let alone = whole(|| drop(left_alone(&file(0))));
    let latest = schema(&file(0));
    assert!(first < latest);
    let mut ended = 0;
    for round in 1..=rounds() {
        let file = file(round);
        copy(&file);
        ended += u32::from(migrate(&file, alone.mul_f64(chance.random_range(0.0..1.1))));
        moisson!("verify", &file).done();
        assert_eq!(moisson!("digest", &file).line(), digest);
        let kept = file.with_file_name("sauvegardes").join("ancien schéma 1.moisson");
        if kept.exists() {
            assert_eq!(moisson!("digest", &kept).line(), digest, "{}", kept.display());
        }
        // Whoever opens it next ends what was begun.
        left_alone(&file);
        assert_eq!((schema(&file), moisson!("digest", &file).line()), (latest, digest.clone()));
    }
    println!("{ended} ended, {} cut", rounds() - ended);
}
