//! The project lead's summer: from merged dossiers to an adopted plan, and an answer to everyone.

use super::{driver::App, merged};
use fantoccini::key::Key;

#[tokio::test]
async fn merged_dossiers_become_an_adopted_plan_and_every_step_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = merged(folder.path());
    let app = App::open(&file).await;

    // What says the same: two pairs put together, one judged different, by one key each.
    app.press(&[Key::Control.into()], '5').await;
    app.find("[data-testid='heatmap']").await;
    app.picture("consolider-propositions").await;
    app.press(&[], 's').await;
    app.find("[data-testid='pair']").await;
    app.settled().await;
    app.picture("semblables").await;
    for key in [Key::Enter.into(), 'x', Key::Enter.into()] {
        app.press(&[], key).await;
        app.settled().await;
    }

    // The committee: one retained, one set aside for the first reason of its list, large for the wall.
    app.press(&[], 'd').await;
    app.find("[data-testid='arbitration-row']").await;
    app.press(&[], '1').await;
    app.find("[data-testid='decisions']").await;
    app.picture("arbitrage").await;
    app.press(&[], 'e').await;
    app.find("[data-testid='meeting-page']").await;
    app.press(&[], Key::Right.into()).await;
    app.press(&[], '4').await;
    app.focused("[data-testid='decision-why']").await;
    app.picture("seance").await;
    app.type_text("1").await;
    app.press(&[], Key::Enter.into()).await;
    app.counts("[data-testid='decision-why']", 0).await;
    app.press(&[], Key::Escape.into()).await;
    app.counts("[data-testid='meeting-page']", 0).await;

    // The plan: drafted, checked, seen in time and money, adopted.
    app.press(&[Key::Control.into()], '6').await;
    app.click("[data-testid='draft-plan']").await;
    app.find("[data-testid='plan-action']").await;
    for (key, page, picture) in [
        ('v', "checks", "plan-verifier"),
        ('c', "calendar", "plan-calendrier"),
        ('b', "budget", "plan-budget"),
        ('s', "follow", "plan-suivi"),
        ('h', "versions", "plan-versions"),
    ] {
        app.press(&[], key).await;
        app.find(&format!("[data-testid='{page}']")).await;
        app.settled().await;
        app.picture(picture).await;
    }
    app.click("[data-testid='adopt']").await;
    app.find("[data-testid='version']").await;

    // What became of what was said.
    app.press(&[Key::Control.into()], '5').await;
    app.find("[data-testid='heatmap']").await;
    app.press(&[], 'o').await;
    app.find("[data-testid='outcome-row']").await;
    app.settled().await;
    app.picture("suites").await;
    app.click("[data-testid='to-leaflet']").await;
    app.find("[data-testid='leaflet'] li").await;
    app.picture("suites-atelier").await;
    app.close().await;

    let rows = |entity: &str| moisson!("dump", &file, "--entity", entity).rows();
    assert_eq!(rows("distinct").len(), 1, "what was judged different is kept");
    assert_eq!(rows("plan_version").len(), 1);
    assert_eq!(rows("decision").len(), 2);
    moisson!("verify", &file).done();
}
