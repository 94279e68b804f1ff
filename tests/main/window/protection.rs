//! A démarche put under a passphrase in the real window, and opened again with it.

use super::{driver::App, in_the_room};
use fantoccini::key::Key;
use std::path::Path;

const WORDS: &str = "bruyère onze wagon lent";

fn tells(file: &Path, words: &str) -> bool {
    std::fs::read(file).unwrap().windows(words.len()).any(|window| window == words.as_bytes())
}

#[tokio::test]
async fn a_demarche_is_put_under_a_passphrase_and_opens_with_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    let app = in_the_room(&file).await;
    app.focused("[data-testid='capture']").await;
    app.note("Ouvrir une navette vers Pontarlier").await;
    app.press(&[Key::Control.into(), Key::Shift.into()], 'b').await;
    app.focus("[data-testid='protect-passphrase']").await;
    app.type_text(WORDS).await;
    app.focus("[data-testid='protect-again']").await;
    app.type_text(WORDS).await;
    app.picture("phrase-secrete").await;
    app.press(&[], Key::Enter.into()).await;
    app.find("[data-testid='protection-report']").await;
    app.find("[data-testid='unprotect']").await;
    app.picture("phrase-secrete-donnee").await;
    // Work goes on in the file that was just written anew.
    app.press(&[], Key::Escape.into()).await;
    app.reads("Ouvrir une navette vers Pontarlier").await;
    app.press(&[], 'n').await;
    app.focused("[data-testid='capture']").await;
    app.note("Un guichet à Ornans").await;
    app.close().await;
    assert!(!tells(&file, "Pontarlier") && !tells(&file, "Ornans"));

    let app = App::start(&file).await;
    app.focus("[data-testid='unlock-passphrase']").await;
    app.type_text("une autre phrase").await;
    app.press(&[], Key::Enter.into()).await;
    app.reads("ne s’ouvre pas avec cette phrase secrète").await;
    app.picture("phrase-secrete-fausse").await;
    app.focus("[data-testid='unlock-passphrase']").await;
    app.press(&[Key::Control.into()], 'a').await;
    app.type_text(WORDS).await;
    app.press(&[], Key::Enter.into()).await;
    app.find("main[data-place='accueil']").await;
    app.settled().await;
    // Taken away, it opens again for everyone.
    app.press(&[Key::Control.into(), Key::Shift.into()], 'b').await;
    app.click("[data-testid='unprotect']").await;
    app.counts("[data-testid='unprotect']", 0).await;
    app.close().await;
    let kept = moisson!("dump", &file, "--entity", "proposal").done().stdout;
    assert!(kept.contains("Pontarlier") && kept.contains("Ornans"), "{kept}");
    moisson!("verify", &file).done();
}
