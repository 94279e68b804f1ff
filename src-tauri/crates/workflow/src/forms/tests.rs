#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it should be"
)]

use crate::{EntityId, Failure, Field, Fields, FormProblem, Format, Kind, Session, testing::room, views::*};
use moisson_document::form::FormError;
use serde_json::{Value, json};
use std::{io::Write as _, path::PathBuf};
use tempfile::TempDir;

fn made<const N: usize>(session: &mut Session, kind: Kind, set: [(Field, Value); N]) -> EntityId {
    session.create_entity(kind, set.into_iter().collect::<Fields>(), None).unwrap()
}

fn edit(session: &mut Session, id: EntityId, field: Field, value: Value) {
    session.edit_entity(id, [(field, value)].into_iter().collect()).unwrap();
}

/// An action with a step and a funder.
fn action() -> (Session, EntityId, TempDir) {
    let (mut session, _, folder) = room();
    let bus = made(
        &mut session,
        Kind::Action,
        [
            (Field::Title, json!("Des bus le soir")),
            (Field::Risks, json!("Le gel. La neige.")),
            (Field::EndsOn, json!("2023-06-30")),
        ],
    );
    made(&mut session, Kind::Milestone, [(Field::Action, json!(bus)), (Field::What, json!("Conventionner"))]);
    made(
        &mut session,
        Kind::Funding,
        [(Field::Action, json!(bus)), (Field::Funder, json!("Région")), (Field::Planned, json!(1_250_050))],
    );
    (session, bus, folder)
}

fn sent(session: &Session, of: EntityId, folder: &TempDir, format: Format) -> PathBuf {
    let report = session.form(of).unwrap().write(&[format], &folder.path().join("out")).unwrap();
    PathBuf::from(&report.files[0].path)
}

