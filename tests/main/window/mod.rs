//! The real window and the projector, driven as a facilitator would: by keyboard.

mod driver;

use crate::tools::files;
use driver::App;
use fantoccini::key::Key;
use std::path::{Path, PathBuf};

/// The demo as the project lead has it: every laptop's dossiers in one file, the plan drafted.
fn demo(folder: &Path) -> PathBuf {
    let laptops = folder.join("laptops");
    moisson!("demo", &laptops, "--seed", "7").done();
    let file = files(&laptops, "moisson").remove(0);
    for dossier in files(&laptops, "dossier") {
        moisson!("merge", &file, &dossier).done();
    }
    moisson!("plan", &file, "draft").done();
    file
}

/// The seven places, by the key that opens them.
const PLACES: [(char, &str); 7] = [
    ('1', "accueil"),
    ('2', "preparer"),
    ('3', "animer"),
    ('4', "fusionner"),
    ('5', "consolider"),
    ('6', "plan"),
    ('7', "documents"),
];

#[tokio::test]
async fn every_place_opens_by_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&demo(folder.path())).await;
    for (key, place) in PLACES {
        app.press(&[Key::Control.into()], key).await;
        app.find(&format!("main[data-place='{place}']")).await;
        app.settled().await;
        assert_eq!(app.count("main [data-testid='error']").await, 0, "{place}: {}", app.text().await);
        app.picture(place).await;
    }
    app.close().await;
}

#[tokio::test]
async fn ctrl_k_finds_a_command_and_goes_there() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&demo(folder.path())).await;
    app.press(&[Key::Control.into()], 'k').await;
    app.focused("[data-testid='palette-input']").await;
    app.type_text("consolider").await;
    app.find("[data-testid='palette-line'][aria-selected='true']").await;
    app.picture("palette").await;
    app.press(&[], Key::Enter.into()).await;
    app.find("main[data-place='consolider']").await;
    app.close().await;
}

#[tokio::test]
async fn what_is_typed_and_grouped_reaches_the_projector_and_unfinished_typing_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let app = App::open(&file).await;
    app.press(&[Key::Control.into()], '3').await;
    app.find("[data-testid='atelier']").await.send_keys(&Key::Enter.to_string()).await.unwrap();

    // The field has the focus as soon as the room opens.
    app.focused("[data-testid='capture']").await;
    app.note("Ouvrir une navette entre la gare et la zone d’activité").await;
    app.note("Prêter des vélos à assistance électrique").await;
    app.counts("[data-testid='card']", 2).await;
    assert_eq!(app.typed("[data-testid='capture']").await, "", "the field is ready for the next one");

    // From the empty field down to the board, then G: the card under the focus gets a group of its own.
    app.press(&[], Key::Down.into()).await;
    app.focused("[data-testid='card']").await;
    app.press(&[], 'g').await;
    app.focused("[data-testid='naming-field']").await;
    app.type_text("Se déplacer").await;
    app.press(&[], Key::Enter.into()).await;
    app.counts("[data-testid='column']", 1).await;

    app.press(&[], 'p').await;
    app.find("[data-testid='project-menu']").await;
    app.press(&[], '1').await;
    app.turn_to_projector().await;
    app.find("[data-testid='projector'][data-scene='board']").await;
    for words in ["Ouvrir une navette", "Prêter des vélos", "Se déplacer"] {
        app.reads(words).await;
    }

    app.turn_to_main().await;
    app.press(&[], 'n').await;
    app.focused("[data-testid='capture']").await;
    app.note("Avancer l’argent du permis").await;
    app.type_text("Une idée que personne n’a fini de").await;
    app.turn_to_projector().await;
    // What was noted before the unfinished words is there, so those would be too if they were sent.
    app.reads("Avancer l’argent du permis").await;
    assert!(!app.text().await.contains("fini de"), "the room never reads unfinished typing");

    app.turn_to_main().await;
    assert!(app.typed("[data-testid='capture']").await.contains("fini de"));
    app.press(&[], Key::Escape.into()).await;
    app.press(&[Key::Control.into()], 'z').await;
    app.counts("[data-testid='card']", 2).await;
    app.close().await;

    let kept = moisson!("dump", &file, "--entity", "proposal").done().stdout;
    assert!(kept.contains("Ouvrir une navette") && kept.contains("Prêter des vélos"), "{kept}");
    assert!(!kept.contains("permis"), "undone: {kept}");
    assert!(!kept.contains("fini de"), "never noted: {kept}");
    moisson!("verify", &file).done();
}

#[tokio::test]
async fn the_room_screen_and_the_wall_show_an_atelier_of_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&demo(folder.path())).await;
    app.press(&[Key::Control.into()], '3').await;
    app.find("[data-testid='atelier']").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    app.find("[data-testid='card']").await;
    app.settled().await;
    app.picture("salle").await;

    for (key, scene, name) in [('1', "board", "projecteur"), ('3', "ballot", "projecteur-resultat")] {
        app.press(&[], Key::Escape.into()).await;
        app.press(&[], 'p').await;
        app.find("[data-testid='project-menu']").await;
        app.press(&[], key).await;
        app.turn_to_projector().await;
        app.find(&format!("[data-testid='projector'][data-scene='{scene}']")).await;
        app.resize(1920, 1080).await;
        app.picture(name).await;
        app.turn_to_main().await;
    }
    app.close().await;
}
