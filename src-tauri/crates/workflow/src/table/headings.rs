//! Which row names the columns, if one does: a heading taken for data makes a silly proposal, which the preview shows;
//! data taken for a heading is lost in silence. In doubt, a row is data.

use super::{Limit, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Refusal, RowProblem, Table, TableRow, roles};
use std::collections::{BTreeMap, BTreeSet};

/// Rows at the top where headings are sought, under a title and a date.
const TOP: usize = 20;
/// Rows below that say whether the first one is of their kind.
const BELOW: usize = 200;

/// Turns raw rows into a table. `exact` where each row states how many cells it has (text files), not only the filled
/// ones (sheets).
pub(super) fn assemble(mut rows: Vec<TableRow>, exact: bool) -> Result<Table, Refusal> {
    let mut headings = match heading_row(&rows) {
        Some((at, _)) => rows.drain(..=at).next_back().map(|row| row.cells).unwrap_or_default(),
        None => Vec::new(),
    };
    if rows.len() > MAX_ROWS {
        return Err(Refusal::TooBig(Limit::Rows));
    }
    let named = filled_width(&headings);
    let used = rows.iter().map(|row| filled_width(&row.cells)).max().unwrap_or_default();
    let width = match (exact, named) {
        (false, _) => named.max(used),
        (true, 0) => usual_width(&rows),
        (true, _) => named.max(used.min(headings.len())),
    };
    if width > MAX_COLUMNS {
        return Err(Refusal::TooBig(Limit::Columns));
    }
    headings.resize(width, String::new());
    for (index, heading) in headings.iter_mut().enumerate().filter(|(_, heading)| heading.is_empty()) {
        *heading = (index + 1).to_string();
    }
    for row in &mut rows {
        judge(row, width, exact);
    }
    Ok(Table { headings, rows })
}

/// The row of headings and how many of its cells are known ones.
///
/// It is the one that names most columns; whatever is above it must be sparser than it is, as a title and a date are.
pub(super) fn heading_row(rows: &[TableRow]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut fullest_above = 0;
    for (at, row) in rows.iter().take(TOP).enumerate() {
        let filled = filled(row).count();
        let known = filled_known(row);
        if known > best.map_or(0, |(_, known)| known)
            && (at == 0 || filled > fullest_above)
            && reads_as_headings(row)
            && !recurs(row, &rows[at + 1..])
        {
            best = Some((at, known));
        }
        fullest_above = fullest_above.max(filled);
    }
    best.or_else(|| unknown_headings(rows).then_some((0, 0)))
}

fn filled(row: &TableRow) -> impl Iterator<Item = (usize, &str)> {
    row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(|(index, cell)| (index, cell.as_str()))
}

fn filled_known(row: &TableRow) -> usize {
    filled(row).filter(|(_, cell)| roles::is_known(cell)).count()
}

fn filled_width(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

/// Headings are short, made of words, and none is an address or a number.
fn reads_as_headings(row: &TableRow) -> bool {
    filled(row).all(|(_, cell)| cell.chars().count() <= 200 && !is_figure(cell) && !cell.contains('@'))
}

/// Whether a cell of the row is found again below it in its column, as values are and headings are not.
fn recurs(row: &TableRow, below: &[TableRow]) -> bool {
    let again =
        |index: usize, cell: &str| below.iter().take(BELOW).filter_map(|row| row.cells.get(index)).any(|c| c == cell);
    // A heading repeated at the top of each printed page is whole each time.
    let cells: Vec<_> = filled(row).collect();
    let found = cells.iter().filter(|(index, cell)| again(*index, cell)).count();
    found > 0 && found < cells.len()
}

/// Whether the first row names columns in words of its own: nothing below is like it.
fn unknown_headings(rows: &[TableRow]) -> bool {
    let Some((first, below)) = rows.split_first() else { return false };
    let cells: Vec<_> = filled(first).collect();
    let distinct: BTreeSet<&str> = cells.iter().map(|(_, cell)| *cell).collect();
    if below.is_empty() || cells.len() < 2 || distinct.len() < cells.len() || !reads_as_headings(first) {
        return false;
    }
    let column = |index: usize| {
        below.iter().take(BELOW).filter_map(move |row| row.cells.get(index)).filter(|cell| !cell.is_empty())
    };
    let recurs = cells.iter().any(|(index, cell)| column(*index).any(|below| below == cell));
    let differs = |(index, heading): &(usize, &str)| {
        let count = column(*index).count();
        let figures = count > 0 && column(*index).all(|cell| is_figure(cell));
        let length = column(*index).map(|cell| cell.chars().count()).sum::<usize>() / count.max(1);
        let label = !heading.contains(char::is_whitespace) || heading.ends_with(['?', ':', '*']);
        figures || (label && length > 20 && length > 3 * heading.chars().count())
    };
    !recurs && (cells.iter().any(differs) || cells.iter().all(|(_, cell)| is_identifier(cell)))
}

/// `champ_1`, `q2`: what a program calls a column.
fn is_identifier(cell: &str) -> bool {
    let mut chars = cell.chars();
    chars.next().is_some_and(|c| c.is_ascii_lowercase())
        && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && cell.contains(|c: char| c == '_' || c.is_ascii_digit())
}

/// A number, an amount, a date, a time.
pub(super) fn is_figure(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit())
        && cell.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-.,/:%€$()".contains(c))
}

/// How many cells most rows have.
pub(super) fn usual_width(rows: &[TableRow]) -> usize {
    let mut rows_by_width = BTreeMap::new();
    for row in rows {
        *rows_by_width.entry(row.cells.len()).or_insert(0_usize) += 1;
    }
    rows_by_width.into_iter().max_by_key(|(width, rows)| (*rows, *width)).map_or(0, |(width, _)| width)
}

/// Notes what is wrong with a row, and drops the blank cells beyond the last column.
fn judge(row: &mut TableRow, columns: usize, exact: bool) {
    let cells = row.cells.len();
    row.cells.truncate(filled_width(&row.cells).max(columns.min(cells)));
    let characters = |cell: &String| if cell.len() > MAX_CELL { cell.chars().count() } else { 0 };
    let huge = row.cells.iter().map(characters).enumerate().find(|(_, characters)| *characters > MAX_CELL);
    row.problem = match (row.problem.take(), huge) {
        (_, Some((column, characters))) => Some(RowProblem::HugeCell { column, characters }),
        (Some(problem), _) => Some(problem),
        (None, _) if row.cells.len() > columns => Some(RowProblem::TooManyCells { cells: row.cells.len(), columns }),
        (None, _) if exact && cells < columns => Some(RowProblem::TooFewCells { cells, columns }),
        _ => None,
    };
}
