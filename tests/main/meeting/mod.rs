//! Laptops that meet only through storage: a folder, WebDAV, S3. Killed, cut, altered, late: nothing is lost.

mod folder;
mod keys;
mod servers;

use crate::tools::{Run, files, moisson_cli, run};
use rand::{Rng, SeedableRng};
use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// Three laptops with copies of one démarche, and what was noted on any of them.
struct Laptops {
    folder: tempfile::TempDir,
    files: Vec<PathBuf>,
    noted: BTreeSet<String>,
    variables: Vec<(&'static str, String)>,
}

impl Laptops {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().join("base.moisson");
        moisson!("new", &base, "--template", "spie").done();
        let files = ["besancon", "pontarlier", "morteau"].map(|name| folder.path().join(format!("{name}.moisson")));
        for file in &files {
            std::fs::copy(&base, file).unwrap();
        }
        Self { folder, files: files.to_vec(), noted: BTreeSet::new(), variables: Vec::new() }
    }

    fn place(&self) -> String {
        let place = self.folder.path().join("partage");
        std::fs::create_dir_all(&place).unwrap();
        place.display().to_string()
    }

    /// A command on one of the laptops, with the keys of that one.
    fn command(&self, laptop: usize, arguments: &[&str]) -> Command {
        let mut command = Command::new(moisson_cli());
        command
            .args(arguments)
            .env("MOISSON_KEYS", self.folder.path().join(format!("keys-{laptop}")))
            .envs(self.variables.iter().map(|(name, value)| (*name, value.as_str())));
        command
    }

    fn note(&mut self, laptop: usize, text: &str) {
        let file = self.files[laptop].to_str().unwrap();
        let mut capture = self
            .command(laptop, &["capture", file, "--workshop", "1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        capture.stdin.take().unwrap().write_all(format!("{text}\n").as_bytes()).unwrap();
        assert!(capture.wait().unwrap().success());
        self.noted.insert(text.to_owned());
    }

    fn sync(&self, laptop: usize, place: &str) -> Run {
        run(&mut self.command(laptop, &["sync", self.files[laptop].to_str().unwrap(), place, "--json"]))
    }

    /// The laptops that may read, as one of them sees it, after admitting or removing one.
    fn laptops(&self, laptop: usize, arguments: &[&str]) -> Run {
        let file = self.files[laptop].to_str().unwrap();
        run(&mut self.command(laptop, &[&["laptops", file, "--json"], arguments].concat()))
    }

    /// Starts to meet, and is killed after a while.
    fn sync_killed(&self, laptop: usize, place: &str, after: Duration) {
        let mut command = self.command(laptop, &["sync", self.files[laptop].to_str().unwrap(), place]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(after);
        child.kill().ok();
        child.wait().unwrap();
    }

    /// All of them meet there twice: what one puts last, the others find the second time.
    fn meet(&self, place: &str) {
        let all: Vec<usize> = (0..self.files.len()).collect();
        self.meet_in(&all.repeat(2), place);
    }

    /// These meet there, in this order.
    fn meet_in(&self, laptops: &[usize], place: &str) {
        for laptop in laptops {
            self.sync(*laptop, place).done();
        }
    }

    /// All files say the same, hold together, and lost nothing.
    fn agree(&self) {
        let digests: BTreeSet<String> = self.files.iter().map(|file| moisson!("digest", file).line()).collect();
        assert_eq!(digests.len(), 1);
        for file in &self.files {
            moisson!("verify", file).done();
            let texts = self.texts(file);
            let lost: Vec<&String> = self.noted.iter().filter(|text| !texts.contains(*text)).collect();
            assert!(lost.is_empty(), "{} lost {lost:?}", file.display());
        }
    }

    fn texts(&self, file: &Path) -> BTreeSet<String> {
        let rows = moisson!("dump", file, "--entity", "proposal").rows();
        rows.iter().filter_map(|row| row["text"].as_str().map(str::to_owned)).collect()
    }
}

fn segments(place: &str) -> Vec<PathBuf> {
    files(Path::new(place), "segment")
}

fn rings(place: &str) -> Vec<PathBuf> {
    files(Path::new(place), "ring")
}

fn chance() -> impl Rng {
    let seed = std::env::var("MOISSON_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    println!("MOISSON_SEED={seed}");
    rand_chacha::ChaCha20Rng::seed_from_u64(seed)
}

/// Killed again and again, then left alone: the three agree, and nothing that was noted is lost.
fn killed_at_random(laptops: &mut Laptops, place: &str, rounds: usize) {
    let mut chance = chance();
    laptops.note(0, "la première");
    let start = Instant::now();
    laptops.sync(0, place).done();
    let alone = start.elapsed();
    for round in 0..rounds {
        let laptop = chance.random_range(0..3);
        laptops.note(laptop, &format!("proposition du tour {round}"));
        laptops.sync_killed(laptop, place, alone.mul_f64(chance.random_range(0.0..1.2)));
    }
    laptops.meet(place);
    laptops.agree();
    let again = laptops.sync(1, place).json();
    assert_eq!((again["changes_new"].as_u64(), again["segments_put"].as_u64()), (Some(0), Some(0)), "{again}");
}

fn rounds(usual: usize) -> usize {
    if std::env::var_os("MOISSON_THOROUGH").is_some() { 100 } else { usual }
}
