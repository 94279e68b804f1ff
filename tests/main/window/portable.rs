//! Portable mode in the real window: on a stick, nothing stays on the laptop.

use super::hands::Hands;
use crate::tools::every_file;
use std::path::PathBuf;

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
    let of_the_web_view = every_file(&kept.join("web"));
    assert!(!of_the_web_view.is_empty(), "what the web view keeps");
    assert!(every_file(&kept).len() > of_the_web_view.len(), "what the app keeps");
    assert_eq!(every_file(hands.home()), Vec::<PathBuf>::new(), "what stays on the laptop");
}
