//! Tables to import: what the file is, which column is what, which rows are good. Knows no démarche.

mod columns;
mod csv;
mod xlsx;

pub(crate) use columns::{ColumnRole, Columns, recognise};

use crate::views::ImportKind;
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};
use thiserror::Error;

/// Limits of what one file may bring.
const MAX_BYTES: u64 = 64 << 20;
const MAX_ROWS: usize = 200_000;

/// A table as read: headings and rows, all as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Headings; numbers where the file has none.
    pub headings: Vec<String>,
    /// Rows that are not blank.
    pub rows: Vec<TableRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableRow {
    /// Its line in the file, from 1.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Why a file is no usable table.
#[derive(Debug, Error)]
pub enum TableError {
    /// It cannot be opened.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// It is something else.
    #[error("{} is no CSV or XLSX table but {looks_like}", path.display())]
    NotATable {
        /// The file.
        path: PathBuf,
        /// What it looks like.
        looks_like: &'static str,
    },
    /// It is a spreadsheet that cannot be read.
    #[error("{} cannot be read as a spreadsheet: {detail}", path.display())]
    Spreadsheet {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// There is no row.
    #[error("{} has no row", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It is larger than an import may be.
    #[error("{} is too big: {MAX_ROWS} rows and {} MB at most", path.display(), MAX_BYTES >> 20)]
    TooBig {
        /// The file.
        path: PathBuf,
    },
    /// No column can be what is needed.
    #[error("no column can be the {wanted}; the headings are: {}", headings.join(", "))]
    NoUsableColumn {
        /// What was needed.
        wanted: &'static str,
        /// What there is.
        headings: Vec<String>,
        /// What was imported.
        kind: ImportKind,
    },
}

/// Reads a table, deciding by its first bytes and not by its name.
pub(crate) fn read_table(path: &Path) -> Result<Table, TableError> {
    let failed = |source| TableError::Io { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(TableError::TooBig { path: path.to_owned() });
    }
    let not = |looks_like| Err(TableError::NotATable { path: path.to_owned(), looks_like });
    let table = match bytes.as_slice() {
        [] => return Err(TableError::Empty { path: path.to_owned() }),
        [b'P', b'K', 3, 4, ..] => xlsx::read(path, bytes)?,
        [b'%', b'P', b'D', b'F', ..] => return not("PDF"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return not("XLS"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => return not("image"),
        bytes if bytes.starts_with(b"SQLite format 3") => return not("SQLite"),
        bytes => match csv::read(bytes) {
            Some(table) => table,
            None => return not("binary"),
        },
    };
    if table.rows.is_empty() {
        return Err(TableError::Empty { path: path.to_owned() });
    }
    if table.rows.len() > MAX_ROWS {
        return Err(TableError::TooBig { path: path.to_owned() });
    }
    Ok(table)
}

/// Turns raw rows into a table: the first row that names a known column is the heading; without one, columns get numbers.
fn with_headings(rows: Vec<TableRow>) -> Table {
    let head = rows.iter().take(20).position(|row| row.cells.iter().any(|cell| columns::is_known(cell)));
    let mut rows = rows;
    match head {
        Some(at) => {
            let headings = rows[at].cells.clone();
            rows.drain(..=at);
            Table { headings, rows }
        }
        None => {
            let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
            Table { headings: (1..=width).map(|number| number.to_string()).collect(), rows }
        }
    }
}

/// A cell without control characters and surrounding blanks.
fn clean(cell: &str) -> String {
    let kept: String = cell.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::io::Write;

    fn table(bytes: &[u8]) -> Result<Table, TableError> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        read_table(file.path())
    }

    #[test]
    fn separators_encodings_and_line_numbers_are_recognised() {
        let windows =
            b"Th\xe8me;Proposition\r\nMobilit\xe9;\"Un bus\r\n\xe0 l'heure\"\r\n;\r\nSant\xe9;Un m\xe9decin\r\n";
        let read = table(windows).unwrap();
        assert_eq!(read.headings, ["Thème", "Proposition"]);
        assert_eq!(read.rows[0].cells[1], "Un bus\r\nà l'heure".replace('\r', ""));
        assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
        let utf8 = table("\u{feff}texte\tid\nUne idée\t1\n".as_bytes()).unwrap();
        assert_eq!((utf8.headings.len(), utf8.rows[0].cells[0].as_str()), (2, "Une idée"));
    }

    #[test]
    fn a_plain_list_has_no_heading_and_loses_no_line() {
        let read = table("Créer une navette, le soir\nOuvrir une crèche\n".as_bytes()).unwrap();
        assert_eq!(read.rows.len(), 2);
        let columns = recognise(&read, ImportKind::Proposals).unwrap();
        assert!(columns.cell(&read.rows[1], ColumnRole::Text).unwrap().starts_with("Ouvrir"));
    }

    #[test]
    fn what_is_no_table_is_named() {
        assert!(matches!(table(b"%PDF-1.7"), Err(TableError::NotATable { looks_like: "PDF", .. })));
        assert!(matches!(table(b""), Err(TableError::Empty { .. })));
        assert!(matches!(table(b"texte\n"), Err(TableError::Empty { .. })));
        assert!(matches!(table(&[0, 1, 2, 3, 0, 255, 9, 0]), Err(TableError::NotATable { .. })));
        let numbers = table(b"a;b\n1;2\n3;4\n").unwrap();
        assert!(matches!(recognise(&numbers, ImportKind::Proposals), Err(TableError::NoUsableColumn { .. })));
    }
}