/// Writes a package again with words of one of its parts replaced.
fn rewritten(path: &PathBuf, part: &str, change: impl Fn(String) -> String) -> PathBuf {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let to = path.with_file_name(format!("back-{}", path.file_name().unwrap().to_string_lossy()));
    let mut out = zip::ZipWriter::new(std::fs::File::create(&to).unwrap());
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        if name == part {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap();
    to
}

fn differences(found: &FormReturn) -> Vec<&FormDifference> {
    found.actions.iter().flat_map(|action| &action.differences).collect()
}

fn taken(difference: &FormDifference) -> FormTaken {
    FormTaken {
        key: difference.key.clone(),
        value: difference.theirs.clone(),
        seen: difference.current.clone(),
        parts: difference.parts.clone(),
    }
}

#[test]
fn a_form_that_comes_back_as_it_was_says_nothing_new() {
    let (session, bus, folder) = action();
    for format in [Format::Docx, Format::Xlsx] {
        let found = session.read_form(&sent(&session, bus, &folder, format), Some(bus)).unwrap();
        assert!(found.actions.is_empty() && found.remarks.is_empty(), "{format:?} {found:?}");
        assert!(found.same > 15, "{format:?}: {} fields were read", found.same);
    }
}

#[test]
fn what_a_partner_wrote_in_word_is_told_taken_and_undone() {
    let (mut session, bus, folder) = action();
    let file = sent(&session, bus, &folder, Format::Docx);
    let back = rewritten(&file, "word/document.xml", |xml| {
        xml.replace("Le gel. La neige.", "Le gel. La grève.").replace("30/06/2023", "15 septembre 2023")
    });
    let found = session.read_form(&back, None).unwrap();
    let told: Vec<(&str, &str, &str)> =
        differences(&found).iter().map(|one| (one.field.as_str(), one.current.as_str(), one.theirs.as_str())).collect();
    assert_eq!(told, [("risks", "Le gel. La neige.", "Le gel. La grève."), ("ends_on", "30/06/2023", "15/09/2023")]);
    let all: Vec<FormTaken> = differences(&found).into_iter().map(taken).collect();
    assert_eq!(session.take_form(&all).unwrap(), 2);
    let view = session.action(bus).unwrap();
    assert_eq!((view.risks.as_deref(), view.row.ends_on.as_deref()), (Some("Le gel. La grève."), Some("2023-09-15")));
    assert!(session.read_form(&back, None).unwrap().actions.is_empty(), "what was taken differs no more");
    session.undo().unwrap();
    assert_eq!(session.action(bus).unwrap().risks.as_deref(), Some("Le gel. La neige."));
}

#[test]
fn bold_lists_and_links_come_back_from_word_and_what_a_partner_makes_bold_too() {
    let (mut session, bus, folder) = action();
    let rich = "Un **bus** le soir, voir [le site](https://doubs.fr/bus).\n\n- une ligne\n- un **arrêt**";
    edit(&mut session, bus, Field::Description, json!(rich));
    let file = sent(&session, bus, &folder, Format::Docx);
    assert!(session.read_form(&file, None).unwrap().actions.is_empty(), "marks alone are no difference");
    assert!(session.read_form(&sent(&session, bus, &folder, Format::Xlsx), None).unwrap().actions.is_empty());
    let back = rewritten(&file, "word/document.xml", |xml| {
        let plain = "<w:r><w:t xml:space=\"preserve\">Le gel. La neige.</w:t></w:r>";
        assert!(xml.contains(plain) && xml.contains(" le soir, voir "), "{xml}");
        let bold = plain.replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>");
        xml.replace(" le soir, voir ", " la nuit, voir ").replace(plain, &bold)
    });
    let found = session.read_form(&back, None).unwrap();
    let told = differences(&found);
    let wanted = rich.replace("le soir", "la nuit");
    let said: Vec<(&str, &str)> = told.iter().map(|one| (one.field.as_str(), one.theirs.as_str())).collect();
    assert_eq!(said, [("description", wanted.as_str()), ("risks", "**Le gel. La neige.**")]);
    assert!(told.iter().all(|one| one.notes.is_empty()), "nothing would be lost: {told:?}");
    let all: Vec<FormTaken> = told.into_iter().map(taken).collect();
    session.take_form(&all).unwrap();
    assert_eq!(session.action(bus).unwrap().description.as_deref(), Some(wanted.as_str()));
    assert!(session.read_form(&back, None).unwrap().actions.is_empty(), "what was taken differs no more");
    // Office programs keep links in a list of their own.
    let tied = rewritten(&file, "word/_rels/document.xml.rels", |rels| {
        let link = r#"<Relationship Id="rIdBus" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://doubs.fr/car" TargetMode="External"/></Relationships>"#;
        rels.replace("</Relationships>", link)
    });
    let tied = rewritten(&tied, "word/document.xml", |xml| {
        let plain = "<w:r><w:t xml:space=\"preserve\">Le gel. La neige.</w:t></w:r>";
        xml.replace(plain, &format!("<w:hyperlink r:id=\"rIdBus\">{plain}</w:hyperlink>"))
    });
    let found = session.read_form(&tied, None).unwrap();
    let theirs = differences(&found).into_iter().find(|one| one.field == "risks").unwrap();
    assert_eq!(theirs.theirs, "[Le gel. La neige.](https://doubs.fr/car)");
}

#[test]
fn what_changed_here_meanwhile_is_said_and_both_can_be_kept() {
    let (mut session, bus, folder) = action();
    let file = sent(&session, bus, &folder, Format::Docx);
    edit(&mut session, bus, Field::Risks, json!("Le verglas. La neige."));
    let back = rewritten(&file, "word/document.xml", |xml| xml.replace("La neige.", "La grève."));
    let found = session.read_form(&back, None).unwrap();
    let [one] = differences(&found)[..] else { panic!("{found:?}") };
    assert!(one.moved);
    assert_eq!(one.sent.as_deref(), Some("Le gel. La neige."), "the journal still knows what was sent");
    assert_eq!(one.both.as_deref(), Some("Le verglas. La grève."));
    let both = FormTaken { value: one.both.clone().unwrap(), ..taken(one) };
    edit(&mut session, bus, Field::Risks, json!("Rien."));
    assert!(matches!(session.take_form(&[both]), Err(Failure::FormMoved { .. })), "nothing is overwritten unseen");
    assert_eq!(session.action(bus).unwrap().risks.as_deref(), Some("Rien."));
}

#[test]
fn a_field_that_only_we_changed_is_no_difference_of_theirs() {
    let (mut session, bus, folder) = action();
    let file = sent(&session, bus, &folder, Format::Xlsx);
    edit(&mut session, bus, Field::Risks, json!("Tout autre chose."));
    assert!(session.read_form(&file, None).unwrap().actions.is_empty());
}

#[test]
fn new_lines_and_lines_taken_away_come_as_a_whole() {
    let (mut session, bus, folder) = action();
    let file = sent(&session, bus, &folder, Format::Docx);
    let back = rewritten(&file, "word/document.xml", |xml| {
        // The first empty « Étape » of the file is that of the first new step.
        let (head, tail) = xml.split_once("Étape 2 (nouvelle)").unwrap();
        let head = head.replace(">Conventionner<", "><");
        format!("{head}Étape 2 (nouvelle){}", tail.replacen("(à compléter)", "Ouvrir la ligne", 1))
    });
    let found = session.read_form(&back, None).unwrap();
    let told: Vec<(FormHow, &str)> = differences(&found).iter().map(|one| (one.how, one.theirs.as_str())).collect();
    assert_eq!(told, [(FormHow::Gone, ""), (FormHow::New, "Ouvrir la ligne")]);
    let all: Vec<FormTaken> = differences(&found).into_iter().map(taken).collect();
    session.take_form(&all).unwrap();
    let steps: Vec<String> = session.action(bus).unwrap().milestones.into_iter().map(|one| one.what).collect();
    assert_eq!(steps, ["Ouvrir la ligne"]);
    session.undo().unwrap();
    assert_eq!(session.action(bus).unwrap().milestones[0].what, "Conventionner");
}

#[test]
fn structures_are_known_by_either_name_and_new_ones_are_announced() {
    let (mut session, bus, folder) = action();
    let ccas = made(
        &mut session,
        Kind::Organisation,
        [(Field::Name, json!("Centre communal d’action sociale")), (Field::ShortName, json!("CCAS"))],
    );
    session.set_links(bus, "partner", &[ccas]).unwrap();
    let file = sent(&session, bus, &folder, Format::Docx);
    let back = rewritten(&file, "word/document.xml", |xml| {
        xml.replace(">CCAS<", ">Centre communal d’action sociale; Garage solidaire<")
    });
    let found = session.read_form(&back, None).unwrap();
    let [one] = differences(&found)[..] else { panic!("{found:?}") };
    assert!(one.notes.iter().any(|note| note.contains("Garage solidaire")), "{one:?}");
    session.take_form(&[taken(one)]).unwrap();
    let names: Vec<String> = session.action(bus).unwrap().partners.into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["CCAS", "Garage solidaire"]);
}

