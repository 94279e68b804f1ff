//! A démarche under a passphrase, through the command line: each run is a program of its own, that knows no key but those given.

use crate::tools::files;
use std::{
    fs,
    path::{Path, PathBuf},
};

const WORDS: &str = "Bruyère onze wagon lent";

struct Place {
    folder: tempfile::TempDir,
    file: PathBuf,
    words: PathBuf,
}

impl Place {
    /// A démarche with its copy and what no page of either may tell any more.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("spie.moisson");
        let words = folder.path().join("phrase.txt");
        fs::write(&words, format!("{WORDS}\n")).unwrap();
        moisson!("new", &file, "--template", "spie", "--replica", "Salle A").done();
        let lines = folder.path().join("lignes.csv");
        fs::write(&lines, "text\nOuvrir une navette vers Pontarlier\n").unwrap();
        moisson!("import", &file, "proposals", &lines, "--workshop", "1").done();
        moisson!("backup", &file).done();
        Self { folder, file, words }
    }

    fn digest(&self) -> String {
        moisson!("digest", &self.file, "--unlock", &self.words).line()
    }

    fn protect(&self) {
        moisson!("protect", &self.file, "--passphrase-file", &self.words).done();
    }

    fn other_words(&self, text: &str) -> PathBuf {
        let path = self.folder.path().join("autre.txt");
        fs::write(&path, text).unwrap();
        path
    }
}

/// Whether a file has these words in the clear, in its pages or what lies beside it.
fn tells(file: &Path, words: &str) -> bool {
    let beside = |end| PathBuf::from(format!("{}{end}", file.display()));
    [file.to_owned(), beside("-wal"), beside("-shm")]
        .iter()
        .filter_map(|path| fs::read(path).ok())
        .any(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes()))
}

#[test]
fn a_protected_demarche_and_its_copies_tell_nothing_and_lose_nothing() {
    let place = Place::new();
    let (file, words) = (&place.file, &place.words);
    let copy = files(&place.folder.path().join("sauvegardes"), "moisson").remove(0);
    let before = moisson!("digest", file).line();
    let dump = moisson!("dump", file).done().stdout;
    assert!(tells(file, "Pontarlier") && tells(&copy, "Pontarlier"));
    place.protect();
    for path in [file, &copy] {
        assert!(!tells(path, "Pontarlier") && !tells(path, "SQLite format"), "{}", path.display());
        let refused = moisson!("info", path, "--json");
        assert_eq!(refused.code, 1);
        assert!(refused.stderr.contains("protégé par une phrase secrète"), "{}", refused.stderr);
    }
    assert_eq!(place.digest(), before);
    assert_eq!(moisson!("dump", file, "--unlock", words).done().stdout, dump);
    moisson!("verify", file, "--unlock", words).done();

    // Work goes on: acts, copies, dossiers; nothing of it lies in the clear beside the file.
    let lines = place.folder.path().join("suite.csv");
    fs::write(&lines, "text\nUn guichet à Ornans\n").unwrap();
    moisson!("import", file, "proposals", &lines, "--workshop", "1", "--unlock", words).done();
    assert!(!tells(file, "Ornans"));
    moisson!("backup", file, "--unlock", words, "--now", "2022-07-05T14:32:00+02:00").done();
    let copies = files(&place.folder.path().join("sauvegardes"), "moisson");
    assert_eq!(copies.len(), 2);
    assert!(copies.iter().all(|copy| !tells(copy, "Pontarlier") && !tells(copy, "Ornans")));
    let anew = place.folder.path().join("rétablie.moisson");
    let latest = copies.iter().find(|path| path.to_string_lossy().contains("2022")).unwrap();
    moisson!("restore", latest, "-o", &anew, "--unlock", words).done();
    assert_eq!(moisson!("digest", &anew, "--unlock", words).line(), place.digest());
    let dossier = place.folder.path().join("a.dossier");
    moisson!("bundle", file, "-o", &dossier, "--unlock", words).done();

    // Taken away again, all of it opens as before.
    let after = place.digest();
    moisson!("unprotect", file, "--unlock", words).done();
    assert_eq!(moisson!("digest", file).line(), after);
    moisson!("verify", file).done();
    moisson!("info", &copies[0]).done();
}

#[test]
fn a_passphrase_that_is_wrong_short_or_lost_is_told_and_touches_nothing() {
    let place = Place::new();
    let short = moisson!("protect", &place.file, "--passphrase-file", &place.other_words("motdepasse"));
    assert_eq!(short.code, 1);
    assert!(short.stderr.contains("au moins 12 signes"), "{}", short.stderr);
    moisson!("info", &place.file).done();
    place.protect();
    let bytes = fs::read(&place.file).unwrap();
    let wrong = moisson!("info", &place.file, "--unlock", &place.other_words("bruyère onze wagon lent"));
    assert_eq!(wrong.code, 1);
    assert!(wrong.stderr.contains("ne s’ouvre pas avec cette phrase secrète"), "{}", wrong.stderr);
    assert_eq!(moisson!("unprotect", &place.file).code, 1);
    assert_eq!(fs::read(&place.file).unwrap(), bytes);
    // The same words as another keyboard writes their accents.
    moisson!("info", &place.file, "--unlock", &place.other_words("Bruye\u{300}re onze wagon lent")).done();
    // Changed: the new one opens, the old one no longer does.
    let new = place.folder.path().join("nouvelle.txt");
    fs::write(&new, "quatre autres mots sans lien").unwrap();
    moisson!("protect", &place.file, "--passphrase-file", &new, "--unlock", &place.words).done();
    assert_eq!(moisson!("info", &place.file, "--unlock", &place.words).code, 1);
    moisson!("verify", &place.file, "--unlock", &new).done();
}

#[test]
fn a_protected_file_that_is_damaged_gives_back_what_its_copy_and_its_sound_pages_hold() {
    let place = Place::new();
    place.protect();
    let before = place.digest();
    let whole = fs::read(&place.file).unwrap();
    let damaged = place.folder.path().join("spie.moisson");
    // A page that was tampered with is no page: its seal does not hold.
    let mut spoiled = whole.clone();
    let middle = whole.len() / 2;
    spoiled[middle] ^= 1;
    fs::write(&damaged, &spoiled).unwrap();
    let verified = moisson!("verify", &damaged, "--unlock", &place.words);
    assert_eq!(verified.code, 1, "{}", verified.stdout);
    let anew = place.folder.path().join("retrouvée.moisson");
    moisson!("recover", &damaged, "-o", &anew, "--unlock", &place.words).done();
    assert_eq!(moisson!("digest", &anew, "--unlock", &place.words).line(), before);
    assert!(!tells(&anew, "Pontarlier"), "what is recovered from a protected copy stays protected");
    // Cut short, or with another beginning, it is told and left alone.
    fs::write(&damaged, &whole[..whole.len() / 2]).unwrap();
    let cut = moisson!("verify", &damaged, "--unlock", &place.words);
    assert_eq!(cut.code, 1, "{}", cut.stdout);
    fs::write(&damaged, b"Mois, and then nothing of ours").unwrap();
    assert_eq!(moisson!("info", &damaged, "--unlock", &place.words).code, 1);
}
