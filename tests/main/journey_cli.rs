//! A whole day's work through the command line.
//!
//! ```text
//! base ──copy──▶ Pontarlier ── 1,000 proposals, ten ateliers ──▶ dossier ─┐ ┌─▶ merged into Besançon
//!    └───copy──▶ Besançon ──── 1,000 others, the same ateliers ─▶ dossier ─┴─┴─▶ merged into Pontarlier
//! ```

use crate::tools::{docx_text, files, letters, pages, pdf_facts, pdf_text, proposals, through_libreoffice};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const STATEMENT: &str =
    "Financé par le Fonds social européen dans le cadre de la réponse de l’Union à la pandémie de COVID-19";
const ATELIERS: usize = 10;

/// Imports the proposals into ten ateliers of the file, a table of equal length for each.
fn import_into_ateliers(file: &Path, texts: &[String], folder: &Path) {
    let ateliers = moisson!("dump", file, "--entity", "workshop").rows();
    assert!(ateliers.len() >= ATELIERS, "the template has {} ateliers", ateliers.len());
    for (n, (part, atelier)) in texts.chunks(texts.len() / ATELIERS).zip(&ateliers).enumerate() {
        let table = folder.join(format!("atelier-{n}.csv"));
        let rows: Vec<String> =
            part.iter().enumerate().map(|(i, text)| format!("{n}-{i},\"{}\"", text.replace('"', "\"\""))).collect();
        std::fs::write(&table, format!("id,text\n{}\n", rows.join("\n"))).unwrap();
        let id = atelier["id"].as_str().unwrap();
        let report = moisson!("import", file, "proposals", &table, "--workshop", id, "--json").json();
        assert_eq!(report["created"], part.len(), "{report}");
        if n == 0 {
            let again = moisson!("import", file, "proposals", &table, "--workshop", id, "--json").json();
            assert_eq!(again["created"], 0, "a second import of the same table creates nothing: {again}");
        }
    }
}

fn texts_of(file: &Path) -> BTreeSet<String> {
    let rows = moisson!("dump", file, "--entity", "proposal").rows();
    rows.iter().map(|row| letters(row["text"].as_str().unwrap())).collect()
}

fn digest(file: &Path) -> String {
    let digest = moisson!("digest", file).line();
    assert!(digest.len() == 64 && digest.chars().all(|c| c.is_ascii_hexdigit()), "{digest}");
    digest
}

fn exported(folder: &Path, extension: &str) -> PathBuf {
    let mut found = files(folder, extension);
    assert_eq!(found.len(), 1, "one .{extension} is expected in {}", folder.display());
    found.remove(0)
}

