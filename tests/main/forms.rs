//! Partners who install nothing: forms go out, are saved by LibreOffice, and come back.

use super::tools::{files, saved_by_libreoffice, typed_over};
use moisson_workflow::{Field, Language, Session, Surroundings};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde_json::json;
use std::path::{Path, PathBuf};

/// A démarche with a plan drafted from it.
fn drafted(folder: &Path) -> PathBuf {
    moisson!("demo", folder, "--proposals", "60", "--workshops", "3", "--seed", "7").done();
    let file = files(folder, "moisson").remove(0);
    moisson!("plan", &file, "draft").done();
    file
}

#[test]
fn forms_saved_by_libreoffice_keep_their_keys_and_come_back_field_by_field() {
    let folder = tempfile::tempdir().unwrap();
    let file = drafted(folder.path());
    let action = moisson!("dump", &file, "--entity", "action").rows().remove(0);
    let (id, reasons) = (action["id"].as_str().unwrap().to_owned(), action["reasons"].as_str().unwrap().to_owned());
    for format in ["docx", "xlsx"] {
        let out = folder.path().join(format);
        let sent = moisson!("export", &file, "form", "--of", &id, "--format", format, "-o", &out, "--json").json();
        let sent = PathBuf::from(sent["files"][0]["path"].as_str().unwrap());
        let untouched = saved_by_libreoffice(&sent, &out);
        let said = moisson!("import", &file, "form", &untouched, "--dry-run", "--json").json();
        assert_eq!(said["taken"].as_array().unwrap().len(), 0, "{format}: LibreOffice alone changes nothing: {said}");
        assert!(said["same"].as_u64().unwrap() >= 15, "{format}: the keys are still there: {said}");

        let wanted = format!("Voulu en {format} par le partenaire.");
        let filled = saved_by_libreoffice(&typed_over(&sent, &reasons, &wanted), &out);
        let said = moisson!("import", &file, "form", &filled, "--json").json();
        assert_eq!(said["taken"][0]["field"], "reasons", "{format}: {said}");
        assert_eq!(said["taken"][0]["theirs"].as_str(), Some(wanted.as_str()));
        let now = || moisson!("dump", &file, "--entity", "action").rows().remove(0)["reasons"].clone();
        assert_eq!(now().as_str(), Some(wanted.as_str()));
        moisson!("undo", &file).done();
        assert_eq!(now().as_str(), Some(reasons.as_str()), "{format}: one undo takes it back");
    }
    moisson!("verify", &file).done();
}

#[test]
fn marks_and_lists_survive_a_round_trip_through_libreoffice() {
    let folder = tempfile::tempdir().unwrap();
    let file = drafted(folder.path());
    let action = moisson!("dump", &file, "--entity", "action").rows().remove(0);
    let id = action["id"].as_str().unwrap().to_owned();
    let described = "Un **bus** le soir, voir [le site](https://doubs.fr/bus).\n\n- un arrêt\n- un **abri**\n\n\
        1. choisir le lieu\n2. ouvrir **tôt**\n\nFin.";
    let reasons = "3. trois\n4. quatre\n\n- cinq";
    let world = Surroundings {
        now: Box::new(|| chrono::DateTime::parse_from_rfc3339("2022-09-15T09:00:00+02:00").unwrap()),
        random: ChaCha20Rng::seed_from_u64(3),
        author: String::new(),
        language: Language::Fr,
    };
    let mut session = Session::open(&file, world).unwrap();
    let written = [(Field::Description, json!(described)), (Field::Reasons, json!(reasons))];
    session.edit_entity(id.parse().unwrap(), written.into_iter().collect()).unwrap();
    drop(session);

    let out = folder.path().join("out");
    let sent = moisson!("export", &file, "form", "--of", &id, "-o", &out, "--json").json();
    let sent = PathBuf::from(sent["files"][0]["path"].as_str().unwrap());
    let untouched = saved_by_libreoffice(&sent, &out);
    let said = moisson!("import", &file, "form", &untouched, "--dry-run", "--json").json();
    assert_eq!(said["taken"].as_array().unwrap().len(), 0, "LibreOffice alone changes nothing: {said}");

    let filled = saved_by_libreoffice(&typed_over(&sent, "choisir le lieu", "choisir la place"), &out);
    let said = moisson!("import", &file, "form", &filled, "--json").json();
    let taken: Vec<&str> = said["taken"].as_array().unwrap().iter().filter_map(|one| one["field"].as_str()).collect();
    assert_eq!(taken, ["description"], "one field differs: {said}");
    let now = moisson!("dump", &file, "--entity", "action").rows().remove(0);
    assert_eq!(now["description"].as_str(), Some(described.replace("le lieu", "la place").as_str()));
    assert_eq!(now["reasons"].as_str(), Some(reasons));
}

#[test]
fn a_form_of_another_demarche_is_refused_and_an_adopted_plan_takes_none_without_an_amendment() {
    let folder = tempfile::tempdir().unwrap();
    let file = drafted(folder.path());
    let action = moisson!("dump", &file, "--entity", "action").rows().remove(0);
    let (id, reasons) = (action["id"].as_str().unwrap().to_owned(), action["reasons"].as_str().unwrap().to_owned());
    let out = folder.path().join("out");
    let sent = moisson!("export", &file, "form", "--of", &id, "-o", &out, "--json").json();
    let sent = PathBuf::from(sent["files"][0]["path"].as_str().unwrap());
    let filled = typed_over(&sent, &reasons, "Autre chose.");

    let other = folder.path().join("autre.moisson");
    moisson!("new", &other, "--template", "blank").done();
    let refused = moisson!("import", &other, "form", &filled);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("autre démarche"), "{}", refused.stderr);

    moisson!("plan", &file, "adopt", "--label", "V1").done();
    let refused = moisson!("import", &file, "form", &filled);
    assert!(refused.code == 1 && refused.stderr.contains("amendement"), "{}", refused.stderr);
    assert_eq!(moisson!("plan", &file, "amend").code, 1, "an amendment wants its reason");
    moisson!("plan", &file, "amend", "--reason", "Comité du 15 novembre").done();
    let said = moisson!("import", &file, "form", &filled, "--json").json();
    assert_eq!(said["taken"][0]["field"], "reasons", "{said}");
    assert_eq!(moisson!("plan", &file, "check", "--json").json()["adopted"]["locked"], false);
}

/// Found by fuzzing: a column of seven letters does not fit in the number that the reader of workbooks makes of it.
#[test]
fn a_form_with_a_cell_that_no_sheet_has_is_refused_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = drafted(folder.path());
    let action = moisson!("dump", &file, "--entity", "action").rows().remove(0)["id"].as_str().unwrap().to_owned();
    let out = folder.path().join("out");
    moisson!("export", &file, "form", "--of", &action, "--format", "xlsx", "-o", &out).done();
    let odd = typed_over(&files(&out, "xlsx")[0], "r=\"A", "r=\"ZZZZZZZ");
    let before = moisson!("digest", &file).stdout;
    let refused = moisson!("import", &file, "form", &odd);
    assert!(refused.code == 1 && refused.stderr.contains("abîmé"), "{}", refused.stderr);
    assert_eq!(moisson!("digest", &file).stdout, before);
}
