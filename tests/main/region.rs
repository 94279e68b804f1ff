//! Several démarches side by side: the figures are those of each, nothing is written, and what is at fault is named.

use crate::tools::{moisson_cli, run};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const QUESTIONS: [&str; 6] = ["themes", "support", "cost", "late", "unanswered", "likeness"];
const NOW: &str = "2024-03-01T09:00:00+01:00";

/// A folder with three démarches, each as its project lead has it.
pub struct Region {
    folder: tempfile::TempDir,
    pub place: PathBuf,
    pub demarches: Vec<PathBuf>,
}

impl Region {
    /// The demo, once for each seed.
    pub fn of_demos(seeds: &[u64]) -> Self {
        let mut region = Self::empty();
        for seed in seeds {
            let made = region.folder.path().join(format!("demo-{seed}"));
            moisson!("demo", &made, "--seed", &seed.to_string(), "--proposals", "120", "--workshops", "9").done();
            let kept = region.place.join(format!("demarche-{seed}.moisson"));
            fs::copy(made.join("projet.moisson"), &kept).unwrap();
            region.demarches.push(kept);
        }
        region
    }

    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("région");
        fs::create_dir(&place).unwrap();
        Self { folder, place, demarches: Vec::new() }
    }

    pub fn ask(&self, question: &str) -> Value {
        moisson!("region", question, &self.place, "--json", "--now", NOW).json()
    }

    /// Every file there, with its bytes. SQLite's own two files beside a démarche, which it makes and removes as it likes, are left
    /// out.
    fn content(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let of_sqlite = |path: &PathBuf| ["-wal", "-shm"].iter().any(|end| path.to_string_lossy().ends_with(end));
        let entries = fs::read_dir(&self.place).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| !of_sqlite(path)).map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
    }
}

fn dumped(file: &Path, kind: &str) -> Vec<Value> {
    moisson!("dump", file, "--entity", kind).rows()
}

fn rows(report: &Value) -> &[Value] {
    report["rows"].as_array().unwrap()
}

/// The sum of a figure in the rows of one démarche.
fn sum(report: &Value, process: &str, figure: &str) -> i64 {
    let of = rows(report).iter().filter(|row| row["process"] == process);
    of.map(|row| row[figure].as_i64().unwrap()).sum()
}

#[test]
fn a_region_says_of_each_demarche_what_its_own_file_says() {
    let region = Region::of_demos(&[11, 12, 13]);
    let before = region.content();
    let answers: BTreeMap<&str, Value> =
        QUESTIONS.into_iter().map(|question| (question, region.ask(question))).collect();
    for (question, report) in &answers {
        assert_eq!((&report["question"], &report["demarches"]), (&Value::from(*question), &Value::from(3)), "{report}");
    }
    let mut ids = BTreeSet::new();
    for file in &region.demarches {
        let process = dumped(file, "process")[0]["id"].as_str().unwrap().to_owned();
        let said: Vec<Value> =
            dumped(file, "proposal").into_iter().filter(|one| one["parked"].as_bool() != Some(true)).collect();
        // Every proposal of the demo has the theme of its atelier, and a bassin.
        assert_eq!(sum(&answers["themes"], &process, "proposals"), i64::try_from(said.len()).unwrap());
        assert_eq!(sum(&answers["support"], &process, "proposals"), i64::try_from(said.len()).unwrap());
        assert_eq!(
            sum(&answers["support"], &process, "said_again"),
            i64::try_from(dumped(file, "support").len()).unwrap()
        );
        let actions = dumped(file, "action");
        let live: BTreeSet<&str> =
            actions.iter().filter(|one| one["status"] != "dropped").map(|one| one["id"].as_str().unwrap()).collect();
        let planned: i64 = dumped(file, "funding")
            .iter()
            .filter(|one| one["action"].as_str().is_some_and(|action| live.contains(action)))
            .map(|one| one["planned"].as_i64().unwrap_or_default())
            .sum();
        assert!(planned > 0);
        assert_eq!(sum(&answers["cost"], &process, "planned"), planned);
        let over = |one: &&Value| {
            let going = !["done", "dropped", "paused"].contains(&one["status"].as_str().unwrap_or_default());
            going && one["ends_on"].as_str().is_some_and(|day| day < "2024-03-01")
        };
        let late = rows(&answers["late"]).iter().filter(|row| row["process"] == process.as_str());
        let ended = late.filter(|row| row["why"] == "end").count();
        assert_eq!(ended, actions.iter().filter(over).count());
        let open = sum(&answers["unanswered"], &process, "unanswered");
        assert_eq!(
            sum(&answers["unanswered"], &process, "proposals"),
            i64::try_from(dumped(file, "proposal").len()).unwrap()
        );
        assert!((0..=i64::try_from(said.len()).unwrap()).contains(&open));
        ids.insert(process);
    }
    assert_eq!(ids.len(), 3, "another seed is another démarche");
    let likenesses = rows(&answers["likeness"]);
    assert!(!likenesses.is_empty(), "the demos speak of the same things");
    for pair in likenesses {
        let score = pair["score"].as_f64().unwrap();
        assert!((0.25..=1.001).contains(&score) && !pair["why"].as_array().unwrap().is_empty(), "{pair}");
    }
    let total = |question: &str| -> i64 {
        let totals = answers[question]["totals"].as_array().unwrap();
        totals.iter().map(|total| total["count"].as_i64().unwrap()).sum()
    };
    let all: i64 = ids.iter().map(|process| sum(&answers["themes"], process, "proposals")).sum();
    assert_eq!(total("themes"), all);
    assert!(region.content() == before, "a region is only read");
}