#[test]
fn two_laptops_with_a_thousand_proposals_each_end_with_the_same_file_and_publish_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let texts = proposals(2000);
    assert_eq!(texts.len(), 2000);

    let base = at("base.moisson");
    moisson!("new", &base, "--template", "spie", "--title", "SPIE du Doubs", "--replica", "Base").done();
    let (pontarlier, besancon) = (at("pontarlier.moisson"), at("besancon.moisson"));
    for laptop in [&pontarlier, &besancon] {
        std::fs::copy(&base, laptop).unwrap();
    }
    import_into_ateliers(&pontarlier, &texts[..1000], folder.path());
    import_into_ateliers(&besancon, &texts[1000..], folder.path());

    let (from_pontarlier, from_besancon) = (at("pontarlier.dossier"), at("besancon.dossier"));
    moisson!("bundle", &pontarlier, "-o", &from_pontarlier).done();
    moisson!("bundle", &besancon, "-o", &from_besancon).done();

    let before = digest(&pontarlier);
    let preview = moisson!("merge", &pontarlier, &from_besancon, "--dry-run", "--json").json();
    assert_eq!(preview["entities"]["proposal"]["created"], 1000, "{preview}");
    assert_eq!(digest(&pontarlier), before, "a preview changes nothing");

    let merged = moisson!("merge", &pontarlier, &from_besancon, "--json").json();
    assert_eq!(merged["changes_new"], preview["changes_new"], "the merge does what the preview said");
    assert_eq!(merged["entities"], preview["entities"]);
    moisson!("merge", &besancon, &from_pontarlier).done();
    assert_eq!(digest(&pontarlier), digest(&besancon), "merged both ways, the two laptops show the same");

    let again = moisson!("merge", &besancon, &from_pontarlier, &from_besancon, "--json").json();
    assert_eq!(again["changes_new"], 0, "what is there is not taken twice: {again}");
    for laptop in [&base, &pontarlier, &besancon] {
        moisson!("verify", laptop).done();
    }
    let kept = texts_of(&besancon);
    let lost: Vec<&String> = texts.iter().filter(|text| !kept.contains(&letters(text))).collect();
    assert!(lost.is_empty(), "{} texts lost, the first: {:?}", lost.len(), lost[0]);

    moisson!("plan", &besancon, "draft").done();
    moisson!("verify", &besancon).done();
    let out = at("documents");
    moisson!("export", &besancon, "plan", "--format", "pdf,docx,md,json", "-o", &out).done();
    let (pdf, docx) = (exported(&out, "pdf"), exported(&out, "docx"));
    assert_eq!(pdf_facts(&pdf)["Tagged"], "yes");
    assert!(letters(&pdf_text(&pdf)).contains(&letters(STATEMENT)));
    assert!(pages(&through_libreoffice(&docx, folder.path())) > 10, "the annex alone has 2,000 proposals");
    for (name, text) in [("docx", docx_text(&docx)), ("md", std::fs::read_to_string(exported(&out, "md")).unwrap())] {
        let published = letters(&text);
        let untraced: Vec<&String> = texts.iter().filter(|text| !published.contains(&letters(text))).collect();
        assert!(untraced.is_empty(), "{name}: {} proposals are not in the annex: {:?}", untraced.len(), untraced[0]);
    }
}