#[test]
fn adversarial_changed_labels_merged_rows_and_words_for_dates_are_explained() {
    let (session, bus, folder) = action();
    let file = sent(&session, bus, &folder, Format::Docx);
    let back = rewritten(&file, "word/document.xml", |xml| {
        xml.replace(">Risques<", ">Ce qui nous inquiète<")
            .replace("Le gel. La neige.", "La grève.")
            .replace("30/06/2023", "fin 2023")
    });
    let found = session.read_form(&back, None).unwrap();
    let told = differences(&found);
    assert_eq!(told[0].theirs, "La grève.", "a changed heading changes nothing");
    assert_eq!((told[1].theirs.as_str(), told[1].problem.is_some()), ("fin 2023", true));
    assert!(session.world.language == crate::Language::Fr);
    let lost = rewritten(&file, "word/document.xml", |xml| {
        let xml = xml.replace("Le gel. La neige.", "La grève.");
        // As web editors do: no control, no bookmark; the reference in sight stays.
        let tags = xml.replace("w:tag w:val=", "w:x w:y=");
        tags.replace("w:bookmarkStart", "w:x")
    });
    let found = session.read_form(&lost, None).unwrap();
    let told = differences(&found);
    assert_eq!((told.len(), told[0].field.as_str(), told[0].sent.as_deref()), (1, "risks", None));
}

#[test]
fn adversarial_files_that_are_none_of_ours_are_refused_and_say_why() {
    let (session, bus, folder) = action();
    let (other, other_action, other_folder) = action();
    let refused = |path: &PathBuf| match session.read_form(path, None).unwrap_err() {
        Failure::Form { problem, .. } => problem,
        other => panic!("{other}"),
    };
    // Both were made from one seed: the other one is given another id.
    let file = sent(&other, other_action, &other_folder, Format::Docx);
    let foreign = rewritten(&file, "docProps/custom.xml", |xml| {
        xml.replace(&other.store.process().to_string(), "00000000-0000-7000-8000-000000000000")
    });
    assert!(matches!(refused(&foreign), FormProblem::Elsewhere(_)));
    let text = folder.path().join("note.docx");
    std::fs::write(&text, "Bonjour").unwrap();
    assert_eq!(refused(&text), FormProblem::Unreadable(FormError::Foreign));
    let cut = folder.path().join("cut.docx");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    assert!(matches!(refused(&cut), FormProblem::Unreadable(FormError::Damaged(_))));
    let plain = session.export(DocumentKind::Plan, None, &[Format::Docx], folder.path()).unwrap();
    assert_eq!(refused(&PathBuf::from(&plain.files[0].path)), FormProblem::NoForm);
    let another = made_beside(&session, bus, &folder);
    assert!(another.remarks.iter().any(|remark| remark.contains("n’est pas la fiche")), "{another:?}");
}

/// The form of one action, taken back from the page of another.
fn made_beside(session: &Session, bus: EntityId, folder: &TempDir) -> FormReturn {
    let file = sent(session, bus, folder, Format::Xlsx);
    session.read_form(&file, Some(EntityId::from_parts(1, [7; 10]))).unwrap()
}
