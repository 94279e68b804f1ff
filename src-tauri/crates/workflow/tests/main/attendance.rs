//! Who came: counts and marks that merge, names and signatures that stay out of the journal.

use crate::hall::hall;
use moisson_workflow::{
    DocumentSource, Format,
    views::{DocumentKind, NewAttendee, PersonKey, Strokes, Whereabouts},
};

#[test]
fn the_atelier_s_number_of_people_follows_marks_and_counts() {
    let mut hall = hall();
    let ccas = hall.organisation("CCAS", "Institutions");
    let one = hall.participant("Hêtre", ccas);
    let two = hall.participant("Sapin", ccas);
    hall.session.count_attendance(hall.atelier, Some(ccas), false, 4).unwrap();
    hall.session.count_attendance(hall.atelier, Some(ccas), true, 1).unwrap();
    hall.session.mark_attendance(hall.atelier, one, Whereabouts::Remote).unwrap();
    hall.session.mark_attendance(hall.atelier, two, Whereabouts::Excused).unwrap();
    let view = hall.session.attendance(hall.atelier).unwrap();
    assert_eq!((view.present, view.remote, view.excused, view.declared), (6, 2, 1, Some(6)));
    assert_eq!(view.colleges.len(), 1);
    assert_eq!((view.colleges[0].present, view.colleges[0].remote), (6, 2));
    let row = &view.organisations[0];
    assert_eq!((row.counted, row.counted_remote, row.named, row.present, row.excused), (4, 1, 1, 6, 1));
    // One gesture, one undo: the mark and the atelier's number go back together.
    hall.session.undo().unwrap();
    hall.session.undo().unwrap();
    let view = hall.session.attendance(hall.atelier).unwrap();
    assert_eq!((view.present, view.declared), (5, Some(5)));
    hall.session.count_attendance(hall.atelier, Some(ccas), false, 0).unwrap();
    hall.session.count_attendance(hall.atelier, Some(ccas), true, 0).unwrap();
    let view = hall.session.attendance(hall.atelier).unwrap();
    assert_eq!((view.present, view.declared), (0, None));
}

#[test]
fn the_hour_of_arrival_is_that_of_the_first_mark() {
    let mut hall = hall();
    let ccas = hall.organisation("CCAS", "Institutions");
    let one = hall.participant("Hêtre", ccas);
    hall.session.mark_attendance(hall.atelier, one, Whereabouts::Present).unwrap();
    let arrived = hall.session.attendance(hall.atelier).unwrap().people[0].arrived_at;
    hall.wait(30);
    hall.session.mark_attendance(hall.atelier, one, Whereabouts::Remote).unwrap();
    assert_eq!(hall.session.attendance(hall.atelier).unwrap().people[0].arrived_at, arrived);
    hall.session.mark_attendance(hall.atelier, one, Whereabouts::Expected).unwrap();
    let person = &hall.session.attendance(hall.atelier).unwrap().people[0];
    assert_eq!((person.mark, person.arrived_at), (Whereabouts::Expected, None));
}

#[test]
fn someone_at_the_door_brings_a_structure_and_a_name_that_stays_on_this_laptop() {
    let mut hall = hall();
    let known = hall.organisation("Mission locale", "Emploi");
    let new = NewAttendee {
        name: Some(String::from("Zoé Lefèvre")),
        new_organisation: Some(String::from("mission LOCALE")),
        ..NewAttendee::default()
    };
    let zoe = hall.session.add_attendee(hall.atelier, &new).unwrap();
    let view = hall.session.attendance(hall.atelier).unwrap();
    let person = view.people.iter().find(|one| one.participant == zoe).unwrap();
    assert_eq!(person.organisation.as_ref().map(|one| one.id), Some(known), "the same name is the same structure");
    assert_eq!(
        (person.code.as_str(), person.name.as_deref(), person.mark),
        ("P1", Some("Zoé Lefèvre"), Whereabouts::Present)
    );
    let mut dumped = String::new();
    hall.session.dump(None, |entity| dumped.push_str(&entity.to_string())).unwrap();
    assert!(!dumped.contains("Lefèvre"), "a name never enters the journal");
    // Another laptop sees that someone came, not who.
    let other = hall.other();
    let there = other.attendance(hall.atelier).unwrap();
    assert_eq!((there.present, there.people[0].name.as_deref()), (1, None));
}

