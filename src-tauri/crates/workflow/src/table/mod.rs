//! Tables to import: what a file is, which column is what, which rows are good. Knows no démarche.
//!
//! A file passes through three steps: its bytes become rows ([`csv`] or [`xlsx`], by content and never by extension),
//! [`headings`] says which row names the columns, and [`recognise`] says what each column is for one kind of import.
//! No row is dropped on the way: one that cannot be trusted carries its [`RowProblem`].

mod columns;
mod content;
mod csv;
mod headings;
mod nature;
mod roles;
mod xlsx;

#[cfg(test)]
mod tests;

pub use columns::{Columns, recognise};
pub use roles::ColumnRole;

use crate::views::ImportKind;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};
use thiserror::Error;

/// Bytes that a file may have.
const MAX_BYTES: u64 = 64 << 20;
/// Rows that a table may have.
const MAX_ROWS: usize = 200_000;
/// Columns that a table may have.
const MAX_COLUMNS: usize = 200;
/// Characters that a cell may have.
const MAX_CELL: usize = 100_000;

/// A table as read: headings and rows, all as trimmed text without control characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Headings; a column without one is named by its position, from 1.
    pub headings: Vec<String>,
    /// Rows that are not blank.
    pub rows: Vec<TableRow>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRow {
    /// The physical line of the file (or row of the sheet) where it starts, from 1.
    pub line: u32,
    /// Its cells, as many as it has.
    pub cells: Vec<String>,
    /// What is wrong with it, the gravest only.
    pub problem: Option<RowProblem>,
}

/// What is wrong with a row that is kept nevertheless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowProblem {
    /// Cells are missing at its end: they count as empty.
    TooFewCells {
        /// Cells it has.
        cells: usize,
        /// Columns there are.
        columns: usize,
    },
    /// It has cells beyond the last column: a separator within a text was not quoted, so that text is cut.
    TooManyCells {
        /// Cells it has.
        cells: usize,
        /// Columns there are.
        columns: usize,
    },
    /// A quotation mark opens and never closes: the line is read as if it had none.
    OpenQuote,
    /// A cell is longer than any text may be.
    HugeCell {
        /// Its column, from 0.
        column: usize,
        /// Its length.
        characters: usize,
    },
}

impl RowProblem {
    /// Whether the row should be refused, its cells not being what their author wrote.
    #[must_use]
    pub const fn spoils(&self) -> bool {
        !matches!(self, Self::TooFewCells { .. })
    }
}

/// What a table may have too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of the file.
    Bytes,
    /// Rows.
    Rows,
    /// Columns.
    Columns,
    /// Characters of all cells together.
    Characters,
}

impl Limit {
    /// The limit's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Rows => "rows",
            Self::Columns => "columns",
            Self::Characters => "characters",
        }
    }

    /// How many a table may have.
    #[must_use]
    pub const fn most(self) -> u64 {
        match self {
            Self::Bytes => MAX_BYTES,
            Self::Rows => MAX_ROWS as u64,
            Self::Columns => MAX_COLUMNS as u64,
            Self::Characters => MAX_BYTES * 4,
        }
    }
}

/// Why a file is no usable table.
#[derive(Debug, Error)]
pub enum TableError {
    /// There is no such file.
    #[error("{} does not exist", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be opened or read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// It is something else.
    #[error("{} is no CSV or XLSX table; it looks like: {looks_like}", path.display())]
    NotATable {
        /// The file.
        path: PathBuf,
        /// What it looks like: a format's name.
        looks_like: &'static str,
    },
    /// It is a workbook of Excel 97–2003 (.xls): saving it as .xlsx is what helps.
    #[error("{} is an old Excel workbook (.xls); save it as .xlsx", path.display())]
    OldWorkbook {
        /// The file.
        path: PathBuf,
    },
    /// It is a workbook that only opens with a password.
    #[error("{} is protected by a password", path.display())]
    Protected {
        /// The file.
        path: PathBuf,
    },
    /// It is a workbook or a CSV table, but a damaged one.
    #[error("{} is a damaged table: {detail}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// There is no row, or only headings.
    #[error("{} has no row", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A column it must have is missing.
    #[error("{} has no column `{column}`", path.display())]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// It is larger than an import may be.
    #[error("{} is too big: {} {} at most", path.display(), limit.most(), limit.as_str())]
    TooBig {
        /// The file.
        path: PathBuf,
        /// What there is too much of.
        limit: Limit,
    },
    /// No column can be what the import cannot do without.
    #[error("no column can be the {}; the headings are: {}", wanted.as_str(), headings.join(", "))]
    NoUsableColumn {
        /// What was imported.
        kind: ImportKind,
        /// What it cannot do without.
        wanted: ColumnRole,
        /// The headings there are.
        headings: Vec<String>,
    },
}

