//! Workbooks, through `calamine`, cell by cell: a sheet that claims a million columns costs what it holds.

use super::{
    Limit, MAX_COLUMNS, MAX_ROWS, Refusal, Sheet, Table, TableRow, clean,
    headings::{assemble, heading_row},
};
use calamine::{Data, DataType, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::{collections::BTreeMap, io::Cursor};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads the first sheet that names a column we know; else the first that holds something. Hidden ones come last.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Refusal> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (shown, hidden): (Vec<_>, Vec<_>) = sheets.cloned().partition(|sheet| sheet.visible == SheetVisible::Visible);
    let mut fallback = None;
    for sheet in shown.iter().chain(&hidden) {
        let rows = rows(&mut book, &sheet.name)?;
        match heading_row(&rows) {
            Some((at, known)) if known > 0 && at + 1 < rows.len() => return assemble(rows, false),
            _ if fallback.is_none() && !rows.is_empty() => fallback = Some(rows),
            _ => {}
        }
    }
    fallback.map_or(Err(Refusal::Empty), |rows| assemble(rows, false))
}

fn refused(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Protected,
        error => Refusal::Damaged(error.to_string()),
    }
}

/// Every sheet that people see and that holds something, its titles apart.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let seen = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = book.sheets_metadata().iter().filter(seen).map(|sheet| sheet.name.clone()).collect();
    let mut found = Vec::new();
    for name in names {
        let (rows, titles) = rows_and_titles(&mut book, &name)?;
        if !rows.is_empty() {
            found.push(Sheet { name, rows, titles });
        }
    }
    Ok(found)
}

/// The filled rows of a sheet, without its titles.
fn rows(book: &mut Book<'_>, sheet: &str) -> Result<Vec<TableRow>, Refusal> {
    Ok(rows_and_titles(book, sheet)?.0)
}

/// The filled rows of a sheet. What is merged downwards counts for each row it spans, what is merged across and alone
/// in its row is a title.
fn rows_and_titles(book: &mut Book<'_>, sheet: &str) -> Result<(Vec<TableRow>, BTreeMap<u32, String>), Refusal> {
    let merged = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
    let mut reader = book.worksheet_cells_reader(sheet).map_err(refused)?;
    let mut cells_by_row: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut characters = 0;
    while let Some(cell) = reader.next_cell().map_err(refused)? {
        let (row, column) = cell.get_position();
        let text = shown(&Data::from(cell.get_value().clone()));
        if text.is_empty() {
            continue;
        }
        characters += text.len() as u64;
        if characters > Limit::Characters.most() {
            return Err(Refusal::TooBig(Limit::Characters));
        }
        // What lies beyond the last column allowed is noted as one cell too many.
        let column = (column as usize).min(MAX_COLUMNS);
        let cells = cells_by_row.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        if cells_by_row.len() > MAX_ROWS + 1 {
            return Err(Refusal::TooBig(Limit::Rows));
        }
    }
    for region in &merged {
        spread(region, &mut cells_by_row);
    }
    let (titles, rows): (Vec<_>, Vec<_>) = cells_by_row.into_iter().partition(|row| is_title(row, &merged));
    let title = |(row, cells): (u32, Vec<String>)| Some((row + 1, cells.into_iter().find(|cell| !cell.is_empty())?));
    let line = |(row, cells)| TableRow { line: row + 1, cells, problem: None };
    Ok((rows.into_iter().map(line).collect(), titles.into_iter().filter_map(title).collect()))
}

/// Repeats what is merged downwards in the rows that hold something of their own.
fn spread(region: &Dimensions, cells_by_row: &mut BTreeMap<u32, Vec<String>>) {
    let ((top, left), (bottom, right)) = (region.start, region.end);
    let column = left as usize;
    let text = cells_by_row.get(&top).and_then(|cells| cells.get(column)).cloned().unwrap_or_default();
    if text.is_empty() || top >= bottom || left != right {
        return;
    }
    for cells in cells_by_row.range_mut(top + 1..=bottom).map(|(_, cells)| cells) {
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if cells[column].is_empty() {
            cells[column].clone_from(&text);
        }
    }
}

fn is_title((row, cells): &(u32, Vec<String>), merged: &[Dimensions]) -> bool {
    let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let (Some((column, _)), None) = (filled.next(), filled.next()) else { return false };
    merged.iter().any(|region| region.start == (*row, column as u32) && region.end.1 > region.start.1)
}

/// A cell as people read it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Error(_) | Data::Empty => String::new(),
        Data::Float(number) => shown_number(*number),
        Data::DateTime(instant) => shown_instant(instant),
        Data::DateTimeIso(_) => cell.as_datetime().map_or_else(|| cell.to_string(), shown_datetime),
        other => clean(&other.to_string()).trim().to_owned(),
    }
}

/// With the fifteen digits that spreadsheets show, so that 0.1 + 0.2 is 0.3.
fn shown_number(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { f64::to_string(&rounded) }
}

fn shown_instant(instant: &ExcelDateTime) -> String {
    let days = instant.as_f64();
    // The last day that spreadsheets know is in the year 9999.
    if !(0.0..2_958_466.0).contains(&days) {
        return shown_number(days);
    }
    if instant.is_duration() || days < 1.0 {
        let minutes = (days * 24.0 * 60.0).round() as u64;
        return format!("{:02}:{:02}", minutes / 60, minutes % 60);
    }
    instant.as_datetime().map_or_else(|| shown_number(days), shown_datetime)
}

fn shown_datetime(at: chrono::NaiveDateTime) -> String {
    if at.time() == chrono::NaiveTime::MIN { at.date().to_string() } else { at.format("%Y-%m-%d %H:%M").to_string() }
}
