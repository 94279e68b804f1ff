//! What can go wrong with a document.

use thiserror::Error;

/// A document that cannot be composed or written.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// No such format.
    #[error("no format is called `{0}`")]
    UnknownFormat(String),
    /// The document is not written in this format.
    #[error("this document is not written as `{0}`")]
    NotOffered(&'static str),
    /// The document has no title.
    #[error("the document has no title")]
    NoTitle,
    /// A heading skips a level.
    #[error("the heading « {heading} » of level {level} follows one of level {after}")]
    SkippedLevel {
        /// Its text.
        heading: String,
        /// Its level.
        level: u8,
        /// The level before.
        after: u8,
    },
    /// A figure says nothing to those who cannot see it.
    #[error("a figure under « {heading} » has no alternative text")]
    NoAlternative {
        /// The heading above it.
        heading: String,
    },
    /// A row does not have as many cells as its table has columns.
    #[error("a table under « {heading} » has a row of {cells} cells for {columns} columns")]
    Ragged {
        /// The heading above it.
        heading: String,
        /// Cells of the row.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// The layout was refused.
    #[error("layout: {0}")]
    Layout(String),
    /// The package could not be written.
    #[error("package: {0}")]
    Package(#[from] std::io::Error),
    /// The workbook could not be written.
    #[error("workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The organisation's model cannot be used.
    #[error("model: {0}")]
    Model(#[from] ModelProblem),
    /// JSON could not be written.
    #[error("JSON: {0}")]
    Json(String),
}

/// Why a file is not taken as a style model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ModelProblem {
    /// It is no DOCX, or one of the strict kind.
    #[error("it is no DOCX")]
    NotADocument,
    /// It is one, but a damaged one.
    #[error("it is damaged")]
    Damaged,
    /// It is too large, or unpacks to too much.
    #[error("it is too large")]
    TooBig,
    /// It holds macros.
    #[error("it holds macros")]
    Macros,
    /// It holds objects of other programs.
    #[error("it holds embedded objects")]
    Objects,
    /// It shows what lies outside of it.
    #[error("it shows other files")]
    Outside,
}

impl From<parquet::errors::ParquetError> for DocumentError {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Package(error.into())
    }
}

impl From<zip::result::ZipError> for DocumentError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Package(error.into())
    }
}
