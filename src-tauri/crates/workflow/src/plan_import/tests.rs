#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use crate::{Session, testing::room, views::*};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use std::path::PathBuf;
use tempfile::TempDir;

fn saved(folder: &TempDir, mut book: Workbook) -> PathBuf {
    let path = folder.path().join("plan.xlsx");
    book.save(&path).unwrap();
    path
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        if !cell.is_empty() {
            sheet.write_string(at, column, *cell).unwrap();
        }
    }
}

/// A plan as people keep it: a first sheet that says how to use it, a title, merged axes, several lines an action.
fn kept_plan() -> Workbook {
    let mut book = Workbook::new();
    let notice = book.add_worksheet();
    notice.set_name("Lisez-moi").unwrap();
    row(notice, 0, &["Ce classeur est tenu par la direction de l’insertion."]);
    let plan = book.add_worksheet();
    plan.set_name("Plan").unwrap();
    let plain = Format::new();
    plan.merge_range(0, 0, 0, 8, "Plan départemental d’insertion", &plain).unwrap();
    row(
        plan,
        2,
        &[
            "Axe",
            "Objectif",
            "Intitulé de l’action",
            "Pilote",
            "Partenaires",
            "Échéance",
            "Indicateurs",
            "Cible",
            "Budget (€)",
        ],
    );
    plan.merge_range(3, 0, 6, 0, "Axe 1 : Mobilité", &plain).unwrap();
    plan.merge_range(3, 1, 5, 1, "1.1 Se déplacer le soir", &plain).unwrap();
    row(
        plan,
        3,
        &[
            "",
            "",
            "Des bus le soir",
            "Région",
            "CCAS ; Garage solidaire",
            "30/06/2023",
            "Lignes ouvertes\nVoyageurs",
            "3\n1 200",
        ],
    );
    plan.write_formula(3, 8, Formula::new("=1000*12+500.5").set_result("12500.5")).unwrap();
    // The same action goes on: its title is merged, or left out.
    row(plan, 4, &["", "", "", "", "", "", "Retards", "moins de 5 %"]);
    row(plan, 5, &["", "", "Un covoiturage", "", "", "fin 2023"]);
    row(plan, 6, &["", "1.2 Passer le permis", "Aider au permis", "Mission locale", "", "15 septembre 2022"]);
    row(plan, 7, &["Axe 2 : Santé", "", "Un bilan de santé", "CPAM"]);
    book
}

/// An axis, and its objectives with their actions.
type Branch = (String, Vec<(String, Vec<String>)>);

fn titles(session: &Session) -> Vec<Branch> {
    let plan = session.plan().unwrap();
    let actions = |one: ObjectiveNode| one.actions.into_iter().map(|row| row.title).collect();
    let objectives =
        |axis: AxisNode| axis.objectives.into_iter().map(|one| (one.title.clone(), actions(one))).collect();
    plan.axes.into_iter().map(|axis| (axis.title.clone(), objectives(axis))).collect()
}

