//! Spreadsheets, through `calamine`: the first sheet that holds something.

use super::{Table, TableError, TableRow, clean, with_headings};
use calamine::{Data, Reader, Xlsx};
use std::{io::Cursor, path::Path};

pub(super) fn read(path: &Path, bytes: Vec<u8>) -> Result<Table, TableError> {
    let failed = |detail: String| TableError::Spreadsheet { path: path.to_owned(), detail };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| failed(error.to_string()))?;
    for name in book.sheet_names() {
        let sheet = book.worksheet_range(&name).map_err(|error| failed(error.to_string()))?;
        let first = sheet.start().map_or(0, |(row, _)| row);
        let mut rows = Vec::new();
        for (line, cells) in (first + 1..).zip(sheet.rows()) {
            let cells: Vec<String> = cells.iter().map(shown).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(TableRow { line, cells });
            }
        }
        if !rows.is_empty() {
            return Ok(with_headings(rows));
        }
    }
    Err(TableError::Empty { path: path.to_owned() })
}

/// A cell as people read it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(instant) => match instant.as_datetime() {
            Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
            Some(at) => at.to_string(),
            None => String::new(),
        },
        Data::Error(_) | Data::Empty => String::new(),
        other => clean(&other.to_string()),
    }
}