/// Why bytes gave no table; [`read_table`] adds the path.
enum Refusal {
    NotATable(&'static str),
    OldWorkbook,
    Protected,
    Damaged(String),
    Empty,
    TooBig(Limit),
}

impl Refusal {
    fn of(self, path: &Path) -> TableError {
        let path = path.to_owned();
        match self {
            Self::NotATable(looks_like) => TableError::NotATable { path, looks_like },
            Self::OldWorkbook => TableError::OldWorkbook { path },
            Self::Protected => TableError::Protected { path },
            Self::Damaged(detail) => TableError::Damaged { path, detail },
            Self::Empty => TableError::Empty { path },
            Self::TooBig(limit) => TableError::TooBig { path, limit },
        }
    }
}

/// Reads a table, deciding by its content and not by its name.
///
/// # Errors
/// A [`TableError`] where the file cannot be read, is no table, has no row or exceeds a limit.
pub fn read_table(path: &Path) -> Result<Table, TableError> {
    let bytes = read_bytes(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => TableError::NotFound { path: path.to_owned() },
        _ => TableError::Unreadable { path: path.to_owned(), source },
    })?;
    from_bytes(&bytes).map_err(|refusal| refusal.of(path))
}

/// A sheet as it stands: every row that holds something, its headings among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Its name; empty for text files.
    pub name: String,
    /// Rows that are not blank.
    pub rows: Vec<TableRow>,
    /// Words merged across a row of their own, by line.
    pub titles: BTreeMap<u32, String>,
}

/// Reads every sheet that holds something, hidden ones left out; a text file has one.
///
/// # Errors
/// As [`read_table`].
pub(crate) fn read_sheets(path: &Path) -> Result<Vec<Sheet>, TableError> {
    let bytes = read_bytes(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => TableError::NotFound { path: path.to_owned() },
        _ => TableError::Unreadable { path: path.to_owned(), source },
    })?;
    sheets(&bytes).map_err(|refusal| refusal.of(path))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::TooBig(Limit::Bytes));
    }
    let found = match nature::of(bytes)? {
        nature::Nature::Workbook => xlsx::sheets(bytes)?,
        nature::Nature::Text => {
            let Table { headings, rows } = csv::read(bytes)?;
            let head = TableRow { line: 1, cells: headings, problem: None };
            vec![Sheet { rows: std::iter::once(head).chain(rows).collect(), ..Sheet::default() }]
        }
    };
    if found.is_empty() { Err(Refusal::Empty) } else { Ok(found) }
}

/// The bytes of a file; one more than allowed where there are too many.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn from_bytes(bytes: &[u8]) -> Result<Table, Refusal> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::TooBig(Limit::Bytes));
    }
    let table = match nature::of(bytes)? {
        nature::Nature::Workbook => xlsx::read(bytes)?,
        nature::Nature::Text => csv::read(bytes)?,
    };
    if table.rows.is_empty() { Err(Refusal::Empty) } else { Ok(table) }
}

/// Text without control characters, its line ends as `\n`.
///
/// The vertical tab is what office software writes for a line break within a paragraph: it becomes a blank, lest two
/// words become one.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{b}', " ");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || *c == '\u{feff}')).collect()
}