#[test]
fn a_plan_kept_in_a_workbook_comes_in_with_all_it_says_and_goes_with_one_undo() {
    let (mut session, _, folder) = room();
    let path = saved(&folder, kept_plan());
    let asked = PlanImportAsked::default();
    let preview = session.preview_plan(&path, &asked).unwrap();
    assert!(session.plan().unwrap().axes.is_empty(), "a preview writes nothing");
    assert_eq!((preview.sheet.as_str(), preview.sheets.len()), ("Plan", 2));
    assert_eq!(
        preview.created,
        PlanImportCounts { axes: 2, objectives: 3, actions: 4, milestones: 0, indicators: 3, fundings: 1 }
    );
    assert_eq!(preview.organisations, ["Région", "CCAS", "Garage solidaire", "Mission locale", "CPAM"]);
    assert_eq!(preview.notes.len(), 1, "« fin 2023 » is no day: {:?}", preview.notes);
    session.import_plan(&path, &asked).unwrap();
    let expected = [
        (
            "Mobilité",
            vec![
                ("Se déplacer le soir", vec!["Des bus le soir", "Un covoiturage"]),
                ("Passer le permis", vec!["Aider au permis"]),
            ],
        ),
        ("Santé", vec![("Santé", vec!["Un bilan de santé"])]),
    ];
    let own = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let expected: Vec<_> = expected
        .iter()
        .map(|(axis, all)| {
            ((*axis).to_owned(), all.iter().map(|(one, list)| ((*one).to_owned(), own(list))).collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(titles(&session), expected);
    let plan = session.plan().unwrap();
    let bus = session.action(plan.axes[0].objectives[0].actions[0].id).unwrap();
    assert_eq!((bus.row.ends_on.as_deref(), bus.row.leads[0].name.as_str()), (Some("2023-06-30"), "Région"));
    assert_eq!(bus.fundings[0].planned, Some(1_250_050.0), "the formula’s result, in cents");
    let targets: Vec<Option<&str>> = bus.indicators.iter().map(|one| one.target.as_deref()).collect();
    assert_eq!(targets, [Some("3"), Some("1 200"), Some("moins de 5 %")]);
    let car = session.action(plan.axes[0].objectives[0].actions[1].id).unwrap();
    assert_eq!(car.comments[0].text, "Échéance : fin 2023", "what cannot be read is kept, not lost");
    let again = session.import_plan(&path, &asked).unwrap();
    assert_eq!((again.created.actions, again.known), (0, 4), "importing again creates nothing twice");
    session.undo().unwrap();
    assert!(session.plan().unwrap().axes.is_empty());
    session.redo().unwrap();
    assert_eq!(titles(&session), expected);
}

#[test]
fn columns_are_what_a_person_says_and_axes_may_be_lines_across_the_sheet() {
    let (mut session, _, folder) = room();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    row(sheet, 0, &["Quoi faire", "Par qui", "Remarques"]);
    sheet.merge_range(1, 0, 1, 2, "AXE 1 – Logement", &Format::new()).unwrap();
    row(sheet, 2, &["Un guichet", "CAF", "Ouvert le samedi"]);
    sheet.merge_range(3, 0, 3, 2, "AXE 2 – Emploi", &Format::new()).unwrap();
    row(sheet, 4, &["Un parrainage", "", ""]);
    let path = saved(&folder, book);
    let found = session.preview_plan(&path, &PlanImportAsked::default()).unwrap();
    assert_eq!(found.created.actions, 0, "no heading names the actions: nothing is guessed");
    assert_eq!(
        found.columns.iter().map(|one| one.heading.as_str()).collect::<Vec<_>>(),
        ["Quoi faire", "Par qui", "Remarques"]
    );
    let columns = Some(vec![Some(PlanColumn::Title), Some(PlanColumn::Lead), Some(PlanColumn::Description)]);
    session.import_plan(&path, &PlanImportAsked { sheet: None, columns }).unwrap();
    let axes: Vec<(String, usize)> =
        titles(&session).into_iter().map(|(axis, all)| (axis, all.iter().map(|(_, list)| list.len()).sum())).collect();
    assert_eq!(axes, [("Logement".to_owned(), 1), ("Emploi".to_owned(), 1)]);
}

#[test]
fn adversarial_a_hundred_thousand_empty_rows_cost_nothing_and_add_nothing() {
    let (mut session, _, folder) = room();
    let mut book = kept_plan();
    let sheet = book.worksheet_from_name("Plan").unwrap();
    let shaded = Format::new().set_bold();
    for at in 10..100_010 {
        sheet.write_blank(at, 2, &shaded).unwrap();
    }
    let path = saved(&folder, book);
    let found = session.preview_plan(&path, &PlanImportAsked::default()).unwrap();
    assert_eq!((found.created.actions, found.sheets[1].rows), (4, 5));
}
