//! CSV as spreadsheets in France read it: a byte order mark, semicolons, CRLF. A cell that a spreadsheet would take for a
//! formula is preceded by an apostrophe.

use crate::{
    Part,
    model::{Book, Cell, Meta, Sheet},
    typography::printable,
};

/// One file for each sheet.
pub(crate) fn write(book: &Book) -> Vec<Part> {
    let french = book.meta.language != "en";
    let file = |sheet: &Sheet| Part { suffix: sheet.key.replace('_', "-"), bytes: table(sheet, french).into_bytes() };
    book.sheets.iter().map(file).collect()
}

/// Who funds and what they want said, in a file beside those of the sheets: a table of figures has no room for it.
pub(crate) fn funders(meta: &Meta) -> Option<Part> {
    let heading = if meta.language == "en" { ["Funder", "Statement"] } else { ["Financeur", "Mention"] };
    let rows: Vec<[&str; 2]> = meta.funders().into_iter().map(|(name, statement)| [name, statement]).collect();
    let mut out = String::from('\u{feff}');
    for row in std::iter::once(&heading).chain(&rows) {
        line(&mut out, row.iter().map(|text| words(text)));
    }
    (!rows.is_empty()).then(|| Part { suffix: String::from("mentions"), bytes: out.into_bytes() })
}

fn table(sheet: &Sheet, french: bool) -> String {
    let mut out = String::from('\u{feff}');
    line(&mut out, sheet.columns.iter().map(|column| words(&column.heading)));
    for row in &sheet.rows {
        line(&mut out, row.iter().map(|cell| self::cell(cell, french)));
    }
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    out.push_str(&cells.join(";"));
    out.push_str("\r\n");
}

fn cell(cell: &Cell, french: bool) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Words(text) => words(text),
        Cell::Count(number) => number.to_string(),
        Cell::Day(day) => day.format("%Y-%m-%d").to_string(),
        Cell::Share(share) => format!("{share}"),
        Cell::Money(cents) | Cell::Sum(_, cents) => {
            let sign = if *cents < 0 { "-" } else { "" };
            let point = if french { ',' } else { '.' };
            format!("{sign}{}{point}{:02}", cents.abs() / 100, cents.abs() % 100)
        }
    }
}

/// A text of people, made harmless.
fn words(text: &str) -> String {
    let text = printable(text);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']) { format!("'{text}") } else { text }
}

fn quoted(text: &str) -> String {
    if text.contains([';', '"', '\n', '\r', ',']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
