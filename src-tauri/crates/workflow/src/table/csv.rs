//! Text tables: encoding, separator and stray quotation marks; the rest is the `csv` crate's.

use super::{
    MAX_COLUMNS, MAX_ROWS, Refusal, RowProblem, Table, TableRow, clean,
    headings::{assemble, heading_row, usual_width},
    roles,
};
use ::csv::{ReaderBuilder, StringRecord};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};

/// Separators, the likelier first where two do as well.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];
/// What separates nothing: the separator of a plain list. Cleaned text has no such character.
const NONE: u8 = 0x1f;
/// Ends the text for the reader, alone on its line unless a quotation mark was left open.
const END: &str = "\u{1}";
/// Stray quotation marks mended before the rest is read as if quotation marks meant nothing.
const MENDED: usize = 50;
/// Text by which the separator is judged.
const SAMPLE: usize = 128 << 10;

/// Reads a text table.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Refusal> {
    let mut text = clean(&decode(bytes));
    let declared = declared_separator(&text);
    let first_line = if declared.is_some() { text.find('\n').map_or(text.len(), |end| end + 1) } else { 0 };
    let (separator, width) = match declared {
        Some(separator) => (separator, 0),
        None => find_separator(&text),
    };
    text.push('\n');
    text.push_str(END);
    assemble(rows(&text, first_line, separator, width), true)
}

/// The text, in the encoding that its mark, its validity or its letters tell.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    // Files pasted together from two exports are both at once: accents that are valid UTF-8 are so by no accident.
    let wide: usize = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    let wrong = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    if wide >= wrong {
        let both = bytes.utf8_chunks().flat_map(|chunk| [chunk.valid().into(), WINDOWS_1252.decode(chunk.invalid()).0]);
        return both.collect();
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"fr"), Utf8Detection::Deny).decode(bytes).0.into_owned()
}

/// The separator that Excel writes in the first line (`sep=;`).
fn declared_separator(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches(['"', ' ']);
    match line.strip_prefix("sep=")?.as_bytes() {
        [separator] => Some(*separator),
        _ => None,
    }
}

/// The separator that explains the text best, and how many cells most rows then have.
///
/// Known headings decide; else rows of equal width do, unless what follows each separator is a blank: then it is
/// punctuation, and the file a plain list of sentences.
fn find_separator(text: &str) -> (u8, usize) {
    let cut = text.len() > SAMPLE;
    let mut sample = text[..text.floor_char_boundary(SAMPLE)].to_owned();
    sample.push('\n');
    sample.push_str(END);
    if sample.lines().find(|line| !line.trim().is_empty()).is_some_and(roles::is_exactly_known) {
        return (NONE, 1);
    }
    let fits = SEPARATORS.into_iter().rev().filter_map(|separator| {
        let mut rows = raw_rows(&sample, 0, separator, 0);
        if cut {
            rows.pop();
        }
        let width = usual_width(&rows);
        let even = rows.iter().filter(|row| row.cells.len() == width).count() * 100 / rows.len().max(1);
        let later = || rows.iter().flat_map(|row| row.cells.iter().skip(1)).filter(|cell| !cell.is_empty());
        let spaced =
            matches!(separator, b',' | b';') && later().all(|cell| cell.starts_with([' ', '\u{a0}', '\u{202f}']));
        for row in &mut rows {
            trim(row);
        }
        let headed = heading_row(&rows).filter(|(at, _)| rows[*at].cells.len() > 1);
        let known = headed.map_or(0, |(_, known)| known);
        let fits = known > 0 || (width > 1 && even >= 80 && !spaced);
        fits.then_some(((known, even, width), separator, width))
    });
    fits.max_by_key(|(fit, _, _)| *fit).map_or((NONE, 1), |(_, separator, width)| (separator, width))
}

/// The rows that are not blank, from a byte of the text (the start of a line) on. The text ends with [`END`].
fn rows(text: &str, from: usize, separator: u8, width: usize) -> Vec<TableRow> {
    let mut rows = raw_rows(text, from, separator, width);
    for row in &mut rows {
        trim(row);
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    rows
}

fn trim(row: &mut TableRow) {
    for cell in &mut row.cells {
        let kept = cell.trim();
        if kept.len() < cell.len() {
            *cell = kept.to_owned();
        }
    }
}

fn raw_rows(text: &str, from: usize, separator: u8, width: usize) -> Vec<TableRow> {
    let mut place = Place { text, at: 0, line: 1 };
    place.advance(from);
    let mut rows = Vec::new();
    let mut mended = 0;
    while let Some(broken) = rows_until_broken(&mut place, separator, width, mended < MENDED, &mut rows) {
        // The line alone, its quotation marks being letters; what it had swallowed is read again.
        let end = text[broken..].find('\n').map_or(text.len(), |end| broken + end);
        place.advance(broken);
        let cells = text[broken..end].split(char::from(separator)).take(MAX_COLUMNS + 1).map(str::to_owned).collect();
        rows.push(TableRow { line: place.line, cells, problem: Some(RowProblem::OpenQuote) });
        place.advance((end + 1).min(text.len()));
        mended += 1;
    }
    rows
}

/// A place in a text and the line it is on.
struct Place<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Place<'_> {
    fn advance(&mut self, to: usize) {
        let passed = self.text.as_bytes()[self.at..to].iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        self.at = to;
    }
}

/// Reads records until the end (`None`) or one whose quotation mark never closes (where it starts).
fn rows_until_broken(
    place: &mut Place<'_>,
    separator: u8,
    width: usize,
    quoting: bool,
    rows: &mut Vec<TableRow>,
) -> Option<usize> {
    let (text, base) = (place.text, place.at);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .from_reader(&text.as_bytes()[base..]);
    let mut record = StringRecord::new();
    // Reading text from memory, of any width, has no way to fail: an error would be the end.
    while rows.len() <= MAX_ROWS + 100 && reader.read_record(&mut record).unwrap_or(false) {
        let before = base + record.position().map_or(0, |position| offset(position.byte()));
        let end = base + offset(reader.position().byte());
        let start = before + text[before..end].bytes().take_while(|byte| *byte == b'\n').count();
        if record.len() == 1 && &record[0] == END {
            return None;
        }
        let open = record.iter().next_back().is_some_and(|cell| cell.ends_with(END));
        let torn = || record.len() != width || is_torn(&text[start..end], separator);
        if quoting && (open || (swallows(&text[start..end], separator, width) && torn())) {
            return Some(start);
        }
        place.advance(start);
        let cells: Vec<String> = record.iter().take(MAX_COLUMNS + 1).map(str::to_owned).collect();
        let problem = (!quoting && cells.iter().any(|cell| cell.contains('"'))).then_some(RowProblem::OpenQuote);
        rows.push(TableRow { line: place.line, cells, problem });
    }
    None
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// Whether a record of several lines has whole rows within: a stray quotation mark that the next quoted cell closed.
fn swallows(record: &str, separator: u8, width: usize) -> bool {
    let separator = char::from(separator);
    width > 1 && record.lines().skip(1).any(|line| line.matches(separator).count() + 1 == width)
}

/// Whether letters follow a closing quotation mark, which no program writes.
fn is_torn(record: &str, separator: u8) -> bool {
    let after_closing = record.split('"').skip(2).step_by(2);
    after_closing
        .map(|rest| rest.trim_start_matches(' '))
        .any(|rest| !rest.is_empty() && !rest.starts_with([char::from(separator), '\n']))
}
