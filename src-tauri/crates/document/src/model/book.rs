//! The neutral workbook: sheets of typed cells that keep what one expects of each column.

use super::Meta;
use chrono::NaiveDate;

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    /// Title, language, author, date.
    pub meta: Meta,
    /// What the first sheet says: how to use the others.
    pub read_me: Vec<String>,
    /// Its heading on the first tab.
    pub read_me_name: String,
    /// Lists that cells choose from: name and words.
    pub lists: Vec<(String, Vec<String>)>,
    /// Name of the tab that holds the lists.
    pub lists_name: String,
    /// Sheets in order.
    pub sheets: Vec<Sheet>,
}

/// A sheet: one table, and maybe a chart of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Name on its tab.
    pub name: String,
    /// Name of its table and of its CSV: letters, digits and underscores.
    pub key: String,
    /// What it holds, for those who cannot see it.
    pub about: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the columns of money are added up under the table.
    pub total: Option<String>,
    /// Columns that stay in sight when one scrolls right.
    pub held: u16,
    /// Chart of the columns of money by the first column.
    pub chart: Option<Chart>,
}

/// A chart: stacked bars of each column of money, by the first column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chart {
    /// Title.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// Width in letters.
    pub width: u16,
    /// What its cells hold.
    pub holds: Holds,
    /// What is shown by colour, beside the words.
    pub mark: Mark,
}

/// What the cells of a column hold, also those that are typed in later.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    #[default]
    Words,
    /// A word of the list of this number.
    OneOf(usize),
    /// A whole number.
    Count,
    /// Cents of euro.
    Money,
    /// A day.
    Day,
    /// From 0 to 100 %.
    Share,
}

/// What a column shows by colour.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// A bar as long as the share.
    Bar,
    /// Words that call for attention, and words that say it is done.
    Words {
        /// Attention.
        warn: Vec<String>,
        /// Done.
        good: Vec<String>,
    },
    /// A day gone by while the column of this number is empty, or says none of these words.
    Late {
        /// That column.
        until: usize,
        /// The words that end it; if there are none, whatever stands there does.
        words: Vec<String>,
    },
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, never a formula.
    Words(String),
    /// A whole number.
    Count(i64),
    /// Cents of euro.
    Money(i64),
    /// A day.
    Day(NaiveDate),
    /// Per cent.
    Share(u32),
    /// A formula of ours, and what it gives today, in cents of euro.
    Sum(String, i64),
}

impl Cell {
    /// A text, or nothing.
    #[must_use]
    pub fn words(text: Option<&str>) -> Self {
        text.map(str::trim).filter(|text| !text.is_empty()).map_or(Self::Empty, |text| Self::Words(text.to_owned()))
    }

    /// A day, or nothing.
    #[must_use]
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A number, or nothing.
    #[must_use]
    pub fn count(number: Option<u32>) -> Self {
        number.map_or(Self::Empty, |number| Self::Count(i64::from(number)))
    }
}
