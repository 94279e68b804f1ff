//! Documents: the plan d'actions, minutes, sheets for the table, tracking, slides, each as one neutral model, then one writer
//! per format.
//!
//! [`content`] turns plain sources ([`source`]) into a neutral [`model`]: a document of blocks, a workbook, a slide show,
//! cards. A writer turns a model into bytes and knows no plan; content knows no format. [`Source`] says which document is
//! written in which formats. Adding a format is one file (or folder) here, adding a document one file in `content`. This
//! crate refuses to know where sources come from, what time it is, and where bytes go.

mod colour;
pub mod content;
mod csv;
mod docx;
mod error;
mod figure;
mod fonts;
pub mod form;
mod html;
mod json;
mod look;
mod md;
pub mod model;
mod odt;
mod opc;
mod package;
mod parquet;
mod pdf;
mod pptx;
mod preview;
mod rich;
pub mod source;
mod together;
mod typography;
mod words;
mod work;
mod xlsx;
mod xml;

pub use colour::Colour;
pub use content::open_data;
pub use docx::check_model;
pub use error::{DocumentError, ModelProblem};
pub use fonts::Face;
pub use json::schema;
pub use look::{Look, Mark, Picture};
pub use model::Document;
pub use pdf::forget_layouts;
pub use preview::preview_action;
pub use rich::{evened, plain};
pub use together::together;
pub use typography::{date, month_of};
pub use work::{Nature, Source};

use model::{Book, Cards, Deck, Handout};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A format that documents are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// PDF/UA-1 and PDF/A-2a.
    Pdf,
    /// Office Open XML text, to be edited.
    Docx,
    /// OpenDocument text, to be edited.
    Odt,
    /// One page for a browser, whole in one file.
    Html,
    /// Markdown.
    Md,
    /// The document's source as JSON.
    Json,
    /// Office Open XML workbook.
    Xlsx,
    /// Tables as text, as French spreadsheets read it.
    Csv,
    /// Office Open XML slides, to be edited.
    Pptx,
    /// Several documents together.
    Zip,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Pdf,
        Self::Docx,
        Self::Odt,
        Self::Pptx,
        Self::Xlsx,
        Self::Html,
        Self::Md,
        Self::Csv,
        Self::Json,
        Self::Zip,
    ];

    /// File name extension.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Html => "html",
            Self::Md => "md",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Pptx => "pptx",
            Self::Zip => "zip",
        }
    }
}

impl FromStr for Format {
    type Err = DocumentError;

    fn from_str(name: &str) -> Result<Self, DocumentError> {
        Self::ALL
            .into_iter()
            .find(|format| format.extension() == name)
            .ok_or_else(|| DocumentError::UnknownFormat(name.to_owned()))
    }
}

/// One of the neutral models, ready for a writer.
#[derive(Debug, Clone)]
pub enum Work {
    /// A document of blocks.
    Text(Document),
    /// A workbook.
    Book(Book),
    /// A slide show.
    Deck(Deck),
    /// Cards.
    Cards(Cards),
    /// Sheets to hang, cut out or fold.
    Handout(Handout),
    /// Data, as they are.
    Data(Vec<u8>),
}

/// A file to be written: most documents are one, a workbook as CSV is one for each sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What tells it from the other files of the document; empty where it is the only one.
    pub suffix: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Files together in one, each under its path; the same files give the same bytes.
///
/// # Errors
/// [`DocumentError::Package`].
pub fn archive(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, DocumentError> {
    let mut package = package::Package::new();
    for (path, bytes) in files {
        package.part(&path, bytes)?;
    }
    package.finish()
}

/// Writes a model in a format.
///
/// # Errors
/// [`DocumentError`] names the place in the document that a writer refuses, or the format that does not suit it.
pub fn write(work: &Work, format: Format) -> Result<Vec<Part>, DocumentError> {
    let bytes = match (work, format) {
        (Work::Text(document), Format::Pdf) => pdf::document(document),
        (Work::Text(document), Format::Docx) => docx::write(document),
        (Work::Text(document), Format::Odt) => odt::write(document),
        (Work::Text(document), Format::Html) => html::write(document),
        (Work::Text(document), Format::Md) => Ok(md::write(document).into_bytes()),
        (Work::Book(book), Format::Xlsx) => xlsx::write(book),
        (Work::Book(book), Format::Csv) => {
            return Ok(csv::write(book).into_iter().chain(csv::funders(&book.meta)).collect());
        }
        (Work::Deck(deck), Format::Pptx) => pptx::write(deck),
        (Work::Deck(deck), Format::Pdf) => pdf::deck(deck),
        (Work::Cards(cards), Format::Pdf) => pdf::cards(cards),
        (Work::Handout(handout), Format::Pdf) => pdf::handout(handout),
        (Work::Data(bytes), Format::Json) => Ok(bytes.clone()),
        (_, format) => Err(DocumentError::NotOffered(format.extension())),
    }?;
    Ok(vec![Part { suffix: String::new(), bytes }])
}
