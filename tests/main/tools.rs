//! Running `moisson-cli` and other people's software, and reading what they say.

use rand::{Rng, SeedableRng};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs `moisson-cli` with these arguments: `moisson!("merge", &file, &dossier)`.
macro_rules! moisson {
    ($($argument:expr),+ $(,)?) => {
        $crate::tools::run(
            ::std::process::Command::new($crate::tools::moisson_cli()).args([$(::std::ffi::OsStr::new($argument)),+]),
        )
    };
}

/// What a program said, and how it ended.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub command: String,
}

impl Run {
    /// Expects that the program did what it was asked.
    pub fn done(self) -> Self {
        assert_eq!(self.code, 0, "{}\nended with {}: {}", self.command, self.code, self.stderr);
        self
    }

    /// The one JSON document on stdout.
    pub fn json(self) -> Value {
        let run = self.done();
        serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{}: {e} in {}", run.command, run.stdout))
    }

    /// The JSON documents on stdout, one a line.
    pub fn rows(self) -> Vec<Value> {
        let run = self.done();
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The only line on stdout.
    pub fn line(self) -> String {
        let run = self.done();
        assert_eq!(run.stdout.lines().count(), 1, "{}: {}", run.command, run.stdout);
        run.stdout.trim().to_owned()
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Run {
    let said = command.output().unwrap_or_else(|e| {
        panic!("{}: {e} (script/test installs what the tests need)", command.get_program().display())
    });
    Run {
        code: said.status.code().unwrap_or(-1),
        stdout: String::from_utf8(said.stdout).unwrap(),
        stderr: String::from_utf8_lossy(&said.stderr).into_owned(),
        command: format!("{command:?}"),
    }
}

/// The command line under test, built beside this test.
pub fn moisson_cli() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let cli = test.parent().and_then(Path::parent).unwrap().join("moisson-cli");
    assert!(cli.exists(), "build it first: cargo build -p moisson-cli ({})", cli.display());
    cli
}

/// Whether `script/test --thorough` runs.
pub fn thorough() -> bool {
    std::env::var_os("MOISSON_THOROUGH").is_some()
}

/// Chance of a test, its seed printed; MOISSON_SEED plays it again.
pub fn chance() -> impl Rng {
    let seed = std::env::var("MOISSON_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    println!("MOISSON_SEED={seed}");
    rand_chacha::ChaCha20Rng::seed_from_u64(seed)
}

/// Whether strace may watch another program here; says it where not.
pub fn strace_works() -> bool {
    let works =
        Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|said| said.status.success());
    if !works {
        eprintln!("SKIPPED: strace may not watch another program here");
    }
    works
}

/// The real proposals that the project is given for its tests; as many composed ones where they are not at hand.
pub fn proposals(count: usize) -> Vec<String> {
    let given = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/likeness/proposals-fr.csv");
    if let Ok(csv) = std::fs::read_to_string(&given) {
        // id,theme,text: neither of the first two ever holds a comma.
        let text = |line: &str| line.splitn(3, ',').nth(2).unwrap().trim_matches('"').replace("\"\"", "\"");
        return csv.lines().skip(1).take(count).map(text).collect();
    }
    eprintln!("SKIPPED: the real proposals are not at {}; composed ones take their place", given.display());
    let what = ["une navette", "un guichet", "une halte-garderie", "un parrainage", "une aide au permis"];
    let whom = ["les apprentis", "les parents seuls", "les saisonniers", "les jeunes sans diplôme"];
    (0..count).map(|n| format!("Créer {} pour {} (idée {n})", what[n % 5], whom[n / 5 % 4])).collect()
}

/// Letters and digits only: what is left of a text whatever typography, line breaks and mark-up do to it.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text of a PDF, read by poppler.
pub fn pdf_text(pdf: &Path) -> String {
    run(Command::new("pdftotext").args([pdf.as_os_str(), OsStr::new("-")])).done().stdout
}

/// What poppler says of a PDF, by name: `Pages`, `Tagged`, `Title`…
pub fn pdf_facts(pdf: &Path) -> BTreeMap<String, String> {
    let said = run(Command::new("pdfinfo").arg(pdf)).done().stdout;
    said.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// Number of pages of a PDF.
pub fn pages(pdf: &Path) -> u32 {
    pdf_facts(pdf)["Pages"].parse().unwrap()
}

/// The text of a DOCX, its mark-up taken away.
pub fn docx_text(docx: &Path) -> String {
    let xml = run(Command::new("unzip").arg("-p").arg(docx).arg("word/document.xml")).done().stdout;
    let mut text = String::with_capacity(xml.len());
    let mut inside = false;
    for c in xml.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'")
}

/// Opens a document with LibreOffice and has it written as a PDF in `folder`.
pub fn through_libreoffice(document: &Path, folder: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("libreoffice").display());
    run(Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .args([folder, document]))
    .done();
    let pdf = folder.join(document.with_extension("pdf").file_name().unwrap());
    assert!(pdf.exists(), "LibreOffice could not open {}", document.display());
    pdf
}

/// A document as LibreOffice saves it again in its own format, in `folder`.
pub fn saved_by_libreoffice(document: &Path, folder: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("libreoffice").display());
    let format = document.extension().unwrap().to_str().unwrap();
    let out = folder.join("saved");
    run(Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", format, "--outdir"])
        .args([&out, document]))
    .done();
    let saved = out.join(document.file_name().unwrap());
    assert!(saved.exists(), "LibreOffice could not save {}", document.display());
    saved
}

/// A copy of a package, words of its parts replaced as someone would who types over them.
pub fn typed_over(document: &Path, from: &str, to: &str) -> PathBuf {
    use std::io::{Read, Write};
    let mut archive = zip::ZipArchive::new(std::fs::File::open(document).unwrap()).unwrap();
    let typed = document.with_file_name(format!("rempli-{}", document.file_name().unwrap().to_str().unwrap()));
    let mut out = zip::ZipWriter::new(std::fs::File::create(&typed).unwrap());
    let mut found = 0;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if let Ok(text) = std::str::from_utf8(&bytes) {
            found += text.matches(from).count();
            bytes = text.replace(from, to).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap();
    assert!(found > 0, "« {from} » is not in {}", document.display());
    typed
}

/// Every file under a folder, in order.
pub fn every_file(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The files of a folder with this extension, at any depth, by name.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    every_file(folder).into_iter().filter(|path| path.extension() == Some(OsStr::new(extension))).collect()
}