#[test]
fn the_demo_becomes_a_plan_and_minutes_that_other_software_opens() {
    let folder = tempfile::tempdir().unwrap();
    let laptops = folder.path().join("laptops");
    moisson!("demo", &laptops, "--seed", "7").done();
    let demarches = files(&laptops, "moisson");
    let dossiers = files(&laptops, "dossier");
    assert!(demarches.len() >= 3 && dossiers.len() >= 3, "{demarches:?} {dossiers:?}");

    let one = folder.path().join("consolide.moisson");
    std::fs::copy(&demarches[0], &one).unwrap();
    for dossier in &dossiers {
        moisson!("merge", &one, dossier).done();
    }
    moisson!("verify", &one).done();
    let said = moisson!("dump", &one, "--entity", "proposal").rows();
    assert!(said.len() >= 300, "the demo has {} proposals", said.len());
    let ateliers = moisson!("dump", &one, "--entity", "workshop").rows();
    assert_eq!(ateliers.len(), 15);
    assert!(!moisson!("conflicts", &one, "--json").done().stdout.trim().is_empty());

    moisson!("plan", &one, "draft").done();
    let actions = moisson!("dump", &one, "--entity", "action").rows();
    assert!(!actions.is_empty(), "the demo's rapprochements become actions");
    moisson!("plan", &one, "check").done();

    let out = folder.path().join("plan");
    let report = moisson!("export", &one, "plan", "--format", "pdf,docx,md,json", "-o", &out, "--json").json();
    assert_eq!(report["files"].as_array().unwrap().len(), 4, "{report}");
    let (pdf, docx) = (exported(&out, "pdf"), exported(&out, "docx"));
    let facts = pdf_facts(&pdf);
    assert_eq!(facts["Tagged"], "yes");
    assert!(!facts["Title"].is_empty());
    assert_each_action_is_one_page("pdf", &pdf_text(&pdf), actions.len());
    let in_pdf = letters(&pdf_text(&pdf));
    let as_shown = pdf_text(&through_libreoffice(&docx, folder.path()));
    assert_each_action_is_one_page("docx", &as_shown, actions.len());
    let in_office = letters(&as_shown);
    assert!(in_pdf.contains(&letters(STATEMENT)) && in_office.contains(&letters(STATEMENT)));
    for action in &actions {
        let title = letters(action["title"].as_str().unwrap());
        assert!(in_pdf.contains(&title), "not in the PDF: {action}");
        assert!(in_office.contains(&title), "not in the DOCX as LibreOffice shows it: {action}");
    }
    let json: Value = serde_json::from_str(&std::fs::read_to_string(exported(&out, "json")).unwrap()).unwrap();
    assert!(json.is_object());

    let busiest = ateliers.iter().max_by_key(|a| said.iter().filter(|p| p["workshop"] == a["id"]).count()).unwrap();
    let minutes = folder.path().join("minutes");
    let id = busiest["id"].as_str().unwrap();
    moisson!("export", &one, "minutes", "--workshop", id, "--format", "pdf,docx,md,json", "-o", &minutes).done();
    let in_minutes = letters(&std::fs::read_to_string(exported(&minutes, "md")).unwrap());
    for proposal in said.iter().filter(|p| p["workshop"] == busiest["id"]) {
        assert!(in_minutes.contains(&letters(proposal["text"].as_str().unwrap())), "not in the minutes: {proposal}");
    }
    assert_eq!(pdf_facts(&exported(&minutes, "pdf"))["Tagged"], "yes");
    through_libreoffice(&exported(&minutes, "docx"), &minutes);

    for (document, format) in [("plan", "odt"), ("tracking", "xlsx"), ("slides", "pptx"), ("annex", "xlsx")] {
        let out = folder.path().join(format!("{document}-{format}"));
        moisson!("export", &one, document, "--format", format, "-o", &out).done();
        let opened = pdf_text(&through_libreoffice(&exported(&out, format), &out));
        if format == "odt" {
            assert_each_action_is_one_page("odt", &opened, actions.len());
        }
        let opened = letters(&opened);
        // Word by word: beside other cells, the lines of one are not read in a row.
        let seen = if document == "annex" { &said[0]["text"] } else { &actions[0]["title"] };
        let lacking = seen.as_str().unwrap().split_whitespace().find(|word| !opened.contains(&letters(word)));
        assert!(lacking.is_none(), "{document}.{format}, as LibreOffice shows it, lacks {lacking:?} of {seen}");
    }
    for document in ["attendance", "cards"] {
        let out = folder.path().join(document);
        moisson!("export", &one, document, "--workshop", id, "-o", &out).done();
        assert_eq!(pdf_facts(&exported(&out, "pdf"))["Tagged"], "yes");
    }
    let none = folder.path().join("none");
    let refused = moisson!("export", &one, "cards", "--format", "xlsx", "-o", &none);
    assert_eq!(refused.code, 1);
    let sentence = refused.stderr;
    assert!(sentence.contains("xlsx") && sentence.contains("pdf"), "{sentence}");
}

/// The fiches of the demo have room on a page: each has its first and last part there, and none runs on.
fn assert_each_action_is_one_page(format: &str, text: &str, actions: usize) {
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let (first, last) = ("Pourquoi", "D’où vient cette action");
    let whole = pages.iter().filter(|page| page.contains(first) && page.contains(last)).count();
    assert_eq!(whole, actions, "{format}: fiches that have both ends on their page");
    let runs_on = |page: &&&str| {
        let start = page.trim_start();
        ["•", "… et", "Propositions /", "Besançon", "Montbéliard", "Pontarlier"]
            .iter()
            .any(|word| start.starts_with(word))
    };
    assert_eq!(pages.iter().find(runs_on), None, "{format}: a page begins with what a fiche had no room for");
}

