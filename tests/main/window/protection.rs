//! A démarche put under a passphrase in the real window, and opened again with it.

use super::{
    driver::{App, Tree},
    in_the_room,
};
use fantoccini::key::Key;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

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

/// A session bus of its own, and the keychain of a desktop on it, unlocked.
struct Keychain {
    address: String,
    _daemon: Tree,
    _bus: Tree,
    _folder: tempfile::TempDir,
}

impl Keychain {
    /// None where the programs are not installed, which is said.
    fn start() -> Option<Self> {
        if Command::new("gnome-keyring-daemon").arg("--version").output().is_err() {
            eprintln!("SKIPPED: gnome-keyring is not installed (script/test does it)");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut bus = Command::new("dbus-daemon");
        let mut bus = Tree::start(
            bus.args(["--session", "--nofork", "--print-address"]).stdin(Stdio::piped()).stdout(Stdio::piped()),
        );
        let mut address = String::new();
        BufReader::new(bus.pipes().1).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let mut daemon = Command::new("gnome-keyring-daemon");
        let mut daemon = Tree::start(
            daemon
                .args(["--foreground", "--unlock", "--components=secrets"])
                .env("DBUS_SESSION_BUS_ADDRESS", &address)
                .env("XDG_RUNTIME_DIR", folder.path())
                .env("XDG_DATA_HOME", folder.path())
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let (mut words, said) = daemon.pipes();
        words.write_all(b"le mot de la session").unwrap();
        drop(words);
        // It tells where it listens once it is ready.
        BufReader::new(said).read_line(&mut String::new()).unwrap();
        Some(Self { address, _daemon: daemon, _bus: bus, _folder: folder })
    }
}

#[tokio::test]
async fn the_systems_keychain_remembers_the_passphrase_until_it_is_told_to_forget() {
    let Some(keychain) = Keychain::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let start = async || App::start_on(Some(&keychain.address), &file).await;
    let app = start().await;
    app.find("main[data-place='accueil']").await;
    app.press(&[Key::Control.into(), Key::Shift.into()], 'b').await;
    app.focus("[data-testid='protect-passphrase']").await;
    app.type_text(WORDS).await;
    app.focus("[data-testid='protect-again']").await;
    app.type_text(WORDS).await;
    app.click("[data-testid='protect-keep']").await;
    app.click("[data-testid='protect-go']").await;
    app.find("[data-testid='protection-forget']").await;
    app.picture("phrase-secrete-retenue").await;
    app.close().await;
    assert_eq!(moisson!("info", &file).code, 1, "it is protected");

    let app = start().await;
    app.find("main[data-place='accueil']").await;
    app.press(&[Key::Control.into(), Key::Shift.into()], 'b').await;
    app.click("[data-testid='protection-forget']").await;
    app.counts("[data-testid='protection-forget']", 0).await;
    app.close().await;

    let app = start().await;
    app.find("[data-testid='unlock-passphrase']").await;
    app.close().await;
}
