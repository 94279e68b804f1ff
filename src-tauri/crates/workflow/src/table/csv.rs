//! Text tables: encoding, separator and headings recognised.

use super::{Table, TableRow, clean, with_headings};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Separators tried, in order of preference where they do as well.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// Reads a text table; `None` where the bytes are no text.
pub(super) fn read(bytes: &[u8]) -> Option<Table> {
    let text = decode(bytes)?;
    let sample: String = text.lines().take(30).collect::<Vec<_>>().join("\n");
    let separator = SEPARATORS.into_iter().rev().max_by_key(|separator| fit(&sample, *separator)).unwrap_or(b';');
    Some(with_headings(rows(&text, separator)))
}

fn decode(bytes: &[u8]) -> Option<String> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if bytes.contains(&0) => return None,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        // Exports of office software in western Europe.
        None => WINDOWS_1252,
    };
    let (text, _, _) = encoding.decode(bytes);
    Some(text.into_owned())
}

fn rows(text: &str, separator: u8) -> Vec<TableRow> {
    let mut reader =
        ::csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records().map_while(Result::ok) {
        let cells: Vec<String> = record.iter().map(clean).collect();
        let line = record.position().map_or(0, ::csv::Position::line);
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(TableRow { line: u32::try_from(line).unwrap_or(u32::MAX), cells });
        }
    }
    rows
}

/// How well a separator explains a sample: columns, if (nearly) every row has as many; none if it explains nothing.
fn fit(sample: &str, separator: u8) -> (usize, usize) {
    let rows = rows(sample, separator);
    let width = rows.first().map_or(0, |row| row.cells.len());
    if width < 2 {
        return (0, 0);
    }
    let same = rows.iter().filter(|row| row.cells.len() == width).count();
    // A comma within sentences splits unevenly.
    if same * 10 >= rows.len() * 8 { (same, width) } else { (0, 0) }
}