#[test]
fn the_same_seed_and_time_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let exports = ["one", "two"].map(|name| {
        let laptops = folder.path().join(name);
        moisson!("demo", &laptops, "--seed", "11", "--now", "2022-07-08T17:00:00+02:00").done();
        let file = files(&laptops, "moisson").remove(0);
        moisson!("plan", &file, "draft", "--seed", "11", "--now", "2022-09-01T09:00:00+02:00").done();
        let out = laptops.join("documents");
        let now = "2022-09-15T09:00:00+02:00";
        moisson!("export", &file, "plan", "--format", "pdf,docx,md,json", "--now", now, "-o", &out).done();
        (digest(&file), ["pdf", "docx", "md", "json"].map(|format| std::fs::read(exported(&out, format)).unwrap()))
    });
    let [(digest_one, files_one), (digest_two, files_two)] = exports;
    assert_eq!(digest_one, digest_two);
    // Not assert_eq: a difference of megabytes is not to be printed.
    assert!(files_one == files_two, "the documents differ");
}

#[test]
fn a_vote_by_each_method_is_counted_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let options = json!([{"id": "navette", "label": "Navette"}, {"id": "permis", "label": "Aide au permis"}]);
    let cases = [
        ("hands", json!([{"counts": {"navette": 9, "permis": 4}}, {"counts": {"permis": 8}}]), "permis"),
        ("dots", json!([{"points": {"navette": 3}}, {"points": {"navette": 1, "permis": 2}}]), "navette"),
        ("approval", json!([{"weight": 14, "approve": ["navette"]}, {"approve": ["navette", "permis"]}]), "navette"),
        (
            "majority-judgment",
            json!([{"grades": {"navette": 2, "permis": 5}}, {"grades": {"navette": 6, "permis": 4}},
                   {"grades": {"navette": 1, "permis": 5}}]),
            "permis",
        ),
    ];
    for (method, ballots, winner) in cases {
        let input = folder.path().join(format!("{method}.json"));
        std::fs::write(&input, json!({"options": options, "ballots": ballots, "settings": {}}).to_string()).unwrap();
        let outcome = moisson!("tally", "--method", method, &input, "--json").json();
        assert_eq!(outcome["winners"], json!([winner]), "{method}: {outcome}");
        assert_eq!(outcome["ranking"][0], json!([winner]), "{method}: {outcome}");
        assert_eq!(outcome["invalid"], 0, "{method}: {outcome}");
    }
}

#[test]
fn the_running_sheet_of_an_atelier_is_printed_with_its_hours_words_and_plan_b() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spie.moisson");
    moisson!("new", &file, "--template", "spie").done();
    let out = folder.path().join("deroule");
    let atelier = moisson!("dump", &file, "--entity", "workshop").rows().remove(0);
    let id = atelier["id"].as_str().unwrap();
    moisson!("export", &file, "agenda", "--workshop", id, "--format", "pdf,docx,md", "-o", &out).done();
    let pdf = exported(&out, "pdf");
    assert_eq!(pdf_facts(&pdf)["Tagged"], "yes");
    let docx = exported(&out, "docx");
    assert!(pages(&through_libreoffice(&docx, folder.path())) >= 2);
    let md = std::fs::read_to_string(exported(&out, "md")).unwrap();
    let start = atelier["starts_at"].as_str().unwrap();
    for (name, text) in [("pdf", pdf_text(&pdf)), ("docx", docx_text(&docx)), ("md", md)] {
        let said = letters(&text);
        for words in
            [start, "Vous avez cinq gommettes", "À apporter", "Plan B", "Continuer sur papier", "Saisir plus tard"]
        {
            assert!(said.contains(&letters(words)), "{name}: {words} is missing");
        }
        assert!(said.contains(&letters(STATEMENT)), "{name}: the funder's statement is on every document");
    }
    // Without naming one, every atelier that has a déroulé.
    let all = folder.path().join("tous");
    let report = moisson!("export", &file, "agenda", "--format", "md", "-o", &all, "--json").json();
    assert_eq!(report["files"].as_array().unwrap().len(), files(&all, "md").len());
    assert!(files(&all, "md").len() > 1);
}
