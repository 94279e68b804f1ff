//! Files that are missing, broken or not what they say: one sentence, exit 1, and the démarche as it was.

use crate::tools::{Run, moisson_cli, run};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with a démarche, a dossier of it, and a dossier of another démarche.
struct Desk {
    folder: tempfile::TempDir,
    demarche: PathBuf,
    dossier: PathBuf,
    stranger: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (demarche, other) = (at("demarche.moisson"), at("autre.moisson"));
        let (dossier, stranger) = (at("atelier.dossier"), at("autre.dossier"));
        moisson!("new", &demarche, "--template", "spie").done();
        moisson!("bundle", &demarche, "-o", &dossier).done();
        moisson!("new", &other, "--template", "spie").done();
        moisson!("bundle", &other, "-o", &stranger).done();
        Self { folder, demarche, dossier, stranger }
    }

    fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The démarche with some bytes of its SQLite header replaced.
    fn with_header(&self, name: &str, at: usize, bytes: [u8; 4]) -> PathBuf {
        let mut content = std::fs::read(&self.demarche).unwrap();
        content[at..at + 4].copy_from_slice(&bytes);
        self.write(name, &content)
    }

    /// Every file and its content: what a refused command must leave as it found it. SQLite's own two files beside a
    /// démarche, which it makes and removes as it likes, are left out.
    fn content(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let of_sqlite =
            |path: &Path| path.to_string_lossy().ends_with("-wal") || path.to_string_lossy().ends_with("-shm");
        entries
            .filter(|path| path.is_file() && !of_sqlite(path))
            .map(|path| (path.clone(), std::fs::read(path).unwrap()))
            .collect()
    }

    /// Runs a command that must be refused because of `culprit`.
    fn refused(&self, culprit: &Path, command: impl FnOnce() -> Run) -> String {
        let before = self.content();
        let said = command();
        is_a_sentence_about(&said, culprit);
        let after = self.content();
        assert_eq!(
            before.keys().collect::<Vec<_>>(),
            after.keys().collect::<Vec<_>>(),
            "{}: nothing appears, nothing goes",
            said.command
        );
        for (path, content) in &before {
            assert!(after[path] == *content, "{} changed {}", said.command, path.display());
        }
        said.stderr
    }
}

/// Exit 1, and a first line on stderr that a person can read and that names the file.
fn is_a_sentence_about(said: &Run, culprit: &Path) {
    assert_eq!(said.code, 1, "{}: {}{}", said.command, said.stdout, said.stderr);
    let sentence = said.stderr.lines().next().unwrap_or_default();
    let name = culprit.file_name().and_then(OsStr::to_str).unwrap();
    assert!(said.stderr.contains(name), "{}: does not name {name}: {}", said.command, said.stderr);
    assert!(sentence.contains(' ') && sentence.len() < 400, "{}: not a sentence: {sentence}", said.command);
    for code in ["panicked", "Os {", "Error {", "Err(", "Some(", "unwrap", "SqliteFailure"] {
        assert!(!said.stderr.contains(code), "{}: speaks to programmers: {}", said.command, said.stderr);
    }
    assert!(said.stdout.is_empty(), "{}: {}", said.command, said.stdout);
}

#[test]
fn a_missing_file_is_named_and_not_created() {
    let desk = Desk::new();
    let missing = desk.folder.path().join("absent.moisson");
    for verb in ["info", "digest", "verify", "dump"] {
        desk.refused(&missing, || moisson!(verb, &missing));
    }
    let missing = desk.folder.path().join("absent.dossier");
    desk.refused(&missing, || moisson!("merge", &desk.demarche, &missing));
    let missing = desk.folder.path().join("absent.csv");
    desk.refused(&missing, || moisson!("import", &desk.demarche, "proposals", &missing));
}

#[test]
fn a_truncated_demarche_is_refused() {
    let desk = Desk::new();
    let whole = std::fs::read(&desk.demarche).unwrap();
    for length in [0, 50, whole.len() / 3] {
        let cut = desk.write("coupe.moisson", &whole[..length]);
        desk.refused(&cut, || moisson!("verify", &cut));
    }
}

