//! XLSX: keys in a column that people do not see, answers in the column whose heading says so.

use super::{Answer, Filled, FormError, Given, Remark, Strange, answered, is_field, key_in, package::damaged, words};
use calamine::{Data, DataType, Dimensions, Reader, SheetType, Xlsx, XlsxError};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

/// Filled cells that a sheet may have: a form has some hundred.
const MAX_CELLS: usize = 200_000;
/// Rows and columns of the largest sheet (ECMA-376): a name of a cell may claim any.
const SIZE: At = (1 << 20, 1 << 14);

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;
type At = (u32, u32);

/// What is on a sheet.
struct Sheet {
    cells: BTreeMap<At, Data>,
    formulas: BTreeSet<At>,
    merged: Vec<Dimensions>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Filled, FormError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut filled = Filled::default();
    for name in sheets {
        let sheet = sheet(&mut book, &name)?;
        answers(&name, &sheet, &mut filled);
    }
    Ok(filled)
}

fn refused(error: XlsxError) -> FormError {
    match error {
        XlsxError::Password => FormError::Protected,
        error => damaged(error),
    }
}

/// Cell by cell: a sheet that claims a million rows costs what it holds.
fn sheet(book: &mut Book<'_>, name: &str) -> Result<Sheet, FormError> {
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut cells = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(refused)?;
    while let Some(cell) = reader.next_cell().map_err(refused)? {
        let value = Data::from(cell.get_value().clone());
        let (row, column) = cell.get_position();
        if row >= SIZE.0 || column >= SIZE.1 {
            return Err(damaged(format!("row {row}, column {column}")));
        }
        if !shown(&value).trim().is_empty() || matches!(value, Data::Error(_)) {
            cells.insert((row, column), value);
        }
        if cells.len() > MAX_CELLS {
            return Err(FormError::TooBig);
        }
    }
    drop(reader);
    let mut formulas = BTreeSet::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(refused)?;
    while let Some(cell) = reader.next_formula().map_err(refused)? {
        if !cell.get_value().is_empty() && formulas.len() < MAX_CELLS {
            formulas.insert(cell.get_position());
        }
    }
    drop(reader);
    Ok(Sheet { cells, formulas, merged })
}

fn answers(tab: &str, sheet: &Sheet, filled: &mut Filled) {
    let mut section: Option<String> = None;
    let mut column: Option<u32> = None;
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|(row, _)| *row).collect();
    for row in rows {
        let cells: Vec<(u32, String)> =
            sheet.cells.range((row, 0)..(row + 1, 0)).map(|((_, at), value)| (*at, shown(value))).collect();
        let key = cells.iter().find_map(|(at, text)| Some((*at, key_in(text)?.to_owned())));
        if let Some((_, key)) = key.as_ref().filter(|(_, key)| !is_field(key)) {
            section = Some(key.clone());
            continue;
        }
        if let Some((at, _)) = cells.iter().find(|(_, text)| words::ANSWERS.contains(&text.trim())) {
            column = Some(*at);
            continue;
        }
        // Without its heading, the answer is two columns right of the key; without either, the row says nothing.
        let Some(at) = column.or(key.as_ref().map(|(at, _)| at + 2)) else { continue };
        let label = cells.iter().rev().find(|(one, text)| *one < at && key_in(text).is_none());
        let label = label.map(|(_, text)| text.trim().to_owned()).unwrap_or_default();
        if key.is_none() && label.is_empty() {
            continue;
        }
        let place = format!("{tab}!{}{}", crate::xlsx::letter(u16::try_from(at).unwrap_or(u16::MAX)), row + 1);
        let formula = sheet.formulas.contains(&(row, at));
        let given = given(sheet, (row, at));
        if matches!(given, Given::Unclear(Strange::Merged, _)) {
            filled.remarks.push(Remark::Merged(place.clone()));
        }
        if formula {
            filled.remarks.push(Remark::Formula(place.clone()));
        }
        let key = key.map(|(_, key)| key);
        filled.answers.push(Answer { section: section.clone(), key, label, given, place, formula });
    }
}

/// What a cell answers. Merged with one of another row or with its label, it is no longer clear to which question.
fn given(sheet: &Sheet, at: At) -> Given {
    let inside = |region: &&Dimensions| {
        let ((top, left), (bottom, right)) = (region.start, region.end);
        (top..=bottom).contains(&at.0) && (left..=right).contains(&at.1)
    };
    if let Some(region) = sheet.merged.iter().find(inside)
        && (region.start.0 != region.end.0 || region.start.1 < at.1)
    {
        let words = sheet.cells.get(&region.start).map(shown).unwrap_or_default();
        return Given::Unclear(Strange::Merged, words.trim().to_owned());
    }
    match sheet.cells.get(&at) {
        None | Some(Data::Empty) => Given::Nothing,
        Some(Data::Error(error)) => Given::Unclear(Strange::Error, error.to_string()),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet holds fifteen digits")]
        Some(Data::Int(number)) => Given::Number(*number as f64),
        Some(Data::Float(number)) => Given::Number(*number),
        Some(value @ (Data::DateTime(_) | Data::DateTimeIso(_))) => match value.as_date() {
            Some(day) => Given::Day(day),
            None => answered(&shown(value)),
        },
        Some(value) => answered(&shown(value)),
    }
}

fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        value => value.to_string().replace("\r\n", "\n").replace('\r', "\n").replace("_x000D_", ""),
    }
}
