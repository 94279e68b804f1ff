//! What the next atelier on a theme opens with.

use crate::hall::{hall, set};
use moisson_workflow::{
    Field, Format, Kind,
    views::{DocumentKind, Target},
};
use serde_json::json;

#[test]
fn what_another_room_said_comes_with_what_became_of_it() {
    let mut hall = hall();
    let first = hall.atelier;
    hall.group("Passer le permis", &["Une avance", "Un interprète"]);
    hall.group("Bus", &["Un bus"]);
    hall.note("next_step", "Demander les horaires");
    let proposals: Vec<_> = hall.session.board(first).unwrap().groups[0].proposals.iter().map(|one| one.id).collect();
    let cluster = hall.session.cluster(&proposals, &Target::New { name: String::from("Permis") }).unwrap().unwrap();
    let action = hall.session.draft_action(cluster, None).unwrap();
    let theme = hall.session.board(first).unwrap().workshop.theme.unwrap().id;
    let next = set([(Field::Title, json!("Mobilité bis")), (Field::Theme, json!(theme))]);
    let next = hall.session.create_entity(Kind::Workshop, next, None).unwrap();
    assert!(hall.session.previous(next).unwrap().rooms.is_empty(), "a room that has not met yet has nothing to tell");
    hall.session.close_workshop(first).unwrap();
    let previous = hall.session.previous(next).unwrap();
    let room = &previous.rooms[0];
    assert_eq!(room.id, first);
    assert_eq!(room.groups[0].name, "Passer le permis");
    assert_eq!(room.groups[0].actions.iter().map(|one| one.id).collect::<Vec<_>>(), [action]);
    assert!(room.groups[1].actions.is_empty());
    assert_eq!(room.next_steps[0].text, "Demander les horaires");
    assert!(hall.session.previous(first).unwrap().rooms.is_empty());
}

#[test]
fn the_printed_deroule_has_the_hours_the_words_what_was_said_before_and_the_plan_b() {
    let mut hall = hall();
    let first = hall.atelier;
    hall.group("Passer le permis", &["Une avance"]);
    hall.session.close_workshop(first).unwrap();
    let theme = hall.session.board(first).unwrap().workshop.theme.unwrap().id;
    let next = set([
        (Field::Title, json!("Mobilité bis")),
        (Field::Theme, json!(theme)),
        (Field::StartsAt, json!("14:00")),
        (Field::Question, json!("Que faudrait-il pour bouger ?")),
    ]);
    let next = hall.session.create_entity(Kind::Workshop, next, None).unwrap();
    hall.session.apply_agenda(next, "two-hours", moisson_workflow::views::AgendaFit::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let formats = [Format::Md, Format::Pdf, Format::Docx, Format::Json];
    let report = hall.session.export(DocumentKind::Agenda, Some(next), &formats, folder.path()).unwrap();
    assert_eq!(report.files.len(), 4);
    assert!(report.files.iter().all(|file| file.bytes > 500.0), "{report:?}");
    let text = std::fs::read_to_string(&report.files[0].path).unwrap();
    for words in
        ["14:00", "Que faudrait-il pour bouger", "Passer le permis", "Plan B", "À apporter", "Vous avez cinq gommettes"]
    {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
}
