use super::*;
use crate::table::{TableError, read_table};

#[test]
fn each_separator_is_recognised() {
    for separator in [";", ",", "\t", "|"] {
        let text = ["id", "theme", "text", "\nv0", "mobilite", "un bus\nv1", "sante", "un médecin"].join(separator);
        let read = table(text.replace(&format!("{separator}\n"), "\n"));
        assert_eq!((read.headings.len(), read.rows.len()), (3, 2), "{separator:?}");
        assert_eq!(texts(&read), ["un bus", "un médecin"]);
    }
}

#[test]
fn commas_within_sentences_do_not_hide_semicolons() {
    let read = table("Thème;Proposition\nMobilité;Un bus, le soir, tard\nSanté;Un médecin, deux, trois\n");
    assert_eq!(texts(&read), ["Un bus, le soir, tard", "Un médecin, deux, trois"]);
}

#[test]
fn the_separator_that_excel_declares_is_taken() {
    let read = table("sep=;\nTexte;Table\nUn bus, le soir;3\n");
    assert_eq!((texts(&read), lines(&read)), (vec!["Un bus, le soir".to_owned()], vec![3]));
}

#[test]
fn latin_accents_are_read_as_they_were_written() {
    let read =
        table(b"Th\xe8me;Proposition\r\nMobilit\xe9;L\x92\xe9t\xe9, un bus \xe0 l'heure\r\nSant\xe9;O\xf9 ?\r\n");
    assert_eq!(read.headings, ["Thème", "Proposition"]);
    assert_eq!(texts(&read), ["L’été, un bus à l'heure", "Où ?"]);
}

#[test]
fn unicode_with_and_without_marks_is_read() {
    let text = "texte\tid\r\nUne idée\t1\r\n";
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let utf16_be: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for bytes in [text.as_bytes(), format!("\u{feff}{text}").as_bytes(), &utf16, &utf16_be] {
        assert_eq!(texts(&table(bytes)), ["Une idée"]);
    }
}

#[test]
fn two_encodings_in_one_file_are_both_read() {
    let mut bytes = "texte;id\nUne idée née ici;1\n".as_bytes().to_vec();
    bytes.extend(b"Une autre id\xe9e;2\n");
    assert_eq!(texts(&table(bytes)), ["Une idée née ici", "Une autre idée"]);
}

#[test]
fn a_line_is_where_its_row_starts() {
    let unix = "\n\nTexte;Id\n\"Un bus\nà l'heure\n\nici\";1\n;\n\nUn train;2\n\"Un\ncar\";3\n";
    for text in [unix.to_owned(), unix.replace('\n', "\r\n"), unix.replace('\n', "\r")] {
        let read = table(&text);
        assert_eq!(lines(&read), [4, 10, 11], "{text:?}");
        assert_eq!(read.rows[0].cells[0], "Un bus\nà l'heure\n\nici");
    }
}

#[test]
fn a_plain_list_loses_neither_its_first_line_nor_what_follows_a_comma() {
    let read = table("Créer une navette, le soir\nOuvrir une crèche, le matin ; et le soir\n\nUn bus\n");
    assert_eq!(read.headings, ["1"]);
    assert_eq!(texts(&read), ["Créer une navette, le soir", "Ouvrir une crèche, le matin ; et le soir", "Un bus"]);
    assert_eq!(lines(&read), [1, 2, 4]);
}

#[test]
fn a_headed_list_keeps_its_sentences_whole() {
    let read = table("Propositions\nUn bus,le soir; et le matin\nUn train,le soir; et la nuit\n");
    assert_eq!(read.headings, ["Propositions"]);
    assert_eq!(texts(&read), ["Un bus,le soir; et le matin", "Un train,le soir; et la nuit"]);
}

#[test]
fn a_title_above_the_headings_is_no_heading() {
    let read = table("Propositions de l'atelier 3;;\n23/06/2022;;\nN°;Thème;Proposition\n1;Mobilité;Un bus\n");
    assert_eq!(read.headings, ["N°", "Thème", "Proposition"]);
    assert_eq!((read.rows.len(), lines(&read)), (1, vec![4]));
}

#[test]
fn a_file_is_judged_by_what_it_holds() {
    assert_eq!(refusal(b"%PDF-1.7\n..."), "PDF");
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n"), "PNG");
    assert_eq!(refusal(b"SQLite format 3\0..."), "SQLite");
    assert_eq!(refusal("<!DOCTYPE html><table><tr><td>texte"), "HTML");
    assert_eq!(refusal("{\"texte\": 1}\n{\"texte\": 2}\n"), "JSON");
    assert_eq!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0k\0b\0o\0o\0k\0"), "old workbook");
    assert_eq!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), "DOC");
    assert_eq!(refusal(b"PK\x03\x04 word/document.xml"), "DOCX");
    assert_eq!(refusal(b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "ODS");
}

#[test]
fn a_missing_file_and_a_folder_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(read_table(&folder.path().join("x.csv")), Err(TableError::NotFound { .. })));
    assert!(matches!(read_table(folder.path()), Err(TableError::Unreadable { .. })));
}