#[test]
fn a_signature_is_kept_with_the_person_and_goes_when_they_are_forgotten() {
    let mut hall = hall();
    let ccas = hall.organisation("CCAS", "Institutions");
    let one = hall.participant("Hêtre", ccas);
    hall.session.set_person(one, PersonKey::Name, "Zoé Lefèvre").unwrap();
    let drawn = Strokes(vec![vec![[10.0, 20.0], [30.4, -5.0]], vec![[9_999.0, f32::NAN]]]);
    hall.session.sign(hall.atelier, one, Some(&drawn)).unwrap();
    // What is kept is an outline within its frame and nothing else.
    assert_eq!(hall.session.signature(hall.atelier, one).unwrap().as_deref(), Some("M10 20L30 0M600 0"));
    let view = hall.session.attendance(hall.atelier).unwrap();
    assert!(view.people[0].signed && view.people[0].mark == Whereabouts::Present, "who signs has come");
    assert_eq!(view.people[0].name.as_deref(), Some("Zoé Lefèvre"), "the name stays beside it");
    hall.session.forget(one, &[], None).unwrap();
    assert_eq!(hall.session.signature(hall.atelier, one).unwrap(), None);
    hall.session.sign(hall.atelier, one, Some(&drawn)).unwrap();
    assert_eq!(hall.session.signature(hall.atelier, one).unwrap(), None, "nothing is kept of one who is forgotten");
}

fn written(source: &DocumentSource) -> String {
    let folder = tempfile::tempdir().unwrap();
    let report = source.write(&[Format::Md], folder.path()).unwrap();
    std::fs::read_to_string(&report.files[0].path).unwrap()
}

#[test]
fn the_minutes_count_by_structure_and_name_people_only_when_asked() {
    let mut hall = hall();
    let ccas = hall.organisation("CCAS", "Institutions");
    let one = hall.participant("Hêtre", ccas);
    hall.session.set_person(one, PersonKey::Name, "Zoé Lefèvre").unwrap();
    hall.session.mark_attendance(hall.atelier, one, Whereabouts::Present).unwrap();
    hall.session.count_attendance(hall.atelier, Some(ccas), false, 6).unwrap();
    let plain = written(&hall.session.source(DocumentKind::Minutes, Some(hall.atelier)).unwrap());
    assert!(plain.contains("| CCAS | 7 |"), "{plain}");
    assert!(!plain.contains("Lefèvre") && !plain.contains("Hêtre"), "{plain}");
    let named = written(&hall.session.source(DocumentKind::MinutesWithNames, Some(hall.atelier)).unwrap());
    assert!(named.contains("Zoé Lefèvre"), "{named}");
}

/// The text of an attendance sheet.
fn sheet(source: &DocumentSource) -> String {
    let folder = tempfile::tempdir().unwrap();
    let report = source.write(&[Format::Odt], folder.path()).unwrap();
    let mut package = zip::ZipArchive::new(std::fs::File::open(&report.files[0].path).unwrap()).unwrap();
    std::io::read_to_string(package.by_name("content.xml").unwrap()).unwrap()
}

#[test]
fn an_attendance_sheet_waits_for_signatures_or_tells_who_came() {
    let mut hall = hall();
    let ccas = hall.organisation("CCAS", "Institutions");
    let one = hall.participant("Hêtre", ccas);
    hall.session.set_person(one, PersonKey::Name, "Zoé Lefèvre").unwrap();
    let drawn = Strokes(vec![vec![[10.0, 20.0], [30.0, 40.0]]]);
    hall.session.sign(hall.atelier, one, Some(&drawn)).unwrap();
    hall.session.count_attendance(hall.atelier, Some(ccas), false, 6).unwrap();
    let blank = sheet(&hall.session.source(DocumentKind::Attendance, Some(hall.atelier)).unwrap());
    assert!(!blank.contains("Lefèvre") && !blank.contains("CCAS"), "nobody is named on a sheet to be signed");
    let filled = sheet(&hall.session.source(DocumentKind::AttendanceFilled, Some(hall.atelier)).unwrap());
    assert!(filled.contains("Zoé Lefèvre") && filled.contains("6 personnes comptées"), "{filled}");
    assert!(filled.contains(": 7"), "seven came in all");
    let source = hall.session.source(DocumentKind::Attendance, Some(hall.atelier)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    assert!(source.write(&[Format::Xlsx], folder.path()).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "what is refused leaves nothing behind");
}

#[test]
fn two_laptops_that_mark_one_person_count_them_once_they_are_marked_again() {
    let mut hall = hall();
    let ccas = hall.organisation("CCAS", "Institutions");
    let one = hall.participant("Hêtre", ccas);
    let mut other = hall.other();
    hall.session.mark_attendance(hall.atelier, one, Whereabouts::Present).unwrap();
    other.mark_attendance(hall.atelier, one, Whereabouts::Present).unwrap();
    hall.take_in(&other);
    assert_eq!(hall.session.attendance(hall.atelier).unwrap().present, 1, "one person is one, however often noted");
    hall.session.mark_attendance(hall.atelier, one, Whereabouts::Expected).unwrap();
    assert_eq!(hall.session.attendance(hall.atelier).unwrap().present, 0);
}
