//! Forgetting people and taking words back, through the command line: gone from the bytes of every file that merges.

use std::{fs, path::Path};

/// Whether these words stand anywhere in the file or beside it.
fn holds(file: &Path, words: &str) -> bool {
    let beside = ["", "-wal", "-shm"].map(|suffix| fs::read(format!("{}{suffix}", file.display())).unwrap_or_default());
    beside.iter().any(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes()))
}

#[test]
fn a_person_forgotten_here_is_gone_from_every_file_even_after_an_old_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a.moisson", "b.moisson"].map(|name| folder.path().join(name));
    moisson!("new", &a, "--template", "spie", "--replica", "A").done();
    let people = folder.path().join("inscrits.csv");
    fs::write(&people, "pseudonyme;nom;courriel\nHêtre;Zoé Lefèvre;zoe.lefevre@exemple.fr\nTilleul;Max Aubry;\n")
        .unwrap();
    moisson!("import", &a, "participants", &people).done();
    let lines = folder.path().join("lignes.csv");
    fs::write(&lines, "text\nM. LEFEVRE demande un bus le soir\nUne navette le matin\n").unwrap();
    moisson!("import", &a, "proposals", &lines, "--workshop", "1").done();
    let old = folder.path().join("ancien.dossier");
    moisson!("bundle", &a, "--with-people", "-o", &old).done();
    moisson!("new", &b, "--from", &old, "--replica", "B").done();
    assert!(holds(&a, "zoe.lefevre") && holds(&b, "zoe.lefevre") && holds(&b, "LEFEVRE demande"));

    let report = moisson!("forget", &a, "Zoé Lefèvre", "--redact-quotes", "--json").json();
    assert_eq!((&report["redacted"], report["left"].as_array().unwrap().len()), (&1.into(), 0), "{report}");
    let fresh = folder.path().join("neuf.dossier");
    moisson!("bundle", &a, "--with-people", "-o", &fresh).done();
    moisson!("merge", &b, &fresh).done();
    // The old dossier comes back: what was forgotten stays so.
    for file in [&a, &b] {
        moisson!("merge", file, &old).done();
        for words in ["zoe.lefevre", "Lefèvre", "LEFEVRE"] {
            assert!(!holds(file, words), "{words} in {}", file.display());
        }
        assert!(holds(file, "Max Aubry"), "nobody else is forgotten");
        moisson!("verify", file).done();
    }
    let texts = moisson!("dump", &b, "--entity", "proposal").rows();
    assert!(texts.iter().any(|row| row["text"] == "M. Hêtre demande un bus le soir"), "{texts:?}");
    assert_eq!(moisson!("digest", &a).line(), moisson!("digest", &b).line());
    // Forgetting is told in the history and is not undone.
    let undone = moisson!("undo", &a);
    assert!(!holds(&a, "Lefèvre"), "{}", undone.stdout);
    assert_eq!(moisson!("forget", &a, "personne").code, 1);
}

#[test]
fn a_passage_redacted_is_gone_with_its_past_and_the_chain_still_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a.moisson", "b.moisson"].map(|name| folder.path().join(name));
    moisson!("new", &a, "--template", "spie", "--replica", "A").done();
    let lines = folder.path().join("lignes.csv");
    fs::write(&lines, "text\nsecret un peu trop précis\n").unwrap();
    moisson!("import", &a, "proposals", &lines, "--workshop", "1").done();
    let old = folder.path().join("ancien.dossier");
    moisson!("bundle", &a, "-o", &old).done();
    let id = moisson!("dump", &a, "--entity", "proposal").rows()[0]["id"].as_str().unwrap().to_owned();
    moisson!("redact", &a, &id, "text", "--reason", "donnée de santé").done();
    assert!(!holds(&a, "trop précis"));
    let fresh = folder.path().join("neuf.dossier");
    moisson!("bundle", &a, "-o", &fresh).done();
    moisson!("new", &b, "--from", &old, "--replica", "B").done();
    assert!(holds(&b, "trop précis"));
    moisson!("merge", &b, &fresh, &old).done();
    assert!(!holds(&b, "trop précis"));
    let history = moisson!("history", &b, &id, "--json").rows();
    assert_eq!(history[0]["redacted"][0], "text", "{history:?}");
    // A number is no passage of text.
    assert_eq!(moisson!("redact", &a, &id, "table").code, 1);
    let table = folder.path().join("historique.csv");
    moisson!("history", &b, "-o", &table).done();
    let table = fs::read_to_string(&table).unwrap();
    assert!(table.starts_with('\u{feff}') && table.contains("[passage retiré]") && !table.contains("trop précis"));
}
