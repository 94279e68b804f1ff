//! A page that ends before the window does: killed, or let go of after long typing.

use super::driver::until;
use super::hands::Hands;
use std::process::Command;

/// The room of the first atelier of a new démarche, its capture line awaiting words.
async fn in_a_room(file: &std::path::Path) -> Hands {
    moisson!("new", file, "--template", "spie").done();
    let hands = Hands::on(file, &[]).await;
    hands.press("ctrl+3").await;
    hands.pause(2).await;
    hands.press("Return").await;
    hands.pause(2).await;
    hands
}

/// Waits until another process shows the page than that one.
async fn another_than(hands: &Hands, last: &str) {
    until("the page begins again", async || hands.page().is_some_and(|page| page != last)).await;
    hands.pause(5).await;
}

#[tokio::test]
async fn a_page_that_is_killed_comes_back_where_it_was_with_what_was_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    let hands = in_a_room(&file).await;
    hands.types("Un car de nuit le samedi");
    hands.pause(1).await;
    let page = hands.page().unwrap();
    assert!(Command::new("kill").args(["-KILL", &page]).status().unwrap().success());
    another_than(&hands, &page).await;
    hands.press("Return").await;
    hands.holds("proposal", 1).await;
    let info = moisson!("search", &file, "car de nuit le samedi", "--json").json();
    assert!(info.to_string().contains("Un car de nuit le samedi"), "{info}");
}

#[tokio::test]
async fn a_page_worn_by_typing_begins_anew_where_one_goes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    let hands = in_a_room(&file).await;
    let page = hands.page().unwrap();
    // Another place alone is no reason.
    hands.press("ctrl+1").await;
    hands.press("ctrl+3").await;
    hands.pause(6).await;
    assert_eq!(hands.page().as_deref(), Some(page.as_str()));
    hands.press("Return").await;
    hands.pause(2).await;
    const LINES: usize = 60;
    for line in 0..LINES {
        hands.types(&format!("{line} un arret de car devant la mission locale"));
        hands.press("Return").await;
        hands.holds("proposal", line + 1).await;
    }
    hands.types("une ligne qui attend");
    assert_eq!(hands.page().as_deref(), Some(page.as_str()));
    hands.press("ctrl+1").await;
    another_than(&hands, &page).await;
    // Back in the room, the line is as it was left.
    hands.press("ctrl+3").await;
    hands.pause(2).await;
    hands.press("Return").await;
    hands.pause(2).await;
    hands.press("Return").await;
    hands.holds("proposal", LINES + 1).await;
}
