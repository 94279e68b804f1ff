//! The disk of the démarche fills up under the real window: what is typed stays, and the démarche goes on elsewhere.

use super::driver::until;
use fantoccini::key::Key;
use std::{fs, io::Write, path::Path, process::Command};

/// A disk of three megabytes, for as long as it lives; none where this machine lets nobody mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let disk = Self(tempfile::tempdir().unwrap());
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "moisson"]).arg(disk.0.path()).status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(disk);
        }
        eprintln!("SKIPPED: no disk may be mounted here");
        None
    }

    /// Leaves no room on it.
    fn fill(&self) {
        let mut rest = fs::File::create(self.0.path().join("reste")).unwrap();
        while rest.write_all(&[0; 4096]).is_ok() {}
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["--lazy"]).arg(self.0.path()).status();
    }
}

fn texts(file: &Path) -> Vec<String> {
    let rows = moisson!("dump", file, "--entity", "proposal").rows();
    rows.iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_disk_that_is_full_is_told_keeps_what_is_typed_and_the_demarche_goes_on_elsewhere() {
    let Some(disk) = SmallDisk::mount() else { return };
    let file = disk.0.path().join("spie.moisson");
    let elsewhere = tempfile::tempdir().unwrap();
    let app = super::in_the_room(&file).await;
    app.focused("[data-testid='capture']").await;
    app.note("Notée tant qu’il y avait de la place").await;
    disk.fill();
    // The log of the database has room of its own for a while: until it, too, is full.
    let words = "Une phrase assez longue pour que le disque finisse par ne plus la prendre, dite et redite";
    let mut kept = 1;
    while app.count("[data-testid='elsewhere-offer']").await == 0 {
        app.type_text(&format!("{words} {kept}")).await;
        app.press(&[], Key::Enter.into()).await;
        app.told(&format!("{words} {kept}"), "[data-testid='elsewhere-offer']").await;
        kept += 1;
    }
    let last = format!("{words} {}", kept - 1);
    until("what could not be noted is in the line again", async || app.typed("[data-testid='capture']").await == last)
        .await;
    app.reads("plus de place").await;
    app.picture("disque-plein").await;

    app.click("[data-testid='elsewhere-offer']").await;
    let there = elsewhere.path().join("spie.moisson");
    app.choose_file("Où continuer", &there).await;
    app.reads("La démarche continue dans").await;
    app.focus("[data-testid='capture']").await;
    until("it followed", async || app.typed("[data-testid='capture']").await == last).await;
    app.press(&[], Key::Enter.into()).await;
    app.counts("[data-testid='card']", kept).await;
    app.picture("disque-ailleurs").await;
    app.close().await;
    let all = texts(&there);
    assert_eq!(all.len(), kept);
    assert!(all.contains(&last));
    moisson!("verify", &there).done();
    // What the full disk holds is as it was shown to be kept.
    assert_eq!(texts(&file).len(), kept - 1);
}
