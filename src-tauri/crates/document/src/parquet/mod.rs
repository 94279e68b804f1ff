//! Parquet: a table for engines that ask questions of many at once. Columns are named and typed as in the dictionary, every cell may
//! be empty, and the same table gives the same bytes.
//!
//! The plainest form of the format: values one after the other in pages, compressed with gzip, their descriptions at the end. That is
//! all that plain columns need; the format's own crate brings kinds of numbers and codecs of which none is used here, and has half of
//! what lays out documents built anew for them.

mod thrift;

use crate::{
    DocumentError,
    model::{Cell, Column, Holds, Sheet},
};
use chrono::{Datelike, NaiveDate};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use thrift::{Struct, varint};

/// Version of the tables, kept in each file: raised when a column is renamed or dropped.
pub(crate) const VERSION: u32 = 1;
/// What it is kept under.
const VERSION_KEY: &str = "moisson.open_data";
/// How a file begins and ends.
const MAGIC: &[u8] = b"PAR1";
/// Rows that are read together, and rows of a page.
const GROUP: usize = 100_000;
const PAGE: usize = 10_000;
/// Digits of an amount in euros, two of them after the point.
const DIGITS: i32 = 18;

// The format's own numbers.
const INT32: i32 = 1;
const INT64: i32 = 2;
const BYTES: i32 = 6;
const OPTIONAL: i32 = 1;
const UTF8: i32 = 0;
const DECIMAL: i32 = 5;
const DATE: i32 = 6;
const PLAIN: i32 = 0;
const RLE: i32 = 3;
const GZIP: i32 = 2;
const DATA_PAGE: i32 = 0;

/// How a column is typed, in the words of SQL.
pub(crate) const fn type_of(holds: Holds) -> &'static str {
    match holds {
        Holds::Words | Holds::OneOf(_) => "VARCHAR",
        Holds::Count | Holds::Share => "BIGINT",
        Holds::Money => "DECIMAL(18,2)",
        Holds::Day => "DATE",
    }
}

/// Writes a table.
pub(crate) fn write(sheet: &Sheet) -> Result<Vec<u8>, DocumentError> {
    let mut out = MAGIC.to_vec();
    let mut groups = Vec::new();
    for rows in sheet.rows.chunks(GROUP) {
        let began = out.len();
        let mut chunks = Vec::new();
        for (place, column) in sheet.columns.iter().enumerate() {
            chunks.push(chunk(&mut out, column, place, rows)?);
        }
        groups.push(Struct::default().list(1, chunks).i64(2, size(out.len() - began)).i64(3, size(rows.len())));
    }
    let root = Struct::default().text(4, "schema").i32(5, small(sheet.columns.len()));
    let schema = std::iter::once(root).chain(sheet.columns.iter().map(described)).collect();
    let version = Struct::default().text(1, VERSION_KEY).text(2, &VERSION.to_string());
    let about = Struct::default()
        .i32(1, 1)
        .list(2, schema)
        .i64(3, size(sheet.rows.len()))
        .list(4, groups)
        .list(5, vec![version])
        .text(6, concat!("Moisson ", env!("CARGO_PKG_VERSION")))
        .done();
    out.extend_from_slice(&about);
    out.extend_from_slice(&small(about.len()).to_le_bytes());
    out.extend_from_slice(MAGIC);
    Ok(out)
}

const fn physical(holds: Holds) -> i32 {
    match holds {
        Holds::Words | Holds::OneOf(_) => BYTES,
        Holds::Count | Holds::Share | Holds::Money => INT64,
        Holds::Day => INT32,
    }
}

/// A column in the schema, said both ways that readers know.
fn described(column: &Column) -> Struct {
    let told = Struct::default().i32(1, physical(column.holds)).i32(3, OPTIONAL).text(4, &column.heading);
    let empty = Struct::default;
    match column.holds {
        Holds::Words | Holds::OneOf(_) => told.i32(6, UTF8).within(10, empty().within(1, empty())),
        Holds::Count | Holds::Share => told,
        Holds::Money => told
            .i32(6, DECIMAL)
            .i32(7, 2)
            .i32(8, DIGITS)
            .within(10, empty().within(5, empty().i32(1, 2).i32(2, DIGITS))),
        Holds::Day => told.i32(6, DATE).within(10, empty().within(6, empty())),
    }
}

/// Writes the cells of a column, and describes them.
fn chunk(out: &mut Vec<u8>, column: &Column, place: usize, rows: &[Vec<Cell>]) -> Result<Struct, DocumentError> {
    let began = out.len();
    let mut plain = 0;
    for rows in rows.chunks(PAGE) {
        let body = page(column.holds, rows.iter().map(|row| row.get(place).unwrap_or(&Cell::Empty)));
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&body)?;
        let packed = packed.finish()?;
        let values = Struct::default().i32(1, small(rows.len())).i32(2, PLAIN).i32(3, RLE).i32(4, RLE);
        let header = Struct::default()
            .i32(1, DATA_PAGE)
            .i32(2, small(body.len()))
            .i32(3, small(packed.len()))
            .within(5, values)
            .done();
        plain += header.len() + body.len();
        out.extend_from_slice(&header);
        out.extend_from_slice(&packed);
    }
    let about = Struct::default()
        .i32(1, physical(column.holds))
        .numbers(2, &[PLAIN, RLE])
        .texts(3, &[&column.heading])
        .i32(4, GZIP)
        .i64(5, size(rows.len()))
        .i64(6, size(plain))
        .i64(7, size(out.len() - began))
        .i64(9, size(began));
    Ok(Struct::default().i64(2, size(began)).within(3, about))
}

/// Which cells hold something, in runs, then what they hold.
fn page<'a>(holds: Holds, cells: impl Iterator<Item = &'a Cell>) -> Vec<u8> {
    let (mut runs, mut values) = (Vec::new(), Vec::new());
    let mut run = (false, 0_u64);
    let mut close = |run: (bool, u64)| {
        if run.1 > 0 {
            varint(&mut runs, run.1 << 1);
            runs.push(u8::from(run.0));
        }
    };
    for cell in cells {
        let is_there = put(&mut values, holds, cell);
        if is_there != run.0 {
            close(run);
            run = (is_there, 0);
        }
        run.1 += 1;
    }
    close(run);
    let mut page = small(runs.len()).to_le_bytes().to_vec();
    page.extend(runs);
    page.extend(values);
    page
}

/// Writes what a cell holds, if it is what its column does.
fn put(out: &mut Vec<u8>, holds: Holds, cell: &Cell) -> bool {
    match (holds, cell) {
        (Holds::Words | Holds::OneOf(_), Cell::Words(text)) => {
            out.extend(small(text.len()).to_le_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        (Holds::Count | Holds::Share, Cell::Count(number))
        | (Holds::Money, Cell::Money(number) | Cell::Sum(_, number)) => {
            out.extend(number.to_le_bytes());
        }
        (Holds::Share, Cell::Share(share)) => out.extend(i64::from(*share).to_le_bytes()),
        (Holds::Day, Cell::Day(day)) => {
            // Counted from the first day of 1970.
            let days = day.num_days_from_ce() - NaiveDate::default().num_days_from_ce();
            out.extend(days.to_le_bytes());
        }
        _ => return false,
    }
    true
}

/// A length within a page; a text of a person is far from 2 GB.
fn small(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

fn size(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
