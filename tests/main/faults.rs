//! What a disk can do to the program: full, over its quota, turned read-only, torn out, held by another program. The system's
//! own answers are changed by strace at a random call on the files at hand, once or from then on.

use crate::tools::{Run, chance, files, moisson_cli, run, strace_works, thorough};
use rand::{Rng, seq::IndexedRandom};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const SAMPLE: usize = 60;
const THOROUGH: usize = 10_000;

/// Calls that reach a disk, and what it answers: full, over quota, read-only, gone, no longer allowed.
const CALLS: [&str; 8] = ["pwrite64", "write", "fdatasync,fsync", "ftruncate", "openat", "pread64", "unlink", "rename"];
const ANSWERS: [&str; 5] = ["ENOSPC", "EDQUOT", "EROFS", "EIO", "EACCES"];

/// A démarche with something in it, what another laptop sends, and what each command should leave.
struct Desk {
    folder: tempfile::TempDir,
    start: PathBuf,
    dossier: PathBuf,
    /// The file that gives the passphrase; who does not need it is not troubled by it.
    words: PathBuf,
    before: String,
    merged: String,
    plan: Vec<u8>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        moisson!("demo", &path("demo"), "--seed", "5").done();
        let (start, dossier) = (path("demo").join("pontarlier.moisson"), path("demo").join("besancon.dossier"));
        let words = path("phrase.txt");
        fs::write(&words, "bruyère onze wagon lent").unwrap();
        let before = moisson!("digest", &start).line();
        fs::copy(&start, path("fusion.moisson")).unwrap();
        moisson!("merge", &path("fusion.moisson"), &dossier).done();
        let merged = moisson!("digest", &path("fusion.moisson")).line();
        moisson!("export", &start, "plan", "--format", "md", "-o", &path("plan"), "--now", NOW).done();
        let plan = fs::read(&files(&path("plan"), "md")[0]).unwrap();
        Self { start, dossier, words, before, merged, plan, folder }
    }

    /// A copy to work in, alone in its folder.
    fn copy(&self) -> PathBuf {
        let here = self.folder.path().join("ici");
        fs::remove_dir_all(&here).ok();
        fs::create_dir(&here).unwrap();
        fs::copy(&self.start, here.join("spie.moisson")).unwrap();
        here.join("spie.moisson")
    }
}

const NOW: &str = "2022-07-05T14:00:00+02:00";

/// Runs a command of the program while the disk fails it as told.
fn failing(fault: &str, calls: &str, file: &Path, out: &Path, command: &str) -> Run {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "--seccomp-bpf"]);
    for suffix in ["", "-wal", "-shm"] {
        strace.arg("-P").arg(format!("{}{suffix}", file.display()));
    }
    strace.arg("-P").arg(out).arg("-P").arg(file.parent().unwrap());
    strace.args(["-e", &format!("trace={calls}"), "-e", &format!("inject={calls}:{fault}")]);
    strace.args(["sh", "-c", command]).arg(moisson_cli()).args([file, out]);
    run(&mut strace)
}

#[test]
fn a_disk_that_fails_loses_nothing_and_is_named() {
    if !strace_works() {
        return;
    }
    let desk = Desk::new();
    let mut chance = chance();
    let (mut refused, rounds) = (0, if thorough() { THOROUGH } else { SAMPLE });
    for round in 0..rounds {
        let file = desk.copy();
        let out = file.parent().unwrap().join("dehors");
        let (calls, answer) = (CALLS.choose(&mut chance).unwrap(), ANSWERS.choose(&mut chance).unwrap());
        let from = chance.random_range(1..=if *calls == "pwrite64" { 40 } else { 6 });
        let lasting = if chance.random_bool(0.5) { "+" } else { "" };
        let fault = format!("error={answer}:when={from}{lasting}");
        let words = format!("notée au tour {round}");
        let commands = [
            ("capture", format!("echo '{words}' | \"$0\" capture \"$1\" --workshop 1")),
            ("merge", format!("\"$0\" merge \"$1\" '{}'", desk.dossier.display())),
            ("backup", String::from("\"$0\" backup \"$1\" -o \"$2\"")),
            ("bundle", String::from("\"$0\" bundle \"$1\" -o \"$2/a.dossier\"")),
            ("protect", format!("\"$0\" protect \"$1\" --passphrase-file '{}'", desk.words.display())),
            ("export", format!("\"$0\" export \"$1\" plan --format md -o \"$2\" --now {NOW}")),
        ];
        let (name, command) = commands.choose(&mut chance).unwrap();
        let told = format!("{name}, {calls}: {fault}");
        let said = failing(&fault, calls, &file, &out, command);
        assert!([0, 1].contains(&said.code), "{told}: ended with {}: {}", said.code, said.stderr);
        assert!(!said.stderr.contains("panicked"), "{told}: {}", said.stderr);
        assert!(said.code == 0 || said.stderr.lines().count() > 0, "{told}: refused without a word");
        refused += usize::from(said.code == 1);
        is_whole(&desk, &file, &out, name, &words, said.code == 0, &told);
    }
    println!("{refused} refused of {rounds}");
    assert!(refused > rounds / 10, "hardly any fault was met");
}

/// The démarche is as before or as the command makes it, no half document lies about, and work goes on.
fn is_whole(desk: &Desk, file: &Path, out: &Path, name: &str, words: &str, done: bool, told: &str) {
    let digest = moisson!("digest", file, "--unlock", &desk.words).line();
    match name {
        "capture" => {
            let rows = moisson!("dump", file, "--entity", "proposal").rows();
            let there = rows.iter().filter(|row| row["text"] == words).count();
            assert!(there == 1 || (!done && there == 0 && digest == desk.before), "{told}: there {there} times");
        }
        "merge" => assert!(digest == desk.merged || (!done && digest == desk.before), "{told}: half a merge"),
        _ => assert_eq!(digest, desk.before, "{told}"),
    }
    if out.exists() {
        for copy in files(out, "moisson") {
            assert_eq!(moisson!("digest", &copy).line(), desk.before, "{told}: {}", copy.display());
        }
        for plan in files(out, "md") {
            assert_eq!(fs::read(&plan).unwrap(), desk.plan, "{told}: {}", plan.display());
        }
        for dossier in files(out, "dossier") {
            moisson!("merge", &desk.folder.path().join("fusion.moisson"), &dossier).done();
        }
    }
    moisson!("verify", file, "--unlock", &desk.words).done();
    run(Command::new("sh")
        .args(["-c", "echo 'et ensuite' | \"$0\" capture \"$1\" --workshop 1 --unlock \"$2\""])
        .arg(moisson_cli())
        .args([file, &desk.words]))
    .done();
}
