//! Tables as people make them, and as they should not be.
#![allow(clippy::unwrap_used)]

mod adversarial_text;
mod columns;
mod text;
mod workbook;

use super::{ColumnRole, Columns, Refusal, Table, TableRow, from_bytes, recognise};
use crate::views::ImportKind;

/// Reads bytes that are a table.
fn table(bytes: impl AsRef<[u8]>) -> Table {
    from_bytes(bytes.as_ref()).ok().unwrap()
}

/// What bytes that are no table are said to be.
fn refusal(bytes: impl AsRef<[u8]>) -> String {
    match from_bytes(bytes.as_ref()).err().unwrap() {
        Refusal::NotATable(looks_like) => looks_like.to_owned(),
        Refusal::OldWorkbook => "old workbook".to_owned(),
        Refusal::Protected => "protected".to_owned(),
        Refusal::Damaged(_) => "damaged".to_owned(),
        Refusal::Empty => "empty".to_owned(),
        Refusal::TooBig(limit) => format!("too many {}", limit.as_str()),
    }
}

/// What columns are, as `role:heading`.
fn roles(table: &Table, kind: ImportKind) -> Vec<String> {
    let found = recognise(table, kind).unwrap().found;
    found.into_iter().map(|(role, index)| format!("{}:{}", role.as_str(), table.headings[index])).collect()
}

/// The texts of a table of proposals.
fn texts(table: &Table) -> Vec<String> {
    let columns = recognise(table, ImportKind::Proposals).unwrap();
    let text = |row: &TableRow| columns.cell(row, ColumnRole::Text).unwrap_or_default().to_owned();
    table.rows.iter().map(text).collect()
}

fn lines(table: &Table) -> Vec<u32> {
    table.rows.iter().map(|row| row.line).collect()
}

fn columns_of(bytes: &str, kind: ImportKind) -> (Table, Columns) {
    let table = table(bytes);
    let columns = recognise(&table, kind).unwrap();
    (table, columns)
}
