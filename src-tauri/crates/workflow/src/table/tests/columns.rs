use super::*;
use crate::table::TableError;

#[test]
fn headings_are_forgiven_accents_case_and_punctuation() {
    let (table, columns) = columns_of(
        "N° ;THÉMATIQUE :;« Votre proposition (une phrase) » *;Structure d'appartenance ?;Table n°;Nom de l'atelier\n1;a;b;c;2;d\n",
        ImportKind::Proposals,
    );
    let expected = [
        "theme:THÉMATIQUE :",
        "text:« Votre proposition (une phrase) » *",
        "organisation:Structure d'appartenance ?",
        "table:Table n°",
        "workshop:Nom de l'atelier",
    ];
    assert_eq!(roles(&table, ImportKind::Proposals), expected);
    assert_eq!(columns.ignored, ["N°"]);
}

#[test]
fn what_a_heading_is_about_does_not_hide_what_it_is() {
    let french = table("Thème de la proposition;Texte de la proposition\na;b\n");
    assert_eq!(
        roles(&french, ImportKind::Proposals),
        ["theme:Thème de la proposition", "text:Texte de la proposition"]
    );
    let english = table("Proposal theme,Proposal text\na,b\n");
    assert_eq!(roles(&english, ImportKind::Proposals), ["theme:Proposal theme", "text:Proposal text"]);
    let postal = table("Nom;Code postal\nDupont;25000\n");
    assert_eq!(roles(&postal, ImportKind::Participants), ["name:Nom"]);
}

#[test]
fn one_heading_means_what_the_import_is_about() {
    let read = table("Constat;Structure;Proposition;Origine\na;b;c;d\n");
    assert_eq!(roles(&read, ImportKind::Proposals), ["finding:Constat", "organisation:Structure", "text:Proposition"]);
    assert_eq!(roles(&table("Constat;Origine\na;b\n"), ImportKind::Findings), ["text:Constat", "source:Origine"]);
    assert_eq!(
        roles(&table("Structure;Sigle\na;b\n"), ImportKind::Organisations),
        ["name:Structure", "short_name:Sigle"]
    );
}

#[test]
fn people_have_their_columns() {
    let read = table("Prénom;Nom;Courriel;Téléphone portable;Organisme;Fonction\nAnne;Roy;a@b.fr;06;CCAS;cheffe\n");
    assert_eq!(
        roles(&read, ImportKind::Participants),
        [
            "first_name:Prénom",
            "name:Nom",
            "email:Courriel",
            "phone:Téléphone portable",
            "organisation:Organisme",
            "role:Fonction"
        ]
    );
}

#[test]
fn of_two_columns_for_one_role_the_filled_then_the_surest_serves() {
    let read = table("Titre;Proposition\nBus;Un bus le soir\n");
    assert_eq!(roles(&read, ImportKind::Proposals), ["text:Proposition"]);
    let (read, columns) = columns_of("Texte;Texte;Texte\n;Un bus;Un car\n", ImportKind::Proposals);
    assert_eq!(columns.found, [(ColumnRole::Text, 1)]);
    assert_eq!((columns.ignored.len(), columns.cell(&read.rows[0], ColumnRole::Text)), (2, Some("Un bus")));
}

#[test]
fn a_code_that_recurs_is_no_identity() {
    let (_, columns) = columns_of("Code;Texte\nA;Un bus\nA;Un car\n", ImportKind::Proposals);
    assert_eq!(columns.found, [(ColumnRole::Text, 1)]);
    let (_, columns) = columns_of("Code;Texte\nA;Un bus\nB;Un car\n", ImportKind::Proposals);
    assert_eq!(columns.found, [(ColumnRole::Id, 0), (ColumnRole::Text, 1)]);
}

#[test]
fn without_known_headings_content_decides() {
    let rows = |count: usize| {
        let row = |i: usize| {
            format!("c{i};{};Créer le service numéro {i} dans chaque canton;{i}\n", ["mobilite", "sante"][i % 2])
        };
        (0..count).map(row).collect::<String>()
    };
    let headed = table(format!("a1;b2;c3;d4\n{}", rows(10)));
    assert_eq!(roles(&headed, ImportKind::Proposals), ["id:a1", "theme:b2", "text:c3"]);
    assert_eq!(recognise(&headed, ImportKind::Proposals).unwrap().ignored, ["d4"]);
    let bare = table(rows(10));
    assert_eq!((bare.rows.len(), bare.headings.join(",")), (10, "1,2,3,4".to_owned()));
    assert_eq!(roles(&bare, ImportKind::Proposals), ["id:1", "theme:2", "text:3"]);
}

#[test]
fn a_known_heading_leaves_the_text_to_its_content() {
    let read =
        table("Horodateur;Thème;Que faudrait-il changer ?\n23/06/2022 10:00:00;Santé;Ouvrir une maison médicale\n");
    assert_eq!(roles(&read, ImportKind::Proposals), ["theme:Thème", "text:Que faudrait-il changer ?"]);
}

#[test]
fn a_table_with_nothing_to_say_is_refused_with_its_headings() {
    let numbers = table("a;b\n1;2\n3;4\n");
    for kind in [ImportKind::Proposals, ImportKind::Findings, ImportKind::Participants, ImportKind::Organisations] {
        let Err(TableError::NoUsableColumn { headings, .. }) = recognise(&numbers, kind) else { panic!("{kind:?}") };
        assert_eq!(headings, ["a", "b"]);
    }
    let people = table("Nom;Email\nRoy;anne.roy@exemple.fr\n");
    assert!(recognise(&people, ImportKind::Proposals).is_err(), "no name or address becomes a proposal");
}
