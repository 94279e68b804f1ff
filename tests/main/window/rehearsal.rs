//! The day before: an atelier is rehearsed in the real window, and the démarche knows nothing of it.

use super::{driver::until, in_the_room};
use fantoccini::key::Key;

#[tokio::test]
async fn an_atelier_is_rehearsed_with_pretend_participants_and_nothing_of_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    let app = in_the_room(&file).await;
    app.focused("[data-testid='capture']").await;
    app.note("Ce que quelqu’un a vraiment dit").await;
    app.press(&[], Key::Escape.into()).await;

    app.press(&[Key::Shift.into()], 'e').await;
    app.focused("[data-testid='rehearsal-people']").await;
    app.press(&[Key::Control.into()], 'a').await;
    app.type_text("60").await;
    app.press(&[], Key::Enter.into()).await;
    app.find("[data-testid='rehearsal-bar']").await;
    app.reads("Répétition avec 60 participants fictifs").await;
    app.reads("Ce que quelqu’un a vraiment dit").await;
    until("pretend participants propose", async || app.count("[data-testid='card']").await > 6).await;
    app.picture("repetition").await;

    app.press(&[], Key::Escape.into()).await;
    app.press(&[], 'p').await;
    app.find("[data-testid='project-menu']").await;
    app.press(&[], '1').await;
    app.turn_to_projector().await;
    app.find("[data-testid='projector'][data-scene='board']").await;
    app.find("[data-testid='wall-rehearsal']").await;
    app.picture("repetition-mur").await;

    // Held, they say nothing more; at the end the board is as it was.
    app.turn_to_main().await;
    app.press(&[Key::Alt.into()], 'e').await;
    app.reads("Les participants fictifs attendent.").await;
    app.press(&[Key::Control.into(), Key::Shift.into()], 'e').await;
    app.counts("[data-testid='rehearsal-bar']", 0).await;
    app.counts("[data-testid='card']", 1).await;
    app.close().await;

    let kept = moisson!("dump", &file, "--entity", "proposal").rows();
    assert_eq!(kept.len(), 1, "{kept:?}");
    moisson!("verify", &file).done();
}
