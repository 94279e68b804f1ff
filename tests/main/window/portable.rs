//! Portable mode in the real window: on a stick, nothing stays on the laptop.

use super::hands::Hands;
use std::{fs, path::Path};

/// Every file under a folder.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries
        .flat_map(
            |entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path().display().to_string()] },
        )
        .collect()
}

#[tokio::test]
async fn on_a_stick_nothing_stays_on_the_laptop() {
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let hands = Hands::on(&file, &["--portable"]).await;
    hands.press("ctrl+3").await;
    hands.pause(1).await;
    hands.press("Return").await;
    hands.pause(1).await;
    hands.types("Un car de nuit le samedi");
    hands.press("Return").await;
    hands.holds("proposal", 1).await;
    let kept = stick.path().join("moisson-portable");
    assert!(!files(&kept.join("web")).is_empty(), "what the web view keeps");
    assert!(files(&kept).len() > files(&kept.join("web")).len(), "what the app keeps: {:?}", files(&kept));
    assert_eq!(files(hands.home()), Vec::<String>::new(), "what stays on the laptop");
}
