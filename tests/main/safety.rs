//! Copies, and the trail of who changed what, through the command line.

use crate::tools::files;
use std::{fs, path::Path};

fn said(file: &Path) -> Vec<String> {
    let rows = moisson!("dump", file, "--entity", "proposal").rows();
    rows.iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_copy_gives_back_the_demarche_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    moisson!("demo", folder.path(), "--seed", "7").done();
    let file = folder.path().join("pontarlier.moisson");
    let digest = moisson!("digest", &file).line();
    moisson!("backup", &file).done();
    let copies = files(&folder.path().join("sauvegardes"), "moisson");
    assert_eq!(copies.len(), 1);

    fs::write(&file, b"a stick that was pulled out").unwrap();
    let anew = folder.path().join("rétablie.moisson");
    moisson!("restore", &copies[0], "-o", &anew).done();
    assert_eq!(moisson!("digest", &anew).line(), digest);
    moisson!("verify", &anew).done();

    // A copy that lost its end is refused, and leaves nothing behind.
    let whole = fs::read(&copies[0]).unwrap();
    let cut = folder.path().join("coupée.moisson");
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let never = folder.path().join("jamais.moisson");
    let refused = moisson!("restore", &cut, "-o", &never);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(!never.exists());
    // A file that is there is never written over.
    assert_eq!(moisson!("restore", &copies[0], "-o", &anew).code, 1);
}

#[test]
fn only_the_newest_copies_are_kept_and_nothing_else_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let copies = folder.path().join("clé");
    fs::create_dir(&copies).unwrap();
    fs::write(copies.join("spie à moi.moisson"), b"mine").unwrap();
    for minute in 10..32 {
        let now = format!("2022-06-07T14:{minute}:00+02:00");
        moisson!("backup", &file, "-o", &copies, "--now", &now).done();
    }
    let kept = files(&copies, "moisson");
    assert_eq!(kept.len(), 21, "twenty copies, and the file that is none: {kept:?}");
    assert!(copies.join("spie à moi.moisson").exists());
    assert!(!kept.iter().any(|path| path.to_string_lossy().contains("14h11")));
}

#[test]
fn the_history_tells_what_was_done_undone_and_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie", "--replica", "Salle A").done();
    let lines = folder.path().join("lignes.csv");
    fs::write(&lines, "text\nOuvrir une navette\n").unwrap();
    moisson!("import", &file, "proposals", &lines, "--workshop", "1").done();
    assert_eq!(said(&file), ["Ouvrir une navette"]);
    moisson!("undo", &file).done();
    assert_eq!(said(&file), [""; 0]);
    moisson!("redo", &file).done();
    assert_eq!(said(&file), ["Ouvrir une navette"]);

    let id = moisson!("dump", &file, "--entity", "proposal").rows()[0]["id"].as_str().unwrap().to_owned();
    let rows = moisson!("history", &file, &id, "--json").rows();
    assert_eq!(rows.len(), 3, "noted, undone, done again: {rows:?}");
    assert_eq!(rows[0]["fields"]["text"]["after"], "Ouvrir une navette");
    assert_eq!(rows[0]["replica"], "Salle A");
    assert_eq!(rows[2]["fields"]["deleted"]["before"], true, "{}", rows[2]);
    let all = moisson!("history", &file, "--json").rows();
    assert!(all.len() > rows.len());
}
