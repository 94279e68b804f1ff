use super::*;
use crate::table::{MAX_CELL, RowProblem};
use proptest::prelude::*;

fn problems(table: &Table) -> Vec<(u32, RowProblem)> {
    table.rows.iter().filter_map(|row| row.problem.clone().map(|problem| (row.line, problem))).collect()
}

#[test]
fn a_huge_cell_is_reported_and_not_cut() {
    let read = table(format!("id;texte\n1;Un bus\n2;{}\n", "é".repeat(MAX_CELL + 1)));
    assert_eq!(problems(&read), [(3, RowProblem::HugeCell { column: 1, characters: MAX_CELL + 1 })]);
    assert_eq!(read.rows[1].cells[1].chars().count(), MAX_CELL + 1);
    assert!(problems(&table(format!("id;texte\n2;{}\n", "é".repeat(MAX_CELL)))).is_empty());
}

#[test]
fn an_unterminated_quote_costs_its_own_line_only() {
    let read = table("id;texte\n1;Un bus\n2;\"Un train\n3;Un car\n4;Un vélo\n");
    assert_eq!(problems(&read), [(3, RowProblem::OpenQuote)]);
    assert_eq!(texts(&read), ["Un bus", "\"Un train", "Un car", "Un vélo"]);
    assert_eq!(lines(&read), [2, 3, 4, 5]);
}

#[test]
fn a_stray_quote_that_a_later_one_closes_swallows_no_row() {
    let read = table("id;texte\n1;\"Un train\n2;Un car\n3;\"Un vélo; ou deux\"\n4;Un bus\n");
    assert_eq!(problems(&read), [(2, RowProblem::OpenQuote)]);
    assert_eq!(texts(&read), ["\"Un train", "Un car", "Un vélo; ou deux", "Un bus"]);
}

#[test]
fn a_quoted_text_of_several_lines_with_separators_is_no_stray_quote() {
    let read = table("id;texte\n1;\"Un bus\nle soir; ou non\n\"\"vite\"\"\"\n2;\"Un car\n;\"\n3;Le \"bus\" du soir\n");
    assert_eq!(problems(&read), []);
    assert_eq!(texts(&read), ["Un bus\nle soir; ou non\n\"vite\"", "Un car\n;", "Le \"bus\" du soir"]);
}

#[test]
fn thousands_of_open_quotes_end() {
    let read = table(format!("id;texte\n{}", "1;\"Un train\n".repeat(20_001)));
    assert_eq!((read.rows.len(), problems(&read).len()), (20_001, 20_001));
}

#[test]
fn ragged_rows_are_kept_and_named() {
    let read =
        table("id,theme,text\n1,mobilite,un bus\n2,mobilite\n3,mobilite,un bus, le soir\n4,sante,un médecin,,,\n");
    let expected =
        [(3, RowProblem::TooFewCells { cells: 2, columns: 3 }), (4, RowProblem::TooManyCells { cells: 4, columns: 3 })];
    assert_eq!(problems(&read), expected);
    assert_eq!(read.rows.len(), 4);
    assert!(expected[1].1.spoils() && !expected[0].1.spoils());
}

#[test]
fn nothing_and_only_headings_are_no_rows() {
    for bytes in ["", "\n \r\n\t\n", "\u{feff}", "\u{feff}\n", "texte\n", "id;theme;texte\n;;\n", "sep=;\n"] {
        assert_eq!(refusal(bytes), "empty", "{bytes:?}");
    }
}

#[test]
fn binary_is_refused_and_a_stray_control_character_is_cleaned() {
    assert_eq!(refusal([0, 1, 2, 3, 0, 255, 9, 0]), "binary");
    assert_eq!(refusal((0..=255).cycle().take(5_000).collect::<Vec<u8>>()), "binary");
    let read = table("texte;id\nUn\u{b}bus\u{0} à \u{7}l'heure, le soir et le matin;1\n");
    assert_eq!(texts(&read), ["Un bus à l'heure, le soir et le matin"]);
}

#[test]
fn too_many_rows_or_columns_are_refused() {
    assert_eq!(refusal(format!("texte\n{}", "Un bus\n".repeat(200_001))), "too many rows");
    assert_eq!(table(format!("texte\n{}", "Un bus\n".repeat(200_000))).rows.len(), 200_000);
    let headings = (0..201).map(|index| format!("q{index}")).collect::<Vec<_>>().join(";");
    assert_eq!(refusal(format!("texte;{headings}\nUn bus{}\n", ";1".repeat(201))), "too many columns");
    let wide = table(format!("texte;id\nUn bus;1\nUn car{}\n", ";1".repeat(100_000)));
    assert!(matches!(wide.rows[1].problem, Some(RowProblem::TooManyCells { .. })));
    assert!(wide.rows[1].cells.len() <= 201, "what is refused anyway takes no room");
}

#[test]
fn data_that_is_called_like_a_column_is_data() {
    let read = table("Mobilité;Non\nSanté;No\nLogement;Table\nEmploi;No\nEmploi;Non\n");
    assert_eq!(read.rows.len(), 5);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        _ = from_bytes(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic_nor_lines_go_backwards(text in "[a-z;,\"\n\r\t| é=]{0,200}") {
        if let Ok(read) = from_bytes(text.as_bytes()) {
            prop_assert!(lines(&read).is_sorted_by(|a, b| a < b));
            for kind in [ImportKind::Proposals, ImportKind::Participants, ImportKind::Organisations] {
                _ = recognise(&read, kind);
            }
        }
    }

    #[test]
    fn what_a_csv_writer_writes_is_read_back(texts_in in proptest::collection::vec("[a-zé\";,\n|' ]{0,40}x", 1..20)) {
        let mut writer = ::csv::WriterBuilder::new().delimiter(b';').quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["id", "texte"]).unwrap();
        for (index, text) in texts_in.iter().enumerate() {
            writer.write_record([&format!("v{index}"), text]).unwrap();
        }
        let read = table(writer.into_inner().unwrap());
        let trimmed: Vec<String> = texts_in.iter().map(|text| text.trim().to_owned()).collect();
        prop_assert_eq!(texts(&read), trimmed);
    }
}