#[test]
fn a_file_of_another_program_is_refused() {
    let desk = Desk::new();
    let letter = desk.write("lettre.moisson", "Madame, Monsieur,\n".repeat(400).as_bytes());
    desk.refused(&letter, || moisson!("info", &letter));
    // Bytes 68–71 of a SQLite file say which program it belongs to.
    let foreign = desk.with_header("etranger.moisson", 68, *b"ABCD");
    desk.refused(&foreign, || moisson!("info", &foreign));
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_says_to_update() {
    let desk = Desk::new();
    // Bytes 60–63 of a SQLite file hold the number of its schema.
    let newer = desk.with_header("futur.moisson", 60, 9_000_u32.to_be_bytes());
    let said = desk.refused(&newer, || moisson!("info", &newer, "--lang", "en"));
    assert!(said.to_lowercase().contains("newer") || said.to_lowercase().contains("recent"), "{said}");
}

#[test]
fn a_dossier_of_another_demarche_is_refused() {
    let desk = Desk::new();
    desk.refused(&desk.stranger, || moisson!("merge", &desk.demarche, &desk.stranger));
    // All or nothing: the good one beside it is not taken either.
    desk.refused(&desk.stranger, || moisson!("merge", &desk.demarche, &desk.dossier, &desk.stranger));
}

#[test]
fn a_damaged_dossier_is_refused() {
    let desk = Desk::new();
    let whole = std::fs::read(&desk.dossier).unwrap();
    for length in [0, 10, whole.len() / 2, whole.len() - 1] {
        let cut = desk.write("coupe.dossier", &whole[..length]);
        desk.refused(&cut, || moisson!("merge", &desk.demarche, &cut));
    }
    let other = desk.write("photo.dossier", b"\x89PNG\r\n\x1a\n not an archive");
    desk.refused(&other, || moisson!("merge", &desk.demarche, &other));
}

#[test]
fn a_table_with_no_usable_column_is_refused() {
    let desk = Desk::new();
    let atelier = moisson!("dump", &desk.demarche, "--entity", "workshop").rows()[0]["id"].as_str().unwrap().to_owned();
    for content in ["x,y\n1,2\n3,4\n", "", "\n\n"] {
        let table = desk.write("chiffres.csv", content.as_bytes());
        desk.refused(&table, || moisson!("import", &desk.demarche, "proposals", &table, "--workshop", &atelier));
    }
}

#[test]
fn a_spreadsheet_that_is_a_pdf_is_refused() {
    let desk = Desk::new();
    let atelier = moisson!("dump", &desk.demarche, "--entity", "workshop").rows()[0]["id"].as_str().unwrap().to_owned();
    let table = desk.write("tableau.xlsx", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n");
    desk.refused(&table, || moisson!("import", &desk.demarche, "proposals", &table, "--workshop", &atelier));
}

#[test]
fn wrong_usage_is_told_apart_from_wrong_input() {
    let desk = Desk::new();
    assert_eq!(moisson!("merge").code, 2);
    assert_eq!(moisson!("harvest", &desk.demarche).code, 2);
    assert_eq!(moisson!("export", &desk.demarche, "plan", "--format", "pdf").code, 2, "-o is missing");
}

/// The command line run by someone without rights over the folder, whoever runs the tests.
fn as_nobody(tools: &Path, arguments: &[&Path]) -> Run {
    let is_root = run(Command::new("id").arg("-u")).done().stdout.trim() == "0";
    if !is_root {
        return run(Command::new(moisson_cli()).args(arguments));
    }
    // A copy, since nobody may not look into the folder of the build.
    let cli = tools.join("moisson-cli");
    if !cli.exists() {
        std::fs::copy(moisson_cli(), &cli).unwrap();
    }
    run(Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(cli)
        .args(arguments)
        .env("HOME", tools))
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_left_alone() {
    let allow = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let desk = Desk::new();
    let tools = tempfile::tempdir().unwrap();
    allow(tools.path(), 0o755);
    let table = tools.path().join("idees.csv");
    std::fs::write(&table, "id,text\n1,Une navette le matin\n").unwrap();
    let folder = desk.folder.path();
    for file in [&desk.demarche, &desk.dossier] {
        allow(file, 0o444);
    }
    allow(folder, 0o555);

    let (demarche, new, out) = (desk.demarche.as_path(), folder.join("neuf.moisson"), folder.join("documents"));
    let word = Path::new;
    let commands: [(&Path, &[&Path]); 4] = [
        (&new, &[word("new"), &new, word("--template"), word("spie")]),
        (&out, &[word("export"), demarche, word("plan"), word("--format"), word("md"), word("-o"), &out]),
        (demarche, &[word("merge"), demarche, &desk.dossier]),
        (demarche, &[word("import"), demarche, word("findings"), &table]),
    ];
    for (culprit, arguments) in commands {
        desk.refused(culprit, || as_nobody(tools.path(), arguments));
    }
    allow(folder, 0o755);
}
