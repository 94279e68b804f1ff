//! Parquet: a table for engines that ask questions of many at once. Columns are named and typed as in the dictionary, every cell may
//! be empty, and the same table gives the same bytes.
//!
//! Compressed with Snappy, which every reader of the format has; the crate's defaults otherwise, so that engines find the ranges and
//! dictionaries that let them skip what a question does not need.

use crate::{
    DocumentError,
    model::{Cell, Column, Holds, Sheet},
};
use ::parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::Type,
};
use chrono::{Datelike, NaiveDate};
use std::sync::Arc;

/// Version of the tables, kept in each file: raised when a column is renamed or dropped.
pub(crate) const VERSION: u32 = 1;
/// What it is kept under.
const VERSION_KEY: &str = "moisson.open_data";
/// Rows that are read together.
const GROUP: usize = 100_000;
/// Digits of an amount in euros, and how many of them stand after the point.
const DIGITS: i32 = 18;
const DECIMALS: i32 = 2;

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
    let version = KeyValue::new(String::from(VERSION_KEY), VERSION.to_string());
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(String::from(concat!("Moisson ", env!("CARGO_PKG_VERSION"))))
        .set_key_value_metadata(Some(vec![version]))
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema(sheet)?), Arc::new(properties))?;
    for rows in sheet.rows.chunks(GROUP) {
        let mut group = file.next_row_group()?;
        for (place, column) in sheet.columns.iter().enumerate() {
            let mut writer = group.next_column()?.expect("the schema has as many columns as the sheet");
            let cells = rows.iter().map(|row| row.get(place).unwrap_or(&Cell::Empty));
            match column.holds {
                Holds::Words | Holds::OneOf(_) => put::<ByteArrayType>(&mut writer, cells.map(words)),
                Holds::Count => put::<Int64Type>(&mut writer, cells.map(count)),
                Holds::Share => put::<Int64Type>(&mut writer, cells.map(share)),
                Holds::Money => put::<Int64Type>(&mut writer, cells.map(cents)),
                Holds::Day => put::<Int32Type>(&mut writer, cells.map(days)),
            }?;
            writer.close()?;
        }
        group.close()?;
    }
    Ok(file.into_inner()?)
}

fn schema(sheet: &Sheet) -> Result<Type, ParquetError> {
    let columns = sheet.columns.iter().map(|column| described(column).map(Arc::new)).collect::<Result<_, _>>()?;
    Type::group_type_builder("schema").with_fields(columns).build()
}

fn described(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.holds {
        Holds::Words | Holds::OneOf(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Holds::Count | Holds::Share => (Physical::INT64, None),
        Holds::Money => (Physical::INT64, Some(LogicalType::decimal(DECIMALS, DIGITS))),
        Holds::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let told = Type::primitive_type_builder(&column.heading, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    if column.holds == Holds::Money { told.with_precision(DIGITS).with_scale(DECIMALS) } else { told }.build()
}

/// Writes what the cells of a column hold, and which of them hold something.
fn put<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<usize, ParquetError> {
    let mut values = Vec::new();
    let is_there: Vec<i16> = cells.map(|cell| i16::from(cell.map(|value| values.push(value)).is_some())).collect();
    writer.typed::<T>().write_batch(&values, Some(&is_there), None)
}

fn words(cell: &Cell) -> Option<ByteArray> {
    if let Cell::Words(text) = cell { Some(text.as_str().into()) } else { None }
}

const fn count(cell: &Cell) -> Option<i64> {
    if let Cell::Count(number) = cell { Some(*number) } else { None }
}

fn share(cell: &Cell) -> Option<i64> {
    if let Cell::Share(share) = cell { Some(i64::from(*share)) } else { count(cell) }
}

const fn cents(cell: &Cell) -> Option<i64> {
    if let Cell::Money(cents) | Cell::Sum(_, cents) = cell { Some(*cents) } else { None }
}

/// Counted from the first day of 1970.
fn days(cell: &Cell) -> Option<i32> {
    if let Cell::Day(day) = cell {
        Some(day.num_days_from_ce() - NaiveDate::default().num_days_from_ce())
    } else {
        None
    }
}