#[test]
fn a_region_is_told_in_both_languages_and_copies_of_a_demarche_count_once() {
    let region = Region::of_demos(&[11]);
    moisson!("new", &region.place.join("blanche.moisson"), "--template", "blank", "--title", "Blanche").done();
    let text = moisson!("region", "cost", &region.place, "--now", NOW).done().stdout;
    assert!(text.contains("2 démarches comparées") && text.contains(" €"), "{text}");
    let text = moisson!("region", "unanswered", &region.place, "--now", NOW, "--lang", "en").done().stdout;
    assert!(text.contains("proposals without an answer") && text.contains("2 processes compared"), "{text}");
    // A laptop that was in one atelier knows less than the project lead: it is named, and counts for nothing.
    let laptop = region.folder.path().join("demo-11/besancon.moisson");
    let report = moisson!("region", "themes", &laptop, &region.place, "--json").json();
    assert_eq!(report["demarches"], 2);
    assert_eq!(report["copies"], serde_json::json!([laptop]));
    assert_eq!(report["rows"], region.ask("themes")["rows"]);
}

#[test]
fn what_cannot_be_compared_is_named_in_one_sentence() {
    let region = Region::empty();
    let sound = region.place.join("a.moisson");
    moisson!("new", &sound, "--template", "spie").done();
    let refused = |source: &Path| {
        let said = moisson!("region", "themes", source, "--json");
        assert_eq!((said.code, said.stdout.as_str()), (1, ""), "{}", said.stderr);
        said.stderr
    };
    let stranger = region.place.join("étranger.moisson");
    fs::write(&stranger, b"SQLite format 3\0 perhaps").unwrap();
    assert!(refused(&region.place).contains("étranger.moisson"), "the file at fault is named, not the folder");
    let whole = fs::read(&sound).unwrap();
    fs::write(&stranger, &whole[..whole.len() / 2]).unwrap();
    assert!(refused(&region.place).contains("étranger.moisson"));
    fs::remove_file(&stranger).unwrap();
    assert!(refused(&region.place.join("absent.moisson")).contains("absent.moisson"));
    let empty = region.folder.path().join("vide");
    fs::create_dir(&empty).unwrap();
    let said = refused(&empty);
    assert!(said.contains("vide") && said.contains("aucune démarche"), "{said}");
    assert_eq!(run(Command::new(moisson_cli()).args(["region", "themes"])).code, 2);
}
