//! Copies, and the trail of who changed what, through the command line.

use crate::tools::{files, moisson_cli, run};
use std::{fs, path::Path, process::Command};

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

#[test]
fn a_dossier_carries_only_what_the_other_side_lacks_and_opens_with_its_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (a, b) = (path("a.moisson"), path("b.moisson"));
    moisson!("new", &a, "--template", "spie", "--replica", "A").done();
    moisson!("bundle", &a, "-o", &path("tout.dossier")).done();
    moisson!("new", &b, "--from", &path("tout.dossier"), "--replica", "B").done();
    fs::write(path("lignes.csv"), "text\nOuvrir une navette\n").unwrap();
    moisson!("import", &a, "proposals", &path("lignes.csv"), "--workshop", "1").done();
    let digest = moisson!("digest", &b).line();
    let by_dossier =
        moisson!("bundle", &a, "--since", &path("tout.dossier"), "-o", &path("1.dossier"), "--json").json();
    let by_digest = moisson!("bundle", &a, "--since", &digest, "-o", &path("2.dossier"), "--json").json();
    let whole = moisson!("bundle", &a, "-o", &path("3.dossier"), "--json").json();
    assert_eq!(by_dossier["changes"], by_digest["changes"]);
    assert!(by_digest["changes"].as_u64() < Some(5) && whole["changes"].as_u64() > Some(40), "{by_digest} {whole}");
    assert_eq!(moisson!("bundle", &a, "--since", "00ff", "-o", &path("4.dossier")).code, 1);
    assert!(!path("4.dossier").exists());

    fs::write(path("phrase"), "quatre mots pris au hasard\n").unwrap();
    fs::write(path("fausse"), "autre chose\n").unwrap();
    let locked = path("clos.dossier");
    moisson!("bundle", &a, "--since", &digest, "--passphrase-file", &path("phrase"), "-o", &locked).done();
    let said = String::from_utf8_lossy(&fs::read(&locked).unwrap()).into_owned();
    assert!(said.starts_with("age-encryption.org/v1") && !said.contains("navette"));
    for arguments in [vec![], vec![path("fausse")]] {
        let mut merge = Command::new(moisson_cli());
        merge.arg("merge").arg(&b).arg(&locked);
        for file in &arguments {
            merge.arg("--passphrase-file").arg(file);
        }
        let refused = run(&mut merge);
        assert_eq!(refused.code, 1, "{}", refused.stderr);
    }
    assert_eq!(moisson!("digest", &b).line(), digest);
    moisson!("merge", &b, &locked, "--passphrase-file", &path("phrase")).done();
    assert_eq!(moisson!("digest", &b).line(), moisson!("digest", &a).line());
}

#[test]
fn a_damaged_file_gives_back_what_it_still_holds_and_what_its_backup_had() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let lines = folder.path().join("lignes.csv");
    let many: String = (0..400).map(|n| format!("Proposition numéro {n} pour un bus du soir\n")).collect();
    fs::write(&lines, format!("text\n{many}")).unwrap();
    moisson!("import", &file, "proposals", &lines, "--workshop", "1").done();
    moisson!("backup", &file).done();
    fs::write(&lines, "text\nNotée après la sauvegarde\n").unwrap();
    moisson!("import", &file, "proposals", &lines, "--workshop", "1").done();
    let whole = said(&file);
    // Pages in the middle are gone, as on a worn stick.
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 4096 / 3 * 4096;
    bytes[middle..middle + 3 * 4096].fill(0xa5);
    fs::write(&file, &bytes).unwrap();
    assert_eq!(moisson!("verify", &file).code, 1);
    let anew = folder.path().join("récupérée.moisson");
    let report = moisson!("recover", &file, "-o", &anew, "--json").json();
    assert!(report["backup"].is_string() && report["spoiled"].as_u64().is_some(), "{report}");
    assert_eq!(said(&anew), whole, "{report}");
    moisson!("verify", &anew).done();
    assert_eq!(fs::read(&file).unwrap(), bytes, "the damaged file is left as it is");
}

#[test]
fn settling_merges_like_anything_else_and_two_who_settle_differently_are_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    moisson!("demo", folder.path(), "--seed", "7").done();
    let [a, b] = ["projet.moisson", "pontarlier.moisson"].map(|name| folder.path().join(name));
    let exchange = |from: &Path, to: &Path, name: &str| {
        let dossier = folder.path().join(name);
        moisson!("bundle", from, "-o", &dossier).done();
        moisson!("merge", to, &dossier).done();
    };
    exchange(&a, &b, "1.dossier");
    exchange(&b, &a, "2.dossier");
    let conflicts = moisson!("conflicts", &a, "--json").json();
    assert!(conflicts.as_array().unwrap().len() >= 2, "{conflicts}");
    let text = |one: &&serde_json::Value| one["field"] != "deleted" && one["versions"].as_array().unwrap().len() == 2;
    let one = conflicts.as_array().unwrap().iter().find(text).unwrap()["id"].as_str().unwrap().to_owned();
    moisson!("conflicts", &a, "--settle", &one, "--keep", "1").done();
    moisson!("conflicts", &b, "--settle", &one, "--value", "autre chose encore").done();
    exchange(&a, &b, "3.dossier");
    exchange(&b, &a, "4.dossier");
    let ids = |file: &Path| -> Vec<String> {
        let rows = moisson!("conflicts", file, "--json").json();
        rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    assert!(ids(&a).contains(&one), "two who settled differently");
    // All of them by a rule, on one laptop; the other learns it.
    let settled = moisson!("conflicts", &a, "--settle-all", "latest", "--json").json();
    assert_eq!(settled["conflicts"], 0, "{settled}");
    exchange(&a, &b, "5.dossier");
    assert_eq!(ids(&b), [""; 0]);
    assert_eq!(moisson!("digest", &a).line(), moisson!("digest", &b).line());
}
