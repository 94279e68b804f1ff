//! Documents: the plan d'actions and the compte rendu as one neutral model, then one writer per format.
//!
//! [`content`] turns plain sources ([`source`]) into a [`model::Document`]; a writer turns a model into bytes and knows no
//! plan; content knows no format. Adding a format is one file here, adding a document one file in `content`. This crate
//! refuses to know where sources come from, what time it is, and where bytes go.

pub mod content;
mod docx;
mod error;
mod figure;
mod markdown;
pub mod model;
mod pdf;
pub mod source;
mod typography;
mod words;

pub use error::DocumentError;
pub use model::Document;

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A format that documents are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// PDF/UA-1 and PDF/A-2a.
    Pdf,
    /// Office Open XML, to be edited.
    Docx,
    /// Markdown.
    Md,
    /// The document's source as JSON.
    Json,
}

impl Format {
    /// File name extension.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Md => "md",
            Self::Json => "json",
        }
    }
}

impl FromStr for Format {
    type Err = DocumentError;

    fn from_str(name: &str) -> Result<Self, DocumentError> {
        [Self::Pdf, Self::Docx, Self::Md, Self::Json]
            .into_iter()
            .find(|format| format.extension() == name)
            .ok_or_else(|| DocumentError::UnknownFormat(name.to_owned()))
    }
}

/// Writes a document in a format other than JSON, which is that of its source.
///
/// # Errors
/// [`DocumentError`] names the place in the document that a writer refuses.
pub fn write(document: &Document, format: Format) -> Result<Vec<u8>, DocumentError> {
    match format {
        Format::Pdf => pdf::write(document),
        Format::Docx => docx::write(document),
        Format::Md => Ok(markdown::write(document).into_bytes()),
        Format::Json => serde_json::to_vec_pretty(document).map_err(|error| DocumentError::Json(error.to_string())),
    }
}

/// The JSON of a document's source.
///
/// # Errors
/// [`DocumentError::Json`] where it cannot be written as JSON.
pub fn source_json(source: &impl Serialize) -> Result<Vec<u8>, DocumentError> {
    serde_json::to_vec_pretty(source).map_err(|error| DocumentError::Json(error.to_string()))
}
