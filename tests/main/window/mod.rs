//! The real window and the projector, driven as a facilitator would: by keyboard.

mod charter;
mod day;
mod disk;
mod driver;
mod hands;
mod journey;
mod page;
mod phones;
mod plan;
mod portable;
mod protection;
mod rehearsal;

use crate::tools::files;
use driver::{App, until};
use fantoccini::key::Key;
use std::path::{Path, PathBuf};

/// The demo as the project lead has it: every laptop's dossiers in one file.
fn merged(folder: &Path) -> PathBuf {
    let laptops = folder.join("laptops");
    moisson!("demo", &laptops, "--seed", "7").done();
    let file = files(&laptops, "moisson").remove(0);
    for dossier in files(&laptops, "dossier") {
        moisson!("merge", &file, &dossier).done();
    }
    file
}

/// The same, with a plan drafted.
fn demo(folder: &Path) -> PathBuf {
    let file = merged(folder);
    moisson!("plan", &file, "draft").done();
    file
}

/// The first atelier of a new démarche, on the room screen.
async fn in_the_room(file: &Path) -> App {
    moisson!("new", file, "--template", "spie").done();
    let app = App::open(file).await;
    app.press(&[Key::Control.into()], '3').await;
    app.focused("[data-testid='atelier']").await;
    app.press(&[], Key::Enter.into()).await;
    app
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
    let app = in_the_room(&file).await;

    // The field has the focus as soon as the room opens.
    app.focused("[data-testid='capture']").await;
    app.note("Ouvrir une navette entre la gare et la zone d’activité").await;
    app.note("Prêter des vélos à assistance électrique").await;
    app.counts("[data-testid='card']", 2).await;
    assert_eq!(app.typed("[data-testid='capture']").await, "", "the field is ready for the next one");

    // Letters are taken back one field at a time; what was noted is not.
    app.type_text("Une faute").await;
    app.press(&[Key::Control.into()], 'z').await;
    until("the letters are taken back", async || app.typed("[data-testid='capture']").await.is_empty()).await;
    app.counts("[data-testid='card']", 2).await;

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
    app.focused("[data-testid='atelier']").await;
    app.press(&[], Key::Enter.into()).await;
    app.find("[data-testid='card']").await;
    app.settled().await;
    app.picture("salle").await;

    let scenes = [
        ('1', "board", "projecteur"),
        ('3', "agenda", "projecteur-deroule"),
        ('5', "group", "projecteur-regroupement"),
        ('6', "ballot", "projecteur-resultat"),
        ('7', "join", "projecteur-telephones"),
    ];
    for (key, scene, name) in scenes {
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

#[tokio::test]
async fn the_room_votes_in_two_ways_and_sees_the_results() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    let app = in_the_room(&file).await;
    app.focused("[data-testid='capture']").await;
    for words in ["Une navette à la demande", "Des vélos en location", "Avancer l’argent du permis"] {
        app.note(words).await;
    }

    // Gommettes: V, Enter, then a digit per option; five in all on each bulletin.
    app.press(&[], Key::Down.into()).await;
    app.focused("[data-testid='card']").await;
    app.press(&[], 'v').await;
    app.focused("[data-testid='ballot-question']").await;
    app.press(&[], Key::Enter.into()).await;
    app.focused("[data-testid='enter-dots']").await;
    for bulletin in ["320", "311", "050"] {
        for digit in bulletin.chars() {
            app.press(&[], digit).await;
        }
        app.press(&[], Key::Enter.into()).await;
        app.focused("[data-testid='enter-dots']").await;
    }
    app.counts("[data-testid='bulletin']", 3).await;
    assert_eq!(app.count("[data-testid='result']").await, 0, "hidden until the vote is closed");
    app.press(&[], 'c').await;
    app.find("[data-testid='result-bars']").await;
    // 3 + 3 + 0, 2 + 1 + 5, 0 + 1 + 0 dots.
    for words in ["6 gommettes", "8 gommettes", "1 gommette"] {
        app.reads(words).await;
    }
    app.picture("voter").await;
    app.press(&[], Key::Escape.into()).await;
    app.focused("[data-testid='capture']").await;

    // Majority judgment: a grade per option, worst first on the keys.
    app.press(&[], Key::Down.into()).await;
    app.focused("[data-testid='card']").await;
    app.press(&[], 'v').await;
    app.focused("[data-testid='ballot-question']").await;
    app.press(&[Key::Alt.into()], '2').await;
    app.find("[data-testid='setting-grades']").await;
    app.press(&[], Key::Enter.into()).await;
    app.focused("[data-testid='enter-grades']").await;
    for bulletin in ["531", "541", "142"] {
        for digit in bulletin.chars() {
            app.press(&[], digit).await;
        }
        app.press(&[], Key::Enter.into()).await;
        app.focused("[data-testid='enter-grades']").await;
    }
    app.counts("[data-testid='bulletin']", 3).await;
    app.press(&[], 'c').await;
    app.find("[data-testid='merit-profile']").await;
    app.picture("voter-jugement").await;
    app.close().await;

    let ballots = moisson!("dump", &file, "--entity", "ballot").done().stdout;
    assert_eq!(ballots.lines().filter(|line| line.contains("\"closed\"")).count(), 2, "{ballots}");
    moisson!("verify", &file).done();
}

#[tokio::test]
async fn a_dossier_is_merged_its_conflict_settled_a_plan_drafted_and_published() {
    let folder = tempfile::tempdir().unwrap();
    moisson!("demo", folder.path(), "--seed", "7").done();
    let file = folder.path().join("pontarlier.moisson");
    let app = App::open(&file).await;

    app.press(&[Key::Control.into()], '4').await;
    app.find("[data-testid='merge-choose']").await;
    app.press(&[], 'o').await;
    app.choose_file("Choisir", &folder.path().join("besancon.dossier")).await;
    app.find("[data-testid='merge-report'][data-merged='false']").await;
    app.picture("fusionner-apercu").await;
    assert_eq!(app.count("[data-testid='conflict-row']").await, 0, "nothing is done before it is asked for");
    app.click("[data-testid='merge-run']").await;
    app.find("[data-testid='merge-report'][data-merged='true']").await;
    app.counts("[data-testid='conflict-row']", 1).await;
    app.press(&[], '1').await;
    app.counts("[data-testid='conflict-row']", 0).await;

    app.press(&[Key::Control.into()], '5').await;
    app.click("[data-testid='sources-list'] [data-testid='source']").await;
    app.press(&[Key::Shift.into()], Key::Down.into()).await;
    app.press(&[], 'r').await;
    app.focused("[data-testid='naming-field']").await;
    app.type_text("Se déplacer sans voiture").await;
    app.press(&[], Key::Enter.into()).await;
    app.counts("[data-testid='cluster']", 1).await;
    app.click("[data-testid='propose-plan']").await;
    app.find("[data-testid='plan-tree'] [data-testid='plan-action']").await.click().await.unwrap();
    app.find("[data-testid='action-page']").await;
    app.find("[data-testid='field-description']").await.send_keys("Une navette, matin et soir.").await.unwrap();
    app.press(&[], Key::Tab.into()).await;
    app.reads("Se déplacer sans voiture").await;
    app.picture("plan-action").await;

    app.press(&[Key::Control.into()], '7').await;
    app.find("[data-testid='page-documents']").await;
    app.reads("documents").await;
    app.click("[data-testid='write']").await;
    app.counts("[data-testid='written-file']", 2).await;
    app.picture("documents-ecrits").await;
    app.close().await;

    for format in ["pdf", "docx"] {
        assert_eq!(files(&folder.path().join("documents"), format).len(), 1, "one {format}");
    }
    let actions = moisson!("dump", &file, "--entity", "action").done().stdout;
    assert!(actions.contains("Une navette, matin et soir."), "{actions}");
    moisson!("verify", &file).done();
    assert_eq!(moisson!("conflicts", &file, "--json").done().stdout.matches("\"entity\"").count(), 0);
}

#[tokio::test]
async fn a_person_is_forgotten_a_text_taken_back_and_the_history_tells() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let people = folder.path().join("inscrits.csv");
    std::fs::write(&people, "pseudonyme;nom\nHêtre;Zoé Lefèvre\n").unwrap();
    moisson!("import", &file, "participants", &people).done();
    let lines = folder.path().join("lignes.csv");
    std::fs::write(&lines, "text\nMme Lefèvre demande un bus le soir\nUn mot de trop sur quelqu’un\n").unwrap();
    moisson!("import", &file, "proposals", &lines, "--workshop", "1").done();

    let app = App::open(&file).await;
    app.press(&[Key::Control.into()], '2').await;
    app.click("[data-testid='section-participants']").await;
    app.click("[data-testid='participants'] [role='gridcell'] button").await;
    app.click("[data-testid='forget-dialog'] [data-testid='quote']").await;
    app.picture("forget").await;
    app.click("[data-testid='forget-go']").await;
    app.find("[data-testid='forgotten']").await;
    app.press(&[], Key::Escape.into()).await;

    // The history of the other proposal, from its card, and its text taken back there.
    app.press(&[Key::Control.into()], '3').await;
    app.focused("[data-testid='atelier']").await;
    app.press(&[], Key::Enter.into()).await;
    app.focused("[data-testid='capture']").await;
    app.counts("[data-testid='card']", 2).await;
    app.reads("Mme Hêtre demande un bus le soir").await;
    app.press(&[], Key::Down.into()).await;
    app.focused("[data-testid='card']").await;
    app.press(&[], 'h').await;
    app.find("[data-testid='history']").await;
    app.reads("Un mot de trop sur quelqu’un").await;
    app.find("[data-testid='redact-open']").await;
    app.settled().await;
    app.picture("history").await;
    app.click("[data-testid='redact-open']").await;
    app.click("[data-testid='redact-go']").await;
    app.find("[data-testid='redact-done']").await;
    app.press(&[], Key::Escape.into()).await;
    app.reads("passage retiré").await;
    app.close().await;

    let bytes = std::fs::read(&file).unwrap();
    for words in ["Lefèvre", "Un mot de trop"] {
        assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words} is still in the file");
    }
    moisson!("verify", &file).done();
}

#[tokio::test]
async fn a_damaged_file_is_told_and_what_it_holds_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    moisson!("backup", &file).done();
    let mut bytes = std::fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes.truncate(half);
    std::fs::write(&file, &bytes).unwrap();
    let app = App::start(&file).await;
    app.click("[data-testid='damaged-offer']").await;
    app.find("[data-testid='damaged-dialog']").await;
    app.reads("Dernière sauvegarde").await;
    app.picture("damaged").await;
    // Where the new file goes is asked by the system's own dialog; what recovering does is tested through the command line.
    assert_eq!(app.count("[data-testid='damaged-recover']").await, 1);
    app.close().await;
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "the damaged file is left as it is");
}
