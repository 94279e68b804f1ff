//! How documents look: a charter chosen by keyboard, seen beside the choice, and in what is then written.

use super::driver::App;
use crate::tools::{files, letters, pdf_text, run};
use fantoccini::key::Key;
use std::process::Command;

const FOOT: &str = "Hôtel du Département, Besançon";

#[tokio::test]
async fn a_charter_is_chosen_by_keyboard_and_every_document_wears_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let app = App::open(&file).await;

    app.press(&[Key::Control.into()], '7').await;
    app.find("[data-testid='page-documents']").await;
    app.press(&[], 'c').await;
    app.find("[data-testid='preview'] img").await;
    assert_eq!(app.count("[data-testid='charter-sober']:checked").await, 1, "the sober one, before any is chosen");
    app.focus("[data-testid='charter-sober']").await;
    app.press(&[], Key::Down.into()).await;
    app.find("[data-testid='charter-department']:checked").await;
    app.focus("[data-testid='charter-footer']").await;
    app.type_text(FOOT).await;
    app.press(&[], Key::Tab.into()).await;
    app.settled().await;
    app.picture("charte").await;

    app.focus("[role='tab'][aria-selected='true']").await;
    app.press(&[], 'c').await;
    app.click("[data-testid='write']").await;
    app.counts("[data-testid='written-file']", 2).await;
    app.close().await;

    let written = folder.path().join("documents");
    let pdf = files(&written, "pdf").remove(0);
    let fonts = run(Command::new("pdffonts").arg(&pdf)).done().stdout;
    assert!(fonts.contains("Ubuntu"), "{fonts}");
    assert!(letters(&pdf_text(&pdf)).contains(&letters(FOOT)));
    let docx = files(&written, "docx").remove(0);
    let styles = run(Command::new("unzip").arg("-p").arg(&docx).arg("word/styles.xml")).done().stdout;
    // The blue of titles, the letters, and a little smaller than the narrow ones: ten points become nine.
    for part in ["174A84", "w:ascii=\"Ubuntu\"", "<w:sz w:val=\"18\"/><w:szCs"] {
        assert!(styles.contains(part), "{part}");
    }
    let foot = run(Command::new("unzip").arg("-p").arg(&docx).arg("word/footer1.xml")).done().stdout;
    assert!(foot.contains(FOOT), "{foot}");
}
